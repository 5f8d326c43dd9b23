"""Marking findings of one's own with the mouse: drag over a lead, down over several; pull edges; name them there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent

from ecg_viewer.qt.paper import PaperView
from ecg_viewer.qt.review.findings_overlay import Drawn, band_of, edge_at
from ecg_viewer.qt.review.label_edit import LabelEdit
from ecg_viewer.render.areas import LeadArea
from ecg_viewer.state.review.queue_parts import own_entry
from ecg_viewer.state.review.review_controller import ReviewController
from ecg_viewer.state.words.language import tr

CLICK_PX = 4.0
"""A shorter drag is a click and marks nothing."""


class FindingTool(QObject):
    """The paper's tool while findings are marked. Emits `ended` when Esc ends it."""

    cursor = Qt.CursorShape.IBeamCursor
    """As over a text of which a part is marked."""
    ended = Signal()

    def __init__(self, paper: PaperView, controller: ReviewController) -> None:
        super().__init__(paper)
        self._paper = paper
        self._controller = controller
        self._draft: Drawn | None = None
        self._from: tuple[LeadArea, float] | None = None
        """Where a drag over leads began: area and time."""
        self._edge: tuple[str, LeadArea] | None = None
        """Which edge is being pulled, in which area."""
        self.editor: LabelEdit | None = None
        """The line in which a label is being written."""
        paper.installEventFilter(self)
        controller.session.record_changed.connect(self.give_up)

    @property
    def name(self) -> str:
        """As it is called on the screen."""
        return tr("Mark a finding")

    @property
    def is_in_use(self) -> bool:
        return self._paper.tool is self

    @property
    def draft(self) -> Drawn | None:
        """The interval being drawn, resized or named, not yet stored."""
        return self._draft

    def give_up(self) -> None:
        """Discard the draft."""
        if self.editor is not None:
            self.editor.give_up()
        self._draft = self._from = self._edge = None
        self._paper.update()

    def edit_label(self, own_id: str) -> None:
        """Write another label, on the paper. Nothing happens for a finding that is not visible."""
        own = next((item for item in self._controller.open_review.own if item.id == own_id), None)
        if own is not None:
            self._draft = Drawn(own.leads, own.start_s, own.end_s, own.label, own.id, True)
            self._write_label(lambda label: self._controller.open_review.change_own(own_id, label=label))

    def press(self, event: QMouseEvent) -> bool:
        """Grab an edge, or begin an interval."""
        area = self._paper.area_at(event.position())
        if event.button() != Qt.MouseButton.LeftButton or area is None:
            return False
        edge = edge_at(self._paper.areas(), self._own(), event.position())
        if edge is not None:
            item, which = edge
            self._edge, self._draft = (which, area), replace(item, is_chosen=True)
        else:
            self._from = area, self._time(area, event.position())
        self._paper.setFocus(Qt.FocusReason.MouseFocusReason)
        return True

    def move(self, event: QMouseEvent) -> bool:
        """Move the edge, or extend the interval over time and leads; without a button, show by the pointer what can be
        grabbed.
        """
        position = event.position()
        if self._edge is not None and self._draft is not None:
            which, area = self._edge
            time_s = self._time(area, position)
            start_s = min(time_s, self._draft.end_s) if which == "start" else self._draft.start_s
            end_s = max(time_s, self._draft.start_s) if which == "end" else self._draft.end_s
            self._draft = replace(self._draft, start_s=start_s, end_s=end_s)
        elif self._from is not None:
            area, start_s = self._from
            ends = sorted((start_s, self._time(area, position)))
            self._draft = Drawn(self._leads(area, position.y()), ends[0], ends[1], "", None, True)
        else:
            can_pull = edge_at(self._paper.areas(), self._own(), position) is not None
            self._paper.setCursor(Qt.CursorShape.SizeHorCursor if can_pull else self.cursor)
            return False
        self._paper.update()
        return True

    def release(self, event: QMouseEvent) -> bool:
        """Keep the new edge; or ask for the label of the new interval."""
        if event.button() != Qt.MouseButton.LeftButton:
            return False
        draft, area = self._draft, self._from[0] if self._from is not None else None
        edge, self._edge, self._from = self._edge, None, None
        if edge is not None and draft is not None:
            self._draft = None
            self._keep_edges(draft)
            return True
        if area is None:
            return False
        if draft is None or (draft.end_s - draft.start_s) * area.px_per_s < CLICK_PX:
            self._draft = None
            self._choose_at(event.position())
            self._paper.update()
            return True
        self._write_label(lambda label: self._add(draft, label))
        return True

    def double_click(self, event: QMouseEvent) -> bool:
        """Write the label of the own finding under the mouse anew."""
        area = self._paper.area_at(event.position())
        if area is None:
            return False
        here = [entry for entry in self._controller.at(area.lead, self._time(area, event.position())) if entry.own_id]
        if here and here[0].own_id is not None:
            self.edit_label(here[0].own_id)
        return True

    def key(self, event: QKeyEvent) -> bool:
        """Esc gives up what is being drawn, then the tool."""
        if event.key() != Qt.Key.Key_Escape:
            return False
        if self._draft is not None or self._from is not None:
            self.give_up()
        else:
            self.ended.emit()
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """While the tool is in use, handle Esc before the window's shortcuts."""
        is_asked = watched is self._paper and self.is_in_use and event.type() == QEvent.Type.ShortcutOverride
        if is_asked and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            event.accept()
            return True
        return False

    def _own(self) -> list[Drawn]:
        own = self._controller.open_review.own
        return [Drawn(item.leads, item.start_s, item.end_s, item.label, item.id) for item in own]

    def _time(self, area: LeadArea, position: QPointF) -> float:
        """The time at a place, within the area and the recording."""
        time_s = min(max(area.time_at(position.x()), area.start_s), area.end_s)
        return min(max(time_s, 0.0), self._controller.session.view.duration_s)

    def _leads(self, area: LeadArea, y: float) -> tuple[str, ...]:
        """The leads of the area's column from the area to a height."""
        column = sorted((a for a in self._paper.areas() if abs(a.left - area.left) < 1), key=lambda a: a.top)
        low, high = sorted((area.top + area.height / 2, y))
        return tuple(
            dict.fromkeys(a.lead for a in column if a.lead == area.lead or (a.top < high and a.bottom > low))
        )

    def _choose_at(self, position: QPointF) -> None:
        area = self._paper.area_at(position)
        here = [] if area is None else self._controller.at(area.lead, area.time_at(position.x()))
        if here:
            self._controller.go_to(here[0])

    def _keep_edges(self, draft: Drawn) -> None:
        if draft.own_id is not None and draft.start_s < draft.end_s:
            self._controller.open_review.change_own(draft.own_id, start_s=draft.start_s, end_s=draft.end_s)
        self._paper.update()

    def _add(self, draft: Drawn, label: str) -> None:
        own_id = self._controller.open_review.add_own(draft.leads, draft.start_s, draft.end_s, label)
        self._controller.go_to(next(own_entry(item) for item in self._controller.open_review.own if item.id == own_id))

    def _write_label(self, keep: Callable[[str], object]) -> None:
        """Open a text field beside the draft; its text is passed to `keep`."""
        draft = self._draft
        places = [
            QRectF(left, band.top(), right - left, band.height())
            for area in self._paper.areas() if draft is not None and area.lead in draft.leads
            for band in (band_of(area),)
            for left, right in ((max(area.x_of(draft.start_s), area.left), min(area.x_of(draft.end_s), area.right)),)
            if left < right
        ]
        if draft is None or not places:
            self._draft = None
            return
        bottom = max(place.bottom() for place in places)
        place = QRectF(places[0].left(), places[0].top(), places[0].width(), bottom - places[0].top())
        used = [item.label for item in reversed(self._controller.open_review.own)]
        self.editor = LabelEdit(self._paper, place, draft.label, used)
        self.editor.kept.connect(lambda label: self._end_label(lambda: keep(label)))
        self.editor.given_up.connect(lambda: self._end_label(lambda: None))
        self._paper.update()

    def _end_label(self, then: Callable[[], object]) -> None:
        self.editor = self._draft = None
        then()
        self._paper.setFocus(Qt.FocusReason.OtherFocusReason)
        self._paper.update()

"""The tour: starts after the notice of the first start or from the menu."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt
from PySide6.QtGui import QKeyEvent

from ecg_viewer.qt.actions import ActionSpec
from ecg_viewer.qt.feature import Feature
from ecg_viewer.qt.tour.callout import Callout, ControlOutline
from ecg_viewer.qt.tour.steps import STEPS, Step
from ecg_viewer.state.words.language import tr, translatable

if TYPE_CHECKING:
    from ecg_viewer.qt.host import Host


class TourFeature(Feature):
    """Shows the steps of the tour, one at a time; leaving a step takes back what it did."""

    menu_place = 190
    actions = (
        ActionSpec("tour", "Help", translatable("Tour of the program"), (),
                   translatable("Five steps on a demo recording, as at the first start."),
                   do=lambda self: self.start()),
    )

    def __init__(self, window: Host) -> None:
        super().__init__(window)
        self._index: int | None = None
        self._callout: Callout | None = None
        self._outline: ControlOutline | None = None
        self._is_waiting = False
        self._is_done = False
        window.notice_bar.dismissed.connect(self._start_once)
        window.session.findings_changed.connect(self._enter_late)

    @property
    def index(self) -> int | None:
        """The step that is shown, from 0; None while there is no tour."""
        return self._index

    @property
    def callout(self) -> Callout | None:
        return self._callout

    def start(self) -> None:
        """Begin with the first step."""
        self.end()
        self.window.settings.change(tour_seen=True)
        self._outline = ControlOutline(self.window)
        self._callout = Callout(self.window)
        self._callout.next_clicked.connect(self.go_on)
        self._callout.back_clicked.connect(self.go_back)
        self._callout.ended.connect(self.end)
        self.window.installEventFilter(self)
        self._show(0)

    def go_on(self) -> None:
        """The next step, or the end after the last."""
        if self._index is not None:
            self._show(self._index + 1)

    def go_back(self) -> None:
        """The step before."""
        if self._index is not None:
            self._show(max(self._index - 1, 0))

    def end(self) -> None:
        """Stop, wherever it is."""
        if self._index is None:
            return
        self._leave()
        self._index = None
        self.window.removeEventFilter(self)
        for widget in (self._callout, self._outline):
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._callout = self._outline = None
        self.window.paper.setFocus()

    def close(self) -> None:
        self.end()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The callout follows the window's size; Esc, which every control passes on to the window, ends the tour."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest):
            self._place()
        elif (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
        ):
            self.end()
            event.accept()  # the shortcut of the same key stays out of it
            return True
        return super().eventFilter(watched, event)

    def _start_once(self) -> None:
        """Start after the first start's notice, but only on the demo recordings, so as not to interrupt work."""
        item = self.window.session.item
        is_demo = item is None or item.origin == "demo"
        if is_demo and not self.window.settings.settings.tour_seen:
            self.start()

    def _show(self, index: int) -> None:
        if self._index is not None:
            self._leave()
        if index >= len(STEPS):
            self.end()
            return
        self._index = index
        step = STEPS[index]
        self._is_waiting = step.waits_for_findings and not self.window.session.assessment.findings
        self._is_done = False
        if not self._is_waiting:
            self._enter(step)
        assert self._callout is not None
        self._callout.show_step(index, len(STEPS), tr(step.title), tr(step.text))
        self._place()

    def _leave(self) -> None:
        step = self._step()
        self._is_waiting = False
        if step is not None and step.leave is not None and self._is_done:
            step.leave(self.window)
        self._is_done = False

    def _enter(self, step: Step) -> None:
        if step.enter is not None:
            self._is_done = step.enter(self.window) is not False

    def _enter_late(self) -> None:
        step = self._step()
        if self._is_waiting and step is not None:
            self._is_waiting = False
            self._enter(step)

    def _step(self) -> Step | None:
        return None if self._index is None else STEPS[self._index]

    def _place(self) -> None:
        step = self._step()
        if step is None or self._callout is None or self._outline is None:
            return
        widget = step.target(self.window)
        area = QRect(widget.mapTo(self.window, QPoint(0, 0)), widget.size())
        self._outline.setGeometry(area.adjusted(-2, -2, 2, 2).intersected(self.window.rect()))
        self._outline.show()
        self._outline.raise_()
        self._callout.put_beside(area, self.window.rect())
        self._callout.raise_()

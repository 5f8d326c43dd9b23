"""Overlays painted over the traces, marks of the view, and what is said of a position."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QWidget

from ecg_viewer.qt.paper import paper_frame
from ecg_viewer.qt.paper.hover import Hover, hover_of
from ecg_viewer.qt.paper.paper_notes import click_tip, lead_tip
from ecg_viewer.qt.paper.paper_places import PaperPlaces
from ecg_viewer.qt.paper.paper_protocols import HeatReplacement, PaperOverlay, PaperTool
from ecg_viewer.state.heat import HeatMap
from ecg_viewer.state.view import ViewState
from ecg_viewer.state.words.language import tr


class PaperOverlays(PaperPlaces):
    """Keeps overlays in the order in which they are painted."""

    def __init__(self, view_state: ViewState, heat: HeatMap, parent: QWidget | None = None) -> None:
        super().__init__(view_state, parent)
        self._heat = heat
        self._heat_replacement: HeatReplacement | None = None
        self._overlays: list[PaperOverlay] = []
        self._tips: list[Callable[[QPointF], str]] = []
        self._tool: PaperTool | None = None
        self._notes: list[Callable[[], str]] = []
        self._says: Callable[[str, float], tuple[str, ...]] | None = None
        self._is_blind = False

    def set_blind(self, is_blind: bool) -> None:
        """Paint only overlays that declare `shown_blind = True`, and no tips, while results are hidden."""
        if is_blind != self._is_blind:
            self._is_blind = is_blind
            self.update()

    @property
    def filter_readout(self) -> str:
        """The filter that the traces on the paper went through, by name."""
        return self._traces.chain.readout

    def add_overlay(self, overlay: PaperOverlay) -> None:
        """Paint `overlay` over the traces from now on, above those added before."""
        self._overlays.append(overlay)
        self.update()

    def remove_overlay(self, overlay: PaperOverlay) -> None:
        """Raises ValueError for an overlay that was not added."""
        self._overlays.remove(overlay)
        self.update()

    def add_tip(self, tip_at: Callable[[QPointF], str]) -> None:
        """Show as a tooltip what `tip_at` says of a position; empty for nothing."""
        self._tips.append(tip_at)

    def add_note(self, note: Callable[[], str]) -> None:
        """Write what `note` says into the strip under the paper; empty for nothing."""
        self._notes.append(note)

    @property
    def notes(self) -> tuple[str, ...]:
        """What has been added to the strip under the paper."""
        return tuple(filter(None, (note() for note in self._notes)))

    def set_sentences(self, says: Callable[[str, float], tuple[str, ...]]) -> None:
        """Set the function that returns sentences on the departures at an instant of a lead."""
        self._says = says

    def sentences_at(self, lead: str, time_s: float) -> tuple[str, ...]:
        """What departs at an instant of a lead, the strongest first."""
        return () if self._says is None or self._is_blind else self._says(lead, time_s)

    def hover_at(self, position: QPointF) -> Hover | None:
        """What is at a position of the widget; None beside the leads and outside the record."""
        area, store = self.area_at(position), self._traces.store
        if area is None or store is None or not 0 <= (time_s := area.time_at(position.x())) < self._view.duration_s:
            return None
        hover = hover_of(store, self._heat, area.lead, time_s, area.sign)
        if self._heat_replacement is not None:
            return replace(hover, replacement=self._heat_replacement.text_at(area.lead, time_s))
        return replace(hover, marks=self.sentences_at(area.lead, time_s)) if self._view.heat_visible else hover

    def tip_at(self, position: QPointF) -> str:
        """The tooltip at a position, from the first that has one; empty if none has."""
        if self._is_blind:
            return ""
        return next(filter(None, (tip_at(position) for tip_at in self._tips)), "")

    def text_at(self, position: QPointF) -> str:
        """What the tooltip says at a position: of a lead beside its trace, else of what is marked there."""
        row = self._layout.row_at(position.x(), position.y())
        is_beside = position.x() < self._layout.gutter or not self._layout.has_labels_in_gutter
        of_lead = lead_tip(self._view, self._heat, row.lead) if row is not None and is_beside else ""
        if self.label_at(position) is not None:
            of_lead = "\n".join(filter(None, (of_lead, click_tip(self._view))))
        return of_lead or self.tip_at(position)

    def _paint_overlays(self, painter: QPainter, traces: QRectF) -> None:
        for overlay in self._overlays:
            if self._is_blind and not getattr(overlay, "shown_blind", False):
                continue
            painter.save()
            try:
                painter.setClipRect(traces)
                overlay.paint(painter, self)
            finally:
                painter.restore()

    def _paint_tool(self, painter: QPainter, traces: QRectF) -> None:
        """Name the tool in use, if there is one."""
        if self._tool is not None:
            text = tr("{tool} · Esc ends it").format(tool=self._tool.name)
            paper_frame.paint_tool(painter, traces, text, self._theme, self.font())

    def _paint_marks(self, painter: QPainter, traces: QRectF) -> None:
        """The time under the mouse, and brackets round what is under review."""
        selection, cursor = self._view.selection, self._view.cursor
        if cursor is not None:
            for left, top, right, bottom, x in self.lines_at(cursor.time_s):
                paper_frame.paint_cursor(painter, QRectF(left, top, right - left, bottom - top), x, self._theme)
        if selection is not None and self._view.heat_visible:
            for area in self.areas_of(selection.lead):
                left, right = area.x_of(selection.start_s), area.x_of(selection.end_s)
                place = paper_frame.bracket_area(area, self._row_in(area), self._layout)
                paper_frame.paint_brackets(painter, place, left, right, QColor(self._theme.model_colour))

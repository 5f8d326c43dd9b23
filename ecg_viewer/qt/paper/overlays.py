"""Overlays painted over the traces, and their tooltips."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from ecg_viewer.qt.paper.paper_places import PaperPlaces
from ecg_viewer.qt.paper.paper_protocols import PaperOverlay
from ecg_viewer.state.view import ViewState


class PaperOverlays(PaperPlaces):
    """Keeps overlays in the order in which they are painted."""

    def __init__(self, view_state: ViewState, parent: QWidget | None = None) -> None:
        super().__init__(view_state, parent)
        self._overlays: list[PaperOverlay] = []
        self._tips: list[Callable[[QPointF], str]] = []
        self._says: Callable[[str, float], tuple[str, ...]] | None = None
        self._is_blind = False

    def set_blind(self, is_blind: bool) -> None:
        """Paint only overlays that declare `shown_blind = True`, and no tips, while results are hidden."""
        if is_blind != self._is_blind:
            self._is_blind = is_blind
            self.update()

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

    def set_sentences(self, says: Callable[[str, float], tuple[str, ...]]) -> None:
        """Set the function that returns sentences on the departures at an instant of a lead."""
        self._says = says

    def sentences_at(self, lead: str, time_s: float) -> tuple[str, ...]:
        """What departs at an instant of a lead, the strongest first."""
        return () if self._says is None or self._is_blind else self._says(lead, time_s)

    def tip_at(self, position: QPointF) -> str:
        """The tooltip at a position, from the first that has one; empty if none has."""
        if self._is_blind:
            return ""
        return next(filter(None, (tip_at(position) for tip_at in self._tips)), "")

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

"""How far the traces of each row reach, which spaces the rows: the recording's own, or shared with other papers."""

from __future__ import annotations

from ecg_viewer.qt.paper.lead_reach import reach
from ecg_viewer.qt.paper.trace_store import TraceStore
from ecg_viewer.render.collisions import TraceReach, misfit_mm, overlaps_mm, second_inks
from ecg_viewer.render.geometry import Extents
from ecg_viewer.render.layout import PaperLayout
from ecg_viewer.state.signal import Signal
from ecg_viewer.state.view import ViewState


class RowReach:
    """Of one paper; papers that share their reach have the same lead at the same height."""

    def __init__(self) -> None:
        self.own_changed: Signal[()] = Signal()
        """The recording's own reach was found, or is not known any more."""
        self.rows_changed: Signal[()] = Signal()
        """Rows are to be spaced anew."""
        self.collides = False
        """Whether traces run into one another in the layout whose inks were asked for last."""
        self._own: Extents | None = None
        self._stretches: TraceReach | None = None
        self._common: Extents | None = None

    @property
    def own(self) -> Extents | None:
        """Of the open recording; None until it has been read."""
        return self._own

    @property
    def rows(self) -> Extents | None:
        """What the rows are spaced by."""
        return self._own if self._common is None else self._common

    def take(self, view: ViewState, store: TraceStore | None, px_per_s: float) -> bool:
        """Look at what has been read. Returns whether the recording's reach has become known just now."""
        if self._own is not None or view.record is None or store is None:
            return False
        found = reach(view.record, store, *view.visible_span_s, px_per_s)
        if found is None:
            return False
        self._stretches = found.stretches
        self.set_own(found.extents)
        return True

    def misfit_mm(self, layout: PaperLayout) -> float:
        """How far traces reach into one another, or beyond the paper, in a layout; 0 while not known."""
        known = self._stretches
        return 0.0 if known is None else misfit_mm(layout.geometry, known, layout.paper_height_px)

    def second_inks(self, layout: PaperLayout) -> tuple[bool, ...]:
        """The rows of a layout that are drawn in the second ink, as they run into their neighbours."""
        inks = () if self._stretches is None else second_inks(overlaps_mm(layout.geometry, self._stretches))
        self.collides = any(inks)
        return inks

    def set_own(self, extents: Extents | None) -> None:
        """The recording reaches so far, or another one was opened."""
        self._own = extents
        if extents is None:
            self._stretches = None
        self.rows_changed.emit()
        self.own_changed.emit()

    def set_common(self, extents: Extents | None) -> None:
        """Space the rows by these extents of several recordings; None: by the recording's own."""
        if extents != self._common:
            self._common = extents
            self.rows_changed.emit()

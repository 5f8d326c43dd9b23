"""How far the traces of each row reach, which spaces the rows: the recording's own, or shared with other papers."""

from __future__ import annotations

from ecg_viewer.render.geometry import Extents
from ecg_viewer.state.signal import Signal


class RowReach:
    """Of one paper; papers that share their reach have the same lead at the same height."""

    def __init__(self) -> None:
        self.own_changed: Signal[()] = Signal()
        """The recording's own reach was found, or is not known any more."""
        self.rows_changed: Signal[()] = Signal()
        """Rows are to be spaced anew."""
        self._own: Extents | None = None
        self._common: Extents | None = None

    @property
    def own(self) -> Extents | None:
        """Of the open recording; None until it has been read."""
        return self._own

    @property
    def rows(self) -> Extents | None:
        """What the rows are spaced by."""
        return self._own if self._common is None else self._common

    def set_own(self, extents: Extents | None) -> None:
        """The recording reaches so far, or another one was opened."""
        self._own = extents
        self.rows_changed.emit()
        self.own_changed.emit()

    def set_common(self, extents: Extents | None) -> None:
        """Space the rows by these extents of several recordings; None: by the recording's own."""
        if extents != self._common:
            self._common = extents
            self.rows_changed.emit()

"""Python's garbage collection on the window's thread alone.

A collection may start on any thread, also on one that reads or assesses. If it finds widgets there that nobody refers
to any more, PySide has them destroyed later on the window's thread, where their window may have destroyed them before:
the program ends with a segmentation fault. So collections are stopped while a window is open, and made by a timer.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

EVERY_MS = 500
GENERATIONS = (2, 1, 0)
"""The oldest first: a collection of one includes the younger ones."""

_n_open = 0
"""Windows that are open; the first stops automatic collections, and with the last they begin again."""


class WindowCollector(QObject):
    """Collects garbage on the thread it was made on until it is closed, as seldom as Python would."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._is_open = True
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self.collect_due)
        self._timer.start()
        _count(1)

    def collect_due(self) -> None:
        """Collect the oldest generation that has grown beyond Python's threshold, if any has."""
        counts, thresholds = gc.get_count(), gc.get_threshold()
        due = next((age for age in GENERATIONS if counts[age] > thresholds[age]), None)
        if due is not None:
            gc.collect(due)

    def close(self) -> None:
        """The window's threads have ended: leave collections to Python again, unless another window is open."""
        if self._is_open:
            self._is_open = False
            self._timer.stop()
            _count(-1)


def _count(change: int) -> None:
    global _n_open  # noqa: PLW0603 - one collector of garbage in a process
    _n_open += change
    if _n_open > 0:
        gc.disable()
    else:
        gc.enable()

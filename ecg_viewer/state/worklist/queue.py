"""The queue of recordings to score, reordered as the reader filters, sorts and scrolls."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ecg_viewer.state.records import RecordItem

WAIT_S = 0.05
"""How often a waiting thread checks whether it should end."""


class ScoringQueue:
    """Recordings that wait for a score, in an order that may change at any time. Safe to use from two threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._items: Sequence[RecordItem] = ()
        self._order: NDArray[np.int64] = np.zeros(0, np.int64)
        self._next = 0
        self._done: set[Path] = set()
        self._go = threading.Event()
        self._go.set()

    def set_order(self, items: Sequence[RecordItem], order: NDArray[np.int64]) -> None:
        """Queue these items in the order of `order`; those already done are skipped."""
        with self._lock:
            self._items, self._order, self._next = items, order, 0

    def mark_done(self, paths: Iterable[Path]) -> None:
        """Mark recordings as scored; they are not taken again."""
        with self._lock:
            self._done.update(paths)

    def begin_anew(self, done: Iterable[Path] = ()) -> None:
        """Start again with only `done` marked as scored."""
        with self._lock:
            self._done, self._next = set(done), 0

    def take(self) -> RecordItem | None:
        """The next recording, which counts as done from now on; None if there is no more."""
        with self._lock:
            while self._next < len(self._order):
                item = self._items[int(self._order[self._next])]
                self._next += 1
                if item.path not in self._done:
                    self._done.add(item.path)
                    return item
        return None

    def put_back(self, path: Path) -> None:
        """A recording that was taken has no score after all."""
        with self._lock:
            self._done.discard(path)
            self._next = 0

    def hold(self, is_held: bool) -> None:
        """Pause scoring before the next stretch, or resume it."""
        if is_held:
            self._go.clear()
        else:
            self._go.set()

    @property
    def is_held(self) -> bool:
        return not self._go.is_set()

    def wait(self) -> bool:
        """Wait a moment if paused; returns whether to go on."""
        return self._go.wait(WAIT_S)

"""The list of recordings that can be opened: single files, the bundled demo, the entries of a data set."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Literal

from ecg_viewer.state.signal import Signal
from ecg_viewer.state.worklist.work_lists import WorkList

Origin = Literal["file", "demo", "dataset"]


@dataclass(frozen=True)
class RecordItem:
    """One line of the list. Nothing of the recording has been read for it."""

    path: Path
    name: str
    """What the list shows; the file's name or the data set's number."""
    origin: Origin = "file"
    title: str = ""
    """A descriptive title, if there is one."""
    statements: tuple[tuple[str, float], ...] = ()
    """The data set's labels with their likelihoods, 0..100; 0 is unknown."""
    report: str = ""
    """The data set's report text; shown beside the record, never logged."""
    person: str = ""
    """Age and sex as far as the data set gives them, such as `56, male`."""
    age: float | None = None
    """In years; more than 89 means over 89, as the data set hides higher ages."""
    sex: Literal["", "female", "male"] = ""
    patient: str = field(default="", repr=False)
    """Equal for recordings of one patient of a data set; never shown. Empty: not known from its table."""
    recorded_at: datetime | None = None
    """As the data set states it, which moves dates; None where it does not."""
    fold: int | None = None
    superclasses: tuple[str, ...] = ()
    """Diagnostic superclasses of the statements, `NORM` first."""


class RecordList:
    """Recordings in the order they were added, each path once; emits `changed` after the whole change."""

    def __init__(self) -> None:
        self.changed: Signal[()] = Signal()
        self.work: WorkList | None = None
        """The list of work that is open, if one is."""
        self._items: list[RecordItem] = []
        self._positions: dict[Path, int] = {}
        self._shown: Sequence[int] | None = None

    def __len__(self) -> int:
        return len(self._items)

    def __getitem__(self, index: int) -> RecordItem:
        return self._items[index]

    @property
    def items(self) -> tuple[RecordItem, ...]:
        """All of them, as added."""
        return tuple(self._items)

    @property
    def is_demo(self) -> bool:
        """Whether only recordings that come with the program are listed."""
        return bool(self._items) and all(item.origin == "demo" for item in self._items)

    def position(self, path: Path) -> int | None:
        """Index of a path in the list; None if it is not listed."""
        return self._positions.get(path)

    def show_in(self, order: Sequence[int] | None) -> None:
        """Indices of the visible items in display order; None: all, as added."""
        self._shown = order

    def step(self, path: Path, steps: int, *, as_added: bool = False) -> int | None:
        """Index of the item `steps` on (or, if negative, back) from `path` among the visible ones.

        `as_added` takes all of them, in the order in which they were added. Stops at the ends; None if that is `path`
        itself, or nothing else is visible.
        """
        position = self._positions.get(path)
        order = range(len(self._items)) if self._shown is None or as_added else self._shown
        if position is None or not len(order):
            return None
        try:
            place = list(order).index(position)
        except ValueError:  # it is filtered out: go to the first visible one
            return int(order[0])
        target = int(order[min(max(place + steps, 0), len(order) - 1)])
        return None if target == position else target

    def replace(self, items: Iterable[RecordItem], work: WorkList | None = None) -> None:
        """List these in place of all, as a list of `work` if they are one."""
        self.work = work
        self._items, self._positions, self._shown = [], {}, None
        for item in items:
            if item.path not in self._positions:
                self._positions[item.path] = len(self._items)
                self._items.append(item)
        self.changed.emit()

    def add(self, items: Iterable[RecordItem]) -> None:
        """Append new items; items already listed take over the new labels."""
        added = list(items)
        changed = self._append_new(added)
        for item in () if changed else added:
            position = self._positions.setdefault(item.path, len(self._items))
            if position == len(self._items):
                self._items.append(item)
                changed = True
            elif item.statements and self._items[position] != item:
                self._items[position] = item
                changed = True
        if changed:
            self._shown = None
            self.changed.emit()

    def _append_new(self, items: list[RecordItem]) -> bool:
        """Append items of which none is listed and none named twice, at once, as of a large folder; else do nothing."""
        paths = [item.path for item in items]
        positions = dict(zip(paths, range(len(self._items), len(self._items) + len(items)), strict=True))
        if not items or len(positions) < len(items) or not self._positions.keys().isdisjoint(positions):
            return False
        self._positions |= positions
        self._items += items
        return True

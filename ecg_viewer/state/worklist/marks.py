"""Recordings of the worklist that the reader marked, to score, export or list them alone."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import Literal

from ecg_viewer.state.signal import Signal

Scope = Literal["marked", "shown", "all"]


class MarkedRecordings:
    """Marked recordings by path; emits `changed` once a change."""

    def __init__(self) -> None:
        self.changed: Signal[()] = Signal()
        self._paths: set[Path] = set()

    def __len__(self) -> int:
        return len(self._paths)

    def __contains__(self, path: Path) -> bool:
        return path in self._paths

    def __iter__(self) -> Iterator[Path]:
        return iter(self._paths)

    def toggle(self, path: Path) -> None:
        """Mark a recording, or take its mark away."""
        self.put([path], path not in self._paths)

    def put(self, paths: Iterable[Path], is_marked: bool) -> None:
        """Mark these, or take their marks away."""
        before = set(self._paths)
        self._paths = self._paths | set(paths) if is_marked else self._paths - set(paths)
        if self._paths != before:
            self.changed.emit()

    def keep_listed(self, paths: Collection[Path]) -> None:
        """Another list: forget the marks of what is not in it."""
        self.put([path for path in self._paths if path not in paths], False)

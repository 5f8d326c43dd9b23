"""Chunks of records, and what is done with one."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

LEAST_ITEMS, MOST_ITEMS = 20, 500
"""Items of a chunk: at about 30 ms a record, between one second's work and a quarter of a minute's."""
MOST_CHUNKS = 2000
"""Chunks grow until there are no more than this, or they have `MOST_ITEMS`."""
TRIES = 3
"""An item at which a process ended so often is not tried again."""
_TRY_BYTES = 9


@dataclass(frozen=True)
class RecordChunk:
    """Some items that follow each other: values that JSON knows."""

    number: int
    """From 0 on."""
    first: int
    """Place of its first item among all."""
    items: tuple[Any, ...]


class ChunkTask:
    """A chunk to be done now, by this process; a context manager around the work."""

    def __init__(
        self, chunk: RecordChunk, paths: Mapping[str, Path], trail: Path, progress: Callable[[int], None] | None = None
    ) -> None:
        self.chunk = chunk
        self._paths = paths
        self._trail = _Trail(trail)
        self._progress = progress

    def __enter__(self) -> ChunkTask:
        self._trail.open()
        return self

    def __exit__(self, *_: object) -> None:
        self._trail.close()

    def path(self, ending: str) -> Path:
        """Where to write one of the chunk's files; it takes its name when all of them are written."""
        return self._paths[ending]

    def each_or_reason(self) -> Iterator[tuple[Any, str]]:
        """The items in order, each with the reason why it must not be tried again; nearly always empty.

        The reason is that the process ended `TRIES` times at this item, as when a recording takes more memory than
        there is. Where each process stands is kept in a file beside the chunk's, so that its successor knows. Worker
        processes are counted within a run; a run without them is that process itself, and counts on when it is
        continued. A stop (Ctrl+C, SIGTERM) is no such end.
        """
        for place, item in enumerate(self.chunk.items):
            ended = self._trail.ended_at(place)
            if ended >= TRIES:
                yield item, f"the process ended {ended} times at this record, perhaps for want of memory"
            else:
                self._trail.stand_at(place)
                yield item, ""
            if self._progress:
                self._progress(1)


WriteChunk = Callable[[ChunkTask], None]


class ChunkWork(Protocol):
    """What is done with each chunk. Sent to worker processes: keep it small, of plain values, and importable."""

    @property
    def name(self) -> str:
        """What is made, for the manifest and for sentences: `score`."""
        ...

    @property
    def endings(self) -> tuple[str, ...]:
        """Of the files that a chunk leaves."""
        ...

    def options(self) -> Mapping[str, Any]:
        """All that the files depend on besides the items, as JSON: the model's digest, settings."""
        ...

    def open(self) -> WriteChunk:
        """Called once in each process: load what is needed, and return the function that writes a chunk's files.

        It writes them to `ChunkTask.path`. What it raises ends the run, after some tries; what may be wrong with one
        item belongs into the files. Errors of the type EcgError are not tried again.
        """
        ...


def chunk_size(n_items: int) -> int:
    """How many items make a chunk, if nobody says."""
    return min(MOST_ITEMS, max(LEAST_ITEMS, -(-n_items // MOST_CHUNKS)))


def chunks_of(items: Sequence[Any], size: int) -> Iterator[RecordChunk]:
    """All items in chunks of one size; the last may be smaller."""
    for number, first in enumerate(range(0, len(items), size)):
        yield RecordChunk(number, first, tuple(items[first : first + size]))


class _Trail:
    """Where this and earlier processes stood when they ended: a number of fixed width for each of them."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def open(self) -> None:
        self._file = os.open(self._path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o666)
        data = os.read(self._file, 1 << 16)
        lines = [data[start : start + _TRY_BYTES] for start in range(0, len(data), _TRY_BYTES)]
        self._earlier = [int(line) for line in lines if line.strip().isdigit()]
        self._offset = len(lines) * _TRY_BYTES

    def ended_at(self, place: int) -> int:
        return self._earlier.count(place)

    def stand_at(self, place: int) -> None:
        os.lseek(self._file, self._offset, os.SEEK_SET)
        os.write(self._file, f"{place:0{_TRY_BYTES - 1}d}\n".encode())

    def close(self) -> None:
        """A process that comes here has not ended, whatever was raised."""
        os.ftruncate(self._file, self._offset)
        os.close(self._file)

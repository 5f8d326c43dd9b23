"""CSV tables that grow for hours: rows written survive however the run ends."""

from __future__ import annotations

import csv
import glob
import io
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from mmae_core.files import formula_safe, replacing


class GrowingTable:
    """Writes rows to a temporary file; each call leaves complete rows on disk."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream

    def write(self, rows: Iterable[Iterable[Any]]) -> None:
        """Write rows, all or none of them. Raises OSError if there is no room, and leaves what was there."""
        text = io.StringIO(newline="")
        csv.writer(text).writerows(map(_cells, rows))
        end = self._stream.seek(0, os.SEEK_END)
        left = memoryview(text.getvalue().encode("utf-8", errors="backslashreplace"))
        try:
            while left:
                left = left[self._stream.write(left):]
        except BaseException:
            self._stream.truncate(end)
            raise


def _cells(row: Iterable[Any]) -> list[Any]:
    return [formula_safe(cell) if isinstance(cell, str) else cell for cell in row]


@contextmanager
def growing_table(path: Path, columns: Sequence[str]) -> Iterator[GrowingTable]:
    """A table with its header that takes the place of `path` when the block ends.

    A process that is killed leaves its rows in a file beside `path` (see `remains`). Raises OSError.
    """
    with replacing(path) as part, part.open("r+b", buffering=0) as stream:
        table = GrowingTable(stream)
        table.write([columns])
        yield table


def remains(path: Path) -> list[Path]:
    """Files beside `path` with the rows of runs that were killed, or are not yet done; the latest first."""
    found = path.parent.glob(f".{glob.escape(path.name)}.*.part")
    return sorted(found, key=lambda part: part.stat().st_mtime, reverse=True)

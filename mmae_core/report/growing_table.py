"""Rows of a CSV table, written for hours: whole ones survive however the run ends."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterable
from typing import IO, Any

from mmae_core.files import formula_safe


class GrowingTable:
    """Writes rows to an unbuffered file; each call leaves complete rows on disk."""

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

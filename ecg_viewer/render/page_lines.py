"""The page of 60 s a line: which lines there are, which samples of them are known, where a point of it is in time."""

from __future__ import annotations

import math
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass

from ecg_viewer.render.decimate import Envelope

LINE_S = 60.0
MOST_KEPT = 240
"""Lines whose samples are kept: several screens."""


@dataclass(frozen=True)
class PageLine:
    """The decimated samples of one line of one trace."""

    trace: str
    line: int
    samples: Envelope


def line_count(duration_s: float) -> int:
    """Lines of a recording; the last one may be shorter."""
    return max(0, math.ceil(duration_s / LINE_S - 1e-9))


class PageLines:
    """Keeps the lines read last, of one trace at one width."""

    def __init__(self) -> None:
        self._lines: OrderedDict[int, Envelope] = OrderedDict()
        self._trace = ""

    def use(self, trace: str) -> None:
        """Show another trace, or the same at another width: what was known is forgotten."""
        self._trace = trace
        self._lines.clear()

    @property
    def trace(self) -> str:
        return self._trace

    def take(self, part: PageLine) -> bool:
        """Keep a line; False if it is of a trace that is no longer shown."""
        if part.trace != self._trace:
            return False
        self._lines[part.line] = part.samples
        self._lines.move_to_end(part.line)
        while len(self._lines) > MOST_KEPT:
            self._lines.popitem(last=False)
        return True

    def get(self, line: int) -> Envelope | None:
        """The samples of a line; None until they are read."""
        return self._lines.get(line)

    def missing(self, lines: Sequence[int]) -> tuple[int, ...]:
        """Those of some lines that are still to be read."""
        return tuple(line for line in lines if line not in self._lines)

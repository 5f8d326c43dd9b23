"""The base of a chart: a frame with axes, drawn as SVG text without a library.

Colours and fonts are classes, whose rules are in `CHART_STYLE`: a page holds them once, `standalone` puts them into a
file of one chart. Every colour is told apart from its neighbours also by dashes or by the shape of its mark, and all
have a contrast of at least 3:1 with the paper, light and dark.
"""

from __future__ import annotations

import hashlib
import html
import math
from collections.abc import Sequence
from dataclasses import dataclass

WIDTH = 600
"""Of every chart, in CSS pixels; it shrinks with the page."""
CHARACTER = 7.1
"""Width of an average character of the labels (13 px), with a little to spare."""
N_COLOURS = 8
DASHES = ("", "7 3", "2 3", "9 3 2 3", "", "7 3", "2 3", "9 3 2 3")
MARKS = ("circle", "square", "diamond", "triangle", "circle", "square", "diamond", "triangle")

CHART_STYLE = """
.chart{--paper:#ffffff;--ink:#1c2126;--faint:#dfe3e7;--axis:#69727b;
--c0:#0b62a8;--c1:#c2410c;--c2:#0a7a55;--c3:#a33c83;--c4:#86590a;--c5:#5b4bc4;--c6:#1d7c90;--c7:#9c2b38;
display:block;width:100%;max-width:600px;height:auto;font:13px system-ui,sans-serif}
@media (prefers-color-scheme:dark){.chart{--paper:#15191d;--ink:#e4e8eb;--faint:#343b42;--axis:#939ca5;
--c0:#69b3ec;--c1:#f49360;--c2:#4cc79a;--c3:#e292c7;--c4:#d9ae4e;--c5:#a9a0f5;--c6:#67c6d8;--c7:#f08a95}}
.chart text{fill:var(--ink)}.chart .paper{fill:var(--paper)}
.chart .grid{stroke:var(--faint);stroke-width:1}.chart .axis{stroke:var(--axis);stroke-width:1;fill:none}
.chart .guide{stroke:var(--axis);stroke-width:1.2;stroke-dasharray:4 4;fill:none}
.chart .line{fill:none;stroke-width:2;stroke-linejoin:round}.chart .whisker{stroke-width:2}
.chart .band{stroke:none;fill-opacity:.16}.chart .area{fill-opacity:.22;stroke-width:2}
.chart .hollow{fill:var(--paper);stroke-width:2}
""" + "".join(
    f".chart .s{index}{{stroke:var(--c{index})}}.chart .f{index}{{fill:var(--c{index})}}"
    for index in range(N_COLOURS)
) + "\n"


@dataclass(frozen=True)
class Axis:
    """One axis: what it shows, from where to where."""

    label: str
    low: float
    high: float
    logarithmic: bool = False

    def __post_init__(self) -> None:
        if not (math.isfinite(self.low) and math.isfinite(self.high) and self.low < self.high):
            raise ValueError(f"Axis '{self.label}' runs from {self.low} to {self.high}; it needs two finite ends.")
        if self.logarithmic and self.low <= 0:
            raise ValueError(f"Axis '{self.label}' is logarithmic and starts at {self.low}; it must start above 0.")

    def share(self, value: float) -> float:
        """Where a value lies along the axis, 0..1."""
        if self.logarithmic:
            return math.log(value / self.low) / math.log(self.high / self.low)
        return (value - self.low) / (self.high - self.low)

    def ticks(self, about: int = 6) -> list[float]:
        """Round numbers within the axis."""
        if self.logarithmic and len(powers := _powers(self.low, self.high)) > 1:
            return powers
        raw = (self.high - self.low) / about
        power = 10.0 ** math.floor(math.log10(raw))
        step = next(factor * power for factor in (1, 2, 2.5, 5, 10) if factor * power >= raw * (1 - 1e-9))
        first, last = math.ceil(self.low / step - 1e-9), math.floor(self.high / step + 1e-9)
        return [round(step_number * step, 12) for step_number in range(first, last + 1)]


def _powers(low: float, high: float) -> list[float]:
    """Powers of ten, or of two where a range of powers of two is shown (1 .. 256)."""
    base = 2 if high / low <= 1024 and math.log2(low).is_integer() else 10
    first, last = math.ceil(math.log(low, base) - 1e-9), math.floor(math.log(high, base) + 1e-9)
    return [float(base) ** power for power in range(first, last + 1)]


def spanning(values: Sequence[float], label: str, margin: float = 0.04, logarithmic: bool = False) -> Axis:
    """An axis over finite values with a little room at both ends."""
    known = [value for value in values if math.isfinite(value)]
    low, high = (min(known), max(known)) if known else (0.0, 1.0)
    if logarithmic:
        return Axis(label, low, high if high > low else 2 * low, True)
    room = margin * (high - low) or 0.05 * abs(low) or 0.5
    return Axis(label, low - room, high + room)


class ChartFrame:
    """A chart under construction; `finish` returns the SVG."""

    def __init__(
        self, x: Axis, y: Axis, *, height: int = 400, left: int = 62, about_x: int = 6, named_rows: bool = False
    ) -> None:
        """`named_rows`: the chart names its rows itself, the y axis has no numbers."""
        self.x, self.y = x, y
        self._left, self._right, self._top, self._bottom = left, WIDTH - 16, 12, height - 46
        self._height = height
        self._parts: list[str] = []
        self._axes(about_x, [] if named_rows else y.ticks())

    def at_x(self, value: float) -> float:
        return self._left + self.x.share(value) * (self._right - self._left)

    def at_y(self, value: float) -> float:
        return self._bottom - self.y.share(value) * (self._bottom - self._top)

    def draw(self, part: str) -> None:
        self._parts.append(part)

    def path(self, xs: Sequence[float], ys: Sequence[float]) -> str:
        """Path data through points; a NaN ends one piece, the next point begins another."""
        pieces, pen = [], "M"
        last = ""
        for x, y in zip(xs, ys, strict=True):
            if not (math.isfinite(x) and math.isfinite(y)):
                pen = "M"
                continue
            point = f"{self.at_x(x):.1f} {self.at_y(y):.1f}"
            if point != last or pen == "M":
                pieces.append(f"{pen}{point}")
            last, pen = point, "L"
        return "".join(pieces)

    def line(self, xs: Sequence[float], ys: Sequence[float], colour: int) -> None:
        dash = DASHES[colour % N_COLOURS]
        pattern = f' stroke-dasharray="{dash}"' if dash else ""
        self.draw(f'<path class="line s{colour % N_COLOURS}"{pattern} d="{self.path(xs, ys)}"/>')

    def guide(self, xs: Sequence[float], ys: Sequence[float]) -> None:
        """A dashed line to compare with."""
        self.draw(f'<path class="guide" d="{self.path(xs, ys)}"/>')

    def area(self, xs: Sequence[float], low: Sequence[float], high: Sequence[float], colour: int, kind: str) -> None:
        """The area between two lines; `kind` is `band` or `area`."""
        outline = self.path([*xs, *reversed(xs)], [*high, *reversed(low)])
        index = colour % N_COLOURS
        self.draw(f'<path class="{kind} f{index}{f" s{index}" if kind == "area" else ""}" d="{outline}Z"/>')

    def mark(self, x: float, y: float, colour: int, *, hollow: bool = False, note: str = "") -> None:
        """A point; hollow ones are published figures."""
        self.draw(mark(self.at_x(x), self.at_y(y), colour, hollow=hollow, note=note))

    def text(self, x: float, y: float, words: str, anchor: str = "start") -> None:
        """Words at pixels."""
        self.draw(f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{html.escape(words)}</text>')

    def finish(self, title: str, description: str, legend: Sequence[tuple[int, str, str]] = ()) -> str:
        """The chart with its legend below: (colour, `line`, `area`, `guide`, `mark` or `hollow`, words) a row."""
        rows = [_legend_row(self._left, self._height + 14 + 18 * row, *entry) for row, entry in enumerate(legend)]
        height = self._height + 18 * len(legend) + (4 if legend else 0)
        key = hashlib.sha256("".join([title, description, *self._parts]).encode()).hexdigest()[:10]
        return (
            f'<svg class="chart" role="img" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" '
            f'width="{WIDTH}" height="{height}" aria-labelledby="t{key} d{key}">'
            f'<title id="t{key}">{html.escape(title)}</title><desc id="d{key}">{html.escape(description)}</desc>'
            f'<rect class="paper" width="{WIDTH}" height="{height}"/>' + "".join([*self._parts, *rows]) + "</svg>"
        )

    def _axes(self, about_x: int, y_ticks: Sequence[float]) -> None:
        left, right, top, bottom = self._left, self._right, self._top, self._bottom
        for value in self.x.ticks(about_x):
            x = self.at_x(value)
            self.draw(f'<line class="grid" x1="{x:.1f}" x2="{x:.1f}" y1="{top}" y2="{bottom}"/>')
            self.text(x, bottom + 16, tick_number(value), "middle")
        for value in y_ticks:
            y = self.at_y(value)
            self.draw(f'<line class="grid" x1="{left}" x2="{right}" y1="{y:.1f}" y2="{y:.1f}"/>')
            self.text(left - 6, y + 4, tick_number(value), "end")
        self.draw(f'<path class="axis" d="M{left} {top}V{bottom}H{right}"/>')
        self.text((left + right) / 2, bottom + 36, self.x.label, "middle")
        if self.y.label:
            x, y = 14, (top + bottom) / 2
            self.draw(f'<text x="{x}" y="{y:.1f}" text-anchor="middle" transform="rotate(-90 {x} {y:.1f})">'
                      f"{html.escape(self.y.label)}</text>")


def _legend_row(left: float, y: float, colour: int, kind: str, words: str) -> str:
    index = colour % N_COLOURS
    middle = y - 4
    signs: dict[str, str] = {
        "line": f'<line class="line s{index}" x1="{left}" x2="{left + 28}" y1="{middle}" y2="{middle}"'
        + (f' stroke-dasharray="{DASHES[index]}"' if DASHES[index] else "") + "/>",
        "area": f'<rect class="area f{index} s{index}" x="{left + 4}" y="{middle - 5}" width="20" '
        'height="10"/>',
        "band": f'<rect class="band f{index}" x="{left + 4}" y="{middle - 5}" width="20" height="10"/>',
        "guide": f'<line class="guide" x1="{left}" x2="{left + 28}" y1="{middle}" y2="{middle}"/>',
        "mark": mark(left + 14, middle, colour),
        "hollow": mark(left + 14, middle, colour, hollow=True),
    }
    room = int((WIDTH - left - 52) / CHARACTER)
    return f'{signs[kind]}<text x="{left + 36}" y="{y}">{html.escape(with_ellipsis(words, room))}</text>'


def mark(x: float, y: float, colour: int, *, hollow: bool = False, note: str = "") -> str:
    """A point at pixels, its shape going with its colour."""
    index, size = colour % N_COLOURS, 4.5
    shape = MARKS[index]
    style = f'class="hollow s{index}"' if hollow else f'class="f{index}"'
    inner = f"<title>{html.escape(note)}</title>" if note else ""
    if shape == "circle":
        return f'<circle {style} cx="{x:.1f}" cy="{y:.1f}" r="{size}">{inner}</circle>'
    corners: dict[str, list[tuple[float, float]]] = {
        "square": [(-1, -1), (1, -1), (1, 1), (-1, 1)],
        "diamond": [(0, -1.35), (1.35, 0), (0, 1.35), (-1.35, 0)],
        "triangle": [(0, -1.3), (1.2, 0.9), (-1.2, 0.9)],
    }
    points = " ".join(f"{x + size * right:.1f},{y + size * down:.1f}" for right, down in corners[shape])
    return f'<polygon {style} points="{points}">{inner}</polygon>'


def standalone(chart: str) -> str:
    """A chart as the text of an SVG file of its own."""
    return chart.replace("<rect class=\"paper\"", f"<style>{CHART_STYLE}</style><rect class=\"paper\"", 1) + "\n"


def tick_number(value: float) -> str:
    """A tick's number, without needless digits."""
    return f"{value:.6g}".replace("-", "−")


def with_ellipsis(words: str, room: int) -> str:
    """Words cut to so many characters, with an ellipsis."""
    return words if len(words) <= room else words[: max(1, room - 1)].rstrip() + "…"

"""Charts of the reports, each a pure function from numbers to the text of an SVG element."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mmae_core.report.svg import CHARACTER, Axis, ChartFrame, spanning, with_ellipsis

MAX_POINTS = 400
"""Most points of a drawn curve; more are not visible at 560 pixels."""

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Series:
    """A named line; `low` and `high`, where given, bound the band around it."""

    name: str
    x: Sequence[float]
    y: Sequence[float]
    low: Sequence[float] = ()
    high: Sequence[float] = ()


@dataclass(frozen=True)
class FigureInterval:
    """A named figure with its interval; `published` is what a paper reports for it."""

    name: str
    value: float
    low: float = math.nan
    high: float = math.nan
    published: float | None = None
    note: str = ""

    @classmethod
    def of(
        cls, name: str, value: float, interval: Sequence[float] | None, published: float | None = None, note: str = ""
    ) -> FigureInterval:
        """With the interval as reports hold it, [low, high] or None."""
        low, high = interval or (math.nan, math.nan)
        return cls(name, value, low, high, published, note)


def roc_curve(scores: ArrayLike, positive: ArrayLike) -> tuple[Floats, Floats]:
    """Share of false and of true alarms, (k,) each, at every threshold from the highest score down; NaN is left out."""
    true, false = _cumulated(scores, positive)
    return false / max(false[-1], 1), true / max(true[-1], 1)


def _cumulated(scores: ArrayLike, positive: ArrayLike) -> tuple[Floats, Floats]:
    """True and false alarms at thresholds from above the highest score down, ties taken together."""
    values, labels = np.asarray(scores, np.float64), np.asarray(positive, bool)
    known = np.isfinite(values)
    order = np.argsort(-values[known], kind="stable")
    ordered, labels = values[known][order], labels[known][order]
    last_of_tie = np.append(np.diff(ordered) != 0, True)[: len(ordered)]
    true, false = (np.cumsum(group)[last_of_tie].astype(np.float64) for group in (labels, ~labels))
    return np.concatenate([[0.0], true]), np.concatenate([[0.0], false])


def thinned(x: ArrayLike, y: ArrayLike, count: int = MAX_POINTS) -> tuple[Floats, Floats]:
    """At most about `count` of a curve's points, spread along its length, both ends among them."""
    xs, ys = np.asarray(x, np.float64), np.asarray(y, np.float64)
    if len(xs) <= count:
        return xs, ys
    spans = (np.ptp(xs) or 1.0, np.ptp(ys) or 1.0)
    length = np.concatenate([[0.0], np.cumsum(np.abs(np.diff(xs)) / spans[0] + np.abs(np.diff(ys)) / spans[1])])
    chosen = np.unique(np.searchsorted(length, np.linspace(0, length[-1], count)).clip(0, len(xs) - 1))
    return xs[chosen], ys[chosen]


def roc_chart(curves: Sequence[Series], title: str = "ROC curve") -> str:
    """True against false alarms; each curve's name says its AUROC."""
    frame = ChartFrame(Axis("false alarms (1 − specificity)", 0, 1), Axis("found (sensitivity)", 0, 1), height=440)
    frame.guide([0, 1], [0, 1])
    _draw_lines(frame, curves)
    words = "; ".join(curve.name for curve in curves)
    return frame.finish(title, f"Sensitivity against false-alarm rate over all thresholds: {words}. The dashed "
                        "diagonal is chance.", [*_line_rows(curves), (0, "guide", "chance")])


def pr_chart(
    curves: Sequence[Series], prevalence: float, title: str = "Precision and recall", counted: str = "records"
) -> str:
    """Precision against recall; the dashed line is the share of positives, which chance would reach."""
    frame = ChartFrame(Axis("found (recall)", 0, 1), Axis("right among alarms (precision)", 0, 1), height=440)
    frame.guide([0, 1], [prevalence, prevalence])
    _draw_lines(frame, curves)
    words = "; ".join(curve.name for curve in curves)
    return frame.finish(title, f"Precision against recall over all thresholds: {words}. Chance is {prevalence:.3f}.",
                        [*_line_rows(curves), (0, "guide", f"chance: {prevalence:.3f} of the {counted} are positive")])


def density_chart(
    scores: Mapping[str, ArrayLike], x_label: str = "score", title: str = "Scores by class"
) -> str:
    """Histograms of several classes over common bins, each scaled to a share of its own class; NaN is left out.

    The smallest class decides how many bins there are. They are of equal width on a logarithmic axis where all scores
    are positive and span more than a decade. More than two classes are drawn as outlines.
    """
    classes = {name: _finite(values) for name, values in scores.items()}
    pooled = np.concatenate([*classes.values(), np.empty(0)])
    low, high = (float(pooled.min()), float(pooled.max())) if len(pooled) else (0.0, 1.0)
    bins = int(np.clip(2 * math.sqrt(min([len(values) for values in classes.values()] or [0])), 10, 40))
    logarithmic = low > 0 and high / low > 10
    if high <= low:
        low, high = low - 0.5, high + 0.5
    edges = np.geomspace(low, high, bins + 1) if logarithmic else np.linspace(low, high, bins + 1)
    edges[-1] = high
    shares = {name: np.histogram(values, edges)[0] / max(len(values), 1) for name, values in classes.items()}
    top = max([float(share.max()) for share in shares.values()] or [0.0]) or 1.0
    frame = ChartFrame(Axis(x_label, low, high, logarithmic), Axis("share of the class", 0, 1.05 * top), height=340)
    outline = np.repeat(edges, 2)[1:-1]
    for colour, share in enumerate(shares.values()):
        heights = np.repeat(share, 2)
        if len(shares) <= 2:
            frame.area(_as_list(outline), [0.0] * len(outline), _as_list(heights), colour, "area")
        else:
            frame.line(_as_list(outline), _as_list(heights), colour)
    kind = "area" if len(shares) <= 2 else "line"
    rows = [(colour, kind, f"{name} ({len(classes[name])})") for colour, name in enumerate(classes)]
    words = ", ".join(f"{name}: median {np.median(values):.4g}" for name, values in classes.items() if len(values))
    return frame.finish(title, f"How the scores of each class are distributed. {words}.", rows)


def calibration_chart(
    p_values: Mapping[str, ArrayLike], band95: float, title: str = "Are p-values of normals uniform?"
) -> str:
    """Distribution function of p-values against the diagonal; 95 % of uniform ones stay within `band95` of it."""
    frame = ChartFrame(Axis("p-value", 0, 1), Axis("share of normals with so low a p", 0, 1), height=440)
    xs = np.linspace(0, 1, 201)
    frame.area(_as_list(xs), _as_list((xs - band95).clip(0, 1)), _as_list((xs + band95).clip(0, 1)), 0, "band")
    frame.guide([0, 1], [0, 1])
    rows = []
    for colour, (name, values) in enumerate(p_values.items()):
        ordered = np.sort(_finite(values))
        if not len(ordered):
            continue
        steps = np.arange(len(ordered) + 1) / len(ordered)
        xs = np.concatenate([[0.0], np.repeat(ordered, 2), [1.0]])
        drawn_x, drawn_y = thinned(xs, np.repeat(steps, 2), 2 * MAX_POINTS)
        frame.line(_as_list(drawn_x), _as_list(drawn_y), colour)
        rows.append((colour, "line", f"{name} ({len(ordered)})"))
    return frame.finish(
        title, f"Share of normal records with a p-value up to the one on the axis: {', '.join(p_values)}. Uniform "
        f"p-values follow the diagonal; 95 % of uniform samples stay within {band95:.3f} of it throughout.",
        [*rows, (0, "band", "where 95 % of exchangeable samples stay"), (0, "guide", "uniform")],
    )


def interval_chart(
    rows: Sequence[FigureInterval], x_label: str, title: str, *, guide: float | None = None, guide_name: str = "",
    axis: Axis | None = None,
) -> str:
    """One figure per row with its interval as a whisker; hollow diamonds are published figures, `guide` a reference
    line."""
    figures = [figure for row in rows for figure in (row.value, row.low, row.high, row.published or math.nan)]
    x = axis or spanning([*figures, math.nan if guide is None else guide], x_label)
    left = min(250, 24 + int(CHARACTER * max([len(row.name) for row in rows] or [0])))
    frame = ChartFrame(x, Axis("", -0.5, max(len(rows), 1) - 0.5), height=62 + 26 * max(len(rows), 1), left=left,
                  named_rows=True)
    if guide is not None:
        frame.guide([guide, guide], [-0.5, max(len(rows), 1) - 0.5])
    for position, row in enumerate(rows):
        y = len(rows) - 1 - position
        pixels = frame.at_y(y)
        frame.text(left - 10, pixels + 4, with_ellipsis(row.name, int((left - 12) / CHARACTER)), "end")
        if math.isfinite(row.low) and math.isfinite(row.high):
            frame.draw(f'<line class="whisker s0" x1="{frame.at_x(row.low):.1f}" x2="{frame.at_x(row.high):.1f}" '
                       f'y1="{pixels:.1f}" y2="{pixels:.1f}"/>')
        if math.isfinite(row.value):
            frame.mark(row.value, y, 0, note=f"{row.name}: {row.value:.3f}{row.note and '; ' + row.note}")
        if row.published is not None:
            frame.mark(row.published, y, 2, hollow=True, note=f"{row.name}, published: {row.published:.3f}")
    words = "; ".join(_interval_words(row) for row in rows)
    bounded = any(math.isfinite(row.low) for row in rows)
    legend = [(0, "mark", "measured here, with its 95-% interval" if bounded else "measured here")]
    if any(row.published is not None for row in rows):
        legend.append((2, "hollow", "published, under its authors' protocol"))
    if guide is not None and guide_name:
        legend.append((0, "guide", guide_name))
    return frame.finish(title, f"{x_label}: {words}.", legend)


def _draw_lines(frame: ChartFrame, curves: Sequence[Series]) -> None:
    for colour, curve in enumerate(curves):
        xs, ys = thinned(curve.x, curve.y)
        frame.line(_as_list(xs), _as_list(ys), colour)


def _line_rows(curves: Sequence[Series]) -> list[tuple[int, str, str]]:
    return [(colour, "line", curve.name) for colour, curve in enumerate(curves)]


def _interval_words(row: FigureInterval) -> str:
    words = f"{row.name} {row.value:.3f}"
    if math.isfinite(row.low) and math.isfinite(row.high):
        words += f" ({row.low:.3f} to {row.high:.3f})"
    return words + (f", published {row.published:.3f}" if row.published is not None else "")


def _finite(values: ArrayLike) -> Floats:
    array = np.asarray(values, np.float64)
    return array[np.isfinite(array)]


def _as_list(values: Floats) -> list[float]:
    return [float(value) for value in values]

"""How well readers agree beyond chance, and how much the stretches they marked overlap; with bootstrap intervals.

Labels are nominal: any hashable values without an order. None is a missing answer. Resampling draws whole units
(recordings), so that what one recording contributes stays together.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mmae_core.errors import DatasetError
from mmae_core.metrics.array_checks import whole_number

ROUNDS = 2000
MIN_UNITS = 10
"""Units below which no interval is given: resampling so few gives intervals that look certain."""

Label = Hashable
Unit = Sequence[Label | None]
"""The readers' answers on one recording; None: none."""
Spans = Mapping[str, Sequence[tuple[float, float]]]
"""Lead -> stretches in seconds."""


@dataclass(frozen=True)
class Estimate:
    """A figure with its interval."""

    value: float
    """NaN if it cannot be computed."""
    low: float | None
    high: float | None
    """95-% bootstrap interval; None below `MIN_UNITS` units."""
    n_units: int
    """Units it is of."""
    why_none: str = ""
    """Why there is no value; empty if there is one."""


def cohen_kappa(pairs: Iterable[tuple[Label | None, Label | None]]) -> float:
    """Cohen's kappa of two readers (Cohen 1960, Educ Psychol Meas 20:37); pairs with a missing answer are left out.

    NaN without a pair, or if both always gave one and the same answer.
    """
    known = [(one, other) for one, other in pairs if one is not None and other is not None]
    if not known:
        return math.nan
    n = len(known)
    observed = sum(one == other for one, other in known) / n
    first, second = Counter(one for one, _ in known), Counter(other for _, other in known)
    expected = sum(count * second[label] for label, count in first.items()) / n**2
    return _beyond(observed, expected)


def fleiss_kappa(units: Iterable[Unit]) -> float:
    """Fleiss' kappa (Fleiss 1971, Psychol Bull 76:378) of units that equally many readers answered.

    The readers need not be the same ones. Raises ValueError if the numbers of answers differ or are below 2; NaN
    without units, or if all answers are one and the same.
    """
    counted = [Counter(label for label in unit if label is not None) for unit in units]
    if not counted:
        return math.nan
    raters = {sum(counts.values()) for counts in counted}
    if len(raters) > 1 or min(raters) < 2:
        raise ValueError(f"Fleiss' kappa needs the same number of answers, at least 2, on each unit; found "
                         f"{', '.join(map(str, sorted(raters)))}. Krippendorff's alpha takes missing ones.")
    n = raters.pop()
    observed = sum((sum(k * k for k in counts.values()) - n) / (n * (n - 1)) for counts in counted) / len(counted)
    total: Counter[Label] = sum(counted, Counter())
    expected = sum((k / (n * len(counted))) ** 2 for k in total.values())
    return _beyond(observed, expected)


def krippendorff_alpha(units: Iterable[Unit]) -> float:
    """Krippendorff's alpha for nominal labels with missing answers (Krippendorff 2011, "Computing Krippendorff's
    Alpha-Reliability").

    Units with fewer than two answers say nothing and are left out. NaN if none is left, or all answers are the same.
    """
    counted = [Counter(label for label in unit if label is not None) for unit in units]
    paired = [counts for counts in counted if sum(counts.values()) >= 2]
    total: Counter[Label] = sum(paired, Counter())
    n = sum(total.values())
    if n == 0:
        return math.nan
    disagreed = sum((m * m - sum(k * k for k in counts.values())) / (m - 1)
                    for counts in paired for m in (sum(counts.values()),)) / n
    expected = (n * n - sum(k * k for k in total.values())) / (n * (n - 1))
    return math.nan if expected == 0 else 1 - disagreed / expected


def overlap_iou(one: Spans, other: Spans) -> float:
    """Lead x time that both marked over what either marked, 0..1; NaN if neither marked anything.

    Stretches of one lead that overlap count once. Raises DatasetError for one that ends before it begins.
    """
    common = union = 0.0
    for lead in {*one, *other}:
        mine, theirs = _joined(one.get(lead, ())), _joined(other.get(lead, ()))
        both = sum(max(0.0, min(a[1], b[1]) - max(a[0], b[0])) for a in mine for b in theirs)
        common += both
        union += _length(mine) + _length(theirs) - both
    return common / union if union > 0 else math.nan


def estimate(
    statistic: Callable[[Sequence[int]], float], n_units: int, *, rounds: int = ROUNDS, seed: int = 0,
    why_none: str = "",
) -> Estimate:
    """A statistic of units 0..n-1 with its 95-% percentile interval over resampled units.

    `statistic` is given the drawn units' numbers; rounds in which it is NaN are left out, and with fewer than half of
    them left there is no interval. `why_none` says why the value is NaN, if it is. Raises DatasetError for no rounds.
    """
    whole_number(rounds, 1, "Bootstrap rounds")
    whole_number(n_units, 0, "Units")
    value = statistic(range(n_units)) if n_units else math.nan
    if math.isnan(value):
        return Estimate(value, None, None, n_units, why_none or ("nothing to compare" if not n_units else "undefined"))
    if n_units < MIN_UNITS:
        return Estimate(value, None, None, n_units)
    generator = np.random.default_rng(seed)
    drawn = np.array([statistic(generator.integers(0, n_units, n_units).tolist()) for _ in range(rounds)])
    known: NDArray[np.float64] = drawn[np.isfinite(drawn)]
    if 2 * len(known) < rounds:
        return Estimate(value, None, None, n_units)
    low, high = np.percentile(known, [2.5, 97.5])
    return Estimate(value, float(low), float(high), n_units)


def _beyond(observed: float, expected: float) -> float:
    return math.nan if expected >= 1 else (observed - expected) / (1 - expected)


def _joined(spans: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    joined: list[tuple[float, float]] = []
    for start, end in spans:
        if not (math.isfinite(start) and math.isfinite(end) and start <= end):
            raise DatasetError(f"A stretch from {start} to {end} s is none; expected finite times, the end not before "
                               "the start.")
    for start, end in sorted(spans):
        if end == start:
            continue
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return joined


def _length(spans: Sequence[tuple[float, float]]) -> float:
    return sum(end - start for start, end in spans)

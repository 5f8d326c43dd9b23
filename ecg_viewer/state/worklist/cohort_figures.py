"""Figures over the recordings of a worklist: localization, misses, false alarms."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ecg_viewer.state.words.language import tr
from ecg_viewer.state.words.numbers import number
from ecg_viewer.state.worklist.results import VERDICTS
from ecg_viewer.state.worklist.sorting import Table
from mmae_core.metrics.points import interval, record_weights

ROUNDS, SEED = 2000, 0
"""Of the bootstrap by record, as in `mmae_core.metrics`."""
MAX_DRAWS = 20_000_000
"""Limit of rounds times recordings; with very many recordings the interval is narrow anyway."""
NORMAL = "NORM"


@dataclass(frozen=True)
class CohortFigures:
    """Over the recordings shown."""

    n_localized: int
    """Recordings with an AUROC of their own."""
    mean_auroc: float
    """Mean of the recordings' AUROCs; NaN without any."""
    auroc_ci95: tuple[float, float]
    n_boxes: int
    n_hits: int
    """Known lesions, and those that a finding touches."""
    n_normal: int
    """Normal recordings that were scored."""
    n_false: int
    """Findings in them."""
    n_poor: int
    """Recordings left out of all other figures because of poor signal."""

    @property
    def is_empty(self) -> bool:
        """Whether nothing is known to compare with."""
        return not self.n_localized and not self.n_normal and not self.n_boxes


def cohort_figures(table: Table, rows: NDArray[np.int64]) -> CohortFigures:
    """Figures over some rows; takes a second for thousands of AUROCs, so not for the main thread."""
    results = table.results
    is_poor = results.verdict[rows] == VERDICTS.index("poor")
    n_poor = int((is_poor & (np.isfinite(results.auroc[rows]) | (results.n_hits[rows] >= 0)
                             | (results.n_false[rows] >= 0))).sum())
    rows = rows[~is_poor]
    aurocs = results.auroc[rows]
    known = aurocs[np.isfinite(aurocs)]
    low, high = mean_interval(known)
    hits, misses, false = results.n_hits[rows], results.n_misses[rows], results.n_false[rows]
    normal = np.array([table.columns.items[row].superclasses == (NORMAL,) for row in rows.tolist()], bool)
    counted = normal & (false >= 0)
    return CohortFigures(
        len(known), float(known.mean()) if len(known) else math.nan, (low, high),
        int(hits[hits >= 0].sum() + misses[misses >= 0].sum()), int(hits[hits >= 0].sum()),
        int(counted.sum()), int(false[counted].sum()), n_poor,
    )


def mean_interval(values: NDArray[np.float64]) -> tuple[float, float]:
    """95-% interval of a mean by bootstrap over records; NaN without any."""
    if not len(values):
        return math.nan, math.nan
    weights = record_weights(len(values), min(ROUNDS, max(100, MAX_DRAWS // len(values))), SEED)
    low, high = interval(weights @ values / len(values))
    return low, high


def figures_sentence(figures: CohortFigures, threshold: float) -> str:
    """`240 with known lesions: mean AUROC within a recording 0.861 (0.843 to 0.879) · …`; empty if nothing is known."""
    parts = []
    if figures.n_localized:
        low, high = figures.auroc_ci95
        text = tr("{n} recordings with reference regions: mean AUROC {auroc} (95 % interval {low} to {high})")
        parts.append(text.format(
            n=number(figures.n_localized, ","), auroc=number(figures.mean_auroc, ".3f"), low=number(low, ".3f"),
            high=number(high, ".3f")))
    if figures.n_boxes:
        parts.append(tr("{hits} of {boxes} regions hit from the {threshold}th percentile on").format(
            hits=number(figures.n_hits, ","), boxes=number(figures.n_boxes, ","), threshold=number(threshold, "g")))
    if figures.n_normal:
        parts.append(tr("{rate} false alarms in a normal recording (of {n})").format(
            rate=number(figures.n_false / figures.n_normal, ".2f"), n=number(figures.n_normal, ",")))
    if parts and figures.n_poor:
        parts.append(tr("{n:,} with a poor signal not counted").format(n=figures.n_poor))
    return " · ".join(parts)

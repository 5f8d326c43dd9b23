"""What a reader study comes to: each reader's sensitivity, specificity, AUROC, time and changed decisions."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from mmae_core.errors import DatasetError
from mmae_core.metrics.agreement import ROUNDS, Estimate, estimate

MOST_SUSPICION = 100
MIN_OF_CLASS = 2
"""Cases with and without the condition below which neither sensitivity nor AUROC is given."""


@dataclass(frozen=True)
class CaseRead:
    """One case as one reader decided it."""

    case: str
    suspicion: float
    """How strongly the reader thought that it departs from normal, 0..100; above 50 counts as positive."""
    seconds: float
    truth: bool | None = None
    """Whether it does; None: not known."""
    changed: bool | None = None
    """Whether the decision became another one after help was shown; None: no help, or no decision before."""


@dataclass(frozen=True)
class ReaderFigures:
    """Of one reader in one arm."""

    n_cases: int
    n_positive: int
    n_negative: int
    """Cases whose truth is known, with and without."""
    sensitivity: Estimate
    specificity: Estimate
    auroc: Estimate
    median_s: float
    """Seconds a case; NaN without cases."""
    switch_rate: Estimate


def reader_figures(reads: Sequence[CaseRead], *, rounds: int = ROUNDS, seed: int = 0) -> ReaderFigures:
    """Figures with 95-% intervals by case. A decision of exactly 50 (cannot tell) is neither a hit nor an alarm: it
    counts as missed when the case departs from normal and as no alarm when it does not.

    Figures that too few cases would give are NaN and say why; their numbers are always there. Raises DatasetError for a
    suspicion outside 0..100 or a time below 0.
    """
    for read in reads:
        if not 0 <= read.suspicion <= MOST_SUSPICION or not 0 <= read.seconds < math.inf:
            raise DatasetError(f"Case {read.case} has a suspicion of {read.suspicion} and took {read.seconds} s; "
                               f"expected 0 to {MOST_SUSPICION} and a time from 0 on.")
    known = [read for read in reads if read.truth is not None]
    positive = [read for read in known if read.truth]
    negative = [read for read in known if not read.truth]
    asked = [read for read in reads if read.changed is not None]
    few = f"{len(positive)} cases with and {len(negative)} without known departures; at least {MIN_OF_CLASS} each"
    enough = min(len(positive), len(negative)) >= MIN_OF_CLASS
    suspicion = np.array([read.suspicion for read in known])
    truth = np.array([bool(read.truth) for read in known])

    def auroc(rows: Sequence[int]) -> float:
        chosen = np.fromiter(rows, dtype=np.int64)
        return _auroc(suspicion[chosen], truth[chosen]) if enough else math.nan

    return ReaderFigures(
        len(reads), len(positive), len(negative),
        _share([read.suspicion > 50 for read in positive], rounds, seed, few),
        _share([read.suspicion <= 50 for read in negative], rounds, seed, few),
        estimate(auroc, len(known), rounds=rounds, seed=seed, why_none=few),
        float(np.median([read.seconds for read in reads])) if reads else math.nan,
        _share([bool(read.changed) for read in asked], rounds, seed, "no decision before and after", least=1),
    )


def _share(hits: Sequence[bool], rounds: int, seed: int, why_none: str, *, least: int = MIN_OF_CLASS) -> Estimate:
    values = np.array(hits, dtype=float)

    def share(rows: Sequence[int]) -> float:
        return float(values[np.fromiter(rows, dtype=np.int64)].mean()) if len(values) >= least else math.nan

    return estimate(share, len(values), rounds=rounds, seed=seed, why_none=why_none)


def _auroc(scores: np.ndarray, truth: np.ndarray) -> float:
    """Share of pairs of one positive and one negative in order, ties counted half; NaN without both."""
    positive, negative = scores[truth], scores[~truth]
    if not len(positive) or not len(negative):
        return math.nan
    above = (positive[:, None] > negative[None, :]).mean()
    return float(above + 0.5 * (positive[:, None] == negative[None, :]).mean())

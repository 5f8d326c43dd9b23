"""The recordings of a worklist as points: score against AUROC where lesions are known, else score by superclass."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from ecg_viewer.state.worklist.columns import NO_SUPERCLASS
from ecg_viewer.state.worklist.results import VERDICTS
from ecg_viewer.state.worklist.sorting import Table

PointsKind = Literal["auroc", "superclass"]
JITTER = 0.32
"""Spread of a group's points about its line, so that they do not hide each other."""
_GOLDEN = 0.6180339887498949
"""Multiples of it, modulo one, spread evenly: the same recording always stands at the same height."""


@dataclass(frozen=True)
class PointGroup:
    """Recordings that belong together."""

    name: str
    """A superclass; `–` where the data set states none; empty for all together."""
    n: int
    """Recordings with good enough signal; quartiles and AUROC are of these."""
    n_poor: int
    """Recordings with poor signal, shown apart."""
    quartiles: tuple[float, float, float]
    """Of the scores: 25, 50, 75 %; NaN without any that count."""
    mean_auroc: float
    """NaN without any."""
    n_localized: int
    """Recordings with an AUROC."""


@dataclass(frozen=True, eq=False)
class CohortPoints:
    """One point for each recording shown that has a score; in several groups if it has several superclasses."""

    kind: PointsKind
    rows: NDArray[np.int64]
    """(n,) indices into the worklist, which equal those of the session's list."""
    scores: NDArray[np.float64]
    """(n,) along."""
    heights: NDArray[np.float64]
    """(n,) AUROC, or the number of the group, counted from the bottom, with some spread."""
    missed: NDArray[np.bool_]
    """(n,) a known lesion was missed at the threshold."""
    reliable: NDArray[np.bool_]
    """(n,) the signal is good enough."""
    groups: tuple[PointGroup, ...]
    """The first one stands at the top."""
    n_shown: int
    """Recordings in the worklist as it is filtered, scored or not."""

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def n_counted(self) -> int:
        """Recordings with good enough signal, each once."""
        return len(np.unique(self.rows[self.reliable]))

    @property
    def n_poor(self) -> int:
        """Recordings with poor signal, each once."""
        return len(np.unique(self.rows[~self.reliable]))

    def in_order(self) -> NDArray[np.int64]:
        """Points in the order of the arrow keys: by group from the top, then by score."""
        level = np.round(-self.heights) if self.kind == "superclass" else np.zeros(len(self.rows))
        return np.lexsort((self.scores, level))


def plot_kinds(table: Table, order: NDArray[np.int64]) -> tuple[PointsKind, ...]:
    """Kinds of plot possible for the recordings in `order`, the more informative first; none without scores."""
    results = table.results
    scored = order[np.isfinite(results.score[order])]
    if not len(scored):
        return ()
    return ("auroc", "superclass") if np.isfinite(results.auroc[scored]).any() else ("superclass",)


def cohort_points(table: Table, order: NDArray[np.int64], kind: PointsKind) -> CohortPoints:
    """Points of the recordings in `order`: those that the worklist shows."""
    results = table.results
    scored = order[np.isfinite(results.score[order])]
    members = _members(table, scored)
    if kind == "auroc":
        rows = scored[np.isfinite(results.auroc[scored])]
        heights = results.auroc[rows]
    else:
        rows = np.concatenate([found for _, found in members]) if members else scored[:0]
        levels = np.repeat(np.arange(len(members))[::-1], [len(found) for _, found in members])
        heights = levels + JITTER * (2 * ((rows + 1) * _GOLDEN % 1) - 1)
    return CohortPoints(
        kind, rows, results.score[rows], np.asarray(heights, float), results.n_misses[rows] > 0,
        results.verdict[rows] != VERDICTS.index("poor"),
        tuple(_group(table, name, found) for name, found in members), len(order),
    )


def nearest(points: CohortPoints, x: NDArray[np.float64], y: NDArray[np.float64], reach: float) -> int | None:
    """The point nearest to (0, 0) of screen places relative to the pointer, up to `reach` pixels; None beyond."""
    if not len(points):
        return None
    distance = np.hypot(x, y)
    index = int(np.argmin(distance))
    return index if distance[index] <= reach else None


def _members(table: Table, scored: NDArray[np.int64]) -> list[tuple[str, NDArray[np.int64]]]:
    """Superclasses that occur with their recordings; one nameless group where the data set states none."""
    shown = np.zeros(len(table.columns), bool)
    shown[scored] = True
    found = [(name, rows[shown[rows]]) for name, rows in table.columns.by_superclass.items()]
    found = [(name, rows) for name, rows in found if len(rows)]
    return found if any(name != NO_SUPERCLASS for name, _ in found) else ([("", scored)] if len(scored) else [])


def _group(table: Table, name: str, rows: NDArray[np.int64]) -> PointGroup:
    counted = rows[table.results.verdict[rows] != VERDICTS.index("poor")]
    aurocs = table.results.auroc[counted]
    known = aurocs[np.isfinite(aurocs)]
    scores = table.results.score[counted] if len(counted) else np.array([np.nan])
    first, median, third = (float(value) for value in np.quantile(scores, (0.25, 0.5, 0.75)))
    return PointGroup(name, len(counted), len(rows) - len(counted), (first, median, third),
                 float(known.mean()) if len(known) else float("nan"), len(known))

"""How a map and its findings compare with what is known to be abnormal: hits, misses, false alarms, areas under curves.

The figures are those of `mmae_core.metrics`, of one recording's points.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, overload

import numpy as np
from numpy.typing import NDArray

from ecg_viewer.state.research.truth import TruthBox, truth_mask, unknown_mask
from mmae_core.assessment import AnomalyMap, Finding
from mmae_core.record import STANDARD_LEADS, FloatArray

TOUCH_S = 0.05
"""A finding this close to a box still hits it: the margin of the pointing game in `mmae_core.metrics`."""

BOXES_AT_ONCE = 512
"""Boxes per batch, which bounds the memory for pairs of boxes and findings."""

EventKind = Literal["hit", "miss", "false alarm"]
IntArray = NDArray[np.int64]
_PLACES = {lead: place for place, lead in enumerate(STANDARD_LEADS)}
_ALONE = {(lead,) for lead in STANDARD_LEADS}


@dataclass(frozen=True)
class OutcomeEvent:
    """A box that was hit or missed, or a finding outside every box; something to jump to."""

    kind: EventKind
    leads: tuple[str, ...]
    start_s: float
    end_s: float
    label: str
    """The kind of the box; empty for a false alarm."""
    percentile: float | None
    """Percentile of the strongest finding involved; None for a miss."""
    lead: str
    """Lead to show it in: the strongest finding's, else the box's first."""


class FindingTable:
    """Findings with their values as arrays, as a day has tens of thousands."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        self.starts = self._column([finding.start_s for finding in self.findings])
        self.ends = self._column([finding.end_s for finding in self.findings])
        self.percentiles = self._column([finding.percentile for finding in self.findings])
        peaks = self._column([finding.peak_score for finding in self.findings])
        self.leads: IntArray = np.array([_PLACES[finding.lead] for finding in self.findings], np.int64)
        """Places in `STANDARD_LEADS`."""
        self.strongest_first: IntArray = np.lexsort((-peaks, -self.percentiles))
        self.ranks: IntArray = np.argsort(self.strongest_first)
        """0 is the strongest."""

    @staticmethod
    def _column(values: list[float]) -> NDArray[np.float64]:
        return np.array(values, np.float64)


class Events(Sequence[OutcomeEvent]):
    """Events by time, created on access."""

    def __init__(
        self, make: Callable[[int], OutcomeEvent], codes: IntArray, starts: NDArray[np.float64]
    ) -> None:
        self._make, self._codes, self._starts = make, codes, starts

    def __len__(self) -> int:
        return len(self._codes)

    @overload
    def __getitem__(self, place: int) -> OutcomeEvent: ...

    @overload
    def __getitem__(self, place: slice) -> tuple[OutcomeEvent, ...]: ...

    def __getitem__(self, place: int | slice) -> OutcomeEvent | tuple[OutcomeEvent, ...]:
        if isinstance(place, slice):
            return tuple(self._make(int(code)) for code in self._codes[place])
        return self._make(int(self._codes[place]))

    def n_until(self, time_s: float) -> int:
        """Number of events that begin at or before a time."""
        return int(np.searchsorted(self._starts, time_s, side="right"))

    def place_of(self, event: OutcomeEvent | None) -> int | None:
        """Index of an event; None if it is not among them."""
        if event is None:
            return None
        first = int(np.searchsorted(self._starts, event.start_s, side="left"))
        return next((place for place in range(first, self.n_until(event.start_s)) if self[place] == event), None)


class Outcome:
    """Boxes and findings of one recording at one threshold.

    A finding counts if its percentile reaches the threshold. A box is hit if a counting finding in one of its leads
    overlaps it in time or comes within `TOUCH_S` of it, however little; else it is missed. A counting finding that
    hits no box is a false alarm. Several findings that hit one box make one hit. A rhythm episode is such a box, too.
    """

    def __init__(
        self, threshold: float, boxes: tuple[TruthBox, ...], table: FindingTable, strongest: IntArray, outside: IntArray
    ) -> None:
        """`strongest` is the index of each box's strongest finding, or -1; `outside` the indices of false alarms."""
        self.threshold = threshold
        """Percentile, 0..100."""
        self._boxes, self._table, self._strongest, self._outside = boxes, table, strongest, outside

    def __eq__(self, other: object) -> bool:
        """Whether both have the same events."""
        if not isinstance(other, Outcome):
            return NotImplemented
        mine, others = self._table, other._table
        return (self.threshold == other.threshold and self._boxes == other._boxes
                and np.array_equal(self._strongest < 0, other._strongest < 0) and all(
                    np.array_equal(one[places], another[other_places])
                    for one, another in ((mine.starts, others.starts), (mine.ends, others.ends),
                                         (mine.percentiles, others.percentiles), (mine.leads, others.leads))
                    for places, other_places in ((self._outside, other._outside),
                                                 (self._of_hits, other._of_hits))))

    __hash__ = None  # type: ignore[assignment]  # it compares arrays

    @property
    def n_hits(self) -> int:
        return len(self._of_hits)

    @property
    def n_misses(self) -> int:
        return len(self._boxes) - self.n_hits

    @property
    def n_false_alarms(self) -> int:
        return len(self._outside)

    @property
    def box_percentiles(self) -> NDArray[np.float64]:
        """Of the strongest finding of each box; -1 where there is none."""
        percentiles = np.full(len(self._boxes), -1.0)
        percentiles[self._strongest >= 0] = self._table.percentiles[self._of_hits]
        return percentiles

    @property
    def false_percentiles(self) -> NDArray[np.float64]:
        """Of the false alarms."""
        return self._table.percentiles[self._outside]

    @cached_property
    def events(self) -> Events:
        """By time."""
        return self.of(None)

    @property
    def hits(self) -> tuple[OutcomeEvent, ...]:
        return self.of("hit")[:]

    @property
    def misses(self) -> tuple[OutcomeEvent, ...]:
        return self.of("miss")[:]

    @property
    def false_alarms(self) -> tuple[OutcomeEvent, ...]:
        return self.of("false alarm")[:]

    def of(self, kind: EventKind | None) -> Events:
        """Events of one kind, or all."""
        codes, starts = self._by_time
        if kind is not None:
            if kind == "false alarm":
                wanted = codes < 0
            else:
                is_hit = np.append(self._strongest >= 0, False)
                wanted = (codes >= 0) & (is_hit[np.maximum(codes, -1)] == (kind == "hit"))
            codes, starts = codes[wanted], starts[wanted]
        return Events(self._event, codes, starts)

    @property
    def _of_hits(self) -> IntArray:
        return self._strongest[self._strongest >= 0]

    @cached_property
    def _by_time(self) -> tuple[IntArray, NDArray[np.float64]]:
        """Codes of the events by start, end and leads, with their starts: a box is its place, a finding ~place."""
        boxes, table = self._boxes, self._table
        ranks = {leads: n for n, leads in enumerate(sorted({box.leads for box in boxes} | _ALONE))}
        alone = np.array([ranks[(lead,)] for lead in STANDARD_LEADS], np.int64)
        codes = np.concatenate((~self._outside, np.arange(len(boxes))))
        starts = np.concatenate((table.starts[self._outside], [box.start_s for box in boxes]))
        ends = np.concatenate((table.ends[self._outside], [box.end_s for box in boxes]))
        leads = np.concatenate((alone[table.leads[self._outside]], [ranks[box.leads] for box in boxes]))
        order = np.lexsort((leads, ends, starts))
        return codes[order], starts[order]

    def _event(self, code: int) -> OutcomeEvent:
        if code < 0:
            found = self._table.findings[~code]
            return OutcomeEvent("false alarm", (found.lead,), found.start_s, found.end_s, "", found.percentile,
                                found.lead)
        box, place = self._boxes[code], int(self._strongest[code])
        if place < 0:
            return OutcomeEvent("miss", box.leads, box.start_s, box.end_s, box.kind, None, box.leads[0])
        strongest = self._table.findings[place]
        return OutcomeEvent("hit", box.leads, box.start_s, box.end_s, box.kind, strongest.percentile, strongest.lead)


@dataclass(frozen=True)
class Localization:
    """How well the points of one recording's map tell boxes from the rest."""

    auroc: float
    """Within the recording; NaN without points of both kinds."""
    average_precision: float
    chance: float
    """Share of points inside boxes: the average precision of a map that knows nothing."""
    n_points: int
    """Assessed points, both ends of 0.2 s left out as in the published benchmark."""


def match_truth(boxes: Iterable[TruthBox], findings: Iterable[Finding] | FindingTable, threshold: float) -> Outcome:
    """Hits, misses and false alarms at a percentile."""
    boxes = tuple(boxes)
    table = findings if isinstance(findings, FindingTable) else FindingTable(findings)
    counts = table.percentiles >= threshold
    touches = np.zeros(len(counts), bool)
    none = len(counts)
    best = np.full(len(boxes), none, np.int64)
    starts = np.array([box.start_s for box in boxes], np.float64) - TOUCH_S
    ends = np.array([box.end_s for box in boxes], np.float64) + TOUCH_S
    for place, lead in enumerate(STANDARD_LEADS):
        here: IntArray = np.flatnonzero(counts & (table.leads == place))
        boxed: IntArray = np.flatnonzero([lead in box.leads for box in boxes])
        if len(here) and len(boxed):
            here = here[np.argsort(table.starts[here], kind="stable")]
            for part in np.array_split(boxed, math.ceil(len(boxed) / BOXES_AT_ONCE)):
                of_box, of_finding = _touching(starts[part], ends[part], table.starts[here], table.ends[here])
                touches[here[of_finding]] = True
                np.minimum.at(best, part[of_box], table.ranks[here[of_finding]])
    strongest = np.append(table.strongest_first, -1)[best]
    outside = table.strongest_first[(counts & ~touches)[table.strongest_first]]
    return Outcome(threshold, boxes, table, strongest, outside)


def _touching(
    box_starts: NDArray[np.float64], box_ends: NDArray[np.float64],
    starts: NDArray[np.float64], ends: NDArray[np.float64],
) -> tuple[IntArray, IntArray]:
    """Places of boxes and of findings, by start, of all pairs that overlap."""
    last = np.searchsorted(starts, box_ends, side="left")
    first = np.minimum(np.searchsorted(np.maximum.accumulate(ends), box_starts, side="right"), last)
    counts = last - first
    of_box = np.repeat(np.arange(len(box_starts)), counts)
    of_finding = np.arange(int(counts.sum())) - np.repeat(np.cumsum(counts) - counts - first, counts)
    overlap = ends[of_finding] > box_starts[of_box]  # one that began before others may end before them, too
    return of_box[overlap], of_finding[overlap]


def localization(anomaly_map: AnomalyMap, boxes: Iterable[TruthBox]) -> Localization:
    """Figures of a map as it is shown, smoothed already; the ends are cut as in the published benchmark.

    `mmae_core evaluate` cuts first and smooths then, which changes the points next to the cuts and the third decimal.
    """
    return localization_of(anomaly_map.score, anomaly_map.start_s, anomaly_map.sampling_rate_hz, boxes)


def known_points(scores: FloatArray, boxes: Sequence[TruthBox], start_s: float, rate_hz: float) -> FloatArray:
    """(12, samples) the same with NaN where nothing is known of a point; the very same array where all are known."""
    if not any(box.source == "rhythm" for box in boxes):
        return scores
    return np.where(unknown_mask(boxes, start_s, rate_hz, scores.shape[1]), np.float32(np.nan), scores)


def localization_of(scores: FloatArray, start_s: float, rate_hz: float, boxes: Iterable[TruthBox]) -> Localization:
    """The same of scores (12, samples) that begin at `start_s`; NaN was not assessed and is left out.

    Points of rhythm episodes are left out, too: `state.research.truth` says why.
    """
    from mmae_core.metrics.localization import crop, point_set

    boxes = tuple(boxes)
    mask = truth_mask(boxes, start_s, rate_hz, scores.shape[1])
    scores = known_points(scores, boxes, start_s, rate_hz)
    points = point_set(crop(scores, rate_hz)[None], crop(mask, rate_hz)[None])
    n_points = points.n_points
    chance = len(points.positive) / n_points if n_points else float("nan")
    return Localization(points.auroc(), points.average_precision(), chance, n_points)

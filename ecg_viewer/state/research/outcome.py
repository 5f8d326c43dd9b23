"""How a map and its findings compare with what is known to be abnormal: hits, misses, false alarms, areas under curves.

The figures are those of `mmae_core.metrics`, of one recording's points.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from ecg_viewer.state.research.truth import TruthBox, truth_mask, unknown_mask
from mmae_core.assessment import AnomalyMap, Finding
from mmae_core.record import STANDARD_LEADS, FloatArray

TOUCH_S = 0.05
"""A finding that ends this short of a box still hits it: the margin of the pointing game in `mmae_core.metrics`."""

EventKind = Literal["hit", "miss", "false alarm"]


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
    """Of the strongest finding concerned; None for a miss."""
    lead: str
    """To show it in: of the strongest finding, else the first of the box."""


@dataclass(frozen=True)
class Outcome:
    """Boxes and findings of one recording at one threshold.

    A finding counts if its percentile reaches the threshold. A box is hit if a counting finding in one of its leads
    overlaps it in time or comes within `TOUCH_S` of it, however little; else it is missed. A counting finding that
    hits no box is a false alarm. Several findings that hit one box make one hit. A rhythm episode is such a box, too.
    """

    threshold: float
    """Percentile, 0..100."""
    events: tuple[OutcomeEvent, ...]
    """By time."""

    @property
    def hits(self) -> tuple[OutcomeEvent, ...]:
        return tuple(event for event in self.events if event.kind == "hit")

    @property
    def misses(self) -> tuple[OutcomeEvent, ...]:
        return tuple(event for event in self.events if event.kind == "miss")

    @property
    def false_alarms(self) -> tuple[OutcomeEvent, ...]:
        return tuple(event for event in self.events if event.kind == "false alarm")


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


def compare(boxes: Sequence[TruthBox], findings: Iterable[Finding], threshold: float) -> Outcome:
    """Hits, misses and false alarms at a percentile."""
    counting = sorted((finding for finding in findings if finding.percentile >= threshold),
                      key=lambda finding: (-finding.percentile, -finding.peak_score))
    table = _BoxTable(boxes)
    by_box: dict[int, Finding] = {}
    events: list[OutcomeEvent] = []
    for finding in counting:
        touched = table.touched(finding)
        for index in touched:
            by_box.setdefault(index, finding)  # the strongest comes first
        if not touched:
            events.append(OutcomeEvent("false alarm", (finding.lead,), finding.start_s, finding.end_s, "",
                                       finding.percentile, finding.lead))
    for index, box in enumerate(boxes):
        strongest = by_box.get(index)
        events.append(OutcomeEvent(
            "miss" if strongest is None else "hit", box.leads, box.start_s, box.end_s, box.kind,
            None if strongest is None else strongest.percentile, box.leads[0] if strongest is None else strongest.lead,
        ))
    return Outcome(threshold, tuple(sorted(events, key=lambda event: (event.start_s, event.end_s, event.leads))))


class _BoxTable:
    """Boxes as arrays: a day of beats has thousands."""

    def __init__(self, boxes: Sequence[TruthBox]) -> None:
        self._starts = np.array([box.start_s for box in boxes])
        self._ends = np.array([box.end_s for box in boxes])
        self._leads = np.array([[lead in box.leads for lead in STANDARD_LEADS] for box in boxes], bool).reshape(-1, 12)

    def touched(self, finding: Finding) -> list[int]:
        """The boxes that a finding hits: in one of their leads, and in time up to `TOUCH_S` beside them."""
        in_time = (finding.start_s < self._ends + TOUCH_S) & (finding.end_s > self._starts - TOUCH_S)
        found: list[int] = np.flatnonzero(in_time & self._leads[:, STANDARD_LEADS.index(finding.lead)]).tolist()
        return found


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

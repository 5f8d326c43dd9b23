"""Curves of the open recording over the threshold of its heat: points inside and outside boxes, boxes and findings.

Points are those of `mmae_core.metrics.localization`, boxes and findings those of `state.research.outcome`: the curves
are the figures of the tab, at every threshold.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ecg_viewer.state.assessment import Phase
from ecg_viewer.state.display_choices import HIGHEST_THRESHOLD, LOWEST_THRESHOLD
from ecg_viewer.state.job_protocols import Failed, Job, Lane, Report
from ecg_viewer.state.problem import Problem
from ecg_viewer.state.research.localization_outcome import known_points, match_truth
from ecg_viewer.state.research.truth import TruthBox, truth_mask
from ecg_viewer.state.research.truth_tracker import MapStretch, TruthTracker, joined
from ecg_viewer.state.session import Session
from ecg_viewer.state.signal import Signal
from mmae_core.assessment import Finding
from mmae_core.record import FloatArray

if TYPE_CHECKING:
    from mmae_core.metrics.points import PointSet

Curve = NDArray[np.float64]

STEP = 0.1
"""Percentile points between two thresholds of a curve, and of one press of an arrow key."""
THRESHOLDS: Curve = np.round(np.arange(LOWEST_THRESHOLD, HIGHEST_THRESHOLD + STEP / 2, STEP), 1)
"""All that the heat can begin at."""
NAN = float("nan")


@dataclass(frozen=True)
class PointFigures:
    """Points of the map at one threshold."""

    sensitivity: float
    """Share of the points inside boxes that are at or above it; NaN without any inside."""
    specificity: float
    """Share of the points outside that are below it; NaN without any outside."""


@dataclass(frozen=True, eq=False)
class PointCurves:
    """Of the whole map of one recording. A point is one sample in one lead."""

    points: PointSet
    """Percentiles of the heat."""
    score_roc: Curve
    """(n, 2) share of outside points, share of inside points, at or above falling scores of the map."""
    heat_roc: Curve
    """The same of the heat's percentiles, on which the threshold stands."""
    score_auroc: float
    """NaN without points of both kinds; the figure of the tab."""
    heat_auroc: float

    @property
    def n_inside(self) -> int:
        """Assessed points inside boxes."""
        return len(self.points.positive)

    @property
    def n_outside(self) -> int:
        return len(self.points.negative)

    def at(self, threshold: float) -> PointFigures:
        """The figures at a percentile."""
        from mmae_core.metrics.localization import confusion

        true, false, _ = (float(count[0]) for count in confusion(self.points, threshold))
        return PointFigures(true / self.n_inside if self.n_inside else NAN,
                            1 - false / self.n_outside if self.n_outside else NAN)

    def over(self, thresholds: Sequence[float] | Curve) -> tuple[Curve, Curve]:
        """Sensitivity and specificity, each (n,)."""
        found = [self.at(float(threshold)) for threshold in thresholds]
        return np.array([one.sensitivity for one in found]), np.array([one.specificity for one in found])


@dataclass(frozen=True)
class EventFigures:
    """Boxes and findings at one threshold."""

    n_hits: int
    n_misses: int
    n_false: int


@dataclass(frozen=True, eq=False)
class EventCurves:
    """Hits, misses and false alarms of one recording, as `match_truth` counts them."""

    box_percentiles: Curve
    """Ascending; per box, of the strongest finding that hits it, -1 if none does."""
    false_percentiles: Curve
    """Ascending; of the findings outside every box."""
    minutes: float
    """Length of the recording."""

    def at(self, threshold: float) -> EventFigures:
        """The counts at a percentile."""
        missed = int(np.searchsorted(self.box_percentiles, threshold, side="left"))
        below = int(np.searchsorted(self.false_percentiles, threshold, side="left"))
        return EventFigures(len(self.box_percentiles) - missed, missed, len(self.false_percentiles) - below)

    def rates(self, thresholds: Sequence[float] | Curve) -> tuple[Curve, Curve, Curve]:
        """Hits, misses and false alarms per minute, each (n,)."""
        counts = [self.at(float(threshold)) for threshold in thresholds]
        hits, misses, false = (
            np.array([getattr(one, name) for one in counts], float) for name in ("n_hits", "n_misses", "n_false")
        )
        return hits / self.minutes, misses / self.minutes, false / self.minutes


def event_curves(boxes: Sequence[TruthBox], findings: Sequence[Finding], duration_s: float) -> EventCurves:
    """The result of `match_truth` without a threshold, from which the counts at every threshold follow."""
    outcome = match_truth(boxes, findings, 0.0)
    return EventCurves(np.sort(outcome.box_percentiles), np.sort(outcome.false_percentiles), duration_s / 60)


def point_curves(scores: FloatArray, heat: FloatArray, rate_hz: float, boxes: Sequence[TruthBox]) -> PointCurves:
    """Of a whole map, scores and percentiles (12, samples), NaN where not assessed."""
    from mmae_core.metrics.localization import crop, point_set

    mask = crop(truth_mask(boxes, 0.0, rate_hz, scores.shape[1]), rate_hz)[None]
    by_score, by_heat = (
        point_set(crop(known_points(values, boxes, 0.0, rate_hz), rate_hz)[None], mask) for values in (scores, heat)
    )
    return PointCurves(by_heat, _roc(by_score), _roc(by_heat), by_score.auroc(), by_heat.auroc())


def _roc(points: PointSet) -> Curve:
    from mmae_core.metrics.localization import localization_curves

    return np.array(localization_curves(points)["roc"]) if points.has_both else np.empty((0, 2))


def curves_job(
    boxes: tuple[TruthBox, ...], findings: tuple[Finding, ...], maps: tuple[MapStretch, ...], duration_s: float
) -> Job:
    """A job that sends `EventCurves`, then `PointCurves` if there are stretches of the map."""

    def run(report: Report) -> None:
        report.send(event_curves(boxes, findings, duration_s))
        if maps:
            scores = joined(maps, lambda stretch: stretch.score, duration_s, report)
            heat = joined(maps, lambda stretch: stretch.heat, duration_s, report)
            report.send(point_curves(scores, heat, maps[0].rate_hz, boxes))

    return run


class CurveTracker:
    """Listens to the truth board, and computes the curves while they are shown."""

    def __init__(self, session: Session, tracker: TruthTracker, lane: Lane) -> None:
        self.changed: Signal[()] = Signal()
        self.failed: Signal[Problem] = Signal()
        self._session, self._tracker, self._lane = session, tracker, lane
        self._is_active = False
        self._wanted: tuple[object, ...] = ()
        """What the curves are computed from, or will be."""
        self._points: PointCurves | None = None
        self._events: EventCurves | None = None
        tracker.changed.connect(self._follow)
        session.assessment_changed.connect(self._follow)

    @property
    def points(self) -> PointCurves | None:
        """Curves over points of the map; None while unknown, or without a kept map (see `TruthTracker.is_too_long`)."""
        return self._points

    @property
    def events(self) -> EventCurves | None:
        """Curves over hits and false alarms; None while unknown, and without any truth."""
        return self._events

    def set_active(self, is_active: bool) -> None:
        """Switch measuring on or off; hidden curves are not computed."""
        self._is_active = is_active
        self._follow()

    def _follow(self) -> None:
        """Measure anew once the recording is assessed; what was measured before is of another map, or other boxes."""
        record, boxes = self._session.record, self._tracker.boxes
        is_done = self._session.assessment.phase is Phase.DONE
        if not self._is_active:
            return
        findings, maps = self._session.assessment.findings, self._tracker.measured_maps
        wanted: tuple[object, ...] = (record, boxes, findings, maps) if record and boxes and is_done else ()
        if wanted == self._wanted:
            return
        self._wanted = wanted
        self._points = self._events = None
        if wanted and record is not None:
            self._lane.submit(curves_job(boxes, findings, maps, record.duration_s), self._receive)
        self.changed.emit()

    def _receive(self, event: object) -> None:
        if not self._wanted:
            return
        if isinstance(event, EventCurves):
            self._events = event
        elif isinstance(event, PointCurves):
            self._points = event
        elif isinstance(event, Failed):
            self.failed.emit(Problem(event.message, event.details))
            return
        else:
            return
        self.changed.emit()



"""The known truth of the open recording and how the model compares with it, kept up to date."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from ecg_viewer.state.assessment import Phase
from ecg_viewer.state.job_protocols import Failed, Job, Lane, Report
from ecg_viewer.state.problem import Problem
from ecg_viewer.state.research.localization_outcome import (
    EventKind,
    Events,
    FindingTable,
    Localization,
    Outcome,
    OutcomeEvent,
    localization_of,
    match_truth,
)
from ecg_viewer.state.research.truth import TruthBox, by_time, read_truth, unlisted_rhythms
from ecg_viewer.state.session import Session
from ecg_viewer.state.signal import Signal
from mmae_core.assessment import AnomalyMap
from mmae_core.errors import Cancelled
from mmae_core.record import STANDARD_LEADS, EcgRecord, FloatArray

MAX_MAPPED_S = 1800.0
"""AUROC needs every point of the map, so scores and percentiles are kept for recordings up to this length: 86 MB for 12
leads at 500 Hz.
"""


@dataclass(frozen=True, eq=False)
class MapStretch:
    """A stretch of the map."""

    start_s: float
    rate_hz: float
    score: FloatArray
    """(12, samples) as `AnomalyMap.score`."""
    heat: FloatArray
    """(12, samples) percentiles that are shown as heat: `AnomalyMap.peak_percentile`."""


@dataclass(frozen=True)
class TruthRead:
    """The boxes read from the files beside a recording."""

    boxes: tuple[TruthBox, ...]
    left_out: tuple[tuple[str, int], ...] = ()
    """See `unlisted_rhythms`."""


def truth_job(record: EcgRecord) -> Job:
    """A job that sends `TruthRead`. Raises UnreadableRecord or DatasetError if a file beside the recording is bad."""

    def run(report: Report) -> None:
        report.send(TruthRead(read_truth(record), unlisted_rhythms(record.annotations)))

    return run


def localization_job(maps: tuple[MapStretch, ...], boxes: tuple[TruthBox, ...], duration_s: float) -> Job:
    """A job that joins a recording's stretches and sends `Localization`."""

    def run(report: Report) -> None:
        scores = joined(maps, lambda stretch: stretch.score, duration_s, report)
        report.send(localization_of(scores, 0.0, maps[0].rate_hz, boxes))

    return run


def joined(
    maps: Sequence[MapStretch], of: Callable[[MapStretch], FloatArray], duration_s: float, report: Report
) -> FloatArray:
    """(12, samples) one of the arrays of all stretches; NaN where there is none. Raises Cancelled."""
    rate = maps[0].rate_hz
    values = np.full((len(STANDARD_LEADS), round(duration_s * rate)), np.nan, np.float32)
    for stretch in maps:
        if report.stopped():
            raise Cancelled("The measurement was stopped.")
        part, first = of(stretch), round(stretch.start_s * rate)
        room = values[:, first : first + part.shape[1]]
        room[:] = part[:, : room.shape[1]]
    return values


class TruthTracker:
    """Listens to a session: reads the truth of each recording and compares findings and the whole map with it."""

    def __init__(self, session: Session, reading: Lane, measuring: Lane) -> None:
        self.changed: Signal[()] = Signal()
        """Boxes, outcome, figures, or the current event changed."""
        self.visibility_changed: Signal[()] = Signal()
        self.failed: Signal[Problem] = Signal()
        self._session = session
        self._reading, self._measuring = reading, measuring
        self._is_visible = True
        self._from_files: tuple[TruthBox, ...] = ()
        self._from_reviewer: tuple[TruthBox, ...] = ()
        self._left_out: tuple[tuple[str, int], ...] = ()
        self._boxes: tuple[TruthBox, ...] = ()
        """From the files and from the reviewer."""
        self._table = FindingTable(())
        self._outcome: Outcome | None = None
        self._localization: Localization | None = None
        self._maps: list[MapStretch] = []
        self._wanted: tuple[tuple[TruthBox, ...], tuple[MapStretch, ...]] | None = None
        """What the figures are computed from, or will be."""
        self._current: OutcomeEvent | None = None
        session.record_changed.connect(self._read)
        session.map_arrived.connect(self._keep)
        session.findings_changed.connect(self._compare)
        session.assessment_changed.connect(self._measure_when_done)
        session.view.heat_changed.connect(self._compare)

    @property
    def boxes(self) -> tuple[TruthBox, ...]:
        """All that is known to be abnormal in the open recording, by time."""
        return self._boxes

    @property
    def left_out(self) -> tuple[tuple[str, int], ...]:
        """Codes of rhythm marks not taken as truth, each with its count."""
        return self._left_out

    @property
    def is_visible(self) -> bool:
        """Whether boxes are shown on the paper."""
        return self._is_visible

    @property
    def table(self) -> FindingTable:
        """The compared findings, as arrays."""
        return self._table

    @property
    def outcome(self) -> Outcome | None:
        """At the view's threshold; None without any truth."""
        return self._outcome

    @property
    def localization(self) -> Localization | None:
        """Of the whole map; None while it is not complete, and for recordings longer than `MAX_MAPPED_S`."""
        return self._localization

    @property
    def measured_maps(self) -> tuple[MapStretch, ...]:
        """The stretches that `localization` is of, or will be."""
        return () if self._wanted is None else self._wanted[1]

    @property
    def current(self) -> OutcomeEvent | None:
        """The hit, miss or false alarm visited last."""
        return self._current

    @property
    def is_too_long(self) -> bool:
        """Whether the open recording is too long for its whole map to be measured."""
        record = self._session.record
        return record is not None and record.duration_s > MAX_MAPPED_S

    def toggle(self) -> None:
        """Show or hide the boxes on the paper."""
        self._is_visible = not self._is_visible
        self.visibility_changed.emit()

    def set_reviewed(self, boxes: Iterable[TruthBox]) -> None:
        """What the reviewer has confirmed or added in the open recording."""
        boxes = () if self._is_hidden else tuple(boxes)
        if boxes != self._from_reviewer:
            self._from_reviewer = boxes
            self._renew()

    def events(self, kind: EventKind | None = None) -> Sequence[OutcomeEvent]:
        """Events by time: all, or one kind."""
        return self._events(kind) or ()

    def step(self, steps: int, kind: EventKind | None = None) -> None:
        """Go to the next event (of a kind), or an earlier one if negative; round the ends to the other end."""
        events = self._events(kind)
        if not events:
            return
        place = events.place_of(self._current)
        if place is not None:
            place += steps
        else:
            before = events.n_until(self._current.start_s if self._current is not None else -1.0)
            place = before if steps > 0 else before - 1
        self.go_to(events[place % len(events)])

    def _events(self, kind: EventKind | None) -> Events | None:
        return None if self._outcome is None else self._outcome.of(kind) if kind else self._outcome.events

    def go_to(self, event: OutcomeEvent) -> None:
        """Mark an event's stretch and bring it into view."""
        self._current = event
        view = self._session.view
        view.select_interval(event.lead, event.start_s, event.end_s)
        view.show_interval(event.start_s, event.end_s, event.lead)
        self.changed.emit()

    def _read(self) -> None:
        self._from_files = self._from_reviewer = self._boxes = ()
        self._left_out = ()
        self._outcome = self._localization = self._current = self._wanted = None
        self._maps.clear()
        record = self._session.record
        if record is not None and not self._is_hidden:
            self._reading.submit(truth_job(record), self._receiver(record))
        self.changed.emit()

    @property
    def _is_hidden(self) -> bool:
        return self._session.assessment.phase is Phase.HIDDEN

    def _receiver(self, record: EcgRecord) -> Callable[[object], None]:
        """Drops what arrives after another recording was opened, or this one was hidden."""

        def receive(event: object) -> None:
            if record is self._session.record:
                self._receive(event)

        return receive

    def _receive(self, event: object) -> None:
        if isinstance(event, TruthRead):
            self._from_files, self._left_out = event.boxes, event.left_out
            if event.boxes:
                self._renew()
            elif event.left_out:
                self.changed.emit()
        elif isinstance(event, Localization):
            self._localization = event
            self.changed.emit()
        elif isinstance(event, Failed):
            self.failed.emit(Problem(event.message, event.details))

    def _keep(self, anomaly_map: AnomalyMap) -> None:
        if not self.is_too_long:
            self._maps.append(MapStretch(anomaly_map.start_s, anomaly_map.sampling_rate_hz, anomaly_map.score,
                                      anomaly_map.peak_percentile))

    def _renew(self) -> None:
        self._boxes = by_time((*self._from_files, *self._from_reviewer))
        self._compare()
        self._measure_when_done()

    def _compare(self) -> None:
        boxes = self.boxes
        before = self._outcome
        findings = self._session.assessment.findings
        if findings is not self._table.findings:
            self._table = FindingTable(findings)
        self._outcome = match_truth(boxes, self._table, self._session.view.heat_threshold) if boxes else None
        if self._outcome is None or self._outcome.events.place_of(self._current) is None:
            self._current = None
        if self._outcome != before:
            self.changed.emit()

    def _measure_when_done(self) -> None:
        """Measure once the last stretch has arrived; earlier figures belong to another map or other boxes."""
        record, phase = self._session.record, self._session.assessment.phase
        if phase is Phase.WAITING:
            self._maps.clear()
        boxes = self.boxes
        wanted = (boxes, tuple(self._maps)) if phase is Phase.DONE and boxes and self._maps else None
        if wanted == self._wanted:
            return
        self._wanted, self._localization = wanted, None
        if wanted is not None and record is not None:
            self._measuring.submit(localization_job(wanted[1], boxes, record.duration_s), self._receive)
        self.changed.emit()

"""A worker job that judges a recording whose beats were changed by hand, beside the same beats unchanged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ecg_viewer.jobs.scoring import Scorer, empty_map
from ecg_viewer.state.heat import HeatMap
from ecg_viewer.state.heat_marks import mark_layers
from ecg_viewer.state.job_protocols import Job, Report
from ecg_viewer.state.measure.beat_heat import beat_heat
from ecg_viewer.state.measure.what_if import BothJudged, Judged
from mmae_core.errors import UnsupportedRecord
from mmae_core.intervals.results import Examination
from mmae_core.record import EcgRecord

if TYPE_CHECKING:
    from mmae_core.synthesis.beat_changes import BeatChange

MOST_S = 10.0
"""Of the examined stretch so much is judged: one window of the model."""


class BeatJudge:
    """Makes the jobs, on one thread; keeps what it said of the unchanged beats."""

    def __init__(self, scorer: Scorer) -> None:
        self._scorer = scorer
        self._known: tuple[str | None, Examination, Judged] | None = None

    def job(
        self, model: str | None, record: EcgRecord, examination: Examination, changes: tuple[BeatChange, ...]
    ) -> Job:
        """A job that sends one `BothJudged`. Raises UnreadableRecord, UnsupportedRecord, ModelMismatch, ConfigError."""

        def run(report: Report) -> None:
            from mmae_core.departures.measurements import measure
            from mmae_core.synthesis.beat_changes import changed_record

            bounds = measure(examination).bounds
            if bounds is None:
                raise UnsupportedRecord("The waves of these beats were not measured; nothing can be drawn into them.")
            self._scorer.load(model)
            if self._known is None or self._known[0] != model or self._known[1] is not examination:
                self._known = model, examination, self._judged(record, examination, report)
            r_s = [beat.r_s for beat in examination.measurements.beats if beat.is_typical]
            changed = changed_record(record, r_s, changes, bounds)
            report.send(BothJudged(self._known[2], self._judged(changed, examination, report)))

        return run

    def _judged(self, record: EcgRecord, examination: Examination, report: Report) -> Judged:
        found, average = examination.measurements, examination.average
        assert average is not None, "what has waves has an average beat"
        start_s, end_s = found.start_s, min(found.start_s + MOST_S, found.start_s + found.duration_s)
        try:
            anomaly_map, findings = self._scorer.assess(record, start_s, end_s, report.stopped)
        except UnsupportedRecord:
            anomaly_map, findings = empty_map(record, start_s, end_s), ()
        layers = self._scorer.layers(record, anomaly_map, findings, report.stopped)
        heat = HeatMap()
        heat.reset(record.duration_s)
        heat.add(anomaly_map)
        mark_layers(heat, layers, record.lead_names)
        r_s = found.start_s + average.r_samples[average.used] / average.rate_hz
        times_s = average.times_s
        facts = {} if layers is None else {fact.key: fact.title for fact in layers.facts if fact.layer == "named"}
        windows = anomaly_map.windows
        return Judged(
            max((window.percentile for window in windows), default=float("nan")), facts,
            beat_heat(heat, r_s[r_s < end_s], -float(times_s[0]), float(times_s[-1])))

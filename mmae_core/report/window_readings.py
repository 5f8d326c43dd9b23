"""What is known of each window of a recording: the model's answer, and what the other two layers measure in it."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

from mmae_core.assessment import AnomalyMap, Finding, WindowAssessment
from mmae_core.departures.person import UNKNOWN, Person, person_of
from mmae_core.errors import DatasetError
from mmae_core.layers import Reading, read_layers
from mmae_core.record import STANDARD_LEADS, EcgRecord
from mmae_core.report.layer_maps import named_map, own_map
from mmae_core.report.map_file import MapFile
from mmae_core.scoring.assessor import Assessor
from mmae_core.scoring.checkpoint import TrainedModel
from mmae_core.scoring.findings import find

MAPPED_S = 60.0
"""For maps, and where there is no model's answer, recordings are measured in pieces of this length: what every beat
shows changes within a day."""
LEAST_MAPPED_S = 1.0


@dataclass(frozen=True)
class ScoredWindow:
    """A window with the results of all three layers."""

    window: WindowAssessment
    reading: Reading
    doubts: tuple[str, ...] = ()
    """What may be wrong with the recording, as its file shows."""


def person_or_unknown(record: EcgRecord) -> Person:
    """Unknown where the table of a data set cannot be read: a record is compared with all normals then."""
    with suppress(DatasetError):
        return person_of(record)
    return UNKNOWN


def read_windows(
    assessor: Assessor, record: EcgRecord, anomaly_map: AnomalyMap, person: Person
) -> tuple[ScoredWindow, ...]:
    """Each window of a map, in order, with what the other layers say of it."""
    findings = find(anomaly_map, assessor.model.calibration)
    window_s = assessor.model.config.preprocess.window_s
    return tuple(
        ScoredWindow(
            window,
            read_layers(record, window.start_s, window_s, person=person,
                        model=_inside(findings, window.start_s, window_s)),
            record.doubts,
        )
        for window in anomaly_map.windows
    )


def all_maps(model: TrainedModel, record: EcgRecord, anomaly_map: AnomalyMap, person: Person) -> MapFile:
    """The model's maps of a stretch, and beside them those of the other two layers."""
    rate_hz, n_samples = anomaly_map.sampling_rate_hz, anomaly_map.score.shape[1]
    readings: list[Reading] = []
    start_s = anomaly_map.start_s
    while not readings or anomaly_map.end_s - start_s >= LEAST_MAPPED_S:
        rest_s = anomaly_map.end_s - start_s
        length_s = rest_s if rest_s < 2 * MAPPED_S else MAPPED_S
        readings.append(read_layers(record, start_s, length_s, person=person))
        start_s += length_s
    named = named_map([item.departures for item in readings], anomaly_map.start_s, rate_hz, n_samples,
                      record.lead_names)
    own = own_map([item.own_beats for item in readings], anomaly_map.start_s, rate_hz, n_samples)
    return MapFile(
        STANDARD_LEADS, rate_hz, anomaly_map.start_s, anomaly_map.score, anomaly_map.percentile,
        anomaly_map.peak_percentile,
        {"model": {"name": model.name, "version": model.version, "weights_sha256": model.sha256}},
        named_percentile=named, own_percentile=own,
    )


def _inside(findings: Sequence[Finding], start_s: float, duration_s: float) -> list[Finding]:
    """Those whose highest point lies in a window."""
    return [finding for finding in findings if start_s <= finding.peak_s < start_s + duration_s]

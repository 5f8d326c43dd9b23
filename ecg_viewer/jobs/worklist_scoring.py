"""Scores many recordings on a worker's thread, pausing while the open one is assessed."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ecg_viewer.jobs.measured_rows import measure_recording
from ecg_viewer.jobs.scoring import Scorer
from ecg_viewer.state.assessment import Assessment, ModelInfo, Scored
from ecg_viewer.state.job_protocols import Job, Report
from ecg_viewer.state.layers import findings_of
from ecg_viewer.state.records import RecordItem
from ecg_viewer.state.research.localization_outcome import localization
from ecg_viewer.state.research.truth import TruthBox, by_time, read_truth
from ecg_viewer.state.research.truth_tracker import MAX_MAPPED_S
from ecg_viewer.state.worklist.queue import ScoringQueue
from ecg_viewer.state.worklist.results import RecordScore, ScoreSource, TruthFigures, summarise, truth_figures
from ecg_viewer.state.worklist.store import ScoreStore
from ecg_viewer.state.worklist.stored_measurements import RowMeasurements
from mmae_core.assessment import AnomalyMap
from mmae_core.errors import Cancelled, EcgError, MissingResource, ModelMismatch, UnsupportedRecord
from mmae_core.model.training_facts import model_key
from mmae_core.record import EcgRecord
from mmae_core.resources import DEFAULT_MODEL, DESCRIPTION_NAME, bundled_models, read_description, resource

NO_DECISIONS: Mapping[Path, Sequence[TruthBox]] = {}
STRETCH_S = 60.0
"""Long recordings are scored in pieces of this length, so that the open one need not wait."""
LONGEST_MAP_S = MAX_MAPPED_S
"""No area under the curve is computed for longer recordings, here as for the open one."""


@dataclass(frozen=True)
class CohortScored:
    """Recordings were scored and their scores stored."""

    scores: dict[Path, RecordScore]


@dataclass(frozen=True)
class CohortModel:
    """The scoring model was loaded."""

    info: ModelInfo


def cohort_job(
    scorer: Scorer, model: str | None, queue: ScoringQueue, store: Path | None = None,
    decisions: Callable[[], Mapping[Path, Sequence[TruthBox]]] = lambda: NO_DECISIONS,
) -> Job:
    """A job that scores recordings from `queue` until it is empty. Sends `CohortModel` once, then `CohortScored` each
    time.

    `decisions` is called once: what the reviewer marked as abnormal in each recording counts as truth, too.

    A recording that cannot be read or assessed gets a score that says why. Scores made before a stop are kept. Raises
    ModelMismatch if the model cannot be used, ScoreStoreError if scores cannot be stored.
    """

    def run(report: Report) -> None:
        info = scorer.load(model)
        report.send(CohortModel(info))
        reviewed = decisions()
        with ScoreStore(store) as kept:
            while (item := _next(queue, report)) is not None:
                try:
                    score = score_item(scorer, info, item, queue, report, reviewed.get(item.path, ()))
                except Cancelled:
                    queue.put_back(item.path)
                    raise
                kept.save(info.results_key, {item.path: score})
                report.send(CohortScored({item.path: score}))

    return run


def score_item(
    scorer: Scorer, info: ModelInfo, item: RecordItem, queue: ScoringQueue, report: Report,
    reviewed: Sequence[TruthBox] = (),
) -> RecordScore:
    """Score one recording, waiting while the queue is paused. Raises Cancelled.

    `reviewed` is truth in addition to what the recording's files say.
    """
    from mmae_core.readers import read_record

    try:
        record = read_record(item.path)
        boxes = by_time((*read_truth(record), *reviewed))
        try:
            assessment, truth = _assess(scorer, info, record, boxes, queue, report)
        except UnsupportedRecord as error:  # what the model cannot assess may still be measured
            return RecordScore(problem=str(error), measured=RowMeasurements.of(measure_recording(record, Assessment())))
        return summarise(assessment, truth, measure_recording(record, assessment))
    except Cancelled:
        raise
    except EcgError as error:
        return RecordScore(problem=str(error))
    except MemoryError:
        return RecordScore(problem=f"There is not enough memory for {item.path.name}.")


def localization_figures(
    assessment: Assessment, maps: Sequence[AnomalyMap], boxes: Sequence[TruthBox]
) -> TruthFigures | None:
    """How an assessment compares with the known abnormal boxes; None without any."""
    if not boxes:
        return None
    auroc = math.nan if not maps else localization(_joined(maps), boxes).auroc
    return truth_figures(auroc, boxes, assessment.findings)


def model_source(key: str | None) -> ScoreSource:
    """Name and checksum of a model from its description, without loading it.

    Raises ModelMismatch or MissingResource if there is none.
    """
    name = DEFAULT_MODEL if key is None else key
    folder = resource("models", name) if name in bundled_models() else Path(name)
    try:
        description = read_description(folder / DESCRIPTION_NAME)
        card = description["card"]
        key = model_key(str(description["sha256"]), card if isinstance(card, dict) else {})
        return ScoreSource(f"{description['name']} {description['version']}", key)
    except KeyError as error:
        raise ModelMismatch(f"{folder.name}/{DESCRIPTION_NAME} does not describe a model: {error}") from error


def known_source(key: str | None) -> ScoreSource:
    """As `model_source`, but an unnamed source if there is no such model; its first use will explain that."""
    try:
        return model_source(key)
    except (ModelMismatch, MissingResource):
        return ScoreSource("")


def _next(queue: ScoringQueue, report: Report) -> RecordItem | None:
    _give_way(queue, report.stopped)
    return queue.take()


def _give_way(queue: ScoringQueue, stopped: Callable[[], bool]) -> None:
    while not queue.wait():
        if stopped():
            break
    if stopped():
        raise Cancelled("Scoring was stopped.")


def _assess(
    scorer: Scorer, info: ModelInfo, record: EcgRecord, boxes: Sequence[TruthBox], queue: ScoringQueue, report: Report
) -> tuple[Assessment, TruthFigures | None]:
    assessment = Assessment(total_s=record.duration_s, typical_peaks=info.typical_peaks)
    maps: list[AnomalyMap] = []
    start_s = 0.0
    while start_s < record.duration_s or not assessment.windows:
        _give_way(queue, report.stopped)
        # A short remainder joins the stretch before it: a window needs ten seconds.
        end_s = record.duration_s if record.duration_s - start_s < 2 * STRETCH_S else start_s + STRETCH_S
        anomaly_map, findings = scorer.assess(record, start_s, end_s, report.stopped)
        stretch_layers = scorer.layers(record, anomaly_map, findings, report.stopped)
        if stretch_layers is not None:
            findings = findings_of(stretch_layers, (start_s, end_s), record.duration_s)
        assessment = assessment.with_stretch(Scored(anomaly_map, findings, end_s, stretch_layers))
        if boxes and record.duration_s <= LONGEST_MAP_S:
            maps.append(anomaly_map)
        start_s = end_s
    return assessment, localization_figures(assessment, maps, boxes)


def _joined(maps: Sequence[AnomalyMap]) -> AnomalyMap:
    import dataclasses

    import numpy as np

    if len(maps) == 1:
        return maps[0]
    return dataclasses.replace(maps[0], score=np.concatenate([part.score for part in maps], axis=1))

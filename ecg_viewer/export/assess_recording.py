"""Assesses a whole recording without a window."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from ecg_viewer.jobs.scoring import Scorer, scoring_job
from ecg_viewer.state.assessment import Assessment, ModelInfo, Phase, Scored
from ecg_viewer.state.heat import HeatMap
from ecg_viewer.state.heat_marks import mark_layers
from ecg_viewer.state.words.error_words import sentence_of
from mmae_core.assessment import AnomalyMap
from mmae_core.errors import UnsupportedRecord
from mmae_core.record import EcgRecord


@dataclass(frozen=True)
class Assessed:
    """What a model said about a recording."""

    model: ModelInfo
    assessment: Assessment
    heat: HeatMap
    maps: tuple[AnomalyMap, ...] = ()
    """By time; kept only if asked for, they take 150 bytes a sample."""


class _Receiver:
    """The report that a scoring job is given."""

    def __init__(self, receive: Callable[[object], None], should_stop: Callable[[], bool]) -> None:
        self.send = receive
        self.stopped = should_stop


def assess(
    scorer: Scorer, model: str | None, record: EcgRecord, *, keep_maps: bool = False,
    should_stop: Callable[[], bool] = lambda: False,
) -> Assessed:
    """Assess a whole recording. If that is impossible, the returned assessment says why.

    Raises ModelMismatch, UnreadableRecord, Cancelled.
    """
    heat = HeatMap()
    heat.reset(record.duration_s)
    info = scorer.load(model)
    assessment = Assessment(Phase.WAITING, total_s=record.duration_s, typical_peaks=info.typical_peaks)
    maps: list[AnomalyMap] = []

    def receive(event: object) -> None:
        nonlocal assessment
        if isinstance(event, Scored):
            assessment = assessment.with_stretch(event)
            heat.add(event.anomaly_map)
            mark_layers(heat, event.stretch_layers, record.lead_names)
            if keep_maps:
                maps.append(event.anomaly_map)

    try:
        scoring_job(scorer, model, record, lambda: (0.0, 0.0))(_Receiver(receive, should_stop))
    except UnsupportedRecord as error:
        heat.mark_not_assessed(0.0, record.duration_s)
        return Assessed(info, replace(assessment, phase=Phase.UNSUPPORTED, message=sentence_of(error)), heat)
    maps.sort(key=lambda item: item.start_s)
    return Assessed(info, replace(assessment, phase=Phase.DONE), heat, tuple(maps))

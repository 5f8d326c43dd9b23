"""The model as the viewer uses it: loaded once, on first use, on the worker's thread; then stretch by stretch."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

import numpy as np

from ecg_viewer.state.assessment import ModelInfo, Scored
from ecg_viewer.state.jobs import Job, Report
from ecg_viewer.state.stretches import StretchPlan
from mmae_core.assessment import AnomalyMap, Finding
from mmae_core.errors import Cancelled
from mmae_core.record import EcgRecord

if TYPE_CHECKING:
    from mmae_core.assess import Assessor
    from mmae_core.checkpoint import TrainedModel

Focus = Callable[[], tuple[float, float]]
"""The stretch the reader looks at now, in seconds; asked from the worker's thread."""


class Scorer(Protocol):
    """What a model has to offer; called on one thread only."""

    def load(self) -> ModelInfo:
        """Load on first use. Raises ModelMismatch or MissingResource."""

    def assess(
        self, record: EcgRecord, start_s: float, end_s: float, should_stop: Callable[[], bool]
    ) -> tuple[AnomalyMap, tuple[Finding, ...]]:
        """One stretch. Raises UnsupportedRecord, UnreadableRecord, Cancelled."""


class ModelScorer:
    """A trained model of `mmae_core`; `model` is a bundled model's name or a folder, None the default one."""

    def __init__(self, model: str | None = None, device: str = "auto") -> None:
        self._name = model
        self._device = device
        self._loaded: tuple[TrainedModel, Assessor, ModelInfo] | None = None

    def load(self) -> ModelInfo:
        return self._ready()[2]

    def assess(
        self, record: EcgRecord, start_s: float, end_s: float, should_stop: Callable[[], bool]
    ) -> tuple[AnomalyMap, tuple[Finding, ...]]:
        from mmae_core.findings import find

        model, assessor, _ = self._ready()
        anomaly_map = assessor.assess(record, start_s, end_s, should_stop=should_stop)
        return anomaly_map, find(anomaly_map, model.calibration)

    def _ready(self) -> tuple[TrainedModel, Assessor, ModelInfo]:
        if self._loaded is None:
            import torch

            from mmae_core.assess import Assessor
            from mmae_core.checkpoint import load_model

            # One core stays with the window, which would otherwise stutter while the model runs.
            torch.set_num_threads(max(1, (os.cpu_count() or 2) - 1))
            model = load_model(self._name)
            assessor = Assessor(model, self._device)
            calibration = model.calibration
            typical = tuple(float(peak) for peak in np.median(calibration.lead_peaks, axis=1))
            info = ModelInfo(model.name, model.version, assessor.device, calibration.n_records, model.sha256, typical)
            self._loaded = model, assessor, info
        return self._loaded


def scoring_job(scorer: Scorer, record: EcgRecord, focus: Focus) -> Job:
    """A job that sends `ModelInfo` once, then a `Scored` for each stretch, what is looked at first."""

    def run(report: Report) -> None:
        report.send(scorer.load())
        plan = StretchPlan(record.duration_s)
        while (stretch := plan.take(*focus())) is not None:
            if report.stopped():
                raise Cancelled("The assessment was stopped.")
            start_s, end_s = stretch
            anomaly_map, findings = scorer.assess(record, start_s, end_s, report.stopped)
            report.send(Scored(anomaly_map, findings, plan.done_s))

    return run

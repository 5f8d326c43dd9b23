"""The model asked for reasons: a second copy of it, on a thread of its own, that explains one window at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from ecg_viewer.state.jobs import Job, Report
from ecg_viewer.state.research.model_view import Explained, OperatingPoint

if TYPE_CHECKING:
    from mmae_core.assess import Assessor
    from mmae_core.checkpoint import TrainedModel
    from mmae_core.explain import Explanation
    from mmae_core.record import EcgRecord


class Explainer(Protocol):
    """What gives reasons; called on one thread only."""

    def explain(self, model: str | None, record: EcgRecord, start_s: float) -> Explanation:
        """Raises ModelMismatch, UnsupportedRecord, UnreadableRecord."""

    def operating_points(self, model: str | None) -> tuple[OperatingPoint, ...]:
        """What the model's card states about its score as a detector; empty if it states nothing."""


class ModelExplainer:
    """The trained models of `mmae_core`, one at a time in memory."""

    def __init__(self, device: str = "auto") -> None:
        self._device = device
        self._loaded: tuple[str | None, Assessor] | None = None

    def explain(self, model: str | None, record: EcgRecord, start_s: float) -> Explanation:
        from mmae_core.explain import explain

        return explain(self._assessor(model), record, start_s)

    def operating_points(self, model: str | None) -> tuple[OperatingPoint, ...]:
        return stated_points(self._assessor(model).model)

    def _assessor(self, model: str | None) -> Assessor:
        if self._loaded is None or self._loaded[0] != model:
            from mmae_core.assess import Assessor
            from mmae_core.checkpoint import load_model

            self._loaded = None
            self._loaded = model, Assessor(load_model(model), self._device)
        return self._loaded[1]


def explaining_job(explainer: Explainer, model: str | None, record: EcgRecord, start_s: float) -> Job:
    """A job that sends `Explained`."""

    def run(report: Report) -> None:
        explanation = explainer.explain(model, record, start_s)
        if not report.stopped():
            report.send(Explained(explanation, explainer.operating_points(model)))

    return run


def stated_points(model: TrainedModel) -> tuple[OperatingPoint, ...]:
    """The operating points of a model's card, with their percentiles among the normals it is calibrated on.

    A card is a stranger's file: what is not as `mmae_core release` writes it is left out.
    """
    metrics = model.card.get("metrics")
    if not isinstance(metrics, dict) or not isinstance(metrics.get("detection"), dict):
        return ()
    data = metrics.get("data")
    folds = data.get("folds") if isinstance(data, dict) else None
    where = f"{data['dataset']} fold {', '.join(map(str, folds))}" if data and folds and "dataset" in data else ""
    points = []
    for key in ("sensitivity_at_specificity", "specificity_at_sensitivity"):
        for row in metrics["detection"].get(key) or ():
            values = [row.get(name) if isinstance(row, dict) else None
                      for name in ("threshold", "sensitivity", "specificity")]
            if all(isinstance(value, int | float) for value in values):
                threshold, sensitivity, specificity = (float(value) for value in values if value is not None)
                percentile = model.calibration.record_percentile(threshold)
                points.append(OperatingPoint(threshold, percentile, sensitivity, specificity, where))
    return tuple(sorted(points, key=lambda point: point.specificity))

"""Explains windows with a second copy of the model, on a thread of its own, one window at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from ecg_viewer.state.job_protocols import Job, Report
from ecg_viewer.state.research.model_view import Explained

if TYPE_CHECKING:
    from mmae_core.record import EcgRecord
    from mmae_core.scoring.assessor import Assessor
    from mmae_core.scoring.explain import Explanation


class Explainer(Protocol):
    """Explains a window; called on one thread only."""

    def explain(self, model: str | None, record: EcgRecord, start_s: float) -> Explanation:
        """Raises ModelMismatch, UnsupportedRecord, UnreadableRecord."""


class ModelExplainer:
    """The trained models of `mmae_core`, one at a time in memory."""

    def __init__(self, device: str = "auto") -> None:
        self._device = device
        self._loaded: tuple[str | None, Assessor] | None = None

    def explain(self, model: str | None, record: EcgRecord, start_s: float) -> Explanation:
        from mmae_core.scoring.explain import explain

        return explain(self._assessor(model), record, start_s)

    def _assessor(self, model: str | None) -> Assessor:
        if self._loaded is None or self._loaded[0] != model:
            from mmae_core.scoring.assessor import Assessor
            from mmae_core.scoring.checkpoint import load_model

            self._loaded = None
            self._loaded = model, Assessor(load_model(model), self._device)
        return self._loaded[1]


def explaining_job(explainer: Explainer, model: str | None, record: EcgRecord, start_s: float) -> Job:
    """A job that sends `Explained`."""

    def run(report: Report) -> None:
        explanation = explainer.explain(model, record, start_s)
        if not report.stopped():
            report.send(Explained(explanation))

    return run

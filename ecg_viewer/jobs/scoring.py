"""Scores recordings stretch by stretch; the model is loaded on first use, on the worker's thread."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from ecg_viewer.diagnostics import fault_summary
from ecg_viewer.jobs.torch_start import import_torch, without_garbage_collection
from ecg_viewer.state.assessment import Mapped, ModelInfo, Scored
from ecg_viewer.state.job_protocols import Job, Report
from ecg_viewer.state.layers import StretchLayers, as_part, findings_of
from ecg_viewer.state.models import ModelChecked
from ecg_viewer.state.research.operating_point import OperatingPoint
from ecg_viewer.state.stretch_order import StretchPlan
from ecg_viewer.state.words.error_words import sentence_of
from ecg_viewer.state.words.language import translatable
from mmae_core.assessment import AnomalyMap, Finding
from mmae_core.config_arguments import fold_words
from mmae_core.errors import Cancelled, EcgError, ModelMismatch, UnreadableRecord, UnsupportedRecord
from mmae_core.messages import Message
from mmae_core.record import STANDARD_LEADS, EcgRecord
from mmae_core.resources import DESCRIPTION_NAME

if TYPE_CHECKING:
    from mmae_core.config import PreprocessConfig
    from mmae_core.scoring.assessor import Assessor
    from mmae_core.scoring.checkpoint import TrainedModel

_log = logging.getLogger("ecg_viewer.jobs.scoring")

MODEL_OF_A_RUN = "model"
"""Where `mmae_core train` puts the model inside its output folder."""
LONGEST_PREVIEWED_S = 25.0
"""A stretch on the screen is shown as soon as each moment of it is in one window; those of a minute are not."""

_NOTHING: tuple[Finding, ...] = ()

Focus = Callable[[], tuple[float, float]]
"""Returns the stretch on the screen, in seconds; called on the worker's thread."""


class Scorer(Protocol):
    """Scores stretches with a model; called on one thread only, except for `describe`."""

    def load(self, model: str | None) -> ModelInfo:
        """Load the model to assess with, by name or folder. Raises ModelMismatch or MissingResource."""

    def assess(
        self, record: EcgRecord, start_s: float, end_s: float, should_stop: Callable[[], bool],
        preview: Callable[[AnomalyMap], None] | None = None,
    ) -> tuple[AnomalyMap, tuple[Finding, ...]]:
        """Assess one stretch with the model loaded last; `preview` may be given a first map, of fewer windows.

        Raises UnsupportedRecord, UnreadableRecord, Cancelled.
        """

    def layers(
        self, record: EcgRecord, anomaly_map: AnomalyMap, findings: tuple[Finding, ...],
        should_stop: Callable[[], bool],
    ) -> StretchLayers | None:
        """The other layers of a stretch just assessed, and the facts of all layers; None if this scorer has no other
        layers. Raises Cancelled.
        """

    def describe(self, folder: Path) -> ModelInfo:
        """Describe a model folder without loading it, on any thread. Raises ModelMismatch with the reason."""


class ModelScorer:
    """The trained models of `mmae_core`, one at a time in memory."""

    def __init__(self, device: str = "auto", *, with_expected: bool = False) -> None:
        """`with_expected` keeps the expected trace in every map, for exports."""
        self._device = device
        self._with_expected = with_expected
        self._loaded: _Loaded | None = None

    def load(self, model: str | None) -> ModelInfo:
        stamp = _stamp(model)
        if self._loaded is None or (self._loaded.key, self._loaded.stamp) != (model, stamp):
            self._loaded = None  # a model that cannot be loaded must not leave another one in its place
            with without_garbage_collection():
                self._loaded = self._read(model, stamp)
        return self._loaded.info

    def _read(self, model: str | None, stamp: tuple[int, int] | None) -> _Loaded:
        import_torch()

        from mmae_core.model.device import use_one_thread
        from mmae_core.scoring.assessor import Assessor
        from mmae_core.scoring.checkpoint import load_model

        use_one_thread()  # the other cores stay with the window, which would otherwise stutter while the model runs
        trained = load_model(model)
        assessor = Assessor(trained, self._device)
        return _Loaded(model, stamp, trained, assessor, _info(trained, assessor.device))

    def assess(
        self, record: EcgRecord, start_s: float, end_s: float, should_stop: Callable[[], bool],
        preview: Callable[[AnomalyMap], None] | None = None,
    ) -> tuple[AnomalyMap, tuple[Finding, ...]]:
        from mmae_core.scoring.findings import find

        assert self._loaded is not None, "a model is loaded before it assesses"
        anomaly_map = self._loaded.assessor.assess(
            record, start_s, end_s, with_expected=self._with_expected, should_stop=should_stop, preview=preview
        )
        return anomaly_map, find(anomaly_map, self._loaded.model.calibration)

    def layers(
        self, record: EcgRecord, anomaly_map: AnomalyMap, findings: tuple[Finding, ...],
        should_stop: Callable[[], bool],
    ) -> StretchLayers | None:
        return read_beside(record, anomaly_map, findings, should_stop)

    def describe(self, folder: Path) -> ModelInfo:
        from mmae_core.scoring.checkpoint import load_model

        return _info(load_model(folder), "")


def read_beside(
    record: EcgRecord, anomaly_map: AnomalyMap, findings: tuple[Finding, ...],
    should_stop: Callable[[], bool] | None = None,
) -> StretchLayers:
    """Named departures, own beats and the facts of a stretch. If they fail, the reason is given and the map is kept.

    Raises UnreadableRecord, Cancelled.
    """
    read = partial(layers_of, record, anomaly_map, findings, should_stop)
    return layers_or_reason(read, record, anomaly_map, findings)


def layers_of(
    record: EcgRecord, anomaly_map: AnomalyMap, findings: tuple[Finding, ...],
    should_stop: Callable[[], bool] | None = None,
) -> StretchLayers:
    """As `read_beside`, and raises whatever goes wrong."""
    from mmae_core.departures.person import person_of
    from mmae_core.layers import read_layers

    start_s, end_s = anomaly_map.start_s, anomaly_map.end_s
    reading = read_layers(
        record, start_s, end_s - start_s, person=person_of(record), model=findings, should_stop=should_stop
    )
    return StretchLayers(reading.departures, reading.own_beats, reading.facts, reading.examination)


def layers_or_reason(
    read: Callable[[], StretchLayers], record: EcgRecord, anomaly_map: AnomalyMap, findings: tuple[Finding, ...]
) -> StretchLayers:
    """What `read` gives, or the model's findings alone with the reason, in the reader's language, why nothing else is
    there. Raises UnreadableRecord, Cancelled.
    """
    from mmae_core.departures.results import RecordDepartures
    from mmae_core.facts import facts

    try:
        return read()
    except (Cancelled, UnreadableRecord):
        raise
    except EcgError as error:
        limitation = Message(translatable("{reason}"), reason=sentence_of(error))
    except Exception as error:  # noqa: BLE001 - of whatever kind, the map is not lost for it
        _log.error("a stretch could not be measured: %s", fault_summary(error))
        limitation = Message(translatable("it could not be measured: an error, which the log tells"))
    nothing = RecordDepartures(anomaly_map.start_s, anomaly_map.end_s, limitations=(limitation,))
    return StretchLayers(nothing, None, facts(findings, leads=record.lead_names))


@dataclass(frozen=True)
class _Loaded:
    """A model in memory, and a stamp of its files that tells whether they have changed."""

    key: str | None
    stamp: tuple[int, int] | None
    model: TrainedModel
    assessor: Assessor
    info: ModelInfo


def scoring_job(scorer: Scorer, model: str | None, record: EcgRecord, focus: Focus) -> Job:
    """A job that sends `ModelInfo` once, then `Mapped` and `Scored` for each stretch, the one on the screen first.

    A stretch is abandoned, to be done later, when the reader moves to a place that has no heat yet. Of a record the
    model cannot assess, the other layers are still computed; then the job raises UnsupportedRecord with the model's
    reason.
    """

    def run(report: Report) -> None:
        report.send(scorer.load(model))
        refusal: UnsupportedRecord | None = None
        plan = StretchPlan(record.duration_s)
        while (stretch := plan.take(*focus())) is not None:
            if report.stopped():
                raise Cancelled("The assessment was stopped.")
            is_put_off = False

            def report_map(anomaly_map: AnomalyMap) -> None:
                report.send(Mapped(anomaly_map))

            def is_over() -> bool:
                nonlocal is_put_off
                is_put_off = plan.is_overtaken(*focus())
                return is_put_off or report.stopped()

            try:
                anomaly_map, findings = empty_map(record, *stretch), _NOTHING
                if refusal is None:
                    try:
                        show = None if stretch[1] - stretch[0] > LONGEST_PREVIEWED_S else report_map
                        anomaly_map, findings = scorer.assess(record, *stretch, is_over, show)
                        report.send(Mapped(anomaly_map))
                    except UnsupportedRecord as error:
                        refusal = error
                stretch_layers = scorer.layers(record, anomaly_map, findings, is_over)
            except Cancelled:
                if report.stopped() or not is_put_off:
                    raise
                plan.give_back()
            else:
                if stretch_layers is not None:
                    stretch_layers = as_part(stretch_layers, record.duration_s)
                    findings = findings_of(stretch_layers, stretch, record.duration_s)
                elif refusal is not None:
                    raise refusal
                report.send(Scored(anomaly_map, findings, plan.done_s, stretch_layers, has_map=refusal is None))
        if refusal is not None:
            raise refusal

    return run


def empty_map(record: EcgRecord, start_s: float, end_s: float) -> AnomalyMap:
    """The map of a stretch that the model cannot assess: all values missing."""
    rate_hz = record.sampling_rate_hz
    nothing = np.full((len(STANDARD_LEADS), round((end_s - start_s) * rate_hz)), np.nan, np.float32)
    return AnomalyMap(start_s, rate_hz, nothing, nothing, nothing, (), "", "")


def checking_job(scorer: Scorer, folder: Path) -> Job:
    """A job that sends `ModelChecked` if `folder`, or the folder `model` inside it, holds a model.

    Raises ModelMismatch, saying what was found instead.
    """

    def run(report: Report) -> None:
        found = _model_folder(folder)
        report.send(ModelChecked(str(found), scorer.describe(found)))

    return run


def _model_folder(folder: Path) -> Path:
    """The folder itself or the model that a training run left in it. Raises ModelMismatch if neither is one."""
    for candidate in (folder, folder / MODEL_OF_A_RUN):
        if (candidate / DESCRIPTION_NAME).is_file():
            return candidate
    raise ModelMismatch(
        f"The folder {folder.name} holds no model: there is no {DESCRIPTION_NAME} in it. "
        "Choose one that mmae_core train or mmae_core release has written."
    )


def _stamp(model: str | None) -> tuple[int, int] | None:
    """Changes when a model folder is rewritten; None for bundled models."""
    description = Path(model or "") / DESCRIPTION_NAME
    if not model or not description.is_file():
        return None
    status = description.stat()
    return status.st_mtime_ns, status.st_size


def _info(model: TrainedModel, device: str) -> ModelInfo:
    calibration = model.calibration
    training = model.card.get("training")
    return ModelInfo(
        model.name,
        model.version,
        device,
        calibration.n_records,
        model.sha256,
        tuple(float(peak) for peak in np.median(calibration.lead_peaks, axis=1)),
        calibration.cohort,
        _trained_on(training) if isinstance(training, dict) else "",
        _preprocessing(model.config.preprocess),
        operating_points=stated_points(model),
        normal_scores=tuple(calibration.record_scores.tolist()),
        calibration_key=model.key.removeprefix(model.sha256).removeprefix("-"),
    )


def _preprocessing(config: PreprocessConfig) -> str:
    """`500 Hz, windows of 10 s, 1-25 Hz (zero-phase Butterworth), scaled by zscore`."""
    return (
        f"{config.sampling_rate_hz:g} Hz, windows of {config.window_s:g} s, "
        f"{config.highpass_hz:g}-{config.lowpass_hz:g} Hz (zero-phase Butterworth of order {config.filter_order}), "
        f"scaled by {config.scale}"
    )


def _trained_on(training: dict[str, Any]) -> str:
    """`PTB-XL v1.0.3, …, folds 1, 2, 3`, as far as the model's card says so; a card may be incomplete or malformed."""
    dataset, folds = training.get("dataset"), training.get("folds")
    parts = [dataset] if isinstance(dataset, str) else []
    if isinstance(folds, list) and folds and all(isinstance(fold, int) for fold in folds):
        parts.append(fold_words(folds))
    return ", ".join(parts)


def stated_points(model: TrainedModel) -> tuple[OperatingPoint, ...]:
    """The operating points of a model's card, with their percentiles among the normals it is calibrated on.

    Cards may come from elsewhere: entries not in the form `mmae_core release` writes are left out.
    """
    metrics = model.card.get("metrics")
    if not isinstance(metrics, dict) or not isinstance(metrics.get("detection"), dict):
        return ()
    data = metrics.get("data")
    folds = data.get("folds") if isinstance(data, dict) else None
    where = f"{data['dataset']} {fold_words(folds)}" if data and folds and "dataset" in data else ""
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

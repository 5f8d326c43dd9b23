"""A method of one's own on the benchmark: the same records, intervals and report as for the models of this program."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mmae_core.config import PreprocessConfig
from mmae_core.errors import DatasetError
from mmae_core.evaluation.detection_cases import DetectionCase
from mmae_core.evaluation.evaluate import detection_report
from mmae_core.library.recordings import ArrayDescription, one_of_many, several
from mmae_core.metrics.detection import labels_of
from mmae_core.record import EcgRecord, FloatArray
from mmae_core.report_schema import DetectionReport
from mmae_core.scoring.preprocess import ModelInput, prepare
from mmae_core.scoring.window_scorer import WindowScorer, WindowScores

Scorer = WindowScorer
"""What evaluation needs of a method; `FunctionScorer` makes one of a function."""


@dataclass
class FunctionScorer:
    """A `Scorer` of a function (12, samples) -> number, higher for what is less like a normal ECG.

    The function is given each window as `preprocess` says: 10 s at 500 Hz, 1-25 Hz, each lead scaled by its own spread,
    zero where it cannot be assessed. NaN means that it has no score for a window.
    """

    function: Callable[[FloatArray], float]
    name: str
    preprocess: PreprocessConfig = field(default_factory=PreprocessConfig)
    needs_r_peaks: bool = False
    n_parameters: int = 0
    macs_per_record: int = 0
    training: dict[str, Any] = field(default_factory=dict)
    """`folds` of PTB-XL that it was trained on, if any: a report then says whether it has seen the records."""

    def score_windows(self, inputs: Sequence[ModelInput], *, with_maps: bool = False) -> WindowScores:
        """The function's number for each window; it has no maps."""
        scores = np.array([float(self.function(item.signal)) for item in inputs], np.float64)
        reasons = tuple("" if math.isfinite(score) else f"{self.name} gave no number for it" for score in scores)
        return WindowScores(np.where(np.isfinite(scores), scores, np.nan), None, reasons)


def evaluate_recordings(
    scorer: Scorer, recordings: Iterable[Any], abnormal: ArrayLike, sampling_rate_hz: float | None = None,
    leads: Iterable[str] | None = None, *, unit: str | None = None, against: Scorer | None = None,
    dataset: str = "own recordings",
) -> DetectionReport:
    """How well a method tells abnormal recordings from normal ones: the report of `mmae_core evaluate` as a dictionary.

    `recordings` are as in `score_many`; of each the first 10 s count. `abnormal` holds a label for each: True or 1,
    False or 0. `against` is a second method, compared on the same recordings (paired DeLong). Intervals are drawn by
    recording: leave a patient's second recording out. A recording that a method cannot take is named in the report.
    Raises DatasetError for other labels, another number of them, or fewer than 2 recordings of a class;
    MissingDependency without scikit-learn. For PTB-XL's folder use `evaluate_detection`.
    """
    stated = ArrayDescription(sampling_rate_hz, leads, unit)
    records = [one_of_many(recording, stated, number) for number, recording in enumerate(several(recordings))]
    labels = _labels(abnormal, len(records))
    cases = [
        DetectionCase(str(number), record.name, bool(label), partial(_prepare, record))
        for number, (record, label) in enumerate(zip(records, labels, strict=True))
    ]
    data: dict[str, Any] = {"dataset": dataset, "folds": [], "every": 1, "folds_trained_on": [],
                            "folds_calibrated_on": []}
    return detection_report(scorer, cases, data, against=against)


def _labels(abnormal: ArrayLike, n_records: int) -> NDArray[np.bool_]:
    labels = labels_of(np.asarray(abnormal))
    if labels.shape != (n_records,):
        raise DatasetError(f"Each recording has one label: there are {n_records} recordings, and the labels have the "
                           f"shape {labels.shape}.")
    return labels


def _prepare(record: EcgRecord, config: PreprocessConfig) -> ModelInput:
    return prepare(record, config)

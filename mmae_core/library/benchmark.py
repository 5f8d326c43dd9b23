"""A method of one's own on the benchmark: the same records, intervals and report as for the models of this program."""

from __future__ import annotations

import math
import os
from collections.abc import Callable, Iterable, Iterator, Sequence, Sized
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mmae_core.config import PreprocessConfig
from mmae_core.errors import ConfigError, DatasetError, EcgError
from mmae_core.evaluation.chunk_plan import PART_RECORDS
from mmae_core.evaluation.detection_cases import DetectionCase
from mmae_core.evaluation.evaluate import detection_report
from mmae_core.library.recordings import ArrayDescription, one_of_many, several
from mmae_core.metrics.detection import labels_of, require_scikit_learn
from mmae_core.record import EcgRecord, FloatArray
from mmae_core.report_schema import DetectionReport
from mmae_core.scoring.preprocess import ModelInput, prepare
from mmae_core.scoring.window_scorer import Prepare, ScoredCase, WindowScorer, WindowScores, score_each

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

    `recordings` are as in `score_many`; of each the first 10 s count. They may come one after the other: only scores
    are kept of them. `abnormal` holds a label for each: True or 1, False or 0. `against` is a second method, compared
    on the same recordings (paired DeLong). Intervals are drawn by recording: leave a patient's second recording out. A
    recording that cannot be read, or that a method cannot take, is named in the report and does not end the others.
    Raises DatasetError for other labels, another number of them, fewer than 2 recordings of a class, or if none can be
    scored; ConfigError for arrays that are not described; MissingDependency without scikit-learn. For PTB-XL's folder
    use `evaluate_detection`.
    """
    require_scikit_learn()
    stated = ArrayDescription(sampling_rate_hz, leads, unit)
    labels = labels_of(np.asarray(abnormal))
    given = several(recordings)
    _require_labels(labels, len(given) if isinstance(given, Sized) else None)
    methods = [scorer] if against is None else [scorer, against]
    results: list[list[ScoredCase]] = [[] for _ in methods]
    cases: list[DetectionCase] = []
    coming = enumerate(given)
    while chunk := list(islice(coming, PART_RECORDS)):
        if len(cases) + len(chunk) > len(labels):
            _require_labels(labels, len(cases) + len(chunk))
        prepares: list[Prepare] = []
        for number, recording in chunk:
            name, prepare_it = _opened(recording, stated, number)
            cases.append(DetectionCase(str(number), name, bool(labels[number]), _gone))
            prepares.append(prepare_it)
        for method, found in zip(methods, results, strict=True):
            found += score_each(method, prepares)
    _require_labels(labels, len(cases))

    def known(scorer: WindowScorer, cases: Sequence[Prepare], *, with_maps: bool = False) -> Iterator[ScoredCase]:
        return iter(next(found for method, found in zip(methods, results, strict=True) if method is scorer))

    data: dict[str, Any] = {"dataset": dataset, "folds": [], "every": 1, "folds_trained_on": [],
                            "folds_calibrated_on": []}
    return detection_report(scorer, cases, data, against=against, score_cases=known)


def _require_labels(labels: NDArray[np.bool_], n_records: int | None) -> None:
    """Raise DatasetError unless there is one label for each recording; None: their number is not known yet."""
    if labels.ndim != 1 or (n_records is not None and len(labels) != n_records):
        number = "" if n_records is None else f"there are {n_records} recordings, and "
        raise DatasetError(f"Each recording has one label: {number}the labels have the shape {labels.shape}.")


def _opened(recording: Any, stated: ArrayDescription, number: int) -> tuple[str, Prepare]:
    """A recording's name, and what prepares it or says why it cannot be read."""
    try:
        record = one_of_many(recording, stated, number)
    except ConfigError:  # what was said of all of them is wrong
        raise
    except EcgError as error:
        is_path = isinstance(recording, str | os.PathLike)
        return Path(recording).name if is_path else f"recording {number}", partial(_refuse, error)
    return record.name, partial(_prepare, record)


def _refuse(error: EcgError, _: PreprocessConfig) -> ModelInput:
    raise error


def _prepare(record: EcgRecord, config: PreprocessConfig) -> ModelInput:
    return prepare(record, config)


def _gone(_: PreprocessConfig) -> ModelInput:
    raise DatasetError("This recording was scored when it came; it is not kept.")

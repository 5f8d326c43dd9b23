"""The detector in the form of scikit-learn's, and recordings as vectors. Works without scikit-learn."""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Literal, Self

import numpy as np
from numpy.typing import NDArray

from mmae_core.errors import ConfigError, EcgError
from mmae_core.evaluation.own_cohort import recalibrate
from mmae_core.library.arrays import is_number
from mmae_core.library.calibrating import calibrate
from mmae_core.library.recordings import ArrayDescription, one_of_many, several
from mmae_core.library.score_values import counting_window
from mmae_core.library.scoring import assessor_of, one_thread
from mmae_core.library.vectors import embed
from mmae_core.record import EcgRecord, FloatArray
from mmae_core.scoring.assessor import Assessor
from mmae_core.scoring.checkpoint import TrainedModel

NORMAL, UNUSUAL, NOT_ASSESSED = 1, -1, 0
"""Answers of `predict`."""
Unassessable = Literal["nan", "raise"]


class EcgAnomalyDetector:
    """An outlier detector as scikit-learn has them: higher is more normal, and `predict` says -1 for unusual ones.

    Every `X` is a list or generator of recordings as `score` takes them, or an array (recordings, leads, samples);
    `sampling_rate_hz`, `leads` and `unit` say of arrays what they do not say themselves. Before `fit` a recording is
    compared with the normal ECGs of `model`, afterwards with those of `fit`. `contamination` is the share of normal
    ECGs that `predict` calls unusual. A recording that cannot be assessed gets NaN, and 0 of `predict`, or is refused
    with `unassessable="raise"`. Parameters are kept as given, so that `sklearn.base.clone` and grid searches work.
    """

    def __init__(
        self, model: TrainedModel | str | Path | None = None, *, sampling_rate_hz: float | None = None,
        leads: Sequence[str] | None = None, unit: str | None = None, contamination: float = 0.05,
        unassessable: Unassessable = "nan", device: str = "auto",
    ) -> None:
        self.model = model
        self.sampling_rate_hz = sampling_rate_hz
        self.leads = leads
        self.unit = unit
        self.contamination = contamination
        self.unassessable = unassessable
        self.device = device

    def fit(self, X: Iterable[Any], y: object = None, *, cohort: str = "own normals") -> Self:
        """Compare with these normal recordings from now on; the network stays as it was trained.

        Of each the first 10 s count, a recording given twice counts once. `cohort` is who they are, in words. Sets
        `base_` (the model as it was before), `model_`, `cohort_` (how they stand against the former normals, and who
        stands apart), `n_normals_` and `left_out_`: (recording, reason) of those that could not be used. Another
        `model` set afterwards counts from the next `fit` on. `y` is ignored. Raises DatasetError below 50 normals.
        """
        base = assessor_of(self.model, self.device).model
        fitted = calibrate(X, base, sampling_rate_hz=self.sampling_rate_hz, leads=self.leads, unit=self.unit,
                           cohort=cohort, device=self.device)
        self.base_, self.model_, self.cohort_ = base, fitted.model, fitted.cohort
        self.n_normals_ = self.cohort_.n_normals
        self.left_out_ = self.cohort_.left_out
        return self

    def save(self, folder: str | Path) -> Path:
        """Write the fitted model into a folder, for `load_model`, the viewer and every command's `--model`.

        Raises ConfigError before `fit`.
        """
        if not hasattr(self, "cohort_"):
            raise ConfigError("The detector was not fitted: what it compares with is the model's own cohort.")
        return recalibrate(self.base_, self.cohort_, Path(folder), name=Path(folder).name)

    def score_samples(self, X: Iterable[Any]) -> NDArray[np.float64]:
        """(n,) minus the model's score, so that a higher number is more normal; NaN where nothing can be assessed.

        Of a longer recording the strongest 10 s whose percentile counts.
        """
        return -self._scores(X)[0]

    def decision_function(self, X: Iterable[Any]) -> NDArray[np.float64]:
        """(n,) `score_samples` less `offset_`: below 0 for unusual recordings.

        NaN where the percentile does not count: too many leads missing, or poor signal.
        """
        scores, counts = self._scores(X)
        rounded = scores.astype(np.float32).astype(np.float64)  # as those of the cohort are kept
        return np.where(counts, -rounded - self.offset_, np.nan)

    def predict(self, X: Iterable[Any]) -> NDArray[np.int64]:
        """(n,) 1: within what normal ECGs show, -1: unusual, 0: not assessed, or its percentile does not count.

        Of normal ECGs the share `contamination` is called unusual, fewer where the cohort is too small for that share.
        """
        decisions = self.decision_function(X)
        called = np.where(decisions < 0, UNUSUAL, NORMAL)
        return np.where(np.isnan(decisions), NOT_ASSESSED, called).astype(np.int64)

    def fit_predict(self, X: Iterable[Any], y: object = None) -> NDArray[np.int64]:
        """Fit, then say which of the same recordings are unusual among them."""
        recordings = list(several(X))
        return self.fit(recordings).predict(recordings)

    def transform(self, X: Iterable[Any]) -> FloatArray:
        """(n, width) the encoder's vector of each recording; see `embed`."""
        return embed(self._records(X), model=self._assessor.model, device=self.device)

    @property
    def offset_(self) -> float:
        """Minus the highest score that is not called unusual; minus infinity where the cohort is too small for any."""
        if not is_number(self.contamination) or not 0 < self.contamination < 1:
            raise ConfigError(f"contamination = {self.contamination!r}; it is a share of normal ECGs between 0 and 1.")
        cohort = np.sort(self._assessor.model.calibration.record_scores)[::-1]
        place = int(np.floor(self.contamination * (len(cohort) + 1) + 1e-9)) - 1  # p <= contamination, conformal
        return -float(cohort[place]) if place >= 0 else -np.inf

    def get_params(self, deep: bool = True) -> dict[str, Any]:
        """The parameters by name, as they were given."""
        return {name: getattr(self, name) for name in _parameters(type(self))}

    def set_params(self, **parameters: Any) -> Self:
        """Change parameters. Raises ConfigError for an unknown one."""
        for name, value in parameters.items():
            if name not in _parameters(type(self)):
                raise ConfigError(f"EcgAnomalyDetector has no parameter '{name}'; it has "
                                  f"{', '.join(_parameters(type(self)))}.")
            setattr(self, name, value)
        return self

    def __repr__(self) -> str:
        defaults = {name: one.default for name, one in inspect.signature(type(self)).parameters.items()}
        said = [f"{name}={value!r}" for name, value in self.get_params().items() if value is not defaults[name]]
        return f"EcgAnomalyDetector({', '.join(said)})"

    def __sklearn_is_fitted__(self) -> bool:
        """Always: without `fit` the model's own normals are what recordings are compared with."""
        return True

    def __sklearn_clone__(self) -> Self:
        """Not fitted, with the same parameters; a model is shared, not copied."""
        return type(self)(**self.get_params())

    def __sklearn_tags__(self) -> Any:
        from sklearn.utils import InputTags, Tags, TargetTags, TransformerTags

        return Tags(
            estimator_type="outlier_detector", target_tags=TargetTags(required=False),
            transformer_tags=TransformerTags(), input_tags=InputTags(two_d_array=False, three_d_array=True),
            requires_fit=False,
        )

    @property
    def _assessor(self) -> Assessor:
        return assessor_of(getattr(self, "model_", self.model), self.device)

    @property
    def _stated(self) -> ArrayDescription:
        return ArrayDescription(self.sampling_rate_hz, self.leads, self.unit)

    def _records(self, X: Iterable[Any]) -> Iterable[EcgRecord]:
        stated = self._stated
        return (one_of_many(recording, stated, number) for number, recording in enumerate(several(X)))

    def _scores(self, X: Iterable[Any]) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
        """Scores (n,), NaN where nothing is assessed, and whether the percentile of each counts."""
        if self.unassessable not in ("nan", "raise"):
            raise ConfigError(f"unassessable = {self.unassessable!r}; it is 'nan' or 'raise'.")
        assessor, stated = self._assessor, self._stated
        scores, counts = [], []
        with one_thread():
            for number, recording in enumerate(several(X)):
                try:
                    found = assessor.assess(one_of_many(recording, stated, number))
                except ConfigError:  # what was stated is wrong: so it is for all
                    raise
                except EcgError:
                    if self.unassessable == "raise":
                        raise
                    scores.append(np.nan)
                    counts.append(False)
                    continue
                window = counting_window(found.windows)
                scores.append(window.score)
                counts.append(window.reliable and bool(np.isfinite(window.percentile)))
        return np.array(scores, np.float64), np.array(counts, np.bool_)


def _parameters(kind: type) -> tuple[str, ...]:
    return tuple(inspect.signature(kind).parameters)

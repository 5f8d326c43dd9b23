"""What evaluation, comparison and reports need of a method: windows in, scores and maps out."""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from mmae_core.config import ErrorSpace, PreprocessConfig
from mmae_core.config_arguments import parse_folds
from mmae_core.errors import EcgError
from mmae_core.model.network import count_macs, count_parameters
from mmae_core.model.training_facts import without_records
from mmae_core.record import FloatArray
from mmae_core.scoring.aggregate import branch_scores, branch_weights, combine_branches
from mmae_core.scoring.assessor import Assessor
from mmae_core.scoring.checkpoint import TrainedModel
from mmae_core.scoring.preprocess import ModelInput
from mmae_core.scoring.scored_windows import ScoredWindows

PEER_FILE = "peer.json"
"""Its presence tells a compared method's run folder from a model folder."""
PAPER_SPACES: tuple[ErrorSpace, ...] = ("signal", "normalised")
"""Error spaces in which the paper's own score (eq. 1) is reported besides the model's."""
BATCH_WINDOWS = 8
_FOLDS = re.compile(r"\bPTB-XL\b.*\bfolds? (\d[-, \d]*)$")
"""Matches the folds used for calibration in a model card's text."""

Prepare = Callable[[PreprocessConfig], ModelInput]
"""Reads one recording and makes it a method's input; raises EcgError if that cannot be done."""


@dataclass(frozen=True)
class WindowScores:
    """Scores of N windows."""

    scores: NDArray[np.float64]
    """(N,) higher: less like a normal ECG; NaN where a window could not be scored."""
    maps: FloatArray | None
    """(N, 12, samples) at the rate of `preprocess` (5000 at 500 Hz), as the method defines it before any smoothing;
    None unless requested; NaN where not assessed."""
    reasons: tuple[str, ...]
    """N sentences that say why a window has no score; empty where it has one."""
    parts: dict[str, NDArray[np.float64]] = field(default_factory=dict)
    """Named parts of the score, each (N,); may be empty. Names with a / are variants, not parts of a sum."""


class WindowScorer(Protocol):
    """A method that scores windows."""

    name: str
    preprocess: PreprocessConfig
    """Configuration that `prepare` must be called with."""
    needs_r_peaks: bool
    n_parameters: int
    """Trainable parameters, all networks together."""
    macs_per_record: int
    """Multiply-accumulates as the method's authors count them: of all its passes over one record."""
    training: dict[str, Any]
    """Data set, folds, epochs, seconds ... of its training; empty if unknown."""

    def score_windows(self, inputs: Sequence[ModelInput], *, with_maps: bool = False) -> WindowScores:
        """Score prepared windows; results do not depend on how windows are batched."""


class AutoencoderScorer:
    """A trained masked autoencoder as a `WindowScorer`; same scores as `Assessor`."""

    needs_r_peaks = False

    def __init__(self, model: TrainedModel, device: str = "cpu") -> None:
        self.model = model
        config = model.config
        unsmoothed = dataclasses.replace(config.score, smoothing_sigma_samples=0.0)
        self._assessor = Assessor(
            dataclasses.replace(model, config=dataclasses.replace(config, score=unsmoothed)), device
        )
        self.name = model.name
        self.preprocess = config.preprocess
        self.n_parameters = count_parameters(model.network)[1]
        self.macs_per_record = config.score.n_passes * len(config.model.region_starts) * count_macs(config.model)
        if model.cross_lead is not None:
            self.n_parameters += sum(values.numel() for values in model.cross_lead.parameters())
            self.macs_per_record += model.cross_lead.macs_per_window()
        self.training: dict[str, Any] = dict(model.card.get("training") or {})

    @property
    def device(self) -> str:
        """`cpu`, `cuda` or `mps`."""
        return self._assessor.device

    @property
    def assessor(self) -> Assessor:
        """The model as it assesses windows; its maps are not smoothed."""
        return self._assessor

    def score_windows(self, inputs: Sequence[ModelInput], *, with_maps: bool = False) -> WindowScores:
        """Score windows; parts: both branches, the parts of a score that has several, and the paper's score
        (`paper/signal`, `paper/signal/global` ...)."""
        scored: list[WindowScores] = []
        for first in range(0, len(inputs), BATCH_WINDOWS):
            windows = self._assessor.score_windows(
                inputs[first : first + BATCH_WINDOWS], with_maps=with_maps, with_segments=True
            )
            reasons = tuple(
                "" if np.isfinite(score) else f"no lead can be assessed: {'; '.join(item.notes)}"
                for score, item in zip(windows.scores, windows.inputs, strict=True)
            )
            parts = {"global": windows.global_scores, "local": windows.local_scores, **self._paper_scores(windows)}
            if len(windows.parts) > 1:
                parts |= {name: part.records for name, part in windows.parts.items()}
            scored.append(WindowScores(windows.scores, windows.points if with_maps else None, reasons, parts))
        return concatenate(scored)

    def _paper_scores(self, windows: ScoredWindows) -> dict[str, NDArray[np.float64]]:
        """Equation 1 of the paper and its two branches, in the spaces of `PAPER_SPACES`."""
        shape, score = self.model.config.model, self.model.config.score
        weights = branch_weights(shape, dataclasses.replace(score, branch_weights=None))
        parts: dict[str, NDArray[np.float64]] = {}
        errors = windows.errors
        assert errors is not None, "the masked passes were asked for"
        for space in PAPER_SPACES:
            global_errors, local_errors = errors.branches(space, score.relative_floor)
            global_scores, _ = branch_scores(global_errors, errors.global_counts, windows.assessable)
            local_scores, _ = branch_scores(local_errors, errors.local_counts, windows.assessable)
            parts[f"paper/{space}"] = combine_branches(global_scores, local_scores, weights)
            parts[f"paper/{space}/global"], parts[f"paper/{space}/local"] = global_scores, local_scores
        return parts


def concatenate(scored: Sequence[WindowScores]) -> WindowScores:
    """Join several batches of one method."""
    maps = [batch.maps for batch in scored if batch.maps is not None]
    return WindowScores(
        scores=np.concatenate([batch.scores for batch in scored]) if scored else np.empty(0),
        maps=np.concatenate(maps) if maps else None,
        reasons=tuple(reason for batch in scored for reason in batch.reasons),
        parts={name: np.concatenate([batch.parts[name] for batch in scored]) for name in scored[0].parts}
        if scored else {},
    )


@dataclass(frozen=True)
class ScoredCase:
    """A method's result for one recording."""

    score: float
    """NaN where there is none."""
    parts: dict[str, float]
    map: FloatArray | None
    """(12, samples), see `WindowScores.maps`."""
    reason: str
    """Why there is no score; empty where there is one."""
    is_read: bool
    """False if the recording could not be read or prepared."""


class ScoreCases(Protocol):
    """Gives a method's results for recordings in order, as `score_each` does."""

    def __call__(
        self, scorer: WindowScorer, cases: Sequence[Prepare], *, with_maps: bool = False
    ) -> Iterator[ScoredCase]:
        """See `score_each`."""
        ...


def score_each(scorer: WindowScorer, cases: Iterable[Prepare], *, with_maps: bool = False) -> Iterator[ScoredCase]:
    """Score recordings in order, a few at a time; one that cannot be read is reported without stopping the others.

    Each is asked for when it is prepared, those of a batch before any of them is scored.
    """
    remaining = iter(cases)
    while True:
        inputs: list[ModelInput] = []
        faults: list[str | None] = []
        for prepare in islice(remaining, BATCH_WINDOWS):
            try:
                inputs.append(prepare(scorer.preprocess))
                faults.append(None)
            except EcgError as error:
                faults.append(str(error))
        if not faults:
            return
        scored = scorer.score_windows(inputs, with_maps=with_maps) if inputs else None
        row = 0
        for fault in faults:
            if fault is not None or scored is None:
                yield ScoredCase(float("nan"), {}, None, fault or "", False)
                continue
            parts = {name: float(values[row]) for name, values in scored.parts.items()}
            found = None if scored.maps is None else scored.maps[row]
            yield ScoredCase(float(scored.scores[row]), parts, found, scored.reasons[row], True)
            row += 1


def folds_calibrated_on(scorer: WindowScorer) -> tuple[int, ...]:
    """Folds of PTB-XL whose normals calibrate a method's percentiles; empty if there are none or it is not stated."""
    if not isinstance(scorer, AutoencoderScorer):
        return ()
    calibration = scorer.model.card.get("calibration") or {}
    named = _FOLDS.search(str(calibration.get("cohort") or ""))
    return parse_folds(named.group(1)) if named else ()


def describe_scorer(scorer: WindowScorer) -> dict[str, Any]:
    """A method's description for reports, as JSON values; `configuration` is equal for models that differ only in
    seed."""
    facts: dict[str, Any] = {
        "name": scorer.name,
        "n_parameters": scorer.n_parameters,
        "macs_per_record": scorer.macs_per_record,
        "needs_r_peaks": scorer.needs_r_peaks,
        "trained_on": without_records(scorer.training),
        "sha256": scorer.training.get("sha256"),
        "configuration": json.dumps(_without_seed(scorer.training.get("config")), sort_keys=True),
    }
    if not isinstance(scorer, AutoencoderScorer):
        return facts
    model, score = scorer.model, scorer.model.config.score
    return facts | {
        "version": model.version, "sha256": model.sha256, "error_space": score.error_space, "pooling": score.pooling,
        "masks": score.masks, "n_passes": score.n_passes,
        "parts": list(score.parts), "map_parts": list(score.map_parts),
        "branch_weights": list(branch_weights(model.config.model, score)),
        "configuration": json.dumps(_without_seed(model.config.to_dict()), sort_keys=True),
    }


def _without_seed(values: Any) -> Any:
    if isinstance(values, dict):
        return {key: _without_seed(value) for key, value in values.items() if key != "seed"}
    return values

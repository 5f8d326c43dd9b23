"""Table 3 and figure 3 of the paper as named variants of one configuration: trained, scored and compared.

All variants share data, schedule, seed and initial weights. Figure 3's sweep of passes needs no training: the full
model scores with more and more random masks.
"""

from __future__ import annotations

import dataclasses
import json
import platform
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

import mmae_core
from mmae_core.config import Config, ModelConfig, ScoreConfig
from mmae_core.datasets.ptbxl import PtbxlEntry
from mmae_core.errors import ConfigError, DatasetError, EcgError
from mmae_core.files import replacing
from mmae_core.metrics.detection import delong, detection_metrics
from mmae_core.model.device import resolve_device
from mmae_core.model.masking import PassPlan, plan_passes
from mmae_core.model.network import MaskedAutoencoder, count_macs
from mmae_core.readers import read_record
from mmae_core.scoring.aggregate import (
    SegmentErrors,
    branch_scores,
    branch_weights,
    combine_branches,
    segment_errors,
    segments_assessable,
)
from mmae_core.scoring.checkpoint import file_sha256, load_weights, read_json
from mmae_core.scoring.masked_passes import window_errors
from mmae_core.scoring.preprocess import ModelInput, prepare
from mmae_core.training.run_folder import WEIGHTS_FILE, read_metrics
from mmae_core.training.train import CONFIG_FILE

SHORT_SCHEDULE: dict[str, Any] = {"epochs": 5, "batch_size": 64, "learning_rate": 2e-3, "position_std": 0.7}
"""For two CPU cores: minutes per variant instead of hours. Spread-out initial positions avoid the plateau."""
SCORES: dict[str, ScoreConfig] = {
    "paper": ScoreConfig(masks="random", error_space="normalised", pooling="mean"),
    "complementary": ScoreConfig(error_space="normalised", pooling="mean"),
    "own": ScoreConfig(),
}
"""Equation 1 with the paper's random masks at H = 4, with complementary masks, and this project's default score."""
RATIOS = (0.05, 0.15, 0.25, 0.35, 0.45, 0.55, 0.65, 0.75, 0.85, 0.95)
PASSES = (1, 2, 4, 8, 16, 32, 64, 128, 256)
PAPER_BEST_RATIOS = (0.15, 0.35)
EVALUATION_FILE, PASSES_FILE = "evaluation.json", "passes.json"
BATCH_WINDOWS = 8
FULL = "full"

Scores = NDArray[np.float64]
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Variant:
    """One row of the paper's table, or one point of its figure."""

    name: str
    title: str
    model: Mapping[str, Any] = field(default_factory=dict)
    """Fields of `ModelConfig` that differ from the full model's."""
    train: Mapping[str, Any] = field(default_factory=dict)
    published: float | None = None
    """Detection AUROC of the paper on fold 10; None where its text gives none."""

    def config(self, base: Config) -> Config:
        """The base configuration with this variant's fields."""
        return dataclasses.replace(
            base, model=dataclasses.replace(base.model, **self.model),
            train=dataclasses.replace(base.train, **self.train),
        )


TABLE_3 = (
    Variant(FULL, "full model", published=0.860),
    Variant("global-only", "global branch only", {"branches": "global"}, published=0.825),
    Variant("local-only", "local branch only", {"branches": "local"}, published=0.793),
    Variant("shared-positions", "shared positional embedding", {"local_positions": "shared"}, published=0.847),
    Variant("single-mask", "one mask over both scales together", {"local_masks": "concatenated"}),
    Variant("loss-on-all", "loss on all segments", train={"loss_on": "all"}, published=0.731),
)
OTHER_MASKS = (Variant("tied-masks", "the region's mask in both scales", {"local_masks": "tied"}),)
"""Not in the paper."""
MASK_RATIOS = tuple(
    Variant(f"mask-ratio-{ratio:.2f}", f"mask ratio {ratio:.2f}", {"mask_ratio": ratio})
    for ratio in RATIOS if ratio != ModelConfig.mask_ratio  # the full model's own
)
VARIANTS = TABLE_3 + OTHER_MASKS + MASK_RATIOS


def variants_named(names: Sequence[str] | None) -> tuple[Variant, ...]:
    """The named variants (None: all), the full model first. Raises ConfigError for an unknown name."""
    known = {variant.name: variant for variant in VARIANTS}
    unknown = sorted(set(names or ()) - known.keys())
    if unknown:
        raise ConfigError(f"There is no variant {', '.join(unknown)}; there are {', '.join(known)}.")
    return tuple(variant for variant in VARIANTS if names is None or variant.name in names)


@dataclass(frozen=True)
class LabelledInputs:
    """First windows of labelled records, prepared once for all variants."""

    names: tuple[str, ...]
    abnormal: NDArray[np.bool_]
    inputs: tuple[ModelInput, ...]
    left_out: tuple[tuple[str, str], ...]
    """(record, reason)"""

    def first(self, count: int) -> LabelledInputs:
        """About `count` of them, spread evenly."""
        step = max(1, len(self.names) // count)
        return LabelledInputs(self.names[::step], self.abnormal[::step], self.inputs[::step], self.left_out)


def read_labelled(entries: Sequence[PtbxlEntry], config: Config, progress: Progress | None = None) -> LabelledInputs:
    """Read and prepare records that are normal or abnormal; those without label, or not readable, are left out.

    Raises DatasetError if none remains.
    """
    names, abnormal, inputs, left_out = [], [], [], []
    for done, entry in enumerate(entries, start=1):
        try:
            if entry.label is not None:
                inputs.append(prepare(read_record(entry.path), config.preprocess))
                names.append(entry.path.stem)
                abnormal.append(entry.label == "abnormal")
        except EcgError as error:
            left_out.append((entry.path.stem, str(error)))
        if progress:
            progress(done, len(entries))
    if not names:
        raise DatasetError(f"None of the {len(entries)} records to evaluate is labelled and readable.")
    return LabelledInputs(tuple(names), np.array(abnormal), tuple(inputs), tuple(left_out))


# --- one variant ----------------------------------------------------------------------------------------------------


def score_variant(
    folder: Path, records: LabelledInputs, device: str = "cpu", progress: Progress | None = None
) -> dict[str, Any]:
    """Scores of a finished run under each of `SCORES`, and their figures; kept in its folder and found there again."""
    config, network = _load(folder, device)
    asked = {
        "weights": file_sha256(folder / WEIGHTS_FILE), "records": list(records.names),
        "abnormal": records.abnormal.tolist(),
        "configs": score_settings(),
    }

    def measure() -> dict[str, Any]:
        scores: dict[str, list[float]] = {name: [] for name in SCORES}
        plans: dict[tuple[int, str, int], list[str]] = {}
        for name, score in SCORES.items():
            plans.setdefault((score.n_passes, score.masks, score.seed), []).append(name)
        for first, batch in _batches(records.inputs):
            for names in plans.values():
                score = SCORES[names[0]]
                plan = plan_passes(config.model, score.n_passes, score.masks, score.seed)
                errors, assessable = _errors(network, batch, plan)
                for name in names:
                    scores[name] += record_scores(errors, assessable, config.model, SCORES[name]).tolist()
            if progress:
                progress(first + len(batch), len(records.names))
        figures = {name: detection_metrics(np.array(values), records.abnormal) for name, values in scores.items()}
        return {"scores": scores, "figures": figures}

    return _kept(folder / EVALUATION_FILE, asked, measure)


def score_passes(
    folder: Path, records: LabelledInputs, device: str = "cpu", progress: Progress | None = None
) -> dict[str, Any]:
    """Equation 1 for H = 1, 2, 4 ... 256 random passes a region, and for 4 complementary ones.

    The score of H passes is the mean over the first H of 256 draws of one pass: the same sum in another order, so that
    all H together cost no more than the largest.
    """
    config, network = _load(folder, device)
    asked = {
        "weights": file_sha256(folder / WEIGHTS_FILE), "records": list(records.names),
        "abnormal": records.abnormal.tolist(), "counts": list(PASSES),
    }
    paper = dataclasses.replace(SCORES["paper"], n_passes=1)
    four = SCORES["complementary"]

    def measure() -> dict[str, Any]:
        random: dict[int, list[float]] = {count: [] for count in PASSES}
        complementary: list[float] = []
        plans = [plan_passes(config.model, 1, paper.masks, seed) for seed in range(max(PASSES))]
        partition = plan_passes(config.model, four.n_passes, four.masks, four.seed)
        for first, batch in _batches(records.inputs):
            one_by_one = np.stack([
                record_scores(*_errors(network, batch, plan), config.model, paper) for plan in plans
            ])  # (256, N)
            for count in PASSES:
                random[count] += one_by_one[:count].mean(axis=0).tolist()
            complementary += record_scores(*_errors(network, batch, partition), config.model, four).tolist()
            if progress:
                progress(first + len(batch), len(records.names))
        figures = [detection_metrics(np.array(values), records.abnormal) for values in random.values()]
        return {
            "random": {str(count): values for count, values in random.items()}, "complementary": complementary,
            "random_figures": figures,
            "complementary_figures": detection_metrics(np.array(complementary), records.abnormal),
        }

    return _kept(folder / PASSES_FILE, asked, measure)


def record_scores(
    errors: SegmentErrors, assessable: NDArray[np.bool_], model: ModelConfig, score: ScoreConfig
) -> Scores:
    """Scores (N,) of windows, as an assessment gives them."""
    counts = errors.global_counts, errors.local_counts
    global_scores, local_scores = (
        branch_scores(values, count, assessable, score.pooling)[0]
        for values, count in zip(errors.branches(score.error_space, score.relative_floor), counts, strict=True)
    )
    return combine_branches(global_scores, local_scores, branch_weights(model, score))


def score_settings() -> dict[str, dict[str, Any]]:
    """Of each of `SCORES` the fields that differ from the default score's, fit for JSON."""
    default = dataclasses.asdict(ScoreConfig())
    return {
        name: {key: value for key, value in dataclasses.asdict(score).items() if value != default[key]}
        for name, score in SCORES.items()
    }


def _errors(
    network: MaskedAutoencoder, batch: Sequence[ModelInput], plan: PassPlan
) -> tuple[SegmentErrors, NDArray[np.bool_]]:
    device = network.positions.device
    on_device = PassPlan(plan.region_starts.to(device), plan.global_mask.to(device), plan.local_mask.to(device))
    windows = torch.from_numpy(np.stack([item.signal for item in batch])).to(device)
    assessable = segments_assessable(np.stack([item.assessable for item in batch]), network.config)
    return segment_errors(window_errors(network, windows, on_device), network.config), assessable


def _batches(inputs: Sequence[ModelInput]) -> Iterator[tuple[int, Sequence[ModelInput]]]:
    for first in range(0, len(inputs), BATCH_WINDOWS):
        yield first, inputs[first : first + BATCH_WINDOWS]


def _load(folder: Path, device: str) -> tuple[Config, MaskedAutoencoder]:
    config = Config.from_dict(read_json(folder / CONFIG_FILE)["config"])
    network = MaskedAutoencoder(config.model)
    load_weights(folder / WEIGHTS_FILE, network)
    return config, network.to(resolve_device(device)).eval().requires_grad_(False)


def _kept(path: Path, asked: dict[str, Any], measure: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """The saved result in `path` if it was made with the same settings; otherwise measure and save."""
    if path.is_file():
        found = read_json(path)
        if {key: found.get(key) for key in asked} == asked:
            return found
    answer = asked | measure()
    with replacing(path) as part:
        part.write_text(json.dumps(answer))
    return answer


# --- all variants compared ---------------------------------------------------------------------------------------


def results(
    folder: Path, evaluations: Mapping[str, dict[str, Any]], passes: dict[str, Any] | None, about: dict[str, Any]
) -> dict[str, Any]:
    """Figures of all variants evaluated so far, fit for JSON; `about` says on which data and in which words."""
    full = evaluations.get(FULL)
    rows = []
    for variant in VARIANTS:
        if variant.name not in evaluations:
            continue
        found = evaluations[variant.name]
        abnormal = np.array(found["abnormal"])
        rows.append({
            "name": variant.name, "title": variant.title, "changes": {**variant.model, **variant.train},
            "published_auroc": variant.published, "weights_sha256": found["weights"],
            **_training(folder / variant.name),
            "scores": {
                name: {
                    **found["figures"][name],
                    "against_full": None if full is None or variant.name == FULL
                    else delong(np.array(scores), np.array(full["scores"][name]), abnormal),
                }
                for name, scores in found["scores"].items()
            },
        })
    return {
        "about": about,
        "score_configs": score_settings(),
        "variants": rows,
        "passes": None if passes is None else _passes_figures(passes),
        "paper": {"best_mask_ratios": list(PAPER_BEST_RATIOS), "source": "Zhou et al. 2025, arXiv 2502.05494, PTB-XL "
                  "fold 10; their values of figure 3 are not in its text"},
        "software": {"mmae_core": mmae_core.__version__, "torch": torch.__version__,
                     "python": platform.python_version(), "machine": platform.machine()},
    }


def _training(folder: Path) -> dict[str, Any]:
    config = Config.from_dict(read_json(folder / CONFIG_FILE)["config"])
    epochs = read_metrics(folder)
    return {
        "steps": epochs[-1]["step"], "seconds": round(sum(epoch["seconds"] for epoch in epochs)),
        "loss": epochs[-1]["loss"], "global_loss": epochs[-1]["global_loss"], "local_loss": epochs[-1]["local_loss"],
        "mask_ratio": config.model.mask_ratio, "macs_per_pass": count_macs(config.model),
        "train": config.to_dict()["train"],
    }


def _passes_figures(passes: dict[str, Any]) -> dict[str, Any]:
    abnormal = np.array(passes["abnormal"])
    four = passes["random"]["4"]
    return {
        "n_records": len(abnormal),
        "random": [
            {"n_passes": int(count), **figures}
            for count, figures in zip(passes["random"], passes["random_figures"], strict=True)
        ],
        "complementary": {
            "n_passes": SCORES["complementary"].n_passes,
            **passes["complementary_figures"],
            "against_random": delong(np.array(passes["complementary"]), np.array(four), abnormal),
        },
    }

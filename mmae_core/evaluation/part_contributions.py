"""How much each part of a model's score contributes: variants with one choice changed, compared on the same records.

No variant is trained; all share the model's networks. Choices of how masked segments are scored are compared on that
part alone, because in a score of several parts each is weighed by its spread among normals, which such a choice
changes.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mmae_core.config import ScoreConfig, ScorePart
from mmae_core.datasets.annotated_folder import AnnotatedRecord
from mmae_core.errors import ConfigError
from mmae_core.evaluation.compare import Method, Progress, compare
from mmae_core.evaluation.compare_cache import method_key
from mmae_core.evaluation.detection_cases import DetectionCase
from mmae_core.report.figure_words import figure_words
from mmae_core.scoring.checkpoint import TrainedModel
from mmae_core.scoring.unmasked_parts import PART_WORDS
from mmae_core.scoring.window_scorer import AutoencoderScorer

WHOLE = "as bundled"
SEGMENTS = "masked segments alone"
MAP_CHOICES = ("map_parts", "map_error_space", "masks", "branch_weights")
"""Fields of a `ScoreConfig` that variants change and that maps depend on."""


@dataclass(frozen=True)
class ScoreVariant:
    """A model's score with some fields of its `ScoreConfig` changed."""

    name: str
    changes: Mapping[str, Any]

    def has_map_of(self, reference: ScoreVariant, score: ScoreConfig) -> bool:
        """Whether its maps are those of another variant of the same `score`, so that they say nothing of this one."""
        own, other = (dataclasses.replace(score, **variant.changes) for variant in (self, reference))
        return all(getattr(own, name) == getattr(other, name) for name in MAP_CHOICES)


def part_variants(score: ScoreConfig, fitted: Collection[str]) -> tuple[ScoreVariant, ...]:
    """The score as it is, without each of its parts, with each that is `fitted` and not in it, and each alone.

    Leaving out a part also leaves it out of the map; alone, a part of the map is all of the map.
    """
    variants = [ScoreVariant(WHOLE, {})]
    for part in score.parts:
        if len(score.parts) > 1:
            kept = [name for name in score.parts if name != part]
            variants.append(ScoreVariant(f"without {PART_WORDS[part]}", _changes(score, kept, part)))
    added = [part for part in PART_WORDS if part in fitted and part not in score.parts]
    variants += [ScoreVariant(f"with {PART_WORDS[part]}", _changes(score, [*score.parts, part])) for part in added]
    for part in (name for name in PART_WORDS if name in fitted):
        alone = {"map_parts": (part,)} if part in score.map_parts else {}
        variants.append(ScoreVariant(f"{PART_WORDS[part]} alone", {"parts": (part,), "part_weights": None, **alone}))
    return tuple(variants)


def _changes(score: ScoreConfig, parts: Sequence[ScorePart], left_out: ScorePart | None = None) -> dict[str, Any]:
    """Fields for other parts, each with the weight it has in `score`; a new one weighs 1."""
    own = score.part_weights or [1.0] * len(score.parts)
    weights: dict[ScorePart, float] = dict(zip(score.parts, own, strict=True))
    chosen = tuple(weights.get(part, 1.0) for part in parts)
    changes: dict[str, Any] = {"parts": tuple(parts), "part_weights": None if len(set(chosen)) == 1 else chosen}
    on_map = tuple(part for part in score.map_parts if part != left_out)
    return changes | ({"map_parts": on_map} if on_map and on_map != score.map_parts else {})


_SEGMENTS_ONLY = {"parts": ("segments",), "part_weights": None, "map_parts": ("segments",)}
SCORING = (
    ScoreVariant(SEGMENTS, _SEGMENTS_ONLY),
    ScoreVariant("mean instead of geometric mean", {**_SEGMENTS_ONLY, "pooling": "mean"}),
    ScoreVariant("errors on normalised targets",
            {**_SEGMENTS_ONLY, "error_space": "normalised", "map_error_space": "normalised"}),
    ScoreVariant("errors of the signal", {**_SEGMENTS_ONLY, "error_space": "signal", "map_error_space": "signal"}),
    ScoreVariant("random masks", {**_SEGMENTS_ONLY, "masks": "random"}),
    ScoreVariant("both branches weigh the same", {**_SEGMENTS_ONLY, "branch_weights": (1.0, 1.0)}),
    ScoreVariant("the paper's score", {**_SEGMENTS_ONLY, "pooling": "mean", "error_space": "normalised",
                                  "map_error_space": "normalised", "masks": "random"}),
)
"""Ways to score masked segments, compared with the model's own way."""


def compare_contributions(
    model: TrainedModel, cases: Sequence[DetectionCase], lesions: Sequence[AnnotatedRecord], cache: Path,
    data: Mapping[str, Any], *, device: str = "cpu", progress: Progress | None = None,
) -> dict[str, Any]:
    """Both families of variants, each against its reference; the keys of each are those of `compare`, and
    `map_of_reference` of each method: whether the variant changes nothing that maps depend on.

    Raises ConfigError if the model has no score of several parts.
    """
    if model.cross_lead is None or model.fusion is None:
        raise ConfigError(f"{model.name} judges by masked segments alone; it has no parts to compare.")
    families = {}
    parts = part_variants(model.config.score, model.fusion.records)
    for name, variants in (("parts", parts), ("scoring", SCORING)):
        methods = [_method(model, variant, device) for variant in variants]
        families[name] = compare(methods, cases, lesions, methods[0].name, cache, data, progress)
        for row, variant in zip(families[name]["methods"], variants, strict=True):
            row["map_of_reference"] = variant is not variants[0] and variant.has_map_of(variants[0], model.config.score)
    return families


def contributions_markdown(families: Mapping[str, Any]) -> str:
    """Both tables."""
    titles = {"parts": "Parts of the score", "scoring": "Ways to score masked segments"}
    return "\n".join(f"## {titles[name]}\n\n{_table(found)}" for name, found in families.items())


def _table(found: Mapping[str, Any]) -> str:
    lines = [f"| variant | detection AUROC | difference to *{found['reference']}* | localization, pooled AUROC | "
             "difference | localization, mean of records with a lesion |", "|---|---|---|---|---|---|"]
    for row in found["methods"]:
        against, has_own_map = row["against_reference"], not row["map_of_reference"]
        mapped = row.get("localization") if has_own_map else None
        mapped_against = row.get("localization_against") if has_own_map else None
        cells = [
            row["name"],
            _figure(row["detection"]["auroc"], row["detection"]["auroc_ci95"]),
            _figure(against["difference"], against["difference_ci95"], "+.3f") if against else "–",
            _figure(mapped["pooled_auroc"], mapped["pooled_auroc_ci95"]) if mapped else "–",
            _figure(mapped_against["pooled_auroc"]["difference"], mapped_against["pooled_auroc"]["difference_ci95"],
                    "+.3f") if mapped_against else "–",
            _figure(mapped["record_auroc"], mapped["record_auroc_ci95"]) if mapped else "–",
        ]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def _figure(value: float, interval: Sequence[float] | None, form: str = ".3f") -> str:
    return figure_words(value, interval, form, " to ")


def _method(model: TrainedModel, variant: ScoreVariant, device: str) -> Method:
    score = dataclasses.replace(model.config.score, **variant.changes)
    scorer = AutoencoderScorer(
        dataclasses.replace(model, config=dataclasses.replace(model.config, score=score)), device
    )
    return Method(variant.name, scorer, method_key(scorer, device))

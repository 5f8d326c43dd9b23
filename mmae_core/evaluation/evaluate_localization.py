"""Localization: one or several methods over recordings whose abnormal points are known, reported with intervals.

Maps of every method are cropped and smoothed in the same way, as in the benchmark's code (`metrics.localization`).
Points that a method did not assess (NaN), and points left undecided by reviewers (`ReviewedSet`), are excluded and
their number is reported.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mmae_core.errors import DatasetError
from mmae_core.evaluation.evaluate import (
    Progress,
    require_one_configuration,
    seed_summary,
    software,
)
from mmae_core.evaluation.given_maps import WINDOW_S, GivenMaps
from mmae_core.evaluation.localization_cases import LocalizationCase, NormalCase
from mmae_core.metrics.array_checks import binary, rate, whole_number
from mmae_core.metrics.detection import BOOTSTRAP_ROUNDS, BOOTSTRAP_SEED
from mmae_core.metrics.localization import (
    CROP_S,
    NORMAL_LEVELS,
    POINTING_MARGIN_S,
    SMOOTHING_S,
    benchmark_maps,
    best_threshold,
    common_points,
    compare_localization,
    confusion,
    crop,
    lead_auroc,
    localization_curves,
    localization_metrics,
    normal_thresholds,
    overlap_metrics,
    point_set,
    pointing_game,
    record_aurocs,
    record_dice,
)
from mmae_core.metrics.points import PointSet
from mmae_core.record import FloatArray
from mmae_core.report.report_warnings import warnings_of
from mmae_core.report_schema import (
    REPORT_FORMAT,
    LocalizationAgainst,
    LocalizationFigures,
    LocalizationRecord,
    LocalizationReport,
    Seeds,
)
from mmae_core.scoring.window_scorer import (
    ScoreCases,
    ScoredCase,
    WindowScorer,
    describe_scorer,
    folds_calibrated_on,
    score_each,
)

MappingMethod = WindowScorer | GivenMaps
"""A method that maps recordings, or the maps that one gave."""
NO_MAP = "the method gave no map"
NOT_IN_MAP = "no point of its lesion was assessed"


@dataclass(frozen=True)
class LocalizedSet:
    """One method's maps of n annotated recordings, ready for evaluation."""

    maps: FloatArray
    """(n, 12, samples) cropped and smoothed; NaN where not assessed or decided, everywhere if there is no map."""
    masks: NDArray[np.bool_]
    """(n, 12, samples) cropped, at the rate of the maps."""
    rate_hz: float
    scored: tuple[ScoredCase, ...]
    """n, without their maps."""
    n_ignored: int = 0
    """Number of undecided points of the maps, which are NaN."""

    @property
    def mapped(self) -> NDArray[np.int64]:
        """Rows of the recordings in which anything was assessed."""
        return np.flatnonzero(np.isfinite(self.maps).any(axis=(1, 2)))


def evaluate_localization(
    scorer: MappingMethod, cases: Sequence[LocalizationCase], data: dict[str, Any], *,
    normals: Sequence[NormalCase] = (), against: MappingMethod | None = None, seeds: Sequence[WindowScorer] = (),
    progress: Progress | None = None, score_cases: ScoreCases = score_each,
) -> LocalizationReport:
    """Map annotated recordings with every method and report localization.

    `data` says in the report what the recordings are; `normals` fix the thresholds of Dice and IoU. Without them the
    recordings without a lesion do, and where there are none, only the labelled best threshold is reported. Raises
    DatasetError if no recording could be mapped or nothing in them is lesion, ConfigError if `seeds` are of other
    configurations.
    """
    if seeds and not isinstance(scorer, GivenMaps):
        require_one_configuration((scorer, *seeds))
    for method, needed in ((scorer, cases), (against, cases), (scorer, normals)):
        if isinstance(method, GivenMaps) and needed:
            method.require({case.id: () for case in needed})
    n_methods = 1 + len(seeds) + (against is not None)
    step = _Counter(progress, n_methods * len(cases) + len(normals), score_cases)
    own = localize(scorer, cases, step)
    rows = own.mapped
    if not len(rows):
        reasons = "; ".join(found.reason for found in own.scored[:3])
        raise DatasetError(f"{scorer.name} could map none of the {len(cases)} recordings. {reasons}")
    points = point_set(own.maps[rows], own.masks[rows])
    if not points.has_both:
        raise DatasetError("The recordings that could be mapped hold no lesion, or nothing but lesion.")
    overlap = _overlap(points, scorer, cases, own, normals, step)
    pointing, hits = pointing_game(own.maps[rows], own.masks[rows], own.rate_hz)
    by_lead, by_lead_interval = lead_auroc(own.maps[rows], own.masks[rows])
    report: LocalizationReport = {
        "format": REPORT_FORMAT,
        "kind": "localization",
        "localization": localization_metrics(points),
        "lead_auroc": by_lead,
        "lead_auroc_ci95": by_lead_interval,
        "pointing_game": pointing,
        "overlap": overlap,
        "kinds": _kinds(cases, points, rows),
        "curves": localization_curves(points),
        "records": _records(cases, own, points, rows, hits, overlap),
        "model": _describe(scorer),
        "data": {
            **data, **_data(scorer, cases, own),
            "said_of_scores": [words for method in (scorer, against) if isinstance(method, GivenMaps)
                               for words in method.said],
        },
        "bootstrap": {"rounds": BOOTSTRAP_ROUNDS, "seed": BOOTSTRAP_SEED, "unit": "record"},
        "software": software(),
    }
    if seeds and not isinstance(scorer, GivenMaps):
        report["seeds"] = _seeds((scorer, *seeds), cases, points, step)
    if against is not None:
        report["against"] = _against(against, cases, own, step)
    report["warnings"] = warnings_of(report)
    return report


def _data(scorer: MappingMethod, cases: Sequence[LocalizationCase], own: LocalizedSet) -> dict[str, Any]:
    """What a report says of the recordings and points, and which of them a method has seen."""
    rows = own.mapped
    return {
        "n_records": len(cases), "n_not_scored": len(cases) - len(rows),
        "n_points_not_assessed": int(np.isnan(own.maps[rows]).sum()) - own.n_ignored,
        "n_points_ignored": own.n_ignored,
        "crop_s": CROP_S, "smoothing_s": SMOOTHING_S, "pointing_margin_s": POINTING_MARGIN_S,
        "n_with_lesion": sum(case.has_lesion for case in cases),
        "folds_trained_on": _shared_folds(scorer.training.get("folds") or (), cases),
        "folds_calibrated_on": [] if isinstance(scorer, GivenMaps) else
        _shared_folds(folds_calibrated_on(scorer), cases),
    }


def _describe(method: MappingMethod) -> dict[str, Any]:
    return method.facts if isinstance(method, GivenMaps) else describe_scorer(method)


def _map_each(
    method: MappingMethod, cases: Sequence[LocalizationCase | NormalCase], step: _Counter | None
) -> Iterator[ScoredCase]:
    """A method's maps in the order of the cases."""
    score_cases = score_each if step is None else step.score_cases
    if isinstance(method, GivenMaps):
        yield from method.results([case.id for case in cases])
    else:
        yield from score_cases(method, [case.prepare for case in cases], with_maps=True)


def _grid(method: MappingMethod) -> tuple[float, int]:
    """Sampling rate of a method's maps, and their samples."""
    if isinstance(method, GivenMaps):
        return method.rate_hz, round(WINDOW_S * method.rate_hz)
    config = method.preprocess
    return config.sampling_rate_hz, round(config.window_s * config.sampling_rate_hz)


def localize(scorer: MappingMethod, cases: Sequence[LocalizationCase], step: _Counter | None = None) -> LocalizedSet:
    """Map recordings with a method, or take maps that were given; crop and smooth."""
    rate_hz, n_samples = _grid(scorer)
    width = crop(np.empty(n_samples), rate_hz).shape[0]
    maps = np.full((len(cases), 12, width), np.nan, np.float32)
    scored: list[ScoredCase] = []
    n_ignored = 0
    for row, found in enumerate(_map_each(scorer, cases, step)):
        if found.map is not None:
            maps[row] = benchmark_maps(found.map[None], rate_hz)[0]
            if (ignored := cases[row].ignored) is not None:
                undecided = crop(resampled_mask(ignored, cases[row].rate_hz, rate_hz, n_samples), rate_hz)
                n_ignored += int((undecided & np.isfinite(maps[row])).sum())
                maps[row][undecided] = np.nan
        scored.append(ScoredCase(found.score, found.parts, None, found.reason, found.is_read))
        if step:
            step()
    masks = np.stack([crop(resampled_mask(case.mask, case.rate_hz, rate_hz, n_samples), rate_hz) for case in cases])
    return LocalizedSet(maps, masks, rate_hz, tuple(scored), n_ignored)


def resampled_mask(mask: NDArray[np.bool_], rate_hz: float, target_hz: float, n_samples: int) -> NDArray[np.bool_]:
    """(12, n_samples) a mask at another rate: each sample as the one nearest to it in time.

    Raises DatasetError for a mask that is not (leads, samples) of 0, 1 or bool or ends before the last of these samples
    by more than one of its own, and for a rate that is none.
    """
    mask = binary(mask, "Masks")
    rate(rate_hz)
    rate(target_hz)
    whole_number(n_samples, 1, "Samples")
    if mask.ndim != 2 or mask.shape[1] + 1 < (n_samples - 1) * rate_hz / target_hz:
        raise DatasetError(f"A mask of shape {mask.shape} at {rate_hz:g} Hz does not cover {n_samples:,} samples at "
                           f"{target_hz:g} Hz.")
    nearest = np.minimum(np.round(np.arange(n_samples) * rate_hz / target_hz).astype(int), mask.shape[1] - 1)
    return np.ascontiguousarray(mask[:, nearest])


def _shared_folds(folds: Iterable[int], cases: Sequence[LocalizationCase]) -> list[int]:
    """Those of `folds` that the recordings come from."""
    return sorted({fold for case in cases for fold in case.folds} & set(folds))


class _Counter:
    """Counts recordings over several methods, and knows how they are scored."""

    def __init__(self, progress: Progress | None, total: int, score_cases: ScoreCases) -> None:
        self._progress, self._total, self._done = progress, total, 0
        self.score_cases = score_cases

    def __call__(self) -> None:
        self._done += 1
        if self._progress:
            self._progress(self._done, self._total)


def _normal_thresholds(
    scorer: MappingMethod, normals: Sequence[NormalCase], step: _Counter
) -> tuple[tuple[float, ...], int]:
    def maps() -> Iterable[FloatArray]:
        for found in _map_each(scorer, normals, step):
            step()
            if found.map is not None:
                yield benchmark_maps(found.map[None], _grid(scorer)[0])[0]

    if not normals:
        return (), 0
    try:
        return normal_thresholds(maps())
    except ValueError as error:
        raise DatasetError(f"{scorer.name} could map none of the {len(normals)} normal records.") from error


def _overlap(
    points: PointSet, scorer: MappingMethod, cases: Sequence[LocalizationCase], own: LocalizedSet,
    normals: Sequence[NormalCase], step: _Counter,
) -> dict[str, Any]:
    """Overlap at thresholds fixed on normals, those given before the recordings' own, and at the labelled best one."""
    thresholds, n_normals = _normal_thresholds(scorer, normals, step)
    lesion_free = [row for row in own.mapped if not cases[row].has_lesion]
    if not normals and lesion_free:
        thresholds, n_normals = normal_thresholds(own.maps[row] for row in lesion_free)
    rows = [
        {**overlap_metrics(points, threshold), "normals_below": level}
        for threshold, level in zip(thresholds, NORMAL_LEVELS, strict=False)
    ]
    return {
        "normals": rows, "n_normals": n_normals, "normals_are": ("given" if normals else "own") if rows else None,
        "best": overlap_metrics(points, best_threshold(points)),
    }


def _kinds(
    cases: Sequence[LocalizationCase], points: PointSet, rows: NDArray[np.int64]
) -> dict[str, LocalizationFigures]:
    """Figures over the records of each kind, most frequent first."""
    members: dict[str, list[int]] = {}
    for place, row in enumerate(rows):
        for kind in cases[row].kinds:
            members.setdefault(kind, []).append(place)
    ordered = sorted(members.items(), key=lambda item: (-len(item[1]), item[0]))
    return {
        kind: localization_metrics(PointSet([points.records[place] for place in places]))
        for kind, places in ordered if any(len(points.records[place].positive) for place in places)
    }


def _records(
    cases: Sequence[LocalizationCase], own: LocalizedSet, points: PointSet, rows: NDArray[np.int64],
    hits: NDArray[np.bool_], overlap: dict[str, Any],
) -> list[LocalizationRecord]:
    aurocs = dict(zip(rows.tolist(), record_aurocs(points).tolist(), strict=True))
    dice: dict[int, float] = {}
    alarms: dict[int, float] = {}
    if overlap["normals"]:
        threshold = overlap["normals"][0]["threshold"]
        dice = dict(zip(rows.tolist(), record_dice(points, threshold).tolist(), strict=True))
        false = confusion(points, threshold)[1]
        outside = [len(record.negative) for record in points.records]
        alarms = {int(row): count / of for row, count, of in zip(rows, false, outside, strict=True) if of}
    mapped = set(rows.tolist())
    hit = {int(row): bool(one) for row, one, record in zip(rows, hits, points.records, strict=True)
           if len(record.positive)}
    return [
        {
            "id": case.id, "has_lesion": case.has_lesion, "kind": " + ".join(case.kinds),
            "auroc": _known(aurocs.get(row)), "dice": _known(dice.get(row)) if case.has_lesion else None,
            "false_alarms": _known(alarms.get(row)), "hit": hit.get(row),
            "lesion_share": float(own.masks[row].mean()), "score": _known(own.scored[row].score),
            "reason": _reason(own.scored[row], row in mapped, case.has_lesion and _known(aurocs.get(row)) is None),
        }
        for row, case in enumerate(cases)
    ]


def _reason(scored: ScoredCase, is_mapped: bool, lacks_auroc: bool) -> str:
    """Why a record is in no figure, or in none of records with a lesion; empty where it is in all of its kind."""
    if not is_mapped:
        return scored.reason or NO_MAP
    return NOT_IN_MAP if lacks_auroc else ""


def _seeds(
    scorers: Sequence[WindowScorer], cases: Sequence[LocalizationCase], first: PointSet, step: _Counter
) -> Seeds:
    sets = [first]
    for scorer in scorers[1:]:
        found = localize(scorer, cases, step)
        sets.append(point_set(found.maps[found.mapped], found.masks[found.mapped]))
    return seed_summary(scorers, [
        {
            "pooled_auroc": points.auroc(), "record_auroc": float(np.nanmean(record_aurocs(points))),
            "average_precision": points.average_precision(),
        }
        for points in sets
    ])


def _against(
    against: MappingMethod, cases: Sequence[LocalizationCase], own: LocalizedSet, step: _Counter
) -> LocalizationAgainst:
    other = localize(against, cases, step)
    if other.rate_hz != own.rate_hz:
        raise DatasetError(
            f"{against.name} works at {other.rate_hz:g} Hz and the model at {own.rate_hz:g} Hz; their maps have no "
            "points in common."
        )
    rows = other.mapped
    if not len(rows):
        raise DatasetError(f"{against.name} could map none of the {len(cases)} recordings. {other.scored[0].reason}")
    points = point_set(other.maps[rows], other.masks[rows])
    return {
        "model": _describe(against),
        "localization": localization_metrics(points),
        "kinds": _kinds(cases, points, rows),
        "comparison": compare_localization(*common_points(own.maps, other.maps, own.masks)),
    }


def _known(value: float | None) -> float | None:
    return None if value is None or not np.isfinite(value) else value

"""Localization: whether a map (12 leads x samples) is high where the lesion is, with intervals by record bootstrap.

Maps are (n, 12, samples) float32, higher meaning less normal, NaN where not assessed; masks the same shape, True on
points of a lesion. The benchmark's figure is `pooled_auroc` of maps that went through `benchmark_maps`. Point
adjustment (counting a whole lesion as found because one of its points is) is never used: it favours random scores.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mmae_core.errors import DatasetError
from mmae_core.metrics.array_checks import binary, map_points, one_each, rate
from mmae_core.metrics.detection import BOOTSTRAP_ROUNDS, BOOTSTRAP_SEED, MIN_FOR_INTERVAL, thin
from mmae_core.metrics.points import PointSet, RecordPoints, exact_auroc, interval, record_weights
from mmae_core.record import FloatArray
from mmae_core.report_schema import Curves, LocalizationFigures, OverlapFigures, PointingGame
from mmae_core.scipy_parts import gaussian_filter1d, maximum_filter1d

CROP_S = 0.2
"""Cut from both ends of a record before anything is measured: samples 100..4900 of 5000 at 500 Hz (ECGAD)."""
SMOOTHING_S = 0.030
"""Standard deviation of the Gaussian along time: 15 samples at 500 Hz (ECGAD)."""
POINTING_MARGIN_S = 0.050
"""A highest point within this time of a lesion in the same lead still counts as a hit."""
NORMAL_LEVELS = (0.95, 0.99, 0.999)
"""Shares of the normals' points below the thresholds fixed on normals."""
NORMALS_STEP = 5
"""Every fifth point of normals is used for the thresholds: enough after smoothing over 30 ms."""

Masks = NDArray[np.bool_]


def benchmark_maps(maps: FloatArray, rate_hz: float) -> FloatArray:
    """Crop both ends, then smooth along time, as the benchmark's code does (reflecting at the ends of the crop).

    NaN stays NaN and is ignored by its neighbours (weights are renormalised). Raises DatasetError for maps that are no
    finite numbers, or that nothing is left of.
    """
    cropped = crop(map_points(maps, "Maps"), rate_hz)
    sigma = SMOOTHING_S * rate_hz
    known = np.isfinite(cropped)
    smoothed = gaussian_filter1d(np.where(known, cropped, 0.0).astype(np.float32), sigma, axis=-1, mode="reflect")
    if not known.all():
        weight = gaussian_filter1d(known.astype(np.float32), sigma, axis=-1, mode="reflect")
        smoothed = np.where(known, smoothed / np.where(known, weight, 1.0), np.nan)
    result: FloatArray = smoothed.astype(np.float32)
    return result


def crop(values: NDArray[Any], rate_hz: float) -> NDArray[Any]:
    """Without `CROP_S` at both ends of the last axis. Raises DatasetError if nothing is left."""
    cut = round(CROP_S * rate(rate_hz))
    if not values.ndim or values.shape[-1] <= 2 * cut:
        raise DatasetError(f"Maps of shape {values.shape} at {rate_hz:g} Hz end within {CROP_S:g} s of both ends; "
                           "nothing is left to measure.")
    return values[..., cut : values.shape[-1] - cut]


def point_set(maps: FloatArray, masks: Masks) -> PointSet:
    """The assessed points of n records. Raises DatasetError unless maps and masks are of one shape."""
    one_each(masks, "Masks", len(maps))  # type: ignore[arg-type]  # arrays have a length too
    return PointSet([RecordPoints.of(scores, mask) for scores, mask in zip(maps, masks, strict=True)])


def localization_metrics(
    points: PointSet, rounds: int = BOOTSTRAP_ROUNDS, seed: int = BOOTSTRAP_SEED
) -> LocalizationFigures:
    """Pooled AUROC, mean of the records' AUROCs, average precision and its chance level.

    With fewer than `MIN_FOR_INTERVAL` records with a lesion the intervals are None and `no_interval` says why.
    """
    auroc, precision = points.auroc(), points.average_precision()
    own = record_aurocs(points)
    n_with_lesion = int(with_lesion(points).sum())
    figures: LocalizationFigures = {
        "pooled_auroc": auroc, "pooled_auroc_ci95": None,
        "record_auroc": _mean(own), "record_auroc_ci95": None,
        "average_precision": precision, "average_precision_ci95": None,
        "chance_level": len(points.positive) / max(points.n_points, 1),
        "n_records": len(points.records), "n_with_lesion": n_with_lesion, "n_points": points.n_points,
    }
    if n_with_lesion < MIN_FOR_INTERVAL:
        figures["no_interval"] = too_few_lesions(n_with_lesion)
        return figures
    weights = record_weights(len(points.records), rounds, seed)
    (binned_auroc,), (binned_precision,) = points.areas()
    auroc_samples, precision_samples = points.areas(weights)
    figures |= {
        "pooled_auroc_ci95": interval(auroc_samples, auroc - binned_auroc),
        "record_auroc_ci95": interval(_weighted_mean(own, weights)),
        "average_precision_ci95": interval(precision_samples, precision - binned_precision),
    }
    return figures


def with_lesion(points: PointSet) -> NDArray[np.bool_]:
    """(n,) whether the record has an assessed point in a lesion."""
    return np.array([len(record.positive) > 0 for record in points.records], bool)


def too_few_lesions(count: int) -> str:
    """Why there is no interval over so many records with a lesion."""
    return f"{count} records with a lesion; an interval needs at least {MIN_FOR_INTERVAL}"


def record_aurocs(points: PointSet) -> NDArray[np.float64]:
    """(n,) AUROC within each record; NaN where it has no lesion, or nothing but lesion."""
    return np.array([exact_auroc(record.positive, record.negative) for record in points.records])


def compare_localization(
    points: PointSet, against: PointSet, rounds: int = BOOTSTRAP_ROUNDS, seed: int = BOOTSTRAP_SEED
) -> dict[str, dict[str, Any]]:
    """Differences of two methods on the same points of the same records, by paired bootstrap.

    Both sets must be of the points that both methods assessed (see `common_points`). `p_value` is two-sided, from the
    share of samples in which the difference has the other sign, and never below 2 / (rounds + 1). With fewer than
    `MIN_FOR_INTERVAL` records with a lesion there is neither interval nor p. Raises DatasetError for sets of other
    points.
    """
    sizes = [[(len(one.positive), len(one.negative)) for one in found.records] for found in (points, against)]
    if sizes[0] != sizes[1]:
        raise DatasetError("Two methods are compared on the same points of the same records; these sets differ. Make "
                           "them with common_points.")
    enough = int(with_lesion(points).sum()) >= MIN_FOR_INTERVAL
    weights = record_weights(len(points.records), rounds, seed)
    exact = [(found.auroc(), found.average_precision()) for found in (points, against)]
    binned = [tuple(float(value[0]) for value in found.areas()) for found in (points, against)]
    samples = [found.areas(weights) for found in (points, against)]
    result: dict[str, dict[str, Any]] = {}
    for place, name in enumerate(("pooled_auroc", "average_precision")):
        shift = [whole[place] - part[place] for whole, part in zip(exact, binned, strict=True)]
        difference = (samples[0][place] + shift[0]) - (samples[1][place] + shift[1])
        result[name] = _difference(exact[0][place], exact[1][place], difference if enough else None)
    own, other = record_aurocs(points), record_aurocs(against)
    paired = _weighted_mean(own - other, weights) if enough else None
    result["record_auroc"] = _difference(_mean(own), _mean(other), paired)
    return result


def common_points(maps: FloatArray, against: FloatArray, masks: Masks) -> tuple[PointSet, PointSet]:
    """Two methods' points where both have a value; records without any are left out of both.

    Raises DatasetError for arrays of other shapes than (n, 12, samples), or if no point is common.
    """
    maps, against = map_points(maps, "Maps", 3), map_points(against, "Maps to compare with", 3)
    if maps.shape != against.shape:
        raise DatasetError(f"Maps of shape {maps.shape} and {against.shape} have no points in common.")
    masks = binary(masks, "Masks", maps.shape)
    both = np.isfinite(maps) & np.isfinite(against)
    rows = np.flatnonzero(both.any(axis=(1, 2)))
    first, second = (
        [RecordPoints.of(np.where(both[row], found[row], np.nan).astype(np.float32), masks[row]) for row in rows]
        for found in (maps, against)
    )
    return PointSet(first), PointSet(second)


def lead_auroc(
    maps: FloatArray, masks: Masks, rounds: int = BOOTSTRAP_ROUNDS, seed: int = BOOTSTRAP_SEED
) -> tuple[float, list[float] | None]:
    """AUROC of a lead's highest point against whether the lead holds a lesion, and its interval, None with fewer than
    `MIN_FOR_INTERVAL` records with a lesion."""
    maps = map_points(maps, "Maps", 3)
    masks = binary(masks, "Masks", maps.shape)
    known = np.isfinite(maps)
    highest = np.where(known, maps, -np.inf).max(axis=2)
    highest[~known.any(axis=2)] = np.nan
    leads = point_set(highest.astype(np.float32), np.asarray((masks & known).any(axis=2)))
    if int(with_lesion(leads).sum()) < MIN_FOR_INTERVAL:
        return leads.auroc(), None
    samples, _ = leads.areas(record_weights(len(maps), rounds, seed))
    return leads.auroc(), interval(samples)


def pointing_game(
    maps: FloatArray, masks: Masks, rate_hz: float, rounds: int = BOOTSTRAP_ROUNDS, seed: int = BOOTSTRAP_SEED
) -> tuple[PointingGame, NDArray[np.bool_]]:
    """How often the highest point of a record with a lesion lies in one, widened by 50 ms in time; (n,) which hit.

    Of several equally high points the first counts. Records without a lesion cannot hit and do not count.
    """
    maps = map_points(maps, "Maps", 3)
    masks = binary(masks, "Masks", maps.shape)
    rate(rate_hz)
    width = 2 * round(POINTING_MARGIN_S * rate_hz) + 1
    widened = maximum_filter1d(masks.view(np.uint8), width, axis=-1, mode="constant").view(bool)
    known = np.isfinite(maps)
    flat = np.where(known, maps, -np.inf).reshape(len(maps), -1)
    hits = widened.reshape(len(maps), -1)[np.arange(len(maps)), flat.argmax(axis=1)]
    chance = (widened & known).sum(axis=(1, 2)) / np.maximum(known.sum(axis=(1, 2)), 1)
    counted = np.asarray((masks & known).any(axis=(1, 2)))
    n_counted = int(counted.sum())
    bounds = None
    if n_counted >= MIN_FOR_INTERVAL:
        bounds = interval(_weighted_mean(hits[counted].astype(float), record_weights(n_counted, rounds, seed)))
    return {
        "share": _mean(hits[counted].astype(float)), "share_ci95": bounds, "chance": _mean(chance[counted]),
        "n_hits": int(hits[counted].sum()), "n_records": n_counted,
    }, np.asarray(hits)


def overlap_metrics(
    points: PointSet, threshold: float, rounds: int = BOOTSTRAP_ROUNDS, seed: int = BOOTSTRAP_SEED
) -> OverlapFigures:
    """Dice and intersection over union of the points at or above a threshold with those of lesions, pooled."""
    if not np.isfinite(threshold):
        raise DatasetError(f"A threshold of {threshold} marks nothing or everything; expected a finite number.")
    true, false, missed = confusion(points, threshold)
    total = true.sum(), false.sum(), missed.sum()
    value = float(_dice(*map(np.asarray, total)))
    of_lesions = with_lesion(points)
    figures: OverlapFigures = {
        "threshold": float(threshold), "dice": value, "dice_ci95": None, "iou": value / (2 - value), "iou_ci95": None,
        "record_dice": _mean(record_dice(points, threshold)[of_lesions]),
    }
    if of_lesions.sum() >= MIN_FOR_INTERVAL:
        weights = record_weights(len(points.records), rounds, seed)
        dice = _dice(*(weights @ np.stack([true, false, missed], axis=1)).T)
        figures |= {"dice_ci95": interval(dice), "iou_ci95": interval(dice / (2 - dice))}
    return figures


def record_dice(points: PointSet, threshold: float) -> NDArray[np.float64]:
    """(n,) Dice of each record; NaN where it has neither a lesion nor a point at the threshold."""
    return _dice(*confusion(points, threshold))


def best_threshold(points: PointSet) -> float:
    """The threshold with the highest pooled Dice on these very labels, among 2048 at even ranks; an upper bound, since
    it uses the labels."""
    positive, negative = (counts.sum(axis=0)[::-1].cumsum()[::-1] for counts in points.counts)
    dice = _dice(positive, negative, len(points.positive) - positive)[1:]  # the lowest bin begins nowhere
    return float(points.edges[int(np.nanargmax(dice))])


def normal_thresholds(
    maps: Iterable[FloatArray], levels: Sequence[float] = NORMAL_LEVELS
) -> tuple[tuple[float, ...], int]:
    """Quantiles of the points of normal records' maps, and the number of records; raises ValueError without any, or for
    levels outside 0..1."""
    if not all(0 <= level <= 1 for level in levels):
        raise ValueError(f"levels are shares of 0 to 1; found {', '.join(map(str, levels))}")
    thinned = [record[..., ::NORMALS_STEP] for record in maps]
    known = [record[np.isfinite(record)] for record in thinned]
    pooled = np.concatenate(known) if known else np.empty(0, np.float32)
    if not len(pooled):
        raise ValueError("no point of a normal record was assessed")
    return tuple(float(value) for value in np.quantile(pooled, levels)), sum(bool(len(points)) for points in known)


def localization_curves(points: PointSet) -> Curves:
    """ROC and precision-recall curve over the bins of all points, thinned for plotting."""
    positive, negative = (counts.sum(axis=0)[::-1].cumsum() for counts in points.counts)
    recall, false_rate = positive / positive[-1], negative / negative[-1]
    some = positive + negative > 0
    precision = positive[some] / (positive + negative)[some]
    start = np.zeros(1)
    return {
        "roc": thin(np.concatenate((start, false_rate)), np.concatenate((start, recall)), 200),
        "pr": thin(recall[some], precision, 200),
    }


def confusion(points: PointSet, threshold: float) -> tuple[NDArray[np.float64], ...]:
    """(n,) true, false and missed points of each record at or above a threshold."""
    level = np.float32(threshold)
    true, false = (
        np.array([len(values) - np.searchsorted(values, level, side="left") for values in kind], float)
        for kind in zip(*((record.positive, record.negative) for record in points.records), strict=True)
    )
    missed = np.array([len(record.positive) for record in points.records]) - true
    return true, false, missed


def _dice(
    true: NDArray[np.float64], false: NDArray[np.float64], missed: NDArray[np.float64]
) -> NDArray[np.float64]:
    with np.errstate(invalid="ignore"):
        return np.asarray(2 * true / (2 * true + false + missed))


def _mean(values: NDArray[np.float64]) -> float:
    known = values[np.isfinite(values)]
    return float(known.mean()) if len(known) else float("nan")


def _weighted_mean(values: NDArray[np.float64], weights: NDArray[np.float64]) -> NDArray[np.float64]:
    """(rounds,) means of the values that are known, in samples of records."""
    known = np.isfinite(values)
    with np.errstate(invalid="ignore"):
        return np.asarray((weights @ np.where(known, values, 0.0)) / (weights @ known))


def _difference(value: float, against: float, samples: NDArray[np.float64] | None) -> dict[str, Any]:
    if samples is None:
        return {"value": value, "against": against, "difference": value - against, "difference_ci95": None,
                "p_value": None}
    known = samples[np.isfinite(samples)]
    rarity_margin = min(int((known <= 0).sum()), int((known >= 0).sum()))
    return {
        "value": value, "against": against, "difference": value - against, "difference_ci95": interval(samples),
        "p_value": min(1.0, 2 * (rarity_margin + 1) / (len(known) + 1)),
    }

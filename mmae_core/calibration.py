"""What scores mean: their distribution among normal ECGs, percentiles and split-conformal p-values.

The cohort must not have been trained on. All comparisons are with records of one window each.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mmae_core.errors import ModelMismatch
from mmae_core.record import FloatArray

POINT_LEVELS = np.concatenate([np.linspace(0, 98, 99), np.linspace(99, 99.8, 9), np.linspace(99.9, 100, 11)])
"""Percentiles at which the distribution of point scores is kept, finer towards the top."""
SEGMENT_LEVELS = np.array([1, 5, 25, 50, 75, 90, 95, 98, 99, 99.5, 100.0])

ARRAYS = ("record_scores", "lead_scores", "lead_peaks", "point_quantiles", "segment_quantiles")


@dataclass(frozen=True)
class Calibration:
    """Scores of a cohort of normal records, each array sorted along its last axis."""

    cohort: str
    """Who the normals are, in words fit for the user."""
    record_scores: FloatArray
    """(n,) score of each record."""
    lead_scores: FloatArray
    """(12, n) score of each lead."""
    lead_peaks: FloatArray
    """(12, n) highest point of each lead's map."""
    point_quantiles: FloatArray
    """(12, len(POINT_LEVELS)) of all points of all records in a lead."""
    segment_quantiles: FloatArray
    """(12, 40, len(SEGMENT_LEVELS)) of the mean score of a lead in a segment."""

    @property
    def n_records(self) -> int:
        return len(self.record_scores)

    def record_percentile(self, score: float) -> float:
        """Share of normals, 0..100, that score lower; NaN for NaN."""
        return _share_below(self.record_scores, score)

    def p_value(self, score: float) -> float:
        """Split-conformal p: (1 + normals scoring at least as high) / (normals + 1); NaN for NaN."""
        if np.isnan(score):
            return float("nan")
        at_least = self.n_records - _count_below(self.record_scores, score)
        return (1 + at_least) / (self.n_records + 1)

    def lead_percentile(self, lead: int, score: float) -> float:
        """Share of normals, 0..100, whose mean score in the lead (an index) is lower."""
        return _share_below(self.lead_scores[lead], score)

    def peak_percentile(self, lead: int, peak: float) -> float:
        """Share of normals, 0..100, whose strongest point in the lead is weaker."""
        return _share_below(self.lead_peaks[lead], peak)

    def point_percentiles(self, scores: FloatArray) -> FloatArray:
        """Percentiles of points (12, samples) among all points of normals in the same lead; NaN stays NaN."""
        percentiles = np.full(scores.shape, np.nan, np.float32)
        for row, quantiles, lead in zip(percentiles, self.point_quantiles, scores, strict=True):
            known = np.isfinite(lead)
            row[known] = np.interp(lead[known], quantiles, POINT_LEVELS)
        return percentiles

    def peak_percentiles(self, scores: FloatArray) -> FloatArray:
        """For points (12, samples): share of normals, 0..100, whose strongest point in the lead is weaker."""
        percentiles = np.full(scores.shape, np.nan, np.float32)
        for row, peaks, lead in zip(percentiles, self.lead_peaks, scores, strict=True):
            known = np.isfinite(lead)
            row[known] = np.searchsorted(peaks, lead[known], side="left") * (100.0 / len(peaks))
        return percentiles

    def to_dict(self) -> dict[str, Any]:
        """A form for JSON that gives the same numbers back."""
        arrays = {name: _shortest(getattr(self, name)) for name in ARRAYS}
        return {"cohort": self.cohort, "point_levels": POINT_LEVELS.tolist(),
                "segment_levels": SEGMENT_LEVELS.tolist(), **arrays}

    @classmethod
    def from_dict(cls, values: dict[str, Any]) -> Calibration:
        """The inverse of `to_dict`. Raises ModelMismatch if anything is missing or of the wrong shape."""
        try:
            arrays = {name: np.asarray(values[name], np.float32) for name in ARRAYS}
            levels_match = np.allclose(values["point_levels"], POINT_LEVELS) and np.allclose(
                values["segment_levels"], SEGMENT_LEVELS
            )
            cohort = str(values["cohort"])
        except (KeyError, TypeError, ValueError) as error:
            raise ModelMismatch(f"The model's calibration is incomplete or damaged: {error!r}.") from error
        sound = all(np.isfinite(array).all() and (np.diff(array) >= 0).all() for array in arrays.values() if array.ndim)
        if not (levels_match and _shapes_match(arrays) and sound):
            raise ModelMismatch("The model's calibration is damaged: levels, shapes or numbers are not as expected.")
        return cls(cohort=cohort, **arrays)


def build_calibration(
    cohort: str,
    record_scores: NDArray[np.float64],
    lead_scores: NDArray[np.float64],
    point_maps: FloatArray,
    segment_scores: FloatArray,
) -> Calibration:
    """Summarise a cohort: scores (n,), (n, 12), maps (n, 12, samples) and (n, 12, 40), NaN where not assessed."""
    usable = np.isfinite(record_scores) & np.isfinite(lead_scores).all(axis=1)
    if usable.sum() < 2:
        raise ModelMismatch(
            f"Only {int(usable.sum())} normal records could be assessed in every lead; calibration needs at least 2."
        )
    never = ~np.isfinite(segment_scores[usable]).any(axis=0)
    if never.any():
        lead, segment = np.argwhere(never)[0]
        raise ModelMismatch(
            f"No normal record could be assessed in segment {segment} of lead {lead + 1}; calibration needs more "
            "records."
        )
    points = point_maps[usable].transpose(1, 0, 2)
    return Calibration(
        cohort=cohort,
        record_scores=np.sort(record_scores[usable]).astype(np.float32),
        lead_scores=np.sort(lead_scores[usable].T, axis=1).astype(np.float32),
        lead_peaks=np.sort(np.nanmax(points, axis=2), axis=1).astype(np.float32),
        point_quantiles=np.stack([np.nanpercentile(lead, POINT_LEVELS) for lead in points]).astype(np.float32),
        segment_quantiles=np.nanpercentile(segment_scores[usable], SEGMENT_LEVELS, axis=0)
        .transpose(1, 2, 0).astype(np.float32),
    )


def _shapes_match(arrays: dict[str, FloatArray]) -> bool:
    """Whether all arrays are of one cohort of at least one record and of the same leads."""
    shapes = {name: array.shape for name, array in arrays.items()}
    if len(shapes["record_scores"]) != 1 or len(shapes["lead_scores"]) != 2 or len(shapes["segment_quantiles"]) != 3:
        return False
    n_records, n_leads = shapes["record_scores"][0], shapes["lead_scores"][0]
    n_segments = shapes["segment_quantiles"][1]
    return n_records > 0 and shapes == {
        "record_scores": (n_records,), "lead_scores": (n_leads, n_records), "lead_peaks": (n_leads, n_records),
        "point_quantiles": (n_leads, len(POINT_LEVELS)),
        "segment_quantiles": (n_leads, n_segments, len(SEGMENT_LEVELS)),
    }


def _share_below(ordered: FloatArray, score: float) -> float:
    if np.isnan(score):
        return float("nan")
    return 100.0 * _count_below(ordered, score) / len(ordered)


def _count_below(ordered: FloatArray, score: float) -> int:
    """How many are lower; in float32, as they are kept, so that a record of the cohort ties with itself."""
    return int(np.searchsorted(ordered, np.float32(score), side="left"))


def _shortest(array: FloatArray) -> Any:
    """Nested lists of the shortest numbers that are the same in float32."""
    numbers = np.array([float(str(value)) for value in array.ravel()], np.float64)
    return numbers.reshape(array.shape).tolist()

"""What scores mean: their distribution among normal ECGs, percentiles and split-conformal p-values.

The cohort must not have been trained on. All comparisons are with records of one window each.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mmae_core.errors import ModelMismatch
from mmae_core.files import JSON_FAULTS
from mmae_core.metrics.streamed_percentiles import streamed_percentiles
from mmae_core.record import FloatArray
from mmae_core.scoring.normal_windows import WindowBlock, WindowBlocks
from mmae_core.scoring.phase_levels import PhaseNormals, build_phase_normals, lead_z_scores, window_levels
from mmae_core.scoring.phases import Codes

POINT_LEVELS = np.concatenate([np.linspace(0, 98, 99), np.linspace(99, 99.8, 9), np.linspace(99.9, 100, 11)])
"""Percentiles at which the distribution of point scores is kept, finer towards the top."""
SEGMENT_LEVELS = np.array([1, 5, 25, 50, 75, 90, 95, 98, 99, 99.5, 100.0])

LARGEST_SCORE = 1e9
"""The strongest point of normal ECGs is about 100."""

FORMAT = 2
"""Of the saved form. Version 1, without phases of the beat, can be read too."""
ARRAYS = ("record_scores", "lead_scores", "lead_peaks", "point_quantiles", "segment_quantiles")


@dataclass(frozen=True)
class CohortCalibration:
    """Scores of a cohort of normal records, each array sorted along its last axis."""

    cohort: str
    """Who the normals are, as shown to the user."""
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
    phases: PhaseNormals | None = None
    """Normals phase by phase; None for models calibrated before there were phases."""

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

    def phase_percentiles(
        self, scores: FloatArray, phases: Codes, rate_hz: float, lead_scores: NDArray[np.float64]
    ) -> FloatArray:
        """Share of normal windows, 0..100, without anything as strong in any lead at any phase of the beat.

        For points (12, samples) of one window with phase codes (samples,) and scores (12,) of its leads; NaN stays NaN.
        All points of one phase of one beat in a lead have one percentile. Without normals phase by phase it is that of
        `peak_percentiles`: the share of normals whose strongest point in the lead is weaker.
        """
        if self.phases is None:
            return self.peak_percentiles(scores)
        levels = window_levels(scores, phases, rate_hz, self.phases.floors)
        by_run = self.phases.percentiles(levels, lead_z_scores(self.lead_scores, lead_scores))
        lengths = [run.end - run.start for run in levels.runs]
        found: FloatArray = np.where(np.isfinite(scores), np.repeat(by_run, lengths, axis=1), np.nan).astype(np.float32)
        return found

    def to_dict(self) -> dict[str, Any]:
        """Values for JSON, from which `from_dict` restores the same numbers."""
        arrays = {name: _shortest(getattr(self, name)) for name in ARRAYS}
        values = {"cohort": self.cohort, "point_levels": POINT_LEVELS.tolist(),
                  "segment_levels": SEGMENT_LEVELS.tolist(), **arrays}
        return values if self.phases is None else {"format": FORMAT, **values, "phases": self.phases.to_dict()}

    @classmethod
    def from_dict(cls, values: dict[str, Any]) -> CohortCalibration:
        """The inverse of `to_dict`. Raises ModelMismatch if anything is missing or of the wrong shape."""
        try:
            with np.errstate(over="ignore"):  # what is too large is refused below
                arrays = {name: np.asarray(values[name], np.float32) for name in ARRAYS}
            levels_match = np.allclose(values["point_levels"], POINT_LEVELS) and np.allclose(
                values["segment_levels"], SEGMENT_LEVELS
            )
            cohort, version = str(values["cohort"]), values.get("format", 1)
        except JSON_FAULTS as error:
            raise ModelMismatch(f"The model's calibration is incomplete or damaged: {error!r}.") from error
        sound = all((np.abs(array) < LARGEST_SCORE).all() and (np.diff(array) >= 0).all()
                    for array in arrays.values() if array.ndim)
        if not (levels_match and _shapes_match(arrays) and sound):
            raise ModelMismatch("The model's calibration is damaged: levels, shapes or numbers are not as expected.")
        if version not in (1, FORMAT):
            raise ModelMismatch(f"The model's calibration is of format {version!r}; this program reads 1 and {FORMAT}.")
        phases = PhaseNormals.from_dict(values.get("phases"), len(arrays["lead_scores"])) if version == FORMAT else None
        return cls(cohort=cohort, **arrays, phases=phases)


def build_calibration(
    cohort: str,
    record_scores: NDArray[np.float64],
    lead_scores: NDArray[np.float64],
    point_maps: FloatArray,
    segment_scores: FloatArray,
    phases: NDArray[np.int8] | None = None,
    map_rate_hz: float = 100.0,
) -> CohortCalibration:
    """Summarise a cohort in memory: scores (n,), (n, 12), maps (n, 12, samples) and (n, 12, 40), NaN where not
    assessed.

    With phase codes (n, samples) of the maps, at `map_rate_hz`, points are compared phase by phase.
    """
    usable = usable_rows(record_scores, lead_scores)
    block = WindowBlock(point_maps[usable], segment_scores[usable], None if phases is None else phases[usable])
    return calibration_of(cohort, record_scores[usable], lead_scores[usable], lambda: (block,), map_rate_hz)


def usable_rows(record_scores: NDArray[np.float64], lead_scores: NDArray[np.float64]) -> NDArray[np.bool_]:
    """(n,) the records that can calibrate: those with a score in every lead."""
    return np.asarray(np.isfinite(record_scores) & np.isfinite(lead_scores).all(axis=1))


def calibration_of(
    cohort: str, record_scores: NDArray[np.float64], lead_scores: NDArray[np.float64], windows: WindowBlocks,
    map_rate_hz: float = 100.0,
) -> CohortCalibration:
    """Summarise a cohort of any size from blocks of its windows: scores (n,) and (n, 12), all finite.

    Blocks are gone through several times and never held together; what is kept of a record is a few hundred bytes.
    Raises ModelMismatch for fewer than two records, or a segment that was assessed in none.
    """
    if len(record_scores) < 2:
        raise ModelMismatch(
            f"Only {len(record_scores)} normal records could be assessed in every lead; calibration needs at least 2."
        )
    segment_quantiles = _segment_quantiles(windows, lead_scores.shape[1])
    has_phases = True
    peaks = []
    for block in windows():
        has_phases = has_phases and block.phases is not None
        peaks.append(np.nanmax(block.points, axis=2))
    lead_peaks = np.concatenate(peaks)
    points = streamed_percentiles(
        lambda: (block.points.transpose(1, 0, 2).reshape(lead_scores.shape[1], -1) for block in windows()),
        POINT_LEVELS)
    return CohortCalibration(
        cohort=cohort,
        record_scores=np.sort(record_scores).astype(np.float32),
        lead_scores=np.sort(lead_scores.T, axis=1).astype(np.float32),
        lead_peaks=np.sort(lead_peaks.T, axis=1).astype(np.float32),
        point_quantiles=points.astype(np.float32),
        segment_quantiles=segment_quantiles,
        phases=build_phase_normals(windows, lead_peaks, lead_scores, map_rate_hz) if has_phases else None,
    )


def _segment_quantiles(windows: WindowBlocks, n_leads: int) -> FloatArray:
    """(12, 40, len(SEGMENT_LEVELS)), lead by lead."""
    found = []
    for lead in range(n_leads):
        segments = np.concatenate([block.segments[:, lead] for block in windows()])
        never = ~np.isfinite(segments).any(axis=0)
        if never.any():
            raise ModelMismatch(
                f"No normal record could be assessed in segment {int(np.argmax(never))} of lead {lead + 1}; "
                "calibration needs more records."
            )
        found.append(np.nanpercentile(segments, SEGMENT_LEVELS, axis=0).T)
    return np.stack(found).astype(np.float32)


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
    """How many values are lower. Compared in float32, as they are saved, so that a record of the cohort ties with
    itself."""
    return int(np.searchsorted(ordered, np.float32(score), side="left"))


def _shortest(array: FloatArray) -> Any:
    """Nested lists of the shortest numbers that are the same in float32."""
    numbers = np.array([float(str(value)) for value in array.ravel()], np.float64)
    return numbers.reshape(array.shape).tolist()

"""Scores many short records with one model, for calibration and evaluation."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from mmae_core.config import ScoreConfig
from mmae_core.errors import DatasetError, EcgError
from mmae_core.readers import read_record
from mmae_core.record import FloatArray
from mmae_core.scoring.aggregate import SegmentErrors, branch_scores, combine_branches, smooth
from mmae_core.scoring.amplitude import amplitude_departures, amplitude_profiles
from mmae_core.scoring.assessor import MAP_STEP, Assessor, window_phases, without_ends
from mmae_core.scoring.beat_part import BeatShapes, beat_part, beat_shapes, fit_beats
from mmae_core.scoring.calibration import CohortCalibration, build_calibration
from mmae_core.scoring.departure_part import departure_part, fit_measurements, measured_vectors
from mmae_core.scoring.fusion import Fusion, PartScores, fit_fusion
from mmae_core.scoring.preprocess import ModelInput, prepare
from mmae_core.scoring.scored_windows import ScoredWindows
from mmae_core.scoring.unmasked_parts import departures_part

BATCH_RECORDS = 8
MIN_FITTED = 2

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class CohortErrors:
    """Errors of the first window of n records."""

    paths: tuple[Path, ...]
    """The records that could be scored."""
    left_out: tuple[tuple[str, str], ...]
    """(record, reason)"""
    errors: SegmentErrors
    """Of n windows."""
    assessable: NDArray[np.bool_]
    """(n, 12, 40)"""
    segments: FloatArray
    """(n, 12, 40) with the model's own weights and error space."""
    points: FloatArray
    """(n, 12, 1000) smoothed map at 100 Hz; empty (n, 12, 0) unless asked for."""
    phases: NDArray[np.int8]
    """(n, 1000) phase of the beat of each point; empty (n, 0) unless points were asked for."""
    records: NDArray[np.float64]
    """(n,) the model's own scores."""
    leads: NDArray[np.float64]
    """(n, 12) the same of each lead."""

    def scores(
        self, score: ScoreConfig, weights: tuple[float, float]
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Scores (n,) of records and (n, 12) of leads with given weights of the global and the local branch.

        Where one branch has no score the other stands alone, as in an assessment; but a branch of weight 0 is never
        used.
        """
        counts = (self.errors.global_counts, self.errors.local_counts)
        branches = self.errors.branches(score.error_space, score.relative_floor)
        (global_records, global_leads), (local_records, local_leads) = (
            branch_scores(errors, count, self.assessable, score.pooling)
            for errors, count in zip(branches, counts, strict=True)
        )
        if 0 in weights:
            return (global_records, global_leads) if weights[0] else (local_records, local_leads)
        return (
            combine_branches(global_records, local_records, weights),
            combine_branches(global_leads, local_leads, weights),
        )


def cohort_errors(
    assessor: Assessor, paths: Sequence[Path], *, with_points: bool = False, progress: Progress | None = None
) -> CohortErrors:
    """Score the first window of every record. A record that cannot be read or assessed is left out and named.

    Raises DatasetError if none remains.
    """
    kept: list[Path] = []
    left_out: list[tuple[str, str]] = []
    parts: list[ScoredWindows] = []
    points: list[FloatArray] = []
    phases: list[NDArray[np.int8]] = []
    pending: list[ModelInput] = []
    rate_hz = assessor.model.config.preprocess.sampling_rate_hz

    def flush() -> None:
        if pending:
            scored = assessor.score_windows(pending, with_maps=with_points, with_segments=True)
            maps = scored.points if with_points else scored.points[:, :, :0]
            points.append(without_ends(maps, pending, rate_hz)[:, :, ::MAP_STEP].copy())
            n_points = points[-1].shape[2]
            phases.extend(window_phases(item, rate_hz / MAP_STEP, n_points) for item in pending)
            parts.append(_without_maps(scored))
            pending.clear()

    for done, path in enumerate(paths, start=1):
        try:
            pending.append(prepare(read_record(path), assessor.model.config.preprocess))
        except EcgError as error:
            left_out.append((path.stem, str(error)))
        else:
            kept.append(path)
        if len(pending) == BATCH_RECORDS:
            flush()
        if progress:
            progress(done, len(paths))
    flush()
    if not parts:
        reasons = "; ".join(reason for _, reason in left_out[:3])
        raise DatasetError(f"None of the {len(paths)} records could be scored. {reasons}")
    errors = [part.errors for part in parts if part.errors is not None]  # all: the masked passes were asked for
    return CohortErrors(
        paths=tuple(kept),
        left_out=tuple(left_out),
        errors=SegmentErrors(
            global_branch=np.concatenate([part.global_branch for part in errors]),
            local_branch=np.concatenate([part.local_branch for part in errors]),
            variance=np.concatenate([part.variance for part in errors]),
            global_counts=errors[0].global_counts,
            local_counts=errors[0].local_counts,
        ),
        assessable=np.concatenate([part.assessable for part in parts]),
        segments=np.concatenate([part.segments for part in parts]),
        points=np.concatenate(points),
        phases=np.stack(phases),
        records=np.concatenate([part.scores for part in parts]),
        leads=np.concatenate([part.lead_scores for part in parts]),
    )


def calibrate(
    assessor: Assessor, paths: Sequence[Path], cohort: str, progress: Progress | None = None
) -> tuple[CohortCalibration, tuple[tuple[str, str], ...]]:
    """Calibration on normal records that were not trained on, and the records left out with their reasons."""
    errors = cohort_errors(assessor, paths, with_points=True, progress=progress)
    map_rate_hz = assessor.model.config.preprocess.sampling_rate_hz / MAP_STEP
    calibration = build_calibration(
        cohort, errors.records, errors.leads, errors.points, errors.segments, errors.phases, map_rate_hz
    )
    return calibration, errors.left_out


def fit_parts(
    assessor: Assessor, paths: Sequence[Path], fitted_on: str, progress: Progress | None = None
) -> Fusion:
    """Means and spreads of the parts of a model's score among the normals it was trained on.

    Records that cannot be read or assessed are left out. Raises DatasetError if fewer than two remain.
    """
    records: dict[str, list[NDArray[np.float64]]] = {}
    leads: dict[str, list[NDArray[np.float64]]] = {}
    peaks: dict[str, list[FloatArray]] = {}
    profiles: list[FloatArray] = []
    shapes: list[BeatShapes] = []
    vectors: list[NDArray[np.float64]] = []
    wanted = assessor.model.config.score.parts
    sigma = assessor.model.config.score.smoothing_sigma_samples
    for first in range(0, len(paths), BATCH_RECORDS):
        inputs = _readable(paths[first : first + BATCH_RECORDS], assessor)
        if inputs:
            scored = assessor.score_windows(inputs, with_segments=True)
            profiles.append(amplitude_profiles(inputs))
            if "beat" in wanted:
                shapes.append(beat_shapes(inputs))
            if "departures" in wanted:
                vectors.append(measured_vectors(inputs))
            for name, part in scored.parts.items():
                records.setdefault(name, []).append(part.records)
                leads.setdefault(name, []).append(part.leads)
            for name, points in scored.part_maps.items():
                peaks.setdefault(name, []).append(_highest(smooth(points, sigma)))
        if progress:
            progress(min(first + BATCH_RECORDS, len(paths)), len(paths))
    profile = np.concatenate(profiles) if profiles else np.empty((0, 12, 6), np.float32)
    if len(profile) < MIN_FITTED:
        raise DatasetError(f"Of {len(paths)} normal records {len(profile)} can be scored; means and spreads of the "
                           f"parts of a score need at least {MIN_FITTED}.")
    amplitude = np.stack([np.nanmean(profile, axis=0), np.nanstd(profile, axis=0)]).astype(np.float32)
    parts = {name: PartScores(np.concatenate(records[name]), np.concatenate(leads[name])) for name in records}
    parts["amplitude"] = departures_part(amplitude_departures(profile, amplitude[0], amplitude[1]))
    beat = measurements = None
    if "beat" in wanted:
        joined = BeatShapes(np.concatenate([found.values for found in shapes]),
                            np.concatenate([found.rr_s for found in shapes]))
        beat = fit_beats(joined)
        parts["beat"] = beat_part(joined, beat)
    if "departures" in wanted:
        measurements = fit_measurements(np.concatenate(vectors))
        parts["departures"] = departure_part(np.concatenate(vectors), measurements)
    map_peaks = {name: np.nanmedian(np.concatenate(values), axis=0) for name, values in peaks.items()}
    return fit_fusion(fitted_on, parts, map_peaks, amplitude, beat, measurements)


def _readable(paths: Sequence[Path], assessor: Assessor) -> list[ModelInput]:
    inputs = []
    for path in paths:
        with suppress(EcgError):  # left out, as from training
            inputs.append(prepare(read_record(path), assessor.model.config.preprocess))
    return inputs


def _highest(points: FloatArray) -> FloatArray:
    """(N, 12) of (N, 12, samples); NaN where a lead was not assessed."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # of leads that are NaN throughout, which stay NaN
        highest: FloatArray = np.nanmax(points, axis=2)
    return highest


def _without_maps(scored: ScoredWindows) -> ScoredWindows:
    """The same without the large arrays, so that thousands fit into memory."""
    empty = scored.points[:, :, :0].copy()
    values = {**scored.__dict__, "inputs": (), "points": empty, "expected": empty, "part_maps": {}}
    return ScoredWindows(**values)

"""Turns squared errors into scores of a window, its leads, its segments and its samples."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from torch import Tensor

from mmae_core.config import ErrorSpace, ModelConfig, Pooling, ScoreConfig
from mmae_core.model.network import from_segments
from mmae_core.record import FloatArray
from mmae_core.scipy_parts import oaconvolve
from mmae_core.scoring.masked_passes import WindowErrors

FloatType = TypeVar("FloatType", np.float32, np.float64)

LOG_FLOOR = 1e-4
"""Added to an error before its logarithm is taken; errors of segments lie between about 0.01 and 10."""


@dataclass(frozen=True)
class SegmentErrors:
    """Mean squared error of each lead in each segment of N windows: all that detection needs."""

    global_branch: FloatArray
    """(N, 12, 40) on standardised targets; NaN where not scored."""
    local_branch: FloatArray
    variance: FloatArray
    """(N, 12, 40) standard deviations that the targets were divided by."""
    global_counts: NDArray[np.int64]
    """(40,) number of passes that scored each segment."""
    local_counts: NDArray[np.int64]

    @property
    def is_finite(self) -> NDArray[np.bool_]:
        """(N,) False where the network or the device gave numbers that are not finite."""
        known = [np.isfinite(branch[:, :, counts > 0]).all(axis=(1, 2)) for branch, counts in (
            (self.global_branch, self.global_counts), (self.local_branch, self.local_counts))]
        return np.asarray(known[0] & known[1] & np.isfinite(self.variance).all(axis=(1, 2)))

    def branches(self, space: ErrorSpace, floor: float) -> tuple[FloatArray, FloatArray]:
        """(N, 12, 40) errors of the global and the local branch in the given space."""
        factor: FloatArray | float = 1.0
        if space == "signal":
            factor = self.variance
        elif space == "relative":
            factor = self.variance / (self.variance + floor)
        return self.global_branch * factor, self.local_branch * factor


def segment_errors(errors: WindowErrors, config: ModelConfig) -> SegmentErrors:
    """Average over the samples of each lead's part of a segment."""

    def by_lead(values: Tensor) -> FloatArray:
        parts = values.view(*values.shape[:-1], config.n_leads, config.segment_length)
        array: FloatArray = parts.mean(dim=-1).transpose(1, 2).float().cpu().numpy()
        return array

    return SegmentErrors(
        global_branch=by_lead(errors.global_branch.squared),
        local_branch=by_lead(errors.local_branch.squared),
        variance=by_lead(errors.variance),
        global_counts=errors.global_branch.counts.cpu().numpy(),
        local_counts=errors.local_branch.counts.cpu().numpy(),
    )


def branch_weights(model: ModelConfig, score: ScoreConfig) -> tuple[float, float]:
    """Weights of the two branches, summing to 1; by default as many as masked segments (the paper's plain sum)."""
    weight_global, weight_local = score.branch_weights or (model.n_masked_global, model.n_masked_local)
    total = weight_global + weight_local
    return weight_global / total, weight_local / total


def branch_scores(
    errors: FloatArray, counts: NDArray[np.int64], assessable: NDArray[np.bool_], pooling: Pooling = "mean"
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Scores (N,) of windows and (N, 12) of leads from one branch's errors (N, 12, 40).

    Each segment is weighted by how often it was scored; with `mean` that is exactly eq. 1 of the paper, also for random
    masks. `log` takes the geometric mean. Leads and segments outside `assessable` (N, 12, 40) are left out; a window
    or lead without any is NaN.
    """
    weights = assessable * counts[None, None, :]
    terms = np.where(weights > 0, errors, 0.0).astype(np.float64)
    if pooling == "log":
        terms = np.log(terms + LOG_FLOOR)
    weighted = terms * weights
    with np.errstate(invalid="ignore"):
        windows = weighted.sum(axis=(1, 2)) / weights.sum(axis=(1, 2))
        leads = weighted.sum(axis=2) / weights.sum(axis=2)
    return (np.exp(windows), np.exp(leads)) if pooling == "log" else (windows, leads)


def segment_scores(errors: SegmentErrors, model: ModelConfig, score: ScoreConfig) -> FloatArray:
    """(N, 12, 40) weighted mean of both branches; one alone where the other has no score; NaN where neither has."""
    global_errors, local_errors = errors.branches(score.error_space, score.relative_floor)
    return combine_branches(global_errors, local_errors, branch_weights(model, score)).astype(np.float32)


def point_scores(
    errors: WindowErrors, assessable: NDArray[np.bool_], model: ModelConfig, score: ScoreConfig
) -> FloatArray:
    """(N, 12, 5000) smoothed point scores; NaN outside `assessable` (N, 12, 5000) and where nothing was scored."""
    combined = combine_branches(*branch_points(errors, model, score), branch_weights(model, score))
    return smooth(np.where(assessable, combined, np.nan).astype(np.float32), score.smoothing_sigma_samples)


def branch_points(errors: WindowErrors, model: ModelConfig, score: ScoreConfig) -> tuple[FloatArray, FloatArray]:
    """(N, 12, 5000) errors of the global and of the local branch in the map's error space; NaN where not scored."""
    space, floor = score.map_error_space, score.map_relative_floor
    global_points, local_points = (
        from_segments(errors.in_space(branch, space, floor), model).float().cpu().numpy()
        for branch in (errors.global_branch, errors.local_branch)
    )
    return global_points, local_points


def smooth(scores: FloatArray, sigma: float) -> FloatArray:
    """Gaussian smoothing along the last axis; NaN stays NaN and is ignored by its neighbours (weights are
    renormalised)."""
    if sigma == 0:
        return scores
    known = np.isfinite(scores)
    blurred = _gaussian(np.where(known, scores, np.float32(0.0)), sigma)
    if not known.all():
        incomplete = ~known.all(axis=-1)
        weight = np.ones(known.shape, np.float32)
        weight[incomplete] = _gaussian(known[incomplete].astype(np.float32), sigma)
        blurred = np.where(known, blurred / np.where(known, weight, 1.0), np.nan)
    smoothed: FloatArray = blurred.astype(np.float32)
    return smoothed


def _gaussian(values: FloatArray, sigma: float) -> FloatArray:
    """Convolution with a Gaussian of 4 sigma along the last axis, ends held; by FFT, four times faster than directly.

    The result is clipped at 0, because rounding may leave slightly negative values.
    """
    reach = int(4 * sigma + 0.5)
    kernel = np.exp(-0.5 * (np.arange(-reach, reach + 1) / sigma) ** 2)
    kernel = (kernel / kernel.sum()).astype(np.float32)
    padded = np.pad(values, [(0, 0)] * (values.ndim - 1) + [(reach, reach)], mode="edge")
    blurred: FloatArray = oaconvolve(padded, np.broadcast_to(kernel, (1,) * (values.ndim - 1) + kernel.shape),
                                     mode="valid", axes=-1)
    return np.maximum(blurred, 0.0)


def expected_scaled(errors: WindowErrors, config: ModelConfig) -> FloatArray | None:
    """(N, 12, 5000) the model's mean reconstruction in the scaled signal's unit; None if it was not requested."""
    if errors.expected is None:
        return None
    expected: FloatArray = from_segments(errors.expected, config).float().cpu().numpy()
    return expected


def segments_assessable(assessable: NDArray[np.bool_], config: ModelConfig) -> NDArray[np.bool_]:
    """(N, 12, 40) True where every sample of the lead's segment is, from (N, 12, 5000)."""
    n = len(assessable)
    by_segment = assessable.reshape(n, config.n_leads, config.n_segments, -1)
    return np.asarray(by_segment.all(axis=-1))


def combine_branches(
    global_errors: NDArray[FloatType], local_errors: NDArray[FloatType], weights: tuple[float, float]
) -> NDArray[FloatType]:
    """Weighted mean of both branches, of any shape; where one is NaN (never scored), the other alone."""
    weight_global, weight_local = weights
    both = weight_global * global_errors + weight_local * local_errors
    one_branch = np.where(np.isnan(local_errors), global_errors, local_errors)
    missing = np.isnan(local_errors) | np.isnan(global_errors)
    return np.where(missing, one_branch, both)

"""Masked passes over a window and their reconstruction errors (paper, section 3.4).

Three ways to run the 36 passes give the same numbers: one after the other as in the paper, all in one batch, and with
each segment embedded once (`Passes`). The product uses the last; `mmae_core benchmark` compares it with the others.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import torch
from torch import Tensor

from mmae_core.config import ErrorSpace, ModelConfig
from mmae_core.model.masking import BranchMask, PassPlan
from mmae_core.model.network import MaskedAutoencoder, standardise_targets, to_segments

Passes = Literal["shared", "batched", "literal"]


@dataclass(frozen=True)
class BranchErrors:
    """Squared errors of one branch on standardised targets, averaged over the passes that masked a segment."""

    squared: Tensor
    """[N, 40, 1500]; NaN in segments that no pass masked."""
    counts: Tensor
    """[40] how many passes masked each segment."""


@dataclass(frozen=True)
class WindowErrors:
    """Errors of all passes over N windows."""

    global_branch: BranchErrors
    local_branch: BranchErrors
    variance: Tensor
    """[N, 40, 1500] factor from squared errors on standardised targets to squared errors of the signal."""
    expected: Tensor | None
    """[N, 40, 1500] the mean prediction, in the scaled signal's own unit; NaN where nothing was predicted; None unless
    requested."""

    def in_space(self, branch: BranchErrors, space: ErrorSpace, floor: float) -> Tensor:
        """[N, 40, 1500] squared errors of a branch in the given space (see `ScoreConfig.error_space`)."""
        if space == "normalised":
            return branch.squared
        if space == "signal":
            return branch.squared * self.variance
        return branch.squared * (self.variance / (self.variance + floor))


@dataclass(frozen=True)
class PassPredictions:
    """Reconstructions of every pass over N windows, in the scaled signal's unit."""

    global_masked: Tensor
    """[P, 10] segments that each of P passes masked in the window."""
    local_masked: Tensor
    """[P, 1] the segment masked in its local region, numbered in the window."""
    global_values: Tensor
    """[N, P, 10, 1500]"""
    local_values: Tensor
    """[N, P, 1, 1500]"""


def pass_predictions(network: MaskedAutoencoder, windows: Tensor, plan: PassPlan) -> PassPredictions:
    """Run every masked pass over windows [N, 12, 5000] and keep the reconstructions, at each segment's own mean and
    spread (the network predicts neither)."""
    config = network.config
    segments = to_segments(windows, config)
    masked = plan.global_mask.masked, plan.region_starts[:, None] + plan.local_mask.masked
    with torch.inference_mode():
        _, variance = standardise_targets(segments, config)
        spread, offset = variance.sqrt(), _offset(segments, config)
        restored = [
            predicted * spread[:, indices] + offset[:, indices]
            for predicted, indices in zip(_predict_shared(network, segments, plan), masked, strict=True)
        ]
    return PassPredictions(*masked, *restored)


def window_errors(
    network: MaskedAutoencoder, windows: Tensor, plan: PassPlan, passes: Passes = "shared", *,
    with_expected: bool = False,
) -> WindowErrors:
    """Run every masked pass over windows [N, 12, 5000]."""
    config = network.config
    segments = to_segments(windows, config)  # [N, 40, 1500]
    with torch.inference_mode():
        predicted_global, predicted_local = _PREDICT[passes](network, segments, plan)
        targets, variance = standardise_targets(segments, config)
        masked_global = plan.global_mask.masked  # [P, 10]
        masked_local = plan.region_starts[:, None] + plan.local_mask.masked  # [P, 1]
        global_branch = _branch_errors(targets, predicted_global, masked_global)
        local_branch = _branch_errors(targets, predicted_local, masked_local)
        expected = None
        if with_expected:
            expected = _expected(segments, variance, config, (predicted_global, predicted_local),
                                 (masked_global, masked_local))
    return WindowErrors(global_branch, local_branch, variance, expected)


def _predict_shared(network: MaskedAutoencoder, segments: Tensor, plan: PassPlan) -> tuple[Tensor, Tensor]:
    """Predictions [N, P, 10, 1500] and [N, P, 1, 1500]; each segment is embedded once."""
    n, n_passes = len(segments), len(plan.region_starts)
    embedded = network.embed(segments)  # [N, 40, D]
    local_segments = plan.region_starts[:, None] + plan.local_mask.visible
    predicted = network.reconstruct(
        embedded[:, plan.global_mask.visible].flatten(0, 1),  # [N * P, 30, D]
        embedded[:, local_segments].flatten(0, 1),
        _repeat(plan.global_mask, n), _repeat(plan.local_mask, n), plan.region_starts.repeat(n),
    )
    return _by_window(predicted[0], n, n_passes), _by_window(predicted[1], n, n_passes)


def _predict_batched(network: MaskedAutoencoder, segments: Tensor, plan: PassPlan) -> tuple[Tensor, Tensor]:
    """All passes in one batch, each embedding its visible segments."""
    n, n_passes = len(segments), len(plan.region_starts)
    local_segments = plan.region_starts[:, None] + plan.local_mask.visible
    predicted = network(
        segments[:, plan.global_mask.visible].flatten(0, 1), segments[:, local_segments].flatten(0, 1),
        _repeat(plan.global_mask, n), _repeat(plan.local_mask, n), plan.region_starts.repeat(n),
    )
    return _by_window(predicted[0], n, n_passes), _by_window(predicted[1], n, n_passes)


def _predict_literal(network: MaskedAutoencoder, segments: Tensor, plan: PassPlan) -> tuple[Tensor, Tensor]:
    """One pass after the other, as the paper's algorithm is written."""
    n = len(segments)
    predictions = []
    for index, region_start in enumerate(plan.region_starts.tolist()):
        global_mask, local_mask = (
            BranchMask(mask.masked[index : index + 1].expand(n, -1), mask.visible[index : index + 1].expand(n, -1))
            for mask in (plan.global_mask, plan.local_mask)
        )
        predictions.append(network(
            segments[:, global_mask.visible[0]], segments[:, region_start + local_mask.visible[0]],
            global_mask, local_mask, plan.region_starts[index].expand(n),
        ))
    return (
        torch.stack([pair[0] for pair in predictions], dim=1),
        torch.stack([pair[1] for pair in predictions], dim=1),
    )


_PREDICT: dict[Passes, Callable[[MaskedAutoencoder, Tensor, PassPlan], tuple[Tensor, Tensor]]] = {
    "shared": _predict_shared, "batched": _predict_batched, "literal": _predict_literal,
}


def _branch_errors(targets: Tensor, predicted: Tensor, masked: Tensor) -> BranchErrors:
    """targets [N, 40, 1500], predicted [N, P, m, 1500] of segments masked [P, m]."""
    flat = masked.flatten()
    squared = (predicted.flatten(1, 2) - targets[:, flat]).square()  # [N, P * m, 1500]
    sums = torch.zeros_like(targets).index_add_(1, flat, squared)
    counts = torch.bincount(flat, minlength=targets.shape[1])
    return BranchErrors(sums / counts[:, None], counts)  # 0 / 0 = NaN: never scored


def _expected(
    segments: Tensor,
    variance: Tensor,
    config: ModelConfig,
    predictions: tuple[Tensor, Tensor],
    masked: tuple[Tensor, Tensor],
) -> Tensor:
    """Mean of all predictions of a segment, rescaled to that segment's own mean and spread."""
    flat = torch.cat([indices.flatten() for indices in masked])
    predicted = torch.cat([prediction.flatten(1, 2) for prediction in predictions], dim=1)
    sums = torch.zeros_like(segments).index_add_(1, flat, predicted)
    mean_prediction: Tensor = sums / torch.bincount(flat, minlength=segments.shape[1])[:, None]
    expected: Tensor = mean_prediction * variance.sqrt() + _offset(segments, config)
    return expected


def _offset(segments: Tensor, config: ModelConfig) -> Tensor:
    """[N, 40, 1500] the mean that `standardise_targets` subtracts."""
    if config.target_norm == "none":
        return torch.zeros_like(segments)
    groups = config.n_leads if config.target_norm == "lead" else 1
    parts = segments.view(*segments.shape[:-1], groups, -1)
    return parts.mean(dim=-1, keepdim=True).expand_as(parts).reshape(segments.shape)


def _by_window(predicted: Tensor, n: int, n_passes: int) -> Tensor:
    """[N * P, m, 1500] to [N, P, m, 1500]."""
    return predicted.view(n, n_passes, *predicted.shape[1:])


def _repeat(mask: BranchMask, n: int) -> BranchMask:
    """The plan's rows once for each of n windows, windows outermost."""
    return BranchMask(mask.masked.repeat(n, 1), mask.visible.repeat(n, 1))

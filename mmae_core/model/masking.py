"""Which segments a pass hides: random in training, complementary when scoring.

Indices, not boolean masks: `masked` lists what is removed, `visible` what the encoder sees. Global indices count
segments of the window, local ones segments within the region.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from mmae_core.config import Masks, ModelConfig


@dataclass(frozen=True)
class BranchMask:
    """Masked and visible segments of one branch, int64."""

    masked: Tensor
    """(n, n_masked), ascending within a row."""
    visible: Tensor
    """(n, n_segments - n_masked), ascending within a row."""

    def to(self, device: torch.device | str) -> BranchMask:
        return BranchMask(self.masked.to(device), self.visible.to(device))


@dataclass(frozen=True)
class PassPlan:
    """All masked passes over one window, n_regions * n_passes of them, regions outermost."""

    region_starts: Tensor
    """(n,) first segment of the local region of each pass."""
    global_mask: BranchMask
    local_mask: BranchMask


def random_branch_mask(n_rows: int, n_segments: int, n_masked: int, generator: torch.Generator) -> BranchMask:
    """An independent uniform choice of `n_masked` of `n_segments` for each row."""
    order = torch.rand(n_rows, n_segments, generator=generator).argsort(dim=1)
    return BranchMask(
        masked=order[:, :n_masked].sort(dim=1).values,
        visible=order[:, n_masked:].sort(dim=1).values,
    )


def tied_global_mask(local: BranchMask, outside: BranchMask, region_starts: Tensor, model: ModelConfig) -> BranchMask:
    """The window's mask that agrees with the region's: `local` there, `outside` in the segments before and after it.

    `outside` counts the n_segments - region_length segments that are not in the region; region_starts: (n,).
    """
    first = region_starts[:, None]

    def in_window(inside: Tensor, others: Tensor) -> Tensor:
        shifted = torch.where(others < first, others, others + model.region_length)
        return torch.cat([first + inside, shifted], dim=1).sort(dim=1).values

    return BranchMask(in_window(local.masked, outside.masked), in_window(local.visible, outside.visible))


def concatenated_counts(model: ModelConfig, generator: torch.Generator) -> tuple[int, int]:
    """How many segments of the window and of the region one mask over both together hides.

    Given these numbers the mask is uniform within each branch, so that drawing them first changes nothing.
    """
    total = model.n_masked_global + model.n_masked_local
    chosen = torch.randperm(model.n_global + model.n_local, generator=generator)[:total]
    n_local = int((chosen >= model.n_global).sum())
    return total - n_local, n_local


def complementary_branch_mask(n_passes: int, n_segments: int, n_masked: int, order: NDArray[np.int64]) -> BranchMask:
    """Passes that take turns through `order`, so that every segment is masked equally often.

    With n_passes * n_masked = n_segments the passes partition the segments (model.md, section 6); otherwise the
    counts of two segments differ by one at most.
    """
    masked = order[np.arange(n_passes * n_masked).reshape(n_passes, n_masked) % n_segments]
    masked = np.sort(masked, axis=1)
    everything = np.arange(n_segments)
    visible = np.stack([np.setdiff1d(everything, row) for row in masked])
    return BranchMask(torch.from_numpy(masked), torch.from_numpy(visible))


def plan_passes(model: ModelConfig, n_passes: int, masks: Masks, seed: int) -> PassPlan:
    """The masked passes over one window: `n_passes` for each of the model's regions."""
    shuffle = np.random.default_rng(seed)
    generator = torch.Generator().manual_seed(seed)
    branches: tuple[list[BranchMask], list[BranchMask]] = ([], [])
    sizes = (global_choice(model), (model.n_local, model.n_masked_local))
    for _ in model.region_starts:
        for branch, (n_segments, n_masked) in zip(branches, sizes, strict=True):
            if masks == "complementary":
                order = shuffle.permutation(n_segments)
                branch.append(complementary_branch_mask(n_passes, n_segments, n_masked, order))
            else:
                branch.append(random_branch_mask(n_passes, n_segments, n_masked, generator))
    region_starts = torch.tensor(model.region_starts).repeat_interleave(n_passes)
    global_mask, local_mask = _stack(branches[0]), _stack(branches[1])
    if model.local_masks == "tied":
        global_mask = tied_global_mask(local_mask, global_mask, region_starts, model)
    return PassPlan(region_starts, global_mask, local_mask)


def global_choice(model: ModelConfig) -> tuple[int, int]:
    """How many segments the global mask is drawn from, and how many it hides; if tied, outside the region alone."""
    if model.local_masks == "tied":
        return model.n_global - model.n_local, model.n_masked_global - model.n_masked_local
    return model.n_global, model.n_masked_global


def _stack(parts: list[BranchMask]) -> BranchMask:
    return BranchMask(torch.cat([part.masked for part in parts]), torch.cat([part.visible for part in parts]))

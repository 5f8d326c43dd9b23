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
    sizes = ((model.n_segments, model.n_masked_global), (model.region_length, model.n_masked_local))
    for _ in model.region_starts:
        for branch, (n_segments, n_masked) in zip(branches, sizes, strict=True):
            if masks == "complementary":
                order = shuffle.permutation(n_segments)
                branch.append(complementary_branch_mask(n_passes, n_segments, n_masked, order))
            else:
                branch.append(random_branch_mask(n_passes, n_segments, n_masked, generator))
    return PassPlan(
        region_starts=torch.tensor(model.region_starts).repeat_interleave(n_passes),
        global_mask=_stack(branches[0]),
        local_mask=_stack(branches[1]),
    )


def _stack(parts: list[BranchMask]) -> BranchMask:
    return BranchMask(torch.cat([part.masked for part in parts]), torch.cat([part.visible for part in parts]))

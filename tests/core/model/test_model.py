from __future__ import annotations

from collections.abc import Callable

import pytest
import torch
from torch import Tensor
from torch.utils.flop_counter import FlopCounterMode

from mmae_core.config import Config, ModelConfig
from mmae_core.model.masking import BranchMask, random_branch_mask
from mmae_core.model.network import (
    MaskedAutoencoder,
    count_macs,
    count_parameters,
    from_segments,
    standardise_targets,
    to_segments,
)

PAPER = ModelConfig()


def network_of(config: ModelConfig, seed: int = 0) -> MaskedAutoencoder:
    network = MaskedAutoencoder(config)
    network.initialise(torch.Generator().manual_seed(seed))
    return network.eval().requires_grad_(False)


def masks_of(config: ModelConfig, n: int, seed: int = 0) -> tuple[BranchMask, BranchMask]:
    generator = torch.Generator().manual_seed(seed)
    return (
        random_branch_mask(n, config.n_segments, config.n_masked_global, generator),
        random_branch_mask(n, config.region_length, config.n_masked_local, generator),
    )


def predict(
    network: MaskedAutoencoder, segments: Tensor, start: int, masks: tuple[BranchMask, BranchMask]
) -> tuple[Tensor, Tensor]:
    """Predictions of masked segments of windows [N, segments, values] and of the region from `start` on."""
    rows = torch.arange(len(segments))[:, None]
    return network(segments[rows, masks[0].visible], segments[rows, start + masks[1].visible], *masks)


@pytest.fixture(scope="module")
def tiny(tiny_config: Callable[..., Config]) -> ModelConfig:
    return tiny_config().model


@pytest.fixture(scope="module")
def segments(tiny: ModelConfig) -> Tensor:
    return torch.randn(3, tiny.n_segments, tiny.token_size, generator=torch.Generator().manual_seed(1))


def test_it_has_the_papers_parameters() -> None:
    assert count_parameters(MaskedAutoencoder(PAPER)) == (397_916, 403_740)


def test_one_pass_costs_the_papers_multiplications() -> None:
    assert round(count_macs(PAPER) / 1e9, 3) == 0.016
    assert 36 * round(count_macs(PAPER) / 1e9, 3) == pytest.approx(0.576)


def test_counted_multiplications_are_those_of_a_real_pass() -> None:
    network = network_of(PAPER)
    segments = torch.randn(1, 40, 1500)
    with FlopCounterMode(display=False) as counter:
        predict(network, segments, 5, masks_of(PAPER, 1))
    assert count_macs(PAPER, n_embedded=33, n_predicted=11) == counter.get_total_flops() / 2


def test_a_token_is_one_segment_of_all_leads_lead_by_lead() -> None:
    windows = torch.arange(2 * 12 * 5000.0).view(2, 12, 5000)
    tokens = to_segments(windows, PAPER)
    assert tokens.shape == (2, 40, 1500)
    assert torch.equal(tokens[1, 7, 3 * 125 : 4 * 125], windows[1, 3, 7 * 125 : 8 * 125])
    assert torch.equal(from_segments(tokens, PAPER), windows)


def test_a_stretch_of_a_longer_signal_can_be_cut_into_tokens() -> None:
    long = torch.randn(1, 12, 7000)
    assert torch.equal(to_segments(long[:, :, 1000:6000], PAPER), to_segments(long[:, :, 1000:6000].clone(), PAPER))


def test_targets_are_standardised_in_each_lead_by_the_unbiased_variance() -> None:
    tokens = torch.randn(2, 40, 1500) * torch.linspace(0.1, 9, 12).repeat_interleave(125) + 5
    targets, variance = standardise_targets(tokens, PAPER)
    lead = slice(4 * 125, 5 * 125)
    expected_variance = tokens[1, 8, lead].var(unbiased=True) + 1e-6
    torch.testing.assert_close(variance[1, 8, lead], expected_variance.expand(125))
    torch.testing.assert_close(
        targets[1, 8, lead], (tokens[1, 8, lead] - tokens[1, 8, lead].mean()) / expected_variance.sqrt()
    )


def test_joint_targets_are_standardised_over_all_leads_of_a_segment() -> None:
    tokens = torch.randn(2, 40, 1500) * 3 + torch.linspace(-1, 1, 12).repeat_interleave(125)
    targets, variance = standardise_targets(tokens, ModelConfig(target_norm="joint"))
    expected_variance = tokens[1, 8].var(unbiased=True) + 1e-6
    torch.testing.assert_close(variance[1, 8], expected_variance.expand(1500))
    torch.testing.assert_close(targets[1, 8], (tokens[1, 8] - tokens[1, 8].mean()) / expected_variance.sqrt())
    untouched, ones = standardise_targets(tokens, ModelConfig(target_norm="none"))
    assert torch.equal(untouched, tokens)
    assert torch.equal(ones, torch.ones_like(tokens))


def test_a_silent_segment_has_a_finite_target() -> None:
    targets, _ = standardise_targets(torch.zeros(1, 40, 1500), PAPER)
    assert torch.equal(targets, torch.zeros(1, 40, 1500))


def test_predictions_do_not_see_what_is_masked(tiny: ModelConfig, segments: Tensor) -> None:
    """The one leak there is belongs to the method: a segment hidden from one branch may be seen in the other."""
    network, start = network_of(tiny), 5
    n = len(segments)
    region = torch.arange(start, start + tiny.region_length)
    hidden = start + 2  # hidden in both branches
    others = torch.tensor([segment for segment in range(tiny.n_segments) if segment not in region])
    global_masked = torch.cat([torch.tensor([hidden]), others[: tiny.n_masked_global - 1]]).sort().values
    visible = torch.tensor([s for s in range(tiny.n_segments) if s not in global_masked])
    masks = (
        BranchMask(global_masked.expand(n, -1), visible.expand(n, -1)),
        BranchMask(torch.tensor([2]).expand(n, -1), torch.tensor([0, 1, 3]).expand(n, -1)),
    )
    changed = segments.clone()
    changed[:, global_masked] = 99.0
    for before, after in zip(predict(network, segments, start, masks), predict(network, changed, start, masks),
                             strict=True):
        assert torch.equal(before, after)
    seen = segments.clone()
    seen[:, visible[0]] += 1.0
    assert not torch.equal(predict(network, segments, start, masks)[0], predict(network, seen, start, masks)[0])


def test_all_regions_share_the_local_positions(tiny: ModelConfig, segments: Tensor) -> None:
    """The same four segments, shown to the local branch from elsewhere in the window, give the same predictions."""
    network, masks = network_of(tiny), masks_of(tiny, len(segments))
    moved = segments.clone()
    moved[:, 13:17] = segments[:, 1:5]
    rows = torch.arange(len(segments))[:, None]
    seen_globally = segments[rows, masks[0].visible]
    first = network(seen_globally, segments[rows, 1 + masks[1].visible], *masks)
    later = network(seen_globally, moved[rows, 13 + masks[1].visible], *masks)
    assert torch.equal(first[1], later[1])
    assert network.positions.shape == (1 + tiny.n_segments + tiny.region_length, tiny.encoder_width)


def test_a_segment_shown_twice_is_told_apart_by_its_position(tiny: ModelConfig, segments: Tensor) -> None:
    network, masks = network_of(tiny), masks_of(tiny, len(segments))
    before = predict(network, segments, 5, masks)
    network.positions[1 + tiny.n_segments :] += 1.0  # local positions alone
    after = predict(network, segments, 5, masks)
    assert not torch.allclose(before[0], after[0])


def test_a_window_does_not_feel_its_neighbours_in_the_batch(tiny: ModelConfig, segments: Tensor) -> None:
    network, masks = network_of(tiny), masks_of(tiny, len(segments))
    together = predict(network, segments, 5, masks)
    order = torch.tensor([2, 0, 1])
    shuffled = predict(
        network, segments[order], 5, tuple(BranchMask(mask.masked[order], mask.visible[order]) for mask in masks)
    )
    for a, b in zip(together, shuffled, strict=True):
        torch.testing.assert_close(a[order], b, rtol=1e-5, atol=1e-6)


def test_the_start_is_drawn_as_decided() -> None:
    network = network_of(PAPER)
    for name, parameter in network.named_parameters():
        if "token" in name or "positions" in name:
            assert float(parameter.std()) == pytest.approx(0.02, rel=0.25), name
        elif parameter.ndim == 2:
            bound = (6 / sum(parameter.shape)) ** 0.5
            assert bound * 0.95 < float(parameter.abs().max()) <= bound, name
        else:
            assert (parameter == (1.0 if "norm.weight" in name else 0.0)).all(), name
    again, other = network_of(PAPER), network_of(PAPER, seed=1)
    assert torch.equal(network.embed.weight, again.embed.weight)
    assert not torch.equal(network.embed.weight, other.embed.weight)

"""TranAD's own: windows with their context, a window that does not see ahead, and who learns what."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from torch.nn import functional

from mmae_core.peers.base import PeerBatch
from mmae_core.peers.tranad import CONTEXT, WINDOW, TranAd, TranAdConfig, TranAdNetwork, _contexts

NO_PEAKS = (np.empty(0, np.int64),) * 2


def made_signal() -> torch.Tensor:
    return torch.rand(2, 12, 5000, generator=torch.Generator().manual_seed(1)) * 2 - 1


def test_windows_tile_the_record_and_a_context_ends_with_its_window() -> None:
    signal = made_signal()
    contexts = _contexts(signal)
    assert contexts.shape == (2, 100, CONTEXT, 12)
    slow = 0.5 + 0.5 * functional.avg_pool1d(signal, 5)
    torch.testing.assert_close(contexts[:, :, -WINDOW:].flatten(1, 2).transpose(1, 2), slow)
    torch.testing.assert_close(contexts[0, 7], slow[0, :, 30:80].T)
    torch.testing.assert_close(contexts[1, 0, : CONTEXT - WINDOW], slow[1, :, :1].T.expand(CONTEXT - WINDOW, 12))


def test_a_points_restoration_is_within_zero_and_one() -> None:
    network = TranAdNetwork(TranAdConfig())
    for restored in network(_contexts(made_signal())[0]):
        assert restored.shape == (100, WINDOW, 12)
        assert ((restored > 0) & (restored < 1)).all()


def test_within_a_window_no_point_attends_to_a_later_one() -> None:
    network = TranAdNetwork(TranAdConfig())
    window = torch.rand(1, WINDOW, 24, generator=torch.Generator().manual_seed(2))
    changed = window.clone()
    changed[:, 6:] += 1
    before, after = (network.window_attention(x, x, network.future) for x in (window, changed))
    torch.testing.assert_close(before[:, :6], after[:, :6])
    assert not torch.allclose(before[:, 6:], after[:, 6:])


def test_the_focus_changes_what_the_second_decoder_says() -> None:
    network = TranAdNetwork(TranAdConfig())
    _, second, focused = network(_contexts(made_signal())[0])
    assert not torch.allclose(second, focused)


@pytest.mark.parametrize(("steps_done", "weight"), [(0, 1.0), (30, 0.25)])
def test_the_second_decoder_contests_what_the_others_restore(steps_done: int, weight: float) -> None:
    """In stage n: 1/n first + (1 - 1/n) focused for the others, 1/n second - (1 - 1/n) focused for it."""
    peer = TranAd(TranAdConfig(stage_steps=10, windows_per_record=3), torch.device("cpu"))
    network = peer.network
    assert isinstance(network, TranAdNetwork)
    network.steps.fill_(steps_done)
    signal = made_signal()

    chosen = torch.randint(100, (2, 3), generator=torch.Generator().manual_seed(7))
    context = _contexts(signal)[torch.arange(2)[:, None], chosen].flatten(0, 1)
    first, second, focused = (functional.mse_loss(restored, context[:, -WINDOW:]) for restored in network(context))
    wanted_first, wanted_context = torch.autograd.grad(
        weight * first + (1 - weight) * focused,
        [network.decoder1[0][0].weight, network.context_attention.query.weight], retain_graph=True,
    )
    (wanted_second,) = torch.autograd.grad(
        weight * second - (1 - weight) * focused, [network.decoder2[0][0].weight]
    )

    peer.training_step(PeerBatch(signal, NO_PEAKS, torch.Generator().manual_seed(7)), peer.optimisers())
    torch.testing.assert_close(network.decoder1[0][0].weight.grad, wanted_first)
    torch.testing.assert_close(network.context_attention.query.weight.grad, wanted_context)
    torch.testing.assert_close(network.decoder2[0][0].weight.grad, wanted_second)
    assert int(network.steps) == steps_done + 1


def test_the_score_is_half_of_both_errors() -> None:
    peer = TranAd(TranAdConfig(), torch.device("cpu"))
    signal = made_signal()
    with torch.no_grad():
        scored = peer.score(signal, NO_PEAKS, with_maps=True)
        context = _contexts(signal)[1]
        first, _, focused = peer.network(context)
    window = context[:, -WINDOW:]
    wanted = 0.5 * (first - window).square() + 0.5 * (focused - window).square()
    assert scored.scores[1] == pytest.approx(float(wanted.mean()), rel=1e-5)
    assert scored.maps is not None
    np.testing.assert_allclose(scored.maps[1, 4, 120:125], np.full(5, float(wanted[2, 4, 4])), rtol=1e-5)

"""The Anomaly Transformer's own: the discrepancy of two associations, the game about it, and the criterion."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from mmae_core.errors import ConfigError
from mmae_core.peers.anomaly_transformer import (
    AnomalyTransformer,
    AnomalyTransformerConfig,
    AnomalyTransformerNetwork,
    _mean_discrepancy,
)
from mmae_core.peers.base import PeerBatch

TINY = AnomalyTransformerConfig(width=8, heads=2, layers=2)


@pytest.fixture
def peer() -> AnomalyTransformer:
    made = AnomalyTransformer(TINY, torch.device("cpu"))
    made.network.eval()
    return made


def associations(peer: AnomalyTransformer) -> list[tuple[torch.Tensor, torch.Tensor]]:
    windows = torch.randn(3, 12, 100, generator=torch.Generator().manual_seed(0))
    found: list[tuple[torch.Tensor, torch.Tensor]] = peer.network(windows)[1]
    return found


def test_both_associations_are_distributions_over_the_window(peer: AnomalyTransformer) -> None:
    for pair in associations(peer):
        for association in pair:
            assert association.shape == (3, 2, 100, 100)
            torch.testing.assert_close(association.sum(-1), torch.ones(3, 2, 100))


def test_the_prior_is_highest_at_the_point_itself_and_falls_with_distance(peer: AnomalyTransformer) -> None:
    for _, prior in associations(peer):
        row = prior[0, 0, 50]
        assert row.argmax() == 50
        assert (row[50:60].diff() <= 0).all()
        torch.testing.assert_close(row[40:50].flip(0), row[51:61])


def test_equal_associations_have_no_discrepancy_and_others_have_a_positive_one(peer: AnomalyTransformer) -> None:
    found = associations(peer)
    assert (_mean_discrepancy(found) > 0).all()
    assert (_mean_discrepancy([(prior, prior) for _, prior in found]) == 0).all()


def test_the_prior_is_drawn_to_the_attention_which_is_driven_away(peer: AnomalyTransformer) -> None:
    """Of the discrepancy's plain gradient the prior feels lambda times, the attention minus lambda times."""
    signal = torch.randn(2, 12, 5000, generator=torch.Generator().manual_seed(1))
    config = AnomalyTransformerConfig(width=8, heads=2, layers=1, discrepancy_weight=1e6)  # drowns the error
    peer = AnomalyTransformer(config, torch.device("cpu"))
    layer = peer.network.layers[0].attention  # type: ignore[index,union-attr]  # a list of layers
    parts = [layer.prior_width.bias, layer.qkv.bias]

    def gradients(sign: float) -> list[torch.Tensor]:
        windows = torch.nn.functional.avg_pool1d(signal, 5)[..., :100]
        return list(torch.autograd.grad(sign * _mean_discrepancy(peer.network(windows)[1]).mean(), parts))

    peer_batch = PeerBatch(signal[..., :500], (), torch.Generator())  # one place to draw a window from: its start
    played = torch.autograd.grad(peer.losses(peer_batch)["loss"], parts)
    for got, plain, sign in zip(played, gradients(1.0), (1, -1), strict=True):
        torch.testing.assert_close(got / 1e6, sign * plain, rtol=1e-3, atol=1e-5)


def test_the_loss_that_is_reported_is_the_error(peer: AnomalyTransformer) -> None:
    signal = torch.randn(2, 12, 5000, generator=torch.Generator().manual_seed(1))
    losses = peer.losses(PeerBatch(signal, (), torch.Generator().manual_seed(0)))
    assert float(losses["loss"].detach()) == pytest.approx(2 * float(losses["reconstruction"]))


def test_the_criterion_weighs_errors_by_discrepancy_within_each_window(peer: AnomalyTransformer) -> None:
    """The shares of a window's hundred points sum to one, so equal errors give a hundredth of themselves."""

    class Silent(AnomalyTransformerNetwork):
        def forward(self, windows: torch.Tensor) -> tuple[torch.Tensor, list[tuple[torch.Tensor, torch.Tensor]]]:
            return torch.zeros_like(windows), super().forward(windows)[1]

    peer.network = Silent(TINY)
    with torch.no_grad():
        scored = peer.score(torch.full((1, 12, 5000), 3.0), [np.empty(0, np.int64)], with_maps=True)
    assert scored.parts["reconstruction"][0] == pytest.approx(9.0)
    assert scored.scores[0] == pytest.approx(9.0 / 100, rel=1e-5)
    assert scored.maps is not None
    assert scored.maps.mean() == pytest.approx(scored.scores[0], rel=1e-5)
    seconds = scored.maps[0, 0].reshape(10, 500).sum(axis=1)
    np.testing.assert_allclose(seconds, 5 * 9.0, rtol=1e-5)


@pytest.mark.parametrize("values", [{"width": 10, "heads": 4}, {"width": 9, "heads": 3}, {"layers": 0}])
def test_sizes_that_make_no_network_are_refused(values: dict[str, int]) -> None:
    with pytest.raises(ConfigError, match="multiple of heads"):
        AnomalyTransformerConfig(**values)  # type: ignore[arg-type]  # whole numbers all

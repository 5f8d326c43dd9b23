"""BeatGAN's own: where beats lie, what is left out for want of them, and how the two networks are trained."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from mmae_core.peers.base import PeerBatch
from mmae_core.peers.beatgan import BEAT, BeatGan, BeatGanConfig

TINY = BeatGanConfig(channels=2, latent=4, beats_per_record=3, learning_rate=1e-2)
NO_PEAKS = np.empty(0, np.int64)


@pytest.fixture
def peer() -> BeatGan:
    made = BeatGan(TINY, torch.device("cpu"))
    made.network.eval()
    return made


def score(peer: BeatGan, signal: torch.Tensor, *peaks: int) -> np.ndarray:
    with torch.no_grad():
        maps = peer.score(signal, [np.array(peaks)], with_maps=True).maps
    assert maps is not None
    return maps[0]


def test_a_beat_needs_room_before_and_after_its_r_peak(peer: BeatGan) -> None:
    peaks = np.array([0, 195, 196, 2500, 4749, 4750, 4999])
    np.testing.assert_array_equal(peer.usable_r_peaks(peaks), [196, 2500, 4749])
    assert np.isfinite(score(peer, torch.zeros(1, 12, 5000), 196, 4749)).any()


def test_a_record_without_r_peaks_has_none_that_can_be_used(peer: BeatGan) -> None:
    assert BeatGan.needs_r_peaks
    assert len(peer.usable_r_peaks(NO_PEAKS)) == 0


def test_the_map_covers_beats_and_nothing_between_them(peer: BeatGan) -> None:
    assessed = np.isfinite(score(peer, torch.rand(1, 12, 5000), 1000, 2000, 4000))
    assert (assessed == assessed[0]).all()
    edges = np.flatnonzero(np.diff(assessed[0].astype(int))) + 1
    np.testing.assert_array_equal(edges, [804, 1252, 1804, 2252, 3804, 4252])
    assert np.ptp(edges[:2]) == 2 * BEAT


def test_overlapping_beats_are_averaged(peer: BeatGan) -> None:
    signal = torch.rand(1, 12, 5000, generator=torch.Generator().manual_seed(1))
    first, second, both = (score(peer, signal, *peaks) for peaks in ((1000,), (1100,), (1000, 1100)))
    overlap = slice(904, 1252)
    np.testing.assert_allclose(both[:, overlap], (first + second)[:, overlap] / 2, rtol=1e-5)
    np.testing.assert_allclose(both[:, 804:904], first[:, 804:904], rtol=1e-5)


def test_the_score_is_the_mean_error_of_the_beats(peer: BeatGan) -> None:
    signal = torch.rand(1, 12, 5000, generator=torch.Generator().manual_seed(2))
    with torch.no_grad():
        scored = peer.score(signal, [np.array([1000, 3000])], with_maps=True)
    assert scored.maps is not None
    assert scored.scores[0] == pytest.approx(np.nanmean(scored.maps), rel=1e-5)


def test_each_network_is_moved_by_its_own_optimiser_alone() -> None:
    peer = BeatGan(TINY, torch.device("cpu"))
    optimisers = peer.optimisers()
    assert set(optimisers) == {"generator", "discriminator"}
    optimisers["generator"].param_groups[0]["lr"] = 0.0
    before = {name: value.detach().clone() for name, value in peer.network.named_parameters()}
    signal = torch.rand(2, 12, 5000, generator=torch.Generator().manual_seed(3))
    peer.network.train()
    losses = peer.training_step(
        PeerBatch(signal, (np.array([1000]), np.array([2000, 3000])), torch.Generator().manual_seed(0)), optimisers
    )
    moved = {name for name, value in peer.network.named_parameters() if not torch.equal(value, before[name])}
    assert moved == {name for name in before if name.startswith("discriminator")}
    assert float(losses["loss"]) == pytest.approx(float(losses["reconstruction"] + losses["features"]))

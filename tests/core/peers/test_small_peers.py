"""BeatGAN, TranAD, Anomaly Transformer and TSL: what holds for each of them, on networks of a few thousand numbers.

The eight normal records of folds 1-8 that come with the tests are learnt by heart within a hundred steps, and the same
records with something planted in them must stand out.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
import torch
from numpy.typing import NDArray

from mmae_core.peers.base import Peer, PeerBatch, PeerConfig, PeerScores, peer_type
from mmae_core.peers.data import window_r_peaks
from mmae_core.readers import read_record
from mmae_core.scoring.preprocess import prepare

NAMES = ("beatgan", "tranad", "anomaly-transformer", "tsl")
STEPS = 40
TINY: dict[str, dict[str, float]] = {
    "beatgan": {"channels": 4, "latent": 16, "learning_rate": 5e-3, "beats_per_record": 4},
    "tranad": {"learning_rate": 1e-2, "windows_per_record": 8, "stage_steps": 1000},
    "anomaly-transformer": {"width": 16, "heads": 2, "layers": 1, "learning_rate": 1e-2, "windows_per_record": 1},
    "tsl": {"channels": 4, "small_scale_channels": 6, "learning_rate": 5e-3},
}


@dataclass(frozen=True)
class Trained:
    """A peer after a short training, and what it learnt from."""

    peer: Peer
    signal: torch.Tensor
    """[8, 12, 5000]"""
    r_peaks: tuple[NDArray[np.int64], ...]
    losses: list[float]
    """What each step restored wrongly, or its loss."""

    def score(self, signal: torch.Tensor, rows: slice = slice(None)) -> PeerScores:
        with torch.no_grad():
            return self.peer.score(signal, self.r_peaks[rows], with_maps=True)


def tiny_peer(name: str, **values: float) -> Peer:
    peer_class = peer_type(name)
    config: PeerConfig = peer_class.config_type(**{**TINY[name], **values})  # type: ignore[arg-type]  # mixed numbers
    return peer_class(config, torch.device("cpu"))


def train(peer: Peer, signal: torch.Tensor, r_peaks: tuple[NDArray[np.int64], ...], steps: int) -> list[float]:
    optimisers = peer.optimisers()
    losses = []
    peer.network.train()
    for step in range(steps):
        torch.manual_seed(step)
        batch = PeerBatch(signal, r_peaks, torch.Generator().manual_seed(step))
        found = peer.training_step(batch, optimisers)
        losses.append(float(found.get("reconstruction", found["loss"])))  # a game's own loss need not fall
    peer.network.eval()
    peer.fit_after_training([PeerBatch(signal, r_peaks, torch.Generator().manual_seed(0))])
    return losses


@pytest.fixture(scope="module")
def prepared(normals: list[Path]) -> Callable[[str], tuple[torch.Tensor, tuple[NDArray[np.int64], ...]]]:
    """Windows and R-peaks of the eight normals, scaled as a peer wants them."""
    records = [read_record(path) for path in normals]

    def inputs(name: str) -> tuple[torch.Tensor, tuple[NDArray[np.int64], ...]]:
        peer_class = peer_type(name)
        items = [prepare(record, peer_class.preprocess) for record in records]
        peer = tiny_peer(name)
        peaks = tuple(
            peer.usable_r_peaks(window_r_peaks(item)) if peer.needs_r_peaks else np.empty(0, np.int64)
            for item in items
        )
        return torch.from_numpy(np.stack([item.signal for item in items])), peaks

    return inputs


@pytest.fixture(scope="module", params=NAMES)
def trained(
    request: pytest.FixtureRequest, prepared: Callable[[str], tuple[torch.Tensor, tuple[NDArray[np.int64], ...]]]
) -> Trained:
    peer = tiny_peer(request.param)
    signal, r_peaks = prepared(request.param)
    return Trained(peer, signal, r_peaks, train(peer, signal, r_peaks, STEPS))


def test_the_loss_falls(trained: Trained) -> None:
    assert np.isfinite(trained.losses).all()
    assert np.mean(trained.losses[-5:]) < 0.7 * np.mean(trained.losses[:5])


def test_a_training_repeats_to_the_last_digit(trained: Trained) -> None:
    again = tiny_peer(trained.peer.name)
    losses = train(again, trained.signal, trained.r_peaks, 3)
    assert losses == trained.losses[:3]


def test_every_record_has_a_score_and_a_map(trained: Trained) -> None:
    scored = trained.score(trained.signal)
    assert scored.scores.shape == (8,)
    assert (scored.scores > 0).all()
    assert scored.maps is not None
    assert scored.maps.shape == (8, 12, 5000)
    assert scored.maps.dtype == np.float32
    assert np.nanmin(scored.maps) >= 0


def test_a_score_repeats_and_does_not_depend_on_the_company(trained: Trained) -> None:
    together = trained.score(trained.signal)
    alone = trained.score(trained.signal[3:4], slice(3, 4))
    assert alone.scores[0] == together.scores[3]
    assert together.maps is not None
    assert alone.maps is not None
    np.testing.assert_array_equal(alone.maps[0], together.maps[3])


def test_a_map_costs_nothing_when_it_is_not_wanted(trained: Trained) -> None:
    with_maps = trained.score(trained.signal[:2], slice(2))
    with torch.no_grad():
        without = trained.peer.score(trained.signal[:2], trained.r_peaks[:2], with_maps=False)
    assert without.maps is None
    np.testing.assert_array_equal(without.scores, with_maps.scores)


def test_a_planted_burst_raises_the_score_and_the_map_shows_when(trained: Trained) -> None:
    """Half a second at 12 Hz, twice as strong as the strongest QRS, upon a beat in every lead."""
    planted = trained.signal.clone()
    firsts = []
    for row, window in enumerate(planted):
        first = int(trained.r_peaks[row][4]) - 125 if trained.peer.needs_r_peaks else 2000
        burst = 2 * window.abs().amax(1, keepdim=True) * torch.sin(torch.arange(250) * (2 * np.pi * 12 / 500))
        window[:, first : first + 250] += burst
        firsts.append(first)
    before, after = trained.score(trained.signal), trained.score(planted)
    assert (after.scores > before.scores).all()
    assert after.maps is not None
    for first, found in zip(firsts, after.maps, strict=True):
        in_time = np.nan_to_num(found.max(axis=0))
        margin = 625 if trained.peer.name == "tsl" else 10  # half a segment
        assert first - margin <= in_time.argmax() < first + 250 + margin


def test_the_state_dictionary_holds_all_that_was_learnt(trained: Trained) -> None:
    fresh = tiny_peer(trained.peer.name)
    fresh.network.load_state_dict(trained.peer.network.state_dict())
    fresh.network.eval()
    with torch.no_grad():
        scores = fresh.score(trained.signal, trained.r_peaks, with_maps=False).scores
    np.testing.assert_array_equal(scores, trained.score(trained.signal).scores)


def test_counting_multiplications_leaves_the_network_as_it_was(trained: Trained) -> None:
    before = {name: value.clone() for name, value in trained.peer.network.state_dict().items()}
    assert trained.peer.macs_per_record() > 0
    for name, value in trained.peer.network.state_dict().items():
        assert torch.equal(value, before[name]), name


@pytest.mark.parametrize(
    ("name", "parameters", "macs"),
    [("beatgan", 708_448, 37_918_720), ("tranad", 9_408, 80_640_000), ("anomaly-transformer", 79_576, 115_968_000),
     ("tsl", 250_819, 49_069_440)],
)
def test_default_sizes_are_those_that_tables_quote(name: str, parameters: int, macs: int) -> None:
    peer_class = peer_type(name)
    peer = peer_class(peer_class.config_type(), torch.device("cpu"))
    assert peer.n_parameters == parameters
    assert peer.macs_per_record() == macs

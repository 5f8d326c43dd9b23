"""TSL's own: what its made-up abnormalities are, the Gaussian of normal features, and a map that knows no leads."""

from __future__ import annotations

import sys

import numpy as np
import pytest
import torch
from scipy.spatial.distance import mahalanobis
from sklearn.covariance import LedoitWolf

from mmae_core.errors import EcgError
from mmae_core.peers.base import PeerBatch
from mmae_core.peers.tsl import SEGMENT, Tsl, TslConfig, _over_time, _segments, _versions

TINY = TslConfig(channels=2, small_scale_channels=3)


def sine(hz: float, n: int = 40) -> torch.Tensor:
    """[n, 12, 1000] of a sine at 100 Hz."""
    return torch.sin(torch.arange(1000) * (2 * np.pi * hz / 100)).expand(n, 12, 1000)


def dominant_hz(segments: torch.Tensor) -> np.ndarray:
    """Of lead I, from how often it crosses zero."""
    signs = np.sign(segments[:, 0].numpy())
    return (signs[:, 1:] != signs[:, :-1]).sum(axis=1) / 2 / (SEGMENT / 100)


def test_the_three_versions_are_normal_stronger_and_of_another_frequency() -> None:
    segments, classes = _versions(sine(4.0), torch.Generator().manual_seed(0))
    assert segments.shape == (120, 12, SEGMENT)
    np.testing.assert_array_equal(classes, np.repeat([0, 1, 2], 40))
    normal, amplitude, frequency = segments.split(40)

    heights = amplitude.abs().amax(dim=(1, 2))
    assert heights.min() > 1.9
    assert heights.max() < 4.01
    assert np.ptp(heights.numpy()) > 1
    for kept in (normal, frequency):
        assert (kept.abs().amax(dim=(1, 2)) < 1.01).all()

    for kept in (normal, amplitude):
        np.testing.assert_allclose(dominant_hz(kept), 4.0, atol=0.3)
    found = dominant_hz(frequency)
    slower, faster = found < 4, found > 4
    assert slower.sum() > 10
    assert faster.sum() > 10
    assert ((found[slower] > 0.7) & (found[slower] < 2.3)).all()
    assert ((found[faster] > 7.7) & (found[faster] < 16.3)).all()


def test_a_normal_version_is_a_stretch_of_the_signal_as_it_is() -> None:
    ramp = torch.arange(1000.0).expand(20, 12, 1000)
    normal = _versions(ramp, torch.Generator().manual_seed(1))[0][:20]
    torch.testing.assert_close(normal.diff(dim=-1), torch.ones(20, 12, SEGMENT - 1), atol=1e-3, rtol=0)
    assert len(normal[:, 0, 0].unique()) > 10


def test_versions_repeat_with_the_generator() -> None:
    first, second, other = (
        _versions(sine(3.0), torch.Generator().manual_seed(seed))[0] for seed in (5, 5, 6)
    )
    assert torch.equal(first, second)
    assert not torch.equal(first, other)


def test_distances_are_those_of_scikit_learns_ledoit_wolf() -> None:
    peer = Tsl(TINY, torch.device("cpu"))
    peer.network.eval()
    signal = torch.randn(6, 12, 5000, generator=torch.Generator().manual_seed(2))
    with torch.no_grad():
        peer.fit_after_training(PeerBatch(part, (), torch.Generator()) for part in signal.split(4))
        features = peer.network.features(_segments(signal).flatten(0, 1)).double().numpy()  # type: ignore[operator]
        other = torch.randn(2, 12, 5000, generator=torch.Generator().manual_seed(3))
        scores = peer.score(other, [np.empty(0, np.int64)] * 2, with_maps=False).scores
        seen = peer.network.features(_segments(other)[1]).double().numpy()  # type: ignore[operator]
    fitted = LedoitWolf().fit(features)
    wanted = [mahalanobis(row, fitted.location_, fitted.precision_) for row in seen]
    assert scores[1] == pytest.approx(np.mean(wanted), rel=1e-3)


def test_the_map_is_the_same_in_all_leads_and_averages_overlapping_segments() -> None:
    in_time = _over_time(np.arange(7.0))
    assert in_time.shape == (5000,)
    np.testing.assert_allclose(in_time[::625], [0, 0.5, 1.5, 2.5, 3.5, 4.5, 5.5, 6])
    peer = Tsl(TINY, torch.device("cpu"))
    peer.network.eval()
    with torch.no_grad():
        maps = peer.score(torch.randn(1, 12, 5000), [np.empty(0, np.int64)], with_maps=True).maps
    assert maps is not None
    assert (maps[0] == maps[0, 0]).all()


def test_fitting_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sklearn.covariance", None)
    peer = Tsl(TINY, torch.device("cpu"))
    with pytest.raises(EcgError, match=r"pip install \"mmae-core\[evaluate\]\""):
        peer.fit_after_training([PeerBatch(torch.zeros(1, 12, 5000), (), torch.Generator())])

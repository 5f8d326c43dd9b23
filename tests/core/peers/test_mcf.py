"""MCF against its authors' published numbers and procedure; TSRNet against what is known of its authors' code."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from torch import Tensor

from mmae_core.peers.base import PeerBatch, count_macs_of_call
from mmae_core.peers.mcf import Mcf, McfConfig, beat_around, random_patches, score_masks, trend
from mmae_core.peers.tsrnet import Tsrnet, TsrnetConfig, spectrogram

CPU = torch.device("cpu")


@pytest.fixture(scope="module")
def published() -> Mcf:
    return Mcf(McfConfig(), CPU)


@pytest.fixture
def tiny() -> Mcf:
    mcf = Mcf(McfConfig(width=2, hidden=4), CPU)
    with torch.no_grad():
        for _ in range(2):  # running statistics away from where they start
            mcf.network(torch.randn(2, 12, 4800), torch.randn(2, 12, 480), torch.randn(2, 12, 4800))
    mcf.network.eval()
    return mcf


@pytest.fixture
def window() -> Tensor:
    return torch.rand(12, 5000, generator=torch.Generator().manual_seed(3)) * 2 - 1


def test_mcf_has_the_parameters_of_its_authors_code(published: Mcf) -> None:
    assert published.n_parameters == 7_085_779  # the paper's 7.086 M


def test_a_pass_of_mcf_costs_what_is_published(published: Mcf) -> None:
    assert published.macs_per_pass() == 1_252_811_840  # the paper's 1.253 G
    assert published.macs_per_record() == 36 * 1_252_811_840  # 45.1 G: 12 beats, 3 masks


def test_what_beats_and_masks_share_is_computed_once(published: Mcf) -> None:
    costs = published.costs()
    assert costs["macs_record_shared"] < 0.6 * 36 * costs["macs_pass"]
    assert published.network.training  # counting leaves the network as it was


def literal_score(mcf: Mcf, window: Tensor, peaks: list[int]) -> tuple[float, np.ndarray]:
    """The authors' loops: every beat and mask a pass of the whole network; samples first as in their arrays."""
    record = window.T[None]  # [1, 5000, 12]
    cut = record[:, 100:4900]
    scores, painted, local = [], torch.zeros(1, 4800, 12), torch.zeros(1, 5000, 12)
    for peak in peaks:
        beat = record[:, peak - 140 : peak + 340].clone()
        for lead in range(12):
            trace = beat[0, :, lead]
            beat[0, :, lead] = 2 * (trace - trace.min()) / (trace.max() - trace.min()) - 1
        for mask in range(3):
            seen, seen_beat = cut.clone(), beat.clone()
            for patch in range(30):
                seen[:, 48 * mask + 160 * patch : 48 * mask + 160 * patch + 48] = 0
            start = (20, 70, 120)[mask]
            seen_beat[:, start : start + 100] = 0
            inputs = (each.transpose(1, 2) for each in (seen, seen_beat))
            with torch.no_grad():
                outputs = mcf.network(*inputs, trend(cut.transpose(1, 2)))
            whole, near, from_trend = (each.transpose(1, 2) for each in outputs)
            error = torch.exp(-whole[:, :, 12:]) * (whole[:, :, :12] - cut) ** 2
            error_near = torch.exp(-near[:, :, 12:]) * (near[:, :, :12] - beat) ** 2
            error_trend = (from_trend - cut) ** 2
            scores.append(float(error.mean() + error_near.mean() + error_trend.mean()))
            painted += (error + error_trend) / 3 / len(peaks)
            local[:, peak - 140 : peak + 340] += error_near / 3
    return float(np.mean(scores)), (painted + local[:, 100:4900])[0].T.numpy()


def test_score_and_map_equal_the_authors_procedure(tiny: Mcf, window: Tensor) -> None:
    peaks = [240, 700, 1100, 1650, 2300, 4390]  # two beats overlap; 18 passes do not fit into one batch
    expected, painted = literal_score(tiny, window, peaks)
    with torch.inference_mode():
        found = tiny.score(window[None], [np.array(peaks)], with_maps=True)
    assert found.maps is not None
    np.testing.assert_allclose(found.scores, [expected], rtol=1e-5)
    np.testing.assert_allclose(found.maps[0, :, 100:4900], painted, rtol=1e-4, atol=1e-6)
    np.testing.assert_allclose(sum(found.parts.values()), found.scores)


def test_the_trend_is_the_scaled_slope_of_a_running_mean(window: Tensor) -> None:
    found = trend(window[None])[0]
    averaged = np.stack([np.convolve(lead, np.full(10, 0.1), "valid") for lead in window.numpy()])
    slope = np.pad(np.diff(averaged), ((0, 0), (5, 5)))
    expected = 2 * (slope - slope.min()) / (slope.max() - slope.min()) - 1
    np.testing.assert_allclose(found, expected, atol=1e-5)
    assert (trend(torch.full((1, 12, 4800), 0.3)) == 0).all()


def test_a_beat_is_scaled_lead_by_lead_and_a_constant_lead_is_zero(window: Tensor) -> None:
    window[4] = 0.25
    beat = beat_around(window, 1000)
    assert beat.shape == (12, 480)
    others = [lead for lead in range(12) if lead != 4]
    torch.testing.assert_close(beat[others].amax(dim=1), torch.ones(11))
    torch.testing.assert_close(beat[others].amin(dim=1), -torch.ones(11))
    assert (beat[4] == 0).all()
    assert beat[0].argmax() == window[0, 860:1340].argmax()


def test_masks_hide_what_the_authors_hide() -> None:
    masks = torch.stack(score_masks(CPU))
    assert masks.sum(dim=1).tolist() == [1440, 1440, 1440]
    assert masks.sum(dim=0).max() == 1  # no sample twice
    assert masks.any(dim=0).float().mean() == pytest.approx(0.9)
    drawn = [random_patches(30, torch.Generator().manual_seed(seed)) for seed in range(2)]
    assert all(mask.view(100, 48).all(dim=1).sum() == mask.view(100, 48).any(dim=1).sum() == 30 for mask in drawn)
    assert not torch.equal(*drawn)


def test_a_step_sees_its_masked_window_alone(tiny: Mcf, window: Tensor, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[tuple[Tensor, Tensor]] = []
    forward = tiny.network.forward

    def spy(masked: Tensor, masked_beat: Tensor, trends: Tensor) -> Tensor:
        seen.append((masked, masked_beat))
        return forward(masked, masked_beat, trends)

    monkeypatch.setattr(tiny.network, "forward", spy)
    batch = PeerBatch(window[None].repeat(2, 1, 1), (np.array([900]), np.array([900])), torch.Generator())
    losses = tiny.losses(batch)
    torch.testing.assert_close(losses["loss"], losses["global"] + losses["local"] + losses["trend"])
    masked, masked_beat = seen[0]
    assert (masked == 0).all(dim=1).sum(dim=1).tolist() == [1440, 1440]
    assert (masked_beat == 0).all(dim=1).sum(dim=1).tolist() == [144, 144]


def test_tsrnet_without_spectrogram_has_the_published_parameters() -> None:
    assert Tsrnet(TsrnetConfig(spectrogram=False), CPU).n_parameters == 2_169_791
    tsrnet = Tsrnet(TsrnetConfig(), CPU)
    assert tsrnet.n_parameters == 3_799_079  # the authors': 4,394,009
    assert tsrnet.macs_per_record() == 3 * tsrnet.costs()["macs_pass_published"]


def test_tsrnet_scores_the_surroundings_of_r_peaks(window: Tensor) -> None:
    tsrnet = Tsrnet(TsrnetConfig(width=2, hidden=4), CPU)
    tsrnet.network.eval()
    peaks = np.array([1000, 3000])
    with torch.inference_mode():
        found = tsrnet.score(window[None], [peaks], with_maps=True)
    assert found.maps is not None
    near = np.concatenate([found.maps[0, :, peak - 240 : peak + 240] for peak in peaks], axis=1)
    np.testing.assert_allclose(found.scores, [near.mean()], rtol=1e-5)
    np.testing.assert_allclose(found.parts["whole"], [np.nanmean(found.maps)], rtol=1e-5)
    assert found.scores[0] != found.parts["whole"][0]


def test_a_sine_lies_in_its_bin_of_the_spectrogram() -> None:
    sine = torch.sin(2 * torch.pi * 10 * torch.arange(4800) / 500).expand(1, 12, -1)
    found = spectrogram(sine)
    assert found.shape == (1, 12, 32, 150)
    assert found[0, 0, :, 75].argmax() == round(10 / (500 / 256))


def test_multiply_accumulates_are_those_of_the_products() -> None:
    layer = torch.nn.Linear(7, 5)
    assert count_macs_of_call(layer, lambda: layer(torch.zeros(3, 7))) == 3 * 7 * 5

"""Hidden leads: what the network may see, what counts as its error, and how it is trained."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import numpy as np
import pytest
import torch

from mmae_core.config import CrossLeadConfig, PreprocessConfig, ScoreConfig, plus
from mmae_core.errors import ConfigError
from mmae_core.model.cross_lead import CrossLeadNetwork, cross_lead_errors
from mmae_core.peers import load_peer
from mmae_core.peers.cross_lead import CrossLeadTraining
from mmae_core.peers.data import peer_data
from mmae_core.peers.training import train_peer
from mmae_core.readers import read_record
from mmae_core.record import STANDARD_LEADS
from mmae_core.scoring.preprocess import filtered_mv, prepare, rescaled

DATA = Path(__file__).parents[2] / "data" / "ptbxl-mini"
VISIBLE = ("II", "V1 V2 V3")
V5, V1, II = (STANDARD_LEADS.index(lead) for lead in ("V5", "V1", "II"))


@pytest.fixture
def network() -> CrossLeadNetwork:
    torch.manual_seed(3)
    return CrossLeadNetwork(CrossLeadConfig(visible=VISIBLE, width=16, layers=1, heads=2, mlp_ratio=2)).eval()


@pytest.fixture
def windows() -> torch.Tensor:
    return torch.randn(3, 12, 5000, generator=torch.Generator().manual_seed(1))


def _everywhere(n: int) -> np.ndarray:
    return np.ones((n, 12, 40), bool)


def test_a_hidden_lead_has_no_influence_on_what_is_restored(network: CrossLeadNetwork, windows: torch.Tensor) -> None:
    changed = windows.clone()
    changed[:, V5] = 5.0  # hidden in both sets
    for number in range(len(VISIBLE)):
        sets = torch.full((3,), number)
        assert torch.equal(network(network.to_segments(windows), sets), network(network.to_segments(changed), sets))


def test_a_visible_lead_has_influence(network: CrossLeadNetwork, windows: torch.Tensor) -> None:
    changed = windows.clone()
    changed[:, II] += 1.0
    sets = torch.zeros(3, dtype=torch.long)
    assert not torch.equal(network(network.to_segments(windows), sets), network(network.to_segments(changed), sets))


def test_the_error_of_a_lead_is_the_mean_over_the_sets_that_hide_it(
    network: CrossLeadNetwork, windows: torch.Tensor
) -> None:
    found = cross_lead_errors(network, windows, _everywhere(3), ScoreConfig())
    segments = network.to_segments(windows)
    energy = segments.square().mean(-1) + 0.005
    ratios = []
    with torch.no_grad():
        for number in range(len(VISIBLE)):
            restored = network(segments, torch.full((3,), number))
            ratios.append(torch.log(((restored - segments).square().mean(-1) + 1e-4) / energy).transpose(1, 2))
    np.testing.assert_allclose(found.log_ratio[:, V5], (ratios[0][:, V5] + ratios[1][:, V5]) / 2, rtol=1e-4)
    np.testing.assert_allclose(found.log_ratio[:, V1], ratios[0][:, V1], rtol=1e-4)  # visible in the second set
    np.testing.assert_allclose(found.log_ratio[:, II], ratios[1][:, II], rtol=1e-4)


def test_the_map_stands_where_the_error_is(network: CrossLeadNetwork) -> None:
    windows = torch.zeros(1, 12, 5000)
    windows[0, V5, 2500:2505] = 8.0
    points = cross_lead_errors(network, windows, _everywhere(1), ScoreConfig()).points[0, V5]
    assert abs(int(points.argmax()) - 2500) <= 5


def test_the_first_samples_of_a_map_do_not_come_out_at_its_end(network: CrossLeadNetwork) -> None:
    windows = torch.zeros(1, 12, 5000)
    windows[0, V5, :3] = 8.0
    points = cross_lead_errors(network, windows, _everywhere(1), ScoreConfig()).points[0, V5]
    assert points[:3].min() > 10 * points[-10:].max()


def test_a_set_with_a_missing_visible_lead_says_nothing(network: CrossLeadNetwork, windows: torch.Tensor) -> None:
    assessable = _everywhere(3)
    assessable[0, II] = False
    with_ii = cross_lead_errors(network, windows, _everywhere(3), ScoreConfig())
    without = cross_lead_errors(network, windows, assessable, ScoreConfig())
    assert np.isnan(without.log_ratio[0, [II, V1]]).all()  # V1 is hidden only where II is visible
    assert np.isfinite(without.log_ratio[0, V5]).all()
    np.testing.assert_array_equal(without.log_ratio[1:], with_ii.log_ratio[1:])


def test_every_lead_is_hidden_by_some_set_of_the_preset() -> None:
    sets = [set(text.split()) for text in plus().cross_lead.visible]
    for lead in STANDARD_LEADS:
        assert any(lead not in visible for visible in sets), lead


@pytest.mark.parametrize("visible", ["V9", "", " ".join(STANDARD_LEADS)])
def test_a_set_names_known_leads_and_hides_some(visible: str) -> None:
    with pytest.raises(ConfigError, match="no set of visible leads"):
        CrossLeadConfig(visible=(visible,))


def test_hidden_leads_need_the_window_they_were_made_for() -> None:
    with pytest.raises(ConfigError, match="500 Hz in 40 segments"):
        dataclasses.replace(plus(), model=dataclasses.replace(plus().model, n_segments=20, region_starts=(1, 5)))


def test_the_root_scale_keeps_half_of_the_amplitude() -> None:
    record = read_record(sorted(DATA.rglob("*_hr.hea"))[0])
    rooted = prepare(record, PreprocessConfig(scale="root"))
    single = prepare(record, PreprocessConfig())
    np.testing.assert_allclose(rescaled(single, "root"), rooted.signal, atol=1e-4)
    np.testing.assert_allclose(filtered_mv(single), filtered_mv(rooted), atol=1e-5)
    louder = dataclasses.replace(single, scale_mv=single.scale_mv * 4, offset_mv=single.offset_mv * 4)
    np.testing.assert_allclose(rescaled(louder, "root"), 2 * rooted.signal, atol=1e-3)


def test_training_lowers_the_loss_and_its_run_scores_the_same_again(tmp_path: Path) -> None:
    paths = sorted(DATA.rglob("*_hr.hea"))[:8]
    data = peer_data(paths, PreprocessConfig(scale="root"), tmp_path / "cache", with_r_peaks=False)
    config = CrossLeadTraining(epochs=30, batch_size=4, learning_rate=3e-3, warmup_steps=5, visible=VISIBLE, width=16,
                               layers=1, heads=2, mlp_ratio=2)
    train_peer("cross-lead", data, config, tmp_path / "run", device="cpu")
    scorer = load_peer(tmp_path / "run", "cpu")
    assert scorer.training["loss_last"] < 0.9 * scorer.training["loss_first"]
    inputs = [prepare(read_record(path), scorer.preprocess) for path in paths[:3]]
    together, alone = scorer.score_windows(inputs, with_maps=True), scorer.score_windows(inputs[1:2])
    np.testing.assert_allclose(together.scores[1], alone.scores[0], rtol=1e-5)
    assert together.maps is not None
    assert together.maps.shape == (3, 12, 5000)

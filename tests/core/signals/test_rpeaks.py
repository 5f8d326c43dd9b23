"""R-peaks are found where there are beats, and nothing is found where there are none."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from mmae_core.readers import read_record
from mmae_core.record import FloatArray
from mmae_core.scoring.preprocess import resample
from mmae_core.signals.rpeaks import find_r_peaks

RECORDS = sorted(Path(__file__).parents[2].glob("data/ptbxl-mini/records500/**/*.hea"))


def beats(positions: list[int], n_samples: int, rate_hz: float, amplitude_mv: float = 1.0) -> FloatArray:
    """A lead with one narrow R wave at each position and a broad T wave after it."""
    times = np.arange(n_samples)[:, None]
    at = np.array(positions)
    waves = amplitude_mv * np.exp(-0.5 * ((times - at) / (0.012 * rate_hz)) ** 2)
    waves += 0.3 * amplitude_mv * np.exp(-0.5 * ((times - at - 0.3 * rate_hz) / (0.04 * rate_hz)) ** 2)
    return waves.sum(axis=1).astype(np.float32)


@pytest.mark.parametrize("rate_hz", [100, 500, 1000])
@pytest.mark.parametrize("sign", [1, -1])
def test_peaks_are_at_the_beats_at_every_rate_and_polarity(rate_hz: int, sign: int) -> None:
    planted = [round(second * rate_hz) for second in (0.5, 1.3, 2.1, 2.6, 3.7, 4.5, 5.3, 6.1, 6.9, 7.7, 8.5, 9.3)]
    found = find_r_peaks(sign * beats(planted, 10 * rate_hz, rate_hz), rate_hz)
    assert len(found) == len(planted)
    assert np.abs(found - planted).max() <= 1


def test_a_faint_beat_in_a_long_gap_is_found_and_a_pause_is_left_empty() -> None:
    planted = [250 + 400 * beat for beat in range(12) if beat not in {4, 8}]
    lead = beats(planted, 5000, 500)
    assert find_r_peaks(lead, 500).tolist() == pytest.approx(planted, abs=1)
    faint = 250 + 400 * 4
    found = find_r_peaks(lead + beats([faint], 5000, 500, amplitude_mv=0.3), 500)
    assert found.tolist() == pytest.approx(sorted([*planted, faint]), abs=1)


@pytest.mark.parametrize("path", RECORDS[::4], ids=lambda path: path.stem)
def test_leads_of_a_real_record_agree_on_the_beats(path: Path) -> None:
    record = read_record(path)
    signal = resample(record.read().astype(np.float64), record.sampling_rate_hz, 500, 5000)
    peaks = find_r_peaks(signal[1], 500)
    assert 5 <= len(peaks) <= 25
    for lead in (6, 10):
        others = find_r_peaks(signal[lead], 500)
        near = [np.abs(others - peak).min() <= 50 for peak in peaks]
        assert np.mean(near) > 0.9, f"lead {lead}"


@pytest.mark.parametrize(
    "lead",
    [
        np.zeros(5000),
        np.full(5000, 0.4),
        np.full(5000, np.nan),
        np.random.default_rng(0).normal(scale=0.3, size=5000),
        0.5 * np.sin(np.arange(5000) / 500 * 2 * np.pi * 12),
        beats([300 + 400 * beat for beat in range(12)], 5000, 500, amplitude_mv=0.01),
        np.ones(10),
        np.zeros(0),
    ],
    ids=["flat", "constant", "invalid", "noise", "sine", "too small", "too short", "empty"],
)
def test_nothing_is_found_where_no_heart_beats(lead: FloatArray) -> None:
    found = find_r_peaks(lead, 500)
    assert found.shape == (0,)
    assert found.dtype == np.int64


def test_a_gap_in_the_lead_costs_only_the_beats_in_it() -> None:
    planted = [250 + 400 * beat for beat in range(12)]
    lead = beats(planted, 5000, 500)
    lead[1300:1600] = np.nan
    assert find_r_peaks(lead, 500).tolist() == pytest.approx([peak for peak in planted if peak != 1450], abs=1)


def test_more_than_one_lead_or_no_rate_is_refused() -> None:
    with pytest.raises(ValueError, match=r"one lead .* \(12, 5000\)"):
        find_r_peaks(np.zeros((12, 5000)), 500)
    with pytest.raises(ValueError, match="must be positive"):
        find_r_peaks(np.zeros(5000), 0)

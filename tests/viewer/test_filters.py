"""Display filters keep what they promise: edges, no shift in time, gaps, and a clear no where the rate is too low."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from ecg_viewer.state.filters import FILTERS, NOTCHES, DisplayFilter, Filter, FilterChain
from mmae_core.readers import read_record

RATE = 500.0
HALF_POWER = 2**-0.5


def amplitude_after(chosen: Filter, frequency_hz: float, duration_s: float, rate: float = RATE) -> float:
    """What is left of a sine of 1 mV, away from the ends."""
    times = np.arange(round(duration_s * rate)) / rate
    wave = np.sin(2 * np.pi * frequency_hz * times)[None].astype(np.float32)
    left = chosen.apply(wave, rate)[0]
    middle = slice(times.size // 4, 3 * times.size // 4)
    return float(np.sqrt(2 * np.mean(left[middle] ** 2)))


@pytest.mark.parametrize("name", ["diagnostic", "st", "monitor"])
def test_the_edges_of_a_pass_band_are_half_power_points(name: str) -> None:
    chosen = FILTERS[name]
    assert chosen.low_hz is not None
    assert chosen.high_hz is not None
    assert amplitude_after(chosen, chosen.high_hz, 10) == pytest.approx(HALF_POWER, abs=0.01)
    assert amplitude_after(chosen, chosen.low_hz, 20 / chosen.low_hz) == pytest.approx(HALF_POWER, abs=0.01)
    assert amplitude_after(chosen, 8.0, 20) == pytest.approx(1.0, abs=0.01)


@pytest.mark.parametrize("mains_hz", [50, 60])
def test_a_notch_takes_the_mains_and_leaves_its_neighbours(mains_hz: int) -> None:
    notch = NOTCHES[f"notch_{mains_hz}"]
    assert amplitude_after(notch, mains_hz, 20) < 0.01
    assert amplitude_after(notch, mains_hz - 10, 20) == pytest.approx(1.0, abs=0.05)


@pytest.mark.parametrize("name", ["diagnostic", "st", "monitor"])
def test_no_wave_moves_in_time(name: str, demo: Path) -> None:
    record = read_record(demo / "00262_hr.hea")
    recorded = record.read()
    shown = FILTERS[name].apply(recorded, record.sampling_rate_hz)
    lead = record.lead_names.index("II")
    shifts = range(-10, 11)
    inner, slope = slice(500, 4500), np.diff(recorded[lead])
    likeness = [np.dot(np.roll(np.diff(shown[lead]), shift)[inner], slope[inner]) for shift in shifts]
    assert shifts[int(np.argmax(likeness))] == 0


def test_without_a_filter_the_samples_are_those_of_the_file(demo: Path) -> None:
    recorded = read_record(demo / "00262_hr.hea").read()
    assert FilterChain().apply(recorded, RATE) is recorded
    assert FILTERS["none"].apply(recorded, RATE) is recorded


def test_a_constant_offset_goes_and_nothing_rings_at_the_ends() -> None:
    flat = np.full((1, 5000), 2.0, np.float32)
    assert np.abs(FILTERS["diagnostic"].apply(flat, RATE)).max() < 1e-6


def test_a_record_that_ends_on_an_r_peak_keeps_its_baseline() -> None:
    spikes = np.zeros((1, 5000), np.float32)
    spikes[0, 99::400] = 2.0
    ends_on_a_peak = spikes[:, :4900]
    assert ends_on_a_peak[0, -1] == 2.0
    shown = FILTERS["diagnostic"].apply(ends_on_a_peak, RATE)
    between = ends_on_a_peak == 0
    assert np.abs(np.median(shown[:, -400:][between[:, -400:]])) < 0.05


def test_invalid_samples_stay_invalid_and_spoil_no_others() -> None:
    times = np.arange(5000) / RATE
    whole = np.sin(2 * np.pi * 2 * times)[None].astype(np.float32)
    gapped = whole.copy()
    gapped[0, 2000:2100] = np.nan
    shown = FILTERS["monitor"].apply(gapped, RATE)
    assert np.array_equal(np.isnan(shown), np.isnan(gapped))
    assert np.nanmax(np.abs(shown - FILTERS["monitor"].apply(whole, RATE))[:, 4000:]) < 0.02
    missing = np.full((1, 100), np.nan, np.float32)
    assert np.isnan(FILTERS["monitor"].apply(missing, RATE)).all()


@pytest.mark.parametrize("n_samples", [1, 2, 7])
def test_a_stretch_of_a_few_samples_is_filtered_too(n_samples: int) -> None:
    ramp = np.arange(n_samples, dtype=np.float32)[None]
    assert np.isfinite(FILTERS["diagnostic"].apply(ramp, RATE)).all()


@pytest.mark.parametrize(
    ("rate", "refused"),
    [
        (100, {"diagnostic", "notch_50", "notch_60"}),
        (125, {"diagnostic", "notch_60"}),
        (250, {"diagnostic"}),
        (360, set()),
        (500, set()),
        (1000, set()),
    ],
)
def test_what_the_sampling_rate_cannot_carry_says_why(rate: float, refused: set[str]) -> None:
    every = {**FILTERS, **NOTCHES}
    assert {name for name, item in every.items() if item.available(rate)} == refused
    for name in refused:
        assert f"{rate:g}" in every[name].available(rate)
        with pytest.raises(ValueError, match="samples a second"):
            every[name].apply(np.zeros((1, 100), np.float32), rate)


def test_a_choice_that_a_recording_cannot_carry_is_left_out_and_said() -> None:
    choice = DisplayFilter()
    choice.choose_band("diagnostic")
    choice.choose_notch("notch_50")
    assert choice.in_force(500).name == "0.05–150 Hz diagnostic, 50 Hz notch"
    assert choice.in_force(250).name == "50 Hz notch"
    assert "0.05–150 Hz diagnostic needs at least 334" in choice.refusal(250)
    assert choice.in_force(100).name == "No filter"
    assert choice.refusal(500) == ""


def test_40_hz_is_said_to_be_below_diagnostic_bandwidth() -> None:
    warned = {name for name, item in {**FILTERS, **NOTCHES}.items() if item.warning}
    assert warned == {"st", "monitor"}
    choice = DisplayFilter()
    assert choice.in_force(RATE).readout == "No filter"
    choice.choose_band("st")
    assert choice.in_force(RATE).readout == "0.05–40 Hz (not diagnostic)"
    assert "diagnostic bandwidth" in choice.in_force(RATE).warning


def test_listeners_hear_of_a_change_only() -> None:
    choice, heard = DisplayFilter(), []
    choice.changed.connect(lambda: heard.append(choice.band.id))
    choice.choose_band("none")
    choice.choose_band("st")
    choice.choose_band("st")
    choice.choose_notch("notch_off")
    assert heard == ["st"]
    with pytest.raises(KeyError):
        choice.choose_band("loud")

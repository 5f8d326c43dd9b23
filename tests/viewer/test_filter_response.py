"""Each display filter measured as the standards ask: -3 dB points, phase, and the slow impulse that moves ST."""

from __future__ import annotations

import numpy as np
import pytest

from ecg_viewer.state.filter_response import (
    IMPULSE_MV,
    ImpulseTest,
    gain_at,
    half_power_points_hz,
    impulse_test,
    unit_response,
)
from ecg_viewer.state.filters import FILTERS, NOTCH_Q, NOTCHES, DisplayFilter, Filter, FilterChain
from mmae_core.intervals.baseline import usable_leads
from mmae_core.record import STANDARD_LEADS, FloatArray

RATES_HZ = (100.0, 250.0, 500.0, 1000.0)
EVERY = {**FILTERS, **NOTCHES}
POSSIBLE = [(name, rate) for name, item in EVERY.items() for rate in RATES_HZ if not item.available(rate)]


@pytest.mark.parametrize(("name", "rate"), POSSIBLE)
def test_pass_bands_end_where_the_name_says(name: str, rate: float) -> None:
    chosen = EVERY[name]
    points = half_power_points_hz(chosen, rate)
    if chosen.notch_hz is None:
        assert points == pytest.approx([edge for edge in (chosen.low_hz, chosen.high_hz) if edge], rel=0.005)
    else:
        low, high = points
        assert low < chosen.notch_hz < high
        assert high - low == pytest.approx(1.554 * chosen.notch_hz / NOTCH_Q, rel=0.03), "wider after two runs"
        assert gain_at(chosen, rate, np.array([chosen.notch_hz]))[0] < 1e-6


@pytest.mark.parametrize(("name", "rate"), POSSIBLE)
def test_the_stated_gain_is_what_the_filter_does_to_a_sine(name: str, rate: float) -> None:
    times = np.arange(round(40 * rate)) / rate
    for frequency in (0.5, 5.0, 35.0):
        wave = np.sin(2 * np.pi * frequency * times)[None].astype(np.float32)
        left = EVERY[name].apply(wave, rate)[0][times.size // 4 : 3 * times.size // 4]
        stated = gain_at(EVERY[name], rate, np.array([frequency]))[0]
        assert np.sqrt(2 * np.mean(left**2)) == pytest.approx(stated, abs=0.01)


@pytest.mark.parametrize(("name", "rate"), POSSIBLE)
def test_no_filter_shifts_any_frequency(name: str, rate: float) -> None:
    response = unit_response(EVERY[name].apply, rate)
    assert response == pytest.approx(response[::-1], abs=1e-5), "the same to both sides: zero phase, no group delay"
    assert int(np.abs(response).argmax()) == response.size // 2, "the peak stays on its sample"


def test_a_filter_that_ran_forwards_only_would_be_found() -> None:
    def delays(signal: FloatArray, _rate: float) -> FloatArray:
        return np.roll(signal, 2, axis=1)

    response = unit_response(delays, 500.0)
    assert response != pytest.approx(response[::-1], abs=1e-5)


@pytest.mark.parametrize(("name", "rate"), POSSIBLE)
def test_a_filter_that_fails_the_slow_impulse_is_said_not_to_be_for_st(name: str, rate: float) -> None:
    chosen = EVERY[name]
    assert impulse_test(chosen.apply, rate).passes is not chosen.moves_st
    assert ("ST is not to be read with this filter" in chosen.warning) is chosen.moves_st
    chain = FilterChain(() if chosen.is_as_recorded else (chosen,))
    assert ("ST not to be read with this filter" in chain.readout) is chosen.moves_st


def test_the_impulse_test_measures_what_it_says() -> None:
    assert impulse_test(FILTERS["none"].apply, 500.0) == ImpulseTest(0.0, 0.0)

    def sags(signal: FloatArray, rate: float) -> FloatArray:
        after = np.cumsum(signal, axis=1) / rate / (IMPULSE_MV * 0.1)
        return np.asarray(signal - 0.12 * after, np.float32)

    sagged = impulse_test(sags, 500.0)
    assert sagged.offset_mv == pytest.approx(0.12, rel=0.01)
    assert sagged.slope_mv_per_s < 0.01
    assert not sagged.passes
    assert not ImpulseTest(0.05, 0.31).passes
    assert ImpulseTest(0.1, 0.3).passes


def test_the_monitor_filter_alone_fails_and_by_how_much() -> None:
    failing = {name: impulse_test(item.apply, 500.0) for name, item in EVERY.items()
               if not item.available(500.0) and not impulse_test(item.apply, 500.0).passes}
    assert set(failing) == {"monitor"}
    assert failing["monitor"].offset_mv == pytest.approx(0.25, abs=0.01)
    assert failing["monitor"].slope_mv_per_s == pytest.approx(0.41, abs=0.01)


def test_a_chain_says_it_if_one_of_its_filters_does() -> None:
    choice = DisplayFilter()
    choice.choose_notch("notch_50")
    assert "ST" not in choice.in_force(500.0).readout
    choice.choose_band("monitor")
    assert "ST not to be read with this filter" in choice.in_force(500.0).readout


def test_a_lead_without_wander_is_measured_as_recorded() -> None:
    """The slow impulse on a real lead's level goes through measuring unchanged."""
    rate = 500.0
    times = np.arange(5000) / rate
    beats = np.exp(-0.5 * ((times % 0.8 - 0.3) / 0.012) ** 2)
    rng = np.random.default_rng(0)
    signal = np.tile(beats, (12, 1)) * np.linspace(0.6, 1.4, 12)[:, None] + rng.normal(0, 0.004, (12, 5000))
    signal[:, 2000:2050] += 0.5
    leads = usable_leads(signal.astype(np.float32), rate, STANDARD_LEADS, rate)
    assert len(leads.names) == 12
    assert leads.mv == pytest.approx(signal, abs=1e-5)


@pytest.mark.parametrize("chosen", [item for item in EVERY.values() if not item.is_as_recorded],
                         ids=lambda item: item.id)
def test_each_filter_of_the_menu_has_a_name_that_states_its_edges(chosen: Filter) -> None:
    edges = [edge for edge in (chosen.low_hz, chosen.high_hz, chosen.notch_hz) if edge]
    assert all(f"{edge:g}" in chosen.title for edge in edges)

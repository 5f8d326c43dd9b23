"""What calipers say of a recording."""

from __future__ import annotations

import numpy as np
import pytest

from ecg_viewer.state.layouts import Cell, ordered_leads
from ecg_viewer.state.measure.caliper_readings import (
    Samples,
    amplitude_text,
    caliper_text,
    lead_readings,
    nearest_extremum,
    readings_text,
)
from ecg_viewer.state.measure.calipers import Caliper, CaliperKind

RATE = 500.0


def samples_of(values: np.ndarray, start_s: float, end_s: float) -> Samples:
    times = np.arange(len(values)) / RATE
    inside = (times >= start_s) & (times <= end_s)
    return times[inside], values[inside]


def test_an_interval_is_said_in_milliseconds_and_beats_a_minute() -> None:
    assert caliper_text(Caliper(1, CaliperKind.TIME, "II", 2.0, 1.2)) == "800 ms · 75.0/min"
    assert caliper_text(Caliper(1, CaliperKind.TIME, "II", 1.0, 1.004)) == "4 ms"
    assert caliper_text(Caliper(1, CaliperKind.BOTH, "II", 1.0, 2.0, 0.1, -0.35)) == "1000 ms · 60.0/min · -450 µV"


@pytest.mark.parametrize(
    ("microvolts", "text"), [(0, "+0 µV"), (-1e-9, "+0 µV"), (450, "+450 µV"), (-1200, "-1.20 mV"), (999.6, "+1.00 mV")]
)
def test_amplitudes_change_their_unit_at_a_millivolt(microvolts: float, text: str) -> None:
    assert amplitude_text(microvolts) == text


def test_every_lead_is_read_at_both_times_and_between_them() -> None:
    ramp = np.arange(2000) / 1000.0
    bump = np.zeros(2000)
    bump[600] = 1.5
    leads = {"I": ramp, "II": bump}
    caliper = Caliper(1, CaliperKind.TIME, "I", 1.0, 2.0)
    first, second, absent = lead_readings(
        caliper, ordered_leads(("I", "II", "V1"), cabrera=False),
        lambda lead, a, b: samples_of(leads[lead], a, b) if lead in leads else None, RATE,
    )
    assert (first.first_mv, first.second_mv) == (pytest.approx(0.5), pytest.approx(1.0))
    assert first.difference_mv == pytest.approx(0.5)
    assert first.peak_to_peak_mv == pytest.approx(0.5)
    assert second.difference_mv == pytest.approx(0.0)
    assert second.peak_to_peak_mv == pytest.approx(1.5)
    assert absent.difference_mv is None
    assert absent.peak_to_peak_mv is None


def test_the_difference_follows_the_handles_and_not_the_clock() -> None:
    ramp = np.arange(2000) / 1000.0
    (row,) = lead_readings(
        Caliper(1, CaliperKind.TIME, "I", 2.0, 1.0), (Cell("I"),), lambda _, a, b: samples_of(ramp, a, b), RATE
    )
    assert row.difference_mv == pytest.approx(-0.5)


def test_invalid_samples_are_dashes_in_the_copied_table() -> None:
    values = np.full(2000, np.nan)
    values[500] = 0.25
    rows = lead_readings(
        Caliper(1, CaliperKind.TIME, "I", 1.0, 2.0), (Cell("I"),), lambda _, a, b: samples_of(values, a, b), RATE
    )
    lines = readings_text(Caliper(1, CaliperKind.TIME, "I", 1.0, 2.0), rows).splitlines()
    assert lines[0] == "1000 ms · 60.0/min"
    assert lines[1].split("\t") == [
        "Lead", "1.000 s (mV)", "2.000 s (mV)", "Difference (mV)", "Peak to peak (mV)"
    ]
    assert lines[2].split("\t") == ["I", "0.250", "–", "–", "0.000"]


def test_an_inverted_lead_is_read_as_it_is_drawn_and_named_so() -> None:
    ramp = np.arange(2000) / 1000.0
    caliper = Caliper(1, CaliperKind.BOTH, "aVR", 1.0, 2.0, 0.5, 1.0)
    rows = lead_readings(
        caliper, ordered_leads(("aVR", "I"), cabrera=True), lambda _, a, b: samples_of(ramp, a, b), RATE
    )
    upright, inverted = rows
    assert (upright.cell.label, inverted.cell.label) == ("I", "−aVR")
    assert (inverted.first_mv, inverted.second_mv) == (pytest.approx(-0.5), pytest.approx(-1.0))
    assert inverted.difference_mv == pytest.approx(-0.5)
    assert inverted.peak_to_peak_mv == pytest.approx(0.5)
    lines = readings_text(caliper, rows, -1).splitlines()
    assert lines[0].endswith("-500 µV")
    assert lines[3].split("\t") == ["−aVR", "-0.500", "-1.000", "-0.500", "0.500"]


def test_a_handle_snaps_to_the_nearer_of_peak_and_trough_but_not_to_a_slope() -> None:
    times = np.arange(0, 1, 1 / RATE)
    wave = np.exp(-(((times - 0.5) / 0.008) ** 2)) - 0.4 * np.exp(-(((times - 0.53) / 0.008) ** 2))
    peak = nearest_extremum((times, wave), 0.508)
    assert peak is not None
    assert peak[0] == pytest.approx(0.5, abs=1 / RATE)
    trough = nearest_extremum((times, wave), 0.526)
    assert trough is not None
    assert trough[0] == pytest.approx(0.53, abs=1 / RATE)
    assert trough[1] == pytest.approx(-0.4, abs=0.01)
    assert nearest_extremum((times, times * 2), 0.5) is None
    assert nearest_extremum((times, np.zeros_like(times)), 0.5) is None
    assert nearest_extremum((times, np.full_like(times, np.nan)), 0.5) is None

"""Deviations from beat to beat of known size, corrections of QT, and a device's measurements beside ours."""

from __future__ import annotations

import math

import numpy as np
import pytest

from mmae_core.intervals.beat_spread import beat_spreads
from mmae_core.intervals.device_differences import device_differences
from mmae_core.intervals.measure import examine_signal, measure_signal
from mmae_core.intervals.qtc_doubt import qtc_by_formula, qtc_doubt
from mmae_core.intervals.regularity import regularity
from mmae_core.intervals.results import FORMULAS, Measurements, Value
from mmae_core.intervals.synthetic_ecg import DIRECTIONS, Rhythm, _add_beat, make_ecg
from mmae_core.record import STANDARD_LEADS, Device, DeviceMeasurement

RATE_HZ = 500.0


def jittered(pr_sd_s: float = 0.0, qt_sd_s: float = 0.0, qrs_sd_s: float = 0.0, rr_sd_s: float = 0.0) -> tuple:
    """20 s with intervals that vary at random: the signal, and the true deviations of PR, QRS, QT and R-R in ms."""
    rng = np.random.default_rng(0)
    times = np.arange(round(20.0 * RATE_HZ)) / RATE_HZ
    vectors, at_s = np.zeros((3, len(times))), 0.4
    beats, onsets = [], []
    while at_s < 19.4:
        beat = Rhythm(pr_s=0.16 + pr_sd_s * rng.standard_normal(), qt_s=0.38 + qt_sd_s * rng.standard_normal(),
                      qrs_s=0.09 + qrs_sd_s * rng.standard_normal())
        _add_beat(vectors, times - at_s, beat, is_ectopic=False)
        beats.append((beat.pr_s, beat.qrs_s, beat.qt_s))
        onsets.append(at_s)
        at_s += 0.8 + rr_sd_s * rng.standard_normal()
    leads = {name: np.array(direction) @ vectors for name, direction in DIRECTIONS.items()}
    first, second = leads["I"], leads["II"]
    leads |= {"III": second - first, "aVR": -(first + second) / 2, "aVL": first - second / 2, "aVF": second - first / 2}
    signal = np.stack([leads[name] for name in STANDARD_LEADS]) + 0.01 * rng.standard_normal((12, len(times)))
    pr, qrs, qt = 1000 * np.std(beats, axis=0, ddof=1)
    return signal.astype(np.float32), {"pr_ms": pr, "qrs_ms": qrs, "qt_ms": qt,
                                       "rr_ms": 1000 * np.std(np.diff(onsets), ddof=1)}


@pytest.mark.parametrize(("varies", "name", "share"), [
    ({"pr_sd_s": 0.008}, "pr_ms", 0.15), ({"qrs_sd_s": 0.005}, "qrs_ms", 0.3), ({"qt_sd_s": 0.01}, "qt_ms", 0.35),
    ({"rr_sd_s": 0.03}, "rr_ms", 0.05),
])
def test_what_varies_is_seen_at_its_size_and_the_others_stay_still(varies: dict, name: str, share: float) -> None:
    signal, truth = jittered(**varies)
    spreads = beat_spreads(examine_signal(signal, RATE_HZ, STANDARD_LEADS))
    assert spreads[name].sd == pytest.approx(truth[name], rel=share)
    assert spreads[name].n_beats >= 20
    for other in {"pr_ms", "qrs_ms", "qt_ms"} - {name, *({"pr_ms", "qt_ms"} if name == "qrs_ms" else ())}:
        assert spreads[other].sd < 1.5, other


def test_of_three_beats_there_is_no_deviation() -> None:
    signal, _ = make_ecg(Rhythm(rr_s=0.9), duration_s=3.0)
    assert beat_spreads(examine_signal(signal, RATE_HZ, STANDARD_LEADS)) == {}


def test_what_is_not_measured_has_no_deviation() -> None:
    signal, _ = make_ecg(Rhythm(p_mv=0.0), noise_mv=0.01)
    assert "pr_ms" not in beat_spreads(examine_signal(signal, RATE_HZ, STANDARD_LEADS))


def measured(qt_ms: float, rr_s: float, *, is_regular: bool = True) -> Measurements:
    return Measurements(0.0, 10.0, Value(60 / rr_s), Value(160.0), Value(90.0), Value(qt_ms), Value(30.0), rr_s=rr_s,
                        is_regular=is_regular)


def test_all_four_corrections_are_those_of_their_formulas() -> None:
    values = {name: value.value for name, value in qtc_by_formula(measured(400.0, 0.81)).items()}
    assert values == {
        "Bazett": pytest.approx(400 / 0.9), "Fridericia": pytest.approx(400 / 0.81 ** (1 / 3)),
        "Framingham": pytest.approx(400 + 154 * 0.19), "Hodges": pytest.approx(400 + 1.75 * (60 / 0.81 - 60)),
    }
    at_60 = qtc_by_formula(measured(400.0, 1.0))
    assert set(at_60) == set(FORMULAS)
    assert all(math.isclose(value.value or 0, 400.0) for value in at_60.values()), "at 60/min they agree"


def test_a_correction_is_doubtful_in_an_irregular_rhythm_and_far_from_60_per_minute() -> None:
    assert qtc_doubt(measured(400.0, 0.8)) is None
    assert "R-R intervals differ" in str(qtc_doubt(measured(400.0, 0.8, is_regular=False)))
    fast = str(qtc_doubt(measured(300.0, 0.4)))
    parted = [value.value or 0 for value in qtc_by_formula(measured(300.0, 0.4)).values()]
    assert "150/min" in fast
    assert f"{max(parted) - min(parted):.0f} ms" in fast
    assert qtc_doubt(Measurements(0.0, 10.0, *[Value(None)] * 5)) is None, "nothing is doubted that is not there"


def test_regularity_is_told_by_the_shortest_the_longest_and_the_step() -> None:
    signal, truth = jittered(rr_sd_s=0.03)
    found = regularity(measure_signal(signal, RATE_HZ, STANDARD_LEADS))
    assert found is not None
    assert found.is_regular
    assert found.shortest_ms < 800 < found.longest_ms
    assert found.longest_ms - found.shortest_ms < 6 * truth["rr_ms"]
    assert found.step_percent < 10


def test_a_device_is_named_where_it_measured_otherwise_by_more_than_the_tolerance() -> None:
    ours = measured(400.0, 1.0)
    device = Device(measurements=(
        DeviceMeasurement("Heart rate", "61", "/min"), DeviceMeasurement("QRS duration", "135", "ms"),
        DeviceMeasurement("PR interval", "175", "ms"), DeviceMeasurement("QTc interval", "500", "ms"),
        DeviceMeasurement("QTc interval (Bazett)", "470", "ms"), DeviceMeasurement("QRS axis", "-170", "°"),
        DeviceMeasurement("QT interval", "unknown", "ms"),
    ))
    found = {(item.quantity, item.formula): (item.device, item.ours) for item in device_differences(device, ours)}
    assert found == {("qrs_ms", ""): (135.0, 90.0), ("qtc_ms", "Bazett"): (470.0, 400.0),
                     ("axis_deg", ""): (-170.0, 30.0)}
    assert device_differences(None, ours) == ()


def test_axes_are_compared_around_the_circle() -> None:
    ours = Measurements(0.0, 10.0, *[Value(None)] * 4, Value(175.0))
    near = Device(measurements=(DeviceMeasurement("QRS axis", "-175", "°"),))
    assert device_differences(near, ours) == ()

"""Hearts that measuring has gone wrong on before: each a right number or a refusal, never a wrong number."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from mmae_core.intervals.measure import examine_signal, measure_record, measure_signal
from mmae_core.intervals.qrs import qrs_bounds
from mmae_core.intervals.results import FORMULAS, Measurements, Reason
from mmae_core.intervals.synthetic_ecg import Rhythm, make_ecg
from mmae_core.intervals.wave_steadiness import has_steady_t
from mmae_core.readers import read_record
from mmae_core.record import STANDARD_LEADS

WAVES = Path(__file__).parents[2] / "data" / "waves"
MINI = Path(__file__).parents[2] / "data" / "ptbxl-mini"


def measured(name: str, folder: Path = WAVES) -> Measurements:
    return measure_record(read_record(folder / f"{name}.hea"))


def synthetic(rhythm: Rhythm) -> Measurements:
    return measure_signal(make_ecg(rhythm, noise_mv=0.01)[0], 500.0, STANDARD_LEADS)


@pytest.mark.parametrize(("name", "rate_bpm", "qt_ms"), [("hr90_qt440", 90, 440), ("hr100_qt420", 100, 420)])
def test_a_qt_longer_than_half_the_cycle_has_its_own_length(name: str, rate_bpm: float, qt_ms: float) -> None:
    found = measured(name)
    assert found.rate_bpm.value == pytest.approx(rate_bpm, abs=1)
    assert found.qt_ms.value == pytest.approx(qt_ms, abs=15)


@pytest.mark.parametrize(
    ("rate_bpm", "qt_s"), [(60, 0.44), (60, 0.48), (75, 0.44), (75, 0.48), (90, 0.44), (90, 0.48), (100, 0.42),
                           (110, 0.40), (110, 0.44)]
)
def test_a_long_qt_at_any_rate_is_measured_or_refused(rate_bpm: float, qt_s: float) -> None:
    found = synthetic(Rhythm(rr_s=60 / rate_bpm, pr_s=0.14, qt_s=qt_s))
    assert found.rate_bpm.value == pytest.approx(rate_bpm, abs=1)
    if found.qt_ms.value is None:
        assert rate_bpm > 90, "there is room for a T wave"
    else:
        assert found.qt_ms.value == pytest.approx(1000 * qt_s, abs=20)


@pytest.mark.parametrize("name", ["wide100", "wide120"])
def test_a_wide_qrs_that_peaks_late_in_the_chest_is_one_beat(name: str) -> None:
    found = measured(name)
    assert found.rate_bpm.value == pytest.approx(70, abs=1)
    assert found.n_beats == 12
    assert found.qrs_ms.value is None or found.qrs_ms.value > 140


@pytest.mark.parametrize(("name", "n_beats", "rate_bpm"), [("12714_lr", 13, 76), ("16066_lr", 15, 90)])
def test_the_ventricular_beats_of_a_bigeminy_are_beats_and_no_t(name: str, n_beats: int, rate_bpm: float) -> None:
    found = measured(name)
    assert found.n_beats == n_beats
    assert found.rate_bpm.value == pytest.approx(rate_bpm, abs=2)
    assert found.qt_ms.value is not None
    assert found.qt_ms.value < 400, "the ventricular beat would end 200 ms later"


def test_the_beats_behind_the_pauses_of_a_bigeminy_are_measured_not_the_wide_ones() -> None:
    found = measured("12714_lr")
    assert found.n_typical == 6, "seven beats are ventricular"
    assert found.qrs_ms.value is not None
    assert found.qrs_ms.value < 130, "the ventricular QRS lasts 166 ms"


def test_every_other_beat_of_a_synthetic_bigeminy_is_found() -> None:
    rhythm = Rhythm(rr_s=0.8, qt_s=0.36)
    signal, onsets = make_ecg(rhythm, noise_mv=0.01, ectopic=tuple(range(1, 12, 2)))
    found = measure_signal(signal, 500.0, STANDARD_LEADS)
    assert found.n_beats == len(onsets)
    assert found.qt_ms.value is None or found.qt_ms.value == pytest.approx(360, abs=20)


@pytest.mark.parametrize(("rr_s", "qt_s", "qrs_s"), [(0.6, 0.30, 0.14), (0.75, 0.26, 0.09)])
def test_a_steep_t_that_comes_back_with_every_beat_is_no_beat(rr_s: float, qt_s: float, qrs_s: float) -> None:
    found = synthetic(Rhythm(rr_s=rr_s, qt_s=qt_s, qrs_s=qrs_s, t_mv=2.4))
    assert found.rate_bpm.value == pytest.approx(60 / rr_s, abs=1)


def test_a_paced_heart_keeps_its_rate() -> None:
    found = measured("00144_hr")
    assert found.rate_bpm.value == pytest.approx(70.2, abs=0.5)
    assert found.qrs_ms.value is None or found.qrs_ms.value > 120


def test_a_long_qt_of_a_patient_is_long() -> None:
    found = measured("00039_lr")
    corrected = found.qtc_ms(FORMULAS["Fridericia"]).value
    assert corrected is None or corrected > 480
    assert found.rate_bpm.value == pytest.approx(88, abs=1)


@pytest.mark.parametrize(("name", "folder"), [
    ("04415_lr", WAVES), ("01123_lr", WAVES), ("records100/00000/00195_lr", MINI),
], ids=["left", "right", "right, with a hemiblock"])
def test_the_qrs_of_a_bundle_branch_block_is_wide(name: str, folder: Path) -> None:
    qrs = measured(name, folder).qrs_ms.value
    assert qrs is not None
    assert 120 <= qrs <= 200


def test_fibrillating_atria_have_no_pr() -> None:
    found = measured("00866_lr")
    assert found.pr_ms.reason in (Reason.NO_P, Reason.IRREGULAR)
    assert found.rate_bpm.is_measured
    assert found.qrs_ms.is_measured


def test_waves_of_fibrillation_are_no_p_that_keeps_its_place() -> None:
    found = measured("03139_lr")
    assert found.pr_ms.reason is Reason.IRREGULAR
    assert all(beat.p_on_s is None for beat in found.beats)


@pytest.mark.parametrize(("apart_s", "is_steady"), [(0.0, True), (0.14, False)])
def test_the_end_of_t_is_steady_where_every_other_beat_has_it_too(apart_s: float, is_steady: bool) -> None:
    examined = examine_signal(make_ecg(Rhythm(rr_s=0.9, qt_s=0.36))[0], 500.0, STANDARD_LEADS)
    later = examine_signal(make_ecg(Rhythm(rr_s=0.9, qt_s=0.36 + apart_s))[0], 500.0, STANDARD_LEADS)
    assert examined.average is not None
    assert later.average is not None
    beats = examined.average.beats_mv.copy()
    beats[::2] = later.average.beats_mv[::2]
    average = replace(examined.average, beats_mv=beats, mv=beats.mean(axis=0))
    bounds = qrs_bounds(average)
    assert bounds is not None
    assert has_steady_t(average, bounds) is is_steady


def test_a_block_of_first_degree_has_a_long_pr() -> None:
    pr = measured("02648_lr").pr_ms.value
    assert pr is not None
    assert 220 < pr < 320


@pytest.mark.parametrize("t_mv", [0.0, 0.02, 0.05, 0.1])
def test_a_low_t_is_measured_or_refused(t_mv: float) -> None:
    found = synthetic(Rhythm(t_mv=t_mv)).qt_ms
    assert found.value is None or found.value == pytest.approx(380, abs=30)
    if t_mv == 0.0:
        assert found.reason is not None


def joined(*parts: tuple[Rhythm, float]) -> Measurements:
    """Measured in rhythms that follow each other for so many seconds each."""
    pieces = [make_ecg(rhythm, duration_s=duration_s, noise_mv=0.01, seed=seed)[0]
              for seed, (rhythm, duration_s) in enumerate(parts)]
    return measure_signal(np.concatenate(pieces, axis=1), 500.0, STANDARD_LEADS)


@pytest.mark.parametrize("long_s", [(10, 20), (20, 10), (8, 4)])
def test_a_pr_that_changes_is_no_one_number(long_s: tuple[float, float]) -> None:
    short, long = Rhythm(rr_s=1.0, pr_s=0.16), Rhythm(rr_s=1.0, pr_s=0.28)

    found = joined((short, long_s[0]), (long, long_s[1])).pr_ms

    assert found.reason is Reason.VARIES
    assert (found.details["low"], found.details["high"]) == pytest.approx((160, 280), abs=12)


@pytest.mark.parametrize(("first_ms", "then_ms"), [(380, 460), (460, 380), (380, 440)])
def test_a_qt_that_changes_is_no_one_number(first_ms: float, then_ms: float) -> None:
    found = joined(*((Rhythm(rr_s=1.0, qt_s=qt_ms / 1000), 10) for qt_ms in (first_ms, then_ms))).qt_ms

    assert found.reason is Reason.VARIES
    assert (found.details["low"], found.details["high"]) == pytest.approx(
        (min(first_ms, then_ms), max(first_ms, then_ms)), abs=25)


def test_a_pr_that_grows_until_a_beat_drops_is_no_one_number() -> None:
    times = np.arange(6000) / 500.0
    signal = 0.01 * np.random.default_rng(0).standard_normal((12, len(times)))
    for number in range(13):
        growing = 0.16 + 0.06 * (number % 4)
        beat = make_ecg(Rhythm(rr_s=9.0, pr_s=growing), duration_s=1.1)[0]
        first = round((0.9 * number + growing - 0.16) * 500)
        if number % 4 < 3:
            signal[:, first : first + beat.shape[1]] += beat[:, : signal.shape[1] - first]

    assert measure_signal(signal.astype(np.float32), 500.0, STANDARD_LEADS).pr_ms.value is None


def test_a_steady_pr_and_qt_stay_numbers() -> None:
    found = joined((Rhythm(rr_s=1.0), 10), (Rhythm(rr_s=0.95), 10))

    assert found.pr_ms.value == pytest.approx(160, abs=10)
    assert found.qt_ms.value == pytest.approx(380, abs=16)

"""The patient's own beats: shapes, beats that depart from the template, in which leads, and what cannot be said."""

from __future__ import annotations

import numpy as np
import pytest

from mmae_core.intervals.beat_results import Array
from mmae_core.intervals.beats import find_beats
from mmae_core.intervals.measure import examine_record, examine_signal
from mmae_core.intervals.synthetic_ecg import Rhythm, make_ecg
from mmae_core.own_beats.find_own_beats import find_own_beats, own_beats_of, read_own_beats
from mmae_core.own_beats.results import OwnBeats
from mmae_core.own_beats.rhythm import prematurity
from mmae_core.own_beats.shapes import letter
from mmae_core.readers import read_record
from mmae_core.record import STANDARD_LEADS
from mmae_core.resources import resource

RATE_HZ = 500.0


def ordinary(noise_mv: float = 0.02, seed: int = 0) -> Array:
    """(12, samples) eleven beats 0.9 s apart."""
    signal, _ = make_ecg(Rhythm(rr_s=0.9), noise_mv=noise_mv, wander_mv=0.1, seed=seed)
    return np.asarray(signal, np.float64)


def with_wide_beat(signal: Array, at: int, height_mv: float = 1.5, leads: slice = slice(None)) -> Array:
    """The signal with a slow deflection laid over one beat."""
    changed = signal.copy()
    times = (np.arange(signal.shape[1]) - at) / RATE_HZ
    changed[leads] -= height_mv * np.exp(-0.5 * (times / 0.045) ** 2)
    return changed


def own_beats(signal: Array) -> OwnBeats:
    return find_own_beats(signal, RATE_HZ, STANDARD_LEADS, find_beats(signal, RATE_HZ))


def test_beats_that_are_alike_are_one_shape_and_none_departs() -> None:
    found = own_beats(ordinary())
    assert [(shape.name, shape.n_beats, shape.is_wide) for shape in found.shapes] == [("A", len(found.beats), False)]
    assert found.flagged == ()


def test_a_wide_beat_has_a_shape_of_its_own_and_is_the_one_that_departs() -> None:
    signal = ordinary()
    at = int(find_beats(signal, RATE_HZ).r_samples[5])
    found = own_beats(with_wide_beat(signal, at))
    assert [(shape.name, shape.n_beats, shape.is_wide) for shape in found.shapes] == [
        ("A", len(found.beats) - 1, False), ("B", 1, True)]
    (beat,) = found.flagged
    assert beat.r_s == pytest.approx(at / RATE_HZ, abs=0.1)
    assert (beat.wave, beat.shape, beat.percentile > 99) == ("QRS", 1, True)
    assert beat.start_s < beat.r_s < beat.end_s


def test_the_lead_that_changes_departs_and_the_others_do_not() -> None:
    signal = ordinary()
    at = int(find_beats(signal, RATE_HZ).r_samples[5])
    place = STANDARD_LEADS.index("V2")
    found = own_beats(with_wide_beat(signal, at, leads=slice(place, place + 1)))
    beat = max(found.beats, key=lambda beat: beat.departure)
    assert int(np.argmax(beat.lead_departures)) == place
    assert beat.lead_percentiles[place] >= 98
    assert np.delete(beat.lead_percentiles, place).max() < 98


def test_breathing_that_makes_beats_larger_and_smaller_is_no_departure() -> None:
    signal = ordinary()
    breath = 1 + 0.15 * np.sin(2 * np.pi * 0.25 * np.arange(signal.shape[1]) / RATE_HZ)
    assert own_beats(signal * breath).flagged == ()


def test_noise_makes_departures_smaller_not_larger() -> None:
    def strongest(noise_mv: float) -> float:
        signal = ordinary(noise_mv)
        at = int(find_beats(signal, RATE_HZ).r_samples[5])
        return max(beat.departure for beat in own_beats(with_wide_beat(signal, at)).beats)

    assert strongest(0.1) < strongest(0.01)


def test_a_beat_that_comes_early_is_told_by_the_rhythm_alone() -> None:
    steady = [0.8] * 10
    early = prematurity(np.cumsum([400, *(round(500 * rr) for rr in [*steady[:5], 0.5, 1.1, *steady[:4]])]))
    assert int(np.nanargmax(early)) == 6
    assert np.nanmax(np.delete(early, 6)) < 0.2


def test_a_heart_that_quickens_as_it_breathes_has_no_early_beat() -> None:
    intervals = 0.9 + 0.08 * np.sin(2 * np.pi * np.arange(14) / 5)
    early = prematurity(np.cumsum(np.round(500 * intervals)).astype(np.int64))
    assert np.nanmax(early) < 0.85, "0.97 and more is rare in normal records"


def test_in_an_irregular_rhythm_no_beat_is_called_early() -> None:
    intervals = np.array([0.5, 0.9, 0.6, 1.1, 0.7, 0.45, 1.0, 0.55, 0.8])
    assert np.isnan(prematurity(np.cumsum(np.round(500 * intervals)).astype(np.int64))).all()


def test_in_bigeminy_every_second_beat_is_early_and_the_others_are_not() -> None:
    intervals = np.array([1.03, 0.56, 0.91, 0.55, 1.18, 0.54, 0.9, 0.56, 1.09, 0.51])
    early = prematurity(np.cumsum(np.round(500 * np.r_[0.4, intervals])).astype(np.int64))
    is_early = np.r_[False, intervals < 0.7]
    assert np.nanmin(early[is_early]) > 1.5
    assert np.nanmax(early[~is_early]) == 0


def test_of_two_shapes_about_as_frequent_the_narrower_is_the_patients_own() -> None:
    signal = ordinary()
    peaks = find_beats(signal, RATE_HZ).r_samples
    for at in peaks[::2]:
        signal = with_wide_beat(signal, int(at), 2.5)
    found = own_beats(signal)
    assert not found.shapes[found.prevailing].is_wide
    assert all(found.shapes[beat.shape].is_wide for beat in found.flagged)
    assert len(found.flagged) >= 4


def test_one_lead_is_enough() -> None:
    signal = ordinary()[1:2]
    at = int(find_beats(signal, RATE_HZ).r_samples[5])
    changed = with_wide_beat(signal, at)
    found = find_own_beats(changed, RATE_HZ, ("II",), find_beats(changed, RATE_HZ), start_s=100.0)
    (beat,) = found.flagged
    assert beat.r_s == pytest.approx(100 + at / RATE_HZ, abs=0.1)
    assert (found.leads, found.start_s) == (("II",), 100.0)


def test_too_few_beats_alike_are_said() -> None:
    found = own_beats(ordinary()[:, :1000])
    assert found.beats == ()
    assert "no beat could be compared" in found.limitations[0]


def test_the_premature_ventricular_beat_of_a_real_recording_is_its_one_finding() -> None:
    found = read_own_beats(read_record(resource("demo", "00170_hr.hea")))
    (beat,) = found.flagged
    assert beat.r_s == pytest.approx(2.6, abs=0.1), "as its report says"
    assert beat.is_premature
    assert [(shape.name, shape.n_beats) for shape in found.shapes] == [("A", len(found.beats) - 1), ("B", 1)]


def test_a_normal_recording_has_none() -> None:
    found = read_own_beats(read_record(resource("demo", "00262_hr.hea")))
    assert (found.flagged, len(found.shapes)) == ((), 1)


def test_shapes_beyond_the_alphabet_have_two_letters() -> None:
    assert [letter(place) for place in (0, 25, 26, 27)] == ["A", "Z", "AA", "AB"]


def test_what_was_examined_is_not_read_again() -> None:
    record = read_record(resource("demo", "00170_hr.hea"))
    examined, read = own_beats_of(examine_record(record)), read_own_beats(record)
    assert [beat.departure for beat in examined.beats] == [beat.departure for beat in read.beats]


def test_a_stretch_without_a_beat_says_why() -> None:
    noise = np.random.default_rng(0).normal(0, 0.02, (12, 5000)).astype(np.float32)
    assert own_beats_of(examine_signal(noise * 0, RATE_HZ, STANDARD_LEADS)).limitations == ("none of the twelve "
                                                                                            "leads has a usable "
                                                                                            "signal",)
    assert own_beats_of(examine_signal(noise[:, :500], RATE_HZ, STANDARD_LEADS)).limitations == ("no beats were found",)


def test_an_electrode_that_jumps_makes_no_beat_odd_and_is_said() -> None:
    signal = ordinary()
    at = int(find_beats(signal, RATE_HZ).r_samples[5])
    signal[STANDARD_LEADS.index("V1"), at + 100 : at + 130] += 6.0
    found = own_beats(signal)
    assert found.flagged == ()
    beat = min(found.beats, key=lambda beat: abs(beat.r_s - at / RATE_HZ))
    assert [lead for lead, departure in zip(found.leads, beat.lead_departures, strict=True)
            if np.isnan(departure)] == ["V1"]
    assert any(str(text).startswith("beats not compared in V1, where an electrode jumps") for text in found.limitations)


def test_a_beat_of_another_shape_in_all_leads_is_no_jump() -> None:
    signal = ordinary()
    at = int(find_beats(signal, RATE_HZ).r_samples[5])
    found = own_beats(with_wide_beat(signal, at, height_mv=4.0))
    assert all(np.isfinite(beat.lead_departures).all() for beat in found.beats)

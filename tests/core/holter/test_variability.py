"""Heart rate variability: the definitions of the Task Force, by hand and against a published library."""

from __future__ import annotations

import numpy as np
import pytest

from mmae_core.holter.limits import HolterLimits
from mmae_core.holter.results import HolterBeats
from mmae_core.holter.variability import nn_intervals, segment_values, time_domain, variability


def beats_of(rr_s: list[float] | np.ndarray, **marks: list[int]) -> HolterBeats:
    """Usual beats these intervals apart, the first at 1 s; `marks` name the beats that are otherwise."""
    r_s = 1.0 + np.concatenate(([0.0], np.cumsum(rr_s)))
    masks = {name: np.zeros(len(r_s), bool) for name in (
        "is_premature", "is_poor", "follows_gap", "departs", "is_other")}
    for name, numbers in marks.items():
        masks[name][numbers] = True
    other = masks.pop("is_other")
    return HolterBeats(r_s, other.astype(np.int16), ~other, **masks)


def whole(nn_ms: list[float]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Intervals one after the other, without a break."""
    values = np.array(nn_ms, np.float64)
    follows = np.arange(len(values)) > 0
    return np.cumsum(values) / 1000, values, follows


def test_values_of_four_intervals_are_those_computed_by_hand() -> None:
    # 800, 810, 790, 860: mean 815, deviations -15 -5 -25 45, squares 225 25 625 2025 = 2900 / 3;
    # differences 10 -20 70: squares 100 400 4900 = 5400 / 3; one of four intervals follows a change of more than 50
    found = time_domain(*whole([800, 810, 790, 860]))
    assert found.mean_nn_ms == pytest.approx(815)
    assert found.sdnn_ms == pytest.approx(np.sqrt(2900 / 3))
    assert found.rmssd_ms == pytest.approx(np.sqrt(1800))
    assert found.pnn50_percent == pytest.approx(25)


def test_poincare_of_an_alternating_rhythm_is_all_across_the_line() -> None:
    found = time_domain(*whole([800, 900] * 4))
    # the points are (800, 900) and (900, 800): their differences over root 2 are +-100 / root 2, their sums all alike
    points = np.array([100, -100] * 3 + [100]) / np.sqrt(2)
    assert found.sd1_ms == pytest.approx(points.std(ddof=1))
    assert found.sd2_ms == pytest.approx(0)


def test_values_agree_with_neurokit2() -> None:
    """Against `hrv_time` and `hrv_nonlinear` of NeuroKit2 0.2.13, which take R-peaks in samples at 1,000 Hz."""
    number = np.arange(2400)
    rr_ms = np.round(800 + 60 * np.sin(2 * np.pi * number / 18) + 90 * np.sin(2 * np.pi * number / 700)
                     + 25 * np.sin(number * number * 0.37))
    found = time_domain(*whole(rr_ms.tolist()))
    assert found.mean_nn_ms == pytest.approx(807.9429166666666)
    assert found.sdnn_ms == pytest.approx(78.42613254375394)
    assert found.rmssd_ms == pytest.approx(29.050616303758144)
    assert found.pnn50_percent == pytest.approx(8.791666666666668)
    assert found.sd1_ms == pytest.approx(20.54614393706973)
    assert found.sd2_ms == pytest.approx(108.99430601481998)
    # its 5-minute segments leave out their last interval, so that these agree nearly
    assert found.sdann_ms == pytest.approx(47.689350726090204, rel=0.005)
    assert found.sdnn_index_ms == pytest.approx(64.33933421449483, rel=0.005)


def test_intervals_at_premature_other_poor_and_lost_beats_are_left_out() -> None:
    beats = beats_of([0.8] * 12, is_premature=[2], is_other=[5], is_poor=[8], follows_gap=[11])
    ends, nn_ms, follows = nn_intervals(beats)
    # beat 1 follows a normal one; 4 too; 7; 10; 12: every interval that touches a marked beat is gone
    assert np.flatnonzero(beats.is_nn).tolist() == [1, 4, 7, 10, 12]
    assert nn_ms == pytest.approx([800] * 5)
    assert ends == pytest.approx(beats.r_s[[1, 4, 7, 10, 12]])
    assert not follows.any()


def test_a_difference_is_not_taken_across_what_was_left_out() -> None:
    # 0.8 s before an early beat, 1.0 s after its pause: no successive difference between the two
    beats = beats_of([0.8, 0.8, 0.5, 1.3, 1.0, 1.0], is_premature=[3])
    _, nn_ms, follows = nn_intervals(beats)
    assert nn_ms == pytest.approx([800, 800, 1000, 1000])
    assert follows.tolist() == [False, True, False, True]
    assert time_domain(*nn_intervals(beats)).rmssd_ms == pytest.approx(0)


def test_too_few_intervals_are_refused_with_their_number() -> None:
    found = variability(beats_of([0.8] * 100), HolterLimits())
    assert found.sdnn_ms is None
    assert found.rmssd_ms is None
    assert found.sd1_ms is None
    assert str(found.refusal) == "100 intervals between normal beats; 240 are needed"


def test_a_recording_of_mostly_other_beats_is_refused_with_their_share() -> None:
    beats = beats_of([0.8] * 1000, is_other=list(range(300, 1001)))
    found = variability(beats, HolterLimits())
    assert found.sdnn_ms is None
    assert str(found.refusal) == "only 30 % of the intervals are between normal beats; 50 % are needed"
    assert found.nn_share == pytest.approx(0.299)


def test_the_five_minute_measures_need_four_segments() -> None:
    ten_minutes = variability(beats_of([0.8] * 750), HolterLimits())
    assert ten_minutes.sdnn_ms is not None
    assert ten_minutes.sdann_ms is None
    assert ten_minutes.sdnn_index_ms is None
    assert str(ten_minutes.limitations[0]) == "SDANN and SDNN index: 2 segments of 5 minutes; 4 are needed"
    half_an_hour = variability(beats_of([0.8] * 2250), HolterLimits())
    assert half_an_hour.sdann_ms == pytest.approx(0, abs=1e-9)


def test_the_trend_says_nothing_of_five_minutes_without_beats() -> None:
    beats = beats_of([0.7, 0.9] * 200 + [300.0] + [0.8] * 100, follows_gap=[401])
    sdnn, rmssd = segment_values(beats, 3)
    assert sdnn[0] == pytest.approx(100, rel=0.01)
    assert rmssd[0] == pytest.approx(200)
    assert np.isnan(sdnn[1])

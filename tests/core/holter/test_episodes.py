"""Episodes: which stretches are listed, from which limit on, and in which words."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from mmae_core.errors import ConfigError
from mmae_core.holter.episodes import find_episodes
from mmae_core.holter.limits import HolterLimits
from mmae_core.holter.results import Episode, HolterBeats, Trends
from tests.core.holter.test_variability import beats_of

LIMITS = HolterLimits()


def trends_of(st_mv: list[list[float]] | None = None, poor: list[bool] | None = None) -> Trends:
    """Trends in which only ST and the signal's quality matter."""
    nothing = np.empty(0)
    st = np.array(st_mv if st_mv is not None else [[]], np.float64)
    is_poor = np.array(poor or [], bool)
    return Trends(nothing, nothing, nothing, st, nothing, nothing, nothing, is_poor,
                  np.zeros((len(st), len(is_poor)), np.float32))


def found(beats: HolterBeats, trends: Trends | None = None, limits: HolterLimits = LIMITS) -> tuple[Episode, ...]:
    return find_episodes(beats, trends or trends_of(), ("II",), ("A", "B", "C"), limits, 1e6)


def test_a_steady_rhythm_between_the_limits_has_no_episode() -> None:
    assert found(beats_of([0.8] * 300)) == ()


def test_a_fast_stretch_is_listed_with_its_rate_and_length() -> None:
    episode, = found(beats_of([0.8] * 50 + [0.4] * 100 + [0.8] * 50))
    assert episode.kind == "fast"
    assert episode.value == pytest.approx(150, abs=3)
    assert episode.start_s == pytest.approx(41, abs=3)
    assert episode.duration_s == pytest.approx(40, abs=3)
    assert "beats a minute, faster than 100" in episode.text


def test_a_slow_stretch_is_listed_and_a_short_one_is_not() -> None:
    episode, = found(beats_of([0.8] * 50 + [1.5] * 30 + [0.8] * 50))
    assert episode.kind == "slow"
    assert episode.value == pytest.approx(40, abs=2)
    assert found(beats_of([0.8] * 50 + [1.5] * 15 + [0.8] * 50)) == ()


def test_a_pause_lies_between_its_two_beats() -> None:
    episode, = found(beats_of([0.8] * 20 + [2.4] + [0.8] * 20))
    assert (episode.kind, episode.start_s, episode.end_s) == ("pause", pytest.approx(17), pytest.approx(19.4))
    assert str(episode.text) == "no beat for 2.40 s, longer than 2 s"
    assert episode.strength == pytest.approx(1.2)


def test_a_gap_in_the_signal_and_poor_signal_are_no_pause() -> None:
    assert found(beats_of([0.8] * 20 + [30.0] + [0.8] * 20, follows_gap=[21])) == ()
    assert found(beats_of([0.8] * 20 + [2.4] + [0.8] * 20, is_poor=[21])) == ()


def test_no_stretch_reaches_across_a_gap_in_the_signal() -> None:
    rng = np.random.default_rng(1)
    for intervals in (np.full(200, 0.4), np.full(200, 1.5), 0.5 + 0.4 * rng.random(200)):
        with_gap = np.insert(intervals, 100, 3600.0)
        before, after = found(beats_of(with_gap, follows_gap=[101]))
        assert before.kind == after.kind
        assert before.end_s < 160
        assert after.start_s > 3600


def test_two_short_fast_stretches_beside_a_gap_are_no_long_one() -> None:
    assert found(beats_of([0.8] * 20 + [0.4] * 6 + [3600.0] + [0.4] * 6 + [0.8] * 20, follows_gap=[27])) == ()


def test_intervals_that_keep_changing_are_irregular_and_single_early_beats_are_not() -> None:
    rng = np.random.default_rng(1)
    episode, = found(beats_of(0.5 + 0.5 * rng.random(200)))
    assert episode.kind == "irregular"
    assert episode.duration_s > 120
    with_early = np.full(200, 0.8)
    with_early[::10], with_early[1::10] = 0.5, 1.1
    assert found(beats_of(with_early)) == ()


def test_three_beats_in_a_row_of_another_shape_are_a_run_and_two_are_none() -> None:
    beats = beats_of([0.8] * 40, is_other=[10, 11, 12, 20, 21])
    episode, = found(beats)
    assert (episode.kind, episode.value) == ("run", 3)
    assert str(episode.text) == "3 beats in a row of shape B, 75 a minute"
    assert (episode.start_s, episode.end_s) == (beats.r_s[10], beats.r_s[12])


def test_a_run_is_not_made_across_a_gap() -> None:
    assert found(beats_of([0.8] * 40, is_other=[10, 11, 12, 13], follows_gap=[12])) == ()


def test_an_st_shift_of_a_minute_is_listed_against_the_leads_own_median() -> None:
    level = [0.20] * 30 + [0.33] * 4 + [0.20] * 30  # steps of 20 s; the lead stands at +0.2 mV all the time
    episode, = found(beats_of([0.8] * 5), trends_of([level]))
    assert (episode.kind, episode.lead) == ("st", "II")
    assert (episode.start_s, episode.end_s) == (600, 680)
    assert episode.value == pytest.approx(0.13)
    assert "shifted by +0.13 mV from its median of +0.20 mV" in episode.text


def test_an_st_shift_of_less_than_a_minute_or_less_than_a_tenth_is_not_listed() -> None:
    assert found(beats_of([0.8] * 5), trends_of([[0.0] * 30 + [0.2] * 2 + [0.0] * 30])) == ()
    assert found(beats_of([0.8] * 5), trends_of([[0.0] * 30 + [0.09] * 9 + [0.0] * 30])) == ()


def test_two_st_shifts_less_than_a_minute_apart_are_one_and_two_directions_are_two() -> None:
    near = [0.0] * 30 + [-0.2] * 3 + [0.0] * 2 + [-0.2] * 3 + [0.0] * 30
    episode, = found(beats_of([0.8] * 5), trends_of([near]))
    assert episode.duration_s == 160
    assert episode.value == pytest.approx(-0.2)
    both = [0.0] * 30 + [-0.2] * 3 + [0.2] * 3 + [0.0] * 30
    assert [item.value for item in found(beats_of([0.8] * 5), trends_of([both]))] == pytest.approx([-0.2, 0.2])


def test_a_gap_in_the_st_trend_is_no_shift() -> None:
    assert found(beats_of([0.8] * 5), trends_of([[0.3] * 30 + [np.nan] * 10 + [0.3] * 30])) == ()


def test_poor_signal_is_listed_with_its_length() -> None:
    episode, = found(beats_of([0.8] * 5), trends_of(poor=[False, True, True, False]))
    assert (episode.kind, episode.start_s, episode.end_s) == ("poor", 10, 30)


def test_a_changed_limit_changes_what_is_listed() -> None:
    beats = beats_of([0.8] * 20 + [2.4] + [0.8] * 20)
    assert found(beats, limits=dataclasses.replace(LIMITS, pause_s=3.0)) == ()
    assert len(found(beats, limits=dataclasses.replace(LIMITS, pause_s=1.5))) == 1


def test_unknown_and_senseless_limits_are_refused() -> None:
    assert LIMITS.with_values({"run_beats": 5.0}).run_beats == 5
    with pytest.raises(ConfigError, match="There is no limit pause; there are fast_bpm"):
        LIMITS.with_values({"pause": 3})
    with pytest.raises(ConfigError, match="must be above 0"):
        LIMITS.with_values({"pause_s": 0})
    with pytest.raises(ConfigError, match="slow must be less"):
        LIMITS.with_values({"slow_bpm": 120})

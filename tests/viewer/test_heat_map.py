"""Percentiles collected stretch by stretch: nothing is lost, nothing unassessed looks normal, a day fits."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecg_viewer.state import heat as heat_module
from ecg_viewer.state.heat import (
    FIRST_PERCENTILE_CODE,
    NOT_ASSESSED,
    PENDING,
    HeatMap,
    HeatSpan,
    code_percentiles,
    percentile_codes,
)
from mmae_core.assessment import AnomalyMap
from mmae_core.record import STANDARD_LEADS


def map_of(percentile: np.ndarray, start_s: float = 0.0, rate_hz: float = 500.0) -> AnomalyMap:
    percentile = percentile.astype(np.float32)
    return AnomalyMap(start_s, rate_hz, percentile, percentile, percentile, (), "test", "cpu")


def level(value: float, duration_s: float, rate_hz: float = 500.0) -> np.ndarray:
    return np.full((12, round(duration_s * rate_hz)), float(value))


@given(st.floats(0, 100))
def test_codes_keep_percentiles_to_the_digits_that_are_shown(percentile: float) -> None:
    back = code_percentiles()[percentile_codes(np.array([percentile]))[0]]
    tolerance = 0.51 if percentile < 90 else (0.07 if percentile < 99 else (0.008 if percentile < 99.9 else 0.002))
    assert abs(back - percentile) <= tolerance


def test_codes_rise_with_the_percentile_and_special_codes_have_none() -> None:
    codes = percentile_codes(np.linspace(0, 100, 5001))
    assert codes[0] == FIRST_PERCENTILE_CODE
    assert codes[-1] == 255
    assert (np.diff(codes.astype(int)) >= 0).all()
    assert percentile_codes(np.array([np.nan]))[0] == NOT_ASSESSED
    assert np.isnan(code_percentiles()[[PENDING, NOT_ASSESSED]]).all()


def test_everything_is_pending_until_added() -> None:
    heat = HeatMap()
    heat.reset(60)
    assert (heat.slice(0, 60, 500) == PENDING).all()
    assert heat.percentile_at("I", 5) is None
    assert heat.assessed_fraction == 0
    assert heat.n_bytes == 0


@pytest.mark.parametrize("rate_hz", [50.0, 100.0, 257.0, 360.0, 500.0, 1000.0])
def test_a_stretch_is_found_where_it_was_put_at_any_sampling_rate(rate_hz: float) -> None:
    heat = HeatMap()
    heat.reset(100)
    percentile = level(50, 10, rate_hz)
    n = percentile.shape[1]
    percentile[7, round(4 * rate_hz) : round(4.5 * rate_hz)] = 99.5
    heat.add(map_of(percentile, 20, rate_hz))
    end_s = 20 + n / rate_hz
    codes = heat.slice(0, 100, 10_000)
    assert (codes[:, :2000] == PENDING).all()
    assert (codes[:, round(end_s * 100) + 1 :] == PENDING).all()
    hot = np.flatnonzero(codes[7] == percentile_codes(np.array([99.5]))[0])
    assert hot[0] / 100 == pytest.approx(24.0, abs=0.011)
    assert (hot[-1] + 1) / 100 == pytest.approx(24.5, abs=0.021)
    assert (np.delete(codes, 7, axis=0)[:, 2001:2990] == percentile_codes(np.array([50.0]))[0]).all()


def test_one_sample_high_survives_decimation_to_any_width() -> None:
    heat = HeatMap()
    heat.reset(10)
    percentile = level(10, 10)
    percentile[3, 2601] = 99.97
    heat.add(map_of(percentile))
    for n_columns in (1, 7, 100, 1000, 4000):
        codes = heat.slice(0, 10, n_columns)
        assert codes.shape == (12, n_columns)
        assert codes[3].max() == percentile_codes(np.array([99.97]))[0]
        assert np.argmax(codes[3]) == int(5.20 / 10 * n_columns + 1e-9)
        assert codes[2].max() == percentile_codes(np.array([10.0]))[0]


def test_what_was_not_assessed_is_not_normal() -> None:
    heat = HeatMap()
    heat.reset(10)
    percentile = level(20, 10)
    percentile[5] = np.nan
    percentile[2, :1000] = np.nan
    heat.add(map_of(percentile))
    codes = heat.slice(0, 10, 1000)
    assert (codes[5] == NOT_ASSESSED).all()
    assert (codes[2, :200] == NOT_ASSESSED).all()
    assert (codes[2, 200:] > NOT_ASSESSED).all()
    assert heat.percentile_at("aVF", 5) is None
    assert heat.percentile_at("III", 5) == pytest.approx(20, abs=0.5)
    assert heat.assessed_fraction == pytest.approx(1 - 1 / 12 - 0.2 / 12)
    assert heat.computed_fraction == 1


def test_a_known_column_wins_over_a_pending_one() -> None:
    heat = HeatMap()
    heat.reset(20)
    heat.add(map_of(level(95, 10), 0))
    codes = heat.slice(0, 20, 3)
    assert codes[0, 1] == percentile_codes(np.array([95.0]))[0]
    assert codes[0, 2] == PENDING


def test_an_added_stretch_replaces_what_was_known_of_it() -> None:
    heat = HeatMap()
    heat.reset(10)
    heat.add(map_of(level(99, 10)))
    heat.add(map_of(level(40, 5), 2))
    assert heat.percentile_at("I", 1.99) == pytest.approx(99, abs=0.1)
    assert heat.percentile_at("I", 2.0) == pytest.approx(40, abs=0.5)
    assert heat.percentile_at("I", 6.99) == pytest.approx(40, abs=0.5)
    assert heat.percentile_at("I", 7.0) == pytest.approx(99, abs=0.1)


def test_two_stretches_that_meet_inside_a_column_keep_both_peaks() -> None:
    heat = HeatMap()
    heat.reset(10)
    first, second = level(10, 1.003, 1000), level(10, 1, 1000)
    first[0, -1] = 99
    heat.add(map_of(first, 0, 1000))
    heat.add(map_of(second, 1.003, 1000))
    assert heat.percentile_at("I", 1.005) == pytest.approx(99, abs=0.1)


def test_stretches_across_the_border_of_a_chunk_are_whole() -> None:
    heat = HeatMap()
    heat.reset(200)
    heat.add(map_of(level(97, 20), 55))
    codes = heat.slice(50, 80, 3000)
    assert (codes[:, 500:2500] == percentile_codes(np.array([97.0]))[0]).all()
    assert (codes[:, :500] == PENDING).all()
    assert (codes[:, 2500:] == PENDING).all()


def test_changes_are_told_with_their_stretch() -> None:
    heat = HeatMap()
    heard: list[tuple[float, float]] = []
    heat.changed.connect(lambda start_s, end_s: heard.append((start_s, end_s)))
    heat.reset(30)
    heat.add(map_of(level(1, 10), 10))
    heat.mark_not_assessed(0, 5)
    assert heard == [(0, float("inf")), (10, 20), (0, 5)]
    assert heat.code_at("V6", 4.99) == NOT_ASSESSED
    assert heat.code_at("V6", 5.0) == PENDING


def test_reset_forgets() -> None:
    heat = HeatMap()
    heat.reset(10)
    heat.add(map_of(level(99, 10)))
    heat.reset(20)
    assert heat.duration_s == 20
    assert (heat.slice(0, 10, 10) == PENDING).all()
    assert heat.computed_fraction == 0


def test_clearing_what_is_clear_tells_nobody() -> None:
    """Else the paper of every new recording would be painted once more for nothing."""
    heat = HeatMap()
    heard: list[tuple[float, float]] = []
    heat.reset(10)
    heat.changed.connect(lambda start_s, end_s: heard.append((start_s, end_s)))
    heat.reset(10)
    assert heard == []
    heat.mark("named", [HeatSpan("V1", 1.0, 2.0, 99.0)])
    heat.reset(10)
    assert len(heard) == 2
    assert (heat.slice(0, 10, 10, "named") == PENDING).all()


def test_a_map_of_other_leads_is_refused_with_its_shape() -> None:
    with pytest.raises(ValueError, match=r"\(12, samples\), got \(3, 100\)"):
        HeatMap().add(map_of(np.zeros((3, 100))))


def test_a_day_of_twelve_leads_takes_about_100_mb() -> None:
    heat = HeatMap()
    heat.reset(86_400)
    heat.mark_not_assessed(0, 86_400)
    assert heat.n_bytes < 105e6
    assert heat.computed_fraction == pytest.approx(1)


def test_slices_before_and_after_the_record_are_pending() -> None:
    heat = HeatMap()
    heat.reset(10)
    heat.add(map_of(level(50, 10)))
    codes = heat.slice(-5, 15, 200)
    assert (codes[:, :50] == PENDING).all()
    assert (codes[:, 150:] == PENDING).all()
    assert (codes[:, 50:150] > NOT_ASSESSED).all()


def test_rows_are_the_standard_leads() -> None:
    heat = HeatMap()
    heat.reset(1)
    percentile = level(0, 1)
    percentile += np.arange(12)[:, None] * 8
    heat.add(map_of(percentile))
    for index, lead in enumerate(STANDARD_LEADS):
        assert heat.percentile_at(lead, 0.5) == pytest.approx(index * 8, abs=0.5)


def test_a_snapshot_keeps_what_was_known_when_another_record_is_opened() -> None:
    heat = HeatMap()
    heat.reset(10.0)
    percentile = np.full((12, 1000), 99.0, np.float32)
    heat.add(AnomalyMap(0.0, 100.0, percentile, percentile, percentile, (), "fake", "cpu"))
    known = heat.codes(0.0, 10.0)
    snapshot = heat.snapshot()
    heat.reset(5.0)
    np.testing.assert_array_equal(snapshot.codes(0.0, 10.0), known)
    assert (snapshot.duration_s, heat.duration_s) == (10.0, 5.0)
    assert known.shape == (12, 1000)
    assert (heat.codes(0.0, 5.0) == 0).all()


def test_a_copy_does_not_change_with_the_map_it_was_made_of() -> None:
    heat = HeatMap()
    heat.reset(10.0)
    heat.add(map_of(level(99, 10)))
    heat.mark("named", [HeatSpan("V1", 2.0, 3.0, 99.9)])
    copy, known = heat.copy(), heat.codes(0.0, 10.0)
    heat.add(map_of(level(20, 10)))
    heat.mark("named", [HeatSpan("V2", 2.0, 3.0, 99.9)])
    np.testing.assert_array_equal(copy.codes(0.0, 10.0), known)
    assert (heat.codes(0.0, 10.0) != known).any()


def test_days_that_are_not_assessed_take_neither_memory_nor_time() -> None:
    heat, days_s = HeatMap(), 14 * 86_400.0
    heat.reset(days_s)
    heat.mark_not_assessed(0.0, days_s)
    assert heat.n_bytes < 1_000_000
    assert (heat.computed_fraction, heat.assessed_fraction) == (1.0, 0.0)
    assert set(heat.slice(0.0, days_s, 1000).ravel().tolist()) == {NOT_ASSESSED}
    assert heat.copy().n_bytes < 1_000_000


def test_what_is_added_to_a_day_that_was_not_assessed_is_there_and_nowhere_else() -> None:
    heat, day_s = HeatMap(), 86_400.0
    heat.reset(day_s)
    heat.mark_not_assessed(0.0, day_s)
    before = heat.snapshot()
    heat.mark("named", [HeatSpan("V1", 7_201.0, 7_202.0, 99.0)])
    found = heat.slice(0.0, day_s, 24)
    marked = np.argwhere(found > NOT_ASSESSED).tolist()
    assert marked == [[STANDARD_LEADS.index("V1"), 2]]
    assert (before.slice(0.0, day_s, 24) == NOT_ASSESSED).all()


def test_a_day_reduced_piece_by_piece_is_as_if_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    heat, length_s = HeatMap(), 40_000.0
    heat.reset(length_s)
    chance = np.random.default_rng(0)
    for start_s in chance.uniform(0, length_s - 10, 200):
        heat.mark("own", [HeatSpan("II", start_s, start_s + chance.uniform(0.1, 9), chance.uniform(90, 100))])
    pieces = heat.slice(3.217, 39_000.5, 777)
    monkeypatch.setattr(heat_module, "MOST_AT_ONCE", 10**9)
    np.testing.assert_array_equal(pieces, heat.slice(3.217, 39_000.5, 777))


def test_a_withheld_map_is_blank_rather_than_awaited_until_something_is_added() -> None:
    heat = HeatMap()
    heat.reset(20.0, is_withheld=True)
    assert (heat.slice(0, 20, 50) == FIRST_PERCENTILE_CODE).all()
    assert heat.is_withheld
    heat.reset(20.0)
    assert (heat.slice(0, 20, 50) == PENDING).all()

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from mmae_core.assessment import AnomalyMap
from mmae_core.config import Config
from mmae_core.errors import Cancelled, ConfigError, UnsupportedRecord
from mmae_core.readers import read_record
from mmae_core.record import STANDARD_LEADS, EcgRecord
from mmae_core.resources import resource
from mmae_core.scoring.assessor import Assessor, covering_starts
from mmae_core.scoring.beat_part import N_VALUES, BeatShapes
from mmae_core.scoring.checkpoint import TrainedModel, load_model
from mmae_core.scoring.findings import find
from mmae_core.scoring.preprocess import ModelInput, prepare

RecordOf = Callable[..., EcgRecord]


@pytest.fixture(scope="module")
def assessor(tiny_model: Callable[..., TrainedModel]) -> Assessor:
    return Assessor(tiny_model(), "cpu")


@pytest.fixture(scope="module")
def bundled() -> Assessor:
    return Assessor(load_model(), "cpu")


@pytest.fixture(scope="module")
def ten_s(demo: Path) -> np.ndarray:
    """A normal record at 500 Hz."""
    return read_record(demo / "00262_hr").read()


@pytest.fixture(scope="module")
def forty_s(demo: Path, record_of: RecordOf) -> EcgRecord:
    """Four records one after the other, and 2.7 s more, at 500 Hz."""
    parts = [read_record(demo / f"{name}_hr").read() for name in ("00170", "00195", "00234", "00262")]
    return record_of(np.concatenate([*parts, parts[0][:, :1350]], axis=1), 500.0, "long")


def assert_same_map(found: AnomalyMap, expected: AnomalyMap) -> None:
    np.testing.assert_allclose(found.score, expected.score, rtol=1e-5, atol=1e-6)
    np.testing.assert_allclose(found.percentile, expected.percentile, atol=0.01)


def assert_assessed_but_for_the_ends(found: AnomalyMap) -> None:
    """A quarter of a second at either end of the recording are not assessed, in any lead."""
    n_end = round(0.25 * found.sampling_rate_hz)
    for values in (found.score, found.percentile, found.peak_percentile):
        assert np.isnan(values[:, :n_end]).all()
        assert np.isnan(values[:, -n_end:]).all()
        near = 1 + round(0.04 * found.sampling_rate_hz)  # the map has a sample every 20 ms
        assert np.isfinite(values[:, n_end + near : -n_end - near]).all()


def test_a_record_of_ten_seconds_is_one_window_at_its_own_rate(
    assessor: Assessor, ten_s: np.ndarray, record_of: RecordOf
) -> None:
    found = assessor.assess(record_of(ten_s, 500))
    assert found.score.shape == found.percentile.shape == found.peak_percentile.shape == (12, 5000)
    assert (found.sampling_rate_hz, found.start_s, found.end_s) == (500, 0, 10)
    assert_assessed_but_for_the_ends(found)
    (window,) = found.windows
    assert (window.start_s, window.assessable_leads, window.notes) == (0.0, STANDARD_LEADS, ())
    assert window.score == pytest.approx((5 * window.global_score + window.local_score) / 6), "5 and 1 masked segments"
    assert (found.model_name, found.device) == ("tiny", "cpu")


@pytest.mark.parametrize(("start_s", "end_s"), [(0.0, 10.0), (12.3, 13.1), (7.0, 31.0), (38.0, None), (41.9, 50.0)])
def test_a_stretch_of_a_long_record_equals_the_whole(
    assessor: Assessor, forty_s: EcgRecord, start_s: float, end_s: float | None
) -> None:
    whole = assessor.assess(forty_s)
    part = assessor.assess(forty_s, start_s, end_s)
    first, last = round(start_s * 500), min(round((end_s or 42.7) * 500), forty_s.n_samples)
    assert part.start_s == start_s
    assert part.score.shape == (12, last - first)
    np.testing.assert_allclose(part.score, whole.score[:, first:last], rtol=1e-5, atol=1e-6)
    np.testing.assert_allclose(part.percentile, whole.percentile[:, first:last], atol=0.01)
    by_start = {window.start_s: window for window in whole.windows}
    for window in part.windows:
        assert window.score == pytest.approx(by_start[window.start_s].score, rel=1e-5)


def test_a_long_record_is_covered_to_its_end(assessor: Assessor, forty_s: EcgRecord) -> None:
    found = assessor.assess(forty_s)
    assert [window.start_s for window in found.windows] == [0, 5, 10, 15, 20, 25, 30, pytest.approx(32.7)]
    assert_assessed_but_for_the_ends(found)
    assert found.strongest_window.score == max(window.score for window in found.windows)


@pytest.mark.parametrize("more", [12, 50, 120])
def test_the_ends_are_not_assessed_where_another_window_reaches_over_them(
    assessor: Assessor, ten_s: np.ndarray, record_of: RecordOf, more: int
) -> None:
    """A recording of 10.024 s has two windows, and each begins or ends 24 ms off an end of it."""
    found = assessor.assess(record_of(np.concatenate([ten_s, ten_s[:, :more]], axis=1), 500))
    assert len(found.windows) == 2
    assert_assessed_but_for_the_ends(found)


def test_two_samples_more_than_ten_seconds_are_not_a_second_window(
    assessor: Assessor, ten_s: np.ndarray, record_of: RecordOf
) -> None:
    found = assessor.assess(record_of(np.concatenate([ten_s, ten_s[:, :2]], axis=1), 500))
    assert len(found.windows) == 1
    assert_assessed_but_for_the_ends(found)


def _at_500_hz(points: np.ndarray) -> np.ndarray:
    """A map (12, 500) at 50 Hz between its samples."""
    return np.stack([np.interp(np.arange(5000) / 10, np.arange(500), lead) for lead in points])


def test_overlapping_windows_are_averaged(assessor: Assessor, forty_s: EcgRecord) -> None:
    long = assessor.assess(forty_s, 0, 15)
    config = assessor.model.config.preprocess
    windows = [_at_500_hz(assessor.score_windows([prepare(forty_s, config, start)]).points[0]) for start in (0, 5, 10)]
    np.testing.assert_allclose(long.score[:, 135:2500], windows[0][:, 135:2500], rtol=1e-4, atol=1e-5)
    np.testing.assert_allclose(
        long.score[:, 2500:5000], (windows[0][:, 2500:] + windows[1][:, :2500]) / 2, rtol=1e-4, atol=1e-5
    )
    np.testing.assert_allclose(
        long.score[:, 5000:7500], (windows[1][:, 2500:] + windows[2][:, :2500]) / 2, rtol=1e-4, atol=1e-5
    )


@pytest.mark.parametrize("rate_hz", [50, 100, 257, 500, 1000])
def test_a_map_lies_on_the_records_own_samples(assessor: Assessor, record_of: RecordOf, rate_hz: int) -> None:
    time_s = np.arange(25 * rate_hz) / rate_hz
    lead = np.sin(2 * np.pi * 1.3 * time_s) + 8 * np.exp(-(((time_s - 12.4) / 0.05) ** 2))
    found = assessor.assess(record_of(np.tile(lead, (12, 1)), rate_hz))
    assert found.score.shape == (12, 25 * rate_hz)
    assert_assessed_but_for_the_ends(found)
    peak_s = np.nanargmax(found.score[4]) / rate_hz
    assert peak_s == pytest.approx(12.4, abs=0.06), "the score rises where the spike is"


def test_the_same_record_gives_the_same_numbers_on_every_run(
    tiny_model: Callable[..., TrainedModel], ten_s: np.ndarray, record_of: RecordOf
) -> None:
    first, again = (Assessor(tiny_model(), "cpu").assess(record_of(ten_s, 500)) for _ in range(2))
    np.testing.assert_array_equal(first.score, again.score)
    assert first.windows == again.windows


def test_progress_counts_windows_to_the_end(assessor: Assessor, forty_s: EcgRecord) -> None:
    calls: list[tuple[int, int]] = []
    assessor.assess(forty_s, progress=lambda done, total: calls.append((done, total)))
    assert [done for done, _ in calls] == sorted(done for done, _ in calls)
    assert calls[-1] == (8, 8)
    assert {total for _, total in calls} == {8}


def test_a_cancel_is_heard_between_batches(assessor: Assessor, forty_s: EcgRecord) -> None:
    done: list[int] = []
    with pytest.raises(Cancelled, match="long was cancelled"):
        assessor.assess(forty_s, progress=lambda count, _: done.append(count), should_stop=lambda: bool(done))
    assert len(done) == 1


def test_what_was_not_assessed_is_nan_and_never_normal(
    assessor: Assessor, ten_s: np.ndarray, record_of: RecordOf
) -> None:
    damaged = ten_s.copy()
    damaged[1] = 0.3
    damaged[6, 1000:2000] = np.nan
    found = assessor.assess(record_of(damaged, 500), with_expected=True)
    assert found.expected_mv is not None
    for values in (found.score, found.percentile, found.peak_percentile, found.expected_mv):
        assert np.isnan(values[1]).all()
        assert np.isnan(values[6, 1000:2000]).all()
        assert np.isfinite(values[6, 135:990]).all()
        assert np.isfinite(values[[0, 2, 3, 4, 5, 7, 8, 9, 10, 11], 135:-145]).all()
    (window,) = found.windows
    assert "II" not in window.assessable_leads
    assert np.isnan(window.lead_percentiles[1])
    assert np.isfinite(window.score)
    assert window.notes[:2] == ("II not assessed: flat or missing", "V1 partly not assessed: invalid samples")


def test_leads_left_out_as_too_small_are_named_with_their_size_and_the_signal_is_not_called_good(
    assessor: Assessor, demo: Path, record_of: RecordOf
) -> None:
    signal = read_record(demo / "00170_hr").read()
    (window,) = assessor.assess(record_of(signal, 500)).windows
    assert window.quality is not None
    assert (window.quality.verdict, window.quality.reasons) == ("good", ())
    small = signal.copy()
    small[[2, 8]] *= 0.05
    (window,) = assessor.assess(record_of(small, 500)).windows
    assert "III, V3 not assessed: too small (up to 0.1" in window.notes[0]
    assert window.quality is not None
    assert window.quality.verdict == "fair"
    assert window.quality.reasons[0].startswith("III, V3: too small (up to 0.1")
    assert window.quality.leads[2].reasons[0].startswith("too small (0.1")
    assert window.quality.leads[0].reasons == ()
    assert "wrong-unit" not in {suspicion.kind for suspicion in window.quality.suspicions}


def test_a_record_without_any_assessable_lead_has_no_score(assessor: Assessor, record_of: RecordOf) -> None:
    found = assessor.assess(record_of(np.zeros((12, 5000)), 500))
    assert np.isnan(found.score).all()
    window = found.strongest_window
    assert np.isnan([window.score, window.percentile, window.p_value]).all()
    assert window.assessable_leads == ()
    assert find(found, assessor.model.calibration) == ()


def test_a_lead_known_only_outside_the_local_regions_is_still_scored(
    tiny_model: Callable[..., TrainedModel], ten_s: np.ndarray, record_of: RecordOf, tiny_config: Callable[..., Config]
) -> None:
    """Where no local score exists, the global one stands alone, in the number as in the map."""
    config = tiny_config(model={"region_starts": [0]})
    damaged = ten_s.copy()
    damaged[:, :1100] = np.nan
    found = Assessor(tiny_model(config), "cpu").assess(record_of(damaged, 500))
    (window,) = found.windows
    assert np.isnan(window.local_score)
    assert window.score == pytest.approx(window.global_score)
    assert np.isfinite(window.lead_percentiles).all()


def test_too_short_too_few_leads_and_nowhere_are_refused(
    assessor: Assessor, ten_s: np.ndarray, record_of: RecordOf
) -> None:
    with pytest.raises(UnsupportedRecord, match="too short"):
        assessor.assess(record_of(ten_s[:, :4000], 500))
    with pytest.raises(UnsupportedRecord, match="lacks lead"):
        assessor.assess(replace(record_of(ten_s[:11], 500), lead_names=STANDARD_LEADS[:11]))
    with pytest.raises(UnsupportedRecord, match="nothing between"):
        assessor.assess(record_of(ten_s, 500), 12.0, 14.0)


@pytest.mark.parametrize("name", ["gpu", "cuda:x", "cuda:99", ""])
def test_a_device_that_is_not_there_is_refused(tiny_model: Callable[..., TrainedModel], name: str) -> None:
    with pytest.raises(ConfigError, match=f"evice '{name}'"):
        Assessor(tiny_model(), name)


def test_the_bundled_model_points_at_a_spike_in_its_lead_and_time(
    bundled: Assessor, ten_s: np.ndarray, record_of: RecordOf
) -> None:
    """A 1 mV bump of 60 ms in one lead of a normal record, between two beats."""
    before = bundled.assess(record_of(ten_s, 500))
    time_s = np.arange(5000) / 500
    spiked = ten_s.copy()
    lead = STANDARD_LEADS.index("V3")
    beats_away = np.abs(np.gradient(ten_s[lead])).reshape(-1, 50).max(axis=1)[20:80]
    quiet_s = (20 + int(beats_away.argmin())) / 10 + 0.05
    spiked[lead] += np.exp(-(((time_s - quiet_s) / 0.03) ** 2)).astype(np.float32)
    after = bundled.assess(record_of(spiked, 500))
    around = np.abs(time_s - quiet_s) < 0.1
    assert after.score[lead, around].max() > 5 * before.score[lead, around].max()
    others = np.arange(12) != lead
    assert after.score[lead, around].max() > 3 * after.score[others][:, around].max()
    assert after.peak_percentile[lead, around].max() > before.peak_percentile[lead, around].max()
    assert after.windows[0].lead_percentiles[lead] > before.windows[0].lead_percentiles[lead]


def test_the_bundled_model_ranks_a_bundled_abnormal_record_above_the_normal_one(bundled: Assessor, demo: Path) -> None:
    normal, abnormal = (bundled.assess(read_record(demo / name)).windows[0] for name in ("00262_hr", "00195_hr"))
    assert abnormal.percentile > normal.percentile
    assert abnormal.p_value < normal.p_value


def test_the_expected_trace_follows_a_normal_record(bundled: Assessor, ten_s: np.ndarray, record_of: RecordOf) -> None:
    found = bundled.assess(record_of(ten_s, 500), with_expected=True)
    assert found.expected_mv is not None
    assert found.expected_mv.shape == (12, 5000)
    correlations = [np.corrcoef(a, b)[0, 1] for a, b in zip(found.expected_mv, ten_s, strict=True)]
    assert np.median(correlations) > 0.7


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
@pytest.mark.parametrize("network", ["network", "cross_lead"])
def test_a_network_that_gives_no_numbers_gives_no_percentile(
    monkeypatch: pytest.MonkeyPatch, network: str, value: float
) -> None:
    model = load_model()
    part = getattr(model, network)
    monkeypatch.setattr(part.head, "bias", torch.nn.Parameter(torch.full_like(part.head.bias, value),
                                                              requires_grad=False))
    assessed = Assessor(model, "cpu").assess(read_record(resource("demo", "00170_hr.hea")))
    for window in assessed.windows:
        assert np.isnan([window.score, window.percentile, window.p_value, *window.lead_percentiles]).all()
        assert any("numbers that are not finite" in note for note in window.notes)
    assert np.isnan(assessed.percentile).all()
    assert np.isnan(assessed.peak_percentile).all()


def test_without_beats_the_percentile_is_that_of_the_other_parts_and_a_note_says_so(
    monkeypatch: pytest.MonkeyPatch
) -> None:
    def without_beats(inputs: Sequence[ModelInput]) -> BeatShapes:
        return BeatShapes(np.full((len(inputs), 12, N_VALUES), np.nan, np.float32), np.full(len(inputs), np.nan))

    monkeypatch.setattr("mmae_core.scoring.unmasked_parts.beat_shapes", without_beats)
    (window,) = Assessor(load_model(), "cpu").assess(read_record(resource("demo", "00170_hr.hea"))).windows
    assert np.isfinite(window.score)
    assert np.isfinite([window.percentile, window.p_value]).all()
    assert "score without the shape of the beat: too few beats were found" in window.notes


def test_a_preview_comes_of_the_fewest_windows_that_cover_the_stretch_and_changes_no_number(
    tiny_model: Callable[..., TrainedModel], record_of: Callable[..., EcgRecord]
) -> None:
    noise = np.random.default_rng(4).normal(0, 0.3, (12, 60 * 100)).astype(np.float32)
    record, assessor = record_of(noise, 100.0), Assessor(tiny_model(), "cpu")
    previews: list[AnomalyMap] = []
    shown = assessor.assess(record, 20.0, 35.0, preview=previews.append)
    plain = assessor.assess(record, 20.0, 35.0)
    (preview,) = previews
    assert [window.start_s for window in preview.windows] == [20.0, 30.0]
    assert [window.start_s for window in shown.windows] == [window.start_s for window in plain.windows]
    for name in ("score", "percentile", "peak_percentile"):
        np.testing.assert_array_equal(getattr(shown, name), getattr(plain, name))
        assert getattr(preview, name).shape == getattr(plain, name).shape
    np.testing.assert_array_equal(np.isnan(preview.score), np.isnan(plain.score))


def test_one_window_needs_no_preview(
    tiny_model: Callable[..., TrainedModel], record_of: Callable[..., EcgRecord]
) -> None:
    noise = np.random.default_rng(4).normal(0, 0.3, (12, 1000)).astype(np.float32)
    previews: list[AnomalyMap] = []
    Assessor(tiny_model(), "cpu").assess(record_of(noise, 100.0), preview=previews.append)
    assert previews == []


@pytest.mark.parametrize(("stretch", "expected"), [
    ((20.0, 35.0), [20.0, 30.0]), ((20.0, 30.0), [20.0]), ((0.0, 15.0), [0.0, 10.0]), ((22.0, 31.0), [20.0, 30.0]),
    ((45.0, 53.0), [43.0]),
])
def test_the_covering_windows_are_the_fewest(stretch: tuple[float, float], expected: list[float]) -> None:
    starts = [start for start in [*np.arange(0.0, 41.0, 5.0), 43.0] if start < stretch[1] and start + 10 > stretch[0]]
    assert covering_starts(starts, *stretch, 10.0) == expected

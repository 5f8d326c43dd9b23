from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from scipy.signal import butter, filtfilt

from mmae_core.config import PreprocessConfig
from mmae_core.errors import UnsupportedRecord
from mmae_core.readers import read_record
from mmae_core.record import STANDARD_LEADS, EcgRecord
from mmae_core.scoring.preprocess import (
    ModelInput,
    bandpass,
    prepare,
    prepare_as_published,
    prepare_filtered,
    prepare_window,
    resample,
    window_starts_s,
)

CONFIG = PreprocessConfig()

RecordOf = Callable[..., EcgRecord]


@pytest.fixture(scope="module")
def signal_mv(demo: Path) -> np.ndarray:
    """A real record at 500 Hz, (12, 5000)."""
    return read_record(demo / "00170_hr").read()


def test_the_input_is_the_benchmarks_filter_chain_and_a_z_score(signal_mv: np.ndarray) -> None:
    """Settled at the ends: the benchmark's own padding of nine samples makes them ring."""
    expected = signal_mv.astype(np.float64)
    for corner, kind in ((1.0, "highpass"), (25.0, "lowpass")):
        numerator, denominator = butter(2, corner, kind, fs=500)
        expected = filtfilt(numerator, denominator, expected, axis=1, padtype="constant", padlen=1000)
    expected = (expected - expected.mean(axis=1, keepdims=True)) / expected.std(axis=1, keepdims=True)
    found = prepare_window(signal_mv, 500, CONFIG, ends_recording=False)
    np.testing.assert_allclose(found.signal, expected, atol=2e-5)
    assert found.assessable.all()
    assert found.notes == ()


def test_the_pass_band_is_1_to_25_hz() -> None:
    time_s = np.arange(5000) / 500
    for hz, low, high in ((0.2, 0.0, 0.1), (1.0, 0.4, 0.6), (8.0, 0.95, 1.05), (25.0, 0.4, 0.6), (60.0, 0.0, 0.05)):
        middle = bandpass(np.sin(2 * np.pi * hz * time_s)[None], CONFIG)[0, 1500:3500]
        assert low <= np.abs(middle).max() <= high, hz


@pytest.mark.parametrize("ecg_id", ["00035", "00047", "00171", "00266"])
def test_a_record_gives_the_same_input_from_100_hz_and_from_500_hz(ptbxl_mini: Path, ecg_id: str) -> None:
    low, high = (
        prepare(read_record(ptbxl_mini / folder / "00000" / f"{ecg_id}_{suffix}"), CONFIG).signal
        for folder, suffix in (("records100", "lr"), ("records500", "hr"))
    )
    correlations = [np.corrcoef(a[250:-250], b[250:-250])[0, 1] for a, b in zip(low, high, strict=True)]
    assert min(correlations) > 0.99, dict(zip(STANDARD_LEADS, np.round(correlations, 4), strict=True))


@pytest.mark.parametrize("rate_hz", [100, 128.5, 250, 257, 360, 500, 1000, 5000])
def test_any_sampling_rate_gives_the_model_its_5000_samples(rate_hz: float, record_of: RecordOf) -> None:
    """A sum of sines sampled at any rate becomes what it would have been at 500 Hz."""

    def sines(rate: float) -> np.ndarray:
        time_s = np.arange(int(np.ceil(10 * rate))) / rate
        return np.stack([np.sin(2 * np.pi * (3 + lead / 2) * time_s + lead) for lead in range(12)])

    found = prepare(record_of(sines(rate_hz), rate_hz), CONFIG)
    expected = prepare(record_of(sines(500), 500), CONFIG)
    assert found.signal.shape == found.assessable.shape == (12, 5000)
    assert found.assessable.all()
    np.testing.assert_allclose(found.signal[:, 500:-500], expected.signal[:, 500:-500], atol=0.02)


@pytest.mark.parametrize("rate_hz", [100, 250, 500, 1000])
def test_resampling_moves_nothing_in_time(rate_hz: int) -> None:
    beat = np.zeros((1, 10 * rate_hz))
    beat[0, 3 * rate_hz] = 1.0
    assert resample(beat, rate_hz, 500, 5000).argmax() == 1500


def test_a_rate_that_cannot_hold_the_pass_band_is_refused(record_of: RecordOf) -> None:
    with pytest.raises(UnsupportedRecord, match=r"slow is sampled at 40 Hz; the model needs at least 50 Hz"):
        prepare(record_of(np.random.default_rng(0).normal(size=(12, 400)), 40, "slow"), CONFIG)


def test_invalid_samples_are_bridged_and_not_assessed(signal_mv: np.ndarray) -> None:
    damaged = signal_mv.copy()
    damaged[3, 1000:1500] = np.nan
    damaged[7, 42] = np.inf
    found = prepare_window(damaged, 500, CONFIG)
    assert np.isfinite(found.signal).all()
    expected = np.ones((12, 5000), bool)
    expected[3, 1000:1500] = False
    expected[7, 42] = False
    np.testing.assert_array_equal(found.assessable, expected)
    assert found.notes == ("aVR, V2 partly not assessed: invalid samples",)


@pytest.mark.parametrize(
    ("rate_hz", "invalid", "touched"),
    [(100, slice(300, 310), slice(1496, 1550)), (1000, slice(4001, 4002), slice(2000, 2002)),
     (5000, slice(10001, 10002), slice(1000, 1002)), (250, slice(0, 1), slice(0, 2)), (250, slice(2499, 2500),
                                                                                    slice(4997, 5000))],
)
def test_what_an_invalid_sample_touches_at_another_rate_is_not_assessed(
    rate_hz: int, invalid: slice, touched: slice
) -> None:
    signal = np.random.default_rng(0).normal(size=(12, 10 * rate_hz)).astype(np.float32)
    signal[5, invalid] = np.nan
    bad = ~prepare_window(signal, rate_hz, CONFIG).assessable
    expected = np.zeros(5000, bool)
    expected[touched] = True
    np.testing.assert_array_equal(np.flatnonzero(bad[5]), np.flatnonzero(expected))
    assert not bad[np.arange(12) != 5].any()


def test_a_flat_lead_does_not_become_amplified_noise(signal_mv: np.ndarray) -> None:
    noisy = signal_mv.copy()
    noisy[0] = np.random.default_rng(0).normal(0, 0.005, 5000)  # 5 µV of noise
    noisy[1] = 1.5  # a constant
    noisy[2] = np.nan
    found = prepare_window(noisy, 500, CONFIG)
    assert not found.signal[:3].any()
    assert not found.lead_assessable[:3].any()
    assert found.lead_assessable[3:].all()
    assert found.notes == ("I, II, III not assessed: flat or missing",)


def test_a_lead_that_is_mostly_invalid_is_not_assessed_at_all(signal_mv: np.ndarray) -> None:
    damaged = signal_mv.copy()
    damaged[4, :2600] = np.nan
    found = prepare_window(damaged, 500, CONFIG)
    assert not found.assessable[4].any()
    assert not found.signal[4].any()
    assert found.notes == ("aVL not assessed: too few valid samples",)


def test_two_seconds_of_one_value_are_a_disconnected_electrode(signal_mv: np.ndarray) -> None:
    held = signal_mv.copy()
    held[6, 2000:3000] = 0.7
    held[8, 2000:2900] = 0.7  # 1.8 s may be silence
    found = prepare_window(held, 500, CONFIG)
    assert not found.assessable[6, 2000:3000].any()
    assert found.assessable[6].sum() == 4000
    assert found.assessable[8].all()
    assert found.notes == ("V1 partly not assessed: constant, disconnected or saturated",)


@pytest.mark.parametrize(
    ("duration_s", "starts"),
    [(10, [0]), (10.2, [0, 0.2]), (15, [0, 5]), (17.5, [0, 5, 7.5]), (20, [0, 5, 10]),
     (30.05, [0, 5, 10, 15, 20, 20.05]), (30.001, [0, 5, 10, 15, 20]), (10.002, [0]), (9.9999, [0])],
)
def test_windows_overlap_by_half_and_the_last_ends_with_the_record(duration_s: float, starts: list[float]) -> None:
    assert window_starts_s(duration_s, CONFIG) == pytest.approx(starts)


def test_a_record_shorter_than_a_window_is_refused(record_of: RecordOf) -> None:
    short = record_of(np.ones((12, 4999)), 500, "short")
    with pytest.raises(UnsupportedRecord, match=r"short is too short for the model: it lasts 9\.998 s and 10 s"):
        prepare(short, CONFIG)
    with pytest.raises(UnsupportedRecord, match="needs 10 s"):
        window_starts_s(9.99, CONFIG)


@pytest.mark.parametrize("start_s", [-1.0, 0.5, 10.0])
def test_a_window_outside_the_record_is_refused(signal_mv: np.ndarray, record_of: RecordOf, start_s: float) -> None:
    with pytest.raises(UnsupportedRecord, match="does not fit into made"):
        prepare(record_of(signal_mv, 500), CONFIG, start_s)


def test_a_window_is_filtered_by_itself(signal_mv: np.ndarray, record_of: RecordOf) -> None:
    """Its numbers do not depend on what lies around it in a longer record."""
    long = record_of(np.concatenate([signal_mv[:, ::-1], signal_mv, 3 * signal_mv], axis=1), 500)
    alone = prepare_window(signal_mv, 500, CONFIG, ends_recording=False)
    np.testing.assert_array_equal(prepare(long, CONFIG, 10.0).signal, alone.signal)


@pytest.mark.parametrize("rate_hz", [100, 500])
def test_what_a_file_does_in_its_last_tenth_of_a_second_is_not_looked_at(
    signal_mv: np.ndarray, record_of: RecordOf, rate_hz: int
) -> None:
    """PTB-XL's files ring there at 100 Hz and stand still at 500 Hz."""
    signal = signal_mv[:, :: 500 // rate_hz]
    ringing, still = signal.copy(), signal.copy()
    ringing[:, -2:] += 0.4
    still[:, -rate_hz // 10 :] = signal[:, -rate_hz // 10, None]
    expected = prepare(record_of(signal, rate_hz), CONFIG).signal
    for changed in (ringing, still):
        np.testing.assert_array_equal(prepare(record_of(changed, rate_hz), CONFIG).signal, expected)
    longer = np.concatenate([ringing, signal], axis=1)
    inner = prepare(record_of(longer, rate_hz), CONFIG).signal
    assert np.abs(inner - expected)[:, -10:].max() > 0.1, "inside a recording every sample counts"


def test_a_window_knows_where_its_recording_begins_and_ends(signal_mv: np.ndarray, record_of: RecordOf) -> None:
    long = record_of(np.tile(signal_mv, 3), 500)
    apart_s = [(item.ahead_s, item.behind_s) for item in (prepare(long, CONFIG, start) for start in (0.0, 10.0, 20.0))]
    assert apart_s == [(0.0, 20.0), (10.0, 10.0), (20.0, 0.0)]


def test_a_slow_slope_leaves_nothing_at_the_ends() -> None:
    """A baseline that rises by 0.2 mV in 10 s; the library's own padding left 0.1 mV of it at either end."""
    slope = np.linspace(0, 0.2, 5000)[None]
    assert np.abs(bandpass(slope, CONFIG)).max() < 0.01


def test_missing_leads_are_named(signal_mv: np.ndarray, record_of: RecordOf) -> None:
    record = replace(record_of(signal_mv[:10], 500), lead_names=STANDARD_LEADS[:10])
    with pytest.raises(UnsupportedRecord, match="lacks leads V5, V6"):
        prepare(record, CONFIG)


def test_leads_are_in_the_models_order_whatever_the_file_says(demo: Path, signal_mv: np.ndarray) -> None:
    assert read_record(demo / "00170_hr").lead_names == STANDARD_LEADS
    found = prepare_window(signal_mv, 500, CONFIG)
    einthoven = found.signal * found.scale_mv[:, None] + found.offset_mv[:, None]
    np.testing.assert_allclose(einthoven[0] + einthoven[2], einthoven[1], atol=5e-3)


def test_each_scale_is_what_its_name_says(signal_mv: np.ndarray) -> None:
    filtered = bandpass(signal_mv.astype(np.float64), CONFIG)
    inputs = {scale: prepare_window(signal_mv, 500, replace(CONFIG, scale=scale), ends_recording=False)
              for scale in ("zscore", "minmax", "record")}
    np.testing.assert_allclose(inputs["zscore"].signal.mean(axis=1), 0, atol=1e-5)
    np.testing.assert_allclose(inputs["zscore"].signal.std(axis=1), 1, rtol=1e-5)
    np.testing.assert_allclose(inputs["minmax"].signal.min(axis=1), -1, rtol=1e-5)
    np.testing.assert_allclose(inputs["minmax"].signal.max(axis=1), 1, rtol=1e-5)
    np.testing.assert_allclose(inputs["record"].signal * filtered.std(), filtered, atol=1e-5)
    for found in inputs.values():
        back = found.signal * found.scale_mv[:, None] + found.offset_mv[:, None]
        np.testing.assert_allclose(back, filtered, atol=1e-5)


def test_a_flat_lead_does_not_change_the_scale_of_the_record(signal_mv: np.ndarray) -> None:
    damaged = signal_mv.copy()
    damaged[5] = 0.0
    found = prepare_window(damaged, 500, replace(CONFIG, scale="record"))
    others = bandpass(np.delete(signal_mv, 5, axis=0).astype(np.float64), CONFIG)
    np.testing.assert_allclose(found.scale_mv[np.arange(12) != 5], others.std(), rtol=1e-5)


@pytest.mark.parametrize("prepared", [prepare_window, prepare_filtered])
@pytest.mark.parametrize(
    ("shape", "factor", "words"),
    [((12, 1000), 1.0, "lasts 10 s, 5000 samples"), ((6, 5000), 1.0, "12 leads"), ((12, 5000), 1000.0, "in µV"),
     ((5000, 12), 1.0, "12 leads"), ((5000,), 1.0, "12 leads")],
)
def test_what_is_no_window_in_mv_is_refused(
    prepared: Callable[..., ModelInput], shape: tuple[int, ...], factor: float, words: str
) -> None:
    signal = np.random.default_rng(2).normal(0, 0.3, shape).astype(np.float32) * np.float32(factor)
    with pytest.raises(UnsupportedRecord, match=words):
        prepared(signal, 500.0, PreprocessConfig())


@pytest.mark.parametrize(("rate_hz", "n_samples"), [(500.0, 5001), (999.56, 9996), (1000 / 3, 3333), (500.0, 5000)])
def test_windows_are_counted_in_samples(record_of: RecordOf, rate_hz: float, n_samples: int) -> None:
    """Ten seconds and an odd sample, or a rate that is no whole number, are one window and not two or none."""
    signal = np.random.default_rng(0).normal(0, 0.3, (12, n_samples)).astype(np.float32)
    record = record_of(signal, rate_hz)
    (start_s,) = window_starts_s(record.duration_s, CONFIG)
    assert prepare(record, CONFIG, start_s).signal.shape == (12, 5000)
    with pytest.raises(UnsupportedRecord, match=r"it lasts (?!10 s)[\d.]+ s and 10 s are needed"):
        prepare(record_of(signal[:, :-2], rate_hz), CONFIG)


@pytest.mark.parametrize(("signal_mv", "rate_hz", "words"), [
    (np.zeros((12, 1000), np.float32), 500.0, "lasts 10 s, 5000 samples"),
    (np.zeros((6, 5000), np.float32), 500.0, "12 leads"),
    (np.zeros(5000, np.float32), 500.0, "12 leads"),
    (np.zeros((12, 5000), np.float32), float("nan"), "at nan Hz"),
    (np.zeros((12, 5000), np.float32), 0.0, "at 0.0 Hz"),
    (np.full((12, 5000), "x"), 500.0, "numbers in mV"),
    (np.random.default_rng(0).normal(0, 300, (12, 5000)).astype(np.float32), 500.0, "probably in µV"),
])
def test_no_way_to_a_models_input_takes_what_is_no_window(
    signal_mv: np.ndarray, rate_hz: float, words: str
) -> None:
    for made in (lambda: prepare_window(signal_mv, rate_hz, CONFIG),
                 lambda: prepare_filtered(signal_mv, rate_hz, CONFIG),
                 lambda: prepare_as_published(signal_mv, rate_hz, CONFIG, "minmax")):
        with pytest.raises(UnsupportedRecord, match=words):
            made()

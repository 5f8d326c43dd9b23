"""Arm electrodes exchanged, limb leads mixed up, pacing spikes: suspected where planted, not where absent."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.signal import resample_poly

from mmae_core.assessment import QualityReport
from mmae_core.datasets.ptbxl import load_index
from mmae_core.evaluation.quality_validation import exchange_arms
from mmae_core.readers import read_record
from mmae_core.signals.quality import signal_quality
from mmae_core.signals.quality_suspicions import pacing_spikes

Signal = NDArray[np.float32]


@pytest.fixture(scope="module")
def normals(ptbxl_mini: Path) -> list[Signal]:
    """The 16 normal records at 100 Hz."""
    entries = load_index(ptbxl_mini).select(label="normal")
    return [read_record(entry.path_100hz or entry.path).read() for entry in entries]


@pytest.fixture(scope="module")
def fast(ptbxl_mini: Path) -> list[Signal]:
    """Four records at 500 Hz."""
    return [read_record(path).read() for path in sorted((ptbxl_mini / "records500" / "00000").glob("*.hea"))]


def kinds(report: QualityReport) -> list[str]:
    return [suspicion.kind for suspicion in report.suspicions]


def test_exchanging_the_arms_twice_gives_the_record_back(normals: list[Signal]) -> None:
    once = exchange_arms(normals[0])
    assert np.array_equal(once[0], -normals[0][0])
    assert np.array_equal(once[1], normals[0][2])
    assert np.array_equal(once[3], normals[0][4])
    assert np.array_equal(once[5:], normals[0][5:])
    assert np.array_equal(exchange_arms(once), normals[0])


def test_exchanged_arms_are_suspected_and_normal_ones_are_not(normals: list[Signal]) -> None:
    assert not [report for signal in normals if (report := kinds(signal_quality(signal, 100.0)))]
    suspected = [kinds(signal_quality(exchange_arms(signal), 100.0)) for signal in normals]
    assert suspected.count(["arm-lead-reversal"]) >= 15
    assert suspected.count(["arm-lead-reversal"]) + suspected.count([]) == 16


def test_the_suspicion_says_what_was_measured(normals: list[Signal]) -> None:
    (suspicion,) = signal_quality(exchange_arms(normals[0]), 100.0).suspicions
    assert "lead I is negative (QRS -" in suspicion.text
    assert "runs against V5 and V6 (correlation -0." in suspicion.text


def test_a_heart_on_the_right_is_not_taken_for_exchanged_arms(normals: list[Signal]) -> None:
    mirrored = exchange_arms(normals[0])
    mirrored[6:] *= -1
    assert kinds(signal_quality(mirrored, 100.0)) == []


def test_exchanged_arms_are_not_looked_for_in_leads_that_are_spoilt(normals: list[Signal]) -> None:
    spoilt = exchange_arms(normals[0])
    spoilt[10:] = 0.0
    report = signal_quality(spoilt, 100.0)
    assert kinds(report) == []
    assert any("exchanged arm electrodes cannot be told" in sentence for sentence in report.limitations)


@pytest.mark.parametrize(("first", "second"), [(0, 3), (1, 4), (0, 5)])
def test_limb_leads_stored_under_each_others_names_are_suspected(
    normals: list[Signal], first: int, second: int
) -> None:
    mixed = normals[0].copy()
    mixed[[first, second]] = mixed[[second, first]]
    assert "limb-leads-disagree" in kinds(signal_quality(mixed, 100.0))


def with_spikes(signal: Signal, every_s: float, height_mv: float, n_samples: int = 1) -> Signal:
    paced = signal.copy()
    i, ii = 0.5, 0.9
    limbs = [i, ii, ii - i, -(i + ii) / 2, i - ii / 2, ii - i / 2]
    heights = height_mv * np.array([*limbs, -0.6, -0.8, 0.3, 0.7, 0.9, 0.8], np.float32)
    for start in np.arange(100, signal.shape[1] - 50, round(every_s * 500)):
        paced[:, start : start + n_samples] += heights[:, None]
    return paced


def test_planted_pacing_spikes_are_found_where_they_are(fast: list[Signal]) -> None:
    for signal in fast:
        assert kinds(signal_quality(signal, 500.0)) == []
        for n_samples in (1, 2):
            paced = with_spikes(signal, 0.8, 1.5, n_samples)
            assert kinds(signal_quality(paced, 500.0)) == ["pacing"]
            found = pacing_spikes(paced.astype(np.float64), 500.0)
            planted = np.arange(100, signal.shape[1] - 50, 400)
            near = np.abs(found[:, None] - planted[None, :]).min(axis=1)
            assert (near <= 3).all()
            assert len(found) >= 0.5 * len(planted)  # those upon a QRS are not alone


def test_pacing_is_left_unsaid_below_500_hz(fast: list[Signal]) -> None:
    paced = resample_poly(with_spikes(fast[0], 0.8, 1.0), 1, 2, axis=1, padtype="line").astype(np.float32)
    report = signal_quality(paced, 250.0)
    assert "pacing" not in kinds(report)
    assert any("pacing spikes cannot be told at 250 Hz" in sentence for sentence in report.limitations)


@pytest.mark.parametrize(("factor", "words"), [
    (1000.0, "µV were taken for mV"), (200.0, "the gain was left out"), (1 / 200, "the gain was applied twice"),
    (1 / 1000, "mV were taken for µV"),
])
def test_a_wrong_unit_or_gain_is_suspected_and_nothing_is_converted(
    normals: list[Signal], factor: float, words: str
) -> None:
    reports = [signal_quality(signal * np.float32(factor), 100.0) for signal in normals[:8]]
    assert [kinds(report) for report in reports].count(["wrong-unit"]) >= 7
    text = next(report.suspicions[0].text for report in reports if report.suspicions)
    assert words in text
    assert "e+" not in text
    assert "e-" not in text
    assert "Nothing was converted" in text
    assert all(report.verdict == "poor" for report in reports)


def test_what_is_high_or_low_without_beats_is_no_wrong_unit(normals: list[Signal]) -> None:
    noise = np.random.default_rng(0).normal(size=(12, 1000)).astype(np.float32)
    for signal in (0.002 * noise, 50 * noise, 40 * np.sign(noise), np.zeros_like(noise)):
        assert kinds(signal_quality(signal, 100.0)).count("wrong-unit") == 0
    for factor in (0.3, 3.0):  # low voltage and hypertrophy beyond any in PTB-XL are no unit
        assert not [report for signal in normals[:8] if "wrong-unit" in (report := kinds(signal_quality(
            signal * np.float32(factor), 100.0)))]


def test_the_unit_is_told_from_the_leads_that_are_there(normals: list[Signal]) -> None:
    few = signal_quality(1000 * normals[0][[0, 1, 7]], 100.0, ("I", "II", "V2"))
    assert kinds(few) == ["wrong-unit"]


@pytest.mark.parametrize("name", ["00170_hr", "00262_hr"])
def test_a_gain_ten_times_too_high_which_leaves_most_leads_too_small_is_suspected(demo: Path, name: str) -> None:
    record = read_record(demo / name)
    (suspicion,) = signal_quality(record.read() / np.float32(10), record.sampling_rate_hz).suspicions
    assert suspicion.kind == "wrong-unit"
    assert "the gain in the file is several times too high" in suspicion.text
    assert not signal_quality(record.read(), record.sampling_rate_hz).suspicions

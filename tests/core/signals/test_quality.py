"""Signal quality: real records with planted faults, told in words and numbers, at any sampling rate."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.signal import resample_poly

from mmae_core.assessment import QualityReport
from mmae_core.datasets.ptbxl import load_index
from mmae_core.errors import UnsupportedRecord
from mmae_core.readers import read_record
from mmae_core.record import STANDARD_LEADS, EcgRecord
from mmae_core.signals.quality import assess_quality, signal_quality

Signal = NDArray[np.float32]
RecordOf = Callable[..., EcgRecord]
RATE_HZ = 500.0
V2 = STANDARD_LEADS.index("V2")


@pytest.fixture(scope="module")
def clean(ptbxl_mini: Path) -> Signal:
    """Ten seconds of a normal ECG at 500 Hz, in which nothing is found."""
    return read_record(ptbxl_mini / "records500" / "00000" / "00035_hr.hea").read()


def kinds(report: QualityReport) -> list[str]:
    return [suspicion.kind for suspicion in report.suspicions]


def time_s(signal: Signal) -> NDArray[np.float64]:
    return np.arange(signal.shape[1]) / RATE_HZ


def go_flat(signal: Signal) -> None:
    signal[V2, 1000:] = 0.01


def get_stuck(signal: Signal) -> None:
    signal[V2, 1000:] = -80.0


def clip(signal: Signal) -> None:
    signal[V2] = np.clip(3 * signal[V2] * 2, -1.2, 1.2)


def swing(signal: Signal) -> None:
    signal[V2, 1500:3500] += 12 * np.sign(np.sin(2 * np.pi * 8 * time_s(signal)[1500:3500]))


def jump(signal: Signal) -> None:
    signal[V2, 2500:] += 4


def wander(signal: Signal) -> None:
    signal[V2] += 1.5 * np.sin(2 * np.pi * 0.3 * time_s(signal))


def make_noise(signal: Signal) -> None:
    signal[V2] += np.random.default_rng(3).normal(0, 1.0, signal.shape[1]).astype(np.float32)


def tremble(signal: Signal) -> None:
    signal[V2] += 1.5 * np.sin(2 * np.pi * 5 * time_s(signal))


def hum(signal: Signal) -> None:
    signal[V2] += 0.4 * np.sin(2 * np.pi * 50 * time_s(signal))


def lose_samples(signal: Signal) -> None:
    signal[V2, 1000:4000] = np.nan


@pytest.mark.parametrize(("fault", "words"), [
    (go_flat, "flat for 8.0 of 10 s"),
    (get_stuck, "stuck at -80.0 mV for 8.0 of 10 s"),
    (clip, "clipped at"),
    (swing, "swings of up to 2"),
    (jump, "a jump of 4."),
    (wander, "baseline wander of up to"),
    (make_noise, "noise of up to"),
    (tremble, "never quiet between beats"),
    (hum, "mains hum of 0.40 mV at 50 Hz"),
    (lose_samples, "no valid samples for 6.0 of 10 s"),
])
def test_a_fault_in_one_lead_is_named_with_its_number_and_lowers_only_that_lead(
    clean: Signal, fault: Callable[[Signal], None], words: str
) -> None:
    before = signal_quality(clean, RATE_HZ)
    spoilt = clean.copy()
    fault(spoilt)
    after = signal_quality(spoilt, RATE_HZ)
    assert any(words in reason for reason in after.leads[V2].reasons), after.leads[V2].reasons
    assert any(reason.startswith("V2: ") and words in reason for reason in after.reasons)
    assert after.leads[V2].score < before.leads[V2].score - 0.1
    assert after.score < before.score
    others = [lead for lead in range(12) if lead != V2]
    assert [after.leads[lead] for lead in others] == [before.leads[lead] for lead in others]


def test_nothing_is_found_in_a_clean_record(clean: Signal) -> None:
    report = signal_quality(clean, RATE_HZ)
    assert (report.verdict, report.reliable, report.reasons, report.suspicions) == ("good", True, (), ())
    assert report.score > 0.95
    assert min(report.lead_scores) > 0.95
    assert [lead.lead for lead in report.leads] == list(STANDARD_LEADS)


def test_no_normal_record_of_ptbxl_is_called_poor(ptbxl_mini: Path) -> None:
    entries = load_index(ptbxl_mini).select(label="normal")
    reports = [assess_quality(read_record(entry.path_100hz or entry.path)) for entry in entries]
    assert len(reports) == 16
    assert all(report.reliable for report in reports)
    assert not any(kinds(report) for report in reports)


def test_one_dead_lead_makes_a_record_poor_and_a_second_of_noise_does_not(clean: Signal) -> None:
    dead, glitch = clean.copy(), clean.copy()
    dead[V2] = 0.0
    glitch[V2, 2000:2500] += np.random.default_rng(5).normal(0, 2, 500)
    assert signal_quality(dead, RATE_HZ).verdict == "poor"
    assert not signal_quality(dead, RATE_HZ).reliable
    assert signal_quality(glitch, RATE_HZ).verdict == "fair"
    assert signal_quality(glitch, RATE_HZ).reliable


def test_a_lead_spoilt_for_longer_scores_lower(clean: Signal) -> None:
    scores = []
    for seconds in (0, 2, 4, 6, 8, 10):
        spoilt = clean.copy()
        n_spoilt = round(seconds * RATE_HZ)
        spoilt[V2, :n_spoilt] += np.random.default_rng(2).normal(0, 2, n_spoilt)
        scores.append(signal_quality(spoilt, RATE_HZ).leads[V2].score)
    assert scores == sorted(scores, reverse=True)
    assert scores[0] > 0.95
    assert scores[-1] < 0.05


@pytest.mark.parametrize("fault", [None, go_flat, make_noise, wander, jump, tremble])
def test_a_record_says_the_same_at_100_and_at_500_hz(clean: Signal, fault: Callable[[Signal], None] | None) -> None:
    signal = clean.copy()
    if fault:
        fault(signal)
    slow = resample_poly(signal.astype(np.float64), 1, 5, axis=1, padtype="line").astype(np.float32)
    fast, slow_report = signal_quality(signal, RATE_HZ), signal_quality(slow, 100.0)
    assert slow_report.score == pytest.approx(fast.score, abs=0.03)
    assert slow_report.verdict == fast.verdict


@pytest.mark.parametrize(("rate_hz", "limitations"), [
    (1000.0, []), (500.0, []), (250.0, ["pacing"]), (100.0, ["hum", "pacing"]), (50.0, ["noise", "hum", "pacing"]),
])
def test_what_a_sampling_rate_cannot_carry_is_left_unsaid(
    clean: Signal, rate_hz: float, limitations: list[str]
) -> None:
    resampled = resample_poly(clean, round(rate_hz), 500, axis=1, padtype="line").astype(np.float32)
    report = signal_quality(resampled, rate_hz)
    assert len(report.limitations) == len(limitations)
    for sentence, word in zip(report.limitations, limitations, strict=True):
        assert word in sentence
        assert f"{rate_hz:g} Hz" in sentence
    assert report.score > 0.95


def test_a_missing_lead_scores_nothing_and_is_named(clean: Signal, record_of: RecordOf) -> None:
    record = record_of(clean, RATE_HZ)
    without = EcgRecord(
        name="few", sampling_rate_hz=RATE_HZ, n_samples=record.n_samples, lead_names=STANDARD_LEADS[:9],
        source=record.source, read_leads=lambda start, end: clean[:9, start:end],
    )
    report = assess_quality(without)
    assert [lead.lead for lead in report.leads if lead.score == 0] == ["V4", "V5", "V6"]
    assert report.reasons == ("V4, V5, V6: missing",)
    assert report.verdict == "poor"
    assert any("exchanged arm electrodes cannot be told" in sentence for sentence in report.limitations)


def test_the_stretch_asked_for_is_the_one_that_is_judged(clean: Signal, record_of: RecordOf) -> None:
    spoilt = clean.copy()
    spoilt[V2, 2500:] = 0.0
    record = record_of(spoilt, RATE_HZ)
    assert assess_quality(record, 0.0, 5.0).verdict == "good"
    later = assess_quality(record, 5.0, 10.0)
    assert (later.start_s, later.duration_s) == (5.0, 5.0)
    assert later.reasons == ("V2: flat for 5.0 of 5 s",)


def test_less_than_a_second_cannot_be_judged(clean: Signal, record_of: RecordOf) -> None:
    with pytest.raises(UnsupportedRecord, match=r"0\.50 s from 9\.5 s on"):
        assess_quality(record_of(clean, RATE_HZ), 9.5)
    with pytest.raises(UnsupportedRecord, match=r"0\.00 s from 12 s on"):
        assess_quality(record_of(clean, RATE_HZ), 12.0)


def test_a_record_of_nothing_but_invalid_samples_is_poor() -> None:
    report = signal_quality(np.full((12, 1000), np.nan, np.float32), 100.0)
    assert report.score == 0.0
    assert report.reasons == ("all leads: no valid samples for 10.0 of 10 s",)

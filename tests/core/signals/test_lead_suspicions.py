"""A late lead, a lead stored twice, limb leads that contradict each other, a pulse, a filter: suspected where done."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from mmae_core.evaluation.recording_faults import FAULTS, copied, delayed, low_passed, scaled, with_calibration_pulse
from mmae_core.readers import read_record
from mmae_core.record import STANDARD_LEADS
from mmae_core.signals.quality import signal_quality

Signal = NDArray[np.float32]
WAVES = Path(__file__).parents[2] / "data" / "waves"


@pytest.fixture(scope="module")
def fast(ptbxl_mini: Path) -> list[Signal]:
    """Four records at 500 Hz."""
    return [read_record(path).read() for path in sorted((ptbxl_mini / "records500" / "00000").glob("*.hea"))]


@pytest.fixture(scope="module")
def slow(ptbxl_mini: Path) -> list[Signal]:
    """24 records at 100 Hz, a third of them abnormal."""
    return [read_record(path).read() for path in sorted((ptbxl_mini / "records100" / "00000").glob("*.hea"))]


def texts(signal: Signal, rate_hz: float, leads: tuple[str, ...] = STANDARD_LEADS, start_s: float = 0.0) -> list[str]:
    return [str(suspicion.text) for suspicion in signal_quality(signal, rate_hz, leads, start_s).suspicions]


def test_records_as_they_are_raise_none_of_these(fast: list[Signal], slow: list[Signal]) -> None:
    kinds = {fault.kind for fault in FAULTS.values()}
    found = [suspicion for signals, rate_hz in ((fast, 500.0), (slow, 100.0)) for signal in signals
             for suspicion in signal_quality(signal, rate_hz).suspicions if suspicion.kind in kinds]
    assert found == []


@pytest.mark.parametrize("name", FAULTS)
def test_each_fault_raises_its_suspicion(fast: list[Signal], slow: list[Signal], name: str) -> None:
    fault = FAULTS[name]
    for signals, rate_hz in ((fast, 500.0), (slow[::4], 100.0)):
        if rate_hz < fault.min_rate_hz:
            continue
        before = [signal.copy() for signal in signals]
        found = [fault.kind in [suspicion.kind for suspicion in signal_quality(fault.apply(signal, rate_hz),
                                                                               rate_hz).suspicions]
                 for signal in signals]
        assert found.count(True) >= len(signals) - 1
        assert all(np.array_equal(signal, old) for signal, old in zip(signals, before, strict=True))


def test_a_lead_of_ptb_xl_that_is_50_ms_late_is_named() -> None:
    """V6 of record 173 comes 50 ms after the other chest leads, by eye too."""
    record = read_record(WAVES / "00173_lr.hea")
    late = [text for text in texts(record.read(), 100.0) if text.startswith("Lead V6 may be late")]
    assert late == ["Lead V6 may be late: its beats come about 50 ms after those of the other leads. Do not measure "
                    "across leads."]


@pytest.mark.parametrize(("lead", "delay_s"), [("V1", 0.05), ("V6", 0.05), ("V4", 0.1)])
def test_the_late_lead_is_named_with_how_late_it_is(fast: list[Signal], lead: str, delay_s: float) -> None:
    (text,) = texts(delayed(fast[0], 500.0, lead, delay_s), 500.0)
    assert text.startswith(f"Lead {lead} may be late: its beats come about {1000 * delay_s:.0f} ms after")


def test_an_early_lead_is_called_early(fast: list[Signal]) -> None:
    early = fast[0].copy()
    early[11, :-25] = fast[0][11, 25:]
    (text,) = texts(early, 500.0)
    assert text.startswith("Lead V6 may be early: its beats come about 50 ms before")


def test_a_lead_in_time_with_another_shape_is_not_called_late(fast: list[Signal]) -> None:
    for signal in fast:
        strange = signal.copy()
        strange[11] = -0.5 * signal[11] + np.roll(0.02 * signal[7], 3)
        assert not [text for text in texts(strange, 500.0) if "may be late" in text or "may be early" in text]


def test_leads_that_are_the_same_are_named_together(fast: list[Signal]) -> None:
    twice = copied(copied(fast[0]), "V3", "V5")
    assert texts(twice, 500.0) == ["Leads V3, V4, V5 are the same: one of them is a copy, or their electrodes touch."]
    flat = fast[0].copy()
    flat[6:8] = 0.001
    assert not [text for text in texts(flat, 500.0) if "the same" in text], "flat leads are bad signal, no copies"


def test_the_limb_lead_that_contradicts_the_others_is_named(fast: list[Signal]) -> None:
    for lead in STANDARD_LEADS[:6]:
        for factor, words in ((-1, f"Lead {lead} may be upside down: "),
                              (1.5, f"Lead {lead} contradicts the other limb leads, which agree: ")):
            found = texts(scaled(fast[1], lead, factor), 500.0)
            assert [text for text in found if not text.startswith("The arm electrodes")] == [found[-1]]
            assert found[-1].startswith(words)
    mixed = fast[1].copy()
    mixed[[0, 4]] = fast[1][[4, 0]]
    assert any(text.startswith("Limb leads may be mixed up or wrongly scaled: ") for text in texts(mixed, 500.0))
    noisy = fast[1] + np.random.default_rng(0).normal(0, 0.004, fast[1].shape).astype(np.float32)
    assert texts(noisy, 500.0) == []


def test_limb_leads_that_end_at_different_times_do_not_contradict_each_other(fast: list[Signal]) -> None:
    cut = fast[1].copy()
    cut[:, 2000:2600] = np.nan
    cut[1:6, 2600:2800] = np.nan  # as computed from a lead II that begins later
    assert not [text for text in texts(cut, 500.0) if "imb leads" in text]


def test_a_calibration_pulse_is_said_with_its_time_in_the_recording(fast: list[Signal]) -> None:
    pulsed = with_calibration_pulse(fast[0], 500.0, 4.0)
    expected = "There is a calibration pulse in the trace, 1 mV high in all leads, at {:.2f} s: it is no beat."
    assert expected.format(4.0) in texts(pulsed, 500.0)
    assert expected.format(24.0) in texts(pulsed, 500.0, start_s=20.0)
    half = fast[0] + 0.5 * (pulsed - fast[0])
    assert not [text for text in texts(half, 500.0) if "calibration" in text]


def test_a_monitors_filter_is_seen_from_250_hz_on(fast: list[Signal]) -> None:
    for signal in fast:
        (text,) = texts(low_passed(signal, 500.0), 500.0)
        assert text.startswith("The recording seems to be filtered: next to nothing is left above about 40 Hz.")
        assert texts(low_passed(signal, 500.0)[:, ::5], 100.0) == []

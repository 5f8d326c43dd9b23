"""What an array must say, and what is refused: nothing is guessed."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import torch

from mmae_core import STANDARD_LEADS, ConfigError, EcgError, UnsupportedRecord, array_record

RATE_HZ = 100.0
SIGNAL = np.random.default_rng(1).normal(0, 0.3, (12, 1000))


def test_samples_are_in_millivolts_and_rows_in_the_order_of_the_leads() -> None:
    turned = STANDARD_LEADS[::-1]
    record = array_record(SIGNAL[::-1], RATE_HZ, turned)
    assert record.lead_names == STANDARD_LEADS
    np.testing.assert_array_equal(record.read(), SIGNAL.astype(np.float32))
    assert (record.sampling_rate_hz, record.n_samples, record.duration_s) == (100.0, 1000, 10.0)


def test_leads_that_follow_from_two_others_are_computed_and_say_so() -> None:
    independent = ("I", "II", "V1", "V2", "V3", "V4", "V5", "V6")
    rows = [STANDARD_LEADS.index(lead) for lead in independent]
    record = array_record(SIGNAL[rows], RATE_HZ, independent)
    assert record.lead_names == STANDARD_LEADS
    assert record.derived_leads == {"III", "aVR", "aVL", "aVF"}
    np.testing.assert_allclose(record.read()[2], SIGNAL[1] - SIGNAL[0], atol=1e-6)


@pytest.mark.parametrize(("unit", "scale"), [("uV", 1000.0), ("V", 0.001), ("5 uV", 200.0), ("mV", 1.0)])
def test_a_stated_unit_is_converted(unit: str, scale: float) -> None:
    record = array_record(SIGNAL * scale, RATE_HZ, STANDARD_LEADS, unit=unit)
    np.testing.assert_allclose(record.read(), SIGNAL, rtol=1e-5, atol=1e-6)


def test_whole_numbers_are_taken_with_a_unit() -> None:
    steps = np.round(SIGNAL * 200).astype(np.int16)
    np.testing.assert_allclose(array_record(steps, 500, STANDARD_LEADS, unit="5 uV").read(), steps / 200, atol=1e-6)


def test_invalid_samples_stay_invalid_and_an_empty_name_leaves_a_row_out() -> None:
    signal = np.vstack([SIGNAL, np.full((1, 1000), 9e9)])
    signal[3, 100:200] = np.nan
    record = array_record(signal, RATE_HZ, [*STANDARD_LEADS, ""])
    assert np.isnan(record.read()[3]).sum() == 100
    masked = np.ma.masked_greater(SIGNAL, 0.5)
    assert np.isnan(array_record(masked, RATE_HZ, STANDARD_LEADS).read()).sum() == masked.mask.sum()


def test_changing_the_array_afterwards_does_not_change_the_recording() -> None:
    signal = SIGNAL.astype(np.float32)
    record = array_record(signal, RATE_HZ, STANDARD_LEADS)
    before = record.read().copy()
    signal[:] = 0
    np.testing.assert_array_equal(record.read(), before)


REFUSED: list[tuple[dict[str, Any], type[EcgError], str]] = [
    ({"sampling_rate_hz": None}, ConfigError, "state sampling_rate_hz"),
    ({"sampling_rate_hz": 0}, ConfigError, "no rate of an ECG"),
    ({"sampling_rate_hz": float("nan")}, ConfigError, "no rate of an ECG"),
    ({"sampling_rate_hz": 0.002}, ConfigError, "samples a second"),
    ({"sampling_rate_hz": "500"}, ConfigError, "no rate of an ECG"),
    ({"sampling_rate_hz": True}, ConfigError, "no rate of an ECG"),
    ({"leads": None}, ConfigError, "state leads"),
    ({"leads": STANDARD_LEADS[:11]}, UnsupportedRecord, "11 leads are named and the array has 12 rows"),
    ({"leads": [*STANDARD_LEADS[:11], "V5"]}, ConfigError, "the same lead"),
    ({"leads": [*STANDARD_LEADS[:11], "Resp"]}, ConfigError, "'Resp' is no lead known here"),
    ({"leads": range(12)}, ConfigError, "must be names"),
    ({"signal": SIGNAL.T}, UnsupportedRecord, r"Give its transpose, signal\.T"),
    ({"signal": SIGNAL[0]}, UnsupportedRecord, r"found the shape \(1000,\)"),
    ({"signal": SIGNAL[None]}, UnsupportedRecord, "score_many takes them"),
    ({"signal": SIGNAL[:, :0]}, UnsupportedRecord, r"\(leads, samples\)"),
    ({"signal": [[1.0, 2.0], [3.0]]}, UnsupportedRecord, "not of one length"),
    ({"signal": SIGNAL.astype(complex)}, UnsupportedRecord, "real numbers"),
    ({"signal": torch.tensor(SIGNAL, requires_grad=True)}, UnsupportedRecord, "detach"),
    ({"signal": SIGNAL > 0}, UnsupportedRecord, "found bool"),
    ({"signal": SIGNAL * 1000}, UnsupportedRecord, "probably in µV"),
    ({"signal": SIGNAL / 1000}, UnsupportedRecord, "probably in volts"),
    ({"signal": np.where(SIGNAL > 1, np.inf, SIGNAL)}, UnsupportedRecord, "Mark invalid samples by NaN"),
    ({"signal": np.full((12, 1000), np.nan)}, UnsupportedRecord, "no sample that is a number"),
    ({"signal": np.round(SIGNAL * 200).astype(int)}, ConfigError, "state what one of them is"),
    ({"unit": "bar"}, ConfigError, "no voltage"),
    ({"age_years": -1}, ConfigError, "no age"),
    ({"sex": "f"}, ConfigError, "'male', 'female' or None"),
]


@pytest.mark.parametrize(("changed", "error", "said"), REFUSED, ids=[case[2] for case in REFUSED])
def test_what_cannot_be_an_ecg_is_refused_with_a_sentence(
    changed: dict[str, Any], error: type[EcgError], said: str
) -> None:
    values: dict[str, Any] = {"signal": SIGNAL, "sampling_rate_hz": RATE_HZ, "leads": STANDARD_LEADS, **changed}
    with pytest.raises(error, match=said):
        array_record(**values)

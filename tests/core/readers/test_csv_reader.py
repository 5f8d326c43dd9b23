"""Tables of samples: separators, decimals, headings, times, and what is asked for."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from mmae_core.errors import EcgError, UnreadableRecord
from mmae_core.readers import csv_reader
from mmae_core.readers.recording_file import RecordingFile
from mmae_core.readers.signal_description import DescriptionNeeded, SignalDescription, mv_of_unit
from mmae_core.record import EcgRecord

VALUES = np.round(np.sin(np.arange(600).reshape(50, 12)), 3)
LEADS = ("I", "II", "III", "aVR", "aVL", "aVF", "V1", "V2", "V3", "V4", "V5", "V6")


def table(heading: str = "", separator: str = ",", values: np.ndarray = VALUES, *, comma: bool = False) -> str:
    point = "," if comma else "."
    rows = [separator.join(f"{value:.3f}".replace(".", point) for value in row) for row in values]
    return "\n".join([*([heading] if heading else []), *rows, ""])


def read(text: str, encoding: str = "utf-8", **described: object) -> EcgRecord:
    file = RecordingFile.of(text.encode(encoding), "made.csv")
    assert csv_reader.claims(file)
    return csv_reader.read(file, description=SignalDescription(**described))  # type: ignore[arg-type]


def with_times(step: float, n: int = 50) -> np.ndarray:
    return np.column_stack([np.arange(n) * step, VALUES[:n]])


def test_a_heading_with_units_and_a_column_of_times_say_everything() -> None:
    record = read(table("time [s]," + ",".join(f"{lead} [mV]" for lead in LEADS), values=with_times(0.002)))
    assert (record.sampling_rate_hz, record.lead_names, record.doubts) == (500, LEADS, ())
    assert np.allclose(record.read(), VALUES.T)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "latin-1"])
def test_semicolons_decimal_commas_and_microvolts(encoding: str) -> None:
    heading = ";".join(f"Lead {lead} [\N{MICRO SIGN}V]" for lead in LEADS)
    record = read(table(heading, ";", comma=True), encoding, rate_hz=500.0)
    assert record.lead_names == LEADS
    assert np.allclose(record.read(), VALUES.T * 1e-3, atol=1e-9)


def test_times_in_milliseconds_of_another_rate() -> None:
    heading = "Zeit (ms)\t" + "\t".join(f"{lead}_uV" for lead in LEADS)
    record = read(table(heading, "\t", with_times(4.0)))
    assert record.sampling_rate_hz == 250


def test_numbers_alone_are_asked_about() -> None:
    with pytest.raises(DescriptionNeeded) as caught:
        read(table())
    assert caught.value.missing == {"rate", "unit", "leads"}
    assert len(caught.value.columns) == 12
    record = read(table(), rate_hz=500.0, mv_per_step=5e-3, lead_names=LEADS)
    assert np.allclose(record.read(), VALUES.T * 5e-3)
    assert "by the person who opened it: rate, unit, leads" in record.doubts[0]


def test_a_column_may_be_left_out() -> None:
    record = read(table(), rate_hz=500.0, mv_per_step=1.0, lead_names=("", *LEADS[1:]))
    assert "I" not in record.lead_names


def test_a_column_that_counts_is_no_lead() -> None:
    record = read(table(values=with_times(1.0)), rate_hz=500.0, mv_per_step=1.0, lead_names=LEADS)
    assert record.lead_names == LEADS
    assert "counts the samples" in record.doubts[0]


def test_a_rate_in_a_comment_is_taken() -> None:
    text = "# Sampling rate: 400 Hz\n" + table(",".join(f"{lead} (mV)" for lead in LEADS))
    assert read(text).sampling_rate_hz == 400


def test_comments_above_the_heading_give_age_sex_and_doubts() -> None:
    said = "# Age: 60\n# Sex: Male\n# Doubt: The sampling rate may be 250 Hz.\n# Sampling rate: 400 Hz\n"
    record = read(said + table(",".join(f"{lead} (mV)" for lead in LEADS)))
    assert (record.age_years, record.sex, record.sampling_rate_hz) == (60, "male", 400)
    assert [str(doubt) for doubt in record.doubts] == ["The file says: The sampling rate may be 250 Hz."]


def test_uneven_times_are_refused() -> None:
    values = with_times(0.002)
    values[25:, 0] += 1.0
    with pytest.raises(UnreadableRecord, match="not evenly spaced"):
        read(table("time [s]," + ",".join(f"{lead} [mV]" for lead in LEADS), values=values))


def test_empty_cells_have_no_value() -> None:
    text = table(",".join(f"{lead} [mV]" for lead in LEADS)).replace("\n0.000,", "\n,", 1)
    record = read(text, rate_hz=500.0)
    assert np.isnan(record.read()[0, 0])


@pytest.mark.parametrize("text", [
    "name,score\nrecord1,0.5\nrecord2,0.7\nrecord3,0.1\n", "ecg_id,report\n1,sinus rhythm\n", "hello world\n", "",
    "1,2\n3,4,5\n6\n",
])
def test_other_tables_and_texts_are_not_claimed(text: str) -> None:
    assert not csv_reader.claims(RecordingFile.of(text.encode(), "made.csv"))


@pytest.mark.parametrize(("text", "mv"), [
    ("mV", 1.0), ("uV", 1e-3), ("5 uV", 5e-3), ("\N{GREEK SMALL LETTER MU}V", 1e-3), ("0,5 mV", 0.5), ("V", 1e3),
    ("mmHg", None), ("", None), ("-1 mV", None), ("0 mV", None),
])
def test_units_are_voltages_or_nothing(text: str, mv: float | None) -> None:
    assert mv_of_unit(text) == pytest.approx(mv)


def test_damaged_tables_give_only_our_errors() -> None:
    whole = table("time [s]," + ",".join(f"{lead} [mV]" for lead in LEADS), values=with_times(0.002)).encode()
    rng = np.random.default_rng(11)
    damage: Sequence[int] = [*b",;\n\0\t-.eE\"'\xff"]
    for _ in range(400):
        data = bytearray(whole[:rng.integers(0, len(whole) + 1)])
        for place in rng.integers(0, max(len(data), 1), 4):
            if data:
                data[place] = rng.choice(damage)
        file = RecordingFile.of(bytes(data), "made.csv")
        try:
            if csv_reader.claims(file):
                csv_reader.read(file, description=SignalDescription(500.0, 1.0, LEADS))
        except EcgError:
            pass

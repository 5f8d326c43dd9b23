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
    ("mmHg", None), ("", None), ("-1 mV", None), ("0 mV", None), ("1,000 uV", None), ("0,001 V", 1.0),
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


def test_a_rate_that_is_no_whole_number_is_not_rounded() -> None:
    for rate_hz, decimals in ((976.5625, 9), (1000 / 3, 6), (500.4, 9)):
        rows = "".join(f"{number / rate_hz:.{decimals}f},0.5\n" for number in range(3000))
        assert read(f"time [s],II [mV]\n{rows}").sampling_rate_hz == pytest.approx(rate_hz, rel=1e-6)


def test_the_stated_rate_counts_where_the_times_are_rounded() -> None:
    rows = "".join(f"{number / 360.5:.3f},0.5\n" for number in range(3000))
    assert read(f"# Sampling rate: 360.5 Hz\ntime [s],II [mV]\n{rows}").sampling_rate_hz == 360.5
    with pytest.raises(UnreadableRecord, match="states 500 samples a second, and its times say 360"):
        read(f"# Sampling rate: 500 Hz\ntime [s],II [mV]\n{rows}")


@pytest.mark.parametrize("comment", ["Notch frequency: 50 Hz", "Low-pass frequency 150 Hz", "Offsets: 512",
                                     "Sampling rate: 1,000 Hz"])
def test_the_frequency_of_a_filter_is_not_the_sampling_rate(comment: str) -> None:
    with pytest.raises(DescriptionNeeded) as caught:
        read(f"# {comment}\nI [mV],II [mV]\n" + "0.1,0.2\n" * 50)
    assert caught.value.missing == {"rate"}
    record = read(f"# {comment}\n# Sampling frequency: 2 kHz\nI [mV],II [mV]\n" + "0.1,0.2\n" * 50)
    assert record.sampling_rate_hz == 2000


def test_decimal_commas_after_rows_of_whole_numbers() -> None:
    record = read("# Sampling rate: 500 Hz\nI [uV];II [uV]\n" + "0;0\n" * 5 + "12,5;-7,5\n" * 50)
    assert np.allclose(record.read()[:2, 4:6], [[0, 0.0125], [0, -0.0075]])
    record = read("time [s];II [mV]\n0;0\n" + "".join(
        f"{0.002 * number:.3f};0,25\n".replace(".", ",") for number in range(1, 50)))
    assert (record.sampling_rate_hz, record.n_samples) == (500, 50)


@pytest.mark.parametrize(("row", "words"), [("1,234.5;2", "commas and with points"), (">999;2", "no number: '>999'"),
                                            ("", "empty lines")])
def test_what_cannot_be_read_as_a_number_is_no_gap(row: str, words: str) -> None:
    rows = "1.5;2\n" * 20
    with pytest.raises(UnreadableRecord, match=words):
        read(f"# Sampling rate: 500 Hz\nI [uV];II [uV]\n{rows}{row}\n{rows}")


def test_the_chest_lead_v_of_a_monitor_is_no_unit() -> None:
    record = read("# Sampling rate: 500 Hz\nII_V,ECG V [mV]\n" + "0.001,0.5\n" * 50)
    assert np.allclose(record.read(0, 1), 1)
    with pytest.raises(DescriptionNeeded) as caught:
        read("# Sampling rate: 500 Hz\nII_mV,ECG V\n" + "0.1,0.5\n" * 50)
    assert caught.value.missing == {"unit"}

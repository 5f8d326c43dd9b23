"""The header tells what the file knows; what could identify a person is hidden until it is asked for."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from ecg_viewer.state.file_information import RecordHeader, header_lines, shown_lines
from ecg_viewer.state.person import shown_person_of
from ecg_viewer.state.records import RecordItem
from mmae_core.readers import read_record
from mmae_core.record import EcgRecord, StoredSignal

COMMENTS = (
    "age: 81",
    "sex: female",
    "ECG date: 01/10/1990",
    "Diagnose:",
    "Reason for admission: Myocardial infarction",
    "Patient: Jane Doe",
    "Device: CardioWriter 5",
    "Filter: 0.05-150 Hz",
    "Notch: 50 Hz",
    "69 M 1085 1629 x1",
)
SECRET = ("1990", "Doe", "Myocardial", "1085", "2001")


@pytest.fixture
def commented(tmp_path: Path) -> EcgRecord:
    samples = np.zeros((500, 3), "<i2")
    (tmp_path / "seen.dat").write_bytes(samples.tobytes())
    lines = ["seen 3 250 500 10:20:30 24/12/2001", "seen.dat 16 1000/mV 16 0 0 0 0 I",
             "seen.dat 16 200/mV 12 0 0 0 0 V1", "seen.dat 16 10/mmHg 12 0 0 0 0 pressure",
             *(f"# {comment}" for comment in COMMENTS)]
    path = tmp_path / "seen.hea"
    path.write_text("\n".join(lines) + "\n")
    return read_record(path)


def text_of(record: EcgRecord, *, with_identity: bool, item: RecordItem | None = None) -> dict[str, str]:
    lines = shown_lines(header_lines(record, item), with_identity=with_identity)
    return {line.title: line.value for line in lines}


def test_what_the_file_knows_is_told(commented: EcgRecord) -> None:
    assert text_of(commented, with_identity=False) == {
        "Format": "WFDB, 16 bit",
        "Duration": "2 s (500 samples)",
        "Sampling rate": "250 Hz",
        "Leads": "I, V1",
        "Other channels": "pressure (mmHg)",
        "Resolution": "I: 1,000 steps per mV (1 µV a step); V1: 200 steps per mV (5 µV a step); "
                      "pressure: 10 steps per mmHg",
        "Start, time of day": "10:20:30",
        "Age": "81",
        "Sex": "female",
        "Device": "CardioWriter 5",
        "Recorded with filters": "Filter: 0.05-150 Hz; Notch: 50 Hz",
        "Files": "seen.hea, seen.dat",
    }


def test_nothing_that_identifies_is_among_what_is_shown_unasked(commented: EcgRecord) -> None:
    shown = " ".join(text_of(commented, with_identity=False).values())
    assert not [word for word in SECRET if word in shown]
    every = " ".join(line.value for line in header_lines(commented))
    assert [word for word in SECRET if word in every] == list(SECRET)


def test_identity_is_hidden_again_at_the_next_recording(commented: EcgRecord, demo: Path) -> None:
    header, changes = RecordHeader(), []
    header.changed.connect(lambda: changes.append(header.is_identity_shown))
    header.show_record(commented)
    assert header.n_hidden == 5
    header.show_identity(True)
    assert header.n_hidden == 0
    assert any("Doe" in line.value for line in header.lines)
    header.show_record(read_record(demo / "00262_hr.hea"))
    assert not header.is_identity_shown
    header.show_record(commented)
    assert not any("Doe" in line.value for line in header.lines)
    assert changes == [False, True, False, False]


@pytest.mark.parametrize(
    ("comment", "shown"),
    [
        ("age: 95", ("Age", "over 89")),
        ("Gender: M", ("Sex", "male")),
        ("bandwidth: 0.05-40", ("Recorded with filters", "bandwidth: 0.05-40")),
    ],
)
def test_comments_that_are_understood(commented: EcgRecord, comment: str, shown: tuple[str, str]) -> None:
    from dataclasses import replace

    assert shown in text_of(replace(commented, comments=(comment,)), with_identity=False).items()


@pytest.mark.parametrize("comment", ["age: Doe", "device: X200 serial 12345", "sex: see Doe", "Doe, Jane", "a: b",
                                     "filter: as Doe likes it"])
def test_comments_that_are_not_understood_are_hidden(commented: EcgRecord, comment: str) -> None:
    from dataclasses import replace

    record = replace(commented, comments=(comment,))
    value = comment.partition(": ")[2] if comment.startswith("device") else comment
    assert value not in text_of(record, with_identity=False).values()
    assert value in text_of(record, with_identity=True).values()


def test_a_dataset_tells_age_and_sex(demo: Path) -> None:
    item = RecordItem(demo / "00262_hr.hea", "00262", person="56, male")
    shown = text_of(read_record(demo / "00262_hr.hea"), with_identity=False, item=item)
    assert shown["Age, sex"] == "56, male"
    assert shown["Start"] == "not stated"
    assert shown["Resolution"] == "1,000 steps per mV (1 µV a step)"


@pytest.mark.parametrize(("years", "shown", "sentence"), [
    (60.05, "60", "60 years, male"), (49.9, "49", "49 years, male"), (0.5, "0.5 years", "0.5 years, male"),
    (95.0, "over 89", "over 89 years, male"),
])
def test_an_age_from_a_birth_date_is_told_in_completed_years(
    commented: EcgRecord, years: float, shown: str, sentence: str
) -> None:
    from dataclasses import replace

    record = replace(commented, comments=(), age_years=years, sex="male")
    assert text_of(record, with_identity=False)["Age"] == shown
    assert shown_person_of(record).text == sentence


def test_resolutions_are_told_in_millivolts_whatever_unit_the_file_has(commented: EcgRecord) -> None:
    from dataclasses import replace

    stored = StoredSignal("I", "uV", 0.8, 1000.0, "16 bit")
    shown = text_of(replace(commented, stored_signals=(stored,)), with_identity=False)
    assert shown["Resolution"] == "800 steps per mV (1.25 µV a step)"

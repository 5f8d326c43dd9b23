"""One patient's recordings without a window: whose they are, when, and facts of the map by reference."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace

import pytest

from ecg_viewer.jobs.opening import opening_job
from ecg_viewer.jobs.serial_job import serial_job
from ecg_viewer.state.job_protocols import Finished, Job
from ecg_viewer.state.opening_results import Opened
from ecg_viewer.state.records import RecordItem
from ecg_viewer.state.serial.board import PatientFound, SerialBoard, SerialProblem, SerialRead
from ecg_viewer.state.serial.words import basis_text, copied_text, date_text, value_text, when_text
from ecg_viewer.state.signal import Signal
from ecg_viewer.state.worklist.worklist import Worklist
from mmae_core.facts import FactSummary
from mmae_core.readers import read_record
from mmae_core.record import EcgRecord
from mmae_core.serial.compare import compare
from mmae_core.serial.serial_ecg import read_serial_ecg
from mmae_core.serial.two_references import of_fact

DATA = Path(__file__).parents[2] / "data"
FORMATS, SERIAL = DATA / "formats", DATA / "serial"


class Recorder:
    """Takes down what a job reports."""

    def __init__(self) -> None:
        self.events: list[object] = []

    def send(self, event: object) -> None:
        self.events.append(event)

    def stopped(self) -> bool:
        return False


def told(job: Job) -> list[object]:
    recorder = Recorder()
    job(recorder)
    return recorder.events


class Lane:
    """Runs a job at once."""

    def submit(self, job: Job, receive: Callable[[object], None]) -> None:
        for event in told(job):
            receive(event)
        receive(Finished())


def board_of(items: list[RecordItem], at: int) -> tuple[SerialBoard, SimpleNamespace]:
    record = read_record(items[at].path)
    layers = SimpleNamespace(facts={})
    session = SimpleNamespace(
        item=items[at], record=record, is_hidden=False, records=items, record_changed=Signal(),
        assessment_changed=Signal(), assessment=SimpleNamespace(layers=layers))
    return SerialBoard(session, Worklist(), Lane(), serial_job), session


def item(path: Path, **values: object) -> RecordItem:
    return RecordItem(path, path.stem, **values)  # type: ignore[arg-type]


@pytest.fixture
def files(tmp_path: Path) -> list[RecordItem]:
    """Three recordings in two formats that state one patient, one of somebody else, one of nobody, and one that cannot
    be read.
    """
    paths = [Path(shutil.copy(FORMATS / "example.scp", tmp_path / "first.scp")),
             Path(shutil.copy(FORMATS / "example.scp", tmp_path / "second.scp"))]
    paths += [Path(shutil.copy(FORMATS / name, tmp_path / name)) for name in (
        "example_12lead.dcm", "syn_schiller_at110.xml")]
    paths.append(SERIAL / "records100" / "00000" / "00202_lr.hea")
    broken = tmp_path / "broken.hea"
    broken.write_text("this is no header\n")
    return [item(path) for path in (*paths, broken)]


def test_files_that_state_the_same_patient_belong_together_and_nothing_of_it_is_shown(
    files: list[RecordItem]
) -> None:
    board, _ = board_of(files, 0)
    board.gather()
    assert sorted(entry.item.name for entry in board.entries) == ["example_12lead", "first", "second"]
    assert board.basis == "identity"
    shown = basis_text(board) + copied_text(board, with_identity=False)
    shown += "".join(when_text(entry, board, with_identity=False) for entry in board.entries)
    identity = read_record(files[0].path).identity
    assert identity
    assert not [value for _, value in identity if value in shown]
    assert "2002" not in shown, "nor when it was, which identifies"
    assert when_text(board.entries[0], board, with_identity=True) == "22 November 2002"


def test_a_file_that_states_nobody_belongs_to_nobody(files: list[RecordItem]) -> None:
    board, _ = board_of(files, 4)
    board.gather()
    assert [entry.item.name for entry in board.entries] == ["00202_lr"]
    assert board.comparison is None
    assert basis_text(board).startswith("No other recording")


def test_chosen_recordings_join_and_those_that_cannot_be_read_say_why(files: list[RecordItem]) -> None:
    board, _ = board_of(files, 4)
    board.gather()
    board.add([files[0], files[-1]])
    assert board.basis == "chosen"
    assert len(board.entries) == 3
    assert [entry.problem for entry in board.entries if entry.item.name == "broken"] != [""]
    assert board.comparison is not None
    board.choose(files[0].path, files[4].path)
    assert {board.earlier.item.name, board.later.item.name} == {"00202_lr", "first"}


def test_a_data_sets_table_says_whose_recordings_are_and_when_they_were_made() -> None:
    opened = next(event for event in told(opening_job([SERIAL], "file", None)) if isinstance(event, Opened))
    listed = list(opened.items)
    assert len({one.patient for one in listed}) == 3
    assert "patient" not in repr(listed[0])
    mine = next(row for row, one in enumerate(listed) if one.name == "19309")
    board, session = board_of(listed, mine)
    board.gather()
    assert [entry.item.name for entry in board.entries] == ["19300", "19309"]
    assert when_text(board.entries[0], board, with_identity=False) == "9 June 1998"
    assert board.is_later_open
    session.item = listed[next(row for row, one in enumerate(listed) if one.name == "00202")]
    session.record_changed.emit()
    assert board.entries == (), "another patient"


def test_the_job_measures_each_once_and_in_turn(files: list[RecordItem]) -> None:
    record: EcgRecord = read_record(files[0].path)
    found, *rest = told(serial_job(files, files[0], record))
    assert isinstance(found, PatientFound)
    assert [type(event) for event in rest] == [SerialRead] * 3
    (problem,) = told(serial_job([files[-1]], None, None))
    assert isinstance(problem, SerialProblem)
    assert problem.message


def test_a_fact_of_the_map_is_known_where_the_earlier_ecg_does_not_clearly_differ() -> None:
    names = ("19300", "19309")
    folder = SERIAL / "records100" / "19000"
    first, second = (read_serial_ecg(read_record(folder / f"{name}_lr.hea")) for name in names)
    comparison = compare(first, second)

    def standing(lead: str, wave: str) -> str:
        fact = FactSummary("model/1", "model", "model: ST, every beat", (lead,), wave, "", 99.0, 8, 8)
        row = of_fact(fact, comparison)
        assert row.lead == lead
        return row.standing

    assert standing("aVL", "ST") == "both", "ST in aVL is clearly deeper than before"
    assert standing("II", "ST") == "known"
    assert standing("V3", "") == "both", "R in V3 has halved"
    same = compare(second, replace(second, name="again"))
    row = of_fact(FactSummary("model/1", "model", "x", ("V3",), "ST", "", 99.0, 8, 8), same)
    assert row.standing == "known"


def test_dates_and_values_are_written_for_people() -> None:
    assert date_text(datetime(1989, 5, 2)) == "2 May 1989"
    assert value_text("st_j60_mv:V2", -0.004) == "0.00"
    assert value_text("st_j60_mv:V2", -0.24) == "−0.24"
    assert value_text("qrs_ms", 96.4, signed=True) == "+96"
    assert value_text("qrs_ms", float("nan")) == "–"

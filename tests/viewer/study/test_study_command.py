"""`ecg-viewer study`: a study is made of recordings and a table, and its report is written."""

from __future__ import annotations

import errno
import json
from pathlib import Path

import pytest

from ecg_viewer.app import main
from ecg_viewer.state.review.reads import Read
from ecg_viewer.state.study.project import read_study
from ecg_viewer.state.study.results import StudyResults
from mmae_core.readers import read_record
from mmae_core.resources import resource

DEMO = resource("demo")


def test_new_names_recordings_by_relative_path_and_checksum_and_takes_the_truth_from_a_table(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table, project = tmp_path / "truth.csv", tmp_path / "pilot.json"
    table.write_text("recording,departs\n00170_hr,1\n00262_hr.hea,0\n00414_hr,\n", encoding="utf-8")
    assert main(["study", "new", str(project), str(DEMO), "--readers", "Ann,Bob", "--arms", "without,with,wrong",
                 "--wrong", "permuted leads", "--seed", "9", "--truth", str(table)]) == 0
    assert "5 recordings, truth known of 2; readers Ann, Bob; arms without, with, wrong" in capsys.readouterr().out
    opened = read_study(project)
    by_name = {Path(case.path).stem: case for case in opened.study.cases}
    assert {name: case.departs for name, case in by_name.items() if case.departs is not None} == {
        "00170_hr": True, "00262_hr": False}
    case = by_name["00170_hr"]
    assert not Path(case.path).is_absolute()
    assert read_record(opened.case_path(case)).source.sha256 == case.sha256
    assert opened.study.truth == "the table truth.csv"


@pytest.mark.parametrize(("arguments", "said"), [
    (["--arms", "without,rainbow"], "arms are some of without, with, wrong"),
    (["--readers", ","], "readers need names"),
])
def test_new_says_what_is_wrong(
    tmp_path: Path, arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    readers = [] if "--readers" in arguments else ["--readers", "Ann"]
    assert main(["study", "new", str(tmp_path / "s.json"), str(DEMO), *readers, *arguments]) == 1
    assert said in capsys.readouterr().err
    assert not (tmp_path / "s.json").exists()


def test_a_table_with_other_words_names_its_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table = tmp_path / "t.csv"
    table.write_text("recording,departs\na,maybe\n", encoding="utf-8")
    assert main(["study", "new", str(tmp_path / "s.json"), str(DEMO), "--readers", "A", "--truth", str(table)]) == 1
    assert "t.csv, line 2: departs is 1 or 0, yes or no; found 'maybe'" in capsys.readouterr().err


def test_report_writes_json_and_page_and_says_what_is_missing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    project = tmp_path / "pilot.json"
    assert main(["study", "new", str(project), str(DEMO), "--readers", "Ann"]) == 0
    results = StudyResults(read_study(project), "Ann")
    step = results.next_step
    assert step is not None
    results.commit(*step, Read("normal", 50, looked_s=3.0))
    results.close()
    assert main(["study", "report", str(project), "--rounds", "10"]) == 0
    said = capsys.readouterr().out
    assert "Ann has read" in said
    assert "No truth is known" in said
    report = json.loads((tmp_path / "pilot-report.json").read_text(encoding="utf-8"))
    assert report["readers"][0]["n_planned"] == 10
    assert "<h1>Reader study: pilot</h1>" in (tmp_path / "pilot-report.html").read_text(encoding="utf-8")


def test_run_of_what_is_no_study_or_for_no_reader_of_it_is_an_error_not_a_window(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        main(["study", "run"])
    assert main(["study", "run", str(tmp_path / "nothing.json")]) == 1
    project = tmp_path / "pilot.json"
    assert main(["study", "new", str(project), str(DEMO), "--readers", "Ann,Bob"]) == 0
    assert main(["study", "run", str(project), "--reader", "Zed"]) == 1
    assert "Zed is no reader of the study pilot; its readers are Ann, Bob." in capsys.readouterr().err


def test_a_studys_file_is_not_called_a_damaged_journal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    project = tmp_path / "pilot.json"
    project.write_text("{}")
    assert main(["journal", "--verify", str(project)]) == 2
    said = capsys.readouterr().err
    assert "pilot.json is no journal. Each reader of a study has one: pilot-results/" in said
    assert "damaged" not in said


def test_what_the_system_refuses_is_said_without_its_number(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "s.json"

    def full(study: object, project: Path) -> None:
        raise OSError(errno.ENOSPC, "No space left on device", str(project))

    monkeypatch.setattr("ecg_viewer.study_command.write_study", full)
    assert main(["study", "new", str(path), str(DEMO), "--readers", "Ann"]) == 1
    assert capsys.readouterr().err == f"ecg-viewer: {path}: No space left on device\n"

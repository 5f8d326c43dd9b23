"""A reader study without a window: its file, who reads what, what is kept, and what the report claims."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from ecg_viewer.journal_command import main as journal_command
from ecg_viewer.state.review.journal import Journal
from ecg_viewer.state.review.reads import Read
from ecg_viewer.state.study.project import Arm, Case, OpenStudy, Study, StudyError, read_study, write_study
from ecg_viewer.state.study.report import report_page, study_report
from ecg_viewer.state.study.results import NOT_THE_MODELS, StudyResults
from ecg_viewer.state.study.schedule import tasks_of
from mmae_core.resources import resource

WITHOUT, WITH, WRONG = Arm("without", "none"), Arm("with", "own"), Arm("wrong", "mirrored leads")


def study_of(n_cases: int = 6, *, arms: tuple[Arm, ...] = (WITHOUT, WITH, WRONG), readers: tuple[str, ...] = (
        "Ann", "Bob", "Cleo"), **changes: object) -> Study:
    cases = tuple(Case(f"ecg/{k}.hea", f"{k:064x}", k % 2 == 0) for k in range(n_cases))
    made = Study("s1", "Pilot", 7, "crossover", arms, readers, cases, True, 14, "2026-11-30T10:00:00+00:00", "known")
    return replace(made, **changes)  # type: ignore[arg-type]  # named fields


@pytest.fixture
def opened(tmp_path: Path) -> OpenStudy:
    path = tmp_path / "pilot.json"
    write_study(study_of(), path)
    return read_study(path)


def read_all(opened: OpenStudy, reader: str, n_steps: int | None = None) -> StudyResults:
    """A reader who is right without heat, and follows whatever heat says afterwards."""
    results = StudyResults(opened, reader)
    while (step := results.next_step) is not None and n_steps != 0:
        task, stage = step
        departs = bool(opened.study.cases[task.case].departs)
        if stage == "after" and task.arm.is_wrong:
            departs = not departs
        results.commit(task, stage, Read("departs" if departs else "normal", 75, looked_s=5.0))
        n_steps = None if n_steps is None else n_steps - 1
    return results


def test_a_project_file_comes_back_as_it_was_written_and_is_never_replaced(opened: OpenStudy) -> None:
    assert opened.study == study_of()
    with pytest.raises(StudyError, match="never changed"):
        write_study(study_of(), opened.path)
    assert opened.case_path(opened.study.cases[0]) == opened.path.parent / "ecg" / "0.hea"


def test_the_file_is_what_its_schema_says(opened: OpenStudy) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    schema = json.loads(resource("schemas", "study.schema.json").read_text(encoding="utf-8"))
    jsonschema.validate(json.loads(opened.path.read_text(encoding="utf-8")), schema)


@pytest.mark.parametrize(("changes", "problem"), [
    ({"readers": ()}, "readers need names"), ({"arms": (WITH, WITH)}, "each another one"),
    ({"cases": ()}, "1 to"), ({"design": "free"}, "design is one of"),
    ({"arms": (Arm("x", "rainbow"),)}, "heat is one of"),  # type: ignore[arg-type]  # the point
    ({"cases": (Case("/etc/passwd", "0" * 64),)}, "relative"),
    ({"cases": (Case("a", "0" * 64),), "arms": (Arm("o", "other recording"),)}, "at least two"),
])
def test_what_cannot_be_a_study_is_refused_with_the_reason(changes: dict[str, object], problem: str) -> None:
    with pytest.raises(ValueError, match=problem):
        study_of(**changes)  # type: ignore[arg-type]  # named fields


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"format": "ecg-viewer study"}', '{"format": "other"}'])
def test_a_file_that_is_no_study_is_named(tmp_path: Path, text: str) -> None:
    path = tmp_path / "x.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(StudyError, match=r"x\.json"):
        read_study(path)


def test_in_a_crossover_each_reader_reads_each_recording_once_in_each_arm() -> None:
    study = study_of(7)
    for reader in study.readers:
        tasks = tasks_of(study, reader)
        assert Counter((task.case, task.arm) for task in tasks) == {
            (case, arm): 1 for case in range(7) for arm in study.arms}
        for period in range(3):
            counts = Counter(task.arm for task in tasks if task.period == period)
            assert max(counts.values()) - min(counts.values()) <= 1, "arms are balanced"
            assert len({task.case for task in tasks if task.period == period}) == 7, "none twice before the pause"


def test_split_gives_each_recording_to_all_arms_over_the_readers_and_to_one_for_each() -> None:
    study = study_of(9, design="split")
    arms = {case: {next(task.arm for task in tasks_of(study, reader) if task.case == case)
                   for reader in study.readers} for case in range(9)}
    assert all(found == set(study.arms) for found in arms.values())
    assert all(len(tasks_of(study, reader)) == 9 for reader in study.readers)


def test_order_and_arms_follow_from_the_seed_and_nothing_else() -> None:
    one = tasks_of(study_of(), "Ann")
    assert one == tasks_of(study_of(), "Ann")
    assert [task.case for task in one] != [task.case for task in tasks_of(study_of(seed=8), "Ann")]
    assert [task.case for task in one] != [task.case for task in tasks_of(study_of(), "Bob")]
    assert [task.case for task in one[:6]] == [0, 2, 4, 3, 5, 1], "on every machine and version of Python"


@pytest.mark.parametrize("heat", ["other recording", "mirrored leads", "permuted leads"])
def test_wrong_heat_is_never_by_chance_the_right_one(heat: str) -> None:
    study = study_of(5, arms=(Arm("wrong", heat),))  # type: ignore[arg-type]  # a kind of heat
    for task in tasks_of(study, "Ann"):
        if heat == "other recording":
            assert task.donor != task.case
        else:
            assert task.leads is not None
            assert sorted(task.leads) == list(range(12))
            assert all(place != lead for place, lead in enumerate(task.leads))


def test_there_is_no_way_back_and_none_ahead(opened: OpenStudy) -> None:
    results = StudyResults(opened, "Ann")
    (task, stage), later = results.next_step or (None, None), results.tasks[1]
    results.commit(task, stage, Read("normal", 50))
    for wrong in ((task, stage), (later, "after")):
        with pytest.raises(ValueError, match="no way back"):
            results.commit(*wrong, Read("departs", 100))  # type: ignore[arg-type]  # a stage
    results.close()


def test_after_a_crash_it_goes_on_where_it_was_even_between_two_decisions_of_a_case(opened: OpenStudy) -> None:
    first = read_all(opened, "Ann", 4)
    expected = first.next_step
    del first  # nothing is closed
    again = StudyResults(opened, "Ann")
    assert again.next_step == expected
    assert len(again.reads) == 4
    again.close()


def test_decisions_with_wrong_heat_are_marked_in_the_journal_and_no_others_are(opened: OpenStudy) -> None:
    read_all(opened, "Ann").close()
    journal = Journal(opened.journal_of("Ann"))
    events = journal.events_of([case.sha256 for case in opened.study.cases])
    journal.close()
    assert {event.kind for event in events} == {"study_read"}
    for event in events:
        wrong = event.payload["arm"] == "wrong" and event.payload["stage"] == "after"
        assert (event.payload.get("wrong_heat") == NOT_THE_MODELS) is wrong
        assert ("lead_order" in event.payload) is wrong
        assert event.payload["heat"] == ("none" if event.payload["stage"] in ("before", "only")
                                         else {"with": "own", "wrong": "mirrored leads"}[event.payload["arm"]])


def test_a_readers_journal_is_chained_and_verified_by_the_command(
    opened: OpenStudy, capsys: pytest.CaptureFixture[str]
) -> None:
    read_all(opened, "Ann").close()
    assert journal_command(["--verify", str(opened.journal_of("Ann"))]) == 0
    assert "30 entries" in capsys.readouterr().out


def test_the_report_tells_readers_and_arms_apart(opened: OpenStudy) -> None:
    for reader in opened.study.readers:
        read_all(opened, reader).close()
    report = study_report(opened, rounds=20)
    ann = {arm["arm"]: arm for arm in report["readers"][0]["arms"]}
    assert {name: arm["auroc"]["value"] for name, arm in ann.items()} == {"without": 1.0, "with": 1.0, "wrong": 0.0}
    assert {name: arm["switch_rate"]["value"] for name, arm in ann.items()} == {
        "without": None, "with": 0.0, "wrong": 1.0}
    assert ann["wrong"]["against_without"] == {"n": 6, "differ": 6}
    assert (ann["without"]["median_s"], ann["with"]["median_s"]) == (5.0, 10.0)
    assert any("deliberately not that of the recording" in line for line in report["warnings"])
    html = report_page(report)
    assert "Ann" in html
    assert "<script" not in html


def test_the_report_says_how_few_cases_it_is_of(opened: OpenStudy) -> None:
    read_all(opened, "Ann", 3).close()
    report = study_report(opened, rounds=20)
    assert any(line.startswith("Ann has read") for line in report["warnings"])
    assert any(line.startswith("Bob has read 0 of 18") for line in report["warnings"])
    bob = report["readers"][1]["arms"][0]
    assert bob["auroc"] == {"value": None, "interval": None, "n": 0,
                            "why_none": "0 cases with and 0 without known departures; at least 2 each"}
    assert "not given: 0 cases with" in report_page(report)


def test_without_truth_no_accuracy_is_claimed(tmp_path: Path) -> None:
    path = tmp_path / "p.json"
    cases = tuple(replace(case, departs=None) for case in study_of().cases)
    write_study(study_of(cases=cases), path)
    opened = read_study(path)
    read_all(opened, "Ann").close()
    report = study_report(opened, rounds=20)
    assert any(line.startswith("No truth is known") for line in report["warnings"])
    assert report["readers"][0]["arms"][0]["sensitivity"]["value"] is None


def test_a_stranger_cannot_read_in_a_study(opened: OpenStudy) -> None:
    with pytest.raises(StudyError, match="its readers are Ann, Bob, Cleo"):
        StudyResults(opened, "Dora")

"""A reader study in the window: what a reader sees, what is kept, and that wrong heat betrays itself nowhere."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from ecg_viewer.app import Program
from ecg_viewer.jobs.study_jobs import gather_cases, shown_map
from ecg_viewer.qt.review.own_feature import OwnFindingsFeature
from ecg_viewer.qt.study.study_dialogs import NewStudyDialog, ReaderDialog
from ecg_viewer.qt.study.study_feature import StudyFeature
from ecg_viewer.state.review.journal import Journal
from ecg_viewer.state.settings import SettingsFile
from ecg_viewer.state.study.project import Arm, Heat, OpenStudy, Study, read_study, write_study
from ecg_viewer.state.study.results import NOT_THE_MODELS
from mmae_core.assessment import AnomalyMap
from mmae_core.record import STANDARD_LEADS, EcgRecord
from tests.gui.conftest import FakeScorer
from tests.gui.study.test_blinded import leaks

V3, V3_S = STANDARD_LEADS.index("V3"), 2.1
"""Where the fake model finds something in every recording."""


@pytest.fixture
def scorer(monkeypatch: pytest.MonkeyPatch) -> FakeScorer:
    found = FakeScorer()
    monkeypatch.setattr(StudyFeature, "make_scorer", lambda _device: found)
    return found


MakeStudy = Callable[..., OpenStudy]


@pytest.fixture
def make_study(write_record: Callable[..., Path], tmp_path: Path) -> MakeStudy:
    def make(*heats: Heat, both: bool = True, n: int = 2) -> OpenStudy:
        paths = []
        for k in range(n):
            path = write_record(f"infarction_{k}")
            path.write_text(path.read_text() + f"# sinus rhythm {k}\n")
            paths.append(path)
        project = tmp_path / "study.json"
        cases = gather_cases(paths, {"infarction_0": True, "infarction_1": False}, project)
        arms = tuple(Arm(f"arm {place}", heat) for place, heat in enumerate(heats))
        write_study(Study("s", "Pilot", 3, "crossover", arms, ("Ann", "Bob"), cases, both, 14, "", "table"), project)
        return read_study(project)

    return make


@pytest.fixture
def program(make_program: Callable[..., Program], scorer: FakeScorer) -> Program:
    assert scorer is not None
    return make_program(FakeScorer(), SettingsFile())


def start(program: Program, opened: OpenStudy, qtbot: QtBot, reader: str = "Ann") -> StudyFeature:
    feature = program.window.feature(StudyFeature)
    feature.start(opened, reader)
    wait_for_case(feature, qtbot)
    return feature


def wait_for_case(feature: StudyFeature, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: feature.run is not None and (
        feature.run.step is None or feature.run.panel.form.isEnabled()))


def decide(feature: StudyFeature, qtbot: QtBot, decision: int = 1, confidence: int = 75) -> None:
    assert feature.run is not None
    panel = feature.run.panel
    panel.form.decisions.button(decision).click()
    panel.form.confidences.button(confidence).click()
    assert panel.commit.isEnabled()
    panel.commit.click()
    wait_for_case(feature, qtbot)


def heat_at(program: Program, lead: str) -> float:
    return program.session.heat.percentile_at(lead, V3_S) or 0.0


def test_nothing_but_the_ecg_is_seen_and_no_name_tells_what_it_is(
    program: Program, make_study: MakeStudy, qtbot: QtBot
) -> None:
    feature = start(program, make_study("none"), qtbot)
    assert leaks(program) == {}
    assert "infarction" not in program.window.windowTitle()
    assert program.window.windowTitle().startswith("Case 1 of 2")
    assert feature.run is not None
    assert feature.run.panel.title.text() == "Case 1 of 2"
    assert not feature.run.panel.legend.isVisible()
    assert heat_at(program, "V3") == 0


def test_the_heat_appears_after_the_first_decision_and_only_on_the_paper(
    program: Program, make_study: MakeStudy, qtbot: QtBot
) -> None:
    feature = start(program, make_study("own"), qtbot)
    assert heat_at(program, "V3") == 0
    decide(feature, qtbot)
    assert heat_at(program, "V3") > 99
    assert feature.run is not None
    assert feature.run.panel.legend.isVisible()
    assert feature.run.panel.form.decision is None, "the first decision is not proposed again"
    assert leaks(program) == {}, "no finding, no percentile, no statement"
    decide(feature, qtbot)
    assert heat_at(program, "V3") == 0, "gone with the next case"


@pytest.mark.parametrize("heat", ["mirrored leads", "permuted leads", "other recording"])
def test_wrong_heat_is_the_declared_one_is_marked_in_the_journal_and_betrayed_nowhere(
    program: Program, make_study: MakeStudy, qtbot: QtBot, heat: Heat
) -> None:
    opened = make_study(heat)
    feature = start(program, opened, qtbot)
    decide(feature, qtbot)
    assert feature.run is not None
    texts_wrong = feature.run.panel.says.text()
    assert "wrong" not in texts_wrong.lower()
    assert leaks(program) == {}
    hot = [lead for lead in STANDARD_LEADS if heat_at(program, lead) > 99]
    task = feature.run.step[0] if feature.run.step else None
    assert task is not None
    if task.leads is None:
        assert (hot, task.donor != task.case) == (["V3"], True)
    else:
        assert hot == [STANDARD_LEADS[task.leads.index(V3)]]
        assert hot != ["V3"]
    decide(feature, qtbot)
    journal = Journal(opened.journal_of("Ann"))
    events = journal.events_of([case.sha256 for case in opened.study.cases])
    journal.close()
    assert [event.payload.get("wrong_heat") for event in events] == [None, NOT_THE_MODELS]
    assert events[1].payload["heat"] == heat
    assert events[1].payload["model"] == "0" * 64


@pytest.mark.parametrize("action_id", ["open", "next_record", "export", "copy_paper", "print_preview", "add_finding",
                                       "undo", "blinded", "preferences", "worklist", "plots", "model_marks",
                                       "study_run"])
def test_nothing_leads_out_of_a_study_or_copies_what_it_shows(
    program: Program, make_study: MakeStudy, qtbot: QtBot, action_id: str
) -> None:
    start(program, make_study("own"), qtbot)
    assert not program.window.action(action_id).isEnabled()


def test_what_is_dropped_or_chosen_from_recent_files_does_not_open_during_a_study(
    program: Program, make_study: MakeStudy, write_record: Callable[..., Path], qtbot: QtBot
) -> None:
    start(program, make_study("none"), qtbot)
    program.session.open([write_record("other")])
    assert "reader study is running" in program.window.error_bar.text
    assert program.session.item is not None
    assert program.session.item.name == "Case 1 of 2"


def test_after_a_killed_program_the_next_start_goes_on_with_the_decision_that_was_due(
    program: Program, make_program: Callable[..., Program], make_study: MakeStudy, qtbot: QtBot
) -> None:
    opened = make_study("own")
    feature = start(program, opened, qtbot)
    decide(feature, qtbot)
    assert feature.run is not None
    due = feature.run.step
    again = make_program(FakeScorer(), SettingsFile())  # the first one has not closed anything
    other = start(again, opened, qtbot)
    assert other.run is not None
    assert other.run.step == due
    qtbot.waitUntil(lambda: heat_at(again, "V3") > 99)


def test_at_the_end_readers_are_told_how_often_the_heat_was_wrong(
    program: Program, make_study: MakeStudy, qtbot: QtBot
) -> None:
    feature = start(program, make_study("mirrored leads", both=False), qtbot)
    decide(feature, qtbot)
    decide(feature, qtbot)
    assert feature.run is not None
    panel = feature.run.panel
    assert panel.close_button.isVisible()
    assert "In 2 of them the heat on the paper was deliberately not that of the recording." in panel.says.text()
    panel.close_button.click()
    assert feature.run is None
    assert program.session.is_blind, "the last case is not shown with its results because the study has ended"
    assert program.session.is_hidden
    assert all(heat_at(program, lead) == 0 for lead in STANDARD_LEADS), "wrong heat has left the paper"


def test_pausing_warns_that_heat_may_have_been_wrong_without_saying_where(
    program: Program, make_study: MakeStudy, qtbot: QtBot
) -> None:
    feature = start(program, make_study("own", "mirrored leads"), qtbot)
    program.window.action("study_stop").trigger()
    assert feature.run is not None
    assert "may deliberately be wrong" in feature.run.panel.says.text()
    feature.run.panel.close_button.click()
    assert program.window.action("study_run").isEnabled()


def test_the_key_for_committing_commits_in_a_study_too(program: Program, make_study: MakeStudy, qtbot: QtBot) -> None:
    feature = start(program, make_study("none"), qtbot)
    assert feature.run is not None
    feature.run.panel.form.decisions.button(0).click()
    feature.run.panel.form.confidences.button(100).click()
    qtbot.keyClick(program.window, Qt.Key.Key_Return,
                   Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
    wait_for_case(feature, qtbot)
    assert feature.run.panel.title.text() == "Case 2 of 2"


def test_a_recording_that_was_changed_since_is_not_read(program: Program, make_study: MakeStudy, qtbot: QtBot) -> None:
    opened = make_study("none", n=1)
    header = opened.case_path(opened.study.cases[0])
    header.write_text(header.read_text() + "# more\n")
    feature = program.window.feature(StudyFeature)
    feature.start(opened, "Ann")
    assert feature.run is not None
    qtbot.waitUntil(lambda: "not the recording" in feature.run.panel.says.text())
    assert not feature.run.panel.commit.isEnabled()


def test_a_study_is_made_of_the_rows_that_the_worklist_shows(
    program: Program, write_record: Callable[..., Path], opens: Callable[..., None], qtbot: QtBot, tmp_path: Path
) -> None:
    for name in ("a", "b"):
        opens(program, write_record(name))
    feature = program.window.feature(StudyFeature)
    qtbot.waitUntil(lambda: len(feature.worklist.order) == 2)
    program.window.action("study_new").trigger()
    dialog = next(found for found in program.window.findChildren(NewStudyDialog) if found.isVisible())
    dialog.readers.setText("Ann, Bob")
    dialog.wrong.setChecked(True)
    choices = replace(dialog.choices, seed=5)
    dialog.reject()
    feature.make(choices, tmp_path / "made.json")
    qtbot.waitUntil((tmp_path / "made.json").exists)
    made = read_study(tmp_path / "made.json").study
    assert ([case.path for case in made.cases], made.readers, made.seed) == (["a.hea", "b.hea"], ("Ann", "Bob"), 5)
    assert [arm.heat for arm in made.arms] == ["none", "own", "other recording"]


def test_who_reads_is_asked_and_the_report_lies_beside_the_study(
    program: Program, make_study: MakeStudy, qtbot: QtBot
) -> None:
    opened = make_study("none")
    feature = program.window.feature(StudyFeature)
    feature.open_study(opened.path)
    dialog = next(found for found in program.window.findChildren(ReaderDialog) if found.isVisible())
    assert [dialog.reader.itemText(row) for row in range(dialog.reader.count())] == ["Ann", "Bob"]
    dialog.reject()
    feature.report(opened.path)
    qtbot.waitUntil(opened.path.with_name("study-report.html").exists)


def test_heat_shown_in_a_study_is_blank_where_nothing_was_assessed(
    write_record: Callable[..., Path]
) -> None:
    from mmae_core.readers import read_record

    record: EcgRecord = read_record(write_record("a"))
    found, _ = FakeScorer().assess(record, 0.0, 12.0, lambda: False)
    assert np.isnan(found.peak_percentile).any()
    shown = shown_map(found, tuple(reversed(range(12))))
    assert np.isfinite(shown.peak_percentile).all()
    assert shown.windows == ()
    assert shown.peak_percentile[11 - V3].max() == pytest.approx(99.8)


def map_of(n: int) -> AnomalyMap:
    values = np.full((12, n), 50.0, np.float32)
    values[:, :3] = np.nan
    values[11] = np.nan
    values[0, 5] = 99.0
    return AnomalyMap(0.0, 10.0, values, values.copy(), values.copy(), (), "model", "cpu")


def test_a_lead_that_cannot_be_assessed_has_no_heat_whatever_lead_is_shown_there() -> None:
    shown = shown_map(map_of(100), tuple(reversed(range(12)))).peak_percentile
    assert not shown[11].any(), "heat on a flat lead would tell that it is wrong"
    assert not shown[0].any(), "that of the flat lead"
    assert (shown[1:11, 3:] > 0).all()


@pytest.mark.parametrize("seconds", [3.0, 10.0, 25.0])
def test_heat_of_another_recording_is_as_long_as_the_one_it_is_shown_on(seconds: float) -> None:
    found = shown_map(map_of(100), None, seconds)
    assert found.end_s == seconds
    assert found.peak_percentile[0, 5] == 99
    hot = np.flatnonzero(found.peak_percentile[0] == 99)
    assert hot.tolist() == [place for place in (5, 105, 205) if place < 10 * seconds]


def test_findings_that_the_reviewer_marked_before_are_not_seen_in_a_study(
    program: Program, make_study: MakeStudy, qtbot: QtBot
) -> None:
    opened = make_study("none")
    program.window.settings.change(reviewer="Ann")
    own = program.window.feature(OwnFindingsFeature)
    for case in opened.study.cases:
        program.session.open([opened.case_path(case)])
        qtbot.waitUntil(lambda case=case: program.session.sha256 == case.sha256)
        own.controller.open_review.add_own(("V3",), 1.0, 2.0, "infarction")
        assert len(own.overlay.drawn()) == 1
    start(program, opened, qtbot)
    qtbot.waitUntil(lambda: len(own.controller.open_review.own) == 1)
    assert own.overlay.drawn() == []

"""The queue of findings: strongest first, J and K, a click, and what the summary says about the whole."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, Qt
from pytestqt.qtbot import QtBot

from ecg_viewer.app import Program
from ecg_viewer.jobs.scoring import ModelScorer
from ecg_viewer.qt.review.findings_panel import COLUMNS
from ecg_viewer.qt.summary.summary_feature import SummaryFeature
from ecg_viewer.state.assessment import Assessment, Phase
from ecg_viewer.state.words.empty_list_words import no_findings_sentence
from mmae_core.assessment import WindowAssessment


@pytest.fixture
def opened(qtbot: QtBot, make_program, write_record) -> Program:
    """A recording of 30 s with the fake model's three findings."""
    program = make_program()
    program.session.open([write_record("thirty", 30.0)])
    qtbot.waitUntil(lambda: program.session.assessment.phase is Phase.DONE)
    return program


def index_of(program: Program, lead: str, column: int = 0) -> QModelIndex:
    """Where the first finding of a lead is listed."""
    model = program.window.findings_panel.model
    for group in range(model.rowCount()):
        heading = model.index(group, 0)
        for row in range(model.rowCount(heading)):
            if model.index(row, 0, heading).data() == lead:
                return model.index(row, column, heading)
    raise AssertionError(f"no finding of {lead} is listed")


def cells(program: Program) -> list[list[str]]:
    """Headings and, indented by nothing, the lines below them."""
    model = program.window.findings_panel.model
    lines = []
    for group in range(model.rowCount()):
        heading = model.index(group, 0)
        lines.append([heading.data()])
        for row in range(model.rowCount(heading)):
            lines.append([model.index(row, column, heading).data() for column in range(4)])
    return lines


def test_findings_are_listed_strongest_first(opened: Program) -> None:
    assert COLUMNS == ("Lead", "Time", "Percentile", "State", "Note")
    assert cells(opened) == [
        ["All leads · 3"],
        ["V3", "2.00–2.20", "99.8", "○ To review"],
        ["aVF", "12.00–12.40", "99.1", "○ To review"],
        ["II", "5.00–5.10", "98.5", "○ To review"],
    ]
    assert opened.window.findings_panel.title == "Findings · 3"


def test_j_and_k_go_to_the_next_and_previous_finding(qtbot: QtBot, opened: Program) -> None:
    window, view = opened.window, opened.session.view
    view.set_speed(50)
    qtbot.keyClick(window.paper, Qt.Key.Key_J)
    assert (view.selection.lead, view.selection.start_s) == ("V3", 2.0)
    qtbot.keyClick(window.paper, Qt.Key.Key_J)
    assert (view.selection.lead, view.selection.start_s) == ("aVF", 12.0)
    assert view.start_s <= 12.0, "the paper has scrolled there"
    assert view.end_s >= 12.4
    assert window.findings_panel.view.currentIndex().data() == "aVF"
    assert window.tool_bar.position.text().strip() == "2 / 3"
    qtbot.keyClick(window.paper, Qt.Key.Key_K)
    assert view.selection.lead == "V3"
    qtbot.keyClick(window.paper, Qt.Key.Key_K)
    assert view.selection.lead == "V3", "there is nothing stronger than the strongest"


def test_a_click_on_a_row_goes_there(qtbot: QtBot, opened: Program) -> None:
    table = opened.window.findings_panel.view
    opened.session.view.set_speed(100)
    position = table.visualRect(index_of(opened, "aVF", 2)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=position)
    assert opened.session.finding.lead == "aVF"
    assert opened.session.view.selection.start_s == 12.0
    assert opened.session.view.start_s > 0


def test_a_click_on_the_current_row_brings_a_scrolled_paper_back(qtbot: QtBot, opened: Program) -> None:
    table = opened.window.findings_panel.view
    opened.session.view.set_speed(100)
    opened.session.go_to_finding(1)
    opened.session.view.scroll_to(0)
    position = table.visualRect(index_of(opened, "aVF")).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=position)
    assert opened.session.view.start_s <= 12.0 <= opened.session.view.end_s
    assert opened.session.view.start_s > 0


def test_the_table_can_be_walked_with_the_keyboard(qtbot: QtBot, opened: Program) -> None:
    table = opened.window.findings_panel.view
    table.setFocus()
    opened.session.go_to_finding(0)
    qtbot.keyClick(table, Qt.Key.Key_Down)
    assert opened.session.finding_index == 1


def test_each_row_says_in_words_what_the_picture_shows(opened: Program) -> None:
    index = index_of(opened, "V3")
    said = index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert said == "Departs from the normal cohort: 99.8th percentile, V3, 2.00 to 2.20 s"


def test_the_summary_compares_with_normals_and_never_diagnoses(opened: Program) -> None:
    summary, n = opened.window.feature(SummaryFeature).panel, len(opened.session.assessment.windows)
    assert summary.headline.text() == f"Strongest of {n} 10-s windows: more unusual than 97.3 % of 912 normal ECGs"
    assert summary.p_value.text().startswith(f"1 of {n} 10-s windows (20.0 %) reach the 95th percentile")
    assert summary.strongest.text() == "Go to 0.00 – 10.00 s"
    assert summary.bars.ranking[0][0] == "V6"
    assert summary.bars.ranking[-1][0] == "aVL", "a lead without an answer comes last"
    assert "aVL not assessed" in summary.bars.accessibleDescription()
    assert "aVL is flat." in summary.notes.text()
    assert "Model fake, version 7, on cpu" in summary.provenance.text()


def test_no_findings_is_said_without_calling_the_ecg_normal(qtbot: QtBot, make_program, write_record) -> None:
    from ecg_viewer.state.settings import SettingsFile

    program = make_program(settings=SettingsFile())
    program.session.open([write_record("short", 11.0)])
    qtbot.waitUntil(lambda: program.session.assessment.phase is Phase.DONE)
    assert len(program.session.assessment.findings) == 2
    program.session.open([write_record("odd", 4.0)])
    qtbot.waitUntil(lambda: program.session.assessment.phase is Phase.UNSUPPORTED)
    assert program.window.findings_panel.model.rowCount() == 0
    assert program.window.findings_panel.empty_text.startswith("Not assessed: ")
    assert "too short" in program.window.findings_panel.empty_text
    assert program.window.tool_bar.position.text() == " not assessed "
    assert program.session.finding is None
    assert program.session.view.selection is None


def test_a_recording_that_stands_out_as_a_whole_is_not_passed_over_for_want_of_intervals() -> None:
    window = WindowAssessment(0.0, 1.0, 1.0, 0.0, 99.0, 0.01, (50.0,) * 12, (True,) * 12, ())
    unusual = Assessment(Phase.DONE, strongest_window=window)
    usual = Assessment(Phase.DONE, strongest_window=replace(window, percentile=40.0))
    assert no_findings_sentence(unusual) == (
        "No single stretch stands out, but the recording as a whole does: see the summary.")
    assert no_findings_sentence(usual).startswith("No stretch stands out")
    assert no_findings_sentence(usual).endswith("This does not mean the ECG is normal.")


def test_the_bundled_model_tells_an_infarction_from_a_normal_ecg(qtbot: QtBot, make_program, demo: Path) -> None:
    """The real model on two bundled records: heat, findings and a summary arrive, and they differ."""
    program = make_program(ModelScorer())
    session, summary = program.session, program.window.feature(SummaryFeature).panel
    percentiles, findings = {}, {}
    for name in ("00262_hr", "00234_hr"):
        session.open([demo / f"{name}.hea"])
        qtbot.waitUntil(lambda name=name: session.record is not None and session.record.name == name)
        qtbot.waitUntil(lambda: session.assessment.phase in (Phase.DONE, Phase.FAILED))
        assert session.assessment.phase is Phase.DONE, session.assessment.message
        assert session.heat.assessed_fraction > 0.9
        assert "normal ECGs" in summary.headline.text()
        percentiles[name] = session.assessment.strongest_window.percentile
        findings[name] = len(session.assessment.findings)
    assert session.model.n_normals > 500
    assert percentiles["00262_hr"] < 80
    assert percentiles["00234_hr"] > 95
    assert findings["00262_hr"] < findings["00234_hr"]
    controller = program.window.findings_panel.controller
    assert controller.queue.counts.total == controller.n_findings == len(program.session.assessment.layers.facts) > 1
    assert program.window.findings_panel.title == f"Findings · {controller.n_findings}"

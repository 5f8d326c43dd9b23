"""The blinded first read: nothing that anybody said of a recording is seen before the reader has decided."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from ecg_viewer.app import Program
from ecg_viewer.qt.overview.overview_feature import OverviewFeature
from ecg_viewer.qt.research.research_feature import ResearchFeature
from ecg_viewer.qt.review.own_feature import OwnFindingsFeature
from ecg_viewer.qt.study.blinded_feature import BlindedFeature
from ecg_viewer.qt.worklist.worklist_feature import WorklistFeature
from ecg_viewer.state.assessment import Phase
from ecg_viewer.state.blinding import is_allowed
from ecg_viewer.state.review.journal import Journal, journal_path
from ecg_viewer.state.settings import SettingsFile
from tests.gui.conftest import FakeScorer
from tests.gui.shown_texts import shown_texts

Opens = Callable[[Program, Path], None]
LEAKS = re.compile(
    r"99\.8|98\.5|99\.1|97\.3|infarction|sinus rhythm|percentile \d|More unusual|confirm V3|not yet assessed|"
    r"no findings|V3, 2\.00 s|aVL is flat", re.IGNORECASE)
"""What the fake model and the file say of the recording, however it would be worded."""


def leaks(program: Program) -> dict[str, str]:
    """Every text that can be seen or read out in the window, and gives something away; a legend of colours does not."""
    shown = shown_texts(program.window, visible_only=True)
    return {place: text for place, text in shown.items() if LEAKS.search(text) and "HeatLegend" not in place}


def blinded(program: Program) -> BlindedFeature:
    return program.window.feature(BlindedFeature)


def decide(program: Program, decision: int, confidence: int) -> None:
    """Tick one of the three decisions, and how sure."""
    form = blinded(program).first.form
    form.decisions.button(decision).click()
    form.confidences.button(confidence).click()


def write_case(write_record: Callable[..., Path], name: str, says: str) -> Path:
    """A recording whose header says what it is."""
    header = write_record(name)
    header.write_text(header.read_text(encoding="ascii") + f"# {says}\n", encoding="ascii")
    return header


@pytest.fixture
def case(write_record: Callable[..., Path]) -> Path:
    return write_case(write_record, "case", "sinus rhythm, anterior infarction")


@pytest.fixture
def program(
    make_program: Callable[..., Program], case: Path, opens: Opens, qtbot: QtBot, fake_scorer: FakeScorer
) -> Program:
    """Assessed by the fake model, in the open, by a reader who has a name."""
    made = make_program(fake_scorer, SettingsFile())
    made.window.settings.change(reviewer="Ann")
    opens(made, case)
    qtbot.waitUntil(lambda: made.session.assessment.phase is Phase.DONE)
    qtbot.waitUntil(lambda: made.window.session.sha256 != "")
    return made


def blind(program: Program) -> None:
    program.window.action("blinded").trigger()


def test_before_it_is_switched_on_the_window_shows_what_the_tests_below_look_for(program: Program) -> None:
    assert leaks(program)


def test_no_text_of_the_window_gives_anything_away(program: Program) -> None:
    blind(program)
    assert leaks(program) == {}


def test_no_pixel_of_the_window_depends_on_what_the_model_or_the_file_says(
    make_program: Callable[..., Program], write_record: Callable[..., Path], opens: Opens, qtbot: QtBot
) -> None:
    opened = []
    for says, poor in (("sinus rhythm", {}), ("anterior infarction", {"V1": "noise", "V2": "noise", "V3": "noise"})):
        path = write_case(write_record, "same", says)
        scorer = FakeScorer()
        scorer.poor = poor
        settings = SettingsFile()
        settings.change(blinded=True)
        made = make_program(scorer, settings)
        opens(made, path)
        qtbot.waitUntil(lambda made=made: made.session.sha256 != "" and _is_still(made))
        made.window.paper.setFocus()
        opened.append(made)
    one, other = opened
    for made in opened:
        made.window.setFocus()
    # What still moves at the end of opening comes to rest; what differs stays different.
    qtbot.waitUntil(lambda: one.window.grab().toImage() == other.window.grab().toImage())
    assert one.window.grab().toImage().size() != QSize()


def _is_still(program: Program) -> bool:
    """The trace, and its outline above, are there."""
    window = program.window
    is_idle = not window.status.progress.isVisible() and not window.status.currentMessage()
    return is_idle and window.paper.is_complete and window.feature(OverviewFeature).bar.is_current


def test_the_overview_does_not_claim_that_anything_was_assessed(program: Program) -> None:
    bar = program.window.feature(OverviewFeature).bar
    assert "assessed" in bar.accessibleDescription()
    blind(program)
    assert bar.accessibleDescription() == "12 s"


def test_the_model_is_not_even_asked(program: Program, fake_scorer: FakeScorer, qtbot: QtBot) -> None:
    blind(program)
    asked = len(fake_scorer.asked)
    program.session.assess()
    program.window.action("next_record").trigger()
    qtbot.wait(100)
    assert len(fake_scorer.asked) == asked
    assert program.session.assessment.phase is Phase.HIDDEN
    assert program.session.assessment.findings == ()
    assert program.session.assessment.windows == ()


def test_statements_of_file_and_data_set_are_taken_from_what_every_panel_is_given(program: Program) -> None:
    session = program.session
    assert session.record is not None
    assert session.record.comments
    blind(program)
    assert session.record.comments == ()
    assert list(session.record.annotations) == []
    assert session.item is not None
    assert (session.item.statements, session.item.report, session.item.superclasses, session.item.title) == (
        (), "", (), "")


@pytest.mark.parametrize("action_id", [
    "export", "export_benchmark", "print_preview", "copy_paper", "save_findings", "plots", "compare_file",
    "compare_models", "expected_trace", "residual_trace", "average_beat", "intervals_copy", "truth", "next_anomalous",
    "next_failure", "worklist", "worklist_columns", "find_record", "open_scores", "score_list", "record_header",
    "identity", "strongest_finding", "confirm", "assess", "tour", "model_marks", "heat_next", "marker_add",
])
def test_what_would_show_write_or_rank_results_cannot_be_done(program: Program, action_id: str) -> None:
    blind(program)
    assert not program.window.action(action_id).isEnabled()


def test_every_action_is_closed_unless_it_is_named_as_harmless(program: Program) -> None:
    blind(program)
    program.window.action("blinded")
    for spec in program.window.action_specs:
        if program.window.actions_by_id[spec.id].isEnabled():
            assert is_allowed(spec.id, is_hidden=True), spec.id


def test_actions_are_open_again_when_it_is_switched_off(program: Program, qtbot: QtBot) -> None:
    before = {spec.id: program.window.action(spec.id).isEnabled() for spec in program.window.action_specs}
    blind(program)
    blind(program)
    qtbot.waitUntil(lambda: program.session.assessment.phase is Phase.DONE)
    after = {spec.id: program.window.action(spec.id).isEnabled() for spec in program.window.action_specs}
    differ = {name for name in before if before[name] != after[name]}
    assert differ <= {"undo", "redo", "truth", "identity", "worklist", "commit_read"}


def test_status_bar_and_tooltips_of_the_paper_say_nothing(program: Program, qtbot: QtBot) -> None:
    paper = program.window.paper
    blind(program)
    for x in range(60, paper.width(), 40):
        for y in range(20, paper.height(), 40):
            place = QPointF(x, y)
            assert paper.tip_at(place) == ""
            qtbot.mouseMove(paper, place.toPoint())
            assert not LEAKS.search(program.window.status.cursor_label.text())
    assert paper.sentences_at("V3", 2.1) == ()


def test_earlier_decisions_do_not_tell_where_the_model_found_something(program: Program, qtbot: QtBot) -> None:
    pictures, review = [], program.window.feature(OwnFindingsFeature).controller.open_review
    program.window.action("layout_12x1").trigger()
    for action_id in ("confirm", "reset_decision"):
        program.window.action("strongest_finding").trigger()
        program.window.action(action_id).trigger()
        program.window.action("to_start").trigger()
        shown = _paper(program, qtbot)
        decided = [judgement.state for judgement in review.judgements]
        blind(program)
        qtbot.waitUntil(lambda: bool(program.session.sha256))
        qtbot.waitUntil(lambda decided=decided: [judgement.state for judgement in review.judgements] == decided)
        pictures.append((shown, _paper(program, qtbot)))
        blind(program)
        qtbot.waitUntil(lambda: program.session.assessment.phase is Phase.DONE)
    assert _strongly_differing(pictures[0][0], pictures[1][0]) > 100, "a decision is marked on the paper"
    assert _strongly_differing(pictures[0][1], pictures[1][1]) == 0


def _paper(program: Program, qtbot: QtBot) -> QImage:
    qtbot.waitUntil(lambda: program.window.paper.is_complete)
    return program.window.paper.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)


def _strongly_differing(first: QImage, second: QImage) -> int:
    """Pixels that differ by more than the smoothing of a trace drawn twice."""
    one, other = (np.frombuffer(image.constBits(), np.uint8).astype(int) for image in (first, second))
    return int((abs(one - other) > 32).sum())


def test_windows_with_results_are_closed(program: Program) -> None:
    program.window.action("plots").trigger()
    plots = program.window.feature(ResearchFeature).plots
    assert plots is not None
    assert plots.isVisible()
    blind(program)
    assert not [dialog for dialog in program.window.findChildren(QDialog) if dialog.isVisible()]


def test_the_next_recording_is_the_next_of_the_folder_not_of_the_ranking(
    program: Program, write_record: Callable[..., Path], opens: Opens, qtbot: QtBot
) -> None:
    for name in ("a", "b"):
        opens(program, write_record(name))
    worklist = program.window.feature(WorklistFeature).worklist
    qtbot.waitUntil(lambda: len(worklist) == 3)
    program.session.records.show_in([2, 0, 1])
    program.session.open_item(0)
    qtbot.waitUntil(lambda: program.session.record is not None and program.session.record.name == "case")
    blind(program)
    program.window.action("next_record").trigger()
    qtbot.waitUntil(lambda: program.session.record is not None and program.session.record.name == "a")
    assert program.session.is_hidden


def test_the_worklist_gives_way_to_a_list_of_names(program: Program, qtbot: QtBot) -> None:
    panel = program.window.feature(WorklistFeature).panel
    assert panel.isVisible()
    blind(program)
    assert not panel.isVisible()
    names = blinded(program).cover.records
    assert names.isVisible()
    assert names.model().index(0, 0).data() == "case"
    blind(program)
    assert panel.isVisible()
    assert not names.isVisible()


def test_the_wide_worklist_gives_way_too(program: Program) -> None:
    program.window.action("worklist").trigger()
    panel = program.window.feature(WorklistFeature).panel
    assert panel.is_wide
    program.window.action("blinded").trigger()
    assert not panel.is_wide
    assert not panel.isVisible()
    assert program.window.paper.isVisible()


def test_it_is_said_plainly_in_the_window(program: Program) -> None:
    badge = blinded(program).badge
    assert not badge.isVisible()
    blind(program)
    assert badge.isVisible()
    assert badge.text() == "BLINDED FIRST READ"


def test_it_is_remembered_for_the_next_start(
    program: Program, make_program: Callable[..., Program], case: Path, opens: Opens
) -> None:
    blind(program)
    again = make_program(FakeScorer(), SettingsFile())
    opens(again, case)
    assert again.session.is_hidden
    assert leaks(again) == {}


def test_a_decision_needs_a_choice_and_how_sure(program: Program) -> None:
    blind(program)
    panel = blinded(program).first
    assert not panel.commit.isEnabled()
    assert not program.window.action("commit_read").isEnabled()
    panel.form.decisions.button(1).click()
    assert not panel.commit.isEnabled()
    panel.form.confidences.button(75).click()
    assert panel.commit.isEnabled()
    assert program.window.action("commit_read").isEnabled()


def test_after_the_decision_everything_appears_and_the_journal_has_it_with_its_times(
    program: Program, qtbot: QtBot
) -> None:
    blind(program)
    decide(program, 1, 75)
    form = blinded(program).first.form
    form.leads["V3"].click()
    form.conclusion.setPlainText("ST elevation?")
    qtbot.keyClick(program.window, Qt.Key.Key_Return,
                   Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: bool(program.session.assessment.findings))
    assert program.session.record is not None
    assert program.session.record.comments
    assert program.window.findings_panel.isVisible()
    first = blinded(program).first_read
    qtbot.waitUntil(lambda: first.reads.first is not None)
    read = first.reads.first
    assert read is not None
    assert (read.decision, read.confidence, read.leads, read.conclusion) == ("departs", 75, ("V3",), "ST elevation?")
    assert read.opened <= read.time
    assert read.looked_s > 0
    assert read.seen_before  # this program had shown the results before it was switched on
    assert not first.reads.is_blinded


def test_a_recording_opened_blinded_is_read_blinded_and_decided_once_more(
    make_program: Callable[..., Program], case: Path, opens: Opens, qtbot: QtBot
) -> None:
    program = make_program(FakeScorer(), SettingsFile())
    program.window.settings.change(reviewer="Ann")
    blind(program)
    opens(program, case)
    qtbot.waitUntil(lambda: program.session.sha256 != "")
    decide(program, 0, 50)
    program.window.action("commit_read").trigger()
    feature = blinded(program)
    qtbot.waitUntil(feature.second.isVisible)
    assert "Normal, 50 % sure" in feature.second.said.text()
    feature.second.change.click()
    feature.second.form.decisions.button(1).click()
    program.window.action("commit_read").trigger()
    qtbot.waitUntil(lambda: not feature.second.isVisible())
    reads = feature.first_read.reads
    assert reads.is_blinded
    assert reads.is_changed
    assert reads.second is not None
    assert reads.second.model is not None
    assert reads.second.model["percentile"] == pytest.approx(97.37)
    assert [part[0] for part in reads.second.model["regions"]] == ["V3", "II"]
    qtbot.waitUntil(lambda: _kinds() == ["first_read", "second_read"])


def _kinds() -> list[str]:
    journal = Journal(journal_path())
    try:
        events = journal._select("SELECT number, event_id, time, reviewer, record, kind, payload FROM events", ())
    finally:
        journal.close()
    return [event.kind for event in events if event.kind.endswith("_read")]


def test_the_second_question_is_asked_once_even_after_a_restart(
    make_program: Callable[..., Program], case: Path, opens: Opens, qtbot: QtBot
) -> None:
    settings = SettingsFile()
    settings.change(reviewer="Ann", blinded=True)
    program = make_program(FakeScorer(), settings)
    opens(program, case)
    decide(program, 0, 100)
    program.window.action("commit_read").trigger()
    qtbot.waitUntil(blinded(program).second.isVisible)
    qtbot.keyClick(program.window, Qt.Key.Key_Q)
    qtbot.waitUntil(lambda: not blinded(program).second.isVisible())
    program.window.close()
    again = make_program(FakeScorer(), SettingsFile())
    opens(again, case)
    qtbot.waitUntil(lambda: not again.session.is_hidden)  # this reader has decided it
    qtbot.waitUntil(lambda: again.session.assessment.phase is Phase.DONE)
    assert not blinded(again).second.isVisible()


def test_switching_it_off_before_the_decision_is_kept_in_the_journal(
    make_program: Callable[..., Program], case: Path, opens: Opens, qtbot: QtBot
) -> None:
    settings = SettingsFile()
    settings.change(reviewer="Ann", blinded=True)
    program = make_program(FakeScorer(), settings)
    opens(program, case)
    program.window.action("blinded").trigger()
    qtbot.waitUntil(lambda: bool(program.session.assessment.findings))
    qtbot.waitUntil(lambda: bool(blinded(program).first_read.reads.shown_unread))
    blind(program)
    decide(program, 1, 100)
    program.window.action("commit_read").trigger()
    qtbot.waitUntil(lambda: blinded(program).first_read.reads.first is not None)
    assert not blinded(program).first_read.reads.is_blinded


def test_exports_say_how_the_recording_was_read(
    make_program: Callable[..., Program], case: Path, opens: Opens, qtbot: QtBot, tmp_path: Path
) -> None:
    from ecg_viewer.export.findings_json import findings_document
    from ecg_viewer.qt.export.export_feature import ExportFeature

    settings = SettingsFile()
    settings.change(reviewer="Ann", blinded=True)
    program = make_program(FakeScorer(), settings)
    opens(program, case)
    decide(program, 0, 100)
    program.window.action("commit_read").trigger()
    qtbot.waitUntil(blinded(program).second.isVisible)
    program.window.action("keep_read").trigger()
    qtbot.waitUntil(lambda: blinded(program).first_read.reads.second is not None)
    content = program.window.feature(ExportFeature).desk.opened().content()
    document = findings_document(content)
    said = json.dumps(document["provenance"]["reading"])
    assert "First read of Ann blinded, committed at" in said
    assert "Kept after seeing the model" in said
    assert said[2:-2] in "\n".join(replace(content.provenance).lines())

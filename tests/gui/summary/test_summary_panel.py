"""The summary keeps to its column whatever a recording is called, and what few look for is behind a button."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from ecg_viewer.app import Program
from ecg_viewer.qt.summary.summary_feature import SummaryFeature
from ecg_viewer.qt.summary.summary_panel import SummaryPanel
from ecg_viewer.state.assessment import Phase
from mmae_core.assessment import Suspicion

WORD = "Electrocardiographicallyunbreakable" * 6


def panel_of(program: Program) -> SummaryPanel:
    return program.window.feature(SummaryFeature).panel


def test_no_unbreakable_word_pushes_the_summary_out_of_its_column(
    qtbot: QtBot, make_program, write_record, opens, fake_scorer
) -> None:
    fake_scorer.suspicions = (Suspicion("made-up", f"The device says {WORD}."),)
    program = make_program(fake_scorer)
    opens(program, write_record("x" * 120))
    qtbot.waitUntil(lambda: program.session.assessment.phase is Phase.DONE)
    session, panel = program.session, panel_of(program)
    assert session.item is not None
    session._item = replace(session.item, report=WORD)
    session.assessment_changed.emit()
    panel.details.setChecked(True)
    said = "".join(label.text() for label in panel.findChildren(QLabel)).replace("\u200b", "")
    assert said.count(WORD) >= 2, "the suspicion and the report"
    assert panel.widget().minimumSizeHint().width() <= panel.viewport().width()
    assert panel.widget().width() <= panel.viewport().width()


def test_chance_and_checksum_are_behind_details(qtbot: QtBot, make_program, write_record, opens) -> None:
    program = make_program()
    opens(program, write_record("short", 10.0))
    qtbot.waitUntil(lambda: program.session.sha256 != "" and program.session.assessment.phase is Phase.DONE)
    panel = panel_of(program)

    def said() -> str:
        labels = [label for label in panel.findChildren(QLabel) if not label.isHidden()]
        return "\n".join(label.text() for label in labels).replace("\u200b", "")

    assert "p = " not in said()
    assert "SHA-256" not in said()
    assert "More unusual than" in said()
    assert "Compared with" in said(), "the cohort is always named"
    qtbot.mouseClick(panel.details, Qt.MouseButton.LeftButton)
    assert "p = 0.027" in said()
    assert program.session.sha256 in said()
    qtbot.mouseClick(panel.details, Qt.MouseButton.LeftButton)
    assert "p = " not in said()

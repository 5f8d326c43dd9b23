"""What files say is shown as it stands there, never as markup."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox, QTextEdit, QWidget
from pytestqt.qtbot import QtBot

import ecg_viewer.qt
from ecg_viewer.qt.widgets.plain_text import PlainLabel, PlainMessageBox, plain_tip
from ecg_viewer.state.assessment import ModelInfo
from ecg_viewer.state.problem import Problem
from ecg_viewer.state.settings import SettingsFile
from mmae_core.assessment import Suspicion
from mmae_core.record import STANDARD_LEADS
from tests.gui.conftest import FakeScorer, MakeProgram
from tests.gui.shown_texts import own_texts, shown_texts

WriteRecord = Callable[..., Path]

HOSTILE = '<img src="file:///etc/hostname"> & <b>bold</b>'
SOURCES = sorted(Path(ecg_viewer.qt.__file__).parent.rglob("*.py"))
OWN_WORDS = {"tr", "tooltip", "plain_tip"}


def test_a_label_a_message_and_a_tooltip_show_tags_as_they_are(qtbot: QtBot) -> None:
    assert PlainLabel(HOSTILE).textFormat() == Qt.TextFormat.PlainText
    box = PlainMessageBox()
    qtbot.addWidget(box)
    box.setText(HOSTILE)
    box.setInformativeText(HOSTILE)
    assert {label.textFormat() for label in box.findChildren(QLabel) if label.text() == HOSTILE} == {
        Qt.TextFormat.PlainText}
    assert "<img" not in plain_tip(HOSTILE)
    assert plain_tip("V1 < V2, 3 > 2") == "V1 < V2, 3 > 2"


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_no_widget_is_made_that_could_read_markup(path: Path) -> None:
    if path.name == "plain_text.py":
        return
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = [base for base in node.bases if isinstance(base, ast.Name)] if isinstance(node, ast.ClassDef) else []
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            names.append(node.func)
        for name in names:
            assert name.id not in {"QLabel", "QMessageBox", "QInputDialog", "QErrorMessage"}, (
                f"line {name.lineno}: use a plain one")
            if name.id == "QProgressDialog" and isinstance(node, ast.Call):
                assert isinstance(node.args[0], ast.Constant), f"line {name.lineno}: give it a PlainLabel"
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            tips = {"setToolTip": node.args[-1:], "showText": node.args[1:2]}.get(node.func.attr, [])
            for tip in tips:
                is_own = isinstance(tip, ast.Call) and isinstance(tip.func, ast.Name) and tip.func.id in OWN_WORDS
                assert is_own or isinstance(tip, ast.Constant), f"line {tip.lineno}: a tooltip needs plain_tip"


class _HostileScorer(FakeScorer):
    """A model that is named, and says everything, as markup that opens a file."""

    def load(self, model: str | None) -> ModelInfo:
        return replace(super().load(model), name=HOSTILE, cohort=HOSTILE, preprocessing=HOSTILE)


def _readable_as_markup(widget: QWidget) -> Iterator[str]:
    """The texts of a widget in which Qt would look for tags."""
    if isinstance(widget, QLabel) and widget.textFormat() != Qt.TextFormat.PlainText:
        yield widget.text()
    if isinstance(widget, QMessageBox) and widget.textFormat() != Qt.TextFormat.PlainText:
        yield widget.text()
    if isinstance(widget, QTextEdit):
        yield widget.toHtml()
    for place, text in own_texts(widget):
        if "tip" in place or place == "what's this":
            yield text


def test_no_text_of_a_file_is_markup_anywhere_in_the_window(
    make_program: MakeProgram, write_record: WriteRecord, qtbot: QtBot
) -> None:
    header = write_record("rec", leads=(*STANDARD_LEADS, "<b>bold</b>"))
    with header.open("a", encoding="utf-8") as stream:
        stream.write(f"# {HOSTILE}\n# Diagnosis: {HOSTILE}\n")
    for path in (header, header.with_suffix(".dat")):
        path.rename(path.with_stem("<img>rec"))
    header = header.with_stem("<img>rec")
    header.write_text(header.read_text(encoding="utf-8").replace("rec.dat", f"{header.stem}.dat"), encoding="utf-8")
    scorer = _HostileScorer()
    scorer.poor = {"V1": HOSTILE}
    scorer.suspicions = (Suspicion("arms", HOSTILE),)
    settings = SettingsFile()
    settings.change(layout="12x1", reviewer=HOSTILE)
    program = make_program(scorer, settings)
    program.session.open([header])
    qtbot.waitUntil(lambda: program.session.record is not None and program.window.paper.is_complete)
    qtbot.waitUntil(lambda: program.session.model is not None)
    program.session.failed.emit(Problem(HOSTILE, HOSTILE))
    for name in ("record_header", "show_findings", "overview", "plots", "model_marks", "worklist", "lead_table",
                 "help"):
        program.window.action(name).trigger()
    texts = [(type(widget).__name__, text) for widget in QApplication.allWidgets()
             for text in _readable_as_markup(widget)]
    assert len(texts) > 100
    assert not [where for where, text in texts if "<img" in text or "<b>bold" in text]
    shown = " ".join(shown_texts(program.window).values())
    assert "<img src" in shown, "the hostile texts are there, as they are"

"""What files say is shown as it stands there, never as markup."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

import ecg_viewer.qt
from ecg_viewer.qt.widgets.plain_text import PlainLabel, PlainMessageBox, plain_tip

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
            assert name.id not in {"QLabel", "QMessageBox"}, f"line {name.lineno}: use the plain one"
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            tips = {"setToolTip": node.args[-1:], "showText": node.args[1:2]}.get(node.func.attr, [])
            for tip in tips:
                is_own = isinstance(tip, ast.Call) and isinstance(tip.func, ast.Name) and tip.func.id in OWN_WORDS
                assert is_own or isinstance(tip, ast.Constant), f"line {tip.lineno}: a tooltip needs plain_tip"

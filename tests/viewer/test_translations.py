"""The second language is complete, and stays so: every sentence of the source has one, with the same placeholders."""

from __future__ import annotations

import ast
import importlib.util
import re
import sys
from pathlib import Path
from types import ModuleType

import pytest

from ecg_viewer.state.words.language import set_translator, tr, translatable

REPOSITORY = Path(__file__).resolve().parents[2]
GERMAN = REPOSITORY / "resources" / "translations" / "ecg_viewer_de.ts"


def load_script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("translations_script", REPOSITORY / "packaging" / "translations.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


script = load_script()


def test_english_is_what_the_source_says_and_a_translator_is_asked_for_the_rest() -> None:
    assert tr("Lead") == translatable("Lead") == "Lead"
    set_translator({"Lead": "Ableitung"}.get)  # type: ignore[arg-type]  # knows this word
    try:
        assert tr("Lead") == "Ableitung"
    finally:
        set_translator(None)
    assert tr("Lead") == "Lead"


def test_the_german_translation_is_complete_and_has_the_same_placeholders() -> None:
    assert script.problems(GERMAN, script.messages_in_source()) == []


def test_the_collector_sees_every_literal_once_and_says_where() -> None:
    code = 'title = translatable("One")\nprint(tr("Two " "parts"), tr(title), tr("One" if two else "Three"))\n'
    assert sorted(script.literals(code, "x.py")) == ["One", "One", "Three", "Two parts"]


@pytest.mark.parametrize(
    "code",
    [
        'tr(f"{n} leads")', 'tr("a" + b)', 'tr("{n}".format(n=1))', "translatable(name)",
        'tr("a" if b else f"{c}")', 'tr("a", "b")'
    ],
)
def test_a_text_put_together_inside_tr_is_refused_with_its_place(code: str) -> None:
    with pytest.raises(ValueError, match=r"x\.py:1: "):
        script.literals(code, "x.py")


def test_what_keeps_a_translation_from_being_complete_is_named(tmp_path: Path) -> None:
    path = tmp_path / "ecg_viewer_xx.ts"
    messages = [
        script.Message("Leads", "Ableitungen", True, ("a.py",)),
        script.Message("{n} of {total}", "{n} von {all}", True, ("a.py",)),
        script.Message("Gain", "", False, ("a.py",)),
        script.Message("Old", "Alt", True, ("a.py",)),
    ]
    script.write(path, messages, "xx")
    wanted = {"Leads": ("a.py",), "{n} of {total}": ("a.py",), "Gain": ("a.py",), "New": ("b.py",)}
    assert script.problems(path, wanted) == [
        "missing: 'New' (b.py)",
        "gone from the source: 'Old'",
        "other placeholders: '{n} of {total}' - '{n} von {all}'",
        "unfinished: 'Gain'",
    ]
    again = {message.source: message for message in script.merged(script.read(path), wanted)}
    assert again["Leads"].translation == "Ableitungen"
    assert "Old" not in again
    assert not again["New"].finished


SHOWN_BY = {
    "QLabel", "QPushButton", "QToolButton", "QCheckBox", "QRadioButton", "QGroupBox", "QAction", "QMenu", "Problem",
    "setText", "setToolTip", "setAccessibleName", "setAccessibleDescription", "setWindowTitle", "setPlaceholderText",
    "addAction", "addMenu", "addTab", "setTitle", "setInformativeText", "addItem", "addRow", "setLabelText",
    "ActionSpec", "add_side_tab", "getOpenFileName", "getOpenFileNames", "getSaveFileName", "getExistingDirectory",
}
"""Calls whose texts the user reads."""
SAID_ALIKE = {"ECG Viewer", "json", "csv", "pdf"}
"""Names that are the same in every language."""


def bare_words(code: str) -> list[str]:
    """English that is shown without `tr`, a line each."""
    found = []
    for node in ast.walk(ast.parse(code)):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        if name not in SHOWN_BY:
            continue
        # An action's id and menu are no words for the user; the menu's title is one of MENUS.
        for argument in node.args[2:] if name == "ActionSpec" else node.args:
            texts = [argument.body, argument.orelse] if isinstance(argument, ast.IfExp) else [argument]
            for text in texts:
                parts = text.values if isinstance(text, ast.JoinedStr) else [text]
                literal = [part.value for part in parts if isinstance(part, ast.Constant)]
                said = "".join(part for part in literal if isinstance(part, str))
                for known in SAID_ALIKE:
                    said = said.replace(known, "")
                if re.search(r"[A-Za-z]{3,}", said):
                    found.append(f"{node.lineno}: {name}({said!r})")
    return found


def test_nothing_is_shown_in_english_only() -> None:
    found = {
        path.relative_to(REPOSITORY).as_posix(): lines
        for path in sorted((REPOSITORY / "ecg_viewer").rglob("*.py"))
        if (lines := bare_words(path.read_text(encoding="utf-8")))
    }
    assert found == {}


def test_the_search_for_bare_words_finds_them() -> None:
    code = 'QLabel("Leads")\nbox.setText(f"{n} leads")\nQLabel(tr("Leads"))\nbox.setText("mm" if a else "Gain")\n'
    assert bare_words(code) == ["1: QLabel('Leads')", "2: setText(' leads')", "4: setText('Gain')"]


def test_placeholders_are_compared_by_name_not_by_format() -> None:
    assert script.placeholders("{n:,} of {total}") == script.placeholders("{total} ... {n}")

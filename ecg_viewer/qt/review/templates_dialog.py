"""The reviewer's own texts for conclusions: named, written, ordered, given keys, taken from and put into files."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ecg_viewer.qt.widgets.labels import label_for, set_or_hide
from ecg_viewer.qt.widgets.plain_text import PlainLabel
from ecg_viewer.qt.widgets.retranslatable import Retranslatable
from ecg_viewer.qt.widgets.translated_texts import set_texts
from ecg_viewer.qt.widgets.wrapping_row import FlowRow
from ecg_viewer.state.review.templates import (
    FILE_NAME,
    LONGEST_NAME,
    N_KEYS,
    PLACEHOLDERS,
    Template,
    TemplatesError,
    checked,
    examples,
    read_templates,
    unknown_places,
    write_templates,
)
from ecg_viewer.state.words.language import tr, translatable

_FILES = "JSON (*.json)"
_Button = QDialogButtonBox.StandardButton


def key_name(key: int) -> str:
    """`Ctrl+3` as this platform writes it."""
    return QKeySequence(f"Ctrl+{key}").toString(QKeySequence.SequenceFormat.NativeText)


class TemplatesDialog(Retranslatable, QDialog):
    """Nothing is changed before OK."""

    given = Signal(object)
    """The texts, as a tuple of `Template`."""

    def __init__(self, items: tuple[Template, ...], parent: QWidget) -> None:
        super().__init__(parent)
        self.items = list(items)
        set_texts(self, window_title="Texts for conclusions")
        self.list = set_texts(QListWidget(), name="Texts, in their order")
        self.list.currentRowChanged.connect(self._show)
        self.name = set_texts(QLineEdit(), name="Short name")
        self.name.setMaxLength(LONGEST_NAME)
        self.key = set_texts(QComboBox(), name="Key")
        for number in range(N_KEYS + 1):
            self.key.addItem("", number)
        set_texts(self.key, items=["none"])
        for number in range(1, N_KEYS + 1):
            self.key.setItemText(number, key_name(number))
        self.text = set_texts(QPlainTextEdit(), name="Text")
        self.text.setTabChangesFocus(True)
        self.hint, self.problem = PlainLabel(), PlainLabel()
        for label in (self.hint, self.problem):
            label.setObjectName("quiet")
            label.setWordWrap(True)
        self.buttons = QDialogButtonBox(_Button.Ok | _Button.Cancel)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self._lay_out()
        self.name.textChanged.connect(self._take)
        self.text.textChanged.connect(self._take)
        self.key.currentIndexChanged.connect(self._take_key)
        self.retranslate()
        self._list_anew(0)

    def retranslate(self) -> None:
        places = ", ".join(f"{{{name}}}" for name in PLACEHOLDERS)
        self.hint.setText(tr("{places} are filled in from the recording; what was not measured is said in brackets and "
                             "stands out.").format(places=places))
        self._check()

    def accept(self) -> None:
        self.given.emit(checked(self.items))
        super().accept()

    def add(self) -> None:
        """A new text behind the current one, with the cursor in its name."""
        row = self.list.currentRow() + 1
        self.items.insert(row, Template("", ""))
        self._list_anew(row)
        self.name.setFocus()

    def remove(self) -> None:
        """Take the current text out."""
        row = self.list.currentRow()
        if 0 <= row < len(self.items):
            del self.items[row]
            self._list_anew(min(row, len(self.items) - 1))

    def shift(self, steps: int) -> None:
        """Move the current text up (-1) or down (1)."""
        row = self.list.currentRow()
        if 0 <= row < len(self.items) and 0 <= row + steps < len(self.items):
            self.items.insert(row + steps, self.items.pop(row))
            self._list_anew(row + steps)

    def add_examples(self) -> None:
        """The neutral examples behind the texts there are; keys that are taken stay where they are."""
        self._append(examples())

    def import_file(self, path: Path) -> None:
        """Append the texts of a file."""
        try:
            self._append(read_templates(path))
        except TemplatesError as error:
            self._say(str(error))

    def export_file(self, path: Path) -> None:
        """Write the texts as they stand here."""
        try:
            write_templates(path, checked(self.items))
        except OSError as error:
            self._say(tr("{name} could not be written: {reason}.").format(
                name=path.name, reason=error.strerror or type(error).__name__))

    def _append(self, found: tuple[Template, ...]) -> None:
        before = len(self.items)
        taken = {item.key for item in self.items if item.key}
        known = {(item.name, item.text) for item in self.items}
        self.items += [replace(item, key=0 if item.key in taken else item.key) for item in found
                       if (item.name, item.text) not in known]
        self._list_anew(min(before, len(self.items) - 1))

    def _ask_import(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, tr("Import texts"), "", _FILES)
        if name:
            self.import_file(Path(name))

    def _ask_export(self) -> None:
        name, _ = QFileDialog.getSaveFileName(self, tr("Export texts"), FILE_NAME, _FILES)
        if name:
            self.export_file(Path(name))

    def _list_anew(self, row: int) -> None:
        with QSignalBlocker(self.list):
            self.list.clear()
            self.list.addItems([_line(item) for item in self.items])
            self.list.setCurrentRow(row)
        self._show(row)

    def _show(self, row: int) -> None:
        item = self.items[row] if 0 <= row < len(self.items) else Template("", "")
        for field in (self.name, self.text, self.key):
            field.setEnabled(bool(self.items))
        with QSignalBlocker(self.name), QSignalBlocker(self.text), QSignalBlocker(self.key):
            self.name.setText(item.name)
            self.text.setPlainText(item.text)
            self.key.setCurrentIndex(item.key)
        self._check()

    def _take(self) -> None:
        row = self.list.currentRow()
        if 0 <= row < len(self.items):
            self.items[row] = replace(self.items[row], name=self.name.text(), text=self.text.toPlainText())
            self.list.item(row).setText(_line(self.items[row]))
            self._check()

    def _take_key(self, key: int) -> None:
        """A key that another text had is taken from it."""
        row = self.list.currentRow()
        if 0 <= row < len(self.items):
            self.items = [replace(item, key=0) if key and item.key == key else item for item in self.items]
            self.items[row] = replace(self.items[row], key=key)
            self._list_anew(row)

    def _check(self) -> None:
        unknown = unknown_places(self.text.toPlainText())
        named = ", ".join(f"{{{name}}}" for name in unknown)
        self._say(tr("{names} is filled in with nothing and stays as it is.").format(names=named) if unknown else "")

    def _say(self, text: str) -> None:
        set_or_hide(self.problem, text)

    def _lay_out(self) -> None:
        row = FlowRow()
        self.actions_row = {}
        for name, text, act in (
            ("add", translatable("Add"), self.add),
            ("remove", translatable("Delete"), self.remove),
            ("up", translatable("Up"), partial(self.shift, -1)),
            ("down", translatable("Down"), partial(self.shift, 1)),
            ("examples", translatable("Add examples"), self.add_examples),
            ("import", translatable("Import…"), self._ask_import),
            ("export", translatable("Export…"), self._ask_export),
        ):
            button = set_texts(QPushButton(), text=text)
            button.setAutoDefault(False)
            button.clicked.connect(partial(_call, act))
            self.actions_row[name] = button
            row.add_group(button)
        form = QFormLayout()
        form.addRow(label_for(self.name, translatable("Short name")), self.name)
        form.addRow(label_for(self.key, translatable("Key")), self.key)
        form.addRow(label_for(self.text, translatable("Text")), self.text)
        both = QHBoxLayout()
        both.addWidget(self.list, 2)
        both.addLayout(form, 3)
        layout = QVBoxLayout(self)
        layout.addLayout(both, 1)
        layout.addWidget(row)
        layout.addWidget(self.hint)
        layout.addWidget(self.problem)
        layout.addWidget(self.buttons)
        self.resize(720, 420)


def _call(act: Callable[[], None], _checked: bool = False) -> None:
    """Without what a button sends along."""
    act()


def _line(item: Template) -> str:
    name = item.name or tr("(no name)")
    return f"{name}  ·  {key_name(item.key)}" if item.key else name

"""Asks what a list of work is called, who reads it until when, and which recordings it has."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QLineEdit, QVBoxLayout, QWidget

from ecg_viewer.qt.widgets.labels import label_for
from ecg_viewer.qt.widgets.translated_texts import set_texts
from ecg_viewer.qt.worklist.table_dialog import ScopeBox
from ecg_viewer.state.words.language import translatable
from ecg_viewer.state.worklist.marks import Scope
from ecg_viewer.state.worklist.work_lists import LONGEST


class ListDialog(QDialog):
    """The file is asked for afterwards."""

    wanted = Signal(str, str, str, str, str)
    """Scope, name, reader, day, note."""

    def __init__(self, counts: dict[Scope, int], parent: QWidget) -> None:
        super().__init__(parent)
        set_texts(self, window_title="Save a list of work")
        self.scope = ScopeBox(counts)
        self.name = set_texts(QLineEdit(), name="Name of the list")
        self.reader = set_texts(QLineEdit(), name="Who reads it")
        self.due = set_texts(QLineEdit(), name="Until when", placeholder="Such as 2026-12-31")
        self.note = set_texts(QLineEdit(), name="Note on the list")
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self.name.textChanged.connect(self._check)
        form = QFormLayout()
        form.addRow(label_for(self.name, translatable("Name")), self.name)
        form.addRow(label_for(self.reader, translatable("Reader")), self.reader)
        form.addRow(label_for(self.due, translatable("Due")), self.due)
        form.addRow(label_for(self.note, translatable("Note")), self.note)
        for field in (self.name, self.reader, self.due, self.note):
            field.setMaxLength(LONGEST)
        layout = QVBoxLayout(self)
        layout.addWidget(self.scope)
        layout.addLayout(form)
        layout.addWidget(self.buttons)
        self.setMinimumWidth(420)
        self.name.setFocus()
        self._check()

    def accept(self) -> None:
        super().accept()
        words = (field.text().strip() for field in (self.name, self.reader, self.due, self.note))
        self.wanted.emit(self.scope.scope, *words)

    def _check(self) -> None:
        self.buttons.button(QDialogButtonBox.StandardButton.Save).setEnabled(bool(self.name.text().strip()))

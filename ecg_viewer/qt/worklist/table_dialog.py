"""Asks what of the worklist goes into a table file, and as what."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QGroupBox,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from ecg_viewer.qt.widgets.retranslatable import Retranslatable
from ecg_viewer.qt.widgets.translated_texts import set_texts
from ecg_viewer.state.words.language import tr, translatable
from ecg_viewer.state.words.numbers import number
from ecg_viewer.state.worklist.marks import Scope

SCOPES: dict[Scope, str] = {
    "marked": translatable("Marked recordings ({n})"), "shown": translatable("Recordings shown ({n})"),
    "all": translatable("All recordings of the worklist ({n})"),
}


class ScopeBox(Retranslatable, QGroupBox):
    """Marked, shown or all recordings, each with its number; marked ones are proposed if there are any."""

    def __init__(self, counts: dict[Scope, int], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._counts = counts
        set_texts(self, title="Recordings")
        self.buttons: dict[Scope, QRadioButton] = {scope: QRadioButton() for scope in SCOPES}
        self._group = QButtonGroup(self)
        layout = QVBoxLayout(self)
        for scope, button in self.buttons.items():
            button.setEnabled(counts[scope] > 0)
            self._group.addButton(button)
            layout.addWidget(button)
        proposed: Scope = next((scope for scope in SCOPES if counts[scope]), "all")
        self.buttons[proposed].setChecked(True)
        self.retranslate()

    @property
    def scope(self) -> Scope:
        """What is chosen."""
        return next(scope for scope, button in self.buttons.items() if button.isChecked())

    def retranslate(self) -> None:
        for scope, button in self.buttons.items():
            button.setText(tr(SCOPES[scope]).format(n=number(self._counts[scope], ",")))


class TableDialog(QDialog):
    """What goes into the table; the file is asked for afterwards."""

    wanted = Signal(str, bool, bool)
    """Scope, with conclusions, with semicolons."""

    def __init__(self, counts: dict[Scope, int], parent: QWidget) -> None:
        super().__init__(parent)
        set_texts(self, window_title="Save the worklist as a table")
        self.scope = ScopeBox(counts)
        self.conclusions = set_texts(QCheckBox(), text="With conclusions",
                                     tip="What reviewers wrote may name people.")
        self.semicolons = set_texts(
            QCheckBox(), text="CSV with ; and a decimal comma",
            tip="As spreadsheets in German expect. Programs that read CSV expect , and a point.",
        )
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        for widget in (self.scope, self.conclusions, self.semicolons, self.buttons):
            layout.addWidget(widget)

    def accept(self) -> None:
        super().accept()
        self.wanted.emit(self.scope.scope, self.conclusions.isChecked(), self.semicolons.isChecked())

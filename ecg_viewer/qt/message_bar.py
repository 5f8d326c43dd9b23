"""A sentence across the top of the window that blocks nothing: the research-use notice, or what went wrong."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ecg_viewer.qt.keys import KeyGuard
from ecg_viewer.state.language import tr

Kind = Literal["notice", "error"]


class MessageBar(QFrame):
    """Hidden until it has something to say. One message at a time; a newer one replaces it."""

    dismissed = Signal()

    def __init__(self, kind: Kind, button_text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("messageBar")
        self.setProperty("kind", kind)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._details = ""
        self._label = QLabel()
        self._label.setWordWrap(True)
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        self._label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.details_button = QPushButton(tr("Details…"))
        self.details_button.setAccessibleDescription(tr("Shows the technical details of this message"))
        self.details_button.clicked.connect(self._show_details)
        self.dismiss_button = QPushButton(button_text)
        self.dismiss_button.clicked.connect(self.dismiss)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 7, 10, 7)
        layout.setSpacing(8)
        layout.addWidget(self._label, 1)
        layout.addWidget(self.details_button)
        layout.addWidget(self.dismiss_button)
        KeyGuard(self).guard(self.details_button, self.dismiss_button)
        self.setAccessibleName(tr("Notice") if kind == "notice" else tr("Problem"))
        self.hide()

    @property
    def text(self) -> str:
        return self._label.text()

    @property
    def details(self) -> str:
        return self._details

    def show_message(self, text: str, details: str = "") -> None:
        """Show a sentence; with details, a button offers them."""
        self._label.setText(text)
        self._details = details
        self.setAccessibleDescription(text)
        self.details_button.setVisible(bool(details))
        self.show()

    def dismiss(self) -> None:
        """Hide it, as its button does."""
        self.hide()
        self.dismissed.emit()

    def _show_details(self) -> None:
        dialog = DetailsDialog(self.text, self._details, self)
        dialog.open()


class DetailsDialog(QDialog):
    """A message with its technical details, to read or copy."""

    def __init__(self, text: str, details: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Details"))
        self.resize(720, 420)
        label = QLabel(text)
        label.setWordWrap(True)
        label.setTextFormat(Qt.TextFormat.PlainText)
        self.details = QPlainTextEdit(details)
        self.details.setReadOnly(True)
        self.details.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.details.setAccessibleName(tr("Technical details"))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(label)
        layout.addWidget(self.details, 1)
        layout.addWidget(buttons)

"""A sentence across the top of the window that blocks nothing: the research-use notice, or what went wrong."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ecg_viewer.qt.widgets.plain_text import PlainLabel
from ecg_viewer.qt.widgets.translated_texts import set_texts
from ecg_viewer.qt.widgets.window_keys import KeyGuard
from ecg_viewer.state.problem import Weight

Kind = Literal["notice", "error"]


class MessageBar(QFrame):
    """Hidden until it has something to say. A newer message replaces one of its weight, but lasting ones stay."""

    dismissed = Signal()
    messages_changed = Signal()
    """The messages changed, other than by dismissing one."""

    def __init__(self, kind: Kind, button_text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("messageBar")
        self.setProperty("kind", kind)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._messages: dict[Weight, list[tuple[str, str]]] = {}
        """Sentences with their details."""
        self._label = PlainLabel()
        self._label.setWordWrap(True)
        self._label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.details_button = set_texts(
            QPushButton(), text="Details…", description="Shows the technical details of this message"
        )
        self.details_button.clicked.connect(self._show_details)
        self.dismiss_button = set_texts(QPushButton(), text=button_text)
        self.dismiss_button.clicked.connect(self.dismiss)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 7, 10, 7)
        layout.setSpacing(8)
        layout.addWidget(self._label, 1)
        layout.addWidget(self.details_button)
        layout.addWidget(self.dismiss_button)
        KeyGuard(self).guard(self.details_button, self.dismiss_button)
        set_texts(self, name="Notice" if kind == "notice" else "Problem")
        self.hide()

    @property
    def text(self) -> str:
        return self._label.text()

    @property
    def details(self) -> str:
        return "\n\n".join(details for _, details in self._in_order() if details)

    def show_message(self, text: str, details: str = "", weight: Weight = Weight.PASSING) -> None:
        """Show a sentence; with details, a button offers them."""
        before = self._messages.get(weight, []) if weight is Weight.LASTING else []
        self._messages[weight] = [*(message for message in before if message[0] != text), (text, details)]
        self._refresh()
        self.show()
        self.messages_changed.emit()

    def withdraw(self, weight: Weight = Weight.PASSING) -> None:
        """Remove the messages of this weight; the rest stays."""
        self._messages.pop(weight, None)
        self._refresh()
        self.setVisible(not self.isHidden() and bool(self._messages))
        self.messages_changed.emit()

    def dismiss(self) -> None:
        """Hide it, as its button does."""
        self._messages.clear()
        self.hide()
        self.dismissed.emit()

    def _in_order(self) -> list[tuple[str, str]]:
        return [message for weight in sorted(self._messages, reverse=True) for message in self._messages[weight]]

    def _refresh(self) -> None:
        text = "\n".join(text for text, _ in self._in_order())
        self._label.setText(text)
        self.setAccessibleDescription(text)
        self.details_button.setVisible(bool(self.details))

    def _show_details(self) -> None:
        dialog = DetailsDialog(self.text, self.details, self)
        dialog.open()


class DetailsDialog(QDialog):
    """A message with its technical details, to read or copy."""

    def __init__(self, text: str, details: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        set_texts(self, window_title="Details")
        self.resize(720, 420)
        label = PlainLabel(text)
        label.setWordWrap(True)
        self.details = QPlainTextEdit(details)
        self.details.setReadOnly(True)
        self.details.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        set_texts(self.details, name="Technical details")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(label)
        layout.addWidget(self.details, 1)
        layout.addWidget(buttons)

"""Small parts that panels are made of."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QLabel, QWidget

from ecg_viewer.qt.widgets.plain_text import PlainLabel
from ecg_viewer.qt.widgets.translated_texts import Text, set_texts


def set_or_hide(label: QLabel, text: str) -> None:
    """Show a text; a label without one takes no room."""
    label.setText(text)
    label.setVisible(bool(text))


def label_for(field: QWidget, text: Text) -> QLabel:
    """The label of a field in a form, whose underlined letter leads there; `text` as for `set_texts`."""
    label = set_texts(PlainLabel(), text=text)
    label.setBuddy(field)
    return label


def new_rule() -> QFrame:
    """A thin line across a panel, between two parts of it."""
    line = QFrame()
    line.setObjectName("rule")
    line.setFixedHeight(1)
    return line

"""Small parts that panels are made of."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QLabel


def set_or_hide(label: QLabel, text: str) -> None:
    """Show a text; a label without one takes no room."""
    label.setText(text)
    label.setVisible(bool(text))


def new_rule() -> QFrame:
    """A thin line across a panel, between two parts of it."""
    line = QFrame()
    line.setObjectName("rule")
    line.setFixedHeight(1)
    return line

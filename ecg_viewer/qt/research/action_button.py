"""A small button for an action, with a shorter text than the menu's."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QToolButton, QWidget

from ecg_viewer.qt.widgets.plain_text import plain_tip
from ecg_viewer.qt.widgets.retranslatable import Retranslatable
from ecg_viewer.state.words.language import tr


class ActionButton(Retranslatable, QToolButton):
    """Follows its action's state, tooltip and checks, not its text."""

    def __init__(self, action: QAction, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._action = action
        self._text = text
        """English, shown through `tr`."""
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.clicked.connect(self._trigger)
        action.changed.connect(self._follow)
        self._follow()

    def retranslate(self) -> None:
        self._follow()

    def _trigger(self) -> None:
        self._action.trigger()
        self._follow()

    def _follow(self) -> None:
        action = self._action
        self.setEnabled(action.isEnabled())
        self.setCheckable(action.isCheckable())
        self.setChecked(action.isChecked())
        text = tr(self._text)
        self.setText(f"✓ {text}" if action.isChecked() else text)  # a shade alone is easily missed
        self.setToolTip(plain_tip(action.toolTip()))
        self.setAccessibleName(action.text())

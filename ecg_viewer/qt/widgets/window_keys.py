"""Keeps the window's shortcuts from taking keys of the focused control."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QAbstractSlider, QComboBox, QWidget

_Key = Qt.Key
_SLIDER_KEYS = frozenset({_Key.Key_Left, _Key.Key_Right, _Key.Key_Up, _Key.Key_Down, _Key.Key_Home, _Key.Key_End})
_OWN_KEYS: tuple[tuple[type[QWidget], frozenset[Qt.Key]], ...] = (
    (QAbstractButton, frozenset({_Key.Key_Space})),
    (QComboBox, _SLIDER_KEYS | {_Key.Key_Space}),
    (QAbstractSlider, _SLIDER_KEYS),
)


class KeyGuard(QObject):
    """Lets a focused button keep Space, and a slider or a choice keep its arrows, although the window uses them too.

    Text fields do this themselves. Installed on the widgets it concerns.
    """

    def guard(self, *widgets: QWidget) -> None:
        """Protect these widgets' keys. They take the focus by Tab only, so that a click on them changes nothing."""
        for widget in widgets:
            widget.installEventFilter(self)
            widget.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
            if plain and any(isinstance(watched, kind) and event.key() in keys for kind, keys in _OWN_KEYS):
                event.accept()
                return True
        return False

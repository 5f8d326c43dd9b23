"""Changes the words of a window that is already there into another language.

Only texts that stand as they were translated can be found again. Widgets with other texts set them anew themselves
(`ecg_viewer.qt.widgets.speaks_anew`), and so do those whose texts share a translation with another.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QMainWindow,
    QMenu,
    QTabWidget,
    QWidget,
)

from ecg_viewer.qt.actions import ActionSpec, tooltip
from ecg_viewer.qt.language import source_of
from ecg_viewer.qt.widgets.decimal_box import DecimalBox
from ecg_viewer.state.words.language import tr


def retranslate(window: QMainWindow, specs: Iterable[ActionSpec], actions: Mapping[str, QAction]) -> None:
    """Say everything in `window` anew that is said as it stands in the translation."""
    for spec in specs:
        actions[spec.id].setText(tr(spec.text))
        actions[spec.id].setToolTip(tooltip(spec))
    for menu in window.findChildren(QMenu):
        menu.setTitle(_again(menu.title()))
    for action in window.findChildren(QAction):
        if action.objectName() not in actions and action.menu() is None:
            action.setText(_again(action.text()))
            action.setToolTip(_again(action.toolTip()))
    for widget in (window, *window.findChildren(QWidget)):
        _say_anew(widget)


def _say_anew(widget: QWidget) -> None:
    widget.setAccessibleName(_again(widget.accessibleName()))
    widget.setAccessibleDescription(_again(widget.accessibleDescription()))
    widget.setToolTip(_again(widget.toolTip()))
    widget.setWindowTitle(_again(widget.windowTitle()))
    if isinstance(widget, QLabel | QAbstractButton):
        shown = widget.text()
        if (again := _again(shown)) != shown:
            widget.setText(again)
    elif isinstance(widget, QLineEdit):
        widget.setPlaceholderText(_again(widget.placeholderText()))
    elif isinstance(widget, QAbstractSpinBox):
        widget.setSpecialValueText(_again(widget.specialValueText()))
        if isinstance(widget, DecimalBox):
            widget.follow_language()
    elif isinstance(widget, QTabWidget):
        for index in range(widget.count()):
            widget.setTabText(index, _again(widget.tabText(index)))
    elif isinstance(widget, QComboBox):
        for index in range(widget.count()):
            widget.setItemText(index, _again(widget.itemText(index)))


def _again(shown: str) -> str:
    if not shown:
        return shown
    source = source_of(shown)
    return tr(source)

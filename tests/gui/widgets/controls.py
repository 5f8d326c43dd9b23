"""What can be told of every control of a window without knowing what it is for: named, reachable, not cut off."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QDialog,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMenuBar,
    QRadioButton,
    QScrollBar,
    QSizePolicy,
    QTabBar,
    QToolBar,
    QToolButton,
    QWidget,
)

SLACK_PX = 1
"""Rounding at 125 %."""


def visible_widgets(top: QWidget) -> Iterator[QWidget]:
    """Everything that can be seen in `top`, itself included; other windows are not part of it."""
    for widget in (top, *top.findChildren(QWidget)):
        if widget.isVisible() and widget.window() is top.window():
            yield widget


def open_dialog() -> QDialog | None:
    """The dialog that stands over the window, modal or not."""
    shown = [widget for widget in QApplication.topLevelWidgets() if isinstance(widget, QDialog) and widget.isVisible()]
    return shown[0] if shown else None


def is_inner(widget: QWidget) -> bool:
    """Whether it is a part of a control that Qt made: the field of a spin box, the viewport of a list."""
    parent = widget.parentWidget()
    return (
        widget.objectName().startswith("qt_")
        or isinstance(widget, QScrollBar | QHeaderView)
        or (isinstance(parent, QAbstractScrollArea) and widget is parent.viewport())
        or (isinstance(parent, QComboBox) and isinstance(widget, QLineEdit))
    )


def takes_focus(widget: QWidget) -> bool:
    """A label whose words can be marked with the mouse is no control."""
    if isinstance(widget, QLabel) and not widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
        return False
    return (
        widget.focusPolicy() != Qt.FocusPolicy.NoFocus
        and widget.isEnabled()
        and not widget.isWindow()
        and not is_inner(widget)
    )


def spoken_name(widget: QWidget) -> str:
    """What a screen reader says: the accessible name, a button's text, the text of a field's label."""
    interface = QAccessible.queryAccessibleInterface(widget)
    return "" if interface is None else interface.text(QAccessible.Text.Name).strip()


def described(widget: QWidget) -> str:
    """For a failing test: type, name and text, and where it is."""
    text = widget.text() if isinstance(widget, QLabel | QAbstractButton) else ""
    parents = []
    parent = widget.parentWidget()
    while parent is not None and len(parents) < 3:
        parents.append(type(parent).__name__)
        parent = parent.parentWidget()
    return f"{type(widget).__name__}({widget.objectName() or widget.accessibleName()}) {text!r} in {'/'.join(parents)}"


def unnamed(top: QWidget) -> list[str]:
    """Controls that take the focus and have no name."""
    return [described(widget) for widget in visible_widgets(top) if takes_focus(widget) and not spoken_name(widget)]


def unreachable(top: QWidget, start: QWidget) -> list[str]:
    """Controls that take the focus and get it neither by Tab nor by Shift+Tab from `start` on."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    seen: set[QWidget] = set()
    for modifier in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier):
        start.setFocus(Qt.FocusReason.TabFocusReason)
        here: set[QWidget] = set()
        for _ in range(400):
            focus = app.focusWidget()
            if focus is None or focus in here:
                break
            here.add(focus)
            QTest.keyClick(focus, Qt.Key.Key_Tab, modifier)
        seen |= here
    owners = {parent for widget in seen for parent in _with_parents(widget)}
    for widget in seen:
        if isinstance(widget, QRadioButton):  # the arrow keys go on to the others
            owners.update(widget.parentWidget().findChildren(QRadioButton))
    return [described(widget) for widget in visible_widgets(top) if takes_focus(widget) and widget not in owners]


def _with_parents(widget: QWidget) -> Iterator[QWidget]:
    yield widget
    parent = widget.parentWidget()
    while parent is not None:
        if parent.focusProxy() is widget or isinstance(widget, QLineEdit):
            yield parent
        parent = parent.parentWidget()


def clipped(top: QWidget) -> list[str]:
    """Labels, buttons, tabs and bars whose words are wider or higher than their place."""
    return [f"{described(widget)}: {why}" for widget in visible_widgets(top) if (why := _clipped(widget))]


def _clipped(widget: QWidget) -> str:
    if isinstance(widget, QLabel):
        return _clipped_label(widget)
    if isinstance(widget, QTabBar):
        return _clipped_tabs(widget)
    if isinstance(widget, QToolBar | QMenuBar):
        hidden = widget.findChild(QToolButton, "qt_toolbar_ext_button") or widget.findChild(
            QToolButton, "qt_menubar_ext_button"
        )
        return "not everything fits" if hidden is not None and hidden.isVisible() else ""
    if isinstance(widget, QAbstractButton) and widget.text() and not is_inner(widget):
        return _too_small(widget.minimumSizeHint() if widget.minimumSizeHint().isValid() else widget.sizeHint(), widget)
    if isinstance(widget, QComboBox):
        text = widget.fontMetrics().horizontalAdvance(widget.currentText())
        return "" if text <= widget.width() + SLACK_PX else f"{text} px in {widget.width()}"
    return ""


def _clipped_label(label: QLabel) -> str:
    if not label.text() or label.sizePolicy().horizontalPolicy() == QSizePolicy.Policy.Ignored:
        return ""
    if label.wordWrap():
        needed = label.heightForWidth(label.width())
        return "" if needed <= label.height() + SLACK_PX else f"{needed} px high in {label.height()}"
    return _too_small(label.minimumSizeHint(), label)


def _clipped_tabs(bar: QTabBar) -> str:
    for index in range(bar.count()):
        needed = bar.fontMetrics().horizontalAdvance(bar.tabText(index))
        if bar.isTabVisible(index) and bar.tabRect(index).width() + SLACK_PX < needed:
            return f"tab {bar.tabText(index)!r}: {needed} px in {bar.tabRect(index).width()}"
    return ""


def _too_small(needed: QSize, widget: QWidget) -> str:
    wide = needed.width() <= widget.width() + SLACK_PX
    high = needed.height() <= widget.height() + SLACK_PX
    return "" if wide and high else f"{needed.width()}x{needed.height()} in {widget.width()}x{widget.height()}"

"""Every text a window shows or reads out, with the place where it stands."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QDoubleSpinBox,
    QGroupBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMainWindow,
    QMenu,
    QProgressBar,
    QSpinBox,
    QTabBar,
    QTableWidget,
    QTabWidget,
    QTextEdit,
    QWidget,
)

MAX_ROWS = 50


def shown_texts(window: QMainWindow, *, visible_only: bool = False) -> dict[str, str]:
    """Place -> text, of the window, its widgets with their models, and its actions; empty texts left out.

    The place names the kinds of the widgets above and the widget's number among its siblings of that kind.
    `visible_only` leaves out widgets that are not on the screen now.
    """
    texts: dict[str, str] = {}
    for place, widget in _widgets(window, type(window).__name__):
        if visible_only and not widget.isVisible():
            continue
        texts |= {f"{place}:{name}": text for name, text in own_texts(widget)}
    for number, action in enumerate(window.findChildren(QAction)):
        if isinstance(action.parent(), QMenu) or action.objectName():
            place = f"action {action.objectName() or number}"
            texts |= {f"{place}:text": action.text(), f"{place}:tooltip": action.toolTip(),
                      f"{place}:short": action.iconText()}
    return {place: text for place, text in texts.items() if text}


def _widgets(widget: QWidget, place: str) -> Iterator[tuple[str, QWidget]]:
    yield place, widget
    counts: dict[str, int] = {}
    for child in widget.children():
        if isinstance(child, QWidget) and not isinstance(widget, QTabBar):  # its arrows are named by Qt, once
            kind = type(child).__name__
            counts[kind] = counts.get(kind, 0) + 1
            yield from _widgets(child, f"{place}/{kind}[{counts[kind]}]")


def own_texts(widget: QWidget) -> Iterator[tuple[str, str]]:
    """What each text of one widget is for, and the text; empty ones too."""
    yield "tooltip", widget.toolTip()
    yield "name", widget.accessibleName()
    yield "description", widget.accessibleDescription()
    yield "window title", widget.windowTitle()
    yield "status tip", widget.statusTip()
    yield "what's this", widget.whatsThis()
    if isinstance(widget, QLabel | QAbstractButton):
        yield "text", widget.text()
    elif isinstance(widget, QMenu | QGroupBox):
        yield "title", widget.title()
    elif isinstance(widget, QLineEdit):
        yield "placeholder", widget.placeholderText()
        yield "text", widget.text()
    elif isinstance(widget, QTextEdit):
        yield "text", widget.toPlainText()
    elif isinstance(widget, QProgressBar):
        yield "format", widget.format()
    elif isinstance(widget, QAbstractSpinBox):
        yield "text", widget.text()
        yield "special", widget.specialValueText()
        if isinstance(widget, QSpinBox | QDoubleSpinBox):
            yield "suffix", widget.prefix() + widget.suffix()
    elif isinstance(widget, QTabWidget):
        for index in range(widget.count()):
            yield f"tab {index}", widget.tabText(index)
            yield f"tab tip {index}", widget.tabToolTip(index)
    elif isinstance(widget, QComboBox):
        for index in range(widget.count()):
            yield f"item {index}", widget.itemText(index)
            yield f"item tip {index}", str(widget.itemData(index, Qt.ItemDataRole.ToolTipRole) or "")
    elif isinstance(widget, QAbstractItemView) and not isinstance(widget, QHeaderView) and widget.model():
        yield from _cells(widget.model())
        if isinstance(widget, QTableWidget):
            for column in range(widget.columnCount()):
                head = widget.horizontalHeaderItem(column)
                yield f"head tip {column}", head.toolTip() if head else ""


def _cells(model: QAbstractItemModel) -> Iterator[tuple[str, str]]:
    roles = {"text": Qt.ItemDataRole.DisplayRole, "tip": Qt.ItemDataRole.ToolTipRole,
             "read out": Qt.ItemDataRole.AccessibleTextRole}
    n_columns, n_rows = 1 if isinstance(model, QAbstractListModel) else model.columnCount(), model.rowCount()
    for name, role in roles.items():
        for column in range(n_columns):
            yield f"head {column} {name}", str(model.headerData(column, Qt.Orientation.Horizontal, role) or "")
            for row in range(min(n_rows, MAX_ROWS)):
                yield f"cell {row},{column} {name}", str(model.data(model.index(row, column), role) or "")

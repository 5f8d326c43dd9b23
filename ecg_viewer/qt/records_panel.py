"""The list of recordings: files, the demo, or the tens of thousands of a dataset with its statements."""

from __future__ import annotations

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtCore import QSortFilterProxyModel as FilterModel
from PySide6.QtGui import QFont, QPainter, QPalette
from PySide6.QtWidgets import (
    QLabel,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from ecg_viewer.state.language import tr
from ecg_viewer.state.records import RecordItem, RecordList
from ecg_viewer.state.session import Session
from ecg_viewer.state.wording import statements_text

FILTER_DELAY_MS = 120
"""Typing is not slowed by filtering a dataset at every letter."""

_AnyIndex = QModelIndex | QPersistentModelIndex
_ITEM = Qt.ItemDataRole.UserRole
_SEARCH = Qt.ItemDataRole.UserRole + 1


class RecordsModel(QAbstractListModel):
    """The list as Qt's views want it; rows are made when they are looked at."""

    def __init__(self, records: RecordList) -> None:
        super().__init__()
        self._records = records
        self._count = len(records)
        records.changed.connect(self._reset)

    def rowCount(self, parent: _AnyIndex = QModelIndex()) -> int:  # noqa: B008  # Qt's own signature
        return 0 if parent.isValid() else self._count

    def data(self, index: _AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or index.row() >= self._count:
            return None
        item = self._records[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return item.name
        if role == Qt.ItemDataRole.ToolTipRole:
            return tooltip(item)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{item.name}, {second_line(item)}"
        if role == _ITEM:
            return item
        if role == _SEARCH:
            codes = " ".join(code for code, _ in item.statements)
            return f"{item.name} {item.title} {codes} {item.report} {item.path.name}"
        return None

    def _reset(self) -> None:
        self.beginResetModel()
        self._count = len(self._records)
        self.endResetModel()


class RecordsPanel(QWidget):
    """The list with a filter above it. A click, or Enter, opens."""

    activated = Signal(int)
    """Position in the session's list."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._session = session
        self.model = RecordsModel(session.records)
        self.filtered = FilterModel(self)
        self.filtered.setSourceModel(self.model)
        self.filtered.setFilterRole(_SEARCH)
        self.filtered.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._title = QLabel(tr("Recordings"))
        self._title.setObjectName("panelTitle")
        self.filter_edit = QLineEdit()
        self.filter_edit.setPlaceholderText(tr("Filter by name or statement"))
        self.filter_edit.setAccessibleName(tr("Filter the list of recordings"))
        self.filter_edit.setClearButtonEnabled(True)
        self.filter_edit.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._filter_timer = QTimer(self)
        self._filter_timer.setSingleShot(True)
        self._filter_timer.setInterval(FILTER_DELAY_MS)
        self._filter_timer.timeout.connect(self._filter)
        self.filter_edit.textChanged.connect(self._filter_timer.start)
        self.view = QListView()
        self.view.setAccessibleName(tr("List of recordings"))
        self.view.setModel(self.filtered)
        self.view.setItemDelegate(_TwoLines(self.view))
        self.view.setUniformItemSizes(True)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.view.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.view.clicked.connect(self._open)
        self.view.activated.connect(self._open)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._title)
        filter_row = QVBoxLayout()
        filter_row.setContentsMargins(8, 2, 8, 6)
        filter_row.addWidget(self.filter_edit)
        layout.addLayout(filter_row)
        layout.addWidget(self.view, 1)
        session.records.changed.connect(self._refresh)
        session.record_changed.connect(self._show_current)
        self._refresh()

    @property
    def title(self) -> str:
        return self._title.text()

    def _open(self, index: QModelIndex) -> None:
        row = self.filtered.mapToSource(index).row()
        current = self._session.item
        if current is None or self._session.records[row].path != current.path:
            self.activated.emit(row)

    def _filter(self) -> None:
        self.filtered.setFilterFixedString(self.filter_edit.text().strip())
        self._refresh()
        self._show_current()

    def _refresh(self) -> None:
        shown, total = self.filtered.rowCount(), len(self._session.records)
        text = tr("Recordings · {n}") if shown == total else tr("Recordings · {shown} of {total}")
        self._title.setText(text.format(n=f"{total:,}", shown=f"{shown:,}", total=f"{total:,}"))
        self.filter_edit.setEnabled(total > 0)

    def _show_current(self) -> None:
        item = self._session.item
        position = None if item is None else self._session.records.position(item.path)
        if position is None:
            self.view.setCurrentIndex(QModelIndex())
            return
        index = self.filtered.mapFromSource(self.model.index(position))
        self.view.setCurrentIndex(index)
        if index.isValid():
            self.view.scrollTo(index)


class _TwoLines(QStyledItemDelegate):
    """Name and person, and below them the dataset's labels or the folder, elided to the width there is."""

    def sizeHint(self, option: QStyleOptionViewItem, _index: _AnyIndex) -> QSize:
        return QSize(120, 2 * option.fontMetrics.height() + 12)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _AnyIndex) -> None:
        item: RecordItem = index.data(_ITEM)
        is_selected = bool(option.state & QStyle.StateFlag.State_Selected)
        palette = option.palette
        role = QPalette.ColorRole
        painter.save()
        if is_selected:
            painter.fillRect(option.rect, palette.color(role.Highlight))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(option.rect, palette.color(role.AlternateBase))
        text_colour = palette.color(role.HighlightedText if is_selected else role.Text)
        quiet_colour = palette.color(role.HighlightedText if is_selected else role.PlaceholderText)
        area = option.rect.adjusted(10, 5, -10, -5)
        line = option.fontMetrics.height()
        first = QRect(area.left(), area.top(), area.width(), line)
        second = QRect(area.left(), area.top() + line + 2, area.width(), line)
        person_width = option.fontMetrics.horizontalAdvance(item.person) + 8 if item.person else 0
        bold = QFont(option.font)
        bold.setWeight(QFont.Weight.DemiBold)
        painter.setFont(bold)
        painter.setPen(text_colour)
        name_width = max(area.width() - person_width, 40)
        name = painter.fontMetrics().elidedText(item.name, Qt.TextElideMode.ElideMiddle, name_width)
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(first.adjusted(0, 0, -person_width, 0), flags, name)
        painter.setFont(option.font)
        painter.setPen(quiet_colour)
        painter.drawText(first, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, item.person)
        below = option.fontMetrics.elidedText(second_line(item), Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(second, flags, below)
        painter.restore()


def second_line(item: RecordItem) -> str:
    """What the list says below the name."""
    if item.title:
        return item.title
    if item.statements:
        return statements_text(item)
    return "demo" if item.origin == "demo" else item.path.absolute().parent.name


def tooltip(item: RecordItem) -> str:
    """The dataset's words, marked as such."""
    lines = [item.name]
    lines += [line for line in (item.title, item.person) if line]
    if item.statements:
        lines.append(tr("Dataset says: {statements}").format(statements=statements_text(item)))
    if item.report:
        lines.append(tr("Dataset's report: {report}").format(report=item.report))
    lines.append(str(item.path))
    return "\n".join(lines)

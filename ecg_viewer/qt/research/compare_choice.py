"""Chooses a recording of the list to compare with."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QSortFilterProxyModel, QStringListModel, Qt, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLineEdit, QListView, QVBoxLayout, QWidget

from ecg_viewer.qt.widgets.translated_texts import set_texts
from ecg_viewer.state.records import RecordList
from ecg_viewer.state.words.record_words import title_text


class RecordChoice(QDialog):
    """The list of recordings with a filter."""

    chosen = Signal(int)
    """Place in the list."""

    def __init__(self, records: RecordList, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        set_texts(self, window_title="Compare with a recording of the worklist")
        self.resize(420, 480)
        self.filter = QLineEdit()
        set_texts(self.filter, placeholder="Filter by name or statement", name="Filter by name or statement")
        self.filter.setClearButtonEnabled(True)
        self._proxy = QSortFilterProxyModel(self)
        self._proxy.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._proxy.setSourceModel(QStringListModel([_line(records, index) for index in range(len(records))], self))
        self.filter.textChanged.connect(self._proxy.setFilterFixedString)
        self.list = QListView()
        self.list.setModel(self._proxy)
        self.list.setUniformItemSizes(True)
        self.list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        set_texts(self.list, name="Recordings")
        self.list.setCurrentIndex(self._proxy.index(0, 0))
        self.list.activated.connect(self._choose)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        buttons.accepted.connect(self._accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        for widget in (self.filter, self.list, buttons):
            layout.addWidget(widget)

    def _accept(self) -> None:
        self._choose(self.list.currentIndex())

    def _choose(self, index: QModelIndex) -> None:
        if index.isValid():
            self.chosen.emit(self._proxy.mapToSource(index).row())
            self.accept()


def _line(records: RecordList, index: int) -> str:
    item = records[index]
    codes = " ".join(code for code, _ in item.statements)
    return " · ".join(part for part in (item.name, title_text(item), codes, item.person) if part)

"""Covers the window while results are hidden: a panel for the right column, a plain list, a paper without marks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QStringListModel
from PySide6.QtWidgets import QDialog, QWidget

from ecg_viewer.qt.study.read_panels import PlainList
from ecg_viewer.state.blinding import DIALOGS

if TYPE_CHECKING:
    from ecg_viewer.qt.host import Host


class Cover:
    """What it hides comes back as it was."""

    def __init__(self, window: Host) -> None:
        self._window = window
        self.records = PlainList(window)  # the window owns it also while it is not shown
        self.records.hide()
        self._names = QStringListModel(self.records)
        self.records.setModel(self._names)
        self.records.chosen.connect(self._open)
        self._is_listing = False
        window.session.records.changed.connect(self._list)
        window.session.record_changed.connect(self._mark)

    def set_side(self, panel: QWidget | None) -> None:
        """Show `panel` in place of all results of the open recording; None: the results again."""
        window = self._window
        window.paper.set_blind(panel is not None)
        if panel is not None:
            self._close_dialogs()
        if panel is not window.frame.cover_panel:
            window.frame.cover(panel)
            if panel is not None and not window.frame.findings_wanted:
                window.frame.toggle_findings()

    def set_records(self, panel: QWidget | None) -> None:
        """Show `panel` in place of the worklist, whose order and colours tell of results; None: the worklist again."""
        is_listing = panel is not None
        if is_listing and not self._is_listing:
            self._leave_wide_table()
        self._is_listing = is_listing
        self._list()
        self._window.frame.cover_records(panel)

    def _leave_wide_table(self) -> None:
        """The table over the whole window goes back beside the ECG, whether or not its action may be used now."""
        wide = self._window.actions_by_id["worklist"]
        if wide.isChecked():
            wide.trigger()

    def _close_dialogs(self) -> None:
        for dialog in self._window.findChildren(QDialog):
            names = {kind.__name__ for kind in type(dialog).__mro__}
            if dialog.isVisible() and not names & DIALOGS:
                dialog.close()

    def _list(self) -> None:
        if self._is_listing:
            records = self._window.session.records
            names = [records[row].name for row in range(len(records))]
            if names != self._names.stringList():
                self._names.setStringList(names)
            self._mark()

    def _mark(self) -> None:
        item, records = self._window.session.item, self._window.session.records
        row = None if item is None else records.position(item.path)
        if self._is_listing and row is not None:
            self.records.setCurrentIndex(self._names.index(row))

    def _open(self, row: int) -> None:
        item = self._window.session.item
        records = self._window.session.records
        if row < len(records) and (item is None or records[row].path != item.path):
            self._window.session.open_item(row)

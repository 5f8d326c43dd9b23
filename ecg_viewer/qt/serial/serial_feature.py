"""One patient's recordings over time: the window, and its entries in the menu."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

import numpy as np
from numpy.typing import NDArray
from PySide6.QtWidgets import QApplication

from ecg_viewer.jobs.scoring import ModelScorer, Scorer
from ecg_viewer.qt.actions import ActionSpec
from ecg_viewer.qt.feature import Feature, has_record
from ecg_viewer.qt.research.compare_choice import RecordChoice
from ecg_viewer.qt.serial.serial_dialog import SerialDialog
from ecg_viewer.qt.serial.serial_scoring import SerialScoring
from ecg_viewer.state.file_information import RecordHeader
from ecg_viewer.state.serial.board import SerialBoard
from ecg_viewer.state.serial.words import copied_text
from ecg_viewer.state.words.language import tr, translatable
from ecg_viewer.state.words.record_words import RESEARCH_USE_BADGE
from ecg_viewer.state.worklist.worklist import Worklist

if TYPE_CHECKING:
    from ecg_viewer.qt.host import Host

MENU = "View/Compare"


def _has_comparison(feature: SerialFeature) -> bool:
    return feature.board.comparison is not None


class SerialFeature(Feature):
    """Owns the window."""

    menu_place = 161
    actions = (
        ActionSpec("serial", MENU, translatable("Recordings of this patient…"), ("S",),
                   translatable("Compare all recordings of this patient over time: average beats, differences, two "
                                "references and trends."),
                   do=lambda self: self.show_serial(), enabled=has_record, separate=True),
        ActionSpec("serial_copy", MENU, translatable("Copy the comparison over time"), ("Ctrl+Alt+S",),
                   translatable("Copy the differences from the earlier recording as text for a spreadsheet."),
                   do=lambda self: self.copy(), enabled=_has_comparison),
    )

    make_scorer: ClassVar[Callable[[str], Scorer]] = ModelScorer
    """Given a device; the window's own model is never shared with another thread."""

    def __init__(self, window: Host, serial: SerialBoard, header: RecordHeader, worklist: Worklist) -> None:
        super().__init__(window)
        self.board, self._header = serial, header
        self.scoring = SerialScoring(window.session, worklist, serial, window.worker("serial scores"),
                                     lambda device: type(self).make_scorer(device), self)
        self._worklist = worklist
        worklist.marks.changed.connect(self._show_marks)
        worklist.rows_changed.connect(self._show_scores)
        serial.changed.connect(self._score)
        window.session.assessment_changed.connect(self._score)
        self.dialog: SerialDialog | None = None
        """Once it has been opened."""
        serial.changed.connect(self.changed.emit)
        window.session.record_changed.connect(self._follow)

    def close(self) -> None:
        """Close the window, and score no more."""
        self.scoring.stop()
        if self.dialog is not None:
            self.dialog.close()

    def show_serial(self) -> None:
        """Show the window, or bring it to the front, and look for the patient's recordings."""
        if self.dialog is None:
            window = self.window
            self.dialog = SerialDialog(self.board, self._header, window.paper, window.session.heat, window.themes,
                                       self._current, window)
            self.dialog.opened.connect(self._open)
            self.dialog.add_button.clicked.connect(self._add)
            self.dialog.marked_button.clicked.connect(self._add_marked)
            self._show_marks()
            self.dialog.copy_button.clicked.connect(self.copy)
            self.dialog.finished.connect(self.scoring.stop)
        self.dialog.show()
        self.dialog.raise_()
        self.dialog.activateWindow()
        self.board.gather()

    def copy(self) -> None:
        """Copy the comparison as text."""
        text = copied_text(self.board, with_identity=self._header.is_identity_shown)
        if text:
            QApplication.clipboard().setText(f"{text}{tr(RESEARCH_USE_BADGE)}\n")

    def _current(self) -> Path | None:
        item = self.window.session.item
        return None if item is None else item.path

    def _score(self) -> None:
        if self.dialog is not None and self.dialog.isVisible():
            self.scoring.start()

    def _show_scores(self, rows: NDArray[np.int64]) -> None:
        listed = self._worklist.columns.row_of
        if self.dialog is not None and any(listed.get(entry.item.path) in rows for entry in self.board.entries):
            self.dialog.refresh()

    def _follow(self) -> None:
        if self.dialog is not None and self.dialog.isVisible():
            self.board.gather()

    def _open(self, path: Path) -> None:
        row = self.window.session.records.position(path)
        if row is not None and path != self._current():
            self.window.session.open_item(row)

    def _add(self) -> None:
        records = self.window.session.records
        dialog = RecordChoice(records, self.window if self.dialog is None else self.dialog)
        dialog.chosen.connect(self._add_listed)
        dialog.open()

    def _add_marked(self) -> None:
        records, marks = self.window.session.records, self._worklist.marks
        self.board.add(records[row] for row in range(len(records)) if records[row].path in marks)

    def _show_marks(self) -> None:
        if self.dialog is not None:
            self.dialog.marked_button.setVisible(len(self._worklist.marks) > 0)

    def _add_listed(self, index: int) -> None:
        records = self.window.session.records
        if 0 <= index < len(records):
            self.board.add([records[index]])

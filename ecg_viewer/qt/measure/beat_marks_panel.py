"""Beside the average beats: intervals by the fiducials, and the table of all leads at the caliper."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ecg_viewer.qt.measure.side_tab import fill, fit_height, make_label, make_table
from ecg_viewer.qt.widgets.labels import set_or_hide
from ecg_viewer.qt.widgets.retranslatable import Retranslatable
from ecg_viewer.qt.widgets.translated_texts import set_texts
from ecg_viewer.state.layouts import Cell, ordered_leads
from ecg_viewer.state.measure.beat_marks import BeatMarks, beat_caliper_text
from ecg_viewer.state.measure.caliper_readings import LeadReading, lead_readings, value_text
from ecg_viewer.state.words.language import tr, translatable
from ecg_viewer.state.words.numbers import whole
from mmae_core.record import STANDARD_LEADS

WIDTH_PX = 330
SCREEN_SHARE = 0.94


class BeatMarksPanel(Retranslatable, QWidget):
    """Listens to the marks; there only while something of them is used."""

    def __init__(self, marks: BeatMarks, is_cabrera: Callable[[], bool], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._marks, self._is_cabrera = marks, is_cabrera
        self.setFixedWidth(WIDTH_PX)
        self.intervals, self.hint, self.title = make_label(""), make_label("quiet"), make_label("quiet")
        set_texts(self.intervals, name="Intervals by the fiducials of the average beat")
        self.table = make_table(translatable("All leads at the caliper of the average beat"), 5)
        self.undo_button = set_texts(QPushButton(), text="Undo", tip="Take back the last step on the average beat")
        self.undo_button.clicked.connect(marks.undo)
        self.copy_button = set_texts(QPushButton(), text="Copy", tip="Copy intervals and table as text")
        self.copy_button.clicked.connect(self.copy)
        self.reset_button = set_texts(QPushButton(), text="Reset",
                                      tip="Take caliper and own fiducials away; the program's stay")
        self.reset_button.clicked.connect(marks.reset)
        buttons = QHBoxLayout()
        for button in (self.undo_button, self.copy_button, self.reset_button):
            button.setAutoDefault(False)
            buttons.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 0, 0, 0)
        for widget in (self.intervals, self.hint, self.title, self.table):
            layout.addWidget(widget)
        layout.addLayout(buttons)
        layout.addStretch(1)
        marks.changed.connect(self.refresh)
        self.refresh()

    def retranslate(self) -> None:
        self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        """The beats keep their room where the screen has more."""
        super().showEvent(event)
        window = self.window()
        if window.isVisible() and not event.spontaneous():
            room = round(self.screen().availableGeometry().width() * SCREEN_SHARE)
            window.resize(max(min(window.width() + WIDTH_PX, room), window.width()), window.height())

    def refresh(self) -> None:
        """Show what is marked."""
        marks = self._marks
        caliper = marks.calipers.selected
        self.setVisible(marks.shows_fiducials or marks.tool != "none" or caliper is not None)
        set_or_hide(self.intervals, "\n".join(item.text for item in marks.intervals) if marks.shows_fiducials else "")
        set_or_hide(self.hint, self._hint())
        set_or_hide(self.title, "" if caliper is None else tr("{lead}: {values}. All leads in mV:").format(
            lead=self._cell(caliper.lead).label, values=beat_caliper_text(caliper, self._cell(caliper.lead).sign)))
        self.table.setVisible(caliper is not None)
        if caliper is not None:
            rows = [(row.cell.label, *_values(row)) for row in self.readings()]
            fill(self.table, (tr("Lead"), *self._heads()), rows)
            fit_height(self.table, 12, 12)
        self.undo_button.setEnabled(marks.can_undo)
        self.reset_button.setEnabled(bool(marks.own or marks.calipers.all))

    def readings(self) -> list[LeadReading]:
        """Every lead at both times of the caliper, as it is drawn; empty without one."""
        caliper = self._marks.calipers.selected
        if caliper is None:
            return []
        cells = ordered_leads(STANDARD_LEADS, self._is_cabrera())
        return lead_readings(caliper, cells, self._marks.samples, 1.0 / self._marks.sample_s)

    def as_text(self) -> str:
        """Intervals and table, with whose they are."""
        caliper = self._marks.calipers.selected
        lines = [tr("Average beat – not the rhythm"), *(item.text for item in self._marks.intervals)]
        if caliper is not None:
            first, second, difference, swing = self._heads()
            lines += [beat_caliper_text(caliper, self._cell(caliper.lead).sign),
                      "\t".join((tr("Lead"), first, second, difference, swing))]
            lines += ["\t".join((row.cell.label, *_values(row))) for row in self.readings()]
        return "\n".join((*lines, tr("Research use only, not for diagnosis."))) + "\n"

    def copy(self) -> None:
        """Copy intervals and table as text."""
        QApplication.clipboard().setText(self.as_text())

    def _heads(self) -> tuple[str, str, str, str]:
        """Times from the R-peak, difference and swing."""
        caliper = self._marks.calipers.selected
        assert caliper is not None, "asked with one"
        first, second = (tr("{n} ms").format(n=whole(1000 * (at_s + self._marks.first_s)))
                         for at_s in (caliper.first_s, caliper.second_s))
        return first, second, tr("Diff."), tr("P-P")

    def _cell(self, lead: str) -> Cell:
        return ordered_leads((lead,), self._is_cabrera())[0]

    def _hint(self) -> str:
        if self._marks.tool == "fiducials":
            return tr("Drag a line, or move it by arrow keys: a sample, with Shift 10 ms. Tab chooses the next, Delete "
                      "gives it back to the program, Esc ends. P, p: P wave; Q, J: QRS; T: end of T. Yours have a *, "
                      "and are kept in this window alone.")
        if self._marks.tool == "caliper" and self._marks.calipers.selected is None:
            return tr("Drag on a lead from one point to another. Arrow keys move the chosen handle by a sample or "
                      "10 µV, with Shift by 10 ms or 0.1 mV; Tab chooses the next, Delete removes, Esc ends.")
        return ""


def _values(row: LeadReading) -> tuple[str, ...]:
    return tuple(map(value_text, (row.first_mv, row.second_mv, row.difference_mv, row.peak_to_peak_mv)))

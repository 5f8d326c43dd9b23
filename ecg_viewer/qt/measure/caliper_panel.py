"""The side tab of calipers: their list, and the values of all leads at the chosen one's two times."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QPushButton, QVBoxLayout, QWidget

from ecg_viewer.qt.measure.caliper_tool import KIND_WORDS
from ecg_viewer.qt.measure.side_tab import fill, fit_height, make_label, make_table
from ecg_viewer.qt.paper import PaperView
from ecg_viewer.qt.widgets.plain_text import plain_tip
from ecg_viewer.qt.widgets.retranslatable import Retranslatable
from ecg_viewer.qt.widgets.translated_texts import set_texts
from ecg_viewer.state.layouts import Cell, ordered_leads
from ecg_viewer.state.measure.caliper_angle import geometry_text
from ecg_viewer.state.measure.caliper_readings import (
    LeadReading,
    caliper_text,
    lead_readings,
    readings_text,
    value_text,
)
from ecg_viewer.state.measure.calipers import Calipers
from ecg_viewer.state.signal import Signal
from ecg_viewer.state.words.language import tr, translatable


class CaliperPanel(Retranslatable, QWidget):
    """Listens to the calipers; choosing a row chooses the caliper. The buttons emit signals."""

    def __init__(self, calipers: Calipers, paper: PaperView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.copy_asked: Signal[()] = Signal()
        self.march_asked: Signal[()] = Signal()
        self.remove_asked: Signal[()] = Signal()
        self._calipers = calipers
        self._paper = paper
        self.hint = make_label("quiet")
        self.list = make_table(translatable("Calipers"), 3)
        header = self.list.horizontalHeader()
        for column in (0, 1):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        self.list.currentCellChanged.connect(self._choose)
        self.title = make_label("quiet")
        self.table = make_table(translatable("All leads at the chosen caliper"), 5)
        self.copy_button = set_texts(QPushButton(), text="Copy")
        self.march_button = set_texts(QPushButton(), text="March")
        self.march_button.setCheckable(True)
        self.remove_button = set_texts(QPushButton(), text="Remove")
        buttons = QHBoxLayout()
        for button, signal, tip in (
            (self.copy_button, self.copy_asked, translatable("Copy the table of all leads as text")),
            (self.march_button, self.march_asked, translatable("Repeat the interval through the recording")),
            (self.remove_button, self.remove_asked, translatable("Remove the chosen caliper")),
        ):
            set_texts(button, tip=tip, description=tip)
            button.clicked.connect(signal.emit)
            buttons.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 4, 10, 4)
        layout.setSpacing(4)
        for widget in (self.hint, self.list, self.title, self.table):
            layout.addWidget(widget)
        layout.addLayout(buttons)

        calipers.changed.connect(self.refresh)
        self.refresh()

    def retranslate(self) -> None:
        self.refresh()

    def refresh(self) -> None:
        """Update the panel; also after the display filter or the recording has changed."""
        calipers, chosen = self._calipers.all, self._calipers.selected
        with QSignalBlocker(self.list):
            rows = [(str(item.number), f"{tr(KIND_WORDS[item.kind])}, {cell.label}", caliper_text(item, cell.sign))
                    for item, cell in ((item, self._cell(item.lead)) for item in calipers)]
            fill(self.list, (tr("No."), tr("Caliper"), tr("Reading")), rows, left=frozenset({0, 1}))
            numbers = [item.number for item in calipers]
            self.list.setCurrentCell(-1 if chosen is None else numbers.index(chosen.number), 0)
        fit_height(self.list, 1, 5)
        self.hint.setText(tr(
            "Choose a caliper in the menu Measure and drag on the paper. Arrow keys move the chosen handle by a "
            "sample, with Shift by 10 ms or 0.1 mV; Tab chooses the next handle; Ctrl snaps to an extremum; Esc ends."
        ))
        self.hint.setVisible(not calipers)
        for widget in (self.list, self.title, self.table, self.copy_button, self.march_button, self.remove_button):
            widget.setVisible(bool(calipers))
        self.table.setVisible(chosen is not None and not chosen.is_angle)
        self.march_button.setEnabled(chosen is not None and chosen.spans_time)
        self.march_button.setChecked(chosen is not None and chosen.marches)
        self._refresh_readings()

    def readings(self) -> list[LeadReading]:
        """Readings of every lead at the chosen caliper, in the paper's order and sign; empty without one."""
        caliper, record = self._calipers.selected, self._paper.view_state.record
        if caliper is None or record is None or caliper.is_angle:
            return []
        cells = ordered_leads(record.trace_names, self._paper.view_state.lead_choice.cabrera)
        return lead_readings(caliper, cells, self._paper.samples, record.sampling_rate_hz)

    def as_text(self) -> str:
        """What `Copy` copies."""
        caliper = self._calipers.selected
        if caliper is None:
            return ""
        sign = self._cell(caliper.lead).sign
        if caliper.is_angle:
            return f"{self._cell(caliper.lead).label}: {caliper_text(caliper, sign)}\n{geometry_text()}\n"
        return f"{readings_text(caliper, self.readings(), sign)}{self._basis()}\n"

    def _refresh_readings(self) -> None:
        caliper = self._calipers.selected
        if caliper is None:
            self.table.setRowCount(0)
            return
        if caliper.is_angle:
            self.title.setText(geometry_text())
            return
        rows = [
            (row.cell.label, *(value_text(value) for value in
                         (row.first_mv, row.second_mv, row.difference_mv, row.peak_to_peak_mv)))
            for row in self.readings()
        ]
        head = (tr("Lead"), f"{caliper.first_s:.2f} s", f"{caliper.second_s:.2f} s", tr("Diff."), tr("P-P"))
        fill(self.table, head, rows)
        for column, tip in enumerate((
            tr("Lead"), tr("Value in mV at the first handle's time"), tr("Value in mV at the second handle's time"),
            tr("Difference, second minus first, in mV"), tr("Highest minus lowest value between the two times, in mV"),
        )):
            heading = self.table.horizontalHeaderItem(column)
            if heading is not None:
                heading.setToolTip(plain_tip(tip))
        fit_height(self.table, 3, 15)
        self.title.setText(tr("Caliper {n} in all leads, mV. {basis}").format(n=caliper.number, basis=self._basis()))

    def _cell(self, lead: str) -> Cell:
        """A lead as the paper shows it."""
        return ordered_leads((lead,), self._paper.view_state.lead_choice.cabrera)[0]

    def _basis(self) -> str:
        return tr("Display filter: {name}").format(name=self._paper.filter_readout)

    def _choose(self, row: int, _column: int, _row_before: int, _column_before: int) -> None:
        if 0 <= row < len(self._calipers.all):
            caliper = self._calipers.all[row]
            self._calipers.select(caliper.number, self._calipers.handle)
            self._paper.view_state.show_interval(caliper.start_s, caliper.end_s)

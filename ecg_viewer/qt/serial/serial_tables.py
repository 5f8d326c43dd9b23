"""The differences of two recordings as tables: of the recording, and lead by lead."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QVBoxLayout, QWidget

from ecg_viewer.qt.widgets.plain_text import PlainLabel
from ecg_viewer.qt.widgets.sortable_table import SmallTable, TableCell, share_cell
from ecg_viewer.state.layouts import ordered_leads
from ecg_viewer.state.serial.board import SerialBoard
from ecg_viewer.state.serial.words import (
    STANDING_TIPS,
    STANDING_WORDS,
    comparison_text,
    difference_text,
    difference_tip,
    no_rows_text,
    reference_text,
    tolerance_text,
    value_text,
)
from ecg_viewer.state.view import ViewState
from ecg_viewer.state.words.core_words import translated
from ecg_viewer.state.words.language import tr, translatable
from mmae_core.record import STANDARD_LEADS
from mmae_core.serial.quantities import COMPARED_OF_LEAD, COMPARED_OF_RECORD, quantity_of
from mmae_core.serial.standings import STANDINGS

if TYPE_CHECKING:
    from mmae_core.serial.compare import SerialComparison, ValueDifference


SHORT_HEADS = {"p_mv": "P", "q_mv": "Q", "r_mv": "R", "down_mv": "S, QS", "j_mv": "J", "st_j60_mv": "ST", "t_mv": "T"}
"""Of the columns of the leads' table; its heading says that they are in mV."""


class SerialDifferences(QWidget):
    """Two tables side by side, and where the marks come from."""

    def __init__(self, board: SerialBoard, view: ViewState) -> None:
        super().__init__()
        self._board, self._view = board, view
        self.headline, self.source = PlainLabel(), PlainLabel()
        self.source.setObjectName("quiet")
        for label in (self.headline, self.source):
            label.setWordWrap(True)
        self.of_recording = SmallTable(translatable("Differences of the recording"))
        self.of_leads = SmallTable(translatable("Differences of every lead"))
        tables = QHBoxLayout()
        tables.addWidget(self.of_recording, 4)
        tables.addWidget(self.of_leads, 6)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 0)
        layout.addWidget(self.headline)
        layout.addLayout(tables, 1)
        layout.addWidget(self.source)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._spread()

    def _spread(self) -> None:
        """Columns share the room where there is more than their texts ask for."""
        mode = QHeaderView.ResizeMode
        for table in (self.of_recording, self.of_leads):
            header = table.horizontalHeader()
            asked = sum(max(table.sizeHintForColumn(column), header.sectionSizeHint(column))
                        for column in range(header.count()))
            header.setSectionResizeMode(mode.Stretch if asked <= table.viewport().width() else mode.ResizeToContents)

    def refresh(self) -> None:
        """Show the comparison; nothing without one."""
        comparison = self._board.comparison
        for table in (self.of_recording, self.of_leads):
            table.setVisible(comparison is not None)
        if comparison is None:
            self.headline.setText("")
            self.source.setText("")
            return
        limits = " ".join(translated(one) + "." for one in comparison.limitations)
        self.headline.setText(f"{comparison_text(comparison)} {limits}".strip())
        self.source.setText(tolerance_text(comparison))
        self.of_recording.show_rows(
            ((tr("Measurement"), ""), (tr("Earlier"), ""), (tr("Later"), ""), (tr("Difference"), ""),
             (tr("Tolerance"), "")),
            [_record_row(comparison.of(key)) for key in COMPARED_OF_RECORD])
        heads = [(tr("Lead (mV)"), "")]
        heads += [(SHORT_HEADS[name], tr("{what}, in {unit}").format(
            what=translated(quantity_of(name).label), unit=quantity_of(name).unit)) for name in COMPARED_OF_LEAD]
        leads = [cell.lead for cell in ordered_leads(STANDARD_LEADS, self._view.lead_choice.cabrera)]
        self.of_leads.show_rows(heads, [[TableCell(lead, lead), *_lead_cells(comparison, lead)] for lead in leads])
        self._spread()


class SerialReferences(QWidget):
    """What departs from which of the two references, as sentences that can be sorted."""

    def __init__(self, board: SerialBoard) -> None:
        super().__init__()
        self._board = board
        self.table = SmallTable(translatable("Two references"), stretched=1)
        self.counts = PlainLabel()
        self.counts.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.counts)
        layout.addWidget(self.table, 1)
        self.when = ""
        """The earlier recording's date, or what stands for it."""

    def refresh(self) -> None:
        """Show every departure with its reference."""
        rows, comparison = self._board.references, self._board.comparison
        self.table.setVisible(bool(rows))
        if comparison is None:
            self.counts.setText("")
            return
        counted = {standing: sum(row.standing == standing for row in rows) for standing in STANDINGS}
        said = ", ".join(f"{counted[standing]} {tr(STANDING_WORDS[standing])}" for standing in STANDINGS)
        self.counts.setText(said if rows else no_rows_text(comparison))
        self.table.show_rows(
            ((tr("Standing"), ""), (tr("What"), ""),
             (tr("Normals"), tr("Percentile of the departure among normal ECGs")),
             (tr("Earlier"), tr("Difference from the earlier ECG; the dots mark what is beyond the tolerance"))),
            [[TableCell(tr(STANDING_WORDS[row.standing]), str(STANDINGS.index(row.standing)),
                        tr(STANDING_TIPS[row.standing])),
              TableCell(reference_text(row, self.when), str(row.what)),
              share_cell(math.nan if row.cohort_percentile is None else row.cohort_percentile),
              TableCell("–", math.nan) if row.own is None else TableCell(
                  f"{difference_text(row.own)}", row.own.ratio, difference_tip(row.own))]
             for row in rows])


def _record_row(value: ValueDifference) -> list[TableCell]:
    quantity, tip = quantity_of(value.key), difference_tip(value)
    return [TableCell(f"{translated(quantity.label)} ({quantity.unit})", value.key, tip),
            TableCell(value_text(value.key, value.earlier), value.earlier, tip),
            TableCell(value_text(value.key, value.later), value.later, tip),
            TableCell(difference_text(value), value.difference, tip),
            TableCell("±" + value_text(value.key, value.limit).lstrip("+"), value.limit, tip)]


def _lead_cells(comparison: SerialComparison, lead: str) -> list[TableCell]:
    values = [comparison.of(f"{name}:{lead}") for name in COMPARED_OF_LEAD]
    return [TableCell(difference_text(value), value.difference, difference_tip(value)) for value in values]

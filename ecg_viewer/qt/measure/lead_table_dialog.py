"""The window of measurements by lead: the matrix of ST, and the waves; each cell says in full what it holds."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from ecg_viewer.qt.measure.side_tab import make_label
from ecg_viewer.qt.widgets.plain_text import PlainLabel
from ecg_viewer.qt.widgets.retranslatable import Retranslatable
from ecg_viewer.qt.widgets.sortable_table import SmallTable, TableCell
from ecg_viewer.qt.widgets.translated_texts import add_items, set_texts
from ecg_viewer.state.layouts import ordered_leads
from ecg_viewer.state.measure.detail_tracker import DetailTracker
from ecg_viewer.state.measure.lead_table_words import (
    ST_MATRIX,
    WAVES,
    CellText,
    Unit,
    cell_text,
    head_of,
    legend_text,
    notes_text,
    st_note,
    table_csv,
    table_text,
    tip_of,
)
from ecg_viewer.state.session import Session
from ecg_viewer.state.words.language import tr, translatable
from ecg_viewer.state.words.numbers import number
from ecg_viewer.state.words.record_words import RESEARCH_USE_BADGE
from mmae_core.departures.lead_table_results import LeadTable
from mmae_core.files import replacing
from mmae_core.record import STANDARD_LEADS

SCREEN_SHARE = 0.94
FILE_ENDING = "_leads.csv"
TITLES = (translatable("ST"), translatable("Waves"))


class LeadTableDialog(Retranslatable, QDialog):
    """A non-modal window; listens to the details, the order of the leads and whether marks are hidden."""

    def __init__(self, session: Session, tracker: DetailTracker, parent: QWidget) -> None:
        super().__init__(parent)
        self._session, self._tracker = session, tracker
        self._cells: tuple[list[list[CellText]], ...] = ([], [])
        set_texts(self, window_title="Measurements of every lead")
        self.headline, self.notes, self.legend, self.detail = (
            make_label("headline"), make_label(""), make_label("quiet"), make_label(""))
        set_texts(self.detail, name="The chosen cell in full")
        self.unit = QComboBox()
        add_items(self.unit, ((translatable("ST and waves in mV"), "mV"),
                              (translatable("ST and waves in mm (10 mm/mV)"), "mm")))
        set_texts(self.unit, name="Unit of amplitudes")
        self.unit.currentIndexChanged.connect(self.refresh)
        self.tables = (SmallTable(translatable("ST of every lead"), of_cells=True),
                       SmallTable(translatable("Waves of every lead"), of_cells=True))
        self.pages = QTabWidget()
        for table, title in zip(self.tables, TITLES, strict=True):
            self.pages.addTab(table, tr(title))
        self.tables[0].cell_chosen.connect(self._tell_st)
        self.tables[1].cell_chosen.connect(self._tell_wave)
        set_texts(self.pages, tabs=TITLES)
        self.pages.currentChanged.connect(self._tell_nothing)
        self.copy_button = set_texts(QPushButton(), text="Copy", tip="Copy both tables as text with tabs")
        self.copy_button.clicked.connect(self.copy)
        self.save_button = set_texts(QPushButton(), text="Save as CSV…", tip="A row for each lead and measurement")
        self.save_button.clicked.connect(self.save)
        self.close_button = set_texts(QPushButton(), text="Close")
        self.close_button.clicked.connect(self.close)
        badge = set_texts(PlainLabel(), text=RESEARCH_USE_BADGE)
        badge.setObjectName("badge")
        self._lay_out(badge)
        tracker.changed.connect(self.refresh)
        view = session.view
        for signal in (view.layout_changed, view.heat_changed, view.filter.changed):
            signal.connect(self.refresh)
        self._is_sized = False

    def _lay_out(self, badge: QLabel) -> None:
        top, bottom = QHBoxLayout(), QHBoxLayout()
        top.addWidget(self.headline, 1)
        top.addWidget(self.unit)
        bottom.addWidget(badge)
        bottom.addStretch(1)
        for button in (self.copy_button, self.save_button, self.close_button):
            button.setAutoDefault(False)
            bottom.addWidget(button)
        layout = QVBoxLayout(self)
        layout.addLayout(top)
        layout.addWidget(self.notes)
        layout.addWidget(self.pages, 1)
        layout.addWidget(self.detail)
        layout.addWidget(self.legend)
        layout.addLayout(bottom)

    @property
    def table(self) -> LeadTable | None:
        """What is shown."""
        return None if self._tracker.details is None else self._tracker.details.table

    @property
    def compares(self) -> bool:
        """Whether normals may be mentioned: not while the program's marks are hidden."""
        return self._session.view.heat_visible

    @property
    def leads(self) -> list[str]:
        """In the order of the paper."""
        return [cell.lead for cell in ordered_leads(STANDARD_LEADS, self._session.view.lead_choice.cabrera)]

    def showEvent(self, event: QShowEvent) -> None:
        self.refresh()
        if not self._is_sized:
            self._is_sized = True
            self._fit()
        super().showEvent(event)

    def retranslate(self) -> None:
        self.refresh()

    def refresh(self) -> None:
        """Show what is known now; does nothing while hidden."""
        if not self.isVisible():
            return
        table, record = self.table, self._session.record
        has_table = table is not None
        for widget in (self.pages, self.copy_button, self.save_button, self.unit):
            widget.setEnabled(has_table)
        self.detail.setText("")
        if table is None or record is None:
            self.headline.setText(self._tracker.message or (
                tr("Measuring…") if record is not None else tr("Nothing has been measured yet.")))
            self.notes.setText("")
            self.legend.setText("")
            for shown in self.tables:
                shown.show_rows((), ())
            return
        self.headline.setText(tr("{start}–{end} s: the average beat of each lead").format(
            start=number(table.start_s, ".2f"), end=number(table.end_s, ".2f")))
        moving = self._session.view.filter.in_force(record.sampling_rate_hz)
        notes = "\n".join(filter(None, (notes_text(table), st_note(moving))))
        self.notes.setText(notes)
        self.notes.setVisible(bool(notes))
        self.legend.setText(legend_text(table, compares=self.compares))
        unit: Unit = self.unit.currentData()
        leads = self.leads
        for page, names in enumerate((ST_MATRIX, WAVES)):
            texts = [[cell_text(lead, name, table.leads[lead][name], table, unit=unit, compares=self.compares)
                      for name in names] for lead in leads]
            self._cells[page][:] = texts
            heads = [(tr("Lead"), tr("Sorts into the order of the leads")),
                     *((head_of(name, unit), tip_of(name)) for name in names)]
            self.tables[page].show_rows(heads, [
                [TableCell(lead, f"{place:02}", lead), *(TableCell(cell.text, cell.key, cell.sentence) for cell in row)]
                for place, (lead, row) in enumerate(zip(leads, texts, strict=True))])

    def copy(self) -> None:
        """Copy both tables as text."""
        table, record = self.table, self._session.record
        if table is not None and record is not None:
            QApplication.clipboard().setText(table_text(
                record.name, table, self.leads, unit=self.unit.currentData(), compares=self.compares))

    def save(self) -> None:
        """Ask where, and write a CSV file."""
        record = self._session.record
        if record is None or self.table is None:
            return
        suggested = Path(record.name).name + FILE_ENDING
        chosen, _ = QFileDialog.getSaveFileName(
            self, tr("Save measurements of every lead"), suggested, tr("CSV table (*.csv)"))
        if chosen:
            self.write(Path(chosen))

    def write(self, path: Path) -> None:
        """Write a CSV file; what went wrong is said in the window."""
        table, record = self.table, self._session.record
        if table is None or record is None:
            return
        text = table_csv(record.name, table, self.leads, compares=self.compares)
        try:
            with replacing(path) as temporary:
                temporary.write_text(text, encoding="utf-8-sig", newline="")
        except OSError as error:
            self.detail.setText(tr("{file} could not be written: {reason}.").format(
                file=path.name, reason=error.strerror or str(error)))
        else:
            self.detail.setText(tr("Saved as {file}.").format(file=path.name))

    def _tell_nothing(self, _page: int) -> None:
        self.detail.setText("")

    def _tell_st(self, row: int, column: int) -> None:
        self._tell(0, row, column)

    def _tell_wave(self, row: int, column: int) -> None:
        self._tell(1, row, column)

    def _tell(self, page: int, row: int, column: int) -> None:
        cells = self._cells[page]
        known = 0 <= row < len(cells) and 0 < column <= len(cells[row])
        self.detail.setText(cells[row][column - 1].sentence if known else "")

    def _fit(self) -> None:
        """As wide as the waves need, as far as the screen goes."""
        waves = self.tables[1]
        waves.resizeColumnsToContents()
        width = sum(waves.columnWidth(column) for column in range(len(WAVES) + 1)) + 70
        height = waves.verticalHeader().defaultSectionSize() * len(STANDARD_LEADS) + 270
        room = self.screen().availableGeometry().size() * SCREEN_SHARE
        self.resize(min(max(width, 640), room.width()), min(height, room.height()))

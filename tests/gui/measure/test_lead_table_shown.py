"""The window of measurements by lead on the real window, of a patient's recording."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ecg_viewer.app import Program
from ecg_viewer.qt.measure.lead_table_dialog import LeadTableDialog
from ecg_viewer.qt.measure.lead_table_feature import LeadTableFeature
from ecg_viewer.qt.widgets.sortable_table import SmallTable
from ecg_viewer.qt.window.main_window import MainWindow
from mmae_core.departures.carried import carried_by
from mmae_core.departures.lead_table import lead_table
from mmae_core.departures.lead_table_results import TABLE_QUANTITIES
from mmae_core.departures.person import person_of
from mmae_core.intervals.measure import examine_record, examine_signal
from mmae_core.readers import read_record
from mmae_core.record import STANDARD_LEADS

RECORD = Path(__file__).parents[2] / "data" / "ptbxl-mini" / "records500" / "00000" / "00035_hr.hea"

pytestmark = pytest.mark.measures


@pytest.fixture
def window(qtbot: QtBot, make_program: Callable[..., Program]) -> MainWindow:
    window = make_program().window
    window.session.open([RECORD])
    tracker = window.feature(LeadTableFeature).tracker
    qtbot.waitUntil(lambda: tracker.details is not None)
    return window


@pytest.fixture
def dialog(window: MainWindow) -> LeadTableDialog:
    window.action("lead_table").trigger()
    dialog = window.feature(LeadTableFeature).dialog
    assert dialog is not None
    assert dialog.isVisible()
    return dialog


def shown(table: SmallTable) -> dict[str, dict[str, str]]:
    return {row[0]: dict(zip(table.heads[1:], row[1:], strict=True)) for row in table.texts}


def test_every_lead_has_its_st_and_waves_with_percentiles_of_normals(dialog: LeadTableDialog) -> None:
    record = read_record(RECORD)
    truth = lead_table(examine_record(record), person_of(record), carried_by(record))
    st, waves = (shown(table) for table in dialog.tables)
    assert list(st) == list(waves) == list(STANDARD_LEADS)
    assert list(st["V2"]) == ["J mV", "J+40 mV", "J+60 mV", "J+80 mV", "slope mV/s"]
    cell = truth.leads["V2"]["st_j60_mv"]
    assert cell.value is not None
    assert cell.percentile is not None
    assert st["V2"]["J+60 mV"].startswith(f"{cell.value:+.2f} ({cell.percentile:.0f})")
    r = truth.leads["V5"]["r_mv"].value
    assert r is not None
    assert waves["V5"]["R mV"].startswith(f"{r:.2f} (")
    signs = {lead: texts["J+60 mV"][-1:] for lead, texts in st.items()}
    outside = {lead for lead in STANDARD_LEADS if truth.leads[lead]["st_j60_mv"].side}
    assert {lead for lead, sign in signs.items() if sign in "↑↓▲▼"} == outside
    assert str(truth.group) in dialog.legend.text()


def test_a_chosen_cell_says_in_full_what_it_holds_or_why_it_is_empty(
    window: MainWindow, dialog: LeadTableDialog, demo: Path, qtbot: QtBot
) -> None:
    st = dialog.tables[0]
    st.setCurrentIndex(st.model().index(STANDARD_LEADS.index("V2"), 3))
    assert dialog.detail.text().startswith("V2, ST 60 ms after the J point: ")
    assert " mm at 10 mm/mV)" in dialog.detail.text()
    assert "% of " in dialog.detail.text()
    window.session.open([demo / "00170_hr.hea"])
    waves = dialog.tables[1]
    qtbot.waitUntil(lambda: dialog.table is not None and any("—" in row for row in waves.texts))
    dialog.pages.setCurrentIndex(1)
    empty = next((row, column) for row, texts in enumerate(waves.texts) for column, text in enumerate(texts)
                 if text == "—")
    index = waves.model().index(*empty)
    waves.setCurrentIndex(index)
    assert ": not measured, " in dialog.detail.text()
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == dialog.detail.text(), "a screen reader reads the reason"


def test_columns_sort_and_the_first_one_brings_the_order_of_the_leads_back(dialog: LeadTableDialog) -> None:
    table = dialog.tables[0]
    table.sortByColumn(3, Qt.SortOrder.DescendingOrder)
    values = [float(row[3].split(" (")[0].replace("−", "-")) for row in table.texts]
    assert values == sorted(values, reverse=True)
    assert [row[0] for row in table.texts] != list(STANDARD_LEADS)
    table.sortByColumn(0, Qt.SortOrder.AscendingOrder)
    assert [row[0] for row in table.texts] == list(STANDARD_LEADS)


def test_under_cabrera_the_leads_stand_in_its_order_and_avr_is_as_recorded(
    window: MainWindow, dialog: LeadTableDialog
) -> None:
    before = shown(dialog.tables[1])["aVR"]
    window.action("cabrera").trigger()
    assert list(shown(dialog.tables[1]))[:4] == ["aVL", "I", "aVR", "II"]
    assert shown(dialog.tables[1])["aVR"] == before
    assert "aVR is measured as recorded" in dialog.legend.text()


def test_amplitudes_are_shown_in_millimetres_of_the_standard_gain(window: MainWindow, dialog: LeadTableDialog) -> None:
    window.session.view.set_gain(20.0)
    truth = dialog.table
    assert truth is not None
    value = truth.leads["V2"]["st_j60_mv"].value
    assert value is not None
    dialog.unit.setCurrentIndex(1)
    assert shown(dialog.tables[0])["V2"]["J+60 mm"].startswith(f"{10 * value:+.1f} (")
    assert "slope mV/s" in shown(dialog.tables[0])["V2"]


def test_st_is_measured_on_the_recording_as_it_is_whatever_filter_the_paper_shows(
    window: MainWindow, dialog: LeadTableDialog, qtbot: QtBot
) -> None:
    before = [table.texts for table in dialog.tables]
    assert "do not read ST" not in dialog.notes.text()
    window.action("filter_monitor").trigger()
    qtbot.waitUntil(lambda: "ST not to be read with this filter" in window.paper.filter_readout)
    assert "The paper is filtered (0.5–40 Hz monitor): do not read ST there" in dialog.notes.text()
    details = dialog.table
    assert details is not None
    tracker = window.feature(LeadTableFeature).tracker
    window.session.view.set_heat_visible(False)
    window.session.view.set_heat_visible(True)
    assert tracker.details is not None
    assert tracker.details.table is details, "nothing is measured anew"
    assert [table.texts for table in dialog.tables] == before
    record = window.session.record
    assert record is not None
    filtered = window.session.view.filter.in_force(record.sampling_rate_hz).apply(record.read(), 500.0)
    through = lead_table(examine_signal(filtered, 500.0, record.lead_names), person_of(record), carried_by(record))
    cell = (details.leads["V2"]["st_j60_mv"].value, through.leads["V2"]["st_j60_mv"].value)
    assert cell[0] != cell[1], "measured behind the filter it would be another"
    window.action("filter_st").trigger()
    assert "do not read ST" not in dialog.notes.text()


def test_normals_are_not_mentioned_while_the_programs_marks_are_hidden(
    window: MainWindow, dialog: LeadTableDialog
) -> None:
    window.action("model_marks").trigger()
    texts = "".join("".join(row) for table in dialog.tables for row in table.texts)
    assert not set(texts) & set("(↑↓▲▼")
    assert "percentile among" not in dialog.legend.text()
    dialog.copy()
    assert "(" not in QApplication.clipboard().text().splitlines()[2]


def test_the_table_is_copied_and_saved_whole(
    window: MainWindow, dialog: LeadTableDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "leads.csv"
    monkeypatch.setattr("ecg_viewer.qt.measure.lead_table_dialog.QFileDialog.getSaveFileName",
                        lambda *_: (str(target), ""))
    dialog.save_button.click()
    rows = list(csv.DictReader(target.read_text("utf-8-sig").splitlines()))
    assert len(rows) == 12 * len(TABLE_QUANTITIES)
    table = dialog.table
    assert table is not None
    row = next(row for row in rows if (row["lead"], row["quantity"]) == ("V2", "st_j60_mv"))
    assert float(row["value"]) == pytest.approx(table.leads["V2"]["st_j60_mv"].value, abs=1e-4)
    assert float(row["percent_below"]) == pytest.approx(table.leads["V2"]["st_j60_mv"].percentile, abs=0.01)
    assert row["unit"] == "mV"
    assert "leads.csv" in dialog.detail.text()
    dialog.close_button.click()
    window.action("lead_table_copy").trigger()
    lines = QApplication.clipboard().text().splitlines()
    assert lines[1].split("\t")[:3] == ["Lead", "J mV", "J+40 mV"]
    assert [line.split("\t")[0] for line in lines[2:14]] == list(STANDARD_LEADS)
    assert "Research use only" in lines[-1]


def test_a_file_that_cannot_be_written_is_said_in_the_window(dialog: LeadTableDialog, tmp_path: Path) -> None:
    (tmp_path / "taken").mkdir()
    dialog.write(tmp_path / "taken")
    assert "taken could not be written" in dialog.detail.text()

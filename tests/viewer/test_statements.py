"""Codes of a data set are told in words, in both languages, and found by them."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt

from ecg_viewer.jobs.opening import DEMO_TABLE, DEMO_TITLES
from ecg_viewer.qt.worklist.filter_bar import FilterBar
from ecg_viewer.state.file_information import header_lines
from ecg_viewer.state.records import RecordItem
from ecg_viewer.state.words.language import set_translator
from ecg_viewer.state.words.statement_words import STATEMENTS, explained, meaning
from ecg_viewer.state.worklist.columns import make_columns
from ecg_viewer.state.worklist.filters import WorklistFilter
from ecg_viewer.state.worklist.results import DEFAULT_THRESHOLD, Results, ScoreSource
from ecg_viewer.state.worklist.second_scores import SecondScores
from ecg_viewer.state.worklist.sorting import Table
from ecg_viewer.state.worklist.worklist_words import row_tooltip, second_line
from mmae_core.readers import read_record
from mmae_core.resources import resource

ITEM = RecordItem(Path("one.hea"), "one", "dataset", statements=(("SR", 0.0), ("IMI", 100.0), ("wide_beat", 0.0)))


def test_all_71_codes_have_a_meaning_and_the_strongest_comes_first() -> None:
    assert len(STATEMENTS) == 71
    assert explained(ITEM.statements) == (
        "IMI 100: inferior myocardial infarction", "SR: sinus rhythm", "wide beat")
    assert meaning("STTC") == "ST or T wave change"
    assert meaning("none of them") == ""


def test_the_worklist_and_the_tab_record_tell_them_and_a_search_finds_them() -> None:
    columns = make_columns([ITEM])
    normal = np.zeros(1, bool)
    table = Table(columns, Results(1, ScoreSource(""), normal, DEFAULT_THRESHOLD), np.zeros(1, np.int8),
                  SecondScores.none(1))
    assert "IMI 100: inferior myocardial infarction; SR: sinus rhythm" in row_tooltip(table, 0)
    assert WorklistFilter(text="infarction inferior").mask(columns, table.results, table.review).all()
    record = read_record(resource("demo") / "00170_hr.hea")
    lines = {line.title: line.value for line in header_lines(record, ITEM)}
    assert lines["Data set's statements"].splitlines()[0] == "IMI 100: inferior myocardial infarction"
    assert "CC BY 4.0" in lines["Source"]


def test_the_choice_of_statements_explains_them(qtbot) -> None:
    bar = FilterBar()
    qtbot.addWidget(bar)
    bar.show_columns(make_columns([ITEM]))
    place = bar.statement.findData("IMI")
    assert bar.statement.itemData(place, Qt.ItemDataRole.ToolTipRole) == "inferior myocardial infarction"


@pytest.fixture
def german():
    set_translator(lambda text: {"Normal ECG": "Normales EKG"}.get(text, text))
    yield
    set_translator(None)


def test_titles_of_the_demo_are_known_to_translators(german) -> None:
    with (resource("demo") / DEMO_TABLE).open(encoding="utf-8", newline="") as stream:
        assert tuple(row["title"] for row in csv.DictReader(stream)) == DEMO_TITLES
    item = RecordItem(Path("one.hea"), "one", "demo", "Normal ECG")
    assert second_line(item) == "Normales EKG"
    assert make_columns([item]).statements == ("Normales EKG",)

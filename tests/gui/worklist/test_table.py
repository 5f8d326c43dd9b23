"""The worklist as one uses it: searched, filtered, sorted, walked through, narrow and wide."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from ecg_viewer.app import Program
from ecg_viewer.jobs.opening import opening_job
from ecg_viewer.qt.review.review_feature import ReviewFeature
from ecg_viewer.qt.worklist import worklist_model as model_module
from ecg_viewer.qt.worklist import worklist_table as table_module
from ecg_viewer.qt.worklist.thumbnails import EMPTY
from ecg_viewer.qt.worklist.worklist_feature import WorklistFeature
from ecg_viewer.qt.worklist.worklist_model import COLUMN_IDS, ITEM, WorklistModel
from ecg_viewer.state.opening_results import Opened
from ecg_viewer.state.problem import Problem
from ecg_viewer.state.records import RecordItem
from ecg_viewer.state.review.review import Summary
from ecg_viewer.state.settings import SettingsFile
from ecg_viewer.state.worklist import worklist_words as words
from ecg_viewer.state.worklist.filters import WorklistFilter
from ecg_viewer.state.worklist.results import RecordScore, TruthFigures, tally
from ecg_viewer.state.worklist.sorting import BY_ID, Sort
from ecg_viewer.state.worklist.stored_measurements import RowMeasurements, StrongestFinding
from mmae_core.resources import resource

MINI = Path(__file__).parents[2] / "data" / "ptbxl-mini"
PTBXL_RECORDS = 21_799
MakeWorklist = Callable[..., tuple[Program, WorklistFeature]]


def trigger(program: Program, action: str) -> None:
    assert program.window.action(action).isEnabled(), action
    program.window.action(action).trigger()


def names(feature: WorklistFeature) -> list[str]:
    return [feature.panel.model.item_at(position).name for position in range(feature.panel.model.rowCount())]


def click_header(qtbot: QtBot, feature: WorklistFeature, column: str) -> None:
    header = feature.panel.view.horizontalHeader()
    section = COLUMN_IDS.index(column)
    place = QPoint(header.sectionViewportPosition(section) + header.sectionSize(section) // 2, header.height() // 2)
    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)


def middle_of(feature: WorklistFeature, position: int) -> QPoint:
    index = feature.panel.model.index(position, COLUMN_IDS.index("name"))
    return feature.panel.view.visualRect(index).center()


def score_all(feature: WorklistFeature, values: list[float]) -> None:
    scores = {row: RecordScore(value, 90.0 + value, 1.0, "good", ()) for row, value in enumerate(values)}
    feature.worklist.set_source(feature.worklist.results.source, scores)


def test_a_click_opens_the_record_and_next_record_follows_the_order_shown(
    qtbot: QtBot, make_worklist: MakeWorklist
) -> None:
    program, feature = make_worklist(MINI)
    feature.worklist.set_sort(Sort("age", descending=True))
    listed = names(feature)
    qtbot.mouseClick(feature.panel.view.viewport(), Qt.MouseButton.LeftButton, pos=middle_of(feature, 2))
    qtbot.waitUntil(lambda: program.session.item is not None and program.session.item.name == listed[2])
    trigger(program, "next_record")
    qtbot.waitUntil(lambda: program.session.item.name == listed[3])
    assert feature.panel.view.currentIndex().row() == 3


def test_a_header_sorts_turns_round_and_goes_back_to_the_lists_own_order(
    qtbot: QtBot, make_worklist: MakeWorklist
) -> None:
    program, feature = make_worklist(MINI)
    own = names(feature)
    trigger(program, "worklist")
    click_header(qtbot, feature, "age")
    ages = [feature.panel.model.item_at(position).age or 0 for position in range(24)]
    assert ages == sorted(ages)
    click_header(qtbot, feature, "age")
    assert feature.worklist.sort == Sort("age", descending=True)
    header = feature.panel.view.horizontalHeader()
    assert header.sortIndicatorOrder() == Qt.SortOrder.DescendingOrder
    click_header(qtbot, feature, "age")
    assert names(feature) == own


def test_ctrl_t_shows_the_table_over_the_window_and_keeps_filter_order_and_row(
    qtbot: QtBot, make_worklist: MakeWorklist
) -> None:
    program, feature = make_worklist(MINI)
    feature.worklist.set_sort(Sort("name", descending=True))
    feature.worklist.set_filter(WorklistFilter(sex="female"))
    before, current = names(feature), feature.panel.view.current_path()
    view, columns = feature.panel.view, {"name", "percentile", "review"}
    assert {name for place, name in enumerate(COLUMN_IDS) if not view.isColumnHidden(place)} == columns
    qtbot.keyClick(program.window, Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    assert feature.panel.is_wide
    assert not program.window.paper.isVisible()
    assert program.window.status.isVisible(), "research use only stays in view"
    assert view.hasFocus()
    shown = {name for place, name in enumerate(COLUMN_IDS) if not view.isColumnHidden(place)}
    assert shown > columns | {"statements", "age", "sex", "fold", "trace"}
    qtbot.waitUntil(lambda: feature.panel.width() == program.window.width())
    assert view.widths == {}, "nobody has chosen a width"
    assert view.columnWidth(COLUMN_IDS.index("trace")) == BY_ID["trace"].width
    assert view.columnWidth(COLUMN_IDS.index("statements")) >= 220, "however many columns there are"
    assert (names(feature), view.current_path()) == (before, current)
    qtbot.keyClick(view, Qt.Key.Key_Escape)
    assert not feature.panel.is_wide
    assert program.window.paper.isVisible()
    qtbot.waitUntil(lambda: feature.panel.width() < 300)
    assert names(feature) == before


def test_in_the_wide_table_a_click_chooses_and_a_double_click_or_enter_opens_beside_the_paper(
    qtbot: QtBot, make_worklist: MakeWorklist
) -> None:
    program, feature = make_worklist(MINI)
    first = program.session.item
    trigger(program, "worklist")
    view = feature.panel.view
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=middle_of(feature, 3))
    assert view.currentIndex().row() == 3
    assert program.session.item == first
    assert feature.panel.is_wide
    qtbot.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=middle_of(feature, 3))
    qtbot.waitUntil(lambda: program.session.item.path == feature.panel.model.item_at(3).path)
    assert not feature.panel.is_wide
    trigger(program, "worklist")
    qtbot.keyClick(view, Qt.Key.Key_Down)
    qtbot.keyClick(view, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: program.session.item.path == feature.panel.model.item_at(4).path)


def test_search_by_key_finds_words_of_statements_and_report_and_enter_goes_on_to_the_table(
    qtbot: QtBot, make_worklist: MakeWorklist
) -> None:
    program, feature = make_worklist(MINI)
    panel = feature.panel
    qtbot.keyClick(program.window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert panel.filter_edit.hasFocus()
    qtbot.keyClicks(panel.filter_edit, "norm normales")
    expected = [item.name for item in feature.worklist.columns.items
                if "NORM" in dict(item.statements) and "normales" in item.report]
    assert 0 < len(expected) < 24
    qtbot.waitUntil(lambda: names(feature) == expected)
    assert panel.active_filters.text() == f"{len(expected)} of 24 shown · clear filters"
    assert panel.active_filters.isVisible(), "a search, too, is cleared by one click"
    qtbot.keyClick(panel.filter_edit, Qt.Key.Key_Return)
    assert panel.view.hasFocus()
    panel.filter_edit.setFocus()
    qtbot.keyClick(panel.filter_edit, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: len(names(feature)) == 24)
    assert panel.title == "Recordings · 24"
    assert panel.active_filters.isHidden()


def test_each_choice_of_the_filter_bar_filters_and_all_are_cleared_at_once(
    qtbot: QtBot, make_worklist: MakeWorklist
) -> None:
    program, feature = make_worklist(MINI)
    items = feature.worklist.columns.items
    trigger(program, "worklist")
    bar = feature.panel.filter_bar
    choices = (
        (bar.superclass, "MI", lambda item: "MI" in item.superclasses),
        (bar.statement, "IMI", lambda item: "IMI" in dict(item.statements)),
        (bar.fold, items[0].fold, lambda item: item.fold == items[0].fold),
        (bar.sex, "male", lambda item: item.sex == "male"),
        (bar.state, "reviewed", lambda item: False),
        (bar.quality, "poor", lambda item: False),
        (bar.truth, "missed", lambda item: False),
    )
    for box, value, fits in choices:
        assert box.accessibleName()
        box.setCurrentIndex(box.findData(value))
        assert names(feature) == [item.name for item in items if fits(item)], box.accessibleName()
        trigger(program, "clear_filters")
        assert len(names(feature)) == 24
        assert box.currentIndex() == 0
    bar.min_age.setValue(60)
    bar.max_age.setValue(89)
    assert names(feature) == [item.name for item in items if item.age is not None and 60 <= item.age <= 89]
    qtbot.mouseClick(feature.panel.active_filters, Qt.MouseButton.LeftButton)
    assert bar.min_age.text() == "any"
    score_all(feature, [float(row % 10) for row in range(24)])
    bar.percentile.setValue(97.5)
    assert names(feature) == [items[row].name for row in range(24) if row % 10 >= 8]
    trigger(program, "worklist")
    assert feature.panel.active_filters.text() == "4 of 24 shown · clear filters"
    qtbot.mouseClick(feature.panel.active_filters, Qt.MouseButton.LeftButton)
    assert len(names(feature)) == 24


def test_an_empty_list_and_an_empty_search_say_what_to_do(qtbot: QtBot, make_worklist: MakeWorklist) -> None:
    _, feature = make_worklist()
    assert feature.panel.empty.isVisible()
    assert "Ctrl+Shift+O" in feature.panel.empty.text()
    _, feature = make_worklist(MINI)
    feature.panel.filter_edit.setText("nobody has this")
    qtbot.waitUntil(feature.panel.empty.isVisible)
    assert "No recording fulfils the filters" in feature.panel.empty.text()
    assert feature.panel.active_filters.text() == "0 of 24 shown · clear filters"


def test_a_column_is_wide_enough_for_its_words_in_every_language(
    qtbot: QtBot, make_worklist: MakeWorklist, monkeypatch: pytest.MonkeyPatch
) -> None:
    program, feature = make_worklist(MINI)
    monkeypatch.setattr(table_module, "tr", lambda text: f"ein langes deutsches Wort für {text}")
    trigger(program, "worklist")
    view = feature.panel.view
    needed = view.fontMetrics().horizontalAdvance("ein langes deutsches Wort für Sex")
    assert view.columnWidth(COLUMN_IDS.index("sex")) > needed


def test_what_is_said_of_the_review_is_never_cut(
    qtbot: QtBot, make_worklist: MakeWorklist, monkeypatch: pytest.MonkeyPatch
) -> None:
    program, feature = make_worklist(MINI)
    monkeypatch.setattr(words, "tr", lambda text: f"ein langes deutsches Wort für {text}")
    trigger(program, "worklist")
    view, column = feature.panel.view, COLUMN_IDS.index("review")
    assert view.columnWidth(column) >= view.sizeHintForColumn(column)


def test_that_a_percentile_is_unreliable_is_never_cut_in_the_list(qtbot: QtBot, make_worklist: MakeWorklist) -> None:
    _, feature = make_worklist(MINI)
    view = feature.panel.view
    feature.worklist.set_source(feature.worklist.results.source, {0: RecordScore(1.0, 99.0, 0.1, "poor")})
    column = COLUMN_IDS.index("percentile")
    assert view.columnWidth(column) >= view.sizeHintForColumn(column)


def test_columns_are_chosen_and_remembered(
    qtbot: QtBot, make_worklist: MakeWorklist, monkeypatch: pytest.MonkeyPatch
) -> None:
    menus: list[QMenu] = []
    monkeypatch.setattr(QMenu, "popup", lambda menu, _place: menus.append(menu))
    program, feature = make_worklist(MINI)
    trigger(program, "worklist_columns")
    assert feature.panel.is_wide, "columns are chosen where they are seen"
    fold = next(action for action in menus[0].actions() if action.data() == "fold")
    assert fold.isChecked()
    fold.trigger()
    assert feature.panel.view.isColumnHidden(COLUMN_IDS.index("fold"))
    feature.panel.view.horizontalHeader().customContextMenuRequested.emit(QPoint(5, 5))
    assert len(menus) == 2
    _, again = make_worklist(MINI)
    assert SettingsFile().settings.worklist_columns == feature.panel.view.chosen
    assert "fold" not in again.panel.view.chosen


def test_thumbnails_are_made_for_the_rows_that_are_seen_in_the_wide_table_only(
    qtbot: QtBot, make_worklist: MakeWorklist
) -> None:
    program, feature = make_worklist(MINI)
    items = feature.worklist.columns.items
    assert feature.thumbnails.get(items[0].path) is None
    trigger(program, "worklist")
    _, last = feature.panel.view.seen()
    assert 5 < last < 23
    qtbot.waitUntil(lambda: feature.thumbnails.get(items[last].path) is not None)
    assert feature.thumbnails.get(items[23].path) is None
    shape = feature.thumbnails.get(items[0].path)
    assert shape is not None
    assert shape is not EMPTY
    assert shape.shape == (2, 140)
    assert shape.min() == 0
    assert shape.max() == 1, "the lead fills the height"


def test_next_record_to_review_goes_down_by_score_and_back_again(qtbot: QtBot, make_worklist: MakeWorklist) -> None:
    program, feature = make_worklist(resource("demo"))
    assert not program.window.action("next_failure").isEnabled()
    score_all(feature, [1.0, 5.0, 2.0, 4.0, 3.0])
    paths = [item.path for item in feature.worklist.columns.items]

    def opens(row: int) -> None:
        qtbot.waitUntil(lambda: program.session.item.path == paths[row] and not program.session.is_opening)

    trigger(program, "next_anomalous")
    opens(1)
    trigger(program, "next_anomalous")
    opens(3)
    trigger(program, "previous_anomalous")
    opens(1)
    feature.worklist.put_review({3: Summary("reviewed", 0, 0, 0)})
    trigger(program, "next_anomalous")
    opens(3)  # it was gone to before it was reviewed: the way back leads there again
    trigger(program, "next_anomalous")
    opens(4)


def found_all(feature: WorklistFeature) -> None:
    """Records that depart more as a whole the later they come, with findings the other way round."""
    found = [("ST elevation", "V2"), ("", "III"), ("T inversion", "V6"), ("Q wave", "aVF")]
    measured = [RowMeasurements({"pr_ms": value, "axis_deg": axis}, {"qtc_ms": "no T wave was found in enough leads"})
                for value, axis in ((240.0, -80.0), (math.nan, 20.0), (160.0, math.nan), (180.0, -170.0))]
    scores = {
        row: RecordScore(1.0 + row, 90.0, 1.0, "good", ((99.0, 1),), strongest=StrongestFinding(
            99.0 - row, (lead,), kind, "named" if kind else "model", kind and f"{kind}, {lead}"),
            measured=measured[row])
        for row, (kind, lead) in enumerate(found)
    }
    scores[4] = RecordScore(9.0, 99.0, 1.0, "good", ())
    feature.worklist.set_source(feature.worklist.results.source, scores)


def test_the_next_record_goes_by_the_record_or_by_its_strongest_finding_and_that_is_kept(
    qtbot: QtBot, make_worklist: MakeWorklist
) -> None:
    program, feature = make_worklist(resource("demo"))
    found_all(feature)
    paths = [item.path for item in feature.worklist.columns.items]
    assert [program.window.action(name).isChecked() for name in ("next_by_record", "next_by_finding")] == [
        True, False]

    def opens(row: int) -> None:
        qtbot.waitUntil(lambda: program.session.item.path == paths[row] and not program.session.is_opening)

    trigger(program, "next_anomalous")
    opens(4)
    trigger(program, "next_anomalous")
    opens(3)
    trigger(program, "next_by_finding")
    trigger(program, "next_anomalous")
    opens(0)
    trigger(program, "next_anomalous")
    opens(1)
    assert SettingsFile().settings.worklist_next_by == "finding"
    again, _ = make_worklist(resource("demo"))
    assert again.window.action("next_by_finding").isChecked()


def test_strongest_findings_and_intervals_are_columns_that_sort_and_are_found_by_search(
    qtbot: QtBot, make_worklist: MakeWorklist
) -> None:
    program, feature = make_worklist(resource("demo"))
    found_all(feature)
    trigger(program, "worklist")
    feature.panel.view.choose_columns(tuple(COLUMN_IDS))
    listed = [item.name for item in feature.worklist.columns.items]

    def column(name: str) -> list[str]:
        model = feature.panel.model
        return [model.index(position, COLUMN_IDS.index(name)).data() for position in range(model.rowCount())]

    click_header(qtbot, feature, "strongest")
    assert column("strongest") == ["99.0", "98.0", "97.0", "96.0", "none"]
    assert column("strongest_kind") == ["ST elevation", "model's map", "T inversion", "Q wave", ""]
    assert column("strongest_lead") == ["V2", "III", "V6", "aVF", ""]
    click_header(qtbot, feature, "pr_ms")
    assert column("pr_ms") == ["240", "180", "160", "–", ""], "what could not be measured is last"
    click_header(qtbot, feature, "pr_ms")
    assert column("pr_ms") == ["160", "180", "240", "–", ""], "in either direction"
    click_header(qtbot, feature, "axis_deg")
    assert column("axis_deg") == ["-170", "-80", "20", "–", ""]
    first = feature.panel.model.index(0, COLUMN_IDS.index("qtc_ms"))
    said = first.data(Qt.ItemDataRole.AccessibleTextRole)
    assert said == "QTc: Could not measure: QTc (no T wave was found in enough leads)"
    feature.panel.filter_edit.setText("q wave avf")
    qtbot.waitUntil(lambda: names(feature) == listed[3:4])


def test_the_review_state_of_the_open_recording_shows_at_once(qtbot: QtBot, make_worklist: MakeWorklist) -> None:
    program, feature = make_worklist(resource("demo"))
    review = COLUMN_IDS.index("review")
    cell = feature.panel.model.index(0, review)
    assert cell.data() == "○"
    program.window.feature(ReviewFeature).open_review.set_reviewer("A. Reader")
    trigger(program, "reviewed")
    qtbot.waitUntil(lambda: feature.panel.model.index(0, review).data() == "●")
    assert feature.panel.model.index(0, review).data(Qt.ItemDataRole.AccessibleTextRole) == "Review: ● Reviewed"


def test_review_states_of_earlier_days_are_listed(qtbot: QtBot, make_worklist: MakeWorklist) -> None:
    program, _ = make_worklist(resource("demo"))
    program.window.feature(ReviewFeature).open_review.set_reviewer("A. Reader")
    trigger(program, "reviewed")
    qtbot.waitUntil(lambda: program.window.feature(ReviewFeature).open_review.is_saved)
    program.window.close()
    _, again = make_worklist(resource("demo"))
    qtbot.waitUntil(lambda: list(again.worklist.review) == [2, 0, 0, 0, 0])


def test_failures_are_stepped_through_in_the_order_of_the_table(qtbot: QtBot, make_worklist: MakeWorklist) -> None:
    program, feature = make_worklist(resource("demo"))
    score = RecordScore(1.0, 90.0, 1.0, "good", ())
    hit, miss = tally([99.0]), tally([-1.0])
    truths = (TruthFigures(0.9, hit, ()), TruthFigures(0.3, miss, ()), TruthFigures(0.8, hit, hit))
    scores = {row: replace(score, truth=truth) for row, truth in enumerate(truths)}
    feature.worklist.set_source(feature.worklist.results.source, scores)
    feature.worklist.set_sort(Sort("auroc"))
    paths = [item.path for item in feature.worklist.columns.items]
    for action, row in (("previous_failure", 2), ("previous_failure", 1), ("next_failure", 2)):
        trigger(program, action)
        qtbot.waitUntil(lambda row=row: program.session.item.path == paths[row] and not program.session.is_opening)
    figures = feature.panel.figures
    qtbot.waitUntil(lambda: "2 of 3 regions hit from the 95th percentile on" in figures.text())
    assert figures.text().startswith("3 recordings with reference regions: mean AUROC 0.667 (95 % interval")
    trigger(program, "worklist")
    assert figures.isVisible()
    assert not feature.panel.view.isColumnHidden(COLUMN_IDS.index("auroc")), "columns of truth appear with it"
    program.session.view.set_heat_threshold(99.5)
    qtbot.waitUntil(lambda: "0 of 3 regions hit from the 99.5th percentile on" in figures.text())


def test_a_problem_is_said_in_the_wide_table_too(qtbot: QtBot, make_worklist: MakeWorklist) -> None:
    program, feature = make_worklist(resource("demo"))
    trigger(program, "worklist")
    program.window.show_problem(Problem("Something is wrong.", "details"))
    assert feature.panel.error_bar.isVisible()
    assert feature.panel.error_bar.text == "Something is wrong."
    assert feature.panel.error_bar.details == "details"


def items_like_ptbxl() -> list[RecordItem]:
    """PTB-XL's number of rows, out of real ones repeated."""
    sent: list[Opened] = []

    class Report:
        def send(self, event: object) -> None:
            assert isinstance(event, Opened)
            sent.append(event)

        def stopped(self) -> bool:
            return False

    opening_job([MINI])(Report())
    real = sent[0].items
    return [
        replace(real[number % len(real)], path=Path(f"/nowhere/{number:05d}_hr.hea"), name=f"{number:05d}")
        for number in range(PTBXL_RECORDS)
    ]


def test_a_list_of_21799_recordings_is_painted_only_where_it_is_seen(
    qtbot: QtBot, make_worklist: MakeWorklist, monkeypatch: pytest.MonkeyPatch
) -> None:
    program, feature = make_worklist()
    drawn: set[int] = set()
    data = WorklistModel.data

    def noted(self: WorklistModel, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role == ITEM:
            drawn.add(index.row())
        return data(self, index, role)

    monkeypatch.setattr(model_module.WorklistModel, "data", noted)
    program.session.records.add(items_like_ptbxl())
    qtbot.waitUntil(lambda: feature.panel.model.rowCount() == PTBXL_RECORDS)
    assert feature.panel.title == "Recordings · 21,799"
    feature.panel.filter_edit.setText("normales")
    qtbot.waitUntil(lambda: feature.panel.model.rowCount() < PTBXL_RECORDS)
    shown = feature.panel.model.rowCount()
    assert feature.panel.active_filters.text() == f"{shown:,} of 21,799 shown · clear filters"
    feature.panel.view.scrollToBottom()
    program.app.processEvents()
    assert 0 < len(drawn) < 500


def test_rows_stay_under_the_mouse_while_scores_arrive_and_are_sorted_on_request(
    qtbot: QtBot, make_worklist: MakeWorklist
) -> None:
    program, feature = make_worklist(MINI)
    feature.worklist.set_sort(Sort("percentile", descending=True))
    before = names(feature)
    feature.worklist.put_scores({int(row): RecordScore(float(place), 50.0 + place, 1.0, "good", ())
                                 for place, row in enumerate(feature.worklist.order)})
    y = feature.panel.view.visualRect(feature.panel.model.index(0, 0)).y()
    qtbot.waitUntil(feature.panel.sort_again.isVisible)
    assert names(feature) == before
    assert feature.panel.view.visualRect(feature.panel.model.index(0, 0)).y() == y
    assert feature.panel.view.mapTo(program.window, QPoint(0, 0)).y() < feature.panel.sort_again.mapTo(
        program.window, QPoint(0, 0)).y(), "below the rows, which do not move when it appears"
    qtbot.mouseClick(feature.panel.sort_again, Qt.MouseButton.LeftButton)
    assert names(feature) == before[::-1]
    assert not feature.panel.sort_again.isVisible()
    assert not program.window.action("sort_again").isEnabled()


def test_closing_the_list_shows_nothing_and_keeps_what_was_decided(
    qtbot: QtBot, make_worklist: MakeWorklist, demo: Path
) -> None:
    program, feature = make_worklist(demo)
    trigger(program, "worklist")
    qtbot.keyClick(program.window, Qt.Key.Key_W, Qt.KeyboardModifier.ControlModifier)
    assert program.session.record is None
    assert program.session.item is None
    assert (len(program.session.records), len(feature.worklist), names(feature)) == (0, 0, [])
    assert not feature.panel.is_wide
    assert program.window.empty_state.isVisible()
    assert not program.window.action("close_list").isEnabled()
    assert not program.window.action("confirm").isEnabled()
    program.session.open([MINI])
    qtbot.waitUntil(lambda: program.session.record is not None and len(names(feature)) == len(program.session.records))
    assert len(names(feature)) == 24
    assert not program.window.empty_state.isVisible()


def test_a_folder_takes_the_place_of_what_is_listed_unless_it_is_added(
    qtbot: QtBot, make_worklist: MakeWorklist, demo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program, feature = make_worklist(demo)
    listed = len(names(feature))

    def choose(folder: Path) -> None:
        monkeypatch.setattr("ecg_viewer.qt.window.open_feature.ask_folder", lambda *_: folder)

    choose(MINI)
    trigger(program, "open_folder")
    qtbot.waitUntil(lambda: len(names(feature)) == 24)
    assert program.session.item.path.is_relative_to(MINI)
    choose(demo)
    trigger(program, "add_folder")
    qtbot.waitUntil(lambda: len(names(feature)) == 24 + listed)
    trigger(program, "open_folder")
    qtbot.waitUntil(lambda: len(names(feature)) == listed)


def test_a_recording_is_added_to_a_list_but_not_to_the_demo(
    qtbot: QtBot, make_worklist: MakeWorklist, write_record: Callable[..., Path]
) -> None:
    program, feature = make_worklist()
    program.window.open_demo()
    qtbot.waitUntil(lambda: len(names(feature)) == 5)
    program.session.open([write_record("own")])
    qtbot.waitUntil(lambda: names(feature) == ["own"])
    program.session.open([write_record("second")])
    qtbot.waitUntil(lambda: sorted(names(feature)) == ["own", "second"])

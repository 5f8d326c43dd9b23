"""The window: keys, the model's marks, messages, the notice, themes, and names for assistive technology."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from html import escape
from pathlib import Path

import numpy as np
import pytest
import wfdb
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QAbstractSlider, QComboBox, QLineEdit, QProgressBar
from pytestqt.qtbot import QtBot

from ecg_viewer.app import Program
from ecg_viewer.qt.actions import MENUS
from ecg_viewer.qt.features import all_actions
from ecg_viewer.qt.research.research_feature import ResearchFeature
from ecg_viewer.qt.summary.summary_feature import SummaryFeature
from ecg_viewer.qt.window.help_dialog import HelpDialog, help_groups, help_html
from ecg_viewer.state.assessment import Phase
from ecg_viewer.state.calibration import Calibration
from ecg_viewer.state.settings import SettingsFile
from ecg_viewer.state.words.record_words import RESEARCH_USE_BADGE

K = Qt.Key
MakeProgram = Callable[..., Program]
WriteRecord = Callable[..., Path]


@pytest.fixture
def opened(qtbot: QtBot, make_program, write_record) -> Program:
    """A recording of 60 s, assessed."""
    program = make_program()
    program.session.open([write_record("sixty", 60.0)])
    qtbot.waitUntil(lambda: program.session.assessment.phase is Phase.DONE)
    qtbot.waitUntil(lambda: program.window.paper.is_complete)
    return program


def pixels(program: Program) -> np.ndarray:
    image = program.window.paper.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    return np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.width(), 4)[..., :3].copy()


def test_arrow_keys_scroll_by_a_window_and_by_a_beat(qtbot: QtBot, opened: Program) -> None:
    view, paper = opened.session.view, opened.window.paper
    qtbot.keyClick(paper, K.Key_Right)
    assert view.start_s == pytest.approx(view.visible_s)
    qtbot.keyClick(paper, K.Key_Left)
    assert view.start_s == 0
    qtbot.keyClick(paper, K.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert view.start_s == pytest.approx(0.8)
    qtbot.keyClick(paper, K.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    assert view.start_s == 0
    qtbot.keyClick(paper, K.Key_End)
    assert view.end_s == pytest.approx(60)
    qtbot.keyClick(paper, K.Key_Home)
    assert view.start_s == 0


def test_keys_change_speed_and_gain_and_ctrl_0_brings_the_standard_back(qtbot: QtBot, opened: Program) -> None:
    view, paper, bar = opened.session.view, opened.window.paper, opened.window.tool_bar
    qtbot.keyClick(paper, K.Key_Plus)
    qtbot.keyClick(paper, K.Key_BracketRight)
    assert (view.calibration.mm_per_s, view.calibration.mm_per_mv) == (50, 20)
    assert (bar.speed.currentText(), bar.gain.currentText()) == ("50 mm/s", "20 mm/mV")
    qtbot.keyClick(paper, K.Key_Minus)
    qtbot.keyClick(paper, K.Key_Minus)
    qtbot.keyClick(paper, K.Key_BracketLeft)
    qtbot.keyClick(paper, K.Key_BracketLeft)
    assert (view.calibration.mm_per_s, view.calibration.mm_per_mv) == (12.5, 5)
    qtbot.keyClick(paper, K.Key_0, Qt.KeyboardModifier.ControlModifier)
    assert view.calibration == Calibration()
    view.zoom(1.3)
    assert bar.speed.currentText() == "32.5 mm/s"
    view.standard_calibration()
    assert bar.speed.count() == 4


def test_choices_in_the_toolbar_reach_the_paper(opened: Program) -> None:
    view, bar = opened.session.view, opened.window.tool_bar
    bar.speed.setCurrentIndex(2)
    bar.speed.activated.emit(2)
    bar.gain.activated.emit(4)
    assert (view.calibration.mm_per_s, view.calibration.mm_per_mv) == (50, 40)
    bar.opacity.setValue(40)
    assert view.heat_look.opacity == pytest.approx(0.4)


def test_space_hides_every_mark_of_the_model_and_brings_it_back(qtbot: QtBot, opened: Program) -> None:
    window = opened.window
    without = pixels_of_another_window_without_heat(opened)
    opened.session.go_to_finding(0)
    with_heat = pixels(opened)
    qtbot.keyClick(window.paper, K.Key_Space)
    hidden = pixels(opened)
    assert not opened.session.view.heat_visible
    assert not window.action("model_marks").isChecked()
    assert (hidden != with_heat).any()
    assert np.array_equal(hidden, without), "what remains is the ECG as recorded, nothing else"
    qtbot.keyClick(window.paper, K.Key_Space)
    assert np.array_equal(pixels(opened), with_heat)


def test_space_hides_what_the_model_made_of_known_lesions_and_leaves_the_lesions(
    qtbot: QtBot, make_program: MakeProgram, write_record: WriteRecord
) -> None:
    header = write_record("known")
    wfdb.wrann("known", "lesion", np.array([475, 575, 1000, 1150]), ["(", ")"] * 2, chan=np.array([8, 8, 0, 0]),
               aux_note=["st_shift", ""] * 2, write_dir=str(header.parent))
    program = make_program()
    view, paper = program.session.view, program.window.paper
    program.session.open([header])
    tracker = program.window.feature(ResearchFeature).tracker
    qtbot.waitUntil(lambda: tracker.localization is not None)  # wfdb is imported first
    qtbot.waitUntil(lambda: paper.is_complete)

    def tips() -> list[str]:
        return [paper.tip_at(QPointF(area.x_of(time_s), area.top + area.height / 2))
                for area, time_s in ((paper.areas_of("V3")[0], 2.15), (paper.areas_of("I")[0], 4.2))]

    def seen(threshold: float) -> list[np.ndarray]:
        """The paper with a hit and a miss, or with two misses; where the lesions are there is no heat to differ."""
        view.set_heat_threshold(threshold)
        picture = pixels(program)
        return [picture[:, round(paper.x_of_time(at)):round(paper.x_of_time(to))] for at, to in ((1.9, 2.3), (4, 4.6))]

    view.set_heat_look(replace(view.heat_look, style="off"))
    hit, missed = seen(90)
    assert len(tracker.outcome.hits) == 1
    assert [tip.split(" · ")[0] for tip in tips()] == ["▲ Hit", "△ Miss"]
    assert not np.array_equal(hit, seen(99.9)[0])
    colour = [QColor(paper.theme.model_colour).getRgb()[2::-1]]
    qtbot.keyClick(paper, K.Key_Space)
    hidden = seen(90)
    assert [tip.split(" · ")[0] for tip in tips()] == ["st shift", "st shift"]
    assert not any((part == colour).all(axis=2).any() for part in hidden), "no mark of the model's anywhere"
    assert not np.array_equal(hidden[1], missed)
    assert len(tracker.outcome.hits) == 1
    assert all(np.array_equal(*both) for both in zip(hidden, seen(99.9), strict=True)), "whatever the model found"
    program.window.action("truth").trigger()
    assert not any(np.array_equal(*both) for both in zip(hidden, seen(90), strict=True)), "the lesions stood there"


def pixels_of_another_window_without_heat(program: Program) -> np.ndarray:
    program.session.view.set_heat_visible(False)
    picture = pixels(program)
    program.session.view.set_heat_visible(True)
    return picture


def test_the_heat_appears_behind_the_lead_where_the_model_found_something(opened: Program) -> None:
    paper = opened.window.paper
    opened.session.view.set_heat_visible(True)
    shown = pixels(opened).astype(int)
    opened.session.view.set_heat_visible(False)
    bare = pixels(opened).astype(int)
    changed = np.abs(shown - bare).max(axis=2) > 8
    band = paper.band_of("V3").toRect()
    left, right = round(paper.x_of_time(2.0)), round(paper.x_of_time(2.2))
    inside = changed[band.top() + 2 : band.bottom() - 2, left + 2 : right - 2]
    beside = changed[band.top() + 2 : band.bottom() - 2, right + 4 : right + 60]
    assert inside.mean() > 0.8
    assert beside.mean() < 0.05


def test_the_status_bar_names_lead_time_amplitude_and_percentile(qtbot: QtBot, opened: Program) -> None:
    paper, label = opened.window.paper, opened.window.status.cursor_label
    spot = QPointF(paper.x_of_time(2.1), paper.band_of("V3").center().y())
    QTest.mouseMove(paper, spot.toPoint())
    qtbot.waitUntil(lambda: "V3" in label.text())
    assert "2.1" in label.text()
    assert "mV" in label.text()
    assert "percentile 99.8" in label.text()
    flat = QPointF(paper.x_of_time(3.0), paper.band_of("aVL").center().y())
    QTest.mouseMove(paper, flat.toPoint())
    qtbot.waitUntil(lambda: "aVL" in label.text())
    assert "not assessed" in label.text()


def test_a_focused_control_keeps_its_keys(qtbot: QtBot, opened: Program) -> None:
    bar, view = opened.window.tool_bar, opened.session.view
    bar.opacity.setFocus(Qt.FocusReason.TabFocusReason)
    bar.opacity.setValue(80)
    qtbot.keyClick(bar.opacity, K.Key_Left)
    assert bar.opacity.value() == 79
    assert view.start_s == 0
    edit = opened.window.records_panel.filter_edit
    edit.setFocus()
    qtbot.keyClicks(edit, "jk 1")
    assert edit.text() == "jk 1"
    assert opened.session.finding is None
    assert view.heat_visible


def test_the_notice_is_shown_once_and_stands_in_nobodys_way(qtbot: QtBot, make_program, demo: Path) -> None:
    first = make_program(settings=SettingsFile())
    first.window.show_notice_once()
    bar = first.window.notice_bar
    assert bar.isVisible()
    assert "not for diagnosis" in bar.text
    first.session.open([demo / "00170_hr.hea"])
    qtbot.waitUntil(lambda: first.session.assessment.phase is Phase.DONE)
    qtbot.mouseClick(bar.dismiss_button, Qt.MouseButton.LeftButton)
    assert not bar.isVisible()
    second = make_program(settings=SettingsFile())
    second.window.show_notice_once()
    assert not second.window.notice_bar.isVisible()


def test_an_unread_notice_comes_again(make_program) -> None:
    make_program(settings=SettingsFile()).window.show_notice_once()
    again = make_program(settings=SettingsFile())
    again.window.show_notice_once()
    assert again.window.notice_bar.isVisible()


def test_the_badge_is_always_there(opened: Program) -> None:
    badge = opened.window.status.badge
    assert badge.isVisible()
    assert badge.text() == RESEARCH_USE_BADGE
    opened.session.view.set_heat_visible(False)
    assert badge.isVisible()
    opened.window.resize(opened.window.minimumSize())
    opened.app.processEvents()
    assert badge.isVisible()
    assert badge.width() >= badge.sizeHint().width(), "not clipped in the smallest window"


def test_the_table_of_actions_is_complete_and_without_conflicts(opened: Program) -> None:
    actions = opened.window.actions_by_id
    assert set(actions) == {spec.id for spec in all_actions()}
    keys = [key for spec in all_actions() for key in spec.keys]
    assert len(keys) == len(set(keys)), "a key does one thing"
    assert {spec.menu.partition("/")[0] for spec in all_actions()} <= set(MENUS)
    page = help_html(help_groups(all_actions()))
    for spec in all_actions():
        assert escape(spec.text) in page
        assert spec.tip, f"{spec.id} is explained"


def test_what_makes_no_sense_is_disabled(qtbot: QtBot, make_program, write_record) -> None:
    program = make_program()
    action = program.window.action
    for action_id in ("window_on", "next_finding", "cancel", "assess", "next_record"):
        assert not action(action_id).isEnabled(), action_id
    program.session.open([write_record("thirty", 30.0)])
    qtbot.waitUntil(lambda: program.session.assessment.phase is Phase.DONE)
    assert action("window_on").isEnabled()
    assert action("next_finding").isEnabled()
    assert not action("cancel").isEnabled()
    assert not action("next_record").isEnabled(), "the list has one recording"


def test_every_control_has_a_name_for_assistive_technology(opened: Program) -> None:
    controls = [
        widget
        for kind in (QAbstractButton, QAbstractItemView, QAbstractSlider, QComboBox, QLineEdit, QProgressBar)
        for widget in opened.window.findChildren(kind)
        if not widget.objectName().startswith("qt_") and widget.isVisible() and "Header" not in type(widget).__name__
    ]
    assert len(controls) > 10
    nameless = [
        widget
        for widget in controls
        if not widget.accessibleName() and not (isinstance(widget, QAbstractButton) and widget.text())
        and type(widget).__name__ not in ("QScrollBar", "QComboBoxListView", "QToolBarExtension")
    ]
    assert nameless == []


def test_colours_follow_the_choice_and_are_remembered(opened: Program) -> None:
    window = opened.window
    window.choose_theme("dark")
    assert window.paper.theme.is_dark
    assert window.palette().window().color().lightness() < 80
    assert SettingsFile().settings.theme == "dark"
    window.choose_theme("light")
    assert not window.paper.theme.is_dark


def test_the_opacity_is_remembered(make_program) -> None:
    settings = SettingsFile()
    program = make_program(settings=settings)
    program.session.view.set_heat_opacity(0.5)
    program.window.close()
    assert make_program(settings=SettingsFile()).session.view.heat_look.opacity == pytest.approx(0.5)


def test_help_opens_with_a_question_mark(qtbot: QtBot, opened: Program) -> None:
    qtbot.keyClick(opened.window.paper, K.Key_Question)
    dialogs = opened.window.findChildren(HelpDialog)
    assert len(dialogs) == 1
    assert "Next finding" in dialogs[0].text.toPlainText()
    dialogs[0].reject()


def test_panels_can_be_hidden_and_shown(qtbot: QtBot, opened: Program) -> None:
    window = opened.window
    wide = window.paper.width()
    qtbot.keyClick(window.paper, K.Key_F7)
    assert not window.records_panel.isVisible()
    assert not window.action("show_records").isChecked()
    qtbot.waitUntil(lambda: window.paper.width() > wide)
    qtbot.keyClick(window.paper, K.Key_F7)
    assert window.records_panel.isVisible()


def test_a_long_record_says_hours_and_minutes(qtbot: QtBot, make_program, write_record) -> None:
    program = make_program()
    program.session.open([write_record("hour", 700.0, rate=100)])
    qtbot.waitUntil(lambda: program.session.assessment.phase is Phase.DONE)
    model = program.window.findings_panel.model
    assert model.index(0, 1, model.index(0, 0)).data() == "0:00:02.0"
    assert "11 min 40 s" in program.window.feature(SummaryFeature).panel.facts.text()


def test_a_screen_of_unknown_size_claims_no_millimetre_until_it_is_calibrated(
    qtbot: QtBot, make_program, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ecg_viewer.qt.paper import paper_view as paper
    from ecg_viewer.qt.window.screen_dialog import ScreenDialog
    from ecg_viewer.state.calibration import ScreenScale

    monkeypatch.setattr(paper.ScreenScale, "from_screen", classmethod(lambda cls, *_: ScreenScale(None)))
    program = make_program(settings=SettingsFile())
    window = program.window
    assert window.tool_bar.speed.currentText() == "× 1"
    assert "mm" not in window.tool_bar.gain.currentText()
    program.session.view.zoom(1.5)
    assert window.tool_bar.speed.currentText() == "× 1.5"
    program.session.view.standard_calibration()
    window.action("calibrate").trigger()
    dialog = window.findChild(ScreenDialog)
    dialog.slider.setValue(4 * 428)
    assert dialog.bar.length_px == 428
    dialog.accept()
    assert window.paper.screen_scale.px_per_mm == pytest.approx(428 / 85.60)
    assert window.paper.px_per_s == pytest.approx(25 * 428 / 85.60)
    assert window.tool_bar.speed.currentText() == "25 mm/s"
    again = make_program(settings=SettingsFile())
    assert again.window.paper.screen_scale.px_per_mm == pytest.approx(5)

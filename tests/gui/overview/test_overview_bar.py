"""The strip above the paper: what it shows, and how it takes the reader along the recording."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QImage, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ecg_viewer.app import Program
from ecg_viewer.qt.overview.overview_bar import OverviewBar
from ecg_viewer.qt.overview.overview_feature import OverviewFeature
from ecg_viewer.qt.review.review_feature import ReviewFeature
from ecg_viewer.state.assessment import Phase
from ecg_viewer.state.overview import Overview


def bar_of(program: Program) -> OverviewBar:
    return program.window.feature(OverviewFeature).bar


def state_of(program: Program) -> Overview:
    return program.window.feature(OverviewFeature).state


def middle_y(bar: OverviewBar) -> int:
    return round(bar.box.center().y())


@pytest.fixture
def two_minutes(make_program, write_record, opens) -> Program:
    program = make_program()
    opens(program, write_record("two_minutes", duration_s=130.0))
    return program


def test_a_click_puts_the_place_in_the_middle(qtbot: QtBot, two_minutes: Program) -> None:
    bar, view = bar_of(two_minutes), two_minutes.session.view
    qtbot.mouseClick(bar, Qt.MouseButton.LeftButton, pos=QPoint(round(bar.x_of(90)), middle_y(bar)))
    assert view.start_s + view.visible_s / 2 == pytest.approx(90, abs=0.3)
    assert bar.box.center().x() == pytest.approx(bar.x_of(90), abs=1.5)


def test_the_box_is_dragged_where_it_was_gripped(qtbot: QtBot, two_minutes: Program) -> None:
    bar, view = bar_of(two_minutes), two_minutes.session.view
    grip = QPoint(round(bar.box.left() + 3), middle_y(bar))
    QTest.mousePress(bar, Qt.MouseButton.LeftButton, pos=grip)
    assert view.start_s == 0
    per_px = two_minutes.session.view.duration_s / (bar.x_of(view.duration_s) - bar.x_of(0))
    QTest.mouseMove(bar, QPoint(grip.x() + 200, grip.y()))
    qtbot.waitUntil(lambda: view.start_s == pytest.approx(200 * per_px, abs=per_px))
    QTest.mouseMove(bar, QPoint(grip.x() + 50, grip.y()))
    QTest.mouseRelease(bar, Qt.MouseButton.LeftButton, pos=QPoint(grip.x() + 50, grip.y()))
    assert view.start_s == pytest.approx(50 * per_px, abs=per_px)
    QTest.mouseMove(bar, QPoint(grip.x() + 300, grip.y()))
    assert view.start_s == pytest.approx(50 * per_px, abs=per_px)


def test_many_movements_of_a_drag_are_few_frames(qtbot: QtBot, two_minutes: Program) -> None:
    bar, view, frames = bar_of(two_minutes), two_minutes.session.view, []
    QTest.mousePress(bar, Qt.MouseButton.LeftButton, pos=QPoint(round(bar.box.left() + 3), middle_y(bar)))
    view.range_changed.connect(lambda: frames.append(view.start_s))
    start_x = round(bar.box.left() + 3)
    for step in range(1, 101):
        bar.mouseMoveEvent(_move(start_x + 2 * step, middle_y(bar)))
    assert len(frames) <= 1
    qtbot.waitUntil(lambda: bool(frames))
    QTest.mouseRelease(bar, Qt.MouseButton.LeftButton, pos=QPoint(start_x + 200, middle_y(bar)))
    assert frames[-1] == pytest.approx(200 * 130 / (bar.x_of(130) - bar.x_of(0)), abs=0.5)
    assert len(frames) <= 3


def _move(x: float, y: float):
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QMouseEvent

    here = QPointF(x, y)
    return QMouseEvent(
        QEvent.Type.MouseMove, here, here, Qt.MouseButton.NoButton, Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )


def test_the_box_follows_the_paper(two_minutes: Program) -> None:
    bar, view = bar_of(two_minutes), two_minutes.session.view
    view.scroll_to(60)
    assert bar.box.left() == pytest.approx(bar.x_of(60), abs=0.5)
    assert bar.box.right() == pytest.approx(bar.x_of(view.end_s), abs=0.5)
    view.scroll_to(view.last_start_s)
    assert bar.box.right() == pytest.approx(bar.x_of(130), abs=0.5)


def test_the_wheel_goes_a_window(two_minutes: Program) -> None:
    bar, view = bar_of(two_minutes), two_minutes.session.view
    here = QPointF(200, middle_y(bar))
    for turn in (-120, -120, 120):
        event = QWheelEvent(here, bar.mapToGlobal(here), QPoint(), QPoint(0, turn), Qt.MouseButton.NoButton,
                            Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False)
        QApplication.sendEvent(bar, event)
    assert view.start_s == pytest.approx(view.visible_s)


def test_page_keys_go_a_tenth_of_the_recording(qtbot: QtBot, two_minutes: Program) -> None:
    view = two_minutes.session.view
    step_s = max(13.0, view.visible_s)
    two_minutes.window.activateWindow()
    qtbot.waitUntil(two_minutes.window.isActiveWindow)
    qtbot.keyClick(two_minutes.window, Qt.Key.Key_PageDown)
    assert view.start_s == pytest.approx(step_s)
    qtbot.keyClick(two_minutes.window, Qt.Key.Key_PageDown)
    qtbot.keyClick(two_minutes.window, Qt.Key.Key_PageUp)
    assert view.start_s == pytest.approx(step_s)


def test_arrows_move_the_box_of_a_focused_overview(qtbot: QtBot, two_minutes: Program) -> None:
    bar, view = bar_of(two_minutes), two_minutes.session.view
    QTest.keyClick(bar, Qt.Key.Key_Right)
    assert view.start_s == pytest.approx(view.visible_s)
    QTest.keyClick(bar, Qt.Key.Key_Left)
    assert view.start_s == 0


def test_it_can_be_hidden(two_minutes: Program) -> None:
    action = two_minutes.window.action("overview")
    assert action.isChecked()
    action.trigger()
    assert bar_of(two_minutes).isHidden()
    assert not action.isChecked()
    action.trigger()
    assert bar_of(two_minutes).isVisible()


def test_a_short_recording_gets_a_slim_one(make_program, write_record, opens) -> None:
    program = make_program()
    opens(program, write_record("short", duration_s=10.0))
    slim = bar_of(program).height()
    opens(program, write_record("longer", duration_s=130.0))
    assert slim <= 48 < bar_of(program).height() <= 84


def test_the_outline_is_that_of_lead_ii(qtbot: QtBot, two_minutes: Program) -> None:
    """Lead II of the written record is a sine of 0.2 mV."""
    qtbot.waitUntil(lambda: _is_read(state_of(two_minutes)))
    outline = state_of(two_minutes).outline
    assert outline is not None
    assert outline.lead == "II"
    assert float(outline.high.max()) == pytest.approx(0.2, abs=0.002)
    assert float(outline.low.min()) == pytest.approx(-0.2, abs=0.002)


def _is_read(state: Overview) -> bool:
    return state.outline is not None and not bool(np.isnan(state.outline.low).any())


def test_the_outline_of_the_record_before_is_dropped(qtbot: QtBot, two_minutes: Program, write_record, opens) -> None:
    qtbot.waitUntil(lambda: _is_read(state_of(two_minutes)))
    opens(two_minutes, write_record("next", duration_s=200.0))
    qtbot.waitUntil(lambda: _is_read(state_of(two_minutes)))
    outline = state_of(two_minutes).outline
    assert outline is not None
    bin_samples = -(-200 * 250 // 4096)
    assert outline.low.size == -(-200 * 250 // bin_samples)


def test_progress_grows_while_the_model_works_and_is_said_in_words(
    qtbot: QtBot, make_program, fake_scorer, write_record, opens
) -> None:
    fake_scorer.gate.clear()
    program = make_program(fake_scorer)
    opens(program, write_record("two_minutes", duration_s=130.0))
    assert state_of(program).assessed_share == 0
    fake_scorer.gate.set()
    qtbot.waitUntil(lambda: program.session.assessment.phase is Phase.DONE)
    assert state_of(program).assessed_share == 1
    bar = bar_of(program)
    qtbot.waitUntil(lambda: "100 % assessed" in bar.accessibleDescription())
    assert "signal quality: good 100 %" in bar.accessibleDescription()


def shown_colours(bar: OverviewBar) -> dict[int, int]:
    image = bar.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    pixels = np.frombuffer(image.constBits(), np.uint32).reshape(image.height(), -1)
    values, counts = np.unique(pixels | 0xFF000000, return_counts=True)
    return dict(zip(values.tolist(), counts.tolist(), strict=True))


def test_findings_stand_in_the_models_colour_and_go_with_it(qtbot: QtBot, make_program, write_record, opens) -> None:
    program = make_program()
    opens(program, write_record("two_minutes", duration_s=130.0))
    qtbot.waitUntil(lambda: program.session.assessment.phase is Phase.DONE)
    bar, colour = bar_of(program), QColor(program.window.paper.theme.model_colour).rgb()
    qtbot.waitUntil(lambda: colour in shown_colours(bar))
    program.window.action("model_marks").trigger()
    qtbot.waitUntil(lambda: colour not in shown_colours(bar))
    assert "assessed" not in bar.accessibleDescription()


def test_it_follows_a_change_of_the_theme_at_once(qtbot: QtBot, make_program, write_record, opens) -> None:
    program = make_program()
    opens(program, write_record("two_minutes", duration_s=130.0))
    for theme in ("dark", "high-contrast", "light"):
        program.window.choose_theme(theme)
        paper = QColor(program.window.paper.theme.strip).rgb()
        qtbot.waitUntil(lambda paper=paper: shown_colours(bar_of(program)).get(paper, 0) > 500)


def test_what_a_person_confirmed_stands_in_the_colour_of_people_without_the_model_too(
    qtbot: QtBot, make_program, write_record, opens
) -> None:
    program = make_program()
    opens(program, write_record("two_minutes", duration_s=130.0))
    qtbot.waitUntil(lambda: program.session.assessment.phase is Phase.DONE)
    bar, colour = bar_of(program), QColor(program.window.paper.theme.human_colour).rgb()
    program.session.view.scroll_to(100)  # the box is tinted
    assert colour not in shown_colours(bar)
    open_review = program.window.feature(ReviewFeature).open_review
    open_review.set_reviewer("R. Eader")
    open_review.decide(next(item for item in program.session.assessment.findings if item.lead == "V3"), "confirmed")
    qtbot.waitUntil(lambda: colour in shown_colours(bar))
    program.window.action("model_marks").trigger()
    qtbot.waitUntil(lambda: QColor(program.window.paper.theme.model_colour).rgb() not in shown_colours(bar))
    assert colour in shown_colours(bar)


def test_poor_signal_is_said_in_words_where_it_is(
    qtbot: QtBot, make_program, fake_scorer, write_record, opens
) -> None:
    fake_scorer.poor = dict.fromkeys(("V1", "V2", "V3"), "flat for 8.2 of 10 s")
    program = make_program(fake_scorer)
    opens(program, write_record("poor", duration_s=12.0))
    qtbot.waitUntil(lambda: program.session.assessment.phase is Phase.DONE)
    bar = bar_of(program)
    words = bar.words_at(QPointF(bar.x_of(5), middle_y(bar)))
    assert "Signal quality: poor: V1: flat for 8.2 of 10 s" in words
    qtbot.waitUntil(lambda: "poor 100 %" in bar.accessibleDescription())


def test_after_a_jump_the_new_window_is_assessed_next(
    qtbot: QtBot, make_program, fake_scorer, write_record, opens
) -> None:
    fake_scorer.gate.clear()
    program = make_program(fake_scorer)
    opens(program, write_record("ten_minutes", duration_s=600.0))
    qtbot.waitUntil(lambda: len(fake_scorer.asked) == 1)
    bar = bar_of(program)
    qtbot.mouseClick(bar, Qt.MouseButton.LeftButton, pos=QPoint(round(bar.x_of(400)), middle_y(bar)))
    fake_scorer.gate.set()
    qtbot.waitUntil(lambda: len(fake_scorer.asked) >= 2)
    _, start_s, end_s = fake_scorer.asked[1]
    view = program.session.view
    assert start_s <= view.start_s
    assert view.end_s <= end_s
    program.session.cancel()


def test_without_a_record_it_says_so(make_program) -> None:
    program = make_program()
    bar = bar_of(program)
    bar.grab()
    assert bar.words_at(QPointF(100, 10)) == ""
    assert bar.accessibleDescription() == "No recording is open."

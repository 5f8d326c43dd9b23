"""A second side in the real window: its own session and model, linked to the first."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from ecg_viewer.app import Program
from ecg_viewer.qt.research.action_button import ActionButton
from ecg_viewer.qt.research.compare_choice import RecordChoice
from ecg_viewer.qt.research.compare_feature import CompareFeature
from ecg_viewer.qt.research.compare_side import SecondSide
from ecg_viewer.qt.review.review_feature import ReviewFeature
from ecg_viewer.render.layout import STRIP_PX
from ecg_viewer.state.assessment import Phase

MakeProgram = Callable[..., Program]
WriteRecord = Callable[..., Path]


@pytest.fixture
def program(make_program: MakeProgram, write_record: WriteRecord, second_scorer: object, qtbot: QtBot) -> Program:
    """Two recordings of half a minute in the list, the first one open."""
    made = make_program()
    made.session.open([write_record("first", duration_s=30.0), write_record("second", duration_s=30.0)])
    qtbot.waitUntil(lambda: made.session.assessment.phase is Phase.DONE)
    return made


def feature_of(program: Program) -> CompareFeature:
    return program.window.feature(CompareFeature)


def trigger(program: Program, action_id: str) -> None:
    action = program.window.action(action_id)
    assert action.isEnabled(), action_id
    action.trigger()


def compared(program: Program, qtbot: QtBot) -> SecondSide:
    """The second side once it shows the second recording, assessed."""
    feature_of(program).compare_with(program.session.records[1].path)
    side = feature_of(program).side
    assert side is not None
    qtbot.waitUntil(lambda: side.session.assessment.phase is Phase.DONE)
    return side


def differing(first: QImage, second: QImage) -> int:
    arrays = [
        np.frombuffer(image.convertToFormat(QImage.Format.Format_RGB32).constBits(), np.uint32)
        for image in (first, second)
    ]
    return int((arrays[0] != arrays[1]).sum())


def test_a_file_is_compared_by_a_session_and_a_model_of_its_own(
    program: Program, qtbot: QtBot, second_scorer: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = str(program.session.records[1].path)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (path, ""))
    trigger(program, "compare_file")
    side = feature_of(program).side
    assert side is not None
    qtbot.waitUntil(lambda: side.session.assessment.phase is Phase.DONE)
    assert {name for name, *_ in second_scorer.asked} == {"second"}
    assert program.session.record.name == "first"
    assert program.window.centre.count() == 2
    assert side.paper.isVisible()


def test_both_sides_always_say_what_they_show(program: Program, qtbot: QtBot) -> None:
    side = compared(program, qtbot)
    papers = program.window.paper, side.paper
    names = [foot.text(paper) for foot, paper in zip(side.feet, papers, strict=True)]
    said = "percentile 97.3 of 912 normals, 3 findings"
    assert names == [f"A: first · {program.session.models.title} · {said}",
                     f"B: second · {side.session.models.title} · {said}"]
    bar = [label.text() for label in feature_of(program).bar.names]
    assert bar == [name.removesuffix(f" · {said}") for name in names]
    for foot, paper in zip(side.feet, papers, strict=True):
        lowest = max(area.bottom for area in paper.areas())
        assert lowest + STRIP_PX + foot.height(paper) <= paper.height() + 1, "no name covers a lead"


@pytest.mark.parametrize("width", [1024, 1920])
def test_the_strip_cuts_no_text_and_each_control_is_reached_by_tab(
    program: Program, qtbot: QtBot, width: int
) -> None:
    compared(program, qtbot)
    window, bar = program.window, feature_of(program).bar
    window.resize(width, 700)
    window.fit_panels()
    qtbot.waitUntil(lambda: window.width() == width)
    program.app.processEvents()
    controls = [bar.model, bar.place, bar.offset, bar.linked, *bar.findChildren(ActionButton)]
    assert len(controls) == 7
    for control in controls:
        assert control.width() >= control.sizeHint().width(), control.accessibleName()
        assert bar.rect().contains(control.rect().translated(control.mapTo(bar, control.rect().topLeft())))
        assert control.focusPolicy() & Qt.FocusPolicy.TabFocus
        assert control.accessibleName() or control.text()
        assert control.toolTip()
    reached, at = [bar.model], bar.model.nextInFocusChain()
    while at is not bar.model:
        reached.append(at)
        at = at.nextInFocusChain()
    assert all(control in reached for control in controls)
    assert window.paper in reached, "one walk through the window"
    for label in bar.names:
        assert label.shown == label.text(), "short names are said whole"
    assert bar.belongs.toolTip() == bar.belongs.text()


def test_in_a_small_window_a_long_name_gives_way_in_the_middle_and_speed_and_gain_are_never_cut(
    program: Program, qtbot: QtBot
) -> None:
    side = compared(program, qtbot)
    label = feature_of(program).bar.names[1]
    label.show_text("B: " + "a-recording-with-a-very-long-name-" * 12)
    program.window.resize(1024, 700)
    qtbot.waitUntil(lambda: program.window.width() == 1024)
    assert label.shown != label.text()
    assert "…" in label.shown[4:-4]
    assert label.toolTip() == label.text()
    assert feature_of(program).bar.width() <= program.window.width()
    program.session.view.filter.choose_band("monitor")
    qtbot.waitUntil(
        lambda: side.paper.filter_readout.startswith("0.5") and side.paper.width() < 400
    )
    strip = side.paper.grab().toImage()
    line = range(side.paper.height() - side.feet[1].height(side.paper) - 16, side.paper.height()
                 - side.feet[1].height(side.paper) - 2)
    ground = QColor(side.paper.theme.strip).rgb()
    drawn = [x for x in range(side.paper.width()) if any(strip.pixel(x, y) != ground for y in line)]
    assert 6 <= drawn[0] < drawn[-1] <= side.paper.width() - 6, "neither its beginning nor its end is outside"


def test_it_is_said_to_which_side_findings_and_summary_belong(program: Program, qtbot: QtBot) -> None:
    heading = feature_of(program)._whose
    assert not heading.isVisible()
    compared(program, qtbot)
    assert heading.isVisible()
    assert heading.text() == f"Side A: first · {program.session.models.title}"
    findings = program.window.frame.findings_panel
    assert heading.mapTo(program.window, heading.rect().bottomLeft()).y() <= findings.mapTo(
        program.window, findings.rect().topLeft()).y() + 1
    trigger(program, "compare_close")
    assert not heading.isVisible()


def test_side_b_shows_the_reviewers_own_findings_and_decisions_and_takes_none(
    program: Program, qtbot: QtBot
) -> None:
    """Written in the first side, seen on the second one; what is written meanwhile arrives."""
    program.window.settings.change(reviewer="Dr A")
    open_review = program.window.feature(ReviewFeature).open_review
    program.session.open([program.session.records[1].path])
    qtbot.waitUntil(lambda: program.session.record.name == "second")
    qtbot.waitUntil(lambda: program.session.assessment.phase is Phase.DONE)
    own = open_review.add_own(["V2"], 3.0, 4.0, "odd")
    open_review.decide(program.session.assessment.findings[0], "confirmed")
    qtbot.waitUntil(lambda: open_review.is_saved)
    feature_of(program).compare_with(program.session.item.path)
    side = feature_of(program).side
    qtbot.waitUntil(lambda: [item.id for item in side.review.open_review.own] == [own])
    assert [item.state for item in side.review.open_review.judgements] == ["confirmed"]
    qtbot.waitUntil(lambda: side.paper.is_complete)
    human = QColor(side.paper.theme.human_colour).rgb()

    def drawn(lead: str) -> int:
        area = side.paper.areas_of(lead)[0]
        place = QRectF(area.x_of(3.0) - 2, area.top, 4, area.height).toRect()
        image = side.paper.grab(place).toImage()
        return sum(image.pixel(x, y) == human for x in range(image.width()) for y in range(image.height()))

    assert drawn("V2") > 10
    assert drawn("I") == 0
    open_review.change_own(own, leads=["I"])
    qtbot.waitUntil(lambda: side.review.open_review.own[0].leads == ("I",))
    assert drawn("I") > 10
    program.window.settings.change(reviewer="Dr B")
    assert side.review.open_review.own == ()
    assert side.paper.tool is None


def test_a_recording_of_the_list_is_found_by_its_name(program: Program, qtbot: QtBot) -> None:
    trigger(program, "compare_listed")
    dialog = program.window.findChild(RecordChoice)
    qtbot.keyClicks(dialog.filter, "seco")
    assert dialog.list.model().rowCount() == 1
    dialog.list.activated.emit(dialog.list.model().index(0, 0))
    side = feature_of(program).side
    qtbot.waitUntil(lambda: side.session.record is not None and side.session.record.name == "second")


def test_two_models_look_at_one_recording(program: Program, qtbot: QtBot, second_scorer: object) -> None:
    trigger(program, "compare_models")
    side = feature_of(program).side
    qtbot.waitUntil(lambda: side.session.assessment.phase is Phase.DONE)
    assert side.session.record.name == program.session.record.name
    assert side.session.models.current != program.session.models.current
    assert second_scorer.models[-1] == side.session.models.current.key
    bar = feature_of(program).bar
    other = bar.model.findData(program.session.models.current.key)
    bar.model.setCurrentIndex(other)
    qtbot.waitUntil(lambda: second_scorer.models[-1] == program.session.models.current.key)


def test_scale_and_place_are_shared(program: Program, qtbot: QtBot) -> None:
    side = compared(program, qtbot)
    first, second = program.session.view, side.session.view
    trigger(program, "faster")
    trigger(program, "gain_up")
    assert second.calibration == first.calibration
    first.scroll_to(6.0)
    assert second.start_s == 6.0
    second.scroll_to(9.0)
    assert first.start_s == 9.0
    assert side.paper.screen_scale == program.window.paper.screen_scale
    assert side.paper.px_per_s == pytest.approx(program.window.paper.px_per_s)


def test_the_offset_moves_the_second_side_and_unlinking_lets_it_go(program: Program, qtbot: QtBot) -> None:
    side = compared(program, qtbot)
    bar = feature_of(program).bar
    bar.offset.setValue(1.5)
    program.session.view.scroll_to(4.0)
    assert side.session.view.start_s == 5.5
    bar.linked.setChecked(False)
    program.session.view.scroll_to(8.0)
    assert side.session.view.start_s == 5.5
    bar.linked.setChecked(True)
    assert bar.offset.value() == pytest.approx(-2.5)


def test_first_beats_are_put_below_each_other_and_starts_again(
    make_program: MakeProgram, demo: Path, qtbot: QtBot, second_scorer: object
) -> None:
    program = make_program()
    program.session.open([demo / "00195_hr.hea"])
    qtbot.waitUntil(lambda: program.session.assessment.phase is Phase.DONE)
    feature_of(program).compare_with(demo / "00234_hr.hea")
    side = feature_of(program).side
    qtbot.waitUntil(lambda: side.session.record is not None)
    trigger(program, "compare_align")
    qtbot.waitUntil(lambda: side.views.offset_s != 0)
    assert 0 < abs(side.views.offset_s) < 1
    trigger(program, "compare_zero")
    assert side.views.offset_s == 0


def test_arrangements_take_turns(program: Program, qtbot: QtBot) -> None:
    side = compared(program, qtbot)
    centre, bar = program.window.centre, feature_of(program).bar
    assert centre.orientation() == Qt.Orientation.Horizontal
    trigger(program, "compare_place")
    assert centre.orientation() == Qt.Orientation.Vertical
    assert side.paper.isVisible()
    trigger(program, "compare_place")
    assert not side.paper.isVisible()
    assert feature_of(program).place == "overlaid"
    trigger(program, "compare_place")
    assert feature_of(program).place == "difference"
    trigger(program, "compare_place")
    assert feature_of(program).place == "beside"
    bar.place.setCurrentIndex(2)
    assert feature_of(program).place == "overlaid"
    bar.place.setCurrentIndex(0)
    assert feature_of(program).place == "beside"
    assert side.paper.isVisible()


def test_overlaid_the_second_trace_lies_over_the_first_and_moves_with_the_offset(
    program: Program, qtbot: QtBot
) -> None:
    side = compared(program, qtbot)
    paper = program.window.paper
    feature_of(program).bar.place.setCurrentIndex(2)
    qtbot.waitUntil(lambda: side._trace.stretch is not None and paper.is_complete)
    aligned = paper.grab().toImage()
    side.views.set_offset(0.3)
    moved = paper.grab().toImage()
    assert differing(aligned, moved) > 1000
    assert f"B: second · {side.session.models.title} · No filter" in side.feet[0].text(paper)
    side._trace.stretch = None
    assert differing(paper.grab().toImage(), moved) > 1000


def test_closing_shows_the_first_alone_and_ends_every_thread(program: Program, qtbot: QtBot) -> None:
    side = compared(program, qtbot)
    lanes = side._lanes
    trigger(program, "compare_close")
    assert feature_of(program).side is None
    assert not any(lane.is_running for lane in lanes)
    assert not feature_of(program).bar.isVisible()
    assert program.window.centre.count() == 1
    program.session.view.scroll_to(3.0)
    assert side.session.view.start_s == 0.0
    for action_id in ("compare_place", "compare_align", "compare_zero", "compare_close"):
        assert not program.window.action(action_id).isEnabled()


def test_the_window_can_be_closed_while_the_second_model_works(
    program: Program, qtbot: QtBot, second_scorer: object
) -> None:
    second_scorer.gate.clear()
    feature_of(program).compare_with(program.session.records[1].path)
    qtbot.waitUntil(lambda: bool(second_scorer.asked))
    lanes = feature_of(program).side._lanes
    program.window.close()
    assert second_scorer.cancelled == ["second"]
    assert not any(lane.is_running for lane in lanes)


def test_side_b_without_a_recording_ends_and_without_heat_says_why_also_under_the_mouse(
    program: Program, write_record: WriteRecord, qtbot: QtBot, tmp_path: Path
) -> None:
    broken = tmp_path / "broken.hea"
    broken.write_text("no header", encoding="ascii")
    feature_of(program).compare_with(broken)
    qtbot.waitUntil(lambda: feature_of(program).side is None)
    assert program.window.error_bar.isVisible()
    assert program.window.centre.count() == 1
    side = compared(program, qtbot)
    feature_of(program).compare_with(broken)
    qtbot.waitUntil(lambda: not side.session.is_opening)
    assert feature_of(program).side is side
    assert side.session.record.name == "second", "what was there stays"
    feature_of(program).compare_with(write_record("short", duration_s=5.0))
    qtbot.waitUntil(lambda: side.session.assessment.phase is Phase.UNSUPPORTED)
    assert "too short" in side.feet[1].text(side.paper)
    qtbot.waitUntil(lambda: side.paper.is_complete)
    hover = side.paper.hover_at(QPointF(side.paper.x_of_time(2.0), side.paper.y_of("II", 0.0)))
    side.paper.hovered.emit(hover)
    assert "side B: not assessed" in program.window.status.cursor_label.text()


def test_two_models_go_on_to_the_next_recording_together(program: Program, qtbot: QtBot) -> None:
    trigger(program, "compare_models")
    side = feature_of(program).side
    qtbot.waitUntil(lambda: side.session.record is not None)
    trigger(program, "compare_difference")
    trigger(program, "next_record")
    qtbot.waitUntil(lambda: side.session.record.name == "second")
    assert program.session.record.name == "second"
    assert feature_of(program).place == "difference"


def test_opening_side_b_moves_nothing_playback_runs_both_and_unlinked_sides_are_laid_over_as_they_stand(
    program: Program, qtbot: QtBot
) -> None:
    program.session.view.scroll_to(9.0)
    side = compared(program, qtbot)
    assert (program.session.view.start_s, side.session.view.start_s) == (9.0, 9.0)
    program.window.resize(1100, 800)
    qtbot.waitUntil(lambda: program.window.width() == 1100)
    assert (program.session.view.start_s, side.session.view.start_s) == (9.0, 9.0)
    trigger(program, "play")
    qtbot.waitUntil(lambda: program.session.view.start_s > 9.3)
    trigger(program, "play")
    assert side.session.view.start_s == program.session.view.start_s
    bar = feature_of(program).bar
    bar.linked.setChecked(False)
    side.session.view.scroll_to(program.session.view.start_s + 2.0)
    bar.place.setCurrentIndex(2)
    assert bar.linked.isChecked()
    assert side.views.offset_s == pytest.approx(2.0)
    assert "shifted by +2.000 s" in side.feet[0].text(program.window.paper)


def test_a_blinded_read_ends_the_comparison_whose_foot_and_difference_tell_of_results(
    program: Program, qtbot: QtBot
) -> None:
    trigger(program, "compare_models")
    side = feature_of(program).side
    qtbot.waitUntil(lambda: side.session.assessment.phase is Phase.DONE)
    trigger(program, "compare_difference")
    paper = program.window.paper
    assert paper._heat_replacement is not None
    assert "percentile" in paper._foot.text(paper)
    trigger(program, "blinded")
    assert feature_of(program).side is None
    assert (paper._heat_replacement, paper._foot) == (None, None)
    assert paper.hover_at(QPointF(paper.x_of_time(2.1), paper.y_of("V3", 0.0))).replacement == ""

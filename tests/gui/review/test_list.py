"""The list of findings in the real window: groups, more and fewer of them, filters."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from ecg_viewer.app import Program
from ecg_viewer.qt.review.review_feature import ReviewFeature

K = Qt.Key


def review(program: Program) -> ReviewFeature:
    return program.window.feature(ReviewFeature)


def states(program: Program) -> dict[str, str]:
    """State of each of the model's findings, by lead."""
    open_review = review(program).open_review
    return {item.lead: open_review.judgement(item).state for item in program.session.assessment.findings}


def test_the_heading_of_a_group_decides_on_all_of_it(qtbot: QtBot, opened: Program) -> None:
    panel, view = review(opened).panel, review(opened).panel.view
    review(opened).controller.set_grouping("none")
    view.setFocus()
    qtbot.keyClick(view, K.Key_Home)
    view.setCurrentIndex(panel.model.index(0, 0))
    qtbot.keyClick(view, K.Key_D)
    assert set(states(opened).values()) == {"dismissed"}
    assert opened.window.action("undo").text() == "Undo: dismiss 3 findings (All leads)"
    assert panel.model.index(0, 0).data() == "All leads · 3"


def test_more_of_a_group_is_one_line_away(qtbot: QtBot, opened: Program) -> None:
    controller, panel = review(opened).controller, review(opened).panel
    for start in range(7):
        controller.open_review.add_own(["I"], start, start + 0.5, f"mark {start}")
    heading = panel.model.index(0, 0)
    more = panel.model.index(5, 0, heading)
    assert (panel.model.rowCount(heading), more.data()) == (6, "Show 2 more")
    panel.view.scrollTo(more)
    qtbot.mouseClick(panel.view.viewport(), Qt.MouseButton.LeftButton, pos=panel.view.visualRect(more).center())
    heading = panel.model.index(0, 0)
    assert panel.model.index(7, 0, heading).data() == "Show fewer"
    panel.view.setFocus()
    panel.view.setCurrentIndex(panel.model.index(7, 0, heading))
    qtbot.keyClick(panel.view, K.Key_Return)
    assert panel.model.rowCount(panel.model.index(0, 0)) == 6


def test_enter_on_a_heading_folds_its_group_and_unfolds_it_again(qtbot: QtBot, opened: Program) -> None:
    controller, panel = review(opened).controller, review(opened).panel
    for start in range(7):
        controller.open_review.add_own(["I"], start, start + 0.5, f"mark {start}")

    def enter() -> int:
        panel.view.setFocus()
        panel.view.setCurrentIndex(panel.model.index(0, 0))
        qtbot.keyClick(panel.view, K.Key_Return)
        return panel.model.rowCount(panel.model.index(0, 0))

    assert enter() == 8, "seven, and a line that shows fewer"
    assert enter() == 6, "the strongest five, and a line that shows more"
    assert panel.model.is_heading(panel.view.currentIndex()), "the heading is still where one is"
    assert enter() == 8


def test_states_and_filters_narrow_the_list(qtbot: QtBot, opened: Program) -> None:
    feature, panel = review(opened), review(opened).panel
    qtbot.keyClick(opened.window.paper, K.Key_J)
    qtbot.keyClick(opened.window.paper, K.Key_C)

    def listed() -> list[str]:
        return [entry.lead_text for entry in feature.controller.queue.visible]

    qtbot.mouseClick(panel.segments.buttons["confirmed"], Qt.MouseButton.LeftButton)
    assert listed() == ["V3"]
    qtbot.mouseClick(panel.segments.buttons["confirmed"], Qt.MouseButton.LeftButton)
    assert listed() == ["V3", "aVF", "II"]
    assert panel.filters.isHidden()
    qtbot.keyClick(opened.window.paper, K.Key_Slash)
    assert panel.filters.isVisible()
    panel.filters.percentile.setCurrentIndex(panel.filters.percentile.findData(99.0))
    assert listed() == ["V3", "aVF"]
    panel.filters.lead.setCurrentIndex(panel.filters.lead.findData("aVF"))
    assert listed() == ["aVF"]
    qtbot.keyClicks(panel.filters.text, "zzz")
    assert listed() == []
    assert panel.empty_text == "No finding passes the filter."
    qtbot.mouseClick(panel.filters.reset, Qt.MouseButton.LeftButton)
    assert listed() == ["V3", "aVF", "II"]
    assert not panel.filters.reset.isEnabled()
    panel.filters.grouping.setCurrentIndex(panel.filters.grouping.findData("moment"))
    assert panel.model.index(0, 0).data() == "2.00 s: V3 · 1"

"""Times of day in the main window: axis, overview, findings, status bar, exports; and from the beginning instead."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPointF, Qt
from pytestqt.qtbot import QtBot

from ecg_viewer.app import Program
from ecg_viewer.qt.overview.overview_feature import OverviewFeature
from ecg_viewer.qt.paper.hover import Hover
from ecg_viewer.qt.paper.paper_frame import StripContent
from ecg_viewer.qt.review.review_feature import ReviewFeature
from ecg_viewer.qt.summary.summary_feature import SummaryFeature
from ecg_viewer.render.time_axis import ticks
from ecg_viewer.state.assessment import Phase


@pytest.fixture
def begun_at_night(
    qtbot: QtBot, make_program: Callable[[], Program], write_record: Callable[..., Path],
    opens: Callable[[Program, Path], None]
) -> Program:
    """Seventy seconds from 23:59:50 on, assessed: findings at 2, 5 and 12 s."""
    header = write_record("night", duration_s=70.0)
    first, *rest = header.read_text(encoding="ascii").splitlines()
    header.write_text("\n".join([f"{first} 23:59:50", *rest]) + "\n", encoding="ascii")
    program = make_program()
    opens(program, header)
    qtbot.waitUntil(lambda: program.session.assessment.phase is Phase.DONE)
    return program


def axis_labels(program: Program) -> list[str]:
    """What stands under the paper when it is painted."""
    with pytest.MonkeyPatch.context() as patch:
        painted: list[StripContent] = []
        patch.setattr("ecg_viewer.qt.paper.paper_frame.paint_strip",
                      lambda _painter, _strip, content, *_: painted.append(content))
        program.window.paper.grab()
    content = painted[-1]
    found = ticks(content.stretches[0].start_s, content.stretches[0].end_s, content.px_per_s, content.duration_s, 90.0,
                  content.clock)
    return [tick.label for tick in found if tick.label]


def listed_times(program: Program) -> list[str]:
    panel = program.window.feature(ReviewFeature).panel
    panel.controller.set_grouping("none")
    return [panel.model.sentence(entry) for entry in panel.controller.queue.visible]


def test_every_time_is_a_time_of_day_and_the_day_is_said(begun_at_night: Program) -> None:
    window, view = begun_at_night.window, begun_at_night.session.view
    assert "23:59:55" in axis_labels(begun_at_night)
    assert window.feature(OverviewFeature).bar.words_at(
        QPointF(window.feature(OverviewFeature).bar.x_of(15.0), 5)).startswith("day 2, 00:00:05")
    window.status.show_cursor(Hover("V3", 12.25, None, None, assessed=True))
    assert "day 2, 00:00:02.2" in window.status.cursor_label.text()
    said = listed_times(begun_at_night)
    assert any("23:59:52.0 to 23:59:52.2" in text for text in said)
    assert any("day 2, 00:00:02.0 to day 2, 00:00:02.4" in text for text in said)
    assert window.feature(SummaryFeature).panel.strongest.text() == "Go to 23:59:50.0 – day 2, 00:00:00.0"
    assert view.time_of_day.clock is not None


def test_the_key_brings_times_from_the_beginning_back(qtbot: QtBot, begun_at_night: Program) -> None:
    window = begun_at_night.window
    qtbot.keyClick(window.paper, Qt.Key.Key_H, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
    assert begun_at_night.session.view.time_of_day.clock is None
    assert any("2.00 to 2.20 s" in text for text in listed_times(begun_at_night))
    bar = window.feature(OverviewFeature).bar
    assert bar.words_at(QPointF(bar.x_of(15.0), 5)).startswith("15 s")
    assert "5 s" in axis_labels(begun_at_night)

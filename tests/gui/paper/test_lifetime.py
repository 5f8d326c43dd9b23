"""Focus and help for the keyboard, and papers that go when their window goes."""

from __future__ import annotations

import gc
import weakref

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QFocusEvent, QHelpEvent
from PySide6.QtWidgets import QApplication, QToolTip

from ecg_viewer.qt.paper import PaperView, trace_loader
from ecg_viewer.qt.paper.paper_notes import click_tip
from ecg_viewer.state.heat import HeatMap
from ecg_viewer.state.view import ViewState


def test_a_closed_paper_is_not_kept_alive_by_the_state(qtbot, make_record) -> None:
    view, heat = ViewState(), HeatMap()
    paper = PaperView(view, heat)
    paper.resize(600, 500)
    paper.show()
    with qtbot.waitSignal(paper.trace_shown):
        view.open_record(make_record(np.zeros((12, 5000))))
    paper.close()
    alive = weakref.ref(paper)
    paper.deleteLater()
    del paper
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    assert alive() is None
    assert len(view.range_changed) == 0
    assert len(heat.changed) == 0
    assert not trace_loader._running
    view.scroll_by(1)
    heat.reset(5)


def test_a_paper_takes_up_the_record_that_is_already_open(qtbot, make_record) -> None:
    view, heat = ViewState(), HeatMap()
    view.open_record(make_record(np.zeros((12, 5000))))
    paper = PaperView(view, heat)
    qtbot.addWidget(paper)
    paper.resize(600, 500)
    paper.show()
    qtbot.waitUntil(lambda: paper.is_complete)
    assert paper.hover_at(paper.band_of("V6").center()) is not None
    paper.close_loader()


@pytest.mark.parametrize(
    ("reason", "shown"), [(Qt.FocusReason.TabFocusReason, True), (Qt.FocusReason.MouseFocusReason, False)]
)
def test_focus_that_came_by_keyboard_is_visible(bench, make_record, reason, shown: bool) -> None:
    bench.open(make_record(np.zeros((12, 5000))))
    before = bench.pixels()
    QApplication.sendEvent(bench.paper, QFocusEvent(QEvent.Type.FocusIn, reason))
    assert (bench.pixels()[0] != before[0]).any() == shown
    QApplication.sendEvent(bench.paper, QFocusEvent(QEvent.Type.FocusOut, reason))
    np.testing.assert_array_equal(bench.pixels(), before)


def test_the_label_of_a_derived_lead_explains_itself(bench, make_record, monkeypatch) -> None:
    shown: list[str] = []
    monkeypatch.setattr(QToolTip, "showText", lambda _at, text, *_: shown.append(text))
    bench.open(make_record(np.zeros((12, 5000)), derived=frozenset({"III", "aVR", "aVL", "aVF"})))
    for lead in ("II", "aVF"):
        at = QPoint(20, round(bench.paper.y_of(lead, 0)))
        QApplication.sendEvent(bench.paper, QHelpEvent(QEvent.Type.ToolTip, at, bench.paper.mapToGlobal(at)))
    firsts = [text.splitlines()[0] for text in shown]
    assert firsts == [click_tip(bench.view), "aVF is not in the file; it is computed from I and II."]


def test_a_screen_reader_finds_a_name_and_the_way_to_the_words(bench) -> None:
    assert bench.paper.accessibleName() == "ECG paper"
    assert "findings list" in bench.paper.accessibleDescription()
    assert bench.paper.focusPolicy() == Qt.FocusPolicy.StrongFocus

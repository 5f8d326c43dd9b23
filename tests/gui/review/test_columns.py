"""No word of the table of findings is cut off, in either language and at any size of the letters."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ecg_viewer.qt.review.findings_model import LEAD, PERCENTILE, STATE, TIME
from ecg_viewer.qt.review.review_feature import ReviewFeature
from ecg_viewer.state.words.record_words import time_text


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize(("width", "scale"), [(280, 1.0), (340, 1.0), (430, 1.0), (560, 2.0)])
def test_every_cell_has_room_for_its_words(
    qtbot: QtBot, make_program, demo, fake_scorer, language: str, width: int, scale: float
) -> None:
    program = make_program(fake_scorer)
    window, session = program.window, program.session
    window.settings.change(language=language, reviewer="Ann")
    session.open([demo])
    qtbot.waitUntil(lambda: len(session.assessment.findings) > 0)
    feature = window.feature(ReviewFeature)
    panel = feature.panel
    view, model = panel.view, panel.model
    session.go_to_finding(0)
    feature.decide("confirmed")
    feature.open_review.set_note(session.assessment.findings[0], "a note")
    font = view.font()
    font.setPointSizeF(font.pointSizeF() * scale)
    view.setFont(font)
    view.resize(width, 300)
    view.fit()
    for group in panel.controller.queue.groups:
        for entry in group.shown:
            said = model.index_of(entry.key).data(Qt.ItemDataRole.ToolTipRole)
            assert all(time_text(end, long=False) in said for end in (entry.start_s, entry.end_s)), "both ends, always"
            for column in (LEAD, TIME, PERCENTILE, STATE):
                needed = view.fontMetrics().horizontalAdvance(model.cells(entry)[column])
                assert needed < view.columnWidth(column), (column, model.cells(entry))
    assert view.horizontalScrollBar().maximum() == 0
    program.window.settings.change(language="en")


@pytest.mark.parametrize("language", ["en", "de"])
def test_the_panel_is_narrow_if_it_has_to_be_and_cuts_no_word_of_its_buttons(
    qtbot: QtBot, make_program, demo, fake_scorer, language: str
) -> None:
    program = make_program(fake_scorer)
    program.window.settings.change(language=language, reviewer="Ann")
    program.session.open([demo])
    qtbot.waitUntil(lambda: len(program.session.assessment.findings) > 0)
    feature = program.window.feature(ReviewFeature)
    panel = feature.panel
    program.session.go_to_finding(0)
    feature.decide("confirmed")
    feature.open_review.set_record_state("reviewed")
    panel.filter_button.setChecked(True)
    qtbot.waitUntil(lambda: bool(panel.saved.text()))
    assert panel.minimumSizeHint().width() <= 280
    panel.setParent(None)
    qtbot.addWidget(panel)
    panel.resize(280, 420)
    panel.show()
    filters, top = panel.filters, (panel.saved, panel.reviewed, panel.filter_button)
    controls = (*top, *panel.segments.buttons.values(), filters.lead, filters.percentile, filters.grouping)

    def is_whole(control: QWidget) -> bool:
        right = control.mapTo(panel, control.rect().topRight()).x()
        return control.width() >= control.sizeHint().width() and right < panel.width()

    qtbot.waitUntil(lambda: all(map(is_whole, controls)))
    rows = {button.mapTo(panel, button.rect().topLeft()).y() for button in panel.segments.buttons.values()}
    below = filters.mapTo(panel, filters.rect().topLeft()).y()
    assert all(top < below for top in rows), "a second row pushes down what is below"
    program.window.settings.change(language="en")

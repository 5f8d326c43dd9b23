"""The plots in the real window: the line that is the threshold, the recording among normals, points that open records.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
import wfdb
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QBrush, QColor, QGuiApplication, QImage, QMouseEvent, QPen
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from ecg_viewer.app import Program
from ecg_viewer.qt.research.plots_among_normals import StandingPage
from ecg_viewer.qt.research.plots_cohort import CohortPage
from ecg_viewer.qt.research.plots_common import Plot
from ecg_viewer.qt.research.plots_dialog import PlotsDialog, import_job
from ecg_viewer.qt.research.plots_threshold import ThresholdPage
from ecg_viewer.qt.research.research_feature import ResearchFeature
from ecg_viewer.qt.widgets.sortable_table import share_text
from ecg_viewer.qt.worklist.worklist_feature import WorklistFeature
from ecg_viewer.state.assessment import Phase
from ecg_viewer.state.research.operating_point import OperatingPoint
from ecg_viewer.state.worklist.filters import WorklistFilter
from ecg_viewer.state.worklist.results import RecordScore, TruthFigures, tally
from mmae_core.record import STANDARD_LEADS

MakeProgram = Callable[..., Program]
WriteRecord = Callable[..., Path]


def annotate(header: Path, *spans: tuple[str, float, float]) -> None:
    """Write lesions (lead, start, end in seconds) beside a record of 250 Hz."""
    marks = sorted(
        mark for lead, start_s, end_s in spans
        for mark in ((round(start_s * 250), "(", STANDARD_LEADS.index(lead), "st_shift"),
                     (round(end_s * 250), ")", STANDARD_LEADS.index(lead), ""))
    )
    samples, symbols, channels, notes = zip(*marks, strict=True)
    wfdb.wrann(header.stem, "lesion", np.array(samples), list(symbols), chan=np.array(channels),
               aux_note=list(notes), write_dir=str(header.parent))


def move(port: QWidget, place: QPoint, button: Qt.MouseButton = Qt.MouseButton.NoButton) -> None:
    """The pointer comes to a place; the real one may be over another window."""
    event = QMouseEvent(QEvent.Type.MouseMove, QPointF(place), QPointF(port.mapToGlobal(place)),
                        Qt.MouseButton.NoButton, button, Qt.KeyboardModifier.NoModifier)
    QCoreApplication.sendEvent(port, event)


def shown(program: Program, qtbot: QtBot) -> PlotsDialog:
    program.window.action("plots").trigger()
    dialog = program.window.feature(ResearchFeature).plots
    assert dialog is not None
    qtbot.waitUntil(lambda: bool(dialog.pages))  # pyqtgraph is imported first
    return dialog


@pytest.fixture
def program(make_program: MakeProgram, write_record: WriteRecord, qtbot: QtBot) -> Program:
    """Three recordings, of which the first is open; the fake model hits one of its two lesions, with a false alarm."""
    header = write_record("known")
    annotate(header, ("V3", 1.9, 2.3), ("I", 8.0, 8.5))
    made = make_program()
    made.session.open([header, write_record("other"), write_record("third")])
    qtbot.waitUntil(lambda: made.window.feature(ResearchFeature).tracker.localization is not None)
    return made


@pytest.fixture
def threshold(program: Program, qtbot: QtBot) -> ThresholdPage:
    page = shown(program, qtbot).pages[0]
    assert isinstance(page, ThresholdPage)
    qtbot.waitUntil(lambda: program.window.feature(ResearchFeature).curves.points is not None)
    return page


def test_the_plots_say_what_the_tab_says_and_their_line_is_the_threshold(
    program: Program, threshold: ThresholdPage, qtbot: QtBot
) -> None:
    research = program.window.feature(ResearchFeature)
    assert research.tracker.localization is not None
    auroc = f"AUROC {research.tracker.localization.auroc:.3f}"
    assert auroc in research.panel.figures.text()
    assert threshold.roc.key.texts[0] == f"Map, {auroc}"
    for percentile in (90.0, 98.0, 99.5):
        program.session.view.set_heat_threshold(percentile)
        outcome = research.tracker.outcome
        assert outcome is not None
        hits, misses, false = map(len, (outcome.hits, outcome.misses, outcome.false_alarms))
        said = f"{hits} of {hits + misses} regions hit, {misses} missed, {false} false alarms"
        assert said in threshold.headline.text()
        assert said in threshold.points.canvas.accessibleDescription()
        line = next(line for line in threshold.table.texts if line[0] == f"▸ {percentile:g}")
        assert [each.label.toPlainText() for each in threshold.lines] == [f"≥ {percentile:.1f}"] * 2
        assert line[3:] == [str(hits), str(misses), str(false)]
    assert "Computed from the map and the findings of known by fake 7" in threshold.source.text()

    view = program.session.view
    view.set_heat_threshold(96.0)
    assert [line.value() for line in threshold.lines] == [96.0, 96.0]
    threshold.lines[1].setValue(98.04)  # as a drag does
    assert view.heat_threshold == 98.0
    assert [line.value() for line in threshold.lines] == [98.0, 98.0]
    assert program.window.tool_bar.threshold_label.text() == "≥ 98"
    box = threshold.points.item.getViewBox()
    start = threshold.points.canvas.mapFromScene(box.mapViewToScene(threshold.lines[0].pos()))
    start.setY(threshold.points.canvas.height() // 2)
    port = threshold.points.canvas.viewport()
    qtbot.mousePress(port, Qt.MouseButton.LeftButton, pos=start)
    def is_dragged() -> bool:  # moves that follow each other too fast are passed over
        for x in (10, 20, 30, 40):
            move(port, start + QPoint(x, 0), Qt.MouseButton.LeftButton)
        return view.heat_threshold > 98.0

    qtbot.waitUntil(is_dragged)
    qtbot.mouseRelease(port, Qt.MouseButton.LeftButton, pos=start + QPoint(40, 0))


def test_keys_and_table_move_the_threshold_colours_follow_and_unseen_curves_are_not_measured(
    program: Program, threshold: ThresholdPage, qtbot: QtBot
) -> None:
    view, canvas, plain = program.session.view, threshold.events.canvas, Qt.KeyboardModifier.NoModifier
    view.set_heat_threshold(95.0)
    for key, modifier, expected in (
        (Qt.Key.Key_Right, plain, 95.1), (Qt.Key.Key_Up, plain, 95.2),
        (Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier, 94.2),
        (Qt.Key.Key_End, plain, 99.9), (Qt.Key.Key_Home, plain, 90.0),
    ):
        qtbot.keyClick(canvas, key, modifier)
        assert view.heat_threshold == expected
    threshold.table.chosen.emit(3)
    assert view.heat_threshold == 97.5

    dialog = program.window.feature(ResearchFeature).plots
    assert dialog is not None
    assert next(label for label in dialog.findChildren(QLabel) if label.objectName() == "badge").isVisible()
    assert all(plot.canvas.accessibleName() for plot in dialog.findChildren(Plot))
    light = canvas.backgroundBrush().color().lightnessF()
    program.window.choose_theme("dark")
    assert canvas.backgroundBrush().color().lightnessF() < 0.3 < light
    program.window.choose_theme("system")

    curves = program.window.feature(ResearchFeature).curves
    dialog.close_button.click()
    before = curves.points
    program.session.open_item(1)
    qtbot.waitUntil(lambda: program.session.item is not None and program.session.item.name == "other")
    assert curves.points is before, "nobody looks"
    assert shown(program, qtbot) is dialog
    assert curves.points is None


def test_without_truth_the_threshold_says_what_to_do(
    make_program: MakeProgram, write_record: WriteRecord, qtbot: QtBot
) -> None:
    program = make_program()
    dialog = shown(program, qtbot)
    assert [page.is_empty for page in dialog.pages[:2]] == [True, True]
    assert "Open a recording first" in dialog.pages[0].advice.text()
    dialog.tabs.setCurrentIndex(2)
    assert "Open a folder of recordings first" in dialog.pages[2].advice.text()
    program.session.open([write_record("one")])
    qtbot.waitUntil(lambda: program.session.record is not None)
    qtbot.waitUntil(lambda: "Confirm a finding (C)" in dialog.pages[0].advice.text())
    assert dialog.pages[0].numbers() == ""


def test_the_recording_stands_among_the_normals_of_the_model(program: Program, qtbot: QtBot) -> None:
    dialog = shown(program, qtbot)
    page = dialog.pages[1]
    assert isinstance(page, StandingPage)
    assert "does not say what its normal ECGs scored" in page.advice.text()
    model = program.session.model
    assert model is not None
    point = OperatingPoint(1.5, 55.0, 0.8, 0.55, "PTB-XL fold 9")
    program.session._model = replace(model, normal_scores=tuple(np.linspace(0, 2.5, 100)), operating_points=(point,))
    program.session.assessment_changed.emit()
    assert page.headline.text() == "This recording's score of 2.00 is higher than those of 97.3 % of the normal ECGs."
    assert ["Point A", "1.50", "55.0", "80.0", "55.0"] in page.table.texts
    assert ["▸ This recording", "2.00", "97.3", "–", "–"] in page.table.texts
    assert "100 normal ECGs" in page.source.text()
    first = program.session.assessment.windows[0]
    several = replace(program.session.assessment, windows=(first, replace(first, start_s=5.0, percentile=20.0)),
                      phase=Phase.DONE, order=None)
    program.session._set_assessment(replace(several, phase=Phase.SCORING))
    program.session._set_assessment(several)
    assert page.headline.text().startswith(
        "The strongest 10-s window's score of 2.00 is higher than those of 97.3 % of the normal ECGs. "
        "1 of 2 10-s windows (50.0 %)")
    assert "no p-value" in page.headline.text()
    assert "measured on PTB-XL fold 9" in page.source.text()
    dialog.tabs.setCurrentWidget(page)
    dialog.copy_button.click()
    copied = QGuiApplication.clipboard().text()
    assert "Point A\t1.50\t55.0\t80.0\t55.0" in copied
    assert copied.endswith("RESEARCH USE ONLY - not for diagnosis\n")


@pytest.fixture
def cohort(program: Program, qtbot: QtBot) -> CohortPage:
    """With two scored recordings of known lesions; the third is not scored."""
    worklist = program.window.feature(WorklistFeature).worklist
    qtbot.waitUntil(lambda: len(worklist) == 3)
    qtbot.waitUntil(lambda: not program.window.feature(WorklistFeature).filler.is_gathering)
    rows = {name: row for row, name in enumerate(worklist.columns.names)}
    worklist.put_scores({
        rows["known"]: RecordScore(2.0, 97.0, truth=TruthFigures(0.6, tally([97.0]), ())),
        rows["other"]: RecordScore(5.0, 99.0, truth=TruthFigures(0.9, tally([-1.0]), ())),
    })
    dialog = shown(program, qtbot)
    page = dialog.pages[2]
    assert isinstance(page, CohortPage)
    dialog.tabs.setCurrentWidget(page)
    qtbot.waitUntil(lambda: page.points is not None and len(page.points) == 2)
    return page


def test_a_point_is_named_and_opened_by_click_and_by_key(
    program: Program, cohort: CohortPage, qtbot: QtBot
) -> None:
    points = cohort.points
    assert points is not None
    index = int(np.argmax(points.scores))
    canvas = cohort.plot.canvas

    x, y = cohort._on_screen(points)
    place = QPoint(round(x[index]), round(y[index]))
    move(canvas.viewport(), place)
    assert cohort.pointed.toolTip().startswith("other · score 5 · percentile 99")
    assert "AUROC 0.900" in canvas.accessibleDescription()
    qtbot.mouseClick(canvas.viewport(), Qt.MouseButton.LeftButton, pos=place)
    qtbot.waitUntil(lambda: program.session.item is not None and program.session.item.name == "other")

    program.window.action("worklist").trigger()
    qtbot.keyClick(canvas, Qt.Key.Key_Left)
    assert cohort.pointed.toolTip().startswith("known")
    qtbot.keyClick(canvas, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: program.session.item is not None and program.session.item.name == "known")
    assert not program.window.action("worklist").isChecked(), "the wide table makes room"


def test_points_follow_the_filters_zooming_is_undone_and_superclasses_can_be_chosen(
    program: Program, cohort: CohortPage, qtbot: QtBot
) -> None:
    worklist, box = program.window.feature(WorklistFeature).worklist, cohort.plot.item.getViewBox()
    whole = box.viewRange()
    for undo in (cohort.whole.click, lambda: qtbot.keyClick(cohort.plot.canvas, Qt.Key.Key_0)):
        box.setRange(xRange=(2, 3))
        assert box.viewRange() != whole
        undo()
        assert box.viewRange() == whole
    assert cohort.headline.text().startswith(
        "2 of 3 recordings shown have a score and reference regions: mean AUROC 0.750")
    worklist.set_filter(WorklistFilter(text="other"))
    qtbot.waitUntil(lambda: cohort.points is not None and len(cohort.points) == 1)
    cohort.kind.setCurrentIndex(1)
    cohort.kind.activated.emit(1)
    assert cohort.points is not None
    assert cohort.points.kind == "superclass"
    assert cohort.table.texts == [["All", "1", "5.00", "5.00", "5.00", "0.900"]]
    worklist.set_filter(WorklistFilter())
    known = worklist.columns.names.index("known")
    worklist.put_scores({known: replace(worklist.results.scores[known], verdict="poor", score=9.0)})
    qtbot.waitUntil(lambda: cohort.table.texts == [["All", "1 +1", "5.00", "5.00", "5.00", "0.900"]])
    assert cohort.headline.text() == (
        "1 of 3 recordings shown are scored. 1 more with a poor signal are shown apart and not counted.")
    cohort.kind.setCurrentIndex(0)
    cohort.kind.activated.emit(0)
    assert cohort.headline.text().startswith(
        "1 of 3 recordings shown have a score and reference regions: mean AUROC 0.900")
    worklist.set_filter(WorklistFilter(text="nobody"))
    qtbot.waitUntil(lambda: cohort.is_empty)
    assert "fulfils the worklist's filters" in cohort.advice.text()


def test_the_plots_are_imported_by_a_job() -> None:
    import_job(SimpleNamespace())  # type: ignore[arg-type]  # it reports nothing
    assert "pyqtgraph" in sys.modules


def test_thousands_of_points_are_each_drawn_at_their_place_at_any_zoom(program: Program, qtbot: QtBot) -> None:
    look = shown(program, qtbot).pages[1].look
    assert look is not None
    plot = Plot("Points", ("x", "y"))
    qtbot.addWidget(plot)
    plot.resize(700, 500)
    plot.begin(look)
    plot.item.showGrid(x=False, y=False)
    x, y = (axis.ravel() for axis in np.meshgrid(np.arange(30.0), np.arange(20.0)))
    plot.dots(x, y, "o", 4, QPen(Qt.PenStyle.NoPen), QBrush(QColor("#cc0033")))
    plot.show()
    for span in ((-1, 30, -1, 20), (10, 20, 8, 15)):
        plot.item.setRange(xRange=span[:2], yRange=span[2:], padding=0)
        picture = plot.canvas.viewport().grab().toImage()
        box = plot.item.getViewBox()

        def colour(place: tuple[float, float], box: Any = box, picture: QImage = picture) -> str:
            spot = box.mapViewToScene(QPointF(*place))
            return picture.pixelColor(round(spot.x() - 0.5), round(spot.y() - 0.5)).name()

        inside = [(across, up) for across, up in zip(x, y, strict=True)
                  if span[0] < across < span[1] and span[2] < up < span[3]]
        assert {colour(place) for place in inside} == {"#cc0033"}
        assert "#cc0033" not in {colour((across + 0.5, up + 0.5)) for across, up in inside}


def test_a_share_is_never_rounded_up_to_all() -> None:
    shares = (0.0, 9.94, 99.94, 99.97, 99.999999, 100.0)
    assert list(map(share_text, shares)) == ["0.0", "9.9", "99.9", "99.97", "99.999", "100.0"]

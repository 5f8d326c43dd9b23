"""Measured intervals, fiducials and average beats on the real window, of a patient's recording."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ecg_viewer.app import Program
from ecg_viewer.qt.measure.interval_feature import IntervalFeature
from ecg_viewer.qt.measure.lead_table_feature import LeadTableFeature
from ecg_viewer.qt.window.main_window import MainWindow
from mmae_core.assessment import AnomalyMap
from mmae_core.record import STANDARD_LEADS, Device, DeviceMeasurement

RECORD = Path(__file__).parents[2] / "data" / "ptbxl-mini" / "records500" / "00000" / "00035_hr.hea"

pytestmark = pytest.mark.measures


@pytest.fixture
def window(qtbot: QtBot, make_program: Callable[..., Program]) -> MainWindow:
    window = make_program().window
    window.session.open([RECORD])
    tracker = window.feature(IntervalFeature).tracker
    qtbot.waitUntil(lambda: tracker.measurements is not None and not tracker.is_running)
    qtbot.waitUntil(lambda: window.paper.is_complete)
    return window


def do(window: MainWindow, action: str) -> None:
    window.action(action).trigger()


def picture(widget: object) -> np.ndarray:
    image = widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB888)  # type: ignore[attr-defined]
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return rows[:, : image.width() * 3].reshape(image.height(), image.width(), 3).astype(int)


def test_values_stand_in_the_tab_and_the_formula_can_be_changed(window: MainWindow, qtbot: QtBot) -> None:
    feature = window.feature(IntervalFeature)
    table = feature.panel.table

    def shown() -> dict[str, str]:
        cells = [[table.item(row, column) for column in (0, 1)] for row in range(table.rowCount())]
        return {name.text(): value.text() for name, value in cells if name is not None and value is not None}

    def chosen() -> list[str]:
        return [name for name in shown() if name.endswith("✓")]

    assert shown()["Rate"].startswith("74")
    assert {name.removesuffix(" ✓") for name in shown() if name.startswith("QTc")} == {
        "QTc Fridericia", "QTc Bazett", "QTc Framingham", "QTc Hodges"}
    assert chosen() == ["QTc Fridericia ✓"]
    feature.panel.formula.setCurrentText("Bazett")
    assert chosen() == ["QTc Bazett ✓"]
    assert shown()["QTc Bazett ✓"] != shown()["QTc Fridericia"]
    assert "Bazett 1920" in feature.panel.formula_text.text()
    assert window.settings.settings.qtc_formula == "Bazett", "the next start corrects the same way"
    do(window, "intervals_copy")
    assert "QTc Bazett ✓\t" in QApplication.clipboard().text()
    window.settings.change(qtc_formula="Hodges")
    assert feature.panel.formula.currentText() == "Hodges", "the preferences reach the open window"
    do(window, "measure_again")
    assert feature.tracker.is_running
    qtbot.waitUntil(lambda: not feature.tracker.is_running)
    assert shown()["Rate"].startswith("74")


def test_the_tab_tells_deviations_limits_of_normal_and_how_regular_the_rhythm_is(
    window: MainWindow, qtbot: QtBot
) -> None:
    feature = window.feature(IntervalFeature)
    table, details = feature.panel.table, window.feature(LeadTableFeature).tracker
    qtbot.waitUntil(lambda: details.details is not None)
    found = details.details
    assert found is not None

    def row(name: str) -> list[str]:
        return next([table.item(at, column).text() for column in (1, 2)] for at in range(table.rowCount())
                    if table.item(at, 0).text().removesuffix(" ✓") == name)

    pr, low, high = found.spreads["pr_ms"], *found.table.ranges["pr_ms"]
    assert row("PR")[0].endswith(f" ± {pr.sd:.0f} ms")
    assert row("PR")[1] == f"{low:.0f}–{high:.0f}"
    assert row("QTc Bazett")[1] == "", "only Fridericia's is compared"
    assert row("QTc Fridericia")[1] != ""
    assert row("R-R")[0].startswith(f"{1000 * (feature.tracker.measurements.rr_s or 0):.0f} ± ")
    assert feature.panel.rhythm.text().startswith("The rhythm is regular: R-R ")
    assert feature.panel.doubt.isHidden()
    do(window, "model_marks")
    assert row("PR")[1] == "", "normals are not mentioned while the program's marks are hidden"


def test_the_devices_own_values_stand_beside_ours_where_they_differ(
    qtbot: QtBot, make_program: Callable[..., Program], monkeypatch: pytest.MonkeyPatch
) -> None:
    window = make_program().window
    window.session.open([RECORD])
    feature = window.feature(IntervalFeature)
    qtbot.waitUntil(lambda: feature.tracker.measurements is not None)
    record = window.session.record
    assert record is not None
    assert feature.panel.device.isHidden()
    device = Device(measurements=(DeviceMeasurement("QRS duration", "201", "ms"),
                                  DeviceMeasurement("Heart rate", "75", "/min")))
    object.__setattr__(record, "device", device)
    feature.panel.refresh()
    ours = feature.tracker.measurements.qrs_ms.value
    assert ours is not None
    assert feature.panel.device.text() == f"⚠ The device measured otherwise: QRS 201 ms (here {ours:.0f} ms)."
    assert "more than QRS 20 ms" in feature.panel.device.toolTip()


def test_fiducials_are_drawn_where_the_beats_are_and_only_on_request(window: MainWindow) -> None:
    feature = window.feature(IntervalFeature)
    before = picture(window.paper)
    do(window, "fiducials")
    assert feature.panel.fiducials_button.isChecked()
    after = picture(window.paper)
    measured = feature.tracker.measurements
    assert measured is not None
    area = window.paper.areas_of("aVL")[0]
    changed = (before != after).any(axis=2)
    row = changed[round(area.baseline_y) - 6 : round(area.baseline_y) + 6]
    beat = measured.beats[3]
    for time_s in (beat.qrs_on_s, beat.qrs_end_s, beat.p_on_s, beat.t_end_s):
        assert time_s is not None
        x = round(area.x_of(time_s))
        assert row[:, x - 1 : x + 2].any(), time_s
    between = round(area.x_of((beat.t_end_s or 0) + 0.08))
    assert not row[:, between - 1 : between + 2].any()
    do(window, "fiducials")
    assert (picture(window.paper) == before).all()


def test_the_average_beat_is_named_as_such_at_the_scale_it_states(window: MainWindow) -> None:
    do(window, "average_beat")
    dialog = window.feature(IntervalFeature).dialog
    assert dialog is not None
    assert dialog.isVisible()
    assert "not the rhythm" in dialog.windowTitle()
    assert dialog.headline.text().startswith("Average of 11 of 12 beats")
    assert set(dialog.papers) == set(STANDARD_LEADS)
    assert dialog.speed.currentText() in dialog.scale_label.text()
    dialog.speed.setCurrentIndex(1)
    assert "50 mm/s · 10 mm/mV" in dialog.scale_label.text()
    small = dialog.papers["V2"]
    px_per_mm = window.paper.screen_scale.drawing_px_per_mm
    assert small.x_of(0.2) - small.x_of(0.0) == pytest.approx(0.2 * 50 * px_per_mm)
    assert small.y_of(0.0) - small.y_of(1.0) == pytest.approx(10 * px_per_mm)
    dialog.speed.setCurrentIndex(0)
    assert small.x_of(0.2) - small.x_of(0.0) == pytest.approx(0.2 * 25 * px_per_mm)
    window.session.view.set_gain(20.0)
    assert small.y_of(0.0) - small.y_of(1.0) == pytest.approx(20 * px_per_mm)
    black = (picture(small).max(axis=2) < 90).sum()
    dialog.every_beat.setChecked(True)
    faint = picture(small)
    assert ((faint.max(axis=2) >= 90) & (faint.max(axis=2) < 215)).sum() > black
    dialog.close_button.click()
    assert not dialog.isVisible()


def test_the_average_beat_carries_the_heat_of_its_beats_unless_the_models_marks_are_hidden(window: MainWindow) -> None:
    percentile = np.full((12, 1000), 10.0, np.float32)
    percentile[STANDARD_LEADS.index("V5")] = 99.95
    window.session.heat.add(AnomalyMap(0.0, 100.0, percentile, percentile, percentile, (), "fake", "cpu"))
    do(window, "average_beat")
    dialog = window.feature(IntervalFeature).dialog
    assert dialog is not None
    hot, cold = picture(dialog.papers["V5"]), picture(dialog.papers["I"])

    def redness(shot: np.ndarray) -> float:
        return float(np.median(shot[..., 0] - shot[..., 2]))

    assert redness(hot) > redness(cold) + 60
    do(window, "model_marks")
    assert redness(picture(dialog.papers["V5"])) == pytest.approx(redness(cold), abs=8)
    assert "mean percentile" not in dialog.basis.text()


def test_all_average_beats_are_seen_at_once_wherever_there_is_room(window: MainWindow, qtbot: QtBot) -> None:
    do(window, "average_beat")
    dialog = window.feature(IntervalFeature).dialog
    assert dialog is not None
    sheet, px_per_mm = dialog.sheet, window.paper.screen_scale.drawing_px_per_mm

    def hidden() -> tuple[int, int]:
        return sheet.horizontalScrollBar().maximum(), sheet.verticalScrollBar().maximum()

    assert hidden() == (0, 0), "on the screen of the test, which is a small one"
    do(window, "normal_band")  # which makes the papers higher
    dialog.speed.setCurrentIndex(1)
    seen = {}
    for size in ((1120, 660), (880, 820), (1880, 530), (600, 1240)):
        dialog.resize(*size)
        qtbot.waitUntil(lambda size=size: (dialog.width(), dialog.height()) == size and hidden() == (0, 0)
                        and len({(paper.x(), paper.y()) for paper in dialog.papers.values()}) == 12)
        seen[size] = sheet.n_columns
        assert dialog.papers["I"].y() < dialog.papers["II"].y(), "leads go down the columns, as on the paper"
        small = dialog.papers["V6"]
        assert small.x_of(0.2) - small.x_of(0.0) == pytest.approx(10 * px_per_mm), "the scale stays"
    assert seen == {(1120, 660): 4, (880, 820): 3, (1880, 530): 6, (600, 1240): 2}
    dialog.resize(400, 400)
    qtbot.waitUntil(lambda: dialog.height() < 500)
    assert hidden()[0] == 0, "what finds no room is scrolled downwards, never sideways"


def test_under_cabrera_the_average_beat_is_inverted_and_named_as_on_the_paper(window: MainWindow) -> None:
    do(window, "average_beat")
    dialog = window.feature(IntervalFeature).dialog
    assert dialog is not None
    paper = dialog.papers["aVR"]
    upright = paper._beat.range_mv
    do(window, "cabrera")
    assert paper.accessibleName() == "−aVR"
    assert paper._beat.range_mv[1] > upright[1], "its R-peak points up"
    assert [beat.lead for beat in dialog.sheet._beats][:4] == ["aVL", "I", "aVR", "II"]

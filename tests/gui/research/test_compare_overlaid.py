"""Two recordings on one paper: the second trace whole and filtered, the difference of both maps, what a copy says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import wfdb
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from ecg_viewer.app import Program
from ecg_viewer.qt.research.compare_feature import CompareFeature
from ecg_viewer.qt.research.compare_foot import LOW_PX
from ecg_viewer.qt.research.compare_overlays import second_colour
from ecg_viewer.qt.research.compare_side import SecondSide
from ecg_viewer.qt.research.research_feature import ResearchFeature
from ecg_viewer.state.assessment import Phase
from ecg_viewer.state.filters import FilterChain
from ecg_viewer.state.research.comparison import PLACES, ComparedStretch
from mmae_core.assessment import AnomalyMap
from mmae_core.record import STANDARD_LEADS, EcgRecord

MakeProgram = Callable[..., Program]
WriteRecord = Callable[..., Path]


@pytest.fixture
def program(make_program: MakeProgram, write_record: WriteRecord, second_scorer: object, qtbot: QtBot) -> Program:
    """A recording of 12 s is open."""
    made = make_program()
    made.session.open([write_record("first", rate=500)])
    qtbot.waitUntil(lambda: made.session.assessment.phase is Phase.DONE)
    return made


def feature_of(program: Program) -> CompareFeature:
    return program.window.feature(CompareFeature)


def compared(program: Program, qtbot: QtBot, path: Path, place: str = "overlaid") -> SecondSide:
    """The second side once it shows a recording, assessed."""
    feature_of(program).compare_with(path)
    side = feature_of(program).side
    assert side is not None
    qtbot.waitUntil(lambda: side.session.record is not None and side.session.record.name == path.stem)
    qtbot.waitUntil(lambda: side.session.assessment.phase is Phase.DONE)
    feature_of(program).bar.place.setCurrentIndex(PLACES.index(place))
    qtbot.waitUntil(lambda: (side._trace.stretch is not None or place in ("beside", "below"))
                    and program.window.paper.is_complete)
    return side


def foot_text(program: Program, side: SecondSide) -> str:
    return side.feet[0].text(program.window.paper)


def pixels(image: QImage) -> np.ndarray:
    """(height, width, 3) RGB of a picture at one pixel a point."""
    image = image.convertToFormat(QImage.Format.Format_RGB32)
    flat = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return flat[:, : 4 * image.width()].reshape(image.height(), image.width(), 4)[..., 2::-1].astype(int)


def test_the_second_trace_is_painted_whole_in_a_colour_that_is_named_and_through_the_filter_of_the_first(
    program: Program, write_record: WriteRecord, qtbot: QtBot
) -> None:
    """Dashes once hid R waves in their gaps: a spike of a single sample, wherever it is, must be seen."""
    side, paper = compared(program, qtbot, write_record("second")), program.window.paper
    record, area = side._trace.stretch.record, paper.areas_of("I")[0]
    side._trace.stretch = None
    without = pixels(paper.grab().toImage())
    for rate in (500.0, 8000.0):  # each sample is drawn; the lowest and highest of bins
        spiked = EcgRecord(record.name, rate, round(12 * rate), STANDARD_LEADS, record.source, record.read_leads)
        samples = np.zeros((12, spiked.n_samples), np.float32)
        spikes = np.arange(round(0.1 * rate), round(min(area.end_s, 11.9) * rate), round(0.0937 * rate))
        samples[0, spikes] = np.where(np.arange(spikes.size) % 2, 0.9, -0.9)
        side._trace.stretch = ComparedStretch(spiked, 0.0, samples, FilterChain())
        changed = (np.abs(pixels(paper.grab().toImage()) - without) > 12).any(axis=2)
        for sample in spikes:
            x, y = area.x_of(sample / rate), area.y_of(0.95 * float(samples[0, sample]))
            seen = changed[round(y) - 3 : round(y) + 4, round(x) - 2 : round(x) + 3]
            assert seen.any(), f"the spike at {sample / rate:.3f} s is not painted"
    image, top = paper.grab().toImage(), paper.height() - side.feet[0].height(paper)
    below = [QColor(image.pixel(20, y)).name() for y in range(top, paper.height())]
    assert paper.theme.trace in below
    assert second_colour(paper.theme).name() in below
    own = program.session.record
    for layout in ("12x1", "3x4+II"):
        program.session.view.set_layout(layout)
        program.session.view.scroll_to(1.3137)
        qtbot.waitUntil(lambda: paper.is_complete)
        side._trace.stretch = None
        alone = pixels(paper.grab().toImage())[: side.feet[0].height(paper) * -1]
        side._trace.stretch = ComparedStretch(own, 0.0, own.read(), FilterChain())
        both = pixels(paper.grab().toImage())[: side.feet[0].height(paper) * -1]
        is_second = both[..., 1] - both[..., 0] > 60
        assert is_second.sum() > 1000
        assert alone[is_second].max(axis=1).max() < 215, "over its like it lies on it, in every column"
    window = program.window
    window.action("filter_monitor").trigger()
    qtbot.waitUntil(lambda: bool(side._trace.stretch.chain))  # scipy is imported first
    stretch = side._trace.stretch
    assert stretch.chain == program.session.view.filter.in_force(250)
    assert stretch.chain.name == "0.5–40 Hz monitor"
    assert stretch.samples_mv == pytest.approx(stretch.chain.apply(record.read(), 250), abs=1e-4)
    assert foot_text(program, side).count("0.5–40 Hz monitor (not diagnostic") == 2
    window.action("filter_none").trigger()
    qtbot.waitUntil(lambda: not side._trace.stretch.chain)
    assert side._trace.stretch.samples_mv == pytest.approx(record.read())
    compared(program, qtbot, write_record("slow", rate=100))
    program.session.view.filter.choose_band("diagnostic")
    of_b = foot_text(program, side).splitlines()[1]
    assert of_b.startswith("B: slow · ")
    assert " · No filter · " in of_b
    assert "0.05–150 Hz diagnostic needs at least 334 samples a second; this recording has 100." in of_b
    qtbot.waitUntil(lambda: side._trace.stretch.record.name == "slow" and side._trace.stretch.chain == FilterChain())


def test_a_copied_picture_of_two_recordings_names_both_with_scale_filter_and_model(
    program: Program, write_record: WriteRecord, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    side = compared(program, qtbot, write_record("second", rate=100))
    side.views.set_offset(0.5)
    program.session.view.filter.choose_band("monitor")
    qtbot.waitUntil(lambda: bool(side.session.sha256 and program.session.sha256))
    said: list[tuple[str, ...]] = []

    def picture(_paper: object, _theme: object, lines: tuple[str, ...]) -> QImage:
        said.append(lines)
        return QImage(1, 1, QImage.Format.Format_RGB32)

    monkeypatch.setattr("ecg_viewer.qt.export.export_desk.paper_picture", picture)
    program.window.action("copy_paper").trigger()
    of_a, of_b = ([line[3:] for line in said[0] if line.startswith(letter)] for letter in ("A: ", "B: "))
    for lines, session, rate in ((of_a, program.session, 500), (of_b, side.session, 100)):
        text = "\n".join(lines)
        assert f"Recording {session.record.name} (" in text
        assert f"{rate} Hz" in text
        assert session.sha256 in text
        assert "Model fake" in text
        assert "25 mm/s, 10 mm/mV, filter: 0.5–40 Hz monitor" in text
    assert sum("Exported by" in line for line in said[0]) == 1
    assert ", 0 to " in of_a[-1]
    assert ", 0.5 to " in of_b[-1]
    program.window.action("compare_close").trigger()
    program.window.action("copy_paper").trigger()
    assert not any(line.startswith(("A: ", "B: ")) for line in said[1])


def shifted(scorer: object, monkeypatch: pytest.MonkeyPatch) -> None:
    """Side B's model finds V1 from 7 to 7.4 s, and nothing else."""
    ask = scorer._map

    def answer(record: EcgRecord, start_s: float, end_s: float) -> AnomalyMap:
        found = ask(record, start_s, end_s)
        percentile = np.full_like(found.peak_percentile, 50.0)
        times = start_s + np.arange(percentile.shape[1]) / found.sampling_rate_hz
        percentile[STANDARD_LEADS.index("V1"), (times >= 7.0) & (times < 7.4)] = 99.0
        return replace(found, percentile=percentile, peak_percentile=percentile)

    monkeypatch.setattr(scorer, "_map", answer)


def test_the_difference_of_two_models_is_painted_said_and_explained(
    program: Program, second_scorer: object, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    shifted(second_scorer, monkeypatch)
    window, paper = program.window, program.window.paper
    action = window.action("compare_difference")
    assert not action.isEnabled()
    window.action("compare_models").trigger()
    side = feature_of(program).side
    qtbot.waitUntil(lambda: side.session.assessment.phase is Phase.DONE)
    program.session.view.set_speed(12.5)
    assert action.isEnabled()
    action.trigger()
    assert feature_of(program).place == "difference"
    assert action.isChecked()
    assert not side.paper.isVisible()
    qtbot.waitUntil(lambda: paper.is_complete)
    image = pixels(paper.grab().toImage())

    def halves(lead: str, start_s: float, end_s: float) -> tuple[np.ndarray, np.ndarray]:
        """Mean colours of the upper and the lower half of the lead's band."""
        band, area = paper.band_of(lead), paper.areas_of(lead)[0]
        place = QRectF(area.x_of(start_s), band.top(), area.x_of(end_s) - area.x_of(start_s), band.height()).toRect()
        part = image[place.top() + 1 : place.bottom(), place.left() + 1 : place.right()]
        middle = part.shape[0] // 2
        return part[: middle - 1].mean(axis=(0, 1)), part[middle + 2 :].mean(axis=(0, 1))

    upper, lower = halves("V3", 2.0, 2.2)
    assert upper[0] - upper[2] > 60, "A higher: orange"
    assert lower[0] - lower[2] < 40
    upper, lower = halves("V1", 7.0, 7.4)
    assert lower[2] - lower[0] > 60, "B higher: blue"
    assert upper[2] - upper[0] < 10
    hover = paper.hover_at(QPointF(paper.x_of_time(2.1), paper.y_of("V3", 0.0)))
    window.status.show_cursor(hover)
    assert "percentile A 99.8, B 50.0; A − B +49.8" in window.status.cursor_label.text()
    assert "upper half, orange: A higher; lower half, blue: B higher" in foot_text(program, side)
    assert not window.legend.isVisible()
    program.session.view.set_heat_threshold(99.9)
    qtbot.waitUntil(lambda: paper.is_complete)
    image = pixels(paper.grab().toImage())
    upper, _ = halves("V3", 2.0, 2.2)
    assert upper[0] - upper[2] < 40, "neither reaches the threshold"
    assert "reaches percentile 99.9" in foot_text(program, side)
    window.action("model_marks").trigger()
    assert "upper half" not in foot_text(program, side), "hidden with the model's marks"
    window.action("model_marks").trigger()
    window.resize(1000, 900)
    qtbot.waitUntil(lambda: paper.height() >= LOW_PX and window.height() == 900)
    foot, with_words = side.feet[0], side.feet[0].height(paper)
    window.resize(1000, 520)
    qtbot.waitUntil(lambda: paper.height() < LOW_PX)
    assert "upper half" not in foot_text(program, side)
    feature_of(program).bar.place.setCurrentIndex(PLACES.index("overlaid"))
    without_legend = foot.height(paper)
    feature_of(program).bar.place.setCurrentIndex(PLACES.index("difference"))
    assert without_legend < foot.height(paper) < with_words, "a low paper has the legend, without its sentence"
    feature_of(program).bar.place.setCurrentIndex(PLACES.index("beside"))
    action.trigger()
    action.trigger()
    assert feature_of(program).place == "beside"
    assert window.legend.isVisible()
    assert side.paper.isVisible()


def test_in_the_difference_too_space_takes_what_the_model_made_of_a_lesion(
    program: Program, write_record: WriteRecord, qtbot: QtBot
) -> None:
    header, paper = write_record("known", rate=500), program.window.paper
    wfdb.wrann("known", "lesion", np.array([950, 1150]), ["(", ")"], chan=np.array([8, 8]), aux_note=["st_shift", ""],
               write_dir=str(header.parent))
    program.session.open([header])
    tracker = program.window.feature(ResearchFeature).tracker
    qtbot.waitUntil(lambda: tracker.localization is not None)  # wfdb is imported first
    compared(program, qtbot, write_record("second", rate=500), "difference")

    def tip() -> str:
        area = paper.areas_of("V3")[0]
        return paper.tip_at(QPointF(area.x_of(2.1), area.top + area.height / 2))

    assert tip().startswith("▲ Hit · st shift · V3")
    qtbot.keyClick(paper, Qt.Key.Key_Space)
    assert feature_of(program).place == "difference"
    qtbot.waitUntil(lambda: tip().startswith("st shift · V3"))
    area = paper.areas_of("V3")[0]
    hidden = pixels(paper.grab().toImage())[:, round(area.x_of(1.9)):round(area.x_of(2.3))]
    assert not (hidden == QColor(paper.theme.model_colour).getRgb()[:3]).all(axis=2).any()


def test_maps_of_different_length_give_no_difference_and_say_why(
    program: Program, write_record: WriteRecord, qtbot: QtBot
) -> None:
    equal, longer = write_record("equal"), write_record("longer", duration_s=20.0)
    side, bar = compared(program, qtbot, longer, "overlaid"), feature_of(program).bar
    action, index = program.window.action("compare_difference"), PLACES.index("difference")
    assert not action.isEnabled()
    assert action.toolTip() == "The recordings differ in length: 12 s and 20 s."
    assert not bar.place.model().item(index).isEnabled()
    assert bar.place.itemData(index, Qt.ItemDataRole.ToolTipRole) == action.toolTip()
    program.window.action("compare_place").trigger()
    assert feature_of(program).place == "beside", "what is not possible is passed over"
    feature_of(program).compare_with(equal)
    qtbot.waitUntil(lambda: side.session.record.name == "equal")
    assert bar.place.model().item(index).isEnabled()
    action.trigger()
    qtbot.waitUntil(lambda: side._trace.stretch is not None)
    assert side._trace.is_shown
    feature_of(program).compare_with(longer)
    qtbot.waitUntil(lambda: feature_of(program).place == "beside")
    assert program.window.status.currentMessage() == "The recordings differ in length: 12 s and 20 s."

"""The rows of two compared recordings line up, and both sides carry their percentiles."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from ecg_viewer.app import Program
from ecg_viewer.qt.paper import PaperView
from ecg_viewer.qt.research.compare_feature import CompareFeature
from ecg_viewer.qt.research.compare_side import SecondSide
from ecg_viewer.state.assessment import Phase
from ecg_viewer.state.layouts import LAYOUTS
from mmae_core.record import STANDARD_LEADS
from mmae_core.resources import resource

MakeProgram = Callable[..., Program]
WriteRecord = Callable[..., Path]
LAYOUT_IDS = [spec.id for spec in LAYOUTS]


def compared(program: Program, qtbot: QtBot, first: Path, second: Path) -> SecondSide:
    program.session.open([first])
    qtbot.waitUntil(lambda: program.session.assessment.phase is Phase.DONE)
    feature = program.window.feature(CompareFeature)
    feature.compare_with(second)
    side = feature.side
    assert side is not None
    qtbot.waitUntil(lambda: side.session.assessment.phase is Phase.DONE)
    qtbot.waitUntil(lambda: side.paper.is_complete and program.window.paper.is_complete)
    return side


def baselines(paper: PaperView) -> dict[str, set[float]]:
    """Of each lead, from the top of its paper."""
    found: dict[str, set[float]] = {}
    for area in paper.areas():
        found.setdefault(area.lead, set()).add(area.baseline_y)
    return found


@pytest.mark.parametrize("layout", LAYOUT_IDS)
def test_the_same_lead_stands_at_the_same_height_and_scale_on_both_papers_in_every_layout_and_place(
    make_program: MakeProgram, second_scorer: object, qtbot: QtBot, layout: str
) -> None:
    program = make_program()
    side = compared(program, qtbot, resource("demo", "00195_hr.hea"), resource("demo", "00234_hr.hea"))
    first, second = program.window.paper, side.paper
    assert first.reach.own != second.reach.own, "their traces ask for different rows"
    program.session.view.set_layout(layout)
    for place in ("beside", "below"):
        program.window.feature(CompareFeature).comparison.place = place
        side.put(place)
        program.app.processEvents()
        if first.height() != second.height():  # an odd number of pixels is shared
            program.window.resize(program.window.width(), program.window.height() + 1)
            program.app.processEvents()
            side.put(place)
            program.app.processEvents()
        assert first.height() == second.height()
        assert baselines(first) == baselines(second), (layout, place)
        scales = [{(area.px_per_s, area.px_per_mv) for area in paper.areas()} for paper in (first, second)]
        assert scales[0] == scales[1]


def test_a_level_line_of_both_recordings_is_painted_in_the_same_pixel_row(
    make_program: MakeProgram, write_record: WriteRecord, second_scorer: object, qtbot: QtBot
) -> None:
    def level(name: str, tall_lead: str) -> Path:
        """0 mV everywhere, but for tall waves in one lead, which ask for room there."""
        path = write_record(name)
        samples = np.zeros((3000, 12), "<i2")
        for after in range(12):
            samples[after::250, STANDARD_LEADS.index(tall_lead)] = 4000
        path.with_suffix(".dat").write_bytes(samples.tobytes())
        checksum = samples.astype(np.int64).sum(axis=0).astype(np.int16)
        lines = [path.read_text().splitlines()[0]]
        lines += [f"{name}.dat 16 1000/mV 16 0 {samples[0, index]} {checksum[index]} 0 {lead}"
                  for index, lead in enumerate(STANDARD_LEADS)]
        path.write_text("\n".join(lines) + "\n")
        return path

    program = make_program()
    side = compared(program, qtbot, level("first", "II"), level("second", "V4"))
    first, second = (_rows_of_trace(paper) for paper in (program.window.paper, side.paper))
    assert first, "lines are seen"
    assert first == second


def _rows_of_trace(paper: PaperView) -> list[int]:
    """The pixel rows in which more than half of the paper's width has a colour of traces: none has much red."""
    image = paper.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    pixels = np.frombuffer(image.constBits(), np.uint32).reshape(image.height(), image.width()) & 0xFFFFFF
    dark = pixels >> 16 < 110
    lowest = round(max(area.bottom for area in paper.areas()))
    return np.flatnonzero(dark[:lowest].mean(axis=1) > 0.5).tolist()


def test_a_lead_that_only_one_recording_has_keeps_its_row_free_on_the_other(
    make_program: MakeProgram, write_record: WriteRecord, second_scorer: object, qtbot: QtBot
) -> None:
    program = make_program()
    lacking = write_record("lacking", leads=tuple(lead for lead in STANDARD_LEADS if lead != "V2"))
    program.session.open([resource("demo", "00195_hr.hea")])
    qtbot.waitUntil(lambda: program.session.assessment.phase is Phase.DONE)
    feature = program.window.feature(CompareFeature)
    feature.compare_with(lacking)
    side = feature.side
    assert side is not None
    qtbot.waitUntil(lambda: side.session.record is not None and side.paper.is_complete)
    qtbot.waitUntil(lambda: "V2" in baselines(side.paper))
    assert baselines(program.window.paper) == baselines(side.paper)
    feature.end()
    assert program.session.view.arrangement.leads == STANDARD_LEADS


def test_both_sides_say_their_percentile_its_cohort_and_how_many_findings(
    make_program: MakeProgram, second_scorer: object, qtbot: QtBot
) -> None:
    program = make_program()
    side = compared(program, qtbot, resource("demo", "00195_hr.hea"), resource("demo", "00234_hr.hea"))
    papers = program.window.paper, side.paper
    for foot, paper in zip(side.feet, papers, strict=True):
        assert "percentile 97.3 of 912 normals, 2 findings" in foot.text(paper)


def test_after_the_comparison_the_rows_are_spaced_by_the_recordings_own_reach_again(
    make_program: MakeProgram, second_scorer: object, qtbot: QtBot
) -> None:
    program = make_program()
    program.session.open([resource("demo", "00195_hr.hea")])
    qtbot.waitUntil(lambda: program.session.assessment.phase is Phase.DONE and program.window.paper.is_complete)
    alone = baselines(program.window.paper)
    feature = program.window.feature(CompareFeature)
    feature.compare_with(resource("demo", "00234_hr.hea"))
    assert feature.side is not None
    qtbot.waitUntil(lambda: feature.side is not None and feature.side.paper.is_complete)
    feature.end()
    qtbot.waitUntil(lambda: baselines(program.window.paper) == alone)

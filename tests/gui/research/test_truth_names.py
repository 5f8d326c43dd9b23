"""The words on truth boxes stand where there is room, or in the tooltip."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import wfdb
from PySide6.QtCore import QPointF, QRectF
from pytestqt.qtbot import QtBot

from ecg_viewer.app import Program
from ecg_viewer.qt.research.free_room import FreeRoom
from ecg_viewer.qt.research.research_feature import ResearchFeature
from ecg_viewer.state.assessment import Phase
from mmae_core.record import STANDARD_LEADS

SPANS = ((0.0, 0.45), (1.0, 1.5), (1.7, 3.4), (3.5, 3.8))


@pytest.fixture
def program(make_program: Callable[..., Program], write_record: Callable[..., Path], qtbot: QtBot) -> Program:
    """Lesions in every lead, some where a column of a narrow window begins with the name of its lead."""
    header = write_record("known")
    marks = sorted(
        mark for number in range(12) for start_s, end_s in SPANS
        for mark in ((round(start_s * 250) + number, "(", number, "st_shift"),
                     (round(end_s * 250) + number, ")", number, ""))
    )
    samples, symbols, channels, notes = zip(*marks, strict=True)
    wfdb.wrann(header.stem, "lesion", np.array(samples), list(symbols), chan=np.array(channels),
               aux_note=list(notes), write_dir=str(header.parent))
    made = make_program()
    made.window.resize(760, 600)
    made.session.open([header])
    research = made.window.feature(ResearchFeature)
    qtbot.waitUntil(lambda: len(research.tracker.boxes) == 48)
    qtbot.waitUntil(lambda: made.session.assessment.phase is Phase.DONE)
    return made


def test_no_word_on_a_truth_box_covers_anything_and_what_is_not_written_is_in_the_tooltip(
    program: Program, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    paper = program.window.paper
    plates: list[QRectF] = []
    place = FreeRoom.place

    def watched(room: FreeRoom, *asked: object) -> tuple[int, QRectF] | None:
        found = place(room, *asked)
        plates.extend([] if found is None else [found[1]])
        return found

    monkeypatch.setattr(FreeRoom, "place", watched)
    for layout, n_names in (("3x4", 12), ("12x1", 0)):
        program.session.view.set_layout(layout)
        qtbot.waitUntil(lambda: paper.is_complete)
        plates.clear()
        paper.grab()
        assert len(plates) >= 6
        assert all(not plate.intersects(name) for plate in plates for name in paper.name_boxes())
        assert len(paper.name_boxes()) == n_names
        assert not any(first.intersects(second) for n, first in enumerate(plates) for second in plates[:n])
        for area in paper.areas():
            times, values = paper.samples(area.lead, max(area.start_s, 0.0), area.end_s)
            points = [QPointF(area.x_of(time_s), area.y_of(mv)) for time_s, mv in zip(times, values, strict=True)]
            assert not any(plate.contains(point) for plate in plates for point in points if point.x() <= area.right)
    area = paper.areas_of("V3")[0]
    inside = QPointF(area.x_of(1.2), area.top + area.height / 2)
    offset_s = STANDARD_LEADS.index("V3") / 250
    assert paper.tip_at(inside) == f"△ Miss · st shift · V3 · {1.0 + offset_s:.2f} to {1.5 + offset_s:.2f} s"
    assert paper.tip_at(QPointF(area.x_of(0.7), inside.y())) == ""
    program.window.action("truth").trigger()
    assert paper.tip_at(inside) == ""

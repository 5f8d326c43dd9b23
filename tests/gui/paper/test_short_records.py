"""Records of a few seconds: every lead's name can be read, whatever the layout, the order and the window's width."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from PySide6.QtCore import QRectF

from ecg_viewer.qt.paper.lead_badges import badge_area
from ecg_viewer.qt.paper.lead_labels import RIM_PX, cell_label_box, cell_places, label_font, label_of
from ecg_viewer.qt.paper.paper_notes import note
from ecg_viewer.state.layouts import LAYOUTS
from mmae_core.record import STANDARD_LEADS

RATE_HZ = 250
PAPER_WIDTHS = (280, 640, 1040, 1500)
"""Side by side in a small window; in windows of 1024, 1440 and 1920 pixels."""


def names_in_cells(paper) -> list[tuple[str, QRectF]]:
    """Every name in a cell with its rim."""
    layout, scene = paper._layout, paper._picture._shown
    font = label_font(paper.font(), layout.geometry.pitch_px / layout.device_ratio)
    rim = RIM_PX / 2
    return [
        (row.lead, cell_label_box(layout, row, left, label_of(scene, row), font).adjusted(-rim, 0, rim, 0))
        for row, left in cell_places(layout)
    ]


@pytest.mark.parametrize("duration_s", [1, 2, 3, 5, 10])
def test_names_are_whole_and_apart_in_every_layout(bench, make_record, duration_s: int) -> None:
    paper = bench.paper
    bench.open(make_record(np.zeros((12, duration_s * RATE_HZ)), RATE_HZ, derived=frozenset({"aVR"})))
    columns_shown = set()
    for width, cabrera, spec in itertools.product(PAPER_WIDTHS, (False, True), LAYOUTS):
        paper.resize(width, 520)
        bench.view.set_cabrera(cabrera)
        bench.view.set_layout(spec.id)
        layout = paper._layout
        columns_shown.add(len(layout.geometry.columns))
        if layout.has_labels_in_gutter:
            continue  # each name has a line of its own
        names = names_in_cells(paper)
        badges = [badge_area(layout, lead, paper.font()) for lead in bench.view.arrangement.leads]
        boxes = [box for _, box in names] + badges
        inside = QRectF(layout.gutter, 0, paper.width() - layout.gutter, layout.paper_height)
        for lead, box in names:
            place = (width, cabrera, spec.id, lead)
            assert inside.contains(box), place
            left = [area for area in paper.areas_of(lead) if area.left <= box.center().x() < area.right]
            assert left, place
            assert box.right() <= left[0].right, place
            assert not any(box.intersects(other) for other in boxes if other != box), place
    assert columns_shown >= {1: {1}, 2: {1, 2}}.get(duration_s, {1, 2, 4})


def test_too_narrow_columns_give_way_and_the_paper_says_so(bench, make_record) -> None:
    bench.view.set_layout("3x4+II")
    bench.open(make_record(np.zeros((12, RATE_HZ)), RATE_HZ))
    assert [len(column) for column in bench.view.arrangement.columns] == [12]
    assert bench.view.arrangement.leads == STANDARD_LEADS
    assert "3 × 4 + II" in note(bench.view, bench.paper._layout)
    assert bench.view.start_limits_s == (0.0, 0.0), "nothing is left to scroll to"
    bench.view.set_speed(100)
    assert len(bench.view.arrangement.columns) == 4
    assert note(bench.view, bench.paper._layout) == ""
    bench.view.set_speed(25)
    bench.view.toggle_auto_fit()
    assert len(bench.view.arrangement.columns) == 4


def test_a_narrow_window_too_gives_up_columns_and_takes_them_again(bench, make_record) -> None:
    bench.view.set_layout("3x4")
    bench.open(make_record(np.zeros((12, 10 * RATE_HZ)), RATE_HZ))
    bench.paper.setMinimumSize(0, 0)
    bench.paper.resize(240, 500)
    assert len(bench.view.arrangement.columns) == 1
    bench.paper.resize(900, 500)
    assert len(bench.view.arrangement.columns) == 4
    assert len(bench.paper._layout.geometry.columns) == 4

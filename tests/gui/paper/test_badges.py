"""Badges of poor leads stand at their lead's name in every layout, inside the paper and clear of each other."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRectF
from pytestqt.qtbot import QtBot

from ecg_viewer.qt.paper.lead_badges import badge_area
from ecg_viewer.qt.paper.lead_labels import cell_label_box, cell_places, label_font
from ecg_viewer.state.assessment import Phase
from ecg_viewer.state.layouts import LAYOUTS
from mmae_core.record import STANDARD_LEADS

NOISE = "noise of 0.3 mV"


@pytest.mark.parametrize("size", [(1440, 900), (1024, 700)])
def test_every_layout_has_room_for_all_badges(
    qtbot: QtBot, make_program, fake_scorer, write_record, opens, size: tuple[int, int]
) -> None:
    fake_scorer.poor = dict.fromkeys(STANDARD_LEADS, NOISE)
    program = make_program(fake_scorer)
    opens(program, write_record("noisy", duration_s=12.0))
    qtbot.waitUntil(lambda: program.session.assessment.phase is Phase.DONE)
    window, paper = program.window, program.window.paper
    window.resize(*size)
    for spec in LAYOUTS:
        program.session.view.set_layout(spec.id)
        program.app.processEvents()
        layout = paper._layout
        shown = {area.lead for area in paper.areas()}
        badges = {lead: badge_area(layout, lead, paper.font()) for lead in shown}
        assert all(area is not None for area in badges.values()), spec.id
        inside = QRectF(0, 0, paper.width(), layout.paper_height)
        names = label_boxes(layout, paper.font())
        for lead, area in badges.items():
            others = [box for other, box in badges.items() if other != lead] + names
            assert inside.contains(area), (spec.id, lead)
            assert not any(area.intersects(other) for other in others), (spec.id, lead)


def label_boxes(layout, font) -> list[QRectF]:
    """Names in the cells of a layout with columns; names in the gutter have a test of their own."""
    if layout.has_labels_in_gutter:
        return []
    name_font = label_font(font, layout.geometry.pitch_px / layout.device_ratio)
    return [cell_label_box(layout, row, left, row.label, name_font) for row, left in cell_places(layout)]

"""The legend shows the colours of the paper."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QImage

from ecg_viewer.qt.paper.heat_legend import MARGIN_PX, HeatLegend
from ecg_viewer.render.colour import HEAT_STOPS, heat_table
from ecg_viewer.render.theme import DARK, THEMES, Theme
from ecg_viewer.state.display_choices import HeatLook
from ecg_viewer.state.heat import percentile_codes


def pixels(legend: HeatLegend) -> np.ndarray:
    image = legend.grab().toImage().convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return rows[:, : image.width() * 3].reshape(image.height(), image.width(), 3).astype(int)


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES.keys())
def test_each_percentile_has_the_colour_it_has_on_the_paper(qtbot, theme: Theme) -> None:
    legend = HeatLegend(theme)
    qtbot.addWidget(legend)
    legend.resize(300, 84)
    seen = pixels(legend)
    paper = np.array([int(theme.paper[part : part + 2], 16) for part in (1, 3, 5)])
    for percentile, place, _ in HEAT_STOPS[1:4]:
        colour = heat_table(theme.heat)[percentile_codes(np.array([percentile]))[0]].astype(float)
        expected = colour[:3] * colour[3] / 255 + paper * (1 - colour[3] / 255)
        column = round(MARGIN_PX + place * (300 - 2 * MARGIN_PX))
        distance = np.abs(seen[:, column - 1 : column + 2] - expected).max(axis=2)
        assert distance.min() < 6, percentile


def test_the_legend_changes_with_theme_and_opacity(qtbot) -> None:
    legend = HeatLegend(THEMES["paper"])
    qtbot.addWidget(legend)
    legend.resize(300, 84)
    first = pixels(legend)
    legend.set_look(HeatLook(opacity=0.3))
    paler = pixels(legend)
    legend.set_look(HeatLook())
    legend.set_theme(DARK)
    assert (paler != first).any()
    assert (pixels(legend) != first).any()
    assert "percentile" in legend.accessibleDescription()


@pytest.mark.parametrize("width", [0, 280, 600])
def test_nothing_is_cut_off_at_the_edges(qtbot, width: int) -> None:
    legend = HeatLegend(THEMES["paper"])
    qtbot.addWidget(legend)
    legend.resize(legend.minimumSizeHint().expandedTo(QSize(width, 0)))
    seen = pixels(legend)
    background = seen[0, 0]
    for edge in (seen[:, -2:], seen[-2:], seen[:, :2]):
        assert (np.abs(edge - background).max(axis=-1) < 8).all()

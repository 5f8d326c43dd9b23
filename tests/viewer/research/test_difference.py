"""Two maps subtracted: in points, where something is to be seen, with reasons where nothing can be."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from ecg_viewer.render.colour import rgb_to_oklab
from ecg_viewer.render.difference_colours import DIFFERENCE_STOPS, difference_pixels, difference_place, points_at
from ecg_viewer.render.theme import THEMES, Theme
from ecg_viewer.state.assessment import Phase
from ecg_viewer.state.heat import HeatMap
from ecg_viewer.state.research.difference import DifferenceMap, why_no_difference
from mmae_core.assessment import AnomalyMap
from mmae_core.record import STANDARD_LEADS, EcgRecord, Source

MACHADO = {
    "normal": np.eye(3),
    "protanopia": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deuteranopia": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "tritanopia": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
}
"""Full severity, Machado, Oliveira and Fernandes 2009; they act on linear RGB."""


def heat_of(duration_s: float, spots: dict[str, tuple[float, float, float]]) -> HeatMap:
    """Percentile 50 everywhere, and a lead's own from one second to another; aVL without an answer."""
    percentile = np.full((12, round(duration_s * 100)), 50.0, np.float32)
    percentile[STANDARD_LEADS.index("aVL")] = np.nan
    for lead, (start_s, end_s, value) in spots.items():
        percentile[STANDARD_LEADS.index(lead), round(start_s * 100) : round(end_s * 100)] = value
    heat = HeatMap()
    heat.reset(duration_s)
    heat.add(AnomalyMap(0.0, 100.0, percentile, percentile, percentile, (), "fake", "cpu"))
    return heat


def test_the_difference_is_a_less_b_in_points_at_the_same_place_of_both() -> None:
    first, second = heat_of(20, {"V1": (3, 4, 99.0)}), heat_of(20, {"V1": (5, 6, 99.0), "V2": (2, 4, 95.0)})
    offsets = [0.0]
    difference = DifferenceMap(first, second, lambda: offsets[0])
    v1, v2, avl = (STANDARD_LEADS.index(lead) for lead in ("V1", "V2", "aVL"))
    found = difference.between(0, 10, 10)
    assert found.points[v1, [2, 3, 5]] == pytest.approx([0.0, 49.0, -49.0], abs=0.6)
    assert found.points[v2, 3] == pytest.approx(-45.0, abs=0.6)
    assert found.highest[v2, 3] == pytest.approx(95.0, abs=0.2)
    assert np.isnan(found.points[avl]).all()
    assert not found.is_pending.any()
    offsets[0] = 2.0
    assert difference.between(0, 10, 10).points[v1] == pytest.approx(0.0, abs=0.2)
    offsets[0] = 15.0
    assert np.isnan(difference.between(0, 10, 10).points[v1, 5:]).all(), "beyond the end of B nothing is pending"
    assert not difference.between(0, 10, 10).is_pending.any()


def test_both_values_are_said_and_what_is_missing_of_them() -> None:
    second = heat_of(20, {"V1": (3, 4, 62.0)})
    difference = DifferenceMap(heat_of(20, {"V1": (3, 4, 97.5)}), second, lambda: 0.0)
    assert difference.text_at("V1", 3.5) == "percentile A 97.5, B 62.0; A − B +35.5"
    assert difference.text_at("aVL", 3.5) == "percentile A not assessed, B not assessed"
    second.reset(20)
    assert difference.between(3, 4, 4).is_pending[STANDARD_LEADS.index("V1")].all()
    assert difference.text_at("V1", 3.5) == "percentile A 97.5, B not yet assessed"


def named(name: str, duration_s: float, record: Callable[..., EcgRecord]) -> EcgRecord:
    made = record(name, duration_s)
    return replace(made, source=Source((Path(name),), "memory"))


def test_maps_that_cannot_be_subtracted_say_why(
    bench: object, record: Callable[..., EcgRecord]
) -> None:
    second = type(bench)()
    assert why_no_difference(bench.session, second.session) == "Both sides must show a recording."
    bench.open(named("a", 20.0, record))
    second.open(named("b", 12.0, record))
    assert why_no_difference(bench.session, second.session) == "The recordings differ in length: 20 s and 12 s."
    second.open(named("b", 20.0, record))
    assert why_no_difference(bench.session, second.session) == ""
    second.open(named("a", 20.0, record))
    assert why_no_difference(bench.session, second.session) == "Both sides show the same map: one recording, one model."
    second.session.models.choose("faithful")
    assert why_no_difference(bench.session, second.session) == ""
    second.session._set_assessment(replace(second.session.assessment, phase=Phase.UNSUPPORTED))
    assert why_no_difference(bench.session, second.session) == "Side B has no map: it was not assessed."


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES.keys())
@pytest.mark.parametrize("vision", MACHADO.values(), ids=MACHADO.keys())
def test_which_side_is_higher_is_told_by_every_kind_of_colour_vision(theme: Theme, vision: np.ndarray) -> None:
    points = np.array([5.0, 20.0, 100.0])
    first, second = (seen(difference_pixels(sign * points, theme), theme, vision) for sign in (1, -1))
    assert (np.linalg.norm(first - second, axis=1) > 0.10).all()
    paper = seen(difference_pixels(np.zeros(1), theme), theme, vision)
    for arm in (first, second):
        away = np.linalg.norm(arm - paper, axis=1)
        assert (np.diff(away) > 0.02).all(), "more is further from the paper"


def test_the_legend_has_the_places_of_the_colours() -> None:
    points = np.array([-100.0, -20.0, -5.0, 0.4, 5.0, 20.0, 100.0])
    places = difference_place(points)
    assert places.tolist() == [-1.0, -0.65, -0.3, 0.0, 0.3, 0.65, 1.0]
    known = points != 0.4
    assert points_at(places[known]) == pytest.approx(points[known])
    assert difference_pixels(np.array([0.9, np.nan, -0.9]), THEMES["paper"])[:, 3].tolist() == [0, 0, 0]
    strongest = difference_pixels(np.array([100.0]), THEMES["paper"], 0.5)
    assert strongest[0, 3] == round(255 * 0.5 * DIFFERENCE_STOPS[-1][2])


def seen(pixels: np.ndarray, theme: Theme, vision: np.ndarray) -> np.ndarray:
    """OKLab of pixels on the paper."""
    paper = np.array([int(theme.paper[part : part + 2], 16) for part in (1, 3, 5)]) / 255
    colours = pixels / 255
    mixed = colours[:, :3] * colours[:, 3:] + paper * (1 - colours[:, 3:])
    linear = np.where(mixed <= 0.04045, mixed / 12.92, ((mixed + 0.055) / 1.055) ** 2.4)
    back = np.clip(linear @ vision.T, 0, 1)
    return rgb_to_oklab(np.where(back <= 0.0031308, 12.92 * back, 1.055 * back ** (1 / 2.4) - 0.055))

"""Every colour map keeps its order for every kind of colour vision, and leaves the trace readable."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from ecg_viewer.render.colour import heat_table, rgb_to_oklab, uniform_ramp
from ecg_viewer.render.heat_colours import PALETTES, Ramp, heat_ramp, trace_ramp
from ecg_viewer.render.theme import THEMES, Theme
from ecg_viewer.state.display_choices import HEAT_COLOUR_TITLES, HEAT_COLOURS, HeatColours
from ecg_viewer.state.heat import percentile_codes

VISIONS = {
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
STEPS = np.array([90.5, 95.0, 99.0, 99.9, 100.0])
FIRST_STEP = {False: 0.02, True: 0.09}
"""OKLab; a narrow stripe on dark paper is lost sooner than one on light paper."""

every_map = pytest.mark.parametrize("colours", HEAT_COLOURS)
every_theme = pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES.keys())
every_vision = pytest.mark.parametrize("vision", VISIONS.values(), ids=VISIONS.keys())


def rgb(colour: str) -> np.ndarray:
    return np.array([[int(colour[part : part + 2], 16) for part in (1, 3, 5)]]) / 255


def linear(srgb: np.ndarray) -> np.ndarray:
    return np.where(srgb <= 0.04045, srgb / 12.92, ((srgb + 0.055) / 1.055) ** 2.4)


def seen_lab(srgb: np.ndarray, vision: np.ndarray) -> np.ndarray:
    seen = np.clip(linear(srgb) @ vision.T, 0, 1)
    return rgb_to_oklab(np.where(seen <= 0.0031308, 12.92 * seen, 1.055 * seen ** (1 / 2.4) - 0.055))


def contrast(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    luminances = [linear(colours) @ np.array([0.2126, 0.7152, 0.0722]) for colours in (first, second)]
    return (np.maximum(*luminances) + 0.05) / (np.minimum(*luminances) + 0.05)


def on_paper(ramp: Ramp, theme: Theme, percentiles: np.ndarray) -> np.ndarray:
    colours = heat_table(ramp)[percentile_codes(percentiles)] / 255
    return colours[:, :3] * colours[:, 3:] + rgb(theme.paper) * (1 - colours[:, 3:])


def opaque(ramp: Ramp, percentiles: np.ndarray) -> np.ndarray:
    return heat_table(ramp)[percentile_codes(percentiles), :3] / 255


def test_every_choice_has_a_palette_with_a_title() -> None:
    assert set(PALETTES) == set(HEAT_COLOURS)
    assert len(set(HEAT_COLOUR_TITLES.values())) == len(HEAT_COLOURS)


@every_map
@every_theme
@every_vision
def test_more_unusual_is_always_further_from_the_paper(
    colours: HeatColours, theme: Theme, vision: np.ndarray
) -> None:
    lightness = seen_lab(on_paper(heat_ramp(colours, theme), theme, STEPS), vision)[:, 0]
    steps = np.diff(lightness) * (1 if theme.is_dark else -1)
    assert (steps > 0.01).all()


@every_map
@every_theme
@every_vision
def test_neighbouring_steps_of_the_scale_look_different_to_everybody(
    colours: HeatColours, theme: Theme, vision: np.ndarray
) -> None:
    lab = seen_lab(on_paper(heat_ramp(colours, theme), theme, STEPS), vision)
    paper = seen_lab(rgb(theme.paper), vision)
    assert np.linalg.norm(np.diff(np.vstack((paper, lab)), axis=0), axis=1).min() > 0.02


@every_map
@every_theme
def test_ramps_are_perceptually_uniform(colours: HeatColours, theme: Theme) -> None:
    steps = np.linalg.norm(np.diff(rgb_to_oklab(uniform_ramp(heat_ramp(colours, theme), 33)), axis=0), axis=1)
    assert steps.max() / steps.min() < 1.15


@every_map
@every_theme
def test_the_trace_is_readable_on_every_heat_of_every_map(colours: HeatColours, theme: Theme) -> None:
    heat = on_paper(heat_ramp(colours, theme), theme, np.linspace(90, 100, 400))
    assert contrast(heat, rgb(theme.trace)).min() >= 3.0


@every_map
@every_theme
@every_vision
def test_a_coloured_trace_keeps_its_order_and_its_contrast(
    colours: HeatColours, theme: Theme, vision: np.ndarray
) -> None:
    drawings = opaque(trace_ramp(colours, theme), STEPS)
    assert contrast(drawings, rgb(theme.paper)).min() >= 3.0
    lightness = seen_lab(drawings, vision)[:, 0]
    assert (np.diff(lightness) * (-1 if theme.is_dark else 1) > 0.01).all()


@every_theme
def test_maps_are_told_apart(theme: Theme) -> None:
    strongest = {colours: opaque(heat_ramp(colours, theme), np.array([100.0])) for colours in HEAT_COLOURS}
    for first, second in itertools.combinations(strongest.values(), 2):
        assert np.linalg.norm(rgb_to_oklab(first) - rgb_to_oklab(second)) > 0.05


@pytest.mark.parametrize("threshold", [90.0, 95.0, 99.5])
def test_nothing_below_the_threshold_is_coloured_and_the_scale_stays_the_cohorts(threshold: float) -> None:
    ramp = THEMES["paper"].heat
    everything, cut = heat_table(ramp), heat_table(ramp, threshold=threshold)
    below = percentile_codes(np.linspace(0, threshold - 1.0, 50))
    above = percentile_codes(np.linspace(threshold + 0.05, 100, 50))
    assert (cut[below, 3] == 0).all()
    np.testing.assert_array_equal(cut[above], everything[above])


@every_map
@every_theme
def test_the_first_percentiles_that_are_coloured_stand_out_from_the_paper(colours: HeatColours, theme: Theme) -> None:
    first = rgb_to_oklab(on_paper(heat_ramp(colours, theme), theme, np.array([91.0, 95.0])))
    distance = np.linalg.norm(first - rgb_to_oklab(rgb(theme.paper)), axis=1)
    assert distance[0] > FIRST_STEP[theme.is_dark]
    assert distance[1] > 1.3 * distance[0]

"""The heat's colours: fixed by the cohort, in an order that colour blindness and grey prints keep."""

from __future__ import annotations

import numpy as np
import pytest

from ecg_viewer.render.colour import heat_table, oklab_to_rgb, rgb_to_oklab, uniform_ramp
from ecg_viewer.render.theme import PAPER, THEMES, Theme
from ecg_viewer.state.heat import NOT_ASSESSED, PENDING, percentile_codes

themes = pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES.keys())

DEUTERANOPIA = np.array(
    [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
)
PROTANOPIA = np.array(
    [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
)
"""Full severity, Machado, Oliveira and Fernandes 2009; they act on linear RGB."""


def rgb(colour: str) -> np.ndarray:
    return np.array([[int(colour[part : part + 2], 16) for part in (1, 3, 5)]]) / 255


def linear(srgb: np.ndarray) -> np.ndarray:
    return np.where(srgb <= 0.04045, srgb / 12.92, ((srgb + 0.055) / 1.055) ** 2.4)


def luminance(srgb: np.ndarray) -> np.ndarray:
    return linear(srgb) @ np.array([0.2126, 0.7152, 0.0722])


def contrast(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    lighter, darker = np.maximum(first, second), np.minimum(first, second)
    return (lighter + 0.05) / (darker + 0.05)


def on_paper(theme: Theme, percentiles: np.ndarray) -> np.ndarray:
    """What the heat looks like on the theme's paper, sRGB (n, 3)."""
    colours = heat_table(theme.heat)[percentile_codes(percentiles)] / 255
    return colours[:, :3] * colours[:, 3:] + rgb(theme.paper) * (1 - colours[:, 3:])


def test_oklab_goes_there_and_back() -> None:
    colours = np.random.default_rng(0).uniform(size=(200, 3))
    np.testing.assert_allclose(oklab_to_rgb(rgb_to_oklab(colours)), colours, atol=1e-5)
    np.testing.assert_allclose(rgb_to_oklab(np.ones((1, 3))), [[1, 0, 0]], atol=1e-3)


@themes
def test_the_ramp_is_perceptually_uniform(theme: Theme) -> None:
    ramp = rgb_to_oklab(uniform_ramp(theme.heat, 33))
    steps = np.linalg.norm(np.diff(ramp, axis=0), axis=1)
    assert steps.max() / steps.min() < 1.15


@themes
def test_nothing_glows_in_the_common_range_of_normal_ecgs(theme: Theme) -> None:
    table = heat_table(theme.heat)
    assert (table[percentile_codes(np.linspace(0, 89, 90)), 3] == 0).all()
    assert table[[PENDING, NOT_ASSESSED], 3].tolist() == [0, 0]


@themes
def test_opacity_has_a_floor_and_rises(theme: Theme) -> None:
    alpha = heat_table(theme.heat)[percentile_codes(np.linspace(90, 100, 500)), 3].astype(int)
    assert alpha[0] >= 0.35 * 255
    assert (np.diff(alpha) >= 0).all()
    half = heat_table(theme.heat, 0.5)[percentile_codes(np.array([100.0])), 3]
    assert half[0] == pytest.approx(alpha[-1] / 2, abs=1)


@themes
@pytest.mark.parametrize("vision", [np.eye(3), DEUTERANOPIA, PROTANOPIA], ids=["normal", "deutan", "protan"])
def test_more_unusual_is_always_further_from_the_paper(theme: Theme, vision: np.ndarray) -> None:
    seen = np.clip(linear(on_paper(theme, np.array([90.5, 95, 99, 99.9, 100.0]))) @ vision.T, 0, 1)
    lightness = rgb_to_oklab(np.where(seen <= 0.0031308, 12.92 * seen, 1.055 * seen ** (1 / 2.4) - 0.055))[:, 0]
    steps = np.diff(lightness) * (1 if theme.is_dark else -1)
    assert (steps > 0.01).all()


@themes
def test_the_trace_is_readable_on_every_heat(theme: Theme) -> None:
    heat = luminance(on_paper(theme, np.linspace(90, 100, 400)))
    assert contrast(heat, luminance(rgb(theme.trace))).min() >= 3.0


@themes
def test_text_and_marks_stand_out(theme: Theme) -> None:
    assert contrast(luminance(rgb(theme.text)), luminance(rgb(theme.strip)))[0] >= 7
    assert contrast(luminance(rgb(theme.quiet_text)), luminance(rgb(theme.strip)))[0] >= 4.5
    for drawn in (theme.trace, theme.model_colour, theme.human_colour):
        assert contrast(luminance(rgb(drawn)), luminance(rgb(theme.paper)))[0] >= 4.5


def test_neighbouring_tick_percentiles_look_different() -> None:
    lab = rgb_to_oklab(on_paper(PAPER, np.array([80.0, 90.5, 95, 99, 99.9])))
    assert np.linalg.norm(np.diff(lab, axis=0), axis=1).min() > 0.02

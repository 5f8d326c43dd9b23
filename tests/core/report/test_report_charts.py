"""Charts: what is drawn lies where the numbers are, and can be read without seeing it."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

import numpy as np
import pytest
from sklearn.metrics import roc_auc_score

from mmae_core.report.charts import (
    FigureInterval,
    Series,
    calibration_chart,
    density_chart,
    interval_chart,
    pr_chart,
    roc_chart,
    roc_curve,
    thinned,
)
from mmae_core.report.svg import CHART_STYLE, N_COLOURS, WIDTH, Axis, ChartFrame, spanning, standalone

SVG = "{http://www.w3.org/2000/svg}"
LABELS = np.random.default_rng(0).random(300) < 0.4
SCORES = np.random.default_rng(1).gamma(2, size=300) * np.where(LABELS, 2, 1)

CHARTS = {
    "roc": roc_chart([Series("mine: AUROC 0.7", *map(list, roc_curve(SCORES, LABELS)))]),
    "pr": pr_chart([Series("mine", [0.2, 0.6, 1.0], [0.9, 0.7, 0.4])], 0.4),
    "density": density_chart({"normal": SCORES[~LABELS], "abnormal": SCORES[LABELS]}),
    "calibration": calibration_chart({"all": np.linspace(0.01, 1, 100)}, 0.1),
    "interval": interval_chart(
        [FigureInterval("MI <b>&", 0.8, 0.7, 0.9, published=0.86),
         FigureInterval("a name that is far too long " * 4, 0.6)],
        "AUROC", "classes", guide=0.5, guide_name="chance",
    ),
}


def points(path: str) -> np.ndarray:
    return np.array([[float(number) for number in pair.split()] for pair in re.findall(r"[ML]([\d.]+ [\d.]+)", path)])


@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_is_sound_svg_with_a_title_and_a_description(name: str) -> None:
    root = ET.fromstring(CHARTS[name])
    assert root.get("role") == "img"
    title, description = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert title is not None
    assert description is not None
    assert root.get("aria-labelledby") == f"{title.get('id')} {description.get('id')}"
    assert len(description.text or "") > 40
    assert "nan" not in CHARTS[name].lower().replace("finance", "")


@pytest.mark.parametrize("name", CHARTS)
def test_nothing_is_drawn_or_written_beyond_the_edges(name: str) -> None:
    root = ET.fromstring(CHARTS[name])
    width, height = (float(root.get(side, "0")) for side in ("width", "height"))
    assert width == WIDTH
    for text in root.iter(f"{SVG}text"):
        x, y, room = float(text.get("x", "0")), float(text.get("y", "0")), 6.5 * len(text.text or "")
        assert 8 <= y <= height
        if text.get("transform") is None:
            start = x - room * {"start": 0, "middle": 0.5, "end": 1}[text.get("text-anchor", "start")]
            assert start >= -8, text.text
            assert start + room <= width + 8, text.text
    for path in root.iter(f"{SVG}path"):
        if found := points(path.get("d", "")).tolist():
            xs, ys = zip(*found, strict=True)
            assert min(xs) >= 0
            assert max(xs) <= width
            assert min(ys) >= 0
            assert max(ys) <= height


def test_text_from_outside_cannot_become_markup() -> None:
    assert "<b>" not in CHARTS["interval"]
    assert "MI &lt;b&gt;&amp;" in CHARTS["interval"]


def test_curves_equal_those_of_scikit_learn() -> None:
    ties = np.round(SCORES)
    for scores in (SCORES, ties):
        false, true = roc_curve(scores, LABELS)
        assert np.trapezoid(true, false) == pytest.approx(roc_auc_score(LABELS, scores))
    with_gaps = np.concatenate([SCORES, [np.nan]])
    np.testing.assert_array_equal(roc_curve(with_gaps, [*LABELS, True])[1], roc_curve(SCORES, LABELS)[1])


def test_a_thinned_curve_keeps_its_ends_and_its_area() -> None:
    x = np.linspace(0, 1, 20_000)
    thin_x, thin_y = thinned(x, np.sqrt(x), 100)
    assert len(thin_x) <= 100
    assert (thin_x[0], thin_x[-1], thin_y[-1]) == (0, 1, 1)
    assert np.trapezoid(thin_y, thin_x) == pytest.approx(2 / 3, abs=1e-3)


def test_a_point_lies_where_its_axes_say() -> None:
    frame = ChartFrame(Axis("x", 1, 256, True), Axis("y", 0, 2))
    left, right = frame.at_x(1), frame.at_x(256)
    assert frame.at_x(16) == pytest.approx((left + right) / 2)
    assert frame.at_y(1) == pytest.approx((frame.at_y(0) + frame.at_y(2)) / 2)
    assert frame.at_y(2) < frame.at_y(0)  # up is up
    assert frame.path([1, 4, float("nan"), 16], [0, 1, 1, 2]).count("M") == 2


@pytest.mark.parametrize(
    ("axis", "expected"),
    [
        (Axis("", 0, 1), [0, 0.2, 0.4, 0.6, 0.8, 1.0]),
        (Axis("", -0.03, 0.03), [-0.03, -0.02, -0.01, 0, 0.01, 0.02, 0.03]),
        (Axis("", 1, 256, True), [1, 2, 4, 8, 16, 32, 64, 128, 256]),
        (Axis("", 0.03, 40, True), [0.1, 1, 10]),
        (Axis("", 3, 7, True), [3, 4, 5, 6, 7]),
    ],
)
def test_ticks_are_round_numbers_within_the_axis(axis: Axis, expected: list[float]) -> None:
    assert axis.ticks() == pytest.approx(expected)


def test_an_axis_without_extent_is_refused_and_a_single_value_gets_one() -> None:
    for low, high, logarithmic in ((1, 1, False), (0, 1, True), (float("nan"), 1, False)):
        with pytest.raises(ValueError, match="Axis 'x'"):
            Axis("x", low, high, logarithmic)
    assert spanning([0.0], "x").low < 0 < spanning([0.0], "x").high
    assert spanning([float("nan")], "x").high > spanning([], "x").low


@pytest.mark.parametrize("scores", [{}, {"normal": []}, {"normal": [1.0]}, {"a": [2.0, 2.0], "b": [-1.0]}])
def test_few_scores_are_drawn_as_far_as_there_are_any(scores: dict[str, list[float]]) -> None:
    chart = ET.fromstring(density_chart(scores))
    legend = [text.text for text in chart.iter(f"{SVG}text")]
    assert all(f"{name} ({len(values)})" in legend for name, values in scores.items())


def test_the_band_of_the_calibration_chart_is_as_wide_as_it_says() -> None:
    root = ET.fromstring(CHARTS["calibration"])
    band = next(path for path in root.iter(f"{SVG}path") if "band" in path.get("class", ""))
    outline = points(band.get("d", ""))
    frame = ChartFrame(Axis("", 0, 1), Axis("", 0, 1), height=440)
    middle = outline[np.isclose(outline[:, 0], frame.at_x(0.5), atol=0.06)][:, 1]
    assert sorted(middle) == pytest.approx([frame.at_y(0.6), frame.at_y(0.4)], abs=0.06)


def luminance(colour: str) -> float:
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return float(np.dot(linear, [0.2126, 0.7152, 0.0722]))


def test_every_colour_stands_out_from_light_and_dark_paper() -> None:
    themes = re.findall(r"\.chart\{(--paper[^}]*?)(?:display|\})", CHART_STYLE, re.DOTALL)
    assert len(themes) == 2
    for theme in themes:
        colours = dict(re.findall(r"--(\w+):(#[0-9a-f]{6})", theme))
        paper = luminance(colours["paper"])
        for name, least in [("ink", 7), ("axis", 3), *((f"c{index}", 3) for index in range(N_COLOURS))]:
            lighter, darker = sorted([luminance(colours[name]), paper], reverse=True)
            assert (lighter + 0.05) / (darker + 0.05) >= least, name


def test_a_chart_can_be_a_file_of_its_own() -> None:
    root = ET.fromstring(standalone(CHARTS["roc"]))
    style = root.find(f"{SVG}style")
    assert style is not None
    assert "prefers-color-scheme:dark" in (style.text or "")

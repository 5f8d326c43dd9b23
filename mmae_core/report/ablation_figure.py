"""The ablation's results as a table in Markdown and as the paper's figure 3, each beside the published values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from mmae_core.report.charts import Series
from mmae_core.report.figure_words import figure_words
from mmae_core.report.svg import WIDTH, Axis, ChartFrame, spanning, standalone

SCORE_NAMES = {
    "paper": "eq. 1, random masks (H = 4)", "complementary": "eq. 1, complementary masks",
    "own": "this project's score",
}


def ablation_markdown(results: Mapping[str, Any]) -> str:
    """Table 3, mask ratios and numbers of passes, measured and published."""
    about, rows = results["about"], results["variants"]
    ratios = sorted(_ratio_points(rows), key=lambda point: point[0])
    table_3 = [row for row in rows if "mask_ratio" not in row["changes"]]
    parts = [
        "# Ablation: table 3 and figure 3 of the paper", about["text"],
        "## Table 3", _table(
            ["variant", "paper", *SCORE_NAMES.values(), "Δ to full (eq. 1, random)", "loss", "min"],
            [_row(row["title"], row) for row in table_3],
        ),
        "Paper: AUROC on PTB-XL's fold 10; the value of the single mask is not in its text, nor how the one mask is "
        "made.",
    ]
    if len(ratios) > 1:
        low, high = results["paper"]["best_mask_ratios"]
        parts += [
            f"## Figure 3, mask ratio (paper: best from {low} to {high})",
            _table(["mask ratio", "paper", *SCORE_NAMES.values(), "Δ to 0.25 (eq. 1, random)", "loss", "min"],
                   [_row(f"{ratio:.2f}", row) for ratio, row in ratios]),
        ]
    if results["passes"] is not None:
        parts += _passes_parts(results["passes"])
    return "\n\n".join(parts) + "\n"


def figure_3(results: Mapping[str, Any]) -> str:
    """Both panels of figure 3 as one SVG file: AUROC against mask ratio, and against passes H."""
    points = sorted(_ratio_points(results["variants"]), key=lambda point: point[0])
    panels = []
    measured = f"AUROC, fold {results['about']['test_folds']}"
    if len(points) > 1:
        series = [
            _series(name, [ratio for ratio, _ in points], [row["scores"][key] for _, row in points])
            for key, name in SCORE_NAMES.items()
        ]
        panels.append(_panel("Mask ratio", Axis("mask ratio θ", 0, 1), measured, series,
                             tuple(results["paper"]["best_mask_ratios"]), "best range of the paper"))
    passes = results["passes"]
    if passes is not None:
        counts = [float(item["n_passes"]) for item in passes["random"]]
        four = passes["complementary"]
        series = [
            _series(f"eq. 1, random masks, {passes['n_records']} records", counts, passes["random"]),
            _series("eq. 1, complementary masks", [float(four["n_passes"])], [four]),
        ]
        panels.append(_panel("Passes", Axis("masked passes a region, H", 1, max(counts), True), measured, series,
                             (4.0, 4.0), "the paper's choice, H = 4; its curve rises slightly and saturates"))
    return _stacked(panels)


def _passes_parts(passes: Mapping[str, Any]) -> list[str]:
    four = passes["complementary"]
    rows = [[str(item["n_passes"]), _with_interval(item)] for item in passes["random"]]
    rows.append([f"{four['n_passes']}, complementary", _with_interval(four)])
    difference = four["against_random"]
    words = figure_words(difference["difference"], difference["difference_ci95"], "+.4f", " to ")
    return [
        "## Figure 3, passes (paper: rises slightly, then saturates)",
        _table(["H", "eq. 1"], rows),
        f"{passes['n_records']} records, the same for every H; H passes are the first H of the largest number. "
        f"Complementary less random masks at H = 4: {words}.",
    ]


def _ratio_points(rows: Sequence[Mapping[str, Any]]) -> list[tuple[float, Mapping[str, Any]]]:
    """(mask ratio, row) of the full model and of those that differ from it in their ratio alone."""
    return [
        (row["changes"].get("mask_ratio", row["mask_ratio"]), row)
        for row in rows if not set(row["changes"]) - {"mask_ratio"}
    ]


def _row(title: str, row: Mapping[str, Any]) -> list[str]:
    against = row["scores"]["paper"]["against_full"]
    difference = "–"
    if against is not None:
        difference = figure_words(against["difference"], against["difference_ci95"], "+.3f", " to ")
    published = row["published_auroc"]
    return [
        title, "–" if published is None else f"{published:.3f}",
        *(_with_interval(row["scores"][key]) for key in SCORE_NAMES), difference, f"{row['loss']:.3f}",
        f"{row['seconds'] / 60:.1f}",
    ]


def _with_interval(figures: Mapping[str, Any]) -> str:
    return figure_words(figures["auroc"], figures["auroc_ci95"], joint="–")


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _series(name: str, x: Sequence[float], figures: Sequence[Mapping[str, Any]]) -> Series:
    values, bounds = [item["auroc"] for item in figures], [item["auroc_ci95"] for item in figures]
    if any(pair is None for pair in bounds):  # too few records: lines without a band
        return Series(name, x, values)
    return Series(name, x, values, [low for low, _ in bounds], [high for _, high in bounds])


def _panel(
    title: str, x: Axis, y_label: str, series: Sequence[Series], marked: tuple[float, float], marked_name: str
) -> str:
    """Lines with 95-% bands; vertical guides at the paper's values on the x axis."""
    y = spanning([figure for one in series for figure in (*one.y, *one.low, *one.high)], y_label)
    frame = ChartFrame(x, y, height=360, about_x=10)
    for edge in dict.fromkeys(marked):
        frame.guide([edge, edge], [y.low, y.high])
    for colour, one in enumerate(series):
        if len(one.x) > 1:
            if one.low:
                frame.area(one.x, one.low, one.high, colour, "band")
            frame.line(one.x, one.y, colour)
        elif one.low:
            frame.draw(f'<line class="whisker s{colour}" x1="{frame.at_x(one.x[0]):.1f}" '
                       f'x2="{frame.at_x(one.x[0]):.1f}" y1="{frame.at_y(one.low[0]):.1f}" '
                       f'y2="{frame.at_y(one.high[0]):.1f}"/>')
        for across, up in zip(one.x, one.y, strict=True):
            frame.mark(across, up, colour, note=f"{one.name}: {up:.3f} at {across:g}")
    words = "; ".join(
        f"{one.name}: " + ", ".join(f"{up:.3f} at {across:g}" for across, up in zip(one.x, one.y, strict=True))
        for one in series
    )
    legend = [(colour, "line" if len(one.x) > 1 else "mark", one.name) for colour, one in enumerate(series)]
    return frame.finish(title, f"{y.label} against {x.label}, bands: 95-% bootstrap intervals. {words}.",
                        [*legend, (0, "guide", marked_name)])


def _stacked(charts: Sequence[str]) -> str:
    """Charts below one another in one SVG file."""
    placed, height = [], 0
    for chart in charts:
        opening, rest = chart.split(">", 1)
        placed.append(f'<g role="img" transform="translate(0 {height})">{rest.removesuffix("</svg>")}</g>')
        height += int(opening.split('height="')[1].split('"')[0])
    height = max(height, 1)
    size = f'viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}"'
    opening = f'<svg class="chart" xmlns="http://www.w3.org/2000/svg" {size}>'
    ground = f'<rect class="paper" width="{WIDTH}" height="{height}"/>'
    return standalone(f"{opening}{ground}{''.join(placed)}</svg>")

"""The part of a page that shows whether p-values of normals are uniform."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mmae_core.report.charts import FigureInterval, calibration_chart, interval_chart
from mmae_core.report.html_page import charts, figure, figure_text, paragraph, percent, table

Values = Mapping[str, Any]


def uniformity_section(values: Values) -> str:
    """Chart, table and words on `mmae_core.metrics.uniformity.check_uniformity`'s result."""
    overall = values["overall"]
    groups = [("all", overall)]
    groups += [(name, group) for parts in values["groups"].values() for name, group in parts.items()]
    judged = [(name, group) for name, group in groups if not group.get("too_few")]
    level = 1  # of the levels 1, 5 and 10 %: the one that is drawn
    drawn = [
        FigureInterval.of(name, group["false_alarms"][level]["rate"], group["false_alarms"][level]["ci95"])
        for name, group in judged
    ]
    target = overall["false_alarms"][level]["level"]
    return (
        paragraph(
            "A p-value promises that among normal records that neither trained nor calibrated at most a share α has "
            "p ≤ α. Here half of the normals calibrate and the other half is tested; no patient is in both halves. A "
            "percentile is the same number read from the other end."
        )
        + charts(
            figure(calibration_chart({"tested normals": values["p_values"]}, overall["ks"]["band95"]),
                   _verdict(overall)),
            figure(interval_chart(drawn, f"share of normals with p ≤ {target:g}",
                                  f"False alarms at {percent(target, 0)}", guide=target,
                                  guide_name=f"promised: {target:g}"),
                   "False alarms among tested normals of each group, by the one common calibration, with "
                   "Clopper-Pearson intervals."),
        )
        + table(
            [name.replace(" %", "\u00a0%") for name in (
                "normals", "calibrating", "tested",
                *(f"alarms at {percent(alarm['level'], 0)}" for alarm in overall["false_alarms"]),
                "KS distance", "KS p", "splits with KS p < 0.05", f"alarms at {percent(target, 0)}, all splits",
            )],
            [_row(name, group, level) for name, group in groups],
            caption="Rates of the first split with 95-% Clopper-Pearson intervals; in the last column mean, lowest and "
                    "highest of all splits. KS: two-sample Kolmogorov-Smirnov, exact for p-values that take steps.",
        )
        + _remarks(values)
    )


def _verdict(overall: Values) -> str:
    ks = overall["ks"]
    inside = ks["distance"] <= ks["band95"]
    return (
        f"The distribution stays {'within' if inside else 'not within'} the band: largest distance "
        f"{figure_text(ks['distance'])}, band {figure_text(ks['band95'])}, p = {ks['p']:.2g}."
    )


def _row(name: str, group: Values, level: int) -> list[str]:
    if group.get("too_few"):
        return [name, f"{group['n_records']} in all", "too few", *["–"] * 7]
    spread = group["over_splits"]
    return [
        name, f"{group['n_calibration']:,}", f"{group['n_test']:,}",
        *(_share(alarm["rate"], *alarm["ci95"]) for alarm in group["false_alarms"]),
        figure_text(group["ks"]["distance"]), f"{group['ks']['p']:.2g}",
        f"{spread['ks_p_below_5_percent']} of {spread['n_splits']}",
        _share(*(spread["rates"][level][key] for key in ("mean", "lowest", "highest"))),
    ]


def _share(value: float, low: float, high: float) -> str:
    return f"{percent(value)}\n({100 * low:.1f}–{percent(high)})"


def _remarks(values: Values) -> str:
    words = (
        f"{values['n_records']:,} normals, {values['n_splits']} splits (seed {values['seed']}) that share their "
        "records: their spread says how much hangs on the split, they are no independent repetitions. Groups are "
        "compared with all normals, as in use; a group whose normals score higher than the others gets more alarms "
        "than promised."
    )
    if values["n_without_patient"]:
        words += (
            f" The patient of {values['n_without_patient']:,} records is not known; each of them was taken for a "
            "patient of its own, so that records of one patient may be in both halves."
        )
    if values["n_without_score"]:
        words += f" {values['n_without_score']} normals have no score."
    return paragraph(words, muted=True)

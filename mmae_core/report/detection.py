"""The page of a detection report: figures, curves, groups, calibration."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from mmae_core.datasets.ptbxl import ABNORMAL_SUPERCLASSES
from mmae_core.metrics.detection import MIN_FOR_INTERVAL, MIN_OF_CLASS
from mmae_core.metrics.uniformity import check_records
from mmae_core.report.charts import (
    FigureInterval,
    Series,
    density_chart,
    interval_chart,
    pr_chart,
    roc_chart,
    roc_curve,
)
from mmae_core.report.html_page import (
    Section,
    charts,
    figure,
    figure_text,
    pair,
    paragraph,
    percent,
    table,
    with_interval,
)
from mmae_core.report.leads_page import lead_sections
from mmae_core.report.strata_page import strata
from mmae_core.report.svg import Axis
from mmae_core.report.uniformity import uniformity_section

PAPER_DETECTION = 0.860
"""AUROC of MMAE-ECG on PTB-XL's fold 10 (Zhou et al. 2025, arXiv 2502.05494, table 1)."""

Values = Mapping[str, Any]


def detection_sections(report: Values) -> list[Section]:
    """The sections of the page, in order; missing parts of the report are left out."""
    sections = [
        Section("Figures", _headline(report) + _curves(report) + _operating_points(report["detection"])),
        Section("Scores by class", _densities(report)),
        Section("By abnormality", _abnormalities(report)),
        Section("By sex and age", _people(report)),
    ]
    if found := strata(report):
        sections.append(Section("By device, site and noise", found))
    if uniformity := report.get("uniformity") or check_records(report["records"]):
        sections.append(Section("Are p-values of normals what they promise?", uniformity_section(uniformity)))
    if report.get("branches") or report.get("paper_score"):
        sections.append(Section("Parts of the score", _parts(report)))
    if report.get("against"):
        sections.append(Section("Against another method", _against(report)))
    if report.get("named_leads"):
        sections += [Section(f"{section.title} (maps that were given)", section.body)
                     for section in lead_sections(report["named_leads"])]
    if report.get("others"):
        sections.append(Section("Further scores of the same file", _others(report)))
    if report.get("seeds"):
        sections.append(Section("Over several seeds", seeds_table(report["seeds"])))
    sections.append(Section("Records without a score", records_without_score(report["records"])))
    return sections


def _headline(report: Values) -> str:
    detection = report["detection"]
    bootstrap = report["bootstrap"]
    rows = [
        ["AUROC", with_interval(detection["auroc"], detection["auroc_ci95"]), "0.500"],
        ["average precision (AUPRC)", with_interval(detection["auprc"], detection["auprc_ci95"]),
         figure_text(detection["prevalence"])],
    ]
    return table(["figure", "value (95-% interval)", "by chance"], rows) + paragraph(
        f"{detection['n_normal']:,} normal and {detection['n_abnormal']:,} abnormal records that have a score. "
        f"{_intervals(detection, bootstrap)} The MMAE-ECG paper reports an "
        f"AUROC of {PAPER_DETECTION:.3f} on PTB-XL's fold 10 under its own protocol.", muted=True,
    )


def _intervals(detection: Values, bootstrap: Values) -> str:
    """How intervals were made, or why there are none."""
    if reason := detection.get("no_interval"):
        return f"No intervals: {reason}."
    return f"Intervals: {bootstrap['rounds']:,} bootstrap rounds, unit {bootstrap['unit']}."


def _curves(report: Values) -> str:
    detection, curves = report["detection"], report["curves"]
    name = report["model"]["name"]
    roc = Series(f"{name}: AUROC {detection['auroc']:.3f}", *curve_columns(curves["roc"]))
    pr = Series(f"{name}: average precision {detection['auprc']:.3f}", *curve_columns(curves["pr"]))
    return charts(
        figure(roc_chart([roc]), "ROC curve: normal against abnormal records."),
        figure(pr_chart([pr], detection["prevalence"]), "Precision and recall: abnormal records are to be found."),
    )


def curve_columns(points: Sequence[Sequence[float]]) -> tuple[list[float], list[float]]:
    """A curve's [[x, y], ...] as x and y."""
    return [point[0] for point in points], [point[1] for point in points]


def _operating_points(detection: Values) -> str:
    rows = [
        [f"{fixed} at least {percent(point['target'], 0)}", free, with_interval(point[free], point["ci95"]),
         f"{point['threshold']:.4g}"]
        for fixed, free in (("specificity", "sensitivity"), ("sensitivity", "specificity"))
        for point in detection.get(f"{free}_at_{fixed}", ())
    ]
    if not rows:
        return ""
    return "<h3>Operating points</h3>" + table(
        ["fixed", "then", "value (95-% interval)", "threshold"], rows, text=(0, 1),
        caption="The threshold was read off these very records and is chosen anew in each bootstrap round.",
    )


def _densities(report: Values) -> str:
    scores: dict[str, list[float]] = {"normal": [], "abnormal": []}
    by_class: dict[str, list[float]] = {"normal": []}
    for record in report["records"]:
        if record["score"] is None:
            continue
        scores[record["label"]].append(record["score"])
        for name in ["normal"] if record["label"] == "normal" else record["superclasses"]:
            by_class.setdefault(name, []).append(record["score"])
    by_class.pop("NORM", None)
    ordered = {name: by_class[name] for name in ("normal", *ABNORMAL_SUPERCLASSES) if by_class.get(name)}
    parts = [figure(density_chart(scores), "Share of each class's records by score.")]
    if len(ordered) > 1:
        title = "Scores by superclass"
        parts.append(figure(density_chart(ordered, title=title), "A record with several superclasses counts in each."))
    return charts(*parts)


def _abnormalities(report: Values) -> str:
    whole = report["detection"]["auroc"]
    parts = []
    if report.get("superclasses"):
        named = {f"{name} ({ABNORMAL_SUPERCLASSES.get(name, name)})": group
                 for name, group in report["superclasses"].items()}
        parts.append("<h3>Diagnostic superclasses</h3>" + group_figures(named, "AUROC against all normals", whole))
    if report.get("statements"):
        statements = report["statements"]
        parts.append("<h3>SCP statements</h3>" + group_figures(statements, "AUROC against all normals", whole))
        worst = worst_groups(statements)
        if worst:
            parts.append(paragraph("Found worst: " + "; ".join(worst) + "."))
    return "".join(parts) or paragraph("The data name no kind of abnormality.")


def worst_groups(groups: Mapping[str, Values], count: int = 5) -> list[str]:
    """The groups of the lowest AUROC in words, lowest first."""
    known = [(group["detection"]["auroc"], name, group) for name, group in groups.items() if group["detection"]]
    return [
        f"{name} {with_interval(value, group['detection']['auroc_ci95'])}, {group['n_abnormal']:,} records"
        for value, name, group in sorted(known, key=lambda one: one[:2])[:count]
    ]


def _people(report: Values) -> str:
    whole = report["detection"]["auroc"]
    parts = [
        f"<h3>{title}</h3>" + group_figures(report[key], "AUROC within the group", whole)
        for key, title in (("sex", "Sex"), ("age", "Age in years"))
        if report.get(key)
    ]
    return "".join(parts) or paragraph("The data name neither sex nor age.")


def group_figures(groups: Mapping[str, Values], label: str, whole: float) -> str:
    """Chart and table of groups of records, empty ones left out; the dashed line is the whole."""
    groups = {name: group for name, group in groups.items() if group["n_normal"] + group["n_abnormal"]}
    drawn = [
        FigureInterval.of(name, group["detection"]["auroc"], group["detection"]["auroc_ci95"],
                    note=f"{group['n_abnormal']:,} abnormal")
        for name, group in groups.items()
        if group["detection"]
    ]
    rows = []
    for name, group in groups.items():
        figures = group["detection"]
        rows.append([
            name, f"{group['n_normal']:,}", f"{group['n_abnormal']:,}",
            with_interval(figures["auroc"], figures["auroc_ci95"]) if figures else "too few",
            with_interval(figures["auprc"], figures["auprc_ci95"]) if figures else "–",
            figure_text(figures["prevalence"]) if figures else "–",
        ])
    header = ["group", "normal", "abnormal", "AUROC", "average precision", "by chance"]
    chart = interval_chart(drawn, label, label, guide=whole, guide_name=f"all abnormal records: {whole:.3f}",
                           axis=_auroc_axis(drawn, whole, label)) if drawn else ""
    return pair(figure(chart) if chart else "", table(
        header, rows, caption=f"Too few: an interval needs {MIN_FOR_INTERVAL} normal and {MIN_FOR_INTERVAL} abnormal "
        f"records, a figure {MIN_OF_CLASS} of each."))


def _auroc_axis(drawn: Sequence[FigureInterval], whole: float, label: str) -> Axis:
    lowest = min([whole, *(row.low for row in drawn if math.isfinite(row.low)), *(row.value for row in drawn)])
    return Axis(label, max(0.0, math.floor(10 * lowest - 0.2) / 10), 1.0)


def _parts(report: Values) -> str:
    own = report["model"]
    described = ", ".join(str(own[key]) for key in ("error_space", "pooling") if own.get(key))
    if len(parts := own.get("parts") or ()) > 1:
        described = f"mean z-score of {', '.join(part.replace('_', ' ') for part in parts)}"
    rows = []
    sets = [(described or "own score", report)]
    sets += [(f"{space}, mean (paper, eq. 1)", values) for space, values in report.get("paper_score", {}).items()]
    for kind, values in sets:
        for part, figures in (("whole", values["detection"]), *values["branches"].items()):
            rows.append([kind, part, with_interval(figures["auroc"], figures["auroc_ci95"]),
                         with_interval(figures["auprc"], figures["auprc_ci95"])])
    return table(["score", "part", "AUROC", "average precision"], rows, text=(0, 1))


def _against(report: Values) -> str:
    against = report["against"]
    comparison = against["comparison"]
    names = (report["model"]["name"], against["model"]["name"])
    labels = [record["label"] == "abnormal" for record in report["records"]]
    own = [record["score"] for record in report["records"]]
    chart = paired_roc({names[0]: own, names[1]: against["scores"]}, labels)
    rows = [[name, figure_text(value)] for name, value in zip(
        names, (comparison["auroc"], comparison["auroc_against"]), strict=True)]
    rows.append(["difference", with_interval(comparison["difference"], comparison["difference_ci95"])])
    p_value = comparison["p_value"]
    rows.append(["p (DeLong, two-sided)", "– (too few)" if p_value is None else f"{p_value:.3g}"])
    return pair(figure(chart), table(["", "AUROC"], rows)) + paragraph(
        f"Paired on the {comparison['n_normal']:,} normal and {comparison['n_abnormal']:,} abnormal records that both "
        "methods could score (DeLong et al. 1988).", muted=True,
    )


def _others(report: Values) -> str:
    own, detection = report["model"]["name"], report["detection"]
    rows = [[own, with_interval(detection["auroc"], detection["auroc_ci95"]),
             with_interval(detection["auprc"], detection["auprc_ci95"]), "", ""]]
    for other in report["others"]:
        figures, comparison = other["detection"], other["comparison"]
        p_value = comparison["p_value"]
        rows.append([
            other["model"]["name"], with_interval(figures["auroc"], figures["auroc_ci95"]),
            with_interval(figures["auprc"], figures["auprc_ci95"]),
            with_interval(comparison["difference"], comparison["difference_ci95"]),
            "– (too few)" if p_value is None else f"{p_value:.3g}",
        ])
    return table(["scores", "AUROC", "average precision", f"{own} minus this", "p (DeLong, two-sided)"], rows)


def paired_roc(scores: Mapping[str, Sequence[float | None]], abnormal: Sequence[bool]) -> str:
    """ROC curves of several methods over the records that all of them could score."""
    known = {name: np.array(values, np.float64) for name, values in scores.items()}  # None becomes NaN
    common = np.isfinite(np.stack(list(known.values()))).all(axis=0)
    labels = np.asarray(abnormal, bool)[common]
    curves = []
    for name, values in known.items():
        false, true = roc_curve(values[common], labels)
        area = float(((false[1:] - false[:-1]) * (true[1:] + true[:-1])).sum() / 2)
        curves.append(Series(f"{name}: AUROC {area:.3f}", false.tolist(), true.tolist()))
    return roc_chart(curves)


def seeds_table(seeds: Values) -> str:
    """Mean and spread over models that differ in their seed alone."""
    rows = [
        [name, f"{seeds['mean'][name]:.4f}", f"{seeds['sd'][name]:.4f}",
         ", ".join(f"{run['figures'][name]:.4f}" for run in seeds["runs"])]
        for name in seeds["mean"]
    ]
    return table(["figure", "mean", "SD (n − 1)", "single runs"], rows,
                 caption=f"{seeds['n']} models of one configuration; the rest of this page is of the first.")


def records_without_score(records: Sequence[Values]) -> str:
    """Records without a score and the reasons, most frequent first."""
    without = [record for record in records if record["score"] is None]
    if not without:
        return paragraph("Every record has a score.")
    reasons = Counter(record["reason"] or "no reason given" for record in without)
    rows = [
        [reason, f"{count}", ", ".join(record["id"] for record in without if (record["reason"] or "no reason given")
                                       == reason)[:120]]
        for reason, count in reasons.most_common(20)
    ]
    more = f" The {len(reasons) - 20} rarest reasons are in the JSON report." if len(reasons) > 20 else ""
    return table(["reason", "records", "which"], rows, text=(0, 2)) + paragraph(
        f"{len(without):,} of {len(records):,} records have no score and are in no figure.{more}"
    )

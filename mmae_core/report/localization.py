"""The page of a localization report: where in a record the anomaly is."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from mmae_core.report.charts import FigureInterval, Series, density_chart, interval_chart, pr_chart, roc_chart
from mmae_core.report.detection import curve_columns, records_without_score, seeds_table
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

PAPER_LOCALIZATION = 0.749
"""Pooled AUROC of MMAE-ECG on the published benchmark (Zhou et al. 2025, arXiv 2502.05494, table 1)."""

Values = Mapping[str, Any]


def localization_sections(report: Values) -> list[Section]:
    """The parts of the page, in order; what a report does not hold is left out."""
    sections = [
        Section("Figures", _headline(report) + _curves(report)),
        Section("By kind of lesion", _kinds(report["kinds"], report["localization"]["pooled_auroc"])),
        Section("Overlap at a threshold", _overlap(report["overlap"])),
        Section("Record by record", _records(report)),
        Section("Records without a lesion", _lesion_free(report)),
    ]
    if report.get("against"):
        sections.append(Section("Against another method", _against(report["against"])))
    if report.get("seeds"):
        sections.append(Section("Over several seeds", seeds_table(report["seeds"])))
    sections.append(Section("Records without a score", records_without_score(
        [{**record, "score": None if record["reason"] else 1.0} for record in report["records"]])))
    return sections


def _headline(report: Values) -> str:
    figures, game = report["localization"], report["pointing_game"]
    rows = [
        ["pooled AUROC, all points of all records", *_pair(figures, "pooled_auroc"), "0.500"],
        ["mean of the records' own AUROCs", *_pair(figures, "record_auroc"), "0.500"],
        ["average precision", *_pair(figures, "average_precision"), figure_text(figures["chance_level"], 4)],
        ["lead-level AUROC", with_interval(report["lead_auroc"], report["lead_auroc_ci95"]), "0.500"],
        ["highest point hits a lesion (±50 ms)", with_interval(game["share"], game["share_ci95"]),
         figure_text(game["chance"], 4)],
    ]
    return table(["figure", "value (95-% interval)", "by chance"], rows) + paragraph(
        f"{figures['n_with_lesion']:,} records with a lesion and {figures['n_records'] - figures['n_with_lesion']:,} "
        f"without, {figures['n_points']:,} points; {_bootstrap(figures)}. The points of records without a lesion count "
        "in the pooled figures, where nothing is to be found; the mean over records and the highest point are of those "
        "with a lesion. No point was adjusted: an event counts by its points. Pooling rewards a method whose maps are "
        "comparable between records; the mean over records does not. The MMAE-ECG paper reports a pooled AUROC of "
        f"{PAPER_LOCALIZATION:.3f} on 400 annotated records, which these are not unless the provenance says so.",
        muted=True,
    )


def _bootstrap(figures: Values) -> str:
    """How intervals were made, or why there are none."""
    reason = figures.get("no_interval")
    return f"no intervals: {reason}" if reason else "intervals by record bootstrap"


def _pair(figures: Values, name: str) -> tuple[str]:
    return (with_interval(figures[name], figures[f"{name}_ci95"]),)


def _curves(report: Values) -> str:
    figures, curves, name = report["localization"], report["curves"], report["model"]["name"]
    roc = Series(f"{name}: AUROC {figures['pooled_auroc']:.3f}", *curve_columns(curves["roc"]))
    pr = Series(f"{name}: average precision {figures['average_precision']:.3f}", *curve_columns(curves["pr"]))
    return charts(
        figure(roc_chart([roc], "ROC curve of points"), "Points of lesions against all other points, pooled."),
        figure(pr_chart([pr], figures["chance_level"], "Precision and recall of points", "points"),
               "Points of lesions are to be found."),
    )


def _kinds(kinds: Mapping[str, Values], whole: float) -> str:
    if not kinds:
        return paragraph("The data do not name what their lesions are.")
    parts = []
    for key, label in (("pooled_auroc", "pooled AUROC"), ("record_auroc", "mean AUROC of records")):
        drawn = [FigureInterval.of(name, group[key], group[f"{key}_ci95"]) for name, group in kinds.items()]
        guide, words = (whole, f"all kinds: {whole:.3f}") if key == "pooled_auroc" else (0.5, "chance")
        parts.append(figure(interval_chart(drawn, label, f"{label} by kind of lesion", guide=guide, guide_name=words)))
    rows = [
        [name, f"{group['n_with_lesion']:,}", *_pair(group, "pooled_auroc"), *_pair(group, "record_auroc"),
         *_pair(group, "average_precision"), figure_text(group["chance_level"], 4)]
        for name, group in kinds.items()
    ]
    return charts(*parts) + table(
        ["kind", "records", "pooled AUROC", "mean AUROC of records", "average precision", "by chance"], rows,
        caption="A record with several kinds counts in each. Of too few records no interval is given.")


def _overlap(overlap: Values) -> str:
    entries = [(f"{percent(entry.get('normals_below'))} of normals' points lie below", entry)
               for entry in overlap.get("normals") or ()]
    if overlap.get("best"):
        entries.append(("best on these very labels: flatters", overlap["best"]))
    if not entries:
        return paragraph("No threshold was set.")
    rows = [
        [name, f"{entry['threshold']:.4g}", with_interval(entry["dice"], entry["dice_ci95"]),
         with_interval(entry["iou"], entry["iou_ci95"]), figure_text(entry["record_dice"])]
        for name, entry in entries
    ]
    head = ["threshold fixed by", "threshold", "Dice", "IoU", "mean Dice of records with a lesion"]
    return table(head, rows) + paragraph(_fixed_on(overlap), muted=True)


def _fixed_on(overlap: Values) -> str:
    """Which normals fixed the thresholds, or why none did."""
    count = overlap.get("n_normals") or 0
    if not count:
        return ("No threshold could be fixed on normals: these data have no record without a lesion, and none were "
                "given with --normals.")
    if overlap.get("normals_are") == "own":
        return (f"Thresholds were fixed on the {count:,} records without a lesion of these very data; --normals takes "
                "others.")
    return f"Thresholds were fixed on {count:,} normal records beside these data."


def _records(report: Values) -> str:
    aurocs = [record["auroc"] for record in report["records"] if record["auroc"] is not None]
    if not aurocs:
        return paragraph("No record has an AUROC of its own.")
    worst = sorted((record for record in report["records"] if record["auroc"] is not None),
                   key=lambda record: (record["auroc"], record["id"]))[:15]
    rows = [
        [record["id"], record["kind"], figure_text(record["auroc"]), figure_text(record["dice"]),
         {True: "yes", False: "no", None: "–"}[record["hit"]], percent(record["lesion_share"], 2)]
        for record in worst
    ]
    drawn = {"records with a lesion": [value for value in aurocs if math.isfinite(value)]}
    return pair(
        figure(density_chart(drawn, "AUROC of a record", "AUROC record by record"),
               "How the own AUROCs of the records with a lesion are distributed; records without one have none."),
        table(["record", "kind", "AUROC", "Dice", "highest point hits", "points in lesions"], rows, text=(0, 1),
              caption="The records that are located worst, at most fifteen."),
    )


def _lesion_free(report: Values) -> str:
    """False alarms in records without a lesion."""
    free = [record for record in report["records"] if not record["has_lesion"] and not record["reason"]]
    if not free:
        return paragraph("The data have no record without a lesion: nothing here says how often the map is high where "
                         "nothing is.")
    counted = [record for record in free if record["false_alarms"] is not None]
    if not counted:
        return paragraph(f"{len(free):,} records have no lesion. They count in the pooled figures.")
    fixed = report["overlap"]["normals"][0]
    shares = sorted(record["false_alarms"] for record in counted)
    words = (
        f"{len(counted):,} records have no lesion, so no AUROC of their own. Of their points a median of "
        f"{percent(shares[len(shares) // 2])} lies at or above {fixed['threshold']:.4g}, the threshold below which "
        f"{percent(fixed['normals_below'])} of normals' points lie: false alarms."
    )
    if report["overlap"].get("normals_are") == "own":
        words += " These very records fixed it, so their mean is no finding; how they differ is."
    worst = sorted(counted, key=lambda record: (-record["false_alarms"], record["id"]))[:15]
    return paragraph(words) + table(["record", "points at or above the threshold"], [
        [record["id"], percent(record["false_alarms"], 2)] for record in worst
    ], caption="Those with the most false alarms, at most fifteen.")


def _against(against: Values) -> str:
    rows = [
        [name.replace("_", " "), figure_text(values["value"]), figure_text(values["against"]),
         with_interval(values["difference"], values["difference_ci95"])]
        for name, values in against["comparison"].items()
    ]
    return table(["figure", "this method", str(against["model"]["name"]), "difference (95-% interval)"], rows,
                 caption="Paired bootstrap by record, on the records that both methods could score.")

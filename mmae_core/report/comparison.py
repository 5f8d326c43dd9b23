"""A comparison of methods as one page: both tables, curves, intervals, records without a score."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from mmae_core.config_arguments import fold_words
from mmae_core.files import replacing
from mmae_core.report.charts import FigureInterval, Series, interval_chart, roc_chart
from mmae_core.report.compare_tables import TABLE_1, TABLE_2, filled, header, notes, reasons, table_1, table_2
from mmae_core.report.html_page import (
    Section,
    as_words,
    charts,
    details,
    escape,
    facts_table,
    figure,
    page,
    paragraph,
    table,
)

Values = Mapping[str, Any]


def write_comparison_html(comparison: Values, path: Path) -> None:
    """Write what `mmae_core.evaluation.compare` found as a page; raises OSError if the file cannot be written."""
    with replacing(path) as part:
        part.write_text(render_comparison(comparison), encoding="utf-8")


def render_comparison(comparison: Values) -> str:
    """The text of the page."""
    data = comparison["data"]
    remarks = "".join(paragraph(note, muted=True) for note in notes(comparison))
    sections = [
        Section("Detection and localization", charts(*_figures(comparison)) + _first_table(comparison) + remarks),
        Section("Size, cost, needs", _second_table(comparison)),
        Section("Records without a score", _without_score(comparison)),
        Section("Provenance", _provenance(comparison)),
        Section("All figures", _all_figures(comparison)),
    ]
    names = [row["name"] for row in comparison["methods"]]
    return page(
        "Comparison of methods", f"{', '.join(names)} on {data['dataset']}, {fold_words(data['folds'])}", sections
    )


def _first_table(comparison: Values) -> str:
    rows = [[cell.replace(" (", "\n(").replace(", p", "\np") for cell in row] for row in table_1(comparison)]
    return table(*filled(header(TABLE_1, comparison), rows),
                 marked=_marked(comparison), caption="Table 1. 95-% intervals in brackets.")


def _second_table(comparison: Values) -> str:
    rows = [[cell.replace(" (", "\n(").replace(", ", "\n") for cell in row] for row in table_2(comparison)]
    return table(*filled(header(TABLE_2, comparison), rows), marked=_marked(comparison), caption="Table 2.")


def _marked(comparison: Values) -> list[int]:
    return [number for number, row in enumerate(comparison["methods"]) if row["name"] == comparison["reference"]]


def _figures(comparison: Values) -> list[str]:
    methods = comparison["methods"]
    reference = next(row for row in methods if row["name"] == comparison["reference"])
    detection = [
        FigureInterval.of(row["name"], row["detection_common"]["auroc"], row["detection_common"]["auroc_ci95"],
                    row["published"].get("detection"))
        for row in methods
    ]
    whole = reference["detection_common"]["auroc"]
    parts = [figure(
        interval_chart(detection, "AUROC of detection", "Detection", guide=whole,
                       guide_name=f"{comparison['reference']}: {whole:.3f}"),
        "Detection on the records that all methods could score.",
    )]
    mapped = [row for row in methods if row.get("localization")]
    if mapped:
        drawn = [
            FigureInterval.of(row["name"], row["localization"]["pooled_auroc"],
                              row["localization"]["pooled_auroc_ci95"], row["published"].get("localization"))
            for row in mapped
        ]
        own = [FigureInterval.of(row["name"], row["localization"]["record_auroc"],
                                 row["localization"]["record_auroc_ci95"]) for row in mapped]
        parts += [
            figure(interval_chart(drawn, "pooled AUROC of localization", "Localization, pooled"),
                   "Localization, all points of all records in one curve. The published figures are of other records."),
            figure(interval_chart(own, "mean AUROC of the records", "Localization, record by record"),
                   "Localization, mean of the records' own AUROCs."),
        ]
    curves = [
        Series(f"{row['name']}: AUROC {row['detection_common']['auroc']:.3f}",
               [point[0] for point in row["curves"]["roc"]], [point[1] for point in row["curves"]["roc"]])
        for row in methods
    ]
    parts.insert(0, figure(roc_chart(curves), "ROC curves on the records that all methods could score."))
    return parts


def _without_score(comparison: Values) -> str:
    why = reasons(comparison)
    if not why:
        return paragraph("Every method scored every record.")
    return table(["method", "task", "reason", "records"], why, text=(0, 1, 2))


def _provenance(comparison: Values) -> str:
    values: dict[str, object] = {
        "command": comparison.get("command"),
        "reference": comparison["reference"],
        **{f"data: {key.replace('_', ' ')}": as_words(value) for key, value in comparison["data"].items()},
        "machine": as_words(comparison["machine"]),
        "intervals": as_words(comparison["bootstrap"]),
        "software": as_words(comparison["software"]),
    }
    for row in comparison["methods"]:
        values[f"{row['name']}: SHA-256 of the weights"] = row["model"].get("sha256")
        values[f"{row['name']}: trained"] = as_words(row["model"].get("trained_on") or "not known")
    return facts_table(values)


def _all_figures(comparison: Values) -> str:
    shown = {
        **{key: value for key, value in comparison.items() if key not in {"records", "methods"}},
        "methods": [{key: value for key, value in row.items() if key != "curves"} for row in comparison["methods"]],
    }
    text = json.dumps(shown, indent=1, ensure_ascii=False, default=str)
    return details("as JSON, without single records and curves", f"<pre>{escape(text)}</pre>")

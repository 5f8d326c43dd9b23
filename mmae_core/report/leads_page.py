"""The page of a lead report: whether a method points at the leads that human-validated reports name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mmae_core.report.html_page import Section, details, figure_text, paragraph, table, with_interval

Values = Mapping[str, Any]

_PAPER = {
    "named_st_t": "records whose report names ST-T changes, with heat from the 95th percentile in the ST-T of a named "
                  "lead",
    "normals_any_finding": "normal records with any finding",
    "normals_st_t_heat": "normal records with heat from the 95th percentile in the ST-T of any lead",
    "steady_normals_any_finding": "normal records without stated extra beats, with any finding",
    "steady_normals_st_t_heat": "normal records without stated extra beats, with heat from the 95th percentile in the "
                                "ST-T of any lead",
}


def lead_sections(report: Values) -> list[Section]:
    """The parts of the page, in order; what a report does not hold is left out."""
    sections = [
        Section("Named leads", _headline(report)),
        Section("Layer by layer", _layers(report)),
    ]
    if report["paper"]:
        sections.append(Section("On the paper", _paper(report)))
    sections.append(Section("Record by record", _records(report)))
    return sections


def _headline(report: Values) -> str:
    leads, data = report["leads"], report["data"]
    rows = [["any named lead", *_cells(leads["any"])]]
    rows += [[kind, *_cells(figures)] for kind, figures in leads["kinds"].items()]
    return table(["what the report says", f"AUROC of {report['shown']} (95-% interval)", "records"], rows,
                 marked=(0,)) + paragraph(
        f"{data['n_records']:,} records, {data['n_statements']:,} statements by {data['statements']}. In each record "
        "the leads that are named are set against the others, and the records' AUROCs are averaged; intervals draw "
        "patients. aVR counts only where it is named; records that name all of the leads or none do not. A lead that "
        "is not named is not proven normal, so that no method can reach 1.",
        muted=True,
    )


def _layers(report: Values) -> str:
    layers = report["layers"]
    kinds = [kind for kind, figures in report["leads"]["kinds"].items() if figures["n"]]
    rows = [
        [what, *(figure_text(_of(layer, what)["auroc"]) for layer in layers.values())]
        for what in ("any", *kinds)
    ]
    return table(["what the report says", *layers], rows, marked=(0,)) + paragraph(
        "A layer with names is measured by the departure of that kind and sign, others by their one score of the lead. "
        "The plain measurement is a signed one of the average beat in mV, without normals: a localizer is compared "
        "with it, not with 0.5.", muted=True,
    )


def _of(layer: Values, what: str) -> Values:
    figures: Values = layer["any"] if what == "any" else layer["kinds"][what]
    return figures


def _paper(report: Values) -> str:
    alone = report["paper_by_layer"]
    rows = [[_PAPER[name], with_interval(share["share"], share["ci95"]), f"{share['n']:,}",
             *(figure_text(layer.get(name, {}).get("share")) for layer in alone.values())]
            for name, share in report["paper"].items()]
    header = ["what is seen at the default threshold", "all layers, share (95-% interval)", "records"]
    return table([*header, *(f"{name} alone" for name in alone)], rows)


def _records(report: Values) -> str:
    shown = report["shown"]
    known = [record for record in report["records"] if record["auroc"].get(shown) is not None]
    known.sort(key=lambda record: (record["auroc"][shown], record["id"]))
    rows = [
        [record["id"], figure_text(record["auroc"][shown]),
         "; ".join(f"{what}: {', '.join(leads)}" for what, leads in record["named"].items())]
        for record in known
    ]
    return details(f"{len(rows):,} records, the worst first",
                   table(["record", "AUROC", "named"], rows, text=(0, 2)))


def _cells(figures: Values) -> list[str]:
    return [with_interval(figures["auroc"], figures["ci95"]), f"{figures['n']:,}"]

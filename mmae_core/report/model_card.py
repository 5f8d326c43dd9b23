"""Sections of a model card: figures by group, where the model fails, whether its p-values are valid."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from mmae_core.metrics.uniformity import check_records
from mmae_core.report.figure_words import figure_words

Values = Mapping[str, Any]

GROUPS = ("superclasses", "statements", "sex", "age")
N_WORST = 5
CLASS_NAMES = {
    "MI": "myocardial infarction", "STTC": "ST-T change", "CD": "conduction disturbance", "HYP": "hypertrophy",
}


def group_metrics(report: Values) -> dict[str, Any]:
    """The parts of a detection report that the card needs: groups of records and uniformity of normals' p-values.

    The p-values themselves are left out.
    """
    uniformity = report.get("uniformity") or check_records(report.get("records", ()))
    kept = {key: report[key] for key in GROUPS if report.get(key)}
    if uniformity:
        kept["uniformity"] = {key: value for key, value in uniformity.items() if key != "p_values"}
    return kept


def groups_text(metrics: Values) -> str:
    """The card's sections in Markdown; empty for a card whose evaluation had no groups."""
    parts = []
    if any(metrics.get(key) for key in GROUPS):
        parts.append(_groups(metrics))
    if metrics.get("statements"):
        parts.append(_worst(metrics["statements"]))
    if metrics.get("uniformity"):
        parts.append(_uniformity(metrics["uniformity"]))
    return "".join(f"{part}\n\n" for part in parts)


def _groups(metrics: Values) -> str:
    rows = []
    compared = {"superclasses": "against all normals", "sex": "within the group", "age": "within the group"}
    for key, words in compared.items():
        for name, group in (metrics.get(key) or {}).items():
            if not group["n_normal"] + group["n_abnormal"]:
                continue
            label = {"superclasses": f"{name}, {CLASS_NAMES.get(name, name)}", "age": f"age {name}"}.get(key, name)
            rows.append([label, words, str(group["n_normal"]), str(group["n_abnormal"]), _auroc(group)])
    return "## Detection by group\n\n" + _table(["group", "compared", "normal", "abnormal", "AUROC"], rows)


def _worst(statements: Mapping[str, Values]) -> str:
    known = sorted(
        ((group["detection"]["auroc"], name) for name, group in statements.items() if group["detection"]),
    )[:N_WORST]
    rows = [[name, str(statements[name]["n_abnormal"]), _auroc(statements[name])] for _, name in known]
    return (
        "## Where it fails\n\nThe SCP statements that it finds worst, of those with enough records, each against all "
        "normals:\n\n" + _table(["statement", "records", "AUROC"], rows)
    )


def _uniformity(found: Values) -> str:
    groups = [("all", found["overall"])]
    groups += [(name, group) for parts in found["groups"].values() for name, group in parts.items()]
    rows = [
        [name, str(group["n_test"]), *(_alarms(alarm) for alarm in group["false_alarms"]), f"{group['ks']['p']:.2g}"]
        for name, group in groups if not group.get("too_few")
    ]
    levels = [f"alarms at {100 * alarm['level']:g} %" for alarm in found["overall"]["false_alarms"]]
    spread = found["overall"]["over_splits"]
    return (
        "## Do its p-values hold?\n\n"
        f"Half of the {found['n_records']} normals calibrate, the other half is tested; no patient is in both halves "
        f"as far as patients are known ({found['n_without_patient']} records without). Uniform p-values give as many "
        "alarms as the level says. A group is compared with all normals, as in use.\n\n"
        + _table(["normals", "tested", *levels, "p (KS)"], rows)
        + f"\n\nOf {found['n_splits']} such splits, {spread['ks_p_below_5_percent']} differ from uniform at the 5-% "
        "level."
    )


def _alarms(alarm: Values) -> str:
    low, high = (100 * bound for bound in alarm["ci95"])
    return f"{100 * alarm['rate']:.1f} % ({low:.1f}-{high:.1f})"


def _auroc(group: Values) -> str:
    found = group["detection"]
    if not found:
        return "too few records"
    return figure_words(found["auroc"], found["auroc_ci95"])


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)

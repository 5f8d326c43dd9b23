"""`write_html`: an evaluation report as one self-contained page."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from mmae_core.config_arguments import fold_words
from mmae_core.errors import ConfigError
from mmae_core.files import replacing
from mmae_core.report.detection import detection_sections
from mmae_core.report.html_page import Section, as_words, details, escape, facts_table, page
from mmae_core.report.leads_page import lead_sections
from mmae_core.report.localization import localization_sections
from mmae_core.report.report_warnings import warnings_of

SHOWN_IN_CHARTS = ("records", "curves")
"""Long lists in the JSON report that the page only plots."""


def write_html(report: Mapping[str, Any], path: Path) -> None:
    """Write a report of `mmae_core.report_schema` as a page.

    Raises ConfigError if the report is of no known kind, OSError if the file cannot be written.
    """
    text = render_html(report)
    with replacing(path) as part:
        part.write_text(text, encoding="utf-8")


def render_html(report: Mapping[str, Any]) -> str:
    """The text of the page."""
    kinds = {"detection": detection_sections, "localization": localization_sections, "leads": lead_sections}
    kind = report.get("kind")
    if kind not in kinds:
        raise ConfigError(f"A report's kind is detection, localization or leads; found {kind!r}. Make it again "
                          "with `mmae_core evaluate`.")
    model, data = report["model"], report["data"]
    sections = [*kinds[kind](report), Section("Provenance", provenance(report))]
    sections.append(Section("All figures", _figures(report)))
    name = f"{model['name']}{' ' + str(model['version']) if model.get('version') else ''}"
    subtitle = f"{kind.capitalize()} on {data.get('dataset', 'unnamed data')}"
    if data.get("folds"):
        subtitle += f", {fold_words(data['folds'])}"
    return page(f"{name}: {kind}", subtitle, sections, warnings=warnings_of(report))


def provenance(report: Mapping[str, Any]) -> str:
    """What was measured: weights, data and command."""
    model, data = report["model"], report["data"]
    shown = {"name", "version", "sha256", "n_parameters", "macs_per_record", "needs_r_peaks", "trained_on"}
    values = {
        "command": report.get("command"),
        "model": " ".join(str(model[key]) for key in ("name", "version") if model.get(key)),
        "SHA-256 of the weights": model.get("sha256"),
        "parameters": model.get("n_parameters") and f"{model['n_parameters']:,}",
        "multiply-accumulates a record": model.get("macs_per_record") and f"{model['macs_per_record']:,}",
        "needs R-peaks": None if model.get("needs_r_peaks") is None else as_words(bool(model["needs_r_peaks"])),
        "score": as_words({key: value for key, value in model.items() if key not in shown and key != "configuration"}),
        "trained on": as_words(model.get("trained_on") or "not known"),
        **{f"data: {key.replace('_', ' ')}": as_words(value) for key, value in data.items() if key != "left_out"
           and value not in (None, "", [], {})},
        "intervals": as_words(report.get("bootstrap", {})),
        "software": as_words(report.get("software", {})),
    }
    return facts_table(values)


def _figures(report: Mapping[str, Any]) -> str:
    """The JSON report without the long lists."""
    shown = {key: _without_lists(value) for key, value in report.items() if key not in SHOWN_IN_CHARTS}
    text = json.dumps(shown, indent=1, ensure_ascii=False, default=str)
    return details("as JSON, without single records and curves", f"<pre>{escape(text)}</pre>")


def _without_lists(value: Any) -> Any:
    """Without lists of more than 50 numbers."""
    if isinstance(value, Mapping):
        return {key: _without_lists(one) for key, one in value.items()
                if not (isinstance(one, list) and len(one) > 50)}
    if isinstance(value, list):
        return [_without_lists(one) for one in value]
    return value

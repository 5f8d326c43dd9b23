"""An evaluation report in a few lines on standard error."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mmae_core.report.figure_words import figure_words

if TYPE_CHECKING:
    from mmae_core.report_schema import LeadReport, Report


def tell_report(report: Report, output: Path) -> None:
    """Print the warnings and then the main figures on standard error."""
    for warning in report.get("warnings", ()):
        print(warning, file=sys.stderr)
    data = report["data"]
    if data.get("every", 1) > 1:
        print(f"A quicker check: one record in {data['every']} only.", file=sys.stderr)
    print(f"Measured on {data['dataset']}.", file=sys.stderr)
    if report["kind"] == "leads":
        _tell_leads(report, output)
    elif report["kind"] == "detection":
        detection = report["detection"]
        print(f"AUROC {figure_words(detection['auroc'], detection['auroc_ci95'])}, {detection['n_normal']:,} normal, "
              f"{detection['n_abnormal']:,} abnormal; report in {output}", file=sys.stderr)
        if "against" in report:
            _tell_difference("AUROC", report["against"]["model"]["name"], dict(report["against"]["comparison"]))
        if "named_leads" in report:
            _tell_leads(report["named_leads"], output)
        for other in report.get("others", ()):
            auroc = figure_words(other["detection"]["auroc"], other["detection"]["auroc_ci95"])
            print(f"{other['model']['name']}: AUROC {auroc}", file=sys.stderr)
            _tell_difference("AUROC", other["model"]["name"], dict(other["comparison"]))
    else:
        found = report["localization"]
        count = found["n_with_lesion"]
        without = found["n_records"] - count
        print(f"Localization AUROC {figure_words(found['pooled_auroc'], found['pooled_auroc_ci95'])} pooled, "
              f"{found['record_auroc']:.3f} within a record, {count:,} {'record' if count == 1 else 'records'} with a "
              f"lesion, {without:,} without; report in {output}", file=sys.stderr)
        if "against" in report:
            comparison = report["against"]["comparison"]
            for name, words in (("pooled_auroc", "pooled AUROC"), ("record_auroc", "AUROC within a record")):
                _tell_difference(words, report["against"]["model"]["name"], comparison[name])
    if report["kind"] != "leads" and "seeds" in report:
        seeds = report["seeds"]
        figures = ", ".join(f"{name} {seeds['mean'][name]:.3f} ± {seeds['sd'][name]:.3f}" for name in seeds["mean"])
        print(f"{seeds['n']} seeds: {figures}", file=sys.stderr)


def _tell_leads(report: LeadReport, output: Path) -> None:
    found = report["leads"]
    kinds = ", ".join(f"{kind} {figures['auroc']:.3f}" for kind, figures in found["kinds"].items() if figures["n"])
    print(f"Leads that the report names against the others of the record, by {report['shown']}: AUROC "
          f"{figure_words(found['any']['auroc'], found['any']['ci95'])} over {found['any']['n']:,} records ({kinds}); "
          f"report in {output}", file=sys.stderr)
    for name, share in report["paper"].items():
        if share["share"] is None:
            continue
        print(f"{name.replace('_', ' ')}: {figure_words(share['share'], share['ci95'])} of {share['n']:,}",
              file=sys.stderr)


def _tell_difference(what: str, name: str, comparison: dict[str, Any]) -> None:
    words = figure_words(comparison["difference"], comparison["difference_ci95"], "+.3f", " to ")
    p_value = comparison["p_value"]
    print(f"{what} against {name}: {words}" + ("" if p_value is None else f", p = {p_value:.2g}"), file=sys.stderr)

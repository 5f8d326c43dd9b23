"""`mmae_core quality`: signal quality of recordings, and how well it agrees with labels."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mmae_core.commands.shared.arguments import add_command, add_description
from mmae_core.commands.shared.chunk_options import add_chunks
from mmae_core.commands.shared.json_report import Report, add_output, entries_of, record_rows, write_json_report
from mmae_core.commands.shared.progress import advance, progress_bar
from mmae_core.report.figure_words import figure_words

if TYPE_CHECKING:
    from mmae_core.commands.shared.arguments import Commands


def add_parser(commands: Commands) -> None:
    """Name the arguments of `mmae_core quality`."""
    parser = add_command(commands, "quality", run)
    parser.add_argument("--data", type=Path, required=True,
                        help="record, folder of records, or PTB-XL folder (each recording once, at 500 Hz where "
                             "present)")
    add_output(parser)
    parser.add_argument("--validate", type=Path, metavar="CSV",
                        help="table with the columns record and quality (acceptable, unacceptable) to compare with")
    parser.add_argument("--folds",
                        help="of a PTB-XL folder: false alarms on these folds, and how many of the faults done to each "
                             "record are found (exchanged arms, wrong units, late and copied leads, pulses, filters)")
    add_description(parser)
    add_chunks(parser)


def run(options: argparse.Namespace) -> None:
    """Write the report."""
    write_json_report(options, lambda: _report(options), _summary)


def _report(options: argparse.Namespace) -> Report:
    from mmae_core.evaluation.quality_validation import quality_rows, read_labels, validate
    from mmae_core.metrics.detection import require_scikit_learn

    if options.validate is not None:
        require_scikit_learn()
    labels = None if options.validate is None else read_labels(options.validate)
    if options.folds is not None:
        return {"ptbxl": _ptbxl(options)}
    rows = record_rows(options, quality_rows, "judging")
    report = {"every": options.every, "records": rows}
    return report if labels is None else {**report, "validation": validate(rows, labels)}


def _ptbxl(options: argparse.Namespace) -> Report:
    from mmae_core.evaluation.quality_validation import ptbxl_quality_figures

    entries = entries_of(options.data, options.folds, options.every)
    with progress_bar(len(entries), "judging", "record") as bar:
        return {"folds": options.folds, "every": options.every, **ptbxl_quality_figures(entries, advance(bar))}


def _summary(report: Report) -> list[str]:
    """The main results, as lines for the terminal."""
    lines = []
    if "records" in report:
        judged = [row for row in report["records"] if "verdict" in row]
        verdicts = [row["verdict"] for row in judged]
        lines.append(f"{len(judged):,} stretches of up to 10 s: " + ", ".join(
            f"{verdicts.count(verdict):,} {verdict}" for verdict in ("good", "fair", "poor")
        ) + f"; {len(report['records']) - len(judged):,} records could not be judged.")
    for part, figures in report.get("validation", {}).get("parts", {}).items():
        lines.append(f"{part}: AUROC {figure_words(figures['auroc'], figures['auroc_ci95'])}, "
                     f"{figures['n_acceptable']:,} acceptable, {figures['n_unacceptable']:,} unacceptable; "
                     f"called poor: {_share(figures['sensitivity'])} of the unacceptable; "
                     f"not called poor: {_share(figures['specificity'])} of the acceptable")
    lines += [f"{name}: {_share(value)}" for name, value in report.get("ptbxl", {}).get("shares", {}).items()]
    return lines


def _share(value: Mapping[str, Any]) -> str:
    if value["share"] is None:
        return "none"
    low, high = (100 * end for end in value["ci95"])
    return f"{100 * value['share']:.1f} % ({low:.1f}-{high:.1f}, {value['count']:,} of {value['of']:,})"

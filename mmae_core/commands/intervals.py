"""`mmae_core intervals`: intervals, axis and ST of recordings, and how well they agree with references."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from mmae_core.commands.shared.arguments import add_command, add_description
from mmae_core.commands.shared.chunk_options import add_chunks
from mmae_core.commands.shared.json_report import Report, add_output, entries_of, record_rows, write_json_report
from mmae_core.commands.shared.progress import advance, progress_bar
from mmae_core.report.figure_words import figure_words

if TYPE_CHECKING:
    from mmae_core.commands.shared.arguments import Commands


def add_parser(commands: Commands) -> None:
    """Name the arguments of `mmae_core intervals`."""
    parser = add_command(commands, "intervals", run)
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument("--data", type=Path,
                        help="record, folder of records or PTB-XL folder: measure the first 10 s of each (of PTB-XL "
                             "each recording once, at 500 Hz where present)")
    source.add_argument("--validate", type=Path, metavar="FOLDER",
                        help="PTB-XL: compare with its statements, and signals of known boundaries; LUDB: with the "
                             "boundaries drawn there; a folder of records with .atr files (MIT-BIH): beats, as EC57 "
                             "compares them")
    parser.add_argument("--references", type=Path, metavar="CSV",
                        help="with --data: table with the column record and any of rate_bpm, pr_ms, qrs_ms, qt_ms, "
                             "qtc_ms, axis_deg to compare with")
    parser.add_argument("--folds", default="9", help="with --validate: folds of PTB-XL (default 9)")
    parser.add_argument("--only-500hz", action="store_true",
                        help="with --validate: only records whose 500-Hz version is there")
    add_output(parser)
    add_description(parser)
    add_chunks(parser)


def run(options: argparse.Namespace) -> None:
    """Write the report."""
    write_json_report(options, lambda: _report(options), _summary)


def _report(options: argparse.Namespace) -> Report:
    from mmae_core.evaluation.interval_validation import detailed_rows, reference_figures

    if options.validate is not None:
        return _validation(options)
    rows = record_rows(options, detailed_rows, "measuring")
    report = {"every": options.every, "records": rows}
    return report if options.references is None else {
        **report, "references": reference_figures(rows, options.references)}


def _validation(options: argparse.Namespace) -> Report:
    from mmae_core.datasets.ludb import is_ludb, load_ludb
    from mmae_core.evaluation.boundary_validation import annotated_records, ec57_figures, ludb_boundary_figures
    from mmae_core.evaluation.interval_validation import ptbxl_interval_figures, ptbxl_rows, synthetic_figures
    from mmae_core.metrics.detection import require_scikit_learn

    if is_ludb(options.validate):
        drawn = load_ludb(options.validate)[:: options.every]
        with progress_bar(len(drawn), "measuring", "record") as bar:
            return {"every": options.every, "ludb": ludb_boundary_figures(drawn, advance(bar))}
    annotated = annotated_records(options.validate)[:: options.every]
    if annotated:
        with progress_bar(len(annotated), "finding beats", "record") as bar:
            return {"every": options.every, "beats": ec57_figures(annotated, advance(bar))}
    require_scikit_learn()
    entries = entries_of(options.validate, options.folds, options.every, only_500hz=options.only_500hz)
    with progress_bar(len(entries), "1 of 3, measuring", "record") as bar:
        rows = ptbxl_rows(entries, advance(bar))
    with progress_bar(None, "2 of 3, known boundaries", "signal") as bar:
        synthetic = synthetic_figures(progress=advance(bar))
    with progress_bar(None, "3 of 3, statements", "figure") as bar:
        figures = ptbxl_interval_figures(rows, options.validate, advance(bar))
    return {"folds": options.folds, "every": options.every, "only_500hz": options.only_500hz, "synthetic": synthetic,
            "ptbxl": figures, "records": rows}


def _summary(report: Report) -> list[str]:
    """The main results, as lines for the terminal."""
    lines = []
    for noise, quantities in report.get("synthetic", {}).items():
        errors = (f"{name} {figures['mean']:+.1f} ± {figures['sd']:.1f}" for name, figures in quantities.items())
        lines.append(f"Known boundaries, {noise}: {', '.join(errors)}")
    for part, figures in report.get("ptbxl", {}).items():
        lines += [f"{part}: {code}, {item['quantity']}: AUROC "
                  f"{figure_words(item['auroc'], item['auroc_ci95'])}, {item['n_stated']:,} stated, "
                  f"{item['n_without']:,} not" for code, item in figures["statements"].items()]
    for name, figures in report.get("references", {}).get("differences", {}).items():
        lines.append(f"{name} differs by {figures['mean']:+.1f} on average, {figures['largest']:.1f} at most "
                     f"({figures['n']:,} records)")
    if "ludb" in report:
        lines += _boundary_lines(report["ludb"])
    for name, row in [*report.get("beats", {}).get("records", {}).items(), *_gross(report)]:
        lines.append(f"{name}: {row['beats']:,} beats, {row['missed']:,} missed, {row['invented']:,} invented; "
                     f"sensitivity {row['sensitivity']:.2f} %, "
                     f"positive predictivity {row['positive_predictivity']:.2f} %")
    if "records" in report and "ptbxl" not in report:
        measured = [row for row in report["records"] if "error" not in row]
        complete = sum(not row["reasons"] for row in measured)
        lines.append(f"{len(measured):,} recordings, {complete:,} with every measurement; "
                     f"{len(report['records']) - len(measured):,} could not be read.")
    return lines


def _gross(report: Report) -> list[tuple[str, Report]]:
    return [("All together", report["beats"]["gross"])] if "beats" in report else []


def _boundary_lines(figures: Report) -> list[str]:
    lines = [f"{figures['n']:,} records; measured less drawn, mean ± SD in ms"]
    for part, words in (("global", "all leads together"), ("leads", "lead by lead")):
        errors = (f"{name} {item['mean']:+.1f} ± {item['sd']:.1f} ({item['n']:,})"
                  for name, item in figures[part].items() if item["sd"] is not None)
        lines.append(f"{words}: {', '.join(errors)}")
    sinus = figures["sinus_rhythm"]
    refused = (f"{name} {count:,}" for name, count in sinus["refused"].items())
    lines.append(f"Could not be measured, of {sinus['n']:,} in sinus rhythm: {', '.join(refused)}")
    return lines

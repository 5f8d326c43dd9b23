"""`mmae_core beats`: beats unlike a patient's other beats, how well they agree with references, and their limits."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mmae_core.commands.shared.arguments import add_command, add_description, add_written
from mmae_core.commands.shared.json_report import Report, add_output, entries_of, record_rows, write_json_report
from mmae_core.commands.shared.progress import advance, progress_bar
from mmae_core.errors import ConfigError

if TYPE_CHECKING:
    from mmae_core.commands.shared.arguments import Commands
    from mmae_core.record import EcgRecord


def add_parser(commands: Commands) -> None:
    """Name the arguments of `mmae_core beats`."""
    parser = add_command(commands, "beats", run)
    parser.add_argument("--data", type=Path, help="record, folder of records or PTB-XL folder: every beat of each")
    parser.add_argument("--validate", type=Path, metavar="FOLDER",
                        help="PTB-XL folder: compare with its stated extra beats")
    parser.add_argument("--annotated", type=Path, metavar="FOLDER",
                        help="records with reference beats (.atr), such as MIT-BIH's: ventricular against normal beats")
    parser.add_argument("--ludb", type=Path, metavar="FOLDER", help="LUDB's folder: compare with its extrasystoles")
    parser.add_argument("--folds", default="9", help="with --validate or --calibrate: folds of PTB-XL (default 9)")
    parser.add_argument("--calibrate", type=Path, metavar="FOLDER",
                        help="PTB-XL folder: make the limits from its normal records (the program's: --folds 1-8) and "
                             "write them to --limits")
    add_written(parser, "--limits", "with --calibrate: file of limits to write", required=False, metavar="FILE")
    add_output(parser)
    add_description(parser)


def run(options: argparse.Namespace) -> None:
    """Write the report."""
    sources = (options.data, options.validate, options.annotated, options.ludb, options.calibrate)
    if all(source is None for source in sources):
        raise ConfigError("Nothing to look at: name recordings with --data, or references with --validate, "
                          "--annotated or --ludb.")
    if (options.calibrate is None) != (options.limits is None):
        raise ConfigError("--calibrate and --limits belong together: the one names the records, the other the file.")
    write_json_report(options, lambda: _report(options), _summary)


def _report(options: argparse.Namespace) -> Report:
    from mmae_core.evaluation.own_beats_validation import (
        annotated_figures,
        limits_of_normals,
        ludb_own_beat_figures,
        ptbxl_own_beat_figures,
        row_of,
    )
    from mmae_core.own_beats.find_own_beats import read_own_beats

    report: dict[str, Any] = {"folds": options.folds, "every": options.every}
    if options.calibrate is not None:
        entries = entries_of(options.calibrate, options.folds, options.every)
        with progress_bar(len(entries), "normal records", "record") as bar:
            limits = limits_of_normals(entries, options.calibrate, advance(bar))
        limits.write(options.limits)
        report["limits"] = {"n_records": limits.n_records, "beat_limits": dict(limits.beat_limits)}
    if options.data is not None:
        def rows(name: str, record: EcgRecord) -> list[dict[str, Any]]:
            return [dict(row_of(name, read_own_beats(record, 0.0, record.duration_s)))]

        report["records"] = record_rows(options, rows, "beats")
    if options.validate is not None:
        entries = entries_of(options.validate, options.folds, options.every)
        with progress_bar(len(entries), "stated extra beats", "record") as bar:
            report["ptbxl"] = ptbxl_own_beat_figures(entries, options.validate, advance(bar))
    if options.annotated is not None:
        with progress_bar(None, "reference beats", "record") as bar:
            report["annotated"] = annotated_figures(options.annotated, advance(bar))
    if options.ludb is not None:
        with progress_bar(None, "LUDB", "record") as bar:
            report["ludb"] = ludb_own_beat_figures(options.ludb, advance(bar))
    return report


def _summary(report: Report) -> list[str]:
    """The main results, as lines for the terminal."""
    lines = []
    if "limits" in report:
        lines.append(f"Limits from {report['limits']['n_records']:,} normal records.")
    for part in ("ptbxl", "ludb"):
        for name, figures in report.get(part, {}).items():
            lines.append(f"{part}, {name}: {figures['flagged']:,} of {figures['n']:,} records with a beat that "
                         f"departs; the strongest is premature or wide in {figures['first_premature_or_wide']:,} of "
                         f"{figures['compared']:,}")
    if "annotated" in report:
        for name, row in report["annotated"]["records"].items():
            lines.append(f"{name}: V against N, AUROC {row['auroc']}, {row['v']:,} V, {row['n']:,} N; flagged: "
                         f"{row['v_flagged']:,} of V, {row['n_flagged']:,} of N")
        lines.append(f"All together: AUROC {report['annotated']['gross_auroc']}")
    if "records" in report:
        failed = sum("error" in row for row in report["records"])
        print(f"{len(report['records']):,} recordings, {failed:,} could not be read.", file=sys.stderr)
    return lines

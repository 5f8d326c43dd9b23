"""`mmae_core intervals`: rate, PR, QRS, QT and axis of recordings, and how well they agree with references."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mmae_core.commands.arguments import add_command
from mmae_core.commands.progress import advance, progress_bar, report_missing
from mmae_core.errors import ConfigError, DatasetError, EcgError
from mmae_core.files import replacing
from mmae_core.options import parse_folds

if TYPE_CHECKING:
    from mmae_core.commands.arguments import Commands


def add_parser(commands: Commands) -> None:
    """Name the arguments of `mmae_core intervals`."""
    parser = add_command(commands, "intervals", run)
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument("--data", type=Path, help="record or folder of records: measure the first 10 s of each")
    source.add_argument("--validate", type=Path, metavar="FOLDER",
                        help="PTB-XL folder: compare with its statements, and signals of known boundaries")
    parser.add_argument("--references", type=Path, metavar="CSV",
                        help="with --data: table with the column record and any of rate_bpm, pr_ms, qrs_ms, qt_ms, "
                             "qtc_ms, axis_deg to compare with")
    parser.add_argument("--folds", default="9", help="with --validate: folds of PTB-XL (default 9)")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="with --validate: only every Nth record")
    parser.add_argument("--only-500hz", action="store_true",
                        help="with --validate: only records whose 500-Hz version is there")
    parser.add_argument("--output", type=Path, required=True, help="JSON report to write")


def run(options: argparse.Namespace) -> None:
    """Write the report."""
    from mmae_core.interval_validation import reference_figures
    from mmae_core.intervals.delineation import is_available
    from mmae_core.intervals.results import Reason

    if options.every < 1:
        raise ConfigError(f"--every is {options.every}; it must be at least 1.")
    if not is_available():
        print(f"PR and QT will not be measured: {Reason.NO_LIBRARY.value}.", file=sys.stderr)
    with replacing(options.output) as part:  # first, so that a report that cannot be written costs no minutes
        if options.validate is not None:
            report = _validation(options)
        else:
            report = {"records": _records(options.data)}
            if options.references is not None:
                report["references"] = reference_figures(report["records"], options.references)
        part.write_text(json.dumps(report, indent=2, allow_nan=False) + "\n", encoding="utf-8")
    for line in _summary(report):
        print(line, file=sys.stderr)
    print(f"Report in {options.output}.", file=sys.stderr)


def _records(data: Path) -> list[dict[str, Any]]:
    """A row for each record; one that cannot be read has a row that says why."""
    from mmae_core.datasets.folder import find_records, record_names
    from mmae_core.interval_validation import as_row
    from mmae_core.intervals.measure import measure_record
    from mmae_core.readers import read_record

    paths = find_records([data])
    if not paths:
        raise DatasetError(f"There is no recording in {data}.")
    rows: list[dict[str, Any]] = []
    with progress_bar(len(paths), "measuring", "record") as bar:
        for done, (path, name) in enumerate(zip(paths, record_names(paths), strict=True), start=1):
            try:
                rows.append(as_row(name, measure_record(read_record(path))))
            except EcgError as error:
                rows.append({"record": name, "error": str(error)})
            advance(bar)(done, len(paths))
    return rows


def _validation(options: argparse.Namespace) -> dict[str, Any]:
    from mmae_core.datasets.ptbxl import load_index
    from mmae_core.interval_validation import ptbxl_figures, ptbxl_rows, synthetic_figures

    index = load_index(options.validate)
    report_missing(index.missing)
    entries = index.select(folds=parse_folds(options.folds))
    if options.only_500hz:
        entries = tuple(entry for entry in entries if entry.path_500hz is not None)
    entries = entries[:: options.every]
    if not entries:
        raise DatasetError(f"Folds {options.folds} of {options.validate} hold no record.")
    with progress_bar(len(entries), "measuring", "record") as bar:
        rows = ptbxl_rows(entries, advance(bar))
    return {"folds": options.folds, "every": options.every, "only_500hz": options.only_500hz,
            "synthetic": synthetic_figures(),
            "ptbxl": ptbxl_figures(rows, options.validate), "records": rows}


def _summary(report: Mapping[str, Any]) -> list[str]:
    """What a reader wants to know first."""
    lines = []
    for noise, quantities in report.get("synthetic", {}).items():
        errors = (f"{name} {figures['mean']:+.1f} ± {figures['sd']:.1f}" for name, figures in quantities.items())
        lines.append(f"Known boundaries, {noise}: {', '.join(errors)}")
    for part, figures in report.get("ptbxl", {}).items():
        lines += [f"{part}: {code}, {item['quantity']}: AUROC {item['auroc']:.3f} "
                  f"({item['auroc_ci95'][0]:.3f}-{item['auroc_ci95'][1]:.3f}), {item['n_stated']} stated, "
                  f"{item['n_without']} not" for code, item in figures["statements"].items()]
    for name, figures in report.get("references", {}).get("differences", {}).items():
        lines.append(f"{name} differs by {figures['mean']:+.1f} on average, {figures['largest']:.1f} at most "
                     f"({figures['n']} records)")
    if "ptbxl" not in report:
        measured = [row for row in report["records"] if "error" not in row]
        complete = sum(not row["reasons"] for row in measured)
        lines.append(f"{len(measured)} recordings, {complete} with every measurement; "
                     f"{len(report['records']) - len(measured)} could not be read.")
    return lines

"""`mmae_core quality`: signal quality of recordings, and how well it agrees with labels."""

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
    """Name the arguments of `mmae_core quality`."""
    parser = add_command(commands, "quality", run)
    parser.add_argument("--data", type=Path, required=True, help="record, folder of records, or PTB-XL folder")
    parser.add_argument("--output", type=Path, required=True, help="JSON report to write")
    parser.add_argument("--validate", type=Path, metavar="CSV",
                        help="table with the columns record and quality (acceptable, unacceptable) to compare with")
    parser.add_argument("--folds", help="of a PTB-XL folder: false alarms and exchanged arms on these folds")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="of --folds, only every Nth record")


def run(options: argparse.Namespace) -> None:
    """Write the report."""
    from mmae_core.quality_validation import read_labels, validate

    if options.every < 1:
        raise ConfigError(f"--every is {options.every}; it must be at least 1.")
    labels = None if options.validate is None else read_labels(options.validate)
    with replacing(options.output) as part:  # first, so that a report that cannot be written costs no minutes
        if options.folds is not None:
            report: dict[str, Any] = {"ptbxl": _ptbxl(options)}
        else:
            report = {"records": _records(options.data)}
            if labels is not None:
                report["validation"] = validate(report["records"], labels)
        part.write_text(json.dumps(report, indent=2, allow_nan=False) + "\n", encoding="utf-8")
    for line in _summary(report):
        print(line, file=sys.stderr)
    print(f"Report in {options.output}.", file=sys.stderr)


def _records(data: Path) -> list[dict[str, Any]]:
    """A row for each 10 s of each record; one that cannot be judged has a row that says why."""
    from mmae_core.datasets.folder import find_records, record_names
    from mmae_core.quality_validation import as_row, quality_windows
    from mmae_core.readers import read_record

    paths = find_records([data])
    if not paths:
        raise DatasetError(f"There is no recording in {data}.")
    rows: list[dict[str, Any]] = []
    with progress_bar(len(paths), "judging", "record") as bar:
        for done, (path, name) in enumerate(zip(paths, record_names(paths), strict=True), start=1):
            try:
                rows += [as_row(name, report) for report in quality_windows(read_record(path))]
            except EcgError as error:
                rows.append({"record": name, "error": str(error)})
            advance(bar)(done, len(paths))
    return rows


def _ptbxl(options: argparse.Namespace) -> dict[str, Any]:
    from mmae_core.datasets.ptbxl import load_index
    from mmae_core.quality_validation import ptbxl_figures

    index = load_index(options.data)
    report_missing(index.missing)
    entries = index.select(folds=parse_folds(options.folds))[:: options.every]
    if not entries:
        raise DatasetError(f"Folds {options.folds} of {options.data} hold no record.")
    with progress_bar(len(entries), "judging", "record") as bar:
        return {"folds": options.folds, "every": options.every, **ptbxl_figures(entries, advance(bar))}


def _summary(report: Mapping[str, Any]) -> list[str]:
    """What a reader wants to know first."""
    lines = []
    if "records" in report:
        judged = [row for row in report["records"] if "verdict" in row]
        verdicts = [row["verdict"] for row in judged]
        lines.append(f"{len(judged)} stretches of up to 10 s: " + ", ".join(
            f"{verdicts.count(verdict)} {verdict}" for verdict in ("good", "fair", "poor")
        ) + f"; {len(report['records']) - len(judged)} records could not be judged.")
    for part, figures in report.get("validation", {}).get("parts", {}).items():
        low, high = figures["auroc_ci95"]
        lines.append(f"{part}: AUROC {figures['auroc']:.3f} ({low:.3f}-{high:.3f}), "
                     f"{figures['n_acceptable']} acceptable, {figures['n_unacceptable']} unacceptable; "
                     f"called poor: {_share(figures['sensitivity'])} of the unacceptable; "
                     f"not called poor: {_share(figures['specificity'])} of the acceptable")
    lines += [f"{name}: {_share(value)}" for name, value in report.get("ptbxl", {}).get("shares", {}).items()]
    return lines


def _share(value: Mapping[str, Any]) -> str:
    if value["share"] is None:
        return "none"
    low, high = (100 * end for end in value["ci95"])
    return f"{100 * value['share']:.1f} % ({low:.1f}-{high:.1f}, {value['count']} of {value['of']})"

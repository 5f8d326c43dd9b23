"""Shared code of commands that measure each record and write one JSON report."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mmae_core.commands.shared.arguments import add_written, at_least
from mmae_core.commands.shared.chunk_options import chunk_plan
from mmae_core.commands.shared.progress import advance, progress_bar, report_missing
from mmae_core.commands.shared.recordings import recordings_of
from mmae_core.config_arguments import fold_words, parse_folds
from mmae_core.errors import ConfigError, DatasetError, UnreadableRecord
from mmae_core.files import replacing

if TYPE_CHECKING:
    from mmae_core.cohort.row_work import Measure
    from mmae_core.datasets.ptbxl import PtbxlEntry

Row = dict[str, Any]
Report = Mapping[str, Any]


def add_output(parser: argparse.ArgumentParser) -> None:
    """`--output` and `--every`."""
    add_written(parser, "--output", "JSON report to write")
    parser.add_argument("--every", type=at_least(1), default=1, metavar="N",
                        help="take each Nth record, for a quicker look")


def write_json_report(
    options: argparse.Namespace, make: Callable[[], Report], summary: Callable[[Report], Sequence[str]]
) -> None:
    """Make a report, write it whole or not at all, and print the lines of `summary`.

    The file is begun first, so that a report that cannot be written costs no minutes. Raises ConfigError, and after
    the report is written UnreadableRecord if it has records and none of them could be read.
    """
    if options.every < 1:
        raise ConfigError(f"--every is {options.every}; it must be at least 1.")
    with replacing(options.output) as part:
        report = make()
        part.write_text(json.dumps(report, indent=2, allow_nan=False) + "\n", encoding="utf-8")
    for line in summary(report):
        print(line, file=sys.stderr)
    print(f"Report in {options.output}.", file=sys.stderr)
    records = report.get("records")
    if isinstance(records, list) and records and all("error" in row for row in records):
        raise UnreadableRecord(f"None of the recordings ({len(records):,}) could be read or measured. The first: "
                               f"{records[0]['error']}")


def record_rows(options: argparse.Namespace, measure: Measure, doing: str) -> list[Row]:
    """The rows of every Nth record at `--data`; one that cannot be read or measured gets a row with the reason.

    Where a recording's file raises doubts, its rows name them. Commands with `add_chunks` share the work among
    processes; `measure` is then a function of a module. PTB-XL's recordings are taken once each, at 500 Hz where
    present. Raises DatasetError if there is none.
    """
    from mmae_core.cohort.row_work import ROWS, RowWork, rows_in
    from mmae_core.datasets.folder import record_names
    from mmae_core.evaluation.chunk_plan import HERE
    from mmae_core.readers.described_folders import description_of

    paths = recordings_of([options.data])[:: options.every]
    if not paths:
        raise DatasetError(f"There is no recording in {options.data}.")
    plan = chunk_plan(options, options.output) if hasattr(options, "jobs") else HERE
    items = [(name, str(path.absolute())) for name, path in zip(record_names(paths), paths, strict=True)]
    with progress_bar(len(paths), doing, "record") as bar, plan.place("rows") as place:
        done = plan.run(RowWork(measure, description_of(Path())), items, place, advance(bar))
        rows = list(rows_in(done.paths(ROWS)))
    plan.finish()
    return rows


def entries_of(folder: Path, folds: str, every: int, *, only_500hz: bool = False) -> tuple[PtbxlEntry, ...]:
    """Every Nth entry of some folds of PTB-XL. Raises DatasetError if there is none."""
    from mmae_core.datasets.ptbxl import load_index

    index = load_index(folder)
    report_missing(index.missing)
    entries = index.select(folds=parse_folds(folds))
    if only_500hz:
        entries = tuple(entry for entry in entries if entry.path_500hz is not None)
    entries = entries[::every]
    if not entries:
        raise DatasetError(f"{folder} has no record in {fold_words(folds)}.")
    return entries

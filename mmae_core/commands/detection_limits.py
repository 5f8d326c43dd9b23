"""`mmae_core detection-limits`: the smallest change of ST, T or Q in each lead that named departures find."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from mmae_core.commands.shared.arguments import add_command, add_written, at_least
from mmae_core.commands.shared.json_report import entries_of
from mmae_core.commands.shared.progress import advance, progress_bar

if TYPE_CHECKING:
    from mmae_core.commands.shared.arguments import Commands


def add_parser(commands: Commands) -> None:
    """Name the arguments of `mmae_core detection-limits`."""
    parser = add_command(commands, "detection-limits", run,
                         "Changes are drawn into normal beats; they tell no abnormal ECG from a normal one.")
    parser.add_argument("--data", type=Path, required=True, help="PTB-XL folder: its normal records are drawn into")
    add_written(parser, "--output", "file to write (.json); the table is written beside it (.md)", required=False)
    parser.add_argument("--limits", type=Path, help="limits file (default: the bundled one)")
    parser.add_argument("--folds", default="9", help="folds of PTB-XL (default 9)")
    parser.add_argument("--every", type=at_least(1), default=1, metavar="N",
                        help="take each Nth record, for a quicker look")


def run(options: argparse.Namespace) -> None:
    """Draw, and write or print the table."""
    import mmae_core
    from mmae_core.departures.limits import Limits, bundled_limits
    from mmae_core.errors import DatasetError
    from mmae_core.evaluation.detection_limits import least_changes, limits_document
    from mmae_core.files import replacing
    from mmae_core.report.detection_limits_table import detection_limits_table

    limits = bundled_limits() if options.limits is None else Limits.load(options.limits)
    normals = tuple(entry for entry in entries_of(options.data, options.folds, options.every) if entry.is_normal)
    with progress_bar(len(normals), "drawing", "record") as bar:
        found = least_changes(normals, limits, lambda done: advance(bar)(done, len(normals)))
    if not len(found.mv):
        raise DatasetError(f"None of {len(normals)} normal records could be drawn into: twelve leads and an average "
                           "beat are needed.")
    every = f" --every {options.every}" if options.every > 1 else ""
    document = limits_document(found, {
        "data": "PTB-XL's layout: records whose only diagnostic superclass is NORM", "folds": options.folds,
        "every": options.every, "program": mmae_core.__version__,
        "command": f"mmae_core detection-limits --data DIR --folds {options.folds}{every} --output FILE.json"})
    table = "\n".join(detection_limits_table(document))
    if options.output is None:
        print(table)
        return
    with replacing(options.output) as part:
        part.write_text(json.dumps(document, indent=1) + "\n", encoding="utf-8")
    with replacing(options.output.with_suffix(".md")) as part:
        part.write_text(table + "\n", encoding="utf-8")
    print(f"Detection limits from {len(found.mv):,} normal records in {options.output}.", file=sys.stderr)

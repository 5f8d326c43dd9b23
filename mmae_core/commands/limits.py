"""`mmae_core limits`: limits of normal measurements by sex and age, and how often they flag a normal ECG."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from mmae_core.commands.shared.arguments import add_command, add_written, at_least
from mmae_core.commands.shared.json_report import entries_of
from mmae_core.commands.shared.progress import advance, progress_bar
from mmae_core.errors import ConfigError

if TYPE_CHECKING:
    from mmae_core.commands.shared.arguments import Commands
    from mmae_core.datasets.ptbxl import PtbxlEntry
    from mmae_core.departures.make_limits import Cohort


def add_parser(commands: Commands) -> None:
    """Name the arguments of `mmae_core limits`."""
    parser = add_command(commands, "limits", run, "The limits that come with the program were made from folds 1-8.")
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument("--data", type=Path, help="PTB-XL folder: make limits from its normal records")
    source.add_argument("--validate", type=Path, metavar="FOLDER",
                        help="PTB-XL folder: how many of its normal records have any flagged departure")
    add_written(parser, "--output", "limits file to write (.npz); its card is written beside it (.md)", required=False)
    parser.add_argument("--limits", type=Path, help="with --validate: limits file (default: the bundled one)")
    parser.add_argument("--folds", help="folds of PTB-XL (default 1-8; with --validate 9)")
    parser.add_argument("--every", type=at_least(1), default=1, metavar="N",
                        help="take each Nth record, for a quicker look")


def run(options: argparse.Namespace) -> None:
    """Make the file, or report how often the limits flag normals. Raises ConfigError if --output is missing or
    superfluous."""
    if options.every < 1:
        raise ConfigError(f"--every is {options.every}; it must be at least 1.")
    if (options.data is None) == (options.output is not None):
        raise ConfigError("--output is needed with --data, and only with it.")
    if options.data is not None:
        _make(options)
    else:
        _validate(options)


def _make(options: argparse.Namespace) -> None:
    from mmae_core.departures.limits_card import about_limits, limits_card
    from mmae_core.departures.make_limits import make_limits
    from mmae_core.files import replacing

    folds = options.folds or "1-8"
    cohort = _measured(entries_of(options.data, folds, options.every))
    limits = make_limits(cohort, about_limits(cohort, folds, options.every))
    limits.save(options.output)
    with replacing(options.output.with_suffix(".md")) as part:
        part.write_text(limits_card(limits), encoding="utf-8")
    print(f"Limits from {len(cohort.values):,} normal records in {options.output}.", file=sys.stderr)


def _validate(options: argparse.Namespace) -> None:
    from mmae_core.departures.limits import Limits, bundled_limits
    from mmae_core.departures.make_limits import normal_figures

    limits = bundled_limits() if options.limits is None else Limits.load(options.limits)
    cohort = _measured(entries_of(options.validate, options.folds or "9", options.every))
    for line in normal_figures(cohort, limits):
        print(line)
    print("How well leads are ranked that a report names: `mmae_core evaluate --task leads`.")


def _measured(entries: tuple[PtbxlEntry, ...]) -> Cohort:
    from mmae_core.departures.make_limits import measure_cohort

    normals = tuple(entry for entry in entries if entry.is_normal)
    with progress_bar(len(normals), "measuring", "record") as bar:
        return measure_cohort(normals, lambda done: advance(bar)(done, len(normals)))

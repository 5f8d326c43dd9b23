"""`mmae_core normal-beats`: normals' average beats, which the band behind a beat is made from, and how well it fits."""

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
    from mmae_core.normal_beats.make import NormalCohort


def add_parser(commands: Commands) -> None:
    """Name the arguments of `mmae_core normal-beats`."""
    parser = add_command(commands, "normal-beats", run, "The beats that come with the program are of folds 1-8.")
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument("--data", type=Path, help="PTB-XL folder: keep the average beats of its normal records")
    source.add_argument("--validate", type=Path, metavar="FOLDER",
                        help="PTB-XL folder: how much of its normal records lies outside the band, by lead and wave")
    add_written(parser, "--output", "file to write (.npz); its card is written beside it (.md)", required=False)
    parser.add_argument("--beats", type=Path, help="with --validate: file of normal beats (default: the bundled one)")
    parser.add_argument("--folds", help="folds of PTB-XL (default 1-8; with --validate 9)")
    parser.add_argument("--every", type=at_least(1), default=1, metavar="N",
                        help="take each Nth record, for a quicker look")


def run(options: argparse.Namespace) -> None:
    """Make the file, or report how much of normals lies outside. Raises ConfigError if --output is missing or
    superfluous."""
    if (options.data is None) == (options.output is not None):
        raise ConfigError("--output is needed with --data, and only with it.")
    if options.data is not None:
        _make(options)
    else:
        _validate(options)


def _make(options: argparse.Namespace) -> None:
    from mmae_core.files import replacing
    from mmae_core.normal_beats.card import normal_beats_card
    from mmae_core.normal_beats.make import make_normal_beats

    folds = options.folds or "1-8"
    normals = make_normal_beats(_measured(options.data, folds, options.every), folds, options.every)
    normals.save(options.output)
    with replacing(options.output.with_suffix(".md")) as part:
        part.write_text(normal_beats_card(normals), encoding="utf-8")
    print(f"Beats of {len(normals):,} normal records in {options.output}.", file=sys.stderr)


def _validate(options: argparse.Namespace) -> None:
    from mmae_core.normal_beats.store import NormalBeats, bundled_normal_beats
    from mmae_core.normal_beats.validate import coverage, coverage_lines

    normals = bundled_normal_beats() if options.beats is None else NormalBeats.load(options.beats)
    cohort = _measured(options.validate, options.folds or "9", options.every)
    with progress_bar(len(cohort.beats), "comparing", "record") as bar:
        found = coverage(normals, cohort, lambda done: advance(bar)(done, len(cohort.beats)))
    for line in coverage_lines(found):
        print(line)


def _measured(folder: Path, folds: str, every: int) -> NormalCohort:
    from mmae_core.normal_beats.make import measure_beats

    normals = tuple(entry for entry in entries_of(folder, folds, every) if entry.is_normal)
    with progress_bar(len(normals), "measuring", "record") as bar:
        return measure_beats(normals, lambda done: advance(bar)(done, len(normals)))

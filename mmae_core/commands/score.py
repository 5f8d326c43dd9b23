"""`mmae_core score`: score recordings against the normal cohort into a table."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from mmae_core.commands.shared.arguments import add_command, add_description, add_device, add_model, add_written
from mmae_core.commands.shared.progress import advance, progress_bar
from mmae_core.commands.shared.recordings import recordings_of
from mmae_core.commands.shared.stopping import stopping_on_sigterm
from mmae_core.errors import ConfigError, DatasetError

if TYPE_CHECKING:
    from mmae_core.commands.shared.arguments import Commands


MOST_NAMED = 5
"""Most records named in the closing line; the table lists all."""


def add_parser(commands: Commands) -> None:
    """Name the arguments of `mmae_core score`."""
    parser = add_command(
        commands, "score", run,
        "Example: mmae_core score recordings/ --output scores.csv --summary recordings.csv. Windows of 10 s begin "
        "every 5 s (the model's hop), so the rows of a longer recording overlap by half: they are no independent "
        "measurements. The strongest of several windows is high by chance alone, the more so the more there are, and "
        "has no p-value. A record that cannot be scored has a row of the "
        "table that says why (with its measurements where the model alone refuses it) and does not change the exit "
        "status, unless none can be scored. A run that is stopped "
        "(Ctrl+C, SIGTERM) or finds the disk full leaves the rows it has; one that is killed leaves them beside the "
        "table, in .NAME.NUMBER.part.",
    )
    parser.add_argument("paths", type=Path, nargs="+", metavar="PATH", help="records, folders or PTB-XL folders")
    add_written(parser, "--output", "CSV file to write: a row for each 10-s window")
    add_written(parser, "--summary", required=False, metavar="FILE",
                help_text="also a CSV file with a row for each recording: windows, those that are reliable, those of "
                          "them with a percentile, the strongest of these and where, their share above the 90th, the "
                          "lowest quality, and why there is no percentile")
    add_written(parser, "--maps", is_folder=True, required=False, finished="*.npz",
                help_text="folder for one .npz a record with its maps: score, percentile and peak_percentile of the "
                          "model, named_percentile of departures with a name and own_percentile of beats unlike the "
                          "patient's others, each (12, samples), NaN where not assessed; "
                          "mmae_core.report.map_file.read_maps reads them")
    add_model(parser)
    add_device(parser)
    add_description(parser)


def run(options: argparse.Namespace) -> None:
    """Score recordings into a table."""
    from mmae_core.model.device import use_one_thread
    from mmae_core.report.growing_table import remains
    from mmae_core.report.score_table import write_score_table
    from mmae_core.scoring.assessor import Assessor
    from mmae_core.scoring.checkpoint import load_model

    for option, path in (("--output", options.output), ("--summary", options.summary)):
        if path is not None:
            _require_csv(option, path)
    if options.summary is not None and options.summary.absolute() == options.output.absolute():
        raise ConfigError(f"--output and --summary both name {options.output}; they are two tables.")
    records = recordings_of(options.paths)
    if not records:
        raise DatasetError("There is no recording in what was named.")
    use_one_thread()
    assessor = Assessor(load_model(options.model), options.device)
    for left in remains(options.output):
        print(f"{left} has the rows of an earlier run that was killed, or of one that is not yet done.",
              file=sys.stderr)
    with stopping_on_sigterm(), progress_bar(len(records), "scoring", "record") as bar:
        summary = write_score_table(assessor, records, options.output, options.maps, advance(bar),
                                    options.summary)
    n_scored = summary.n_records - len(summary.failed) - len(summary.unscored)
    unscored = "was read, but no lead in it" if len(summary.unscored) == 1 else "were read, but no lead in them"
    without = "; ".join(
        f"{len(names):,} {words} ({_listed(names)})" for names, words in (
            (summary.failed, "could not be read or assessed"),
            (summary.unscored, f"{unscored} can be assessed"),
        ) if names
    )
    if n_scored == 0:
        none = "The record could not" if summary.n_records == 1 else f"None of the {summary.n_records:,} records could"
        raise DatasetError(f"{none} be scored: {without}; {options.output} says why.")
    print(f"{n_scored:,} of {summary.n_records:,} records scored into {options.output}"
          + (f", a row for each recording in {options.summary}" if options.summary else "")
          + (f"; {without}; the table says why." if without else "."), file=sys.stderr)


def _require_csv(option: str, path: Path) -> None:
    """Raise ConfigError unless the name ends in `.csv`."""
    if str(path) == "-":
        raise ConfigError(f"{option} - names no file: the table is written to a file, such as scores.csv, because "
                          "it is complete only at the end.")
    if path.suffix.lower() != ".csv":
        raise ConfigError(f"{option} {path} does not end in .csv, and a table of comma-separated values is what is "
                          f"written. Name it {path.with_suffix('.csv')}.")


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names[:MOST_NAMED]) + (", …" if len(names) > MOST_NAMED else "")

"""`mmae_core score`: score recordings against the normal cohort into a table."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from mmae_core.commands.arguments import add_command, add_device, add_model
from mmae_core.commands.progress import advance, progress_bar, report_missing
from mmae_core.errors import DatasetError

if TYPE_CHECKING:
    from mmae_core.commands.arguments import Commands


def add_parser(commands: Commands) -> None:
    """Name the arguments of `mmae_core score`."""
    parser = add_command(
        commands, "score", run,
        "Example: mmae_core score recordings/ --output scores.csv. A record that cannot be scored has a row of the "
        "table that says why and does not change the exit status, unless none can be scored.",
    )
    parser.add_argument("paths", type=Path, nargs="+", metavar="PATH", help="records, folders or PTB-XL folders")
    parser.add_argument("--output", type=Path, required=True, help="CSV file to write")
    parser.add_argument("--maps", type=Path,
                        help="folder for one .npz a record with its maps: score, percentile and peak_percentile, each "
                             "(12, samples), NaN where nothing was assessed; mmae_core.map_file.read_maps reads them")
    add_model(parser)
    add_device(parser)


def run(options: argparse.Namespace) -> None:
    """Score recordings into a table."""
    from mmae_core.assess import Assessor
    from mmae_core.checkpoint import load_model
    from mmae_core.score_table import write_score_table

    records = _records_of(options.paths)
    if not records:
        raise DatasetError("There is no recording in what was named.")
    assessor = Assessor(load_model(options.model), options.device)
    with progress_bar(len(records), "scoring", "record") as bar:
        summary = write_score_table(assessor, records, options.output, options.maps, advance(bar))
    if summary.n_failed == summary.n_records:
        raise DatasetError(f"None of the {summary.n_records} records could be scored; {options.output} says why.")
    print(f"{summary.n_records - summary.n_failed} of {summary.n_records} records scored into {options.output}"
          + (f"; {summary.n_failed} could not be, the table says why." if summary.n_failed else "."), file=sys.stderr)


def _records_of(paths: Sequence[Path]) -> list[Path]:
    """Records behind files, folders and PTB-XL folders (there the version at 500 Hz where present), each once."""
    from mmae_core.datasets.folder import bare_name, find_records
    from mmae_core.datasets.ptbxl import is_ptbxl, load_index

    records: dict[Path, None] = {}
    for path in paths:
        if path.is_dir() and is_ptbxl(path):
            index = load_index(path)
            report_missing(index.missing)
            records.update(dict.fromkeys(entry.path for entry in index.entries))
        elif path.exists() or path.with_name(path.name + ".hea").exists():
            records.update(dict.fromkeys(find_records([path])))
        else:
            records[path] = None  # named but not there: a row of the table says so
    if paths and not any(path.exists() or path.with_name(path.name + ".hea").exists() for path in paths):
        find_records(paths)  # says which of them is not there
    once = {bare_name(path).absolute(): path for path in reversed(records)}
    return [path for path in records if once[bare_name(path).absolute()] is path]

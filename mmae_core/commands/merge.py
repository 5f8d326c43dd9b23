"""`mmae_core merge`: one table out of the parts that `mmae_core score --shard` left."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from mmae_core.commands.score import require_tables, tell
from mmae_core.commands.shared.arguments import add_command, add_written

if TYPE_CHECKING:
    from mmae_core.commands.shared.arguments import Commands


def add_parser(commands: Commands) -> None:
    """Name the arguments of `mmae_core merge`."""
    parser = add_command(
        commands, "merge", run,
        "Example: mmae_core merge scores.parquet.parts --output scores.parquet. The table is that of a run without "
        "shares, to the last digit. The parts stay; remove them when you have the table.",
    )
    parser.add_argument("parts", type=Path, nargs="+", metavar="PARTS",
                        help="folder with the parts of all shares, or the folders of several machines")
    add_written(parser, "--output", "file to write, .csv or .parquet: a row for each 10-s window")
    add_written(parser, "--summary", required=False, metavar="FILE",
                help_text="also a file with a row for each recording")
    parser.add_argument("--incomplete", action="store_true",
                        help="take the parts that are there, although others are missing")


def run(options: argparse.Namespace) -> None:
    """Write the tables."""
    from mmae_core.report.score_run import ScoreTables, merge_parts

    tables = ScoreTables(options.output, options.summary)
    require_tables(tables)
    tell(merge_parts(options.parts, tables, incomplete=options.incomplete), tables)

"""`mmae_core synthesize`: lesions with known leads and times, planted into normal records."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from mmae_core.commands.shared.arguments import add_command, add_written, at_least
from mmae_core.commands.shared.progress import advance, progress_bar

if TYPE_CHECKING:
    from mmae_core.commands.shared.arguments import Commands


def add_parser(commands: Commands) -> None:
    """Name the arguments of `mmae_core synthesize`."""
    parser = add_command(commands, "synthesize", run)
    parser.add_argument("--data", type=Path, required=True, help="PTB-XL folder")
    parser.add_argument("--folds", default="9", help="folds whose normals are used (default 9)")
    add_written(parser, "--output", "folder of the lesion set to write", is_folder=True)
    parser.add_argument("--records", type=int, default=200, help="records with lesions (default 200)")
    parser.add_argument("--normals", type=int, help="records left as they are (default: as many)")
    parser.add_argument("--lesions", type=int, default=1, help="lesions a record (default 1)")
    parser.add_argument("--strength", type=float, default=1.0, help="of all changes, 0 to 5 (default 1)")
    parser.add_argument("--seed", type=int, default=0, help="of everything that is drawn (default 0)")
    parser.add_argument("--kinds", nargs="+", metavar="KIND", help="kinds of lesions (default: all of them)")
    parser.add_argument("--leads", nargs="+", metavar="LEAD",
                        help="leads of ST, T and alternans lesions (default: a territory is drawn)")
    parser.add_argument("--extent", choices=("beat", "record", "mix"), default="mix",
                        help="in one beat or a short run, in every beat of the record, or some of each (default mix)")
    parser.add_argument("--every", type=at_least(1), metavar="N", help="lesions of extent record change every Nth beat")
    parser.add_argument("--force", action="store_true", help="replace the lesion set in --output")


def run(options: argparse.Namespace) -> None:
    """Write a lesion set."""
    from mmae_core.config_arguments import parse_folds
    from mmae_core.synthesis.lesions import KINDS
    from mmae_core.synthesis.synthesize import Recipe, synthesize

    recipe = Recipe(
        folds=parse_folds(options.folds),
        records=options.records,
        normals=options.records if options.normals is None else options.normals,
        lesions=options.lesions,
        strength=options.strength,
        seed=options.seed,
        kinds=tuple(options.kinds or KINDS),
        leads=tuple(options.leads or ()),
        extent=options.extent,
        every=options.every,
    )
    with progress_bar(None, "planting", "record") as bar:
        summary = synthesize(options.data, options.output, recipe, force=options.force, progress=advance(bar))
    print(f"Lesion set written to {options.output}: "
          + ", ".join(f"{count:,} {kind}" for kind, count in summary.kinds.items())
          + f"; {summary.normals:,} normals left as they are.", file=sys.stderr)
    if summary.left_out:
        print(f"{sum(summary.left_out.values()):,} records not used: "
              + ", ".join(f"{count:,} {reason}" for reason, count in summary.left_out.items()) + ".", file=sys.stderr)

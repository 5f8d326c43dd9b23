"""`mmae_core recalibrate`: percentiles against own normals, and how these stand against a model's present cohort."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from mmae_core.commands.shared.arguments import add_command, add_description, add_device, add_model, add_written
from mmae_core.commands.shared.chunk_options import add_chunks, chunk_plan, naming_kept_parts
from mmae_core.commands.shared.progress import advance, progress_bar

if TYPE_CHECKING:
    from mmae_core.commands.shared.arguments import Commands
    from mmae_core.evaluation.own_cohort import OwnCohort


def add_parser(commands: Commands) -> None:
    """Name the arguments of `mmae_core recalibrate`."""
    parser = add_command(commands, "recalibrate", run)
    parser.add_argument("--data", type=Path, required=True, help="folder of normal recordings, 50 or more")
    parser.add_argument("--names", type=Path, help="text file with the names of the recordings to use, one a line")
    parser.add_argument("--cohort", help="who the normals are, as shown beside every percentile (default: the folder's "
                                         "name)")
    add_model(parser)
    add_written(parser, "--output", "model folder to write; without it, the normals are only examined", is_folder=True,
                required=False, finished="model.json")
    parser.add_argument("--report", type=Path, metavar="JSON", help="write what was found to this file, too")
    add_description(parser)
    add_chunks(parser)
    add_device(parser)


def run(options: argparse.Namespace) -> None:
    """Examine own normals; with --output, make the model that compares with them."""
    from mmae_core.datasets.folder import find_records, read_names, select_named
    from mmae_core.evaluation.own_cohort import examine_own_normals, recalibrate
    from mmae_core.files import replacing
    from mmae_core.model.device import use_one_thread
    from mmae_core.scoring.assessor import Assessor
    from mmae_core.scoring.checkpoint import load_model

    use_one_thread()
    plan = chunk_plan(options, options.output)
    model = load_model(options.model)
    paths = find_records([options.data])
    if options.names is not None:
        paths, unknown = select_named(paths, read_names(options.names))
        if unknown:
            print(f"{len(unknown):,} names in {options.names.name} mean no record: {', '.join(unknown[:5])}",
                  file=sys.stderr)
    cohort = options.cohort or f"normal recordings of {options.data.resolve().name}"
    with naming_kept_parts(plan), progress_bar(len(paths), "scoring", "record") as bar:
        own = examine_own_normals(Assessor(model, options.device), paths, cohort, progress=advance(bar),
                                  plan=plan)
    _print(own, model.calibration.cohort)
    if options.report is not None:
        with replacing(options.report) as part:
            part.write_text(json.dumps(own.to_dict(), indent=1, allow_nan=False), encoding="utf-8")
    if options.output is not None:
        recalibrate(model, own, options.output, name=options.output.name)
        print(f"Model written to {options.output}.", file=sys.stderr)
    plan.finish()


def _print(own: OwnCohort, former: str) -> None:
    drift = own.drift
    low, high = (100 * share for share in drift.strong_ci95)
    print(f"{own.n_normals:,} own normals can be used; {len(own.left_out):,} are left out.")
    for name, reason in own.left_out[:5]:
        print(f"  {name}: {reason}")
    print(f"Against {former}: {drift.n_strong} ({100 * drift.strong_share:.1f} %, 95 % CI {low:.1f}-{high:.1f}) are "
          f"among the strongest 5 %; median percentile {drift.median_percentile:.0f}; p = {drift.p:.2g}.")
    print("Percentiles against that cohort do not hold for them." if drift.has_left
          else "Nothing speaks against that cohort's percentiles.")
    for group in own.uneven_groups:
        print(f"Percentiles against all own normals do not hold for {group}.")
    for path, p in own.apart:
        print(f"Stands apart, to be looked at: {path.name} (p = {p:.1g})")

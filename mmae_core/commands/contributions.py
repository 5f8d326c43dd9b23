"""`mmae_core contributions`: how much each part of a model's score contributes, on the same records."""

from __future__ import annotations

import argparse
import json
import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mmae_core.commands.compare import CACHE
from mmae_core.commands.shared.arguments import add_command, add_device, add_model, add_written, at_least
from mmae_core.commands.shared.progress import advance_named, progress_bar, report_missing
from mmae_core.config_arguments import parse_folds
from mmae_core.errors import ConfigError
from mmae_core.files import replacing

if TYPE_CHECKING:
    from mmae_core.commands.shared.arguments import Commands


def add_parser(commands: Commands) -> None:
    """Name the arguments of `mmae_core contributions`."""
    parser = add_command(commands, "contributions", run)
    add_model(parser)
    parser.add_argument("--data", type=Path, required=True, help="PTB-XL folder")
    parser.add_argument("--folds", default="9", help="folds to compare on (default 9)")
    parser.add_argument("--every", type=at_least(1), default=1, metavar="N",
                        help="take each Nth record of the folds and of --lesions, for a quicker look")
    parser.add_argument("--lesions", type=Path, help="folder of annotated records, as `mmae_core synthesize` writes it")
    add_written(parser, "--output", is_folder=True, finished="contributions.json",
                help_text="folder for contributions.json and contributions.md; a stopped comparison continues in it")
    add_device(parser, "cpu")


def run(options: argparse.Namespace) -> None:
    """Compare the variants and write two tables."""
    from mmae_core.datasets.annotated_folder import load_annotated
    from mmae_core.datasets.ptbxl import load_index
    from mmae_core.evaluation.detection_cases import detection_cases
    from mmae_core.evaluation.part_contributions import compare_contributions, contributions_markdown
    from mmae_core.metrics.detection import require_scikit_learn
    from mmae_core.scoring.checkpoint import load_model

    require_scikit_learn()
    if options.every < 1:
        raise ConfigError(f"--every takes a number of at least 1; found {options.every}.")
    model = load_model(options.model)
    index = load_index(options.data)
    report_missing(index.missing)
    folds = parse_folds(options.folds)
    cases = detection_cases(index, folds, options.every)
    lesions = load_annotated(options.lesions)[:: options.every] if options.lesions else ()
    data: dict[str, Any] = {"dataset": "PTB-XL", "folds": sorted(folds), "every": options.every}
    with progress_bar(None, "comparing", "record") as bar:
        families = compare_contributions(
            model, cases, lesions, options.output / CACHE, data, device=options.device, progress=advance_named(bar)
        )
    shown = ["mmae_core", "contributions", "--data", "DIR", "--folds", options.folds, "--model", model.name]
    shown += ["--every", str(options.every)] if options.every > 1 else []
    shown += ["--lesions", options.lesions.absolute().name] if options.lesions else []
    with replacing(options.output / "contributions.json") as part:
        part.write_text(json.dumps({"command": shlex.join(shown), **families}, indent=1) + "\n", encoding="utf-8")
    with replacing(options.output / "contributions.md") as part:
        part.write_text(f"`{shlex.join(shown)}`\n\n{contributions_markdown(families)}", encoding="utf-8")
    print(f"contributions.json and contributions.md written to {options.output}.", file=sys.stderr)

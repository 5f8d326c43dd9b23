"""`mmae_core benchmark`: what scoring and training cost on this computer."""

from __future__ import annotations

import argparse
import json
from typing import TYPE_CHECKING

from mmae_core.commands.shared.arguments import add_command, add_device, add_model
from mmae_core.commands.shared.progress import elapsing

if TYPE_CHECKING:
    from mmae_core.commands.shared.arguments import Commands


def add_parser(commands: Commands) -> None:
    """Name the arguments of `mmae_core benchmark`."""
    parser = add_command(commands, "benchmark", run)
    parser.add_argument("--windows", type=int, default=9069,
                        help="size of the training set (default: PTB-XL's normals)")
    parser.add_argument("--steps", type=int, default=20, help="training steps to time (default 20)")
    parser.add_argument("--compile", action=argparse.BooleanOptionalAction, default=True,
                        help="compile the network for training, which takes a minute or two in the first step")
    add_model(parser)
    add_device(parser, default="cpu")


def run(options: argparse.Namespace) -> None:
    """Time scoring and training."""
    from mmae_core.datasets.folder import find_records
    from mmae_core.evaluation.benchmark import run_benchmark
    from mmae_core.readers import read_record
    from mmae_core.resources import resource
    from mmae_core.scoring.checkpoint import load_model
    from mmae_core.scoring.preprocess import prepare

    model = load_model(options.model)
    paths = find_records([resource("demo")])
    inputs = [prepare(read_record(path), model.config.preprocess) for path in paths]
    figures = run_benchmark(
        model, inputs, n_windows=options.windows, steps=options.steps, compile_network=options.compile,
        device=options.device, stage=elapsing,
    )
    print(json.dumps(figures, indent=2))

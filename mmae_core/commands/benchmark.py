"""`mmae_core benchmark`: what scoring and training, or reading, cost on this computer."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING

from mmae_core.commands.shared.arguments import add_command, add_device, add_model, at_least, positive
from mmae_core.commands.shared.progress import elapsing
from mmae_core.errors import ConfigError

if TYPE_CHECKING:
    from mmae_core.commands.shared.arguments import Commands


def add_parser(commands: Commands) -> None:
    """Name the arguments of `mmae_core benchmark`."""
    parser = add_command(commands, "benchmark", run)
    parser.add_argument("--windows", type=at_least(1), default=9069,
                        help="size of the training set (default: PTB-XL's normals)")
    parser.add_argument("--steps", type=at_least(1), default=20, help="training steps to time (default 20)")
    parser.add_argument("--compile", action=argparse.BooleanOptionalAction, default=True,
                        help="compile the network for training, which takes a minute or two in the first step")
    parser.add_argument("--readers", nargs="*", type=Path, metavar="PATH",
                        help="instead: seconds and memory of reading 10 s and a day of twelve leads in every format "
                             "that can be written, and of the recordings named here")
    parser.add_argument("--hours", type=positive, default=24.0,
                        help="readers: length of the long recordings (default 24)")
    parser.add_argument("--rate-hz", type=positive, default=500.0, help="readers: their sampling rate (default 500)")
    add_model(parser)
    add_device(parser, default="cpu")


def run(options: argparse.Namespace) -> None:
    """Time scoring and training, or reading."""
    if options.readers is not None:
        _print_readers(options)
        return
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


def _print_readers(options: argparse.Namespace) -> None:
    from mmae_core.commands.shared.recordings import recordings_of
    from mmae_core.evaluation.readers_benchmark import readers_benchmark

    if options.hours > 24 * 14:
        raise ConfigError(f"--hours {options.hours:g}: a long recording lasts up to 336 hours.")
    if not 100 <= options.rate_hz <= 1000:
        raise ConfigError(f"--rate-hz {options.rate_hz:g}: recordings are made with 100 to 1,000 samples a second.")
    named = recordings_of(options.readers) if options.readers else []
    figures = readers_benchmark(named, hours=options.hours, rate_hz=options.rate_hz, stage=elapsing)
    print(json.dumps(figures, indent=2))

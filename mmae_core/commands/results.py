"""`mmae_core results`: reproduces every number of the README's results tables from a PTB-XL folder."""

from __future__ import annotations

import argparse
import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from mmae_core.commands import ablate, compare, contributions, evaluate, synthesize, train
from mmae_core.commands.shared.arguments import add_command, add_written, at_least
from mmae_core.errors import ConfigError, EcgError
from mmae_core.scoring.window_scorer import PEER_FILE

if TYPE_CHECKING:
    from mmae_core.commands.shared.arguments import Commands

MODELS = ("mmae-ecg-plus", "mmae-ecg-faithful")
"""Bundled models; the others are compared with the first."""
SCHEDULES = {
    "mcf": ("--epochs", "6"),
    "tsrnet": ("--epochs", "2", "--batch-size", "16", "--learning-rate", "5e-4"),
    "beatgan": (), "tranad": (), "anomaly-transformer": (), "tsl": (),
}
"""Training arguments of each compared method: affordable on two cores, or the method's own short default."""
LESIONS = ("--records", "240", "--normals", "120", "--seed", "0")
SPLIT = ("--folds", "9")


def add_parser(commands: Commands) -> None:
    """Name the arguments of `mmae_core results`."""
    parser = add_command(commands, "results", run)
    parser.add_argument("--data", type=Path, required=True, help="PTB-XL folder")
    add_written(parser, "--output", is_folder=True,
                help_text="folder for lesions, runs and tables; what is there already is not made again")
    parser.add_argument("--cache", type=Path, help="folder of prepared signals (default: the user's cache folder)")
    parser.add_argument("--methods", default=",".join(SCHEDULES), metavar="NAMES",
                        help="compared methods to train, with commas; empty for none (default: all, some hours)")
    parser.add_argument("--every", type=at_least(1), default=1, metavar="N",
                        help="take each Nth record of the folds and of the lesions, for a quicker look; the "
                             "evaluations of the bundled models, named leads included, always take all")


def run(options: argparse.Namespace) -> None:
    """Plant lesions, train and compare all methods, measure the default model's parts, evaluate both models, run
    ablations."""
    from mmae_core.metrics.detection import require_scikit_learn

    require_scikit_learn()
    if options.every < 1:
        raise ConfigError(f"--every takes a number of at least 1; found {options.every}.")
    methods = [name for name in options.methods.split(",") if name]
    unknown = sorted(set(methods) - set(SCHEDULES))
    if unknown:
        raise ConfigError(f"There is no schedule for {', '.join(unknown)}; known are {', '.join(SCHEDULES)}.")
    for number, command in enumerate(steps(options, methods), start=1):
        print(f"{number}. mmae_core {shlex.join(command)}", file=sys.stderr)
        _run(command)
    print(f"Tables and pages are in {options.output}.", file=sys.stderr)


def steps(options: argparse.Namespace, methods: list[str]) -> list[list[str]]:
    """The commands still to run, each as its arguments."""
    data, output = ["--data", str(options.data)], options.output
    lesions, every = str(output / "lesions"), ["--every", str(options.every)]
    cache = ["--cache", str(options.cache)] if options.cache else []
    found: list[list[str]] = []
    if not (output / "lesions" / "lesions.json").exists():
        found.append(["synthesize", *data, *SPLIT, "--output", lesions, *LESIONS])
    for name in methods:
        folder = output / "runs" / name
        if not (folder / PEER_FILE).exists():
            found.append(["train", "--model", name, *data, "--output", str(folder), "--folds", "1-8",
                          *SCHEDULES[name], *cache, "--resume"])
    models = [*MODELS, *(f"{name}={output / 'runs' / name}" for name in methods)]
    named = [argument for model in models for argument in ("--model", model)]
    found.append(["compare", *data, *SPLIT, *every, "--lesions", lesions, *named, "--output", str(output / "compare"),
                  "--force"])
    found.append(["contributions", *data, *SPLIT, *every, "--lesions", lesions, "--model", MODELS[0],
                  "--output", str(output / "contributions"), "--force"])
    for model, others in ((MODELS[0], ["--against", MODELS[1]]), (MODELS[1], [])):
        name = Path(model).name
        found.append(["evaluate", *data, *SPLIT, "--model", model, *others, "--output", str(output / f"{name}.json"),
                      "--html", str(output / f"{name}.html"), "--force"])
    for model in (MODELS[0], *(f"{output / 'runs' / name}" for name in methods)):
        name = Path(model).name
        some = [] if model == MODELS[0] else every
        found.append(["evaluate", "--task", "leads", *data, *SPLIT, *some, "--model", model,
                      "--output", str(output / f"leads-{name}.json"), "--html", str(output / f"leads-{name}.html"),
                      "--force"])
    found.append(["ablate", *data, *every, "--short", *cache, "--output", str(output / "ablation")])
    return found


def _run(command: list[str]) -> None:
    parser = argparse.ArgumentParser(prog="mmae_core")
    commands = parser.add_subparsers(required=True)
    for module in (ablate, compare, evaluate, contributions, synthesize, train):
        module.add_parser(commands)
    chosen = parser.parse_args(command)
    try:
        chosen.command(chosen)
    except EcgError as error:
        raise type(error)(f"mmae_core {command[0]}: {error}") from error

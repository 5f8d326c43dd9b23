"""Arguments that several commands share."""

from __future__ import annotations

import argparse
import math
import shlex
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from mmae_core.commands import PURPOSES
from mmae_core.errors import ConfigError
from mmae_core.files import require_writable

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]
    """What `ArgumentParser.add_subparsers` returns."""


EXIT_STATUS = "Exit status: 0 when it is done, 2 after an error that is explained on standard error, 130 when stopped."


def at_least(least: int) -> Callable[[str], int]:
    """The type of an argument that is a whole number from `least` on."""

    def whole_number(text: str) -> int:
        try:
            number = int(text)
        except ValueError:
            number = least - 1
        if number < least:
            raise argparse.ArgumentTypeError(f"{text[:40]!r} is no whole number from {least} on")
        return number

    return whole_number


def positive(text: str) -> float:
    """The type of an argument that is a positive number."""
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not 0 < number < math.inf:
        raise argparse.ArgumentTypeError(f"{text[:40]!r} is no positive number")
    return number


def add_command(
    commands: Commands, name: str, function: Callable[[argparse.Namespace], None], epilog: str = ""
) -> argparse.ArgumentParser:
    """Add a sub-parser; its defaults set `command` to the function to call and `command_name` to its name.

    `epilog` ends its help, before the text common to all commands.

    Raises KeyError for a name that `PURPOSES` does not list.
    """
    purpose = PURPOSES[name]
    description = purpose[0].upper() + purpose[1:] + "."
    parser = commands.add_parser(name, help=purpose, description=description, epilog=" ".join(
        part for part in (epilog, EXIT_STATUS) if part))
    parser.set_defaults(command=function, command_name=name)
    return parser


def add_written(
    parser: argparse.ArgumentParser, option: str, help_text: str, *, is_folder: bool = False, required: bool = True,
    metavar: str | None = None, finished: str = "",
) -> None:
    """Add an option for a file or folder to write; `require_places` checks it before any work begins.

    An existing file, or a folder with a file that matches `finished` (`*.npz`), is refused without --force, which this
    adds; work continues in a folder without such a file.
    """
    parser.add_argument(option, type=Path, required=required, help=help_text, metavar=metavar)
    places = parser.get_default("places") or ()
    parser.set_defaults(places=(*places, (option, is_folder, finished)))
    if (finished or not is_folder) and parser.get_default("force") is None:
        parser.add_argument("--force", action="store_true", help="replace what is there already (default: refuse)")


def require_places(options: argparse.Namespace) -> None:
    """Raises ConfigError, before hours of work, if an output of the command cannot be written or must not be
    overwritten.
    """
    for option, is_folder, finished in getattr(options, "places", ()):
        path = getattr(options, option.removeprefix("--").replace("-", "_"))
        if path is None:
            continue
        require_writable(path, option, is_folder=is_folder)
        if getattr(options, "force", False):
            continue
        if getattr(options, "resume", False) and option in getattr(options, "resumable", ()):
            continue
        if not is_folder and path.exists():
            raise ConfigError(f"{option} {path} is there already. Name another file, or replace it with --force.")
        if finished and next(path.glob(finished), None) is not None:
            raise ConfigError(f"{option} {path} holds {finished} already. Name another folder, or replace what is "
                              "there with --force.")


def add_model(parser: argparse.ArgumentParser) -> None:
    """`--model`: a bundled model by name or a model folder."""
    parser.add_argument("--model", help="bundled model by name, or a model folder (default: the bundled default)")


def add_description(parser: argparse.ArgumentParser) -> None:
    """`--rate-hz`, `--unit` and `--columns`, for files of bare numbers; `take_description` reads them."""
    group = parser.add_argument_group("files that do not state it (CSV, MATLAB)")
    group.add_argument("--rate-hz", type=float, metavar="HZ", help="sampling rate")
    group.add_argument("--unit", help='unit of the values: mV, uV, or a step such as "5 uV"')
    group.add_argument("--columns", metavar="LEADS",
                       help="leads of the columns, such as I,II,V1; empty for a column to be left out")


def take_description(options: argparse.Namespace) -> None:
    """Let every reader know what `add_description` was given.

    Raises ConfigError for a rate or unit that makes no sense.
    """
    rate_hz, unit, columns = (getattr(options, name, None) for name in ("rate_hz", "unit", "columns"))
    from mmae_core.readers.described_folders import describe_everything
    from mmae_core.readers.signal_description import SignalDescription, mv_of_unit

    if rate_hz is None and unit is None and columns is None:
        describe_everything(None)
        return
    if rate_hz is not None and not 0 < rate_hz < math.inf:
        raise ConfigError(f"--rate-hz {rate_hz:g} is no sampling rate.")
    mv_per_step = None if unit is None else mv_of_unit(unit)
    if unit is not None and mv_per_step is None:
        raise ConfigError(f"--unit {unit} is no voltage. Write mV, uV, nV, V, or a step such as '5 uV'.")
    names = None if columns is None else tuple(name.strip() for name in columns.split(","))
    describe_everything(SignalDescription(rate_hz, mv_per_step, names))


def add_device(parser: argparse.ArgumentParser, default: str = "auto") -> None:
    """`--device`."""
    parser.add_argument("--device", default=default, help=f"auto, cpu, cuda or mps (default {default})")


def shown_train_command(options: argparse.Namespace) -> str:
    """The training command for a model card, without folders of this computer."""
    shown = ["mmae_core", "train", "--data", "DIR", "--output", "RUN"]
    if options.model != "mmae":
        shown += ["--model", options.model]
    if options.preset != "faithful":
        shown += ["--preset", options.preset]
    for name in ("folds", "calibrate_folds", "epochs", "cross_lead_epochs", "batch_size", "learning_rate", "seed"):
        value = getattr(options, name)
        if value is not None:
            shown += [f"--{name.replace('_', '-')}", str(value)]
    if options.config is not None:
        shown += ["--config", options.config.name]
    return shlex.join(shown)

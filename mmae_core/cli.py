"""The command `mmae_core`; each sub-command is a module of `mmae_core.commands`."""

from __future__ import annotations

import argparse
import importlib
import sys
from collections.abc import Sequence

import mmae_core
from mmae_core.commands import PURPOSES
from mmae_core.commands.shared.arguments import EXIT_STATUS, require_places, take_description
from mmae_core.errors import EcgError
from mmae_core.files import os_words

DESCRIPTION = ("Says how far a 12-lead ECG departs from normal ECGs, and where: scores, their evaluation, and training "
               "of the models behind them. Research use only, not for diagnosis.")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return 0, or 2 after an error message on standard error."""
    arguments = sys.argv[1:] if arguments is None else arguments
    options = parser_of(arguments[0] if arguments else None).parse_args(arguments)
    try:
        require_places(options)
        if hasattr(options, "rate_hz"):
            take_description(options)
        options.arguments = list(arguments)
        options.command(options)
    except EcgError as error:
        print(f"mmae_core: {error}", file=sys.stderr)
        return 2
    except OSError as error:
        print(f"mmae_core: {os_words(error)}", file=sys.stderr)
        return 2
    except KeyboardInterrupt as stop:
        hint = " Continue with --resume." if hasattr(options, "resume") else ""
        print(f"mmae_core: stopped{f'; {stop}' if str(stop) else ''}.{hint}", file=sys.stderr)
        return 130
    return 0


class _WideColumn(argparse.HelpFormatter):
    """Keeps every command's purpose beside its name."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, max_help_position=18)


def parser_of(command: str | None) -> argparse.ArgumentParser:
    """The parser with the arguments of one command; of the others, only names and purposes."""
    parser = argparse.ArgumentParser(
        prog="mmae_core", description=DESCRIPTION, formatter_class=_WideColumn,
        epilog="`mmae_core COMMAND --help` explains a command. " + EXIT_STATUS,
    )
    parser.add_argument("--version", action="version", version=f"%(prog)s {mmae_core.__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for name, purpose in PURPOSES.items():
        if name == command:
            importlib.import_module(f"mmae_core.commands.{name.replace('-', '_')}").add_parser(commands)
        else:
            commands.add_parser(name, help=purpose)
    return parser

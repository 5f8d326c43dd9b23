"""The command `mmae_core`: one module of `mmae_core.commands` for each thing it does."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

import mmae_core
from mmae_core.commands import (
    ablate,
    benchmark,
    compare,
    evaluate,
    info,
    ingredients,
    intervals,
    quality,
    release,
    results,
    score,
    synthesize,
    train,
)
from mmae_core.errors import EcgError

COMMANDS = (
    train, score, evaluate, release, info, benchmark, synthesize, quality, intervals, compare, ingredients, ablate,
    results,
)
"""In the order of the help."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return 0, or 2 after an error that was explained on standard error."""
    options = _parser().parse_args(arguments)
    try:
        options.command(options)
    except EcgError as error:
        print(f"mmae_core: {error}", file=sys.stderr)
        return 2
    except OSError as error:
        print(f"mmae_core: {error.filename or ''}: {error.strerror or error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        hint = " Continue with --resume." if options.command_name == "train" else ""
        print(f"mmae_core: stopped.{hint}", file=sys.stderr)
        return 130
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="mmae_core", description=mmae_core.__doc__)
    parser.add_argument("--version", action="version", version=mmae_core.__version__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for command in COMMANDS:
        command.add_parser(commands)
    return parser

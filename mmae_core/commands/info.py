"""`mmae_core info`: what the bundled models, or one model, are made of."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from mmae_core.commands.arguments import add_command

if TYPE_CHECKING:
    from mmae_core.commands.arguments import Commands


def add_parser(commands: Commands) -> None:
    """Name the arguments of `mmae_core info`."""
    parser = add_command(commands, "info", run)
    parser.add_argument("--model", help="bundled model by name, or a model folder (default: all bundled ones)")


def run(options: argparse.Namespace) -> None:
    """Print what models are made of."""
    from mmae_core.checkpoint import bundled_models, load_model
    from mmae_core.release import describe

    names: Sequence[str | Path] = bundled_models() if options.model is None else [options.model]
    print(json.dumps([describe(load_model(name)) for name in names], indent=2))

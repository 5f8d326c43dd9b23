"""Options of commands that work on many records: how many processes, and what an earlier run has left."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from mmae_core.commands.shared.arguments import at_least

if TYPE_CHECKING:
    from mmae_core.evaluation.chunk_plan import ChunkPlan


def add_chunks(parser: argparse.ArgumentParser) -> argparse._ArgumentGroup:
    """`--jobs`, `--scheduler` and `--resume`, and where more of the kind belongs; `chunk_plan` reads them."""
    group = parser.add_argument_group("many records")
    group.add_argument("--jobs", type=at_least(1), default=1, metavar="N",
                       help="processes that work, of one thread each (default 1); the result does not depend on it")
    group.add_argument("--scheduler", default="", metavar="ADDRESS",
                       help="address of a Dask scheduler whose workers do it, such as tcp://10.0.0.5:8786; they need "
                            "the recordings and the output's folder under the same paths")
    group.add_argument("--resume", action="store_true",
                       help="continue an earlier run that was stopped; its parts lie beside --output (OUTPUT.parts)")
    return group


def chunk_plan(options: argparse.Namespace, output: Path | None) -> ChunkPlan:
    """How the command's records are shared. Parts lie beside `output`; without one, in a temporary folder.

    Raises ConfigError where parts would have no place that lasts, or that other machines see.
    """
    from mmae_core.errors import ConfigError
    from mmae_core.evaluation.chunk_plan import ChunkPlan, parts_beside

    if output is None and (options.resume or options.scheduler):
        raise ConfigError("--resume and --scheduler keep parts beside --output; name one.")
    folder = None if output is None else parts_beside(output)
    return ChunkPlan(options.jobs, options.scheduler, options.resume, folder)


@contextmanager
def naming_kept_parts(plan: ChunkPlan) -> Iterator[None]:
    """A run that is refused for its recordings, such as too few, says where its parts are still kept."""
    from mmae_core.errors import DatasetError

    try:
        yield
    except DatasetError as error:
        if plan.folder is None or not plan.folder.is_dir():
            raise
        raise DatasetError(f"{str(error).rstrip('.')}. What was scored is kept in {plan.folder}, for --resume; remove "
                           "it if it is not needed.") from error

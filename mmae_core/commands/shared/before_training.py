"""What is asked before a training command prepares its data, which takes minutes."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, redirect_stderr
from pathlib import Path
from typing import TYPE_CHECKING

from mmae_core.errors import ConfigError

if TYPE_CHECKING:
    from mmae_core.training.processes import Processes


@contextmanager
def training_together(options: argparse.Namespace) -> Iterator[Processes]:
    """The processes that train, if `torchrun` started several; only the first writes to standard error.

    Ends with the program named by `--parent`, or with `torchrun`, however that ended.
    """
    from mmae_core.training.parent import end_with_parent
    from mmae_core.training.processes import joined, started_together

    if started_together():
        end_with_parent(os.getppid())
    elif options.parent is not None:
        end_with_parent(options.parent)
    with (
        joined(options.device) as processes, Path(os.devnull).open("w", encoding="utf-8") as nowhere,
        nullcontext() if processes.is_first else redirect_stderr(nowhere),
    ):
        yield processes


def check_before_training(options: argparse.Namespace, settings_file: str, processes: Processes) -> None:
    """Check device and run folder; say so if --resume finds no run.

    Raises ConfigError for a device that is not there, and for a run folder that is a file or in which another process
    trains.
    """
    from mmae_core.training.processes import device_of
    from mmae_core.training.run_folder import RunFolder
    from mmae_core.training.tensorboard import require_tensorboard

    device_of(options.device, processes)
    if options.tensorboard:
        require_tensorboard()
    if not processes.is_first:
        return
    if options.output.exists() and not options.output.is_dir():
        raise ConfigError(f"{options.output} is a file; --output names the folder of the run.")
    run = RunFolder(options.output, settings_file)
    run.require_free()
    if options.resume and not run.state.exists():
        print(f"There is no run to continue in {options.output}; a new one starts.", file=sys.stderr)

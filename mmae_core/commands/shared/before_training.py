"""What is asked before a training command prepares its data, which takes minutes."""

from __future__ import annotations

import argparse
import sys

from mmae_core.errors import ConfigError


def check_before_training(options: argparse.Namespace, settings_file: str) -> None:
    """Check device and run folder; say so if --resume finds no run.

    Raises ConfigError for a device that is not there, and for a run folder that is a file or in which another process
    trains.
    """
    from mmae_core.model.device import resolve_device
    from mmae_core.training.run_folder import RunFolder

    resolve_device(options.device)
    if options.output.exists() and not options.output.is_dir():
        raise ConfigError(f"{options.output} is a file; --output names the folder of the run.")
    run = RunFolder(options.output, settings_file)
    run.require_free()
    if options.resume and not run.state.exists():
        print(f"There is no run to continue in {options.output}; a new one starts.", file=sys.stderr)

"""Times a training step by one process or, started by torchrun, by several.

`torchrun --nproc-per-node 2 packaging/time_training.py`. Windows are noise, which costs what ECGs cost; the batch is
the same however many processes share it.
"""

from __future__ import annotations

import argparse
import json
import statistics
import tempfile
from pathlib import Path

import numpy as np
import torch

from mmae_core.config_arguments import preset_config, with_training
from mmae_core.model.device import use_one_thread
from mmae_core.training.precision import PRECISIONS
from mmae_core.training.processes import device_of, joined
from mmae_core.training.run_folder import read_metrics
from mmae_core.training.train import train
from mmae_core.training.training_data import TrainingSet


def main() -> None:
    """Print one line of JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--device", default="auto")
    parser.add_argument("--steps", type=int, default=3, help="of an epoch (default 3)")
    parser.add_argument("--epochs", type=int, default=4, help="the first is not counted (default 4)")
    parser.add_argument("--precision", default="auto", choices=PRECISIONS)
    parser.add_argument("--compile", action="store_true")
    options = parser.parse_args()
    config = with_training(preset_config("faithful"), {"epochs": options.epochs})
    model, batch = config.model, config.train.batch_size
    with tempfile.TemporaryDirectory() as folder, joined(options.device) as processes:
        if device_of(options.device, processes).type == "cpu":
            use_one_thread()
        shape = (options.steps * batch, model.n_segments, model.token_size)
        tokens = np.random.default_rng(0).standard_normal(shape, np.float32).astype(np.float16)
        windows = TrainingSet(tokens, ("noise",) * len(tokens), (), "noise")
        train(windows, config, Path(folder, "run"), device=options.device, precision=options.precision,
              compile_network=options.compile, processes=processes)
        if processes.is_first:
            seconds = [line["seconds"] / options.steps for line in read_metrics(Path(folder, "run"))[1:]]
            print(json.dumps({
                "processes": processes.world, "batch": batch, "seconds_per_step": round(statistics.median(seconds), 4),
                "device": str(device_of(options.device, processes)), "torch": torch.__version__,
            }))


if __name__ == "__main__":
    main()

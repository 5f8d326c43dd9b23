"""What one process or, started by `torchrun`, several make of a folder of prepared windows; for test_processes.py."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path

import numpy as np
import torch

from mmae_core.config import Config
from mmae_core.errors import DatasetError, EcgError
from mmae_core.peers.cross_lead import CrossLeadTraining
from mmae_core.peers.data import PeerData
from mmae_core.peers.training import train_peer
from mmae_core.training.processes import Processes, joined
from mmae_core.training.train import EpochMetrics, train
from mmae_core.training.training_data import TrainingSet

HIDDEN = CrossLeadTraining(
    epochs=2, batch_size=3, warmup_steps=2, visible=("II", "V1 V2 V3"), width=16, layers=1, heads=2)
"""Of the three windows of a step the first of two processes has two, the second one."""
FAULT = "the disk of the second process is full"


def windows(folder: Path, name: str) -> TrainingSet:
    """Prepared windows out of a file of the folder."""
    tokens = np.load(folder / f"{name}.npy", mmap_mode="r")
    return TrainingSet(tokens, tuple(str(row) for row in range(len(tokens))), (), name)


def train_both(folder: Path, runs: Path, processes: Processes) -> None:
    """Both loops; with several processes the first again, as if it had been killed after its first epoch."""
    config = Config.from_dict(json.loads((folder / "config.json").read_text()))
    whole, resumed = runs / "whole", runs / "resumed"

    def keep_first(metrics: EpochMetrics) -> None:
        if metrics.epoch == 1:
            shutil.copytree(whole, resumed)

    data, held_out = windows(folder, "tokens"), windows(folder, "held_out")
    train(data, config, whole, held_out=held_out, device="cpu", compile_network=False, processes=processes,
          on_epoch=keep_first)
    train_peer("cross-lead", PeerData(windows(folder, "root"), None), HIDDEN, runs / "hidden", device="cpu",
               held_out=PeerData(windows(folder, "root_held_out"), None), processes=processes)
    if processes.world > 1:
        train(data, config, resumed, held_out=held_out, device="cpu", compile_network=False, processes=processes,
              resume=True)


def main(folder: Path, runs: Path) -> int:
    """Train; then the second process fails while the first waits for it."""
    torch.set_num_threads(1)
    try:
        with joined("cpu") as processes:
            train_both(folder, runs, processes)
            if not processes.is_first:
                raise DatasetError(FAULT)
            processes.total(torch.zeros(1))
    except EcgError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))

"""`mmae_core train --model NAME`: train one of the methods that the masked autoencoder is compared with."""

from __future__ import annotations

import argparse
import dataclasses
import sys
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mmae_core.commands.shared.arguments import shown_train_command
from mmae_core.commands.shared.before_training import check_before_training
from mmae_core.commands.shared.normals import TrainingNormals, data_licence, normals_of
from mmae_core.commands.shared.progress import advance, progress_bar
from mmae_core.config import Config
from mmae_core.errors import ConfigError, DatasetError
from mmae_core.training.prepared_parts import Progress

if TYPE_CHECKING:
    from mmae_core.peers.base import PeerConfig
    from mmae_core.training.processes import Processes


def train_one_peer(options: argparse.Namespace, processes: Processes) -> None:
    """Prepare the normals, train, and write a run folder that evaluation can read."""
    from mmae_core.metrics.detection import require_scikit_learn
    from mmae_core.peers.base import config_from, peer_type
    from mmae_core.peers.training import RUN_FILE

    check_before_training(options, RUN_FILE, processes)
    peer = peer_type(options.model)
    if peer.needs_scikit_learn:
        require_scikit_learn()
    config = config_from(peer.config_type, _settings(options))
    normals = normals_of(options)
    _train(options, options.model, config, normals, options.output, {
        "dataset": normals.dataset, "data_licence": data_licence(normals.dataset), "folds": list(normals.folds),
        "held_out": normals.parted,
    }, processes)
    print(f"Run written to {options.output}.", file=sys.stderr)


def train_cross_lead(
    options: argparse.Namespace, config: Config, normals: TrainingNormals, processes: Processes
) -> None:
    """Train a model's network for hidden leads in its own folder inside the run; a finished one is kept.

    Raises ModelMismatch if that has other settings.
    """
    from mmae_core.evaluation.release import CROSS_LEAD_FOLDER
    from mmae_core.peers.cross_lead import CrossLeadTraining
    from mmae_core.peers.training import is_trained

    folder = options.output / CROSS_LEAD_FOLDER
    settings = CrossLeadTraining(seed=config.train.seed, **dataclasses.asdict(config.cross_lead))
    if options.cross_lead_epochs is not None:
        settings = dataclasses.replace(settings, epochs=options.cross_lead_epochs)
    if options.resume and is_trained(folder, settings):
        return
    _train(options, "cross-lead", settings, normals, folder, {}, processes)


def _train(
    options: argparse.Namespace, name: str, config: PeerConfig, normals: TrainingNormals, folder: Path,
    facts: dict[str, Any], processes: Processes,
) -> None:
    from mmae_core.model.training_facts import used_records
    from mmae_core.peers.base import peer_type
    from mmae_core.peers.data import PeerData, peer_data
    from mmae_core.peers.training import train_peer

    peer = peer_type(name)
    paths = normals.chosen
    bars = []

    def stage(purpose: str, count: int) -> Progress:
        bars.append(progress_bar(count, purpose, "record"))
        return advance(bars[-1])

    def prepared(paths: Sequence[Path], of: str = "") -> PeerData:
        return peer_data(paths, peer.preprocess, options.cache, with_r_peaks=peer.needs_r_peaks,
                         progress=lambda purpose: stage(purpose + of, len(paths)), jobs=options.jobs)

    def held_out_if_usable() -> PeerData | None:
        if not normals.held_out or not peer.has_held_out_loss:
            return None
        try:
            return prepared(normals.held_out, " held-out normals")
        except DatasetError:
            return None

    data = processes.first_then_others(lambda: prepared(paths))
    held_out = processes.first_then_others(held_out_if_usable)
    for bar in bars:
        bar.close()
    if data.windows.left_out:
        print(f"{len(data.windows.left_out):,} of {len(paths):,} records are left out; the run's peer.json names them. "
              f"First: {data.windows.left_out[0][1]}", file=sys.stderr)
    facts = facts | {
        "records": "".join(sorted(used_records(paths, data.windows.left_out))),
        "n_windows": len(data), "command": shown_train_command(options),
        "n_left_out": len(data.windows.left_out), "left_out": [list(item) for item in data.windows.left_out],
    }
    with progress_bar(None, f"training {name}", "step") as bar:

        def on_step(step: int, total: int, loss: float, factor: float) -> None:
            if bar.n == 0:
                bar.initial = step - 1  # estimate the remaining time from this run's own steps
            bar.total, bar.n = total, step
            bar.set_postfix_str(f"loss {loss:.4f}, rate x {factor:.3f}", refresh=False)
            bar.update(0)

        train_peer(
            name, data, config, folder, held_out=held_out, device=options.device, precision=options.precision,
            windows_on=options.windows_on, processes=processes, resume=options.resume, facts=facts,
            tensorboard=options.tensorboard,
            on_step=on_step if processes.is_first else None,
        )


def _settings(options: argparse.Namespace) -> dict[str, Any]:
    """Fields of the peer's configuration: those of a TOML file, then those of the command line."""
    values: dict[str, Any] = {}
    if options.config is not None:
        try:
            values = tomllib.loads(options.config.read_text(encoding="utf-8"))
        except OSError as error:
            raise ConfigError(f"The configuration {options.config} cannot be read: {error.strerror}.") from error
        except (ValueError, RecursionError) as error:
            raise ConfigError(f"The configuration {options.config.name} is no valid TOML: {error}.") from error
    given = {"epochs": options.epochs, "batch_size": options.batch_size, "learning_rate": options.learning_rate,
             "seed": options.seed}
    return values | {name: value for name, value in given.items() if value is not None}

"""`mmae_core train`: train on normal records."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from mmae_core.commands.release import release_run
from mmae_core.commands.shared.arguments import add_command, add_device, add_written, at_least, shown_train_command
from mmae_core.commands.shared.before_training import check_before_training, training_together
from mmae_core.commands.shared.normals import data_licence, normals_of
from mmae_core.commands.shared.progress import advance, progress_bar
from mmae_core.commands.train_peer import train_cross_lead
from mmae_core.commands.train_seeds import config_asked, seeds_of, train_seeds
from mmae_core.config import PRESETS, Config
from mmae_core.errors import DatasetError
from mmae_core.model import training_facts

if TYPE_CHECKING:
    from mmae_core.commands.shared.arguments import Commands
    from mmae_core.training.processes import Processes
    from mmae_core.training.training_data import TrainingSet

COMPILE_FROM_STEPS = 200
"""Compiling takes as long as a few hundred steps and halves the time of the others."""


def add_parser(commands: Commands) -> None:
    """Name the arguments of `mmae_core train`."""
    parser = add_command(commands, "train", run)
    parser.add_argument("--data", type=Path, required=True, help="PTB-XL folder, or a folder of normal WFDB records")
    add_written(parser, "--output", "folder of the run: checkpoints, metrics, the model", is_folder=True)
    parser.add_argument("--model", default="mmae", metavar="NAME",
                        help="mmae (default), or a method it is compared with: mcf, tsrnet, beatgan, tranad, "
                        "anomaly-transformer, tsl, cross-lead")
    parser.add_argument("--preset", default="faithful", choices=sorted(PRESETS),
                        help="faithful (default): the paper's network with this project's input and score; paper: "
                        "input, targets and score as published, too; plus: the bundled default")
    parser.add_argument("--folds", default="1-8", help="PTB-XL folds to train on (default 1-8)")
    parser.add_argument("--calibrate-folds", default="9", help="PTB-XL folds whose normals calibrate (default 9)")
    parser.add_argument("--names", type=Path, help="text file with the names of the records to use, one a line")
    parser.add_argument("--without", type=Path, help="text file with the names of records to leave out, one a line")
    parser.add_argument("--cohort", help="who the normals are, as shown beside every percentile (default: from the "
                                         "data)")
    parser.add_argument("--epochs", type=int, help="length of the schedule (default: 300, plus 100; others: their own)")
    parser.add_argument("--cross-lead-epochs", type=int, metavar="N",
                        help="length of the schedule of preset plus for hidden leads (default 100)")
    parser.add_argument("--batch-size", type=int, help="windows a step (default 256; others: their authors')")
    parser.add_argument("--learning-rate", type=float, help="peak learning rate (default: the method's)")
    parser.add_argument("--seed", type=int, help="of initial weights, order and masks (default 0)")
    parser.add_argument("--seeds", type=seeds_of, default=(), metavar="1,2,3",
                        help="train each of these seeds into a folder of its own in --output, and compare them")
    parser.add_argument("--at-once", type=at_least(1), default=1, metavar="N",
                        help="how many of --seeds train at a time (default 1)")
    parser.add_argument("--resume", action="store_true", help="continue the run in --output")
    parser.add_argument("--config", type=Path, help="TOML file with sections preprocess, model, train, score")
    parser.add_argument("--keep-every", type=int, default=0, metavar="N", help="also keep every Nth epoch's weights")
    parser.add_argument("--cache", type=Path, help="folder of prepared signals (default: the user's cache folder)")
    parser.add_argument("--jobs", type=at_least(1), default=1, metavar="N",
                        help="processes that prepare the signals and calibrate (default 1)")
    parser.add_argument("--compile", action=argparse.BooleanOptionalAction, default=None,
                        help="compile the network where there is a C++ compiler (default: for long schedules)")
    parser.add_argument("--precision", default="auto", choices=("auto", "float32", "bfloat16"),
                        help="of matrix products (default auto: bfloat16 on CUDA for the masked autoencoder, else "
                        "float32)")
    parser.add_argument("--windows-on", default="auto", choices=("auto", "device", "host"),
                        help="where prepared windows lie (default auto: on an accelerator if they fit in half of its "
                        "free memory)")
    parser.add_argument("--tensorboard", action="store_true",
                        help="also write curves for TensorBoard, if it is installed, into tensorboard/ of the run")
    parser.add_argument("--parent", type=int, metavar="PID", help=argparse.SUPPRESS)
    add_device(parser)


def run(options: argparse.Namespace) -> None:
    """Train on normals; calibrate the result on held-out ones. Methods to compare with are not calibrated."""
    if options.seeds:
        train_seeds(options)
        return
    with training_together(options) as processes:
        if options.model != "mmae":
            from mmae_core.commands.train_peer import train_one_peer

            train_one_peer(options, processes)
            return
        train_model(options, processes)


def train_model(options: argparse.Namespace, processes: Processes) -> None:
    """Train the networks of a model and, on the first process, calibrate it."""
    from mmae_core.evaluation.chunk_plan import ChunkPlan
    from mmae_core.model.training_facts import TrainingSource, used_records
    from mmae_core.training.precision import resolve_precision
    from mmae_core.training.processes import device_of
    from mmae_core.training.train import CONFIG_FILE, EpochMetrics, can_compile, train
    from mmae_core.training.training_data import training_set

    check_before_training(options, CONFIG_FILE, processes)
    config = config_asked(options, options.seed)
    normals = normals_of(options)
    cohort = options.cohort or normals.cohort

    def prepared() -> TrainingSet:
        with progress_bar(len(normals.chosen), "preparing", "record") as bar:
            return training_set(normals.chosen, config, options.cache, advance(bar), options.jobs)

    data = processes.first_then_others(prepared)
    held_out = processes.first_then_others(lambda: _held_out(normals.held_out, config, options))
    if data.left_out:
        print(f"{len(data.left_out):,} of {len(normals.chosen):,} records are left out; {options.output}/training.json "
              f"names them. First: {data.left_out[0][1]}", file=sys.stderr)
    source = TrainingSource(
        normals.dataset, normals.folds, len(data), data.left_out, shown_train_command(options),
        data_licence(normals.dataset), used_records(normals.chosen, data.left_out), normals.parted, processes.world,
        resolve_precision(options.precision, device_of(options.device, processes)),
    )
    steps = config.train.epochs * max(1, len(data) // min(config.train.batch_size, len(data)))
    compile_network = steps >= COMPILE_FROM_STEPS if options.compile is None else options.compile
    if compile_network and can_compile():
        print("The first step compiles the network, which takes a minute or so.", file=sys.stderr)
    elif options.compile:
        print("The network is not compiled: that needs a C++ compiler, and the program installed with pip. Training "
              "goes on without, and takes about 1.3 times as long.", file=sys.stderr)
    with progress_bar(steps, "training", "step") as bar:

        def on_step(step: int, total: int, loss: float, rate: float) -> None:
            if bar.n == 0:
                bar.initial = step - 1  # estimate the remaining time from this run's own steps
            bar.n = step
            bar.set_postfix_str(f"loss {loss:.4f}, rate {rate:.2e}", refresh=False)
            bar.update(0)

        def on_epoch(metrics: EpochMetrics) -> None:
            source.save(options.output)
            if not sys.stderr.isatty():
                print(f"epoch {metrics.epoch}: loss {metrics.loss:.4f}{_held_out_words(metrics.held_out_loss)}, "
                      f"{metrics.seconds:.1f} s", file=sys.stderr)

        train(
            data, config, options.output, held_out=held_out, device=options.device, precision=options.precision,
            windows_on=options.windows_on, processes=processes, resume=options.resume, tensorboard=options.tensorboard,
            compile_network=compile_network, keep_every=options.keep_every, on_epoch=on_epoch,
            on_step=on_step if processes.is_first else None,
        )
    if processes.is_first:
        source.save(options.output)
    if config.cross_lead.visible:
        train_cross_lead(options, config, normals, processes)
    if not processes.is_first:
        return
    if len(normals.held_out) < training_facts.MIN_COHORT:
        print(f"{len(normals.held_out)} normal records are held out; calibration needs {training_facts.MIN_COHORT}. "
              "Make the model with `mmae_core release`.", file=sys.stderr)
        return
    release_run(options.output, options.output / "model", normals.held_out, cohort, config, options.output.name, "1",
                options.device, normals.chosen, ChunkPlan(jobs=options.jobs))


def _held_out(paths: Sequence[Path], config: Config, options: argparse.Namespace) -> TrainingSet | None:
    """The windows of normals that are not trained on; None if there are none, or none that can be used."""
    from mmae_core.training.training_data import training_set

    if not paths:
        return None
    try:
        with progress_bar(len(paths), "preparing held-out normals", "record") as bar:
            return training_set(paths, config, options.cache, advance(bar), options.jobs)
    except DatasetError as error:
        print(f"No loss of held-out normals is kept: {error}", file=sys.stderr)
        return None


def _held_out_words(loss: float | None) -> str:
    return "" if loss is None else f", held out {loss:.4f}"

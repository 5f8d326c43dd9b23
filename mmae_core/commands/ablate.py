"""`mmae_core ablate`: reproduces table 3 and figure 3 of the paper; each variant is a training run of its own."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mmae_core.commands.shared.arguments import add_command, add_device, add_written, at_least
from mmae_core.commands.shared.progress import advance, progress_bar, report_missing
from mmae_core.config_arguments import fold_words, load_config, parse_folds
from mmae_core.errors import ConfigError, DatasetError
from mmae_core.files import replacing

if TYPE_CHECKING:
    from mmae_core.commands.shared.arguments import Commands
    from mmae_core.config import Config
    from mmae_core.evaluation.ablation import Variant
    from mmae_core.training.training_data import TrainingSet

RESULTS_FILE, TABLE_FILE, FIGURE_FILE = "ablation.json", "ablation.md", "figure3.svg"
COMPILE_FROM_STEPS = 200


def add_parser(commands: Commands) -> None:
    """Name the arguments of `mmae_core ablate`."""
    parser = add_command(commands, "ablate", run)
    parser.add_argument("--data", type=Path, required=True, help="PTB-XL folder")
    add_written(parser, "--output", is_folder=True,
                help_text="folder of the runs, one a variant, and of the table and the figure; what is finished there "
                          "is kept, what was stopped continues")
    parser.add_argument("--only", nargs="+", metavar="NAME", help="variants to run (default: all); see --list")
    parser.add_argument("--list", action="store_true", help="name the variants and do nothing else")
    parser.add_argument("--short", action="store_true", help="a schedule of minutes a variant on two CPU cores")
    parser.add_argument("--epochs", type=int, help="length of the schedule (default 300)")
    parser.add_argument("--batch-size", type=int, help="windows a step (default 256)")
    parser.add_argument("--learning-rate", type=float, help="peak learning rate (default 1e-3)")
    parser.add_argument("--position-std", type=float, help="spread of the initial positions (default 0.02)")
    parser.add_argument("--seed", type=int, help="of initial weights, order and masks (default 0)")
    parser.add_argument("--config", type=Path, help="TOML file with sections preprocess, model, train")
    parser.add_argument("--folds", default="1-8", help="folds whose normals train (default 1-8)")
    parser.add_argument("--test-folds", default="9", help="folds to evaluate (default 9)")
    parser.add_argument("--every", type=at_least(1), default=1, metavar="N",
                        help="evaluate every Nth record (default 1)")
    parser.add_argument("--passes-records", type=at_least(0), default=200, metavar="N",
                        help="records of the sweep over H = 1 .. 256; 0 leaves it out (default 200)")
    parser.add_argument("--cache", type=Path, help="folder of prepared signals (default: the user's cache folder)")
    parser.add_argument("--compile", action=argparse.BooleanOptionalAction, default=None,
                        help="compile the network where there is a C++ compiler (default: for long schedules)")
    add_device(parser)


def run(options: argparse.Namespace) -> None:
    """Train and score every variant that is not there yet; write table and figure after each."""
    from mmae_core.datasets.ptbxl import load_index
    from mmae_core.evaluation.ablation import (
        FULL,
        SHORT_SCHEDULE,
        read_labelled,
        score_passes,
        score_variant,
        variants_named,
    )
    from mmae_core.metrics.detection import require_scikit_learn
    from mmae_core.model.device import resolve_device
    from mmae_core.training.training_data import training_set

    variants = variants_named(options.only)
    if options.list:
        for variant in variants:
            print(f"{variant.name}: {variant.title}")
        return
    if options.every < 1 or options.passes_records < 0:
        raise ConfigError("--every must be at least 1 and --passes-records not negative; found "
                          f"{options.every} and {options.passes_records}.")
    resolve_device(options.device)
    require_scikit_learn()
    asked = {name: getattr(options, name) for name in ("epochs", "batch_size", "learning_rate", "position_std", "seed")}
    given = {name: value for name, value in asked.items() if value is not None}
    base = load_config(options.config, {**(SHORT_SCHEDULE if options.short else {}), **given})
    for variant in variants:
        variant.config(base)  # fail before any training if the base contradicts a variant
    folds, test_folds = parse_folds(options.folds), parse_folds(options.test_folds)
    if set(folds) & set(test_folds):
        raise ConfigError(f"--folds {options.folds} train and --test-folds {options.test_folds} test: no fold may do "
                          "both.")
    index = load_index(options.data)
    report_missing(index.missing)
    normals = [entry.path for entry in index.select(folds=folds, label="normal")]
    if not normals:
        raise DatasetError(f"{options.data} has no normal record to train on in {fold_words(options.folds)}.")
    with progress_bar(len(normals), "preparing", "record") as bar:
        data = training_set(normals, base, options.cache, advance(bar))
    entries = [entry for entry in index.select(folds=test_folds) if entry.label is not None][:: options.every]
    with progress_bar(len(entries), "reading", "record") as bar:
        records = read_labelled(entries, base, advance(bar))
    about = _about(options, base, data, len(records.names), int(records.abnormal.sum()), list(records.left_out))

    evaluations: dict[str, dict[str, Any]] = {}
    passes: dict[str, Any] | None = None
    for variant in variants:
        folder = options.output / variant.name
        _train(variant, variant.config(base), data, folder, options, folds)
        with progress_bar(len(records.names), f"{variant.name}, scoring", "record") as bar:
            evaluations[variant.name] = score_variant(folder, records, options.device, advance(bar))
        _write(options.output, evaluations, passes, about)
    if FULL in evaluations and options.passes_records:
        fewer = records.first(options.passes_records)
        with progress_bar(len(fewer.names), "passes", "record") as bar:
            passes = score_passes(options.output / FULL, fewer, options.device, advance(bar))
        _write(options.output, evaluations, passes, about)
    print(f"{len(evaluations)} variants; table and figure in {options.output}.", file=sys.stderr)


def _train(
    variant: Variant, config: Config, data: TrainingSet, folder: Path, options: argparse.Namespace,
    folds: tuple[int, ...],
) -> None:
    """Start, continue or skip a variant's run."""
    from mmae_core.model.training_facts import TrainingSource
    from mmae_core.training.train import EpochMetrics, train

    steps = config.train.epochs * max(1, len(data) // min(config.train.batch_size, len(data)))
    compile_network = steps >= COMPILE_FROM_STEPS if options.compile is None else options.compile
    with progress_bar(steps, variant.name, "step") as bar:

        def on_step(step: int, total: int, loss: float, rate: float) -> None:
            bar.set_postfix_str(f"loss {loss:.4f}", refresh=False)
            bar.update(step - bar.n)

        def on_epoch(metrics: EpochMetrics) -> None:
            if not sys.stderr.isatty():
                print(f"{variant.name}, epoch {metrics.epoch}: loss {metrics.loss:.4f}, {metrics.seconds:.1f} s",
                      file=sys.stderr)

        train(data, config, folder, device=options.device, resume=True, compile_network=compile_network,
              on_epoch=on_epoch, on_step=on_step)
    command = f"mmae_core ablate --data DIR --output RUNS --only {variant.name}" + (" --short" if options.short else "")
    TrainingSource("PTB-XL v1.0.3, records whose only superclass is NORM", folds, len(data), data.left_out,
                   command).save(folder)


def _about(
    options: argparse.Namespace, base: Config, data: TrainingSet, n_records: int, n_abnormal: int,
    left_out: list[tuple[str, str]],
) -> dict[str, Any]:
    """The data behind all figures, as numbers and text."""
    settings = base.train
    steps = settings.epochs * max(1, len(data) // min(settings.batch_size, len(data)))
    text = (
        f"All variants: normals of PTB-XL's {fold_words(options.folds)} ({len(data):,} windows), "
        f"{settings.epochs} epochs of "
        f"{settings.batch_size} windows a step ({steps:,} steps), peak rate {settings.learning_rate:g}, positions "
        f"drawn with a spread of {settings.position_std:g}, seed {settings.seed}; last epoch. AUROC with 95-% "
        f"bootstrap intervals on {fold_words(options.test_folds)}"
        + (f", every {options.every}th record" if options.every > 1 else "")
        + f": {n_records - n_abnormal} normal, {n_abnormal} abnormal. Differences with DeLong's paired interval. "
        "Minutes of training are those of the computer as it was, other work included."
    )
    return {
        "text": text, "train_folds": options.folds, "test_folds": options.test_folds, "every": options.every,
        "n_windows": len(data), "n_records": n_records, "n_abnormal": n_abnormal, "left_out": left_out,
        "config": base.to_dict(),
    }


def _write(
    folder: Path, evaluations: dict[str, dict[str, Any]], passes: dict[str, Any] | None, about: dict[str, Any]
) -> None:
    from mmae_core.evaluation.ablation import results
    from mmae_core.report.ablation_figure import ablation_markdown, figure_3

    found = results(folder, evaluations, passes, about)
    texts = {
        RESULTS_FILE: json.dumps(found, indent=1, allow_nan=False) + "\n", TABLE_FILE: ablation_markdown(found),
        FIGURE_FILE: figure_3(found),
    }
    for name, text in texts.items():
        with replacing(folder / name) as part:
            part.write_text(text, encoding="utf-8")

"""`mmae_core release`: calibrate and evaluate a finished run, write its model folder."""

from __future__ import annotations

import argparse
import dataclasses
import shlex
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from mmae_core.commands.shared.arguments import add_command, add_device, add_written
from mmae_core.commands.shared.chunk_options import add_chunks, chunk_plan, naming_kept_parts
from mmae_core.commands.shared.progress import advance, progress_bar
from mmae_core.config import PRESETS
from mmae_core.config_arguments import fold_words, load_config, parse_folds
from mmae_core.errors import ConfigError

if TYPE_CHECKING:
    from mmae_core.commands.shared.arguments import Commands
    from mmae_core.config import Config
    from mmae_core.evaluation.chunk_plan import ChunkPlan
    from mmae_core.report_schema import DetectionReport
    from mmae_core.scoring.checkpoint import TrainedModel


def add_parser(commands: Commands) -> None:
    """Name the arguments of `mmae_core release`."""
    parser = add_command(commands, "release", run)
    parser.add_argument("--run", type=Path, required=True,
                        help="folder of a finished training run, or of a model to be made again with its networks")
    parser.add_argument("--data", type=Path, required=True, help="PTB-XL folder")
    parser.add_argument("--folds", default="9", help="folds that calibrate and evaluate (default 9)")
    add_written(parser, "--output", "model folder to write", is_folder=True, finished="model.json")
    parser.add_argument("--name", default="mmae-ecg", help="name of the model")
    parser.add_argument("--model-version", default="1", help="version of the model")
    parser.add_argument("--remark", default="", help="what a reader of the model card must know of its making")
    parser.add_argument("--preset", choices=sorted(PRESETS), help="preset whose score section replaces the run's")
    parser.add_argument("--config", type=Path, help="TOML file whose score section replaces the run's")
    add_chunks(parser)
    add_device(parser)


def run(options: argparse.Namespace) -> None:
    """Calibrate and evaluate a finished run and write its model folder."""
    from mmae_core.datasets.ptbxl import load_index
    from mmae_core.evaluation.release import add_metrics, read_run
    from mmae_core.metrics.detection import require_scikit_learn
    from mmae_core.model.device import use_one_thread

    require_scikit_learn()
    use_one_thread()
    config = read_run(options.run)[0]
    if options.preset is not None:
        config = dataclasses.replace(config, score=PRESETS[options.preset]().score)
    if options.config is not None:
        config = dataclasses.replace(config, score=load_config(options.config, base=config).score)
    folds = parse_folds(options.folds)
    trained_on = read_run(options.run)[2]["folds"]
    if set(folds) & set(trained_on):
        raise ConfigError(f"The run was trained on {fold_words(trained_on)}; it cannot be calibrated on "
                          f"{fold_words(folds)}.")
    index = load_index(options.data)
    normals = [entry.path for entry in index.select(folds=folds, label="normal")]
    seen = [entry.path for entry in index.select(folds=trained_on, label="normal")]
    cohort = f"normal records of PTB-XL v1.0.3, {fold_words(folds)}"
    plan = chunk_plan(options, options.output)
    with naming_kept_parts(plan):
        model = release_run(options.run, options.output, normals, cohort, config, options.name,
                            options.model_version, options.device, seen, plan)
    command = shlex.join(["mmae_core", "evaluate", "--data", "DIR", "--folds", options.folds,
                          "--model", model.name, "--output", "report.json"])
    report = evaluate_folds(model, options.data, folds, options.device, plan)
    add_metrics(options.output, model, dict(report), command, options.remark)
    plan.finish()


def release_run(
    run: Path, output: Path, normals: Sequence[Path], cohort: str, config: Config, name: str, version: str, device: str,
    trained_on: Sequence[Path], plan: ChunkPlan | None = None,
) -> TrainedModel:
    """Calibrate a run on normals, write its model folder and load it; `trained_on` are the normals it was trained
    on."""
    from mmae_core.evaluation.chunk_plan import HERE
    from mmae_core.evaluation.release import release
    from mmae_core.scoring.checkpoint import load_model

    with progress_bar(len(normals), "calibrating", "record") as bar:
        release(run, output, normals, cohort, seen=trained_on, config=config, name=name, version=version, device=device,
                progress=advance(bar), plan=plan or HERE)
    print(f"Model written to {output}.", file=sys.stderr)
    model = load_model(output)
    if warning := model.card["calibration"].get("warning"):
        print(warning, file=sys.stderr)
    return model


def evaluate_folds(
    model: TrainedModel, data: Path, folds: Sequence[int], device: str, plan: ChunkPlan
) -> DetectionReport:
    """Score labelled folds of PTB-XL under a progress bar and report detection."""
    from mmae_core.evaluation.evaluate import evaluate_detection
    from mmae_core.evaluation.scored_cases import CasesInChunks
    from mmae_core.scoring.window_scorer import AutoencoderScorer

    with progress_bar(None, "scoring", "record") as bar:
        return evaluate_detection(AutoencoderScorer(model, device), data, folds,
                                  score_cases=CasesInChunks(plan, advance(bar)))

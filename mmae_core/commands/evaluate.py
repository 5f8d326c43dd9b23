"""`mmae_core evaluate`: detection on labelled folds, with confidence intervals."""

from __future__ import annotations

import argparse
import dataclasses
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mmae_core.commands.arguments import add_command, add_device, add_model
from mmae_core.commands.progress import advance, progress_bar
from mmae_core.files import replacing
from mmae_core.options import load_config, parse_folds

if TYPE_CHECKING:
    from mmae_core.checkpoint import TrainedModel
    from mmae_core.commands.arguments import Commands


def add_parser(commands: Commands) -> None:
    """Name the arguments of `mmae_core evaluate`."""
    parser = add_command(commands, "evaluate", run, "detection on labelled folds, with confidence intervals")
    parser.add_argument("--data", type=Path, required=True, help="PTB-XL folder")
    parser.add_argument("--folds", default="9", help="folds to evaluate (default 9)")
    parser.add_argument("--output", type=Path, required=True, help="JSON report to write")
    parser.add_argument("--config", type=Path, help="TOML file whose score section replaces the model's")
    add_model(parser)
    add_device(parser)


def run(options: argparse.Namespace) -> None:
    """Evaluate on labelled folds and write the report."""
    from mmae_core.checkpoint import load_model

    model = load_model(options.model)
    if options.config is not None:
        score = load_config(options.config).score
        model = dataclasses.replace(model, config=dataclasses.replace(model.config, score=score))
    folds = parse_folds(options.folds)
    with replacing(options.output) as part:  # first, so that a report that cannot be written costs no evaluation
        report = detection_report(model, options.data, folds, options.device)
        part.write_text(json.dumps(report, indent=2, allow_nan=False) + "\n", encoding="utf-8")
    if report["data"]["folds_trained_on"]:
        print(f"The model was trained on normals of folds {report['data']['folds_trained_on']}: these figures say "
              "nothing about new records.", file=sys.stderr)
    detection = report["detection"]
    low, high = detection["auroc_ci95"]
    print(f"AUROC {detection['auroc']:.3f} ({low:.3f}-{high:.3f}), {detection['n_normal']} normal, "
          f"{detection['n_abnormal']} abnormal; report in {options.output}", file=sys.stderr)


def detection_report(model: TrainedModel, data: Path, folds: Sequence[int], device: str) -> dict[str, Any]:
    """Score labelled folds under a progress bar and report detection."""
    from mmae_core.assess import Assessor
    from mmae_core.evaluate import evaluate_detection

    with progress_bar(None, "scoring", "record") as bar:
        return evaluate_detection(Assessor(model, device), data, folds, advance(bar))

"""`mmae_core train --seeds 1,2,3`: the same training with several seeds, and a table of how they ended."""

from __future__ import annotations

import argparse
import csv
import json
import os
import queue
import statistics
import subprocess
import sys
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from mmae_core.commands.shared.normals import TrainingNormals, normals_of
from mmae_core.commands.shared.progress import progress_bar
from mmae_core.config import Config
from mmae_core.config_arguments import load_config, preset_config
from mmae_core.errors import ConfigError, EcgError
from mmae_core.files import JSON_FAULTS, formula_safe, replacing
from mmae_core.resources import DESCRIPTION_NAME, read_description

TABLE = "seeds.csv"
COLUMNS = ("seed", "epochs", "loss", "held_out_loss", "hidden_leads_loss", "hidden_leads_held_out_loss", "seconds",
           "model")
LOSSES = COLUMNS[2:6]


def seeds_of(text: str) -> tuple[int, ...]:
    """`1,2,3`; empty for an empty text."""
    try:
        seeds = tuple(int(part) for part in text.split(",")) if text else ()
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text[:40]!r} names no seeds; write them like 1,2,3") from None
    if len(set(seeds)) < len(seeds):
        raise argparse.ArgumentTypeError(f"{text[:40]!r} names a seed twice")
    return seeds


def config_asked(options: argparse.Namespace, seed: int | None) -> Config:
    """The configuration that the arguments of a training command ask for, with a seed."""
    return load_config(
        options.config,
        {"epochs": options.epochs, "batch_size": options.batch_size, "learning_rate": options.learning_rate,
         "seed": seed},
        preset_config(options.preset),
    )


def train_seeds(options: argparse.Namespace) -> None:
    """Train each seed in its own process and folder, `--at-once` of them together; write the table.

    A seed that fails does not end the others. With --resume a finished one is kept if it is what is asked for, and
    otherwise continued, which refuses other settings and other data. Raises ConfigError within torchrun, EcgError if a
    seed failed.
    """
    from mmae_core.training.processes import started_together

    if started_together():
        raise ConfigError("--seeds starts a process for each seed: call it without torchrun, or train one seed with "
                          "it.")
    devices: queue.Queue[str] = queue.Queue()
    for device in _devices(options.device, options.at_once):
        devices.put(device)
    options.output.mkdir(parents=True, exist_ok=True)
    kept = _kept(options)
    failed: dict[int, str] = {}
    with progress_bar(len(options.seeds), "training", "seed") as bar, ThreadPoolExecutor(options.at_once) as pool:

        def one(seed: int) -> None:
            device = devices.get()
            try:
                if seed not in kept and (reason := _train(seed, options, device)):
                    failed[seed] = reason
            finally:
                devices.put(device)
            bar.update()

        for _ in pool.map(one, options.seeds):
            pass
    rows = [row for seed in options.seeds if seed not in failed and (row := summary(options.output, seed))]
    _write(options.output / TABLE, rows)
    _print(rows)
    if failed:
        first = min(failed)
        raise EcgError(f"{len(failed)} of {len(options.seeds)} seeds ended with an error, seed {first}: "
                       f"{failed[first]} What they wrote is in {options.output}/seed-*.log; a run that was stopped "
                       "continues with --resume.")


def _devices(device: str, at_once: int) -> list[str]:
    """One for each process that trains at a time: the accelerators in turn, if there are several."""
    if device not in {"auto", "cuda"}:
        return [device] * at_once
    import torch

    count = torch.cuda.device_count()
    return [f"cuda:{number % count}" for number in range(at_once)] if count > 1 else [device] * at_once


def _kept(options: argparse.Namespace) -> set[int]:
    """The seeds that have ended already, with the settings, records and cohort that are asked for."""
    if not options.resume or options.model != "mmae":
        return set()
    finished = [seed for seed in options.seeds if _description(options.output, seed).is_file()]
    if not finished:
        return set()
    normals = normals_of(options)
    cohort = options.cohort or normals.cohort
    return {seed for seed in finished if _is_as_asked(seed, options, normals, cohort)}


def _is_as_asked(seed: int, options: argparse.Namespace, normals: TrainingNormals, cohort: str) -> bool:
    from mmae_core.model.training_facts import TRAINING_FILE, used_records

    config = config_asked(options, seed)
    try:
        model = read_description(_description(options.output, seed))
        training = read_description(options.output / f"seed-{seed}" / TRAINING_FILE)
        records = used_records(normals.chosen, ((name, reason) for name, reason in training["left_out"]))
        return (model["config"] == json.loads(json.dumps(config.to_dict()))
                and model["card"]["calibration"]["cohort"] == cohort
                and training["records"] == "".join(sorted(records))
                and options.precision in {"auto", training["precision"]})
    except (EcgError, *JSON_FAULTS):  # damaged: to be made again
        return False


def _description(output: Path, seed: int) -> Path:
    return output / f"seed-{seed}" / "model" / DESCRIPTION_NAME


def _train(seed: int, options: argparse.Namespace, device: str) -> str:
    """Why a seed's training failed; empty if it did not."""
    run = options.output / f"seed-{seed}"
    program = [sys.executable, "-m", "mmae_core"]  # a frozen program runs its modules as Python does
    log = options.output / f"seed-{seed}.log"
    with log.open("w", encoding="utf-8") as stream:
        done = subprocess.run(
            [*program, *options.arguments, "--seeds=", "--seed", str(seed), "--output", str(run), "--device", device,
             "--parent", str(os.getpid())], stdout=stream, stderr=subprocess.STDOUT, check=False)
    lines = log.read_text(encoding="utf-8", errors="replace").strip().splitlines()
    return "" if not done.returncode else (lines[-1].removeprefix("mmae_core: ") if lines else "no reason was given.")


def summary(output: Path, seed: int) -> dict[str, Any]:
    """A seed's row of the table: how its networks ended."""
    from mmae_core.evaluation.release import CROSS_LEAD_FOLDER
    from mmae_core.scoring.window_scorer import PEER_FILE
    from mmae_core.training.run_folder import METRICS_FILE, read_metrics

    run = output / f"seed-{seed}"
    row: dict[str, Any] = dict.fromkeys(COLUMNS, "") | {"seed": seed}
    names: list[tuple[Path, str]] = []
    if (run / PEER_FILE).is_file():
        row["epochs"] = json.loads((run / PEER_FILE).read_text(encoding="utf-8"))["training"]["epochs"]
    for folder, prefix in ((run, ""), (run / CROSS_LEAD_FOLDER, "hidden_leads_")):
        if (folder / METRICS_FILE).is_file():
            names.append((folder, prefix))
    for folder, prefix in names:
        lines = read_metrics(folder)
        row[f"{prefix}loss"] = lines[-1]["loss"]
        held_out = lines[-1].get("held_out_loss")
        row[f"{prefix}held_out_loss"] = "" if held_out is None else held_out
        if not prefix and not row["epochs"]:
            row["epochs"] = len(lines)
        cumulative = bool(prefix) or (run / PEER_FILE).is_file()
        row["seconds"] = round(float(row["seconds"] or 0) + (
            lines[-1]["seconds"] if cumulative else sum(line["seconds"] for line in lines)), 1)
    if _description(output, seed).is_file():
        row["model"] = f"{run.name}/model"
    return row


def _write(path: Path, rows: Sequence[Mapping[str, Any]]) -> None:
    with replacing(path) as temporary, temporary.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, COLUMNS)
        writer.writeheader()
        writer.writerows({name: formula_safe(cell) if isinstance(cell, str) else cell for name, cell in row.items()}
                         for row in rows)


def _print(rows: Sequence[Mapping[str, Any]]) -> None:
    """A line a seed, and mean and standard deviation of each loss, of those seeds that have it."""
    known = {name: [row[name] for row in rows if row[name] != ""] for name in LOSSES}
    for row in rows:
        print(f"seed {row['seed']}: " + ", ".join(
            f"{name.replace('_', ' ')} {row[name]:.4f}" for name in LOSSES if row[name] != ""))
    means = [
        f"{name.replace('_', ' ')} {statistics.mean(losses):.4f} ± {statistics.stdev(losses):.4f}"
        + ("" if len(losses) == len(rows) else f" (of {len(losses)} seeds)")
        for name, losses in known.items() if len(losses) > 1]
    if means:
        print("mean ± SD: " + ", ".join(means))

"""`mmae_core train | score | evaluate | release | info | benchmark`."""

from __future__ import annotations

import argparse
import dataclasses
import json
import shlex
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import mmae_core
from mmae_core.errors import ConfigError, DatasetError, EcgError
from mmae_core.files import replacing
from mmae_core.options import load_config, parse_folds

if TYPE_CHECKING:
    from tqdm import tqdm

    from mmae_core.checkpoint import TrainedModel
    from mmae_core.config import Config

COMPILE_FROM_STEPS = 200
"""Compiling takes as long as some hundred steps and halves the time of the rest."""
HOLD_OUT_EVERY = 10
"""Of a plain folder of normals, every tenth record is kept from training and calibrates the model."""
MIN_COHORT = 2
"""Normals that a calibration needs at least."""
MIN_NORMALS = 4
"""Recordings that a plain folder must hold: half of so few are held out."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return 0, or 2 after an error that was explained on standard error."""
    options = _parser().parse_args(arguments)
    try:
        options.command(options)
    except EcgError as error:
        print(f"mmae_core: {error}", file=sys.stderr)
        return 2
    except OSError as error:
        print(f"mmae_core: {error.filename or ''}: {error.strerror or error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        hint = " Continue with --resume." if options.command_name == "train" else ""
        print(f"mmae_core: stopped.{hint}", file=sys.stderr)
        return 130
    return 0


def _train(options: argparse.Namespace) -> None:
    from mmae_core.device import resolve_device
    from mmae_core.release import TRAINING_FILE, TrainingSource
    from mmae_core.train import STATE_FILE, EpochMetrics, train
    from mmae_core.training_data import training_set

    resolve_device(options.device)  # before the minutes of preparing
    if options.output.exists() and not options.output.is_dir():
        raise ConfigError(f"{options.output} is a file; --output names the folder of the run.")
    if options.resume and not (options.output / STATE_FILE).exists():
        print(f"There is no run to continue in {options.output}; a new one starts.", file=sys.stderr)
    config = load_config(
        options.config, {"epochs": options.epochs, "batch_size": options.batch_size, "seed": options.seed}
    )
    paths, held_out, dataset, cohort, folds = _normals(options)
    with _bar(len(paths), "preparing", "record") as bar:
        data = training_set(paths, config, options.cache, _advance(bar))
    if data.left_out:
        print(f"{len(data.left_out)} of {len(paths)} records are left out; {options.output}/training.json names them. "
              f"First: {data.left_out[0][1]}", file=sys.stderr)
    command = shlex.join(["mmae_core", *_shown_arguments(options)])
    source = TrainingSource(dataset, folds, len(data), data.left_out, command)
    steps = config.train.epochs * max(1, len(data) // min(config.train.batch_size, len(data)))
    compile_network = steps >= COMPILE_FROM_STEPS if options.compile is None else options.compile
    if compile_network:
        print("The first step compiles the network, which takes a minute or so.", file=sys.stderr)
    with _bar(steps, "training", "step") as bar:

        def on_step(step: int, total: int, loss: float, rate: float) -> None:
            if bar.n == 0:
                bar.initial = step - 1  # a resumed run's remaining time is that of its own steps
            bar.n = step
            bar.set_postfix_str(f"loss {loss:.4f}, rate {rate:.2e}", refresh=False)
            bar.update(0)

        def on_epoch(metrics: EpochMetrics) -> None:
            if not (options.output / TRAINING_FILE).exists():
                source.save(options.output)
            if not sys.stderr.isatty():
                print(f"epoch {metrics.epoch}: loss {metrics.loss:.4f}, {metrics.seconds:.1f} s", file=sys.stderr)

        train(
            data, config, options.output, device=options.device, resume=options.resume,
            compile_network=compile_network, keep_every=options.keep_every, on_epoch=on_epoch, on_step=on_step,
        )
    source.save(options.output)
    if len(held_out) < MIN_COHORT:
        print(f"Folds {options.calibrate_folds} hold {len(held_out)} normal records; calibration needs {MIN_COHORT}. "
              "Make the model with `mmae_core release`.", file=sys.stderr)
        return
    _release_run(options.output, options.output / "model", held_out, cohort, config, options.output.name, "1",
                 options.device)


def _normals(options: argparse.Namespace) -> tuple[list[Path], list[Path], str, str, tuple[int, ...]]:
    """Training records, held-out records, and the words and folds that describe them."""
    from mmae_core.datasets.folder import find_records, read_names, select_named
    from mmae_core.datasets.ptbxl import is_ptbxl, load_index

    if is_ptbxl(options.data) and options.names is None:
        folds, held_out_folds = parse_folds(options.folds), parse_folds(options.calibrate_folds)
        if set(folds) & set(held_out_folds):
            raise ConfigError(f"Folds {options.folds} train and folds {options.calibrate_folds} calibrate: "
                              "no fold may do both.")
        index = load_index(options.data)
        _report_missing(index.missing)
        chosen = [entry.path for entry in index.select(folds=folds, label="normal")]
        if not chosen:
            raise DatasetError(f"Folds {options.folds} of {options.data} hold no normal record "
                               "(NORM as the only superclass); there is nothing to train on.")
        held_out = [entry.path for entry in index.select(folds=held_out_folds, label="normal")]
        return (chosen, held_out, "PTB-XL v1.0.3, records whose only superclass is NORM",
                f"normal records of PTB-XL v1.0.3, folds {options.calibrate_folds}", folds)
    records = find_records([options.data])
    if options.names is not None:
        records, unknown = select_named(records, read_names(options.names))
        if unknown:
            print(f"{len(unknown)} names in {options.names.name} mean no record: {', '.join(unknown[:5])}",
                  file=sys.stderr)
    if not records:
        raise DatasetError(f"There is no recording to train on in {options.data}.")
    if len(records) < MIN_NORMALS:
        raise DatasetError(f"{options.data} holds {len(records)} recordings to train on; at least {MIN_NORMALS} are "
                           f"needed, of which {MIN_COHORT} are kept from training and calibrate the model.")
    every = min(HOLD_OUT_EVERY, len(records) // MIN_COHORT)
    held_out = list(records[every - 1 :: every])
    chosen = [record for number, record in enumerate(records, start=1) if number % every]
    folder = options.data.resolve().name
    return chosen, held_out, f"recordings of the folder {folder}", f"held-out normal records of {folder}", ()


def _release(options: argparse.Namespace) -> None:
    from mmae_core.datasets.ptbxl import load_index
    from mmae_core.release import add_metrics, read_run

    config = read_run(options.run)[0]
    if options.config is not None:
        config = dataclasses.replace(config, score=load_config(options.config).score)
    folds = parse_folds(options.folds)
    trained_on = read_run(options.run)[2]["folds"]
    if set(folds) & set(trained_on):
        raise ConfigError(f"The run was trained on folds {trained_on}; it cannot be calibrated on folds {folds}.")
    normals = [entry.path for entry in load_index(options.data).select(folds=folds, label="normal")]
    cohort = f"normal records of PTB-XL v1.0.3, folds {options.folds}"
    model = _release_run(options.run, options.output, normals, cohort, config, options.name,
                         options.model_version, options.device)
    command = shlex.join(["mmae_core", "evaluate", "--data", "DIR", "--folds", options.folds,
                          "--model", model.name, "--output", "report.json"])
    add_metrics(options.output, model, _detection(model, options.data, folds, options.device), command,
                options.remark)


def _release_run(
    run: Path, output: Path, normals: Sequence[Path], cohort: str, config: Config, name: str, version: str, device: str
) -> TrainedModel:
    from mmae_core.checkpoint import load_model
    from mmae_core.release import release

    with _bar(len(normals), "calibrating", "record") as bar:
        release(run, output, normals, cohort, config=config, name=name, version=version, device=device,
                progress=_advance(bar))
    print(f"Model written to {output}.", file=sys.stderr)
    return load_model(output)


def _score(options: argparse.Namespace) -> None:
    from mmae_core.assess import Assessor
    from mmae_core.checkpoint import load_model
    from mmae_core.score_table import write_score_table

    records = _records_of(options.paths)
    if not records:
        raise DatasetError("There is no recording in what was named.")
    assessor = Assessor(load_model(options.model), options.device)
    with _bar(len(records), "scoring", "record") as bar:
        summary = write_score_table(assessor, records, options.output, options.maps, _advance(bar))
    if summary.n_failed == summary.n_records:
        raise DatasetError(f"None of the {summary.n_records} records could be scored; {options.output} says why.")
    print(f"{summary.n_records - summary.n_failed} of {summary.n_records} records scored into {options.output}"
          + (f"; {summary.n_failed} could not be, the table says why." if summary.n_failed else "."), file=sys.stderr)


def _records_of(paths: Sequence[Path]) -> list[Path]:
    """Records behind files, folders and PTB-XL folders (there the version at 500 Hz where present), each once."""
    from mmae_core.datasets.folder import find_records
    from mmae_core.datasets.ptbxl import is_ptbxl, load_index
    from mmae_core.score_table import bare_name

    records: dict[Path, None] = {}
    for path in paths:
        if path.is_dir() and is_ptbxl(path):
            index = load_index(path)
            _report_missing(index.missing)
            records.update(dict.fromkeys(entry.path for entry in index.entries))
        elif path.exists() or path.with_name(path.name + ".hea").exists():
            records.update(dict.fromkeys(find_records([path])))
        else:
            records[path] = None  # named but not there: a row of the table says so
    once = {bare_name(path).absolute(): path for path in reversed(records)}
    return [path for path in records if once[bare_name(path).absolute()] is path]


def _evaluate(options: argparse.Namespace) -> None:
    from mmae_core.checkpoint import load_model

    model = load_model(options.model)
    if options.config is not None:
        score = load_config(options.config).score
        model = dataclasses.replace(model, config=dataclasses.replace(model.config, score=score))
    folds = parse_folds(options.folds)
    with replacing(options.output) as part:  # first, so that a report that cannot be written costs no evaluation
        report = _detection(model, options.data, folds, options.device)
        part.write_text(json.dumps(report, indent=2, allow_nan=False) + "\n", encoding="utf-8")
    if report["data"]["folds_trained_on"]:
        print(f"The model was trained on normals of folds {report['data']['folds_trained_on']}: these figures say "
              "nothing about new records.", file=sys.stderr)
    detection = report["detection"]
    low, high = detection["auroc_ci95"]
    print(f"AUROC {detection['auroc']:.3f} ({low:.3f}-{high:.3f}), {detection['n_normal']} normal, "
          f"{detection['n_abnormal']} abnormal; report in {options.output}", file=sys.stderr)


def _detection(model: TrainedModel, data: Path, folds: Sequence[int], device: str) -> dict[str, Any]:
    from mmae_core.assess import Assessor
    from mmae_core.evaluate import evaluate_detection

    with _bar(None, "scoring", "record") as bar:
        return evaluate_detection(Assessor(model, device), data, folds, _advance(bar))


def _info(options: argparse.Namespace) -> None:
    from mmae_core.checkpoint import bundled_models, load_model
    from mmae_core.release import describe

    names: Sequence[str | Path] = bundled_models() if options.model is None else [options.model]
    print(json.dumps([describe(load_model(name)) for name in names], indent=2))


def _benchmark(options: argparse.Namespace) -> None:
    from mmae_core.benchmark import run_benchmark
    from mmae_core.checkpoint import load_model
    from mmae_core.datasets.folder import find_records
    from mmae_core.preprocess import prepare
    from mmae_core.readers import read_record
    from mmae_core.resources import resource

    model = load_model(options.model)
    paths = find_records([resource("demo")])
    inputs = [prepare(read_record(path), model.config.preprocess) for path in paths]
    figures = run_benchmark(
        model, inputs, n_windows=options.windows, steps=options.steps, compile_network=options.compile,
        device=options.device, report=lambda text: print(text, file=sys.stderr),
    )
    print(json.dumps(figures, indent=2))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="mmae_core", description=mmae_core.__doc__)
    parser.add_argument("--version", action="version", version=mmae_core.__version__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    train = _command(commands, "train", _train, "train on normal records of a PTB-XL folder or of any WFDB folder")
    train.add_argument("--data", type=Path, required=True, help="PTB-XL folder, or a folder of normal WFDB records")
    train.add_argument("--output", type=Path, required=True, help="folder of the run: checkpoints, metrics, the model")
    train.add_argument("--folds", default="1-8", help="PTB-XL folds to train on (default 1-8)")
    train.add_argument("--calibrate-folds", default="9", help="PTB-XL folds whose normals calibrate (default 9)")
    train.add_argument("--names", type=Path, help="text file with the names of the records to use, one a line")
    train.add_argument("--epochs", type=int, help="length of the schedule (default 300)")
    train.add_argument("--batch-size", type=int, help="windows a step (default 256)")
    train.add_argument("--seed", type=int, help="of initial weights, order and masks (default 0)")
    train.add_argument("--resume", action="store_true", help="continue the run in --output")
    train.add_argument("--config", type=Path, help="TOML file with sections preprocess, model, train, score")
    train.add_argument("--keep-every", type=int, default=0, metavar="N", help="also keep every Nth epoch's weights")
    train.add_argument("--cache", type=Path, help="folder of prepared signals (default: the user's cache folder)")
    train.add_argument("--compile", action=argparse.BooleanOptionalAction, default=None,
                       help="compile the network where there is a C++ compiler (default: for long schedules)")
    _add_device(train)

    score = _command(commands, "score", _score, "score recordings against the normal cohort into a table")
    score.add_argument("paths", type=Path, nargs="+", metavar="PATH", help="records, folders or PTB-XL folders")
    score.add_argument("--output", type=Path, required=True, help="CSV file to write")
    score.add_argument("--maps", type=Path, help="folder for one .npz a record with score and percentile maps")
    _add_model(score)
    _add_device(score)

    evaluate = _command(commands, "evaluate", _evaluate, "detection on labelled folds, with confidence intervals")
    evaluate.add_argument("--data", type=Path, required=True, help="PTB-XL folder")
    evaluate.add_argument("--folds", default="9", help="folds to evaluate (default 9)")
    evaluate.add_argument("--output", type=Path, required=True, help="JSON report to write")
    evaluate.add_argument("--config", type=Path, help="TOML file whose score section replaces the model's")
    _add_model(evaluate)
    _add_device(evaluate)

    release = _command(commands, "release", _release, "calibrate and evaluate a finished run, write its model folder")
    release.add_argument("--run", type=Path, required=True, help="folder of a finished training run")
    release.add_argument("--data", type=Path, required=True, help="PTB-XL folder")
    release.add_argument("--folds", default="9", help="folds that calibrate and evaluate (default 9)")
    release.add_argument("--output", type=Path, required=True, help="model folder to write")
    release.add_argument("--name", default="mmae-ecg", help="name of the model")
    release.add_argument("--model-version", default="1", help="version of the model")
    release.add_argument("--remark", default="", help="what a reader of the model card must know of its making")
    release.add_argument("--config", type=Path, help="TOML file whose score section replaces the run's")
    _add_device(release)

    info = _command(commands, "info", _info, "what the bundled models, or one model, are made of")
    _add_model(info)

    benchmark = _command(commands, "benchmark", _benchmark, "what scoring and training cost on this computer")
    benchmark.add_argument("--windows", type=int, default=9069,
                           help="size of the training set (default: PTB-XL's normals)")
    benchmark.add_argument("--steps", type=int, default=20, help="training steps to time (default 20)")
    benchmark.add_argument("--compile", action=argparse.BooleanOptionalAction, default=True,
                           help="compile the network for training")
    _add_model(benchmark)
    _add_device(benchmark, default="cpu")
    return parser


def _command(
    commands: argparse._SubParsersAction[argparse.ArgumentParser],
    name: str,
    function: Callable[[argparse.Namespace], None],
    purpose: str,
) -> argparse.ArgumentParser:
    parser = commands.add_parser(name, help=purpose, description=purpose[0].upper() + purpose[1:] + ".")
    parser.set_defaults(command=function, command_name=name)
    return parser


def _add_model(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--model", help="bundled model by name, or a model folder (default: the bundled default)")


def _add_device(parser: argparse.ArgumentParser, default: str = "auto") -> None:
    parser.add_argument("--device", default=default, help=f"auto, cpu, cuda or mps (default {default})")


def _shown_arguments(options: argparse.Namespace) -> list[str]:
    """The training command for the model card, without folders of this computer."""
    shown = ["train", "--data", "DIR", "--output", "RUN"]
    for name in ("folds", "calibrate_folds", "epochs", "batch_size", "seed"):
        value = getattr(options, name)
        if value is not None:
            shown += [f"--{name.replace('_', '-')}", str(value)]
    if options.config is not None:
        shown += ["--config", options.config.name]
    return shown


def _report_missing(missing: Sequence[str]) -> None:
    if missing:
        print(f"{len(missing)} records of the index are not there and are left out: {', '.join(missing[:3])}"
              + (" …" if len(missing) > 3 else ""), file=sys.stderr)


def _bar(total: int | None, purpose: str, unit: str) -> tqdm[Any]:
    from tqdm import tqdm

    interval_s = 0.5 if sys.stderr.isatty() else 30.0  # a log file wants few lines
    return tqdm(total=total, desc=purpose, unit=unit, dynamic_ncols=True, mininterval=interval_s, file=sys.stderr)


def _advance(bar: tqdm[Any]) -> Callable[[int, int], None]:
    def advance(done: int, total: int) -> None:
        bar.total = total
        bar.update(done - bar.n)

    return advance

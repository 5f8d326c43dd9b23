"""`mmae_core evaluate`: detection on labelled records, localization on annotated ones, leads on PTB-XL's reports."""

from __future__ import annotations

import argparse
import json
import shlex
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, cast

from mmae_core.commands.shared.arguments import add_command, add_device, add_written, at_least
from mmae_core.commands.shared.chunk_options import add_chunks, chunk_plan
from mmae_core.commands.shared.evaluated_methods import EvaluatedMethods, add_scores, evaluated_methods, save_scores
from mmae_core.commands.shared.progress import advance, progress_bar
from mmae_core.commands.shared.told_report import tell_report
from mmae_core.config_arguments import parse_folds
from mmae_core.errors import ConfigError, DatasetError
from mmae_core.files import replacing

if TYPE_CHECKING:
    from mmae_core.commands.shared.arguments import Commands
    from mmae_core.datasets.folder_origin import FolderOrigin
    from mmae_core.evaluation.chunk_plan import ChunkPlan
    from mmae_core.evaluation.lead_scorer import LeadScorer
    from mmae_core.evaluation.localization_cases import NormalCase
    from mmae_core.evaluation.scored_cases import CasesInChunks
    from mmae_core.report_schema import LeadReport, LocalizationReport, Report

    Progress = Callable[[int, int], None]

Source = Literal["PTB-XL", "PTB-XL reports", "detection arrays", "localization arrays", "annotated records"]


def add_parser(commands: Commands) -> None:
    """Name the arguments of `mmae_core evaluate`."""
    parser = add_command(commands, "evaluate", run)
    parser.add_argument("--data", type=Path, required=True,
                        help="PTB-XL folder (detection), WFDB records with .lesion annotations (localization), or the "
                             "benchmark's arrays: test.npy and label.npy (detection), benchmark_data.npy and "
                             "benchmark_label.npy (localization). Of a folder that holds both forms, as synthesize "
                             "and the viewer's export write it, the records are taken, with --protocol published the "
                             "arrays")
    parser.add_argument("--task", choices=("detection", "localization", "leads", "rates"),
                        help="where a folder holds both kinds of arrays (default detection); leads: whether the leads "
                             "that PTB-XL's reports name rank above the others of their record, layer by layer; rates: "
                             "how far percentiles of the same PTB-XL record at 100 and at 500 Hz differ")
    parser.add_argument("--folds", default="9", help="PTB-XL folds to evaluate (default 9)")
    parser.add_argument("--truth", type=Path, metavar="CSV",
                        help="leads: table of ecg_id, lead, wave, kind instead of the rules over the reports")
    parser.add_argument("--protocol", choices=("published", "consistent"), default="consistent",
                        help="arrays: scaled as the authors' code does, min-max on localization and not at all on "
                             "detection, or like the model's training data on both (default consistent)")
    parser.add_argument("--normals", type=Path,
                        help="localization: folder of normal records (PTB-XL: those of --folds) that fix the "
                             "thresholds of Dice and IoU; without it arrays use the normals of test.npy beside them, "
                             "records those among them that have no lesion")
    parser.add_argument("--every", type=at_least(1), default=1, metavar="N",
                        help="take each Nth record of the data and of --normals, for a quicker check")
    add_written(parser, "--output", "JSON report to write")
    add_written(parser, "--html", "also write the report as one self-contained page", required=False, metavar="FILE")
    parser.add_argument("--config", type=Path, help="TOML file whose score section replaces the model's")
    parser.add_argument("--model", action="append", metavar="MODEL",
                        help="bundled model by name, model folder, or run folder of a compared method (default: the "
                             "bundled default); given several times: seeds of one configuration, reported as mean ± SD")
    parser.add_argument("--against", metavar="MODEL",
                        help="a second method, compared on the same records: a model, or a file as for --scores")
    add_scores(parser)
    add_chunks(parser)
    add_device(parser)


def run(options: argparse.Namespace) -> None:
    """Evaluate one or several methods and write the report."""
    from mmae_core.datasets.folder_origin import read_origin
    from mmae_core.metrics.detection import require_scikit_learn
    from mmae_core.model.device import use_one_thread
    from mmae_core.report.report_file import report_text

    if options.every < 1:
        raise ConfigError(f"--every {options.every} takes no record; it must be at least 1.")
    use_one_thread()
    plan = chunk_plan(options, options.output)
    if options.task == "rates":
        _rates(options)
        return
    require_scikit_learn()
    methods = evaluated_methods(options)
    origin = read_origin(options.data)
    source = _source(options, origin)
    with replacing(options.output) as part:  # opened first, so that an unwritable report fails before the evaluation
        with progress_bar(None, "scoring", "record") as bar:
            report = _evaluate(source, options, origin, methods, plan, advance(bar))
        report["command"] = shown_evaluate_command(options)
        text = report_text(report)
        part.write_text(text, encoding="utf-8")
    if options.html is not None:
        from mmae_core.report.evaluation_page import write_html

        write_html(json.loads(text), options.html)
    if options.save_scores is not None:
        save_scores(report, options.save_scores)
    plan.finish()
    tell_report(report, options.output)


def _rates(options: argparse.Namespace) -> None:
    """Compare one model's percentiles of the same records at 100 and 500 Hz and write the report.

    Raises ConfigError for what this task cannot do.
    """
    from mmae_core.evaluation.evaluate_rates import evaluate_rates
    from mmae_core.report.report_file import report_text
    from mmae_core.scoring.checkpoint import load_model

    models = options.model or [None]
    if len(models) > 1 or any((options.against, options.truth, options.html, options.config, options.normals,
                               options.scores, options.maps, options.save_scores, options.jobs > 1,
                               options.scheduler, options.resume)):
        raise ConfigError("--task rates measures one --model on the records of --data and writes JSON; leave "
                          "--against, --truth, --normals, --config, --scores, --maps, --html, --jobs, --scheduler and "
                          "--resume out.")
    with replacing(options.output) as part:
        with progress_bar(None, "scoring", "record") as bar:
            report = evaluate_rates(load_model(models[0]), options.data, options.device, every=options.every,
                                    progress=advance(bar))
        report["command"] = shown_evaluate_command(options)
        part.write_text(report_text(cast("Report", report)), encoding="utf-8")
    found, n_pairs = report["records"], report["data"]["n_pairs"]
    print(f"The percentiles of {n_pairs:,} records at 100 and 500 Hz differ by {found['median']:g} (median), "
          f"{found['p90']:g} (90th percentile) and {found['most']:g} points (most); report in {options.output}",
          file=sys.stderr)


def shown_evaluate_command(options: argparse.Namespace) -> str:
    """The command for the report, without folders of this computer."""
    shown = ["mmae_core", "evaluate", "--data", "DIR", "--folds", options.folds]
    for name in ("task", "truth", "scores", "maps", "against", "normals", "config"):
        if getattr(options, name) is not None:
            shown += [f"--{name}", Path(getattr(options, name)).name]
    for column in options.score_column:
        shown += ["--score-column", column]
    if options.allow_missing:
        shown.append("--allow-missing")
    for model in options.model or ():
        shown += ["--model", Path(model).name]
    if options.every > 1:
        shown += ["--every", str(options.every)]
    return shlex.join([*shown, "--protocol", options.protocol, "--output", options.output.name])


def _source(options: argparse.Namespace, origin: FolderOrigin | None) -> Source:
    """The data in a folder that the task can be measured on. Raises DatasetError if there is none."""
    from mmae_core.datasets.annotated_folder import is_annotated
    from mmae_core.datasets.ptbxl import is_ptbxl
    from mmae_core.readers.mcf_arrays import has_detection_arrays, has_localization_arrays

    folder, task = options.data, options.task
    _require_positives(origin)
    kinds: tuple[tuple[Source, str, Callable[[Path], bool]], ...] = (
        ("PTB-XL", "detection", is_ptbxl),
        ("PTB-XL reports", "leads", is_ptbxl),
        ("detection arrays", "detection", has_detection_arrays),
        ("localization arrays", "localization", has_localization_arrays),
        ("annotated records", "localization", is_annotated),
    )
    for source, of_task, holds in kinds:
        if task not in {None, of_task} or not holds(folder):
            continue
        if task is None and source == "detection arrays" and has_localization_arrays(folder):
            print("The folder holds the localization arrays too; measure them with --task localization.",
                  file=sys.stderr)
        if source == "localization arrays" and is_annotated(folder):
            return _arrays_or_records(origin, options.protocol)
        return source
    if not folder.exists():
        raise DatasetError(f"There is no folder {folder}.")
    if is_ptbxl(folder) and task == "localization":
        raise DatasetError(f"{folder} is PTB-XL: it says what a recording shows, not when, so there is nothing to "
                           "measure localization on. `--task leads` measures the leads that its reports name; "
                           "`mmae_core synthesize` plants lesions into its normals.")
    expected = [words for of_task, words in _EXPECTED if task in {None, of_task}]
    raise DatasetError(f"{folder} holds nothing to measure {task or 'detection or localization'} on. Expected "
                       f"{', or '.join(expected)}.")


_EXPECTED = (
    ("detection", "a PTB-XL folder (ptbxl_database.csv)"),
    ("leads", "a PTB-XL folder (ptbxl_database.csv) with the column report"),
    ("detection", "the benchmark's arrays for detection (test.npy and label.npy)"),
    ("localization", "WFDB records with .lesion annotations"),
    ("localization", "the benchmark's arrays for localization (benchmark_data.npy and benchmark_label.npy)"),
)


def _require_positives(origin: FolderOrigin | None) -> None:
    """Raises DatasetError for a reviewed benchmark without any finding."""
    reviewed = None if origin is None else origin.reviewed
    if reviewed is not None and not reviewed.n_positive:
        count = len(reviewed.windows)
        raise DatasetError(
            f"{reviewed.name} is a benchmark of {count} reviewed {'window' if count == 1 else 'windows'} without a "
            "single positive stretch: no finding was confirmed and none marked by hand, so neither localization nor "
            "detection can be measured. Confirm findings (C) or mark what the model missed in ECG Viewer, then export "
            "it again."
        )


def _arrays_or_records(origin: FolderOrigin | None, protocol: str) -> Source:
    """Lesion sets have the same recordings as records and arrays: take the records unless the published protocol is
    used."""
    if origin is None:
        print("The folder holds arrays and annotated records, and no file says that they are the same recordings: the "
              "arrays are measured.", file=sys.stderr)
        return "localization arrays"
    if protocol == "published":
        return "localization arrays"
    print("The folder holds the same recordings as arrays and as WFDB records: the records are measured (the arrays "
          "with --protocol published).", file=sys.stderr)
    return "annotated records"


def _evaluate(
    source: Source, options: argparse.Namespace, origin: FolderOrigin | None, methods: EvaluatedMethods,
    plan: ChunkPlan, progress: Progress,
) -> Report:
    from mmae_core.evaluation.evaluate import evaluate_detection, evaluate_detection_arrays
    from mmae_core.evaluation.scored_cases import CasesInChunks
    from mmae_core.readers.mcf_arrays import load_detection

    score_cases = CasesInChunks(plan, progress)
    if source == "PTB-XL":
        report = evaluate_detection(data_folder=options.data, folds=parse_folds(options.folds), every=options.every,
                                    score_cases=score_cases, **methods.scoring())
        if methods.maps is not None:
            report["named_leads"] = _leads(options, EvaluatedMethods(methods.maps), plan, progress)
        return report
    if methods.maps is not None:
        raise ConfigError(f"--scores and --maps together measure detection and named leads of PTB-XL; {options.data} "
                          "is measured with one of them.")
    if source == "PTB-XL reports":
        return _leads(options, methods, plan, progress)
    if source == "detection arrays":
        arrays = load_detection(options.data)
        return evaluate_detection_arrays(arrays=arrays, protocol=options.protocol, every=options.every,
                                         about=_about(origin), score_cases=score_cases, **methods.scoring())
    return _localization(source, options, origin, methods, score_cases)


def _leads(
    options: argparse.Namespace, methods: EvaluatedMethods, plan: ChunkPlan, progress: Progress
) -> LeadReport:
    """Raises ConfigError for what this task cannot do."""
    from mmae_core.evaluation.evaluate_leads import evaluate_leads
    from mmae_core.evaluation.given_maps import GivenMaps
    from mmae_core.evaluation.lead_scorer import MAP_MEAN, PlainMeasurement
    from mmae_core.evaluation.scored_leads import LeadsInChunks
    from mmae_core.evaluation.viewer_layers import layers_of

    scorer = methods.mapping()["scorer"]
    if methods.seeds or methods.against is not None:
        raise ConfigError("--task leads measures one --model, and its layers beside it; leave the others out.")
    plain: list[LeadScorer] = [PlainMeasurement()]
    paper, scorers, shown = (None, plain, MAP_MEAN) if isinstance(scorer, GivenMaps) else layers_of(scorer)
    is_given = isinstance(scorer, GivenMaps)
    return evaluate_leads(
        scorers, shown, scorer, options.data, parse_folds(options.folds), paper=paper, truth=options.truth,
        every=options.every, progress=progress if is_given else None,
        in_chunks=None if is_given else LeadsInChunks(plan, scorer, options.data, progress),
    )


def _about(origin: FolderOrigin | None) -> dict[str, Any]:
    """The origin of the recordings, for the report; empty if no file states it."""
    if origin is None:
        return {}
    truth = {} if origin.reviewed is None else {"truth": origin.reviewed.truth.to_dict()}
    return {"dataset": origin.words, **truth}


def _localization(
    source: Source, options: argparse.Namespace, origin: FolderOrigin | None, methods: EvaluatedMethods,
    score_cases: CasesInChunks,
) -> LocalizationReport:
    from mmae_core.datasets.annotated_folder import load_annotated
    from mmae_core.evaluation.evaluate import UNKNOWN_ARRAYS
    from mmae_core.evaluation.evaluate_localization import evaluate_localization
    from mmae_core.evaluation.given_maps import GivenMaps
    from mmae_core.evaluation.localization_cases import annotated_cases, array_cases, array_normals
    from mmae_core.readers.mcf_arrays import has_detection_arrays, load_detection, load_localization

    normals = _normals(options)
    data: dict[str, Any] = {"every": options.every, "measured": source}
    if source == "localization arrays":
        cases = array_cases(load_localization(options.data), options.protocol, origin)
        data |= {"dataset": UNKNOWN_ARRAYS, "protocol": options.protocol}
        if not normals and has_detection_arrays(options.data) and not isinstance(methods.scorer, GivenMaps):
            normals = array_normals(load_detection(options.data), options.protocol)
    else:
        cases = annotated_cases(load_annotated(options.data), None if origin is None else origin.reviewed)
        data |= {"dataset": f"annotated records of {options.data.resolve().name}"}
    return evaluate_localization(
        cases=cases[:: options.every], data=data | _about(origin), normals=normals[:: options.every],
        score_cases=score_cases, **methods.mapping(),
    )


def _normals(options: argparse.Namespace) -> list[NormalCase]:
    from mmae_core.datasets.folder import find_records
    from mmae_core.datasets.ptbxl import is_ptbxl, load_index
    from mmae_core.evaluation.localization_cases import normal_cases

    if options.normals is None:
        return []
    if is_ptbxl(options.normals):
        chosen = load_index(options.normals).select(folds=parse_folds(options.folds), label="normal")
        paths = [entry.path for entry in chosen]
    else:
        paths = list(find_records([options.normals]))
    if not paths:
        raise DatasetError(f"There is no normal record in {options.normals}.")
    return normal_cases(paths)

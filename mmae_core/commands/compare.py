"""`mmae_core compare`: tables 1 and 2 of the paper for several methods on the same records, and how well each finds the
leads named in reports."""

from __future__ import annotations

import argparse
import json
import shlex
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from mmae_core.commands.shared.arguments import add_command, add_device, add_written, at_least
from mmae_core.commands.shared.progress import advance_named, progress_bar, report_missing
from mmae_core.config_arguments import parse_folds
from mmae_core.errors import ConfigError
from mmae_core.files import replacing

if TYPE_CHECKING:
    from mmae_core.commands.shared.arguments import Commands
    from mmae_core.evaluation.given_scores import GivenScores
    from mmae_core.evaluation.score_files import ScoreColumn
    from mmae_core.report_schema import Report

CACHE = "scores"
"""Folder in the output from which a stopped comparison continues; may be deleted afterwards."""


def add_parser(commands: Commands) -> None:
    """Name the arguments of `mmae_core compare`."""
    parser = add_command(commands, "compare", run)
    parser.add_argument("--data", type=Path, required=True, help="PTB-XL folder")
    parser.add_argument("--folds", default="9", help="folds to compare on (default 9)")
    parser.add_argument("--every", type=at_least(1), default=1, metavar="N",
                        help="take each Nth record of the folds and of --lesions, for a quicker look")
    parser.add_argument("--lesions", type=Path, help="folder of annotated records, as `mmae_core synthesize` writes it")
    parser.add_argument("--model", action="append", default=[], metavar="MODEL",
                        help="bundled model, model folder or run folder of a compared method; NAME=MODEL names it in "
                             "the tables. At least two methods are compared, --model and --scores together")
    parser.add_argument("--scores", action="append", default=[], metavar="FILE",
                        help="scores of a method that ran elsewhere, as for evaluate (docs/benchmark.md): a row for "
                             "each column of the file; NAME=FILE names the only one. With nothing but --scores no "
                             "recording is needed")
    parser.add_argument("--maps", action="append", default=[], metavar="NAME=DIR",
                        help="maps of the method called NAME among --scores, for --lesions and for the leads that "
                             "reports name, as far as the folder holds maps of these recordings")
    parser.add_argument("--allow-missing", action="store_true",
                        help="take scores and maps of some of the records alone, and say how many are missing "
                             "(default: refuse)")
    parser.add_argument("--reference", help="method that the others are compared with (default: the first)")
    add_written(parser, "--output", is_folder=True, finished="compare.json",
                help_text="folder for compare.json, compare.md and compare.html; a stopped one continues in it")
    add_device(parser, "cpu")


def run(options: argparse.Namespace) -> None:
    """Compare, and write the tables."""
    from mmae_core.datasets.annotated_folder import load_annotated
    from mmae_core.datasets.folder_origin import read_origin
    from mmae_core.datasets.ptbxl import load_index
    from mmae_core.evaluation.compare import compare, load_methods
    from mmae_core.evaluation.compare_leads import add_leads
    from mmae_core.evaluation.detection_cases import detection_cases
    from mmae_core.evaluation.evaluate_leads import lead_cases
    from mmae_core.evaluation.given_scores import match_scores, ptbxl_records
    from mmae_core.metrics.detection import require_scikit_learn
    from mmae_core.report.compare_tables import comparison_markdown
    from mmae_core.report.comparison import write_comparison_html
    from mmae_core.report.report_file import report_text

    require_scikit_learn()
    if options.every < 1:
        raise ConfigError(f"--every takes a number of at least 1; found {options.every}.")
    columns = [column for text in options.scores for column in _columns(text)]
    folds = parse_folds(options.folds)
    index = load_index(options.data, needs_files=bool(options.model))
    if options.model:
        report_missing(index.missing)
    cases = detection_cases(index, folds, options.every)
    known = ptbxl_records(index, [case.id for case in cases])
    given = [match_scores(column, known, allow_missing=options.allow_missing) for column in columns]
    methods = load_methods(options.model, options.device, _with_maps(given, options))
    entries = sorted(index.select(folds=folds), key=lambda entry: entry.ecg_id)
    named = lead_cases(entries)[:: options.every]
    lesions = load_annotated(options.lesions)[:: options.every] if options.lesions else ()
    origin = read_origin(options.lesions) if options.lesions else None
    data: dict[str, Any] = {
        "dataset": "PTB-XL", "folds": sorted(folds), "every": options.every,
        "lesions": options.lesions.absolute().name if options.lesions else None,
        "lesions_are": None if origin is None else origin.words,
        "truth": None if origin is None or origin.reviewed is None else origin.reviewed.truth.to_dict(),
    }
    with progress_bar(None, "comparing", "record") as bar:
        comparison = compare(
            methods, cases, lesions, options.reference or methods[0].name, options.output / CACHE, data,
            advance_named(bar), reviewed=None if origin is None else origin.reviewed,
        )
        add_leads(comparison, methods, named, options.output / CACHE, advance_named(bar))
    comparison["command"] = shown_compare_command(options)
    with replacing(options.output / "compare.json") as part:
        text = report_text(cast("Report", comparison))
        part.write_text(text, encoding="utf-8")
    comparison = json.loads(text)  # without NaN, as read back from the file
    with replacing(options.output / "compare.md") as part:
        part.write_text(comparison_markdown(comparison), encoding="utf-8")
    write_comparison_html(comparison, options.output / "compare.html")
    print(f"compare.json, compare.md and compare.html written to {options.output}.", file=sys.stderr)


def _columns(text: str) -> tuple[ScoreColumn, ...]:
    """The methods of `FILE` or `NAME=FILE`."""
    from mmae_core.evaluation.compare import split_name
    from mmae_core.evaluation.score_files import read_scores

    name, path = split_name(text)
    return read_scores(Path(path), name=name)


def _with_maps(given: Sequence[GivenScores], options: argparse.Namespace) -> list[GivenScores]:
    """The same methods with the maps that `--maps NAME=DIR` names. Raises ConfigError for a name of none of them."""
    from mmae_core.evaluation.compare import split_name
    from mmae_core.evaluation.given_maps import GivenMaps

    folders = dict(split_name(text) for text in options.maps)
    names = {scores.name for scores in given}
    if unknown := [text for text in options.maps if split_name(text)[0] not in names]:
        raise ConfigError(f"--maps {unknown[0]} names none of the methods of --scores; expected NAME=DIR with one of "
                          f"{', '.join(sorted(names)) or 'them, and --scores beside it'}.")
    return [
        replace(scores, maps=GivenMaps(Path(folders[scores.name]), options.allow_missing))
        if scores.name in folders else scores for scores in given
    ]


def shown_compare_command(options: argparse.Namespace) -> str:
    """The command for the report, without folders of this computer."""
    from mmae_core.evaluation.compare import split_name

    shown = ["mmae_core", "compare", "--data", "DIR", "--folds", options.folds]
    if options.every > 1:
        shown += ["--every", str(options.every)]
    if options.lesions:
        shown += ["--lesions", options.lesions.absolute().name]
    for option, texts in (("--model", options.model), ("--scores", options.scores), ("--maps", options.maps)):
        for text in texts:
            name, path = split_name(text)
            shown += [option, f"{name}={Path(path).name}" if name else Path(path).name]
    if options.allow_missing:
        shown.append("--allow-missing")
    if options.reference:
        shown += ["--reference", options.reference]
    return shlex.join([*shown, "--output", "DIR"])

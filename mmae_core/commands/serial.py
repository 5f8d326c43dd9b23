"""`mmae_core serial`: one patient's recordings over time, and how much they differ when nothing has changed."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mmae_core.commands.shared.arguments import add_command, add_description, add_written, at_least
from mmae_core.commands.shared.json_report import entries_of
from mmae_core.commands.shared.progress import advance, progress_bar
from mmae_core.errors import ConfigError, EcgError

if TYPE_CHECKING:
    from mmae_core.commands.shared.arguments import Commands
    from mmae_core.datasets.ptbxl import PtbxlEntry
    from mmae_core.serial.make_tolerance import Pair
    from mmae_core.serial.serial_ecg import SerialEcg

FOLDS, CHECK_FOLDS = "1-8", "9"
MOST_TOLD = 12
"""Differences printed for two recordings; all are in the report."""


def add_parser(commands: Commands) -> None:
    """Name the arguments of `mmae_core serial`."""
    parser = add_command(commands, "serial", run, (
        "A difference is marked when 95 of 100 pairs of unchanged normal recordings differ less, and the beats of both "
        "recordings vary less."))
    parser.add_argument("recordings", nargs="*", type=Path, metavar="RECORDING",
                        help="two recordings of one patient or more; dates order them, those without a date "
                             "follow as named")
    parser.add_argument("--patient", type=int, metavar="NUMBER",
                        help="with --data: all recordings of this patient_id of PTB-XL")
    parser.add_argument("--data", type=Path, metavar="FOLDER", help="PTB-XL folder")
    parser.add_argument("--json", action="store_true", help="print everything as JSON")
    parser.add_argument("--identity", action="store_true",
                        help="also the dates that the files state, which may identify somebody (those of PTB-XL's "
                             "table stand always)")
    source = parser.add_mutually_exclusive_group()
    source.add_argument("--test-retest", action="store_true",
                        help="with --data and --output: make the tolerances from patients with two normal recordings "
                             f"(folds {FOLDS} unless --folds)")
    source.add_argument("--check", action="store_true",
                        help=f"with --data: how often such pairs exceed the tolerances (fold {CHECK_FOLDS} unless "
                             "--folds)")
    add_written(parser, "--output", "with --test-retest: the file to write (.json), and its card beside it (.md)",
                required=False)
    parser.add_argument("--folds", help="folds of PTB-XL")
    parser.add_argument("--every", type=at_least(1), default=1, metavar="N",
                        help="take each Nth pair, for a quicker look")
    add_description(parser)


def run(options: argparse.Namespace) -> None:
    """Compare recordings, or make or check the tolerances. Raises ConfigError for arguments that do not fit."""
    if options.output is not None and not options.test_retest:
        raise ConfigError("--output belongs to --test-retest; print a comparison with --json and redirect it.")
    if options.test_retest or options.check:
        if options.data is None or options.recordings:
            raise ConfigError("--test-retest and --check need --data with the PTB-XL folder, and no recordings.")
        _make(options) if options.test_retest else _check(options)
        return
    _compare(options)


def _compare(options: argparse.Namespace) -> None:
    from mmae_core.serial.report import serial_report
    from mmae_core.serial.tolerance import bundled_tolerance

    ecgs = _measured(options)
    if len(ecgs) < 2:
        raise ConfigError(f"{len(ecgs)} recordings were named; a comparison over time needs two.")
    report = serial_report(ecgs, bundled_tolerance(), with_identity=options.identity)
    if options.json:
        print(json.dumps(report, indent=2, allow_nan=False))
        return
    for line in _lines(report):
        print(line)


def _measured(options: argparse.Namespace) -> list[SerialEcg]:
    from mmae_core.readers import read_record
    from mmae_core.serial.serial_ecg import read_serial_ecg

    if options.patient is None:
        return [read_serial_ecg(read_record(path)) for path in options.recordings]
    if options.data is None or options.recordings:
        raise ConfigError("--patient needs --data with the PTB-XL folder, and no recordings.")
    from mmae_core.datasets.ptbxl import load_index
    from mmae_core.departures.person import person_of_entry

    entries = [entry for entry in load_index(options.data).entries if entry.patient_id == options.patient]
    if not entries:
        raise ConfigError(f"No recording of patient {options.patient} is in {options.data.absolute().name}.")
    return [read_serial_ecg(read_record(entry.path), entry.recorded_at, person_of_entry(entry)) for entry in entries]


def _lines(report: dict[str, Any]) -> list[str]:
    """The comparisons in words."""
    from mmae_core.serial.quantities import quantity_of

    about = report["tolerance"]
    lines = [f"{row['record']}: {row['recorded_at'] or _no_date(row)}" for row in report["recordings"]]
    for one in report["comparisons"]:
        days = "" if one["days"] is None else f", {one['days']:.0f} days later"
        lines += ["", f"{one['earlier']} and {one['later']}{days}: {one['n_beyond']} of {one['n_compared']} "
                      "measurements differ by more than their tolerance (5 % by chance)"]
        lines += [f"  {row['sentence']}" for row in one["references"]]
        marked = [row for row in one["differences"] if row["is_beyond"]]
        for row in marked[:MOST_TOLD]:
            quantity = quantity_of(row["quantity"])
            place = f" in {row['lead']}" if row["lead"] else ""
            tolerance = max(row["test_retest"], row["beat_to_beat"])
            digits = quantity.decimals
            lines.append(f"  {quantity.label}{place}: {row['earlier']:.{digits}f} to {row['later']:.{digits}f} "
                         f"{row['unit']}, {row['difference']:+.{digits}f} (tolerance {tolerance:.{digits}f})".replace(
                             " ,", ","))
        if len(marked) > MOST_TOLD:
            lines.append(f"  and {len(marked) - MOST_TOLD} more, see --json")
        lines += [f"  {text}" for text in one["limitations"]]
    lines += ["", f"Tolerance: {about['share_percent']:g} % of {about['n_pairs']:,} patients of {about['dataset']}, "
                  f"folds {about['folds']}, with two normal recordings {about['median_days']:g} days apart (median)."]
    return lines


def _no_date(row: dict[str, Any]) -> str:
    return "date left out (--identity)" if row["is_date_left_out"] else "date not known"


def _pairs(options: argparse.Namespace, folds: str) -> list[Pair]:
    from mmae_core.serial.make_tolerance import measure_pairs, normal_pairs

    entries: tuple[PtbxlEntry, ...] = entries_of(options.data, folds, 1)
    pairs = normal_pairs(entries)[:: options.every]
    with progress_bar(len(pairs), "measuring", "pair") as bar:
        measured = measure_pairs(pairs, lambda done: advance(bar)(done, len(pairs)))
    if not measured:
        raise EcgError(f"No patient of folds {folds} has two normal recordings with dates that can be read.")
    return measured


def _make(options: argparse.Namespace) -> None:
    from mmae_core.files import replacing
    from mmae_core.serial.make_tolerance import check_figures, make_tolerance, tolerance_card

    if options.output is None:
        raise ConfigError("--test-retest needs --output with the file to write.")
    folds = options.folds or FOLDS
    pairs = _pairs(options, folds)
    tolerance = make_tolerance(pairs, {"dataset": "PTB-XL 1.0.3", "folds": folds, "every": options.every,
                                       "command": "mmae_core serial --test-retest --data DIR --output FILE"})
    tolerance.save(options.output)
    figures = check_figures(pairs, tolerance)
    with replacing(options.output.with_suffix(".md")) as part:
        part.write_text(tolerance_card(tolerance, figures), encoding="utf-8")
    for line in figures:
        print(line, file=sys.stderr)


def _check(options: argparse.Namespace) -> None:
    from mmae_core.serial.make_tolerance import check_figures
    from mmae_core.serial.tolerance import bundled_tolerance

    for line in check_figures(_pairs(options, options.folds or CHECK_FOLDS), bundled_tolerance()):
        print(line)

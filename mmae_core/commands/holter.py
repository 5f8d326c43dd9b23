"""`mmae_core holter`: trends, episodes, shapes of beats and heart rate variability of a long recording."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mmae_core.commands.shared.arguments import add_command, add_description, add_written
from mmae_core.commands.shared.progress import advance, progress_bar
from mmae_core.errors import ConfigError
from mmae_core.files import replacing

if TYPE_CHECKING:
    from mmae_core.clock import Clock
    from mmae_core.commands.shared.arguments import Commands
    from mmae_core.holter.limits import HolterLimits
    from mmae_core.holter.results import Holter

MOST_LISTED = 20
"""Episodes printed, the strongest first; all are in the files."""


def add_parser(commands: Commands) -> None:
    """Name the arguments of `mmae_core holter`."""
    parser = add_command(commands, "holter", run)
    parser.add_argument("record", type=Path, nargs="?", help="recording of at least a minute")
    parser.add_argument("--json", action="store_true", help="print everything as JSON instead of a summary")
    parser.add_argument("--beats", action="store_true", help="with --json or --output: a row for every beat, too")
    parser.add_argument("--limit", action="append", default=[], metavar="NAME=VALUE",
                        help="change a limit, such as pause_s=3 or st_shift_mv=0.2; a wrong name lists them all")
    add_written(parser, "--output", "JSON file to write", required=False, metavar="FILE")
    add_written(parser, "--episodes", "table of episodes to write, as CSV", required=False, metavar="FILE")
    parser.add_argument("--annotated", type=Path, metavar="FOLDER",
                        help="instead: compare beats, pauses and variability with the reference beats (.atr) of "
                             "records such as MIT-BIH's")
    add_description(parser)


def run(options: argparse.Namespace) -> None:
    """Analyse a recording, or compare with references."""
    if (options.record is None) == (options.annotated is None):
        raise ConfigError("Name one recording, or a folder of references with --annotated.")
    if options.annotated is not None:
        _compare(options)
        return
    from mmae_core.clock import Clock
    from mmae_core.holter.analyse import analyse_record
    from mmae_core.holter.report import episodes_csv, holter_json
    from mmae_core.readers import read_record

    limits = limits_of(options.limit)
    record = read_record(options.record)
    with progress_bar(round(record.duration_s), "analysing", "s") as bar:
        report = advance(bar)
        found = analyse_record(record, limits, lambda done, whole: report(round(done), round(whole)))
    clock = Clock.of(record)
    text = json.dumps(holter_json(found, clock, with_beats=options.beats), indent=2, allow_nan=False)
    if options.output is not None:
        _write(options.output, text + "\n")
    if options.episodes is not None:
        _write(options.episodes, episodes_csv(found, clock))
    print(text if options.json else "\n".join(_summary(found, clock)))


def limits_of(words: list[str]) -> HolterLimits:
    """Limits changed by `NAME=VALUE`. Raises ConfigError for anything else."""
    from mmae_core.holter.limits import HolterLimits

    values = {}
    for word in words:
        name, equals, value = word.partition("=")
        try:
            values[name.strip()] = float(value)
        except ValueError:
            equals = ""
        if not equals:
            raise ConfigError(f"--limit {word[:60]}: a name and a number are needed, such as pause_s=3.")
    return HolterLimits().with_values(values)


def _write(path: Path, text: str) -> None:
    with replacing(path) as part:
        part.write_text(text, encoding="utf-8")


def _compare(options: argparse.Namespace) -> None:
    from mmae_core.evaluation.holter_validation import annotated_holter_figures

    with progress_bar(None, "comparing", "record") as bar:
        figures = annotated_holter_figures(options.annotated, advance(bar))
    text = json.dumps(figures, indent=2, allow_nan=False)
    if options.output is not None:
        _write(options.output, text + "\n")
    print(text if options.json else "\n".join(_comparison(figures)))


def _comparison(figures: dict[str, Any]) -> list[str]:
    lines = []
    for name, row in figures["records"].items():
        values = "; ".join(
            f"{measure.removesuffix('_ms').upper()} {row['ours'][measure]} against {row['reference'][measure]} ms"
            for measure in ("sdnn_ms", "rmssd_ms"))
        lines.append(f"{name}: {row['reference_beats']:,} beats, {row['missed']} missed, {row['extra']} extra; {values}"
                     + (f" ({row['refusal']})" if row["refusal"] else ""))
    for measure, item in figures["differences"].items():
        lines.append(f"{measure} differs by {item['mean']} on average, {item['largest']} at most "
                     f"({item['n']} records)")
    return lines


def _summary(found: Holter, clock: Clock | None) -> list[str]:
    """The main results, as lines for the terminal."""
    def when(time_s: float) -> str:
        if clock is None:
            return f"{time_s:.1f} s"
        return f"{clock.text(time_s)} (day {clock.day(time_s)})"

    values, counts = found.variability, found.counts
    lines = [
        f"{counts['all']:,} beats in {', '.join(found.leads)}: {counts['premature']:,} premature, "
        f"{counts['other_shape']:,} of another shape, {counts['departing']:,} departing, {counts['poor']:,} in poor "
        "signal",
        "Variability: " + (str(values.refusal) if values.refusal else ", ".join(
            f"{name} {value:.1f}" for name, value in (
                ("mean NN", values.mean_nn_ms), ("SDNN", values.sdnn_ms), ("SDANN", values.sdann_ms),
                ("SDNN index", values.sdnn_index_ms), ("RMSSD", values.rmssd_ms)) if value is not None)
            + f" ms, pNN50 {values.pnn50_percent or 0:.1f} %; NN are {100 * values.nn_share:.0f} % of the intervals"),
    ]
    lines += [f"Shape {shape.name}: {shape.n_beats:,} beats ({100 * shape.share:.1f} %), first at {when(shape.first_s)}"
              + (", wider" if shape.is_wide else "") for shape in found.shapes]
    strongest = sorted(found.episodes, key=lambda item: -item.strength)
    lines += [f"{when(item.start_s)}, {item.duration_s:.1f} s: {f'{item.lead}: ' if item.lead else ''}{item.text}"
              for item in strongest[:MOST_LISTED]]
    if len(strongest) > MOST_LISTED:
        lines.append(f"… and {len(strongest) - MOST_LISTED:,} more episodes: --episodes writes them all.")
    print("Research use only, not for diagnosis.", file=sys.stderr)
    return lines

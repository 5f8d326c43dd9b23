"""`mmae_core score`: score recordings against the normal cohort into a table."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from mmae_core.commands.shared.arguments import (
    add_command,
    add_description,
    add_device,
    add_model,
    add_written,
    at_least,
)
from mmae_core.commands.shared.chunk_options import add_chunks
from mmae_core.commands.shared.progress import advance, progress_bar
from mmae_core.commands.shared.recordings import recordings_of
from mmae_core.errors import ConfigError, DatasetError
from mmae_core.stopping import stopping_on_sigterm

if TYPE_CHECKING:
    from mmae_core.commands.shared.arguments import Commands
    from mmae_core.report.score_run import ScoreTables, ScoreTally


def add_parser(commands: Commands) -> None:
    """Name the arguments of `mmae_core score`."""
    parser = add_command(
        commands, "score", run,
        "Example: mmae_core score recordings/ --output scores.csv --summary recordings.csv. Windows of 10 s begin "
        "every 5 s (the model's hop), so the rows of a longer recording overlap by half: they are no independent "
        "measurements. The strongest of several windows is high by chance alone, the more so the more there are, and "
        "has no p-value. A record that cannot be scored has a row of the "
        "table that says why (with its measurements where the model alone refuses it) and does not change the exit "
        "status, unless none can be scored. Rows lie in OUTPUT.parts until all are there. A run that is stopped "
        "(Ctrl+C, SIGTERM) writes the rows it has; after that, a full disk or any kill, --resume goes "
        "on, and the table is that of a run without a stop, to the last digit.",
    )
    parser.add_argument("paths", nargs="*", metavar="PATH",
                        help="records, folders, PTB-XL folders, archives (.zip, .tar), addresses (s3://…, https://…; "
                             "only these are ever fetched), or @FILE, a list of them")
    parser.add_argument("--records", type=Path, action="append", default=[], metavar="FILE",
                        help="text file of records, one a line, relative to its folder; the same as @FILE")
    add_written(parser, "--output", "file to write, .csv or .parquet: a row for each 10-s window")
    add_written(parser, "--summary", required=False, metavar="FILE",
                help_text="also a file with a row for each recording: windows, those that are reliable, those of "
                          "them with a percentile, the strongest of these and where, their share above the 90th, the "
                          "lowest quality, and why there is no percentile")
    add_written(parser, "--maps", is_folder=True, required=False, finished="*.npz",
                help_text="folder for each record's maps: score, percentile and peak_percentile of the "
                          "model, named_percentile of departures with a name and own_percentile of beats unlike the "
                          "patient's others, each (12, samples), NaN where not assessed; "
                          "mmae_core.report.map_parts.read_map_of reads one record's")
    parser.set_defaults(resumable=("--output", "--summary", "--maps"))
    parser.add_argument("--maps-as", choices=("npz", "parquet"), default="npz",
                        help="one .npz a record (default), or Parquet, one file for a chunk of records")
    parser.add_argument("--only-scores", action="store_true",
                        help="leave the columns of findings and measurements empty: no map is computed")
    add_model(parser)
    add_device(parser)
    add_description(parser)
    group = add_chunks(parser)
    group.add_argument("--shard", default="", metavar="I/N",
                       help="score the Ith of N shares only, into OUTPUT.parts; mmae_core merge makes the table when "
                            "all are done")
    group.add_argument("--chunk", type=at_least(1), default=None, metavar="N",
                       help="records of one part, which is what a kill costs (default by their number, 20-500)")


def run(options: argparse.Namespace) -> None:
    """Score recordings into a table."""
    from mmae_core.cohort import Shard
    from mmae_core.cohort.record_list import LIST_SIGN, named_records
    from mmae_core.cohort.run_chunks import WHOLE
    from mmae_core.readers.described_folders import description_of
    from mmae_core.report.map_parts import parts_in
    from mmae_core.report.parquet_file import require_pyarrow
    from mmae_core.report.score_run import ScoreTables, score_records
    from mmae_core.report.score_work import ScoreWork
    from mmae_core.resources import bundled_models
    from mmae_core.scoring.model_files import model_digest

    tables = ScoreTables(options.output, options.summary)
    require_tables(tables)
    shard = Shard.parse(options.shard) if options.shard else WHOLE
    if options.resume and options.output.exists() and not tables.parts.exists():
        raise ConfigError(f"{options.output} is complete: there is no {tables.parts.name} beside it to continue from. "
                          "Name another output, or begin anew with --force.")
    if options.maps is not None:
        if options.only_scores:
            raise ConfigError("--only-scores computes no maps, and --maps asks for them.")
        if options.maps_as == "parquet":
            require_pyarrow()
            if any(map(shard.has, parts_in(options.maps))) and not (options.force or options.resume):
                raise ConfigError(f"--maps {options.maps} holds maps already. Name another folder, or replace what is "
                                  "there with --force.")
    sources = [*options.paths, *(f"{LIST_SIGN}{file}" for file in options.records)]
    if not sources:
        raise ConfigError("No recording is named: give a PATH, or --records FILE.")
    records = named_records(sources, recordings_of)
    if not records:
        raise DatasetError("There is no recording in what was named.")
    model = options.model
    work = ScoreWork(
        model if model is None or model in bundled_models() else str(Path(model).absolute()), model_digest(model),
        options.device, not options.only_scores, "" if options.maps is None else str(options.maps.absolute()),
        options.maps_as, description_of(Path()),
    )
    with stopping_on_sigterm(), progress_bar(len(records), "scoring", "record") as bar:
        summary, tally = score_records(
            work, records, tables, jobs=options.jobs, scheduler=options.scheduler, shard=shard, resume=options.resume,
            force=options.force, size=options.chunk or 0, progress=advance(bar),
        )
        elapsed_s = bar.format_dict["elapsed"]
    print(_cost(summary.n_items_done, elapsed_s, summary.peak_bytes), file=sys.stderr)
    if tally is None:
        print(f"Share {options.shard} is done, {summary.n_items_done:,} records of it now. When all are: mmae_core "
              f"merge {tables.parts} --output {tables.output}", file=sys.stderr)
    else:
        tell(tally, tables)


def require_tables(tables: ScoreTables) -> None:
    """Raise ConfigError, before any work, for names of tables that cannot be written."""
    from mmae_core.report.part_tables import require_table_name

    for option, path in (("--output", tables.output), ("--summary", tables.summary)):
        if path is not None:
            require_table_name(option, path)
    if tables.summary is not None and tables.summary.absolute() == tables.output.absolute():
        raise ConfigError(f"--output and --summary both name {tables.output}; they are two tables.")


def tell(tally: ScoreTally, tables: ScoreTables) -> None:
    """Say how many records have no score. Raises DatasetError if none has one."""
    n_scored = tally.n_records - tally.n_failed - tally.n_unscored
    unscored = "was read, but no lead in it" if tally.n_unscored == 1 else "were read, but no lead in them"
    without = "; ".join(
        f"{count:,} {words} ({_listed(names, count)})" for count, names, words in (
            (tally.n_failed, tally.failed, "could not be read or assessed"),
            (tally.n_unscored, tally.unscored, f"{unscored} can be assessed"),
        ) if count
    )
    if n_scored == 0:
        none = "The record could not" if tally.n_records == 1 else f"None of the {tally.n_records:,} records could"
        first = f" The first: {tally.first_reason}" if tally.first_reason else ""
        raise DatasetError(f"{none} be scored: {without}; {tables.output} says why.{first}")
    print(f"{n_scored:,} of {tally.n_records:,} records scored into {tables.output}"
          + (f", a row for each recording in {tables.summary}" if tables.summary else "")
          + (f"; {without}; the table says why." if without else "."), file=sys.stderr)


def _cost(n_done: int, elapsed_s: float, peaks: Mapping[str, int]) -> str:
    """Throughput and memory of a run."""
    words = f"{n_done:,} record{'' if n_done == 1 else 's'} in {elapsed_s:,.0f} s"
    words += f", {n_done / elapsed_s:.1f} records/s" if elapsed_s else ""
    if peaks:
        words += (f"; at most {max(peaks.values()) / 1e6:,.0f} MB in "
                  + ("one process." if len(peaks) == 1 else f"each of {len(peaks):,} processes."))
    return words


def _listed(names: Sequence[str], count: int) -> str:
    return ", ".join(names) + (", …" if count > len(names) else "")

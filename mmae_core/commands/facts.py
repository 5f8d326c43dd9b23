"""`mmae_core facts`: the facts of all three layers on records of PTB-XL, and how many rows they make."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from mmae_core.commands.shared.arguments import add_command, add_description, add_device, add_model
from mmae_core.commands.shared.json_report import Report, add_output, entries_of, write_json_report
from mmae_core.commands.shared.progress import advance, progress_bar

if TYPE_CHECKING:
    from mmae_core.commands.shared.arguments import Commands


def add_parser(commands: Commands) -> None:
    """Name the arguments of `mmae_core facts`."""
    parser = add_command(commands, "facts", run)
    parser.add_argument("--data", type=Path, required=True, help="PTB-XL folder")
    parser.add_argument("--folds", default="9", help="folds of PTB-XL (default 9)")
    parser.add_argument("--without-model", action="store_true", help="only measurements and own beats")
    add_model(parser)
    add_device(parser)
    add_output(parser)
    add_description(parser)


def run(options: argparse.Namespace) -> None:
    """Write the report."""
    write_json_report(options, lambda: _report(options), _summary)


def _report(options: argparse.Namespace) -> Report:
    from mmae_core.evaluation.facts_validation import fact_figures, fact_rows

    entries = entries_of(options.data, options.folds, options.every)
    assessor = None
    if not options.without_model:
        from mmae_core.scoring.assessor import Assessor
        from mmae_core.scoring.checkpoint import load_model

        assessor = Assessor(load_model(options.model), options.device)
    with progress_bar(len(entries), "reading", "record") as bar:
        rows = fact_rows(entries, options.data, assessor, advance(bar))
    return {"folds": options.folds, "every": options.every, "model": None if assessor is None else assessor.model.name,
            "figures": fact_figures(rows), "records": rows}


def _summary(report: Report) -> list[str]:
    """The main results, as lines for the terminal."""
    lines = []
    for name, figures in report["figures"].items():
        layers = ", ".join(f"{layer} {share:.1%}" for layer, share in figures["with_any_by_layer"].items())
        lines.append(f"{name}: {figures['n']:,} records, {figures['with_any']:.1%} with any row ({layers}); "
                     f"{figures['median']:g} rows on average (median), {figures['most']} at most; the first is of own "
                     f"beats in {figures['first_by_layer'].get('own', 0):,}")
    return lines

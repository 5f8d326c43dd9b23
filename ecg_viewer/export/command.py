"""`ecg-viewer export RECORD… --format pdf --output DIR`: the exports of the window without a window or a display."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from ecg_viewer.export.benchmark import require_room, write_benchmark
from ecg_viewer.export.benchmark_words import caveats, counted, omissions
from ecg_viewer.export.decisions import Decisions
from ecg_viewer.export.export_files import AlreadyThere, Existing, Folder, prefixes
from ecg_viewer.export.export_jobs import export_path, reviewed_records
from ecg_viewer.export.gather_content import ExportSource
from ecg_viewer.export.page_options import PAPER_SIZES, PageOptions
from ecg_viewer.export.record_files import PAGES, Request, Written, all_formats
from ecg_viewer.export.worklist_command import export_worklist
from ecg_viewer.jobs.scoring import ModelScorer, Scorer
from ecg_viewer.state.calibration import SPEED_LIMITS_MM_PER_S, Calibration
from ecg_viewer.state.display_choices import HEAT_STYLES, HeatLook, LeadChoice
from ecg_viewer.state.filters import FILTERS, NOTCHES, FilterChain
from ecg_viewer.state.layouts import LAYOUTS
from ecg_viewer.state.words.record_words import RESEARCH_USE_BADGE
from mmae_core.commands.shared.arguments import add_description, take_description
from mmae_core.errors import EcgError
from mmae_core.record import STANDARD_LEADS

NAME = "export"
BENCHMARK = "benchmark"
DONE, FAILED, WRONG_ARGUMENTS = 0, 1, 2
"""Exit statuses: all written; something not written; invalid arguments."""
DPI = (50, 1200)
GAIN_LIMITS = (0.5, 200.0)


def main(arguments: Sequence[str], scorer: Scorer | None = None) -> int:
    """Run the sub-command. Returns the exit status; `scorer` takes the place of the models in tests."""
    parser = _parser()
    options = parser.parse_args(arguments)
    asked = tuple(dict.fromkeys(name for group in options.format for name in group))
    formats = tuple(name for name in asked if name != BENCHMARK)
    if not asked and options.worklist is None:
        parser.error("name what to write: --format, --worklist, or both")
    if asked and options.output is None:
        parser.error("--format needs a folder: --output DIR")
    try:
        from mmae_core.datasets.folder import find_records

        take_description(options)
        paths = find_records(options.records)
        decisions = Decisions(options.reviewer)
    except EcgError as error:
        return _refuse(str(error), WRONG_ARGUMENTS)
    if not paths:
        return _refuse("there is no recording in what was named", WRONG_ARGUMENTS)
    existing = Existing.REPLACE if options.force else Existing.REFUSE
    folder = Folder(options.output or Path(), existing, semicolons=options.semicolons)
    try:
        if options.reviewer is not None and options.reviewer not in decisions.reviewers:
            known = ", ".join(decisions.reviewers) or "nobody yet"
            return _refuse(f"the journal knows no reviewer {options.reviewer!r}; it knows {known}", WRONG_ARGUMENTS)
        _draw_without_a_display(bool(PAGES & set(formats)))
        source = ExportSource(
            scorer or ModelScorer(options.device, with_expected=options.expected), options.model, decisions,
            options.with_identity, "npz" in formats,
        )
        status = DONE
        if formats:
            status = _export_all(paths, source, Request(formats, folder, _pages(options), options.dpi))
        if options.worklist is not None:
            status = max(status, _write_worklist(options, source, existing))
        if BENCHMARK in asked:
            status = max(status, _make_benchmark(paths, source, folder, unfinished=options.unfinished))
        return status
    finally:
        decisions.close()


def _export_all(paths: Sequence[Path], source: ExportSource, request: Request) -> int:
    """One line for each recording. A failing one does not stop the others."""
    n_failed = n_there = 0
    for number, (path, prefix) in enumerate(zip(paths, prefixes(paths), strict=True), 1):
        try:
            named = replace(request, folder=replace(request.folder, prefix=prefix))
            written = export_path(path, source, named)
        except EcgError as error:
            written = Written(problems=(str(error),))
        n_failed += bool(written.problems)
        n_there += bool(written.existing)
        _print_to_stderr(f"{number}/{len(paths)} {path.stem}: {_outcome(written)}")
    if n_there:
        _print_to_stderr("Files that were there already were left as they are; --force replaces them.")
    if n_failed:
        _print_to_stderr(f"{n_failed} of {len(paths)} recordings could not be exported completely.")
    return FAILED if n_failed else DONE


def _outcome(written: Written) -> str:
    names = ", ".join(path.name for path in written.paths)
    parts = [names] if names else []
    parts += [f"not written: {problem}" for problem in written.problems]
    parts += [f"empty: {reason}" for reason in written.empty]
    return "; ".join([*parts, *written.notes])


def _write_worklist(options: argparse.Namespace, source: ExportSource, existing: Existing) -> int:
    try:
        failed = export_worklist(
            options.records, source, options.worklist, existing=existing, semicolons=options.semicolons,
            with_conclusions=not options.no_conclusions, progress=_tell,
        )
    except AlreadyThere as error:
        return _refuse(f"{error} --force replaces it.", FAILED)
    except EcgError as error:
        return _refuse(str(error), FAILED)
    for name, reason in failed:
        _print_to_stderr(f"{name}: no score: {reason}")
    _print_to_stderr(f"{options.worklist.name}: written.")
    return FAILED if failed else DONE


def _make_benchmark(paths: Sequence[Path], source: ExportSource, folder: Folder, *, unfinished: bool) -> int:
    try:
        require_room(folder)
        records, unread = reviewed_records(
            paths, source, unfinished=unfinished, progress=lambda done, name: _tell(done, len(paths), name)
        )
        made = write_benchmark(records, folder, unfinished=unfinished, unread=unread)
    except AlreadyThere as error:
        return _refuse(f"{error} --force replaces it.", FAILED)
    except EcgError as error:
        return _refuse(str(error), FAILED)
    for line in (*omissions(made), *caveats(made), f"{counted(made)}; in {made.folder}."):
        _print_to_stderr(line)
    return FAILED if unread else DONE


def _pages(options: argparse.Namespace) -> PageOptions:
    filters = [FILTERS[options.filter], *([NOTCHES[f"notch_{options.notch}"]] if options.notch else [])]
    leads = LeadChoice(options.layout, options.cabrera, options.lead)
    if options.leads:
        leads = leads.with_chosen(options.leads)
    return PageOptions(
        paper=options.paper,
        leads=leads,
        calibration=Calibration(options.speed, options.gain),
        filters=FilterChain(tuple(item for item in filters if not item.is_as_recorded)),
        look=HeatLook(style=options.heat),
        start_s=options.start,
        duration_s=options.duration,
    )


def _draw_without_a_display(draws: bool) -> None:
    """Qt needs an application to draw text; without a display it draws into memory."""
    if not draws:
        return
    if sys.platform == "win32":
        # There torch fails to load its libraries once Qt has loaded its own.
        import torch  # noqa: F401
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from ecg_viewer.export.pages.application import start_drawing

    start_drawing()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog=f"ecg-viewer {NAME}",
        description=f"Writes recordings, findings and maps to files. {RESEARCH_USE_BADGE}.",
        epilog="Exit status: 0 if everything was written, 1 if something was not, 2 for arguments without sense.",
    )
    add = parser.add_argument
    add("records", nargs="+", type=Path, metavar="RECORD", help="recordings or folders of them")
    add("--format", type=_formats, action="append", default=[], metavar="FORMAT",
        help=f"{', '.join((*all_formats(), BENCHMARK))}; several joined by commas, or the option several times. "
             "pdf, html: the report; csv: findings and leads; measurements: a CSV table of intervals, axis and every "
             "lead's values; fhir: measurements and confirmed findings as FHIR R4; "
             "dicom-sr: the same as a DICOM structured report; wfdb: "
             "annotations of confirmed findings; npz: maps; recording-…: the recording itself, for which nothing is "
             "assessed; benchmark: one of all reviewed recordings, as arrays, WFDB records and a manifest, in the same "
             "folder")
    add("--output", type=Path, metavar="DIR", help="folder of the files of --format; made if it is not there")
    add("--worklist", type=Path, metavar="FILE",
        help="one table of all recordings, a row each, with measurements, strongest finding, decisions and "
             "conclusions: CSV, or Parquet if it ends with .parquet; scores that the window kept are taken")
    add("--no-conclusions", action="store_true", help="worklist: leave the reviewers' conclusions out")
    add("--force", action="store_true", help="replace files that are there already (default: leave them)")
    add("--model", metavar="NAME|FOLDER", help="a bundled model's name or a folder (default: the bundled default)")
    add("--device", choices=("auto", "cpu", "cuda", "mps"), default="auto", help="where the model runs (default: auto)")
    add("--reviewer", metavar="NAME", help="only this reviewer's decisions (default: everybody's, the latest counts)")
    add("--unfinished", action="store_true",
        help="benchmark: also recordings with decisions that are not marked as reviewed; what is not decided is never "
             "taken for normal")
    add("--with-identity", action="store_true", help="also what the files know of the person (default: never)")
    add("--semicolons", action="store_true",
        help="csv, measurements, worklist: ; between columns and a decimal comma, as spreadsheets in German expect")
    add("--expected", action="store_true", help="npz: also the trace the model expected")
    add_description(parser)
    pages = parser.add_argument_group("pages (pdf, html, png, svg)")
    add = pages.add_argument
    add("--paper", choices=PAPER_SIZES, default="a4", help="size of a page, landscape (default: a4)")
    add("--layout", choices=[spec.id for spec in LAYOUTS if spec.id != "chosen"], default="3x4+II",
        help="arrangement of the leads (default: 3x4+II)")
    add("--cabrera", action="store_true", help="limb leads in the Cabrera order, with aVR inverted")
    add("--lead", choices=STANDARD_LEADS, default="II", metavar="LEAD", help="of the layout `single` (default: II)")
    add("--leads", type=_leads, metavar="A,B,…", help="only these leads, under each other")
    add("--speed", type=_within("speed", *SPEED_LIMITS_MM_PER_S), default=25.0, metavar="MM/S",
        help="paper speed (default: 25)")
    add("--gain", type=_within("gain", *GAIN_LIMITS), default=10.0, metavar="MM/MV", help="gain (default: 10)")
    add("--filter", choices=list(FILTERS), default="none", help="display filter (default: none, as recorded)")
    add("--notch", choices=("50", "60"), help="mains filter in Hz")
    add("--heat", choices=HEAT_STYLES, default="background", help="how percentiles are shown (default: background)")
    add("--start", type=_within("start", 0.0, 1e7), default=0.0, metavar="S", help="first second shown (default: 0)")
    add("--duration", type=_within("duration", 0.01, 1e7), metavar="S",
        help="seconds shown (default: all of a recording of up to a minute, else one page)")
    add("--dpi", type=_within("dpi", *DPI), default=300.0, help="of png and svg, 50 to 1200 (default: 300)")
    return parser


def _formats(text: str) -> tuple[str, ...]:
    names = tuple(name.strip().lower() for name in text.split(","))
    for name in names:
        if name not in (*all_formats(), BENCHMARK):
            raise argparse.ArgumentTypeError(
                f"{name!r} is no format; choose among {', '.join((*all_formats(), BENCHMARK))}"
            )
    return names


def _leads(text: str) -> tuple[str, ...]:
    from mmae_core.readers.lead_names import standard_lead

    names = [standard_lead(name) for name in text.split(",")]
    if None in names:
        raise argparse.ArgumentTypeError(f"{text!r} does not name leads; write them as V1,II,V5")
    return tuple(name for name in names if name)


def _within(name: str, low: float, high: float) -> Callable[[str], float]:
    def number(text: str) -> float:
        try:
            value = float(text)
        except ValueError:
            value = float("nan")
        if not low <= value <= high:
            raise argparse.ArgumentTypeError(f"{text!r} is no {name}; it lies between {low:g} and {high:g}")
        return value

    return number


def _tell(done: int, total: int, name: str) -> None:
    if name:
        _print_to_stderr(f"{done + 1}/{total} {name}")


def _refuse(sentence: str, status: int) -> int:
    _print_to_stderr(f"ecg-viewer {NAME}: {sentence}")
    return status


def _print_to_stderr(line: str) -> None:
    print(line, file=sys.stderr, flush=True)

"""`ecg-viewer study new|run|report`: makes a reader study, runs it in the window, and says what came of it."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from ecg_viewer.jobs.study_jobs import gather_cases, read_truth_table
from ecg_viewer.state.review.events import new_id, now_text
from ecg_viewer.state.review.journal_schema import JournalError
from ecg_viewer.state.study.project import (
    DESIGNS,
    WASHOUT_DAYS,
    WRONG,
    Arm,
    Study,
    StudyError,
    read_study,
    write_study,
)
from ecg_viewer.state.study.report import study_report, write_report
from mmae_core.errors import EcgError
from mmae_core.files import os_words
from mmae_core.metrics.agreement import ROUNDS

ARM_WORDS = ("without", "with", "wrong")


def main(arguments: Sequence[str]) -> int:
    """Run `new` or `report`. Returns 0 for success, 1 for failure, 2 for invalid arguments."""
    options = parser().parse_args(arguments)
    try:
        return _new(options) if options.task == "new" else _report(options)
    except (StudyError, JournalError, EcgError) as error:
        print(f"ecg-viewer: {error}", file=sys.stderr)
        return 1
    except OSError as error:
        print(f"ecg-viewer: {os_words(error)}", file=sys.stderr)
        return 1
    except ValueError as error:
        print(f"ecg-viewer: {error}", file=sys.stderr)
        return 1


def refusal_to_run(project: Path, reader: str | None) -> str:
    """Why the window need not open: no study is there, or it has no such reader; empty if it can be run."""
    try:
        study = read_study(project).study
        if reader is not None:
            study.require_reader(reader)
    except OSError as error:
        return os_words(error)
    except (EcgError, ValueError) as error:
        return str(error)
    return ""


def arms_of(words: Sequence[str], wrong: str) -> tuple[Arm, ...]:
    """Arms by the words of the command; `wrong` is the kind of wrong heat. Raises ValueError for an unknown word."""
    heats = {"without": "none", "with": "own", "wrong": wrong}
    unknown = [word for word in words if word not in heats]
    if unknown:
        raise ValueError(f"arms are some of {', '.join(ARM_WORDS)}; found {unknown[0]!r}")
    return tuple(Arm(word, heats[word]) for word in words)  # type: ignore[arg-type]  # checked by Study


def _new(options: argparse.Namespace) -> int:
    from mmae_core.datasets.folder import find_records

    project: Path = options.file
    paths = find_records(options.recordings)
    truth = read_truth_table(options.truth) if options.truth else {}
    cases = gather_cases(paths, truth, project)
    study = Study(
        new_id(), options.name or project.stem, options.seed, options.design,
        arms_of([word.strip() for word in options.arms.split(",")], options.wrong),
        tuple(name.strip() for name in options.readers.split(",") if name.strip()), cases,
        not options.once, options.washout_days if options.design == "crossover" else 0, now_text(),
        f"the table {options.truth.name}" if options.truth else "",
    )
    write_study(study, project)
    known = sum(case.departs is not None for case in cases)
    print(f"{project}: {len(cases):,} recordings, truth known of {known:,}; readers {', '.join(study.readers)}; arms "
          f"{', '.join(arm.name for arm in study.arms)}.")
    return 0


def _report(options: argparse.Namespace) -> int:
    opened = read_study(options.file)
    report = study_report(opened, rounds=options.rounds)
    output = options.output or opened.path.with_name(f"{opened.path.stem}-report.json")
    html = options.html or output.with_suffix(".html")
    for path in write_report(report, output, html):
        print(f"wrote {path}")
    for line in report["warnings"]:
        print(line)
    return 0


def parser() -> argparse.ArgumentParser:
    """Of all three tasks; `run` is carried out by the program with its window."""
    found = argparse.ArgumentParser(
        prog="ecg-viewer study",
        description="Reader studies: recordings read without heat, with heat, and with deliberately wrong heat.",
        epilog="Research use only - not for diagnosis. Readers' decisions are kept in a folder beside the study's "
               "file, a journal for each (STUDY-results/01-name.sqlite3); journal --verify proves it.",
    )
    tasks = found.add_subparsers(dest="task", required=True)
    new = tasks.add_parser("new", help="write a project file")
    new.add_argument("file", type=Path, metavar="FILE", help="the project file to write (JSON)")
    new.add_argument("recordings", type=Path, nargs="+", metavar="RECORD", help="recordings, or folders of them")
    new.add_argument("--readers", required=True, help="names of the readers, with commas between")
    new.add_argument("--name", help="of the study (default: the file's name)")
    new.add_argument("--arms", default="without,with", help=f"some of {','.join(ARM_WORDS)} (default: %(default)s)")
    new.add_argument("--wrong", choices=WRONG, default="other recording",
                     help="what is shown in the arm wrong (default: %(default)s)")
    new.add_argument("--design", choices=DESIGNS, default="crossover",
                     help="crossover: each reader reads each recording in each arm; split: in one "
                          "(default: %(default)s)")
    new.add_argument("--once", action="store_true",
                     help="ask for one decision with the heat, instead of one before it and one with it")
    new.add_argument("--washout-days", type=int, default=WASHOUT_DAYS, metavar="N",
                     help="days that readers are asked to leave between periods of a crossover "
                          "(default: %(default)s)")
    new.add_argument("--seed", type=int, default=1, help="order and arms follow from it (default: %(default)s)")
    new.add_argument("--truth", type=Path, metavar="CSV", help="table with the columns recording and departs (1 or 0)")
    run = tasks.add_parser("run", help="read the next cases in the window")
    run.add_argument("file", type=Path, metavar="FILE", help="the project file")
    run.add_argument("--reader", help="who reads (default: asked in the window)")
    report = tasks.add_parser("report", help="each reader's accuracy, time and changed decisions as JSON and HTML")
    report.add_argument("file", type=Path, metavar="FILE", help="the project file")
    report.add_argument("--output", type=Path, metavar="JSON", help="default: FILE-report.json beside the file")
    report.add_argument("--html", type=Path, metavar="HTML", help="default: beside the JSON")
    report.add_argument("--rounds", type=int, default=ROUNDS, metavar="N",
                        help="bootstrap rounds of the intervals (default: %(default)s)")
    return found

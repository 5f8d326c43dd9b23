"""Work on the review journal as a whole: entries of other machines, agreement, conflicts."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ecg_viewer.state.job_protocols import Job, Report
from ecg_viewer.state.review.adjudication import Conflict, adjudication, conflicts
from ecg_viewer.state.review.agreement import agreement
from ecg_viewer.state.review.journal import Journal, journal_path
from ecg_viewer.state.review.journal_merge import Merged, import_journal, merge_journals


@dataclass(frozen=True)
class Imported:
    """Entries of another journal were taken over."""

    name: str
    merged: Merged


@dataclass(frozen=True)
class Exported:
    """The journal was written to a file that can be carried elsewhere."""

    path: Path
    n_entries: int


@dataclass(frozen=True)
class Agreed:
    """The figures, as `agreement` gives them."""

    document: dict[str, Any]


@dataclass(frozen=True)
class Conflicting:
    """What readers decided differently."""

    conflicts: tuple[Conflict, ...]


def import_job(path: Path) -> Job:
    """A job that takes over the entries of another machine's journal and sends `Imported`. Raises JournalError."""

    def run(report: Report) -> None:
        journal = Journal()
        try:
            journal.back_up(again=True)
            merged = import_journal(journal, path)
        finally:
            journal.close()
        report.send(Imported(path.name, merged))

    return run


def export_job(path: Path) -> Job:
    """A job that writes the journal to a new file with the chains that prove it, and sends `Exported`."""

    def run(report: Report) -> None:
        merged = merge_journals([journal_path()], path)
        report.send(Exported(path, merged.n_entries))

    return run


def agreement_job() -> Job:
    """A job that computes the agreement of all readers in the journal and sends `Agreed`."""

    def run(report: Report) -> None:
        report.send(Agreed(agreement(_events())))

    return run


def conflicts_job(settle: tuple[Conflict, str, str] | None = None) -> Job:
    """A job that settles a conflict (with a decision, by a name), if one is given, and sends `Conflicting`."""

    def run(report: Report) -> None:
        journal = Journal()
        try:
            if settle is not None:
                journal.append([adjudication(*settle)])
            report.send(Conflicting(conflicts(journal.all_events())))
        finally:
            journal.close()

    return run


def _events() -> tuple[Any, ...]:
    journal = Journal()
    try:
        return journal.all_events()
    finally:
        journal.close()

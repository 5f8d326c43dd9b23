"""The results of opening a recording."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ecg_viewer.state.problem import Problem
from ecg_viewer.state.records import RecordItem
from ecg_viewer.state.words.language import tr
from ecg_viewer.state.worklist.work_lists import WorkList
from mmae_core.record import EcgRecord


@dataclass(frozen=True)
class Opened:
    """A recording was read; `items` are all that the paths listed."""

    items: tuple[RecordItem, ...]
    item: RecordItem
    record: EcgRecord
    problems: tuple[str, ...] = ()
    """A sentence for each recording that could not be read on the way."""
    is_list: bool = False
    """Whether a folder, or a list of work, was opened: it takes the place of what is listed, unless that is to stay."""
    work: WorkList | None = None
    """The list of work, if one was opened alone."""

    @property
    def problem(self) -> Problem:
        """What could not be read on the way, and what is shown all the same."""
        n = len(self.problems)
        more = " " + tr("({n} recordings could not be opened.)").format(n=n) if n > 1 else ""
        here = " " + tr("{name} is shown.").format(name=self.item.name)
        return Problem(self.problems[0] + more + here, "\n\n".join(self.problems))


@dataclass(frozen=True)
class Undescribed:
    """Nothing was opened, because the file does not state all that is needed to show its numbers."""

    path: Path
    missing: frozenset[str]
    """Some of `rate`, `unit` and `leads`."""
    columns: tuple[str, ...]
    """Names of the columns in the file, empty where it has none."""


@dataclass(frozen=True)
class Hashed:
    """The SHA-256 of the open recording's files, which may take a while."""

    sha256: str

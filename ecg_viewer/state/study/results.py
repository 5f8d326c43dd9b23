"""What readers decided in a study: a journal for each of them beside the project file, and the next thing to do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from ecg_viewer.state.review.events import Event
from ecg_viewer.state.review.journal import Journal
from ecg_viewer.state.review.reads import Read
from ecg_viewer.state.study.project import OpenStudy, Study
from ecg_viewer.state.study.schedule import Task, tasks_of

Stage = Literal["before", "after", "only"]
"""A decision before the heat was shown, with it, or the only one of its case."""
NOT_THE_MODELS = "The heat shown was not that of this recording."
"""In every entry made with wrong heat, so that it is never taken for the model's."""


class StudyResults:
    """A reader's journal, open. Every decision is on the disk when `commit` returns; nothing can be taken back."""

    def __init__(self, opened: OpenStudy, reader: str) -> None:
        """Opens or makes the journal. Raises StudyError for a reader who is not in the study; JournalError."""
        opened.study.require_reader(reader)
        self.study = opened.study
        self.reader = reader
        self.tasks = tasks_of(opened.study, reader)
        self._journal = Journal(opened.journal_of(reader))
        self.reads = reads_in(self._journal, opened.study, reader)

    @property
    def next_step(self) -> tuple[Task, Stage] | None:
        """The case that is to be read now, and which of its decisions is due; None: everything is done."""
        for task in self.tasks:
            stages = stages_of(self.study, task)
            due = [stage for stage in stages if (task.number, stage) not in self.reads]
            if due:
                return task, due[0]
        return None

    @property
    def n_done(self) -> int:
        """Cases with all of their decisions."""
        return sum(all((task.number, stage) in self.reads for stage in stages_of(self.study, task))
                   for task in self.tasks)

    @property
    def n_wrong(self) -> int:
        """Cases in which wrong heat was shown and decided on."""
        return sum(task.arm.is_wrong and any((task.number, stage) in self.reads for stage in ("after", "only"))
                   for task in self.tasks)

    def begins_period(self, task: Task) -> bool:
        """Whether a case is the first of another period, before which readers are asked to pause."""
        return task.number > 0 and self.tasks[task.number - 1].period != task.period

    def commit(
        self, task: Task, stage: Stage, read: Read, *, model: str = "", heat_problem: str = ""
    ) -> None:
        """Keep a decision. `model` is the SHA-256 of the model whose heat was shown, `heat_problem` says why heat that
        was due was not shown. Raises ValueError for one that is not due; JournalError if it cannot be written."""
        if self.next_step != (task, stage):
            raise ValueError("this decision is not due: there is no way back in a study")
        payload = {**read.to_payload(), **_marks(self.study, task, stage)}
        if model:
            payload["model"] = model
        if heat_problem:
            payload["heat_missing"] = heat_problem
        case = self.study.cases[task.case]
        event = Event("study_read", case.sha256, self.reader, payload)
        self._journal.append([event])
        self.reads[task.number, stage] = Read.of(event)

    def close(self) -> None:
        """Close the journal."""
        self._journal.close()


def stages_of(study: Study, task: Task) -> tuple[Stage, ...]:
    """The decisions a case asks for."""
    return ("before", "after") if study.before_and_after and task.arm.heat != "none" else ("only",)


def reads_in(journal: Journal, study: Study, reader: str) -> dict[tuple[int, Stage], Read]:
    """What a journal holds of a reader's decisions in a study, the earliest of each; raises JournalError."""
    found: dict[tuple[int, Stage], Read] = {}
    for event in journal.events_of([case.sha256 for case in study.cases]):
        if event.kind != "study_read" or event.reviewer != reader or event.payload.get("study") != study.study_id:
            continue
        try:
            found.setdefault((int(event.payload["task"]), event.payload["stage"]), Read.of(event))
        except (KeyError, TypeError, ValueError):
            continue  # damaged: it is asked for again
    return found


def _marks(study: Study, task: Task, stage: Stage) -> Mapping[str, Any]:
    """In which study, arm and order a decision was made; what of it was not the model's word on the recording."""
    marks: dict[str, Any] = {
        "study": study.study_id, "task": task.number, "period": task.period, "stage": stage, "arm": task.arm.name,
        "heat": "none" if stage == "before" else task.arm.heat,
    }
    if task.arm.is_wrong and stage != "before":
        marks["wrong_heat"] = NOT_THE_MODELS
        marks["heat_of"] = study.cases[task.donor].sha256
        if task.leads is not None:
            marks["lead_order"] = list(task.leads)
    return marks

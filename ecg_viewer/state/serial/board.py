"""The recordings of one patient in time order, and the two of them that are compared."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from ecg_viewer.state.job_protocols import Failed, Finished, Job, Lane, Stopped
from ecg_viewer.state.records import RecordItem
from ecg_viewer.state.session import Session
from ecg_viewer.state.signal import Signal
from ecg_viewer.state.worklist.results import VERDICTS, Results
from ecg_viewer.state.worklist.worklist import Worklist
from mmae_core.record import EcgRecord

if TYPE_CHECKING:
    from mmae_core.serial.compare import SerialComparison
    from mmae_core.serial.serial_ecg import SerialEcg
    from mmae_core.serial.two_references import ReferenceRow

Basis = Literal["table", "identity", "chosen"]
"""How recordings were found to be of one patient: the data set's table, what their files state, or by the reader."""
MOST = 60
"""Recordings shown at most; of more of a patient the first ones."""
MakeJob = Callable[[Sequence[RecordItem], RecordItem | None, EcgRecord | None], Job]


@dataclass(frozen=True)
class PatientFound:
    """The recordings of the patient whose recording is open, that one included."""

    items: tuple[RecordItem, ...]
    basis: Basis


@dataclass(frozen=True)
class SerialRead:
    """One of them was measured."""

    path: Path
    ecg: SerialEcg


@dataclass(frozen=True)
class SerialProblem:
    """One of them cannot be read."""

    path: Path
    message: str


@dataclass(frozen=True)
class SerialEntry:
    """One recording of the patient."""

    item: RecordItem
    ecg: SerialEcg | None = None
    """None: not measured yet."""
    problem: str = ""
    """Why it cannot be."""

    @property
    def recorded_at(self) -> datetime | None:
        """None: not known, or not yet."""
        return self.item.recorded_at if self.ecg is None else self.ecg.recorded_at


class SerialBoard:
    """Gathers the patient's recordings on a thread, once it is asked to; compares two of them."""

    def __init__(self, session: Session, worklist: Worklist, lane: Lane, make_job: MakeJob) -> None:
        """`make_job` sends `PatientFound`, then `SerialRead` or `SerialProblem` for each."""
        self.changed: Signal[()] = Signal()
        """The recordings, what is known of them, or which two are compared."""
        self._session, self._worklist, self._lane, self._make_job = session, worklist, lane, make_job
        self._entries: dict[Path, SerialEntry] = {}
        self._basis: Basis = "chosen"
        self._open: Path | None = None
        self._chosen: tuple[Path, Path] | None = None
        self._compared: SerialComparison | None = None
        self._rows: tuple[ReferenceRow, ...] = ()
        self._is_running = False
        self._message = ""
        session.record_changed.connect(self._forget)
        session.assessment_changed.connect(self._take_facts)

    @property
    def entries(self) -> tuple[SerialEntry, ...]:
        """The earliest first; those without a date at the end."""
        return tuple(sorted(self._entries.values(), key=lambda entry: (
            entry.recorded_at is None, entry.recorded_at or datetime.min)))

    @property
    def basis(self) -> Basis:
        """How they were found."""
        return self._basis

    @property
    def is_running(self) -> bool:
        """Whether recordings are still looked for or measured."""
        return self._is_running

    @property
    def message(self) -> str:
        """Why they could not be gathered; empty if they could."""
        return self._message

    @property
    def earlier(self) -> SerialEntry | None:
        """The recording that the later one is compared with; None while there is only one."""
        return None if self._pair is None else self._entries[self._pair[0]]

    @property
    def later(self) -> SerialEntry | None:
        """The recording that is compared: the open one unless another was chosen."""
        return None if self._pair is None else self._entries[self._pair[1]]

    @property
    def comparison(self) -> SerialComparison | None:
        """Of both; None until both are measured."""
        return self._compared

    @property
    def references(self) -> tuple[ReferenceRow, ...]:
        """What the later one departs from: normals, the earlier one, or both."""
        return self._rows

    @property
    def is_later_open(self) -> bool:
        """Whether the later one is the open recording, so that its heat is known."""
        later = self.later
        return later is not None and later.item.path == self._open

    def gather(self) -> None:
        """Look for the recordings of the patient whose recording is open, unless that is done."""
        item, record = self._session.item, self._session.record
        if item is None or record is None or self._session.is_hidden or self._open == item.path:
            return
        self._open = item.path
        records = self._session.records
        self._submit(self._make_job(tuple(records[row] for row in range(len(records))), item, record))

    def add(self, items: Iterable[RecordItem]) -> None:
        """Take further recordings in that the reader chose; whose they are is the reader's word."""
        new = [one for one in items if one.path not in self._entries]
        if not new or self._session.is_hidden:
            return
        waiting = [entry.item for entry in self._entries.values() if entry.ecg is None and not entry.problem]
        self._basis = "chosen"
        for one in new:
            self._entries[one.path] = SerialEntry(one)
        self._submit(self._make_job((*waiting, *new), None, None))

    def choose(self, earlier: Path, later: Path) -> None:
        """Compare these two, in the order of their dates where both are known. Raises KeyError for others."""
        first, second = self._entries[earlier], self._entries[later]
        if first.recorded_at is not None and second.recorded_at is not None and first.recorded_at > second.recorded_at:
            first, second = second, first
        if first is not second:
            self._chosen = first.item.path, second.item.path
            self._compare()
            self.changed.emit()

    def percentile(self, entry: SerialEntry) -> float:
        """Of the recording among normal ECGs, by the model in use; NaN if it was not scored or does not count."""
        results: Results = self._worklist.results
        row = self._worklist.columns.row_of.get(entry.item.path)
        if row is None or results.verdict[row] == VERDICTS.index("poor"):
            return math.nan
        return float(results.percentile[row])

    @property
    def _pair(self) -> tuple[Path, Path] | None:
        if self._chosen is not None and all(path in self._entries for path in self._chosen):
            return self._chosen
        order = [entry.item.path for entry in self.entries if not entry.problem]
        if len(order) < 2 or self._open not in order:
            return None
        place = order.index(self._open)
        return (order[place - 1], order[place]) if place else (order[0], order[1])

    def _submit(self, job: Job) -> None:
        self._is_running, self._message = True, ""

        def receive(event: object) -> None:
            if isinstance(event, PatientFound):
                self._basis = event.basis
                self._entries = {item.path: SerialEntry(item) for item in event.items[:MOST]}
            elif isinstance(event, SerialRead) and event.path in self._entries:
                self._entries[event.path] = replace(self._entries[event.path], ecg=event.ecg)
                self._compare()
            elif isinstance(event, SerialProblem) and event.path in self._entries:
                self._entries[event.path] = replace(self._entries[event.path], problem=event.message)
            elif isinstance(event, Failed):
                self._message = event.message
            if isinstance(event, Finished | Stopped | Failed):
                self._is_running = False
            self.changed.emit()

        self._lane.submit(job, receive)
        self.changed.emit()

    def _compare(self) -> None:
        from mmae_core.serial.compare import compare

        first, second = self.earlier, self.later
        if first is None or second is None or first.ecg is None or second.ecg is None:
            self._compared, self._rows = None, ()
            return
        known = self._compared
        if known is None or known.earlier is not first.ecg or known.later is not second.ecg:
            self._compared = compare(first.ecg, second.ecg)
        self._refer()

    def _refer(self) -> None:
        """Sort every departure by its reference; those of the model's map too, where the later one is open."""
        from mmae_core.serial.two_references import in_order, of_fact, two_references

        compared = self._compared
        if compared is not None:
            facts = self._session.assessment.layers.facts.values() if self.is_later_open else ()
            of_model = [of_fact(fact, compared) for fact in facts if fact.layer == "model"]
            self._rows = in_order((*two_references(compared), *of_model))

    def _take_facts(self) -> None:
        if self.is_later_open and self._compared is not None and not self._session.assessment.phase.is_running:
            self._refer()
            self.changed.emit()

    def _forget(self) -> None:
        """Another recording is open: its patient's recordings are kept if it is one of them."""
        item = self._session.item
        self._chosen = None
        if item is not None and item.path in self._entries and not self._session.is_hidden:
            self._open = item.path
            self._compare()
        else:
            self._entries, self._open, self._compared, self._rows, self._basis = {}, None, None, (), "chosen"
        self.changed.emit()

"""Runs the model in a process of its own, which is started before all else and imports PyTorch meanwhile.

On two cores the first heat then comes a third sooner, because the window and the imports do not wait for each
other; nor does the window's thread wait for Python's lock while the model runs. What else was tried is in
`docs/develop/start.md`. The numbers are the same: the process runs `ModelScorer`.
"""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

from ecg_viewer.jobs.model_messages import (
    Ask,
    Done,
    Logged,
    Method,
    Preview,
    Raised,
    SamplesRead,
    SamplesWanted,
    Stop,
    picklable,
    without_samples,
)
from ecg_viewer.jobs.process_line import Gone, ModelProcess, ProcessLine
from ecg_viewer.jobs.scoring import ModelScorer, Scorer, layers_or_reason
from ecg_viewer.state.assessment import ModelInfo
from ecg_viewer.state.job_protocols import ProcessEnded
from ecg_viewer.state.layers import StretchLayers
from ecg_viewer.state.measure.details import Details
from ecg_viewer.state.words.language import translatable
from mmae_core.assessment import AnomalyMap, Finding
from mmae_core.errors import Cancelled, EcgError
from mmae_core.intervals.results import Examination
from mmae_core.messages import Message
from mmae_core.record import EcgRecord

_log = logging.getLogger("ecg_viewer.jobs.model_process")

ASKED_EVERY_S = 0.02
"""How often a running call is asked whether it shall stop."""


class MainScorer(Scorer, Protocol):
    """The scorer of the main window, to be closed with it."""

    def close(self) -> None:
        """End what was started for it; calls that come later raise Cancelled."""


class InThisProcess(ModelScorer):
    """The model in the window's process."""

    def close(self) -> None:
        """Leave everything to the end of the program."""


def scorer_of_the_window(device: str, ahead: ModelProcess | None = None) -> MainScorer:
    """A scorer in a process of its own, `ahead` if one is started; in this process on Windows."""
    return ProcessScorer(device, ahead) if os.name == "posix" else InThisProcess(device)


class ProcessScorer:
    """A `Scorer` and `Measurer` whose calls run in another process, one at a time; without `ahead` it is started on
    first use.
    """

    def __init__(self, device: str = "auto", ahead: ModelProcess | None = None) -> None:
        self._device = device
        self._ahead = ahead
        self._process: ModelProcess | None = None
        self._loaded_in: ModelProcess | None = None
        """The process that has loaded a model."""
        self._number = 0
        self._lock = threading.Lock()
        """Held while a call runs."""
        self._is_closed = False

    def close(self) -> None:
        """End the process, whatever it does; calls that run or come after this raise Cancelled."""
        self._is_closed = True
        for process in (self._process, self._ahead):
            if process is not None:
                process.end()

    @property
    def pid(self) -> int | None:
        """The number of the process that has been asked something, if it runs."""
        return None if self._process is None else self._process.pid

    def load(self, model: str | None) -> ModelInfo:
        info: ModelInfo = self._ask("load", (model,))
        return info

    def assess(
        self, record: EcgRecord, start_s: float, end_s: float, should_stop: Callable[[], bool],
        preview: Callable[[AnomalyMap], None] | None = None,
    ) -> tuple[AnomalyMap, tuple[Finding, ...]]:
        found: tuple[AnomalyMap, tuple[Finding, ...]]
        found = self._ask("assess", (start_s, end_s), record, should_stop, preview)
        return found

    def layers(
        self, record: EcgRecord, anomaly_map: AnomalyMap, findings: tuple[Finding, ...],
        should_stop: Callable[[], bool],
    ) -> StretchLayers | None:
        def read() -> StretchLayers:
            found: StretchLayers = self._ask("layers", (anomaly_map, findings), record, should_stop)
            return found

        return layers_or_reason(read, record, anomaly_map, findings)

    def examine(
        self, record: EcgRecord, start_s: float, duration_s: float, should_stop: Callable[[], bool]
    ) -> Examination:
        """As `mmae_core.intervals.measure.examine_record`."""
        found: Examination = self._ask("examine", (start_s, duration_s), record, should_stop)
        return found

    def details(self, record: EcgRecord, examination: Examination) -> Details:
        """As `ecg_viewer.jobs.lead_details.details_of`."""
        found: Details = self._ask("details", (examination,), record)
        return found

    def describe(self, folder: Path) -> ModelInfo:
        info: ModelInfo = self._ask("describe", (folder,))
        return info

    def _ask(
        self, method: Method, arguments: tuple[Any, ...], record: EcgRecord | None = None,
        should_stop: Callable[[], bool] = lambda: False, preview: Callable[[AnomalyMap], None] | None = None,
    ) -> Any:
        """What the method returns or raises there.

        A process that has ended is replaced once for all but `assess`, which needs the model that was loaded. Raises
        ProcessEnded if it ends otherwise, Cancelled after `close`.
        """
        with self._lock:
            try:
                answer = self._asked(method, arguments, record, should_stop, preview)
            except ProcessEnded:
                if method == "assess":
                    raise
                answer = self._asked(method, arguments, record, should_stop, preview)
        if isinstance(answer, Raised):
            raise answer.error
        return answer.value

    def _asked(
        self, method: Method, arguments: tuple[Any, ...], record: EcgRecord | None,
        should_stop: Callable[[], bool], preview: Callable[[AnomalyMap], None] | None,
    ) -> Done | Raised:
        process = self._started()
        if method == "assess" and self._loaded_in is not process:
            raise _ended("")  # while another call ran
        self._number += 1
        bare = None if record is None else without_samples(record)
        try:
            process.line.send(Ask(self._number, self._device, method, arguments, bare, preview is not None))
            answer = self._answer(process.line, record, should_stop, preview)
        except BaseException as error:
            self._process = None
            status = process.end_and_tell()  # it may still be at a call that nobody waits for
            if self._is_closed:
                raise Cancelled("The program ends.") from error
            if not isinstance(error, Gone):
                raise
            _log.error("the model's process ended: %s", status)
            raise _ended(status) from error
        if method == "load":
            self._loaded_in = process if isinstance(answer, Done) else None
        return answer

    def _answer(
        self, line: ProcessLine, record: EcgRecord | None, should_stop: Callable[[], bool],
        preview: Callable[[AnomalyMap], None] | None,
    ) -> Done | Raised:
        is_told = False
        while True:
            while not line.has_message(ASKED_EVERY_S):
                if not is_told and should_stop():
                    line.send(Stop(self._number))
                    is_told = True
            match line.receive():
                case SamplesWanted() as wanted:
                    assert record is not None, "only calls about a record read samples"
                    line.send(_samples(record, wanted))
                case Preview(anomaly_map):
                    assert preview is not None, "previews are sent to who wants them"
                    preview(anomaly_map)
                case Logged(logger, level, text):
                    logging.getLogger(logger).log(level, "%s", text)
                case Done() | Raised() as answer:
                    return answer

    def _started(self) -> ModelProcess:
        """The process, started if there is none. Raises EcgError if it cannot be, Cancelled after `close`."""
        if self._process is None and not self._is_closed:
            try:
                self._process, self._ahead = self._ahead or ModelProcess(), None
            except OSError as error:
                raise EcgError(Message(translatable("The process that runs the model could not be started: {reason}."),
                                       reason=error.strerror or str(error))) from error
        process = self._process
        if self._is_closed or process is None:  # perhaps since it was started
            self.close()
            raise Cancelled("The program ends.")
        return process


def _ended(status: str) -> ProcessEnded:
    what = Message(translatable("The process that runs the model ended unexpectedly ({status}). Open the recording "
                                "again to start another one."), status=status)
    again = Message(translatable("The process that runs the model was replaced meanwhile. Open the recording again."))
    return ProcessEnded(what if status else again)


def _samples(record: EcgRecord, wanted: SamplesWanted) -> SamplesRead:
    read = record.read if wanted.rows == "leads" else record.read_extra
    try:
        return SamplesRead(read(wanted.first, wanted.end))
    except Exception as error:  # noqa: BLE001 - it is raised where they are wanted, and comes back from there
        return SamplesRead(None, picklable(error))

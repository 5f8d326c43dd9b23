"""The process in which the window's model runs.

It imports PyTorch and what an assessment needs, then answers what comes over its standard input, a socket, until that
is closed.
"""

from __future__ import annotations

import contextlib
import gc
import logging
import os
import signal
import sys
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any

from ecg_viewer import diagnostics
from ecg_viewer.diagnostics import fault_summary
from ecg_viewer.jobs.model_messages import (
    Ask,
    Done,
    Logged,
    Preview,
    Raised,
    Rows,
    SamplesRead,
    SamplesWanted,
    Stop,
    told_elsewhere,
    with_samples,
)
from ecg_viewer.jobs.process_line import Gone, ProcessLine
from ecg_viewer.jobs.scoring import ModelScorer, Scorer, layers_of
from ecg_viewer.jobs.torch_start import import_torch, without_garbage_collection
from mmae_core.assessment import AnomalyMap
from mmae_core.record import FloatArray

STANDARD_INPUT = 0


class Server:
    """Answers one call after the other."""

    def __init__(self, line: ProcessLine, make_scorer: Callable[[str], Scorer]) -> None:
        """`make_scorer` is given the device."""
        self._line = line
        self._make_scorer = make_scorer
        self._scorer: Scorer | None = None
        self._number = 0
        self._is_stopped = False

    def serve(self) -> None:
        """Answer until the window's process is gone. Raises Gone then."""
        while True:
            message = self._line.receive()
            if isinstance(message, Ask):  # a `Stop` that comes too late concerns nothing
                self._number, self._is_stopped = message.number, False
                self._send(self._answer(message))

    def _send(self, answer: Done | Raised) -> None:
        try:
            self._line.send(answer)
        except Gone:
            raise
        except Exception as error:  # noqa: BLE001 - what cannot be pickled is told as well
            self._line.send(Raised(RuntimeError(f"{type(error).__name__} while an answer was sent")))

    def _answer(self, ask: Ask) -> Done | Raised:
        try:
            return Done(self._call(ask))
        except Gone:
            raise
        except Exception as error:  # noqa: BLE001 - it is raised in the window's process
            return Raised(told_elsewhere(error))

    def _call(self, ask: Ask) -> Any:
        scorer = self._scorer = self._scorer or self._make_scorer(ask.device)
        if ask.record is None:
            return scorer.load(*ask.arguments) if ask.method == "load" else scorer.describe(*ask.arguments)
        record = with_samples(ask.record, self._read)
        if ask.method == "layers":
            anomaly_map, findings = ask.arguments
            return layers_of(record, anomaly_map, findings, self._should_stop)
        if ask.method == "details":
            from ecg_viewer.jobs.lead_details import details_of

            return details_of(record, *ask.arguments)
        if ask.method == "examine":
            from mmae_core.intervals.measure import examine_record

            start_s, duration_s = ask.arguments
            return examine_record(record, start_s, duration_s, self._should_stop)
        start_s, end_s = ask.arguments
        preview = self._preview if ask.wants_preview else None
        return scorer.assess(record, start_s, end_s, self._should_stop, preview)

    def _preview(self, anomaly_map: AnomalyMap) -> None:
        self._line.send(Preview(anomaly_map))

    def _should_stop(self) -> bool:
        while not self._is_stopped and self._line.has_message():
            self._hear(self._line.receive())
        return self._is_stopped

    def _read(self, rows: Rows, first: int, end: int) -> FloatArray:
        self._line.send(SamplesWanted(rows, first, end))
        while not isinstance(message := self._line.receive(), SamplesRead):
            self._hear(message)
        if message.error is not None:
            raise message.error
        assert message.values is not None, "samples or an error"
        return message.values

    def _hear(self, message: object) -> None:
        if isinstance(message, Stop) and message.number == self._number:
            self._is_stopped = True


class _ToTheWindow(logging.Handler):
    """Sends lines to the window's log; of an exception the kind and the place alone, as everything logged there."""

    def __init__(self, send: Callable[[object], None]) -> None:
        super().__init__(logging.INFO)
        self._send = send

    def emit(self, record: logging.LogRecord) -> None:
        text = record.getMessage()
        if record.exc_info is not None and record.exc_info[1] is not None:
            text += "\n" + fault_summary(record.exc_info[1])
        with contextlib.suppress(Gone):
            self._send(Logged(record.name, record.levelno, text))


def main() -> int:
    """Serve; 0 once the window's process has closed its end."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C in a terminal reaches this process too
    diagnostics.record_crashes()
    line = ProcessLine(Connection(STANDARD_INPUT))
    gc.enable()  # it was started without, as nothing imported is garbage
    with without_garbage_collection(), contextlib.suppress(Exception):  # what is missing is told when it is asked for
        import_torch()

        import mmae_core.layers
        import mmae_core.scoring.assessor
        import mmae_core.scoring.findings  # noqa: F401
    logging.getLogger("ecg_viewer").addHandler(_ToTheWindow(line.send))
    with contextlib.suppress(Gone):
        Server(line, ModelScorer).serve()
    os._exit(0)  # nothing is to be saved, and PyTorch's own end takes a tenth of a second


if __name__ == "__main__":
    sys.exit(main())

"""A worker thread that runs one job after another and reports to the thread it was made on."""

from __future__ import annotations

import atexit
import itertools
import logging
import queue
import threading
import traceback
from collections.abc import Callable, Iterable

from PySide6.QtCore import QObject, Qt, QThread, Signal, Slot

from ecg_viewer.diagnostics import fault_summary
from ecg_viewer.state.job_protocols import Failed, Finished, Job, ProcessEnded, Report, Stopped
from ecg_viewer.state.words.error_words import details_of, sentence_of
from ecg_viewer.state.words.language import tr
from mmae_core.errors import Cancelled, EcgError, UnsupportedRecord

_log = logging.getLogger("ecg_viewer.worker")

LAST_WAIT_MS = 5_000
"""For a job to notice that it shall stop, at the end of the program."""
_numbers = itertools.count(1)
_running: set[_Thread] = set()
"""A thread object that is collected while its thread runs would end the program."""


class _Request(Report):
    """One job with its number; the report the job is given, and the ticket its sender holds."""

    def __init__(self, job: Job, reported: Callable[[int, object], None]) -> None:
        self.number = next(_numbers)
        self.job = job
        self._reported = reported
        self._stop = threading.Event()

    def send(self, event: object) -> None:
        if not self._stop.is_set():
            self._reported(self.number, event)

    def end(self, event: object) -> None:
        self._reported(self.number, event)

    def stopped(self) -> bool:
        return self._stop.is_set()

    def cancel(self) -> None:
        self._stop.set()


class _Thread(QThread):
    reported = Signal(int, object)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.requests: queue.SimpleQueue[_Request | None] = queue.SimpleQueue()
        self._running: _Request | None = None
        self._is_ending = False

    def run(self) -> None:
        while (request := self.requests.get()) is not None:
            self._running = request
            if self._is_ending:
                request.cancel()
            request.end(_outcome(request))

    def give_up(self) -> None:
        """Ask what runs and what waits to stop, and end then."""
        self._is_ending = True
        if self._running is not None:
            self._running.cancel()
        self.requests.put(None)


def _end_with_the_program() -> None:
    """Of lanes that nobody closed, as those of a window that was dropped: their threads end before their objects do,
    which otherwise aborts the process ("Destroyed while thread is still running")."""
    left = tuple(_running)
    for thread in left:
        thread.give_up()
    for thread in left:
        thread.wait(LAST_WAIT_MS)


atexit.register(_end_with_the_program)


class WorkerLane(QObject):
    """Implements `state.jobs.Lane` with a thread, which starts at the first request.

    Requests are numbered. A new one asks the one before to stop, and whatever that one still reports is dropped.
    """

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thread = _Thread(name)
        # Queued always: results reach `receive` on this object's thread, also if a job reports from a third one.
        self._thread.reported.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._current: _Request | None = None
        self._receive: Callable[[object], None] | None = None
        self._is_closed = False

    def submit(self, job: Job, receive: Callable[[object], None]) -> _Request:
        """Run `job`; what it reports goes to `receive` on this thread. Raises RuntimeError after `close`."""
        if self._is_closed:
            raise RuntimeError("the worker was closed")
        if self._current is not None:
            self._current.cancel()
        request = _Request(job, self._thread.reported.emit)
        self._current, self._receive = request, receive
        self._thread.requests.put(request)
        if not self._thread.isRunning():
            _running.add(self._thread)
            self._thread.start()
        return request

    @property
    def is_busy(self) -> bool:
        """Whether a request is waiting or running."""
        return self._current is not None

    @property
    def is_running(self) -> bool:
        """Whether the thread exists."""
        return self._thread.isRunning()

    def ask_to_stop(self) -> None:
        """Deliver nothing any more and let the thread end as soon as its job notices."""
        if self._is_closed:
            return
        self._is_closed = True
        if self._current is not None:
            self._current.cancel()
        self._current = self._receive = None
        self._thread.requests.put(None)

    def close(self) -> None:
        """Ask the thread to stop and wait until it has; it is never terminated, which could corrupt the program."""
        self.ask_to_stop()
        self._thread.wait()
        _running.discard(self._thread)

    @Slot(int, object)
    def _deliver(self, number: int, event: object) -> None:
        current, receive = self._current, self._receive
        if current is None or receive is None or current.number != number:
            return
        if isinstance(event, Finished | Stopped | Failed):
            self._current = self._receive = None
        elif current.stopped():
            return
        receive(event)


def close_all(lanes: Iterable[WorkerLane]) -> None:
    """Ask all of them to stop, then wait for each, so that they stop in parallel."""
    asked = tuple(lanes)
    for lane in asked:
        lane.ask_to_stop()
    for lane in asked:
        lane.close()


def _outcome(request: _Request) -> Finished | Stopped | Failed:
    """Run a job to its end. Whatever it raises is reported to its sender, and the thread survives."""
    if request.stopped():
        return Stopped()
    try:
        request.job(request)
    except Cancelled:
        return Stopped()
    except EcgError as error:
        _log.info("a request ended with %s", type(error).__name__)
        details = "\n\n".join(filter(None, (details_of(error), traceback.format_exc())))
        return Failed(sentence_of(error), details, True, isinstance(error, UnsupportedRecord),
                      isinstance(error, ProcessEnded))
    except MemoryError:
        _log.error("a request ran out of memory")
        return Failed(tr("There is not enough memory for this. Close other programs and try again."), "", True)
    except Exception as error:  # noqa: BLE001  # reported to the window and the log
        _log.error("a request failed: %s", fault_summary(error))
        message = tr("Something went wrong inside the program ({kind}). The window can still be used.")
        return Failed(message.format(kind=type(error).__name__), traceback.format_exc(), False)
    return Finished()

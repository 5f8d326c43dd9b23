"""Measuring as a job for a worker, done in a process beside the window's.

Measuring imports SciPy's signal processing and is much Python, both of which hold the interpreter's lock, in which the
paper would stand still; in another process it costs the window nothing.
"""

from __future__ import annotations

import atexit
import contextlib
import itertools
import os
import pickle
import queue
import signal
import subprocess
import sys
import threading
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from ecg_viewer.state.jobs import Job, Report
from ecg_viewer.state.language import tr
from mmae_core.errors import Cancelled, EcgError
from mmae_core.intervals.stretch import Stretch, read_stretch
from mmae_core.record import EcgRecord

if TYPE_CHECKING:
    from mmae_core.intervals.results import Examination

OPTION = "--measuring-process"
"""As the first argument of the program: be the other process."""
POLL_S = 0.02
"""How soon a request that nobody waits for any more is given up."""
NICENESS = 5
"""Where the system knows such a thing: heat and paper go first."""

ShouldStop = Callable[[], bool]


class MeasuringFailed(EcgError):
    """The process beside the window could not be started, or ended before its answer."""


def command() -> list[str]:
    """How this program is started as the other process, also when it is one frozen file.

    `-P` keeps the working folder, which may be one of recordings from anywhere, from being imported from.
    """
    if getattr(sys, "frozen", False):
        return [sys.executable, OPTION]
    return [sys.executable, "-P", "-m", "ecg_viewer", OPTION]


@dataclass
class _Peer:
    """A running process; its answers are read on a thread, as no system's pipes can all be waited for with a limit."""

    process: subprocess.Popen[bytes]
    answers: queue.SimpleQueue[tuple[int, Any] | None] = field(default_factory=queue.SimpleQueue)
    """Number and outcome; None when it has ended."""

    def read(self) -> None:
        assert self.process.stdout is not None
        with self.process.stdout as pipe:
            while (answer := _receive(pipe)) is not None:
                self.answers.put(answer)
        self.answers.put(None)

    def end(self) -> None:
        self.process.kill()
        self.process.wait()
        assert self.process.stdin is not None
        with contextlib.suppress(OSError):  # what it did not read any more
            self.process.stdin.close()


class MeasuringProcess:
    """A process that examines one stretch after another; it is started by the first and kept for the next.

    A new request ends the one before. When this process is gone, by whatever death, the other one ends by itself.
    """

    def __init__(self, arguments: Sequence[str] | None = None) -> None:
        """`arguments` start the process, if not those of this program."""
        self._arguments = arguments
        self._numbers = itertools.count(1)
        self._lock = threading.Lock()
        self._peer: _Peer | None = None

    @property
    def pid(self) -> int | None:
        """Of the other process; None while there is none."""
        peer = self._peer
        return None if peer is None or peer.process.poll() is not None else peer.process.pid

    def examine(self, stretch: Stretch, stopped: ShouldStop) -> Examination:
        """What was measured. Raises Cancelled once `stopped` says so, MeasuringFailed if the process is lost."""
        with self._lock:
            peer, number = self._ask(stretch)
            outcome = _await(peer, number, stopped)
        if isinstance(outcome, EcgError):
            raise outcome
        if isinstance(outcome, str):
            raise RuntimeError(f"measuring failed in its process:\n{outcome}")
        examination: Examination = outcome
        return examination

    def close(self) -> None:
        """End the process at once; who waits for an answer hears that there is none. A new request starts it again."""
        peer, self._peer = self._peer, None
        if peer is not None:
            peer.end()

    def _ask(self, stretch: Stretch) -> tuple[_Peer, int]:
        if self.pid is None:
            self.close()
            self._start()
        peer, number = self._peer, next(self._numbers)
        if peer is None:  # closed meanwhile
            raise Cancelled("measuring was stopped")
        try:
            assert peer.process.stdin is not None
            _send(peer.process.stdin, (number, stretch))
        except (OSError, ValueError) as error:
            raise _lost() from error
        return peer, number

    def _start(self) -> None:
        own = str(Path(__file__).parents[1])  # known to this process perhaps only as its working folder
        environment = dict(os.environ, PYTHONPATH=os.pathsep.join([path for path in sys.path if path] + [own]))
        try:
            process = subprocess.Popen(
                self._arguments or command(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment,
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )
        except OSError as error:
            raise _lost() from error
        peer = _Peer(process)
        threading.Thread(target=peer.read, name="measuring answers", daemon=True).start()
        self._peer = peer


def _await(peer: _Peer, number: int, stopped: ShouldStop) -> Any:
    while not stopped():
        try:
            answer = peer.answers.get(timeout=POLL_S)
        except queue.Empty:
            continue
        if answer is None:
            raise _lost()
        if answer[0] == number:
            return answer[1]
    raise Cancelled("measuring was stopped")


def _lost() -> MeasuringFailed:
    return MeasuringFailed(tr("Measuring ended unexpectedly. Measure again to try once more."))


PROCESS = MeasuringProcess()
"""One for the program, as one window measures one stretch at a time."""
atexit.register(PROCESS.close)


def examine_job(record: EcgRecord, start_s: float, duration_s: float) -> Job:
    """Measure a stretch of a recording; sends one `Examination`."""

    def job(report: Report) -> None:
        report.send(PROCESS.examine(read_stretch(record, start_s, duration_s), report.stopped))

    return job


def serve() -> int:
    """Be the other process: answer until nobody asks any more. Returns the exit status."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # concerns the window, with which this process ends
    if hasattr(os, "nice"):
        os.nice(NICENESS)
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what a library prints is no answer
    requests: queue.SimpleQueue[tuple[int, Any] | None] = queue.SimpleQueue()

    def read() -> None:
        while (request := _receive(sys.stdin.buffer)) is not None:
            requests.put(request)
        requests.put(None)

    threading.Thread(target=read, daemon=True).start()
    while (request := requests.get()) is not None:
        number, stretch = request
        outcome = _outcome(stretch, lambda: not requests.empty())
        try:
            _send(answers, (number, outcome))
        except OSError:
            break
    return 0


def _outcome(stretch: Stretch, should_stop: ShouldStop) -> object:
    """An `Examination`, an `EcgError`, or the traceback of anything else; nobody waits any more for one cancelled."""
    try:
        from mmae_core.intervals.measure import examine_signal

        return examine_signal(stretch.mv, stretch.rate_hz, stretch.lead_names, stretch.start_s, should_stop)
    except EcgError as error:
        return error
    except Exception:  # noqa: BLE001 - told to the window, as of any job
        return traceback.format_exc()


def _send(pipe: IO[bytes], message: object) -> None:
    pickle.dump(message, pipe, pickle.HIGHEST_PROTOCOL)
    pipe.flush()


def _receive(pipe: IO[bytes]) -> tuple[int, Any] | None:
    """The next message; None at the end, also an end within a message."""
    try:
        message: tuple[int, Any] = pickle.load(pipe)  # noqa: S301 - of this program's other process, on its own pipe
    except (EOFError, OSError, ValueError, pickle.UnpicklingError):
        return None
    return message

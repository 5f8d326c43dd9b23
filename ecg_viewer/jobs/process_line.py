"""Starts the model's process, whose standard input is the line to it.

The standard library alone, so that this can be done before all else.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import weakref
from collections.abc import Sequence
from multiprocessing import Pipe
from multiprocessing.connection import Connection

MODULE = "ecg_viewer.jobs.model_process_main"
ENDING_S = 0.05
"""For a process whose connection is gone to end by itself, so that its own status is told."""
WITHOUT_WINDOW = (["export"], ["journal"], ["study"])
"""First arguments; `study run` shows a window, whose model is another."""
SAYING = frozenset(("-h", "--help", "--version"))
LAST_WAIT_S = 2.0
"""For a killed process to be gone."""


class Gone(Exception):
    """The process at the other end has ended, or has closed its end."""


class ProcessLine:
    """One end of the connection; every failure of the connection itself is `Gone`.

    Messages are pickled, which is safe here: both ends are this program, and nobody else can reach them.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def send(self, message: object) -> None:
        """Send it whole. Raises Gone."""
        try:
            self._connection.send(message)
        except OSError as error:
            raise Gone from error

    def receive(self) -> object:
        """Wait for a message. Raises Gone."""
        try:
            return self._connection.recv()
        except (EOFError, OSError) as error:
            raise Gone from error

    def has_message(self, wait_s: float = 0.0) -> bool:
        """Whether there is one, after waiting at most that long; also true when the other end is gone. Raises Gone."""
        try:
            return self._connection.poll(wait_s)
        except OSError as error:
            raise Gone from error


class ModelProcess:
    """A process of the model, which imports what it needs, and this end of its line."""

    def __init__(self) -> None:
        """Raises OSError if it cannot be started."""
        ours, theirs = Pipe()
        with theirs:
            self._popen = subprocess.Popen(_command(), stdin=theirs.fileno(), stdout=subprocess.DEVNULL)
        self.line = ProcessLine(ours)
        self._kill = weakref.finalize(self, self._popen.kill)

    @property
    def pid(self) -> int:
        return self._popen.pid

    def end(self) -> None:
        """Kill it, if it still runs, and wait until it is gone."""
        self._popen.kill()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._popen.wait(LAST_WAIT_S)
        self._kill.detach()

    def end_and_tell(self) -> str:
        """End it, if it has not ended by itself: `signal 9` or `exit status 1`."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._popen.wait(ENDING_S)
        self.end()
        status = self._popen.returncode
        return f"signal {-status}" if status is not None and status < 0 else f"exit status {status}"


def process_ahead(arguments: Sequence[str]) -> ModelProcess | None:
    """The model's process for a start with these arguments of the command line; None if none shows a window with
    results, if it cannot be started, and on Windows, where nobody has tried it.
    """
    if os.name != "posix" or arguments[:1] in WITHOUT_WINDOW or SAYING.intersection(arguments):
        return None
    try:
        return ModelProcess()
    except OSError:
        return None  # it is tried again when the model is wanted, which tells why


def _command() -> list[str]:
    """How the process is started: it imports what this one would import, from the same places."""
    if getattr(sys, "frozen", False):
        return [sys.executable, "-P", "-m", MODULE]
    places = [os.path.abspath(place) for place in sys.path]  # an empty one is the working folder
    code = (f"import gc, sys; gc.disable(); sys.path[:] = {places!r}; "
            f"import {MODULE} as process; sys.exit(process.main())")
    return [sys.executable, "-P", "-c", code]

"""Clocks and memory of this process and of those it started."""

from __future__ import annotations

import contextlib
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer

TICK_MS = 2


class StallClock(QObject):
    """The longest time the window could not answer: the largest gap between two ticks of a fast timer."""

    def __init__(self) -> None:
        super().__init__()
        self._last = time.perf_counter()
        self._longest = 0.0
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self._tick)
        self._timer.start()

    def take(self) -> float:
        """Milliseconds since the last call."""
        self._tick()
        longest, self._longest = self._longest, 0.0
        return longest

    def stop(self) -> None:
        self._timer.stop()

    def _tick(self) -> None:
        now = time.perf_counter()
        self._longest = max(self._longest, (now - self._last) * 1000 - TICK_MS)
        self._last = now


def process_age_s() -> float:
    """Seconds since this process was started, as reported by the operating system."""
    age: Callable[[], float] = _age_linux if sys.platform.startswith("linux") else _age_elsewhere
    return age()


def _age_linux() -> float:
    ticks = int(Path("/proc/self/stat").read_text().rpartition(")")[2].split()[19])
    uptime = float(Path("/proc/uptime").read_text().split()[0])
    return uptime - ticks / os.sysconf("SC_CLK_TCK")


def _age_elsewhere() -> float:
    """The process's CPU time, a good estimate until the window is shown."""
    return time.process_time()


def memory_mb() -> float | None:
    """Memory this process and those it started hold now; None where the system does not tell it simply."""
    if not sys.platform.startswith("linux"):
        return None
    pages = sum(int(text.split()[1]) for text in _read_all("statm"))
    return round(pages * os.sysconf("SC_PAGE_SIZE") / (1 << 20), 1)


def peak_memory_mb() -> float | None:
    """The most memory this process has held, and those it started, each at its time; elsewhere than on Linux this
    process alone; None where the system does not tell.
    """
    if sys.platform == "win32":
        return None
    if not sys.platform.startswith("linux"):
        import resource

        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return round(peak / (1 << 20 if sys.platform == "darwin" else 1 << 10), 1)
    lines = [line for text in _read_all("status") for line in text.splitlines() if line.startswith("VmHWM:")]
    return round(sum(int(line.split()[1]) for line in lines) / (1 << 10), 1)


def processor_s() -> float:
    """Seconds this process and those it started have spent on a processor; elsewhere than on Linux this one alone."""
    if not sys.platform.startswith("linux"):
        return time.process_time()
    fields = [text.rpartition(")")[2].split() for text in _read_all("stat")]
    return sum(int(of[11]) + int(of[12]) for of in fields) / os.sysconf("SC_CLK_TCK")


def _read_all(name: str) -> list[str]:
    """Linux's files of that name of this process and of those it started and that still run."""
    own = Path("/proc/self")
    texts = [(own / name).read_text()]
    for task in own.glob("task/*/children"):
        with contextlib.suppress(OSError):  # a thread or a process has ended meanwhile
            texts += [(own.parent / child / name).read_text() for child in task.read_text().split()]
    return texts

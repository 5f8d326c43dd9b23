"""Clocks and memory of this process."""

from __future__ import annotations

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
    """Memory the process holds now; None where the system does not tell it simply."""
    if not sys.platform.startswith("linux"):
        return None
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return round(pages * os.sysconf("SC_PAGE_SIZE") / (1 << 20), 1)


def peak_memory_mb() -> float | None:
    """The most memory this process has held; None where the system does not tell."""
    if sys.platform == "win32":
        return None
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return round(peak / (1 << 20 if sys.platform == "darwin" else 1 << 10), 1)

"""`--benchmark`: how fast the window, the trace and the heat are on this computer, as JSON."""

from __future__ import annotations

import json
import os
import platform
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, QTimer

from ecg_viewer.qt.frame_timing import measure_scroll_frames
from ecg_viewer.qt.screenshot import TIMEOUT_S, is_settled, wait_until
from ecg_viewer.state.assessment import Phase
from mmae_core import __version__

if TYPE_CHECKING:
    from ecg_viewer.app import Program

N_FRAMES = 300
TICK_MS = 2
WATCH_SCORING_S = 30.0
"""How long stalls are looked for while a long recording is assessed; the rest would take minutes."""


def run_benchmark(program: Program, path: Path) -> int:
    """Print the figures of one recording. Returns the exit status."""
    window, session = program.window, program.session
    problems: list[str] = []
    session.failed.connect(lambda problem: problems.append(problem.message))
    window.fit_panels()
    window.show()
    program.app.processEvents()
    window_s = process_age_s()
    try:
        stalls = StallClock()
        first = _open(program, path, stalls)
        if session.record is None or session.assessment.phase is Phase.FAILED:
            sys.stderr.write(f"ecg-viewer: {problems[-1] if problems else 'the recording could not be opened'}\n")
            return 1
        starting = stalls.take()
        second = _open(program, path, stalls)
        wait_until(lambda: not session.assessment.phase.is_running, WATCH_SCORING_S)
        scoring = stalls.take()
        session.cancel()
        stalls.stop()
        frames = measure_scroll_frames(window.paper, N_FRAMES)
        report: dict[str, Any] = {
            "program": {"version": __version__, "python": platform.python_version(), "cpu_cores": os.cpu_count(),
                        "platform": sys.platform, "device": session.model.device if session.model else None,
                        "model": session.model.name if session.model else None,
                        "window_px": [window.width(), window.height()]},
            "recording": {"duration_s": session.record.duration_s, "leads": len(session.record.lead_names),
                          "sampling_rate_hz": session.record.sampling_rate_hz},
            "window_visible_s": round(window_s, 3),
            "first_record": first,
            "second_record_model_loaded": second,
            "longest_gui_stall_ms": {"model_starting": round(starting, 1), "scoring": round(scoring, 1)},
            "scroll_frame_ms": {"median": round(statistics.median(frames), 2),
                                "p95": round(sorted(frames)[int(0.95 * len(frames))], 2),
                                "worst": round(max(frames), 2), "frames": len(frames)},
            "peak_memory_mb": peak_memory_mb(),
        }
        sys.stdout.write(json.dumps(report, indent=2) + "\n")
        return 0
    finally:
        window.close()


def _open(program: Program, path: Path, stalls: StallClock) -> dict[str, float | None]:
    """Seconds from asking for the recording to its trace and to its first heat, and the longest stall until the trace.

    What `stalls` gives afterwards concerns the model alone.
    """
    window, session = program.window, program.session
    marks: dict[str, float] = {}
    stalls.take()
    began = time.perf_counter()

    def trace_shown() -> None:
        marks.setdefault("trace", time.perf_counter() - began)
        marks.setdefault("stall", stalls.take())

    window.paper.trace_shown.connect(trace_shown)
    session.open([path])
    wait_until(lambda: not session.is_opening, TIMEOUT_S)
    if session.record is not None:
        wait_until(lambda: "trace" in marks and is_settled(session), TIMEOUT_S)
        marks["heat"] = time.perf_counter() - began
    window.paper.trace_shown.disconnect(trace_shown)
    assessed = session.heat.assessed_fraction > 0
    return {
        "first_trace_s": round(marks["trace"], 3) if "trace" in marks else None,
        "first_heat_s": round(marks["heat"], 3) if assessed and "heat" in marks else None,
        "longest_gui_stall_ms": round(marks["stall"], 1) if "stall" in marks else None,
    }


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
    """Seconds since this process was started, by the operating system's account."""
    age: Callable[[], float] = _age_linux if sys.platform.startswith("linux") else _age_elsewhere
    return age()


def _age_linux() -> float:
    ticks = int(Path("/proc/self/stat").read_text().rpartition(")")[2].split()[19])
    uptime = float(Path("/proc/uptime").read_text().split()[0])
    return uptime - ticks / os.sysconf("SC_CLK_TCK")


def _age_elsewhere() -> float:
    """Processor time of the process: until the window is there it waits for little else."""
    return time.process_time()


def peak_memory_mb() -> float | None:
    """The most memory the process has held; None where the system does not tell."""
    if sys.platform == "win32":
        return None
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return round(peak / (1 << 20 if sys.platform == "darwin" else 1 << 10), 1)

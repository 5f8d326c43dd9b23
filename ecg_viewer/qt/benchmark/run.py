"""The steps of the benchmark, in the order in which a reader meets them."""

from __future__ import annotations

import itertools
import json
import os
import platform
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ecg_viewer.qt.benchmark.budgets import compare_with_budgets
from ecg_viewer.qt.benchmark.clocks import StallClock, memory_mb, peak_memory_mb, process_age_s, processor_s
from ecg_viewer.qt.benchmark.holter import measure_holter
from ecg_viewer.qt.benchmark.long_recording import make_long_recording
from ecg_viewer.qt.benchmark.worklist import measure_worklist
from ecg_viewer.qt.paper.frame_timing import measure_scroll_frames
from ecg_viewer.qt.screenshot import TIMEOUT_S, has_heat, is_settled, wait_until
from ecg_viewer.state.assessment import Phase
from ecg_viewer.state.layouts import LAYOUTS
from mmae_core import __version__
from mmae_core.readers.recording_paths import recordings_among

if TYPE_CHECKING:
    from ecg_viewer.qt.program import Program

N_FRAMES = 300
N_LAYOUT_FRAMES = 100
WATCH_SCORING_S = 30.0
"""How long stalls are looked for while a long recording is assessed; the rest would take minutes."""
N_WARM_UP = 10
"""Recordings opened before memory is compared: caches fill up to their limits."""
N_OPENINGS = 5
N_NEIGHBOURS = 20
N_JUMPS = 5


@dataclass(frozen=True)
class Effort:
    """How much the benchmark measures."""

    hours: float = 24.0
    """Length of the long recording; 0 leaves it out."""
    reopenings: int = 100
    """Recordings opened to see whether memory grows; 0 leaves it out."""
    only_start: bool = False
    """Measure the start alone: the window, and the first recording's trace and heat."""


def run_viewer_benchmark(program: Program, path: Path, effort: Effort) -> int:
    """Print the figures as JSON; what is going on goes to standard error. Returns the exit status."""
    window, session = program.window, program.session
    problems: list[str] = []
    session.failed.connect(lambda problem: problems.append(problem.message))
    window.fit_panels()
    window.show()
    program.app.processEvents()
    window_s = process_age_s()
    try:
        stalls = StallClock()
        _print_progress("first recording, model starting")
        first = _open(program, path, stalls)
        if session.record is None or session.assessment.phase is Phase.FAILED:
            sys.stderr.write(f"ecg-viewer: {problems[-1] if problems else 'the recording could not be opened'}\n")
            return 1
        starting = stalls.take()
        start = _start(window_s, first)
        if effort.only_start:
            stalls.stop()
            start["longest_stall_while_model_starts_ms"] = round(starting, 1)
            sys.stdout.write(json.dumps(start, indent=2) + "\n")
            return 0
        _print_progress("the same recording, model loaded")
        further, scoring = [], 0.0
        for _ in range(N_OPENINGS):
            further.append(_open(program, path, stalls))
            wait_until(lambda: not session.assessment.phase.is_running, WATCH_SCORING_S)
            scoring = max(scoring, stalls.take())
        session.cancel()
        report: dict[str, Any] = {
            "program": {"version": __version__, "python": platform.python_version(), "cpu_cores": os.cpu_count(),
                        "platform": sys.platform, "device": session.model.device if session.model else None,
                        "model": session.model.name if session.model else None,
                        "window_px": [window.width(), window.height()]},
            "recording": {"duration_s": session.record.duration_s, "leads": len(session.record.lead_names),
                          "sampling_rate_hz": session.record.sampling_rate_hz},
            **start,
            "further_records_model_loaded": _medians(further),
            "longest_gui_stall_ms": {"model_starting": round(starting, 1), "scoring": round(scoring, 1)},
            "scroll_frame_ms": _frames(program),
            "scroll_frame_ms_by_layout": _frames_by_layout(program),
            "peak_memory_mb": peak_memory_mb(),
        }
        report["scroll_frame_ms_slowest_layout"] = {
            figure: max(layout[figure] for layout in report["scroll_frame_ms_by_layout"].values())
            for figure in ("median", "p95")
        }
        if effort.reopenings:
            report["reopening"] = _reopen(program, path, effort.reopenings)
        if effort.hours:
            with tempfile.TemporaryDirectory(prefix="ecg-viewer-benchmark-") as folder:
                report["long_recording"] = _measure_long(program, Path(folder), effort.hours, stalls)
        _print_progress("a list as long as PTB-XL's")
        report["worklist"] = measure_worklist(program, stalls)
        stalls.stop()
        report["budgets"] = compare_with_budgets(report)
        sys.stdout.write(json.dumps(report, indent=2) + "\n")
        return 0
    finally:
        window.close()


def _start(window_s: float, first: dict[str, float | None]) -> dict[str, Any]:
    """Seconds from the start of the process to the window and to the first heat; those on the processor at the end."""
    heat_s = first["first_heat_s"]
    return {
        "window_visible_s": round(window_s, 3),
        "heat_since_start_s": None if heat_s is None else round(window_s + heat_s, 3),
        "first_record": first,
        "processor_s": round(processor_s(), 3),
    }


def _open(program: Program, path: Path, stalls: StallClock) -> dict[str, float | None]:
    """Seconds from asking for the recording to its trace, to its first heat on the paper and to the layers beside it
    (of a long one: of what is visible), and the longest stall until the trace.

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
        wait_until(lambda: "trace" in marks and (has_heat(session) or is_settled(session)), TIMEOUT_S)
        program.app.processEvents()  # it is painted
        marks["heat"] = time.perf_counter() - began
        wait_until(lambda: is_settled(session), TIMEOUT_S)
        marks["settled"] = time.perf_counter() - began
    window.paper.trace_shown.disconnect(trace_shown)
    assessed = session.heat.assessed_fraction > 0
    return {
        "first_trace_s": round(marks["trace"], 3) if "trace" in marks else None,
        "first_heat_s": round(marks["heat"], 3) if assessed and "heat" in marks else None,
        "all_layers_s": round(marks["settled"], 3) if "settled" in marks else None,
        "longest_gui_stall_ms": round(marks["stall"], 1) if "stall" in marks else None,
    }


def _medians(openings: Sequence[dict[str, float | None]]) -> dict[str, Any]:
    """Of each figure of several openings; the stall is their longest."""
    figures: dict[str, Any] = {"openings": len(openings)}
    for name in openings[0]:
        values = [value for opening in openings if (value := opening[name]) is not None]
        if not values:
            figures[name] = None
        elif name == "longest_gui_stall_ms":
            figures[name] = max(values)
        else:
            figures[name] = round(statistics.median(values), 3)
    return figures


def _frames(program: Program) -> dict[str, float]:
    return _distribution(measure_scroll_frames(program.window.paper, N_FRAMES))


def _frames_by_layout(program: Program) -> dict[str, dict[str, float]]:
    view = program.session.view
    before, settings = view.lead_choice, program.window.settings
    remembered = settings.settings.layout
    frames = {}
    try:
        for layout in LAYOUTS:
            view.set_layout(layout.id)
            program.app.processEvents()
            frames[layout.id] = _distribution(measure_scroll_frames(program.window.paper, N_LAYOUT_FRAMES))
    finally:
        view.restore_leads(before)
        settings.change(layout=remembered)  # nobody has chosen one
    return frames


def _distribution(frames: Sequence[float]) -> dict[str, float]:
    ordered = sorted(frames)
    return {"median": round(statistics.median(ordered), 2), "p95": round(ordered[int(0.95 * len(ordered))], 2),
            "worst": round(ordered[-1], 2), "frames": len(ordered)}


def _reopen(program: Program, path: Path, count: int) -> dict[str, Any]:
    """Memory before and after opening, assessing and leaving `count` recordings: the one named and its neighbours."""
    session = program.session
    folder = path.absolute().parent
    neighbours = recordings_among(folder, os.listdir(folder))[:N_NEIGHBOURS]
    held: list[float | None] = []
    for number, recording in zip(range(N_WARM_UP + count), itertools.cycle([path, *neighbours]), strict=False):
        if number == N_WARM_UP:
            held.append(memory_mb())
        if number % 10 == 0:
            _print_progress(f"opening recordings again and again: {number} of {N_WARM_UP + count}")
        session.open([recording])
        wait_until(lambda: not session.is_opening, TIMEOUT_S)
        wait_until(lambda: is_settled(session), TIMEOUT_S)
        program.app.processEvents()
    held.append(memory_mb())
    before, after = held
    gained = None if before is None or after is None else round(after - before, 1)
    return {"recordings": count, "before_mb": before, "after_mb": after, "gained_mb": gained}


def _measure_long(program: Program, folder: Path, hours: float, stalls: StallClock) -> dict[str, Any]:
    """A recording of many hours, made of real stretches: opened, jumped about in and scrolled while it is assessed."""
    window, session = program.window, program.session
    _print_progress(f"writing a recording of {hours:g} h")
    path = make_long_recording(session.record, folder, hours) if session.record is not None else folder
    _print_progress("opening it")
    report: dict[str, Any] = {"hours": hours, **_open(program, path, stalls)}
    view = session.view
    jumps = []
    for number in range(1, N_JUMPS + 1):
        began = time.perf_counter()
        view.scroll_to(view.last_start_s * number / (N_JUMPS + 1))
        wait_until(lambda: window.paper.is_complete, TIMEOUT_S)
        trace_s = time.perf_counter() - began
        wait_until(lambda: is_settled(session), TIMEOUT_S)
        jumps.append({"trace_s": round(trace_s, 3), "heat_s": round(time.perf_counter() - began, 3)})
    _print_progress(f"assessing it for {WATCH_SCORING_S:g} s")
    wait_until(lambda: not session.assessment.phase.is_running, WATCH_SCORING_S)
    report["jumps"] = jumps
    for figure in ("trace_s", "heat_s"):
        report[f"jump_{figure}_median"] = round(statistics.median(jump[figure] for jump in jumps), 3)
    report["longest_gui_stall_ms"] = round(max(report["longest_gui_stall_ms"] or 0.0, stalls.take()), 1)
    report["scroll_frame_ms"] = _frames(program)
    report["assessed_s"] = round(session.assessment.done_s, 1)
    session.cancel()
    _print_progress("its trends and its page of 60 s a line")
    report["holter"] = measure_holter(program, stalls)
    report["peak_memory_mb"] = peak_memory_mb()
    return report


def _print_progress(what: str) -> None:
    sys.stderr.write(f"{what}\n")

"""How fast a long recording is analysed, how smooth its page of 60 s a line is, and whether the window answers."""

from __future__ import annotations

import statistics
import time
from typing import TYPE_CHECKING, Any

from ecg_viewer.qt.benchmark.clocks import StallClock
from ecg_viewer.qt.holter.holter_feature import HolterFeature
from ecg_viewer.qt.holter.holter_window import PAGE, TRENDS
from ecg_viewer.qt.screenshot import TIMEOUT_S, wait_until

if TYPE_CHECKING:
    from ecg_viewer.qt.program import Program

WATCH_S = 30.0
"""How long the analysis is watched; the rest of a day would take minutes."""
N_FRAMES = 120
N_JUMPS = 5
DAY_S = 86400.0


def measure_holter(program: Program, stalls: StallClock) -> dict[str, Any]:
    """Seconds that a day would take at the speed seen, stalls meanwhile, frames and jumps of the page."""
    feature = program.window.feature(HolterFeature)
    board = feature.board
    program.app.processEvents()
    stalls.take()
    began = time.perf_counter()
    feature.show_tab(TRENDS)
    wait_until(lambda: board.found is not None and not board.is_running, WATCH_S)
    watched_s = time.perf_counter() - began
    board.stop()
    wait_until(lambda: not board.is_running, TIMEOUT_S)
    analysed_s = 0.0 if board.found is None else board.found.analysed_s
    figures: dict[str, Any] = {
        "analysed_s": round(analysed_s, 1), "watched_s": round(watched_s, 1),
        "analysis_of_24_h_s": round(DAY_S / analysed_s * watched_s, 1) if analysed_s else None,
        "longest_gui_stall_ms": round(stalls.take(), 1),
    }
    assert feature.dialog is not None, "shown above"
    page = feature.dialog.page
    feature.show_tab(PAGE)
    wait_until(lambda: page.is_read, TIMEOUT_S)
    bar = page.verticalScrollBar()
    frames = []
    for frame in range(N_FRAMES):
        started = time.perf_counter()
        forward = frame < N_FRAMES // 2
        bar.setValue(bar.value() + (bar.singleStep() if forward else -bar.singleStep()))
        page.viewport().repaint()
        program.app.processEvents()
        frames.append(1000 * (time.perf_counter() - started))
    jumps = []
    for number in range(1, N_JUMPS + 1):
        started = time.perf_counter()
        bar.setValue(bar.maximum() * number // N_JUMPS)
        wait_until(lambda: page.is_read, TIMEOUT_S)
        page.viewport().repaint()
        jumps.append(time.perf_counter() - started)
    figures["page_frame_ms"] = {
        "median": round(statistics.median(frames), 2),
        "p95": round(sorted(frames)[round(0.95 * (len(frames) - 1))], 2), "worst": round(max(frames), 2)}
    figures["page_jump_s_median"] = round(statistics.median(jumps), 3)
    feature.dialog.close()
    return figures

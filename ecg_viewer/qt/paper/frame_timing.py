"""How long a frame of the paper takes while it scrolls."""

from __future__ import annotations

import time

from PySide6.QtCore import QCoreApplication, QEventLoop

from ecg_viewer.qt.paper import PaperView
from ecg_viewer.state.calibration import SPEEDS_MM_PER_S
from ecg_viewer.state.view import ViewState

FRAMES_PER_WINDOW = 60
"""Frames per visible stretch: one second at 60 frames per second, faster than anyone reads."""


def measure_scroll_frames(paper: PaperView, n: int = 200) -> list[float]:
    """Milliseconds of `n` frames while scrolling to and fro.

    A frame is the scrolling, the painting to the window and whatever else the event loop then has to do (painting
    ahead, taking what was read). A record that fits on the paper is scrolled at the slowest preset speed at which it
    does not; the view is put back afterwards. Raises ValueError without a shown paper and a record that scrolls.
    """
    view = paper.view_state
    if not paper.isVisible() or view.record is None:
        raise ValueError("frames can be measured only on a paper that is shown and has a record")
    start_s, speed = view.start_s, view.calibration.mm_per_s
    try:
        for faster in SPEEDS_MM_PER_S:
            if view.last_start_s > 0:
                break
            view.set_speed(max(speed, faster))
        if view.last_start_s <= 0:
            raise ValueError(f"the record ({view.duration_s:.1f} s) fits on the paper at every speed")
        step_s = view.visible_s / FRAMES_PER_WINDOW
        return [_frame_ms(paper, view, step_s if _goes_forward(view, frame, step_s) else -step_s) for frame in range(n)]
    finally:
        view.set_speed(speed)
        view.scroll_to(start_s)


def _goes_forward(view: ViewState, frame: int, step_s: float) -> bool:
    """To the end of what scrolls, then back, and so on."""
    frames_one_way = max(1, round(view.last_start_s / step_s))
    return frame // frames_one_way % 2 == 0


def _frame_ms(paper: PaperView, view: ViewState, step_s: float) -> float:
    began = time.perf_counter()
    view.scroll_by(step_s)
    paper.repaint()
    QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
    return (time.perf_counter() - began) * 1000

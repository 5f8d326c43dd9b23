"""`--screenshot`: open, wait for the heat, save a picture of the window, exit."""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEventLoop, QTimer

from ecg_viewer.qt.measure.interval_feature import IntervalFeature
from ecg_viewer.qt.overview.overview_feature import OverviewFeature
from ecg_viewer.state.assessment import Phase
from ecg_viewer.state.opening_results import Undescribed
from ecg_viewer.state.problem import Problem
from ecg_viewer.state.session import Session

if TYPE_CHECKING:
    from ecg_viewer.qt.program import Program

TIMEOUT_S = 180.0
"""A model on a slow, busy computer needs seconds; beyond this something is wrong."""
MEASURED_S = 20.0
"""The line of measurements comes after the heat; a picture without it is better than none."""
POLL_MS = 10
WHOLE_S = 600.0
"""Up to this length the picture waits for the whole recording, so that its summary is final."""


def take_screenshot(program: Program, paths: Sequence[Path], png: Path) -> int:
    """Save the window to `png`. Returns the exit status; reasons go to standard error.

    The picture is made when the recording is assessed, a long one as soon as what is visible of it is; if the recording
    cannot be assessed, the picture shows why and the status is still 0. If it cannot be opened or read or the model
    fails, the status is 1 and there is no picture.
    """
    window, session = program.window, program.session
    problems: list[str] = []

    def note(problem: Problem) -> None:
        problems.append(problem.message)

    def note_missing(asked: Undescribed) -> None:
        problems.append(
            f"{asked.path.name} does not state its {', '.join(sorted(asked.missing))}: open it in the window, which "
            "asks and remembers the answer for its folder")

    session.failed.connect(note)
    session.undescribed.connect(note_missing)
    window.fit_panels()
    window.show()
    try:
        if not paths:
            return _fail("this installation has no demo recordings; name a recording")
        session.open(paths)
        if not wait_until(lambda: not session.is_opening, TIMEOUT_S):
            return _fail("the recording could not be opened in time")
        if session.record is None:
            return _fail(problems[-1] if problems else "the recording could not be opened")
        overview = window.feature(OverviewFeature).bar
        if not wait_until(
            lambda: bool(window.paper.failure)
            or (is_settled(session) and window.paper.is_complete and overview.is_current),
            TIMEOUT_S,
        ):
            return _fail("the heat did not arrive in time")
        if window.paper.failure:
            return _fail(problems[-1] if problems else window.paper.failure)
        measuring = window.feature(IntervalFeature).tracker
        wait_until(lambda: not measuring.is_running, MEASURED_S)
        if session.assessment.phase is Phase.FAILED:
            return _fail(problems[-1] if problems else session.assessment.message)
        program.app.processEvents()
        _save(program, png)
        return 0
    except OSError as error:
        return _fail(f"the picture {png.name} could not be saved: {error.strerror or error}")
    finally:
        window.close()


def is_settled(session: Session) -> bool:
    """Whether the recording is assessed, or never will be; of a long one, whether the visible stretch is."""
    if not session.assessment.phase.is_running:
        return True
    return session.view.duration_s > WHOLE_S and has_heat(session)


def has_heat(session: Session) -> bool:
    """Whether the model has answered about all of the visible stretch."""
    view = session.view
    codes = session.heat.slice(view.start_s, min(view.end_s, view.duration_s), 64)
    return bool((codes > 0).all())


def wait_until(is_true: Callable[[], bool], timeout_s: float) -> bool:
    """Let the program run until a condition holds. Returns whether it did in time."""
    deadline = time.monotonic() + timeout_s
    loop = QEventLoop()
    timer = QTimer()
    timer.setInterval(POLL_MS)

    def look() -> None:
        if is_true() or time.monotonic() > deadline:
            loop.quit()

    timer.timeout.connect(look)
    timer.start()
    if not is_true():
        loop.exec()
    timer.stop()
    return is_true()


def _save(program: Program, png: Path) -> None:
    """Write under a temporary name first, so that a partial picture is never seen."""
    handle, name = tempfile.mkstemp(suffix=".png", prefix=".ecg-viewer-", dir=png.absolute().parent)
    os.close(handle)
    try:
        if not program.window.grab().save(name, "PNG"):
            raise OSError("the picture could not be written")
        os.replace(name, png)
    finally:
        Path(name).unlink(missing_ok=True)


def _fail(message: str) -> int:
    sys.stderr.write(f"ecg-viewer: {message}\n")
    return 1

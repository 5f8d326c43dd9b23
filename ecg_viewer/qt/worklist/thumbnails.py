"""Small traces of the visible rows, made on a worker and cached."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from PySide6.QtCore import QLineF, QObject, QRect, Signal
from PySide6.QtGui import QColor, QPainter, QPen

from ecg_viewer.qt.worker import WorkerLane
from ecg_viewer.state.job_protocols import Job, Report
from ecg_viewer.state.worklist.thumbnail import N_COLUMNS, Outline, outline
from mmae_core.errors import Cancelled, EcgError

EMPTY: Outline = np.full((2, N_COLUMNS), np.nan, np.float32)
"""Of a recording that cannot be read: nothing is drawn, opening it says why."""


class Thumbnails(QObject):
    """Outlines by path. A new request replaces the one before: what is no longer seen is not drawn."""

    made = Signal(object)
    """Paths whose outlines are known now."""

    def __init__(self, lane: WorkerLane, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lane = lane
        self._outlines: dict[Path, Outline] = {}
        self._asked: tuple[Path, ...] = ()
        self._is_closed = False

    def get(self, path: Path) -> Outline | None:
        """What is known of a recording; None before it was made."""
        return self._outlines.get(path)

    def ask(self, paths: Sequence[Path]) -> None:
        """Make the outlines of these, in this order, unless they are known or being made."""
        missing = tuple(path for path in paths if path not in self._outlines)
        if missing and not self._is_closed and not (self._lane.is_busy and set(missing) <= set(self._asked)):
            self._asked = missing
            self._lane.submit(thumbnail_job(missing), self._receive)

    def close(self) -> None:
        """Make no more."""
        self._is_closed = True

    def _receive(self, event: object) -> None:
        if isinstance(event, dict):
            self._outlines.update(event)
            self.made.emit(tuple(event))


def thumbnail_job(paths: Sequence[Path], at_once: int = 4) -> Job:
    """A job that sends outlines by path, a few at a time."""

    def run(report: Report) -> None:
        for first in range(0, len(paths), at_once):
            report.send({path: _outline(path, report.stopped) for path in paths[first : first + at_once]})

    return run


def _outline(path: Path, stopped: Callable[[], bool]) -> Outline:
    from mmae_core.readers import read_record

    if stopped():
        raise Cancelled("Nobody looks at these any more.")
    try:
        return outline(read_record(path))
    except EcgError:  # the row says so when it is opened or scored; there is no place for a sentence in a picture
        return EMPTY


def draw_outline(painter: QPainter, area: QRect, shape: Outline, colour: QColor) -> None:
    """Draw an outline to the whole of `area`."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.setPen(QPen(colour, 1))
    known = np.flatnonzero(np.isfinite(shape[0]))
    step = area.width() / shape.shape[1]
    x = (area.left() + (known + 0.5) * step).tolist()
    low = (area.bottom() - shape[0, known] * (area.height() - 1)).tolist()
    high = (area.bottom() - shape[1, known] * (area.height() - 1)).tolist()
    painter.drawLines([QLineF(at, bottom, at, top) for at, bottom, top in zip(x, low, high, strict=True)])
    middles = [(bottom + top) / 2 for bottom, top in zip(low, high, strict=True)]
    painter.drawLines([
        QLineF(x[i], middles[i], x[i + 1], middles[i + 1])
        for i in range(len(x) - 1) if known[i + 1] == known[i] + 1
    ])
    painter.restore()

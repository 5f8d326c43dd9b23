"""Papers on an offscreen window, records made of numbers, and a way to look for colours."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from ecg_viewer.qt.paper import PaperView
from ecg_viewer.state.calibration import ScreenScale
from ecg_viewer.state.heat import HeatMap
from ecg_viewer.state.view import ViewState
from mmae_core.assessment import AnomalyMap
from mmae_core.record import STANDARD_LEADS, EcgRecord, Source

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

MakeRecord = Callable[..., EcgRecord]


@pytest.fixture
def make_record() -> MakeRecord:
    """A record of given samples (leads, n) in mV; `reads` collects the ranges that are read."""

    def make(
        samples_mv: np.ndarray,
        rate_hz: float = 500.0,
        leads: tuple[str, ...] = STANDARD_LEADS,
        derived: frozenset[str] = frozenset(),
        reads: list[tuple[int, int]] | None = None,
    ) -> EcgRecord:
        samples_mv = np.asarray(samples_mv, np.float32)

        def read(start: int, end: int) -> np.ndarray:
            if reads is not None:
                reads.append((start, end))
            return samples_mv[:, start:end]

        source = Source((Path("none"),), "test")
        return EcgRecord("test", rate_hz, samples_mv.shape[1], leads, source, read, derived)

    return make


class Bench:
    """A shown paper with its state."""

    def __init__(self, qtbot: QtBot, paper: PaperView, view: ViewState, heat: HeatMap) -> None:
        self.qtbot, self.paper, self.view, self.heat = qtbot, paper, view, heat

    def open(self, record: EcgRecord) -> None:
        """Open a record and wait until it is painted."""
        self.heat.reset(record.duration_s)
        self.view.open_record(record)
        self.wait()

    def wait(self) -> None:
        """Wait until what is visible is painted completely."""
        self.qtbot.waitUntil(lambda: self.paper.is_complete)

    def percentiles(self, percentile: np.ndarray, start_s: float = 0.0, rate_hz: float = 100.0) -> None:
        """Add a stretch of percentiles (12, n)."""
        percentile = percentile.astype(np.float32)
        self.heat.add(AnomalyMap(start_s, rate_hz, percentile, percentile, percentile, (), "test", "cpu"))

    def pixels(self) -> np.ndarray:
        """What the widget shows, (height, width, 3) as int."""
        image = self.paper.grab().toImage().convertToFormat(QImage.Format.Format_RGB888)
        rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
        return rows[:, : image.width() * 3].reshape(image.height(), image.width(), 3).astype(int)

    def drawn(self, colour: str, tolerance: int = 90) -> np.ndarray:
        """Where the widget shows a colour, (height, width) as bool."""
        wanted = QColor(colour)
        distance = np.abs(self.pixels() - [wanted.red(), wanted.green(), wanted.blue()]).max(axis=2)
        return distance <= tolerance

    def trace_drawn(self) -> np.ndarray:
        """Where the trace is."""
        return self.drawn(self.paper.theme.trace, 150)


@pytest.fixture
def bench(qtbot: QtBot) -> Iterator[Bench]:
    """A paper of 1200x900 with 4 pixels to the millimetre and all leads under each other."""
    view, heat = ViewState(), HeatMap()
    view.set_layout("12x1")
    paper = PaperView(view, heat)
    qtbot.addWidget(paper)
    paper.set_screen_scale(ScreenScale(4.0))
    paper.resize(1200, 900)
    paper.show()
    yield Bench(qtbot, paper, view, heat)
    paper.close_loader()

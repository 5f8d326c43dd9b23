"""The window of plots: this recording over the threshold, among normal ECGs, and all recordings of the worklist."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QHBoxLayout,
    QPushButton,
    QStackedLayout,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from ecg_viewer.jobs.torch_start import without_garbage_collection
from ecg_viewer.qt.binding import USED_BY_PYQTGRAPH, USED_BY_WORKERS, make_classes
from ecg_viewer.qt.research.plots_among_normals import StandingPage
from ecg_viewer.qt.research.plots_cohort import CohortPage
from ecg_viewer.qt.research.plots_common import Look, PlotPage, new_canvas
from ecg_viewer.qt.research.plots_threshold import ThresholdPage
from ecg_viewer.qt.theme import ThemeKeeper
from ecg_viewer.qt.widgets.plain_text import PlainLabel
from ecg_viewer.qt.widgets.translated_texts import set_texts
from ecg_viewer.qt.worker import WorkerLane
from ecg_viewer.state.job_protocols import Failed, Finished, Report
from ecg_viewer.state.research.threshold_curves import CurveTracker
from ecg_viewer.state.research.truth_tracker import TruthTracker
from ecg_viewer.state.session import Session
from ecg_viewer.state.words.language import tr, translatable
from ecg_viewer.state.words.record_words import RESEARCH_USE_BADGE
from ecg_viewer.state.worklist.worklist import Worklist

SIZE_LETTERS = (165, 110)
"""At first, in average letters, so that it grows with the font; 1000 x 700 pixels at the usual one."""
SCREEN_SHARE = 0.92
N_PLOTS = 7
"""Of all pages."""


def import_job(_report: Report) -> None:
    """Import pyqtgraph, which would freeze the window for most of a second."""
    with without_garbage_collection():
        import pyqtgraph  # noqa: F401  # the pages import it again, for nothing


class PlotsDialog(QDialog):
    """A non-modal window; at first it waits for the plotting library to be imported."""

    def __init__(
        self, session: Session, tracker: TruthTracker, curves: CurveTracker, worklist: Worklist, themes: ThemeKeeper,
        lane: WorkerLane, open_row: Callable[[int], None], parent: QWidget,
    ) -> None:
        """`open_row` opens the recording in a row of the worklist."""
        super().__init__(parent)
        self._session, self._tracker, self._curves, self._worklist = session, tracker, curves, worklist
        self._themes, self._lane, self._open_row = themes, lane, open_row
        self._is_asked = False
        self._building = self._steps_before_import()
        self._turn = QTimer(self)
        self._turn.setSingleShot(True)
        self._turn.timeout.connect(self._step)
        set_texts(self, window_title="Plots")
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint)
        self.tabs = QTabWidget()
        set_texts(self.tabs, name="Plots")
        self.pages: tuple[PlotPage, ...] = ()
        """Threshold, normal ECGs, recordings; none before the first time is prepared."""
        self.waiting = set_texts(PlainLabel(), text="The plots are being prepared…")
        self.waiting.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.waiting.setWordWrap(True)
        body = QWidget()
        self._stack = QStackedLayout(body)
        self._stack.addWidget(self.waiting)
        self._stack.addWidget(self.tabs)
        badge = set_texts(PlainLabel(), text=RESEARCH_USE_BADGE)
        badge.setObjectName("badge")
        self.copy_button = set_texts(
            QPushButton(), text="Copy numbers", tip="Copy the table of this plot as text for a spreadsheet"
        )
        self.copy_button.clicked.connect(self.copy)
        self.close_button = set_texts(QPushButton(), text="Close")
        self.close_button.clicked.connect(self.close)
        for button in (self.copy_button, self.close_button):
            button.setAutoDefault(False)  # Enter opens the point that is pointed at
        bottom = QHBoxLayout()
        bottom.addWidget(badge)
        bottom.addStretch(1)
        bottom.addWidget(self.copy_button)
        bottom.addWidget(self.close_button)
        layout = QVBoxLayout(self)
        layout.addWidget(body, 1)
        layout.addLayout(bottom)
        themes.changed.connect(self._dress)
        room = self.screen().availableGeometry()
        letter = self.fontMetrics().averageCharWidth()
        self.resize(min(SIZE_LETTERS[0] * letter, round(SCREEN_SHARE * room.width())),
                    min(SIZE_LETTERS[1] * letter, round(SCREEN_SHARE * room.height())))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._curves.set_active(True)
        if not self._is_asked:
            self._is_asked = True
            self._step()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._curves.set_active(False)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.LanguageChange):
            self._dress()

    def copy(self) -> None:
        """Copy the numbers of the tab that is shown."""
        page = self.tabs.currentWidget()
        text = page.numbers() if isinstance(page, PlotPage) else ""
        if text:
            QApplication.clipboard().setText(f"{text}{tr(RESEARCH_USE_BADGE)}\n")

    def _receive(self, event: object) -> None:
        if isinstance(event, Failed):
            set_texts(self.waiting, text=event.message)
        elif isinstance(event, Finished):
            self._building = self._steps()
            self._step()

    def _steps_before_import(self) -> Iterator[None]:
        """Make the classes that pyqtgraph will ask for on the worker's thread; then let it be imported there."""
        yield from make_classes(USED_BY_WORKERS + USED_BY_PYQTGRAPH)
        self._lane.submit(import_job, self._receive)

    def _steps(self) -> Iterator[None]:
        """Make canvases and pages and draw these, each in a turn of its own: together they would hold the window up."""
        canvases: list[Any] = []
        for _ in range(N_PLOTS):
            canvases.append(new_canvas())
            yield

        def take() -> Any:
            return canvases.pop() if canvases else new_canvas()

        makers: tuple[tuple[str, Callable[[], PlotPage]], ...] = (
            (translatable("Threshold"), lambda: ThresholdPage(self._session, self._tracker, self._curves, take)),
            (translatable("Normal ECGs"), lambda: StandingPage(self._session, take)),
            (translatable("Recordings"), lambda: CohortPage(self._session, self._worklist, self._open_row, take)),
        )
        pages = []
        for title, make in makers:
            page = make()
            yield
            page.dress(self._look)
            self.tabs.addTab(page, tr(title))
            pages.append(page)
            yield
        self.pages = tuple(pages)
        set_texts(self.tabs, tabs=[title for title, _ in makers])
        self.tabs.setCurrentIndex(0 if self._tracker.boxes else 1)
        self._stack.setCurrentWidget(self.tabs)
        self.tabs.setFocus()

    def _step(self) -> None:
        if next(self._building, self) is None:
            self._turn.start()

    @property
    def _look(self) -> Look:
        return Look(self._themes.paper, self._themes.chrome)

    def _dress(self) -> None:
        for page in self.pages:
            page.dress(self._look)

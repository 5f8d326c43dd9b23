"""One of four recordings seen at once: a paper and a session of its own."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout

from ecg_viewer.jobs.opening import hashing_job, opening_job, reading_job
from ecg_viewer.jobs.scoring import Scorer, checking_job, scoring_job
from ecg_viewer.qt.paper import PaperPlaces, PaperView
from ecg_viewer.qt.research.compare_foot import CompareFoot, FootLine
from ecg_viewer.qt.research.turns import Turns
from ecg_viewer.qt.theme import ThemeKeeper
from ecg_viewer.qt.widgets.translated_texts import set_texts
from ecg_viewer.qt.worker import WorkerLane
from ecg_viewer.state.filters import DisplayFilter
from ecg_viewer.state.heat import HeatMap
from ecg_viewer.state.models import Models
from ecg_viewer.state.research.side_words import percentile_words
from ecg_viewer.state.session import Session, Work
from ecg_viewer.state.view import ViewState
from ecg_viewer.state.words.language import tr
from ecg_viewer.state.words.record_words import RESEARCH_USE_BADGE, title_text

LEAST_PAPER = (200, 140)
EDGE_PX = 3


class FourPanel(QFrame):
    """Shows one recording; a click makes it the active one, a double click opens it."""

    activated = Signal()
    open_wanted = Signal()
    failed = Signal(object)
    """`Problem`."""

    def __init__(self, place: int, first: Session, scorer: Scorer, turns: Turns) -> None:
        """`first` is the window's session: its model and its display filter are used here, too."""
        super().__init__()
        self._is_closed = self._is_active = False
        self._edges = ("", "")
        self._reading = WorkerLane(f"four {place} reading")
        models = Models(
            tuple(choice.key for choice in first.models.choices if choice.is_bundled), turns.lane(),
            lambda folder: checking_job(scorer, folder),
            named=None if first.models.current is None else first.models.current.key)
        work = Work(open_paths=opening_job, read_item=reading_job, hash=hashing_job,
                    score=lambda key, record, focus: scoring_job(scorer, key, record, focus))
        display_filter: DisplayFilter = first.view.filter
        self.session = Session(ViewState(display_filter), HeatMap(), models, work, self._reading, turns.lane(),
                               turns.lane())
        self.paper = PaperView(self.session.view, self.session.heat)
        self.paper.setMinimumSize(*LEAST_PAPER)
        set_texts(self.paper, name=lambda: tr("ECG paper {n} of 4").format(n=place))
        self.foot = CompareFoot(self._lines)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(EDGE_PX, EDGE_PX, EDGE_PX, EDGE_PX)
        layout.addWidget(self.paper)
        self.paper.set_foot(self.foot)
        self.paper.installEventFilter(self)
        self.paper.trace_shown.connect(self._assess, Qt.ConnectionType.QueuedConnection)
        self.session.assessment_changed.connect(self._show_foot)
        self.session.record_changed.connect(self._show_foot)
        self.session.failed.connect(self.failed.emit)

    @property
    def path(self) -> Path | None:
        """Of the recording that is shown; None while there is none."""
        return None if self.session.item is None else self.session.item.path

    @property
    def is_active(self) -> bool:
        return self._is_active

    def set_active(self, active: bool) -> None:
        """Draw a frame round it, or none."""
        self._is_active = active
        self._frame()

    def dress(self, themes: ThemeKeeper, like: PaperView) -> None:
        """Take over colours and the screen's scale."""
        self._edges = (themes.chrome.accent, themes.chrome.window)
        self.paper.set_theme(like.theme)
        self.paper.set_screen_scale(like.screen_scale)
        self._frame()

    def close_threads(self) -> None:
        """Stop reading, and wait; the thread of the model is its owner's."""
        self._is_closed = True
        self._reading.ask_to_stop()
        self._reading.close()
        self.paper.close_loader()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QMouseEvent) and event.button() == Qt.MouseButton.LeftButton:
            if event.type() in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick):
                self.activated.emit()
            if event.type() == QEvent.Type.MouseButtonDblClick:
                self.open_wanted.emit()
        return super().eventFilter(watched, event)

    def _frame(self) -> None:
        colour = self._edges[0 if self._is_active else 1]
        self.setStyleSheet(f"FourPanel {{ border: {EDGE_PX}px solid {colour}; }}" if colour else "")

    def _assess(self) -> None:
        if not self._is_closed:
            self.session.assess()

    def _show_foot(self) -> None:
        if not self._is_closed:
            self.paper.set_foot(self.foot)

    def _lines(self, _paper: PaperPlaces) -> tuple[FootLine, ...]:
        item = self.session.item
        name = tr("no recording") if item is None else " · ".join(filter(None, (item.name, title_text(item))))
        words = (name, self.session.models.title, percentile_words(self.session), tr(RESEARCH_USE_BADGE))
        return (FootLine(" · ".join(filter(None, words))),)

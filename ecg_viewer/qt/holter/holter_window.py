"""The window of a long recording: page, trends, episodes, shapes and variability, beside the paper they lead to."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QStackedLayout,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from ecg_viewer.export.holter_files import write_holter
from ecg_viewer.qt.holter.episode_tab import EpisodeTab
from ecg_viewer.qt.holter.limits_dialog import LimitsDialog
from ecg_viewer.qt.holter.page_view import GAINS_MM_PER_MV, HolterPage
from ecg_viewer.qt.holter.shape_tab import ShapeTab
from ecg_viewer.qt.holter.trend_view import TrendView
from ecg_viewer.qt.holter.variability_tab import VariabilityTab
from ecg_viewer.qt.host import Host
from ecg_viewer.qt.widgets.plain_text import PlainLabel, plain_tip
from ecg_viewer.qt.widgets.retranslatable import Retranslatable
from ecg_viewer.qt.widgets.translated_texts import add_items, set_texts
from ecg_viewer.qt.worker import WorkerLane
from ecg_viewer.state.holter.board import HolterBoard
from ecg_viewer.state.holter.holter_words import summary_text
from ecg_viewer.state.problem import Problem
from ecg_viewer.state.words.core_words import translated
from ecg_viewer.state.words.language import tr, translatable
from ecg_viewer.state.words.numbers import number
from ecg_viewer.state.words.record_words import RESEARCH_USE_BADGE
from mmae_core.clock import Clock
from mmae_core.holter.results import Episode, Holter

SIZE_LETTERS = (170, 105)
"""At first, in average letters."""
SCREEN_SHARE = 0.92
TABS = (translatable("60 s a line"), translatable("Trends"), translatable("Episodes"), translatable("Shapes"),
        translatable("Variability"))
PAGE, TRENDS, EPISODES, SHAPES, VARIABILITY = range(5)
FILE_NAME = "holter"
LEADS = ("II", "V5", "V1")
"""The first of these that there is is drawn on the page at first."""


class HolterWindow(Retranslatable, QDialog):
    """Not modal. The analysis begins when it is first shown, and goes on when it is hidden."""

    def __init__(self, window: Host, board: HolterBoard, page_lane: WorkerLane) -> None:
        super().__init__(window)
        self._window, self._board = window, board
        self._view = window.session.view
        set_texts(self, window_title="Long recording")
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint)
        self._make_head()
        self.page = HolterPage(board, self._view, page_lane)
        self.trends = TrendView(board, self._view)
        self.episodes = EpisodeTab(board, self._view)
        self.shapes = ShapeTab(board, self._view)
        self.variability = VariabilityTab(board)
        self.tabs = QTabWidget()
        set_texts(self.tabs, name="Long recording")
        for tab in (self._with_scale(), self.trends, self.episodes, self.shapes, self.variability):
            self.tabs.addTab(tab, "")
        set_texts(self.tabs, tabs=TABS)
        self.refusal = PlainLabel()
        self.refusal.setWordWrap(True)
        self.refusal.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._body = QWidget()
        self._stack = QStackedLayout(self._body)
        self._stack.addWidget(self.tabs)
        self._stack.addWidget(self.refusal)
        badge = set_texts(PlainLabel(), text=RESEARCH_USE_BADGE)
        badge.setObjectName("badge")
        self.note = PlainLabel()
        self.note.setObjectName("quiet")
        self.close_button = set_texts(QPushButton(), text="Close")
        self.close_button.setAutoDefault(False)
        self.close_button.clicked.connect(self.close)
        bottom = QHBoxLayout()
        bottom.addWidget(badge)
        bottom.addWidget(self.note, 1)
        bottom.addWidget(self.close_button)
        layout = QVBoxLayout(self)
        layout.addLayout(self._head)
        layout.addWidget(self._body, 1)
        layout.addLayout(bottom)
        self._connect()
        room, letter = self.screen().availableGeometry(), self.fontMetrics().averageCharWidth()
        self.resize(min(SIZE_LETTERS[0] * letter, round(SCREEN_SHARE * room.width())),
                    min(SIZE_LETTERS[1] * letter, round(SCREEN_SHARE * room.height())))

    def _make_head(self) -> None:
        self.summary = PlainLabel()
        self.summary.setWordWrap(True)
        self.progress = QProgressBar()
        set_texts(self.progress, name="Progress of the analysis")
        self.progress.setRange(0, 1000)
        self.progress.setTextVisible(False)
        self.progress.setFixedWidth(120)
        self.stop_button = set_texts(QPushButton(), text="Stop", tip="Stop the analysis; what is found so far stays")
        self.again_button = set_texts(QPushButton(), text="Analyse",
                                      tip="Analyse the whole recording from its beginning")
        self.lead = QComboBox()
        set_texts(self.lead, name="Lead", tip="Lead of the page, of the ST trend and of the shapes")
        self.gain = QComboBox()
        set_texts(self.gain, name="Gain of the page")
        add_items(self.gain, ((partial(_gain_text, gain), gain) for gain in GAINS_MM_PER_MV))
        self.gain.setCurrentIndex(1)
        self.clock = set_texts(QCheckBox(), text="Clock time", tip="Times of day instead of times from the beginning")
        self._head = QHBoxLayout()
        self._head.addWidget(self.summary, 1)
        for widget in (self.progress, self.stop_button, self.again_button, self.lead, self.gain, self.clock):
            self._head.addWidget(widget)
        for button in (self.stop_button, self.again_button):
            button.setAutoDefault(False)

    def _with_scale(self) -> QWidget:
        """The page with its scale below."""
        self.scale = PlainLabel()
        self.scale.setObjectName("quiet")
        holder = QWidget()
        layout = QVBoxLayout(holder)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.page, 1)
        layout.addWidget(self.scale)
        return holder

    def _connect(self) -> None:
        session, window = self._window.session, self._window
        self.stop_button.clicked.connect(self._board.stop)
        self.again_button.clicked.connect(self._board.start)
        self.lead.currentIndexChanged.connect(self._show_lead)
        self.gain.currentIndexChanged.connect(self._show_gain)
        self.clock.toggled.connect(self._view.time_of_day.show)
        self.page.resized.connect(self._show_scale)
        for chosen in (self.page.chosen, self.trends.chosen, self.shapes.chosen, self.variability.plot.chosen):
            chosen.connect(self.go_to)
        self.page.failed.connect(lambda message: window.show_problem(Problem(message, "")))
        self.episodes.chosen.connect(self.show_episode)
        self.episodes.limits_asked.connect(self.ask_limits)
        self.episodes.export_asked.connect(self.ask_file)
        self._board.changed.connect(self._show_board)
        session.record_changed.connect(self._take_record)
        self._view.range_changed.connect(self._follow)
        self._view.time_of_day.changed.connect(self._show_clock)
        window.themes.changed.connect(self._dress)
        window.settings.changed.connect(self._use_formula)
        self._use_formula()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not event.spontaneous():
            self._take_record()

    def retranslate(self) -> None:
        self.refusal.setText(self._board.refusal())
        self._show_scale()
        self._show_clock()
        self._show_board()

    def show_tab(self, place: int) -> None:
        """Bring one of the tabs to the front."""
        self.tabs.setCurrentIndex(place)
        self.tabs.currentWidget().setFocus()

    def go_to(self, time_s: float) -> None:
        """Put a moment in the middle of the paper."""
        self._view.centre_on(time_s)

    def show_episode(self, episode: Episode) -> None:
        """Put an episode on the paper: its beginning, where it is longer than the paper."""
        self._view.show_interval(episode.start_s, episode.end_s)

    def ask_limits(self) -> None:
        """Let the reader change what is listed."""
        dialog = LimitsDialog(self._board.limits, self)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self._board.set_limits(dialog.limits)

    def ask_file(self, kind: str) -> None:
        """Let the reader name a file, and write it."""
        record, found, clock = self._window.session.record, self._board.found, self._view.time_of_day.known
        if record is None or found is None:
            return
        name, _ = QFileDialog.getSaveFileName(
            self, tr("Save what was found"), f"{FILE_NAME}.{kind}", f"{kind.upper()} (*.{kind})")
        if name:
            self.save(Path(name) if Path(name).suffix else Path(f"{name}.{kind}"), found, clock)

    def save(self, path: Path, found: Holter, clock: Clock | None) -> None:
        """Write what was found when the file was asked for; a problem is said in the main window."""
        try:
            write_holter(found, clock, path)
        except OSError as error:
            self._window.show_problem(Problem(tr("{name} cannot be written: {reason}").format(
                name=path.name, reason=error.strerror or error), ""))

    def _take_record(self) -> None:
        """Another recording, or the first one: choose its lead, and analyse it if the window is open."""
        if not self.isVisible():
            return
        record, refusal = self._window.session.record, self._board.refusal()
        self._stack.setCurrentIndex(1 if refusal else 0)
        self.refusal.setText(refusal)
        names = () if record is None or refusal else record.trace_names
        kept = self.lead.currentText()
        self.lead.blockSignals(True)
        self.lead.clear()
        self.lead.addItems(list(names))
        first = next((lead for lead in (kept, *LEADS) if lead in names), "")
        self.lead.setCurrentIndex(max(0, self.lead.findText(first)))
        self.lead.blockSignals(False)
        self._dress()
        self._show_lead()
        self._show_clock()
        if not refusal and self._board.found is None:
            self._board.start()
        self._show_board()

    def _dress(self) -> None:
        paper = self._window.paper
        self.page.set_look(paper.theme, paper.screen_scale)
        self.trends.set_theme(paper.theme)
        self.shapes.set_look(paper.theme, self.lead.currentText())
        self.variability.plot.set_theme(paper.theme)
        self._show_scale()

    def _use_formula(self) -> None:
        self.trends.set_formula(self._window.settings.settings.qtc_formula)

    def _show_lead(self) -> None:
        lead = self.lead.currentText()
        self.page.show_trace(lead)
        self.trends.set_lead(lead or None)
        self.shapes.set_look(self._window.paper.theme, lead)

    def _show_gain(self) -> None:
        self.page.set_gain(float(self.gain.currentData()))
        self._show_scale()

    def _show_scale(self) -> None:
        self.scale.setText(self.page.scale_text() if self.page.n_lines else "")

    def _show_clock(self) -> None:
        known = self._view.time_of_day.known is not None
        self.clock.blockSignals(True)
        self.clock.setEnabled(known)
        self.clock.setChecked(self._view.time_of_day.clock is not None)
        self.clock.blockSignals(False)
        set_texts(self.clock, tip="Times of day instead of times from the beginning" if known else
                  "The file does not state when the recording began.")

    def _follow(self) -> None:
        if self.isVisible() and not self.page.hasFocus() and self.page.n_lines:
            self.page.show_time(self._view.visible_span_s[0])

    def _show_board(self) -> None:
        board, found = self._board, self._board.found
        self.progress.setVisible(board.is_running)
        self.stop_button.setVisible(board.is_running)
        self.again_button.setVisible(not board.is_running and not board.refusal() and (
            found is None or not found.is_complete))
        self.progress.setValue(round(1000 * board.share))
        if board.problem:
            self.summary.setText(board.problem)
        elif found is None:
            self.summary.setText(tr("The whole recording is analysed…") if board.is_running else "")
        else:
            text = summary_text(found)
            if not found.is_complete:
                text = f"{tr('{share} % analysed').format(share=number(100 * board.share, '.0f'))} · {text}"
            self.summary.setText(text)
        self.note.setText("" if found is None else " · ".join(map(translated, found.limitations)))
        self.note.setToolTip(plain_tip(self.note.text()))


def _gain_text(mm_per_mv: float) -> str:
    return tr("{n} mm/mV").format(n=number(mm_per_mv, "g"))

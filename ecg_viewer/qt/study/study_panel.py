"""What a reader sees beside the ECG in a study: which case it is, the time, the form, and nothing else."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QScrollArea, QVBoxLayout, QWidget

from ecg_viewer.qt.paper.heat_legend import HeatLegend
from ecg_viewer.qt.study.read_form import ReadForm
from ecg_viewer.qt.widgets.plain_text import PlainLabel
from ecg_viewer.qt.widgets.retranslatable import Retranslatable
from ecg_viewer.qt.widgets.translated_texts import set_texts
from ecg_viewer.qt.widgets.window_keys import KeyGuard
from ecg_viewer.state.words.language import tr

TICK_MS = 1000


class StudyPanel(Retranslatable, QScrollArea):
    """In the place of findings and summary."""

    committed = Signal()
    stopped = Signal()
    closed = Signal()

    def __init__(self, legend: HeatLegend, parent: QWidget, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__(parent)
        self._clock = clock
        self._since_s: float | None = None
        self._case, self._n_cases = 0, 0
        self._may_commit = False
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        set_texts(self, name="Reader study")
        self._inside = inside = QWidget()
        inside.setObjectName("panel")
        self.setWidget(inside)
        self.title = PlainLabel()
        self.title.setObjectName("headline")
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        set_texts(self.progress, name="Cases read")
        self.timer_label = PlainLabel()
        self.timer_label.setObjectName("quiet")
        self.says = PlainLabel()
        self.says.setWordWrap(True)
        self.form = ReadForm()
        self.commit = set_texts(QPushButton(), text="Commit and go on",
                                tip="Keep this decision; there is no way back. (Ctrl+Alt+Return)")
        self.stop = set_texts(QPushButton(), text="Pause the study", tip="The next start goes on with this case.")
        self.close_button = set_texts(QPushButton(), text="Close")
        self.legend = legend
        buttons = QHBoxLayout()
        buttons.addWidget(self.commit, 1)
        buttons.addWidget(self.stop)
        layout = QVBoxLayout(inside)
        layout.setContentsMargins(12, 12, 12, 12)
        layout.setSpacing(8)
        for widget in (self.title, self.progress, self.timer_label, self.says, self.form):
            layout.addWidget(widget)
        layout.addLayout(buttons)
        layout.addWidget(self.close_button)
        layout.addStretch(1)
        layout.addWidget(legend)
        KeyGuard(self).guard(self.commit, self.stop, self.close_button)
        self.commit.clicked.connect(self.committed)
        self.stop.clicked.connect(self.stopped)
        self.close_button.clicked.connect(self.closed)
        self.form.changed.connect(self._show)
        self._ticks = QTimer(self)
        self._ticks.setInterval(TICK_MS)
        self._ticks.timeout.connect(self._tick)

    @property
    def looked_s(self) -> float:
        """Seconds since the case, or its heat, was on the screen."""
        return 0.0 if self._since_s is None else self._clock() - self._since_s

    @property
    def can_commit(self) -> bool:
        """Whether the form is complete and the case is there."""
        return self._may_commit and self.form.is_complete

    def show_case(self, number: int, n_cases: int) -> None:
        """Another case is being opened; from 0."""
        self._case, self._n_cases = number, n_cases
        self._since_s = None
        self._ticks.stop()
        self.progress.setRange(0, n_cases)
        self.progress.setValue(number)
        self._set_end(False)
        self.says.setText("")
        self.retranslate()
        self.allow(False)

    def ask(self, says: str, leads: tuple[str, ...], *, with_heat: bool) -> None:
        """The case is on the screen: ask for a decision, and count the seconds."""
        self.says.setText(says)
        self.form.clear(leads)
        self.legend.setVisible(with_heat)
        self._since_s = self._clock()
        self._ticks.start()
        self._tick()
        self.allow(True)

    def allow(self, may_commit: bool) -> None:
        """Whether a decision may be committed now."""
        self._may_commit = may_commit
        self.form.setEnabled(may_commit)
        self._show()

    def wait(self, says: str) -> None:
        """Say what is waited for, or why nothing goes on."""
        self.says.setText(says)
        self._since_s = None
        self._ticks.stop()
        self._tick()
        self.allow(False)

    def show_end(self, says: str) -> None:
        """The session is over."""
        self._ticks.stop()
        self._since_s = None
        self.says.setText(says)
        self._set_end(True)
        self.retranslate()

    def retranslate(self) -> None:
        if self.close_button.isHidden():
            self.title.setText(tr("Case {n} of {total}").format(n=self._case + 1, total=self._n_cases))
        else:
            self.title.setText(tr("Reader study"))
        self._tick()

    def _set_end(self, is_end: bool) -> None:
        for widget in (self.form, self.commit, self.stop, self.timer_label, self.progress):
            widget.setHidden(is_end)
        self.close_button.setVisible(is_end)
        self.legend.hide()

    def _tick(self) -> None:
        minutes, seconds = divmod(int(self.looked_s), 60)
        self.timer_label.setText(f"{minutes}:{seconds:02d}")

    def _show(self) -> None:
        self.commit.setEnabled(self.can_commit)
        self.setMinimumWidth(self._inside.minimumSizeHint().width() + self.verticalScrollBar().sizeHint().width())

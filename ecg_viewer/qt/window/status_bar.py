"""The status bar: cursor, state of the model, and the permanent research-use badge."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QProgressBar, QSizePolicy, QStatusBar, QToolButton, QWidget

from ecg_viewer.qt.paper.hover import Hover
from ecg_viewer.qt.widgets.plain_text import PlainLabel, plain_tip
from ecg_viewer.qt.widgets.retranslatable import Retranslatable
from ecg_viewer.qt.widgets.translated_texts import set_texts
from ecg_viewer.state.assessment import Phase
from ecg_viewer.state.session import Session
from ecg_viewer.state.words.language import tr
from ecg_viewer.state.words.numbers import number
from ecg_viewer.state.words.record_words import (
    RESEARCH_USE_BADGE,
    instant_text,
    is_long,
    model_explanation,
    percentile_text,
    phase_sentence,
)

NOTICEABLE_MS = 300
"""Work that takes longer shows a progress bar."""
STATE_PX = 260
"""Maximum width of the state text, which may name a folder, so that the badge has room."""


class StatusBar(Retranslatable, QStatusBar):
    """Listens to the session; the paper tells it where the cursor is."""

    cancel_clicked = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.setSizeGripEnabled(False)
        self.cursor_label = PlainLabel()
        set_texts(self.cursor_label, name="Cursor")
        # Figures of equal width, so that the line does not jump while the mouse moves.
        self.cursor_label.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.cursor_label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.state_label = PlainLabel()
        self.state_label.setObjectName("quiet")
        set_texts(self.state_label, name="Model")
        self.progress = QProgressBar()
        set_texts(self.progress, name="Progress of the assessment")
        self.progress.setTextVisible(False)
        self.progress.setFixedWidth(110)
        self.cancel_button = QToolButton()
        set_texts(
            self.cancel_button,
            text="Stop",
            tip="Stop assessing; what is known so far stays. (Esc)",
            name="Stop assessing",
        )
        self.cancel_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.cancel_button.clicked.connect(self.cancel_clicked)
        self._reading_timer = QTimer(self)
        self._reading_timer.setSingleShot(True)
        self._reading_timer.setInterval(NOTICEABLE_MS)
        self._reading_timer.timeout.connect(self._show_reading)
        self.badge = set_texts(PlainLabel(), text=RESEARCH_USE_BADGE)
        self.badge.setObjectName("badge")
        self.setContentsMargins(6, 0, 6, 0)
        self.addWidget(self.cursor_label, 1)
        for widget in (self.state_label, self.progress, self.cancel_button, self.badge):
            self.addPermanentWidget(widget)
        session.assessment_changed.connect(self._refresh)
        session.opening_changed.connect(self._refresh)
        session.models.changed.connect(self._refresh)
        self._refresh()

    def show_cursor(self, hover: Hover | None) -> None:
        """`V3   3.42 s   0.35 mV   99.2 percentile`; empty when the mouse is elsewhere."""
        self.cursor_label.setText("" if hover is None else self._cursor_text(hover))

    def retranslate(self) -> None:
        self._refresh()

    def _cursor_text(self, hover: Hover) -> str:
        record = self._session.record
        long = record is not None and is_long(record.duration_s)
        parts = [f"{hover.label:<3}", instant_text(
            hover.time_s, long=long, clock=self._session.view.time_of_day.clock)]
        if hover.drawn_mv is not None:
            parts.append(f"{number(hover.drawn_mv, '+.2f')} mV".replace("-", "\N{MINUS SIGN}"))
        if self._session.is_hidden:
            return "  ".join(parts)
        if hover.replacement:
            parts.append(hover.replacement)
        elif hover.percentile is not None:
            text = tr("unreliable, percentile {percentile}") if hover.is_unreliable else tr("percentile {percentile}")
            parts.append(text.format(percentile=percentile_text(hover.percentile)))
        elif hover.assessed and self._session.assessment.phase.is_running:
            parts.append(tr("not yet assessed"))
        else:
            parts.append(tr("not assessed"))
        return "  ".join((*parts, *hover.marks[:1]))

    def _refresh(self) -> None:
        assessment, model = self._session.assessment, self._session.model
        is_running = assessment.phase.is_running
        if self._session.is_opening:
            text = tr("Opening…")
        elif self._session.models.looked_at is not None:
            folder = self._session.models.looked_at.name
            text = tr("Looking at the folder {folder}…").format(folder=folder)
        elif is_running and (model is None or assessment.phase is Phase.SCORING):
            text = phase_sentence(assessment.phase, self._session.models.title)
        elif model is not None:
            text = f"{model.name} {model.version} · {model.device}"
        else:
            text = ""
        shown = self.state_label.fontMetrics().elidedText(text, Qt.TextElideMode.ElideMiddle, STATE_PX)
        self.state_label.setText(shown)
        self.state_label.setToolTip(plain_tip("" if model is None else model_explanation(model)))
        self._show_busy()
        self.cancel_button.setVisible(is_running)
        if is_running:
            known = assessment.done_s > 0 and assessment.total_s > 0
            self.progress.setUpdatesEnabled(False)  # a progress bar repaints, with all that is pending, at each value
            self.progress.setRange(0, 1000 if known else 0)
            if known:
                self.progress.setValue(round(1000 * assessment.done_s / assessment.total_s))
            self.progress.setUpdatesEnabled(True)

    def _show_busy(self) -> None:
        """Show the progress of the assessment, or that a recording or a model is still loading."""
        is_reading = self._session.is_opening or self._session.models.looked_at is not None
        if not is_reading:
            self._reading_timer.stop()
        elif not self._reading_timer.isActive() and not self.progress.isVisible():
            self._reading_timer.start()
        if not (is_reading and self.progress.isVisible()):
            self.progress.setVisible(self._session.assessment.phase.is_running)

    def _show_reading(self) -> None:
        self.progress.setRange(0, 0)
        self.progress.setVisible(True)

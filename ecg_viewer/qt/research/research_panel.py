"""The side tab Research: truth and outcome, operating points, the model's explanation by lead."""

from __future__ import annotations

import math

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from ecg_viewer.qt.research.action_button import ActionButton
from ecg_viewer.qt.widgets.labels import new_rule, set_or_hide
from ecg_viewer.qt.widgets.plain_text import PlainLabel
from ecg_viewer.qt.widgets.retranslatable import Retranslatable
from ecg_viewer.qt.widgets.sortable_table import SmallTable, TableCell, number_cell
from ecg_viewer.qt.widgets.translated_texts import set_texts
from ecg_viewer.state.research.model_view import ModelView
from ecg_viewer.state.research.research_words import (
    box_kind_text,
    event_word,
    figures_text,
    is_assessed,
    outcome_text,
    points_text,
    rule_text,
    truth_text,
)
from ecg_viewer.state.research.truth_tracker import TruthTracker
from ecg_viewer.state.session import Session
from ecg_viewer.state.words.language import tr, translatable
from mmae_core.record import STANDARD_LEADS

EVENTS_PX, LEADS_PX = 150, 290
Buttons = tuple[tuple[QAction, str], ...]
MAX_EVENTS = 500
"""Lines of the list; a day of beats has more, and the keys go through all of them."""


class ResearchPanel(Retranslatable, QScrollArea):
    """Listens to the board, the model view and the session."""

    def __init__(
        self, session: Session, tracker: TruthTracker, model_view: ModelView, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session, self._tracker, self._model_view = session, tracker, model_view
        self._is_assessed = False
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        set_texts(self, name="Research")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.truth, self.figures, self.outcome = _label(), _label("headline"), _label()
        self.rule, self.points, self.status = _label("quiet"), _label("quiet"), _label("quiet")
        self.events = SmallTable(translatable("Hits, misses and false alarms"), stretched=1)
        self.events.setFixedHeight(EVENTS_PX)
        self.events.chosen.connect(self._go_to)
        self.leads = SmallTable(translatable("Parts of the score by lead"))
        self.leads.setMinimumHeight(LEADS_PX)
        self.leads.chosen.connect(self._show_lead)
        self._truth_buttons, self._model_buttons = QHBoxLayout(), QVBoxLayout()
        content = QWidget()
        content.setObjectName("panel")
        layout = QVBoxLayout(content)
        layout.setContentsMargins(10, 6, 10, 10)
        layout.setSpacing(5)
        layout.addWidget(_title(translatable("Truth")))
        layout.addLayout(self._truth_buttons)
        for widget in (self.truth, self.figures, self.outcome, self.events, self.rule, new_rule(),
                       _title(translatable("As a detector")), self.points, new_rule(),
                       _title(translatable("Model explanation"))):
            layout.addWidget(widget)
        layout.addLayout(self._model_buttons)
        layout.addWidget(self.status)
        layout.addWidget(self.leads)
        layout.addStretch(1)
        self.setWidget(content)
        tracker.changed.connect(self._refresh_truth)
        model_view.changed.connect(self._refresh_model)
        session.assessment_changed.connect(self._follow_assessment)
        self._refresh_truth()
        self._refresh_model()

    def add_actions(self, truth: Buttons, model: tuple[Buttons, ...]) -> None:
        """Buttons for what the menus offer, each with a short text, so that the tab can be worked from."""
        _fill(self._truth_buttons, truth)
        for line in model:
            row = QHBoxLayout()
            _fill(row, line)
            self._model_buttons.addLayout(row)

    def retranslate(self) -> None:
        self._refresh_truth()
        self._refresh_model()

    def _refresh_truth(self) -> None:
        tracker = self._tracker
        self.truth.setText(truth_text(tracker.boxes, tracker.left_out))
        outcome = tracker.outcome
        set_or_hide(self.figures, figures_text(tracker.localization, bool(tracker.boxes), tracker.is_too_long))
        self._show_outcome()
        set_or_hide(self.rule, "" if outcome is None else rule_text())
        events = tracker.events()[:MAX_EVENTS]
        self.events.setVisible(bool(events))
        heads = ((tr("What"), tr("▲ hit, △ miss or ! false alarm")),
                 (tr("Where"), tr("Leads of the region or the finding")),
                 (tr("s"), tr("Where it begins, in seconds")), (tr("%ile"), tr("Of the strongest finding concerned")))
        self.events.show_rows(heads, [
            (TableCell(event_word(event.kind, self._session.assessment), event.kind, box_kind_text(event.label)),
             TableCell(_leads_text(event.leads), event.lead), number_cell(event.start_s, 2),
             number_cell(math.nan if event.percentile is None else event.percentile, 1))
            for event in events
        ])
        self.events.select_row(events.index(tracker.current) if tracker.current in events else -1)
        self._refresh_points()

    def _follow_assessment(self) -> None:
        """A hit or a miss counts once its stretch is assessed; the list, which may be long, changes with the first."""
        assessed = is_assessed(self._session.assessment)
        if assessed != self._is_assessed:
            self._is_assessed = assessed
            self._refresh_truth()
            return
        self._show_outcome()
        self._refresh_points()

    def _show_outcome(self) -> None:
        outcome = self._tracker.outcome
        set_or_hide(self.outcome, "" if outcome is None else outcome_text(outcome, self._session.assessment))

    def _refresh_points(self) -> None:
        window = self._session.assessment.strongest_window
        model = self._session.model
        self.points.setText(points_text(None if model is None else model.operating_points,
                                        None if window is None else window.score,
                                        self._session.assessment.window_counts.n))

    def _refresh_model(self) -> None:
        model_view = self._model_view
        found = model_view.explanation
        waiting = tr("The model is being asked for its explanation…") if model_view.is_working else ""
        text = model_view.message or waiting
        if found is not None:
            text = tr("{start:.1f} to {end:.1f} s by {model}. Errors and residual are of the filtered input.").format(
                start=found.start_s, end=found.end_s, model=found.model_name)
        set_or_hide(self.status, text)
        self.leads.setVisible(found is not None and model_view.shows("table"))
        self._refresh_points()
        if found is None:
            return
        heads = [(tr("Lead"), tr("Lead")), (tr("%ile"), tr("Percentile of the lead among normal ECGs")),
                 (tr("Global"), tr("Error of the global branch")), (tr("Local"), tr("Error of the local branch"))]
        names = list(found.z_scores)
        short = {"segments": tr("z seg."), "cross_lead": tr("z leads"), "amplitude": tr("z amp."),
                 "beat": tr("z beat"), "departures": tr("z dep.")}
        long = {"segments": tr("Masked segments, in spreads of normal ECGs"),
                "cross_lead": tr("Hidden leads, in spreads of normal ECGs"),
                "amplitude": tr("Amplitudes, in spreads of normal ECGs"),
                "beat": tr("Shape of the median beat, in spreads of normal ECGs"),
                "departures": tr("Named departures, in spreads of normal ECGs")}
        heads += [(short.get(name, name), long.get(name, name)) for name in names]
        heads.append((tr("µV"), tr("Root mean square of the residual, in microvolts")))
        self.leads.show_rows(heads, [
            (TableCell(row.lead, f"{STANDARD_LEADS.index(row.lead):02d}"), number_cell(row.percentile, 1),
             number_cell(row.branches[0]), number_cell(row.branches[1]),
             *(number_cell(row.z_scores[name], 1) for name in names),
             number_cell(1000 * row.rms_residual_mv, 0))
            for row in found.leads
        ])

    def _go_to(self, row: int) -> None:
        self._tracker.go_to(self._tracker.events()[row])

    def _show_lead(self, row: int) -> None:
        """Mark the lead of a line of the table in the window that was explained."""
        found = self._model_view.explanation
        if found is not None:
            self._session.view.select_interval(found.leads[row].lead, found.start_s, found.end_s)


def _leads_text(leads: tuple[str, ...]) -> str:
    return tr("all") if len(leads) == len(STANDARD_LEADS) else ", ".join(leads)


def _fill(row: QHBoxLayout, buttons: Buttons) -> None:
    for action, text in buttons:
        row.addWidget(ActionButton(action, text))
    row.addStretch(1)


def _label(name: str = "") -> QLabel:
    label = PlainLabel()
    label.setObjectName(name)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label


def _title(text: str) -> QLabel:
    title = set_texts(PlainLabel(), text=text)
    title.setObjectName("panelTitle")
    title.setContentsMargins(-8, 0, 0, 0)
    return title

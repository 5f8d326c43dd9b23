"""The summary: the model's result for the whole recording, what was not assessed, and the model."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from ecg_viewer.qt.summary.lead_bars import LeadBars
from ecg_viewer.qt.theme import ThemeKeeper
from ecg_viewer.qt.widgets.labels import new_rule, set_or_hide
from ecg_viewer.qt.widgets.plain_text import PlainLabel, plain_tip
from ecg_viewer.qt.widgets.retranslatable import Retranslatable
from ecg_viewer.qt.widgets.translated_texts import set_texts
from ecg_viewer.state.assessment import Assessment
from ecg_viewer.state.person import listed_or_stated
from ecg_viewer.state.session import Session
from ecg_viewer.state.words.core_words import translated
from ecg_viewer.state.words.language import tr
from ecg_viewer.state.words.percentile_words import exact_percentile
from ecg_viewer.state.words.record_words import (
    comparison_sentence,
    instant_text,
    is_long,
    model_cohort_sentence,
    model_explanation,
    model_sentence,
    phase_sentence,
    quality_text,
    record_sentence,
    statements_text,
    strongest_sentence,
    time_text,
    unreliable_count,
    unreliable_number,
    window_sentence,
    windows_note,
    windows_sentence,
)
from ecg_viewer.state.words.report_words import breakable, readable_report
from mmae_core.assessment import WindowAssessment

MAX_NOTES = 8
"""Maximum number of notes: a noisy day has thousands, which the hatching on the paper shows."""


class SummaryPanel(Retranslatable, QScrollArea):
    """Listens to the session; the button goes to the strongest 10 s of a long recording."""

    def __init__(self, session: Session, themes: ThemeKeeper, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        set_texts(self, name="Summary of the recording")
        content = QWidget()
        content.setObjectName("panel")
        self.setWidget(content)
        self.name = _label("recordName")
        self.facts = _label("quiet")
        self.dataset = _label("")
        self.headline = _label("headline")
        self.p_value = _label("quiet")
        self.suspicions = _label("caution")
        self.quality = _label("quiet")
        self.strongest = QPushButton()
        set_texts(self.strongest, description="Scrolls to the ten seconds that depart most from the normal cohort")
        self.strongest.clicked.connect(self._go_to_strongest)
        self.ranking_title = _label("quiet")
        self.bars = LeadBars(themes)
        self.notes = _label("")
        self.provenance = _label("quiet")
        self.details = set_texts(QPushButton(), text="Details", description="Shows or hides chance and checksum")
        self.details.setCheckable(True)
        self.details.toggled.connect(self._refresh)
        self.more = _label("quiet")
        """What few readers look for: the chance of a normal ECG, the checksum."""
        layout = QVBoxLayout(content)
        layout.setContentsMargins(10, 6, 10, 8)
        layout.setSpacing(3)
        self._rules = (new_rule(), new_rule())
        for widget in (self.name, self.facts, self._rules[0], self.headline, self.p_value, self.strongest,
                       self.suspicions, self.quality, self.ranking_title, self.bars, self.notes, self._rules[1],
                       self.dataset, self.provenance):
            layout.addWidget(widget)
        layout.addWidget(self.details, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self.more)
        layout.addStretch(1)
        session.record_changed.connect(self._refresh)
        session.assessment_changed.connect(self._refresh)
        self._refresh()

    def retranslate(self) -> None:
        self._refresh()

    def _refresh(self) -> None:
        record, item, assessment = self._session.record, self._session.item, self._session.assessment
        set_or_hide(self.name, breakable(record.name) if record else "")
        facts = (record_sentence(record), listed_or_stated(record, item).text) if record else ()
        set_or_hide(self.facts, breakable(" · ".join(filter(None, facts))) or tr("No recording is open."))
        lines = []
        if item is not None and item.statements:
            lines.append(tr("Data set says: {statements}").format(statements=statements_text(item)))
        if item is not None and item.report:
            lines.append(tr("Data set's report: {report}").format(report=readable_report(item.report)))
        set_or_hide(self.dataset, breakable("\n".join(lines)))
        for rule in self._rules:
            rule.setVisible(record is not None)
        self._refresh_result(assessment)
        doubts = () if record is None else record.doubts
        suspicions = (f"⚠ {translated(text)}" for text in (*doubts, *assessment.first_suspicions))
        set_or_hide(self.suspicions, breakable("\n".join(suspicions)))
        set_or_hide(self.notes, breakable(self._notes(assessment)))
        set_or_hide(self.provenance, breakable(self._provenance()))
        details = self._details(assessment)
        self.details.setVisible(bool(details))
        set_or_hide(self.more, details if self.details.isChecked() else "")

    def _refresh_result(self, assessment: Assessment) -> None:
        window = assessment.strongest_window
        long = len(assessment.windows) > 1
        if window is None:
            set_or_hide(self.headline, breakable(phase_sentence(assessment.phase, self._session.models.title)))
            set_or_hide(self.p_value, "")
            set_or_hide(self.quality, "")
            self.headline.setToolTip("")
        else:
            model = self._session.model
            sentence = window_sentence(window, model.n_normals if model else None)
            if long:
                sentence = strongest_sentence(sentence, assessment.window_counts)
            set_or_hide(self.headline, sentence)
            self.headline.setToolTip(plain_tip(self._percentile_tip(window)))
            several = windows_sentence(assessment.window_counts) if window.reliable else ""
            is_chance = not several and window.reliable  # else it says what cannot be left out
            compared = several or comparison_sentence(window, assessment.window_counts)
            set_or_hide(self.p_value, "" if is_chance else compared)
            self.p_value.setToolTip(plain_tip(windows_note(assessment.window_counts) if several else ""))
            self._show_quality(assessment, window)
        self.strongest.setVisible(long and window is not None)
        if window is not None and long:
            hours = is_long(assessment.total_s)
            clock = self._session.view.time_of_day.clock
            start = time_text(window.start_s, long=hours, clock=clock)
            end = instant_text(window.start_s + 10, long=hours, clock=clock)
            self.strongest.setText(tr("Go to {start} – {end}").format(start=start, end=end))
        ranking = assessment.lead_ranking
        is_reliable = window is None or window.reliable
        title = tr("Whole leads, percentile among normal ECGs") if is_reliable else tr("Leads, unreliable percentiles")
        set_or_hide(self.ranking_title, title if ranking else "")
        self.ranking_title.setToolTip(tr(
            "How unusual each lead is as a whole, over all of its 10 s. Heat and findings are about the strongest "
            "moments: a lead can depart a little everywhere and have no finding."
        ))
        self.bars.set_ranking(ranking, is_reliable)

    def _show_quality(self, assessment: Assessment, window: WindowAssessment) -> None:
        long = len(assessment.windows) > 1
        of_window = quality_text(window.quality, of_strongest=long)
        limitations = window.quality.limitations if window.quality else ()
        rules = tr("Measured by rules on the recorded signal, not by the model.")
        if long:  # of hours what counts is how much is poor; how good the strongest ten seconds are is a detail
            set_or_hide(self.quality, unreliable_count(assessment.n_unreliable, len(assessment.windows)))
            for label in (self.headline, self.quality):
                label.setToolTip(plain_tip("\n".join(filter(None, (
                    self._percentile_tip(window), of_window, rules, *map(translated, limitations))))))
            return
        set_or_hide(self.quality, of_window)
        self.quality.setToolTip(plain_tip("\n".join((rules, *map(translated, limitations)))))

    def _percentile_tip(self, window: WindowAssessment) -> str:
        return exact_percentile(window.percentile) if window.reliable else unreliable_number(window)

    def _notes(self, assessment: Assessment) -> str:
        said_above = set(assessment.suspicions)
        notes = [note for note in assessment.notes if note not in said_above]
        lines = [translated(note) for note in notes[:MAX_NOTES]]
        if len(notes) > MAX_NOTES:
            lines.append(tr("… and {n:,} more stretches or leads.").format(n=len(notes) - MAX_NOTES))
        if assessment.message:
            lines.insert(0, assessment.message)
        is_partial = assessment.done_s < assessment.total_s and assessment.windows
        if is_partial:
            lines.append(
                tr("{done:.0f} of {total:.0f} s assessed.").format(done=assessment.done_s, total=assessment.total_s)
            )
        return "\n".join(lines)

    def _provenance(self) -> str:
        lines: list[str] = []
        tips: list[str] = []
        model = self._session.model
        if model is not None:
            lines += [model_sentence(model), model_cohort_sentence(model)]
            tips.append(model_explanation(model))
        self.provenance.setToolTip(plain_tip("\n".join(tips)))
        return "\n".join(lines)

    def _details(self, assessment: Assessment) -> str:
        lines: list[str] = []
        window = assessment.strongest_window
        if window is not None and window.reliable and len(assessment.windows) == 1:
            lines.append(comparison_sentence(window, assessment.window_counts))
        if self._session.sha256:
            lines.append(tr("Recording SHA-256 {sha256}").format(sha256=self._session.sha256))
        return breakable("\n".join(filter(None, lines)))

    def _go_to_strongest(self) -> None:
        window = self._session.assessment.strongest_window
        if window is not None:
            self._session.view.centre_on(window.start_s + 5)


def _label(name: str) -> QLabel:
    label = PlainLabel()
    label.setObjectName(name)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label

"""The blinded first read in the window: its switch, its badge, and the decisions before and after."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from ecg_viewer.qt.actions import ActionSpec
from ecg_viewer.qt.feature import AsReviewer, Feature
from ecg_viewer.qt.study.cover import Cover
from ecg_viewer.qt.study.read_form import ReadForm
from ecg_viewer.qt.study.read_panels import FirstReadPanel, SecondReadPanel
from ecg_viewer.qt.widgets.plain_text import PlainLabel
from ecg_viewer.qt.widgets.translated_texts import set_texts
from ecg_viewer.state.review.first_read import FirstRead
from ecg_viewer.state.words.language import translatable

if TYPE_CHECKING:
    from ecg_viewer.qt.host import Host
    from ecg_viewer.state.review.reads import ReadDecision


def _may_switch(feature: BlindedFeature) -> bool:
    return not feature.first_read.is_suspended


def _can_commit(feature: BlindedFeature) -> bool:
    return feature.can_commit


def _can_keep(feature: BlindedFeature) -> bool:
    return feature.first_read.asks_again and not feature.second.is_changing


class BlindedFeature(Feature):
    """Covers the window while the first read is due."""

    menu_place = 13
    actions: ClassVar[tuple[ActionSpec, ...]] = (
        ActionSpec("blinded", "Findings", translatable("Blinded first read"), ("Ctrl+B",),
                   translatable("Hide statements, report and everything the program finds until you have committed a "
                                "first decision; remembered."),
                   do=lambda self: self.toggle(), enabled=_may_switch,
                   checked=lambda self: self.first_read.is_on, separate=True),
        ActionSpec("commit_read", "Findings", translatable("Commit the decision"), ("Ctrl+Alt+Return",),
                   translatable("Keep your decision on the recording with its time; after a blinded first read, show "
                                "everything."),
                   do=lambda self: self.commit(), enabled=_can_commit),
        ActionSpec("keep_read", "Findings", translatable("Keep the first decision"), ("Q",),
                   translatable("After seeing the results, your first decision stands."),
                   do=lambda self: self.keep(), enabled=_can_keep),
    )

    def __init__(self, window: Host, first_read: FirstRead, as_reviewer: AsReviewer) -> None:
        super().__init__(window)
        self.first_read = first_read
        self._as_reviewer = as_reviewer
        self.cover = Cover(window)
        self.first = FirstReadPanel(window)  # the window owns it also while it is not shown
        self.second = SecondReadPanel(window)
        for panel in (self.first, self.second):
            panel.hide()
        self.badge = set_texts(PlainLabel("", window), text="BLINDED FIRST READ", name="Blinded first read",
                               tip="Results are hidden until you have committed a first decision.")
        self.badge.setObjectName("badge")
        self.badge.hide()
        window.statusBar().insertPermanentWidget(1, self.badge)
        window.frame.add_heading(self.second)
        self.first.committed.connect(self.commit)
        self.second.committed.connect(self.commit)
        self.second.kept.connect(self.keep)
        for form in (self.first.form, self.second.form):
            form.changed.connect(self.changed.emit)
        self.second.change.toggled.connect(self._changed)
        self._asked: object = None
        """The recording that the form is about."""
        if window.settings.settings.blinded:
            window.session.set_blind(True)

    def ready(self) -> None:
        """All panels are in their places, so that they can be covered."""
        self.first_read.changed.connect(self._show)
        self.window.session.assessment_changed.connect(self._show)
        self._show()

    def toggle(self) -> None:
        """Blind from now on, or show everything, which the journal keeps if a first read was due."""
        if not self.first_read.is_on:
            self.window.settings.change(blinded=True)
            self.first_read.begin()
        elif self.first_read.is_hidden:
            self._as_reviewer(self._end)
        else:
            self._end()

    @property
    def can_commit(self) -> bool:
        """Whether a decision is due and chosen."""
        reading = self.first_read
        if reading.commit_elsewhere is not None:
            return True
        if reading.is_hidden:
            return self.first.form.is_complete
        return reading.asks_again and self.second.is_changing and self.second.form.is_complete

    def commit(self) -> None:
        """Keep the decision in the form that is open."""
        elsewhere = self.first_read.commit_elsewhere
        if elsewhere is not None:
            elsewhere()
        elif self.can_commit:
            self._as_reviewer(self._commit)

    def keep(self) -> None:
        """The first decision stands."""
        if self.first_read.asks_again:
            self._as_reviewer(self.first_read.keep)

    def _commit(self) -> None:
        if not self.can_commit:
            return  # the name that was asked for belongs to somebody who has decided this recording
        if self.first_read.is_hidden:
            self.first_read.commit(*_answers(self.first.form))
        else:
            self.first_read.decide_again(*_answers(self.second.form))

    def _end(self) -> None:
        self.first_read.end()
        self.window.settings.change(blinded=False)

    def _changed(self, _is_open: bool) -> None:
        self.changed.emit()

    def _show(self) -> None:
        reading, session = self.first_read, self.window.session
        if reading.is_suspended:
            self.second.hide()
            self.badge.hide()
            self.changed.emit()
            return
        record = session.record
        if reading.is_hidden and record is not None:
            if self._asked is not record:
                self._asked = record
                self.first.form.clear(record.lead_names)
        else:
            self._asked = None
        self.cover.set_records(self.cover.records if reading.is_on else None)
        self.cover.set_side(self.first if reading.is_hidden else None)
        self.badge.setVisible(reading.is_on)
        asks = reading.asks_again and record is not None
        if asks and record is not None:
            self.second.ask(reading.reads, record.lead_names)
        else:
            self.second.forget()
        self.second.setVisible(asks)
        self.changed.emit()


def _answers(form: ReadForm) -> tuple[ReadDecision, float, tuple[str, ...], str]:
    decision, confidence = form.decision, form.confidence
    assert decision is not None, "only a complete form is committed"
    assert confidence is not None, "as above"
    return decision, confidence, form.chosen_leads, form.text

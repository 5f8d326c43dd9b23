"""The form for a decision on a whole recording: normal or not, how sure, where, and a conclusion."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QGridLayout,
    QHBoxLayout,
    QPlainTextEdit,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from ecg_viewer.qt.widgets.plain_text import PlainLabel
from ecg_viewer.qt.widgets.translated_texts import set_texts
from ecg_viewer.qt.widgets.window_keys import KeyGuard
from ecg_viewer.state.review.reads import READ_DECISIONS, READ_WORDS, Read, ReadDecision
from ecg_viewer.state.words.language import tr, translatable
from ecg_viewer.state.words.record_words import lead_title

CONFIDENCES: tuple[tuple[int, str], ...] = (
    (0, translatable("guess")), (25, "25"), (50, "50"), (75, "75"), (100, translatable("sure")),
)
"""Per cent, with the words on the buttons. No step is chosen beforehand: a proposal would be an answer."""
LEADS_A_LINE = 6
CONCLUSION_PX = 64


class ReadForm(QWidget):
    """Complete once a decision and a confidence are chosen."""

    changed = Signal()

    def __init__(self, *, with_details: bool = True, parent: QWidget | None = None) -> None:
        """`with_details` asks for leads and a conclusion, too."""
        super().__init__(parent)
        self._guard = KeyGuard(self)
        self.decisions = QButtonGroup(self)
        self.confidences = QButtonGroup(self)
        self.leads: dict[str, QCheckBox] = {}
        self._with_details = with_details
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(5)
        for place, decision in enumerate(READ_DECISIONS):
            button = set_texts(QRadioButton(), text=READ_WORDS[decision])
            self.decisions.addButton(button, place)
            layout.addWidget(button)
        layout.addSpacing(4)
        layout.addWidget(set_texts(PlainLabel(), text="How sure are you, in per cent?"))
        steps = QHBoxLayout()
        steps.setSpacing(8)
        for percent, words in CONFIDENCES:
            step = set_texts(QRadioButton(), text=words if words.isalpha() else partial(str, percent),
                             name=partial(_confidence_name, percent))
            self.confidences.addButton(step, percent)
            steps.addWidget(step)
        steps.addStretch(1)
        layout.addLayout(steps)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(6)
        self._grid.setVerticalSpacing(2)
        self.conclusion = QPlainTextEdit()
        self.conclusion.setFixedHeight(CONCLUSION_PX)
        self.conclusion.setTabChangesFocus(True)
        set_texts(self.conclusion, name="Conclusion")
        if with_details:
            layout.addSpacing(4)
            layout.addWidget(set_texts(PlainLabel(), text="Leads, if you like"))
            layout.addLayout(self._grid)
            layout.addSpacing(4)
            layout.addWidget(set_texts(PlainLabel(), text="Conclusion, if you like"))
            layout.addWidget(self.conclusion)
        for group in (self.decisions, self.confidences):
            group.idToggled.connect(self._tell)
            self._guard.guard(*group.buttons())

    def _tell(self, _place: int, _is_checked: bool) -> None:
        self.changed.emit()

    @property
    def decision(self) -> ReadDecision | None:
        place = self.decisions.checkedId()
        return READ_DECISIONS[place] if place >= 0 else None

    @property
    def confidence(self) -> float | None:
        """Per cent; None if none is chosen."""
        percent = self.confidences.checkedId()
        return float(percent) if self.confidences.checkedButton() is not None else None

    @property
    def is_complete(self) -> bool:
        return self.decision is not None and self.confidence is not None

    @property
    def chosen_leads(self) -> tuple[str, ...]:
        return tuple(lead for lead, box in self.leads.items() if box.isChecked())

    @property
    def text(self) -> str:
        """The conclusion."""
        return self.conclusion.toPlainText().strip()

    def clear(self, leads: Sequence[str] = ()) -> None:
        """Ask anew; `leads` can be chosen."""
        for group in (self.decisions, self.confidences):
            group.setExclusive(False)
            for button in group.buttons():
                button.setChecked(False)
            group.setExclusive(True)
        self.conclusion.clear()
        if tuple(leads) != tuple(self.leads):
            for box in self.leads.values():
                self._grid.removeWidget(box)
                box.deleteLater()
            self.leads = {lead: QCheckBox(lead) for lead in leads} if self._with_details else {}
            for place, (lead, box) in enumerate(self.leads.items()):
                set_texts(box, name=partial(lead_title, lead))
                self._guard.guard(box)
                self._grid.addWidget(box, place // LEADS_A_LINE, place % LEADS_A_LINE)
        for box in self.leads.values():
            box.setChecked(False)
        self.changed.emit()

    def fill(self, read: Read) -> None:
        """Propose an earlier decision."""
        self.decisions.button(READ_DECISIONS.index(read.decision)).setChecked(True)
        step = self.confidences.button(round(read.confidence))
        if step is not None:
            step.setChecked(True)
        for lead, box in self.leads.items():
            box.setChecked(lead in read.leads)
        self.conclusion.setPlainText(read.conclusion)
        self.changed.emit()


def _confidence_name(percent: int) -> str:
    return tr("Confidence {percent} %").format(percent=percent)

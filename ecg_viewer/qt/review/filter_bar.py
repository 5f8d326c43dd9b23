"""Above the table of findings: their states with counts and, on request, what else narrows the list."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import QEvent, QSignalBlocker, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QLineEdit, QToolButton, QWidget

from ecg_viewer.qt.widgets.retranslatable import Retranslatable
from ecg_viewer.qt.widgets.translated_texts import Text, add_items, set_texts
from ecg_viewer.qt.widgets.window_keys import KeyGuard
from ecg_viewer.qt.widgets.wrapping_row import FlowRow
from ecg_viewer.state.review.queue import GROUPING_WORDS, GROUPINGS
from ecg_viewer.state.review.queue_parts import QueueFilter, with_state
from ecg_viewer.state.review.review import STATE_SYMBOLS, STATE_WORDS, STATES
from ecg_viewer.state.review.review_controller import ReviewController
from ecg_viewer.state.words.language import tr, translatable
from ecg_viewer.state.words.numbers import number
from mmae_core.record import STANDARD_LEADS

PERCENTILES = (0.0, 95.0, 99.0, 99.9)
_STATE_TIPS = {
    "unreviewed": translatable("List only what is still to be reviewed; again: everything."),
    "confirmed": translatable("List only what you have confirmed, and your own findings; again: everything."),
    "dismissed": translatable("List only what you have dismissed; again: everything."),
}


class StateSegments(Retranslatable, QWidget):
    """To review, confirmed, dismissed, each with its number; pressing one lists it alone, again everything."""

    def __init__(self, controller: ReviewController) -> None:
        super().__init__()
        self._controller = controller
        self.buttons = {state: QToolButton() for state in STATES}
        layout = QHBoxLayout(self)
        layout.setContentsMargins(6, 0, 6, 4)
        self._row = FlowRow()
        layout.addWidget(self._row)
        for state, button in self.buttons.items():
            button.setObjectName("segment")
            button.setCheckable(True)
            set_texts(button, tip=_STATE_TIPS[state])
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(self._choose)
            self._row.add_group(button)
        self._guard = KeyGuard(self)
        self._guard.guard(*self.buttons.values())
        controller.changed.connect(self.refresh)
        self.refresh()

    def retranslate(self) -> None:
        self.refresh()

    def refresh(self) -> None:
        """Show counts and choice."""
        counts = self._controller.queue.counts
        numbers = (counts.unreviewed, counts.confirmed, counts.dismissed)
        for (state, button), count in zip(self.buttons.items(), numbers, strict=True):
            word = tr(STATE_WORDS[state])
            symbol = "" if state == "unreviewed" else f"{STATE_SYMBOLS[state]} "
            button.setText(f"{symbol}{word} {number(count, ',')}")
            button.setAccessibleName(f"{word}: {number(count, ',')}")
            button.setChecked(self._controller.wanted.state == state)
        self._row.refit()

    def _choose(self) -> None:
        state = next(state for state, button in self.buttons.items() if button is self.sender())
        self._controller.set_filter(with_state(self._controller.wanted, state))
        self.refresh()


class FilterEdit(QLineEdit):
    """Esc empties it, and stays in it: it never reaches the window, where it stops an assessment."""

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            if event.type() == QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress:
                self.clear()
                return True
        return super().event(event)


class FindingsFilterBar(QWidget):
    """Text, lead, percentile and grouping."""

    def __init__(self, controller: ReviewController) -> None:
        super().__init__()
        self._controller = controller
        self.text = FilterEdit()
        set_texts(self.text, placeholder="Lead, label or note", name="Search the findings")
        self.text.setClearButtonEnabled(True)
        self.lead = _choice(
            translatable("Lead of the findings"),
            [(translatable("Every lead"), None), *((lead, lead) for lead in STANDARD_LEADS)],
        )
        self.percentile = _choice(
            translatable("Lowest percentile"),
            [(partial(_at_least_text, percentile), percentile) for percentile in PERCENTILES],
        )
        self.grouping = _choice(
            translatable("Grouping of the findings"), [(GROUPING_WORDS[grouping], grouping) for grouping in GROUPINGS]
        )
        self.reset = QToolButton()
        set_texts(self.reset, text="Show all", tip="List every finding again.")
        self._guard = KeyGuard(self)
        self._guard.guard(self.lead, self.percentile, self.grouping, self.reset)
        layout = QGridLayout(self)
        layout.setContentsMargins(6, 0, 6, 4)
        layout.setSpacing(3)
        layout.addWidget(self.text, 0, 0)
        layout.addWidget(self.reset, 0, 1)
        choices = FlowRow()
        for choice in (self.lead, self.percentile, self.grouping):
            choices.add_group(choice)
        layout.addWidget(choices, 1, 0, 1, 2)
        layout.setColumnStretch(0, 1)
        self.text.textChanged.connect(self._choose)
        for box in (self.lead, self.percentile):
            box.currentIndexChanged.connect(self._choose)
        self.grouping.currentIndexChanged.connect(self._group)
        self.reset.clicked.connect(self.clear)
        controller.changed.connect(self._show)
        self._show()

    def clear(self) -> None:
        """List everything again."""
        for widget in (self.text, self.lead, self.percentile):
            with QSignalBlocker(widget):
                widget.clear() if isinstance(widget, QLineEdit) else widget.setCurrentIndex(0)
        self._controller.set_filter(QueueFilter())

    def _choose(self) -> None:
        self._controller.set_filter(
            replace(
                self._controller.wanted, text=self.text.text(), lead=self.lead.currentData(),
                at_least=self.percentile.currentData(),
            )
        )

    def _group(self) -> None:
        self._controller.set_grouping(self.grouping.currentData())

    def _show(self) -> None:
        self.reset.setEnabled(self._controller.wanted.is_narrow)


def _at_least_text(percentile: float) -> str:
    return f"≥ {number(percentile, 'g')}" if percentile else tr("Any percentile")


def _choice(name: str, choices: list[tuple[Text, object]]) -> QComboBox:
    box = set_texts(QComboBox(), name=name, tip=name)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
    add_items(box, choices)
    return box

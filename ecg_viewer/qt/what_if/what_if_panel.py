"""Amounts and leads of what is drawn, what is made of it, and the way back."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QGridLayout,
    QLabel,
    QListWidget,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ecg_viewer.qt.widgets.decimal_box import DecimalBox
from ecg_viewer.qt.widgets.plain_text import PlainLabel
from ecg_viewer.qt.widgets.retranslatable import Retranslatable
from ecg_viewer.qt.widgets.translated_texts import set_texts
from ecg_viewer.state.measure.what_if import LARGEST_MV, WhatIf
from ecg_viewer.state.measure.what_if_words import NOT_THE_RECORDING, fact_lines, score_text
from ecg_viewer.state.words.language import tr, translatable
from mmae_core.record import STANDARD_LEADS

WIDTH_PX = 250
STEP_MV = 0.05
WAVE_WORDS = {"ST": translatable("ST level"), "T": translatable("Height of T"), "Q": translatable("Depth of Q")}


class WhatIfPanel(Retranslatable, QWidget):
    """Follows a `WhatIf`; hidden while it is off."""

    def __init__(self, what_if: WhatIf) -> None:
        super().__init__()
        self._what_if = what_if
        self.setFixedWidth(WIDTH_PX)
        self.title = set_texts(_label("headline"), text="What if…")
        self.warning = set_texts(_label("panelTitle"), text=NOT_THE_RECORDING)
        self.amounts = {wave: _amount(wave, largest) for wave, largest in LARGEST_MV.items()}
        self.lead_boxes = {lead: QCheckBox(lead) for lead in STANDARD_LEADS}
        self.score = _label("")
        self.facts = set_texts(QListWidget(), name="Named departures of the changed beats")
        self.facts.setWordWrap(True)
        self.facts.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.note = set_texts(_label("quiet"), text=(
            "Added to every beat of these ten seconds. A change in a limb lead appears in the others as its "
            "projection. The strip below a beat is the heat after the change. Nothing of it is kept or exported."))
        self.reset_button = set_texts(QPushButton(), text="Take all changes back")
        self.reset_button.clicked.connect(what_if.reset)
        amounts, leads = QGridLayout(), QGridLayout()
        for row, (wave, box) in enumerate(self.amounts.items()):
            label = set_texts(PlainLabel(), text=WAVE_WORDS[wave])
            label.setBuddy(box)
            amounts.addWidget(label, row, 0)
            amounts.addWidget(box, row, 1)
            box.valueChanged.connect(lambda value, wave=wave: what_if.set_mv(wave, value))
        for number, lead_box in enumerate(self.lead_boxes.values()):
            leads.addWidget(lead_box, number % 3, number // 3)
            lead_box.clicked.connect(self._choose_leads)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.title)
        column.addWidget(self.warning)
        column.addLayout(amounts)
        column.addLayout(leads)
        column.addWidget(self.score)
        column.addWidget(self.facts, 1)
        column.addWidget(self.note)
        column.addWidget(self.reset_button)
        what_if.changed.connect(self.refresh)
        self.refresh()

    def retranslate(self) -> None:
        self.refresh()

    def refresh(self) -> None:
        """Show what is drawn and what is made of it."""
        what_if = self._what_if
        self.setVisible(what_if.is_on)
        for wave, box in self.amounts.items():
            box.blockSignals(True)
            box.setValue(what_if.mv(wave))
            box.blockSignals(False)
        for lead, lead_box in self.lead_boxes.items():
            lead_box.setChecked(lead in what_if.leads)
        self.score.setText(score_text(what_if))
        lines = fact_lines(what_if)
        if [self.facts.item(row).text() for row in range(self.facts.count())] != lines:
            self.facts.clear()
            self.facts.addItems(lines)
        self.reset_button.setEnabled(what_if.is_changed)

    def _choose_leads(self) -> None:
        self._what_if.set_leads(tuple(lead for lead, box in self.lead_boxes.items() if box.isChecked()))


def _amount(wave: str, largest: float) -> DecimalBox:
    box = DecimalBox()
    box.setRange(0.0 if wave == "Q" else -largest, largest)
    box.setSingleStep(STEP_MV)
    box.setDecimals(2)
    set_texts(box, suffix=lambda: tr(" mV"), name=WAVE_WORDS[wave])
    return box


def _label(name: str) -> QLabel:
    label = PlainLabel()
    label.setObjectName(name)
    label.setWordWrap(True)
    return label

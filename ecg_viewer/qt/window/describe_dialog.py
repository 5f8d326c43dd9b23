"""Asks for what a file of bare numbers does not state: sampling rate, unit, leads."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ecg_viewer.qt.widgets.decimal_box import DecimalBox
from ecg_viewer.qt.widgets.plain_text import PlainLabel
from ecg_viewer.qt.widgets.translated_texts import set_texts
from ecg_viewer.state.opening_results import Undescribed
from ecg_viewer.state.words.language import tr
from mmae_core.readers.signal_description import SignalDescription, mv_of_unit
from mmae_core.record import STANDARD_LEADS

UNITS = ("mV", "µV", "5 µV", "V")
"""Offered; another voltage can be typed."""
HIGHEST_RATE_HZ = 100_000.0
_Button = QDialogButtonBox.StandardButton


class DescribeDialog(QDialog):
    """Only what the file does not state is asked for. Nothing is filled in beforehand: a guess could be wrong."""

    described = Signal(object)
    """The `SignalDescription` that was given."""

    def __init__(self, asked: Undescribed, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._asked = asked
        set_texts(self, window_title="Describe the recording")
        text = set_texts(PlainLabel(), text=partial(_request, asked))
        text.setWordWrap(True)
        self.rate = DecimalBox()
        self.rate.setRange(0.0, HIGHEST_RATE_HZ)
        self.rate.setDecimals(3)
        set_texts(self.rate, special="not known", suffix=" Hz", name="Sampling rate")
        self.unit = QComboBox()
        self.unit.setEditable(True)
        self.unit.addItems(list(UNITS))
        self.unit.setCurrentIndex(-1)
        set_texts(self.unit, name="Unit of the values", tip="A voltage, or the step of the values, such as 5 µV.")
        self.leads = QLineEdit()
        set_texts(self.leads, name="Leads of the columns", placeholder="I, II, III …",
                  tip="A lead for each column, separated by commas. Nothing between two commas leaves a column out.")
        self.standard = set_texts(QPushButton(), text="I to V6", tip="The twelve leads in their usual order")
        self.standard.setEnabled(len(asked.columns) == len(STANDARD_LEADS))
        self.standard.clicked.connect(lambda: self.leads.setText(", ".join(STANDARD_LEADS)))
        self.fault = PlainLabel()
        self.fault.setWordWrap(True)
        self.buttons = QDialogButtonBox(_Button.Open | _Button.Cancel)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self.accepted.connect(lambda: self.described.emit(self.description))
        lead_row = QHBoxLayout()
        lead_row.addWidget(self.leads, 1)
        lead_row.addWidget(self.standard)
        form = QFormLayout()
        for what, label, field in (
            ("rate", "Sampling rate", self.rate), ("unit", "Unit of the values", self.unit),
            ("leads", "Leads of the columns", lead_row),
        ):
            if what in asked.missing:
                form.addRow(set_texts(PlainLabel(), text=label), field)
        layout = QVBoxLayout(self)
        layout.setSpacing(12)
        layout.addWidget(text)
        layout.addLayout(form)
        layout.addWidget(self.fault)
        layout.addWidget(self.buttons)
        self.setMinimumWidth(480)
        for changed in (self.rate.valueChanged, self.unit.currentTextChanged, self.leads.textChanged):
            changed.connect(self._check)
        self._check()

    @property
    def description(self) -> SignalDescription:
        """What has been filled in so far."""
        names = tuple(name.strip() for name in self.leads.text().split(","))
        return SignalDescription(
            self.rate.value() or None, mv_of_unit(self.unit.currentText()), names if any(names) else None)

    def _check(self) -> None:
        given = self.description
        faults = []
        if "rate" in self._asked.missing and given.rate_hz is None:
            faults.append(tr("The sampling rate is missing."))
        if "unit" in self._asked.missing and given.mv_per_step is None:
            faults.append(tr("The unit is missing or no voltage."))
        n_named = len(given.lead_names or ())
        if "leads" in self._asked.missing and n_named != len(self._asked.columns):
            faults.append(tr("{n} leads are named for {columns} columns.").format(
                n=n_named, columns=len(self._asked.columns)))
        self.fault.setText(" ".join(faults))
        self.buttons.button(_Button.Open).setEnabled(not faults)


def _request(asked: Undescribed) -> str:
    return tr(
        "{name} holds {n} columns of numbers, but does not state everything that is needed to show them. The answer is "
        "kept for the folder {folder}."
    ).format(name=asked.path.name, n=len(asked.columns), folder=asked.path.absolute().parent.name)

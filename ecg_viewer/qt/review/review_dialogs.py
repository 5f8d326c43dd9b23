"""Small dialogs of the review: who reviews, and a finding given by numbers instead of the mouse."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QCompleter,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QGridLayout,
    QLineEdit,
    QMessageBox,
    QVBoxLayout,
    QWidget,
)

from ecg_viewer.qt.widgets.decimal_box import DecimalBox
from ecg_viewer.qt.widgets.labels import label_for
from ecg_viewer.qt.widgets.plain_text import PlainLabel, PlainMessageBox
from ecg_viewer.qt.widgets.retranslatable import Retranslatable
from ecg_viewer.qt.widgets.translated_texts import set_texts
from ecg_viewer.state.words.language import tr, translatable
from ecg_viewer.state.words.record_words import lead_title

SUGGESTIONS = (
    translatable("Missed by the model"),
    translatable("Artefact"),
    translatable("Ectopic beat"),
    translatable("Pause"),
    translatable("Pacing spike"),
    translatable("ST elevation"),
    translatable("ST depression"),
    translatable("T wave inversion"),
    translatable("Wide QRS"),
    translatable("Q wave"),
    translatable("Delta wave"),
    translatable("Baseline wander"),
)
"""Labels to choose from; anything else can be typed."""
LEADS_A_LINE = 6
_Button = QDialogButtonBox.StandardButton


def label_completer(used: Sequence[str], parent: QWidget) -> QCompleter:
    """Offers the labels used before, then the usual ones, as soon as a part of one is typed."""
    words = list(dict.fromkeys([*(label for label in used if label), *(tr(text) for text in SUGGESTIONS)]))
    completer = QCompleter(words, parent)
    completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    completer.setFilterMode(Qt.MatchFlag.MatchContains)
    return completer


def may_lose(n_lost: int, parent: QWidget) -> bool:
    """Ask whether to close although `n` decisions could not be saved."""
    box = PlainMessageBox(parent)
    box.setIcon(QMessageBox.Icon.Warning)
    box.setWindowTitle(tr("Decisions not saved"))
    box.setText(tr("The disk is full or cannot be written. Make room, or copy what you need, before you close."))
    lose = box.addButton(tr("Close and lose {n} decisions").format(n=n_lost), QMessageBox.ButtonRole.DestructiveRole)
    stay = box.addButton(tr("Stay"), QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(stay)
    box.setEscapeButton(stay)
    box.exec()
    is_lost = box.clickedButton() is lose
    box.deleteLater()
    return is_lost


class ReviewerDialog(QDialog):
    """Asks for the reviewer's name, once; the menu asks again on request."""

    named = Signal(str)

    def __init__(self, name: str, parent: QWidget) -> None:
        """`name` is proposed."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        set_texts(self, window_title="Who is reviewing?")
        text = set_texts(
            PlainLabel(), text="Decisions are kept under this name, on this computer. Each reviewer sees their own."
        )
        text.setWordWrap(True)
        self.name = QLineEdit(name)
        set_texts(self.name, name="Name of the reviewer")
        self.name.setMaxLength(80)
        self.name.selectAll()
        self.buttons = QDialogButtonBox(_Button.Ok | _Button.Cancel)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self.name.textChanged.connect(self._check)
        layout = QVBoxLayout(self)
        layout.addWidget(text)
        layout.addWidget(self.name)
        layout.addWidget(self.buttons)
        self.setMinimumWidth(360)
        self._check()

    def accept(self) -> None:
        self.named.emit(self.name.text().strip())
        super().accept()

    def _check(self) -> None:
        self.buttons.button(_Button.Ok).setEnabled(bool(self.name.text().strip()))


class FindingDialog(Retranslatable, QDialog):
    """A finding by lead, start, end and label: for those who use no mouse, and for exact times."""

    given = Signal(tuple, float, float, str)
    """Leads, start and end in seconds, label."""

    def __init__(
        self, leads: Sequence[str], chosen: Sequence[str], interval_s: tuple[float, float], duration_s: float,
        label: str, used: Sequence[str], parent: QWidget,
    ) -> None:
        """`leads` can be chosen, `chosen` are proposed; so is the interval, in seconds of the recording."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        set_texts(self, window_title="A finding of your own")
        self.leads = {lead: QCheckBox(lead) for lead in leads}
        grid = QGridLayout()
        for place, (lead, box) in enumerate(self.leads.items()):
            box.setChecked(lead in chosen)
            set_texts(box, name=partial(lead_title, lead))
            box.toggled.connect(self._check)
            grid.addWidget(box, place // LEADS_A_LINE, place % LEADS_A_LINE)
        self.start = _seconds(translatable("Start in seconds"), interval_s[0], duration_s)
        self.end = _seconds(translatable("End in seconds"), interval_s[1], duration_s)
        self.label = QLineEdit(label)
        set_texts(self.label, name="Label")
        self.label.setCompleter(label_completer(used, self))
        self.problem = PlainLabel()
        self.problem.setObjectName("quiet")
        self.buttons = QDialogButtonBox(_Button.Ok | _Button.Cancel)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        for time in (self.start, self.end):
            time.valueChanged.connect(self._check)
        form = QFormLayout(self)
        form.addRow(set_texts(PlainLabel(), text="Leads"), grid)
        form.addRow(label_for(self.start, translatable("Start")), self.start)
        form.addRow(label_for(self.end, translatable("End")), self.end)
        form.addRow(label_for(self.label, translatable("Label")), self.label)
        form.addRow(self.problem)
        form.addRow(self.buttons)
        self._check()
        self.label.setFocus()

    def retranslate(self) -> None:
        self._check()

    def accept(self) -> None:
        chosen = tuple(lead for lead, box in self.leads.items() if box.isChecked())
        self.given.emit(chosen, self.start.value(), self.end.value(), self.label.text())
        super().accept()

    def _check(self) -> None:
        problem = ""
        if not any(box.isChecked() for box in self.leads.values()):
            problem = tr("Choose at least one lead.")
        elif self.start.value() >= self.end.value():
            problem = tr("The end must come after the start.")
        self.problem.setText(problem)
        self.buttons.button(_Button.Ok).setEnabled(not problem)


def _seconds(name: str, value: float, duration_s: float) -> DecimalBox:
    box = DecimalBox()
    set_texts(box, name=name)
    box.setDecimals(3)
    box.setRange(0.0, duration_s)
    box.setSingleStep(0.01)
    box.setSuffix(" s")
    box.setValue(value)
    return box

"""Making a reader study from the listed recordings, and choosing who reads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QLineEdit,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from ecg_viewer.qt.widgets.labels import label_for
from ecg_viewer.qt.widgets.plain_text import PlainLabel
from ecg_viewer.qt.widgets.translated_texts import add_items, set_texts
from ecg_viewer.state.study.project import WASHOUT_DAYS, Arm, Design, Heat
from ecg_viewer.state.words.language import tr, translatable
from ecg_viewer.state.words.numbers import number

WRONG_WORDS: tuple[tuple[str, Heat], ...] = (
    (translatable("the heat of another recording"), "other recording"),
    (translatable("its own heat, leads mirrored"), "mirrored leads"),
    (translatable("its own heat, leads mixed"), "permuted leads"),
)
DESIGN_WORDS: tuple[tuple[str, Design], ...] = (
    (translatable("Each reader reads each recording in each arm, in rounds"), "crossover"),
    (translatable("Each reader reads each recording in one arm"), "split"),
)
MOST_SEED = 2**31 - 1
_Button = QDialogButtonBox.StandardButton


@dataclass(frozen=True)
class StudyChoices:
    """What the dialog was told."""

    name: str
    readers: tuple[str, ...]
    arms: tuple[Arm, ...]
    design: Design
    before_and_after: bool
    washout_days: int
    seed: int
    truth_table: Path | None
    """None: the data set's superclasses, where it has them."""


class NewStudyDialog(QDialog):
    """Asks for readers, arms, design and truth."""

    chosen = Signal(object)
    """`StudyChoices`."""

    def __init__(self, n_recordings: int, reader: str, parent: QWidget) -> None:
        """`reader` is proposed."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        set_texts(self, window_title="New reader study")
        self.setMinimumWidth(460)
        self._truth_table: Path | None = None
        told = set_texts(PlainLabel(), text=lambda: tr(
            "A study of the {n} recordings that the worklist shows. Its file names them by relative paths and "
            "checksums; order and arms follow from the seed.").format(n=number(n_recordings, ",")))
        told.setWordWrap(True)
        self.name = QLineEdit(tr("Reader study"))
        self.readers = QLineEdit(reader)
        set_texts(self.readers, placeholder="Names with commas between")
        self.without = set_texts(QCheckBox(), text="without heat")
        self.with_heat = set_texts(QCheckBox(), text="with heat")
        self.wrong = set_texts(QCheckBox(), text="with wrong heat, which readers are told of afterwards")
        self.without.setChecked(True)
        self.with_heat.setChecked(True)
        self.wrong_kind = QComboBox()
        add_items(self.wrong_kind, WRONG_WORDS)
        self.design = QComboBox()
        add_items(self.design, DESIGN_WORDS)
        self.before_and_after = set_texts(QCheckBox(), text="Decide before the heat appears, and once more with it")
        self.before_and_after.setChecked(True)
        self.washout = _whole(0, 365, WASHOUT_DAYS)
        self.seed = _whole(0, MOST_SEED, 1)
        self.truth = QComboBox()
        add_items(self.truth, ((translatable("Superclasses of the data set, where there are any"), False),
                               (translatable("A table with the columns recording and departs…"), True)))
        self.truth.activated.connect(self._choose_truth)
        self.buttons = QDialogButtonBox(_Button.Save | _Button.Cancel)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        arms = QVBoxLayout()
        for widget in (self.without, self.with_heat, self.wrong, self.wrong_kind):
            arms.addWidget(widget)
        form = QFormLayout()
        form.addRow(label_for(self.name, translatable("Name")), self.name)
        form.addRow(label_for(self.readers, translatable("Readers")), self.readers)
        form.addRow(set_texts(PlainLabel(), text="Arms"), arms)
        form.addRow(label_for(self.design, translatable("Design")), self.design)
        form.addRow("", self.before_and_after)
        form.addRow(label_for(self.washout, translatable("Days between rounds")), self.washout)
        form.addRow(label_for(self.seed, translatable("Seed")), self.seed)
        form.addRow(label_for(self.truth, translatable("Truth")), self.truth)
        layout = QVBoxLayout(self)
        layout.addWidget(told)
        layout.addLayout(form)
        layout.addWidget(self.buttons)
        for box in (self.without, self.with_heat, self.wrong):
            box.toggled.connect(self._check)
        for field in (self.name, self.readers):
            field.textChanged.connect(self._check)
        self.design.currentIndexChanged.connect(self._check)
        self._check()

    @property
    def choices(self) -> StudyChoices:
        """As the fields are now."""
        wrong: Heat = self.wrong_kind.currentData()
        offered = ((self.without, Arm("without", "none")), (self.with_heat, Arm("with", "own")),
                   (self.wrong, Arm("wrong", wrong)))
        arms = tuple(arm for box, arm in offered if box.isChecked())
        readers = tuple(dict.fromkeys(filter(None, map(str.strip, self.readers.text().split(",")))))
        design: Design = self.design.currentData()
        return StudyChoices(
            self.name.text().strip(), readers, arms, design, self.before_and_after.isChecked(),
            self.washout.value() if design == "crossover" else 0, self.seed.value(), self._truth_table)

    def accept(self) -> None:
        self.chosen.emit(self.choices)
        super().accept()

    def _choose_truth(self, _index: int) -> None:
        self._truth_table = None
        if self.truth.currentData():
            name, _ = QFileDialog.getOpenFileName(self, tr("Truth of the recordings"), "", tr("Tables (*.csv)"))
            self._truth_table = Path(name) if name else None
            if not name:
                self.truth.setCurrentIndex(0)

    def _check(self, *_changed: object) -> None:
        told = self.choices
        self.wrong_kind.setEnabled(self.wrong.isChecked())
        self.washout.setEnabled(told.design == "crossover")
        self.buttons.button(_Button.Save).setEnabled(bool(told.name and told.readers and told.arms))


class ReaderDialog(QDialog):
    """Asks which of a study's readers sits here."""

    chosen = Signal(str)

    def __init__(self, study: str, readers: Sequence[str], parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        set_texts(self, window_title="Who is reading?")
        told = PlainLabel(study)
        told.setWordWrap(True)
        self.reader = QComboBox()
        self.reader.addItems(list(readers))
        self.buttons = QDialogButtonBox(_Button.Ok | _Button.Cancel)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        form = QFormLayout(self)
        form.addRow(told)
        form.addRow(label_for(self.reader, translatable("Reader")), self.reader)
        form.addRow(self.buttons)
        self.setMinimumWidth(340)

    def accept(self) -> None:
        self.chosen.emit(self.reader.currentText())
        super().accept()


def _whole(low: int, high: int, value: int) -> QSpinBox:
    box = QSpinBox()
    box.setRange(low, high)
    box.setValue(value)
    return box

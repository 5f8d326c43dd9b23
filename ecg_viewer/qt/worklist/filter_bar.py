"""The conditions a recording must fulfil to be shown, as a row of choices."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSpinBox, QVBoxLayout, QWidget

from ecg_viewer.qt.widgets.decimal_box import DecimalBox
from ecg_viewer.qt.widgets.plain_text import PlainLabel, plain_tip
from ecg_viewer.qt.widgets.translated_texts import set_texts
from ecg_viewer.qt.widgets.wrapping_row import FlowRow
from ecg_viewer.state.words.language import tr, translatable
from ecg_viewer.state.words.numbers import number
from ecg_viewer.state.words.statement_words import meaning
from ecg_viewer.state.worklist.columns import Columns
from ecg_viewer.state.worklist.filters import OLDEST, WorklistFilter

NO_LIMIT = -1
STATES = (
    ("unreviewed", translatable("Not reviewed")), ("in progress", translatable("In progress")), (
        "reviewed",
        translatable("Reviewed"),
    ),
    ("concluded", translatable("With a conclusion")),
    ("not scored", translatable("Not scored")), ("no score", translatable("Could not be scored")),
)
QUALITIES = (("good", translatable("Good signal")), ("fair", translatable("Fair signal")), (
    "poor",
    translatable("Poor signal"),
))
TRUTHS = (
    ("known", translatable("Truth known")), ("failures", translatable("Any miss or false alarm")), ("missed",
                                                                                        translatable("Missed regions")),
    ("false alarms", translatable("False alarms")),
)
SEX_WORDS = (("female", translatable("female")), ("male", translatable("male")))


class FilterBar(QWidget):
    """Choices side by side, in as many lines as the width asks for."""

    changed = Signal(object)
    """The new `WorklistFilter`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._filter = WorklistFilter()
        self._names: dict[QComboBox, str] = {}
        """The English names of the choices."""
        row = FlowRow()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 2, 8, 6)
        layout.addWidget(row)
        self.superclass = self._choice(translatable("Superclass"))
        self.statement = self._choice(translatable("Statement"))
        self.fold = self._choice(translatable("Fold"))
        self.sex = self._choice(translatable("Sex"))
        self.min_age, self.max_age = self._age(translatable("Youngest age")), self._age(translatable("Oldest age"))
        self.percentile = self._percentile()
        self.quality = self._choice(translatable("Quality"))
        self.state = self._choice(translatable("State"))
        self.truth = self._choice(translatable("Truth"))
        for widget in (
            self.superclass, self.statement, self.fold, self.sex,
            _beside(set_texts(PlainLabel(), text="Age"), self.min_age, PlainLabel("–"), self.max_age),
            _beside(set_texts(PlainLabel(), text="Percentile from"), self.percentile),
            self.quality, self.state, self.truth,
        ):
            row.add_group(widget)
        for box, words in ((self.sex, SEX_WORDS), (self.quality, QUALITIES), (self.state, STATES),
                           (self.truth, TRUTHS)):
            for value, _ in words:
                box.addItem("", value)
            set_texts(box, items=[partial(_any_text, self._names[box]), *(word for _, word in words)])
        self.show_filter(self._filter)

    def show_columns(self, columns: Columns) -> None:
        """Offer what occurs in these recordings."""
        for choice, groups in ((self.superclass, columns.by_superclass), (self.statement, columns.by_statement)):
            self._offer(choice, ((name, f"{name} ({number(len(rows), ',')})") for name, rows in groups.items()))
        self._offer(self.fold, ((fold, tr("Fold {n}").format(n=fold)) for fold in columns.folds))
        self.show_filter(self._filter)

    def show_filter(self, chosen: WorklistFilter) -> None:
        """Show which conditions hold."""
        self._filter = chosen
        for box, value in (
            (self.superclass, chosen.superclass), (self.statement, chosen.statement),
            (self.fold, "" if chosen.fold is None else chosen.fold), (self.sex, chosen.sex),
            (self.quality, chosen.quality), (self.state, chosen.state), (self.truth, chosen.truth),
        ):
            with QSignalBlocker(box):
                box.setCurrentIndex(max(0, box.findData(value)))
        for spin, limit in ((self.min_age, chosen.min_age), (self.max_age, chosen.max_age)):
            with QSignalBlocker(spin):
                spin.setValue(NO_LIMIT if limit is None else limit)
        with QSignalBlocker(self.percentile):
            self.percentile.setValue(NO_LIMIT if chosen.min_percentile is None else chosen.min_percentile)

    def _choose(self) -> None:
        def age(spin: QSpinBox) -> int | None:
            return None if spin.value() == NO_LIMIT else spin.value()

        fold = self.fold.currentData()
        percentile = self.percentile.value()
        self._filter = replace(
            self._filter,
            superclass=self.superclass.currentData(),
            statement=self.statement.currentData(),
            fold=None if fold == "" else int(fold),
            sex=self.sex.currentData(),
            min_age=age(self.min_age),
            max_age=age(self.max_age),
            min_percentile=None if percentile < 0 else percentile,
            quality=self.quality.currentData(),
            state=self.state.currentData(),
            truth=self.truth.currentData(),
        )
        self.changed.emit(self._filter)

    def _choice(self, name: str) -> QComboBox:
        box = QComboBox()
        self._names[box] = name
        box.addItem("", "")
        set_texts(box, name=name, tip=partial(_by_text, name), items=[partial(_any_text, name)])
        box.setMaxVisibleItems(20)
        box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        box.currentIndexChanged.connect(self._choose)
        return box

    def _age(self, name: str) -> QSpinBox:
        spin = QSpinBox()
        spin.setRange(NO_LIMIT, OLDEST)
        set_texts(spin, special="any")
        set_texts(spin, name=name, tip=partial(_years_text, name))
        spin.setKeyboardTracking(False)
        spin.valueChanged.connect(self._choose)
        return spin

    def _percentile(self) -> DecimalBox:
        spin = DecimalBox()
        spin.setRange(NO_LIMIT, 100)
        spin.setDecimals(1)
        set_texts(
            spin,
            special="any",
            name="Lowest percentile",
            tip="Show recordings whose percentile is at least this; those that do not count are left out",
        )
        spin.setKeyboardTracking(False)
        spin.valueChanged.connect(self._choose)
        return spin

    @staticmethod
    def _offer(box: QComboBox, choices: Iterable[tuple[object, str]]) -> None:
        with QSignalBlocker(box):
            while box.count() > 1:
                box.removeItem(1)
            for value, text in choices:
                box.addItem(text, value)
                box.setItemData(box.count() - 1, plain_tip(meaning(str(value))), Qt.ItemDataRole.ToolTipRole)
            box.setEnabled(box.count() > 1)


def _any_text(name: str) -> str:
    return f"{tr(name)}: {tr('any')}"


def _by_text(name: str) -> str:
    return tr("Show recordings by: {what}").format(what=tr(name))


def _years_text(name: str) -> str:
    return tr("{what} in years; 90 stands for everyone over 89").format(what=tr(name))


def _beside(*widgets: QWidget) -> QWidget:
    row = QWidget()
    layout = QHBoxLayout(row)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(4)
    for widget in widgets:
        layout.addWidget(widget)
    return row

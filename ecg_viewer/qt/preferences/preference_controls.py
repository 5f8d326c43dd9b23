"""A control for each kind of preference, all alike to the dialog: `chosen` says field and value."""

from __future__ import annotations

from PySide6.QtCore import QObject, QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QSlider,
    QWidget,
)

from ecg_viewer.qt.widgets.decimal_box import DecimalBox
from ecg_viewer.qt.widgets.plain_text import PlainLabel
from ecg_viewer.qt.widgets.translated_texts import Text, add_items, set_texts
from ecg_viewer.state.models import Models
from ecg_viewer.state.preferences import ControlKind, Preference
from ecg_viewer.state.words.language import tr, translatable


class Control(QObject):
    """Shows one setting in `widget`."""

    chosen = Signal(str, object)

    def __init__(self, item: Preference, widget: QWidget, field: QWidget) -> None:
        """`field` is the part of `widget` that takes the focus."""
        super().__init__(widget)
        self.item = item
        self.widget = widget
        self.field = field
        set_texts(field, name=item.text, description=item.tip, tip=item.tip)

    def show_value(self, value: object) -> None:
        """Show `value` without emitting `chosen`."""
        raise NotImplementedError

    def _choose(self, value: object) -> None:
        self.chosen.emit(self.item.field, value)


class ChoiceControl(Control):
    """One of a few. A model that is not in the list gets a line of its own."""

    def __init__(self, item: Preference, choices: list[tuple[object, Text]]) -> None:
        self.box = QComboBox()
        self.box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        super().__init__(item, self.box, self.box)
        self._values = [value for value, _ in choices]
        add_items(self.box, ((text, value) for value, text in choices))
        self.box.currentIndexChanged.connect(self._take)

    def show_value(self, value: object) -> None:
        with QSignalBlocker(self.box):
            if value not in self._values:
                self._values.append(value)
                self.box.addItem(str(value))
            self.box.setCurrentIndex(self._values.index(value))

    def _take(self, index: int) -> None:
        if index >= 0:
            self._choose(self._values[index])


class SwitchControl(Control):
    """On or off."""

    def __init__(self, item: Preference) -> None:
        self.box = QCheckBox()
        super().__init__(item, self.box, self.box)
        self.box.toggled.connect(self._choose)

    def show_value(self, value: object) -> None:
        with QSignalBlocker(self.box):
            self.box.setChecked(bool(value))


class TextControl(Control):
    """A text; taken over only when the dialog is accepted, not while typing."""

    def __init__(self, item: Preference) -> None:
        self.edit = QLineEdit()
        super().__init__(item, self.edit, self.edit)

    @property
    def text(self) -> str:
        """What is typed, without blanks around it."""
        return self.edit.text().strip()

    def show_value(self, value: object) -> None:
        if not self.edit.isModified():
            self.edit.setText(str(value))


class ShareControl(Control):
    """A slider with its figure in per cent."""

    def __init__(self, item: Preference) -> None:
        widget = QWidget()
        self.slider = QSlider(Qt.Orientation.Horizontal)
        low, high = item.limits
        self.slider.setRange(round(100 * low), round(100 * high))
        self.slider.setPageStep(10)
        self.figure = PlainLabel()
        self.figure.setMinimumWidth(self.figure.fontMetrics().horizontalAdvance("100 %"))
        row = QHBoxLayout(widget)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.slider, 1)
        row.addWidget(self.figure)
        super().__init__(item, widget, self.slider)
        self.slider.valueChanged.connect(self._take)

    def show_value(self, value: object) -> None:
        assert isinstance(value, int | float)
        with QSignalBlocker(self.slider):
            self.slider.setValue(round(100 * value))
        self.figure.setText(f"{self.slider.value()} %")

    def _take(self, percent: int) -> None:
        self.figure.setText(f"{percent} %")
        self._choose(percent / 100)


class NumberControl(Control):
    """A number within limits."""

    def __init__(self, item: Preference) -> None:
        self.box = DecimalBox()
        self.box.setRange(*item.limits)
        self.box.setDecimals(1)
        self.box.setSingleStep(0.5)
        set_texts(self.box, suffix=lambda: f" {tr(item.suffix)}" if item.suffix else "")
        super().__init__(item, self.box, self.box)
        self.box.valueChanged.connect(self._choose)

    def show_value(self, value: object) -> None:
        assert isinstance(value, int | float)
        with QSignalBlocker(self.box):
            self.box.setValue(value)


def control_for(item: Preference, models: Models) -> Control:
    """The control of a line of the table."""
    if item.kind is ControlKind.SWITCH:
        return SwitchControl(item)
    if item.kind is ControlKind.TEXT:
        return TextControl(item)
    if item.kind is ControlKind.SHARE:
        return ShareControl(item)
    if item.kind is ControlKind.NUMBER:
        return NumberControl(item)
    choices: list[tuple[object, Text]] = [(value, text) for value, text in item.choices]
    if item.field == "model":
        choices = [(None, translatable("The default model"))]
        choices += [(choice.key, choice.title) for choice in models.choices]
    return ChoiceControl(item, choices)

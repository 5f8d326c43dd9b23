"""The strip over a comparison: what is compared with what, how it is placed and aligned, and the way out."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QCheckBox, QComboBox, QDoubleSpinBox, QHBoxLayout, QLabel, QSizePolicy, QWidget

from ecg_viewer.qt.research.action_button import ActionButton
from ecg_viewer.state.language import tr
from ecg_viewer.state.models import Models
from ecg_viewer.state.research.comparison import PLACE_WORDS, PLACES, LinkedViews, Place

MAX_OFFSET_S = 90_000.0
STEP_S = 0.02
"""Half a small square at 25 mm/s."""


class CompareBar(QWidget):
    """Shows the state it is given; asks for changes by signals."""

    place_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(tr("Comparison"))
        self._views: LinkedViews | None = None
        self._models: Models | None = None
        self.title = QLabel()
        self.title.setTextFormat(Qt.TextFormat.PlainText)
        self.title.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.model = _choice(tr("Model of side B"), tr("The model that assesses side B."))
        self.model.currentIndexChanged.connect(self._choose_model)
        self.place = _choice(tr("Place of side B"), tr("Side by side, stacked, or overlaid."))
        for place in PLACES:
            self.place.addItem(tr(PLACE_WORDS[place]), place)
        self.place.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.place.setMinimumContentsLength(0)
        self.place.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.place.currentIndexChanged.connect(self._choose_place)
        self.offset = QDoubleSpinBox()
        self.offset.setRange(-MAX_OFFSET_S, MAX_OFFSET_S)
        self.offset.setDecimals(3)
        self.offset.setSingleStep(STEP_S)
        self.offset.setSuffix(" s")
        self.offset.setKeyboardTracking(False)
        self.offset.setAccessibleName(tr("Offset of side B"))
        self.offset.setToolTip(tr("Time of B less time of A where both stand at the same place."))
        self.offset.valueChanged.connect(self._move)
        self.linked = QCheckBox(tr("Linked"))
        self.linked.setToolTip(tr("Scroll both sides together."))
        self.linked.toggled.connect(self._link)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(8, 3, 8, 3)
        self._row.setSpacing(6)
        self._row.addWidget(self.title, 1)
        for widget in (self.model, self.place, self.offset, self.linked):
            self._row.addWidget(widget)

    def add_actions(self, buttons: tuple[tuple[QAction, str], ...]) -> None:
        """Buttons for what the menu offers, each with a short text."""
        for action, text in buttons:
            self._row.addWidget(ActionButton(action, text))

    def show_comparison(self, views: LinkedViews, models: Models, place: Place, title: str) -> None:
        """Show the state of a comparison."""
        self._views, self._models = views, models
        blockers = [QSignalBlocker(widget) for widget in (self.model, self.place, self.offset, self.linked)]
        self.title.setText(title)
        self.title.setToolTip(title)
        self.model.clear()
        for choice in models.choices:
            self.model.addItem(choice.title, choice.key)
        current = models.current
        self.model.setCurrentIndex(-1 if current is None else self.model.findData(current.key))
        self.place.setCurrentIndex(PLACES.index(place))
        self.offset.setValue(views.offset_s)
        self.linked.setChecked(views.is_linked)
        self.linked.setEnabled(place != "overlaid")
        del blockers

    def forget(self) -> None:
        """The comparison is over."""
        self._views = self._models = None

    def _choose_model(self, index: int) -> None:
        if self._models is not None and index >= 0:
            self._models.choose(self.model.itemData(index))

    def _choose_place(self, index: int) -> None:
        self.place_wanted.emit(PLACES[index])

    def _move(self, offset_s: float) -> None:
        if self._views is not None:
            self._views.set_offset(offset_s)

    def _link(self, linked: bool) -> None:
        if self._views is not None:
            self._views.set_linked(linked)


def _choice(name: str, tip: str) -> QComboBox:
    box = QComboBox()
    box.setAccessibleName(name)
    box.setToolTip(tip)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(9)
    box.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
    return box

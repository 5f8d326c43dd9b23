"""The bar above a comparison: what is compared, its placement and alignment, and a close button."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QAction, QStandardItemModel
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ecg_viewer.qt.research.action_button import ActionButton
from ecg_viewer.qt.research.elided_label import ElidedLabel
from ecg_viewer.qt.widgets.decimal_box import DecimalBox
from ecg_viewer.qt.widgets.plain_text import plain_tip
from ecg_viewer.qt.widgets.translated_texts import add_items, set_texts
from ecg_viewer.qt.widgets.window_keys import KeyGuard
from ecg_viewer.qt.widgets.wrapping_row import FlowRow
from ecg_viewer.state.models import Models
from ecg_viewer.state.research.comparison import ON_ONE_PAPER, PLACE_WORDS, PLACES, LinkedViews, Place
from ecg_viewer.state.words.language import tr, translatable

SHARED_TEXT = translatable("Findings and figures: A; scale, leads and heat: both")
MAX_OFFSET_S = 90_000.0
STEP_S = 0.02
"""Half a small square at 25 mm/s."""
MOST_CHARACTERS = 26
"""Longest model name shown; the tooltip has the full name."""


class CompareBar(QWidget):
    """Shows the state it is given; asks for changes by signals."""

    place_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        set_texts(self, name="Comparison")
        self._views: LinkedViews | None = None
        self._models: Models | None = None
        self._guard = KeyGuard(self)
        self.names = ElidedLabel(), ElidedLabel()
        """What side A shows, and what side B."""
        self.belongs = ElidedLabel(Qt.TextElideMode.ElideRight)
        self.belongs.setObjectName("quiet")
        set_texts(self.belongs, text=SHARED_TEXT, tip=SHARED_TEXT)
        self.model = _choice(translatable("Model of side B"))
        self.model.currentIndexChanged.connect(self._choose_model)
        self.place = _choice(translatable("Place of side B"))
        set_texts(self.place, tip="Side by side, stacked, overlaid, or as the difference of the maps.")
        add_items(self.place, ((PLACE_WORDS[place], place) for place in PLACES))
        self.place.setMinimumContentsLength(max(len(self.place.itemText(index)) for index in range(len(PLACES))))
        self.place.currentIndexChanged.connect(self._choose_place)
        self.offset = DecimalBox()
        self.offset.setRange(-MAX_OFFSET_S, MAX_OFFSET_S)
        self.offset.setDecimals(3)
        self.offset.setSingleStep(STEP_S)
        self.offset.setSuffix(" s")
        self.offset.setKeyboardTracking(False)
        set_texts(
            self.offset, name="Offset of side B", tip="Time of B minus time of A where both stand at the same place."
        )
        self.offset.valueChanged.connect(self._move)
        self.linked = set_texts(QCheckBox(), text="Linked", tip="Scroll both sides together.")
        self.linked.toggled.connect(self._link)
        self.offset.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._guard.guard(self.model, self.place, self.linked)
        self._said = QHBoxLayout()
        self._said.setSpacing(16)
        for label in self.names:
            self._said.addWidget(label)
        self._said.addWidget(self.belongs, 1)
        self._row = FlowRow()
        for widget in (self.model, self.place, self.offset, self.linked):
            self._row.add_group(widget)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(8, 3, 8, 3)
        lines.setSpacing(3)
        lines.addLayout(self._said)
        lines.addWidget(self._row)

    def add_actions(self, buttons: tuple[tuple[QAction, str], ...]) -> None:
        """Buttons for what the menu offers, each with a short text."""
        for action, text in buttons:
            button = ActionButton(action, text)
            self._guard.guard(button)
            self._row.add_group(button)

    def add_close(self, action: QAction) -> None:
        """Add the close button, in the upper right corner."""
        button = ActionButton(action, "✕")
        self._guard.guard(button)
        self._said.addWidget(button)

    def show_comparison(
        self, views: LinkedViews, models: Models, place: Place, names: tuple[str, str], why_no_difference: str
    ) -> None:
        """Show the state of a comparison, what side A and side B show, and why their maps cannot be subtracted."""
        self._views, self._models = views, models
        blockers = [QSignalBlocker(widget) for widget in (self.model, self.place, self.offset, self.linked)]
        for label, name in zip(self.names, names, strict=True):
            label.show_text(name)
        if [choice.key for choice in models.choices] != [self.model.itemData(n) for n in range(self.model.count())]:
            self.model.clear()
            longest = max((len(choice.title) for choice in models.choices), default=0)
            self.model.setMinimumContentsLength(min(longest, MOST_CHARACTERS))
            for choice in models.choices:
                self.model.addItem(choice.title, choice.key)
        current = models.current
        self.model.setCurrentIndex(-1 if current is None else self.model.findData(current.key))
        set_texts(self.model, tip=self._model_tip)
        self.place.setCurrentIndex(PLACES.index(place))
        self.offset.setValue(views.offset_s)
        self.linked.setChecked(views.is_linked)
        self.linked.setEnabled(place not in ON_ONE_PAPER)
        self._offer_difference(why_no_difference)
        del blockers

    def forget(self) -> None:
        """Let go of the comparison, which is over."""
        self._views = self._models = None

    def _model_tip(self) -> str:
        return f"{tr('The model that assesses side B.')} {self.model.currentText()}".strip()

    def _offer_difference(self, why_not: str) -> None:
        entries, index = self.place.model(), PLACES.index("difference")
        assert isinstance(entries, QStandardItemModel), "a combo box of its own has one"
        entries.item(index).setEnabled(not why_not)
        tip = why_not or tr("A minus B in percentile points, instead of the heat.")
        self.place.setItemData(index, plain_tip(tip), Qt.ItemDataRole.ToolTipRole)

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


def _choice(name: str) -> QComboBox:
    box = set_texts(QComboBox(), name=name)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
    return box

"""The tool bar: open, layout, tools, speed, gain, filter, the heat and its opacity, the next finding."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QEvent, QSignalBlocker, QSize, Qt
from PySide6.QtGui import QAction, QPalette, QResizeEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QMenu, QSlider, QToolBar, QToolButton, QWidget

from ecg_viewer.qt.actions import ActionSpec
from ecg_viewer.qt.display.filter_feature import FilterButton
from ecg_viewer.qt.display.heat_feature import (
    STYLE_NAMES,
    THRESHOLDS,
    HeatFeature,
    nearest_threshold,
)
from ecg_viewer.qt.display.layout_feature import LayoutFeature
from ecg_viewer.qt.widgets.plain_text import PlainLabel
from ecg_viewer.qt.widgets.retranslatable import Retranslatable
from ecg_viewer.qt.widgets.tool_icons import SIDE, tool_icon
from ecg_viewer.qt.widgets.translated_texts import set_texts
from ecg_viewer.qt.widgets.window_keys import KeyGuard
from ecg_viewer.qt.widgets.wrapping_row import FlowRow
from ecg_viewer.state.calibration import GAINS_MM_PER_MV, SPEEDS_MM_PER_S, Calibration
from ecg_viewer.state.layouts import LAYOUTS_BY_ID
from ecg_viewer.state.session import Session
from ecg_viewer.state.view import MIN_HEAT_OPACITY
from ecg_viewer.state.words.language import tr, translatable
from ecg_viewer.state.words.numbers import number
from ecg_viewer.state.words.record_words import lead_title

SLIDER_PX = 45
SPACING_PX = 2
TOOLS = ("caliper_time", "caliper_amplitude", "add_finding", "average_beat", "compare_file", "print_preview")
"""Buttons with an icon; that of the tool in use stays pressed."""
SPEED_NAME, GAIN_NAME = translatable("Paper speed"), translatable("Gain of all leads")


class ViewerToolBar(Retranslatable, QToolBar):
    """Listens to the view and the session; changes them through their methods.

    The controls wrap into two rows in a narrow window: none is cut off or hidden.
    """

    def __init__(self, session: Session, actions: Mapping[str, QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_texts(self, window_title="Toolbar")
        self._session = session
        self._view = session.view
        self._actions = actions
        self._is_mm_known = True
        self._buttons: dict[QToolButton, tuple[QAction, str]] = {}
        """The buttons of actions, with their short texts in English."""
        self._tools: dict[QToolButton, QAction] = {}
        self.setMovable(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self._guard = KeyGuard(self)
        self.layout_choice = self._menu_button(translatable("Layout"), LayoutFeature.actions)
        self.speed = _choice(SPEED_NAME, SPEEDS_MM_PER_S, "mm/s")
        self.gain = _choice(GAIN_NAME, GAINS_MM_PER_MV, "mm/mV")
        self.filter = FilterButton(self._view, actions)
        self.heat_choice = self._menu_button(translatable("Style and colours of the heat"), HeatFeature.actions[1:])
        self.opacity = _slider(translatable("Opacity of the heat map"), round(100 * MIN_HEAT_OPACITY), 100, 10)
        self.threshold = _slider(
            translatable("Threshold: percentiles below it are not coloured"), 0, len(THRESHOLDS) - 1, 1
        )
        self.threshold_label = PlainLabel()
        self.threshold_label.setMinimumWidth(self.threshold_label.fontMetrics().horizontalAdvance("≥ 99.9 "))
        self.position = PlainLabel()
        set_texts(self.position, name="Finding under review")
        self._row = FlowRow(self)
        for controls in (
            (self._button("open", translatable("Open")), self.layout_choice),
            tuple(map(self._tool_button, TOOLS)),
            (self.speed, self.gain,
             self._button("standard", translatable("Standard")), self._button("auto_fit", translatable("Auto-fit"))),
            (self.filter,),
            (self._button("model_marks", translatable("Model marks")), self.heat_choice),
            (set_texts(PlainLabel(), text="opacity"), self.opacity,
             set_texts(PlainLabel(), text="from"), self.threshold, self.threshold_label),
            (self._button("previous_finding", "◀"), self.position, self._button("next_finding", "▶")),
        ):
            self._row.add_group(_group(controls))
        self.addWidget(self._row)
        self._guard.guard(
            self.layout_choice, self.speed, self.gain, self.filter, self.heat_choice, self.opacity, self.threshold
        )
        self.speed.activated.connect(self._choose_speed)
        self.gain.activated.connect(self._choose_gain)
        self.opacity.valueChanged.connect(self._choose_opacity)
        self.threshold.valueChanged.connect(self._choose_threshold)
        self._view.calibration_changed.connect(self._show_calibration)
        self._view.layout_changed.connect(self._show_layout)
        self._view.heat_changed.connect(self._show_heat)
        self._view.filter.changed.connect(self._row.refit)
        self._name_buttons()
        self._draw_icons()
        self._show_layout()
        self._show_calibration()
        self._show_heat()
        self.show_place(None, 0)

    def sizeHint(self) -> QSize:
        """Asks for no more than the present width: the row wraps instead."""
        hint = super().sizeHint()
        return QSize(min(hint.width(), 600), hint.height())

    def minimumSizeHint(self) -> QSize:
        return QSize(300, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._row.refit()

    def _button(self, action_id: str, text: str) -> QToolButton:
        action = self._actions[action_id]
        button = QToolButton()
        button.setDefaultAction(action)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        self._buttons[button] = action, text
        self._guard.guard(button)
        return button

    def _tool_button(self, action_id: str) -> QToolButton:
        """A button with an icon: its name is the tooltip."""
        button = QToolButton()
        button.setObjectName("iconButton")
        button.setDefaultAction(self._actions[action_id])
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        button.setIconSize(QSize(round(SIDE), round(SIDE)))
        self._tools[button] = self._actions[action_id]
        self._guard.guard(button)
        return button

    def changeEvent(self, event: QEvent) -> None:
        """Another theme has other colours for text."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._draw_icons()

    def _draw_icons(self) -> None:
        palette, role, group = self.palette(), QPalette.ColorRole.ButtonText, QPalette.ColorGroup
        for action in self._tools.values():
            colours = palette.color(group.Active, role), palette.color(group.Disabled, role)
            action.setIcon(tool_icon(action.objectName(), *colours))
            action.setIconVisibleInMenu(False)

    def _name_buttons(self) -> None:
        for tool, action in self._tools.items():
            tool.setAccessibleName(action.text().removesuffix("…").rstrip())
            tool.setAccessibleDescription(action.toolTip())
        for button, (action, text) in self._buttons.items():
            action.setIconText(tr(text))
            button.setAccessibleName(action.text().removesuffix("…").rstrip())
            button.setAccessibleDescription(action.toolTip())

    def retranslate(self) -> None:
        self._name_buttons()
        self.set_millimetres_known(self._is_mm_known)
        self._show_calibration()
        self._show_layout()
        self._show_heat()

    def _menu_button(self, name: str, specs: tuple[ActionSpec, ...]) -> QToolButton:
        button = QToolButton()
        set_texts(button, name=name, tip=name)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        menu = QMenu(button)
        menu.setToolTipsVisible(True)
        for spec in specs:
            if spec.separate:
                menu.addSeparator()
            menu.addAction(self._actions[spec.id])
        button.setMenu(menu)
        return button

    def _choose_speed(self, index: int) -> None:
        self._view.set_speed(self.speed.itemData(index))

    def _choose_gain(self, index: int) -> None:
        self._view.set_gain(self.gain.itemData(index))

    def _choose_opacity(self, percent: int) -> None:
        self._view.set_heat_opacity(percent / 100)

    def _choose_threshold(self, index: int) -> None:
        self._view.set_heat_threshold(THRESHOLDS[index])

    def set_millimetres_known(self, known: bool) -> None:
        """Whether millimetres may be stated; else the choices are multiples of the standard."""
        self._is_mm_known = known
        for box, name, standard, unit in ((self.speed, SPEED_NAME, Calibration().mm_per_s, "mm/s"),
                                          (self.gain, GAIN_NAME, Calibration().mm_per_mv, "mm/mV")):
            for index in range(box.count()):
                box.setItemText(index, _text(box.itemData(index), standard, unit, known))
            set_texts(box, tip=name if known else partial(_unknown_size_text, name))
        self._row.refit()

    def _show_calibration(self) -> None:
        calibration, standard, known = self._view.calibration, Calibration(), self._is_mm_known
        speed, gain = calibration.mm_per_s, calibration.mm_per_mv
        _show(self.speed, speed, len(SPEEDS_MM_PER_S), _text(speed, standard.mm_per_s, "mm/s", known))
        _show(self.gain, gain, len(GAINS_MM_PER_MV), _text(gain, standard.mm_per_mv, "mm/mV", known))

    def _show_layout(self) -> None:
        choice = self._view.lead_choice
        title = tr(LAYOUTS_BY_ID[choice.layout].title)
        if choice.layout == "single":
            title = lead_title("".join(self._view.arrangement.leads))
        self.layout_choice.setText(tr("{layout}, Cabrera").format(layout=title) if choice.cabrera else title)
        self._row.refit()

    def _show_heat(self) -> None:
        look, is_shown = self._view.heat_look, self._view.heat_visible and self._view.heat_look.style != "off"
        with QSignalBlocker(self.opacity), QSignalBlocker(self.threshold):
            self.opacity.setValue(round(100 * look.opacity))
            self.threshold.setValue(nearest_threshold(look.threshold))
        self.threshold_label.setText(f"≥ {number(look.threshold, 'g')}")
        self.heat_choice.setText(tr(STYLE_NAMES[look.style]))
        self.heat_choice.setEnabled(self._view.heat_visible)
        self.opacity.setEnabled(is_shown and look.style != "trace")
        self.threshold.setEnabled(is_shown)
        self._row.refit()

    def show_place(self, place: int | None, count: int, none: str = "") -> None:
        """Show the position of the current finding in the list as sorted and filtered; None: not listed.

        `none` is the text for an empty list.
        """
        here = "–" if place is None else number(place + 1, ",")
        text = f" {here} / {number(count, ',')} " if count else f" {none or tr('no findings')} "
        if text != self.position.text():
            self.position.setText(text)
            self._row.refit()


def _unknown_size_text(name: str) -> str:
    text = tr("{name}; the size of this screen is unknown, see View > Speed and gain > Calibrate the screen")
    return text.format(name=tr(name))


def _group(controls: tuple[QWidget, ...]) -> QWidget:
    group = QWidget()
    row = QHBoxLayout(group)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(SPACING_PX)
    for control in controls:
        row.addWidget(control)
    return group


def _slider(name: str, low: int, high: int, page: int) -> QSlider:
    slider = QSlider(Qt.Orientation.Horizontal)
    slider.setRange(low, high)
    slider.setPageStep(page)
    slider.setFixedWidth(SLIDER_PX)
    set_texts(slider, name=name, tip=name)
    return slider


def _choice(name: str, values: tuple[float, ...], unit: str) -> QComboBox:
    box = QComboBox()
    set_texts(box, name=name, tip=name)
    for value in values:
        box.addItem(f"{number(value, 'g')} {unit}", value)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
    return box


def _text(value: float, standard: float, unit: str, is_mm_known: bool) -> str:
    return f"{number(value, '.3g')} {unit}" if is_mm_known else f"× {number(value / standard, '.3g')}"


def _show(box: QComboBox, value: float, n_presets: int, text: str) -> None:
    """Select `value`; one between the presets gets a line of its own at the end."""
    while box.count() > n_presets:
        box.removeItem(n_presets)
    index = next((i for i in range(n_presets) if abs(box.itemData(i) - value) < 1e-6), None)
    if index is None:
        box.addItem(text, value)
        index = n_presets
    box.setCurrentIndex(index)

"""What is reached for all the time: open, speed, gain, the model's ink and its strength, the next finding."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QComboBox, QLabel, QSlider, QToolBar, QToolButton, QWidget

from ecg_viewer.qt.filter_feature import FilterButton
from ecg_viewer.qt.keys import KeyGuard
from ecg_viewer.state.calibration import GAINS_MM_PER_MV, SPEEDS_MM_PER_S, Calibration
from ecg_viewer.state.session import Session
from ecg_viewer.state.view import MIN_HEAT_OPACITY


class ViewerToolBar(QToolBar):
    """Listens to the view and the session; changes them through their methods."""

    def __init__(self, session: Session, actions: Mapping[str, QAction], parent: QWidget | None = None) -> None:
        super().__init__("Toolbar", parent)
        self._session = session
        self._view = session.view
        self._is_mm_known = True
        self.setMovable(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        self._guard = KeyGuard(self)
        self.speed = _choice("Paper speed", SPEEDS_MM_PER_S, "mm/s")
        self.gain = _choice("Gain of all leads", GAINS_MM_PER_MV, "mm/mV")
        self.opacity = QSlider(Qt.Orientation.Horizontal)
        self.opacity.setRange(round(100 * MIN_HEAT_OPACITY), 100)
        self.opacity.setPageStep(10)
        self.opacity.setFixedWidth(90)
        self.opacity.setAccessibleName("Opacity of the heat map")
        self.opacity.setToolTip("Opacity of the heat map")
        self.position = QLabel()
        self.position.setAccessibleName("Finding under review")
        self._add(actions["open"], "Open")
        self.addSeparator()
        self.addWidget(self.speed)
        self.addWidget(self.gain)
        self._add(actions["standard"], "Standard")
        self.filter = FilterButton(self._view, actions)
        self.addWidget(self.filter)
        self.addSeparator()
        self._add(actions["model_ink"], "Model ink")
        self.addWidget(self.opacity)
        self.addSeparator()
        self._add(actions["previous_finding"], "◀")
        self.addWidget(self.position)
        self._add(actions["next_finding"], "▶")
        self._guard.guard(self.speed, self.gain, self.filter, self.opacity)
        self.speed.activated.connect(self._choose_speed)
        self.gain.activated.connect(self._choose_gain)
        self.opacity.valueChanged.connect(self._choose_opacity)
        self._view.calibration_changed.connect(self._show_calibration)
        self._view.heat_changed.connect(self._show_heat)
        session.findings_changed.connect(self._show_position)
        session.finding_changed.connect(self._show_position)
        self._show_calibration()
        self._show_heat()
        self._show_position()

    def _add(self, action: QAction, text: str) -> None:
        self.addAction(action)
        button = self.widgetForAction(action)
        assert isinstance(button, QToolButton)
        button.setText(text)
        button.setAccessibleName(action.text().removesuffix("…"))
        button.setAccessibleDescription(action.toolTip())
        self._guard.guard(button)

    def _choose_speed(self, index: int) -> None:
        self._view.set_speed(self.speed.itemData(index))

    def _choose_gain(self, index: int) -> None:
        self._view.set_gain(self.gain.itemData(index))

    def _choose_opacity(self, percent: int) -> None:
        self._view.set_heat_opacity(percent / 100)

    def set_millimetres_known(self, known: bool) -> None:
        """Whether millimetres may be stated; else the choices are multiples of the standard."""
        self._is_mm_known = known
        for box, standard, unit in ((self.speed, Calibration().mm_per_s, "mm/s"),
                                    (self.gain, Calibration().mm_per_mv, "mm/mV")):
            for index in range(box.count()):
                box.setItemText(index, _text(box.itemData(index), standard, unit, known))
            hint = "" if known else "; the size of this screen is unknown, see View > Calibrate the screen"
            box.setToolTip(f"{box.accessibleName()}{hint}")

    def _show_calibration(self) -> None:
        calibration, standard, known = self._view.calibration, Calibration(), self._is_mm_known
        speed, gain = calibration.mm_per_s, calibration.mm_per_mv
        _show(self.speed, speed, len(SPEEDS_MM_PER_S), _text(speed, standard.mm_per_s, "mm/s", known))
        _show(self.gain, gain, len(GAINS_MM_PER_MV), _text(gain, standard.mm_per_mv, "mm/mV", known))

    def _show_heat(self) -> None:
        with QSignalBlocker(self.opacity):
            self.opacity.setValue(round(100 * self._view.heat_opacity))
        self.opacity.setEnabled(self._view.heat_visible)

    def _show_position(self) -> None:
        count, index = len(self._session.assessment.findings), self._session.finding_index
        here = "–" if index is None else str(index + 1)
        self.position.setText(f" {here} / {count} " if count else " no findings ")


def _choice(name: str, values: tuple[float, ...], unit: str) -> QComboBox:
    box = QComboBox()
    box.setAccessibleName(name)
    box.setToolTip(name)
    for value in values:
        box.addItem(f"{value:g} {unit}", value)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
    return box


def _text(value: float, standard: float, unit: str, is_mm_known: bool) -> str:
    return f"{value:.3g} {unit}" if is_mm_known else f"× {value / standard:.3g}"


def _show(box: QComboBox, value: float, n_presets: int, text: str) -> None:
    """Select `value`; one between the presets gets a line of its own at the end."""
    while box.count() > n_presets:
        box.removeItem(n_presets)
    index = next((i for i in range(n_presets) if abs(box.itemData(i) - value) < 1e-6), None)
    if index is None:
        box.addItem(text, value)
        index = n_presets
    box.setCurrentIndex(index)

"""The look of the heat in the menu and on keys, and auto-fit; remembered from one start to the next."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

from ecg_viewer.qt.actions import ActionSpec
from ecg_viewer.qt.feature import Feature
from ecg_viewer.render.heat_colours import PALETTES
from ecg_viewer.state.display_choices import HEAT_COLOURS, HEAT_STYLES, HeatColours, HeatStyle
from ecg_viewer.state.words.language import translatable

if TYPE_CHECKING:
    from ecg_viewer.qt.host import Host

MENU = "View/Heat"
STYLE_NAMES: dict[HeatStyle, str] = {
    "background": translatable("Behind the trace"),
    "ribbon": translatable("Ribbon under the trace"),
    "trace": translatable("Colour of the trace"),
    "off": translatable("No heat"),
}
_STYLE_TIPS: dict[HeatStyle, str] = {
    "background": translatable("Colour behind each trace."),
    "ribbon": translatable("A ribbon of 3 mm under each trace, which leaves the ST segment clear."),
    "trace": translatable("The trace itself takes the colour, and is thicker where it departs most."),
    "off": translatable("No colour; marks of findings stay. Space hides those too."),
}
THRESHOLDS = (90.0, 91.0, 92.0, 93.0, 94.0, 95.0, 96.0, 97.0, 98.0, 98.5, 99.0, 99.3, 99.5, 99.7, 99.9)
"""Percentiles that slider and keys step through."""
REMEMBER_AFTER_MS = 400
"""Delay of saving, so that a moving slider does not write the file at each step."""


def style_action(style: HeatStyle) -> str:
    """The id of the action that chooses a style."""
    return f"heat_{style}"


def colours_action(colours: HeatColours) -> str:
    """The id of the action that chooses a colour map."""
    return f"colours_{colours}"


def nearest_threshold(percentile: float) -> int:
    """The index of the nearest of `THRESHOLDS`."""
    return min(range(len(THRESHOLDS)), key=lambda index: abs(THRESHOLDS[index] - percentile))


class HeatFeature(Feature):
    """Chooses style, colours and threshold of the heat; lets the paper fit a recording."""

    menu_place = 60
    actions = (
        ActionSpec("auto_fit", "View", translatable("Auto-fit"), ("Ctrl+9",),
                   translatable("The paper chooses speed and gain so that everything fits: no standard scale, and it "
                                "says so."),
                   checkable=True),
        ActionSpec("heat_next", MENU, translatable("Next style"), ("H",),
                   translatable("Show the heat in the next style.")),
        *(ActionSpec(style_action(style), MENU, STYLE_NAMES[style], (), _STYLE_TIPS[style], checkable=True,
                     separate=style == HEAT_STYLES[0], group="heat style") for style in HEAT_STYLES),
        *(ActionSpec(colours_action(colours), MENU, PALETTES[colours].title, (),
                     translatable("Colours of the heat; each keeps its order for every kind of colour vision."),
                     checkable=True,
                     separate=colours == HEAT_COLOURS[0], group="heat colours") for colours in HEAT_COLOURS),
        ActionSpec("threshold_up", MENU, translatable("Higher threshold"), ("Ctrl+]",),
                   translatable("Colour less: only what departs further from normal."), separate=True),
        ActionSpec("threshold_down", MENU, translatable("Lower threshold"), ("Ctrl+[",),
                   translatable("Colour more, down to the 90th percentile.")),
    )

    def __init__(self, window: Host) -> None:
        super().__init__(window)
        self._view = window.session.view
        self._view.set_heat_look(window.settings.settings.heat_look)
        self._view.heat_changed.connect(self._show)
        self._view.calibration_changed.connect(self.changed.emit)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(REMEMBER_AFTER_MS)
        self._later.timeout.connect(self._remember)

    def handlers(self) -> dict[str, Callable[[], object]]:
        view = self._view
        styles = {style_action(style): partial(view.set_heat_style, style) for style in HEAT_STYLES}
        colours = {colours_action(name): partial(view.set_heat_colours, name) for name in HEAT_COLOURS}
        return {
            "auto_fit": view.toggle_auto_fit,
            "heat_next": view.next_heat_style,
            **styles,
            **colours,
            "threshold_up": partial(self._step_threshold, 1),
            "threshold_down": partial(self._step_threshold, -1),
        }

    def checked(self) -> dict[str, bool]:
        look = self._view.heat_look
        styles = {style_action(style): style == look.style for style in HEAT_STYLES}
        colours = {colours_action(name): name == look.colours for name in HEAT_COLOURS}
        return {"auto_fit": self._view.is_auto_fit, **styles, **colours}

    def close(self) -> None:
        self._later.stop()
        self._remember()

    def _step_threshold(self, steps: int) -> None:
        index = nearest_threshold(self._view.heat_threshold) + steps
        self._view.set_heat_threshold(THRESHOLDS[min(max(index, 0), len(THRESHOLDS) - 1)])

    def _show(self) -> None:
        self._later.start()
        self.changed.emit()

    def _remember(self) -> None:
        look = self._view.heat_look
        self.window.settings.change(
            heat_style=look.style, heat_colours=look.colours, heat_threshold=look.threshold, heat_opacity=look.opacity
        )

"""The look of the heat in the menu and on keys, and auto-fit; remembered from one start to the next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

from ecg_viewer.qt.actions import ActionSpec
from ecg_viewer.qt.feature import Feature
from ecg_viewer.state.display_choices import HEAT_COLOUR_TITLES, HEAT_COLOURS, HEAT_STYLES, HeatColours, HeatStyle
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


def _style_spec(style: HeatStyle) -> ActionSpec:
    return ActionSpec(style_action(style), MENU, STYLE_NAMES[style], (), _STYLE_TIPS[style],
                      do=lambda self: self.view.set_heat_style(style),
                      checked=lambda self: self.view.heat_look.style == style,
                      separate=style == HEAT_STYLES[0], group="heat style")


def _colours_spec(colours: HeatColours) -> ActionSpec:
    return ActionSpec(colours_action(colours), MENU, HEAT_COLOUR_TITLES[colours], (),
                      translatable("Colours of the heat; each keeps its order for every kind of colour vision."),
                      do=lambda self: self.view.set_heat_colours(colours),
                      checked=lambda self: self.view.heat_look.colours == colours,
                      separate=colours == HEAT_COLOURS[0], group="heat colours")


class HeatFeature(Feature):
    """Chooses style, colours and threshold of the heat; lets the paper fit a recording."""

    menu_place = 60
    actions = (
        ActionSpec("auto_fit", "View/Speed and gain", translatable("Auto-fit"), ("Ctrl+9",),
                   translatable("The paper chooses speed and gain so that everything fits: no standard scale, and it "
                                "says so."),
                   do=lambda self: self.view.toggle_auto_fit(), checked=lambda self: self.view.is_auto_fit),
        ActionSpec("heat_next", MENU, translatable("Next style"), ("H",),
                   translatable("Show the heat in the next style."),
                   do=lambda self: self.view.next_heat_style()),
        *(_style_spec(style) for style in HEAT_STYLES),
        *(_colours_spec(colours) for colours in HEAT_COLOURS),
        ActionSpec("threshold_up", MENU, translatable("Higher threshold"), ("Ctrl+]",),
                   translatable("Colour less: only what departs further from normal."),
                   do=lambda self: self.step_threshold(1), separate=True),
        ActionSpec("threshold_down", MENU, translatable("Lower threshold"), ("Ctrl+[",),
                   translatable("Colour more, down to the 90th percentile."),
                   do=lambda self: self.step_threshold(-1)),
    )

    def __init__(self, window: Host) -> None:
        super().__init__(window)
        self.view = window.session.view
        self.view.set_heat_look(window.settings.settings.heat_look)
        self.view.heat_changed.connect(self._show)
        self.view.calibration_changed.connect(self.changed.emit)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(REMEMBER_AFTER_MS)
        self._later.timeout.connect(self._remember)

    def close(self) -> None:
        self._later.stop()
        self._remember()

    def step_threshold(self, steps: int) -> None:
        """Go up or down in `THRESHOLDS`."""
        index = nearest_threshold(self.view.heat_threshold) + steps
        self.view.set_heat_threshold(THRESHOLDS[min(max(index, 0), len(THRESHOLDS) - 1)])

    def _show(self) -> None:
        self._later.start()
        self.changed.emit()

    def _remember(self) -> None:
        look = self.view.heat_look
        self.window.settings.change(
            heat_style=look.style, heat_colours=look.colours, heat_threshold=look.threshold, heat_opacity=look.opacity
        )

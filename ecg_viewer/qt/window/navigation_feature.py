"""Moving along the recording, and the scale of the paper."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from ecg_viewer.qt.actions import ActionSpec
from ecg_viewer.qt.feature import Feature, has_record
from ecg_viewer.qt.window.screen_dialog import ScreenDialog
from ecg_viewer.qt.window.screen_names import screen_key
from ecg_viewer.state.words.language import translatable

if TYPE_CHECKING:
    from ecg_viewer.qt.host import Host
    from ecg_viewer.state.view import ViewState

BEAT_S = 0.8
"""A small step: a beat at 75 a minute."""


def middle_s(view: ViewState) -> float:
    """The time in the middle of what is shown of the record."""
    start_s, end_s = view.visible_span_s
    return (start_s + end_s) / 2


class NavigationFeature(Feature):
    """The first lines of the menu View; the paper's own gestures do the same with the mouse."""

    menu_place = 2
    actions: ClassVar[tuple[ActionSpec, ...]] = (
        ActionSpec("window_on", "View/Go to", translatable("Next view"), ("Right",),
                   translatable("Scroll forward by what is visible."),
                   do=lambda self: self.view.scroll_by_windows(1), enabled=has_record),
        ActionSpec("window_back", "View/Go to", translatable("Previous view"), ("Left",),
                   translatable("Scroll back by what is visible."),
                   do=lambda self: self.view.scroll_by_windows(-1), enabled=has_record),
        ActionSpec("beat_on", "View/Go to", translatable("One beat forward"), ("Shift+Right",),
                   translatable("Scroll forward by 0.8 s, about a beat."),
                   do=lambda self: self.view.scroll_by(BEAT_S), enabled=has_record),
        ActionSpec("beat_back", "View/Go to", translatable("One beat back"), ("Shift+Left",),
                   translatable("Scroll back by 0.8 s, about a beat."),
                   do=lambda self: self.view.scroll_by(-BEAT_S), enabled=has_record),
        ActionSpec("to_start", "View/Go to", translatable("Start of the recording"), ("Home",),
                   translatable("Scroll to the beginning."),
                   do=lambda self: self.view.scroll_to(0), enabled=has_record),
        ActionSpec("to_end", "View/Go to", translatable("End of the recording"), ("End",),
                   translatable("Scroll to the end."),
                   do=lambda self: self.view.scroll_to(self.view.last_start_s), enabled=has_record),
        ActionSpec("faster", "View/Speed and gain", translatable("Faster paper"), ("+", "="),
                   translatable("The next higher paper speed."),
                   do=lambda self: self.view.step_speed(1, middle_s(self.view))),
        ActionSpec("slower", "View/Speed and gain", translatable("Slower paper"), ("-",),
                   translatable("The next lower paper speed."),
                   do=lambda self: self.view.step_speed(-1, middle_s(self.view))),
        ActionSpec("gain_up", "View/Speed and gain", translatable("Higher gain"), ("]",),
                   translatable("The next higher gain, the same for all leads."),
                   do=lambda self: self.view.step_gain(1)),
        ActionSpec("gain_down", "View/Speed and gain", translatable("Lower gain"), ("[",),
                   translatable("The next lower gain, the same for all leads."),
                   do=lambda self: self.view.step_gain(-1)),
        ActionSpec("standard", "View/Speed and gain", translatable("Standard view"), ("Ctrl+0",),
                   translatable("Back to 25 mm/s and 10 mm/mV."),
                   do=lambda self: self.view.standard_calibration()),
        ActionSpec("calibrate", "View/Speed and gain", translatable("Calibrate the screen…"), (),
                   translatable("Match a bar to a bank card, so that a millimetre on the paper is a millimetre."),
                   do=lambda self: self.calibrate_screen()),
    )

    def __init__(self, window: Host) -> None:
        super().__init__(window)
        self.view = window.session.view

    def calibrate_screen(self) -> None:
        """Let the user measure the screen; the answer is remembered for this screen."""
        dialog = ScreenDialog(self.window.paper.screen_scale, self.window)
        dialog.calibrated.connect(self.take_scale)
        dialog.open()

    def take_scale(self, px_per_mm: float) -> None:
        """Draw with so many pixels to a millimetre on this screen, from now on."""
        settings, screen = self.window.settings, screen_key(self.window.screen())
        settings.change(px_per_mm={**settings.settings.px_per_mm, screen: px_per_mm})
        self.window.use_screen()

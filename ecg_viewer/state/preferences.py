"""The table of preferences from which the dialog is made."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Any

from ecg_viewer.state.calibration import GAINS_MM_PER_MV, SPEEDS_MM_PER_S
from ecg_viewer.state.display_choices import HEAT_COLOUR_TITLES, HIGHEST_THRESHOLD, LOWEST_THRESHOLD
from ecg_viewer.state.filters import FILTERS, NOTCHES
from ecg_viewer.state.layouts import FIRST_THAT_FITS, LAYOUTS
from ecg_viewer.state.settings import Settings
from ecg_viewer.state.words.language import translatable
from mmae_core.intervals.results import FORMULAS


class ControlKind(Enum):
    """The kind of control for a value."""

    CHOICE = "one of a few"
    SWITCH = "on or off"
    TEXT = "typed"
    SHARE = "a share, 0 to 1, in per cent"
    NUMBER = "a number within limits"


@dataclass(frozen=True)
class Preference:
    """One line of the dialog."""

    field: str
    """The field of `Settings`."""
    section: str
    """English, shown through `tr`, as are all texts here."""
    text: str
    tip: str
    kind: ControlKind = ControlKind.CHOICE
    choices: tuple[tuple[Any, str], ...] = ()
    """Value and text of each choice. Empty for the models, which are known only at run time."""
    limits: tuple[float, float] = (0.0, 1.0)
    """Of a share or a number."""
    suffix: str = ""
    """Unit of a number."""


SECTIONS = (translatable("Appearance"), translatable("Paper"), translatable("Heat"), translatable("Review"),
            translatable("Model"))

_LAYOUTS = ((None, FIRST_THAT_FITS), *((spec.id, spec.title) for spec in LAYOUTS))

PREFERENCES: tuple[Preference, ...] = (
    Preference("theme", "Appearance", translatable("Colours"), translatable("Colours of the window and the paper."),
               choices=(("system", translatable("As the system")), ("light", translatable("Light")), (
                   "dark",
                   translatable("Dark"),
               ),
                        ("high-contrast", translatable("High contrast")))),
    Preference("language", "Appearance", translatable("Language"),
               translatable("Changes at once. "
                            "Details of why a recording cannot be read are in English."),
               choices=(("system", translatable("As the system")), ("en", "English"), ("de", "Deutsch"))),
    Preference("restore_session", "Appearance", translatable("Go on where you left off"),
               translatable("A start without a path opens what was open last."), ControlKind.SWITCH),
    Preference("layout", "Paper", translatable("Layout"),
               translatable("Which leads stand where; the number keys do the same."),
               choices=_LAYOUTS),
    Preference("cabrera", "Paper", translatable("Cabrera order"),
               translatable("Limb leads in the order of the frontal plane, aVL to III, with aVR inverted; in any "
                            "layout."),
               ControlKind.SWITCH),
    Preference("speed_mm_per_s", "Paper", translatable("Paper speed at start"), translatable("Also used at once."),
               choices=tuple((speed, f"{speed:g} mm/s") for speed in SPEEDS_MM_PER_S)),
    Preference("gain_mm_per_mv", "Paper", translatable("Gain at start"),
               translatable("The same for all leads; also used at once."),
               choices=tuple((gain, f"{gain:g} mm/mV") for gain in GAINS_MM_PER_MV)),
    Preference("filter_band", "Paper", translatable("Filter at start"),
               translatable("On the screen only; the model always gets the ECG as recorded."),
               choices=tuple((key, item.title) for key, item in FILTERS.items())),
    Preference("mains_notch", "Paper", translatable("Mains frequency to filter out"),
               translatable("50 Hz in most of the world, 60 Hz in North America; on the screen only."),
               choices=tuple((key, item.title) for key, item in NOTCHES.items())),
    Preference("qtc_formula", "Paper", translatable("QTc formula"),
               translatable("How QT is corrected for the rate; it is named beside every QTc."),
               choices=tuple((name, name) for name in FORMULAS)),
    Preference("heat_style", "Heat", translatable("Style"),
               translatable("Where the colour stands; H goes to the next."),
               choices=(("background", translatable("Behind the trace")), ("ribbon",
                                                                           translatable("Ribbon under the trace")),
                        ("trace", translatable("Colour of the trace")), ("off", translatable("No heat")))),
    Preference("heat_colours", "Heat", translatable("Colour map"),
               translatable("Colours of the heat; each keeps its order for every kind of colour vision."),
               choices=tuple(HEAT_COLOUR_TITLES.items())),
    Preference("heat_threshold", "Heat", translatable("Threshold"),
               translatable("The percentile among normal ECGs from which on there is colour."), ControlKind.NUMBER,
               limits=(LOWEST_THRESHOLD, HIGHEST_THRESHOLD)),
    Preference("heat_opacity", "Heat", translatable("Opacity"),
               translatable("How strongly the model's colours cover the paper."),
               ControlKind.SHARE, limits=(0.2, 1.0)),
    Preference("reviewer", "Review", translatable("Name of the reviewer"),
               translatable("Decisions are kept under this name, on this computer. Each reviewer sees their own."),
               ControlKind.TEXT),
    Preference("model", "Model", translatable("Model"), translatable("Which model assesses; it starts anew at once.")),
    Preference("device", "Model", translatable("Device"),
               translatable("Where the model runs; from the next start of the program on."),
               choices=(("auto", translatable("The fastest there is")), ("cpu", translatable("Processor")),
                        ("cuda", translatable("NVIDIA graphics card (CUDA)")), ("mps",
                                                                                translatable("Apple graphics (MPS)")))),
)


def defaults() -> dict[str, Any]:
    """The default of each field."""
    standard = Settings()
    return {item.field: getattr(standard, item.field) for item in PREFERENCES}

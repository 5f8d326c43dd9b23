"""What the user can choose once for all: a table over the settings, from which the dialog is made."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Any

from ecg_viewer.render.heat_colours import PALETTES
from ecg_viewer.render.layouts import LAYOUTS
from ecg_viewer.state.calibration import GAINS_MM_PER_MV, SPEEDS_MM_PER_S
from ecg_viewer.state.filters import FILTERS, NOTCHES
from ecg_viewer.state.look import HIGHEST_THRESHOLD, LOWEST_THRESHOLD
from ecg_viewer.state.settings import Settings
from ecg_viewer.state.words.language import mark
from mmae_core.intervals.results import FORMULAS


class Kind(Enum):
    """How a value is chosen."""

    CHOICE = "one of a few"
    SWITCH = "on or off"
    TEXT = "typed"
    SHARE = "a share, 0 to 1, in per cent"
    NUMBER = "a number within limits"


@dataclass(frozen=True)
class Preference:
    """One line of the dialog."""

    field: str
    """Of `Settings`."""
    section: str
    """English, as all that is shown; through `tr`."""
    text: str
    tip: str
    kind: Kind = Kind.CHOICE
    choices: tuple[tuple[Any, str], ...] = ()
    """Value and text, of a choice. Empty for the models, which are known only to the running program."""
    limits: tuple[float, float] = (0.0, 1.0)
    """Of a share or a number."""
    suffix: str = ""
    """Unit of a number."""


SECTIONS = (mark("Appearance"), mark("Paper"), mark("Heat"), mark("Review"), mark("Model"))

_LAYOUTS = tuple((spec.id, spec.title) for spec in LAYOUTS)

PREFERENCES: tuple[Preference, ...] = (
    Preference("theme", "Appearance", mark("Colours"), mark("Colours of the window and the paper."),
               choices=(("system", mark("As the system")), ("light", mark("Light")), ("dark", mark("Dark")),
                        ("high-contrast", mark("High contrast")))),
    Preference("language", "Appearance", mark("Language"),
               mark("Changes at once; sentences with figures in them follow the next time they are said. "
                    "Details of why a recording cannot be read are in English."),
               choices=(("system", mark("As the system")), ("en", "English"), ("de", "Deutsch"))),
    Preference("restore_session", "Appearance", mark("Go on where you left off"),
               mark("A start without a path opens what was open last."), Kind.SWITCH),
    Preference("layout", "Paper", mark("Layout"), mark("Which leads stand where; keys 1 to 8 do the same."),
               choices=_LAYOUTS),
    Preference("cabrera", "Paper", mark("Cabrera order"),
               mark("Limb leads in the order of the frontal plane, aVL to III, with aVR inverted; in any layout."),
               Kind.SWITCH),
    Preference("speed_mm_per_s", "Paper", mark("Paper speed at start"), mark("Also used at once."),
               choices=tuple((speed, f"{speed:g} mm/s") for speed in SPEEDS_MM_PER_S)),
    Preference("gain_mm_per_mv", "Paper", mark("Gain at start"), mark("The same for all leads; also used at once."),
               choices=tuple((gain, f"{gain:g} mm/mV") for gain in GAINS_MM_PER_MV)),
    Preference("filter_band", "Paper", mark("Filter at start"),
               mark("On the screen only; the model always gets the ECG as recorded."),
               choices=tuple((key, item.title) for key, item in FILTERS.items())),
    Preference("mains_notch", "Paper", mark("Mains frequency to filter out"),
               mark("50 Hz in most of the world, 60 Hz in North America; on the screen only."),
               choices=tuple((key, item.title) for key, item in NOTCHES.items())),
    Preference("qtc_formula", "Paper", mark("QTc formula"),
               mark("How QT is corrected for the rate; it is named beside every QTc."),
               choices=tuple((name, name) for name in FORMULAS)),
    Preference("heat_style", "Heat", mark("Style"), mark("Where the colour stands; H goes to the next."),
               choices=(("background", mark("Behind the trace")), ("ribbon", mark("Ribbon under the trace")),
                        ("trace", mark("Colour of the trace")), ("off", mark("No heat")))),
    Preference("heat_colours", "Heat", mark("Colour map"),
               mark("Colours of the heat; each keeps its order for every kind of colour vision."),
               choices=tuple((key, palette.title) for key, palette in PALETTES.items())),
    Preference("heat_threshold", "Heat", mark("Threshold"),
               mark("The percentile among normal ECGs from which on there is colour."), Kind.NUMBER,
               limits=(LOWEST_THRESHOLD, HIGHEST_THRESHOLD)),
    Preference("heat_opacity", "Heat", mark("Opacity"), mark("How strongly the model's colours cover the paper."),
               Kind.SHARE, limits=(0.2, 1.0)),
    Preference("reviewer", "Review", mark("Name of the reviewer"),
               mark("Decisions are kept under this name, on this computer. Each reviewer sees their own."), Kind.TEXT),
    Preference("model", "Model", mark("Model"), mark("Which model assesses; it starts anew at once.")),
    Preference("device", "Model", mark("Device"),
               mark("Where the model runs; from the next start of the program on."),
               choices=(("auto", mark("The fastest there is")), ("cpu", mark("Processor")),
                        ("cuda", mark("NVIDIA graphics card (CUDA)")), ("mps", mark("Apple graphics (MPS)")))),
)


def defaults() -> dict[str, Any]:
    """What the fields of the table are before anything was chosen."""
    standard = Settings()
    return {item.field: getattr(standard, item.field) for item in PREFERENCES}

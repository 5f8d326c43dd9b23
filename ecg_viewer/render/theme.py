"""Colours of the paper. What was recorded, what the model says and what a person marks never share a colour."""

from __future__ import annotations

from dataclasses import dataclass

from ecg_viewer.render.colour import Oklch


@dataclass(frozen=True)
class Theme:
    """Colours as `#rrggbb`."""

    name: str
    is_dark: bool
    paper: str
    beyond: str
    """Paper before the beginning and after the end of the record."""
    grid: str
    grid_minor_opacity: float
    grid_major_opacity: float
    """The grid lies over the heat, as writing lies over a highlighter: it tints what is below and stays readable."""
    trace: str
    second_trace: str
    """Every other one of traces that run into one another."""
    model_colour: str
    """Marks of the model other than heat: brackets, expected trace."""
    human_colour: str
    """Marks a person made."""
    hatch: str
    """Lines over what was not assessed."""
    pending: str
    """Dots over what is not yet computed."""
    strip: str
    """Background of the time axis and of labels."""
    text: str
    quiet_text: str
    rule: str
    """Line between paper and time axis."""
    heat: tuple[Oklch, ...]
    """From barely unusual to most unusual. Lightness moves steadily away from the paper's, so that the order survives
    colour blindness and a grey print, and stops where the trace is still easy to read."""


PAPER = Theme(
    name="paper",
    is_dark=False,
    paper="#fffaf7",
    beyond="#f3ece8",
    grid="#b8321a",
    grid_minor_opacity=0.15,
    grid_major_opacity=0.33,
    trace="#15171c",
    second_trace="#006a75",
    model_colour="#5b2a86",
    human_colour="#0b5cad",
    hatch="#8d8783",
    pending="#b9b0ab",
    strip="#f6eeea",
    text="#1d1b1a",
    quiet_text="#625953",
    rule="#d9cbc4",
    heat=((0.94, 0.09, 100.0), (0.87, 0.145, 84.0), (0.78, 0.16, 62.0), (0.70, 0.18, 40.0), (0.64, 0.20, 18.0)),
)

DARK = Theme(
    name="dark",
    is_dark=True,
    paper="#14171b",
    beyond="#0e1013",
    grid="#a9c4dc",
    grid_minor_opacity=0.07,
    grid_major_opacity=0.17,
    trace="#e9eff4",
    second_trace="#4fc9bd",
    model_colour="#d2b4ff",
    human_colour="#7cc0ff",
    hatch="#76808a",
    pending="#4b545d",
    strip="#1b1f24",
    text="#e9eff4",
    quiet_text="#a3adb7",
    rule="#323b44",
    heat=((0.46, 0.14, 285.0), (0.50, 0.165, 312.0), (0.54, 0.18, 342.0), (0.58, 0.175, 12.0), (0.63, 0.16, 45.0)),
)

HIGH_CONTRAST = Theme(
    name="high contrast",
    is_dark=False,
    paper="#ffffff",
    beyond="#e6e6e6",
    grid="#000000",
    grid_minor_opacity=0.13,
    grid_major_opacity=0.33,
    trace="#000000",
    second_trace="#00626e",
    model_colour="#4a0080",
    human_colour="#003f8a",
    hatch="#4d4d4d",
    pending="#8a8a8a",
    strip="#ffffff",
    text="#000000",
    quiet_text="#333333",
    rule="#000000",
    heat=((0.93, 0.12, 100.0), (0.84, 0.16, 82.0), (0.75, 0.17, 60.0), (0.67, 0.20, 38.0), (0.58, 0.21, 22.0)),
)

THEMES = {theme.name: theme for theme in (PAPER, DARK, HIGH_CONTRAST)}

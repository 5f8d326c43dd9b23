"""Applies changed settings to the open window."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from ecg_viewer.state.settings import Settings

if TYPE_CHECKING:
    from ecg_viewer.qt.host import Host

Effect = Callable[["Host", Settings], object]


def _use_model(window: Host, settings: Settings) -> None:
    """Switch to a model (None: the default), unless it is already in use."""
    models = window.session.models
    key = settings.model or (models.choices[0].key if models.choices else None)
    if key is not None:
        models.choose(key)


def _use_theme(window: Host, settings: Settings) -> None:
    window.themes.choose(settings.theme)


def _use_speed(window: Host, settings: Settings) -> None:
    window.session.view.set_speed(settings.speed_mm_per_s)


def _use_gain(window: Host, settings: Settings) -> None:
    window.session.view.set_gain(settings.gain_mm_per_mv)


def _use_filter(window: Host, settings: Settings) -> None:
    window.session.view.filter.choose_band(settings.filter_band)


def _use_notch(window: Host, settings: Settings) -> None:
    window.session.view.filter.choose_notch(settings.mains_notch)


def _use_look(window: Host, settings: Settings) -> None:
    window.session.view.set_heat_look(settings.heat_look)


def _use_cabrera(window: Host, settings: Settings) -> None:
    window.session.view.set_cabrera(settings.cabrera)


EFFECTS: dict[str, Effect] = {
    "theme": _use_theme,
    "speed_mm_per_s": _use_speed,
    "gain_mm_per_mv": _use_gain,
    "filter_band": _use_filter,
    "mains_notch": _use_notch,
    "cabrera": _use_cabrera,
    "heat_style": _use_look,
    "heat_colours": _use_look,
    "heat_threshold": _use_look,
    "heat_opacity": _use_look,
    "model": _use_model,
}
"""By field. `LanguageKeeper` follows the language, the layouts' feature the layout, the review the reviewer; the device
waits for the next start."""
AT_START = ("speed_mm_per_s", "gain_mm_per_mv", "filter_band", "mains_notch")
"""Fields to apply when a window is made."""


def apply(window: Host, before: Settings, after: Settings) -> None:
    """Carry out in the window every setting that has changed."""
    for field, effect in EFFECTS.items():
        if getattr(before, field) != getattr(after, field):
            effect(window, after)

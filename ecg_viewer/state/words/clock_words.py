"""Times of day in a recording, in words: `02:14:05`, on later days `day 2, 02:14:05`."""

from __future__ import annotations

from ecg_viewer.state.words.language import tr
from ecg_viewer.state.words.numbers import localised
from mmae_core.clock import Clock


def clock_text(clock: Clock, time_s: float, decimals: int = 0) -> str:
    """The time of day, with the day from the second one on."""
    text, day = localised(clock.text(time_s, decimals)), clock.day(time_s, decimals)
    return text if day == 1 else tr("day {n}, {time}").format(n=day, time=text)

"""Times written under the paper."""

from __future__ import annotations

import math
from dataclasses import dataclass

from mmae_core.clock import Clock

STEPS_S = (0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200)

DEFAULT_LABEL_PX = 70.0
"""Room for a label: times from the beginning."""


@dataclass(frozen=True)
class Tick:
    """A mark on the time axis."""

    time_s: float
    label: str
    """Empty for a tick between labelled ones."""


def ticks(
    start_s: float, end_s: float, px_per_s: float, duration_s: float, label_px: float = DEFAULT_LABEL_PX,
    clock: Clock | None = None,
) -> list[Tick]:
    """Ticks from `start_s` to `end_s`; labels are at least `label_px` apart, with finer ticks where there is room.

    How times are written depends on the length of the record, not on where one is in it. With a `clock` they are times
    of day, and the ticks stand at round ones.
    """
    labelled_s = next((step for step in STEPS_S if step * px_per_s >= label_px), STEPS_S[-1])
    finer = [step for step in STEPS_S if step < labelled_s and step * px_per_s >= 12 and _divides(step, labelled_s)]
    step_s = finer[0] if finer else labelled_s
    every = round(labelled_s / step_s)
    zero_s = 0.0 if clock is None else clock.start_s
    first, last = math.ceil((start_s + zero_s) / step_s - 1e-9), math.floor((end_s + zero_s) / step_s + 1e-9)
    result = []
    for index in range(first, last + 1):
        time_s = index * step_s - zero_s
        label = ""
        if index % every == 0:
            label = (axis_time_text(time_s, duration_s, labelled_s) if clock is None
                     else clock.text(time_s, _decimals(labelled_s)))
        result.append(Tick(time_s, label))
    return result


def _decimals(resolution_s: float) -> int:
    return 0 if resolution_s >= 1 else (1 if resolution_s >= 0.1 else (2 if resolution_s >= 0.01 else 3))


def _divides(step: float, whole: float) -> bool:
    return math.isclose(whole / step, round(whole / step))


def axis_time_text(time_s: float, duration_s: float, resolution_s: float = 1.0) -> str:
    """`3 s` in a short record, `2:03` in one of minutes, `1:02:03` in one of hours; as many decimals as needed."""
    decimals = _decimals(resolution_s)
    if duration_s < 120:
        return f"{time_s:.{decimals}f} s"
    rounded = round(time_s, decimals)
    hours, rest = divmod(rounded, 3600)
    minutes, seconds = divmod(rest, 60)
    seconds_text = f"{seconds:0{3 + decimals if decimals else 2}.{decimals}f}"
    return f"{int(hours)}:{int(minutes):02d}:{seconds_text}" if duration_s >= 3600 else f"{int(minutes)}:{seconds_text}"

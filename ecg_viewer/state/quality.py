"""Where the signal is too poor for the model's results to be reliable, in time and by lead.

A moment of a lead is poor if every window that contains it finds the lead poor: windows overlap, so that a burst of
noise spoils as little of its surroundings as possible. Windows are in order of time.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from mmae_core.assessment import LeadQuality, WindowAssessment
from mmae_core.messages import JoinedMessage
from mmae_core.record import STANDARD_LEADS

WINDOW_S = 10.0
"""Length of a `WindowAssessment`'s window."""
POOR_LEAD_BELOW = 0.5
"""Share of usable signal below which a lead is poor in a window."""

STEP_S = 0.1
"""Resolution of the search for poor leads in a stretch."""
MAX_STEPS = 400
"""Longer stretches are searched more coarsely, as they are drawn more coarsely."""

Windows = Sequence[WindowAssessment]


def insert_windows(
    windows: tuple[WindowAssessment, ...], new: tuple[WindowAssessment, ...]
) -> tuple[tuple[WindowAssessment, ...], tuple[WindowAssessment, ...]]:
    """Both merged in order of time, and the known ones that were replaced. The new ones must be consecutive."""
    if not new:
        return windows, ()
    first = bisect_left(windows, new[0].start_s, key=_start)
    last = bisect_right(windows, new[-1].start_s, key=_start)
    return windows[:first] + new + windows[last:], windows[first:last]


def lead_quality(window: WindowAssessment, lead: str) -> LeadQuality | None:
    """The quality found in a lead; None if it was not checked, or for what concerns no single lead."""
    if window.quality is None or lead not in STANDARD_LEADS:
        return None
    return window.quality.leads[STANDARD_LEADS.index(lead)]


def is_poor(window: WindowAssessment, lead: str) -> bool:
    """Whether a lead is too poor, in this window, for what the model says about it."""
    quality = lead_quality(window, lead)
    return quality is not None and quality.score < POOR_LEAD_BELOW


def windows_in(windows: Windows, start_s: float, end_s: float) -> Windows:
    """The windows that overlap a stretch or contain an instant."""
    first = bisect_right(windows, start_s - WINDOW_S, key=_start)
    last = max(bisect_left(windows, end_s, key=_start), bisect_right(windows, start_s, key=_start))
    return windows[first:last]


def is_unreliable(window: WindowAssessment, lead: str) -> bool:
    """Whether the model's result for a lead in this window is unreliable: the lead is poor, or the signal as a whole
    is, from which the model restores every lead.
    """
    return not window.reliable or is_poor(window, lead)


def is_unreliable_at(windows: Windows, lead: str, time_s: float) -> bool:
    """Whether every window around an instant is unreliable in a lead."""
    around = windows_in(windows, time_s, time_s)
    return bool(around) and all(is_unreliable(window, lead) for window in around)


def poor_columns(windows: Windows, start_s: float, end_s: float, n_columns: int) -> NDArray[np.bool_]:
    """(12, n_columns) where leads are poor, in equal stretches from `start_s` to `end_s`, judged at their middles."""
    return _columns(windows, start_s, end_s, n_columns, is_poor)


def unreliable_columns(windows: Windows, start_s: float, end_s: float, n_columns: int) -> NDArray[np.bool_]:
    """(12, n_columns), as `poor_columns`, where the model's results are unreliable (see `is_unreliable`)."""
    return _columns(windows, start_s, end_s, n_columns, is_unreliable)


def _columns(
    windows: Windows, start_s: float, end_s: float, n_columns: int, judge: Callable[[WindowAssessment, str], bool]
) -> NDArray[np.bool_]:
    """(12, n_columns), True where the test holds in every window that contains the column; False where there is
    none.
    """
    around = np.zeros(n_columns, np.int32)
    judged = np.zeros((len(STANDARD_LEADS), n_columns), np.int32)
    middles = start_s + (np.arange(n_columns) + 0.5) * (end_s - start_s) / n_columns
    for window in windows_in(windows, start_s, end_s):
        inside = (middles >= window.start_s) & (middles < window.start_s + WINDOW_S)
        around += inside
        flags = np.array([judge(window, lead) for lead in STANDARD_LEADS])
        judged += flags[:, None] & inside
    return np.asarray((judged == around) & (around > 0))


def poor_reasons(windows: Windows, start_s: float, end_s: float) -> dict[str, str]:
    """Leads that are poor somewhere in a stretch, with what is wrong with them where they are worst."""
    nearby = windows_in(windows, start_s, end_s)
    suspects = [lead for lead in STANDARD_LEADS if any(is_poor(window, lead) for window in nearby)]
    if not suspects:
        return {}
    n_steps = min(max(1, round((end_s - start_s) / STEP_S)), MAX_STEPS)
    poor = np.asarray(poor_columns(windows, start_s, end_s, n_steps).any(axis=1))
    return {lead: worst_reason(nearby, lead) for lead in suspects if poor[STANDARD_LEADS.index(lead)]}


def worst_reason(windows: Windows, lead: str) -> str:
    """What is wrong with a lead in its worst window; empty if it was not checked or nothing was found."""
    found = [quality for window in windows if (quality := lead_quality(window, lead)) is not None]
    return JoinedMessage("; ", min(found, key=lambda quality: quality.score).reasons) if found else ""


def unreliable_reason(windows: Windows, lead: str, time_s: float) -> str:
    """What makes the model's numbers unreliable at an instant: the lead's signal, else the signal as a whole."""
    around = windows_in(windows, time_s, time_s)
    spoilt = [quality for window in around if (quality := window.quality) is not None and not window.reliable]
    if not spoilt or any(is_poor(window, lead) for window in around):
        return worst_reason(around, lead)
    return JoinedMessage("; ", min(spoilt, key=lambda quality: quality.score).reasons)


def _start(window: WindowAssessment) -> float:
    return window.start_s

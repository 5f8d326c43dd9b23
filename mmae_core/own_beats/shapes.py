"""Groups beats that look alike and measures the width of their QRS."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from mmae_core.intervals.beat_results import Samples
from mmae_core.own_beats.residual import Windows
from mmae_core.scipy_parts import gaussian_filter1d

ALIKE = 0.85
"""Least correlation over the QRS of all leads for two beats that depart from the prevailing shape to share one."""
REACH_S = 0.03
"""Two beats are shifted against each other by at most this much."""
MOST_SHAPES = 20
"""Most shapes formed; later beats join the shape they resemble most."""
SPEED_SHARE = 0.12
"""The QRS counts as at rest where its speed is below this share of the peak."""
SMOOTH_S = 0.008
WIDER_S = 0.02
"""A QRS longer by more than this is called wider; two beats of one shape differ by less."""
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def group(qrs: Windows, is_own: NDArray[np.bool_], rate_hz: float) -> NDArray[np.int64]:
    """(beats,) number of each beat's shape: 0 for those marked `is_own`, 1, 2, ... for the others.

    `qrs` is (beats, leads, width), aligned, without slope. A beat joins the shape it resembles most or starts a new
    one.
    """
    shapes = np.zeros(len(qrs), np.int64)
    sums: list[Windows] = []
    reach = round(REACH_S * rate_hz)
    inner = slice(reach, qrs.shape[2] - reach)
    for number in np.flatnonzero(~is_own):
        highest, shift = 0.0, 0
        best = -1
        for place, total in enumerate(sums):
            found, moved = likeness(total[:, inner], qrs[number], reach)
            if found > highest:
                highest, best, shift = found, place, moved
        if best >= 0 and (highest >= ALIKE or len(sums) >= MOST_SHAPES):
            sums[best] = sums[best] + np.roll(qrs[number], -shift, axis=1)
            shapes[number] = best + 1
        else:
            sums.append(qrs[number].copy())
            shapes[number] = len(sums)
    return shapes


def likeness(template: Windows, beat: Windows, reach: int) -> tuple[float, int]:
    """Highest correlation of a beat with a template that is shorter by `reach` at both ends, and its shift."""
    width = template.shape[1]
    moved = np.lib.stride_tricks.sliding_window_view(beat, width, axis=1)  # (leads, steps, width)
    energy = np.sqrt(np.einsum("lsw,lsw->s", moved, moved) * float((template**2).sum()))
    found = np.einsum("lsw,lw->s", moved, template) / np.maximum(energy, 1e-9)
    best = int(np.argmax(found))
    return float(found[best]), best - reach


def width_s(qrs: Windows, rate_hz: float) -> float:
    """Duration of the QRS (leads, width) in seconds, all leads together: from the first to the last clear movement."""
    speed = np.sqrt(np.mean(np.gradient(gaussian_filter1d(qrs, SMOOTH_S * rate_hz, axis=1), axis=1) ** 2, axis=0))
    moving = np.flatnonzero(speed >= SPEED_SHARE * speed.max())
    return float(moving[-1] - moving[0] + 1) / rate_hz


def by_count(shapes: NDArray[np.int64]) -> tuple[NDArray[np.int64], Samples]:
    """Shapes renumbered, the most frequent first, and the number of beats of each."""
    kinds, counts = np.unique(shapes, return_counts=True)
    order = np.argsort(-counts, kind="stable")
    place = np.empty(len(kinds), np.int64)
    place[order] = np.arange(len(kinds))
    return place[np.searchsorted(kinds, shapes)], counts[order].astype(np.int64)


def letter(place: int) -> str:
    """`A`, `B`, ... `Z`, `AA`, ..."""
    return LETTERS[place] if place < len(LETTERS) else letter(place // len(LETTERS) - 1) + LETTERS[place % len(LETTERS)]

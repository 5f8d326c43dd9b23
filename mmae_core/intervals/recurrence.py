"""Recovers weak beats that recur in one shape: ventricular beats in bigeminy and trigeminy.

A wide ventricular QRS has little slope in the narrow QRS's band for its size. If every second or third beat is
ventricular, the narrow beats alone seem to make the rhythm, and the wide ones are taken for their T waves. Two things
tell them apart: noise does not recur in one shape, and a T wave is not followed by another T wave.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from mmae_core.scipy_parts import butter, sosfiltfilt

Array = NDArray[np.float64]
Samples = NDArray[np.int64]

BAND_HZ = (0.5, 20.0)
"""QRS and T wave of a ventricular beat, without the baseline."""
QRS_HALF_S = 0.08
"""Half-width of the stretch in which shapes are compared: a wide QRS."""
ALIGN_S = 0.03
"""Beats are moved by up to this much to where they match best."""
ALIKE = 0.9
"""Correlation of the slopes over all leads from which two weak beats have one shape."""
TIMES = 3
"""A shape recurs if it appears this many times within `NEAR_S`."""
NEAR_S = 10.0
"""Time before or after a beat in which its shape must recur."""
T_AFTER_S = (0.16, 0.5)
"""Position of a beat's T wave, from the middle of its QRS."""
NEXT_QRS_S = 0.1
"""Time before the next beat at which its QRS begins."""
OWN_T = 0.27
"""A beat's T wave has at least this share of its size. Behind a T wave are a U wave or the next P, of a tenth to a
quarter of it; behind the ventricular beats of PTB-XL that were lost, a third at least."""


def recurring(signal_mv: Array, weak: Samples, kept: Samples, rate_hz: float) -> Samples:
    """The weak beats of (leads, samples) in mV that recur in one shape, each with a T wave.

    `kept` are the beats that are not in doubt. Both are in samples, ascending.
    """
    if len(weak) < TIMES:
        return weak[:0]
    margin = round((T_AFTER_S[1] + QRS_HALF_S) * rate_hz)
    wave = sosfiltfilt(butter(2, BAND_HZ, "bandpass", fs=rate_hz, output="sos"), signal_mv, axis=1)
    wave = np.pad(wave, ((0, 0), (margin, margin)), mode="edge")
    alike = _alike(np.gradient(wave, axis=1), weak + margin, rate_hz)
    alike &= np.abs(weak[:, None] - weak) <= NEAR_S * rate_hz
    beats = np.sort(np.concatenate([weak, kept]))
    found = np.zeros(len(weak), bool)
    for group in alike:
        if group.sum() >= TIMES and not found[group].all() and _own_t(wave, weak[group], beats, margin, rate_hz):
            found |= group
    return weak[found]


def _alike(slopes: Array, at: Samples, rate_hz: float) -> NDArray[np.bool_]:
    """(beats, beats) whether two beats have one shape after alignment."""
    half, reach = round(QRS_HALF_S * rate_hz), max(1, round(ALIGN_S * rate_hz))
    windows = np.lib.stride_tricks.sliding_window_view(slopes, 2 * half, axis=1)
    own = windows[:, at - half].transpose(1, 0, 2).reshape(len(at), -1)
    own = own / np.maximum(np.linalg.norm(own, axis=1, keepdims=True), 1e-12)
    likeness = np.full((len(at), len(at)), -1.0)
    for shift in range(-reach, reach + 1):
        moved = windows[:, at - half + shift].transpose(1, 0, 2).reshape(len(at), -1)
        moved = moved / np.maximum(np.linalg.norm(moved, axis=1, keepdims=True), 1e-12)
        likeness = np.maximum(likeness, own @ moved.T)
    return np.asarray(likeness >= ALIKE)


def _own_t(wave: Array, group: Samples, beats: Samples, margin: int, rate_hz: float) -> bool:
    """Whether a T wave follows beats of one shape before the next beat comes, on their average."""
    half, end = round(QRS_HALF_S * rate_hz), round(T_AFTER_S[1] * rate_hz)
    length = wave.shape[1] - 2 * margin
    following = np.append(beats, length)[np.searchsorted(beats, group, side="right")]
    room = min(end, round(float(np.median(following - group)) - NEXT_QRS_S * rate_hz))
    mean = np.mean([wave[:, at + margin - half : at + margin + end] for at in group], axis=0)
    size = np.sqrt(np.mean(mean * mean, axis=0))
    behind = size[half + round(T_AFTER_S[0] * rate_hz) : half + max(0, room)]
    return bool(len(behind)) and bool(behind.max() >= OWN_T * size[: 2 * half].max())

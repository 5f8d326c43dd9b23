"""Twelve leads whose waves begin and end at known instants, to check measurements with.

Each wave is a bump that is zero outside of its own time. The signals are not realistic; they test accuracy.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mmae_core.record import STANDARD_LEADS, FloatArray

DIRECTIONS = {
    "I": (1.0, 0.0, 0.0), "II": (0.5, 0.87, 0.0), "V1": (-0.35, 0.1, 0.8), "V2": (-0.1, 0.1, 0.95),
    "V3": (0.25, 0.15, 0.85), "V4": (0.6, 0.25, 0.6), "V5": (0.85, 0.3, 0.2), "V6": (0.95, 0.3, -0.1),
}
"""Independent leads: their projections of a vector pointing left, down and forward. The other limb leads follow from
two."""


@dataclass(frozen=True)
class Rhythm:
    """A regular rhythm of one shape, in seconds and mV."""

    rr_s: float = 0.8
    pr_s: float = 0.16
    qrs_s: float = 0.09
    qt_s: float = 0.38
    p_s: float = 0.1
    axis_deg: float = 45.0
    p_mv: float = 0.15
    r_mv: float = 1.2
    t_mv: float = 0.35


def make_ecg(
    rhythm: Rhythm,
    rate_hz: float = 500.0,
    duration_s: float = 10.0,
    *,
    noise_mv: float = 0.0,
    wander_mv: float = 0.0,
    ectopic: tuple[int, ...] = (),
    seed: int = 0,
) -> tuple[FloatArray, NDArray[np.float64]]:
    """Twelve leads (12, samples) in mV, and the QRS onsets in seconds.

    Beats whose numbers are `ectopic` come early, are wide, point the other way and have no P wave.
    """
    rng = np.random.default_rng(seed)
    times = np.arange(round(duration_s * rate_hz)) / rate_hz
    onsets = np.arange(0.3, duration_s - 0.05, rhythm.rr_s)
    vectors = np.zeros((3, len(times)))
    for number, onset in enumerate(onsets):
        if number in ectopic:
            onsets[number] = onset = onset - 0.3 * rhythm.rr_s
        _add_beat(vectors, times - onset, rhythm, is_ectopic=number in ectopic)
    leads = {name: np.array(direction) @ vectors for name, direction in DIRECTIONS.items()}
    first, second = leads["I"], leads["II"]
    leads |= {"III": second - first, "aVR": -(first + second) / 2, "aVL": first - second / 2,
              "aVF": second - first / 2}
    signal = np.stack([leads[name] for name in STANDARD_LEADS])
    signal += noise_mv * rng.standard_normal(signal.shape)
    phases = rng.uniform(0, 2 * np.pi, (len(signal), 1))
    signal += wander_mv * np.sin(2 * np.pi * 0.25 * times + phases)
    return signal.astype(np.float32), onsets


def _add_beat(vectors: NDArray[np.float64], time: NDArray[np.float64], rhythm: Rhythm, *, is_ectopic: bool) -> None:
    """Add one beat, whose QRS begins at time 0, to what points left, down and forward (3, samples)."""
    axis = np.radians(rhythm.axis_deg)
    main = np.array([np.cos(axis), np.sin(axis), -0.45])
    early = np.array([-0.25 * np.cos(axis), -0.25 * np.sin(axis), 0.5])
    width = rhythm.qrs_s * (1.8 if is_ectopic else 1.0)
    if is_ectopic:
        main, early = -main, np.array([0.1, -0.2, -0.4])
    else:
        p_on = -rhythm.pr_s
        vectors += np.outer([0.7, 0.9, 0.25], rhythm.p_mv * bump(time, p_on, p_on + rhythm.p_s))
    vectors += rhythm.r_mv * np.outer(early, bump(time, 0.0, 0.45 * width))
    vectors += rhythm.r_mv * np.outer(main, bump(time, 0.2 * width, 0.85 * width))
    vectors += rhythm.r_mv * np.outer(0.3 * early, bump(time, 0.65 * width, width))
    t_on = max(0.55 * rhythm.qt_s, width)
    vectors += np.outer(0.9 * np.array([np.cos(axis), np.sin(axis), 0.4]), rhythm.t_mv * bump(time, t_on, rhythm.qt_s))


def bump(time: NDArray[np.float64], start: float, end: float) -> NDArray[np.float64]:
    """Half a sine between two instants, zero elsewhere: it leaves and meets the line at an angle."""
    inside = np.clip((time - start) / (end - start), 0.0, 1.0)
    return np.asarray(np.sin(np.pi * inside))

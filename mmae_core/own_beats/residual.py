"""Departure of each beat from the template of the patient's prevailing beats, by lead and part of the beat.

A beat is aligned with the template where the QRS of all leads match best; each lead may be scaled, as by breathing, and
a slope is removed. The residual is its departure, in units of the residual of the patient's ordinary beats in that
lead, so that a noisy lead departs no sooner than a quiet one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mmae_core.intervals.beat_results import Array, Samples
from mmae_core.own_beats.jumps import jumping_leads
from mmae_core.scipy_parts import gaussian_filter1d

Windows = NDArray[np.float32]

RATE_HZ = 250.0
"""Beats are compared at this rate."""
SMOOTH_S = 0.0032
"""Standard deviation of the smoothing before downsampling."""
PARTS = ("QRS", "T", "P")
SPANS_S = ((-0.10, 0.12), (0.14, 0.42), (-0.24, -0.10))
"""Stretches from the R-peak in which QRS, ST-T and P are compared."""
MOST_T_RR = 0.6
"""ST-T is compared up to this share of the median R-R interval."""
NEXT_S = 0.14
"""The next beat begins this long before its R-peak; an ST-T that reaches into it is not compared."""
LAST_T_S = 0.36
"""The T wave of the previous beat ends by then; a P wave that lies in it is not compared."""
REACH_S = 0.03
"""A beat is shifted by at most this much to match the template."""
GAINS = (0.75, 1.33)
"""Allowed gain of a beat relative to the template in a lead; breathing changes it."""
FLOOR_MV = 0.05
"""Lower bound for the unit of residuals, for very quiet leads."""
SHARE_OF_QRS = 0.1
"""The same as a share of the template's QRS (root mean square)."""
CHUNK = 128
"""Beats that share a template: about two minutes, so that the template follows posture."""
MIN_BEATS = 3
"""Least number of beats of the prevailing shape for a template."""


@dataclass(frozen=True)
class Residuals:
    """Beats compared with their own template."""

    numbers: Samples
    """(compared,) indices of the beats compared: those whose QRS lies wholly in the stretch."""
    by_lead: Array
    """(parts, compared, leads) residual in units of the lead's ordinary residual; NaN where the part was not compared,
    and in a lead whose electrode jumps."""
    qrs: Windows
    """(compared, leads, width) the aligned QRS without its slope."""

    @property
    def by_beat(self) -> Array:
        """(parts, compared) root mean square over the leads compared; NaN where the part was not compared in any."""
        counts = np.isfinite(self.by_lead).sum(axis=2)
        total = np.nansum(self.by_lead**2, axis=2)
        return np.where(counts > 0, np.sqrt(total / np.maximum(counts, 1)), np.nan)


def reduced(signal_mv: Array, rate_hz: float) -> Windows:
    """(leads, samples) smoothed and downsampled to about `RATE_HZ`."""
    step = max(1, round(rate_hz / RATE_HZ))
    smooth = gaussian_filter1d(np.asarray(signal_mv, np.float32), SMOOTH_S * rate_hz, axis=1)
    return np.asarray(smooth[:, ::step])


def compare_with_template(signal: Windows, rate_hz: float, at: Samples, is_own: NDArray[np.bool_]) -> Residuals | None:
    """Compare the beats at `at` with the template of those marked `is_own`; None if there are too few.

    `signal` is (leads, samples) in mV at `rate_hz`, as `reduced` makes it.
    """
    first, last = (round(edge * rate_hz) for edge in SPANS_S[0])
    reach = round(REACH_S * rate_hz)
    numbers = np.flatnonzero((at + first - reach >= 0) & (at + last + reach < signal.shape[1]))
    own = is_own[numbers]
    if int(own.sum()) < MIN_BEATS:
        return None
    by_lead = np.full((len(PARTS), len(numbers), len(signal)), np.nan)
    qrs = np.empty((len(numbers), len(signal), last - first), np.float32)
    rr = float(np.median(np.diff(at[is_own]))) if is_own.sum() > 1 else rate_hz
    spans = [(round(start * rate_hz), round(end * rate_hz)) for start, end in SPANS_S]
    spans[1] = (spans[1][0], min(spans[1][1], round(MOST_T_RR * rr)))
    for start in range(0, len(numbers), CHUNK):
        here = np.arange(start, min(start + CHUNK, len(numbers)))
        near = np.arange(max(0, start - CHUNK // 2), min(len(numbers), start + CHUNK + CHUNK // 2))
        models = near[own[near]]
        if len(models) < MIN_BEATS:
            models = np.flatnonzero(own)[:CHUNK]
        template = _Template(signal, at[numbers[models]], spans[0], reach)
        shifts, qrs[here] = template.aligned(at[numbers[here]])
        by_lead[0, here] = template.qrs_left_over(qrs[here])
        for part in (1, 2):
            span = spans[part]
            if span[1] - span[0] < 0.08 * rate_hz:
                continue
            whole = here[_is_whole(numbers[here], at, span, rate_hz, signal.shape[1] - reach, reach)]
            model_rows = models[_is_whole(numbers[models], at, span, rate_hz, signal.shape[1] - reach, reach)]
            if len(whole) and len(model_rows) >= MIN_BEATS:
                moved = at[numbers[whole]] + shifts[whole - start]
                by_lead[part, whole] = template.left_over(moved, at[numbers[model_rows]], span)
    by_lead[:, jumping_leads(signal, rate_hz, at[numbers])] = np.nan
    return Residuals(numbers, by_lead, qrs)


def _is_whole(
    numbers: Samples, at: Samples, span: tuple[int, int], rate_hz: float, n_samples: int, reach: int
) -> NDArray[np.bool_]:
    """Which beats have a complete part: neither another beat nor the end of the stretch cuts into it."""
    since = np.diff(at, prepend=-np.inf)[numbers]
    until = np.diff(at, append=np.inf)[numbers]
    whole = (at[numbers] + span[0] >= reach) & (at[numbers] + span[1] < n_samples)
    if span[0] > 0:
        return np.asarray(whole & (until >= span[1] + round(NEXT_S * rate_hz)))
    return np.asarray(whole & (since + span[0] >= round(LAST_T_S * rate_hz)))


class _Template:
    """The sample-by-sample median of some beats, and the residual of such beats."""

    def __init__(self, signal: Windows, models: Samples, span: tuple[int, int], reach: int) -> None:
        self._signal, self._span, self._reach = signal, span, reach
        stretches = level(_stretches(signal, models, *span))
        self._mv = np.median(stretches, axis=0)
        self._slope = np.gradient(self._mv, axis=1)
        self._energy = np.maximum((self._mv**2).sum(axis=1), 1e-9)
        usual = np.median(np.mean((stretches - self._mv) ** 2, axis=2), axis=0)
        self._unit = usual + FLOOR_MV**2 + SHARE_OF_QRS**2 * self._energy / self._mv.shape[1]

    def aligned(self, at: Samples) -> tuple[Samples, Windows]:
        """Shift of each beat that matches the template best, and its QRS there."""
        first, last = self._span
        wide = _stretches(self._signal, at, first - self._reach, last + self._reach)
        width, steps = last - first, 2 * self._reach + 1
        flat = level(np.stack([wide[:, :, step : step + width] for step in range(steps)]))  # (steps, beats, leads, w)
        likeness = np.einsum("sblw,lw->sb", flat, self._mv) / np.sqrt(np.einsum("sblw,sblw->sb", flat, flat) + 1e-9)
        best = np.argmax(likeness, axis=0)
        return best - self._reach, np.asarray(flat[best, np.arange(len(at))])

    def qrs_left_over(self, qrs: Windows) -> Array:
        """(beats, leads) residual of the aligned QRS, at the gain that fits each lead best."""
        gains = np.clip(np.einsum("blw,lw->bl", qrs, self._mv) / self._energy, *GAINS)
        left = qrs - gains[:, :, None] * self._mv
        # a shift by less than a sample, the same in all leads
        shift = np.einsum("blw,lw->b", left, self._slope) / max(float((self._slope**2).sum()), 1e-9)
        left = left - np.clip(shift, -1, 1)[:, None, None] * self._slope
        return np.asarray(np.sqrt(np.mean(left**2, axis=2) / self._unit), np.float64)

    def left_over(self, at: Samples, models: Samples, span: tuple[int, int]) -> Array:
        """(beats, leads) residual of another part of the aligned beats."""
        beats, ordinary = (level(_stretches(self._signal, where, *span)) for where in (at, models))
        template = np.median(ordinary, axis=0)
        energy = np.maximum((template**2).sum(axis=1), 1e-9)
        usual = np.median(np.mean((ordinary - template) ** 2, axis=2), axis=0)
        unit = usual + FLOOR_MV**2 + SHARE_OF_QRS**2 * energy / template.shape[1]
        gains = np.clip(np.einsum("blw,lw->bl", beats, template) / energy, *GAINS)
        left = beats - gains[:, :, None] * template
        return np.asarray(np.sqrt(np.mean(left**2, axis=2) / unit), np.float64)


def level(stretches: Windows) -> Windows:
    """Stretches (..., width) with mean and slope removed."""
    width = stretches.shape[-1]
    ramp = np.linspace(-1, 1, width, dtype=np.float32)
    ramp /= np.linalg.norm(ramp)
    centred = stretches - stretches.mean(axis=-1, keepdims=True)
    return np.asarray(centred - (centred @ ramp)[..., None] * ramp)


def _stretches(signal: Windows, at: Samples | Sequence[int], first: int, last: int) -> Windows:
    """(beats, leads, last - first) around beats."""
    windows = np.lib.stride_tricks.sliding_window_view(signal, last - first, axis=1)
    return np.asarray(windows[:, np.asarray(at) + first].transpose(1, 0, 2))

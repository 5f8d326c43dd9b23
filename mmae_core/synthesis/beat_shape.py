"""The common shape of one record's beats: P, QRS and T, with their onsets and ends.

Made from R-peaks and the record's median beat; no delineator is fitted to anything. It serves to plant lesions into
normal records (`mmae_core.synthesis.lesions`); no model sees it. Only the eight independent leads I, II, V1..V6 are
described: the other limb leads follow from them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from mmae_core.errors import UnsupportedRecord
from mmae_core.record import STANDARD_LEADS, FloatArray
from mmae_core.scipy_parts import gaussian_filter1d, uniform_filter1d
from mmae_core.signals.lead_geometry import INDEPENDENT, Array

RATE_HZ = 500.0
MIN_BEATS = 6
MAX_RESIDUAL_MV = 0.06
"""Root mean square, in the worst lead, of what the median beat leaves over outside the QRS: above it, noise."""
MIN_LIKENESS = 0.9
"""Median correlation of a record's beats with their median; below it they have no common shape."""
MIN_LEAD_STD_MV = 0.02
"""As for the model's input: a lead below it is flat."""
MIN_P_MV = 0.03
"""Root mean square over the leads below which no P wave is claimed."""


@dataclass(frozen=True)
class BeatShape:
    """The common shape of a record's beats. Times are samples at 500 Hz, relative to the R-peak."""

    peaks: NDArray[np.int64]
    """(beats,) samples of the R-peaks, aligned to each other."""
    rr: int
    """Median R-R interval."""
    p_on: int
    p_off: int
    has_p: bool
    """Whether a P wave stands out; without it, `p_on` and `p_off` are where one would be expected."""
    qrs_on: int
    qrs_off: int
    """The J point."""
    t_on: int
    t_peak: int
    t_end: int
    first: int
    """Of the template; its last sample follows `t_end`."""
    template: Array
    """(8, length) the median beat in mV above the isoelectric line, zero at both ends."""
    residual: Array
    """(8, samples) what the record holds beside its beats: noise, wander, beat-to-beat change."""
    gains: Array
    """(3, beats, 8) how large each beat's P, QRS and T are, as multiples of the template's; P alike in all leads."""

    @property
    def n_samples(self) -> int:
        return int(self.residual.shape[1])

    def part(self, start: int, end: int, *, soft: int) -> Array:
        """(8, length) the template between two times, faded in and out over `soft` samples centred on them."""
        times = np.arange(self.first, self.first + self.template.shape[1])
        return np.asarray(self.template * window(times, start, end, soft))

    def beat(self, number: int) -> Array:
        """(8, length) the template with its waves scaled to the size they have in beat `number`."""
        scaled = (gains[number][:, None] * wave for gains, wave in zip(self.gains, self.waves, strict=True))
        return np.asarray(sum(scaled))

    @cached_property
    def waves(self) -> tuple[Array, Array, Array]:
        """P, QRS, and ST with T of the template, each (8, length); they add up to it."""
        middle = (self.p_off + self.qrs_on) // 2
        p = self.part(self.first - 50, middle, soft=12)
        st_t = self.part(self.qrs_off + 6, self.t_end + 100, soft=12)
        return p, self.template - p - st_t, st_t

    def place(self, wave: Array, at: int, first: int) -> Array:
        """(8, samples) `wave` with its sample 0 at `at + first`, cut off at the record's ends."""
        placed = np.zeros((len(wave), self.n_samples))
        start = at + first
        low, high = max(0, start), min(self.n_samples, start + wave.shape[1])
        if low < high:
            placed[:, low:high] = wave[:, low - start : high - start]
        return placed


def window(times: NDArray[np.int64], start: float, end: float, soft: float) -> Array:
    """One between `start` and `end`, zero elsewhere, raised-cosine edges of `soft` samples centred on the two."""
    rise = np.clip((times - start) / soft + 0.5, 0, 1)
    fall = np.clip((end - times) / soft + 0.5, 0, 1)
    return np.asarray(0.25 * (1 - np.cos(np.pi * rise)) * (1 - np.cos(np.pi * fall)))


def describe_beats(signal_mv: FloatArray, r_peaks: NDArray[np.int64]) -> BeatShape:
    """The common beat of one record (12, samples) in mV at 500 Hz.

    Raises UnsupportedRecord, saying why, if beats are too few, a lead is flat or invalid, the beats have no common
    shape, or the record is too noisy.
    """
    if len(r_peaks) < MIN_BEATS:
        raise UnsupportedRecord(f"fewer than {MIN_BEATS} R-peaks found")
    if not np.isfinite(signal_mv).all():
        raise UnsupportedRecord("invalid samples")
    if (signal_mv.std(axis=1) < MIN_LEAD_STD_MV).any():
        raise UnsupportedRecord("a flat lead")
    leads = signal_mv[list(INDEPENDENT)].astype(np.float64)
    rr = int(np.median(np.diff(r_peaks)))
    peaks = _aligned(leads, r_peaks, rr)
    centred = leads - _level_before(leads, peaks, -45, -30)
    before, after = min(round(0.45 * rr), 175), min(round(0.75 * rr), 310)
    median = _median_beat(centred, peaks, before, after)
    marks = _landmarks(median, before, rr)
    baseline = _level_before(leads, peaks, marks["qrs_on"] - 8, marks["qrs_on"] - 1)
    first, last = max(marks["p_on"] - 20, -before), min(marks["t_end"] + 25, after)
    template = _tapered(_median_beat(leads - baseline, peaks, before, after)[:, first + before : last + before])
    shape = BeatShape(
        peaks=peaks, rr=rr, has_p=_has_p(template, marks, first), first=first, template=template, residual=leads,
        gains=np.ones((3, len(peaks), len(leads))), **marks,
    )
    gains = _gains(shape, leads - baseline)
    shape = replace(shape, gains=gains)
    beats = sum((shape.place(shape.beat(k), int(peak), first) for k, peak in enumerate(peaks)), np.zeros_like(leads))
    _require_clean(shape, leads - baseline, leads - baseline - beats)
    return replace(shape, residual=leads - beats)


def _aligned(leads: Array, peaks: NDArray[np.int64], rr: int) -> NDArray[np.int64]:
    """R-peaks moved by up to 20 ms to where the QRS complexes of all leads match their median best."""
    reach, half = 10, 40
    slopes = np.gradient(gaussian_filter1d(leads, 2.0, axis=1), axis=1)
    inside = [int(peak) for peak in peaks if half + reach <= peak < leads.shape[1] - half - reach]
    median = np.median([slopes[:, peak - half : peak + half] for peak in inside], axis=0)
    shifts = range(-reach, reach + 1)
    moved = {
        peak: peak + max(shifts, key=lambda s: float(np.sum(slopes[:, peak + s - half : peak + s + half] * median)))
        for peak in inside
    }
    return np.array([moved.get(int(peak), int(peak)) for peak in peaks], np.int64)


def _level_before(leads: Array, peaks: NDArray[np.int64], start: int, end: int) -> Array:
    """The isoelectric line (8, samples): straight between the levels found just before every QRS."""
    usable = [int(peak) for peak in peaks if peak + start >= 0]
    knots = np.array([peak + (start + end) / 2 for peak in usable])
    levels = np.stack([np.median(leads[:, peak + start : peak + end + 1], axis=1) for peak in usable])
    times = np.arange(leads.shape[1])
    return np.stack([np.interp(times, knots, level) for level in levels.T])


def _median_beat(leads: Array, peaks: NDArray[np.int64], before: int, after: int) -> Array:
    whole = [int(peak) for peak in peaks if peak >= before and peak + after <= leads.shape[1]]
    if len(whole) < MIN_BEATS - 2:
        raise UnsupportedRecord("too few whole beats")
    return np.asarray(np.median([leads[:, peak - before : peak + after] for peak in whole], axis=0))


def _landmarks(median: Array, before: int, rr: int) -> dict[str, int]:
    """Onsets and ends of the waves of a median beat (8, length) whose R-peak is at sample `before`."""
    size = np.sqrt(np.mean(gaussian_filter1d(median, 3.0, axis=1) ** 2, axis=0))
    speed = np.sqrt(np.mean(np.gradient(gaussian_filter1d(median, 2.0, axis=1), axis=1) ** 2, axis=0))
    peak = before + int(np.argmax(speed[before - 30 : before + 30])) - 30
    quiet = speed < 0.1 * speed[peak]
    qrs_on = _first_quiet(quiet, before - 12, -1, stop=before - 45) - before
    qrs_off = _first_quiet(quiet, max(before + 12, peak), 1, stop=before + 60) - before
    low, high = before + qrs_off + 30, min(before + round(0.6 * rr), len(size) - 10)
    if low + 20 >= high:
        raise UnsupportedRecord("beats too close together to tell their waves apart")
    t_peak = low + int(np.argmax(size[low:high]))
    t_end = _fallen(size, t_peak, 1, min(t_peak + 90, len(size) - 1), 0.15)
    t_on = max(_fallen(size, t_peak, -1, max(t_peak - 90, before + qrs_off + 10), 0.3), before + qrs_off + 10)
    low, high = max(before - 125, t_end - rr + 5, 0), before + qrs_on - 8
    if low + 15 >= high:
        raise UnsupportedRecord("beats too close together to tell their waves apart")
    p_peak = low + int(np.argmax(size[low:high]))
    p_on = _fallen(size, p_peak, -1, max(p_peak - 40, low - 5, 0), 0.2)
    p_off = min(_fallen(size, p_peak, 1, p_peak + 40, 0.2), before + qrs_on - 2)
    found = {"p_on": p_on, "p_off": p_off, "t_on": t_on, "t_peak": t_peak, "t_end": t_end}
    return {name: at - before for name, at in found.items()} | {"qrs_on": qrs_on, "qrs_off": qrs_off}


def _first_quiet(quiet: NDArray[np.bool_], start: int, step: int, stop: int) -> int:
    """The first sample from `start` on that begins 12 ms of quiet, or `stop`."""
    for at in range(start, stop, step):
        stretch = quiet[at : at + 6] if step > 0 else quiet[max(0, at - 5) : at + 1]
        if stretch.all():
            return at
    return stop


def _fallen(size: Array, peak: int, step: int, stop: int, share: float) -> int:
    """The first sample from `peak` on that fell to `share` of it, or the lowest one up to `stop`."""
    floor = share * size[peak]
    way = np.arange(peak, stop, step)
    below = np.flatnonzero(size[way] <= floor)
    if len(below):
        return int(way[below[0]])
    return int(way[np.argmin(size[way])]) if len(way) else peak


def _tapered(template: Array) -> Array:
    """Zero at both ends: the line between them taken off, then faded over 30 ms."""
    n = template.shape[1]
    ends = np.median(template[:, :5], axis=1), np.median(template[:, -5:], axis=1)
    line = ends[0][:, None] + (ends[1] - ends[0])[:, None] * np.linspace(0, 1, n)
    return np.asarray((template - line) * window(np.arange(n), 7, n - 8, 14))


def _has_p(template: Array, marks: dict[str, int], first: int) -> bool:
    wave = template[:, marks["p_on"] - first : marks["p_off"] - first]
    return wave.shape[1] >= 20 and bool(np.sqrt(np.mean(wave**2, axis=0)).max() >= MIN_P_MV)


def _gains(shape: BeatShape, centred: Array) -> Array:
    """Least-squares size of each beat's P, QRS and T in each lead; 1 where the wave is too small to be measured."""
    ends = ((shape.p_on, shape.p_off), (shape.qrs_on, shape.qrs_off), (shape.t_on, shape.t_end))
    gains = np.ones((3, len(shape.peaks), len(shape.template)))
    for wave, (start, end) in enumerate(ends):
        model = shape.template[:, start - shape.first : end - shape.first]
        model = model - model.mean(axis=1, keepdims=True)  # so that wander has no influence
        energy = np.sum(model**2, axis=1)
        measurable = energy / max(1, model.shape[1]) > 0.02**2
        for number, peak in enumerate(shape.peaks):
            if peak + start < 0 or peak + end > centred.shape[1]:
                continue
            found = np.sum(model * centred[:, peak + start : peak + end], axis=1)
            if wave > 0:
                gains[wave, number, measurable] = np.clip(found[measurable] / energy[measurable], 0.7, 1.3)
            elif shape.has_p:  # P is too small to be measured lead by lead
                gains[wave, number] = np.clip(found.sum() / energy.sum(), 0.7, 1.3)
    return gains


def _require_clean(shape: BeatShape, centred: Array, residual: Array) -> None:
    length = shape.template.shape[1]
    likeness, outside = [], np.ones(shape.n_samples, bool)
    for peak in shape.peaks:
        start = int(peak) + shape.first
        outside[max(0, int(peak) + shape.qrs_on - 10) : int(peak) + shape.qrs_off + 10] = False
        if start >= 0 and start + length <= shape.n_samples:
            likeness.append(np.corrcoef(centred[:, start : start + length].ravel(), shape.template.ravel())[0, 1])
    # wander below 1 Hz is no noise: no planted wave depends on it
    quick = residual - uniform_filter1d(residual, round(0.4 * RATE_HZ), axis=1)
    noise_mv = np.sqrt(np.mean(quick[:, outside] ** 2, axis=1))
    if np.median(likeness) < MIN_LIKENESS:
        raise UnsupportedRecord("beats without a common shape")
    if noise_mv.max() > MAX_RESIDUAL_MV:
        noisy = STANDARD_LEADS[INDEPENDENT[int(np.argmax(noise_mv))]]
        raise UnsupportedRecord(f"a noisy lead ({noisy})")

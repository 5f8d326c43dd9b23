"""Five minutes of a long recording: their beats, shapes, minutes and signal quality.

Every chunk is read with a margin at both ends, so that beats at its edges are found as in the middle, and only what
lies inside counts. Memory is that of one chunk, whatever the recording's length.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mmae_core.errors import UnsupportedRecord
from mmae_core.holter.minute import MinuteBeat, measure_minute
from mmae_core.holter.results import MINUTE_S, QUALITY_STEP_S, Array, Mask
from mmae_core.intervals.baseline import bridged
from mmae_core.intervals.beat_results import Beats
from mmae_core.intervals.beats import find_beats
from mmae_core.intervals.filters import resampled
from mmae_core.intervals.gaps import has_signal
from mmae_core.intervals.measure import MIN_BEATS_HZ, RATE_HZ
from mmae_core.own_beats.find_own_beats import RawBeats, beat_strengths, own_beat_measurements
from mmae_core.own_beats.limits import OwnBeatLimits
from mmae_core.own_beats.residual import RATE_HZ as SHAPE_HZ
from mmae_core.own_beats.results import FLAG_PERCENTILE
from mmae_core.record import EcgRecord, FloatArray
from mmae_core.signals.quality import USABLE_BELOW
from mmae_core.signals.quality_rules import LeadFaults, find_faults

CHUNK_S = 300.0
"""A multiple of all steps of the trends."""
MARGIN_S = 15.0
"""Read beyond both ends: what a beat is compared with lies within so much of it."""
LEAST_LEADS = 0.5
"""A beat needs a usable signal in this share of the leads, as a gap is where fewer carry one."""
LEAST_QUALITY_S = 1.0
BEFORE_S, AFTER_S = 0.3, 0.5
"""Extent of a shape's average around the R-peak."""
LEVEL_S = (-0.09, -0.06)
"""The average's zero: the PQ segment of most beats."""
MOST_AVERAGED = 64
"""Beats of a shape in a chunk that are averaged at most, spread over it."""


@dataclass(frozen=True)
class HolterLeads:
    """Which leads of a recording are analysed: the standard ones, or, without any, all channels in mV."""

    names: tuple[str, ...]
    is_standard: bool

    @classmethod
    def of(cls, record: EcgRecord) -> HolterLeads:
        """Raises UnsupportedRecord where there is none, or the sampling rate is too low to find beats."""
        if record.sampling_rate_hz < MIN_BEATS_HZ:
            raise UnsupportedRecord(
                f"{record.name} is sampled at {record.sampling_rate_hz:g} Hz; beats can be found from "
                f"{MIN_BEATS_HZ:g} Hz on.")
        if not record.trace_names:
            raise UnsupportedRecord(f"{record.name} has no channel in mV; a long recording needs an ECG lead.")
        return cls(record.lead_names or record.trace_names, bool(record.lead_names))

    def read(self, record: EcgRecord, first: int, last: int) -> FloatArray:
        """(leads, samples) in mV."""
        return record.read(first, last) if self.is_standard else record.read_traces(first, last)


@dataclass(frozen=True)
class ChunkShape:
    """One shape of the beats of a chunk."""

    qrs: NDArray[np.float32]
    """(leads, width) mean QRS; NaN in leads that are not usable."""
    beat_mv: NDArray[np.float32]
    """(leads, samples) mean beat in mV."""
    n_beats: int
    width_s: float


@dataclass(frozen=True)
class Chunk:
    """What was found between `start_s` and `end_s`."""

    start_s: float
    end_s: float
    r_s: Array
    shape: NDArray[np.int64]
    """(beats,) index in `shapes`; -1: not compared, or only seen in poor signal."""
    is_usual: Mask
    is_premature: Mask
    is_poor: Mask
    follows_gap: Mask
    departs: Mask
    shapes: tuple[ChunkShape, ...]
    prevailing: int
    """Index in `shapes` of the usual one; -1: none."""
    minutes: tuple[MinuteBeat, ...]
    poor_windows: Mask
    badness: NDArray[np.float32]
    """(leads, steps of 10 s)"""


def read_chunk(
    record: EcgRecord, leads: HolterLeads, start_s: float, end_s: float, limits: OwnBeatLimits
) -> Chunk:
    """Analyse a chunk; `start_s` is a multiple of `CHUNK_S`. Raises UnreadableRecord if the files are damaged."""
    rate = record.sampling_rate_hz
    first = max(0, round((start_s - MARGIN_S) * rate))
    last = min(record.n_samples, round((end_s + MARGIN_S) * rate))
    signal_mv = leads.read(record, first, last)
    offset_s = first / rate
    quality = _quality(signal_mv, rate, start_s - offset_s, end_s - offset_s)
    usable = quality.usable_leads()
    if not len(usable) or signal_mv.shape[1] < 2 * rate:
        return _empty(start_s, end_s, quality)
    chosen = np.asarray(signal_mv[usable], np.float64)
    signal = resampled(np.stack([bridged(lead) for lead in chosen]), rate, RATE_HZ)
    beats = find_beats(signal, RATE_HZ, has_signal(chosen, rate, RATE_HZ, signal.shape[1]))
    if not len(beats):
        return _empty(start_s, end_s, quality)
    raw = own_beat_measurements(signal, RATE_HZ, beats)
    return _chunk(start_s, end_s, offset_s, signal, beats, raw, quality, usable, limits, rate)


@dataclass(frozen=True)
class _Quality:
    badness: NDArray[np.float32]
    """(leads, windows) share of the time with any fault."""
    unfit: NDArray[np.float32]
    """(leads, windows) the same without wander of the baseline, which hides no beat."""

    @property
    def is_poor(self) -> Mask:
        return np.asarray((self.unfit < USABLE_BELOW).mean(axis=0) < LEAST_LEADS)

    def usable_leads(self) -> NDArray[np.int64]:
        """Rows of the leads that carry a signal for most of the time, stretches left out in which hardly any does: an
        electrode box taken off for four minutes must not cost the fifth its beats.
        """
        fit = ~self.is_poor
        return np.flatnonzero((self.unfit[:, fit] if fit.any() else self.unfit).mean(axis=1) < USABLE_BELOW)


def _quality(signal_mv: FloatArray, rate_hz: float, start_s: float, end_s: float) -> _Quality:
    """Of each 10 s between two times of a signal; a rest too short to judge counts as what was before it."""
    edges = np.arange(start_s, end_s - 1e-6, QUALITY_STEP_S)
    found: list[list[LeadFaults]] = []
    for edge in edges:
        stretch = signal_mv[:, round(edge * rate_hz) : round(min(edge + QUALITY_STEP_S, end_s) * rate_hz)]
        if stretch.shape[1] >= LEAST_QUALITY_S * rate_hz:
            found.append(find_faults(stretch, rate_hz))
        elif found:
            found.append(found[-1])
    if not found:
        nothing = np.ones((len(signal_mv), len(edges)), np.float32)
        return _Quality(nothing, nothing)
    badness = np.array([[lead.badness for lead in window] for window in found], np.float32).T
    unfit = np.array([[_without_wander(lead) for lead in window] for window in found], np.float32).T
    return _Quality(badness, unfit)


def _without_wander(found: LeadFaults) -> float:
    others = max((fault.badness for fault in found.faults if fault.kind != "baseline"), default=0.0)
    return max(found.silent, others)


def _empty(start_s: float, end_s: float, quality: _Quality) -> Chunk:
    none = np.empty(0, bool)
    minutes = tuple(MinuteBeat() for _ in np.arange(start_s, end_s - 1e-6, MINUTE_S))
    return Chunk(start_s, end_s, np.empty(0), np.empty(0, np.int64), none, none, none, none, none, (), -1, minutes,
                 quality.is_poor, quality.badness)


def _chunk(
    start_s: float, end_s: float, offset_s: float, signal: Array, beats: Beats, raw: RawBeats | None,
    quality: _Quality, usable: NDArray[np.int64], limits: OwnBeatLimits, recorded_hz: float,
) -> Chunk:
    r_s = offset_s + beats.r_samples / RATE_HZ
    windows = np.clip(((r_s - start_s) // QUALITY_STEP_S).astype(np.int64), 0, quality.badness.shape[1] - 1)
    poor = quality.is_poor[windows]
    shape = np.full(len(beats), -1, np.int64)
    departs, usual, premature = np.zeros(len(beats), bool), beats.is_alike.copy(), beats.is_premature.copy()
    if raw is not None:
        strength = beat_strengths(raw, limits)
        numbers = raw.residuals.numbers
        shape[numbers] = raw.shapes
        usual[numbers] = raw.shapes == raw.prevailing
        premature[numbers] |= strength[-1] >= 1
        with np.errstate(invalid="ignore"):
            departs[numbers] = limits.beat_percentile(np.nanmax(strength, axis=0)) >= FLAG_PERCENTILE
        departs &= ~poor
    inside = (r_s >= start_s) & (r_s < end_s)
    shapes, renumbered, prevailing = _shapes(signal, beats, raw, shape, inside & ~poor, usable, len(quality.badness))
    measured = np.asarray(beats.r_samples, np.int64)
    minutes = tuple(
        measure_minute(signal, measured, usual & ~premature & ~poor, beats.follows_gap, beats.gap,
                       at_s - offset_s, min(at_s + MINUTE_S, end_s) - offset_s, usable, len(quality.badness),
                       recorded_hz)
        for at_s in np.arange(start_s, end_s - 1e-6, MINUTE_S))
    return Chunk(start_s, end_s, r_s[inside], renumbered[inside], usual[inside], premature[inside], poor[inside],
                 beats.follows_gap[inside], departs[inside], shapes, prevailing, minutes, quality.is_poor,
                 quality.badness)


def _shapes(
    signal: Array, beats: Beats, raw: RawBeats | None, shape: NDArray[np.int64], counted: Mask,
    usable: NDArray[np.int64], n_leads: int,
) -> tuple[tuple[ChunkShape, ...], NDArray[np.int64], int]:
    """The shapes that have a beat that is `counted`, (beats,) their numbers, -1 for all other beats, and the usual one.
    """
    renumbered = np.full(len(shape), -1, np.int64)
    if raw is None:
        return (), renumbered, -1
    step = round(RATE_HZ / SHAPE_HZ)
    thin = signal[:, ::step]
    rows_of = np.full(len(shape), -1, np.int64)
    rows_of[raw.residuals.numbers] = np.arange(len(raw.residuals.numbers))
    found: list[ChunkShape] = []
    prevailing = -1
    for place in range(len(raw.counts)):
        members = np.flatnonzero(counted & (shape == place))
        if not len(members):
            continue
        renumbered[shape == place] = len(found)
        if place == raw.prevailing:
            prevailing = len(found)
        some = members[np.unique(np.linspace(0, len(members) - 1, min(len(members), MOST_AVERAGED)).astype(int))]
        qrs = np.full((n_leads, raw.residuals.qrs.shape[2]), np.nan, np.float32)
        qrs[usable] = raw.residuals.qrs[rows_of[some]].mean(axis=0)
        beat = np.full((n_leads, shape_length()), np.nan, np.float32)
        beat[usable] = _average(thin, beats.r_samples[some] // step)
        found.append(ChunkShape(qrs, beat, len(members), raw.widths_s[place]))
    return tuple(found), renumbered, prevailing


def shape_length() -> int:
    """Samples of a shape's average at `SHAPE_HZ`."""
    return round(BEFORE_S * SHAPE_HZ) + round(AFTER_S * SHAPE_HZ)


def _average(thin: Array, at: NDArray[np.int64]) -> Array:
    """(leads, samples) mean of the beats at samples of a signal, its ends repeated beyond it, above its PQ level."""
    reach = np.arange(-round(BEFORE_S * SHAPE_HZ), round(AFTER_S * SHAPE_HZ))
    mean = thin[:, np.clip(at[:, None] + reach, 0, thin.shape[1] - 1)].mean(axis=1)
    first, last = (round((BEFORE_S + edge) * SHAPE_HZ) for edge in LEVEL_S)
    return np.asarray(mean - mean[:, first : last + 1].mean(axis=1, keepdims=True))


def chunk_edges(duration_s: float) -> Sequence[tuple[float, float]]:
    """Beginning and end of every chunk of a recording."""
    return [(float(start), min(float(start) + CHUNK_S, duration_s))
            for start in np.arange(0.0, duration_s - 1e-6, CHUNK_S)]

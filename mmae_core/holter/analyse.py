"""From a long recording to its beats, trends, shapes, episodes and variability."""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Callable, Iterator

import numpy as np

from mmae_core.departures.carried import carried_by
from mmae_core.errors import Cancelled, UnsupportedRecord
from mmae_core.holter.chunk import BEFORE_S, Chunk, HolterLeads, chunk_edges, read_chunk
from mmae_core.holter.episodes import find_episodes
from mmae_core.holter.limits import HolterLimits
from mmae_core.holter.minute import STEPS
from mmae_core.holter.results import (
    MINUTE_S,
    QUALITY_STEP_S,
    SEGMENT_S,
    ST_STEP_S,
    Array,
    Holter,
    HolterBeats,
    HolterShape,
    Mask,
    Trends,
)
from mmae_core.holter.shape_book import ShapeBook
from mmae_core.holter.variability import segment_values, variability
from mmae_core.intervals.measure import MIN_WAVES_HZ
from mmae_core.messages import Message
from mmae_core.own_beats.limits import OwnBeatLimits, bundled_beat_limits
from mmae_core.own_beats.residual import RATE_HZ as SHAPE_HZ
from mmae_core.own_beats.shapes import WIDER_S, by_count, letter
from mmae_core.record import EcgRecord
from mmae_core.signals.quality import USABLE_BELOW

MIN_DURATION_S = 60.0
"""Shorter recordings have no course over time to show."""
MIN_RATE_INTERVALS = 3
"""Intervals of a minute for its median rate."""

ShouldStop = Callable[[], bool]
Progress = Callable[[float, float], None]
"""(seconds done, seconds in all)"""


def require_length(record: EcgRecord) -> None:
    """Raise UnsupportedRecord if a recording is too short to be looked at as a long one."""
    if record.duration_s < MIN_DURATION_S:
        raise UnsupportedRecord(
            f"{record.name} lasts {record.duration_s:.9g} s; trends and episodes are made from {MIN_DURATION_S:g} s "
            "on.")


def analyse_record(
    record: EcgRecord, limits: HolterLimits | None = None, progress: Progress | None = None,
    should_stop: ShouldStop | None = None,
) -> Holter:
    """Analyse a recording of at least a minute; one chunk of it is in memory at a time.

    Raises UnsupportedRecord if it is too short, too slowly sampled or without an ECG lead, UnreadableRecord if its
    files are damaged, Cancelled if `should_stop` says so.
    """
    analysis = Analysis(record, limits or HolterLimits())
    for done_s in analysis.steps():
        if progress is not None:
            progress(done_s, record.duration_s)
        if should_stop is not None and should_stop():
            raise Cancelled("stopped")
    return analysis.result()


class Analysis:
    """An analysis under way: `steps` does the work, `result` gives what there is so far."""

    def __init__(self, record: EcgRecord, limits: HolterLimits, beat_limits: OwnBeatLimits | None = None) -> None:
        require_length(record)
        self._record, self._limits = record, limits
        self._leads = HolterLeads.of(record)
        self._carried = carried_by(record)
        self._beat_limits = beat_limits or bundled_beat_limits()
        self._book = ShapeBook()
        self._chunks: list[Chunk] = []

    def steps(self) -> Iterator[float]:
        """Analyse chunk after chunk; yields the seconds done. Raises UnreadableRecord."""
        for start_s, end_s in chunk_edges(self._record.duration_s):
            chunk = read_chunk(self._record, self._leads, start_s, end_s, self._beat_limits)
            places = np.array([self._book.place(shape) for shape in chunk.shapes] + [-1], np.int64)
            shape, usual = places[chunk.shape], places[chunk.prevailing]
            # the averages are in the book now: kept are numbers only
            self._chunks.append(dataclasses.replace(
                chunk, shape=shape, shapes=(), is_usual=chunk.is_usual | ((shape == usual) & (usual >= 0))))
            yield end_s

    def result(self) -> Holter:
        """What was found up to the last chunk."""
        analysed_s = self._chunks[-1].end_s if self._chunks else 0.0
        beats, shapes = self._beats_and_shapes()
        trends = self._trends(beats)
        leads = self._leads.names
        limitations = [Message(
            "QT is that of {leads}: with fewer leads than twelve it may be shorter", leads=", ".join(leads))
        ] if len(leads) < 8 else []
        if self._record.sampling_rate_hz < MIN_WAVES_HZ:
            limitations = [Message("no QT and no ST at {rate_hz:g} Hz; {needed_hz:g} Hz are needed",
                                   rate_hz=self._record.sampling_rate_hz, needed_hz=MIN_WAVES_HZ)]
        limitations += [one for one in (self._carried.st_refused, self._carried.amplitudes_doubted) if one is not None]
        found = Holter(
            self._record.duration_s, analysed_s, leads, beats, trends, shapes, SHAPE_HZ, round(BEFORE_S * SHAPE_HZ),
            self._limits, (), variability(beats, self._limits), tuple(limitations), _counts(beats))
        return with_limits(found, self._limits)

    def _beats_and_shapes(self) -> tuple[HolterBeats, tuple[HolterShape, ...]]:
        def joined(name: str, kind: type) -> np.ndarray:
            parts = [getattr(chunk, name) for chunk in self._chunks]
            return np.concatenate(parts).astype(kind) if parts else np.empty(0, kind)

        placed = joined("shape", np.int16)
        r_s, usual = joined("r_s", np.float64), joined("is_usual", bool)
        shapes: list[HolterShape] = []
        known = np.flatnonzero(placed >= 0)
        if len(known):
            before = placed[known].astype(np.int64)
            after, counts = by_count(before)
            number_of = {int(new): int(old) for new, old in zip(after, before, strict=True)}
            placed[known] = after
            widths = [self._book.width_s(number_of[place]) for place in range(len(counts))]
            for place, count in enumerate(counts):
                members = known[after == place]
                shapes.append(HolterShape(
                    letter(place), int(count), float(count) / len(known), widths[place] > widths[0] + WIDER_S,
                    int(usual[members].sum()), float(r_s[members[0]]), self._book.beat_mv(number_of[place])))
        follows_gap = joined("follows_gap", bool) | _after_poor(r_s, joined("poor_windows", bool))
        return HolterBeats(r_s, placed, usual, joined("is_premature", bool), joined("is_poor", bool), follows_gap,
                           joined("departs", bool)), tuple(shapes)

    def _trends(self, beats: HolterBeats) -> Trends:
        minutes = [minute for chunk in self._chunks for minute in chunk.minutes]
        n_leads = len(self._leads.names)
        nothing = np.full((n_leads, STEPS), np.nan)
        analysed_s = self._chunks[-1].end_s if self._chunks else 0.0
        badness = (np.concatenate([chunk.badness for chunk in self._chunks], axis=1) if self._chunks
                   else np.empty((n_leads, 0), np.float32))
        st = np.concatenate([nothing if minute.st_mv is None else minute.st_mv for minute in minutes], axis=1) if (
            minutes) else np.empty((n_leads, 0))
        if self._carried.st_refused is not None:
            st = np.full_like(st, np.nan)
        sdnn, rmssd = segment_values(beats, int(np.ceil(analysed_s / SEGMENT_S)))
        return Trends(
            _minute_rates(beats, len(minutes)), np.array([minute.qt_ms for minute in minutes]),
            np.array([minute.rr_s for minute in minutes]), _where_fit(st, badness), _departures(beats, len(minutes)),
            sdnn, rmssd,
            np.concatenate([chunk.poor_windows for chunk in self._chunks]) if self._chunks else np.empty(0, bool),
            badness)


def with_limits(found: Holter, limits: HolterLimits) -> Holter:
    """The same recording by other limits; nothing is read again."""
    names = [shape.name for shape in found.shapes]
    episodes = find_episodes(found.beats, found.trends, found.leads, names, limits, found.analysed_s)
    return dataclasses.replace(
        found, limits=limits, episodes=episodes, variability=variability(found.beats, limits))


def _minute_rates(beats: HolterBeats, n_minutes: int) -> Array:
    """(minutes,) from the median of the intervals that end in each."""
    rr, rates = beats.rr_s, np.full(n_minutes, np.nan)
    edges = np.searchsorted(beats.r_s, MINUTE_S * np.arange(n_minutes + 1))
    for number, (first, last) in enumerate(itertools.pairwise(edges)):
        known = rr[first:last][np.isfinite(rr[first:last])]
        if len(known) >= MIN_RATE_INTERVALS:
            rates[number] = 60.0 / np.median(known)
    return rates


def _after_poor(r_s: Array, is_poor: Mask) -> Mask:
    """(beats,) whether all of 10 s of poor signal lie between a beat and the one before it: beats may be missing there,
    and no chunk alone can tell where it spans the edge of two.
    """
    follows = np.zeros(len(r_s), bool)
    if len(r_s) and len(is_poor):
        steps = np.clip(r_s // QUALITY_STEP_S, 0, len(is_poor) - 1).astype(np.int64)
        before = np.concatenate(([0], np.cumsum(is_poor)))
        follows[1:] = before[steps[1:]] > before[steps[:-1] + 1]
    return follows


def _departures(beats: HolterBeats, n_minutes: int) -> Array:
    """(minutes,) number of departing beats; NaN where none was compared."""
    edges = MINUTE_S * np.arange(n_minutes + 1)
    compared = np.histogram(beats.r_s[(beats.shape >= 0) & ~beats.is_poor], edges)[0]
    departing = np.histogram(beats.r_s[beats.departs], edges)[0].astype(np.float64)
    return np.asarray(np.where(compared > 0, departing, np.nan))


def _where_fit(st_mv: Array, badness: np.ndarray) -> Array:
    """ST, NaN in the steps and leads whose signal is spoilt for most of the time, by wander of the baseline too."""
    per_step = round(ST_STEP_S / QUALITY_STEP_S)
    steps = np.minimum(np.arange(st_mv.shape[1] * per_step), max(badness.shape[1] - 1, 0))
    if not badness.shape[1]:
        return st_mv
    spoilt = badness[:, steps].reshape(len(badness), -1, per_step).mean(axis=2)
    return np.asarray(np.where(spoilt < USABLE_BELOW, st_mv, np.nan))


def _counts(beats: HolterBeats) -> dict[str, int]:
    return {
        "all": len(beats), "premature": int((beats.is_premature & ~beats.is_poor).sum()),
        "other_shape": int(((beats.shape >= 0) & ~beats.is_usual).sum()), "departing": int(beats.departs.sum()),
        "poor": int(beats.is_poor.sum()),
    }

"""Groups the beats of a stretch by shape and finds those that depart from the patient's own template."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mmae_core.intervals.baseline import usable_leads
from mmae_core.intervals.beat_results import Array, Beats, Samples
from mmae_core.intervals.beats import find_beats
from mmae_core.intervals.measure import RATE_HZ
from mmae_core.intervals.resting_baseline import has_rest
from mmae_core.intervals.results import Examination, Reason
from mmae_core.intervals.signal_stretch import read_stretch
from mmae_core.messages import Message
from mmae_core.own_beats.limits import OwnBeatLimits, bundled_beat_limits
from mmae_core.own_beats.residual import MIN_BEATS, PARTS, Residuals, compare_with_template, reduced
from mmae_core.own_beats.residual import RATE_HZ as COMPARED_HZ
from mmae_core.own_beats.results import OwnBeat, OwnBeats, Shape
from mmae_core.own_beats.rhythm import prematurity
from mmae_core.own_beats.shapes import WIDER_S, by_count, group, letter, width_s
from mmae_core.record import EcgRecord

RIVAL = 0.6
"""A shape with a narrower QRS and at least this share of the most frequent one's beats is taken as the patient's own:
in bigeminy every second beat is ectopic."""
BEFORE_S, AFTER_S = 0.24, 0.42
"""Extent of a beat around its R-peak, if no other beat is nearer."""
NEXT_S = 0.12
"""A beat begins at least this long before its R-peak, where the previous one ends."""


LIKE = 1.0
"""A QRS belongs to the prevailing shape if its departure (RMS over the leads, relative to ordinary beats) is below
this."""


REFUSALS: dict[Reason | None, Message] = {
    Reason.NO_LEADS: Message("none of the twelve leads has a usable signal"),
    Reason.NO_REST: Message("the signal does not come to rest between beats"),
}


@dataclass(frozen=True)
class RawBeats:
    """Beats compared with the template, before comparison with normal records."""

    residuals: Residuals
    early: Array
    """(compared,) prematurity."""
    shapes: NDArray[np.int64]
    """(compared,) shape of each beat: 0, 1, ... from the most frequent down."""
    counts: Samples
    widths_s: tuple[float, ...]
    """QRS width of each shape, in seconds."""
    prevailing: int
    """Index of the shape that the template is made of."""


def find_own_beats(
    signal_mv: Array, rate_hz: float, leads: Sequence[str], beats: Beats, start_s: float = 0.0,
    limits: OwnBeatLimits | None = None,
) -> OwnBeats:
    """Compare each beat of (leads, samples) in mV with the patient's own template.

    The signal comes from `mmae_core.intervals.baseline.usable_leads`, `beats` were found in it, and `start_s` is the
    time of its first sample in the recording. Any number of leads and any length; about 2 minutes of beats share a
    template.
    """
    end_s = start_s + signal_mv.shape[1] / rate_hz
    raw = own_beat_measurements(signal_mv, rate_hz, beats)
    if raw is None:
        return OwnBeats(start_s, end_s, tuple(leads), limitations=(Message(
            "no beat could be compared with the others: {found} of {total} beats are whole and alike; {needed} are "
            "needed", found=int(beats.is_alike.sum()), total=len(beats), needed=MIN_BEATS),))
    limits = limits or bundled_beat_limits()
    strength = beat_strengths(raw, limits)
    by_lead = lead_strengths(raw, limits)
    departure = np.nanmax(strength, axis=0)
    percentiles = limits.beat_percentile(departure)
    lead_percentiles = np.stack([limits.lead_percentile(lead, by_lead[:, n]) for n, lead in enumerate(leads)], axis=1)
    waves = _waves(strength)
    starts, ends = _reaches(beats.r_samples / rate_hz, signal_mv.shape[1] / rate_hz)
    found = tuple(
        OwnBeat(
            start_s + int(beats.r_samples[number]) / rate_hz, start_s + starts[number], start_s + ends[number],
            int(raw.shapes[row]), bool(beats.is_premature[number]) or bool(strength[-1, row] >= 1),
            float(departure[row]), float(percentiles[row]), by_lead[row], lead_percentiles[row], str(waves[row]),
        )
        for row, number in enumerate(raw.residuals.numbers)
    )
    own_width = raw.widths_s[raw.prevailing]
    shapes = tuple(
        Shape(letter(place), int(count), raw.widths_s[place] > own_width + WIDER_S)
        for place, count in enumerate(raw.counts)
    )
    return OwnBeats(start_s, end_s, tuple(leads), found, shapes, _unsaid(raw, beats, leads), raw.prevailing)


def own_beats_of(examination: Examination, limits: OwnBeatLimits | None = None) -> OwnBeats:
    """The own beats of an examined stretch."""
    found = examination.measurements
    if examination.signal_mv is None or examination.beats is None:
        limitations = REFUSALS.get(found.rate_bpm.reason, Message("no beats were found"))
        return OwnBeats(found.start_s, found.start_s + found.duration_s, found.leads, limitations=(limitations,))
    return find_own_beats(examination.signal_mv, RATE_HZ, found.leads, examination.beats, found.start_s, limits)


def read_own_beats(
    record: EcgRecord, start_s: float = 0.0, duration_s: float = 10.0, limits: OwnBeatLimits | None = None
) -> OwnBeats:
    """The own beats of a stretch of a recording, of any length, clipped to the record.

    The stretch is held in memory at 500 Hz: about 60 MB for an hour of two leads.

    Raises UnreadableRecord if the files are damaged.
    """
    stretch = read_stretch(record, start_s, duration_s)
    usable = usable_leads(stretch.mv, stretch.rate_hz, stretch.lead_names, RATE_HZ)
    end_s = stretch.start_s + stretch.mv.shape[1] / stretch.rate_hz
    beats = find_beats(usable.mv, RATE_HZ, usable.has_signal) if usable.names else None
    if beats is None or not has_rest(usable.mv, RATE_HZ, beats.r_samples):
        reason = Reason.NO_LEADS if beats is None else Reason.NO_REST
        return OwnBeats(stretch.start_s, end_s, usable.names, limitations=(REFUSALS[reason],))
    return find_own_beats(usable.mv, RATE_HZ, usable.names, beats, stretch.start_s, limits)


def own_beat_measurements(signal_mv: Array, rate_hz: float, beats: Beats) -> RawBeats | None:
    """The measurements behind `find_own_beats`; None if no template can be made."""
    signal = reduced(signal_mv, rate_hz)
    step = max(1, round(rate_hz / COMPARED_HZ))
    rate = rate_hz / step
    at = np.asarray(beats.r_samples, np.int64) // step
    raw = _with_shapes(signal, rate, at, beats, beats.is_alike)
    if raw is None or raw.prevailing != 0:
        return raw
    for place in np.flatnonzero(raw.counts[1:] >= RIVAL * raw.counts[0]) + 1:
        if raw.widths_s[place] + WIDER_S < raw.widths_s[0]:
            is_own = np.zeros(len(at), bool)
            is_own[raw.residuals.numbers[raw.shapes == place]] = True
            return _with_shapes(signal, rate, at, beats, is_own) or raw
    return raw


def _with_shapes(
    signal: NDArray[np.float32], rate_hz: float, at: Samples, beats: Beats, is_own: NDArray[np.bool_]
) -> RawBeats | None:
    residuals = compare_with_template(signal, rate_hz, at, is_own)
    if residuals is None:
        return None
    like = is_own[residuals.numbers] | (residuals.by_beat[0] < LIKE)
    shapes, counts = by_count(group(residuals.qrs, like, rate_hz))
    widths = tuple(width_s(residuals.qrs[shapes == place].mean(axis=0), rate_hz) for place in range(len(counts)))
    early = prematurity(beats.r_samples, beats.follows_gap)[residuals.numbers]
    return RawBeats(residuals, early, shapes, counts, widths, int(shapes[np.argmax(like)]))


def beat_strengths(raw: RawBeats, limits: OwnBeatLimits) -> Array:
    """(parts and rhythm, compared) departure of each beat from its template, in units of the normals' limit."""
    measured = np.concatenate((raw.residuals.by_beat, raw.early[None]))
    scale = np.array([limits.beat_limits[part] for part in (*PARTS, "rhythm")])
    return np.asarray(measured / scale[:, None])


def lead_strengths(raw: RawBeats, limits: OwnBeatLimits) -> Array:
    """(compared, leads) the same per lead, for the part that departs most in it."""
    scale = np.array([limits.lead_limits[part] for part in PARTS])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)
        return np.asarray(np.nanmax(raw.residuals.by_lead / scale[:, None, None], axis=0))


def _waves(strength: Array) -> NDArray[np.str_]:
    """(compared,) the part that departs most; `rhythm` only for a beat of the usual shape."""
    known = np.nan_to_num(strength, nan=-1.0)
    is_odd = known[:-1].max(axis=0) >= 1
    names = np.array([*PARTS, "rhythm"])
    return np.asarray(np.where(is_odd, names[known[:-1].argmax(axis=0)], names[known.argmax(axis=0)]))


def _reaches(r_s: Array, duration_s: float) -> tuple[Array, Array]:
    """Where each beat begins and ends, in seconds of the stretch."""
    starts, ends = np.maximum(r_s - BEFORE_S, 0), np.minimum(r_s + AFTER_S, duration_s)
    between = r_s[1:] - NEXT_S
    ends[:-1] = np.maximum(np.minimum(ends[:-1], between), r_s[:-1])
    starts[1:] = np.minimum(np.maximum(starts[1:], ends[:-1]), r_s[1:])
    return starts, ends


def _unsaid(raw: RawBeats, beats: Beats, leads: Sequence[str]) -> tuple[Message, ...]:
    limitations = []
    if not np.isfinite(raw.early).any():
        limitations.append(Message("no beat is called premature: the rhythm is irregular, or the beats are few"))
    cut = len(beats) - len(raw.residuals.numbers)
    if cut:
        limitations.append(Message("beats cut off at the ends and not compared: {n}", n=cut))
    jumping = ~np.isfinite(raw.residuals.by_lead[0])
    if jumping.any():
        names = ", ".join(lead for lead, jumps in zip(leads, jumping.any(axis=0), strict=True) if jumps)
        limitations.append(Message("beats not compared in {leads}, where an electrode jumps: {n}", leads=names,
                                   n=int(jumping.any(axis=1).sum())))
    return tuple(limitations)

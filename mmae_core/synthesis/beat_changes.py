"""Drawn changes of one wave of the beat: ST level, height of T, depth of Q, anchored to the measured instants.

A change begins and ends at zero with raised-cosine edges, and is added: noise and everything beside the wave stay what
they were. Limb leads are two (I and II): a change in one of them is a vector along its axis and appears in the others
as its projection, as it does in a patient. Such drawn changes say what a measurement detects; they rank nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from mmae_core.departures.beat_values import ST_AFTER_J_S, T_AFTER_J_S, BeatBounds
from mmae_core.record import STANDARD_LEADS, EcgRecord, FloatArray
from mmae_core.signals.lead_geometry import AXES, chest, from_plane, frontal_direction, twelve_leads, unit

Array = NDArray[np.float64]
ChangedWave = Literal["ST", "T", "Q"]

CHANGED_WAVES: tuple[ChangedWave, ...] = ("ST", "T", "Q")
Q_S = 0.04
"""Length of a drawn Q, from the onset of the QRS: one that readers call broad."""
J_EDGE_S = 0.04
"""In which ST rises to its level, centred on J."""
T_PEAK_SHARE = 0.55
"""Where T peaks between its beginning and end, if that was not measured."""


@dataclass(frozen=True)
class BeatChange:
    """How much is added to one wave in some leads, all by the same amount."""

    wave: ChangedWave
    mv: float
    """Added at the wave's highest point; a negative one deepens Q."""
    leads: tuple[str, ...]


def course(wave: ChangedWave, bounds: BeatBounds, times_s: Array) -> Array:
    """The course of a change of 1 mV at times in seconds from the R-peak."""
    if wave == "ST":
        rise = _eased((times_s - bounds.qrs_end_s) / J_EDGE_S + 0.5)
        peak_s = _t_peak_s(bounds)
        fall = _eased((bounds.t_end_s + 0.02 - times_s) / max(0.08, bounds.t_end_s - peak_s + 0.04))
        return np.asarray(rise * fall)
    if wave == "T":
        return _bump(times_s, bounds.qrs_end_s + T_AFTER_J_S / 2, _t_peak_s(bounds), bounds.t_end_s + 0.02)
    start_s = bounds.qrs_on_s - 0.004
    return _bump(times_s, start_s, start_s + Q_S / 2, start_s + Q_S)


def peak_s(wave: ChangedWave, bounds: BeatBounds) -> float:
    """Where a change is largest, in seconds from the R-peak; of ST, where it is measured."""
    if wave == "ST":
        return bounds.qrs_end_s + ST_AFTER_J_S["st_j60_mv"]
    return _t_peak_s(bounds) if wave == "T" else bounds.qrs_on_s - 0.004 + Q_S / 2


def lead_weights(leads: Sequence[str]) -> Array:
    """(12,) how much each lead changes if `leads` change by 1: the chest leads named, and all limb leads together.

    Raises ConfigError if the limb leads named look from opposite sides.
    """
    weights = np.zeros((8, 1))
    weights[chest(leads)] = 1.0
    direction = frontal_direction(leads)
    if direction is not None:
        weights[:2] = from_plane(unit(direction)[:, None])
        rows = [STANDARD_LEADS.index(lead) for lead in leads if lead in AXES]
        weights[:2] /= float(twelve_leads(weights)[rows].max())
    return np.asarray(twelve_leads(weights)[:, 0])


def beat_change_mv(changes: Sequence[BeatChange], bounds: BeatBounds, times_s: Array) -> Array:
    """(12, times) what changes add to one beat, in mV."""
    total = np.zeros((len(STANDARD_LEADS), len(times_s)))
    for change in changes:
        total += change.mv * lead_weights(change.leads)[:, None] * course(change.wave, bounds, times_s)
    return total


def changed_signal(
    signal_mv: NDArray[np.floating], leads: Mapping[str, int], rate_hz: float, r_s: Sequence[float],
    changes: Sequence[BeatChange], bounds: BeatBounds,
) -> NDArray[np.float32]:
    """(rows, samples) with the changes added to every beat.

    `leads` tells the row of each lead present, `r_s` the R-peaks in seconds from the first sample.
    """
    out = np.array(signal_mv, np.float32)
    first, last = round((bounds.qrs_on_s - 0.1) * rate_hz), round((bounds.t_end_s + 0.1) * rate_hz)
    for at_s in r_s:
        peak = round(at_s * rate_hz)
        samples = np.arange(max(peak + first, 0), min(peak + last, out.shape[1]))
        if len(samples):
            change = beat_change_mv(changes, bounds, samples / rate_hz - at_s)
            for lead, row in leads.items():
                if lead in STANDARD_LEADS:
                    out[row, samples] += change[STANDARD_LEADS.index(lead)].astype(np.float32)
    return out


def changed_record(
    record: EcgRecord, r_s: Sequence[float], changes: Sequence[BeatChange], bounds: BeatBounds
) -> EcgRecord:
    """The recording with the changes drawn into its beats, whose R-peaks `r_s` are in seconds of the recording.

    It is not the recording any more: for looking at what a change does, never to be exported or kept as the recording.
    """
    rows = {lead: row for row, lead in enumerate(record.lead_names)}

    def read(first: int, end: int) -> FloatArray:
        start_s = first / record.sampling_rate_hz
        return changed_signal(record.read_leads(first, end), rows, record.sampling_rate_hz,
                              [at_s - start_s for at_s in r_s], changes, bounds)

    return replace(record, read_leads=read)


def _t_peak_s(bounds: BeatBounds) -> float:
    start_s = bounds.qrs_end_s + T_AFTER_J_S
    return start_s + T_PEAK_SHARE * max(bounds.t_end_s - start_s, 0.02)


def _bump(times_s: Array, start_s: float, peak_s: float, end_s: float) -> Array:
    """Rises from 0 at the start to 1 at the peak and falls to 0 at the end."""
    return np.asarray(_eased((times_s - start_s) / (peak_s - start_s)) * _eased((end_s - times_s) / (end_s - peak_s)))


def _eased(share: Array) -> Array:
    """A raised cosine from 0 to 1."""
    return np.asarray(0.5 - 0.5 * np.cos(np.pi * np.clip(share, 0.0, 1.0)))

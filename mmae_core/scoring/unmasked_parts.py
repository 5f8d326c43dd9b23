"""The parts of a score besides masked segments: hidden leads, amplitude, the median beat, named departures."""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from mmae_core.config import ScorePart
from mmae_core.messages import Message
from mmae_core.model.cross_lead import CrossLeadErrors
from mmae_core.record import FloatArray
from mmae_core.scoring.amplitude import amplitude_departures, amplitude_profiles
from mmae_core.scoring.beat_part import beat_part, beat_shapes
from mmae_core.scoring.departure_part import departure_part, measured_vectors
from mmae_core.scoring.fusion import Fusion, PartScores
from mmae_core.scoring.preprocess import ModelInput


def cross_lead_part(errors: CrossLeadErrors) -> PartScores:
    """Mean logarithm of the error ratio over leads and segments, and over each lead's segments."""
    ratios = errors.log_ratio.astype(np.float64)
    return PartScores(_known_mean(ratios, (1, 2)), _known_mean(ratios, (2,)))


def measured_parts(
    inputs: Sequence[ModelInput], fusion: Fusion, wanted: Sequence[ScorePart]
) -> dict[str, PartScores]:
    """The `wanted` parts that need no network; those without normals to compare with are left out."""
    parts: dict[str, PartScores] = {}
    if "amplitude" in wanted:
        parts["amplitude"] = amplitude_part(inputs, fusion.amplitude)
    if "beat" in wanted and fusion.beat is not None:
        parts["beat"] = beat_part(beat_shapes(inputs), fusion.beat)
    if "departures" in wanted and fusion.measurements is not None:
        parts["departures"] = departure_part(measured_vectors(inputs, fusion.measurements.quantities),
                                             fusion.measurements)
    return parts


def parts_known(parts: Mapping[str, PartScores], wanted: Sequence[ScorePart]) -> NDArray[np.bool_] | bool:
    """(N,) whether every wanted part of those computed is a finite number; True where none was computed.

    Parts that need beats (`SILENT`) are not asked for: without beats, as in fibrillation, the score is that of the
    other parts, which a note says.
    """
    known = [np.isfinite(parts[name].records) for name in wanted if name in parts and name not in SILENT]
    return np.logical_and.reduce(known) if known else True


def silent_parts(parts: Mapping[str, PartScores], wanted: Sequence[ScorePart], row: int) -> tuple[Message, ...]:
    """Notes on window `row` naming the wanted parts that could not be computed, if others could."""
    silent = [name for name in wanted if name in parts and not np.isfinite(parts[name].records[row])]
    if len(silent) == len(wanted):
        return ()
    return tuple(SILENT[name] for name in silent if name in SILENT)


PART_WORDS: Mapping[ScorePart, str] = {
    "segments": "masked segments", "cross_lead": "hidden leads", "amplitude": "amplitude",
    "beat": "the median beat", "departures": "departures with a name",
}
"""The parts of a score in words."""
SILENT: dict[ScorePart, Message] = {
    "beat": Message("score without the shape of the beat: too few beats were found"),
    "departures": Message("score without measurements: too few waves could be measured"),
}
"""Sentences for parts that depend on beats."""


def amplitude_part(inputs: Sequence[ModelInput], amplitude: FloatArray) -> PartScores:
    """Logarithm of the mean squared departure over leads and levels; `amplitude` is (2, 12, 6): mean and spread."""
    return departures_part(amplitude_departures(amplitude_profiles(inputs), amplitude[0], amplitude[1]))


def departures_part(departures: NDArray[np.float64]) -> PartScores:
    """The same from squared departures (N, 12, 6)."""
    return PartScores(np.log(_known_mean(departures, (1, 2))), np.log(_known_mean(departures, (2,))))


def _known_mean(values: NDArray[np.float64], axes: tuple[int, ...]) -> NDArray[np.float64]:
    """Mean, ignoring NaN; NaN where all values are."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # of slices that are NaN throughout, which stay NaN
        mean: NDArray[np.float64] = np.nanmean(values, axis=axes)
    return mean

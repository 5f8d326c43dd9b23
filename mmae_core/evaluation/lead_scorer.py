"""What lead evaluation needs of a method: a recording in, a score of each lead out, layer by layer.

A layer may know names: then it scores a lead for each kind of statement by the departure of that kind and sign. One
that does not is measured by its one score. To have another method measured, write a class with `LeadScorer`'s method.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from mmae_core.datasets.ptbxl import PtbxlEntry
from mmae_core.intervals.beat_results import AverageBeat
from mmae_core.intervals.measure import examine_record
from mmae_core.intervals.qrs import qrs_bounds
from mmae_core.record import STANDARD_LEADS, EcgRecord, FloatArray
from mmae_core.scoring.fusion import Fusion
from mmae_core.scoring.preprocess import prepare
from mmae_core.scoring.scored_windows import ScoredWindows
from mmae_core.scoring.window_scorer import AutoencoderScorer, WindowScorer

LeadValues = NDArray[np.float64]
"""(12,) one a lead in the order of `STANDARD_LEADS`, higher: less normal; NaN where nothing is said."""

KINDS: dict[str, tuple[str, frozenset[str]]] = {
    "elevation": ("ST", frozenset({"elevation"})),
    "depression": ("ST", frozenset({"depression"})),
    "inversion": ("T", frozenset({"inversion"})),
    "flat": ("T", frozenset({"flat"})),
    "low or flat": ("T", frozenset({"low or flat"})),
    "low": ("T", frozenset({"low"})),
    "flat or low": ("T", frozenset({"flat", "low", "low or flat"})),
    "tall": ("T", frozenset({"tall"})),
    "qs": ("Q", frozenset({"qs"})),
    "q wave": ("Q", frozenset({"q wave"})),
    "small r": ("R", frozenset({"small r"})),
    "poor r progression": ("R", frozenset({"poor r progression"})),
    "small r or poor progression": ("R", frozenset({"small r", "poor r progression"})),
    "conduction delay": ("QRS", frozenset({"conduction delay"})),
}
"""Kinds of statement that get a row of their own: their wave, and the kinds of lead truth that count."""
MODEL_LAYER = "lead score"
"""Of a masked autoencoder: its own score of each lead, in standard deviations of normals."""
MAP_MEAN = "map, mean"
"""The layer that stands for a method that has nothing but maps."""
ST_T_WAVES = frozenset({"ST", "T", "ST-T"})


@dataclass(frozen=True)
class LayerScores:
    """One layer's scores of the leads of a recording."""

    heat: LeadValues | None
    """Its one score of each lead; None where a layer has none (the plain measurement)."""
    kinds: Mapping[str, LeadValues] = field(default_factory=dict)
    """Score of each lead for kinds of statement that the layer names; for others it is measured by its heat."""
    st_t_percentile: LeadValues | None = None
    """(12,) highest percentile of its heat within ST and T; None without percentiles or beats."""
    has_finding: bool | None = None
    """Whether it has any finding at the default threshold; None if it has no findings."""

    def of(self, kind: str) -> LeadValues | None:
        """The score for a kind of statement."""
        return self.kinds.get(kind, self.heat)


class LeadScorer(Protocol):
    """A method that scores leads."""

    def score(self, record: EcgRecord, entry: PtbxlEntry | None) -> Mapping[str, LayerScores]:
        """The layers of a method by name. `entry` tells age and sex. Raises EcgError if there is no result."""


class PlainMeasurement:
    """One signed measurement of the average beat in mV for each kind, without normals: what any method must beat."""

    name = "plain measurement"
    ST_S = 0.06
    """Behind the J point."""
    T_FROM_S = 0.08
    """Behind the J point: the T wave is looked for from here to the end of the average beat."""

    def score(self, record: EcgRecord, entry: PtbxlEntry | None = None) -> Mapping[str, LayerScores]:
        """The row of the plain measurement; empty where no beats can be averaged."""
        examined = examine_record(record)
        if examined.average is None:
            return {}
        measured = plain_measurements(examined.average)
        names = examined.measurements.leads
        kinds = {kind: in_standard_order(values, names) for kind, values in measured.items()}
        return {self.name: LayerScores(None, kinds)}


def plain_measurements(average: AverageBeat) -> dict[str, NDArray[np.float64]]:
    """(leads,) signed so that more is more of the kind, in mV but for the width in ms."""
    rate, r = average.rate_hz, average.r_index
    bounds = qrs_bounds(average)
    onset, end = (r - round(0.05 * rate), r + round(0.06 * rate)) if bounds is None else (bounds.onset, bounds.end)
    ahead = average.mv[:, max(0, onset - round(0.02 * rate)) : max(onset, 1)]
    mv = average.mv - np.median(ahead, axis=1, keepdims=True)
    length = mv.shape[1]
    at = min(end + round(PlainMeasurement.ST_S * rate), length - 1)
    st = mv[:, max(at - round(0.01 * rate), 0) : at + round(0.01 * rate) + 1].mean(axis=1)
    tail = mv[:, min(end + round(PlainMeasurement.T_FROM_S * rate), length - 2) :]
    t = tail[np.arange(len(tail)), np.abs(tail).argmax(axis=1)]
    qrs = mv[:, onset : end + 1]
    peak = qrs.argmax(axis=1)
    r_mv = qrs.max(axis=1)
    q_mv = np.array([lead[: top + 1].min() for lead, top in zip(qrs, peak, strict=True)])
    slopes = np.abs(np.gradient(qrs, axis=1))
    width = (slopes > 0.1 * slopes.max(axis=1, keepdims=True)).sum(axis=1) * 1000.0 / rate
    low = -np.abs(t)
    return {
        "elevation": st, "depression": -st, "inversion": -t, "flat": low, "low": low, "low or flat": low,
        "flat or low": low, "tall": t, "q wave": -q_mv, "qs": -r_mv, "small r": -r_mv, "poor r progression": -r_mv,
        "small r or poor progression": -r_mv, "conduction delay": width,
    }


class MapScorer:
    """Any scorer of windows: the mean and the highest point of its map in a lead, and its own score of the lead.

    The first window is scored, as in detection.
    """

    def __init__(self, scorer: WindowScorer) -> None:
        self._scorer = scorer

    def score(self, record: EcgRecord, entry: PtbxlEntry | None = None) -> Mapping[str, LayerScores]:
        """`map, mean` and `map, highest`; of a masked autoencoder also `lead score` and that of each of its parts."""
        item = prepare(record, self._scorer.preprocess)
        layers: dict[str, LayerScores] = {}
        if isinstance(self._scorer, AutoencoderScorer):
            windows = self._scorer.assessor.score_windows([item], with_segments=True)
            layers = _lead_scores(windows, self._scorer.model.fusion)
            points: FloatArray | None = windows.points[0]
        else:
            maps = self._scorer.score_windows([item], with_maps=True).maps
            points = None if maps is None else maps[0]
        if points is None:
            return layers
        return {**layers, **map_layers(points)}


def map_layers(points: FloatArray) -> dict[str, LayerScores]:
    """The mean and the highest point of a map (12, samples) in each lead; NaN where nothing was assessed."""
    known = np.isfinite(points)
    counts = known.sum(axis=1)
    mean = np.where(counts > 0, np.where(known, points, 0.0).sum(axis=1) / np.maximum(counts, 1), np.nan)
    highest = np.where(counts > 0, np.where(known, points, -np.inf).max(axis=1), np.nan)
    return {MAP_MEAN: LayerScores(mean), "map, highest": LayerScores(highest)}


def _lead_scores(windows: ScoredWindows, fusion: Fusion | None) -> dict[str, LayerScores]:
    """The model's own score of each lead, and of each part that normals made comparable."""
    assessable = windows.assessable[0].any(axis=1)
    scores = {MODEL_LAYER: windows.lead_scores[0]}
    if fusion is not None:
        for name, part in windows.parts.items():
            mean, spread = fusion.leads[name]
            scores[f"{MODEL_LAYER}, {name}"] = (part.leads[0] - mean) / spread
    return {name: LayerScores(np.where(assessable, values, np.nan)) for name, values in scores.items()}


def in_standard_order(values: NDArray[np.float64], names: tuple[str, ...]) -> LeadValues:
    """Values of the leads of `names` as those of all twelve."""
    spread = np.full(len(STANDARD_LEADS), np.nan)
    for lead, value in zip(names, values, strict=True):
        if lead in STANDARD_LEADS:
            spread[STANDARD_LEADS.index(lead)] = value
    return spread

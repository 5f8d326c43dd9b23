"""Lead scores of all that the viewer's paper shows: named departures, the model's map and the patient's own beats."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import numpy as np

from mmae_core.assessment import Layer
from mmae_core.datasets.ptbxl import PtbxlEntry
from mmae_core.departures.person import UNKNOWN, person_of_entry
from mmae_core.departures.results import Kind, RecordDepartures
from mmae_core.departures.scores import lead_heat, lead_kind_scores
from mmae_core.evaluation.lead_scorer import (
    MAP_MEAN,
    LayerScores,
    LeadScorer,
    LeadValues,
    MapScorer,
    PlainMeasurement,
    in_standard_order,
)
from mmae_core.layers import Reading, read_layers
from mmae_core.own_beats.results import OwnBeats
from mmae_core.record import STANDARD_LEADS, EcgRecord
from mmae_core.scoring.assessor import Assessor
from mmae_core.scoring.findings import find
from mmae_core.scoring.preprocess import prepare
from mmae_core.scoring.window_scorer import AutoencoderScorer, WindowScorer

PAPER = "paper"
NAMED = "named departures"
OWN = "own beats"
MAP = "model's map"
MODEL_WEIGHT = 0.25
"""Of the model's lead scores beside named departures, both in standard deviations of normals. Of 0.1 to 0.6 it did best
on 1,200 records of folds 1-8, by little: .862, named departures alone .861, with 0.6 .856."""
SMEARED_S = 0.05
"""Points of the smoothed map this soon after the QRS still belong to it."""
WINDOW_S = 10.0

DEPARTURE_KINDS: Mapping[str, Kind] = {
    "elevation": "ST elevation", "depression": "ST depression", "inversion": "T inversion", "flat": "T flat or low",
    "low or flat": "T flat or low", "low": "T flat or low", "flat or low": "T flat or low", "tall": "T tall",
    "qs": "QS", "q wave": "Q wave", "small r": "R small", "poor r progression": "R progression",
    "small r or poor progression": "R progression", "conduction delay": "QRS wide",
}
"""Maps a report's kind of statement to the kind of departure."""


class PaperScorer:
    """The product: all three layers of the first 10 s as a reader sees them, and each of two layers on its own.

    The model's own rows are `mmae_core.evaluation.lead_scorer.MapScorer`'s.
    """

    def __init__(self, assessor: Assessor) -> None:
        self._assessor = assessor

    def score(self, record: EcgRecord, entry: PtbxlEntry | None = None) -> Mapping[str, LayerScores]:
        """`paper`, `named departures`, `model's map` and `own beats`."""
        config = self._assessor.model.config.preprocess
        windows = self._assessor.score_windows([prepare(record, config)], with_maps=False)
        model = np.where(windows.assessable[0].any(axis=1), windows.lead_scores[0], np.nan)
        found = self._assessor.assess(record, 0.0, min(WINDOW_S, record.duration_s))
        reading = read_layers(
            record, 0.0, WINDOW_S, person=UNKNOWN if entry is None else person_of_entry(entry), anomaly_map=found,
            model=find(found, self._assessor.model.calibration),
        )
        return layers_of_reading(reading, model)


def layers_of_reading(reading: Reading, model: LeadValues) -> dict[str, LayerScores]:
    """The layers of a reading; `model` are the model's own scores of the twelve leads."""
    named = lead_heat(reading.departures)
    kinds = {kind: scores for kind, scores in named_kinds(reading.departures).items() if np.isfinite(scores).any()}
    own = own_heat(reading.own_beats)
    both = np.where(np.isfinite(named), named + MODEL_WEIGHT * np.where(np.isfinite(model), model, 0.0), np.nan)
    together = both if np.isfinite(named).any() else model
    return {
        PAPER: LayerScores(together, kinds, st_t_percentiles(reading), bool(reading.facts)),
        NAMED: LayerScores(named, kinds, _highest(named_st_t(reading.departures)), bool(reading.departures.flagged)),
        MAP: LayerScores(_map_heat(reading), {}, _highest(_model_st_t(reading)), _has(reading, "model")),
        OWN: LayerScores(own, {}, _highest(own_st_t(reading.own_beats)), bool(reading.own_beats.flagged)),
    }


def named_kinds(departures: RecordDepartures) -> dict[str, LeadValues]:
    """How much of each kind of statement the leads show."""
    scores = lead_kind_scores(departures)
    return {kind: scores[name] for kind, name in DEPARTURE_KINDS.items() if name in scores}


def own_heat(own: OwnBeats) -> LeadValues:
    """(12,) the largest departure of any beat from the patient's own template."""
    if not own.beats:
        return np.full(len(STANDARD_LEADS), np.nan)
    beats = np.stack([beat.lead_departures for beat in own.beats]).astype(np.float64)
    known = np.isfinite(beats)
    highest = np.where(known.any(axis=0), np.where(known, beats, -np.inf).max(axis=0), np.nan)
    return in_standard_order(highest, own.leads)


def st_t_percentiles(reading: Reading) -> LeadValues:
    """(12,) highest percentile of the heat of any layer in ST or T of a lead."""
    return _highest([*named_st_t(reading.departures), *own_st_t(reading.own_beats), *_model_st_t(reading)])


def named_st_t(departures: RecordDepartures) -> Iterator[tuple[str, float]]:
    """Leads and percentiles of the heat that named departures put on ST and T."""
    for departure in departures.departures:
        if departure.lead is not None and departure.wave in {"ST", "T"}:
            yield departure.lead, departure.heat_percentile


def own_st_t(own: OwnBeats) -> Iterator[tuple[str, float]]:
    """Leads and percentiles of the heat of odd beats, which reaches over the whole beat."""
    for beat in own.flagged:
        yield from zip(own.leads, beat.lead_percentiles.tolist(), strict=True)


def _has(reading: Reading, layer: Layer) -> bool:
    """Whether any place of any fact is of a layer; the model's may stand beneath another layer's fact."""
    return any(finding.layer == layer for finding in reading.findings)


def _map_heat(reading: Reading) -> LeadValues:
    """(12,) the strongest heat of the model's map in each lead, as percentile."""
    if reading.anomaly_map is None:
        return np.full(len(STANDARD_LEADS), np.nan)
    percentiles = reading.anomaly_map.peak_percentile
    known = np.isfinite(percentiles)
    return np.where(known.any(axis=1), np.where(known, percentiles, -np.inf).max(axis=1), np.nan).astype(np.float64)


def _model_st_t(reading: Reading) -> Iterator[tuple[str, float]]:
    """Leads and percentiles of the model's heat from the end of the QRS to the end of T, in every beat."""
    found = reading.anomaly_map
    if found is None:
        return
    times = (np.arange(found.score.shape[1]) / found.sampling_rate_hz) + found.start_s
    inside = np.zeros(len(times), bool)
    for beat in reading.examination.measurements.beats:
        if beat.qrs_end_s is not None and beat.t_end_s is not None:
            inside |= (times >= beat.qrs_end_s + SMEARED_S) & (times < beat.t_end_s)
    for lead, percentiles in zip(STANDARD_LEADS, found.peak_percentile[:, inside], strict=True):
        known = percentiles[np.isfinite(percentiles)]
        if len(known):
            yield lead, float(known.max())


def _highest(found: Iterable[tuple[str, float]]) -> LeadValues:
    """(12,) the highest percentile of each lead; 0 where nothing is coloured."""
    highest = np.zeros(len(STANDARD_LEADS))
    for lead, percentile in found:
        if lead in STANDARD_LEADS and np.isfinite(percentile):
            row = STANDARD_LEADS.index(lead)
            highest[row] = max(highest[row], percentile)
    return highest


def layers_of(scorer: WindowScorer) -> tuple[LeadScorer | None, list[LeadScorer], str]:
    """What a method is measured by: what the paper shows (None for compared methods), its other layers beside a plain
    measurement, and the layer that stands for it."""
    others: list[LeadScorer] = [MapScorer(scorer), PlainMeasurement()]
    if isinstance(scorer, AutoencoderScorer):
        return PaperScorer(Assessor(scorer.model, scorer.device)), others, PAPER
    return None, others, MAP_MEAN

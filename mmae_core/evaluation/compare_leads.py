"""Named leads as a part of `mmae_core compare`: does each method rank the leads named in reports highest?

Two figures a method, on the records that all methods can rank: its own score of a lead (of a compared method, the mean
of its map), and, of a masked autoencoder, all that the viewer's paper shows with it, most of which is named departures.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mmae_core.errors import EcgError
from mmae_core.evaluation.compare import CHUNK, Method, Progress, method_file_name
from mmae_core.evaluation.compare_cache import digest, files_key
from mmae_core.evaluation.evaluate import plain_scores
from mmae_core.evaluation.evaluate_leads import LeadCase
from mmae_core.evaluation.given_maps import MapLeads, entry_names
from mmae_core.evaluation.given_scores import EvaluatedMethod, GivenScores
from mmae_core.evaluation.lead_scorer import MAP_MEAN, MODEL_LAYER, LayerScores, MapScorer
from mmae_core.evaluation.viewer_layers import PAPER, layers_of
from mmae_core.files import JSON_FAULTS, replacing
from mmae_core.metrics.detection import BOOTSTRAP_ROUNDS
from mmae_core.metrics.leads import lead_aurocs, mean_by_patient
from mmae_core.readers import read_record
from mmae_core.record import STANDARD_LEADS
from mmae_core.resources import resource
from mmae_core.scoring.window_scorer import AutoencoderScorer, WindowScorer

JUDGED_BY = (("departures", "limits.npz"), ("own_beats", "own_beats.json"))
"""Bundled files that what the paper shows depends on, beside the model."""
NO_LEAD = "no lead could be scored"


@dataclass(frozen=True)
class LeadScores:
    """A method's scores for the leads of one recording."""

    own: list[float | None]
    """Twelve in the order of `STANDARD_LEADS`; None where there is no score."""
    paper: list[float | None]
    """The same for all layers shown on the paper; all None for compared methods."""
    reason: str
    """Why there are no scores; empty if there are."""


def add_leads(
    comparison: dict[str, Any], methods: Sequence[Method], cases: Sequence[LeadCase], cache: Path,
    progress: Progress | None = None, rounds: int = BOOTSTRAP_ROUNDS,
) -> None:
    """Add `leads` to each row of what `compare` found of the same methods, and the counts to its data.

    Without `cases` the rows get None, as do scores that were given without maps of them. What is scored is kept in
    `cache`, so that a stopped comparison continues.
    """
    shown = [(row, method, method.scorer) for row, method in zip(comparison["methods"], methods, strict=True)]
    for row in comparison["methods"]:
        row |= {"leads": None, "leads_not_scored": None}
    runs = [(row, method, scorer) for row, method, scorer in shown
            if not isinstance(scorer, GivenScores) or _has_maps(scorer, cases)]
    comparison["data"] |= {"n_lead_records": len(cases) if runs else 0, "n_lead_common": 0}
    if not cases or not runs:
        return
    scored = [_given(scorer, cases) if isinstance(scorer, GivenScores) else
              _score(method, scorer, cases, cache, progress) for _, method, scorer in runs]
    named = np.array([case.named() for case in cases], bool).reshape(-1, len(STANDARD_LEADS))
    patients = [case.entry.patient_id for case in cases]
    own = [lead_aurocs(_values([one.own for one in found]), named) for found in scored]
    common = np.isfinite(np.stack(own)).all(axis=0)
    names = [row["name"] for row, _, _ in runs]
    reference = names.index(comparison["reference"]) if comparison["reference"] in names else None
    for number, ((row, _, scorer), found) in enumerate(zip(runs, scored, strict=True)):
        paper = lead_aurocs(_values([one.paper for one in found]), named)
        against = None
        if reference is not None and number != reference:
            difference = np.where(common, own[number] - own[reference], np.nan)
            mean, bounds, _ = mean_by_patient(difference, patients, rounds)
            against = {"difference": mean, "ci95": bounds}
        row["leads"] = {
            "layer": own_layer(scorer),
            "own": _figures(np.where(common, own[number], np.nan), patients, rounds),
            "against_reference": against,
            "paper": _figures(np.where(common, paper, np.nan), patients, rounds)
            if isinstance(scorer, AutoencoderScorer) else None,
        }
        without = [one.reason for one in found if one.reason]
        row["leads_not_scored"] = {
            "n": len(without), "n_records": len(cases), "reasons": dict(Counter(without).most_common()),
        }
        if isinstance(scorer, GivenScores):
            row["said_of_scores"] = scorer.remarks
    comparison["data"]["n_lead_common"] = int(common.sum())


def _has_maps(given: GivenScores, cases: Sequence[LeadCase]) -> bool:
    return given.maps is not None and given.maps.has_any(entry_names(case.entry for case in cases))


def _given(given: GivenScores, cases: Sequence[LeadCase]) -> list[LeadScores]:
    """The means of given maps. Raises DatasetError if some are missing or misshapen."""
    assert given.maps is not None, "asked for only where there are maps"
    leads = MapLeads(given.maps, [case.entry for case in cases])
    found = [_plain(leads.layers(case.entry).get(MAP_MEAN)) for case in cases]
    return [LeadScores(own, _plain(None), "" if any(value is not None for value in own) else NO_LEAD) for own in found]


def own_layer(scorer: EvaluatedMethod) -> str:
    """Which layer of `mmae_core.evaluation.lead_scorer` is a method's own score of a lead."""
    if isinstance(scorer, GivenScores):
        return MAP_MEAN
    return MODEL_LAYER if isinstance(scorer, AutoencoderScorer) else layers_of(scorer)[2]


def score_leads(scorer: WindowScorer, case: LeadCase) -> LeadScores:
    """Score the leads of one recording. Raises EcgError if it cannot be read."""
    record = read_record(case.entry.path)
    paper = layers_of(scorer)[0]
    shown: Mapping[str, LayerScores] = {}
    try:
        own = MapScorer(scorer).score(record, case.entry).get(own_layer(scorer))
        if paper is not None:
            shown = paper.score(record, case.entry)
    except EcgError as error:
        return LeadScores(_plain(None), _plain(None), str(error))
    values = _plain(own)
    said = any(value is not None for value in values)
    return LeadScores(values, _plain(shown.get(PAPER)), "" if said else NO_LEAD)


def _score(
    method: Method, scorer: WindowScorer, cases: Sequence[LeadCase], cache: Path, progress: Progress | None
) -> list[LeadScores]:
    """Lead scores of all cases, those of an earlier run taken from the cache; one that cannot be read is not kept."""
    path = cache / f"leads-{method_file_name(method.name)}-{method.key}-{_data_key(scorer, cases)}.json"
    known = _kept(path)
    missing = [case for case in cases if str(case.entry.ecg_id) not in known]
    unread: dict[str, LeadScores] = {}
    for first in range(0, len(missing), CHUNK):
        for case in missing[first : first + CHUNK]:
            name = str(case.entry.ecg_id)
            try:
                known[name] = score_leads(scorer, case)
            except EcgError as error:
                unread[name] = LeadScores(_plain(None), _plain(None), str(error))
        path.parent.mkdir(parents=True, exist_ok=True)
        with replacing(path) as part:
            part.write_text(json.dumps({name: vars(one) for name, one in known.items()}), encoding="utf-8")
        if progress:
            progress(f"{method.name}, leads", min(len(cases), len(known) + len(unread)), len(cases))
    return [(known | unread)[str(case.entry.ecg_id)] for case in cases]


def _data_key(scorer: WindowScorer, cases: Sequence[LeadCase]) -> str:
    """Key of these recordings and, for what the paper shows, of the persons and the limits."""
    facts: dict[str, Any] = {"files": files_key([case.entry.path for case in cases])}
    if isinstance(scorer, AutoencoderScorer):
        facts["persons"] = [(case.entry.sex, case.entry.age) for case in cases]
        facts["judged by"] = [hashlib.sha256(resource(*name).read_bytes()).hexdigest() for name in JUDGED_BY]
    return digest(facts)


def _kept(path: Path) -> dict[str, LeadScores]:
    try:
        return {name: LeadScores(**one) for name, one in json.loads(path.read_text(encoding="utf-8")).items()}
    except JSON_FAULTS:
        return {}


def _plain(layer: LayerScores | None) -> list[float | None]:
    if layer is None or layer.heat is None:
        return [None] * len(STANDARD_LEADS)
    return plain_scores(layer.heat)


def _values(rows: Sequence[Sequence[float | None]]) -> NDArray[np.float64]:
    return np.array(rows, np.float64).reshape(-1, len(STANDARD_LEADS))


def _figures(aurocs: NDArray[np.float64], patients: Sequence[int | None], rounds: int) -> dict[str, Any]:
    mean, bounds, count = mean_by_patient(aurocs, patients, rounds)
    return {"auroc": mean if count else None, "ci95": bounds, "n": count}

"""Evaluates whether a method ranks the leads named in human-validated reports highest.

Per record, then averaged: records whose report names none or all of the leads are left out. A lead that is not named is
not proven normal, so no figure here reaches 1.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from mmae_core.config_arguments import fold_words
from mmae_core.datasets.lead_truth import LeadStatement, read_lead_truth, truth_of_reports
from mmae_core.datasets.ptbxl import PtbxlEntry, load_index
from mmae_core.errors import DatasetError
from mmae_core.evaluation.evaluate import Progress, plain_scores, software
from mmae_core.evaluation.given_maps import GivenMaps, MapLeads
from mmae_core.evaluation.lead_scorer import KINDS, ST_T_WAVES, LayerScores, LeadScorer
from mmae_core.evaluation.scored_leads import LeadsInChunks, layers_of_entry
from mmae_core.metrics.detection import BOOTSTRAP_ROUNDS, BOOTSTRAP_SEED
from mmae_core.metrics.leads import lead_aurocs, mean_lead_auroc, share_by_patient
from mmae_core.record import STANDARD_LEADS
from mmae_core.report.report_warnings import warnings_of
from mmae_core.report_schema import REPORT_FORMAT, LayerFigures, LeadRecord, LeadReport, ShareFigures
from mmae_core.scoring.window_scorer import WindowScorer, describe_scorer, folds_calibrated_on

SHOWN_FROM = 95.0
"""Percentile from which heat is coloured on the paper and findings are listed."""


@dataclass(frozen=True)
class LeadCase:
    """One record, and what its report says of its leads; nothing for a normal one."""

    entry: PtbxlEntry
    truth: tuple[LeadStatement, ...]

    def named(self, kind: str | None = None) -> NDArray[np.bool_]:
        """(12,) the leads that are named, with one kind of statement or any."""
        wave, kinds = ("", frozenset[str]()) if kind is None else KINDS[kind]
        leads = {row.lead for row in self.truth if kind is None or (row.wave == wave and row.kind in kinds)}
        return np.array([lead in leads for lead in STANDARD_LEADS])

    @property
    def st_t_leads(self) -> NDArray[np.bool_]:
        """(12,) the leads in which the report names a change of ST or T."""
        leads = {row.lead for row in self.truth if row.wave in ST_T_WAVES}
        return np.array([lead in leads for lead in STANDARD_LEADS])


@dataclass(frozen=True)
class _Scored:
    """A record and the scores of every layer."""

    case: LeadCase
    layers: Mapping[str, LayerScores]
    reason: str


def evaluate_leads(
    scorers: Sequence[LeadScorer], shown: str, method: WindowScorer | GivenMaps, data_folder: Path,
    folds: Collection[int], *, paper: LeadScorer | None = None, truth: Path | None = None, every: int = 1,
    progress: Progress | None = None, in_chunks: LeadsInChunks | None = None,
) -> LeadReport:
    """Score the leads of every record of PTB-XL's `folds` whose report names some, and report each layer.

    `truth` is a table instead of the rules of `mmae_core.datasets.lead_truth`; `shown` the layer that stands for
    `method`, of which the report says what it is; of given maps their layers are measured beside the `scorers`. `paper`
    says what a reader sees; it scores the folds' normal records too. `in_chunks` shares the work of these same scorers
    (not of given maps, which are measured without the `scorers` where a recording is not there). Raises DatasetError if
    no report names a lead, or given maps do not fit the records (see `given_maps.GivenMaps`).
    """
    index = load_index(data_folder, needs_files=not isinstance(method, GivenMaps))
    entries = sorted(index.select(folds=folds), key=lambda entry: entry.ecg_id)
    cases = lead_cases(entries, truth)[::every]
    _require_named(cases, truth, f"{fold_words(folds)} of {data_folder}")
    if isinstance(method, GivenMaps):
        scorers = [MapLeads(method, [case.entry for case in cases]), *scorers]
    normals = [] if paper is None else [LeadCase(entry, ()) for entry in entries if entry.is_normal][::every]
    seen = [] if paper is None else [paper]
    found = (
        (layers_of_entry(case.entry, [*seen, *scorers] if number < len(cases) else seen)
         for number, case in enumerate((*cases, *normals)))
        if in_chunks is None else in_chunks([case.entry for case in cases], [case.entry for case in normals])
    )
    scored: list[_Scored] = []
    for case, (layers_of_case, reason) in zip((*cases, *normals), found, strict=True):
        scored.append(_Scored(case, layers_of_case, reason))
        if progress:
            progress(len(scored), len(cases) + len(normals))
    named, healthy = scored[: len(cases)], scored[len(cases) :]
    layers = {name: _layer(named, name) for name in _layer_names(named)}
    if shown not in layers:
        reasons = "; ".join(dict.fromkeys(one.reason for one in named if one.reason))
        raise DatasetError(f"None of the {len(cases)} records could be scored. {reasons[:300]}")
    report: LeadReport = {
        "format": REPORT_FORMAT,
        "kind": "leads",
        "leads": layers[shown],
        "shown": shown,
        "layers": layers,
        "paper": _paper(named, healthy, shown),
        "paper_by_layer": {name: seen_alone for name in layers
                           if name != shown and (seen_alone := _paper(named, healthy, name))},
        "records": [_record(one) for one in named],
        "model": method.facts if isinstance(method, GivenMaps) else describe_scorer(method),
        "data": {
            "dataset": "PTB-XL", "statements": "rules over the reports" if truth is None else truth.name,
            "folds": sorted(folds), "every": every, "n_records": len(cases), "n_normals": len(healthy),
            "n_statements": sum(len(case.truth) for case in cases), "missing_files": len(index.missing),
            "folds_trained_on": sorted(set(folds) & set(method.training.get("folds") or ())) if healthy else [],
            "folds_calibrated_on": sorted(set(folds) & set(folds_calibrated_on(method)))
            if healthy and not isinstance(method, GivenMaps) else [],
            "said_of_scores": list(method.said) if isinstance(method, GivenMaps) else [],
            "left_out": [[str(one.case.entry.ecg_id), one.reason] for one in scored if not one.layers],
        },
        "bootstrap": {"rounds": BOOTSTRAP_ROUNDS, "seed": BOOTSTRAP_SEED, "unit": "patient"},
        "software": software(),
    }
    report["warnings"] = warnings_of(report)
    return report


def _require_named(cases: Sequence[LeadCase], truth: Path | None, where: str) -> None:
    """Raises DatasetError if no lead is named."""
    if not cases and truth is not None:
        raise DatasetError(f"{truth.name} names no lead of any record in {where}. Expected ecg_id as in PTB-XL's "
                           "table.")
    if not cases:
        raise DatasetError(f"No report in {where} names a lead. The complete rows of PTB-XL have a column report; or "
                           "give a table with --truth.")


def lead_cases(entries: Sequence[PtbxlEntry], truth: Path | None = None) -> list[LeadCase]:
    """Records with a lead that the report names and does not call normal; `truth` is a table instead of the reports.

    Raises DatasetError if the table cannot be read.
    """
    found = truth_of_reports(entries) if truth is None else read_lead_truth(truth)
    counted = ((entry, tuple(row for row in found.get(entry.ecg_id, ()) if row.is_counted)) for entry in entries)
    return [LeadCase(entry, rows) for entry, rows in counted if rows]


def _layer_names(scored: Iterable[_Scored]) -> list[str]:
    return list(dict.fromkeys(name for one in scored for name in one.layers))


def _layer(scored: Sequence[_Scored], name: str) -> LayerFigures:
    """The figures of one layer: any named lead by its heat, each kind by what it says of the kind."""
    patients = [one.case.entry.patient_id for one in scored]
    nothing = np.full(len(STANDARD_LEADS), np.nan)

    def column(kind: str | None) -> NDArray[np.float64]:
        rows = []
        for one in scored:
            layer = one.layers.get(name)
            values = None if layer is None else layer.heat if kind is None else layer.of(kind)
            rows.append(nothing if values is None else values)
        return np.stack(rows)

    return {
        "any": mean_lead_auroc(column(None), np.stack([one.case.named() for one in scored]), patients),
        "kinds": {
            kind: mean_lead_auroc(column(kind), np.stack([one.case.named(kind) for one in scored]), patients)
            for kind in KINDS
        },
    }


def _paper(named: Sequence[_Scored], normals: Sequence[_Scored], shown: str) -> dict[str, ShareFigures]:
    """What a reader sees at the default threshold; empty for a method without percentiles."""
    with_change = [one for one in named if one.case.st_t_leads.any() and shown in one.layers]
    if not any(one.layers[shown].st_t_percentile is not None for one in with_change):
        return {}
    read = [one for one in normals if shown in one.layers]
    figures = {"named_st_t": share_by_patient(
        np.array([_shows(one.layers[shown], one.case.st_t_leads) for one in with_change], bool), _patients(with_change)
    )}
    if read:
        everywhere = np.ones(len(STANDARD_LEADS), bool)
        figures["normals_any_finding"] = share_by_patient(
            np.array([bool(one.layers[shown].has_finding) for one in read], bool), _patients(read))
        figures["normals_st_t_heat"] = share_by_patient(
            np.array([_shows(one.layers[shown], everywhere) for one in read], bool), _patients(read))
        steady = [one for one in read if not one.case.entry.has_extra_beats]
        figures["steady_normals_any_finding"] = share_by_patient(
            np.array([bool(one.layers[shown].has_finding) for one in steady], bool), _patients(steady))
        figures["steady_normals_st_t_heat"] = share_by_patient(
            np.array([_shows(one.layers[shown], everywhere) for one in steady], bool), _patients(steady))
    return figures


def _shows(layer: LayerScores, leads: NDArray[np.bool_]) -> bool:
    """Whether the ST-T of any of the leads carries heat from the 95th percentile."""
    return layer.st_t_percentile is not None and bool((layer.st_t_percentile[leads] >= SHOWN_FROM).any())


def _patients(scored: Iterable[_Scored]) -> list[int | None]:
    return [one.case.entry.patient_id for one in scored]


def _record(one: _Scored) -> LeadRecord:
    case = one.case
    named: dict[str, list[str]] = {}
    for row in case.truth:
        leads = named.setdefault(f"{row.wave} {row.kind}", [])
        if row.lead not in leads:
            leads.append(row.lead)
    heat = {name: layer.heat for name, layer in one.layers.items() if layer.heat is not None}
    of_any = case.named()[None]
    return {
        "id": str(case.entry.ecg_id), "patient": case.entry.patient_id, "fold": case.entry.fold, "named": named,
        "scores": {name: plain_scores(values) for name, values in heat.items()},
        "auroc": {name: plain_scores(lead_aurocs(values[None], of_any))[0] for name, values in heat.items()},
        "reason": one.reason,
    }

"""Counts the facts of records: rows to look at, by layer, and how many normal records have any."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from mmae_core.assessment import Finding
from mmae_core.datasets.ptbxl import PtbxlEntry
from mmae_core.departures.person import person_of_entry
from mmae_core.errors import EcgError
from mmae_core.evaluation.own_beats_validation import STATED, stated_extra_beats, stated_kinds
from mmae_core.layers import Reading, read_layers
from mmae_core.readers import read_record
from mmae_core.scoring.assessor import Assessor
from mmae_core.scoring.findings import find

Progress = Callable[[int, int], None]
LAYERS = ("named", "model", "own")
WINDOW_S = 10.0


def read_entry(entry: PtbxlEntry, assessor: Assessor | None) -> Reading:
    """All layers of a record's first 10 s; two of them without an assessor. Raises EcgError."""
    record = read_record(entry.path)
    anomaly_map, model = None, tuple[Finding, ...]()
    if assessor is not None:
        anomaly_map = assessor.assess(record, 0.0, min(WINDOW_S, record.duration_s))
        model = find(anomaly_map, assessor.model.calibration)
    return read_layers(record, 0.0, WINDOW_S, person=person_of_entry(entry), anomaly_map=anomaly_map, model=model)


def fact_rows(
    entries: Sequence[PtbxlEntry], folder: Path, assessor: Assessor | None, progress: Progress | None = None
) -> list[dict[str, Any]]:
    """For each record of PTB-XL's `folder` its facts, or why there are none, and what is stated of extra beats."""
    noted = stated_extra_beats(folder)
    rows = []
    for done, entry in enumerate(entries, start=1):
        row: dict[str, Any] = {"record": str(entry.ecg_id), "label": entry.label,
                               "extra_beats": sorted(stated_kinds(entry, noted))}
        try:
            reading = read_entry(entry, assessor)
        except EcgError as error:
            row["error"] = str(error)
        else:
            row["facts"] = [
                {"title": str(fact.title), "key": fact.key, "layer": fact.layer, "kind": fact.kind, "wave": fact.wave,
                 "leads": list(fact.leads), "percentile": round(fact.percentile, 2), "beats": fact.n_beats,
                 "of_beats": fact.of_beats, "places": len(fact.findings), "model_agrees": fact.model_agrees}
                for fact in reading.facts
            ]
        rows.append(row)
        if progress is not None:
            progress(done, len(entries))
    return rows


def fact_figures(rows: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Rows per record and shares of records with any, for normal and abnormal records and those with extra beats."""
    read = [row for row in rows if "facts" in row]
    groups = {"all": read}
    for label in ("normal", "abnormal"):
        groups[label] = [row for row in read if row["label"] == label]
    groups["normal, no extra beats stated"] = [row for row in groups["normal"] if not row["extra_beats"]]
    for kind in STATED:
        groups[f"{kind} extra beats stated"] = [row for row in read if kind in row["extra_beats"]]
    return {name: _figures(members) for name, members in groups.items() if members}


def _figures(rows: Sequence[dict[str, Any]]) -> dict[str, Any]:
    counts = np.array([len(row["facts"]) for row in rows])
    return {
        "n": len(rows), "most": int(counts.max()), "median": float(np.median(counts)),
        "rows": {str(number): count for number, count in sorted(Counter(counts.tolist()).items())},
        "with_any": round(float((counts > 0).mean()), 4),
        "with_any_by_layer": {
            layer: round(float(np.mean([any(fact["layer"] == layer for fact in row["facts"]) for row in rows])), 4)
            for layer in LAYERS
        },
        "first_by_layer": dict(Counter(row["facts"][0]["layer"] for row in rows if row["facts"])),
    }

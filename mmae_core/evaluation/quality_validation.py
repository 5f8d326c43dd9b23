"""Validates the rules of `quality` against human labels and against known faults and lead swaps.

Labels are those of the PhysioNet/Computing in Cardiology Challenge 2011 (Silva, Moody and Celi 2011): several readers
called each 10-s record acceptable or unacceptable. The limit of the verdict was chosen on records of even number, so
only the odd ones are an independent test.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from mmae_core.assessment import QualityReport, SuspicionKind
from mmae_core.datasets.ptbxl import PtbxlEntry
from mmae_core.errors import DatasetError, EcgError
from mmae_core.evaluation.recording_faults import FAULTS
from mmae_core.metrics.detection import detection_metrics
from mmae_core.readers import read_record
from mmae_core.record import STANDARD_LEADS, EcgRecord, FloatArray
from mmae_core.signals.quality import MIN_DURATION_S, POOR_BELOW, assess_quality, signal_quality
from mmae_core.signals.quality_suspicions import MIN_PACING_RATE_HZ

WINDOW_S = 10.0
LABELS = {"acceptable": False, "unacceptable": True}
"""Words of a label file -> whether the record is unacceptable."""
WRONG_UNITS = (1000.0, 200.0, 1 / 200, 1 / 1000)
"""Factors between µV and mV, and between a gain of 1 and the usual one of 200, in either direction."""
PACED = "PACE"
"""PTB-XL's statement for a pacemaker rhythm."""

Progress = Callable[[int, int], None]


def quality_windows(record: EcgRecord) -> Iterator[QualityReport]:
    """Quality of each 10 s of a record in turn; a rest too short to be judged is left out."""
    start_s = 0.0
    while start_s == 0.0 or record.duration_s - start_s >= MIN_DURATION_S:
        yield assess_quality(record, start_s, WINDOW_S)
        start_s += WINDOW_S


def quality_rows(name: str, record: EcgRecord) -> list[dict[str, Any]]:
    """A row for each 10 s of a record."""
    return [quality_row(name, window) for window in quality_windows(record)]


def quality_row(name: str, report: QualityReport) -> dict[str, Any]:
    """A report as a dictionary fit for JSON."""
    return {
        "record": name,
        "start_s": round(report.start_s, 3),
        "duration_s": round(report.duration_s, 3),
        "score": round(report.score, 4),
        "verdict": report.verdict,
        "reliable": report.reliable,
        "reasons": list(report.reasons),
        "leads": {lead.lead: {"score": round(lead.score, 4), "reasons": list(lead.reasons)} for lead in report.leads},
        "suspicions": [{"kind": suspicion.kind, "text": suspicion.text} for suspicion in report.suspicions],
        "limitations": list(report.limitations),
    }


def read_labels(path: Path) -> dict[str, bool]:
    """Record name -> whether it is unacceptable, from a table with the columns `record` and `quality`."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            rows = list(csv.DictReader(stream))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise DatasetError(f"The labels {path.name} cannot be read as a table: {error}.") from error
    labels = {}
    for line, row in enumerate(rows, start=2):
        if row.get("record") is None or row.get("quality") not in LABELS:
            raise DatasetError(f"{path.name}, line {line}: expected the columns record and quality, with acceptable or "
                               f"unacceptable in the second; found {row.get('quality')!r}.")
        labels[str(row["record"])] = LABELS[str(row["quality"])]
    if not labels:
        raise DatasetError(f"{path.name} labels no record.")
    return labels


def validate(rows: Sequence[Mapping[str, Any]], labels: Mapping[str, bool]) -> dict[str, Any]:
    """Figures of the record score (first window of each record) against labels: all, even and odd record numbers.

    Raises DatasetError if a part has fewer than 2 records of either label, MissingDependency without scikit-learn.
    """
    scores = {str(row["record"]): float(row["score"]) for row in rows if "score" in row and row["start_s"] == 0}
    known = [name for name in labels if name in scores]
    parts = {
        "all": known,
        "even (limit chosen here)": [name for name in known if name.isdigit() and int(name) % 2 == 0],
        "odd": [name for name in known if name.isdigit() and int(name) % 2],
    }
    return {
        "n_labelled": len(labels),
        "n_without_score": len(labels) - len(known),
        "poor_below": POOR_BELOW,
        "parts": {
            part: _agreement(np.array([scores[name] for name in names]), np.array([labels[name] for name in names]))
            for part, names in parts.items()
            if part == "all" or names
        },
    }


def _agreement(scores: np.ndarray, unacceptable: np.ndarray) -> dict[str, Any]:
    """AUROC with its interval, and what the verdict's limit does."""
    figures = detection_metrics(-scores, unacceptable)
    poor = scores < POOR_BELOW
    return {
        "n_acceptable": figures["n_normal"],
        "n_unacceptable": figures["n_abnormal"],
        "auroc": figures["auroc"],
        "auroc_ci95": figures["auroc_ci95"],
        "sensitivity": share(poor[unacceptable]),
        "specificity": share(~poor[~unacceptable]),
    }


def ptbxl_quality_figures(entries: Sequence[PtbxlEntry], progress: Progress | None = None) -> dict[str, Any]:
    """False alarms and known swaps on PTB-XL: how many are called poor, and what exchanged arms and pacemakers do.

    The arm electrodes of every record are exchanged on paper (lead I reversed; II and III, aVR and aVL changing
    places): sensitivity is the share of these that is suspected, specificity the share of the records as they are that
    is not. So is every record read in a wrong unit, by each of `WRONG_UNITS`, and with each of `FAULTS`.
    """
    counts: dict[str, list[bool]] = {}
    alarms: list[dict[str, Any]] = []
    suspected: list[dict[str, Any]] = []
    left_out: list[list[str]] = []

    def count(key: str, value: bool) -> None:
        counts.setdefault(key, []).append(value)

    for done, entry in enumerate(entries, start=1):
        try:
            record = read_record(entry.path)
            signal = record.read(0, round(WINDOW_S * record.sampling_rate_hz))
        except EcgError as error:
            left_out.append([str(entry.ecg_id), str(error)])
            continue
        report = signal_quality(signal, record.sampling_rate_hz, record.lead_names)
        label = entry.label or "without superclass"
        count(f"poor, {label}", report.verdict == "poor")
        if report.verdict == "poor":
            alarms.append({
                "ecg_id": entry.ecg_id, "label": label, "score": report.score, "reasons": list(report.reasons),
            })
        if record.lead_names == STANDARD_LEADS:
            swapped = signal_quality(exchange_arms(signal), record.sampling_rate_hz)
            count(f"arms exchanged, suspected, {label}", _suspects(swapped, "arm-lead-reversal"))
            count(f"arms as recorded, suspected, {label}", _suspects(report, "arm-lead-reversal"))
            for name, fault in FAULTS.items():
                if record.sampling_rate_hz >= fault.min_rate_hz:
                    faulty = signal_quality(fault.apply(signal, record.sampling_rate_hz), record.sampling_rate_hz)
                    count(f"{name}, suspected, {label}", _suspects(faulty, fault.kind))
        for kind in sorted({fault.kind for fault in FAULTS.values()}):
            count(f"{kind} as recorded, suspected, {label}", _suspects(report, kind))
        suspected += [
            {"ecg_id": entry.ecg_id, "label": label, "kind": suspicion.kind, "text": suspicion.text}
            for suspicion in report.suspicions
        ]
        count(f"unit as recorded, suspected, {label}", _suspects(report, "wrong-unit"))
        for factor in WRONG_UNITS:
            wrong = signal_quality(signal * np.float32(factor), record.sampling_rate_hz, record.lead_names)
            count(f"unit wrong by {factor:g}, suspected, {label}", _suspects(wrong, "wrong-unit"))
        if record.sampling_rate_hz >= MIN_PACING_RATE_HZ:
            paced = "paced" if PACED in entry.statements else "not paced"
            count(f"pacing suspected, {paced}", _suspects(report, "pacing"))
        if progress:
            progress(done, len(entries))
    return {
        "shares": {name: share(np.array(values)) for name, values in sorted(counts.items())},
        "poor": alarms,
        "suspected": suspected,
        "left_out": left_out,
    }


def exchange_arms(signal_mv: FloatArray) -> FloatArray:
    """What (12, samples) would have looked like with the electrodes of the arms exchanged, and the other way round."""
    order = [STANDARD_LEADS.index(lead) for lead in ("I", "III", "II", "aVL", "aVR", "aVF")]
    exchanged = signal_mv.copy()
    exchanged[:6] = signal_mv[order]
    exchanged[0] *= -1
    return exchanged


def share(values: np.ndarray) -> dict[str, Any]:
    """Share of True with its 95-% interval (Wilson 1927); None of nothing."""
    n, k = len(values), int(values.sum())
    if not n:
        return {"share": None, "ci95": None, "count": 0, "of": 0}
    z = 1.959964
    centre = (k + z * z / 2) / (n + z * z)
    reach = z / (n + z * z) * math.sqrt(k * (n - k) / n + z * z / 4)
    return {"share": k / n, "ci95": [max(0.0, centre - reach), min(1.0, centre + reach)], "count": k, "of": n}


def _suspects(report: QualityReport, kind: SuspicionKind) -> bool:
    return any(suspicion.kind == kind for suspicion in report.suspicions)

"""Validates measured intervals against known boundaries, published measurements and cardiologists' statements.

Parameters (shares, spreads) were chosen on PTB-XL records of even number, so only the odd ones are an independent test.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from mmae_core.datasets.ptbxl import DATABASE, PtbxlEntry
from mmae_core.departures.carried import carried_by
from mmae_core.departures.lead_table import lead_table, table_document
from mmae_core.departures.person import person_of
from mmae_core.errors import DatasetError, EcgError
from mmae_core.evaluation.quality_validation import share
from mmae_core.files import JSON_FAULTS
from mmae_core.intervals.beat_spread import beat_spreads, spread_document
from mmae_core.intervals.device_differences import device_differences
from mmae_core.intervals.measure import examine_record, measure_record, measure_signal
from mmae_core.intervals.qtc_doubt import qtc_by_formula, qtc_doubt
from mmae_core.intervals.regularity import regularity
from mmae_core.intervals.results import DEFAULT_FORMULA, FORMULAS, Measurements
from mmae_core.intervals.synthetic_ecg import Rhythm, make_ecg
from mmae_core.metrics.detection import detection_metrics
from mmae_core.readers import read_record
from mmae_core.record import STANDARD_LEADS, EcgRecord

Progress = Callable[[int, int], None]
QUANTITIES = ("rate_bpm", "pr_ms", "qrs_ms", "qt_ms", "qtc_ms", "axis_deg")
STATEMENTS = (
    # statement, quantity, sign of the departure, limit of the usual definition
    ("1AVB", "pr_ms", 1, 200.0),
    ("CLBBB", "qrs_ms", 1, 120.0),
    ("CRBBB", "qrs_ms", 1, 120.0),
    ("LNGQT", "qtc_ms", 1, 460.0),
    ("STACH", "rate_bpm", 1, 100.0),
    ("SBRAD", "rate_bpm", -1, 60.0),
)
"""What a statement implies for a measurement. Readers used limits of their own, and other signs as well."""
QRS_WIDENS = frozenset({"CLBBB", "CRBBB", "ILBBB", "IRBBB", "IVCD", "WPW", "LAFB", "LPFB", "PACE"})
"""Not counted against a wide QRS without the statement in question."""
WITHOUT_P = frozenset({"AFIB", "AFLT"})
WITHOUT_STEADY_P = frozenset({"SVTAC", "PSVT", "PACE", "2AVB", "3AVB", "SVARR", "BIGU", "TRIGU"})
AXIS_CODES: Mapping[str, tuple[float, float]] = {
    "MID": (-30.0, 90.0), "LAD": (-90.0, 0.0), "ALAD": (-90.0, -30.0), "RAD": (60.0, 180.0), "ARAD": (90.0, 180.0),
}
"""PTB-XL's `heart_axis`: what angle a code leaves open. LAD and RAD are deviations of unstated size."""
AXIS_SLACK_DEG = 15.0
MIN_CASES = 2
RHYTHMS = tuple(
    Rhythm(rr_s=0.9, pr_s=pr, qrs_s=qrs, qt_s=qt + (qrs - 0.08) / 2, axis_deg=axis)
    for qrs in (0.08, 0.1, 0.12, 0.16) for pr in (0.12, 0.18, 0.26) for qt in (0.36, 0.42) for axis in (-20.0, 60.0)
)
"""Of known boundaries: four QRS durations, three PR intervals, two QT intervals, two axes."""


def interval_row(name: str, measured: Measurements) -> dict[str, Any]:
    """Measurements as a dictionary fit for JSON; null with a reason where there is none."""
    row: dict[str, Any] = {
        "record": name, "start_s": round(measured.start_s, 3), "duration_s": round(measured.duration_s, 3),
        "beats": measured.n_beats, "typical_beats": measured.n_typical, "leads": list(measured.leads),
        "qtc_formula": DEFAULT_FORMULA, "axis_leads": list(measured.axis_leads or ()),
    }
    values = {quantity: getattr(measured, quantity) for quantity in QUANTITIES if quantity != "qtc_ms"}
    values["qtc_ms"] = measured.qtc_ms(FORMULAS[DEFAULT_FORMULA])
    row |= {name: None if value.value is None else round(value.value, 1) for name, value in values.items()}
    row["reasons"] = {name: value.reason_text for name, value in values.items() if not value.is_measured}
    return row


def detailed_rows(name: str, record: EcgRecord) -> list[dict[str, Any]]:
    """`detailed_row`, as the only one of a recording. Raises UnreadableRecord, MissingResource."""
    return [detailed_row(name, record)]


def detailed_row(name: str, record: EcgRecord) -> dict[str, Any]:
    """`interval_row` of the first 10 s of a recording with all QTc formulas, the deviations from beat to beat, what
    its device measured otherwise, and the measurements of every lead. Raises UnreadableRecord, MissingResource.
    """
    examination = examine_record(record)
    measured = examination.measurements
    doubt, rhythm = qtc_doubt(measured), regularity(measured)
    return interval_row(name, measured) | {
        "qtc_ms_by_formula": {formula: None if value.value is None else round(value.value, 1)
                              for formula, value in qtc_by_formula(measured).items()},
        "qtc_doubt": "" if doubt is None else str(doubt),
        "beat_to_beat": spread_document(beat_spreads(examination)),
        "rhythm": None if rhythm is None else {
            "regular": rhythm.is_regular, "shortest_rr_ms": round(rhythm.shortest_ms, 1),
            "longest_rr_ms": round(rhythm.longest_ms, 1), "step_percent": round(rhythm.step_percent, 1)},
        "device_differences": [vars(item) for item in device_differences(record.device, measured)],
        "by_lead": table_document(lead_table(examination, person_of(record), carried_by(record))),
    }


def synthetic_figures(
    noises_mv: Sequence[float] = (0.0, 0.02, 0.05), rhythms: Sequence[Rhythm] = RHYTHMS,
    progress: Progress | None = None,
) -> dict[str, Any]:
    """Errors in ms (degrees, beats a minute) on signals whose boundaries are known, by noise."""
    report = {}
    for part, noise in enumerate(noises_mv):
        errors: dict[str, list[float]] = {}
        refused: dict[str, int] = {}
        for number, truth in enumerate(rhythms):
            signal, _ = make_ecg(truth, noise_mv=noise, wander_mv=0.1, seed=number)
            row = interval_row("", measure_signal(signal, 500.0, STANDARD_LEADS))
            known = {"rate_bpm": 60 / truth.rr_s, "pr_ms": 1000 * truth.pr_s, "qrs_ms": 1000 * truth.qrs_s,
                     "qt_ms": 1000 * truth.qt_s, "axis_deg": truth.axis_deg}
            for name, value in known.items():
                if row[name] is None:
                    refused[name] = refused.get(name, 0) + 1
                else:
                    errors.setdefault(name, []).append(row[name] - value)
            if progress is not None:
                progress(part * len(rhythms) + number + 1, len(noises_mv) * len(rhythms))
        report[f"noise {noise:g} mV"] = {
            name: {**_errors(values), "refused": refused.get(name, 0)} for name, values in errors.items()
        }
    return report


def reference_figures(rows: Iterable[Mapping[str, Any]], table: Path) -> dict[str, Any]:
    """Differences from a table with the column `record` and any of `QUANTITIES`. Raises DatasetError."""
    try:
        with table.open(encoding="utf-8-sig", newline="") as stream:
            references = {str(line["record"]): line for line in csv.DictReader(stream) if line.get("record")}
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise DatasetError(f"The references {table.name} cannot be read as a table: {error}.") from error
    if not references:
        raise DatasetError(f"{table.name} has no column record, or no line.")
    differences: dict[str, list[float]] = {}
    compared = []
    for row in rows:
        reference = references.get(str(row["record"]))
        if reference is None or "error" in row:
            continue
        line: dict[str, Any] = {"record": row["record"]}
        for quantity in QUANTITIES:
            published = _number(reference.get(quantity))
            if published is None:
                continue
            line[quantity] = {"published": published, "measured": row[quantity]}
            if row[quantity] is not None:
                difference = row[quantity] - published
                if quantity == "axis_deg":
                    difference = (difference + 180) % 360 - 180
                differences.setdefault(quantity, []).append(difference)
        compared.append(line)
    return {"records": compared, "differences": {name: _errors(values) for name, values in differences.items()}}


def ptbxl_rows(entries: Sequence[PtbxlEntry], progress: Progress | None = None) -> list[dict[str, Any]]:
    """Measurements of the first 10 s of each record, with what was stated about it."""
    rows = []
    for done, entry in enumerate(entries, start=1):
        try:
            row = interval_row(str(entry.ecg_id), measure_record(read_record(entry.path)))
        except EcgError as error:
            row = {"record": str(entry.ecg_id), "error": str(error)}
        row |= {"statements": sorted(entry.statements), "is_normal": entry.is_normal}
        rows.append(row)
        if progress is not None:
            progress(done, len(entries))
    return rows


def ptbxl_interval_figures(
    rows: Sequence[Mapping[str, Any]], folder: Path, progress: Progress | None = None
) -> dict[str, Any]:
    """Agreement with PTB-XL's statements and axes: on the even records, where limits were chosen, and the odd ones."""
    axes = _axes(folder)
    parts = {
        "even (limits chosen here)": [row for row in rows if "error" not in row and int(row["record"]) % 2 == 0],
        "odd": [row for row in rows if "error" not in row and int(row["record"]) % 2],
    }
    total, done = len(parts) * len(STATEMENTS), 0

    def step() -> None:
        nonlocal done
        done += 1
        if progress is not None:
            progress(done, total)

    return {part: _agreement(members, axes, step) for part, members in parts.items()}


def _agreement(
    rows: Sequence[Mapping[str, Any]], axes: Mapping[str, str], step: Callable[[], None]
) -> dict[str, Any]:
    normal = [row for row in rows if row["is_normal"]]
    report: dict[str, Any] = {
        "n": len(rows),
        "measured": {
            quantity: {"all": share(np.array([row[quantity] is not None for row in rows], bool)),
                       "normal": share(np.array([row[quantity] is not None for row in normal], bool))}
            for quantity in QUANTITIES
        },
        "normal": {quantity: _distribution(row[quantity] for row in normal) for quantity in QUANTITIES},
        "statements": {},
    }
    for code, quantity, sign, limit in STATEMENTS:
        found = _against_statement(rows, code, quantity, sign, limit)
        if found is not None:
            report["statements"][code] = found
        step()
    without, steady = [], []
    for row in rows:
        stated = set(row["statements"])
        if stated & WITHOUT_P:
            without.append(row["pr_ms"] is None)
        elif not stated & WITHOUT_STEADY_P:
            steady.append(row["pr_ms"] is None)
    report["PR refused"] = {"AFIB or AFLT": share(np.array(without, bool)),
                            "rhythms with P": share(np.array(steady, bool))}
    report["axis"] = _axis_agreement(rows, axes)
    return report


def _against_statement(
    rows: Sequence[Mapping[str, Any]], code: str, quantity: str, sign: int, limit: float
) -> dict[str, Any] | None:
    """AUROC of a number for a statement, and what its usual limit does; None with too few of either kind."""
    excluded = QRS_WIDENS - {code} if quantity in ("qrs_ms", "qtc_ms") else frozenset()
    counted = [row for row in rows if code in row["statements"] or not excluded & set(row["statements"])]
    measured = [row for row in counted if row[quantity] is not None]
    stated = np.array([code in row["statements"] for row in measured], bool)
    values = np.array([float(row[quantity]) for row in measured])
    if stated.sum() < MIN_CASES or (~stated).sum() < MIN_CASES:
        return None
    figures = detection_metrics(sign * values, stated)
    beyond = sign * values > sign * limit
    return {
        "quantity": quantity,
        "n_stated": int(stated.sum()),
        "n_without": int((~stated).sum()),
        "not_measured_of_stated": sum(code in row["statements"] for row in counted) - int(stated.sum()),
        "auroc": figures["auroc"],
        "auroc_ci95": figures["auroc_ci95"],
        "limit": limit,
        "beyond_limit_of_stated": share(beyond[stated]),
        "beyond_limit_of_others": share(beyond[~stated]),
        "stated": _distribution(values[stated]),
        "without": _distribution(values[~stated]),
    }


def _axis_agreement(rows: Sequence[Mapping[str, Any]], axes: Mapping[str, str]) -> dict[str, Any]:
    """Share of the measured axes that lie where the code says, give or take 15 degrees, for each code."""
    report = {}
    for code, (low, high) in AXIS_CODES.items():
        values = [float(row["axis_deg"]) for row in rows
                  if axes.get(str(row["record"])) == code and row["axis_deg"] is not None]
        within = [low - AXIS_SLACK_DEG <= value <= high + AXIS_SLACK_DEG for value in values]
        if values:
            report[code] = {"range": [low, high], "within": share(np.array(within, bool)), **_distribution(values)}
    return report


def _axes(folder: Path) -> dict[str, str]:
    """Record number -> code of `heart_axis`, where the database has that column and a value in it.

    Raises DatasetError if the database cannot be read.
    """
    try:
        with (folder / DATABASE).open(encoding="utf-8-sig", newline="") as stream:
            return {str(int(float(row["ecg_id"]))): row["heart_axis"] for row in csv.DictReader(stream)
                    if row.get("heart_axis")}
    except (*JSON_FAULTS, csv.Error) as error:
        raise DatasetError(f"{DATABASE} cannot be read as a table: {error!r}. Fetch it again from PTB-XL.") from error


def _errors(values: Sequence[float]) -> dict[str, Any]:
    array = np.array(values)
    return {"n": len(array), "mean": round(float(array.mean()), 2),
            "sd": round(float(array.std(ddof=1)), 2) if len(array) > 1 else None,
            "largest": round(float(np.abs(array).max()), 2)}


def _distribution(values: Iterable[float | None]) -> dict[str, Any]:
    array = np.array([value for value in values if value is not None], float)
    if len(array) == 0:
        return {"n": 0}
    low, median, high = np.percentile(array, [2.5, 50, 97.5])
    return {"n": len(array), "median": round(float(median), 1), "p2.5": round(float(low), 1),
            "p97.5": round(float(high), 1)}


def _number(text: object) -> float | None:
    try:
        number = float(str(text))
    except ValueError:
        return None
    return number if math.isfinite(number) else None

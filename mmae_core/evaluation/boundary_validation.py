"""Validates wave boundaries against cardiologists' annotations (LUDB), and beats against annotated ones (MIT-BIH)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mmae_core.datasets.ludb import LudbRecord, Wave
from mmae_core.errors import DatasetError
from mmae_core.intervals.beats import find_beats
from mmae_core.intervals.measure import RATE_HZ, examine_record
from mmae_core.intervals.results import Examination, WaveBounds
from mmae_core.metrics.ec57 import LEARNING_S, BeatCounts, compare_beats
from mmae_core.readers import read_record
from mmae_core.readers.wfdb_annotations import marks_of
from mmae_core.record import STANDARD_LEADS, EcgRecord
from mmae_core.scoring.preprocess import resample

Progress = Callable[[int, int], None]
Times = NDArray[np.float64]
BOUNDARIES: tuple[tuple[str, Wave, int], ...] = (
    ("p_on", "P", 0), ("p_end", "P", 2), ("qrs_on", "QRS", 0), ("qrs_end", "QRS", 2), ("t_peak", "T", 1),
    ("t_end", "T", 2),
)
"""Name in `WaveBounds`, wave, and column of the annotation."""
SAME_BEAT_S = 0.12
"""An annotated QRS within this time of a beat belongs to it."""
MIN_DRAWN_LEADS = 4
"""Leads in which a wave must be drawn for its median over the leads to count."""
P_BEFORE_S, T_AFTER_S = (-0.5, 0.05), (0.05, 0.75)
"""From a beat's R-peak: where the peaks of its P and T wave are."""
REFUSABLE = ("pr_ms", "qrs_ms", "qt_ms")
BEATS = frozenset(["N", "L", "R", "B", "A", "a", "J", "S", "V", "r", "F", "e", "j", "n", "E", "/", "f", "Q", "?"])
"""Labels of MIT-BIH that stand for a beat."""
BLOCK_S, MARGIN_S = 600.0, 10.0
"""A long recording is searched in blocks that overlap by twice the margin."""


def ludb_boundary_figures(records: Sequence[LudbRecord], progress: Progress | None = None) -> dict[str, Any]:
    """Mean and standard deviation of measured less drawn boundaries in ms, one error a record, as CSE gives them.

    `global`: of all leads together against the median over leads and beats of what was drawn; `leads`: of each lead
    against its own. Refusals are counted among the records of sinus rhythm.
    """
    together: dict[str, list[float]] = {name: [] for name, _, _ in BOUNDARIES}
    alone: dict[str, list[float]] = {name: [] for name, _, _ in BOUNDARIES}
    undrawn = dict.fromkeys(together, 0)
    refused = dict.fromkeys(REFUSABLE, 0)
    sinus, reasons = 0, []
    for done, item in enumerate(records, start=1):
        examined = examine_record(read_record(item.path))
        if item.is_sinus:
            sinus += 1
            for quantity in REFUSABLE:
                value = getattr(examined.measurements, quantity)
                if not value.is_measured:
                    refused[quantity] += 1
                    reasons.append({"record": item.name, "quantity": quantity, "reason": value.reason_text})
        for name, wave, column in BOUNDARIES:
            drawn = _drawn(item, examined, wave, column)
            beats = drawn[:, np.isfinite(drawn).sum(axis=0) >= MIN_DRAWN_LEADS]
            truth = float(np.nanmedian(np.nanmedian(beats, axis=0))) if beats.size else float("nan")
            measured = None if examined.bounds is None else getattr(examined.bounds, name)
            if np.isfinite(truth) and measured is not None:
                together[name].append(1000 * (measured - truth))
            undrawn[name] += measured is not None and not np.isfinite(truth)
            alone[name] += _lead_errors(drawn, examined, name)
        if progress is not None:
            progress(done, len(records))
    return {
        "n": len(records), "global": {name: _errors(errors) for name, errors in together.items()},
        "leads": {name: _errors(errors) for name, errors in alone.items()},
        "measured_but_not_drawn": undrawn,
        "sinus_rhythm": {"n": sinus, "refused": refused, "reasons": reasons},
    }


def _drawn(item: LudbRecord, examined: Examination, wave: Wave, column: int) -> Times:
    """(12, beats) seconds from each typical beat's R-peak; NaN where nothing was drawn."""
    peaks = np.array([beat.r_s for beat in examined.measurements.beats if beat.is_typical])
    drawn = np.full((len(STANDARD_LEADS), len(peaks)), np.nan)
    low, high = {"P": P_BEFORE_S, "QRS": (-SAME_BEAT_S, SAME_BEAT_S), "T": T_AFTER_S}[wave]
    for row, lead in zip(drawn, STANDARD_LEADS, strict=True):
        waves = item.waves[lead][wave]
        qrs = item.waves[lead]["QRS"][:, 1]
        for number, r_s in enumerate(peaks):
            near = waves[(waves[:, 1] - r_s >= low) & (waves[:, 1] - r_s <= high)]
            own_qrs = bool(len(qrs)) and bool(np.abs(qrs - r_s).min() <= SAME_BEAT_S)
            if len(near) and own_qrs:
                row[number] = near[-1 if wave == "P" else 0, column] - r_s
    return drawn


def _lead_errors(drawn: Times, examined: Examination, name: str) -> list[float]:
    bounds: dict[str, WaveBounds] = dict(zip(examined.measurements.leads, examined.lead_bounds, strict=False))
    errors = []
    for row, lead in zip(drawn, STANDARD_LEADS, strict=True):
        measured = getattr(bounds[lead], name) if lead in bounds else None
        if measured is not None and np.isfinite(row).any():
            errors.append(1000 * (measured - float(np.nanmedian(row))))
    return errors


def _errors(errors: Sequence[float]) -> dict[str, Any]:
    values = np.array(errors)
    if len(values) < 2:
        return {"n": len(values), "mean": None, "sd": None, "largest": None}
    return {"n": len(values), "mean": round(float(values.mean()), 1), "sd": round(float(values.std(ddof=1)), 1),
            "largest": round(float(np.abs(values).max()), 1)}


def annotated_records(folder: Path) -> tuple[Path, ...]:
    """Headers in a folder that have reference beats (`.atr`) beside them, by name."""
    return tuple(sorted(path for path in folder.glob("*.hea") if path.with_suffix(".atr").is_file()))


def ec57_figures(headers: Iterable[Path], progress: Progress | None = None) -> dict[str, Any]:
    """Sensitivity and positive predictivity in percent, record by record and gross, after the learning period.

    Raises DatasetError if no record is named.
    """
    headers = tuple(headers)
    if not headers:
        raise DatasetError("There is no record with reference beats (.atr) in the folder.")
    rows, gross = {}, BeatCounts(0, 0, 0)
    for done, header in enumerate(headers, start=1):
        record = read_record(header)
        marks = marks_of(header.with_suffix(".atr"))
        reference = np.array([at for at, label in marks if label in BEATS])
        learning = LEARNING_S if record.duration_s > 2 * LEARNING_S else 0.0
        counts = compare_beats(reference, detected_beats_s(record), from_s=learning, excluded_s=_flutter(marks))
        gross += counts
        rows[record.name] = _shares(counts)
        if progress is not None:
            progress(done, len(headers))
    return {"window_ms": 150, "learning_s": LEARNING_S, "records": rows, "gross": _shares(gross)}


def detected_beats_s(record: EcgRecord) -> Times:
    """Every beat of a recording of any length and leads, in seconds, found block by block."""
    found: list[Times] = []
    start_s = 0.0
    while start_s < record.duration_s:
        end_s = min(record.duration_s, start_s + BLOCK_S)
        first_s, last_s = max(0.0, start_s - MARGIN_S), min(record.duration_s, end_s + MARGIN_S)
        times = first_s + _beats_of(record, first_s, last_s)
        found.append(times[(times >= start_s) & (times < end_s)])
        start_s = end_s
    return np.concatenate(found) if found else np.empty(0)


def _beats_of(record: EcgRecord, first_s: float, last_s: float) -> Times:
    from mmae_core.intervals.baseline import bridged

    rate = record.sampling_rate_hz
    first, last = round(first_s * rate), round(last_s * rate)
    channels = [record.read(first, last)]
    if record.read_extra_channels is not None:  # leads under other names than the twelve, such as MLII
        channels.append(record.read_extra_channels(first, last))
    signal = np.stack([bridged(lead) for lead in np.concatenate([part for part in channels if len(part)], dtype=float)])
    signal = resample(signal, rate, RATE_HZ, round(signal.shape[1] / rate * RATE_HZ))
    return np.asarray(find_beats(signal, RATE_HZ).r_samples / RATE_HZ)


def _flutter(marks: Sequence[tuple[float, str]]) -> tuple[tuple[float, float], ...]:
    """Stretches of ventricular flutter or fibrillation, between `[` and `]`."""
    starts = [at for at, label in marks if label == "["]
    ends = [at for at, label in marks if label == "]"]
    return tuple(zip(starts, [*ends, float("inf")][: len(starts)], strict=True))


def _shares(counts: BeatCounts) -> dict[str, Any]:
    return {
        "beats": counts.true_positive + counts.false_negative, "missed": counts.false_negative,
        "invented": counts.false_positive, "sensitivity": round(100 * counts.sensitivity, 3),
        "positive_predictivity": round(100 * counts.positive_predictivity, 3),
    }

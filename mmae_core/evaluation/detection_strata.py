"""Groups of a detection report: by statement, by person, by device and site, by noted noise."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mmae_core.datasets.ptbxl import ABNORMAL_SUPERCLASSES, NOISE, NORMAL, PtbxlEntry
from mmae_core.errors import EcgError
from mmae_core.metrics.detection import MIN_OF_CLASS, Labels, Patients, Scores, detection_metrics
from mmae_core.metrics.leads import share_by_patient
from mmae_core.metrics.strata import within_groups
from mmae_core.metrics.uniformity import AGE_BANDS, age_band
from mmae_core.readers import read_record
from mmae_core.report_schema import DetectionFigures, GroupFigures, NoiseFigures
from mmae_core.signals.quality import assess_quality

MIN_STATEMENT_RECORDS = 20
"""Least number of abnormal records for a statement to get a row of its own."""
UNKNOWN = "unknown"
MIN_DEVICE_RECORDS = 20
"""Records of either class that a device or site must have to get a row of its own; within-group figures take all."""
NO_NOTE = "none"
WINDOW_S = 10.0


def groups_of(
    entries: Sequence[PtbxlEntry], abnormal: Labels, scores: Scores, patients: Patients
) -> dict[str, dict[str, Any]]:
    """The groups of a report on PTB-XL.

    Superclasses and statements are set against all normals; age bands, sexes, devices and sites each against their own.
    """
    counts = Counter(
        code for entry, is_abnormal, score in zip(entries, abnormal, scores, strict=True)
        if is_abnormal and np.isfinite(score) for code in entry.statements if code != NORMAL
    )
    frequent = [code for code, count in counts.most_common() if count >= MIN_STATEMENT_RECORDS]
    by = {
        "device": np.array([entry.device or UNKNOWN for entry in entries]),
        "site": np.array([entry.site or UNKNOWN for entry in entries]),
        "age": np.array([age_band(entry.age) or UNKNOWN for entry in entries]),
        "sex": np.array([entry.sex or UNKNOWN for entry in entries]),
    }

    def group(rows: Labels) -> GroupFigures:
        return _group(scores, abnormal, rows, patients)

    def against_all(having: Iterable[bool]) -> GroupFigures:
        return group(~abnormal | np.array(list(having)))

    def each(name: str, members: Iterable[str]) -> dict[str, GroupFigures]:
        return {member: group(by[name] == member) for member in members}

    return {
        "superclasses": {
            name: against_all(name in entry.superclasses for entry in entries) for name in ABNORMAL_SUPERCLASSES
        },
        "statements": {code: against_all(code in entry.statements for entry in entries) for code in frequent},
        "age": each("age", (*(name for _end, name in AGE_BANDS), UNKNOWN)),
        "sex": each("sex", ("male", "female", UNKNOWN)),
        "device": each("device", _large(by["device"], abnormal)),
        "site": each("site", _large(by["site"], abnormal)),
        "within": {name: within_groups(scores, abnormal, labels.tolist(), patients) for name, labels in by.items()},
    }


def _large(labels: NDArray[np.str_], abnormal: Labels) -> list[str]:
    """Groups with enough records of both classes, the largest first."""
    sizes = Counter(labels.tolist())
    ill = Counter(labels[abnormal].tolist())
    return [label for label, count in sizes.most_common()
            if min(ill[label], count - ill[label]) >= MIN_DEVICE_RECORDS]


def noise_figures(
    entries: Sequence[PtbxlEntry], abnormal: Labels, scores: Scores, patients: Patients
) -> dict[str, NoiseFigures]:
    """For each kind of note on noise, and for records without any, what the quality rules say. Reads every record."""
    badness = np.array([_badness(entry) for entry in entries])
    noted = {column: np.array([column in entry.noise for entry in entries]) for column in NOISE}
    clean = ~np.any(list(noted.values()), axis=0)
    return {name: _noise(rows, clean, badness, abnormal, scores, patients)
            for name, rows in {**noted, NO_NOTE: clean}.items()}


def _badness(entry: PtbxlEntry) -> tuple[float, bool, bool]:
    """1 - quality score, whether anything was found, and whether its percentile does not count; NaN if unreadable or
    not on disk."""
    try:
        found = assess_quality(read_record(entry.path), 0.0, WINDOW_S)
    except EcgError:
        return float("nan"), False, False
    return 1.0 - found.score, found.verdict != "good", not found.reliable


def _noise(
    rows: Labels, clean: Labels, badness: NDArray[np.float64], abnormal: Labels, scores: Scores, patients: Patients
) -> NoiseFigures:
    known = np.isfinite(badness[:, 0])
    compared = known & (rows | clean)
    others = None if (rows == clean).all() else figures_of(
        badness[compared, 0], rows[compared], _of(patients, compared))

    def share(column: int, members: Labels) -> Any:
        return share_by_patient(badness[known & members, column] > 0, _of(patients, known & members))

    return {
        "n_noted": int(rows.sum()), "n_without": int(clean.sum()),
        "quality_auroc": None if others is None else others["auroc"],
        "quality_auroc_ci95": None if others is None else others["auroc_ci95"],
        "suspected": share(1, rows), "suspected_without": share(1, clean), "poor": share(2, rows),
        "detection": _group(scores, abnormal, rows, patients),
    }


def _group(scores: Scores, abnormal: Labels, rows: Labels, patients: Patients) -> GroupFigures:
    rows = rows & np.isfinite(scores)
    n_abnormal = int(abnormal[rows].sum())
    return {
        "n_normal": int(rows.sum()) - n_abnormal, "n_abnormal": n_abnormal,
        "detection": figures_of(scores[rows], abnormal[rows], _of(patients, rows)),
    }


def figures_of(scores: Scores, abnormal: Labels, patients: Patients | None) -> DetectionFigures | None:
    """Figures of some records; None where a class has fewer than `MIN_OF_CLASS` that have a score."""
    known = np.isfinite(scores)
    if min(int((known & abnormal).sum()), int((known & ~abnormal).sum())) < MIN_OF_CLASS:
        return None
    return detection_metrics(scores, abnormal, patients=patients)


def _of(patients: Patients, rows: Labels) -> Patients:
    return [patients[row] for row in np.flatnonzero(rows).tolist()]

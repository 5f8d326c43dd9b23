"""Compares a long recording's heart rate variability and pauses with those of its reference beats."""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from mmae_core.datasets.folder import find_records
from mmae_core.errors import DatasetError
from mmae_core.evaluation.own_beats_validation import BEAT_SYMBOLS, MATCH_S
from mmae_core.holter.analyse import analyse_record
from mmae_core.holter.limits import HolterLimits
from mmae_core.holter.results import HolterBeats
from mmae_core.holter.variability import variability
from mmae_core.readers import read_record
from mmae_core.record import EcgRecord

NORMAL_SYMBOLS = frozenset("NLR")
"""Beats that the sinus node started: normal, or with a bundle branch block."""
MEASURES = ("mean_nn_ms", "sdnn_ms", "sdann_ms", "sdnn_index_ms", "rmssd_ms", "pnn50_percent")


def annotated_holter_figures(folder: Path, progress: Callable[[int, int], None] | None = None) -> dict[str, Any]:
    """For records with reference beats `.atr`: beats found, variability of ours and of the reference, pauses.

    Raises DatasetError if there is no such record.
    """
    paths = [path for path in find_records([folder]) if path.with_suffix(".atr").is_file()]
    if not paths:
        raise DatasetError(f"{folder} holds no record with reference beats (.atr).")
    rows = {}
    for done, path in enumerate(paths, start=1):
        rows[path.stem] = _row(read_record(path))
        if progress is not None:
            progress(done, len(paths))
    return {"records": rows, "differences": {name: _differences(rows, name) for name in ("sdnn_ms", "rmssd_ms")}}


def reference_beats(record: EcgRecord) -> HolterBeats:
    """The beats of a recording's annotations; normal are those of `NORMAL_SYMBOLS`."""
    marks = [mark for mark in record.annotations if mark.annotator == "atr" and mark.label in BEAT_SYMBOLS]
    r_s = np.array([mark.start_s for mark in marks])
    none = np.zeros(len(marks), bool)
    normal = np.array([mark.label in NORMAL_SYMBOLS for mark in marks], bool)
    return HolterBeats(r_s, np.where(normal, 0, 1).astype(np.int16), normal, none, none, none, none)


def _row(record: EcgRecord) -> dict[str, Any]:
    found, limits = analyse_record(record), HolterLimits()
    reference = reference_beats(record)
    missed, extra = _unmatched(reference.r_s, found.beats.r_s), _unmatched(found.beats.r_s, reference.r_s)
    ours, theirs = found.variability, variability(reference, limits)
    pauses = {name: int((beats.rr_s > limits.pause_s).sum())
              for name, beats in (("ours", found.beats), ("reference", reference))}
    return {
        "reference_beats": len(reference), "missed": missed, "extra": extra,
        "nn_share": _rounded(ours.nn_share), "reference_nn_share": _rounded(theirs.nn_share),
        "ours": {name: _rounded(getattr(ours, name)) for name in MEASURES},
        "reference": {name: _rounded(getattr(theirs, name)) for name in MEASURES},
        "refusal": None if ours.refusal is None else str(ours.refusal),
        "pauses": pauses, "episodes": len(found.episodes),
    }


def _unmatched(times_s: np.ndarray, others_s: np.ndarray) -> int:
    """How many times have no other within `MATCH_S`."""
    if not len(others_s):
        return len(times_s)
    after = np.clip(np.searchsorted(others_s, times_s), 0, len(others_s) - 1)
    before = np.maximum(after - 1, 0)
    nearest = np.minimum(np.abs(others_s[after] - times_s), np.abs(others_s[before] - times_s))
    return int((nearest > MATCH_S).sum())


def _differences(rows: dict[str, dict[str, Any]], name: str) -> dict[str, float | int | None]:
    """Ours minus the reference's, over the records that have both."""
    both = [(row["ours"][name], row["reference"][name]) for row in rows.values()
            if row["ours"][name] is not None and row["reference"][name] is not None]
    apart = [ours - theirs for ours, theirs in both]
    if not apart:
        return {"n": 0, "mean": None, "largest": None}
    return {"n": len(apart), "mean": _rounded(float(np.mean(apart))),
            "largest": _rounded(max(apart, key=abs))}


def _rounded(value: float | None) -> float | None:
    return None if value is None or not math.isfinite(value) else round(value, 3)

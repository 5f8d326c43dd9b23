"""Validates own beats on annotated beats, stated extra beats and normal records, and makes their limits."""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mmae_core.config_arguments import fold_words
from mmae_core.datasets.folder import find_records
from mmae_core.datasets.ptbxl import DATABASE, PtbxlEntry
from mmae_core.errors import DatasetError, EcgError
from mmae_core.files import JSON_FAULTS
from mmae_core.intervals.baseline import usable_leads
from mmae_core.intervals.beats import find_beats
from mmae_core.intervals.measure import RATE_HZ
from mmae_core.intervals.resting_baseline import has_rest
from mmae_core.intervals.signal_stretch import read_stretch
from mmae_core.metrics.array_checks import ascending, one_each
from mmae_core.own_beats.find_own_beats import own_beat_measurements, read_own_beats
from mmae_core.own_beats.limits import OwnBeatLimits
from mmae_core.own_beats.make_limits import OwnBeatsOfNormals, make_beat_limits
from mmae_core.own_beats.results import OwnBeat, OwnBeats
from mmae_core.readers import read_record
from mmae_core.scipy_parts import rankdata

Progress = Callable[[int, int], None]
STATED = {
    "ventricular": frozenset({"PVC"}), "atrial": frozenset({"PAC"}), "paired": frozenset({"BIGU", "TRIGU"}),
}
"""PTB-XL's statements of extra beats, by what they say."""
BEAT_SYMBOLS = frozenset("NLRBAaJSVrFejnE/fQ?")
MATCH_S = 0.15
"""A beat found within this time of an annotated one is that beat (ANSI/AAMI EC57)."""
LUDB_TABLE = "ludb.csv"


def stated_extra_beats(folder: Path) -> frozenset[int]:
    """PTB-XL's records whose column `extra_beats` is filled. Raises DatasetError."""
    try:
        with (folder / DATABASE).open(encoding="utf-8-sig", newline="") as stream:
            return frozenset(int(float(row["ecg_id"])) for row in csv.DictReader(stream) if row.get("extra_beats"))
    except (*JSON_FAULTS, csv.Error) as error:
        raise DatasetError(f"{DATABASE} cannot be read as a table: {error}. Fetch it again from PTB-XL.") from error


def stated_kinds(entry: PtbxlEntry, noted: frozenset[int]) -> frozenset[str]:
    """What was stated about extra beats of one record; `noted` where only the column `extra_beats` says so."""
    kinds = frozenset(kind for kind, codes in STATED.items() if codes & set(entry.statements))
    return kinds or (frozenset({"noted"}) if entry.ecg_id in noted else frozenset())


def limits_of_normals(entries: Sequence[PtbxlEntry], folder: Path, progress: Progress | None = None) -> OwnBeatLimits:
    """Limits from the normal records among `entries` of which no extra beat is stated. Raises ConfigError."""
    noted = stated_extra_beats(folder)
    normals = [entry for entry in entries if entry.is_normal and not stated_kinds(entry, noted)]
    compared = []
    for done, entry in enumerate(normals, start=1):
        found = _compared(entry)
        if found is not None:
            compared.append(found)
        if progress is not None:
            progress(done, len(normals))
    folds = sorted({entry.fold for entry in normals})
    return make_beat_limits(compared, {
        "data": "PTB-XL v1.0.3 (Wagner et al. 2020, doi 10.13026/kfzx-aw45), CC BY 4.0",
        "records": f"NORM the only diagnostic superclass, no extra beat stated, {fold_words(folds)}; "
                   "of each the first 10 s, at 500 Hz where present, else at 100 Hz",
        "records_asked": len(normals),
    })


def _compared(entry: PtbxlEntry) -> OwnBeatsOfNormals | None:
    try:
        stretch = read_stretch(read_record(entry.path), 0.0, 10.0)
    except EcgError:
        return None
    usable = usable_leads(stretch.mv, stretch.rate_hz, stretch.lead_names, RATE_HZ)
    if not usable.names:
        return None
    beats = find_beats(usable.mv, RATE_HZ, usable.has_signal)
    if not has_rest(usable.mv, RATE_HZ, beats.r_samples):
        return None
    raw = own_beat_measurements(usable.mv, RATE_HZ, beats)
    return None if raw is None else OwnBeatsOfNormals(raw, usable.names)


def ptbxl_own_beat_figures(
    entries: Sequence[PtbxlEntry], folder: Path, progress: Progress | None = None
) -> dict[str, Any]:
    """By statement: how many records have a flagged beat, and how often the strongest is ectopic."""
    noted = stated_extra_beats(folder)
    chosen = [(entry, kinds) for entry in entries if (kinds := stated_kinds(entry, noted)) or entry.is_normal]
    rows = []
    for done, (entry, kinds) in enumerate(chosen, start=1):
        groups = kinds or frozenset({"normal, none stated"})
        try:
            rows.append((entry.ecg_id, groups, read_own_beats(read_record(entry.path))))
        except EcgError:
            continue
        finally:
            if progress is not None:
                progress(done, len(chosen))
    names = ("normal, none stated", *STATED, "noted")
    return {name: _stated_figures([(ecg_id, own) for ecg_id, groups, own in rows if name in groups])
            for name in names}


def _stated_figures(rows: Sequence[tuple[int, OwnBeats]]) -> dict[str, Any]:
    compared = [(ecg_id, own) for ecg_id, own in rows if own.beats]
    first = [(own, max(own.beats, key=lambda beat: beat.departure)) for _, own in compared]
    flagged = [(own, beat) for own, beat in first if beat.is_flagged]
    return {
        "n": len(rows), "compared": len(compared), "flagged": len(flagged),
        "first_premature_or_wide": sum(is_ectopic(own, beat) for own, beat in first),
        "flagged_first_premature_or_wide": sum(is_ectopic(own, beat) for own, beat in flagged),
        "not_flagged": [ecg_id for ecg_id, own in rows if not own.flagged][:200] if len(rows) < 1000 else None,
    }


def is_ectopic(own: OwnBeats, beat: OwnBeat) -> bool:
    """Premature, or of a shape whose QRS is wider than the patient's own."""
    return beat.is_premature or own.shapes[beat.shape].is_wide


def annotated_figures(folder: Path, progress: Progress | None = None) -> dict[str, Any]:
    """Ventricular (V) against normal beats (N) of records with reference beats `.atr`, by record and all together.

    Raises DatasetError if there is no such record.
    """
    paths = [path for path in find_records([folder]) if path.with_suffix(".atr").is_file()]
    if not paths:
        raise DatasetError(f"{folder} holds no record with reference beats (.atr).")
    records: dict[str, dict[str, Any]] = {}
    departures, truths = [], []
    for done, path in enumerate(paths, start=1):
        record = read_record(path)
        own = read_own_beats(record, 0.0, record.duration_s)
        marks = [mark for mark in record.annotations if mark.annotator == "atr" and mark.label in BEAT_SYMBOLS]
        symbols = matched([beat.r_s for beat in own.beats], [mark.start_s for mark in marks],
                          [mark.label for mark in marks])
        departure = np.array([beat.departure for beat in own.beats])
        is_flagged = np.array([beat.is_flagged for beat in own.beats])
        is_v, is_n = symbols == "V", symbols == "N"
        records[path.stem] = {
            "leads": list(own.leads), "v": int(is_v.sum()), "n": int(is_n.sum()),
            "v_annotated": sum(mark.label == "V" for mark in marks),
            "auroc": _auroc(is_v[is_v | is_n], departure[is_v | is_n]),
            "v_flagged": _share(is_flagged[is_v]), "n_flagged": _share(is_flagged[is_n]),
            "shapes": [{"name": shape.name, "beats": shape.n_beats, "wide": shape.is_wide} for shape in own.shapes],
        }
        truths.append(is_v[is_v | is_n])
        departures.append(departure[is_v | is_n])
        if progress is not None:
            progress(done, len(paths))
    values = [float(row["auroc"]) for row in records.values() if row["auroc"] is not None]
    return {"records": records, "gross_auroc": _auroc(np.concatenate(truths), np.concatenate(departures)),
            "mean_auroc": float(np.mean(values)) if values else None}


def matched(found_s: Sequence[float], annotated_s: Sequence[float], labels: Sequence[str]) -> NDArray[np.str_]:
    """Label of the annotated beat nearest to each found one, empty beyond `MATCH_S`; `annotated_s` ascends.

    Raises DatasetError for times that do not, or another number of labels.
    """
    ascending(annotated_s, "Annotated beats")
    one_each(labels, "Labels", len(annotated_s))
    symbols = np.full(len(found_s), "", dtype="<U1")
    if len(annotated_s):
        times = np.asarray(annotated_s)
        for row, at in enumerate(found_s):
            nearest = int(np.argmin(np.abs(times - at)))
            if abs(times[nearest] - at) <= MATCH_S:
                symbols[row] = labels[nearest]
    return symbols


def ludb_own_beat_figures(folder: Path, progress: Progress | None = None) -> dict[str, Any]:
    """Records of LUDB with and without stated extra beats: which have a flagged beat. Raises DatasetError."""
    table = folder / LUDB_TABLE
    try:
        with table.open(encoding="utf-8-sig", newline="") as stream:
            stated = {row["ID"].strip(): (row.get("Extrasystolies") or "").strip()
                      for row in csv.DictReader(stream, restval="")}
    except (OSError, UnicodeDecodeError, csv.Error, KeyError) as error:
        raise DatasetError(f"{table} cannot be read as LUDB's table: {error}.") from error
    rows = []
    paths = [path for path in find_records([folder]) if path.stem in stated]
    for done, path in enumerate(paths, start=1):
        rows.append((path.stem, stated[path.stem], read_own_beats(read_record(path))))
        if progress is not None:
            progress(done, len(paths))
    groups = {
        "ventricular": [row for row in rows if "Ventricular" in row[1]],
        "atrial": [row for row in rows if row[1] and "Ventricular" not in row[1]],
        "none stated": [row for row in rows if not row[1]],
    }
    return {name: _stated_figures([(int(stem), own) for stem, _, own in members]) for name, members in groups.items()}


def _auroc(truth: NDArray[np.bool_], score: NDArray[np.float64]) -> float | None:
    if truth.all() or not truth.any():
        return None
    ranks = rankdata(score)
    n_true = int(truth.sum())
    wins = float(ranks[truth].sum()) - n_true * (n_true + 1) / 2
    return round(wins / (n_true * (len(truth) - n_true)), 4)


def _share(values: NDArray[np.bool_]) -> float | None:
    return round(float(values.mean()), 4) if len(values) else None


def row_of(name: str, own: OwnBeats) -> Mapping[str, Any]:
    """Own beats of one recording as a dictionary fit for JSON."""
    return {
        "record": name, "start_s": own.start_s, "end_s": own.end_s, "leads": list(own.leads),
        "shapes": [{"name": shape.name, "beats": shape.n_beats, "wide": shape.is_wide} for shape in own.shapes],
        "prevailing": own.shapes[own.prevailing].name if own.shapes else None,
        "beats": [
            {"r_s": round(beat.r_s, 3), "shape": own.shapes[beat.shape].name, "premature": beat.is_premature,
             "departure": round(beat.departure, 3), "percentile": round(beat.percentile, 2), "part": beat.wave,
             "flagged": beat.is_flagged}
            for beat in own.beats
        ],
        "limitations": [str(text) for text in own.limitations],
    }

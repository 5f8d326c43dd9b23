"""Makes the file of normal beats from PTB-XL's normals."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

import mmae_core
from mmae_core.datasets.ptbxl import PtbxlEntry
from mmae_core.departures.named_in_report import names
from mmae_core.departures.person import Person, person_of_entry
from mmae_core.departures.quantities import LEAD_QUANTITIES
from mmae_core.errors import DatasetError, EcgError
from mmae_core.intervals.measure import examine_record
from mmae_core.normal_beats.aligned import RATE_HZ, STORED_HZ, AlignedBeat, aligned_beat
from mmae_core.normal_beats.band import LEAST_NORMALS
from mmae_core.normal_beats.store import NO_VALUE, SEXES, VALUE_STEP_MV, NormalBeats
from mmae_core.readers import read_record
from mmae_core.record import STANDARD_LEADS
from mmae_core.signals.lead_geometry import INDEPENDENT

Array = NDArray[np.float64]
Progress = Callable[[int], None]

N_SHAPES = 300
"""Principal shapes that are kept."""
STEP_MV = 0.015
"""Weights are rounded to whole multiples of it."""


@dataclass(frozen=True)
class NormalCohort:
    """The average beats of normals, and how many gave none."""

    entries: tuple[PtbxlEntry, ...]
    beats: tuple[AlignedBeat, ...]
    n_asked: int
    n_named: int = 0
    """Left out: a remark on the form of a wave stands beside the statement that the ECG is normal."""
    n_unmeasured: int = 0
    """Left out: too few beats of one shape, or a lead without a usable signal."""

    @property
    def persons(self) -> tuple[Person, ...]:
        return tuple(map(person_of_entry, self.entries))


def is_plain(entry: PtbxlEntry) -> bool:
    """Whether nothing in a normal's report names the form of a wave, and it is of an adult."""
    return not (person_of_entry(entry).is_child or any(names(entry.statements, name) for name in LEAD_QUANTITIES))


def measure_beats(entries: Sequence[PtbxlEntry], progress: Progress | None = None, *, is_whole: bool = True
                  ) -> NormalCohort:
    """The average beats of the first 10 s of normals; of those with all twelve leads, unless `is_whole` is False."""
    kept, beats, unmeasured = [], [], 0
    plain = [entry for entry in entries if is_plain(entry)]
    for done, entry in enumerate(plain, start=1):
        beat = _beat(entry)
        if beat is None or (is_whole and not np.isfinite(beat.mv).any(axis=1).all()):
            unmeasured += 1
        else:
            kept.append(entry)
            beats.append(beat)
        if progress is not None:
            progress(done)
    return NormalCohort(tuple(kept), tuple(beats), len(entries), len(entries) - len(plain), unmeasured)


def _beat(entry: PtbxlEntry) -> AlignedBeat | None:
    try:
        return aligned_beat(examine_record(read_record(entry.path)))
    except EcgError:
        return None


def make_normal_beats(cohort: NormalCohort, folds: str, every: int = 1) -> NormalBeats:
    """The file's contents. Raises DatasetError if there are fewer than `LEAST_NORMALS` beats."""
    if len(cohort.beats) < LEAST_NORMALS:
        raise DatasetError(f"{len(cohort.beats)} normal records gave an average beat; {LEAST_NORMALS} are needed.")
    mv = np.stack([beat.mv[list(INDEPENDENT), :: RATE_HZ // STORED_HZ] for beat in cohort.beats])
    reach = np.array([_reach(beat) for beat in mv[:, 0]], np.uint8)
    held = np.stack([_held(beat, *ends) for beat, ends in zip(mv, reach, strict=True)])
    mean, shapes, weights = _compressed(held)
    persons = cohort.persons
    values = np.stack([beat.values_mv for beat in cohort.beats])
    steps = np.where(np.isfinite(values), np.round(np.nan_to_num(values) / VALUE_STEP_MV), NO_VALUE)
    made = NormalBeats(
        np.array([entry.ecg_id for entry in cohort.entries], np.int32),
        np.array([np.nan if person.age is None else person.age for person in persons], np.float32),
        np.array([SEXES.index(person.sex or "") for person in persons], np.uint8),
        np.array([beat.rate_bpm for beat in cohort.beats], np.float32),
        reach, weights, mean, shapes, steps.astype(np.int16), {})
    about = _about(cohort, folds, every) | _errors(made, cohort)
    return replace(made, about=about)


def _reach(lead: Array) -> tuple[int, int]:
    known = np.flatnonzero(np.isfinite(lead))
    return int(known[0]), int(known[-1])


def _held(mv: Array, first: int, last: int) -> Array:
    """A beat (leads, times) with its first and last values held beyond its ends."""
    return mv[:, np.clip(np.arange(mv.shape[1]), first, last)]


def _compressed(mv: Array) -> tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.int16]]:
    """Mean, shapes of one step each, and weights in steps of (normals, 8, times)."""
    flat = mv.reshape(len(mv), -1)
    mean = flat.mean(axis=0)
    _, vectors = np.linalg.eigh(np.cov(flat - mean, rowvar=False))
    shapes = vectors[:, ::-1][:, :N_SHAPES].T
    weights = np.round((flat - mean) @ shapes.T / STEP_MV)
    stored = (shapes * STEP_MV).astype(np.float16).astype(np.float32)
    return (mean.reshape(mv.shape[1:]).astype(np.float32), stored.reshape(-1, *mv.shape[1:]),
            weights.astype(np.int16))


def _errors(made: NormalBeats, cohort: NormalCohort) -> dict[str, Any]:
    """What keeping costs, in µV over all leads and times: at 100 Hz and rounded, against the beats as measured."""
    squares, counts, largest = 0.0, 0, []
    of_record = np.zeros(len(made))
    rows = np.arange(len(made))
    known = np.zeros(len(made))
    for row, lead in enumerate(STANDARD_LEADS):
        difference = made.beats(rows, lead) - np.stack([beat.mv[row] for beat in cohort.beats])
        squares += float(np.nansum(np.square(difference)))
        counts += int(np.isfinite(difference).sum())
        of_record += np.nansum(np.square(difference), axis=1)
        known += np.isfinite(difference).sum(axis=1)
        largest.append(np.nanquantile(np.abs(difference), 0.999))
    return {"error_uv": 1000 * (squares / counts) ** 0.5,
            "error_uv_of_worst_hundredth": 1000 * float(np.quantile(np.sqrt(of_record / known), 0.99)),
            "error_uv_of_worst_thousandth_of_samples": 1000 * float(np.max(largest))}


def _about(cohort: NormalCohort, folds: str, every: int) -> dict[str, Any]:
    persons = cohort.persons
    ages = [person.age for person in persons if person.age is not None]
    rates = [beat.rate_bpm for beat in cohort.beats]
    return {
        "data": "PTB-XL's layout: records whose only diagnostic superclass is NORM",
        "folds": folds, "every": every, "asked": cohort.n_asked, "records": len(cohort.beats),
        "named": cohort.n_named, "unmeasured": cohort.n_unmeasured,
        "women": sum(person.sex == "female" for person in persons),
        "men": sum(person.sex == "male" for person in persons), "age_known": len(ages),
        "age_quartiles": [float(q) for q in np.quantile(ages, [0.25, 0.5, 0.75])] if ages else [],
        "rate_percentiles": [float(q) for q in np.quantile(rates, [0.025, 0.25, 0.5, 0.75, 0.975])],
        "program": mmae_core.__version__,
        "command": f"mmae_core normal-beats --data DIR --folds {folds}" + (f" --every {every}" if every > 1 else "")
                   + " --output normal_beats.npz",
    }

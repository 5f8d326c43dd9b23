"""The smallest drawn change of ST, T or Q that named departures find in a normal ECG, lead by lead, in mV.

The change is added to a normal's average beat (adding it to every beat gives the same average) until the lead carries a
finding, or heat from the 95th percentile. A limit is where half, or nine in ten, of the normals do. It says how small a
change can be found, not how well abnormal ECGs are told from normal ones: drawn changes rank nothing.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from mmae_core.datasets.ptbxl import PtbxlEntry
from mmae_core.departures.beat_values import BeatBounds, lead_values
from mmae_core.departures.doubtful_intervals import compared_vector
from mmae_core.departures.family_percentile import candidate_strengths, group_percentile, levels, percentile
from mmae_core.departures.limits import Limits, LimitsOf
from mmae_core.departures.measurements import measure
from mmae_core.departures.named_in_report import names
from mmae_core.departures.person import person_of_entry
from mmae_core.departures.quantities import CANDIDATES, LEAD_QUANTITIES
from mmae_core.departures.results import FLAG_PERCENTILE
from mmae_core.errors import EcgError
from mmae_core.intervals.beat_results import AverageBeat
from mmae_core.intervals.measure import examine_record
from mmae_core.readers import read_record
from mmae_core.record import STANDARD_LEADS
from mmae_core.synthesis.beat_changes import BeatChange, ChangedWave, beat_change_mv

Array = NDArray[np.float64]
DrawnKind = Literal["ST up", "ST down", "T down", "Q"]
Criterion = Literal["finding", "heat"]
Progress = Callable[[int], None]

CRITERIA: tuple[Criterion, ...] = ("finding", "heat")
"""A finding of its own, or heat on the paper from the 95th percentile."""
SHARES = (0.5, 0.9)
"""Shares of the normals in which a change as large as a limit is found."""
N_ROUNDS = 1000
N_HALVINGS = 7
"""Changes are found to a hundredth of the largest."""


@dataclass(frozen=True)
class DrawnChange:
    """What is drawn for a kind, and which departures count as having found it."""

    wave: ChangedWave
    sign: Literal[-1, 1]
    candidates: tuple[str, ...]
    """Keys of `CANDIDATES`, such as `st_j60_mv+`."""
    most_mv: float
    """A change that is not found at this size is not detected; a larger Q would leave no R."""


DRAWN: dict[DrawnKind, DrawnChange] = {
    "ST up": DrawnChange("ST", 1, ("st_j60_mv+",), 1.0),
    "ST down": DrawnChange("ST", -1, ("st_j60_mv-",), 1.0),
    "T down": DrawnChange("T", -1, ("t_mv-", "t_share-"), 1.5),
    "Q": DrawnChange("Q", -1, ("q_mv+", "q_share+"), 0.6),
}
"""In aVR, where T is inverted in normal ECGs, T is drawn upwards instead."""
UPSIDE_DOWN = "aVR"
LIMB, CHEST = STANDARD_LEADS[:6], STANDARD_LEADS[6:]


@dataclass(frozen=True)
class LeastChanges:
    """The smallest change of each normal that is found, by criterion, kind and lead."""

    mv: Array
    """(normals, criteria, kinds, 12) mV; infinite if not found at the largest drawn, 0 if found unchanged."""
    patients: NDArray[np.int64]
    """(normals,)"""

    def limits(self) -> tuple[Array, Array, Array]:
        """(shares, criteria, kinds, 12) the changes that are found in `SHARES` of the normals, and their 95-%
        intervals."""
        generator, numbers = np.random.default_rng(0), np.unique(self.patients, return_inverse=True)[1]
        of_patient = [np.flatnonzero(numbers == number) for number in range(numbers.max() + 1)]
        rounds = np.stack([_quantiles(self.mv[np.concatenate([of_patient[one] for one in generator.integers(
            0, len(of_patient), len(of_patient))])]) for _ in range(N_ROUNDS)])
        low, high = np.quantile(rounds, [0.025, 0.975], axis=0, method="nearest")
        return _quantiles(self.mv), low, high


def least_changes(entries: Sequence[PtbxlEntry], limits: Limits, progress: Progress | None = None) -> LeastChanges:
    """Draw changes into normals, without those with a remark on ST, T or Q, or without twelve leads and a beat."""
    found, patients = [], []
    for done, entry in enumerate(entries, start=1):
        normal = None
        if not any(names(entry.statements, name) for name in ("st_j60_mv", "t_mv", "q_mv")):
            with contextlib.suppress(EcgError):
                normal = _normal(entry, limits)
        if normal is not None:
            found.append([[normal.least(criterion, kind) for kind in DRAWN] for criterion in CRITERIA])
            patients.append(entry.ecg_id if entry.patient_id is None else entry.patient_id)
        if progress is not None:
            progress(done)
    mv = np.array(found) if found else np.empty((0, len(CRITERIA), len(DRAWN), len(STANDARD_LEADS)))
    return LeastChanges(mv, np.array(patients, np.int64))


def _normal(entry: PtbxlEntry, limits: Limits) -> _Normal | None:
    """A normal to draw into; None if it cannot be measured in all leads."""
    examination, person = examine_record(read_record(entry.path)), person_of_entry(entry)
    measured, average = measure(examination), examination.average
    leads = examination.measurements.leads
    if average is None or measured.bounds is None or set(leads) != set(STANDARD_LEADS) or person.is_child:
        return None
    order = [leads.index(lead) for lead in STANDARD_LEADS]
    return _Normal(replace(average, mv=average.mv[order]), measured.bounds, compared_vector(examination, measured)[0],
                   limits, limits.of(person))


@dataclass(frozen=True)
class _Normal:
    """One normal, to draw into."""

    average: AverageBeat
    bounds: BeatBounds
    vector: Array
    """All values unchanged, doubted intervals as NaN."""
    limits: Limits
    of_person: LimitsOf

    def least(self, criterion: Criterion, kind: DrawnKind) -> Array:
        """(12,) the smallest change in each lead alone that is found in that lead, by bisection."""
        n_leads = len(STANDARD_LEADS)
        unchanged = self.is_found(criterion, kind, np.zeros(n_leads))
        never = ~self.is_found(criterion, kind, np.full(n_leads, DRAWN[kind].most_mv))
        low, high = np.zeros(n_leads), np.full(n_leads, DRAWN[kind].most_mv)
        for _ in range(N_HALVINGS):
            middle = (low + high) / 2
            found = self.is_found(criterion, kind, middle)
            low, high = np.where(found, low, middle), np.where(found, middle, high)
        return np.where(unchanged, 0.0, np.where(never, np.inf, high))

    def is_found(self, criterion: Criterion, kind: DrawnKind, mv: Array) -> NDArray[np.bool_]:
        """(12,) for each lead, whether a change of (12,) `mv` in that lead alone is found in it."""
        vectors, strengths = self._drawn(kind, mv)
        reached = levels(candidate_strengths(strengths, vectors), self.limits.family)
        ranked = (percentile(reached, self.limits.family) if criterion == "finding" else
                  np.stack([group_percentile(one, self.limits.family) for one in reached]))
        columns = np.arange(len(STANDARD_LEADS))
        st_mv = vectors[columns, list(LEAD_QUANTITIES).index("st_j60_mv") * len(STANDARD_LEADS) + columns]
        found = np.zeros(len(STANDARD_LEADS), bool)
        for row, candidate in enumerate(CANDIDATES):
            is_wanted = np.array([candidate.key in _wanted(kind, lead) for lead in STANDARD_LEADS])
            # an ST that is merely less depressed is no elevation
            has_sign = (st_mv * candidate.sign > 0) | (candidate.quantity != "st_j60_mv")
            found |= is_wanted & has_sign & (ranked[columns, row, columns] >= FLAG_PERCENTILE)
        return found

    def _drawn(self, kind: DrawnKind, mv: Array) -> tuple[Array, Array]:
        """(12, quantities) values and strengths with a change in one lead each.

        Chest leads do not depend on each other: all are changed at once, and each keeps its own.
        """
        n_leads = len(STANDARD_LEADS)
        vectors = np.tile(self.vector, (n_leads, 1))
        strengths = np.tile(self.of_person.strengths(self.vector), (n_leads, 1))
        for together in (*((lead,) for lead in LIMB), CHEST):
            changed = self._values(kind, together, mv)
            of_changed = self.of_person.strengths(changed)
            for lead in together:
                row = STANDARD_LEADS.index(lead)
                columns = _columns(LIMB if lead in LIMB else (lead,))
                vectors[row, columns], strengths[row, columns] = changed[columns], of_changed[columns]
        return vectors, strengths

    def _values(self, kind: DrawnKind, leads: Sequence[str], mv: Array) -> Array:
        """All values with changes in some leads."""
        changes = [BeatChange(DRAWN[kind].wave, _sign(kind, lead) * float(mv[STANDARD_LEADS.index(lead)]), (lead,))
                   for lead in leads]
        beat = self.average.mv + beat_change_mv(changes, self.bounds, self.average.times_s)
        values = lead_values(beat, self.average.rate_hz, self.average.r_index, self.bounds)
        vector = self.vector.copy()
        for row, name in enumerate(LEAD_QUANTITIES):
            vector[len(STANDARD_LEADS) * row : len(STANDARD_LEADS) * (row + 1)] = values[name]
        return vector


def _wanted(kind: DrawnKind, lead: str) -> tuple[str, ...]:
    """Keys of the candidates that find a kind in a lead."""
    return ("t_mv+",) if kind == "T down" and lead == UPSIDE_DOWN else DRAWN[kind].candidates


def _sign(kind: DrawnKind, lead: str) -> int:
    return -DRAWN[kind].sign if kind == "T down" and lead == UPSIDE_DOWN else DRAWN[kind].sign


def _columns(leads: Sequence[str]) -> list[int]:
    """Places of the leads' measurements among all values."""
    return [len(STANDARD_LEADS) * row + STANDARD_LEADS.index(lead)
            for row in range(len(LEAD_QUANTITIES)) for lead in leads]


def _quantiles(mv: Array) -> Array:
    return np.asarray(np.quantile(mv, SHARES, axis=0, method="higher"))


def limits_document(found: LeastChanges, about: dict[str, Any]) -> dict[str, Any]:
    """The limits as they are kept: by criterion, kind, lead and share `[mV, low, high]`; None: not found."""
    values = found.limits()

    def told(*place: int) -> list[float | None]:
        return [float(round(part[place], 2)) if np.isfinite(part[place]) else None for part in values]

    return {"about": {**about, "normals": len(found.mv),
                      "most_mv": {kind: drawn.most_mv for kind, drawn in DRAWN.items()}}, "limits": {
        criterion: {kind: {lead: {f"{share:g}": told(at, of_criterion, row, column) for at, share in enumerate(SHARES)}
                           for column, lead in enumerate(STANDARD_LEADS)} for row, kind in enumerate(DRAWN)}
        for of_criterion, criterion in enumerate(CRITERIA)}}

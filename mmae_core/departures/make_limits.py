"""Makes the limits file from PTB-XL's normals: measurements, curves, and the family, calibrated on held-out records."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mmae_core.datasets.ptbxl import PtbxlEntry
from mmae_core.departures.doubtful_intervals import compared_vector
from mmae_core.departures.family_percentile import candidate_strengths, fit_family, group_percentile, levels, percentile
from mmae_core.departures.limits import Limits, quantile_curves
from mmae_core.departures.measurements import measure, quantity_keys
from mmae_core.departures.named_in_report import names
from mmae_core.departures.person import Person, person_of_entry
from mmae_core.departures.quantities import CANDIDATES
from mmae_core.departures.results import FLAG_PERCENTILE
from mmae_core.errors import DatasetError, EcgError
from mmae_core.intervals.measure import examine_record
from mmae_core.readers import read_record

Array = NDArray[np.float64]
Progress = Callable[[int], None]

N_PARTS = 4
"""Number of parts in which normals are held out, by folds, which keep a patient's records together."""
LEAST_NORMALS = 100
PLAUSIBLE_OF_NORMALS = {"pr_ms": (90.0, 240.0), "qrs_ms": (60.0, 140.0), "qtc_ms": (300.0, 520.0)}
"""Intervals outside these are hardly possible in a normal ECG: they were measured wrongly or not reported, and would
set the limit for everyone. Half a per cent of the normals read a PR from 240 ms."""


@dataclass(frozen=True)
class Cohort:
    """Measured records."""

    values: Array
    """(records, quantities), NaN where not measured."""
    persons: tuple[Person, ...]
    folds: NDArray[np.int64]
    """A patient's records share a fold."""
    n_unread: int = 0
    """Records that could not be read or measured at all."""
    statements: tuple[frozenset[str], ...] = ()
    """PTB-XL's codes of each record; empty if none are known of any."""
    extra_beats: NDArray[np.bool_] | None = None
    """(records,) whether extra beats are stated; None: in no record."""

    @property
    def is_steady(self) -> NDArray[np.bool_]:
        """(records,) whether no extra beat is stated."""
        return np.ones(len(self.values), bool) if self.extra_beats is None else ~self.extra_beats

    def setting_limits(self) -> Cohort:
        """The same with NaN for values that set no limit: implausible intervals, and quantities its report calls
        abnormal."""
        values = plausible(self.values)
        for row, codes in enumerate(self.statements):
            for column, key in enumerate(quantity_keys()):
                if names(codes, key.partition(":")[0]):
                    values[row, column] = np.nan
        return replace(self, values=values)

    def curves(self, rows: NDArray[np.bool_]) -> Limits:
        """Limits from some of the records, without a family."""
        ages = np.array([np.nan if person.age is None else person.age for person in self.persons])
        sexes = [person.sex for person, use in zip(self.persons, rows, strict=True) if use]
        quantiles, counts = quantile_curves(self.values[rows], ages[rows], sexes)
        return Limits(quantity_keys(), quantiles.astype(np.float32), counts.astype(np.float32), {}, {})

    def strengths(self, limits: Limits, rows: NDArray[np.bool_]) -> Array:
        """(rows, quantities) signed strengths of some of the records."""
        return np.stack([limits.of(self.persons[row]).strengths(self.values[row]) for row in np.flatnonzero(rows)])


def measure_cohort(entries: Sequence[PtbxlEntry], progress: Progress | None = None) -> Cohort:
    """Measure the first 10 s of each record."""
    rows, persons, folds, statements, extra, unread = [], [], [], [], [], 0
    for done, entry in enumerate(entries):
        try:
            examination = examine_record(read_record(entry.path))
            rows.append(compared_vector(examination, measure(examination))[0])
        except EcgError:
            unread += 1
            continue
        finally:
            if progress is not None:
                progress(done + 1)
        persons.append(person_of_entry(entry))
        folds.append(entry.fold)
        statements.append(frozenset(entry.statements))
        extra.append(entry.has_extra_beats)
    values = np.stack(rows) if rows else np.empty((0, len(quantity_keys())))
    return Cohort(values, tuple(persons), np.array(folds, np.int64), unread, tuple(statements), np.array(extra, bool))


def make_limits(cohort: Cohort, about: dict[str, Any]) -> Limits:
    """Limits from all records of a cohort of normals; the family from their strengths against limits of other patients.

    The family uses records without stated extra beats, including values that set no limit.
    Raises DatasetError if there are fewer than `LEAST_NORMALS`.
    """
    if len(cohort.values) < LEAST_NORMALS:
        raise DatasetError(f"{len(cohort.values)} normal records were measured; limits need {LEAST_NORMALS} at least.")
    limits = cohort.setting_limits().curves(np.ones(len(cohort.values), bool))
    strengths = candidate_strengths(held_out_strengths(cohort), cohort.values)
    family = fit_family(strengths[cohort.is_steady])
    return Limits(limits.quantities, limits.quantiles, limits.counts, family, about)


def plausible(values: Array) -> Array:
    """(normals, quantities) values without the intervals that no normal ECG has; NaN in their place."""
    kept = values.copy()
    for name, (low, high) in PLAUSIBLE_OF_NORMALS.items():
        column = kept[:, quantity_keys().index(name)]
        column[(column < low) | (column > high)] = np.nan
    return kept


def held_out_strengths(cohort: Cohort) -> Array:
    """(records, quantities) signed strengths, each against the limits of records of other patients."""
    strengths = np.full(cohort.values.shape, np.nan)
    setting = cohort.setting_limits()
    present = np.unique(cohort.folds)
    for part in np.array_split(present, min(N_PARTS, len(present))):
        rows = np.isin(cohort.folds, part)
        others = ~rows if len(present) > 1 else rows
        strengths[rows] = cohort.strengths(setting.curves(others), rows)
    return strengths


def normal_figures(cohort: Cohort, limits: Limits) -> list[str]:
    """Lines on how many normal records the limits flag, with 95-% confidence intervals."""
    strengths = candidate_strengths(cohort.strengths(limits, np.ones(len(cohort.values), bool)), cohort.values)
    reached = levels(strengths, limits.family)
    flagged = percentile(reached, limits.family) >= FLAG_PERCENTILE
    heats = np.stack([group_percentile(of_record, limits.family) for of_record in reached])
    st_t = np.array([candidate.group == "ST-T" for candidate in CANDIDATES])
    shares = {
        "with any flagged departure": flagged.any(axis=(1, 2)),
        "with a flagged departure in ST-T": flagged[:, st_t].any(axis=(1, 2)),
        f"with heat from the {FLAG_PERCENTILE:.0f}th percentile in ST-T":
            (heats[:, st_t] >= FLAG_PERCENTILE).any(axis=(1, 2)),
    }
    steady = cohort.is_steady
    shares["with any flagged departure, of those without stated extra beats"] = flagged[steady].any(axis=(1, 2))
    lines = [f"{len(strengths)} normal records, {cohort.n_unread} that could not be read"]
    for words, of_records in shares.items():
        low, high = _wilson(int(of_records.sum()), of_records.size)
        lines.append(f"{words}: {100 * of_records.mean():.1f} % ({100 * low:.1f}-{100 * high:.1f})")
    per_candidate = flagged.any(axis=2).mean(axis=0)
    for row in np.argsort(-per_candidate):
        if per_candidate[row] > 0:
            candidate = CANDIDATES[row]
            side = "above" if candidate.sign > 0 else "below"
            lines.append(f"  {candidate.quantity} {side}: {100 * per_candidate[row]:.2f} %")
    return lines


def _wilson(count: int, total: int) -> tuple[float, float]:
    """95-% interval of a share (Wilson 1927)."""
    z = 1.959964
    centre = (count + z * z / 2) / (total + z * z)
    half = z * np.sqrt(count * (total - count) / total + z * z / 4) / (total + z * z)
    return float(centre - half), float(centre + half)

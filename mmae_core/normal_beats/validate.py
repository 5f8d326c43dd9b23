"""How often normal ECGs of other patients lie outside the band of normals like them, lead by lead and wave by wave."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from mmae_core.normal_beats.aligned import AlignedBeat
from mmae_core.normal_beats.band import NormalBand, normal_band
from mmae_core.normal_beats.make import NormalCohort, Progress
from mmae_core.normal_beats.store import NormalBeats
from mmae_core.record import STANDARD_LEADS

Array = NDArray[np.float64]
Part = Literal["P", "QRS", "ST", "T"]

PARTS: tuple[Part, ...] = ("P", "QRS", "ST", "T")
N_ROUNDS = 1000
"""Bootstrap rounds, by patient."""


@dataclass(frozen=True)
class Coverage:
    """Shares of samples outside the band."""

    outside: Array
    """(records, parts, 12) share of each record's samples below the 5th or above the 95th percentile; NaN if there are
    none."""
    patients: NDArray[np.int64]
    """(records,)"""
    n_refused: int
    """Records without a band."""
    n_normals: Array
    """(records,) effective number of normals in the band."""

    def shares(self) -> tuple[Array, Array, Array]:
        """(parts + 1, 12 + 1) percent outside and the ends of its 95-% interval; the last row and column are of all."""
        numbers = np.unique(self.patients, return_inverse=True)[1]
        generator = np.random.default_rng(0)
        padded = self._with_means()
        rounds = np.stack([_weighted_mean(padded, np.bincount(
            generator.integers(0, numbers.max() + 1, numbers.max() + 1), minlength=numbers.max() + 1)[numbers])
            for _ in range(N_ROUNDS)])
        low, high = np.quantile(rounds, [0.025, 0.975], axis=0)
        return 100 * _weighted_mean(padded, np.ones(len(padded))), 100 * low, 100 * high

    def _with_means(self) -> Array:
        wide = np.concatenate([self.outside, np.nanmean(self.outside, axis=2, keepdims=True)], axis=2)
        return np.concatenate([wide, np.nanmean(wide, axis=1, keepdims=True)], axis=1)


def coverage(normals: NormalBeats, cohort: NormalCohort, progress: Progress | None = None) -> Coverage:
    """Lay each record of a cohort over the band of normals like it."""
    shares, patients, counts, refused = [], [], [], 0
    for done, (entry, person, beat) in enumerate(
            zip(cohort.entries, cohort.persons, cohort.beats, strict=True), start=1):
        band = normal_band(normals, person, beat.rate_bpm)
        if isinstance(band, NormalBand):
            shares.append(_outside(band, beat))
            counts.append(band.n_normals)
            patients.append(entry.ecg_id if entry.patient_id is None else entry.patient_id)
        else:
            refused += 1
        if progress is not None:
            progress(done)
    stacked = np.stack(shares) if shares else np.empty((0, len(PARTS), len(STANDARD_LEADS)))
    return Coverage(stacked, np.array(patients, np.int64), refused, np.array(counts))


def coverage_lines(found: Coverage) -> list[str]:
    """The shares as the rows of a table in Markdown."""
    if not len(found.outside):
        return [f"No band could be made for any record ({found.n_refused} refused)."]
    share, low, high = found.shares()
    least, middle, most = np.quantile(found.n_normals, [0.05, 0.5, 0.95])
    lines = [
        f"{len(found.outside):,} normal records, {found.n_refused} without a band (too few normals); in a band "
        f"{middle:.0f} normals by weight ({least:.0f}-{most:.0f} in nine records of ten).",
        "", "| outside the 5-95 % band | " + " | ".join((*PARTS, "all")) + " |",
        "|---" * (len(PARTS) + 2) + "|",
    ]
    for column, lead in enumerate((*STANDARD_LEADS, "all leads")):
        cells = [f"{share[row, column]:.1f} % ({low[row, column]:.1f}-{high[row, column]:.1f})"
                 for row in range(len(PARTS) + 1)]
        lines.append(f"| {lead} | " + " | ".join(cells) + " |")
    return lines


def _outside(band: NormalBand, beat: AlignedBeat) -> Array:
    """(parts, 12) share of the samples outside."""
    is_known = np.isfinite(beat.mv) & np.isfinite(band.low_mv)
    is_outside = band.outside(beat.mv) & is_known
    at_s = band.times_s + beat.middle_s
    shares = np.full((len(PARTS), len(beat.mv)), np.nan)
    for row, part in enumerate(PARTS):
        start_s, end_s = beat.bounds.place(part)
        inside = is_known & (at_s >= start_s) & (at_s < end_s)
        counts = inside.sum(axis=1)
        shares[row] = np.where(counts > 0, (is_outside & inside).sum(axis=1) / np.maximum(counts, 1), np.nan)
    return shares


def _weighted_mean(values: Array, weights: NDArray[np.integer] | Array) -> Array:
    """Mean over the records, NaN left out."""
    known = np.isfinite(values)
    weight = weights[:, None, None] * known
    return np.asarray((weight * np.nan_to_num(values)).sum(axis=0) / np.maximum(weight.sum(axis=0), 1e-12))

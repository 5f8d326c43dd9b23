"""How far each phase of the beat departs from normal ECGs in each lead, and how many normals show as much.

The strongest single point of a map is a poor measure: among sixty pairs of lead and phase one is always high by chance,
nearly always a QRS. The mean over a phase and all beats of a window is a good one: with 5 % of normal ECGs flagged it
flags 54 % of the abnormal records of PTB-XL's folds 1-8, the strongest point 19 %. So each phase of a lead is compared
with the same phase and lead of normals; a single outlying beat counts too, less a constant; the lead's own z-score is
added, because whole leads are discriminated best; and the largest sum in a window is compared with the largest sum in
each normal window.
"""

from __future__ import annotations

import itertools
import warnings
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mmae_core.errors import ModelMismatch
from mmae_core.files import JSON_FAULTS
from mmae_core.record import FloatArray
from mmae_core.scipy_parts import ndtri
from mmae_core.scoring.phases import PHASES, UNKNOWN, Codes

Values = NDArray[np.float64]

N_CODES = len(PHASES) + 1
"""The phases, and last (`UNKNOWN` is -1) points without a beat around them."""
UNKNOWN_RUN_S = 0.25
"""Length of the pieces that stand in for phases where no beats were found: one of the model's segments."""
SHORTEST_RUN = 0.5
"""A phase cut by the window's end to less than this share of its usual length is not judged as a single beat."""
ONE_BEAT_HANDICAP = 1.4
"""Subtracted from the z-score of a single beat's phase; without it the chance maximum of ten beats would outweigh their
mean. Chosen on folds 1-8."""
FLOOR = 1e-3
"""Share of a lead's typical strongest point, added to errors before their logarithm is taken."""
N_FOLDS = 10
"""Each normal is compared with the other nine tenths of the cohort, never with itself."""
SPREAD_PERCENTILE = 95.0
ARRAYS = ("floors", "centres", "spreads", "beat_centres", "beat_spreads", "family", "family_without_beats")


@dataclass(frozen=True)
class Run:
    """A phase of one beat: samples [start, end) of a map and its code."""

    start: int
    end: int
    code: int


@dataclass(frozen=True)
class WindowLevels:
    """Mean logarithms of a window's errors, phase by phase."""

    cells: Values
    """(12, N_CODES) over all beats; NaN where the window has none of that phase."""
    runs: tuple[Run, ...]
    """In order of time; together they cover the window."""
    beats: Values
    """(12, len(runs)) of each run; NaN where it was not assessed or is cut short."""


@dataclass(frozen=True)
class PhaseNormals:
    """Error levels of normal windows by phase. Built by `build_phase_normals`."""

    floors: FloatArray
    """(12,) added to errors before their logarithm is taken."""
    centres: FloatArray
    """(12, N_CODES) the median normal's level of each phase in each lead."""
    spreads: FloatArray
    """(N_CODES,) standard deviation of the levels, from their upper tail; all leads together."""
    beat_centres: FloatArray
    """(12, N_CODES) as `centres`, of each normal's strongest single beat."""
    beat_spreads: FloatArray
    family: FloatArray
    """(n,) sorted: the largest strength anywhere in each normal window."""
    family_without_beats: FloatArray
    """(n,) sorted: the same when beats are ignored."""

    def strengths(self, levels: WindowLevels, lead_z: Values) -> Values:
        """(12, runs) departure of each run from normal: sum of the z-scores of phase and lead (`lead_z`, (12,))."""
        of_cells = (levels.cells - self.centres) / self.spreads
        codes = [run.code for run in levels.runs]
        alone = (levels.beats - self.beat_centres[:, codes]) / self.beat_spreads[codes] - ONE_BEAT_HANDICAP
        strengths: Values = np.fmax(of_cells[:, codes], alone) + lead_z[:, None]
        return strengths

    def percentiles(self, levels: WindowLevels, lead_z: Values) -> FloatArray:
        """(12, runs) share of normal windows, 0..100, without anything as strong in any lead and phase; NaN stays."""
        strengths = self.strengths(levels, lead_z)
        found = np.full(strengths.shape, np.nan, np.float32)
        is_unknown = np.array([run.code == UNKNOWN for run in levels.runs], bool)
        for family, which in ((self.family, ~is_unknown), (self.family_without_beats, is_unknown)):
            chosen = np.isfinite(strengths) & which
            below = np.searchsorted(family, strengths[chosen].astype(np.float32), side="left")
            found[chosen] = below * (100.0 / len(family))
        return found

    def to_dict(self) -> dict[str, Any]:
        """A form for JSON."""
        return {name: getattr(self, name).astype(np.float64).round(6).tolist() for name in ARRAYS}

    @classmethod
    def from_dict(cls, values: Any, n_leads: int) -> PhaseNormals:
        """The inverse of `to_dict`. Raises ModelMismatch if anything is missing or of the wrong shape."""
        try:
            with np.errstate(over="ignore"):  # what is too large is refused below
                normals = cls(**{name: np.asarray(values[name], np.float32) for name in ARRAYS})
        except JSON_FAULTS as error:
            raise ModelMismatch(f"The model's calibration by phase is incomplete or damaged: {error!r}.") from error
        shapes = {"floors": (n_leads,), "centres": (n_leads, N_CODES), "spreads": (N_CODES,),
                  "beat_centres": (n_leads, N_CODES), "beat_spreads": (N_CODES,), "family": (normals.family.size,),
                  "family_without_beats": (normals.family.size,)}
        is_sound = (
            all(getattr(normals, name).shape == shape for name, shape in shapes.items())
            and all(np.isfinite(getattr(normals, name)).all() for name in ARRAYS)
            and len(normals.family) > 0
            and all(getattr(normals, name).min() > 0 for name in ("floors", "spreads", "beat_spreads"))
            and all((np.diff(family) >= 0).all() for family in (normals.family, normals.family_without_beats))
        )
        if not is_sound:
            raise ModelMismatch("The model's calibration is damaged: phases of the beat are not as expected.")
        return normals


def window_levels(points: FloatArray, phases: Codes, rate_hz: float, floors: FloatArray) -> WindowLevels:
    """Levels of a window's map (12, samples), NaN where not assessed, with phase codes (samples,)."""
    logs = np.log(points.astype(np.float64) + floors[:, None])
    known = np.isfinite(logs)
    sums = np.concatenate([np.zeros((len(logs), 1)), np.where(known, logs, 0.0).cumsum(axis=1)], axis=1)
    counts = np.concatenate([np.zeros((len(logs), 1)), known.cumsum(axis=1)], axis=1)
    runs = phase_runs(phases, rate_hz)
    starts, ends = [run.start for run in runs], [run.end for run in runs]
    run_sums, run_counts = sums[:, ends] - sums[:, starts], counts[:, ends] - counts[:, starts]
    codes = np.array([run.code for run in runs])
    lengths = np.subtract(ends, starts)
    cells = np.full((len(logs), N_CODES), np.nan)
    whole = np.zeros(len(runs), bool)
    with np.errstate(invalid="ignore"):
        for code in np.unique(codes):
            of_code = codes == code
            cells[:, code] = run_sums[:, of_code].sum(axis=1) / run_counts[:, of_code].sum(axis=1)
            whole |= of_code & (lengths >= SHORTEST_RUN * np.median(lengths[of_code]))
        beats = run_sums / np.where(whole & (run_counts >= SHORTEST_RUN * lengths), run_counts, np.nan)
    return WindowLevels(cells, runs, beats)


def phase_runs(phases: Codes, rate_hz: float) -> tuple[Run, ...]:
    """Runs of equal codes in (samples,); stretches without beats are cut into pieces of `UNKNOWN_RUN_S`."""
    edges = np.flatnonzero(np.diff(phases)) + 1
    bounds = [0, *edges.tolist(), len(phases)]
    step = max(1, round(UNKNOWN_RUN_S * rate_hz))
    runs: list[Run] = []
    for start, end in itertools.pairwise(bounds):
        code = int(phases[start])
        cuts = range(start, end, step) if code == UNKNOWN else (start,)
        runs += [Run(cut, min(cut + step, end) if code == UNKNOWN else end, code) for cut in cuts]
    return tuple(runs)


def lead_z_scores(lead_scores: FloatArray, scores: Values) -> Values:
    """(12,) of scores (12,): normal quantiles of their ranks among normals' sorted `lead_scores` (12, n); NaN stays."""
    n = lead_scores.shape[1]
    ranks = np.array([np.searchsorted(ordered, np.float32(score), side="left")
                      for ordered, score in zip(lead_scores, scores, strict=True)])
    z_scores: Values = np.where(np.isfinite(scores), ndtri((ranks + 0.5) / (n + 1)), np.nan)
    return z_scores


def build_phase_normals(
    points: FloatArray, phases: NDArray[np.int8], lead_scores: Values, rate_hz: float
) -> PhaseNormals:
    """Summarise normal windows: maps (n, 12, samples), codes (n, samples), scores (n, 12) of their leads.

    Maps are NaN where not assessed. The families come from comparing each tenth of the cohort with the rest.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # of leads and phases that no window has, which stay NaN
        peaks = np.nanmedian(np.nanmax(points, axis=2), axis=0)
        floors = np.maximum(FLOOR * peaks, np.finfo(np.float32).tiny).astype(np.float32)
        found = [[window_levels(window, codes, rate_hz, floors) for window, codes in zip(points, every, strict=True)]
                 for every in (phases, np.full_like(phases, UNKNOWN))]
        levels = [(both[0].cells, _strongest(both[0]), both[1].cells, _strongest(both[1]))
                  for both in zip(*found, strict=True)]
        families = [_family(windows, levels, lead_scores, floors) for windows in found]
        return _fit(levels, floors, families[0], families[1])


Levels = tuple[Values, Values, Values, Values]
"""Levels and strongest single beats of a window, by phase and with beats ignored."""


def _family(
    windows: list[WindowLevels], levels: list[Levels], lead_scores: Values, floors: FloatArray
) -> FloatArray:
    """(n,) sorted: the largest strength in each window, compared with the windows of the other folds."""
    n = len(windows)
    largest = np.full(n, np.nan)
    folds = np.arange(n) % min(N_FOLDS, n)
    for fold in np.unique(folds):
        rest = np.flatnonzero(folds != fold)
        normals = _fit([levels[row] for row in rest], floors, np.zeros(1, np.float32), np.zeros(1, np.float32))
        ordered = np.sort(lead_scores[rest].T, axis=1).astype(np.float32)
        for row in np.flatnonzero(folds == fold):
            largest[row] = np.nanmax(normals.strengths(windows[row], lead_z_scores(ordered, lead_scores[row])))
    return np.sort(largest).astype(np.float32)


def _fit(levels: list[Levels], floors: FloatArray, family: FloatArray, without_beats: FloatArray) -> PhaseNormals:
    """Centres and spreads of levels; a phase without a value gets one that nothing can depart from."""
    parts = []
    for known, unknown in ((0, 2), (1, 3)):
        values = np.stack([level[known] for level in levels])
        values[:, :, UNKNOWN] = np.stack([level[unknown][:, UNKNOWN] for level in levels])
        centres = np.nanmedian(values, axis=0)
        upper = np.nanpercentile(values, SPREAD_PERCENTILE, axis=0) - centres
        spreads = np.nanmean(upper, axis=0) / ndtri(SPREAD_PERCENTILE / 100)
        parts += [np.nan_to_num(centres).astype(np.float32),
                  np.where(spreads > 0, spreads, 1.0).astype(np.float32)]
    return PhaseNormals(floors, parts[0], parts[1], parts[2], parts[3], family, without_beats)


def _strongest(levels: WindowLevels) -> Values:
    """(12, N_CODES) the highest level of a single run of each phase; NaN where there is none."""
    strongest = np.full(levels.cells.shape, np.nan)
    codes = np.array([run.code for run in levels.runs])
    for code in np.unique(codes):
        strongest[:, code] = np.nanmax(levels.beats[:, codes == code], axis=1)
    return strongest

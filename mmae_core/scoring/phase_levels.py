"""How far each phase of the beat departs from normal ECGs in each lead, and how many normals show as much.

The strongest single point of a map is a poor measure: among sixty pairs of lead and phase one is always high by chance,
nearly always a QRS. The mean over a phase and all beats of a window is a good one: with 5 % of normal ECGs flagged it
flags 54 % of the abnormal records of PTB-XL's folds 1-8, the strongest point 19 %. So each phase of a lead is compared
with the same phase and lead of normals; a single outlying beat counts too, less a constant; the lead's own z-score is
added, because whole leads are discriminated best; and the largest sum in a window is compared with the largest sum in
each normal window.
"""

from __future__ import annotations

import contextlib
import itertools
import tempfile
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from typing import IO, Any

import numpy as np
from numpy.typing import NDArray

from mmae_core.errors import ModelMismatch
from mmae_core.files import JSON_FAULTS
from mmae_core.record import FloatArray
from mmae_core.scipy_parts import ndtri
from mmae_core.scoring.normal_windows import WindowBlocks
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
    return np.array([_normal_quantiles(ordered, scores[lead : lead + 1])[0]
                     for lead, ordered in enumerate(lead_scores)])


def _normal_quantiles(ordered: FloatArray, scores: Values) -> Values:
    """Normal quantiles of the ranks of scores among sorted ones of one lead, compared in float32; NaN stays."""
    ranks = np.searchsorted(ordered, scores.astype(np.float32), side="left")
    z_scores: Values = np.where(np.isfinite(scores), ndtri((ranks + 0.5) / (len(ordered) + 1)), np.nan)
    return z_scores


def build_phase_normals(
    windows: WindowBlocks, lead_peaks: FloatArray, lead_scores: Values, rate_hz: float
) -> PhaseNormals:
    """Summarise n normal windows with the strongest points (n, 12) and the scores (n, 12) of their leads.

    The families come from comparing each tenth of the cohort with the rest. The levels of all windows are kept in
    files, one a lead, and read lead by lead.
    """
    n, n_leads = lead_scores.shape
    folds = np.arange(n) % min(N_FOLDS, n)
    with warnings.catch_warnings(), contextlib.ExitStack() as stack:
        warnings.simplefilter("ignore", RuntimeWarning)  # of leads and phases that no window has, which stay NaN
        peaks = np.nanmedian(lead_peaks, axis=0)
        floors = np.maximum(FLOOR * peaks, np.finfo(np.float32).tiny).astype(np.float32)
        files = [stack.enter_context(tempfile.TemporaryFile()) for _ in range(n_leads)]
        for block in windows():
            assert block.phases is not None, "normals by phase need the phases"
            levels = np.stack([_levels(points, codes, rate_hz, floors)
                               for points, codes in zip(block.points, block.phases, strict=True)])
            for lead, file in enumerate(files):
                file.write(np.ascontiguousarray(levels[:, :, lead]).tobytes())
        rests = [folds != fold for fold in np.unique(folds)]
        fits = _fit_each(files, n, [*rests, np.ones(n, bool)])
        families = _families(files, lead_scores, rests, fits[:-1])
    whole = fits[-1]
    return PhaseNormals(floors, whole.centres[0], whole.spreads[0], whole.centres[1], whole.spreads[1], *families)


@dataclass(frozen=True)
class _Fit:
    """Centres (12, N_CODES) and spreads (N_CODES,) of levels over all beats, and of strongest single beats."""

    centres: tuple[FloatArray, FloatArray]
    spreads: tuple[FloatArray, FloatArray]


def _levels(points: FloatArray, codes: Codes, rate_hz: float, floors: FloatArray) -> Values:
    """(4, 12, N_CODES) levels and strongest single beats of a window by phase, and the same with beats ignored."""
    known, unknown = (window_levels(points, of, rate_hz, floors) for of in (codes, np.full_like(codes, UNKNOWN)))
    return np.stack([known.cells, _strongest(known), unknown.cells, _strongest(unknown)])


def _levels_of_lead(file: IO[bytes], n: int) -> Values:
    """(n, 4, N_CODES) from the file of a lead."""
    file.seek(0)
    return np.frombuffer(file.read(), np.float64).reshape(n, 4, N_CODES)


def _fit_each(files: Sequence[IO[bytes]], n: int, members: Sequence[NDArray[np.bool_]]) -> list[_Fit]:
    """The fit of each choice of windows; a phase without a value gets one that nothing can depart from."""
    shape = (len(members), 2, len(files), N_CODES)
    centres, upper = np.empty(shape), np.empty(shape)
    for lead, file in enumerate(files):
        levels = _levels_of_lead(file, n)
        for kind in range(2):
            values = levels[:, kind].copy()
            values[:, UNKNOWN] = levels[:, kind + 2, UNKNOWN]
            for place, rows in enumerate(members):
                centres[place, kind, lead] = np.nanmedian(values[rows], axis=0)
                upper[place, kind, lead] = np.nanpercentile(values[rows], SPREAD_PERCENTILE, axis=0)
    spreads = np.nanmean(upper - centres, axis=2) / ndtri(SPREAD_PERCENTILE / 100)
    spreads = np.where(spreads > 0, spreads, 1.0).astype(np.float32)
    known = np.nan_to_num(centres).astype(np.float32)
    return [_Fit((known[place, 0], known[place, 1]), (spreads[place, 0], spreads[place, 1]))
            for place in range(len(members))]


def _families(
    files: Sequence[IO[bytes]], lead_scores: Values, rests: Sequence[NDArray[np.bool_]], fits: Sequence[_Fit]
) -> tuple[FloatArray, FloatArray]:
    """(n,) sorted, with beats and without: the largest strength in each window, against the windows of other folds."""
    largest = np.full((2, len(lead_scores)), np.nan)
    for lead, file in enumerate(files):
        levels = _levels_of_lead(file, len(lead_scores))
        for rest, fit in zip(rests, fits, strict=True):
            rows = np.flatnonzero(~rest)
            ordered = np.sort(lead_scores[rest, lead]).astype(np.float32)
            lead_z = _normal_quantiles(ordered, lead_scores[rows, lead])
            for which in range(2):
                of_cells = (levels[rows, 2 * which] - fit.centres[0][lead]) / fit.spreads[0]
                alone = (levels[rows, 2 * which + 1] - fit.centres[1][lead]) / fit.spreads[1] - ONE_BEAT_HANDICAP
                strongest = np.nanmax(np.fmax(of_cells, alone) + lead_z[:, None], axis=1)
                largest[which, rows] = np.fmax(largest[which, rows], strongest)
    return np.sort(largest[0]).astype(np.float32), np.sort(largest[1]).astype(np.float32)


def _strongest(levels: WindowLevels) -> Values:
    """(12, N_CODES) the highest level of a single run of each phase; NaN where there is none."""
    strongest = np.full(levels.cells.shape, np.nan)
    codes = np.array([run.code for run in levels.runs])
    for code in np.unique(codes):
        strongest[:, code] = np.nanmax(levels.beats[:, codes == code], axis=1)
    return strongest

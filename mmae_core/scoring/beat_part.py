"""A part of the score: the median beat's shape in twelve leads compared with the normals' shapes.

No network is trained: normals are described by a mean shape that depends on heart rate and by principal components
around it. The pass band is wider than that of the networks, to keep the ST level and QRS notches; lead amplitudes enter
by their square root, and small deflections are enlarged, because the sign of a T wave says more than the height of an R
wave. How shapes are compared was chosen on PTB-XL's folds 1-8 (normals of fold 8 against the abnormal records).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mmae_core.errors import DatasetError, ModelMismatch
from mmae_core.files import JSON_FAULTS
from mmae_core.intervals.detection import detect_beats
from mmae_core.intervals.filters import resampled, zero_phase
from mmae_core.intervals.signal_stretch import Stretch
from mmae_core.record import STANDARD_LEADS, FloatArray
from mmae_core.scoring.part_scores import PartScores
from mmae_core.scoring.preprocess import ModelInput, resample

Array = NDArray[np.float64]

RATE_HZ = 100
BAND_HZ = (0.3, 40.0)
"""Zero-phase pass band. Alone this part reaches an AUROC of .925 (1-25 Hz: .917; 0.15-40 Hz: .925)."""
PAD_S = 9.0
"""Padding with the first and last value on both sides of a window, so that the filter rings little at the ends."""
BEFORE_S, AFTER_S = 0.34, 0.5
"""Stretch around the QRS: from the P wave of a long PR interval to the end of T at most rates."""
FINER = 4
FINE_HZ = RATE_HZ * FINER
"""Beats are aligned at this rate, so that being one sample off changes little."""
THINNED = 8
"""Samples at `FINE_HZ` averaged into one value of a shape."""
N_VALUES = round((BEFORE_S + AFTER_S) * FINE_HZ) // THINNED
INDEPENDENT = (0, 1, 6, 7, 8, 9, 10, 11)
"""I, II and the chest leads. The others follow from them and count only in their own lead's score."""
MIN_BEATS = 3
REFERENCE_MV = 0.2
"""A lead of this RMS keeps its size; others are moved half of the way towards it on a logarithmic scale."""
STRETCH_MV = 0.05
"""Deflections count about linearly below this and about logarithmically above it."""
N_COMPONENTS = 40
FLOOR = 3.0
"""Added to each component's variance, in units of the mean variance; the only variance outside the components."""
MIN_FITTED = 2


@dataclass(frozen=True)
class BeatShapes:
    """Median beats of N windows."""

    values: FloatArray
    """(N, 12, N_VALUES) stretched deflections; NaN in leads that cannot be assessed and in windows without beats."""
    rr_s: Array
    """(N,) median R-R interval; NaN without beats."""


@dataclass(frozen=True)
class BeatNormals:
    """Distribution of the normals' median beats."""

    rate_terms: FloatArray
    """(3, 12, N_VALUES) mean shape: coefficients of 1, of the logarithm of the R-R interval in s, and of its square."""
    spread: FloatArray
    """(12, N_VALUES) standard deviation around it."""
    components: FloatArray
    """(N_COMPONENTS, 8 * N_VALUES) principal directions of the independent leads, of length 1."""
    variances: FloatArray
    """(N_COMPONENTS,) along them."""
    mean_variance: float
    """Mean over all directions."""

    def to_dict(self) -> dict[str, Any]:
        """Plain numbers, fit for JSON."""
        arrays = {name: getattr(self, name) for name in _SHAPES}
        return {"mean_variance": self.mean_variance} | {name: _rounded(array) for name, array in arrays.items()}

    @classmethod
    def from_dict(cls, values: dict[str, Any]) -> BeatNormals:
        """Build from `to_dict`'s form. Raises ModelMismatch, with the reason, if it is none."""
        try:
            with np.errstate(over="ignore"):  # what is too large is refused below
                arrays = {name: np.asarray(values[name], np.float32) for name in _SHAPES}
            normals = cls(mean_variance=float(values["mean_variance"]), **arrays)
        except JSON_FAULTS as error:
            raise ModelMismatch(f"The model's normal beats cannot be read: {error!r}") from error
        if any(arrays[name].shape != shape for name, shape in _SHAPES.items()):
            raise ModelMismatch("The model's normal beats have another shape than this program's.")
        sound = all(np.isfinite(array).all() for array in arrays.values()) and np.isfinite(normals.mean_variance)
        if not sound or normals.spread.min() <= 0 or normals.variances.min() < 0 or normals.mean_variance <= 0:
            raise ModelMismatch("The model's normal beats hold spreads that are not positive numbers.")
        return normals

    def departures(self, shapes: BeatShapes) -> Array:
        """(N, 12, N_VALUES) shapes minus the normals' mean at that rate; NaN as in `shapes`."""
        constant, slope, bend = self.rate_terms.astype(np.float64)
        log_rr = np.log(shapes.rr_s)[:, None, None]
        return np.asarray(shapes.values - (constant + slope * log_rr + bend * log_rr**2))


_SHAPES = {
    "rate_terms": (3, len(STANDARD_LEADS), N_VALUES), "spread": (len(STANDARD_LEADS), N_VALUES),
    "components": (N_COMPONENTS, len(INDEPENDENT) * N_VALUES), "variances": (N_COMPONENTS,),
}


def beat_shapes(inputs: Sequence[ModelInput]) -> BeatShapes:
    """Median beats of prepared windows; NaN where only filtered samples are available or no beats are found."""
    values = np.full((len(inputs), len(STANDARD_LEADS), N_VALUES), np.nan, np.float32)
    rr_s = np.full(len(inputs), np.nan)
    for row, item in enumerate(inputs):
        found = None if item.recorded is None else _median_beat(item.recorded, item.lead_assessable)
        if found is not None:
            beat_mv, rr_s[row] = found
            values[row] = np.where(item.lead_assessable[:, None], _stretched(beat_mv), np.nan)
    return BeatShapes(values, rr_s)


def fit_beats(shapes: BeatShapes) -> BeatNormals:
    """Mean shape by rate, and principal components around it, of normals; those with a lead missing are left out.

    Raises DatasetError if too few remain.
    """
    whole: NDArray[np.bool_] = np.asarray(np.isfinite(shapes.values).all(axis=(1, 2)))
    values, log_rr = shapes.values[whole].astype(np.float64), np.log(shapes.rr_s[whole])
    if len(values) < MIN_FITTED:
        raise DatasetError(f"{len(values)} of {len(whole)} normal records have beats in all leads; the part of the "
                           f"beat needs at least {MIN_FITTED}.")
    terms = np.column_stack([np.ones_like(log_rr), log_rr, log_rr**2])
    weights = np.linalg.lstsq(terms, values.reshape(len(values), -1), rcond=None)[0]
    rest = values - (terms @ weights).reshape(values.shape)
    flat = rest[:, INDEPENDENT].reshape(len(rest), -1)
    variances, directions = np.linalg.eigh(flat.T @ flat / len(flat))
    return BeatNormals(
        rate_terms=weights.reshape(3, *values.shape[1:]).astype(np.float32),
        spread=rest.std(axis=0).astype(np.float32),
        components=directions[:, ::-1][:, :N_COMPONENTS].T.astype(np.float32),
        variances=np.maximum(variances[::-1][:N_COMPONENTS], 0.0).astype(np.float32),
        mean_variance=float(variances.mean()),
    )


def beat_part(shapes: BeatShapes, normals: BeatNormals) -> PartScores:
    """Logarithms of the squared distance from the normals: of records along components, of leads value by value.

    A missing lead counts as the normals' mean; NaN where there are no beats.
    """
    departures = normals.departures(shapes)
    with np.errstate(divide="ignore"):
        leads = np.log(np.square(departures / normals.spread).mean(axis=2))
    flat = departures[:, INDEPENDENT].reshape(len(departures), -1)
    known = np.isfinite(flat).any(axis=1)
    flat = np.where(np.isfinite(flat), flat, 0.0)
    floor = FLOOR * normals.mean_variance
    along = flat @ normals.components.T.astype(np.float64)
    beyond = np.maximum(np.square(flat).sum(axis=1) - np.square(along).sum(axis=1), 0.0)
    distance = (np.square(along) / (normals.variances + floor)).sum(axis=1) + beyond / floor
    return PartScores(np.where(known, np.log(np.maximum(distance, np.finfo(np.float32).tiny)), np.nan), leads)


def _median_beat(stretch: Stretch, assessable: NDArray[np.bool_]) -> tuple[Array, float] | None:
    """(12, samples) in mV at `FINE_HZ` around the QRS, and the median R-R interval in s; None without beats."""
    signal = _wide_band(stretch)
    beats = detect_beats(signal[assessable], RATE_HZ) if assessable.any() else np.empty(0, np.int64)
    if len(beats) < MIN_BEATS:
        return None
    fine = resampled(signal, RATE_HZ, FINE_HZ)
    seen = [lead for lead in INDEPENDENT if assessable[lead]] or np.flatnonzero(assessable).tolist()
    places = _aligned(np.gradient(fine[seen], axis=1), beats * FINER)
    before, after = round(BEFORE_S * FINE_HZ), round(AFTER_S * FINE_HZ)
    places = places[(places >= before) & (places + after <= fine.shape[1])]
    if len(places) < MIN_BEATS - 1:
        return None
    around = fine[:, places[:, None] + np.arange(-before, after)]
    return np.median(around, axis=1), float(np.median(np.diff(beats))) / RATE_HZ


def _aligned(slopes: Array, beats: NDArray[np.int64]) -> NDArray[np.int64]:
    """Where the QRS of each beat has its middle, at `FINE_HZ`; beats at an end are left out.

    Beats are moved by up to 40 ms to where the slopes of all leads match their median best; the middle is the centre
    of the median's squared slopes, which depends on no single sample.
    """
    half, reach = round(0.08 * FINE_HZ), round(0.04 * FINE_HZ)
    inside = beats[(beats >= half + reach) & (beats + half + reach < slopes.shape[1])]
    shifts, around = np.arange(-reach, reach + 1), np.arange(-half, half)
    places = inside
    if not len(inside):
        return np.empty(0, np.int64)
    windows = np.lib.stride_tricks.sliding_window_view(slopes, len(around), axis=1)
    shifted = windows[:, inside[:, None] + shifts - half]  # (leads, beats, shifts, width)
    for _ in range(2):
        median = np.median(slopes[:, places[:, None] + around], axis=1)
        places = inside + shifts[np.einsum("lbst,lt->bs", shifted, median).argmax(axis=1)]
    for _ in range(2):
        places = np.clip(places, half, slopes.shape[1] - half)
        power = np.square(np.median(slopes[:, places[:, None] + around], axis=1)).sum(axis=0)
        places = places + round(float((power * around).sum() / max(power.sum(), 1e-12)))
    return np.asarray(places, np.int64)


def _stretched(beat_mv: Array) -> FloatArray:
    """(12, N_VALUES) from (12, samples): centred, averaged down, lead sizes compressed, small values enlarged."""
    centred = beat_mv - beat_mv.mean(axis=1, keepdims=True)
    thinned = centred.reshape(len(centred), -1, THINNED).mean(axis=2)
    rms = np.sqrt(np.square(thinned).mean(axis=1, keepdims=True) + 1e-6)
    return np.asarray(np.arcsinh(thinned / np.sqrt(rms * REFERENCE_MV) * (REFERENCE_MV / STRETCH_MV)), np.float32)


def _wide_band(stretch: Stretch) -> Array:
    """(12, samples) in mV at `RATE_HZ`, in the order of `STANDARD_LEADS`, gaps bridged by straight lines."""
    rows = stretch.mv[[stretch.lead_names.index(lead) for lead in STANDARD_LEADS]].astype(np.float64)
    at = np.arange(rows.shape[1])
    for row in rows:
        finite = np.isfinite(row)
        if not finite.all():
            row[:] = np.interp(at, at[finite], row[finite]) if finite.any() else 0.0
    rows -= np.median(rows, axis=1, keepdims=True)
    rows = resample(rows, stretch.rate_hz, RATE_HZ, round(rows.shape[1] / stretch.rate_hz * RATE_HZ))
    padding = min(round(PAD_S * RATE_HZ), rows.shape[1] - 1)
    for limit_hz, kind in zip(BAND_HZ, ("highpass", "lowpass"), strict=True):
        rows = zero_phase(limit_hz, kind, RATE_HZ)(rows, padding, is_held=True)
    return rows


def _rounded(array: FloatArray) -> Any:
    """Nested lists with five digits, far finer than the spread of normals."""
    digits = np.array([float(f"{value:.5g}") for value in array.ravel()])
    return digits.reshape(array.shape).tolist()

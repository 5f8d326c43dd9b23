"""From millivolts at any rate to the scaled 10-s windows the model takes.

The chain equals that of the published benchmark (Jiang et al. 2023): its "35 Hz notch" has Q = 0.005 and is an
identity, so a zero-phase high-pass at 1 Hz and a zero-phase low-pass at 25 Hz remain. The result is the model's input
only: its bandwidth is not diagnostic and it is never shown as the ECG.
"""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property, lru_cache
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from mmae_core.config import PreprocessConfig, Scale
from mmae_core.errors import UnsupportedRecord
from mmae_core.intervals.measure import examine_signal
from mmae_core.intervals.results import Examination
from mmae_core.intervals.signal_stretch import Stretch
from mmae_core.messages import Message
from mmae_core.record import (
    STANDARD_LEADS,
    EcgRecord,
    FloatArray,
    require_model_leads,
    require_model_length,
    window_samples,
)
from mmae_core.scipy_parts import butter, resample_poly, sosfiltfilt
from mmae_core.signals.quality_rules import FLAT_RANGE_MV

PublishedScale = Literal["minmax", "none"]
"""How the published benchmark's code scales an array: each lead to [-1, 1], or not at all."""

CONSTANT_RUN_S = 2.0
"""A lead that repeats one exact value for this long is disconnected or saturated there."""
ROOT_REFERENCE_MV = 0.2
"""Standard deviation that `scale="root"` maps to 1: that of a typical normal ECG in the pass band."""
FILTER_PADDING_S = 2.0
"""Padding with the first and last value while filtering: 2 s are the reach of a 1-Hz high-pass. SciPy's default padding
of 9 samples flagged one normal ECG in five at its end."""
END_HELD_S = 0.12
"""The last samples of a recording are replaced by the one before them: files of PTB-XL ring there at 100 Hz and are
constant for 0.1 s at 500 Hz, which alone changed the percentile of the same ECG by up to 19 points."""
END_TOLERANCE_S = 0.02
"""What a record lasts beyond its last window without getting another: two samples at 100 Hz."""
HALF_SAMPLE_S = 0.005
"""At 100 Hz; a record that lacks less than half a sample of a window has its samples."""
MAX_RANGE_MV = 40.0
"""If the median lead's 1st to 99th percentile spans more than this, the unit is not mV; a file in µV always does."""
MIN_VALID_SHARE = 0.5
"""A lead with fewer valid samples than this share of a window is not assessed at all."""


@dataclass(frozen=True)
class ModelInput:
    """One window, ready for the model."""

    signal: FloatArray
    """(12, n_samples) filtered and scaled; zero where a lead is not assessable."""
    assessable: NDArray[np.bool_]
    """(12, n_samples) False where the lead is flat, saturated, disconnected or marked invalid."""
    scale_mv: FloatArray
    """(12,) millivolts per unit of `signal`."""
    offset_mv: FloatArray
    """(12,) millivolts at 0 of `signal`, in the filtered signal."""
    start_s: float
    notes: tuple[str, ...]
    """Plain sentences on what cannot be assessed and why."""
    low_leads: Mapping[str, float] = field(default_factory=dict)
    """Leads below `min_lead_std_mv`, with the range of their filtered signal in mV: flat, or too small a signal."""
    recorded: Stretch | None = field(default=None, repr=False)
    """The window as recorded, for measurements; None where only filtered samples were available."""
    ahead_s: float = math.inf
    """Seconds of the recording before the window; infinity if only the window is available."""
    behind_s: float = math.inf
    """Seconds after it."""

    @cached_property
    def examination(self) -> Examination | None:
        """Beats and wave boundaries of the recorded window, measured on first use; None without `recorded`."""
        if self.recorded is None:
            return None
        recorded = self.recorded
        return examine_signal(recorded.mv, recorded.rate_hz, recorded.lead_names, recorded.start_s)

    @property
    def lead_assessable(self) -> NDArray[np.bool_]:
        """(12,) True where any part of the lead can be assessed."""
        return np.asarray(self.assessable.any(axis=1))


def window_starts_s(duration_s: float, config: PreprocessConfig) -> tuple[float, ...]:
    """Starts of the overlapping windows that cover a record; the last one ends with the record.

    A few samples at the end do not get a window of their own, which would be nearly the one before: 10.002 s are one
    window. Raises UnsupportedRecord if the record is shorter than one window.
    """
    if duration_s < config.window_s - HALF_SAMPLE_S:
        raise UnsupportedRecord(
            f"The record lasts {duration_s:.6g} s; the model needs {config.window_s:g} s. "
            "Its traces can be viewed, but it cannot be assessed.",
            code="short",
        )
    last = max(0.0, duration_s - config.window_s)
    n_full = math.floor(last / config.hop_s + 1e-9) + 1
    starts = [index * config.hop_s for index in range(n_full)]
    if last - starts[-1] > END_TOLERANCE_S:
        starts.append(last)
    return tuple(starts)


def prepare(record: EcgRecord, config: PreprocessConfig, start_s: float = 0.0) -> ModelInput:
    """Read one window of a record and make it the model's input.

    Every window is filtered by itself, as the 10-s records of the training data were, so that a window's
    numbers do not depend on how much of the record was read around it.

    Raises UnsupportedRecord if leads are missing, the window does not fit into the record, or the record is sampled
    too slowly to hold the model's pass band.
    """
    require_model_leads(record)
    require_model_length(record, config.window_s)
    if record.sampling_rate_hz < 2 * config.lowpass_hz:
        raise UnsupportedRecord(
            f"{record.name} is sampled at {record.sampling_rate_hz:g} Hz; the model needs at least "
            f"{2 * config.lowpass_hz:g} Hz, because it looks at frequencies up to {config.lowpass_hz:g} Hz. "
            "Its traces can be viewed, but it cannot be assessed.",
            code="rate",
        )
    if not -1e-6 <= start_s <= record.duration_s - config.window_s + 0.5 / record.sampling_rate_hz + 1e-6:
        raise UnsupportedRecord(
            f"A window of {config.window_s:g} s from {start_s:g} s on does not fit into {record.name}, which lasts "
            f"{record.duration_s:.2f} s."
        )
    first = round(start_s * record.sampling_rate_hz)
    count = window_samples(config.window_s, record.sampling_rate_hz)
    first = max(0, min(first, record.n_samples - count))
    signal_mv = record.read(first, first + count)
    if record.is_filtered:
        return dataclasses.replace(prepare_filtered(signal_mv, record.sampling_rate_hz, config), start_s=start_s)
    rate = record.sampling_rate_hz
    is_last = first + count >= record.n_samples
    window = prepare_window(signal_mv, rate, config, start_s, ends_recording=is_last)
    return dataclasses.replace(
        window, recorded=Stretch(signal_mv, rate, tuple(record.lead_names), first / rate),
        ahead_s=first / rate, behind_s=max(0, record.n_samples - first - count) / rate,
    )


def prepare_window(
    signal_mv: FloatArray, sampling_rate_hz: float, config: PreprocessConfig, start_s: float = 0.0, *,
    ends_recording: bool = True,
) -> ModelInput:
    """Make one window of 12 leads in mV, float32 (12, samples) with NaN where invalid, the model's input.

    If the recording ends with the window, its last `END_HELD_S` are ignored. Raises UnsupportedRecord if leads or
    duration differ from the configuration, or the values cannot be in mV.
    """
    _require_window(signal_mv, sampling_rate_hz, config)
    n_samples = round(config.window_s * config.sampling_rate_hz)
    filled = _fill_gaps(signal_mv.astype(np.float64), ~np.isfinite(signal_mv))
    held = round(END_HELD_S * sampling_rate_hz)
    if ends_recording and held:
        filled[:, -held:] = filled[:, -held - 1, None]
    filtered = bandpass(resample(filled, sampling_rate_hz, config.sampling_rate_hz, n_samples), config)
    return _scaled_window(signal_mv, sampling_rate_hz, filtered, config, start_s)


def prepare_filtered(signal_mv: FloatArray, sampling_rate_hz: float, config: PreprocessConfig) -> ModelInput:
    """Make an already filtered window, float32 (12, samples) in mV, the model's input.

    For the arrays of the published benchmark: resampled where the model works at another rate, scaled as the
    configuration says, never filtered a second time. Raises UnsupportedRecord as `prepare_window` does.
    """
    _require_window(signal_mv, sampling_rate_hz, config)
    n_samples = round(config.window_s * config.sampling_rate_hz)
    filled = _fill_gaps(signal_mv.astype(np.float64), ~np.isfinite(signal_mv))
    filtered = resample(filled, sampling_rate_hz, config.sampling_rate_hz, n_samples)
    return _scaled_window(signal_mv, sampling_rate_hz, filtered, config, 0.0)


def prepare_as_published(
    signal_mv: FloatArray, sampling_rate_hz: float, config: PreprocessConfig, scale: PublishedScale
) -> ModelInput:
    """Make a filtered window the model's input with the scaling of the benchmark's code instead of the model's.

    Every lead is taken as assessable, flat or not, as that code does; one without two different values, or with an
    invalid sample, cannot be scaled and is not. Source: `PixelTestSet` (minmax) and `TestSet` (none) of ECGAD. Raises
    UnsupportedRecord as `prepare_window` does.
    """
    _require_window(signal_mv, sampling_rate_hz, config)
    n_samples = round(config.window_s * config.sampling_rate_hz)
    usable = np.isfinite(signal_mv).all(axis=1) & (signal_mv.max(axis=1) > signal_mv.min(axis=1))
    filled = _fill_gaps(signal_mv.astype(np.float64), ~np.isfinite(signal_mv))
    signal = resample(filled, sampling_rate_hz, config.sampling_rate_hz, n_samples)
    offset_mv, scale_mv = np.zeros(len(signal)), np.ones(len(signal))
    scaled = np.where(usable[:, None], signal, 0.0)
    if scale == "minmax":
        scaled, offset_mv, scale_mv = _scale(signal, usable, "minmax")
    unusable = [lead for lead, good in zip(STANDARD_LEADS, usable, strict=True) if not good]
    return ModelInput(
        signal=scaled.astype(np.float32),
        assessable=np.repeat(usable[:, None], n_samples, axis=1),
        scale_mv=scale_mv.astype(np.float32),
        offset_mv=offset_mv.astype(np.float32),
        start_s=0.0,
        notes=(Message("{leads} not assessed: constant or invalid", leads=", ".join(unusable)),) if unusable else (),
    )


def _require_window(signal_mv: FloatArray, sampling_rate_hz: float, config: PreprocessConfig) -> None:
    n_leads = len(STANDARD_LEADS)
    if signal_mv.ndim != 2 or len(signal_mv) != n_leads:
        raise UnsupportedRecord(f"A window is an array of {n_leads} leads, in the order {', '.join(STANDARD_LEADS)}, "
                                f"and samples; found the shape {signal_mv.shape}.")
    if signal_mv.dtype.kind not in "fiu" or not 0 < sampling_rate_hz < np.inf:
        raise UnsupportedRecord(f"A window holds numbers in mV at a rate above 0 Hz; found {signal_mv.dtype} at "
                                f"{sampling_rate_hz} Hz.")
    wanted = config.window_s * sampling_rate_hz
    if abs(signal_mv.shape[1] - wanted) > 1 + 1e-6 * wanted:
        raise UnsupportedRecord(f"A window lasts {config.window_s:g} s, {wanted:g} samples at {sampling_rate_hz:g} Hz; "
                                f"found {signal_mv.shape[1]} samples.")
    known = np.where(np.isfinite(signal_mv), signal_mv, 0.0)
    range_mv = float(np.median(np.subtract(*np.percentile(known, [99, 1], axis=1))))
    if range_mv > MAX_RANGE_MV:
        raise UnsupportedRecord(f"The median lead ranges over {range_mv:g} mV, which no ECG does: the samples are "
                                "probably in µV or in converter steps. Divide them first.")


def _scaled_window(
    signal_mv: FloatArray, sampling_rate_hz: float, filtered: NDArray[np.float64], config: PreprocessConfig,
    start_s: float,
) -> ModelInput:
    """The model's input from a window as read (12, samples) and as filtered (12, n_samples)."""
    n_samples = filtered.shape[1]
    invalid = ~np.isfinite(signal_mv)
    constant = _constant_runs(signal_mv, round(CONSTANT_RUN_S * sampling_rate_hz))
    assessable = ~_resize_mask(invalid | constant, config.sampling_rate_hz / sampling_rate_hz, n_samples)
    flat = filtered.std(axis=1) < config.min_lead_std_mv
    sparse = assessable.mean(axis=1) < MIN_VALID_SHARE
    assessable[flat | sparse] = False
    range_mv = np.ptp(filtered, axis=1)
    scaled, offset_mv, scale_mv = _scale(filtered, ~(flat | sparse), config.scale)
    return ModelInput(
        signal=scaled.astype(np.float32),
        assessable=assessable,
        scale_mv=scale_mv.astype(np.float32),
        offset_mv=offset_mv.astype(np.float32),
        start_s=start_s,
        notes=_notes(invalid, constant, flat, sparse, range_mv),
        low_leads={lead: float(range_mv[place]) for place, lead in enumerate(STANDARD_LEADS) if flat[place]},
    )


def slow_part(signal_mv: FloatArray, sampling_rate_hz: float, config: PreprocessConfig) -> FloatArray:
    """(12, n_samples) in mV: the baseline that the high-pass removes from a window (12, samples), NaN where invalid.

    At the model's rate and zero-phase, so that it can be added to the model's input again.
    """
    n_samples = round(config.window_s * config.sampling_rate_hz)
    filled = _fill_gaps(signal_mv.astype(np.float64), ~np.isfinite(signal_mv))
    signal = resample(filled, sampling_rate_hz, config.sampling_rate_hz, n_samples)
    fast = _zero_phase(_filters(config)[0], signal, config.sampling_rate_hz)
    slow: FloatArray = (signal - fast).astype(np.float32)
    return slow


def filtered_mv(item: ModelInput) -> FloatArray:
    """(12, n_samples) the filtered window in mV, whatever its scale; zero where a lead cannot be assessed at all."""
    signal_mv = item.signal * item.scale_mv[:, None] + item.offset_mv[:, None]
    return np.where(item.lead_assessable[:, None], signal_mv, 0.0).astype(np.float32)


def rescaled(item: ModelInput, scale_by: Scale) -> FloatArray:
    """(12, n_samples) the filtered window in another scale than the one it was prepared with."""
    scaled, _, _ = _scale(filtered_mv(item).astype(np.float64), item.lead_assessable, scale_by)
    return scaled.astype(np.float32)


def resample(
    signal: NDArray[np.float64], rate_hz: float, target_hz: float, n_samples: int
) -> NDArray[np.float64]:
    """Polyphase resampling of (leads, samples) to `target_hz`, trimmed or edge-padded to `n_samples`."""
    ratio = Fraction(target_hz / rate_hz).limit_denominator(1000)
    if ratio != 1:
        signal = resample_poly(signal, ratio.numerator, ratio.denominator, axis=1, padtype="edge")
    missing = n_samples - signal.shape[1]
    if missing > 0:
        signal = np.pad(signal, ((0, 0), (0, missing)), mode="edge")
    return np.ascontiguousarray(signal[:, :n_samples])


def bandpass(signal: NDArray[np.float64], config: PreprocessConfig) -> NDArray[np.float64]:
    """Zero-phase Butterworth high-pass, then low-pass, of (leads, samples)."""
    for sos in _filters(config):
        signal = _zero_phase(sos, signal, config.sampling_rate_hz)
    return signal


def _zero_phase(sos: NDArray[np.float64], signal: NDArray[np.float64], rate_hz: float) -> NDArray[np.float64]:
    padding = min(round(FILTER_PADDING_S * rate_hz), signal.shape[1] - 1)
    filtered: NDArray[np.float64] = sosfiltfilt(sos, signal, axis=1, padtype="constant", padlen=padding)
    return filtered


@lru_cache
def _filters(config: PreprocessConfig) -> tuple[NDArray[np.float64], ...]:
    order, rate = config.filter_order, config.sampling_rate_hz
    return (
        butter(order, config.highpass_hz, "highpass", fs=rate, output="sos"),
        butter(order, config.lowpass_hz, "lowpass", fs=rate, output="sos"),
    )


def _scale(
    signal: NDArray[np.float64], usable: NDArray[np.bool_], scale_by: Scale
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Scaled signal, offset and scale in mV per lead; unusable leads become zero."""
    n_leads = len(signal)
    if scale_by == "zscore":
        offset, scale = signal.mean(axis=1), signal.std(axis=1)
    elif scale_by == "minmax":
        low, high = signal.min(axis=1), signal.max(axis=1)
        offset, scale = (high + low) / 2, (high - low) / 2
    else:
        offset = np.zeros(n_leads)
        spread = signal[usable].std() if usable.any() else 1.0
        scale = np.full(n_leads, spread if scale_by == "record" else math.sqrt(spread * ROOT_REFERENCE_MV))
    scale = np.where(usable & (scale > 0), scale, 1.0)
    scaled = (signal - offset[:, None]) / scale[:, None]
    scaled[~usable] = 0.0
    return scaled, offset, scale


def _fill_gaps(signal: NDArray[np.float64], invalid: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Invalid samples replaced by a straight line between their neighbours; a lead without any valid one by zero."""
    if not invalid.any():
        return signal
    positions = np.arange(signal.shape[1])
    for lead, bad in zip(signal, invalid, strict=True):
        if bad.all():
            lead[:] = 0.0
        elif bad.any():
            lead[bad] = np.interp(positions[bad], positions[~bad], lead[~bad])
    return signal


def _constant_runs(signal: FloatArray, min_length: int) -> NDArray[np.bool_]:
    """True on samples (leads, samples) inside a run of at least `min_length` equal values."""
    mask = np.zeros(signal.shape, bool)
    same = signal[:, 1:] == signal[:, :-1]
    for lead, equal in enumerate(same):
        edges = np.flatnonzero(np.diff(np.concatenate(([0], equal.view(np.int8), [0]))))
        starts, ends = edges[::2], edges[1::2]
        long = ends - starts + 1 >= min_length  # a recording in whole steps has thousands of short runs
        for start, end in zip(starts[long], ends[long], strict=True):
            mask[lead, start : end + 1] = True
    return mask


def _resize_mask(mask: NDArray[np.bool_], ratio: float, n_samples: int) -> NDArray[np.bool_]:
    """A mask (leads, samples) at `ratio` times its rate.

    True where an output sample lies nearer to a True input sample than one sample of the lower of the two rates.
    """
    resized = np.zeros((len(mask), n_samples), bool)
    reach = max(1.0, ratio)
    for lead, row in zip(mask, resized, strict=True):
        edges = np.flatnonzero(np.diff(np.concatenate(([0], lead.view(np.int8), [0]))))
        for start, end in zip(edges[::2], edges[1::2], strict=True):
            first = math.floor(start * ratio - reach + 1e-6) + 1
            last = math.ceil((end - 1) * ratio + reach - 1e-6) - 1
            row[max(0, first) : max(0, last + 1)] = True
    return resized


def _notes(
    invalid: NDArray[np.bool_],
    constant: NDArray[np.bool_],
    flat: NDArray[np.bool_],
    sparse: NDArray[np.bool_],
    range_mv: NDArray[np.float64],
) -> tuple[str, ...]:
    """Notes on leads that cannot be assessed. `flat` leads whose filtered signal still varies are called too small."""
    partly, small = ~(flat | sparse), flat & (range_mv >= FLAT_RANGE_MV)

    def names(leads: NDArray[np.bool_]) -> str:
        return ", ".join(lead for lead, bad in zip(STANDARD_LEADS, leads, strict=True) if bad)

    reasons: tuple[tuple[NDArray[np.bool_], Callable[[str], Message]], ...] = (
        (flat & ~small, lambda leads: Message("{leads} not assessed: flat or missing", leads=leads)),
        (small, lambda leads: Message("{leads} not assessed: too small (up to {range_mv:.2f} mV)", leads=leads,
                                      range_mv=float(range_mv[small].max()))),
        (sparse & ~flat, lambda leads: Message("{leads} not assessed: too few valid samples", leads=leads)),
        (partly & invalid.any(axis=1),
         lambda leads: Message("{leads} partly not assessed: invalid samples", leads=leads)),
        (partly & constant.any(axis=1),
         lambda leads: Message("{leads} partly not assessed: constant, disconnected or saturated", leads=leads)),
    )
    return tuple(say(names(leads)) for leads, say in reasons if leads.any())

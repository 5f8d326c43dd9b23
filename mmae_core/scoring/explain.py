"""Explains the score of a 10-s window: the expected trace, each part of map and score, and every masked pass."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from mmae_core.assessment import WindowAssessment
from mmae_core.config import PreprocessConfig
from mmae_core.record import STANDARD_LEADS, EcgRecord, FloatArray, window_samples
from mmae_core.scoring.aggregate import branch_scores, smooth
from mmae_core.scoring.assessor import Assessor, without_ends
from mmae_core.scoring.masked_passes import PassPredictions
from mmae_core.scoring.preprocess import ModelInput, filtered_mv, prepare, slow_part
from mmae_core.scoring.scored_windows import ScoredWindows

GLOBAL, LOCAL, SEGMENTS = "global", "local", "segments"


@dataclass(frozen=True)
class LeadParts:
    """The parts of one lead's score in a window."""

    lead: str
    percentile: float
    """Percentile of the lead's score among normals, 0..100; NaN if it was not assessed."""
    branches: tuple[float, float]
    """Pooled error of the global and of the local branch (see `ScoreConfig`); NaN if not assessed."""
    z_scores: Mapping[str, float]
    """z-score of each part among normals; empty for a model of one part."""
    rms_residual_mv: float
    """Root mean square of recorded minus expected in the model's pass band; NaN if nothing was expected."""


@dataclass(frozen=True)
class MaskedPass:
    """One masked pass over a window: the hidden segments, their reconstruction and its error."""

    global_segments: tuple[int, ...]
    """Hidden in the window, ascending; a segment is all leads of `segment_s` seconds."""
    local_segments: tuple[int, ...]
    """Hidden in the region."""
    region: tuple[int, int]
    """First segment of the local region, and the one after its last."""
    global_mv: FloatArray
    """(12, samples) restored by the global branch in the model's pass band; NaN elsewhere."""
    local_mv: FloatArray
    """The same for the local branch."""
    error_mv: tuple[float, float]
    """Root mean square difference from the model's input of both branches; NaN if nothing assessable was hidden."""


@dataclass(frozen=True)
class Explanation:
    """Everything behind the score of one window. Traces are in mV, but of the model's pass band, not of the recording:
    filtered, and at each segment's own mean and spread, which the model does not predict."""

    start_s: float
    rate_hz: float
    """Sampling rate of all traces and maps: the model's."""
    pass_band_hz: tuple[float, float]
    segment_s: float
    input_mv: FloatArray
    """(12, samples) what the model was given, scaled back to mV; NaN where not assessed."""
    expected_mv: FloatArray
    """(12, samples) mean reconstruction of all passes; NaN where there is none or where not assessed."""
    slow_mv: FloatArray
    """(12, samples) the recording's slow baseline, which the model's filter removes; 0 if the input came filtered. Add
    it to the model's traces to draw them over the recorded one."""
    maps: Mapping[str, FloatArray]
    """(12, samples) each, smoothed as the map is: the branches `global` and `local` and the parts of the map, in units
    of the strongest point of the part's map in the median normal's lead (`global` and `local`: of both together)."""
    score: FloatArray
    """(12, samples) the whole map, in which findings are searched."""
    leads: tuple[LeadParts, ...]
    """All of `STANDARD_LEADS`, in order."""
    window: WindowAssessment
    z_scores: Mapping[str, float]
    """As `LeadParts.z_scores`, for the record."""
    model_name: str
    _item: ModelInput = dataclasses.field(repr=False)
    _predictions: PassPredictions = dataclasses.field(repr=False)
    _region_starts: tuple[int, ...] = dataclasses.field(repr=False)
    _region_length: int = 0

    @property
    def n_samples(self) -> int:
        return int(self.input_mv.shape[1])

    @property
    def end_s(self) -> float:
        return self.start_s + self.n_samples / self.rate_hz

    @property
    def n_passes(self) -> int:
        return len(self._region_starts)

    @cached_property
    def residual_mv(self) -> FloatArray:
        """(12, samples) input minus expected trace."""
        return self.input_mv - self.expected_mv

    def masked_pass(self, index: int) -> MaskedPass:
        """Pass `index` of `n_passes`. Raises IndexError."""
        if not 0 <= index < self.n_passes:
            raise IndexError(f"there are {self.n_passes} passes, 0 to {self.n_passes - 1}; not {index}")
        found = self._predictions
        segments, traces, errors = [], [], []
        for masked, values in (
            (found.global_masked, found.global_values), (found.local_masked, found.local_values)
        ):
            hidden = tuple(int(segment) for segment in masked[index])
            trace = self._trace(hidden, values[0, index].float().cpu().numpy())
            segments.append(hidden)
            traces.append(trace)
            errors.append(_rms(trace - self.input_mv))
        start = self._region_starts[index]
        return MaskedPass(
            segments[0], segments[1], (start, start + self._region_length), traces[0], traces[1], (errors[0], errors[1])
        )

    def _trace(self, segments: tuple[int, ...], values: FloatArray) -> FloatArray:
        """(12, samples) in mV of restored segments (m, 1500); NaN elsewhere."""
        item = self._item
        length = round(self.segment_s * self.rate_hz)
        trace = np.full(self.input_mv.shape, np.nan, np.float32)
        for segment, restored in zip(segments, values, strict=True):
            place = slice(segment * length, (segment + 1) * length)
            trace[:, place] = restored.reshape(len(STANDARD_LEADS), length) * item.scale_mv[:, None]
            trace[:, place] += item.offset_mv[:, None]
        trace[~item.assessable] = np.nan
        return trace


def explain(assessor: Assessor, record: EcgRecord, start_s: float) -> Explanation:
    """Explain the window that begins at `start_s`, moved so that it lies in the record.

    The window's score is that of the window alone; the map of a long record is a mean over overlapping windows. Raises
    UnsupportedRecord (too short, leads missing) and UnreadableRecord (files damaged).
    """
    config = assessor.model.config
    latest = max(0.0, record.duration_s - config.preprocess.window_s)
    item = prepare(record, config.preprocess, min(max(start_s, 0.0), latest))
    scored = assessor.score_windows([item], detailed=True)
    assert scored.expected is not None, "the expected trace was asked for"
    rate_hz = config.preprocess.sampling_rate_hz
    input_mv = np.where(item.assessable, filtered_mv(item), np.nan).astype(np.float32)
    expected = scored.expected[0] * item.scale_mv[:, None] + item.offset_mv[:, None]
    expected_mv = np.where(item.assessable, expected, np.nan).astype(np.float32)
    return Explanation(
        start_s=item.start_s,
        rate_hz=rate_hz,
        pass_band_hz=(config.preprocess.highpass_hz, config.preprocess.lowpass_hz),
        segment_s=config.model.segment_length / config.preprocess.sampling_rate_hz,
        input_mv=input_mv,
        expected_mv=expected_mv,
        slow_mv=_slow(record, item, config.preprocess),
        maps={name: without_ends(points[None], (item,), rate_hz)[0]
              for name, points in _maps(assessor, scored).items()},
        score=without_ends(scored.points, (item,), rate_hz)[0],
        leads=_leads(assessor, scored, input_mv - expected_mv),
        window=assessor.describe(scored)[0],
        z_scores=_z_scores(assessor, scored),
        model_name=assessor.model.name,
        _item=item,
        _predictions=assessor.predict_passes(item),
        _region_starts=tuple(int(start) for start in assessor.plan.region_starts),
        _region_length=config.model.region_length,
    )


def _slow(record: EcgRecord, item: ModelInput, config: PreprocessConfig) -> FloatArray:
    if record.is_filtered:
        return np.zeros(item.signal.shape, np.float32)
    rate = record.sampling_rate_hz
    count = window_samples(config.window_s, rate)
    first = max(0, min(round(item.start_s * rate), record.n_samples - count))  # as `prepare` reads it
    return slow_part(record.read(first, first + count), rate, config)


def _maps(assessor: Assessor, scored: ScoredWindows) -> dict[str, FloatArray]:
    """The parts of the map, each divided by its typical peak."""
    model = assessor.model
    score = model.config.score
    assert scored.branch_maps is not None, "the branches' maps come with the expected trace"
    if model.fusion is not None and scored.part_maps:
        units = {name: np.asarray(peaks, np.float32) for name, peaks in model.fusion.map_peaks.items()}
    else:  # the map has one part, whose peaks are the cohort's strongest points
        units = {SEGMENTS: np.median(model.calibration.lead_peaks, axis=1).astype(np.float32)}
    parts = {GLOBAL: scored.branch_maps[0][0], LOCAL: scored.branch_maps[1][0]}
    maps = {
        name: smooth(points, score.smoothing_sigma_samples) / units[SEGMENTS][:, None] for name, points in parts.items()
    }
    for name, points in scored.part_maps.items():
        maps[name] = smooth(points[0], score.smoothing_sigma_samples) / units[name][:, None]
    if SEGMENTS not in maps:
        maps[SEGMENTS] = scored.points[0] / units[SEGMENTS][:, None]
    return {name: values.astype(np.float32) for name, values in maps.items()}


def _leads(assessor: Assessor, scored: ScoredWindows, residual_mv: FloatArray) -> tuple[LeadParts, ...]:
    model, score = assessor.model, assessor.model.config.score
    errors = scored.errors
    assert errors is not None, "details need the masked passes"
    by_branch = [
        branch_scores(values, counts, scored.assessable, score.pooling)[1][0]
        for values, counts in zip(
            errors.branches(score.error_space, score.relative_floor), (errors.global_counts, errors.local_counts),
            strict=True,
        )
    ]
    percentiles = assessor.describe(scored)[0].lead_percentiles
    fusion = model.fusion
    z_scores: dict[str, NDArray[np.float64]] = {}
    if fusion is not None and len(score.parts) > 1:
        for name in score.parts:
            mean, spread = fusion.leads[name]
            z_scores[name] = (scored.parts[name].leads[0] - mean) / spread
    return tuple(
        LeadParts(
            lead, percentiles[index], (float(by_branch[0][index]), float(by_branch[1][index])),
            {name: float(values[index]) for name, values in z_scores.items()}, _rms(residual_mv[index]),
        )
        for index, lead in enumerate(STANDARD_LEADS)
    )


def _z_scores(assessor: Assessor, scored: ScoredWindows) -> dict[str, float]:
    fusion, names = assessor.model.fusion, assessor.model.config.score.parts
    if fusion is None or len(names) < 2:
        return {}
    return {
        name: float((scored.parts[name].records[0] - fusion.records[name][0]) / fusion.records[name][1])
        for name in names
    }


def _rms(values: FloatArray) -> float:
    """Root mean square, ignoring NaN; NaN if all values are."""
    known = values[np.isfinite(values)].astype(np.float64)
    return float(np.sqrt(np.square(known).mean())) if len(known) else float("nan")

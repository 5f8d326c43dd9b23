"""From a record to its anomaly map: read, prepare, score, calibrate, stitch."""

from __future__ import annotations

import dataclasses
import itertools
import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import torch
from numpy.typing import NDArray

from mmae_core.assessment import AnomalyMap, QualityReport, WindowAssessment
from mmae_core.errors import Cancelled, UnsupportedRecord
from mmae_core.messages import JoinedMessage, Message
from mmae_core.model.cross_lead import cross_lead_errors
from mmae_core.model.device import resolve_device
from mmae_core.model.masking import PassPlan, plan_passes
from mmae_core.record import EcgRecord, FloatArray, require_model_leads, require_model_length
from mmae_core.scoring.aggregate import (
    branch_points,
    expected_scaled,
    point_scores,
    segments_assessable,
    smooth,
)
from mmae_core.scoring.checkpoint import TrainedModel, require_parts
from mmae_core.scoring.fusion import PartScores
from mmae_core.scoring.masked_part import masked_part, passes_not_run
from mmae_core.scoring.masked_passes import PassPredictions, WindowErrors, pass_predictions, window_errors
from mmae_core.scoring.phases import Codes, beat_phases
from mmae_core.scoring.preprocess import ModelInput, prepare, rescaled, window_starts_s
from mmae_core.scoring.scored_windows import ScoredWindows, joined, without_unknown
from mmae_core.scoring.shared_passes import SharedPasses
from mmae_core.scoring.stitching import Stitch
from mmae_core.scoring.unmasked_parts import cross_lead_part, measured_parts, parts_known, silent_parts
from mmae_core.signals.quality import assess_quality, with_low_leads

MAX_MISSING_LEADS = 2
"""A window in which more leads cannot be assessed gets no percentile: with V1-V3 flat, one normal ECG in three would
exceed the 95th. Two limb leads nearly perpendicular to the heart's axis may be flat in a healthy person."""
BATCH_WINDOWS = {"cpu": 1}
"""Windows scored at once, by device. One window is 36 passes; on a CPU more windows are no faster and delay
cancelling."""
BATCH_WINDOWS_ELSEWHERE = 4

_Value = TypeVar("_Value")

MAP_STEP = 5
"""Phases are compared on every fifth point of a map: 100 Hz is enough after smoothing over 30 ms."""
END_S = 0.25
"""The first and last segment length of a recording is not assessed, because it has neighbours on one side only. With
0.2 s the strongest point of 4 % of normals lay in the last quarter of a second, where chance puts 2.5 %."""


class Assessor:
    """A trained model on a device, ready to assess records. Not to be shared between threads."""

    def __init__(self, model: TrainedModel, device: str = "auto", *, fitting: bool = False) -> None:
        """Raises ModelMismatch if a part of the score or the map lacks the means and spreads of normals.

        `fitting` allows that while they are being computed: the score is then that of masked segments.
        """
        if not fitting:
            require_parts(model.config, model.fusion, model.name)
        self.model = model
        self._device = resolve_device(device)
        self._network = model.network.to(self._device).eval()
        self._cross_lead = None if model.cross_lead is None else model.cross_lead.to(self._device).eval()
        score, shape = model.config.score, model.config.model
        plan = plan_passes(shape, score.n_passes, score.masks, score.seed)
        self._plan = PassPlan(
            plan.region_starts.to(self._device),
            plan.global_mask.to(self._device),
            plan.local_mask.to(self._device),
        )
        shared = SharedPasses.fits(shape, plan) and self.device == "cpu"  # a GPU is faster with whole batches
        self._passes = SharedPasses(self._network, self._plan) if shared else None

    @property
    def device(self) -> str:
        """`cpu`, `cuda` or `mps`."""
        return self._device.type

    @property
    def batch_windows(self) -> int:
        """How many windows are scored at once."""
        return BATCH_WINDOWS.get(self.device, BATCH_WINDOWS_ELSEWHERE)

    @property
    def plan(self) -> PassPlan:
        """The masked passes that every window goes through."""
        return self._plan

    def predict_passes(self, item: ModelInput) -> PassPredictions:
        """The reconstruction of each masked pass over one prepared window."""
        window = torch.from_numpy(item.signal[None]).to(self._device)
        return pass_predictions(self._network, window, self._plan)

    def mask_segments(self, items: Sequence[ModelInput], *, detailed: bool = False) -> WindowErrors:
        """Errors of all masked passes over prepared windows; `detailed` keeps the reconstructions."""
        windows = torch.from_numpy(np.stack([item.signal for item in items])).to(self._device)
        if self._passes is None or detailed:
            return window_errors(self._network, windows, self._plan, with_expected=detailed)
        return self._passes.errors(windows)

    def score_windows(
        self, inputs: Iterable[ModelInput], *, detailed: bool = False, with_maps: bool = True,
        with_segments: bool = False,
    ) -> ScoredWindows:
        """Score prepared windows; `detailed` asks for the expected trace and the branches' maps too.

        As many at once as suit the device: memory grows with the results alone. Without maps `points` is empty,
        (N, 12, 0), and `part_maps` too. The masked passes run only for what needs them: a score or map with that part,
        details, or `with_segments` (masked-segment scores of a model whose score does without). If they do not run,
        those scores are NaN and `errors` is None. Raises ValueError without any window.
        """
        return joined([self._score_batch(items, detailed, with_maps, with_segments)
                       for items in _batches(inputs, self.batch_windows)])

    def _score_batch(
        self, items: tuple[ModelInput, ...], detailed: bool, with_maps: bool, with_segments: bool
    ) -> ScoredWindows:
        shape, score, fusion = self.model.config.model, self.model.config.score, self.model.fusion
        points_assessable = np.stack([item.assessable for item in items])
        assessable = segments_assessable(points_assessable, shape)
        errors: WindowErrors | None = None
        masked = passes_not_run(assessable)
        parts: dict[str, PartScores] = {}
        if with_segments or detailed or self.needs_passes(with_maps=with_maps):
            errors = self.mask_segments(items, detailed=detailed)
            masked = masked_part(errors, assessable, shape, score)
            parts["segments"] = masked.part
        scores, lead_scores = masked.scores, masked.lead_scores
        is_finite = np.ones(len(items), np.bool_) if masked.errors is None else masked.errors.is_finite
        maps: dict[str, FloatArray] = {}
        if self._cross_lead is not None:
            rooted = torch.from_numpy(np.stack([rescaled(item, "root") for item in items])).to(self._device)
            hidden = cross_lead_errors(self._cross_lead, rooted, assessable, score, with_points=with_maps)
            parts["cross_lead"] = cross_lead_part(hidden)
            is_finite = is_finite & hidden.is_finite
            if with_maps:
                maps["cross_lead"] = np.where(points_assessable, hidden.points, np.nan)
        if fusion is not None:
            parts |= measured_parts(items, fusion, score.parts)
        if score.parts != ("segments",) and fusion is not None:
            fused = fusion.combine({name: parts[name] for name in score.parts}, score.part_weights)
            scores, lead_scores = fused.records, np.where(assessable.any(axis=2), fused.leads, np.nan)
        if maps and errors is not None:
            unsmoothed = dataclasses.replace(score, smoothing_sigma_samples=0.0)
            maps["segments"] = point_scores(errors, points_assessable, shape, unsmoothed)
        if not with_maps:
            points = np.empty((*points_assessable.shape[:2], 0), np.float32)
        elif score.map_parts != ("segments",) and fusion is not None:
            combined = fusion.combine_maps({name: maps[name] for name in score.map_parts})
            points = smooth(combined, score.smoothing_sigma_samples)
        else:
            assert errors is not None, "a map of masked segments needs the passes"
            points = point_scores(errors, points_assessable, shape, score)
        scored = ScoredWindows(
            inputs=items,
            scores=scores,
            global_scores=masked.global_scores,
            local_scores=masked.local_scores,
            lead_scores=lead_scores,
            segments=masked.segments,
            points=points,
            expected=None if errors is None else expected_scaled(errors, shape),
            errors=masked.errors,
            assessable=assessable,
            parts=parts,
            part_maps=maps,
            is_finite=is_finite,
            branch_maps=self._branch_maps(errors, points_assessable) if detailed and errors is not None else None,
        )
        return scored if is_finite.all() else without_unknown(scored)

    def needs_passes(self, *, with_maps: bool) -> bool:
        """Whether the model's score, or its map if that is wanted, has a part computed from masked passes.

        A model whose parts are not yet comparable is scored by masked segments alone.
        """
        score = self.model.config.score
        return (self.model.fusion is None or "segments" in score.parts
                or (with_maps and "segments" in score.map_parts))

    def _branch_maps(
        self, errors: WindowErrors, assessable: NDArray[np.bool_]
    ) -> tuple[FloatArray, FloatArray]:
        branches = branch_points(errors, self.model.config.model, self.model.config.score)
        whole, local = (np.where(assessable, points, np.nan).astype(np.float32) for points in branches)
        return whole, local

    def assess(
        self,
        record: EcgRecord,
        start_s: float = 0.0,
        end_s: float | None = None,
        *,
        with_expected: bool = False,
        progress: Callable[[int, int], None] | None = None,
        should_stop: Callable[[], bool] | None = None,
        preview: Callable[[AnomalyMap], None] | None = None,
    ) -> AnomalyMap:
        """Assess part of a record; the numbers equal those of assessing it whole.

        Windows lie on a fixed grid over the record and overlap; samples are averaged over the windows they are in.
        `progress(done, total)` counts windows. `preview` is given a map as soon as each sample is in one window, which
        half of them are enough for; it asks for a stretch that is short enough to keep all of its windows in memory.
        Raises UnsupportedRecord (too short, leads missing), UnreadableRecord
        (files damaged) and Cancelled once `should_stop()` is true.
        """
        config = self.model.config.preprocess
        require_model_leads(record)
        require_model_length(record, config.window_s)
        rate = record.sampling_rate_hz
        first = max(0, round(start_s * rate))
        last = record.n_samples if end_s is None else min(record.n_samples, round(end_s * rate))
        if last <= first:
            raise UnsupportedRecord(f"{record.name} has nothing between {start_s:g} s and {end_s} s.")
        starts = [
            start
            for start in window_starts_s(record.duration_s, config)
            if start * rate < last and (start + config.window_s) * rate > first
        ]
        is_by_phase = self.model.calibration.phases is not None

        def stitched(pieces: Iterable[_Piece]) -> AnomalyMap:
            stitch = Stitch(first, last, rate, config.window_s, config.sampling_rate_hz, with_expected)
            windows: list[WindowAssessment] = []
            for piece in pieces:
                stitch.add(piece.scored, piece.points)
                if piece.by_phase is not None:
                    stitch.add_phases(piece.scored, *piece.by_phase)
                windows += piece.windows
            score = stitch.scores()
            return AnomalyMap(
                start_s=first / rate,
                sampling_rate_hz=rate,
                score=score,
                percentile=self.model.calibration.point_percentiles(score),
                peak_percentile=stitch.percentiles() if is_by_phase else self.model.calibration.peak_percentiles(score),
                windows=tuple(windows),
                model_name=self.model.name,
                device=self.device,
                expected_mv=stitch.expected() if with_expected else None,
                phases=stitch.phases if is_by_phase else None,
            )

        n_done = 0

        def pieces_of(chosen: Sequence[float], size: int = 1) -> Iterator[_Piece]:
            nonlocal n_done
            for batch in _batches(chosen, size):
                if should_stop and should_stop():
                    raise Cancelled(f"The assessment of {record.name} was cancelled.")
                yield self._piece(record, batch, with_expected=with_expected)
                n_done += len(batch)
                if progress:
                    progress(n_done, len(starts))

        covering = starts if preview is None else covering_starts(starts, first / rate, last / rate, config.window_s)
        if preview is None or len(covering) == len(starts):
            return stitched(pieces_of(starts, self.batch_windows))
        pieces = {piece.start_s: piece for piece in pieces_of(covering)}
        preview(stitched(pieces.values()))
        pieces |= {piece.start_s: piece for piece in pieces_of([start for start in starts if start not in covering])}
        return stitched(pieces[start] for start in sorted(pieces))

    def assess_windows(self, record: EcgRecord) -> tuple[WindowAssessment, ...]:
        """The windows of `assess`, of the whole record, without the cost of its map. Raises as `assess` does."""
        config = self.model.config.preprocess
        require_model_leads(record)
        require_model_length(record, config.window_s)
        found: list[WindowAssessment] = []
        for batch in _batches(window_starts_s(record.duration_s, config), self.batch_windows):
            inputs = (prepare(record, config, start) for start in batch)
            found += self._with_quality(record, self.score_windows(inputs, with_maps=False))
        return tuple(found)

    def _with_quality(self, record: EcgRecord, scored: ScoredWindows) -> list[WindowAssessment]:
        """Windows described, with the quality of their signal."""
        window_s = self.model.config.preprocess.window_s
        return [
            _with_quality(window, with_low_leads(assess_quality(record, window.start_s, window_s), item.low_leads))
            for window, item in zip(self.describe(scored), scored.inputs, strict=True)
        ]

    def _piece(self, record: EcgRecord, starts: Sequence[float], *, with_expected: bool) -> _Piece:
        """Some windows of a record, scored and described."""
        config = self.model.config.preprocess
        scored = self.score_windows((prepare(record, config, start) for start in starts), detailed=with_expected)
        points = without_ends(scored.points, scored.inputs, config.sampling_rate_hz)
        by_phase = None if self.model.calibration.phases is None else self._by_phase(points, scored)
        return _Piece(starts[0], scored, points, by_phase, self._with_quality(record, scored))

    def _by_phase(self, points: FloatArray, scored: ScoredWindows) -> tuple[FloatArray, list[Codes]]:
        """Percentiles (N, 12, samples) of windows' maps and phases (samples,) of each window."""
        calibration, rate_hz = self.model.calibration, self.model.config.preprocess.sampling_rate_hz / MAP_STEP
        phases, percentiles = [], []
        for item, window, leads in zip(scored.inputs, points, scored.lead_scores, strict=True):
            codes = window_phases(item, rate_hz, -(-window.shape[1] // MAP_STEP))
            found = calibration.phase_percentiles(window[:, ::MAP_STEP], codes, rate_hz, leads)
            wide = np.repeat(found, MAP_STEP, axis=1)[:, : window.shape[1]]
            percentiles.append(np.where(np.isfinite(window), wide, np.nan).astype(np.float32))
            phases.append(np.repeat(codes, MAP_STEP)[: window.shape[1]])
        return np.stack(percentiles), phases

    def describe(self, scored: ScoredWindows) -> list[WindowAssessment]:
        """Compare scored windows with the model's normal cohort."""
        calibration = self.model.calibration
        nan = float("nan")
        missing = (~scored.assessable.any(axis=2)).sum(axis=1)
        named = self.model.config.score.parts
        comparable = (missing <= MAX_MISSING_LEADS) & parts_known(scored.parts, named)
        return [
            WindowAssessment(
                start_s=item.start_s,
                score=float(scored.scores[row]),
                global_score=float(scored.global_scores[row]),
                local_score=float(scored.local_scores[row]),
                percentile=calibration.record_percentile(float(scored.scores[row])) if comparable[row] else nan,
                p_value=calibration.p_value(float(scored.scores[row])) if comparable[row] else nan,
                lead_percentiles=tuple(
                    calibration.lead_percentile(lead, float(score))
                    for lead, score in enumerate(scored.lead_scores[row])
                ),
                assessable=tuple(bool(good) for good in scored.assessable[row].any(axis=1)),
                notes=(*item.notes, *_comparison_notes(int(missing[row]), is_finite=bool(scored.is_finite[row])),
                       *silent_parts(scored.parts, named, row)),
            )
            for row, item in enumerate(scored.inputs)
        ]


@dataclass(frozen=True)
class _Piece:
    """One batch of windows."""

    start_s: float
    """Of the first of them."""
    scored: ScoredWindows
    points: FloatArray
    by_phase: tuple[FloatArray, list[Codes]] | None
    windows: list[WindowAssessment]


def covering_starts(starts: Sequence[float], start_s: float, end_s: float, window_s: float) -> list[float]:
    """The fewest of `starts`, ascending, whose windows hold all of the stretch that windows at all of them hold."""
    covering: list[float] = []
    reached_s = start_s
    for index, start in enumerate(starts):
        following = starts[index + 1] if index + 1 < len(starts) else math.inf
        if reached_s < end_s and following > reached_s and start + window_s > reached_s:
            covering.append(start)
            reached_s = start + window_s
    return covering


def without_ends(maps: FloatArray, inputs: Sequence[ModelInput], rate_hz: float) -> FloatArray:
    """Maps (N, 12, samples) of windows, with NaN in the first and last `END_S` of their recordings.

    This includes windows that overlap the ends only in part, so that they do not show what their neighbour hides.
    """
    shown = maps.copy()
    for window, item in zip(shown, inputs, strict=True):
        first, last = (math.ceil(max(0.0, END_S - apart_s) * rate_hz - 1e-6)
                       for apart_s in (item.ahead_s, item.behind_s))
        window[:, :first] = np.nan
        window[:, window.shape[1] - last :] = np.nan
    return shown


def window_phases(item: ModelInput, rate_hz: float, n_samples: int) -> Codes:
    """Phase codes (n_samples,) of a window at a map's rate."""
    if n_samples == 0:
        return np.empty(0, np.int8)
    return beat_phases(item.examination, item.start_s, rate_hz, n_samples)


def _with_quality(window: WindowAssessment, quality: QualityReport) -> WindowAssessment:
    """The window with its signal quality, and notes on how that affects its percentile."""
    notes = [*window.notes, *(suspicion.text for suspicion in quality.suspicions)]
    if not quality.reliable:
        reasons = JoinedMessage("; ", quality.reasons)
        notes.append(Message("percentile unreliable because of signal quality: {reasons}", reasons=reasons))
    return dataclasses.replace(window, quality=quality, notes=tuple(notes))


def _comparison_notes(n_missing: int, *, is_finite: bool) -> tuple[str, ...]:
    if not is_finite:
        return (Message("no percentile: the model or the device it runs on gave numbers that are not finite"),)
    if n_missing > MAX_MISSING_LEADS:
        return (Message("no percentile: {n} leads are not assessed, and the normal cohort is of complete recordings",
                        n=n_missing),)
    if n_missing:
        return (Message("percentile likely too high: the normal cohort is of complete recordings"),)
    return ()


def _batches(values: Iterable[_Value], size: int) -> Iterator[tuple[_Value, ...]]:
    remaining = iter(values)
    while batch := tuple(itertools.islice(remaining, size)):
        yield batch

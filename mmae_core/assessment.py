"""What the model says about a stretch of a record: numbers for windows, leads and samples."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from mmae_core.record import STANDARD_LEADS, FloatArray


@dataclass(frozen=True)
class WindowAssessment:
    """Scores of one 10-s window against the model's normal cohort."""

    start_s: float
    score: float
    """Pooled error of all masked passes (see `ScoreConfig`); NaN if no lead could be assessed."""
    global_score: float
    """The part of the global branch."""
    local_score: float
    """The part of the local branch."""
    percentile: float
    """Share of the normal cohort with a lower score, 0..100; NaN if too many leads are missing to compare."""
    p_value: float
    """Split-conformal: (1 + normals scoring at least as high) / (normals + 1)."""
    lead_percentiles: tuple[float, ...]
    """Per lead of `STANDARD_LEADS`: percentile of its mean error among normals; NaN if not assessed."""
    assessable: tuple[bool, ...]
    """Per lead of `STANDARD_LEADS`."""
    notes: tuple[str, ...]
    """Plain sentences on what was not assessed and why."""

    @property
    def assessable_leads(self) -> tuple[str, ...]:
        return tuple(lead for lead, good in zip(STANDARD_LEADS, self.assessable, strict=True) if good)


@dataclass(frozen=True)
class AnomalyMap:
    """Per-sample anomaly of a stretch, at the record's own sampling rate."""

    start_s: float
    sampling_rate_hz: float
    score: FloatArray
    """(12, samples) smoothed squared error, leads as `STANDARD_LEADS`; NaN where not assessed."""
    percentile: FloatArray
    """(12, samples) percentile among normals' points in the same lead, 0..100; NaN where not assessed."""
    peak_percentile: FloatArray
    """(12, samples) share of normal records, 0..100, that are nowhere as strong in the same lead: what heat and
    findings show, so that nine of ten normal leads show nothing above 90; NaN where not assessed."""
    windows: tuple[WindowAssessment, ...]
    model_name: str
    device: str
    """Where it was computed: `cpu`, `cuda` or `mps`."""
    expected_mv: FloatArray | None = None
    """(12, samples) the model's reconstruction in its own pass band, scaled back to mV; None unless asked for."""

    @property
    def end_s(self) -> float:
        return self.start_s + float(self.score.shape[1]) / self.sampling_rate_hz

    @property
    def strongest_window(self) -> WindowAssessment:
        """The window with the highest score; the first one when none could be assessed."""
        scores = [window.score for window in self.windows]
        return self.windows[int(np.nanargmax(scores)) if np.isfinite(scores).any() else 0]


@dataclass(frozen=True)
class Finding:
    """An interval in one lead that departs from the normal cohort."""

    lead: str
    start_s: float
    end_s: float
    peak_s: float
    """Instant of the highest point."""
    percentile: float
    """Share of normal records, 0..100, whose strongest point in this lead is weaker than this one's peak."""
    peak_score: float

"""Results for a stretch of a record: scores of windows, leads and samples, findings, and signal quality."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from mmae_core.record import STANDARD_LEADS, FloatArray

Verdict = Literal["good", "fair", "poor"]
Layer = Literal["named", "model", "own"]
"""`named`: a measurement outside the normals' range; `model`: what the model could not reconstruct; `own`: a beat that
is unlike the patient's other beats."""
SuspicionKind = Literal[
    "arm-lead-reversal", "calibration-pulse", "late-lead", "limb-leads-disagree", "low-pass", "pacing", "same-leads",
    "wrong-unit",
]


@dataclass(frozen=True)
class LeadQuality:
    """How usable one lead is."""

    lead: str
    """One of `STANDARD_LEADS`."""
    score: float
    """0..1; 1: nothing found, 0: unusable or missing."""
    reasons: tuple[str, ...]
    """Plain words with what was measured ("flat for 8.2 of 10 s"), worst first; empty when nothing was found."""


@dataclass(frozen=True)
class Suspicion:
    """Something about how a record was taken that is not bad signal, but changes what it means."""

    kind: SuspicionKind
    text: str
    """A plain sentence with what was measured."""


@dataclass(frozen=True)
class QualityReport:
    """Signal quality of a stretch of a record by the rules of `mmae_core.signals.quality`; nothing is learnt."""

    start_s: float
    duration_s: float
    score: float
    """0..1 for the whole record; 1 is good."""
    verdict: Verdict
    """`good`; `fair`: something was found, the percentile still counts; `poor`: the percentile does not count."""
    leads: tuple[LeadQuality, ...]
    """All of `STANDARD_LEADS`, in order; a missing one scores 0."""
    reasons: tuple[str, ...]
    """What lowers the score, as text, worst first, with the leads ("V1, V2 flat for up to 8.2 of 10 s")."""
    suspicions: tuple[Suspicion, ...] = ()
    limitations: tuple[str, ...] = ()
    """What cannot be determined with this record's sampling rate, length or leads, as text."""

    @property
    def reliable(self) -> bool:
        """Whether a percentile computed from this stretch counts; if not, show it as unreliable, never as abnormal."""
        return self.verdict != "poor"

    @property
    def lead_scores(self) -> tuple[float, ...]:
        """Per lead of `STANDARD_LEADS`, 0..1."""
        return tuple(lead.score for lead in self.leads)


@dataclass(frozen=True)
class WindowAssessment:
    """Scores of one 10-s window against the model's normal cohort."""

    start_s: float
    score: float
    """Higher: less like a normal ECG (see `ScoreConfig`). A pooled error, or for models of several parts a mean
    z-score, which may be negative; NaN if no lead could be assessed."""
    global_score: float
    """The part of the global branch; NaN where neither the model's score nor its map rests on masked segments."""
    local_score: float
    """The same for the local branch; NaN also where it scored nothing."""
    percentile: float
    """Share of the normal cohort with a lower score, 0..100; NaN if too many leads are missing to compare."""
    p_value: float
    """Split-conformal: (1 + normals scoring at least as high) / (normals + 1)."""
    lead_percentiles: tuple[float, ...]
    """Per lead of `STANDARD_LEADS`: percentile of its score among normals; NaN if not assessed."""
    assessable: tuple[bool, ...]
    """Per lead of `STANDARD_LEADS`."""
    notes: tuple[str, ...]
    """Plain sentences on what was not assessed and why."""
    quality: QualityReport | None = None
    """Quality of the recorded signal in this window; None if only prepared input was available."""

    @property
    def reliable(self) -> bool:
        """False where signal quality makes `percentile` and `p_value` meaningless: unreliable, never abnormal."""
        return self.quality is None or self.quality.reliable

    @property
    def assessable_leads(self) -> tuple[str, ...]:
        return tuple(lead for lead, good in zip(STANDARD_LEADS, self.assessable, strict=True) if good)


@dataclass(frozen=True)
class AnomalyMap:
    """Per-sample anomaly of a stretch, at the record's own sampling rate."""

    start_s: float
    sampling_rate_hz: float
    score: FloatArray
    """(12, samples) smoothed, a squared error or in units of normals' strongest points, leads as `STANDARD_LEADS`; NaN
    where not assessed."""
    percentile: FloatArray
    """(12, samples) percentile among normals' points in the same lead, 0..100; NaN where not assessed."""
    peak_percentile: FloatArray
    """(12, samples) share of normal 10-s ECGs, 0..100, without anything as strong in any lead at any phase of the beat,
    so that one normal ECG in twenty reaches 95 anywhere; for models calibrated without phases, in the same lead. Heat
    and findings show this; NaN where not assessed."""
    windows: tuple[WindowAssessment, ...]
    model_name: str
    device: str
    """Device it was computed on: `cpu`, `cuda` or `mps`."""
    expected_mv: FloatArray | None = None
    """(12, samples) the model's reconstruction in its own pass band, scaled back to mV; None unless requested."""
    phases: NDArray[np.int8] | None = None
    """(samples,) phase of the beat of each point (codes of `mmae_core.scoring.phases`); None if not by phase."""

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
    """Share of normal records, 0..100, without anything as strong: for the model's map in this lead, for named
    departures anywhere, for own beats in any beat."""
    peak_score: float
    """Strength on the scale of its layer."""
    layer: Layer = "model"
    wave: str = ""
    """`P`, `QRS`, `ST`, `T`, `U`, `rhythm`, or empty if no wave is known."""
    kind: str = ""
    """Its kind: a departure's, `premature beat`, ...; empty for the model's map."""
    fact: str = ""
    """Findings with the same text belong to one fact, one row of the list; empty: not grouped yet."""
    sentence: str = ""
    """Its description, such as `ST +0.24 mV in V2: above 99.4 % of 1,912 women of about 65`."""

"""What is known of the open record so far, while the model's results arrive stretch by stretch."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import Enum

from mmae_core.assessment import AnomalyMap, Finding, WindowAssessment
from mmae_core.record import STANDARD_LEADS

JOIN_GAP_S = 0.05
"""Findings of one lead that end and start this close to the border of two stretches are one finding."""


class Phase(Enum):
    """Where the assessment of the open record stands."""

    NONE = "no record"
    WAITING = "waiting for the model"
    SCORING = "scoring"
    DONE = "done"
    CANCELLED = "cancelled"
    UNSUPPORTED = "not assessable"
    FAILED = "failed"

    @property
    def is_running(self) -> bool:
        return self in (Phase.WAITING, Phase.SCORING)


@dataclass(frozen=True)
class ModelInfo:
    """The model that assesses, for the summary and the status bar."""

    name: str
    version: str
    device: str
    n_normals: int | None = None
    """Normal ECGs in the cohort that percentiles refer to."""
    sha256: str = ""
    typical_peaks: tuple[float, ...] = (1.0,) * len(STANDARD_LEADS)
    """Median over the cohort of each lead's strongest point; it ranks findings beyond the strongest of all normals."""


@dataclass(frozen=True)
class Scored:
    """A stretch was assessed."""

    anomaly_map: AnomalyMap
    findings: tuple[Finding, ...]
    done_s: float
    """Seconds of the record assessed so far, this stretch included."""


@dataclass(frozen=True)
class Assessment:
    """Results of all stretches so far, joined."""

    phase: Phase = Phase.NONE
    message: str = ""
    """Why there is no result, in a plain sentence."""
    done_s: float = 0.0
    total_s: float = 0.0
    windows: tuple[WindowAssessment, ...] = ()
    """By start; a window that two stretches share is there once."""
    findings: tuple[Finding, ...] = ()
    """Strongest first."""
    typical_peaks: tuple[float, ...] = (1.0,) * len(STANDARD_LEADS)
    """See `ModelInfo`."""

    @property
    def strongest_window(self) -> WindowAssessment | None:
        """The window with the highest score; None if none could be assessed."""
        scored = [window for window in self.windows if not math.isnan(window.score)]
        return max(scored, key=lambda window: window.score, default=None)

    @property
    def notes(self) -> tuple[str, ...]:
        """Every sentence on what was not assessed, once, in the order of time."""
        return tuple(dict.fromkeys(note for window in self.windows for note in window.notes))

    @property
    def lead_ranking(self) -> tuple[tuple[str, float], ...]:
        """(lead, percentile) of the strongest window, most unusual first; not assessed leads come last, NaN."""
        window = self.strongest_window
        if window is None:
            return ()
        pairs = zip(STANDARD_LEADS, window.lead_percentiles, strict=True)
        return tuple(sorted(pairs, key=lambda pair: (math.isnan(pair[1]), -pair[1])))

    def with_stretch(self, scored: Scored) -> Assessment:
        """This assessment and one more stretch."""
        windows = {window.start_s: window for window in (*self.windows, *scored.anomaly_map.windows)}
        stretch = scored.anomaly_map
        return replace(
            self,
            phase=Phase.SCORING,
            done_s=scored.done_s,
            windows=tuple(windows[start] for start in sorted(windows)),
            findings=join_findings(
                (*self.findings, *scored.findings), (stretch.start_s, stretch.end_s), self.typical_peaks
            ),
        )


def join_findings(
    findings: Iterable[Finding], borders_s: tuple[float, ...], typical_peaks: tuple[float, ...]
) -> tuple[Finding, ...]:
    """Findings strongest first, with those that a border between stretches had cut in two made one again.

    Strength is the percentile and, among those beyond all normals, the peak as a multiple of the lead's typical one.
    """

    def strength(finding: Finding) -> tuple[float, float, float]:
        typical = max(typical_peaks[STANDARD_LEADS.index(finding.lead)], 1e-12)
        return -finding.percentile, -finding.peak_score / typical, finding.start_s

    joined: list[Finding] = []
    for finding in sorted(findings, key=lambda item: (STANDARD_LEADS.index(item.lead), item.start_s)):
        previous = joined[-1] if joined else None
        if previous is not None and previous.lead == finding.lead and _meet(previous, finding, borders_s):
            stronger = max(previous, finding, key=lambda item: item.peak_score)
            end_s = max(previous.end_s, finding.end_s)
            joined[-1] = replace(stronger, start_s=previous.start_s, end_s=end_s)
        else:
            joined.append(finding)
    return tuple(sorted(joined, key=strength))


def _meet(earlier: Finding, later: Finding, borders_s: tuple[float, ...]) -> bool:
    if later.start_s < earlier.end_s:
        return True
    return any(
        abs(earlier.end_s - border) <= JOIN_GAP_S and abs(later.start_s - border) <= JOIN_GAP_S for border in borders_s
    )

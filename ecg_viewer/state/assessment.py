"""What is known of the open record so far, while the model's results arrive stretch by stretch."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right, insort
from collections.abc import Callable, Iterable
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
    cohort: str = ""
    """Which normal ECGs percentiles refer to."""
    trained_on: str = ""
    """Which ECGs the model has learned from; empty if its card does not say."""


@dataclass(frozen=True)
class Scored:
    """A stretch was assessed."""

    anomaly_map: AnomalyMap
    findings: tuple[Finding, ...]
    done_s: float
    """Seconds of the record assessed so far, this stretch included."""


@dataclass(frozen=True)
class Assessment:
    """Results of all stretches so far, joined. A stretch is added at a cost that hardly grows with the record."""

    phase: Phase = Phase.NONE
    message: str = ""
    """Why there is no result, in a plain sentence."""
    done_s: float = 0.0
    total_s: float = 0.0
    windows: tuple[WindowAssessment, ...] = ()
    """By start; a window that two stretches share is there once."""
    strongest_window: WindowAssessment | None = None
    """The window with the highest score; None if none could be assessed."""
    findings: tuple[Finding, ...] = ()
    """Strongest first."""
    notes: tuple[str, ...] = ()
    """Every sentence on what was not assessed, once, in the order of arrival."""
    typical_peaks: tuple[float, ...] = (1.0,) * len(STANDARD_LEADS)
    """See `ModelInfo`."""

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
        stretch = scored.anomaly_map
        scorable = [window for window in (self.strongest_window, *stretch.windows) if window is not None]
        scorable = [window for window in scorable if not math.isnan(window.score)]
        new_notes = (note for window in stretch.windows for note in window.notes)
        return replace(
            self,
            phase=Phase.SCORING,
            done_s=scored.done_s,
            windows=_insert_windows(self.windows, stretch.windows),
            strongest_window=max(scorable, key=lambda window: window.score, default=None),
            findings=_insert_findings(
                self.findings, scored.findings, (stretch.start_s, stretch.end_s), self.typical_peaks
            ),
            notes=tuple(dict.fromkeys((*self.notes, *new_notes))),
        )


def _insert_windows(
    windows: tuple[WindowAssessment, ...], new: tuple[WindowAssessment, ...]
) -> tuple[WindowAssessment, ...]:
    """Both in the order of time. The new ones follow each other; those that were known already are replaced."""
    if not new:
        return windows
    first = bisect_left(windows, new[0].start_s, key=_start)
    last = bisect_right(windows, new[-1].start_s, key=_start)
    return windows[:first] + new + windows[last:]


def _insert_findings(
    findings: tuple[Finding, ...], new: tuple[Finding, ...], borders_s: tuple[float, float], peaks: tuple[float, ...]
) -> tuple[Finding, ...]:
    """Sort the new ones in, joined with those of the neighbouring stretches that reach the border."""
    start_s, end_s = borders_s[0] - JOIN_GAP_S, borders_s[1] + JOIN_GAP_S
    near = [finding for finding in findings if finding.start_s <= end_s and finding.end_s >= start_s]
    apart = list(findings) if not near else [f for f in findings if not (f.start_s <= end_s and f.end_s >= start_s)]
    key = _strength_key(peaks)
    for finding in join_findings((*near, *new), borders_s, peaks):
        insort(apart, finding, key=key)
    return tuple(apart)


def join_findings(
    findings: Iterable[Finding], borders_s: tuple[float, ...], typical_peaks: tuple[float, ...]
) -> tuple[Finding, ...]:
    """Findings strongest first, with those that a border between stretches had cut in two made one again.

    Strength is the percentile and, among those beyond all normals, the peak as a multiple of the lead's typical one.
    """

    joined: list[Finding] = []
    for finding in sorted(findings, key=lambda item: (STANDARD_LEADS.index(item.lead), item.start_s)):
        previous = joined[-1] if joined else None
        if previous is not None and previous.lead == finding.lead and _meet(previous, finding, borders_s):
            stronger = max(previous, finding, key=lambda item: item.peak_score)
            end_s = max(previous.end_s, finding.end_s)
            joined[-1] = replace(stronger, start_s=previous.start_s, end_s=end_s)
        else:
            joined.append(finding)
    return tuple(sorted(joined, key=_strength_key(typical_peaks)))


def _strength_key(typical_peaks: tuple[float, ...]) -> Callable[[Finding], tuple[float, float, float]]:
    """Sorts the strongest first."""
    typical = dict(zip(STANDARD_LEADS, typical_peaks, strict=True))

    def key(finding: Finding) -> tuple[float, float, float]:
        return -finding.percentile, -finding.peak_score / max(typical[finding.lead], 1e-12), finding.start_s

    return key


def _start(window: WindowAssessment) -> float:
    return window.start_s


def _meet(earlier: Finding, later: Finding, borders_s: tuple[float, ...]) -> bool:
    if later.start_s < earlier.end_s:
        return True
    return any(
        abs(earlier.end_s - border) <= JOIN_GAP_S and abs(later.start_s - border) <= JOIN_GAP_S for border in borders_s
    )

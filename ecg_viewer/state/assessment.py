"""What is known of the open record so far, while the model's results arrive stretch by stretch."""

from __future__ import annotations

import math
from bisect import bisect_left, insort
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from enum import Enum
from typing import NamedTuple

from ecg_viewer.state.quality import (
    Windows,
    insert_windows,
    is_poor,
    is_poor_at,
    lead_quality,
    windows_in,
    worst_reason,
)
from ecg_viewer.state.research.operating import OperatingPoint
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
    preprocessing: str = ""
    """What is done to the signal before the model sees it, in a line."""
    operating_points: tuple[OperatingPoint, ...] = ()
    """What its card states about its score as a detector."""


@dataclass(frozen=True)
class Scored:
    """A stretch was assessed."""

    anomaly_map: AnomalyMap
    findings: tuple[Finding, ...]
    done_s: float
    """Seconds of the record assessed so far, this stretch included."""


class LeadStanding(NamedTuple):
    """How a lead departs from the cohort, and whether its signal lets anyone say so."""

    lead: str
    percentile: float
    """NaN if it was not assessed."""
    is_poor: bool = False
    """Unreliable: the percentile says more about the signal than about the heart."""
    reason: str = ""
    """What is wrong with the signal, if anything."""


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
    """The reliable window with the highest score, an unreliable one if there is no other; None if none was assessed."""
    n_unreliable: int = 0
    """Windows whose signal is too poor for a percentile that counts."""
    findings: tuple[Finding, ...] = ()
    """Strongest first; those in leads whose signal is poor come after all others."""
    notes: tuple[str, ...] = ()
    """Every sentence on what was not assessed, once, in the order of arrival."""
    typical_peaks: tuple[float, ...] = (1.0,) * len(STANDARD_LEADS)
    """See `ModelInfo`."""

    @property
    def lead_ranking(self) -> tuple[LeadStanding, ...]:
        """Leads of the strongest window, most unusual first; then those with a poor signal; not assessed ones last."""
        window = self.strongest_window
        if window is None:
            return ()
        standings = [
            LeadStanding(lead, percentile, is_poor(window, lead), "; ".join(quality.reasons) if quality else "")
            for lead, percentile in zip(STANDARD_LEADS, window.lead_percentiles, strict=True)
            for quality in (lead_quality(window, lead),)
        ]
        return tuple(sorted(standings, key=lambda item: (math.isnan(item.percentile), item.is_poor, -item.percentile)))

    @property
    def n_reliable_findings(self) -> int:
        """So many come first; the rest lies in leads whose signal is poor."""
        return bisect_left(self.findings, True, key=self.is_unreliable)

    def is_unreliable(self, finding: Finding) -> bool:
        """Whether it lies where its lead's signal is poor."""
        return is_poor_at(self.windows, finding.lead, finding.peak_s)

    def reason_of(self, finding: Finding) -> str:
        """What is wrong with the signal around a finding; empty if nothing."""
        return worst_reason(windows_in(self.windows, finding.peak_s, finding.peak_s), finding.lead)

    def with_stretch(self, scored: Scored) -> Assessment:
        """This assessment and one more stretch."""
        stretch = scored.anomaly_map
        scorable = [window for window in (self.strongest_window, *stretch.windows) if window is not None]
        scorable = [window for window in scorable if not math.isnan(window.score)]
        windows, replaced = insert_windows(self.windows, stretch.windows)
        new_notes = (note for window in stretch.windows for note in window.notes)
        return replace(
            self,
            phase=Phase.SCORING,
            done_s=scored.done_s,
            windows=windows,
            strongest_window=max(scorable, key=lambda window: (window.reliable, window.score), default=None),
            n_unreliable=self.n_unreliable + _count_unreliable(stretch.windows) - _count_unreliable(replaced),
            findings=_insert_findings(
                self.findings, scored.findings, (stretch.start_s, stretch.end_s), self.typical_peaks, windows
            ),
            notes=tuple(dict.fromkeys((*self.notes, *new_notes))),
        )


def _count_unreliable(windows: Iterable[WindowAssessment]) -> int:
    return sum(not window.reliable for window in windows)


def _insert_findings(
    findings: tuple[Finding, ...],
    new: tuple[Finding, ...],
    borders_s: tuple[float, float],
    peaks: tuple[float, ...],
    windows: Windows,
) -> tuple[Finding, ...]:
    """Sort the new ones in, joined with those of the neighbouring stretches that reach the border."""
    start_s, end_s = borders_s[0] - JOIN_GAP_S, borders_s[1] + JOIN_GAP_S
    near = [finding for finding in findings if finding.start_s <= end_s and finding.end_s >= start_s]
    apart = list(findings) if not near else [f for f in findings if not (f.start_s <= end_s and f.end_s >= start_s)]
    key = _strength_key(peaks, windows)
    for finding in join_findings((*near, *new), borders_s, peaks, windows):
        insort(apart, finding, key=key)
    return tuple(apart)


def join_findings(
    findings: Iterable[Finding], borders_s: tuple[float, ...], typical_peaks: tuple[float, ...], windows: Windows = ()
) -> tuple[Finding, ...]:
    """Findings strongest first, with those that a border between stretches had cut in two made one again.

    Strength is the percentile and, among those beyond all normals, the peak as a multiple of the lead's typical one.
    Where `windows` find a lead's signal poor, the finding comes after all others.
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
    return tuple(sorted(joined, key=_strength_key(typical_peaks, windows)))


def _strength_key(
    typical_peaks: tuple[float, ...], windows: Windows
) -> Callable[[Finding], tuple[bool, float, float, float]]:
    """Sorts the strongest first, and what a poor signal may have made last."""
    typical = dict(zip(STANDARD_LEADS, typical_peaks, strict=True))

    def key(finding: Finding) -> tuple[bool, float, float, float]:
        is_unreliable = is_poor_at(windows, finding.lead, finding.peak_s)
        ratio = finding.peak_score / max(typical[finding.lead], 1e-12)
        return is_unreliable, -finding.percentile, -ratio, finding.start_s

    return key


def _meet(earlier: Finding, later: Finding, borders_s: tuple[float, ...]) -> bool:
    if later.start_s < earlier.end_s:
        return True
    return any(
        abs(earlier.end_s - border) <= JOIN_GAP_S and abs(later.start_s - border) <= JOIN_GAP_S for border in borders_s
    )

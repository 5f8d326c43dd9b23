"""Results for the open recording, joined as they arrive stretch by stretch."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from functools import cached_property
from typing import NamedTuple

from ecg_viewer.state.finding_order import FindingOrder, OrderedFinding
from ecg_viewer.state.layers import Layers, StretchLayers
from ecg_viewer.state.quality import (
    WINDOW_S,
    insert_windows,
    is_poor,
    is_unreliable_at,
    lead_quality,
    unreliable_reason,
)
from ecg_viewer.state.research.operating_point import OperatingPoint
from mmae_core.assessment import AnomalyMap, Finding, Suspicion, WindowAssessment
from mmae_core.messages import JoinedMessage
from mmae_core.record import STANDARD_LEADS


class Phase(Enum):
    """Where the assessment of the open record stands."""

    NONE = "no record"
    HIDDEN = "hidden until the first read is committed"
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
    """Each lead's highest score, median over the cohort; ranks findings that are stronger than in any normal ECG."""
    cohort: str = ""
    """Which normal ECGs percentiles refer to."""
    trained_on: str = ""
    """Which ECGs the model has learned from; empty if its card does not say."""
    preprocessing: str = ""
    """What is done to the signal before the model sees it, in a line."""
    operating_points: tuple[OperatingPoint, ...] = ()
    """Operating points stated on the model's card."""
    normal_scores: tuple[float, ...] = field(default=(), repr=False)
    """Of the cohort's records, ascending; empty if they are not known."""
    calibration_key: str = ""
    """Of a later calibration on other normals; empty for the model's first one."""

    @property
    def results_key(self) -> str:
        """What its results are kept under: the weights' checksum, and that of a later calibration."""
        return f"{self.sha256}-{self.calibration_key}" if self.calibration_key else self.sha256


@dataclass(frozen=True)
class Mapped:
    """The model's map of a stretch; the other results follow as `Scored`, with the same map."""

    anomaly_map: AnomalyMap


@dataclass(frozen=True)
class Scored:
    """A stretch was assessed."""

    anomaly_map: AnomalyMap
    findings: tuple[Finding, ...]
    done_s: float
    """Seconds of the record assessed so far, this stretch included."""
    stretch_layers: StretchLayers | None = None
    """Named departures, own beats and the facts that `findings` belong to; None if they were not computed."""
    has_map: bool = True
    """False if the model cannot assess the recording: the map is empty, only the other layers have results."""


class LeadResult(NamedTuple):
    """How a lead departs from the cohort, and whether its signal is good enough to tell."""

    lead: str
    percentile: float
    """NaN if it was not assessed."""
    is_poor: bool = False
    """Signal too poor: the percentile is unreliable."""
    reason: str = ""
    """What is wrong with the signal, if anything."""


HIGH_PERCENTILE = 95.0
"""Percentile from which a window stands out; by definition one normal ECG in twenty reaches it."""


class WindowCounts(NamedTuple):
    """Counts of windows that can be compared with normal ECGs: good enough signal and enough leads."""

    n: int
    n_high: int
    """Windows that reach `HIGH_PERCENTILE`."""

    def changed(self, less: WindowCounts, more: WindowCounts) -> WindowCounts:
        """The counts after removing some windows and adding others."""
        return WindowCounts(self.n - less.n + more.n, self.n_high - less.n_high + more.n_high)


@dataclass(frozen=True)
class Assessment:
    """Results of all stretches so far, joined. Adding one costs hardly more in a long recording than in a short one."""

    phase: Phase = Phase.NONE
    message: str = ""
    """Why there is no result, in a plain sentence."""
    done_s: float = 0.0
    total_s: float = 0.0
    windows: tuple[WindowAssessment, ...] = ()
    """By start; a window shared by two stretches is listed once."""
    strongest_window: WindowAssessment | None = None
    """The reliable window with the highest score, else the unreliable one; None if none was assessed."""
    n_unreliable: int = 0
    """Windows whose signal is too poor for a reliable percentile."""
    findings: tuple[Finding, ...] = ()
    """Strongest first; those in leads whose signal is poor come after all others."""
    notes: tuple[str, ...] = ()
    """Sentences on what was not assessed, each once, in order of arrival."""
    typical_peaks: tuple[float, ...] = (1.0,) * len(STANDARD_LEADS)
    """See `ModelInfo`."""
    layers: Layers = field(default_factory=Layers)
    """Named departures, own beats and facts."""
    order: FindingOrder | None = field(default=None, repr=False, compare=False)
    """Keeps `findings` sorted; None if they were passed in directly."""
    counted: tuple[tuple[WindowAssessment, ...], WindowCounts] | None = field(default=None, repr=False, compare=False)
    """Windows and their counts, updated by each stretch: a day has 17,000."""

    @property
    def _ordered(self) -> FindingOrder:
        if self.order is not None and self.order.findings is self.findings:
            return self.order
        return FindingOrder.of(self.findings, self.typical_peaks, self.windows)

    @cached_property
    def window_counts(self) -> WindowCounts:
        """Counts of the windows that the strongest one was chosen from."""
        if self.counted is not None and self.counted[0] is self.windows:
            return self.counted[1]
        return _count(self.windows)

    @cached_property
    def suspicions(self) -> tuple[str, ...]:
        """Sentences on suspected recording faults, such as exchanged electrodes."""
        return tuple(dict.fromkeys(item.text for item in self._suspicions))

    @cached_property
    def first_suspicions(self) -> tuple[str, ...]:
        """The first sentence of each kind: with other numbers it is true of many stretches of a long recording."""
        first = {item.kind: item.text for item in reversed(self._suspicions)}
        return tuple(text for text in self.suspicions if text in first.values())

    @cached_property
    def _suspicions(self) -> tuple[Suspicion, ...]:
        return tuple(item for window in self.windows if window.quality for item in window.quality.suspicions)

    @property
    def lead_ranking(self) -> tuple[LeadResult, ...]:
        """Leads of the strongest window, most unusual first; then those with a poor signal; not assessed ones last."""
        window = self.strongest_window
        if window is None:
            return ()
        standings = [
            LeadResult(lead, percentile, is_poor(window, lead), JoinedMessage("; ", quality.reasons) if quality else "")
            for lead, percentile in zip(STANDARD_LEADS, window.lead_percentiles, strict=True)
            for quality in (lead_quality(window, lead),)
        ]
        return tuple(sorted(standings, key=lambda item: (math.isnan(item.percentile), item.is_poor, -item.percentile)))

    @property
    def n_reliable_findings(self) -> int:
        """How many of `findings` are reliable; they come first."""
        return self._ordered.n_reliable

    @property
    def findings_by_minute(self) -> Mapping[int, tuple[OrderedFinding, ...]]:
        """Findings by the minute in which they begin; a minute's tuple stays the same object while it does not change.

        The first item of an entry's key is True if it is unreliable.
        """
        return self._ordered.by_minute

    def place_of(self, finding: Finding) -> int | None:
        """Index of a finding, or of the strongest one that has absorbed it; None if it is gone."""
        return self._ordered.first_overlapping(finding)

    def is_unreliable(self, finding: Finding) -> bool:
        """Whether the signal of its lead, or the signal as a whole, is poor there."""
        return is_unreliable_at(self.windows, finding.lead, finding.peak_s)

    def reason_of(self, finding: Finding) -> str:
        """What is wrong with the signal around a finding; empty if nothing."""
        return unreliable_reason(self.windows, finding.lead, finding.peak_s)

    def with_stretch(self, scored: Scored) -> Assessment:
        """This assessment and one more stretch."""
        stretch = scored.anomaly_map
        scorable = [window for window in (self.strongest_window, *stretch.windows) if window is not None]
        scorable = [window for window in scorable if not math.isnan(window.score)]
        windows, replaced = insert_windows(self.windows, stretch.windows)
        new_notes = (note for window in stretch.windows for note in window.notes)
        judged_s = stretch.start_s, stretch.end_s
        if stretch.windows:
            judged_s = stretch.windows[0].start_s, stretch.windows[-1].start_s + WINDOW_S
        order = self._ordered.with_stretch(
            scored.findings, (stretch.start_s, stretch.end_s), judged_s, self.typical_peaks, windows
        )
        return replace(
            self,
            phase=Phase.SCORING,
            done_s=scored.done_s,
            windows=windows,
            strongest_window=max(scorable, key=lambda window: (window.reliable, window.score), default=None),
            n_unreliable=self.n_unreliable + _count_unreliable(stretch.windows) - _count_unreliable(replaced),
            findings=order.findings,
            order=order,
            notes=tuple(dict.fromkeys((*self.notes, *new_notes))),
            layers=self.layers if scored.stretch_layers is None else self.layers.with_stretch(scored.stretch_layers),
            counted=(windows, self.window_counts.changed(_count(replaced), _count(stretch.windows))),
        )


def _count(windows: Iterable[WindowAssessment]) -> WindowCounts:
    percentiles = [window.percentile for window in windows if not math.isnan(window.percentile) and window.reliable]
    return WindowCounts(len(percentiles), sum(percentile >= HIGH_PERCENTILE for percentile in percentiles))


def _count_unreliable(windows: Iterable[WindowAssessment]) -> int:
    return sum(not window.reliable for window in windows)

"""The whole recording at a glance: one lead's outline, density of findings, progress, signal quality.

Everything is kept in equal steps over the recording and updated stretch by stretch, so that a day costs no more per
update than ten seconds; a view asks for as many columns as it has pixels.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ecg_viewer.state.finding_order import OrderedFinding
from ecg_viewer.state.heat import NOT_ASSESSED
from ecg_viewer.state.job_protocols import Job, Report
from ecg_viewer.state.quality import WINDOW_S, is_unreliable_at, windows_in
from ecg_viewer.state.session import Session
from ecg_viewer.state.signal import Signal
from ecg_viewer.state.view import Interval
from ecg_viewer.state.words.core_words import translated
from ecg_viewer.state.words.language import tr, translatable
from mmae_core.assessment import Finding
from mmae_core.errors import Cancelled
from mmae_core.record import EcgRecord, FloatArray

MAX_STEPS = 86_400
"""A second of a day; more than any screen has columns."""
SHORTEST_STEP_S = 0.1
OUTLINE_BINS = 4096
BINS_A_MESSAGE = 64
SECONDS_A_READ = 60.0
"""Short, so that a request to stop is noticed and little memory is used."""

PENDING, UNANSWERED, ASSESSED = 0, 1, 2
"""Progress of a step. `UNANSWERED`: processed, but no lead could be assessed."""
UNKNOWN, POOR, FAIR, GOOD = 0, 1, 2, 3
"""Signal quality of a step."""
VERDICTS = {"poor": POOR, "fair": FAIR, "good": GOOD}
VERDICT_WORDS = {"poor": translatable("poor"), "fair": translatable("fair"), "good": translatable("good")}

ByteArray = NDArray[np.uint8]
CountArray = NDArray[np.int64]
Bounds = NDArray[np.float64]
"""(n, 2) starts and ends in seconds."""


@dataclass(frozen=True)
class Outline:
    """Lowest and highest sample of equal stretches of one lead; NaN where nothing is read yet."""

    lead: str
    low: FloatArray
    high: FloatArray


@dataclass(frozen=True)
class OutlinePart:
    """A piece of an outline that has been read."""

    lead: str
    first_bin: int
    n_bins: int
    """Of the whole outline."""
    low: FloatArray
    high: FloatArray


@dataclass(frozen=True)
class OverviewColumns:
    """The recording in equal columns; each array has one entry a column."""

    progress: ByteArray
    """The lowest of the column's steps: assessed only if all are."""
    quality: ByteArray
    """The worst that is known in the column."""
    reliable: CountArray
    """Findings that reach into the column, not yet confirmed or dismissed."""
    unreliable: CountArray
    """The same, where the signal is poor."""
    confirmed: CountArray
    """Findings that a person confirmed or marked."""


class Overview:
    """Follows a session. `changed` comes often while a model works; a view collects several before it draws."""

    def __init__(self, session: Session) -> None:
        self.changed: Signal[()] = Signal()
        self._session = session
        self._confirmed: tuple[Interval, ...] = ()
        self._dismissed: tuple[Interval, ...] = ()
        self._minutes: dict[int, tuple[tuple[OrderedFinding, ...], Bounds, Bounds]] = {}
        """By minute: its findings, and the bounds of the reliable and the unreliable ones."""
        self._outline: Outline | None = None
        self._step_s = SHORTEST_STEP_S
        self._progress: ByteArray = np.empty(0, np.uint8)
        self._quality: ByteArray = np.empty(0, np.uint8)
        self._start_over()
        session.record_changed.connect(self._start_over)
        session.heat.changed.connect(self._take_stretch)
        session.findings_changed.connect(self._tell)

    @property
    def duration_s(self) -> float:
        """Length of the recording; 0 without one."""
        record = self._session.record
        return 0.0 if record is None else record.duration_s

    @property
    def outline(self) -> Outline | None:
        """None until the first piece of it has been read."""
        return self._outline

    @property
    def n_steps(self) -> int:
        return int(self._progress.size)

    @property
    def is_withheld(self) -> bool:
        """Whether nothing is assessed because results are hidden."""
        return self._session.heat.is_withheld

    @property
    def assessed_share(self) -> float:
        """Share of the recording, 0..1, that the model has processed."""
        return float(np.mean(self._progress > PENDING)) if self.n_steps else 0.0

    @property
    def quality_shares(self) -> dict[str, float]:
        """Shares of good, fair and poor signal in the part known so far; empty if none is."""
        known = self._quality[self._quality > UNKNOWN]
        if not known.size:
            return {}
        return {word: float(np.mean(known == code)) for word, code in reversed(VERDICTS.items())}

    def take_outline(self, part: OutlinePart) -> None:
        """A piece of the outline has been read."""
        if self._outline is None or self._outline.low.size != part.n_bins:
            empty = np.full(part.n_bins, np.nan, np.float32)
            self._outline = Outline(part.lead, empty, empty.copy())
        inside = slice(part.first_bin, part.first_bin + part.low.size)
        self._outline.low[inside], self._outline.high[inside] = part.low, part.high
        self.changed.emit()

    def show_review(self, confirmed: Iterable[Interval], dismissed: Iterable[Interval]) -> None:
        """Show what the reviewer confirmed or marked, without the findings the reviewer dismissed."""
        self._confirmed, self._dismissed = tuple(confirmed), tuple(dismissed)
        self.changed.emit()

    def columns(self, n_columns: int) -> OverviewColumns:
        """The recording in `n_columns` equal columns."""
        lefts = np.arange(n_columns) * self.n_steps // max(n_columns, 1)
        if not self.n_steps or not n_columns:
            none, nothing = np.zeros(n_columns, np.uint8), np.zeros(n_columns, np.int64)
            return OverviewColumns(none, none, nothing, nothing, nothing)
        known = np.where(self._quality == UNKNOWN, 255, self._quality)
        worst = np.minimum.reduceat(known, lefts)
        reliable, unreliable = (self._count(bounds, n_columns) for bounds in self._finding_bounds())
        for is_unreliable, counts in ((False, reliable), (True, unreliable)):
            gone = [
                interval for interval in self._dismissed
                if is_unreliable_at(self._session.heat.windows, interval.lead, (interval.start_s + interval.end_s) / 2)
                is is_unreliable
            ]
            np.maximum(counts - self._count(_bounds(gone), n_columns), 0, out=counts)
        return OverviewColumns(
            progress=np.minimum.reduceat(self._progress, lefts),
            quality=np.where(worst == 255, UNKNOWN, worst).astype(np.uint8),
            reliable=reliable,
            unreliable=unreliable,
            confirmed=self._count(_bounds(self._confirmed), n_columns),
        )

    def quality_words(self, start_s: float, end_s: float) -> str:
        """The verdict and its reason in the worst window of a stretch: `poor: V1 flat for 8.2 of 10 s`."""
        found = [window.quality for window in windows_in(self._session.heat.windows, start_s, end_s)]
        reports = [report for report in found if report is not None]
        if not reports:
            return ""
        worst = min(reports, key=lambda report: (VERDICTS[report.verdict], report.score))
        return ": ".join((tr(VERDICT_WORDS[worst.verdict]), *map(translated, worst.reasons[:1])))

    @property
    def _before(self) -> int:
        """Progress before anything is computed; nothing is awaited while results are withheld."""
        return ASSESSED if self._session.heat.is_withheld else PENDING

    def _start_over(self) -> None:
        duration_s = self.duration_s
        self._step_s = max(SHORTEST_STEP_S, duration_s / MAX_STEPS)
        n_steps = math.ceil(duration_s / self._step_s - 1e-9) if duration_s > 0 else 0
        self._progress = np.full(n_steps, self._before, np.uint8)
        self._quality = np.full(n_steps, UNKNOWN, np.uint8)
        self._outline = None
        self._minutes.clear()
        self.changed.emit()

    def _take_stretch(self, start_s: float, end_s: float) -> None:
        """The heat has grown, or was cleared (if the end is infinite)."""
        if math.isinf(end_s):
            self._progress[:] = self._before
            self._quality[:] = UNKNOWN
        elif self._session.heat.duration_s == self.duration_s and self.n_steps:
            first = min(int(start_s / self._step_s + 1e-6), self.n_steps - 1)
            end = min(max(math.ceil(end_s / self._step_s - 1e-6), first + 1), self.n_steps)
            codes = self._session.heat.slice(first * self._step_s, end * self._step_s, end - first).max(axis=0)
            self._progress[first:end] = np.where(
                codes < NOT_ASSESSED, PENDING, np.where(codes == NOT_ASSESSED, UNANSWERED, ASSESSED)
            )
            for window in windows_in(self._session.heat.windows, start_s, end_s):
                if window.quality is not None:
                    inside = slice(
                        math.floor(window.start_s / self._step_s + 1e-6),
                        math.ceil((window.start_s + WINDOW_S) / self._step_s - 1e-6),
                    )
                    # As in `state.quality`, a moment is as good as the best window around it.
                    np.maximum(self._quality[inside], VERDICTS[window.quality.verdict], out=self._quality[inside])
        self.changed.emit()

    def _tell(self) -> None:
        self.changed.emit()

    def _finding_bounds(self) -> tuple[Bounds, Bounds]:
        """Bounds of the reliable and of the unreliable findings; only changed minutes are recomputed."""
        by_minute = self._session.assessment.findings_by_minute
        if not by_minute:
            self._minutes.clear()
        for minute, entries in by_minute.items():
            known = self._minutes.get(minute)
            if known is None or known[0] is not entries:
                kinds = ([item.finding for item in entries if item.key[0] is poor] for poor in (False, True))
                reliable, unreliable = (_bounds(kind) for kind in kinds)
                self._minutes[minute] = entries, reliable, unreliable
        none = np.empty((0, 2))
        return (
            np.concatenate([none, *(minute[1] for minute in self._minutes.values())]),
            np.concatenate([none, *(minute[2] for minute in self._minutes.values())]),
        )

    def _count(self, bounds: Bounds, n_columns: int) -> CountArray:
        per_s = n_columns / self.duration_s
        first = np.clip((bounds[:, 0] * per_s).astype(np.int64), 0, n_columns - 1)
        last = np.clip(np.ceil(bounds[:, 1] * per_s).astype(np.int64) - 1, first, n_columns - 1)
        steps = np.bincount(first, minlength=n_columns + 1) - np.bincount(last + 1, minlength=n_columns + 1)
        counts: CountArray = np.cumsum(steps[:n_columns])
        return counts


def outline_lead(record: EcgRecord) -> str:
    """The lead an outline is drawn of: II, the usual rhythm strip, or the first there is."""
    return "II" if "II" in record.lead_names else record.trace_names[0]


def outline_job(record: EcgRecord) -> Job:
    """A job that reads the whole recording once and sends `OutlinePart` after `OutlinePart`.

    Raises what the record's reader raises.
    """

    def run(report: Report) -> None:
        lead = outline_lead(record)
        row = record.trace_names.index(lead)
        read = record.read if row < len(record.lead_names) else record.read_traces
        bin_samples = max(1, math.ceil(record.n_samples / OUTLINE_BINS))
        n_bins = math.ceil(record.n_samples / bin_samples)
        bins_a_read = max(1, int(SECONDS_A_READ * record.sampling_rate_hz / bin_samples))
        for first in range(0, n_bins, BINS_A_MESSAGE):
            lows, highs = [], []
            end = min(first + BINS_A_MESSAGE, n_bins)
            for start in range(first, end, bins_a_read):
                if report.stopped():
                    raise Cancelled("The overview is no longer wanted.")
                stop = min(start + bins_a_read, end)
                samples = read(start * bin_samples, stop * bin_samples)[row]
                lefts = np.arange(0, samples.size, bin_samples)
                lows.append(np.fmin.reduceat(samples, lefts))
                highs.append(np.fmax.reduceat(samples, lefts))
            report.send(OutlinePart(lead, first, n_bins, np.concatenate(lows), np.concatenate(highs)))

    return run


def _bounds(intervals: Iterable[Interval | Finding]) -> Bounds:
    return np.array([(interval.start_s, interval.end_s) for interval in intervals], np.float64).reshape(-1, 2)

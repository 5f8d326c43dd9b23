"""Links and aligns two views: of two recordings, or of one recording assessed by two models."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np

from ecg_viewer.state.filters import FilterChain
from ecg_viewer.state.job_protocols import Job, Report
from ecg_viewer.state.session import Session
from ecg_viewer.state.signal import Signal
from ecg_viewer.state.view import ViewState
from ecg_viewer.state.words.language import tr, translatable
from mmae_core.record import EcgRecord, FloatArray

Place = Literal["beside", "below", "overlaid", "difference"]
PLACES: tuple[Place, ...] = get_args(Place)
PLACE_WORDS: dict[Place, str] = {"beside": translatable("Side by side"), "below": translatable("Stacked"),
                                 "overlaid": translatable("Overlaid"), "difference": translatable("Difference")}
ON_ONE_PAPER: tuple[Place, ...] = ("overlaid", "difference")
"""Side B has no paper of its own."""
SEARCHED_S = 10.0
"""The first beat is searched for in this much of a recording."""
MAX_READ_S = 120.0
"""Longer stretches of the second recording are not overlaid: nothing could be told apart."""
BEAT_LEADS = ("II", "I", "V5", "V2")
"""Leads to search for beats; the first one present is used."""


@dataclass(frozen=True)
class FirstBeats:
    """Where the first beat of each recording is, in seconds; None where none was found."""

    first_s: float | None
    second_s: float | None


@dataclass(frozen=True, eq=False)
class ComparedStretch:
    """Samples of the second recording; equal to itself alone."""

    record: EcgRecord
    start_s: float
    samples_mv: FloatArray
    """(leads, samples) at the record's own rate, as the display filter leaves them."""
    chain: FilterChain
    """The filters applied to the samples."""


@dataclass(frozen=True)
class OverlaidRecording:
    """A second recording on the first one's paper."""

    session: Session
    offset_s: float
    """Its time less the time of the paper."""


def beats_job(first: EcgRecord, second: EcgRecord) -> Job:
    """A job that sends `FirstBeats`. Raises UnreadableRecord."""

    def run(report: Report) -> None:
        report.send(FirstBeats(first_beat_s(first), first_beat_s(second)))

    return run


def comparison_job(record: EcgRecord, start_s: float, end_s: float, chain: FilterChain) -> Job:
    """A job that sends a `ComparedStretch`, filtered with as much on either side as the filters need.

    Raises UnreadableRecord, and ValueError for a filter that the recording's sampling rate cannot carry.
    """

    def run(report: Report) -> None:
        rate = record.sampling_rate_hz
        first = max(0, math.floor(start_s * rate))
        end = max(first, math.ceil(end_s * rate))
        margin = round(chain.margin_s * rate)
        left = max(0, first - margin)
        samples = chain.apply(record.read_traces(left, end + margin), rate)[:, first - left : end - left]
        report.send(ComparedStretch(record, first / rate, samples, chain))

    return run


def first_beat_s(record: EcgRecord) -> float | None:
    """The first R-peak of a recording's first ten seconds. Raises UnreadableRecord."""
    from mmae_core.signals.rpeaks import find_r_peaks

    samples = record.read(0, round(SEARCHED_S * record.sampling_rate_hz))
    for lead in BEAT_LEADS:
        if lead in record.lead_names:
            peaks = find_r_peaks(samples[record.lead_names.index(lead)].astype(np.float64), record.sampling_rate_hz)
            if len(peaks):
                return float(peaks[0]) / record.sampling_rate_hz
    return None


class LinkedViews:
    """Keeps the second view at the scale, layout and look of the first, and scrolls both together.

    Time t of the first is at time t + `offset_s` of the second. Scale and layout follow both ways; while unlinked,
    scrolling one alone changes the offset. What moves a view without being a scroll (another recording, a wider paper)
    moves that view alone: a shorter recording that has stopped at its end does not pull the longer one back.
    """

    def __init__(self, first: ViewState, second: ViewState) -> None:
        self.changed: Signal[()] = Signal()
        """Offset or linking."""
        self._first, self._second = first, second
        self._offset_s = 0.0
        self._is_linked = True
        self._is_following = False
        self._first_start_s = first.start_s
        self._first_shape, self._second_shape = _shape(first), _shape(second)
        for view in (first, second):
            view.calibration_changed.connect(self._scale_first if view is second else self._scale_second)
            view.layout_changed.connect(self._arrange_first if view is second else self._arrange_second)
            view.range_changed.connect(self._second_moved if view is second else self._first_moved)
            view.focus.changed.connect(self._front_first if view is second else self._front_second)
        first.heat_changed.connect(self._look)
        self.follow()

    @property
    def offset_s(self) -> float:
        """Time of the second recording minus time of the first at the same position."""
        return self._offset_s

    @property
    def is_linked(self) -> bool:
        return self._is_linked

    def set_offset(self, offset_s: float) -> None:
        """Move the second recording against the first. Raises ValueError for no number."""
        if not math.isfinite(offset_s):
            raise ValueError(f"an offset is a number of seconds, got {offset_s}")
        if offset_s != self._offset_s:
            self._offset_s = offset_s
            self.follow()
            self.changed.emit()

    def set_linked(self, linked: bool) -> None:
        """Scroll together with the present offset, or each alone."""
        if linked != self._is_linked:
            self._is_linked = linked
            if linked:
                self._offset_s = self._second.start_s - self._first.start_s
            self.changed.emit()

    def align(self, beats: FirstBeats) -> bool:
        """Align the first beats; returns whether both recordings have one."""
        if beats.first_s is None or beats.second_s is None:
            return False
        self.set_offset(beats.second_s - beats.first_s)
        return True

    def follow(self) -> None:
        """Give the second view the position, scale and look of the first."""
        self._scale_second()
        self._arrange_second()
        self._look()
        self._scroll_second()

    def close(self) -> None:
        """Follow no more."""
        self._first.calibration_changed.disconnect(self._scale_second)
        self._first.layout_changed.disconnect(self._arrange_second)
        self._first.range_changed.disconnect(self._first_moved)
        self._first.focus.changed.disconnect(self._front_second)
        self._first.heat_changed.disconnect(self._look)

    def _scale_second(self) -> None:
        self._copy_scale(self._first, self._second)

    def _scale_first(self) -> None:
        self._copy_scale(self._second, self._first)

    def _copy_scale(self, source: ViewState, target: ViewState) -> None:
        if self._is_following or source.calibration == target.calibration:
            return
        self._is_following = True
        try:
            target.set_speed(source.calibration.mm_per_s)
            target.set_gain(source.calibration.mm_per_mv)
        finally:
            self._is_following = False

    def _arrange_second(self) -> None:
        self._second.focus.copy_from(self._first.focus)

    def _arrange_first(self) -> None:
        self._first.focus.copy_from(self._second.focus)

    def _front_second(self) -> None:
        self._copy_front(self._first, self._second)

    def _front_first(self) -> None:
        self._copy_front(self._second, self._first)

    def _copy_front(self, source: ViewState, target: ViewState) -> None:
        """The same lead at the front of both, if both show it."""
        if source.focus.front is None or source.focus.front in target.arrangement.leads:
            target.focus.bring_to_front(source.focus.front)

    def _look(self) -> None:
        self._second.set_heat_look(self._first.heat_look)
        self._second.set_heat_visible(self._first.heat_visible)

    def _first_moved(self) -> None:
        before_s, self._first_start_s = self._first_start_s, self._first.start_s
        shape, self._first_shape = self._first_shape, _shape(self._first)
        is_scroll_or_record = shape == self._first_shape or shape[0] is not self._first.record
        was_in_step = math.isclose(self._second.start_s, before_s + self._offset_s, abs_tol=1e-6)
        if is_scroll_or_record or was_in_step:
            self._scroll_second()

    def _second_moved(self) -> None:
        shape, self._second_shape = self._second_shape, _shape(self._second)
        if shape == self._second_shape:
            self._scroll_first()
        elif shape[0] is not self._second.record or self._first.start_s not in self._first.start_limits_s:
            self._scroll_second()

    def _scroll_second(self) -> None:
        self._scroll(self._second, self._first.start_s + self._offset_s)

    def _scroll_first(self) -> None:
        self._scroll(self._first, self._second.start_s - self._offset_s)

    def _scroll(self, target: ViewState, start_s: float) -> None:
        """The end of one recording stops it alone: it does not hold the other one back."""
        if self._is_following or not self._is_linked:
            return
        self._is_following = True
        try:
            target.scroll_to(start_s)
        finally:
            self._is_following = False


def _shape(view: ViewState) -> tuple[EcgRecord | None, float, object]:
    """What may move a view without scrolling: recording, width of the paper in mm, arrangement."""
    return view.record, round(view.visible_s * view.calibration.mm_per_s, 3), view.lead_choice


def side_text(letter: str, session: Session) -> str:
    """`A: 00195_hr · mmae-ecg-plus`, as it stands on each side all the time."""
    name = tr("no recording") if session.record is None else session.record.name
    return f"{letter}: {name} · {session.models.title}"


class OpenComparison:
    """What the open recording is compared with; the comparison writes it, exports of the paper read it."""

    def __init__(self) -> None:
        self.place: Place = "beside"
        """Where the second recording is, or will be when the next comparison begins."""
        self._second: tuple[Session, LinkedViews] | None = None

    def begin(self, second: Session, views: LinkedViews) -> None:
        """A second recording is shown."""
        self._second = second, views

    def end(self) -> None:
        """The open recording is shown alone again."""
        self._second = None

    @property
    def overlaid(self) -> OverlaidRecording | None:
        """The recording that a picture of the first paper shows too; None if it shows one alone."""
        if self._second is None or self.place not in ON_ONE_PAPER:
            return None
        session, views = self._second
        return None if session.record is None else OverlaidRecording(session, views.offset_s)

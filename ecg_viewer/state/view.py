"""What the paper shows: recording, stretch, calibration, leads and heat."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from ecg_viewer.state.calibration import SPEED_LIMITS_MM_PER_S, Calibration
from ecg_viewer.state.column_stretches import column_stretch_s, start_to_show_s
from ecg_viewer.state.display_choices import HEAT_STYLES, MIN_HEAT_OPACITY, HeatColours, HeatLook, HeatStyle, LeadChoice
from ecg_viewer.state.filters import DisplayFilter
from ecg_viewer.state.layouts import Arrangement
from ecg_viewer.state.lead_focus import LeadFocus
from ecg_viewer.state.signal import Signal
from ecg_viewer.state.time_of_day import TimeOfDay
from ecg_viewer.state.view_marks import Cursor, Interval
from mmae_core.assessment import Finding
from mmae_core.record import STANDARD_LEADS, EcgRecord

__all__ = ["DEFAULT_PAPER_WIDTH_MM", "MIN_HEAT_OPACITY", "Cursor", "Interval", "ViewState"]

DEFAULT_PAPER_WIDTH_MM = 250.0
"""Ten seconds at 25 mm/s, until a paper says how wide it is."""


class ViewState:
    """What is shown. The visible duration follows from calibration and paper width.

    Changed only through its methods, which emit the signals of what changed after the whole change.
    """

    def __init__(self, display_filter: DisplayFilter | None = None) -> None:
        """`display_filter` may be another view's, so that both show the same."""
        self.filter = display_filter or DisplayFilter()
        """Applied to the samples drawn on the paper, never to the model's input."""
        self.time_of_day = TimeOfDay(lambda: self._record)
        self.record_changed: Signal[()] = Signal()
        self.range_changed: Signal[()] = Signal()
        self.calibration_changed: Signal[()] = Signal()
        self.layout_changed: Signal[()] = Signal()
        self.heat_changed: Signal[()] = Signal()
        self.selection_changed: Signal[()] = Signal()
        self.cursor_changed: Signal[()] = Signal()
        self._record: EcgRecord | None = None
        self._start_s = 0.0
        self._calibration = Calibration()
        self._paper_width_mm = DEFAULT_PAPER_WIDTH_MM
        self._least_column_mm = 0.0
        self._auto_fit = False
        self._leads = LeadChoice()
        self._common_leads: tuple[str, ...] | None = None
        self._heat_visible = True
        self._heat = HeatLook()
        self._selection: Interval | None = None
        self._cursor: Cursor | None = None
        self.focus = LeadFocus(self)
        """The lead at the front, or zoomed."""

    @property
    def record(self) -> EcgRecord | None:
        return self._record

    @property
    def duration_s(self) -> float:
        """Length of the record; 0 without one."""
        return 0.0 if self._record is None else self._record.duration_s

    @property
    def start_s(self) -> float:
        """Time at the left edge of the paper."""
        return self._start_s

    @property
    def visible_s(self) -> float:
        """Seconds that fit on the paper, even if the recording is shorter."""
        return self._paper_width_mm / self._calibration.mm_per_s

    @property
    def end_s(self) -> float:
        """Time at the right edge of the paper; beyond the record's end if the record is shorter than the paper."""
        return self._start_s + self.visible_s

    @property
    def last_start_s(self) -> float:
        """The `start_s` that puts the end of the recording at the right edge; 0 if it is shorter than the paper."""
        return max(0.0, self.duration_s - self.visible_s)

    @property
    def start_limits_s(self) -> tuple[float, float]:
        """Limits of `start_s`: every column can be scrolled to the recording's beginning and end.

        From 0 to `last_start_s` in a single column. Several columns show consecutive stretches: without more room the
        leads of the last one could never be seen at the recording's beginning.
        """
        n_columns = len(self.arrangement.columns)
        if n_columns == 1:
            return 0.0, self.last_start_s
        return -self._column_s * (n_columns - 1), max(self.last_start_s, self.duration_s - self._column_s)

    @property
    def visible_span_s(self) -> tuple[float, float]:
        """The stretch of the record that is on the paper, from the earliest time in any column to the latest."""
        arrangement = self.arrangement
        stretches = [self._stretch(column) for column in range(len(arrangement.columns))]
        if arrangement.n_rhythm or not stretches:
            stretches.append(self._stretch(None))
        start_s = min(max(0.0, min(start for start, _ in stretches)), self.duration_s)
        return start_s, max(start_s, min(max(end for _, end in stretches), self.duration_s))

    @property
    def calibration(self) -> Calibration:
        return self._calibration

    @property
    def is_auto_fit(self) -> bool:
        """Whether the paper chooses speed and gain so that everything fits."""
        return self._auto_fit

    @property
    def lead_choice(self) -> LeadChoice:
        """Which leads are shown, in which layout and order."""
        return self._leads

    @property
    def arrangement(self) -> Arrangement:
        """Where each lead of the open record stands; under each other if columns were too narrow for their names."""
        return self.arrangement_of(self._leads)

    def arrangement_of(self, choice: LeadChoice) -> Arrangement:
        """Where the leads would stand if this were chosen."""
        recorded = STANDARD_LEADS if self._record is None else self._record.trace_names
        asked = choice.arrangement(recorded if self._common_leads is None else self._common_leads)
        shown_s = min(self.visible_s, self.duration_s or self.visible_s)
        is_narrow = shown_s * self._calibration.mm_per_s < len(asked.columns) * self._least_column_mm
        return asked.in_one_column if is_narrow else asked

    @property
    def heat_look(self) -> HeatLook:
        """Style, opacity, threshold and colours of the heat."""
        return self._heat

    @property
    def heat_visible(self) -> bool:
        """Whether the model's marks are shown at all."""
        return self._heat_visible

    @property
    def heat_threshold(self) -> float:
        """Percentiles below it are not coloured."""
        return self._heat.threshold

    @property
    def selection(self) -> Interval | None:
        """The finding or interval under review."""
        return self._selection

    @property
    def cursor(self) -> Cursor | None:
        return self._cursor

    def open_record(self, record: EcgRecord) -> None:
        """Show `record` from its beginning. Speed, gain and heat settings stay; selection and cursor go."""
        self._record = record
        self._start_s = 0.0
        self._selection = None
        self._cursor = None
        for signal in (self.record_changed, self.range_changed, self.selection_changed, self.cursor_changed):
            signal.emit()

    def close_record(self) -> None:
        """Show nothing. Speed, gain and heat settings stay."""
        self._record = None
        self._start_s = 0.0
        self._selection = None
        self._cursor = None
        for signal in (self.record_changed, self.range_changed, self.selection_changed, self.cursor_changed):
            signal.emit()

    def set_paper_width_mm(self, width_mm: float, least_column_mm: float = 0.0) -> None:
        """Called by the paper when it is resized: the visible duration changes, the calibration does not."""
        width_mm, self._least_column_mm = max(width_mm, 1.0), least_column_mm
        if not math.isclose(width_mm, self._paper_width_mm, rel_tol=1e-9):
            self._paper_width_mm = width_mm
            self._start_s = self._clipped(self._start_s)
            self.range_changed.emit()

    def scroll_to(self, start_s: float) -> None:
        """Put `start_s` at the left edge, as far as the record reaches."""
        start_s = self._clipped(start_s)
        if start_s != self._start_s:
            self._start_s = start_s
            self.range_changed.emit()

    def scroll_by(self, seconds: float) -> None:
        self.scroll_to(self._start_s + seconds)

    def scroll_by_windows(self, windows: float) -> None:
        """Scroll by a share of what is visible; 1 shows the next stretch without overlap."""
        self.scroll_by(windows * self.visible_s)

    def centre_on(self, time_s: float) -> None:
        """Put `time_s` in the middle, as far as the record reaches."""
        self.scroll_to(time_s - self.visible_s / 2)

    def show_interval(self, start_s: float, end_s: float, lead: str | None = None) -> None:
        """Scroll only if the interval is not wholly visible; then to its middle, or its start if it does not fit.

        With a `lead` it must be visible in that lead's column. Of one that does not fit, half a column is enough.
        """
        column = self._column_of(lead)
        left_s = 0.0 if column is None else self._column_s * column
        wanted_s = start_to_show_s((start_s, end_s), self._stretch(column), left_s, self.last_start_s)
        if wanted_s is not None:
            self.scroll_to(wanted_s)

    def set_speed(self, mm_per_s: float, anchor_s: float | None = None) -> None:
        """Change the paper speed; `anchor_s` (default: the left edge) keeps its position on the paper."""
        slowest, fastest = SPEED_LIMITS_MM_PER_S
        self._recalibrate(self._calibration.with_speed(min(max(mm_per_s, slowest), fastest)), anchor_s)

    def step_speed(self, steps: int, anchor_s: float | None = None) -> None:
        """Go `steps` presets faster, or slower if negative."""
        self._recalibrate(self._calibration.speed_stepped(steps), anchor_s)

    def zoom(self, factor: float, anchor_s: float | None = None) -> None:
        """Multiply the paper speed, between the presets too (`non-standard` then stands on the paper)."""
        if not (math.isfinite(factor) and factor > 0):
            raise ValueError(f"a zoom factor is a positive number, got {factor!r}")
        self.set_speed(self._calibration.mm_per_s * factor, anchor_s)

    def set_gain(self, mm_per_mv: float) -> None:
        """Change the gain of all leads."""
        self._recalibrate(self._calibration.with_gain(mm_per_mv), None)

    def step_gain(self, steps: int) -> None:
        """Go `steps` presets higher, or lower if negative."""
        self._recalibrate(self._calibration.gain_stepped(steps), None)

    def standard_calibration(self) -> None:
        """Back to 25 mm/s and 10 mm/mV."""
        self._recalibrate(Calibration(), None)

    def toggle_auto_fit(self) -> None:
        """Switch automatic speed and gain on or off; off goes back to the standard ones."""
        if self._auto_fit:
            self.standard_calibration()
        else:
            self._auto_fit = True
            self.calibration_changed.emit()

    def fit(self, calibration: Calibration) -> None:
        """Use the scale that the paper found for automatic fit; ignored if the fit was switched off meanwhile."""
        if self._auto_fit and calibration != self._calibration:
            self._calibration = calibration
            self._start_s = self._clipped(self._start_s)
            self.calibration_changed.emit()
            self.range_changed.emit()

    def set_layout(self, layout: str) -> None:
        """Use the layout with this id. Raises ValueError for an unknown one."""
        self._choose_leads(replace(self._leads, layout=layout))

    def set_cabrera(self, cabrera: bool) -> None:
        """Show the limb leads in the Cabrera order, or in the standard one."""
        self._choose_leads(replace(self._leads, cabrera=cabrera))

    def show_single(self, lead: str) -> None:
        """Show one lead over the whole paper. Raises ValueError if it is none of the twelve."""
        self._choose_leads(replace(self._leads, layout="single", single=lead))

    def set_common_leads(self, leads: Sequence[str] | None) -> None:
        """Keep a row for each of these leads, recorded or not, so that the rows of two views line up; None: do not."""
        common = None if leads is None else tuple(leads)
        if common != self._common_leads:
            self._common_leads = common
            self.layout_changed.emit()

    def show_leads(self, leads: Sequence[str]) -> None:
        """Show these leads under each other. Raises ValueError for none, or one that is none of the twelve."""
        self._choose_leads(self._leads.with_chosen(leads))

    def restore_leads(self, choice: LeadChoice) -> None:
        """Take over a choice as a whole, as one that was remembered."""
        self._choose_leads(choice)

    def toggle_heat(self) -> None:
        self.set_heat_visible(not self._heat_visible)

    def set_heat_visible(self, visible: bool) -> None:
        if visible != self._heat_visible:
            self._heat_visible = visible
            self.heat_changed.emit()

    def set_heat_opacity(self, opacity: float) -> None:
        """Set the factor on the colour table's opacity, kept between 0.2 and 1."""
        self.set_heat_look(self._heat.with_opacity(opacity))

    def set_heat_threshold(self, percentile: float) -> None:
        """Set the percentile below which nothing is coloured; kept between 90 and 99.9."""
        self.set_heat_look(self._heat.with_threshold(percentile))

    def set_heat_style(self, style: HeatStyle) -> None:
        """Show the heat behind the trace, as a ribbon under it, as its colour, or not. Raises ValueError for others."""
        self.set_heat_look(replace(self._heat, style=style))

    def next_heat_style(self) -> None:
        """The next style, the first after the last."""
        self.set_heat_style(HEAT_STYLES[(HEAT_STYLES.index(self._heat.style) + 1) % len(HEAT_STYLES)])

    def set_heat_colours(self, colours: HeatColours) -> None:
        """Use another of the colour maps. Raises ValueError for an unknown one."""
        self.set_heat_look(replace(self._heat, colours=colours))

    def set_heat_look(self, look: HeatLook) -> None:
        """Take over a look as a whole, as one that was remembered."""
        if look != self._heat:
            self._heat = look
            self.heat_changed.emit()

    def set_cursor(self, time_s: float, lead: str | None = None) -> None:
        self._point(Cursor(time_s, lead))

    def clear_cursor(self) -> None:
        self._point(None)

    def select_interval(self, lead: str, start_s: float, end_s: float) -> None:
        """Mark a stretch of a lead, without scrolling."""
        if not end_s >= start_s:
            raise ValueError(f"an interval ends after it starts, got {start_s} to {end_s} s")
        self._select(Interval(lead, start_s, end_s))

    def go_to_finding(self, finding: Finding) -> None:
        """Mark the finding's interval and bring it into view, in a layout that leaves its lead out by zooming the lead.

        Where one lead is at the front, that of the finding takes its place.
        """
        if finding.lead not in self.arrangement.leads:
            self.focus.zoom(finding.lead)
        if self.focus.front is not None:
            self.focus.bring_to_front(finding.lead)
        self.select_interval(finding.lead, finding.start_s, finding.end_s)
        self.show_interval(finding.start_s, finding.end_s, finding.lead)

    def clear_selection(self) -> None:
        self._select(None)

    def _clipped(self, start_s: float) -> float:
        first_s, last_s = self.start_limits_s
        return min(max(start_s, first_s), last_s)

    def _column_of(self, lead: str | None) -> int | None:
        """The column of a lead; None for one across the whole width, and for the paper as a whole."""
        columns = () if lead is None else self.arrangement.columns_of(lead)
        return None if not columns or len(columns) == len(self.arrangement.columns) else columns[0]

    def _stretch(self, column: int | None) -> tuple[float, float]:
        """Times at the edges of a column, or of what runs across the whole width (None)."""
        n_columns, visible_s = len(self.arrangement.columns), self.visible_s
        return column_stretch_s(column, n_columns, self._start_s, visible_s, self.duration_s or visible_s)

    @property
    def _column_s(self) -> float:
        """Seconds per column: a recording shorter than the paper is divided among all columns."""
        return min(self.visible_s, self.duration_s or self.visible_s) / len(self.arrangement.columns)

    def _choose_leads(self, choice: LeadChoice) -> None:
        if choice == self._leads:
            return
        self._leads = choice
        start_s = self._clipped(self._start_s)
        is_moved, self._start_s = start_s != self._start_s, start_s
        self.layout_changed.emit()
        if is_moved:
            self.range_changed.emit()

    def _recalibrate(self, calibration: Calibration, anchor_s: float | None) -> None:
        was_fitted, self._auto_fit = self._auto_fit, False
        if calibration == self._calibration:
            if was_fitted:
                self.calibration_changed.emit()
            return
        anchor_s = self._start_s if anchor_s is None else anchor_s
        share = (anchor_s - self._start_s) / self.visible_s
        self._calibration = calibration
        self._start_s = self._clipped(anchor_s - share * self.visible_s)
        self.calibration_changed.emit()
        self.range_changed.emit()

    def _select(self, selection: Interval | None) -> None:
        if selection != self._selection:
            self._selection = selection
            self.selection_changed.emit()

    def _point(self, cursor: Cursor | None) -> None:
        if cursor != self._cursor:
            self._cursor = cursor
            self.cursor_changed.emit()

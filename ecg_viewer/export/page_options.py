"""What the pages of an export show and how: paper size, layout, scale, filter, heat, stretch. Without Qt."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Literal, get_args

from ecg_viewer.export.provenance import Shown
from ecg_viewer.render.geometry import Extents, Sheet, make_sheet
from ecg_viewer.render.pulse import pulse_width_px
from ecg_viewer.render.theme import PAPER, Theme
from ecg_viewer.state.calibration import Calibration
from ecg_viewer.state.display_choices import HeatLook, LeadChoice
from ecg_viewer.state.filters import FilterChain
from ecg_viewer.state.layouts import LAYOUTS_BY_ID, Arrangement
from ecg_viewer.state.words.language import tr
from ecg_viewer.state.words.numbers import number
from mmae_core.errors import Cancelled, UnsupportedRecord
from mmae_core.record import EcgRecord

UNITS_PER_MM = 100.0
"""Everything on a page is placed in hundredths of a millimetre; fonts have whole sizes in these."""
MARGIN_MM = 5.0
"""What printers can be expected to leave white; with it 10 s at 25 mm/s fit both paper sizes."""
LABEL_MM = 11.0
"""Room for lead names beside the pulses of a single column."""
BARE_MM = 1.0
"""Used instead of `LABEL_MM` if the names are written on the traces."""
MOST_PAGES = 400
"""Maximum number of pages of paper: more than an hour at 25 mm/s."""
ROUND_S = (0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 30.0, 60.0, 120.0, 300.0)
"""Seconds a page shows if it can: 10 at 25 mm/s on both paper sizes, so that columns have their usual 2.5 or 5 s."""
LEAST_USED = 0.75
"""A page that would use less of its width than this shows a less round number of seconds."""
BRIEF_S = 60.0
"""A recording up to this long is exported whole by default."""

PaperSize = Literal["a4", "letter"]
PAPER_SIZES: tuple[PaperSize, ...] = get_args(PaperSize)
SIZE_MM: dict[PaperSize, tuple[float, float]] = {"a4": (297.0, 210.0), "letter": (279.4, 215.9)}
"""Width and height in landscape."""


@dataclass(frozen=True)
class PageOptions:
    """The choices for the pages of an export."""

    paper: PaperSize = "a4"
    leads: LeadChoice = field(default_factory=lambda: LeadChoice("12x1"))
    calibration: Calibration = field(default_factory=Calibration)
    filters: FilterChain = field(default_factory=FilterChain)
    look: HeatLook = field(default_factory=HeatLook)
    theme: Theme = PAPER
    start_s: float = 0.0
    duration_s: float | Literal["page"] | None = None
    """`page`: one page. None: the whole recording if it is brief, else one page."""
    with_findings: bool = True
    """Pages of findings after those of paper."""
    given_up: LeadChoice | None = None
    """The requested arrangement, if its columns were too narrow (see `with_fitting_layout`)."""

    def without_findings(self) -> PageOptions:
        """The same with pages of paper alone."""
        return replace(self, with_findings=False)

    @property
    def size_mm(self) -> tuple[float, float]:
        return SIZE_MM[self.paper]

    @property
    def has_heat(self) -> bool:
        return self.look.style != "off"

    @property
    def layout_title(self) -> str:
        """As in the menu, with the order of the leads where it is not the usual one."""
        title = tr(LAYOUTS_BY_ID[self.leads.layout].title)
        if self.leads.cabrera:
            title = f"{title}, {tr('Cabrera')}"
        if self.given_up is not None:
            asked = tr(LAYOUTS_BY_ID[self.given_up.layout].title)
            title = tr("{layout} (too short for {asked})").format(layout=title, asked=asked)
        return title


@dataclass(frozen=True)
class PagePlan:
    """How the stretch is divided into pages of paper."""

    arrangement: Arrangement
    gutter_mm: float
    """Names and pulses."""
    names_beside: bool
    """Whether the names have room of their own beside the pulses; else they stand on the traces."""
    width_mm: float
    """Of the traces."""
    starts_s: tuple[float, ...]
    """Of each page."""
    page_s: float
    """Seconds a page shows."""
    end_s: float
    """End of the requested stretch."""

    def sheet(self, height_mm: float, calibration: Calibration, extents: Extents | None = None) -> Sheet:
        """Rows and columns of the traces, in hundredths of a millimetre."""
        width, height = round(self.width_mm * UNITS_PER_MM), round(height_mm * UNITS_PER_MM)
        asked_s = self.end_s - self.starts_s[0]
        return make_sheet(self.arrangement, width, height, UNITS_PER_MM, calibration, extents, asked_s)


def with_fitting_layout(record: EcgRecord, options: PageOptions) -> PageOptions:
    """The same with all leads under each other if columns are too narrow for the leads' names. Raises as `plan_pages`.
    """
    plan = _plan(record, options)
    columns = len(plan.arrangement.columns)
    shown_mm = min(plan.page_s, plan.end_s - plan.starts_s[0]) * options.calibration.mm_per_s
    if columns == 1 or shown_mm / columns >= LABEL_MM:
        return options
    return replace(options, leads=replace(options.leads, layout="12x1"), given_up=options.leads)


def plan_pages(record: EcgRecord, options: PageOptions) -> PagePlan:
    """Divide the stretch that is asked for into pages. Raises UnsupportedRecord if it is empty or far too long."""
    return _plan(record, with_fitting_layout(record, options))


def _plan(record: EcgRecord, options: PageOptions) -> PagePlan:
    calibration = options.calibration
    arrangement = options.leads.arrangement(record.trace_names)
    pulse_mm = pulse_width_px(calibration, 1.0) + 1.0
    room_mm = options.size_mm[0] - 2 * MARGIN_MM - pulse_mm
    beside_s, bare_s = ((room_mm - label) / calibration.mm_per_s for label in (LABEL_MM, BARE_MM))
    names_beside = len(arrangement.columns) == 1 and _round(beside_s) == _round(bare_s)
    gutter_mm = pulse_mm + (LABEL_MM if names_beside else BARE_MM)
    page_s = _round(beside_s if names_beside else bare_s)
    start_s = max(0.0, options.start_s)
    if start_s >= record.duration_s:
        raise UnsupportedRecord(
            tr("{name} lasts {duration} s; there is nothing from {start} s on.").format(
                name=record.name, duration=number(record.duration_s, ".6g"), start=number(start_s, "g")
            ),
            code="said",
        )
    duration_s = options.duration_s
    if duration_s is None:
        duration_s = record.duration_s - start_s if record.duration_s <= BRIEF_S else page_s
    elif duration_s == "page":
        duration_s = page_s
    end_s = min(record.duration_s, start_s + duration_s)
    count = max(1, math.ceil((end_s - start_s) / page_s - 1e-6))
    if count > MOST_PAGES:
        raise UnsupportedRecord(
            tr("{duration} s are {count} pages at this speed, more than {most}. Choose a shorter stretch or a slower "
               "speed.").format(duration=number(end_s - start_s, ".6g"), count=count, most=MOST_PAGES),
            code="said",
        )
    starts = tuple(start_s + index * page_s for index in range(count))
    return PagePlan(arrangement, gutter_mm, names_beside, page_s * calibration.mm_per_s, starts, page_s, end_s)


def _round(room_s: float) -> float:
    """The longest round number of seconds for which there is room, unless that would leave much of it empty."""
    usual = max((length for length in ROUND_S if length <= room_s), default=room_s)
    if usual >= LEAST_USED * room_s:
        return usual
    step = 0.1 if room_s < 2 else 0.5 if room_s < 10 else 5.0 if room_s < 120 else 60.0
    return math.floor(room_s / step + 1e-9) * step


def shown(record: EcgRecord, options: PageOptions) -> Shown:
    """What the provenance says about the pages."""
    options = with_fitting_layout(record, options)
    plan = plan_pages(record, options)
    return Shown(
        options.calibration.mm_per_s, options.calibration.mm_per_mv, options.filters.readout, options.layout_title,
        plan.starts_s[0], plan.end_s,
    )


def require_filters(record: EcgRecord, chain: FilterChain) -> None:
    """Raise UnsupportedRecord with the reason if the recording's sampling rate cannot carry a filter."""
    for item in chain.filters:
        reason = item.available(record.sampling_rate_hz)
        if reason:
            raise UnsupportedRecord(reason, code="said")


def nothing_stops() -> bool:
    """Never stops; for exports that cannot be cancelled."""
    return False


def check(should_stop: Callable[[], bool]) -> None:
    """Raise Cancelled if the export was cancelled."""
    if should_stop():
        raise Cancelled(tr("The export was stopped."))

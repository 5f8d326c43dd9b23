"""The pages of an export: how many there are, and one of them on any painter."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from PySide6.QtGui import QColor, QPainter

from ecg_viewer.export.content import RecordContent
from ecg_viewer.export.finding_rows import finding_rows
from ecg_viewer.export.page_options import MARGIN_MM, UNITS_PER_MM, PageOptions, plan_pages, shown, with_fitting_layout
from ecg_viewer.export.pages import frame
from ecg_viewer.export.pages.findings_part import PageBlock, blocks, paginate, paint_blocks
from ecg_viewer.export.pages.first_page import FirstHead
from ecg_viewer.export.pages.paper_part import AXIS_MM, PaperPart, is_marked
from ecg_viewer.export.pages.pens_and_text import SMALL_MM, TEXT_MM, line_mm, text_width_mm, wrapped, write_lines
from ecg_viewer.export.report_sections import report_sections
from ecg_viewer.render.areas import LeadArea
from ecg_viewer.state.layouts import DERIVED_NOTE
from ecg_viewer.state.words.language import tr
from ecg_viewer.state.words.numbers import number
from mmae_core.record import STANDARD_LEADS

LEGEND_LINES = 2
"""Lines of small text under the time axis that the legend takes at least."""
BESIDE_MM = 3.0
"""At the right of a figure, for the half of the last tick's label."""
LEGEND_GAP_MM = 4.0
"""Between the readout and the legend beside it."""


@dataclass(frozen=True)
class Foot:
    """What stands between the time axis and the provenance."""

    left_mm: float
    right_mm: float
    readout: tuple[str, ...]
    notes: tuple[str, ...]

    @property
    def height_mm(self) -> float:
        """Room for it, at least what the legend needs."""
        own = len(self.readout) * line_mm(TEXT_MM) + len(self.notes) * line_mm(SMALL_MM)
        return max(own, LEGEND_LINES * line_mm(SMALL_MM) + 1.0) + 0.4


@dataclass(frozen=True)
class Figure:
    """The traces of a page as a picture of their own: for HTML."""

    width_mm: float
    height_mm: float
    readout: str
    """Speed, gain, filter and layout."""
    stretch: str
    notes: tuple[str, ...]
    description: str
    """In words what it shows, for who cannot see it."""
    paint: Callable[[QPainter, float], None]
    """Draws it with its upper left corner at the painter's origin; the second argument are the painter's units in a
    millimetre.
    """


class PageDocument:
    """Pages of paper, then pages of findings. Samples are read page by page, when one is painted."""

    def __init__(self, content: RecordContent, options: PageOptions) -> None:
        """Raises UnsupportedRecord if the stretch cannot be divided into pages."""
        options = with_fitting_layout(content.record, options)
        self._plan = plan_pages(content.record, options)
        self.content = replace(content, provenance=content.provenance.with_shown(shown(content.record, options)))
        self.options = options
        self._finding_pages = self._paginate() if options.with_findings else []

    @property
    def n_paper_pages(self) -> int:
        return len(self._plan.starts_s)

    def __len__(self) -> int:
        return self.n_paper_pages + len(self._finding_pages)

    @property
    def n_rows(self) -> int:
        """Traces under each other."""
        return self._plan.arrangement.n_rows

    @property
    def stretch_s(self) -> tuple[float, float]:
        """What the pages of paper show."""
        return self._plan.starts_s[0], self._plan.end_s

    @property
    def size_mm(self) -> tuple[float, float]:
        return self.options.size_mm

    def paint(self, painter: QPainter, index: int, units_per_mm: float) -> None:
        """Draw a page with its upper left corner at the painter's origin, `units_per_mm` of the painter's own.

        Raises UnreadableRecord.
        """
        painter.save()
        painter.scale(units_per_mm / UNITS_PER_MM, units_per_mm / UNITS_PER_MM)
        painter.setRenderHints(
            QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing
            | QPainter.RenderHint.LosslessImageRendering
        )
        painter.fillRect(frame.page_rect(self.options), QColor(self._background))
        if index < self.n_paper_pages:
            self._paint_paper(painter, index)
        else:
            self._paint_findings(painter, index)
        number = tr("Page {number} of {count}").format(number=index + 1, count=len(self))
        frame.footer(painter, self.content.provenance, self.options, number)
        painter.restore()

    @property
    def _background(self) -> str:
        """Paint the margins: white, to save ink; for dark themes dark to the edge."""
        return self.options.theme.strip if self.options.theme.is_dark else "#ffffff"

    def areas(self, index: int) -> tuple[LeadArea, ...]:
        """Where the leads of a page of paper are, in hundredths of a millimetre. Raises UnreadableRecord."""
        return self._part(index).areas(*self._place(index))

    def _part(self, index: int) -> PaperPart:
        return PaperPart(self.content, self.options, self._plan, self._plan.starts_s[index])

    @cached_property
    def _first_head(self) -> FirstHead:
        return FirstHead(self.content, self.options, frame.title_bottom())

    def _place(self, index: int) -> tuple[float, float, float]:
        """Left edge, top and height of the paper on its page, in millimetres."""
        options, plan = self.options, self._plan
        top = self._first_head.bottom_mm if index == 0 else frame.heading_bottom(self.content, options)
        bottom = options.size_mm[1] - frame.footer_height(self.content.provenance, options)
        left = (options.size_mm[0] - plan.gutter_mm - plan.width_mm) / 2
        return left, top, bottom - top - AXIS_MM - self._foot.height_mm

    def figure(self, index: int, most_mm: float | None = None) -> Figure:
        """The paper of a page alone, with axis and legend; its traces at most `most_mm` high."""
        plan, part = self._plan, self._part(index)
        height = self._place(index)[2]
        height = height if most_mm is None else min(height, most_mm)
        width, below = plan.gutter_mm + plan.width_mm, AXIS_MM
        if self._has_legend:
            below += LEGEND_LINES * line_mm(SMALL_MM) + 1.4
        stretch = self._stretch(plan.starts_s[index])

        def paint(painter: QPainter, units_per_mm: float) -> None:
            painter.save()
            painter.scale(units_per_mm / UNITS_PER_MM, units_per_mm / UNITS_PER_MM)
            part.paint(painter, 0.0, 0.0, height)
            if self._has_legend:
                frame.legend(painter, self.options, width, height + AXIS_MM + 0.4)
            painter.restore()

        words = self._described(stretch)
        return Figure(width + BESIDE_MM, height + below, self._readout(), stretch, self._notes, words, paint)

    @property
    def figure_left_mm(self) -> float:
        """Where the left edge of a figure is on its page."""
        return self._place(0)[0]

    def _described(self, stretch: str) -> str:
        leads = ", ".join(self._plan.arrangement.leads)
        text = tr("{leads}, {stretch}, {scale}.").format(leads=leads, stretch=stretch, scale=self._readout())
        if self._has_legend:
            text += " " + tr("Colour shows percentiles among normal ECGs; the findings are listed below as text.")
        return text

    def _paint_paper(self, painter: QPainter, index: int) -> None:
        options, plan = self.options, self._plan
        left, top, height = self._place(index)
        part = self._part(index)
        stretch = self._stretch(plan.starts_s[index])
        if index == 0:
            frame.title(painter, self.content, options, stretch)
            self._first_head.paint(painter)
        else:
            frame.heading(painter, self.content, options, stretch)
        part.paint(painter, left, top, height)
        line, foot = top + height + AXIS_MM + 0.4, self._foot
        if self._has_legend:
            frame.legend(painter, options, foot.right_mm, line)
        line = write_lines(painter, foot.left_mm, line, foot.readout, TEXT_MM, options.theme.text, bold=True)
        write_lines(painter, foot.left_mm, line, foot.notes, SMALL_MM, options.theme.quiet_text)

    @property
    def _has_legend(self) -> bool:
        return self.content.heat is not None and self.options.has_heat

    @cached_property
    def _foot(self) -> Foot:
        """Readout and notes, as wide as the paper or, if they need it, the page; on further lines if that is no help.
        """
        options, plan = self.options, self._plan
        text, note = self._readout(), " · ".join(self._notes)
        legend = frame.legend_width() + LEGEND_GAP_MM if self._has_legend else 0.0
        paper_mm = plan.gutter_mm + plan.width_mm
        left = (options.size_mm[0] - paper_mm) / 2
        wanted = max(text_width_mm(text, TEXT_MM, bold=True), text_width_mm(note, SMALL_MM))
        if wanted + legend > paper_mm:
            left, paper_mm = MARGIN_MM, options.size_mm[0] - 2 * MARGIN_MM
        room = paper_mm - legend
        return Foot(
            left, left + paper_mm, tuple(wrapped(text, room, TEXT_MM, bold=True)),
            tuple(wrapped(note, room, SMALL_MM)) if note else (),
        )

    @property
    def _notes(self) -> tuple[str, ...]:
        """Below the traces: leads that were computed, findings that are not shown."""
        notes = [tr(DERIVED_NOTE)] if self.content.record.derived_leads else []
        return (*notes, *self._outside)

    @cached_property
    def _outside(self) -> tuple[str, ...]:
        """A note on how many findings lie on none of the pages, and why."""
        marked = [(row.number, finding) for row in finding_rows(self.content) for finding in row.findings
                  if is_marked(finding, self.options) and finding.lead in STANDARD_LEADS]
        rows = np.array([number for number, _ in marked])
        starts = np.array([finding.start_s for _, finding in marked])
        ends = np.array([finding.end_s for _, finding in marked])
        leads = np.array([finding.lead for _, finding in marked])
        seen = np.zeros(len(marked), bool)
        sheet = self._plan.sheet(self.options.size_mm[1], self.options.calibration)
        for start_s in self._plan.starts_s if marked else ():
            for area in sheet.areas(start_s):
                seen |= (leads == area.lead) & (starts < min(area.end_s, self._plan.end_s)) & (ends > area.start_s)
        is_shown = np.isin(leads, self._plan.arrangement.leads)
        in_shown, on_pages = set(rows[is_shown].tolist()), set(rows[seen].tolist())
        unshown, outside = set(rows.tolist()) - in_shown, in_shown - on_pages
        hidden = {lead for row, lead in zip(rows.tolist(), leads.tolist(), strict=True) if row in unshown}
        found = []
        for missing, sentence in (
            (unshown, tr("{n} of {m} findings lie in leads that are not shown ({leads})")),
            (outside, tr("{n} of {m} findings lie outside the stretch shown of their lead")),
        ):
            if missing:
                found.append(sentence.format(
                    n=number(len(missing), ","), m=number(len(set(rows.tolist())), ","),
                    leads=", ".join(lead for lead in STANDARD_LEADS if lead in hidden),
                ))
        return tuple(found)

    def _readout(self) -> str:
        calibration = self.options.calibration
        text = f"{number(calibration.mm_per_s, 'g')} mm/s · {number(calibration.mm_per_mv, 'g')} mm/mV"
        if not calibration.is_usual:
            text += f" · {tr('non-standard')}"
        return f"{text} · {self.options.filters.readout} · {self.options.layout_title}"

    def _stretch(self, start_s: float) -> str:
        end_s = min(start_s + self._plan.page_s, self._plan.end_s)
        return tr("{start} to {end} s of {duration} s").format(
            start=number(start_s, ".6g"), end=number(end_s, ".6g"),
            duration=number(self.content.record.duration_s, ".6g")
        )

    def _paginate(self) -> list[list[PageBlock]]:
        used = frame.heading_bottom(self.content, self.options)
        used += frame.footer_height(self.content.provenance, self.options)
        sections = report_sections(self.content, self.stretch_s)
        return paginate(blocks(sections, self.options), self.options.size_mm[1] - used)

    def _paint_findings(self, painter: QPainter, index: int) -> None:
        top = frame.heading(painter, self.content, self.options, tr("Findings and scores"))
        page = self._finding_pages[index - self.n_paper_pages]
        paint_blocks(painter, page, self.options, top)

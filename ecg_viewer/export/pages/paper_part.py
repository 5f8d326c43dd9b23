"""The paper on a page: grid, heat, traces, pulses, names, marks of findings and the time axis."""

from __future__ import annotations

import math
from collections.abc import Iterable

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath

from ecg_viewer.export.content import RecordContent, ReviewedFinding
from ecg_viewer.export.finding_rows import bracketed, finding_rows
from ecg_viewer.export.page_options import BARE_MM, LABEL_MM, UNITS_PER_MM, PageOptions, PagePlan
from ecg_viewer.export.pages.number_places import Mark, TakenRoom
from ecg_viewer.export.pages.page_fills import page_fills
from ecg_viewer.export.pages.pens_and_text import (
    GRID_MAJOR_MM,
    GRID_MINOR_MM,
    SMALL_MM,
    TEXT_MM,
    TRACE_MM,
    line_mm,
    lines_path,
    mm,
    pen,
    text_width_mm,
    write,
)
from ecg_viewer.export.traces import Traces, read_traces
from ecg_viewer.paint.heat_painter import ColumnPlaces, HeatPainter
from ecg_viewer.paint.trace_painter import Stroke, TraceLine, paint_line, paint_trace
from ecg_viewer.render.areas import LeadArea
from ecg_viewer.render.decimate import runs
from ecg_viewer.render.geometry import Row, Sheet
from ecg_viewer.render.grid import GridLevel, grid_lines, line_opacity
from ecg_viewer.render.heat_stretch import HeatStretch
from ecg_viewer.render.pulse import LEAD_IN_MM, PULSE_S, pulse_lines
from ecg_viewer.render.time_axis import ticks
from ecg_viewer.state.heat import COLUMNS_PER_S
from ecg_viewer.state.layouts import lead_text
from ecg_viewer.state.time_of_day import clock_of
from ecg_viewer.state.words.numbers import localised

PULSE_ROOM_MV, PULSE_BELOW_MV = 0.95, 0.15
"""Above and below a baseline; together a little more than the pulse, so that neighbours stay apart."""
LEG_MM = 1.2
"""Of a bracket."""
FAR_MM, NEAR_MM = 8.0, 4.0
"""A trace farther than the first below its band's top has its brackets the second above it."""
PRINTED_GRID = 1.5
"""Factor on the grid's opacity: a hair line on paper is fainter than a pixel on a screen."""
AXIS_MM = 4.0
"""Height of the time axis under the paper."""
AXIS_LABEL_MM = 16.0
"""Room for one of its labels."""


def is_marked(finding: ReviewedFinding, options: PageOptions) -> bool:
    """Whether a finding has a bracket where the paper shows it."""
    return finding.decision != "dismissed" and (options.has_heat or finding.is_positive)


class PaperPart:
    """Draws one page's paper into a rectangle; everything is read when it is made."""

    def __init__(self, content: RecordContent, options: PageOptions, plan: PagePlan, start_s: float) -> None:
        """Reads the samples of the page. Raises UnreadableRecord."""
        self._content = content
        self._options = options
        self._plan = plan
        self._start_s = start_s
        self._end_s = min(start_s + plan.page_s, plan.end_s)
        self._heat_painter = HeatPainter(options.look, options.theme, page_fills(options.theme))
        self._strokes = [Stroke(pen(shade.colour, shade.width * TRACE_MM)) for shade in self._heat_painter.shades]
        self._stretches: dict[LeadArea, HeatStretch] = {}
        """The heat that `_heat` has painted."""
        self._lines: dict[LeadArea, TraceLine] = {}
        """What `_line` has answered."""
        self._rows = finding_rows(content)
        self._traces: Traces = read_traces(content.record, options.filters, start_s, self._end_s)

    def areas(self, left_mm: float, top_mm: float, height_mm: float) -> tuple[LeadArea, ...]:
        """Where the leads are, in the page's hundredths of a millimetre, if drawn with the same arguments."""
        sheet = self._plan.sheet(height_mm, self._options.calibration, self._extents())
        return sheet.areas(self._start_s, mm(left_mm + self._plan.gutter_mm), mm(top_mm))

    def paint(self, painter: QPainter, left_mm: float, top_mm: float, height_mm: float) -> None:
        """Draw paper of `height_mm` with its axis below; names and pulses begin at `left_mm`."""
        options, plan = self._options, self._plan
        sheet = plan.sheet(height_mm, options.calibration, self._extents())
        left, top = mm(left_mm + plan.gutter_mm), mm(top_mm)
        whole = QRectF(mm(left_mm), top, mm(plan.gutter_mm + plan.width_mm), mm(height_mm))
        traces = QRectF(left, top, mm(plan.width_mm), mm(height_mm))
        painter.save()
        painter.setClipRect(whole)
        painter.fillRect(whole, QColor(options.theme.paper))
        areas = sheet.areas(self._start_s, left, top)
        bands = {(row.lead, math.floor(row.baseline_px)): row for row in sheet.geometry.rows}
        self._beyond(painter, traces)
        if self._content.heat is not None and options.has_heat:
            for area in areas:
                self._heat(painter, area, bands[(area.lead, math.floor(area.baseline_y - top))], top)
        self._grid(painter, whole, left, top + sheet.geometry.grid_origin_px)
        marks = self._marks(painter, areas, bands, top)
        for area in areas:
            self._trace(painter, area)
        self._columns(painter, sheet, traces)
        pulses = self._pulses(painter, sheet, mm(left_mm), top)
        names = self._names(painter, areas, mm(left_mm))
        if marks:
            self._numbers(painter, marks, areas, whole, [*pulses, *names])
        painter.restore()
        painter.setPen(pen(options.theme.rule, 0.15))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(whole)
        self._axis(painter, traces, top_mm + height_mm)

    def _extents(self) -> dict[str, tuple[float, float]]:
        """How far each lead reaches, at least as far as its pulse: pulses must not run into each other."""
        inverted = {cell.lead for column in self._plan.arrangement.columns for cell in column if cell.sign < 0}
        found = {}
        for lead, (low, high) in self._traces.extents.items():
            if lead in inverted:
                found[lead] = min(low, -PULSE_ROOM_MV), max(high, PULSE_BELOW_MV)
            else:
                found[lead] = min(low, -PULSE_BELOW_MV), max(high, PULSE_ROOM_MV)
        return found

    def _beyond(self, painter: QPainter, traces: QRectF) -> None:
        """Paper after the end of what is shown."""
        end = traces.left() + mm((self._end_s - self._start_s) * self._options.calibration.mm_per_s)
        if end < traces.right() - 0.5:
            painter.fillRect(QRectF(end, traces.top(), traces.right() - end, traces.height()),
                             QColor(self._options.theme.beyond))

    def _grid(self, painter: QPainter, whole: QRectF, origin_x: float, origin_y: float) -> None:
        """Lines each millimetre and, stronger, each 5 mm; 0 mV of the first row and the start of time lie on one."""
        theme = self._options.theme
        verticals = _page_lines(whole.left(), whole.right(), origin_x)
        horizontals = _page_lines(whole.top(), whole.bottom(), origin_y)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for (level, across), (_, down) in zip(verticals, horizontals, strict=True):
            colour = QColor(theme.grid)
            colour.setAlphaF(min(1.0, line_opacity(level, theme) * PRINTED_GRID))
            painter.setPen(pen(colour, GRID_MAJOR_MM if level.is_major else GRID_MINOR_MM))
            painter.drawPath(lines_path(across, down, whole))

    def _heat(self, painter: QPainter, area: LeadArea, row: Row, top: float) -> None:
        """The heat of an area; one whose trace shows it is drawn by `_trace`."""
        heat = self._content.heat
        assert heat is not None, "asked for only where there is some"
        end_s = min(area.end_s, self._end_s)
        n_columns = round((end_s - area.start_s) * COLUMNS_PER_S)
        if n_columns < 1:
            return
        stretch = self._heat_painter.stretch(heat, area.start_s, end_s, n_columns)
        self._stretches[area] = stretch
        width = (end_s - area.start_s) * area.px_per_s / n_columns
        painter.save()
        painter.translate(area.left, top)
        places = ColumnPlaces(0, n_columns, width, -area.start_s * area.px_per_s)
        self._heat_painter.paint(painter, stretch, (row,), places)
        painter.restore()

    def _line(self, area: LeadArea) -> TraceLine:
        """A lead's trace, as points of the page."""
        if area not in self._lines:
            end_s = min(area.end_s, self._end_s)
            times, values, connect = self._traces.line(area.lead, area.start_s, end_s, self._options.calibration)
            y = area.baseline_y - area.sign * values.astype(np.float64) * area.px_per_mv
            self._lines[area] = TraceLine(area.left + (times - area.start_s) * area.px_per_s, y, connect)
        return self._lines[area]

    def _trace(self, painter: QPainter, area: LeadArea) -> None:
        painter.save()
        paper = painter.clipBoundingRect()
        painter.setClipRect(QRectF(area.left, paper.top(), area.width, paper.height()),
                            Qt.ClipOperation.IntersectClip)
        line, stretch, shades = self._line(area), self._stretches.get(area), None
        if stretch is not None and self._heat_painter.colours_traces:
            columns = np.floor((line.x - area.left) / area.px_per_s * COLUMNS_PER_S + 1e-6).astype(np.int64)
            shades = self._heat_painter.shades_at(stretch, area.lead, columns)
        paint_trace(painter, line, self._strokes, shades)
        painter.restore()

    def _marks(
        self, painter: QPainter, areas: Iterable[LeadArea], bands: dict[tuple[str, int], Row], top: float
    ) -> list[Mark]:
        """Brackets over findings: in the model's colour, or the reviewer's where one stands behind it."""
        marks: list[Mark] = []
        if not self._options.has_heat and not self._content.positives:
            return marks
        for area in areas:
            row = bands[(area.lead, math.floor(area.baseline_y - top))]
            for listed, finding in bracketed(self._rows, area.lead, area.start_s, min(area.end_s, self._end_s)):
                if is_marked(finding, self._options):
                    theme = self._options.theme
                    colour = theme.human_colour if finding.is_positive else theme.model_colour
                    bracket = self._bracket(painter, area, top + row.band_top_px, finding, colour)
                    number = str(listed.number)
                    marks.append(Mark(f"{number}✓" if finding.is_positive else number, colour, bracket))
        return marks

    def _bracket(
        self, painter: QPainter, area: LeadArea, band_top: float, finding: ReviewedFinding, colour: str
    ) -> QRectF:
        """Draw a bracket at the top of the lead's band, or, where the trace is far below that, close above it."""
        left, right = max(area.left, area.x_of(finding.start_s)), min(area.right, area.x_of(finding.end_s))
        line = self._line(area)
        here = line.y[(line.x >= left) & (line.x <= right)]
        highest = float(np.fmin.reduce(here, initial=math.inf))
        highest = highest if math.isfinite(highest) else band_top
        y = band_top if highest - band_top <= mm(FAR_MM) else highest - mm(NEAR_MM)
        painter.setPen(pen(colour, 0.25))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        path = QPainterPath(QPointF(left, y + mm(LEG_MM)))
        for point in ((left, y), (right, y), (right, y + mm(LEG_MM))):
            path.lineTo(*point)
        painter.drawPath(path)
        return QRectF(left, y, max(right - left, 0.0), mm(LEG_MM))

    def _numbers(
        self, painter: QPainter, marks: list[Mark], areas: Iterable[LeadArea], whole: QRectF, written: list[QRectF]
    ) -> None:
        """Numbers beside their brackets where no trace, name, pulse or bracket is; a thin line joins distant ones."""
        room = TakenRoom(whole)
        for area in areas:
            line = self._line(area)
            for run in runs(line.connect):
                room.add_line(line.x[run], line.y[run])
        for box in written:
            room.add_box(box)
        drop = mm(0.12 * line_mm(SMALL_MM))  # the line box is higher than its figures
        for placed in room.place(marks):
            if placed.leader is not None:
                painter.setPen(pen(placed.mark.colour, 0.1))
                painter.drawLine(*placed.leader)
            left_mm, top_mm = placed.box.left() / UNITS_PER_MM, (placed.box.top() - drop) / UNITS_PER_MM
            write(painter, left_mm, top_mm, placed.mark.text, SMALL_MM, placed.mark.colour, bold=True)

    def _columns(self, painter: QPainter, sheet: Sheet, traces: QRectF) -> None:
        """Short strokes where a column of leads begins."""
        painter.setPen(pen(self._options.theme.trace, 0.2))
        n_own = len(sheet.geometry.levels) - sheet.geometry.n_rhythm
        for panel in sheet.panels[1:]:
            x = traces.left() + panel.left_px
            for row in sheet.geometry.levels[:n_own]:
                y = traces.top() + row.baseline_px
                painter.drawLine(QPointF(x, y - mm(3)), QPointF(x, y + mm(3)))

    def _pulses(self, painter: QPainter, sheet: Sheet, left: float, top: float) -> list[QRectF]:
        """Draw the pulses. Returns where they are."""
        left += mm(LABEL_MM if self._plan.names_beside else BARE_MM)
        lines = [(left + x, top + y) for x, y in pulse_lines(sheet.geometry)]
        for x, y in lines:
            paint_line(painter, x, y, self._strokes[0])
        return [QRectF(QPointF(x.min(), y.min()), QPointF(x.max(), y.max())) for x, y in lines]

    def _names(self, painter: QPainter, areas: Iterable[LeadArea], left: float) -> list[QRectF]:
        """Write the leads' names: beside the pulses, within wide ones, or on the traces. Returns where they are."""
        places = []
        theme, plan = self._options.theme, self._plan
        derived = self._content.record.derived_leads
        names = [(lead_text(area.lead, area.sign, derived), area) for area in areas]
        pulse_mm = PULSE_S * self._options.calibration.mm_per_s
        widest = max((text_width_mm(text, TEXT_MM, bold=True) for text, _ in names), default=0.0)
        in_pulses = not plan.names_beside and len(plan.arrangement.columns) == 1 and widest + 1.0 < pulse_mm
        size = TEXT_MM if in_pulses else TEXT_MM + 0.6
        height, widths = line_mm(size), [text_width_mm(text, size, bold=True) for text, _ in names]
        for (text, area), width in zip(names, widths, strict=True):
            if plan.names_beside:
                x_mm, y_mm = left / UNITS_PER_MM + 1.0, area.baseline_y / UNITS_PER_MM - height / 2
            elif in_pulses:
                x_mm = left / UNITS_PER_MM + BARE_MM + LEAD_IN_MM + (pulse_mm - width) / 2
                y_mm = area.baseline_y / UNITS_PER_MM - height
            else:
                x_mm, y_mm = area.left / UNITS_PER_MM + 0.8, area.top / UNITS_PER_MM + 0.6
            background = QColor(theme.paper)
            background.setAlphaF(0.85)
            places.append(QRectF(mm(x_mm - 0.3), mm(y_mm + 0.3), mm(width + 0.6), mm(height - 0.6)))
            painter.fillRect(places[-1], background)
            write(painter, x_mm, y_mm, text, size, theme.text, bold=True)
        return places

    def _axis(self, painter: QPainter, traces: QRectF, top_mm: float) -> None:
        theme, speed = self._options.theme, self._options.calibration.mm_per_s
        record = self._content.record
        for tick in ticks(self._start_s, self._end_s, speed, record.duration_s, AXIS_LABEL_MM, clock_of(record)):
            x_mm = traces.left() / UNITS_PER_MM + (tick.time_s - self._start_s) * speed
            painter.setPen(pen(theme.quiet_text, 0.15))
            length_mm = 1.2 if tick.label else 0.7
            painter.drawLine(QPointF(mm(x_mm), mm(top_mm)), QPointF(mm(x_mm), mm(top_mm + length_mm)))
            if tick.label:
                label = localised(tick.label)
                width = text_width_mm(label, SMALL_MM)
                write(painter, x_mm - width / 2, top_mm + 1.2, label, SMALL_MM, theme.quiet_text)


def _page_lines(first: float, last: float, origin: float) -> tuple[tuple[GridLevel, tuple[int, ...]], ...]:
    """The lines of the grid between two places of a page."""
    return grid_lines(math.ceil(first), math.floor(last) + 1, origin, UNITS_PER_MM)

"""The paper on a page: grid, heat, traces, pulses, names, marks of findings and the time axis."""

from __future__ import annotations

import math
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPolygonF

from ecg_viewer.export.content import RecordContent, ReviewedFinding
from ecg_viewer.export.finding_rows import bracketed, finding_rows
from ecg_viewer.export.page_options import BARE_MM, LABEL_MM, UNITS_PER_MM, PageOptions, PagePlan
from ecg_viewer.export.pages.edges import draw_edge
from ecg_viewer.export.pages.heat_part import hatch, heat_pixels, runs_of_ink
from ecg_viewer.export.pages.ink import (
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
from ecg_viewer.export.pages.number_places import Mark, TakenRoom
from ecg_viewer.export.traces import MOST_POINTS_PER_MM, Traces, read_traces
from ecg_viewer.render.areas import LeadArea
from ecg_viewer.render.geometry import Row, Sheet
from ecg_viewer.render.pulse import LEAD_IN_MM, PULSE_S, pulse_points
from ecg_viewer.render.time_axis import ticks
from ecg_viewer.state.heat import COLUMNS_PER_S, PENDING, percentile_codes
from ecg_viewer.state.words.numbers import localised
from mmae_core.record import STANDARD_LEADS

RIBBON_MM = 3.0
PULSE_ROOM_MV, PULSE_BELOW_MV = 0.95, 0.15
"""Above and below a baseline; together a little more than the pulse, so that neighbours stay apart."""
DERIVED_MARK = "*"
LEG_MM = 1.2
"""Of a bracket."""
FAR_MM, NEAR_MM = 8.0, 4.0
"""A trace farther than the first below its band's top has its brackets the second above it."""
Line = tuple[NDArray[np.float64], NDArray[np.float64]]
"""x and y of points of a page."""
AXIS_MM = 4.0
"""Height of the time axis under the paper."""


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
        self._inks: dict[LeadArea, list[tuple[int, int, str]]] = {}
        """Stretches of columns whose trace shows the heat, with the ink; in the style that colours traces."""
        self._lines: dict[LeadArea, list[Line]] = {}
        """What `_points` has answered."""
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
        bands = {(row.lead, row.baseline_px): row for row in sheet.geometry.rows}
        self._beyond(painter, traces)
        if self._content.heat is not None and options.has_heat:
            for area in areas:
                self._heat(painter, area, bands[(area.lead, area.baseline_y - top)], top)
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
        places: dict[bool, tuple[list[float], list[float]]] = {True: ([], []), False: ([], [])}
        ends = ((whole.left(), whole.right(), origin_x), (whole.top(), whole.bottom(), origin_y))
        for axis, (first, last, origin) in enumerate(ends):
            number = math.ceil((first - origin) / UNITS_PER_MM)
            while (at := origin + number * UNITS_PER_MM) <= last:
                places[number % 5 == 0][axis].append(at)
                number += 1
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for is_major, width_mm, opacity in ((False, GRID_MINOR_MM, theme.grid_minor_opacity),
                                            (True, GRID_MAJOR_MM, theme.grid_major_opacity)):
            colour = QColor(theme.grid)
            colour.setAlphaF(min(1.0, opacity * 1.5))  # a hair line on paper is fainter than a pixel on a screen
            painter.setPen(pen(colour, width_mm))
            painter.drawPath(lines_path(*places[is_major], whole))

    def _heat(self, painter: QPainter, area: LeadArea, row: Row, top: float) -> None:
        heat = self._content.heat
        assert heat is not None, "asked for only where there is some"
        end_s = min(area.end_s, self._end_s)
        n_columns = round((end_s - area.start_s) * COLUMNS_PER_S)
        if n_columns < 1:
            return
        codes, pixels, hatched = heat_pixels(heat, area, end_s, n_columns, self._options)
        band = QRectF(area.left, top + row.band_top_px, (end_s - area.start_s) * area.px_per_s, row.band_height_px)
        if self._options.look.style != "background":
            height = min(mm(RIBBON_MM), band.height() / 3)
            band = QRectF(band.left(), band.bottom() - height, band.width(), height)
        if self._options.look.style == "trace":
            self._inks[area] = runs_of_ink(codes, hatched, self._options)
        elif pixels[:, 3].any():
            image = QImage(pixels.tobytes(), n_columns, 1, 4 * n_columns, QImage.Format.Format_RGBA8888)
            painter.drawImage(band, image)
        for mask, colour in ((hatched, self._options.theme.hatch), (codes == PENDING, self._options.theme.pending)):
            if mask.any():
                hatch(painter, band, mask, colour)
        least = percentile_codes(np.array(self._options.look.threshold))
        for layer in heat.edges:
            lead = STANDARD_LEADS.index(area.lead)
            marked = heat.slice(area.start_s, end_s, n_columns, layer)[lead] >= least
            draw_edge(painter, band, marked, layer, self._options.theme.model_ink)

    def _points(self, area: LeadArea) -> list[Line]:
        """The unbroken lines of a lead's trace, as points of the page."""
        if area not in self._lines:
            per_s = MOST_POINTS_PER_MM * self._options.calibration.mm_per_s
            end_s = min(area.end_s, self._end_s)
            self._lines[area] = [
                (area.left + (times - area.start_s) * area.px_per_s,
                 area.baseline_y - area.sign * values * area.px_per_mv)
                for times, values in self._traces.lines(area.lead, area.start_s, end_s, per_s)
            ]
        return self._lines[area]

    def _trace(self, painter: QPainter, area: LeadArea) -> None:
        painter.save()
        paper = painter.clipBoundingRect()
        painter.setClipRect(QRectF(area.left, paper.top(), area.width, paper.height()),
                            Qt.ClipOperation.IntersectClip)
        painter.setPen(pen(self._options.theme.trace, TRACE_MM))
        lines = []
        for x, y in self._points(area):
            lines.append(QPolygonF([QPointF(*point) for point in zip(x.tolist(), y.tolist(), strict=True)]))
            painter.drawPolyline(lines[-1])
        for first, last, ink in self._inks.get(area, ()):
            column = area.px_per_s / COLUMNS_PER_S
            painter.save()
            painter.setClipRect(QRectF(area.left + first * column, paper.top(), (last - first) * column,
                                       paper.height()), Qt.ClipOperation.IntersectClip)
            painter.setPen(pen(ink, 2 * TRACE_MM))
            for line in lines:
                painter.drawPolyline(line)
            painter.restore()
        painter.restore()

    def _marks(
        self, painter: QPainter, areas: Iterable[LeadArea], bands: dict[tuple[str, float], Row], top: float
    ) -> list[Mark]:
        """Brackets over findings: the model's ink, or the reviewer's where one stands behind it."""
        marks: list[Mark] = []
        if not self._options.has_heat and not self._content.positives:
            return marks
        for area in areas:
            row = bands[(area.lead, area.baseline_y - top)]
            for listed, finding in bracketed(self._rows, area.lead, area.start_s, min(area.end_s, self._end_s)):
                if is_marked(finding, self._options):
                    ink = self._options.theme.human_ink if finding.is_positive else self._options.theme.model_ink
                    bracket = self._bracket(painter, area, top + row.band_top_px, finding, ink)
                    number = str(listed.number)
                    marks.append(Mark(f"{number}✓" if finding.is_positive else number, ink, bracket))
        return marks

    def _bracket(
        self, painter: QPainter, area: LeadArea, band_top: float, finding: ReviewedFinding, ink: str
    ) -> QRectF:
        """Draw a bracket at the top of the lead's band, or, where the trace is far below that, close above it."""
        left, right = max(area.left, area.x_of(finding.start_s)), min(area.right, area.x_of(finding.end_s))
        here = [y[(x >= left) & (x <= right)] for x, y in self._points(area)]
        highest = min((float(part.min()) for part in here if part.size), default=band_top)
        y = band_top if highest - band_top <= mm(FAR_MM) else highest - mm(NEAR_MM)
        painter.setPen(pen(ink, 0.25))
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
            for x, y in self._points(area):
                room.add_line(x, y)
        for box in written:
            room.add_box(box)
        drop = mm(0.12 * line_mm(SMALL_MM))  # the line box is higher than its figures
        for placed in room.place(marks):
            if placed.leader is not None:
                painter.setPen(pen(placed.mark.ink, 0.1))
                painter.drawLine(*placed.leader)
            left_mm, top_mm = placed.box.left() / UNITS_PER_MM, (placed.box.top() - drop) / UNITS_PER_MM
            write(painter, left_mm, top_mm, placed.mark.text, SMALL_MM, placed.mark.ink, bold=True)

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
        corners = pulse_points(self._options.calibration, UNITS_PER_MM)
        x = left + mm(LABEL_MM if self._plan.names_beside else BARE_MM)
        places = []
        painter.setPen(pen(self._options.theme.trace, TRACE_MM))
        for row in sheet.geometry.levels:
            points = [QPointF(x + dx, top + row.baseline_px + dy) for dx, dy in corners.tolist()]
            painter.drawPolyline(QPolygonF(points))
            places.append(QPolygonF(points).boundingRect())
        return places

    def _names(self, painter: QPainter, areas: Iterable[LeadArea], left: float) -> list[QRectF]:
        """Write the leads' names: beside the pulses, within wide ones, or on the traces. Returns where they are."""
        places = []
        theme, plan = self._options.theme, self._plan
        derived = self._content.record.derived_leads
        names = [(("\N{MINUS SIGN}" if area.sign < 0 else "") + area.lead + DERIVED_MARK * (area.lead in derived), area)
                 for area in areas]
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
        for tick in ticks(self._start_s, self._end_s, speed, self._content.record.duration_s, label_px=14.0):
            x_mm = traces.left() / UNITS_PER_MM + (tick.time_s - self._start_s) * speed
            painter.setPen(pen(theme.quiet_text, 0.15))
            length_mm = 1.2 if tick.label else 0.7
            painter.drawLine(QPointF(mm(x_mm), mm(top_mm)), QPointF(mm(x_mm), mm(top_mm + length_mm)))
            if tick.label:
                label = localised(tick.label)
                width = text_width_mm(label, SMALL_MM)
                write(painter, x_mm - width / 2, top_mm + 1.2, label, SMALL_MM, theme.quiet_text)

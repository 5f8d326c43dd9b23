"""Measurements and the score's percentile over the dates, as small plots whose points open their recordings."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QToolTip, QWidget

from ecg_viewer.qt.paper import PaperView
from ecg_viewer.qt.widgets.plain_text import plain_tip
from ecg_viewer.qt.widgets.translated_texts import set_texts
from ecg_viewer.state.serial.board import SerialBoard, SerialEntry
from ecg_viewer.state.serial.words import value_text
from ecg_viewer.state.words.core_words import translated
from ecg_viewer.state.words.language import tr
from ecg_viewer.state.words.numbers import number
from ecg_viewer.state.words.record_words import percentile_text
from mmae_core.record import STANDARD_LEADS
from mmae_core.serial.quantities import quantity_of

TRENDS = ("rate_bpm", "pr_ms", "qrs_ms", "qtc_ms", "qrs_axis_deg", "qrs_t_angle_deg")
"""What is plotted beside the percentile, and the ST segment that differs most."""
ST, ST_AT_FIRST = "st_j60_mv", "V2"
WHOLE_PERCENT = 0.0, 100.0
COLUMNS = 4
NEAR_PX = 10.0
"""A point is meant within this distance of the mouse."""
Describe = Callable[[SerialEntry], str]


@dataclass(frozen=True)
class TrendPoint:
    """One recording in a plot."""

    path: Path
    at: float
    """0..1 from the first recording to the last."""
    value: float
    text: str
    """`2 May 1989 · 00039: 402 ms`."""


class TrendPlot(QWidget):
    """A line through points. Arrow keys go from point to point, Enter or a click opens the recording."""

    opened = Signal(Path)

    def __init__(self, paper: PaperView) -> None:
        super().__init__()
        self._paper = paper
        self._title = ""
        self._points: tuple[TrendPoint, ...] = ()
        self._tolerance = 0.0
        self._write: Callable[[float], str] = str
        self._chosen = -1
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(150, 100)

    def sizeHint(self) -> QSize:
        return QSize(240, 170)

    @property
    def points(self) -> tuple[TrendPoint, ...]:
        """From the earliest to the last; what could not be measured is left out."""
        return self._points

    def show_points(
        self, title: str, points: Sequence[TrendPoint], tolerance: float, write: Callable[[float], str],
        current: Path | None,
    ) -> None:
        """Show other points; `current` is the recording that is open. The plot spans at least twice the tolerance,
        which is shown as a band about the first point: within it nothing has changed for certain; of percentiles it is
        0. `write` gives numbers for the axis.
        """
        self._title, self._points, self._tolerance, self._write = title, tuple(points), tolerance, write
        self._chosen = next((row for row, point in enumerate(points) if point.path == current), -1)
        set_texts(self, name=lambda: title, description=lambda: "; ".join(point.text for point in points))
        self.update()

    def place_of(self, point: TrendPoint) -> QPointF:
        """Where a point is drawn."""
        area = self._area()
        return QPointF(area.left() + point.at * area.width(), self._y_of(point.value, area))

    def _area(self) -> QRectF:
        height = QFontMetricsF(self.font()).height()
        left = 16 + max((QFontMetricsF(self.font()).horizontalAdvance(self._write(value)) for value in self._span()),
                        default=0.0)
        return QRectF(left, height + 12, self.width() - left - 14, self.height() - 2 * height - 28)

    def _span(self) -> tuple[float, ...]:
        """Lowest and highest value of the plot; nothing without points."""
        if not self._points:
            return ()
        if self._tolerance == 0:
            return WHOLE_PERCENT  # of percentiles: nobody has measured how far those of unchanged ECGs lie apart
        first = self._points[0].value
        reached = [one.value for one in self._points] + [first - self._tolerance, first + self._tolerance]
        return min(reached), max(reached)

    def _y_of(self, value: float, area: QRectF) -> float:
        low, high = self._span()
        share = 0.5 if high == low else (value - low) / (high - low)
        return area.bottom() - share * area.height()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, metrics = self._paper.theme, QFontMetricsF(self.font())
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.fillRect(self.rect(), QColor(theme.strip))
            frame = (theme.model_colour, 2) if self.hasFocus() else (theme.rule, 1)
            painter.setPen(QPen(QColor(frame[0]), frame[1]))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
            painter.setPen(QColor(theme.text))
            painter.drawText(QRectF(6, 3, self.width() - 12, metrics.height()), Qt.AlignmentFlag.AlignLeft,
                             metrics.elidedText(self._title, Qt.TextElideMode.ElideRight, self.width() - 12))
            if not self._points:
                painter.setPen(QColor(theme.quiet_text))
                painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, tr("not measured"))
                return
            places = [self.place_of(point) for point in self._points]
            area = self._area()
            self._paint_band(painter, area, QColor(theme.quiet_text))
            painter.setPen(QColor(theme.quiet_text))
            for value in self._span():
                y = self._y_of(value, area) - metrics.height() / 2
                painter.drawText(QRectF(4, y, area.left() - 14, metrics.height()), Qt.AlignmentFlag.AlignRight,
                                 self._write(value))
            painter.setPen(QPen(QColor(theme.quiet_text), 1))
            painter.drawPolyline(places)
            for row, place in enumerate(places):
                is_chosen = row == self._chosen
                painter.setPen(QPen(QColor(theme.trace), 1.5))
                painter.setBrush(QColor(theme.human_colour) if is_chosen else QColor(theme.paper))
                painter.drawEllipse(place, 5 if is_chosen else 4, 5 if is_chosen else 4)
            said = self._points[self._chosen if self._chosen >= 0 else -1].text
            painter.setPen(QColor(theme.quiet_text))
            painter.drawText(QRectF(6, self.height() - metrics.height() - 3, self.width() - 12, metrics.height()),
                             Qt.AlignmentFlag.AlignLeft,
                             metrics.elidedText(said, Qt.TextElideMode.ElideLeft, self.width() - 12))

    def _paint_band(self, painter: QPainter, area: QRectF, colour: QColor) -> None:
        first = self._points[0].value
        top, bottom = (self._y_of(first + sign * self._tolerance, area) for sign in (1, -1))
        colour.setAlphaF(0.16)
        painter.fillRect(QRectF(area.left() - 8, top, area.width() + 16, bottom - top), colour)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        near = self._near(event.position())
        self.setCursor(Qt.CursorShape.PointingHandCursor if near is not None else Qt.CursorShape.ArrowCursor)
        QToolTip.showText(event.globalPosition().toPoint(), plain_tip("" if near is None else near.text), self)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        near = self._near(event.position())
        if near is not None and event.button() == Qt.MouseButton.LeftButton:
            self.opened.emit(near.path)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is not None and self._points:
            self._chosen = min(max(self._chosen + step, 0), len(self._points) - 1)
            self.update()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._chosen >= 0:
            self.opened.emit(self._points[self._chosen].path)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.update()

    def _near(self, position: QPointF) -> TrendPoint | None:
        places = [(point, self.place_of(point) - position) for point in self._points]
        within = [(math.hypot(away.x(), away.y()), point) for point, away in places]
        distance, point = min(within, key=lambda one: one[0], default=(math.inf, None))
        return point if distance <= NEAR_PX else None


class SerialTrends(QWidget):
    """All plots; recordings without a date are left out of them."""

    opened = Signal(Path)

    def __init__(self, board: SerialBoard, paper: PaperView) -> None:
        super().__init__()
        self._board = board
        self.plots = {key: TrendPlot(paper) for key in ("percentile", *TRENDS, ST)}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 4, 0, 0)
        for place, plot in enumerate(self.plots.values()):
            grid.addWidget(plot, place // COLUMNS, place % COLUMNS)
            plot.opened.connect(self.opened)

    def refresh(self, describe: Describe, current: Path | None) -> None:
        """Show the recordings that are measured; `describe` gives each its date and name."""
        dated = [(entry, entry.recorded_at) for entry in self._board.entries if entry.recorded_at is not None]
        moments = [moment for _, moment in dated]
        for name, plot in self.plots.items():
            key = f"{ST}:{self._st_lead()}" if name == ST else name
            found = []
            for entry, moment in dated:
                value = self._value(key, entry)
                if math.isfinite(value):
                    found.append(TrendPoint(entry.item.path, _share(moment, moments), value,
                                            f"{describe(entry)}: {_written(key, value)}"))
            plot.show_points(_title(key), found, self._tolerance(key), partial(_number, key), current)

    def _st_lead(self) -> str:
        """The lead whose ST differs most between the two that are compared."""
        comparison = self._board.comparison
        known = [] if comparison is None else [comparison.of(f"{ST}:{lead}") for lead in STANDARD_LEADS]
        ratios = [(value.ratio, lead) for value, lead in zip(known, STANDARD_LEADS, strict=False)
                  if math.isfinite(value.ratio)]
        return max(ratios)[1] if ratios else ST_AT_FIRST

    def _tolerance(self, key: str) -> float:
        if key == "percentile":
            return 0.0
        from mmae_core.serial.tolerance import bundled_tolerance

        comparison = self._board.comparison
        return bundled_tolerance().limits[key] if comparison is None else comparison.of(key).limit

    def _value(self, key: str, entry: SerialEntry) -> float:
        if key == "percentile":
            return self._board.percentile(entry)
        return math.nan if entry.ecg is None else entry.ecg.values.get(key, math.nan)


def _share(moment: datetime, moments: Sequence[datetime]) -> float:
    whole = (max(moments) - min(moments)).total_seconds()
    return 0.5 if whole == 0 else (moment - min(moments)).total_seconds() / whole


def _title(key: str) -> str:
    if key == "percentile":
        return tr("Percentile among normal ECGs")
    name, _, lead = key.partition(":")
    label = translated(quantity_of(key).label)
    unit = quantity_of(name).unit
    what = tr("{what} in {lead}").format(what=label, lead=lead) if lead else label
    return f"{what} ({unit})" if unit else what


def _number(key: str, value: float) -> str:
    return number(value, ".1f") if key == "percentile" else value_text(key, value)


def _written(key: str, value: float) -> str:
    if key == "percentile":
        return percentile_text(value)
    unit = quantity_of(key).unit
    return f"{value_text(key, value)} {unit}".strip() if unit else number(value, "g")

"""Paints the overview, except for the box of the visible window, which is drawn over it in every frame."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter, QPen, QPolygonF

from ecg_viewer.render.theme import Theme
from ecg_viewer.render.time_axis import ticks
from ecg_viewer.state.overview import FAIR, GOOD, PENDING, POOR, UNANSWERED, UNKNOWN, Outline, Overview, OverviewColumns
from ecg_viewer.state.words.language import tr
from mmae_core.clock import Clock

LABELS_PX = 58
RIGHT_PX = 10
SLIM_UP_TO_S = 60.0
"""A recording of a minute or less gets no axis and lower lanes: the paper shows nearly all of it anyway."""
TEXT_PX = 11
GAP_PX = 2
MARK_PX = 5
"""Half the width of the triangle of confirmed findings."""
SHORTEST_WORD_PX = 34


@dataclass(frozen=True)
class Lanes:
    """Where each lane is, from the top, in device-independent pixels."""

    outline: QRectF
    findings: QRectF
    quality: QRectF
    axis: QRectF
    """Of no height in a slim overview."""

    @classmethod
    def of(cls, width: float, duration_s: float) -> Lanes:
        """Lanes of a widget of this width."""
        slim = duration_s <= SLIM_UP_TO_S
        left, inner, top, lanes = float(LABELS_PX), max(1.0, width - LABELS_PX - RIGHT_PX), 2.0, []
        for height in (15.0, 8.0, 13.0, 0.0) if slim else (28.0, 14.0, 14.0, 15.0):
            lanes.append(QRectF(left, top, inner, height))
            top += height + GAP_PX if height else 0
        return cls(*lanes)

    @property
    def left(self) -> float:
        return float(self.outline.left())

    @property
    def width(self) -> float:
        return float(self.outline.width())

    @property
    def boxed(self) -> QRectF:
        """The lanes that the box round the visible stretch encloses."""
        return QRectF(self.left, 1.0, self.width, self.quality.bottom())

    @property
    def height(self) -> int:
        """Of the whole overview."""
        return round(max(self.quality.bottom(), self.axis.bottom())) + 2


class Pixels:
    """A lane painted column by column with arrays: a call of Qt for each of a thousand columns would let every other
    thread of the program go first a thousand times."""

    def __init__(self, painter: QPainter, lane: QRectF) -> None:
        self._painter, self._lane = painter, lane
        self._ratio = painter.device().devicePixelRatioF()
        rows, columns = max(1, round(lane.height() * self._ratio)), max(1, round(lane.width()))
        self._values = np.zeros((rows, columns), np.uint32)
        self.y = ((np.arange(rows) + 0.5) / self._ratio)[:, None]
        """Middles of the rows, from the top of the lane, (rows, 1)."""
        x, y = np.arange(columns)[None], np.floor(self.y)
        self.hatched = (x + y) % 4 < 1.5
        """Diagonal lines, (rows, columns)."""
        self.dotted = (x % 8 == 0) & (y % 6 == 2) | (x % 8 == 4) & (y % 6 == 5)

    def fill(self, where: NDArray[np.bool_], colour: QColor) -> None:
        """Give a colour to some of the pixels."""
        self._values[np.broadcast_to(where, self._values.shape)] = colour.rgb()

    def draw(self) -> None:
        """Put what was filled on the paper; the rest stays as it is."""
        rows, columns = self._values.shape
        image = QImage(self._values.tobytes(), columns, rows, 4 * columns, QImage.Format.Format_ARGB32)
        self._painter.drawImage(QRectF(self._lane.left(), self._lane.top(), columns, rows / self._ratio), image)


def paint_overview(
    overview: Overview, lanes: Lanes, size: tuple[int, int], ratio: float, theme: Theme, base_font: QFont,
    *, model_marks: bool, clock: Clock | None = None,
) -> QImage:
    """Paint everything but the box. Without `model_marks`, only the recording and human marks."""
    image = QImage(round(size[0] * ratio), round(size[1] * ratio), QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    image.fill(QColor(theme.strip))
    painter = QPainter(image)
    font = QFont(base_font)
    font.setPixelSize(TEXT_PX)
    painter.setFont(font)
    columns = overview.columns(max(1, round(lanes.width)))
    painter.fillRect(lanes.outline.united(lanes.findings), QColor(theme.paper))
    if overview.outline is not None:
        _paint_outline(painter, lanes.outline, overview.outline, theme)
    _paint_findings(painter, lanes.findings, columns, theme, model_marks=model_marks)
    if model_marks:
        _paint_quality(painter, lanes.quality, overview, columns, theme)
    if lanes.axis.height():
        _paint_axis(painter, lanes.axis, overview.duration_s, theme, clock)
    _paint_labels(painter, lanes, overview, theme, model_marks=model_marks)
    painter.end()
    return image


def _paint_labels(painter: QPainter, lanes: Lanes, overview: Overview, theme: Theme, *, model_marks: bool) -> None:
    painter.setPen(QColor(theme.quiet_text))
    lead = "" if overview.outline is None else overview.outline.lead
    texts = [(lanes.outline, lead), (lanes.findings, tr("Findings")), (lanes.quality, tr("Quality"))]
    metrics = QFontMetricsF(painter.font())
    for lane, text in texts if model_marks else texts[:2]:
        area = QRectF(4, lane.center().y() - metrics.height() / 2, LABELS_PX - 8, metrics.height())
        text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)


def _paint_outline(painter: QPainter, lane: QRectF, outline: Outline, theme: Theme) -> None:
    """A vertical line a column from the lowest to the highest sample; a rare artefact does not set the scale."""
    read = np.isfinite(outline.low)
    if not read.any():
        return
    bottom = float(np.percentile(outline.low[read], 2))
    top = float(np.percentile(outline.high[read], 98))
    middle, reach = (bottom + top) / 2, max((top - bottom) / 2 * 1.15, 0.1)
    n = round(lane.width())
    lefts = np.arange(n) * outline.low.size // n
    # A column narrower than a bin shows its bin; a wider one all bins in it.
    low, high = np.fmin.reduceat(outline.low, lefts), np.fmax.reduceat(outline.high, lefts)
    y_low, y_high = (
        np.clip(lane.center().y() - (values - middle) / reach * lane.height() / 2, lane.top(), lane.bottom())
        for values in (low, high)
    )
    known = np.isfinite(y_low) & np.isfinite(y_high)
    upper = np.where(known, np.nan_to_num(y_high) - lane.top(), np.inf)
    lower = np.where(known, np.maximum(np.nan_to_num(y_low) - lane.top(), upper + 1), -np.inf)
    pixels = Pixels(painter, lane)
    pixels.fill((pixels.y >= np.floor(upper)) & (pixels.y < lower), QColor(theme.trace))
    pixels.draw()


def _paint_findings(
    painter: QPainter, lane: QRectF, columns: OverviewColumns, theme: Theme, *, model_marks: bool
) -> None:
    """Solid bars as high as findings crowd; hatched ones where the signal is poor; triangles for what is confirmed."""
    if model_marks:
        most = max(int((columns.reliable + columns.unreliable).max(initial=0)), 1)
        scale = lane.height() / np.sqrt(most)
        sure = np.sqrt(columns.reliable) * scale
        all_of_them = np.sqrt(columns.reliable + columns.unreliable) * scale
        pixels = Pixels(painter, lane)
        from_below = lane.height() - pixels.y
        for heights in (sure, all_of_them):  # a bar of a single column would be too thin to see
            heights[1:] = np.where(heights[1:] == 0, heights[:-1], heights[1:])
        pixels.fill((from_below <= all_of_them) & pixels.hatched, QColor(theme.hatch))
        pixels.fill(from_below <= sure, QColor(theme.model_colour))
        pixels.draw()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(theme.paper), 1))
    painter.setBrush(QColor(theme.human_colour))
    last = -2.0 * MARK_PX
    for column in np.flatnonzero(columns.confirmed).tolist():
        if column - last >= MARK_PX:
            x, top = lane.left() + column + 0.5, lane.top() - 1
            corners = (QPointF(x - MARK_PX, top), QPointF(x + MARK_PX, top), QPointF(x, top + 1.6 * MARK_PX))
            painter.drawPolygon(QPolygonF(list(corners)))
            last = column
    painter.restore()


def _paint_quality(painter: QPainter, lane: QRectF, overview: Overview, columns: OverviewColumns, theme: Theme) -> None:
    """Dots where nothing is computed yet, hatching where there is no answer; else words, and the worse the darker."""
    quiet = QColor(theme.quiet_text)
    per_s = lane.width() / max(overview.duration_s, 1e-9)
    kinds = np.where(columns.progress == PENDING, 10, np.where(columns.progress == UNANSWERED, 20, columns.quality))
    kinds = np.where((columns.quality > UNKNOWN) & (columns.progress != PENDING), columns.quality, kinds)
    _paint_verdicts(painter, lane, kinds, theme)
    runs = _runs(kinds)
    widest_pending = max((run for run in runs if kinds[run[0]] == 10), key=lambda run: run[1] - run[0], default=None)
    for start, stop in runs:
        kind, area = int(kinds[start]), QRectF(lane.left() + start, lane.top(), stop - start, lane.height())
        words = ""
        if area.width() < SHORTEST_WORD_PX:
            continue
        if kind == 20:
            words = tr("not assessed")
        elif kind != 10:
            words = overview.quality_words(start / per_s, stop / per_s)
        elif (start, stop) == widest_pending:
            words = tr("{share:.0f} % assessed").format(share=100 * overview.assessed_share)
        if words:
            metrics = QFontMetricsF(painter.font())
            shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, area.width() - 8)
            box = QRectF(area.left() + 4, area.top(), metrics.horizontalAdvance(shown) + 2, area.height())
            painter.fillRect(box.adjusted(-2, 1, 2, -1), QColor(theme.strip))
            painter.setPen(QColor(theme.text) if kind == POOR else quiet)
            painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)


def _paint_verdicts(painter: QPainter, lane: QRectF, kinds: NDArray[np.integer], theme: Theme) -> None:
    """Good: a line; fair: two; poor: a solid dark band; not assessed: hatched; pending: dotted."""
    pixels, quiet = Pixels(painter, lane), QColor(theme.quiet_text)
    off_middle = np.abs(pixels.y - lane.height() / 2)
    pixels.fill((kinds == 10) & pixels.dotted, quiet)
    pixels.fill((kinds == 20) & pixels.hatched, QColor(theme.hatch))
    pixels.fill((kinds == POOR) & (off_middle < lane.height() / 2 - 2), quiet)
    pixels.fill((kinds == FAIR) & (off_middle >= 2) & (off_middle < 3.5), quiet)
    pixels.fill((kinds == GOOD) & (off_middle < 0.8), quiet)
    pixels.draw()


def _paint_axis(painter: QPainter, lane: QRectF, duration_s: float, theme: Theme, clock: Clock | None) -> None:
    painter.setPen(QColor(theme.quiet_text))
    metrics = QFontMetricsF(painter.font())
    per_s = lane.width() / duration_s
    for tick in ticks(0.0, duration_s, per_s, duration_s, clock=clock):
        x = lane.left() + tick.time_s * per_s
        painter.fillRect(QRectF(x, lane.top(), 1, 4 if tick.label else 2), QColor(theme.quiet_text))
        width = metrics.horizontalAdvance(tick.label)
        left = min(max(lane.left(), x - width / 2), lane.right() + RIGHT_PX - 2 - width)
        area = QRectF(left, lane.top() + 3, width + 2, lane.height() - 3)
        painter.drawText(area, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, tick.label)


def paint_box(painter: QPainter, box: QRectF, lanes: Lanes, theme: Theme) -> None:
    """The visible window: a frame with a tint; beside a wide one, what lies outside is a shade quieter."""
    around = lanes.boxed
    if box.width() > around.width() / 4:
        veil = QColor(theme.beyond)
        veil.setAlphaF(0.6)
        painter.fillRect(QRectF(around.left(), around.top(), box.left() - around.left(), around.height()), veil)
        painter.fillRect(QRectF(box.right(), around.top(), around.right() - box.right(), around.height()), veil)
    tint = QColor(theme.human_colour)
    tint.setAlphaF(0.12 if box.width() <= around.width() / 4 else 0.03)
    painter.setPen(QPen(QColor(theme.text), 1.5))
    painter.setBrush(tint)
    painter.drawRoundedRect(box, 2, 2)


def _runs(kinds: NDArray[np.integer]) -> list[tuple[int, int]]:
    edges = (np.flatnonzero(np.diff(kinds)) + 1).tolist()
    return list(zip([0, *edges], [*edges, kinds.size], strict=True))

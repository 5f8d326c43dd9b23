"""The foot of a comparison's paper: recording, model and filter, and the legend of a difference.

Part of the paper, so that copies of it include it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QPixmap

from ecg_viewer.qt.paper import PaperPlaces
from ecg_viewer.qt.research.compare_difference import legend_height, legend_text, paint_legend
from ecg_viewer.qt.research.overlay_drawing import small_font

MARGIN_PX = 8.0
LOW_PX = 360
"""A paper lower than this has the legend without the sentence that explains it."""
SAMPLE_PX = 22.0
"""Length of the piece of trace before a line of text."""
_WRAPPED = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop


@dataclass(frozen=True)
class FootLine:
    """A line of text, wrapped if need be."""

    text: str
    colour: str | None = None
    """Colour of the trace it is about, drawn before it."""


class CompareFoot:
    """Lines of text; below them the legend of a difference, if one is shown. Painted anew only when they change."""

    def __init__(self, lines: Callable[[PaperPlaces], tuple[FootLine, ...]]) -> None:
        self._lines = lines
        self.least_px = 0
        """No lower than this, so that the papers of two feet leave the same height to their leads."""
        self.has_legend = False
        """Of a difference; it goes with the model's marks when these are hidden."""
        self._measured: tuple[object, int] = (None, 0)
        self._painted: tuple[object, QPixmap] = (None, QPixmap())

    def text(self, paper: PaperPlaces) -> str:
        """All that it says."""
        return "\n".join(line.text for line in self._all(paper))

    def height(self, paper: PaperPlaces) -> int:
        return max(self.least_px, self.own_height(paper))

    def own_height(self, paper: PaperPlaces) -> int:
        """What its lines and legend take."""
        lines, font = self._all(paper), small_font(paper.font())
        known = lines, font.key(), paper.width(), self._shows_legend(paper)
        if self._measured[0] != known:
            height = sum(_box(line, font, paper.width()).height() + 2 for line in lines) + 4
            self._measured = known, round(height + (legend_height(font) if self._shows_legend(paper) else 0))
        return self._measured[1]

    def paint(self, painter: QPainter, area: QRectF, paper: PaperPlaces) -> None:
        lines, font, ratio = self._all(paper), small_font(paper.font()), paper.devicePixelRatioF()
        opacity = paper.view_state.heat_look.opacity
        known = lines, font.key(), area.size(), self._shows_legend(paper), paper.theme, ratio, opacity
        if self._painted[0] != known:
            picture = QPixmap((area.size() * ratio).toSize())
            picture.setDevicePixelRatio(ratio)
            with QPainter(picture) as inside:
                self._paint(inside, QRectF(QPointF(0, 0), area.size()), paper, lines, font)
            self._painted = known, picture
        painter.drawPixmap(area.topLeft(), self._painted[1])

    def _paint(
        self, painter: QPainter, area: QRectF, paper: PaperPlaces, lines: tuple[FootLine, ...], font: QFont
    ) -> None:
        theme = paper.theme
        painter.fillRect(area, QColor(theme.strip))
        painter.fillRect(QRectF(area.left(), area.top(), area.width(), 1), QColor(theme.rule))
        painter.setFont(font)
        top = area.top() + 3
        for line in lines:
            box = _box(line, font, area.width())
            if line.colour is not None:
                y = round(top + QFontMetricsF(font).height() / 2) + 0.5
                painter.setPen(QPen(QColor(line.colour), 2))
                painter.drawLine(QPointF(MARGIN_PX, y), QPointF(MARGIN_PX + SAMPLE_PX, y))
            painter.setPen(QColor(theme.text))
            painter.drawText(box.translated(0, top), int(_WRAPPED), line.text)
            top += box.height() + 2
        if self._shows_legend(paper):
            place = QRectF(MARGIN_PX, top, area.width() - 2 * MARGIN_PX, area.bottom() - top)
            paint_legend(painter, place, theme, font, paper.view_state.heat_look.opacity)

    def _shows_legend(self, paper: PaperPlaces) -> bool:
        return self.has_legend and paper.view_state.heat_visible

    def _all(self, paper: PaperPlaces) -> tuple[FootLine, ...]:
        in_words = self._shows_legend(paper) and paper.height() >= LOW_PX
        return self._lines(paper) + ((FootLine(legend_text(paper.view_state.heat_threshold)),) if in_words else ())


def _box(line: FootLine, font: QFont, width: float) -> QRectF:
    """Where a text is, from the top of its line."""
    left = MARGIN_PX + (0.0 if line.colour is None else SAMPLE_PX + 6)
    room = QRectF(left, 0, max(40.0, width - left - MARGIN_PX), 10_000)
    height = QFontMetricsF(font).boundingRect(room, int(_WRAPPED), line.text).height()
    return QRectF(left, 0, room.width(), height)

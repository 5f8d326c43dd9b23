"""What the plots have in common: colours and fonts of the window, a key that hides no curve, arrow keys, a page.

pyqtgraph takes most of a second to import: import it on a thread before making a `Plot`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QStackedLayout, QVBoxLayout, QWidget

from ecg_viewer.qt.research.plots_dots import Dots
from ecg_viewer.qt.theme import Chrome
from ecg_viewer.qt.widgets.plain_text import PlainLabel
from ecg_viewer.qt.widgets.sortable_table import SmallTable
from ecg_viewer.qt.widgets.translated_texts import set_texts
from ecg_viewer.render.theme import Theme
from ecg_viewer.state.words.language import tr

Values = NDArray[np.float64]
TakeCanvas = Callable[[], Any]
SAMPLE_PX, GAP_PX = 24, 14
"""Of a line in a key, and between two entries."""
SMALLER = 0.9
"""Letters of a plot against those of the window."""
TABLE_LETTERS = 60
"""Width of the column at the right, in average letters, so that it grows with the font."""


@dataclass(frozen=True)
class Look:
    """Colours to draw with; both follow the window."""

    theme: Theme
    chrome: Chrome


@dataclass(frozen=True)
class KeyEntry:
    """One line of a key: a sample of the line or the sign, and what it is."""

    text: str
    pen: QPen | None = None
    symbol: str = ""
    """As pyqtgraph names them."""
    brush: QBrush | None = None


def stroke(colour: str, style: Qt.PenStyle = Qt.PenStyle.SolidLine, width: float = 1.8) -> QPen:
    """A pen whose width does not grow with the plot; a dash is as long at any width."""
    pen = QPen(QColor(colour), width, style)
    pen.setCosmetic(True)
    return pen


class Key(QWidget):
    """What lines and signs are, above a plot, where they cover nothing; goes on in another row where it is narrow."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entries: tuple[KeyEntry, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(0)

    @property
    def texts(self) -> tuple[str, ...]:
        return tuple(entry.text for entry in self._entries)

    def show_entries(self, entries: Sequence[KeyEntry]) -> None:
        """Show these in place of those before."""
        self._entries = tuple(entries)
        self._refit()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._refit()

    def paintEvent(self, event: QPaintEvent) -> None:
        from pyqtgraph.graphicsItems.ScatterPlotItem import drawSymbol

        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(smaller(self.font()))
        for entry, place in zip(self._entries, self._places(), strict=True):
            middle = place.center().y()
            if entry.pen is not None and not entry.symbol:
                painter.setPen(entry.pen)
                painter.drawLine(QPointF(place.left(), middle), QPointF(place.left() + SAMPLE_PX, middle))
            elif entry.symbol:
                painter.save()
                painter.translate(place.left() + SAMPLE_PX / 2, middle)
                pen = entry.pen or QPen(Qt.PenStyle.NoPen)
                drawSymbol(painter, entry.symbol, 10, pen, entry.brush or QBrush())
                painter.restore()
            elif entry.brush is not None:
                painter.fillRect(QRectF(place.left() + 4, middle - 5, SAMPLE_PX - 8, 10), entry.brush)
            painter.setPen(self.palette().windowText().color())
            words = place.adjusted(SAMPLE_PX + 5, 0, 4, 0)
            room = self.width() - words.left()
            painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, QFontMetricsF(painter.font()).elidedText(
                entry.text, Qt.TextElideMode.ElideRight, room))

    def _places(self) -> list[QRectF]:
        metrics = QFontMetricsF(smaller(self.font()))
        places, x, y, height = [], 0.0, 0.0, metrics.height() + 4
        for entry in self._entries:
            width = SAMPLE_PX + 5 + metrics.horizontalAdvance(entry.text)
            if x and x + width > self.width():
                x, y = 0.0, y + height
            places.append(QRectF(x, y, width, height))
            x += width + GAP_PX
        return places

    def _refit(self) -> None:
        places = self._places()
        self.setFixedHeight(round(places[-1].bottom()) if places else 0)


def new_canvas() -> Any:
    """A canvas of pyqtgraph for a `Plot`; takes 20 ms."""
    import pyqtgraph as pg

    return pg.PlotWidget(enableMenu=False)  # making its menus takes as long as making the plot


class Plot(QWidget):
    """A key above a pyqtgraph canvas. The owner draws into it, again after every change of look."""

    def __init__(
        self, name: str, axes: tuple[str, str], press: Callable[[QKeyEvent], bool] | None = None, *,
        moves: bool = False, take: TakeCanvas = new_canvas,
    ) -> None:
        """`name` and `axes`, the texts along and up with units, are English; `press` is given keys.

        `moves` lets the mouse pan and zoom. `take` gives the canvas: one that was made before, in a turn of the event
        loop of its own, or a new one.
        """
        super().__init__()
        self._axes, self._press = axes, press
        self.key = Key()
        self.canvas: Any = take()
        set_texts(self.canvas, name=name)
        self.canvas.setFocusPolicy(Qt.FocusPolicy.StrongFocus if press is not None else Qt.FocusPolicy.NoFocus)
        self.canvas.installEventFilter(self)
        self.item: Any = self.canvas.getPlotItem()
        self.item.hideButtons()
        self.item.setMouseEnabled(moves, moves)
        self.canvas.setMinimumSize(180, 110)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(self.key)
        layout.addWidget(self.canvas, 1)

    def begin(self, look: Look) -> None:
        """Remove what is drawn and put the colours and fonts on."""
        self.item.clear()
        self.canvas.setBackground(look.theme.strip if look.theme.is_dark else "#ffffff")
        self.canvas.setStyleSheet(
            f"QGraphicsView {{ border: 1px solid {look.chrome.line}; }}"
            f"QGraphicsView:focus {{ border: 2px solid {look.chrome.accent}; }}"
        )
        font = smaller(self.font())
        for side, text in zip(("bottom", "left"), self._axes, strict=True):
            axis = self.item.getAxis(side)
            axis.enableAutoSIPrefix(False)
            axis.setStyle(tickFont=font, maxTickLevel=1)
            axis.setPen(look.theme.quiet_text)
            axis.setTextPen(look.theme.text)
            axis.setLabel(tr(text), color=look.theme.text, **{"font-size": _css(font)})
        self.item.showGrid(x=True, y=True, alpha=0.16)

    def stand_below(self, other: Plot) -> None:
        """Share the axis along with a plot above, place by place."""
        self.item.setXLink(other.item)
        metrics = QFontMetricsF(smaller(self.font()))
        for plot in (self, other):
            plot.item.getAxis("left").setWidth(round(metrics.horizontalAdvance("0000") + metrics.height() + 12))

    def curve(self, x: Values, y: Values, pen: QPen, **options: Any) -> Any:
        """Draw a line."""
        return self.item.plot(x, y, pen=pen, antialias=True, **options)

    def signs(
        self, x: Values | list[float], y: Values | list[float], symbol: str, size: float, pen: QPen, brush: QBrush
    ) -> Any:
        """Draw a sign at each place; what it gives back can be given other places."""
        import pyqtgraph as pg

        item = pg.ScatterPlotItem(x=x, y=y, symbol=symbol, size=size, pen=pen, brush=brush, pxMode=True)
        self.item.addItem(item)
        return item

    def dots(self, x: Values, y: Values, symbol: str, size: float, pen: QPen, brush: QBrush) -> None:
        """Draw a sign at each place, ten thousands of them at once."""
        from pyqtgraph.graphicsItems.ScatterPlotItem import drawSymbol

        self.item.addItem(Dots(x, y, size, lambda painter: drawSymbol(painter, symbol, size, pen, brush)),
                          ignoreBounds=True)

    @property
    def background(self) -> str:
        """Of the canvas."""
        return str(self.canvas.backgroundBrush().color().name())

    def label(self, text: str, x: float, y: float, colour: str, anchor: tuple[float, float]) -> Any:
        """Write at a place in the plot's own units, on the background."""
        import pyqtgraph as pg

        background = QColor(self.background)
        background.setAlphaF(0.85)
        item = pg.TextItem(text, color=colour, anchor=anchor, fill=background)
        item.setFont(smaller(self.font()))
        item.setPos(x, y)
        self.item.addItem(item, ignoreBounds=True)
        return item

    def upright(self, x: float, pen: QPen, **options: Any) -> Any:
        """Draw a vertical line through the whole plot."""
        import pyqtgraph as pg

        line = pg.InfiniteLine(x, 90, pen=pen, **options)
        self.item.addItem(line, ignoreBounds=True)
        return line

    def describe(self, text: str) -> None:
        """Say in words what the plot shows now."""
        self.canvas.setAccessibleDescription(text)
        self.canvas.setToolTip("")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        press = self._press
        if press and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and press(event):
            return True
        return super().eventFilter(watched, event)


class PlotPage(QWidget):
    """A headline, plots or what to do to have some, a table of the same numbers, and what all is computed from."""

    def __init__(self, table: SmallTable) -> None:
        super().__init__()
        self.table = table
        self.headline = _label("")
        self.headline.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.source, self.advice = _label("quiet"), _label("quiet")
        self.advice.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.body = QWidget()
        pages = QWidget()
        self._pages = QStackedLayout(pages)
        self._pages.addWidget(self.body)
        self._pages.addWidget(self.advice)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 8, 10, 6)
        layout.setSpacing(6)
        layout.addWidget(self.headline)
        layout.addWidget(pages, 1)
        layout.addWidget(self.source)
        self.look: Look | None = None

    def lay_out(self, left: Sequence[QWidget], right: Sequence[QWidget]) -> None:
        """Plots at the left with all the room, the rest in a column at the right."""
        row = QHBoxLayout(self.body)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        for widgets, share in ((left, 3), (right, 0)):
            column = QVBoxLayout()
            column.setSpacing(6)
            for widget in widgets:
                column.addWidget(widget, 1)
            row.addLayout(column, share)
        for widget in right:
            widget.setFixedWidth(TABLE_LETTERS * self.fontMetrics().averageCharWidth())

    def show_texts(self, headline: str, source: str, advice: str = "") -> None:
        """Show the plots under a headline, or `advice` in their place."""
        self.headline.setText(headline)
        self.headline.setVisible(bool(headline))
        self.source.setText(source)
        self.source.setVisible(bool(source))
        self.advice.setText(advice)
        self._pages.setCurrentIndex(1 if advice else 0)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to plot."""
        return self._pages.currentIndex() == 1

    def dress(self, look: Look) -> None:
        """Draw in other colours."""
        self.look = look
        self.refresh()

    def refresh(self) -> None:
        """Draw what is known now."""
        raise NotImplementedError

    def numbers(self) -> str:
        """The table as text for a spreadsheet, with what it is of."""
        if self.is_empty:
            return ""
        rows = [*([self.headline.text()] if self.headline.text() else []), self.source.text(),
                "\t".join(self.table.heads), *("\t".join(row) for row in self.table.texts)]
        return "\n".join(rows) + "\n"


def smaller(font: QFont) -> QFont:
    """The window's font for a plot, whether it is given in points or in pixels."""
    small = QFont(font)
    if font.pixelSize() > 0:
        small.setPixelSize(max(9, round(SMALLER * font.pixelSize())))
    else:
        small.setPointSizeF(max(7.0, SMALLER * font.pointSizeF()))
    return small


def _css(font: QFont) -> str:
    return f"{font.pixelSize()}px" if font.pixelSize() > 0 else f"{font.pointSizeF():.1f}pt"


def _label(name: str) -> QLabel:
    label = PlainLabel()
    label.setObjectName(name)
    label.setWordWrap(True)
    return label

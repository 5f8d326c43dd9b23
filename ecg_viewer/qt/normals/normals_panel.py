"""Beside the average beats: which normals the band is of, what lies outside it in words, and the nearest normals."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from ecg_viewer.qt.normals.band_overlay import band_brushes, edge_pen, median_pen, nearest_pen
from ecg_viewer.qt.paper import PaperView
from ecg_viewer.qt.widgets.plain_text import PlainLabel, plain_tip
from ecg_viewer.qt.widgets.retranslatable import Retranslatable
from ecg_viewer.qt.widgets.translated_texts import set_texts
from ecg_viewer.render.theme import Theme
from ecg_viewer.state.measure.normal_tracker import NormalTracker
from ecg_viewer.state.measure.normal_words import chance_text, nearest_note, nearest_text, outside_texts, status_text
from ecg_viewer.state.words.language import translatable

WIDTH_PX = 280
SIGN_PX = (34, 18)


class LineSign(QWidget):
    """A piece of the band, or of a line, as the papers show it."""

    def __init__(self, paper: PaperView, paint: Callable[[QPainter, QRectF, Theme], None]) -> None:
        super().__init__()
        self._paper, self._paint = paper, paint
        self.setFixedSize(*SIGN_PX)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, theme = QPainter(self), self._paper.theme
        painter.fillRect(self.rect(), QColor(theme.paper))
        self._paint(painter, QRectF(self.rect()), theme)
        painter.end()


class NormalsPanel(Retranslatable, QWidget):
    """Follows a `NormalTracker`; hidden while there is nothing to say or words are switched off."""

    def __init__(self, tracker: NormalTracker, paper: PaperView) -> None:
        super().__init__()
        self._tracker, self._paper = tracker, paper
        self.setFixedWidth(WIDTH_PX)
        self.title = set_texts(_label("headline"), text="Normal ECGs like this one")
        self.status = _label("")
        self.outside = _list(translatable("Values outside the band"))
        self.chance = _label("quiet")
        self.nearest = _list(translatable("Nearest normal ECGs"))
        self.nearest.currentRowChanged.connect(self._choose)
        self.nearest_note = _label("quiet")
        self.band_part, self.nearest_part = QWidget(), QWidget()
        _column(self.band_part, (
            self._sign(translatable("nine in ten of them (5–95 %)"), _paint_band),
            self._sign(translatable("median"), _paint_median), self.outside, self.chance))
        _column(self.nearest_part, (
            self._sign(translatable("the chosen one of the nearest"), partial(_paint_nearest, is_chosen=True)),
            self._sign(translatable("the others"), partial(_paint_nearest, is_chosen=False)),
            self.nearest, self.nearest_note))
        _column(self, (self.title, self.status, self.band_part, self.nearest_part))
        for widget, part in ((self, self.band_part), (self, self.nearest_part), (self.band_part, self.outside),
                             (self.nearest_part, self.nearest)):
            column = widget.layout()
            assert isinstance(column, QVBoxLayout), "made above"
            column.setStretchFactor(part, 1)
        self._rest = QWidget()
        column = self.layout()
        assert isinstance(column, QVBoxLayout), "made above"
        column.addWidget(self._rest, 1)
        tracker.changed.connect(self.refresh)
        self.refresh()

    def retranslate(self) -> None:
        self.refresh()

    def refresh(self) -> None:
        """Show what the tracker has now."""
        tracker = self._tracker
        is_wanted = tracker.shows_words and (tracker.draws_band or tracker.draws_nearest)
        if self.parentWidget() is not None or not is_wanted:  # without a parent it would be shown as a window
            self.setVisible(is_wanted)
        found = tracker.found
        self.status.setText(status_text(tracker))
        has_band = tracker.draws_band and found is not None and found.band is not None
        self.band_part.setVisible(has_band)
        has_nearest = tracker.draws_nearest and found is not None and bool(found.nearest)
        self.nearest_part.setVisible(has_nearest)
        self._rest.setVisible(not has_band and not has_nearest)
        if found is None:
            return
        _fill(self.outside, outside_texts(found))
        self.chance.setText(chance_text())
        _fill(self.nearest, [nearest_text(place, near) for place, near in enumerate(found.nearest, start=1)])
        self.nearest.setCurrentRow(tracker.chosen)
        self.nearest_note.setText(nearest_note())

    def _choose(self, row: int) -> None:
        if row >= 0:
            self._tracker.choose(row)

    def _sign(self, text: str, paint: Callable[[QPainter, QRectF, Theme], None]) -> QWidget:
        """A line of the legend; `text` is English."""
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(LineSign(self._paper, paint))
        row.addWidget(set_texts(_label(""), text=text), 1)
        return line


def _paint_band(painter: QPainter, area: QRectF, theme: Theme) -> None:
    for brush in band_brushes(theme):
        painter.fillRect(area, brush)
    painter.setPen(edge_pen(theme))
    painter.drawLines([QLineF(area.left(), y, area.right(), y) for y in (area.top() + 0.5, area.bottom() - 0.5)])


def _paint_median(painter: QPainter, area: QRectF, theme: Theme) -> None:
    _paint_line(painter, area, median_pen(theme))


def _paint_nearest(painter: QPainter, area: QRectF, theme: Theme, *, is_chosen: bool) -> None:
    _paint_line(painter, area, nearest_pen(theme, is_chosen=is_chosen))


def _paint_line(painter: QPainter, area: QRectF, pen: QPen) -> None:
    painter.setPen(pen)
    painter.drawLine(QLineF(area.left(), area.center().y(), area.right(), area.center().y()))


def _label(name: str) -> QLabel:
    label = PlainLabel()
    label.setObjectName(name)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label


def _list(name: str) -> QListWidget:
    """Lines that wrap, walked with the keyboard and read by a screen reader; `name` is English."""
    lines = set_texts(QListWidget(), name=name)
    lines.setWordWrap(True)
    lines.setTextElideMode(Qt.TextElideMode.ElideNone)
    lines.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    lines.setSpacing(2)
    lines.setResizeMode(QListWidget.ResizeMode.Adjust)
    return lines


def _fill(lines: QListWidget, texts: Sequence[str]) -> None:
    if [lines.item(row).text() for row in range(lines.count())] == list(texts):
        return
    lines.blockSignals(True)
    lines.clear()
    for text in texts:
        item = QListWidgetItem(text)
        item.setToolTip(plain_tip(text))
        lines.addItem(item)
    lines.blockSignals(False)


def _column(widget: QWidget, parts: Sequence[QWidget]) -> None:
    column = QVBoxLayout(widget)
    column.setContentsMargins(0, 0, 0, 0)
    for part in parts:
        column.addWidget(part)

"""The small papers of the average beat, in the number of columns that best uses the space, at a fixed scale."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QScrollArea, QSizePolicy, QWidget

from ecg_viewer.qt.measure.beat_paper import BeatPaper, BeatScale, LeadBeat, wanted_size
from ecg_viewer.qt.paper.beat_layers import BeatLayers
from ecg_viewer.qt.widgets.translated_texts import set_texts
from ecg_viewer.render.theme import Theme
from ecg_viewer.state.display_choices import HeatLook
from ecg_viewer.state.words.language import tr

COLUMNS = (4, 3, 6, 2, 1)
"""Numbers of columns to try, in this order: printed pages have four columns of three leads."""
GAP_PX = 3
_OF_THE_WINDOW = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier

Range = tuple[float, float]
"""Lowest and highest millivolts."""


def rows_of(n_leads: int, n_columns: int) -> list[list[int]]:
    """The leads of each row from the left: dealt to the columns from the top down, as in the paper's layouts."""
    n_rows = -(-n_leads // n_columns)
    return [list(range(row, n_leads, n_rows)) for row in range(n_rows)]


def row_range(ranges: Sequence[Range], row: Sequence[int]) -> Range:
    """The range shared by all leads of a row, so that their baselines align."""
    return min(ranges[index][0] for index in row), max(ranges[index][1] for index in row)


def sheet_size(n_columns: int, span_s: float, ranges: Sequence[Range], scale: BeatScale) -> QSize:
    """The pixels that all leads take in so many columns."""
    sizes = [wanted_size(span_s, row_range(ranges, row), scale) for row in rows_of(len(ranges), n_columns)]
    width = n_columns * sizes[0].width() + (n_columns - 1) * GAP_PX
    return QSize(width, sum(size.height() for size in sizes) + (len(sizes) - 1) * GAP_PX)


def best_columns(room: QSize, span_s: float, ranges: Sequence[Range], scale: BeatScale) -> int:
    """The first of `COLUMNS` that shows all leads at once; else the one that needs least scrolling, vertical only."""
    sizes = {number: sheet_size(number, span_s, ranges, scale) for number in COLUMNS}
    for number, size in sizes.items():
        if size.width() <= room.width() and size.height() <= room.height():
            return number
    return min(COLUMNS, key=lambda number: (max(0, sizes[number].width() - room.width()), sizes[number].height()))


class BeatSheet(QScrollArea):
    """Holds a paper for each lead, and arranges them anew when its size, the scale or the beats change."""

    def __init__(self, leads: Sequence[str], layers: BeatLayers | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._layers = BeatLayers() if layers is None else layers
        self.papers = {lead: BeatPaper(self._layers) for lead in leads}
        self.n_columns = 0
        """0 before anything is shown."""
        self._beats: list[LeadBeat] = []
        self._ranges: list[Range] = []
        self._scale = BeatScale(4.0, 50.0, 10.0)
        self._span_s = 1.0
        self._theme: Theme | None = None
        self._look = HeatLook()
        self._sheet = QWidget()
        self._sheet.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._grid = QGridLayout(self._sheet)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(GAP_PX)
        self.setWidget(self._sheet)
        set_texts(self, name="Average beat of each lead")
        self._layers.changed.connect(self._refresh)
        self._layers.tool_changed.connect(self._use_tool)
        self._use_tool()

    def show_beats(self, beats: Sequence[LeadBeat], scale: BeatScale, theme: Theme, look: HeatLook) -> None:
        """Show a beat for each lead, in that order, at a scale."""
        self._beats, self._scale, self._theme, self._look = list(beats), scale, theme, look
        self._ranges = [self._range_of(beat) for beat in beats]
        self._span_s = float(beats[0].times_s[-1] - beats[0].times_s[0])
        self._arrange(best_columns(self._room, self._span_s, self._ranges, scale))

    def size_for(self, scale: BeatScale, room: QSize) -> QSize:
        """What the beats shown last would take at another scale, in the columns that suit `room` best."""
        number = best_columns(room, self._span_s, self._ranges, scale)
        return sheet_size(number, self._span_s, self._ranges, scale)

    def event(self, event: QEvent) -> bool:
        """Plain keys are the tool's, although the main window uses some of them."""
        if (self._layers.tool is not None and event.type() == QEvent.Type.ShortcutOverride
                and isinstance(event, QKeyEvent) and not event.modifiers() & _OF_THE_WINDOW):
            event.accept()
            return True
        if (self._layers.tool is not None and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent)
                and event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab) and self._layers.tool.key(event)):
            return True  # a tool that does not use it leaves it for the walk through the window
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        tool = self._layers.tool
        if tool is None or not tool.key(event):
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._beats:
            number = best_columns(self._room, self._span_s, self._ranges, self._scale)
            if number != self.n_columns:
                self._arrange(number)

    def _range_of(self, beat: LeadBeat) -> Range:
        """Of a beat and of what is painted with it, as drawn."""
        values = list(beat.range_mv)
        for overlay in self._layers.overlays:
            values += [beat.cell.sign * value for value in overlay.range_mv(beat.lead) or ()]
        return min(values), max(values)

    def _refresh(self) -> None:
        """Paint anew, with more room where an overlay needs it."""
        ranges = [self._range_of(beat) for beat in self._beats]
        if ranges != self._ranges:
            self._ranges = ranges
            self._arrange(best_columns(self._room, self._span_s, ranges, self._scale))
        for paper in self.papers.values():
            paper.update()

    def _use_tool(self) -> None:
        tool = self._layers.tool
        for paper in self.papers.values():
            paper.setMouseTracking(tool is not None)
            paper.setCursor(Qt.CursorShape.ArrowCursor if tool is None else tool.cursor)
        if tool is not None:
            self.setFocus()

    @property
    def _room(self) -> QSize:
        """What there is without scroll bars, and beside the one at the right if it is needed."""
        room = self.maximumViewportSize()
        fits = any(size.width() <= room.width() and size.height() <= room.height() for size in
                   (sheet_size(number, self._span_s, self._ranges, self._scale) for number in COLUMNS))
        bar = 0 if fits else self.verticalScrollBar().sizeHint().width()
        return QSize(room.width() - bar, room.height())

    def _arrange(self, n_columns: int) -> None:
        self.n_columns = n_columns
        for paper in self.papers.values():
            self._grid.removeWidget(paper)
        for row, indices in enumerate(rows_of(len(self._beats), n_columns)):
            shared = row_range(self._ranges, indices)
            for column, index in enumerate(indices):
                beat = self._beats[index]
                paper = self.papers[beat.lead]
                assert self._theme is not None, "set with the beats"
                paper.show_beat(beat, self._scale, shared, self._theme, self._look, tr("no usable signal"))
                self._grid.addWidget(paper, row, column)
        self._sheet.setFixedSize(sheet_size(n_columns, self._span_s, self._ranges, self._scale))

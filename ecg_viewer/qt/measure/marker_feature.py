"""Markers in the window: set at the cursor, shown on the paper, listed, jumped to; kept by the review's journal."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QLineF, QPointF, QRectF, QSignalBlocker, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ecg_viewer.qt.actions import ActionSpec
from ecg_viewer.qt.feature import AsReviewer, Feature, has_record
from ecg_viewer.qt.measure.side_tab import fill, fit_height, make_label, make_table
from ecg_viewer.qt.paper import PaperPlaces
from ecg_viewer.qt.widgets.retranslatable import Retranslatable
from ecg_viewer.qt.widgets.translated_texts import set_texts
from ecg_viewer.state.measure.markers import Marker, Markers
from ecg_viewer.state.review.open_review import OpenReview
from ecg_viewer.state.signal import Signal
from ecg_viewer.state.words.language import tr, translatable
from ecg_viewer.state.words.record_words import is_long, time_text

if TYPE_CHECKING:
    from ecg_viewer.qt.host import Host

FLAG_PX = 150.0
"""A name's flag is at most this wide."""
STACKED_PX = 120.0
"""Flags of close markers are stacked down to here; more would cover the traces."""


class MarkerOverlay:
    """A line through all leads at each marker, and a flag with its name at the top; flags keep off one another."""

    def __init__(self, markers: Markers) -> None:
        self._markers = markers
        self.flags: dict[str, QRectF] = {}
        """Where each marker's name was painted last."""

    def paint(self, painter: QPainter, paper: PaperPlaces) -> None:
        """In the colour of human marks."""
        markers = self._markers.all
        self.flags = {}
        if not markers:
            return
        areas, colour = paper.areas(), QColor(paper.theme.human_colour)
        font = QFont(paper.font())
        metrics = QFontMetricsF(font)
        painter.setFont(font)
        flags = self.flags
        for area in areas:
            for marker in markers:
                if not area.start_s <= marker.time_s <= area.end_s:
                    continue
                x = area.x_of(marker.time_s)
                painter.setPen(QPen(colour, 1, Qt.PenStyle.DashDotLine))
                painter.drawLine(QLineF(x, area.top, x, area.bottom))
                if marker.id not in flags:
                    text = metrics.elidedText(f"▾ {marker.name}", Qt.TextElideMode.ElideRight, FLAG_PX)
                    box = QRectF(x, area.top + 1, metrics.horizontalAdvance(text) + 8, metrics.height() + 2)
                    if box.right() > paper.width():
                        box.moveRight(x)
                    while box.top() < area.top + STACKED_PX and any(box.intersects(flag) for flag in flags.values()):
                        box.translate(0, metrics.height() + 3)
                    flags[marker.id] = box
                    painter.fillRect(box, colour)
                    painter.setPen(QColor(paper.theme.paper))
                    painter.drawText(QPointF(box.left() + 4, box.top() + 1 + metrics.ascent()), text)


class MarkerPanel(Retranslatable, QWidget):
    """The list of markers; a chosen one is shown, a name is changed in place."""

    def __init__(self, markers: Markers, duration_s: Callable[[], float], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.chosen: Signal[Marker] = Signal()
        self.renamed: Signal[str, str] = Signal()
        self.remove_asked: Signal[str] = Signal()
        self._markers = markers
        self._duration_s = duration_s
        self.title = make_label("panelTitle", selectable=False)
        self.table = make_table(translatable("Markers"), 2)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        self.table.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked | QAbstractItemView.EditTrigger.EditKeyPressed
        )
        self.table.currentCellChanged.connect(self._choose)
        self.table.cellClicked.connect(self._choose)
        self.table.itemChanged.connect(self._rename)
        self.rename_button = set_texts(
            QPushButton(), text="Rename", tip="Change the chosen marker's name (F2 or double click)"
        )
        self.rename_button.clicked.connect(self.edit_name)
        self.remove_button = set_texts(QPushButton(), text="Remove", tip="Remove the chosen marker")
        self.remove_button.clicked.connect(self._ask_remove)
        buttons = QHBoxLayout()
        buttons.addWidget(self.rename_button)
        buttons.addWidget(self.remove_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 0, 10, 8)
        layout.setSpacing(4)
        layout.addWidget(self.title)
        layout.addWidget(self.table)
        layout.addLayout(buttons)
        self.title.setContentsMargins(-8, 0, 0, 0)
        markers.changed.connect(self.refresh)
        self.refresh()

    @property
    def current(self) -> Marker | None:
        """The marker of the chosen row."""
        row, markers = self.table.currentRow(), self._markers.all
        return markers[row] if 0 <= row < len(markers) else None

    def retranslate(self) -> None:
        self.refresh()

    def refresh(self) -> None:
        """List what there is."""
        markers = self._markers.all
        long = is_long(self._duration_s())
        with QSignalBlocker(self.table):
            rows = [(time_text(marker.time_s, long=long), marker.name) for marker in markers]
            fill(self.table, (tr("Time") if long else tr("Time (s)"), tr("Name")), rows, left=frozenset({0, 1}))
            for row in range(len(rows)):
                item = self.table.item(row, 0)
                if item is not None:
                    item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsEditable)
        fit_height(self.table, 1, 6)
        self.title.setText(tr("Markers · {n}").format(n=len(markers)) if markers else tr("Markers (M sets one)"))
        for widget in (self.table, self.rename_button, self.remove_button):
            widget.setVisible(bool(markers))

    def show_current(self, marker: Marker) -> None:
        """Choose the row of a marker."""
        ids = [known.id for known in self._markers.all]
        if marker.id in ids:
            with QSignalBlocker(self.table):
                self.table.setCurrentCell(ids.index(marker.id), 1)

    def edit_name(self) -> None:
        """Let the name of the chosen marker be typed."""
        item = self.table.item(max(self.table.currentRow(), 0), 1)
        if item is not None:
            self.table.setCurrentItem(item)
            self.table.editItem(item)

    def _choose(self, row: int, *_: int) -> None:
        if 0 <= row < len(self._markers.all):
            self.chosen.emit(self._markers.all[row])

    def _rename(self, item: QTableWidgetItem) -> None:
        marker = self._markers.all[item.row()] if item.row() < len(self._markers.all) else None
        if marker is not None and item.column() == 1:
            self.renamed.emit(marker.id, item.text())

    def _ask_remove(self) -> None:
        marker = self.current
        if marker is not None:
            self.remove_asked.emit(marker.id)


def _has_markers(feature: MarkerFeature) -> bool:
    return bool(feature.markers.all)


class MarkerFeature(Feature):
    """Markers of the open recording, kept under the reviewer's name."""

    menu_place = 130
    actions = (
        ActionSpec("marker_add", "Measure", translatable("Set marker"), ("M",),
                   translatable("Mark the instant under the mouse, or the middle of what is shown; its name can be "
                                "changed in the list."),
                   do=lambda self: self.add(), enabled=has_record, separate=True),
        ActionSpec("marker_next", "Measure", translatable("Next marker"), ("Alt+.",),
                   translatable("Go to the next marker."),
                   do=lambda self: self.step(1), enabled=_has_markers),
        ActionSpec("marker_previous", "Measure", translatable("Previous marker"), ("Alt+,",),
                   translatable("Go to the marker before."),
                   do=lambda self: self.step(-1), enabled=_has_markers),
        ActionSpec("marker_rename", "Measure", translatable("Rename marker…"), ("Shift+M",),
                   translatable("Type another name for the marker chosen in the list."),
                   do=lambda self: self.panel.edit_name(), enabled=_has_markers),
        ActionSpec("marker_remove", "Measure", translatable("Remove marker"), (),
                   translatable("Remove the marker chosen in the list; undo brings it back."),
                   do=lambda self: self.remove_current(), enabled=_has_markers),
    )

    def __init__(self, window: Host, open_review: OpenReview, as_reviewer: AsReviewer) -> None:
        super().__init__(window)
        self._as_reviewer = as_reviewer
        self.markers = Markers(open_review)
        self._at_s: float | None = None
        self.panel = MarkerPanel(self.markers, self._duration_s)
        self.panel.chosen.connect(self.go_to)
        self.panel.renamed.connect(self.rename)
        self.panel.remove_asked.connect(self.remove)
        window.add_side_panel(self.panel, translatable("Calipers"))
        self.overlay = MarkerOverlay(self.markers)
        window.paper.add_overlay(self.overlay)
        self.markers.changed.connect(self._show)
        window.session.record_changed.connect(self._forget)

    def add(self) -> None:
        """Set a marker under the mouse, else in the middle of the visible stretch."""
        view = self.window.session.view
        end_s = min(view.end_s, view.duration_s)
        at_s = view.cursor.time_s if view.cursor is not None else (view.start_s + end_s) / 2

        def act() -> None:
            marker = self.markers.add(min(max(at_s, 0.0), view.duration_s))
            self._at_s = marker.time_s
            self.panel.show_current(marker)

        self._as_reviewer(act)

    def step(self, steps: int) -> None:
        """Go to the next marker, or the one before; from the one shown last, else from the middle of the paper."""
        view = self.window.session.view
        at_s = self._at_s
        if at_s is None or not view.start_s <= at_s <= view.end_s:
            at_s = (view.start_s + min(view.end_s, view.duration_s)) / 2
        marker = self.markers.beside(at_s, steps)
        if marker is not None:
            self.panel.show_current(marker)
            self.go_to(marker)

    def go_to(self, marker: Marker) -> None:
        """Bring a marker into view."""
        self._at_s = marker.time_s
        self.window.session.view.show_interval(marker.time_s, marker.time_s)

    def rename(self, marker_id: str, name: str) -> None:
        """Rename a marker, once the reviewer's name is known."""
        self._as_reviewer(lambda: self.markers.rename(marker_id, name))
        self.panel.refresh()  # the stored name may differ from the typed one

    def remove(self, marker_id: str) -> None:
        """Remove a marker, once the reviewer's name is known."""
        self._as_reviewer(lambda: self.markers.remove(marker_id))

    def remove_current(self) -> None:
        """Remove the marker that is chosen in the list, else the first."""
        marker = self.panel.current or next(iter(self.markers.all), None)
        if marker is not None:
            self.remove(marker.id)

    def _duration_s(self) -> float:
        return self.window.session.view.duration_s

    def _forget(self) -> None:
        self._at_s = None

    def _show(self) -> None:
        self.window.paper.update()
        self.changed.emit()

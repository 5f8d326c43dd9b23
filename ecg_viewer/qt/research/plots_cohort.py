"""The recordings that the worklist shows, each a point; a point opens its recording."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QObject, QPointF, Qt, QTimer
from PySide6.QtGui import QBrush, QColor, QKeyEvent, QPen, QShowEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ecg_viewer.qt.research.plots_common import KeyEntry, Look, Plot, PlotPage, TakeCanvas, Values, new_canvas, stroke
from ecg_viewer.qt.widgets.plain_text import PlainLabel, plain_tip
from ecg_viewer.qt.widgets.sortable_table import SmallTable, TableCell, number_cell
from ecg_viewer.qt.widgets.translated_texts import add_items, set_texts
from ecg_viewer.state.research.cohort_points import CohortPoints, PointGroup, cohort_points, nearest, plot_kinds
from ecg_viewer.state.session import Session
from ecg_viewer.state.words.language import tr, translatable
from ecg_viewer.state.words.numbers import number
from ecg_viewer.state.worklist.columns import NO_SUPERCLASS
from ecg_viewer.state.worklist.worklist import Worklist
from ecg_viewer.state.worklist.worklist_words import percentile_cell

REACH_PX = 12.0
"""Distance at which a point still counts as pointed at."""
REFRESH_MS, MANY_REFRESH_MS = 300, 3000
"""New scores are drawn so often; more rarely where drawing them takes a tenth of a second."""
SIZE_PX, MANY_SIZE_PX, MANY = 9, 4, 2000
"""Of a point; smaller, without an edge and fainter where there are many, so that density is seen."""
FILL, MANY_FILL = 0.45, 0.2
KINDS = ("auroc", "superclass")


class CohortPage(PlotPage):
    """Listens to the worklist while it is seen."""

    def __init__(
        self, session: Session, worklist: Worklist, open_row: Callable[[int], None], take: TakeCanvas = new_canvas
    ) -> None:
        """`open_row` opens the recording in a row of the worklist; `take` gives a canvas for a plot."""
        super().__init__(SmallTable(translatable("Scores by superclass"), fits=True))
        self._session, self._worklist, self._open_row = session, worklist, open_row
        self._points: CohortPoints | None = None
        self._filter = worklist.filter
        """Of the worklist when it was drawn."""
        self._at: int | None = None
        """The point that is pointed at."""
        self._names = ("", "")
        self.kind = QComboBox()
        set_texts(self.kind, name="What is plotted")
        titles = translatable("Score and AUROC"), translatable("Score by superclass")
        add_items(self.kind, zip(titles, KINDS, strict=True))
        self.kind.activated.connect(self._redraw)
        self.whole = set_texts(QPushButton(), text="Show all", tip="Undo zooming and moving (0)")
        self.whole.clicked.connect(self.show_whole)
        self.pointed = PlainLabel()
        self.plots = {kind: self._make_plot(kind, take) for kind in KINDS}
        self._rings: dict[str, Any] = {}
        self._tag: Any = None
        self._is_moved = False
        """Whether the reader has zoomed or moved, which new scores must not undo."""
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        row = QHBoxLayout()
        for widget, share in ((self.kind, 0), (self.whole, 0), (self.pointed, 1)):
            row.addWidget(widget, share)
        column.addLayout(row)
        for plot in self.plots.values():
            column.addWidget(plot, 1)
        self.lay_out((box,), (self.table,))
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.refresh)
        worklist.order_changed.connect(self._later)
        worklist.rows_changed.connect(self._later_rows)
        worklist.source_changed.connect(self._later)
        session.record_changed.connect(self._mark_open)

    @property
    def points(self) -> CohortPoints | None:
        """What is drawn; None if there is nothing."""
        return self._points

    @property
    def plot(self) -> Plot:
        """The one that is shown."""
        return self.plots["superclass" if self._points is None else self._points.kind]

    @property
    def pointed_row(self) -> int | None:
        """The row of the worklist that is pointed at."""
        return None if self._points is None or self._at is None else int(self._points.rows[self._at])

    def refresh(self) -> None:
        """Draw the recordings that the worklist shows now."""
        self._timer.stop()
        if self.look is None or not self.isVisible():
            return
        table, order, self._filter = self._worklist.table, self._worklist.order, self._worklist.filter
        kinds = plot_kinds(table, order)
        wanted = self.kind.currentData()
        self.kind.setVisible(len(kinds) > 1)
        self._at = None
        if not kinds:
            self._points = None
            self.show_texts("", "", self._advice())
            return
        points = self._points = cohort_points(table, order, wanted if wanted in kinds else kinds[0])
        for kind, plot in self.plots.items():
            plot.setVisible(kind == points.kind)
        self._draw(points, self.look)
        self._fill_table(points)
        self.show_texts(self._headline(points), self._source(points))
        self._name_pointed()

    def show_whole(self) -> None:
        """Undo zooming and moving."""
        self._is_moved = False
        if self._points is not None:
            self._fit(self._points)

    def point_at(self, index: int | None) -> None:
        """Name a point, by its place among `points`, and put a ring around it."""
        if index != self._at:
            self._at = index
            self._name_pointed()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The pointer left the plot."""
        if event.type() == QEvent.Type.Leave:
            self.point_at(None)
        return super().eventFilter(watched, event)

    def _make_plot(self, kind: str, take: TakeCanvas) -> Plot:
        if kind == "auroc":
            name, up = (translatable("Score and AUROC of the recordings shown"),
                        translatable("AUROC within the recording"))
        else:
            name, up = translatable("Scores of the recordings shown, by superclass"), translatable("Superclass")
        plot = Plot(name, (translatable("Score of a recording"), up), self._press, moves=True, take=take)
        plot.canvas.scene().sigMouseMoved.connect(self._hover)
        plot.canvas.scene().sigMouseClicked.connect(self._click)
        plot.canvas.viewport().installEventFilter(self)
        plot.item.getViewBox().sigRangeChangedManually.connect(self._keep_range)
        return plot

    def _draw(self, points: CohortPoints, look: Look) -> None:
        plot = self.plot
        plot.begin(look)
        colour, quiet = look.theme.model_colour, look.theme.quiet_text
        fill, clear = QColor(colour), QBrush(Qt.BrushStyle.NoBrush)
        is_many = len(points) > MANY
        fill.setAlphaF(MANY_FILL if is_many else FILL)
        edge = QPen(Qt.PenStyle.NoPen) if is_many else stroke(colour, width=0.8)
        kinds: list[tuple[str, NDArray[np.bool_], str, QPen, QBrush]] = [
            (tr("Poor signal: the score does not count"), ~points.reliable, "s", stroke(quiet, width=1.0), clear),
            (tr("A reference region is missed"), points.reliable & points.missed, "x", stroke(look.theme.text,
                                                                                              width=1.2),
             QBrush(QColor(look.theme.text))),
            (tr("Recording") if points.kind == "superclass" else tr("All reference regions hit"),
             points.reliable & ~points.missed, "o", edge, QBrush(fill)),
        ]
        size = MANY_SIZE_PX if is_many else SIZE_PX
        entries: list[KeyEntry] = []
        for text, chosen, symbol, pen, brush in kinds:
            if chosen.any():
                draw = plot.dots if is_many else plot.signs
                draw(points.scores[chosen], points.heights[chosen], symbol, size, pen, brush)
                entries.insert(0, KeyEntry(text, pen, symbol, brush))
        if points.kind == "superclass":
            entries.append(self._draw_quartiles(points, look))
        else:
            plot.curve(np.array(_span(points.scores)), np.array([0.5, 0.5]),
                       stroke(look.theme.text, Qt.PenStyle.DashLine, 1.0))
            entries.append(KeyEntry(tr("Chance"), stroke(look.theme.text, Qt.PenStyle.DashLine, 1.0)))
        human = stroke(look.theme.human_colour, width=2.4)
        self._rings = {
            name: plot.signs([], [], symbol, SIZE_PX + grown, human, clear)
            for name, symbol, grown in (("open", "d", 9), ("pointed", "o", 7))
        }
        self._tag = plot.label("", 0.0, 0.0, look.theme.human_colour, (0.5, 1.35))
        plot.key.show_entries((*entries, KeyEntry(tr("Open now"), human, "d", clear)))
        self._mark_open()
        if not self._is_moved:
            self._fit(points)

    def _draw_quartiles(self, points: CohortPoints, look: Look) -> KeyEntry:
        """A line from the first quartile to the third, a bar at the median; the groups named at the axis."""
        pen, halo = stroke(look.theme.text, width=2.2), stroke(self.plot.background, width=5.0)
        levels = np.arange(len(points.groups))[::-1]
        known = [(group, level) for group, level in zip(points.groups, levels.tolist(), strict=True) if group.n]
        lines = [((group.quartiles[0], level), (group.quartiles[2], level),
                  (group.quartiles[1], level - 0.12), (group.quartiles[1], level + 0.12))
                 for group, level in known]
        ends = np.array(lines, float).reshape(-1, 2)
        for colour in (halo, pen):
            self.plot.curve(ends[:, 0], ends[:, 1], colour, connect="pairs")
        ticks = [(level, _name(group)) for group, level in zip(points.groups, levels.tolist(), strict=True)]
        self.plot.item.getAxis("left").setTicks([ticks, []])
        return KeyEntry(tr("Median and quartiles"), pen)

    def _fit(self, points: CohortPoints) -> None:
        low, high = _span(points.scores)
        if points.kind == "auroc":
            bottom, top = min(0.5, float(points.heights.min(initial=0.5))) - 0.03, 1.03
        else:
            bottom, top = -0.6, len(points.groups) - 0.4
        self.plot.item.setRange(xRange=(low, high), yRange=(bottom, top), padding=0.04)

    def _headline(self, points: CohortPoints) -> str:
        n, shown = number(points.n_counted, ","), number(points.n_shown, ",")
        poor = " " + tr("{n:,} more with a poor signal are shown apart and not counted.").format(
            n=points.n_poor) if points.n_poor else ""
        if points.kind == "auroc" and points.n_counted:
            known = self._worklist.results.auroc[points.rows[points.reliable]]
            return tr("{n} of {shown} recordings shown have a score and reference regions: mean AUROC {auroc:.3f}, "
                      "lowest {lowest:.3f}.").format(
                          n=n, shown=shown, auroc=float(known.mean()), lowest=float(known.min())) + poor
        return tr("{n} of {shown} recordings shown are scored.").format(n=n, shown=shown) + poor

    def _source(self, points: CohortPoints) -> str:
        results = self._worklist.results
        model = results.source.model or tr("an unnamed model")
        text = tr("Computed from the scores of {model} for the recordings that the worklist shows, as filtered").format(
            model=model) + (f" ({results.source.file})." if results.source.file else ".")
        if points.kind == "auroc":
            text += " " + tr("Regions count as missed at the {n:g}th percentile.").format(n=results.threshold)
        elif len(points.groups) > 1:
            text += " " + tr("A recording with several superclasses stands in each; the height within a line means "
                             "nothing.")
        return text + " " + tr("Click a point to open it, or point with the arrow keys and press Enter.")

    def _advice(self) -> str:
        if not len(self._worklist):
            return tr("Open a folder of recordings first (Ctrl+Shift+O): its recordings become points here.")
        if not len(self._worklist.order):
            return tr("No recording fulfils the worklist's filters. Clear them in the worklist.")
        return tr("None of the recordings that the worklist shows is scored. Score them in the background "
                  "(Ctrl+Shift+R), or open scores from a file.")

    def _fill_table(self, points: CohortPoints) -> None:
        heads = ((tr("Superclass"), tr("Diagnostic superclass of the statements")),
                 (tr("n"), tr("Recordings with a score that counts; + those whose signal is too poor, which are in "
                              "none of the other figures")),
                 (tr("25 %"), tr("First quartile of the scores")),
                 (tr("Median"), tr("Median of the scores")), (tr("75 %"), tr("Third quartile of the scores")),
                 (tr("AUROC"), tr("Mean of the recordings' AUROCs")))
        self.table.show_rows(heads, [
            (TableCell(_name(group), _name(group), _tip(group)), _count_cell(group),
             *(number_cell(value, 2) for value in group.quartiles), number_cell(group.mean_auroc, 3))
            for group in points.groups
        ])

    def _name_pointed(self) -> None:
        points, row = self._points, self.pointed_row
        if points is None or not self._rings:
            return
        text = ""
        if row is None or self._at is None:
            self._rings["pointed"].setData([], [])
            self._tag.hide()
        else:
            columns, results = self._worklist.columns, self._worklist.results
            self._rings["pointed"].setData([points.scores[self._at]], [points.heights[self._at]])
            self._tag.setText(columns.names[row])
            self._tag.setPos(points.scores[self._at], points.heights[self._at])
            self._tag.show()
            parts = [columns.names[row], tr("score {value}").format(value=number(results.score[row], ".3g")),
                     tr("percentile {value}").format(value=percentile_cell(results, row))]
            if not math.isnan(results.auroc[row]):
                parts.append(f"AUROC {number(results.auroc[row], '.3f')}")
            parts += [part for part in (columns.superclass[row], columns.statements[row]) if part]
            text = " · ".join(parts)
        self.pointed.setText(self.pointed.fontMetrics().elidedText(
            text, Qt.TextElideMode.ElideRight, max(200, self.pointed.width())))
        self.pointed.setToolTip(plain_tip(text))
        self.plot.describe(text or self.headline.text())

    def _mark_open(self) -> None:
        points, item = self._points, self._session.item
        if points is None or not self._rings:
            return
        row = None if item is None else self._worklist.columns.row_of.get(item.path)
        here = points.rows == (-1 if row is None else row)
        self._rings["open"].setData(points.scores[here], points.heights[here])

    def _hover(self, place: QPointF) -> None:
        if self._points is None:
            return
        box = self.plot.item.getViewBox()
        if not box.sceneBoundingRect().contains(place):
            self.point_at(None)
            return
        x, y = self._on_screen(self._points)
        self.point_at(nearest(self._points, x - place.x(), y - place.y(), REACH_PX))

    def _on_screen(self, points: CohortPoints) -> tuple[Values, Values]:
        """Places of the points in the scene, in pixels."""
        box = self.plot.item.getViewBox()
        (left, right), (bottom, top) = box.viewRange()
        area = box.sceneBoundingRect()
        x = area.left() + (points.scores - left) * (area.width() / (right - left))
        return x, area.bottom() - (points.heights - bottom) * (area.height() / (top - bottom))

    def _click(self, event: Any) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._hover(event.scenePos())
            self._open_pointed()

    def _open_pointed(self) -> None:
        row = self.pointed_row
        if row is not None:
            self._open_row(row)

    def _press(self, event: QKeyEvent) -> bool:
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}
        key = Qt.Key(event.key())
        if self._points is None or not len(self._points):
            return False
        if key in steps:
            way = self._points.in_order().tolist()
            at = way.index(self._at) + steps[key] if self._at is not None else (0 if steps[key] > 0 else -1)
            self.point_at(int(way[at % len(way)]))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open_pointed()
        elif key == Qt.Key.Key_0:
            self.show_whole()
        else:
            return False
        return True

    def _redraw(self, _index: int) -> None:
        self._is_moved = False
        self.refresh()

    def _keep_range(self, _enabled: object) -> None:
        self._is_moved = True

    def _later(self) -> None:
        """Soon if the reader has chosen other recordings, else as for new scores, which are sorted in all the time."""
        if self._worklist.filter == self._filter:
            self._later_rows(None)
        elif self.isVisible():
            self._timer.start(REFRESH_MS)

    def _later_rows(self, _rows: object) -> None:
        is_many = self._points is not None and len(self._points) > MANY
        if self.isVisible() and not self._timer.isActive():
            self._timer.start(MANY_REFRESH_MS if is_many else REFRESH_MS)


def _name(group: PointGroup) -> str:
    if not group.name:
        return tr("All")
    return tr("none") if group.name == NO_SUPERCLASS else group.name


def _count_cell(group: PointGroup) -> TableCell:
    """`12`, or `12 +3` with three whose signal is too poor."""
    text = number(group.n, ",")
    return TableCell(f"{text} +{number(group.n_poor, ',')}" if group.n_poor else text, float(group.n))


def _tip(group: PointGroup) -> str:
    return tr("The data set states no superclass") if group.name in ("", NO_SUPERCLASS) else group.name


def _span(values: Values) -> tuple[float, float]:
    """Of at least one value; never of no width."""
    low, high = float(values.min()), float(values.max())
    return (low, high) if high > low else (low - 0.5, high + 0.5)

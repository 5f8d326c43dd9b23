"""The open recording over the threshold of its heat; the vertical line is the threshold, wherever it is moved."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QColor, QKeyEvent

from ecg_viewer.qt.research.plots_common import KeyEntry, Plot, PlotPage, TakeCanvas, new_canvas, stroke
from ecg_viewer.qt.widgets.sortable_table import SmallTable, TableCell, number_cell, share_cell, share_text
from ecg_viewer.state.display_choices import HIGHEST_THRESHOLD, LOWEST_THRESHOLD
from ecg_viewer.state.research.research_words import truth_text
from ecg_viewer.state.research.threshold_curves import STEP, THRESHOLDS, CurveTracker, PointCurves
from ecg_viewer.state.research.truth_tracker import MAX_MAPPED_S, TruthTracker
from ecg_viewer.state.session import Session
from ecg_viewer.state.words.language import tr, translatable
from ecg_viewer.state.words.numbers import number
from mmae_core.scoring.finding_config import FindConfig

TABLE_THRESHOLDS = (90.0, 92.5, 95.0, 97.5, 99.0, 99.5, 99.9)
BIG_STEP = 1.0
"""Percentile points of an arrow key with Shift."""
MARGIN = 0.15
"""Of the axis beyond the thresholds."""


class ThresholdPage(PlotPage):
    """Listens to the curves, and to the view, whose threshold it shows and moves."""

    def __init__(
        self, session: Session, tracker: TruthTracker, curves: CurveTracker, take: TakeCanvas = new_canvas
    ) -> None:
        """`take` gives a canvas for a plot."""
        super().__init__(SmallTable(translatable("Figures at thresholds"), fits=True))
        self._session, self._tracker, self._curves = session, tracker, curves
        along = translatable("Threshold of the heat (percentile)")
        self.points = Plot(translatable("Sensitivity and specificity over the threshold"),
                           (along, translatable("Points (%)")), self._press, take=take)
        self.events = Plot(translatable("Hits, misses and false alarms over the threshold"),
                           (along, translatable("Per minute")), self._press, take=take)
        self.roc = Plot(translatable("ROC curve of the recording"),
                        (translatable("Points outside regions at or above (%)"), translatable("Inside (%)")),
                        self._press, take=take)
        self.events.stand_below(self.points)
        self.lay_out((self.points, self.events), (self.roc, self.table))
        self.lines: tuple[Any, ...] = ()
        """The threshold in the two plots over it."""
        self._place: Any = None
        self._is_moving = False
        self.table.chosen.connect(self._choose)
        curves.changed.connect(self.refresh)
        session.view.heat_changed.connect(self.show_threshold)
        session.record_changed.connect(self.refresh)
        session.assessment_changed.connect(self._follow_phase)

    @property
    def threshold(self) -> float:
        return self._session.view.heat_threshold

    def refresh(self) -> None:
        """Draw the curves anew."""
        events = self._curves.events
        if self.look is None:
            return
        self.lines = ()
        if events is None:
            self.show_texts("", "", self._advice())
            return
        self._draw_points()
        self._draw_events()
        self._draw_roc()
        limits = (LOWEST_THRESHOLD, HIGHEST_THRESHOLD)
        pen = stroke(self.look.theme.human_colour, width=2.5)
        label = {"position": 0.92, "color": self.look.theme.human_colour, "movable": False,
                 "fill": self.points.canvas.backgroundBrush()}
        self.lines = tuple(
            plot.upright(self.threshold, pen, movable=True, bounds=limits, label="≥", labelOpts=label,
                         hoverPen=stroke(self.look.theme.human_colour, width=4.0))
            for plot in (self.points, self.events)
        )
        for line, plot in zip(self.lines, (self.points, self.events), strict=True):
            line.label.setFont(plot.font())
            line.sigPositionChanged.connect(self._drag)
        self.show_threshold()

    def show_threshold(self) -> None:
        """Put the line, the point on the ROC curve, the headline and the table where the threshold is."""
        events, points = self._curves.events, self._curves.points
        if events is None or not self.lines:
            return
        self._is_moving = True
        for line in self.lines:
            line.setValue(self.threshold)
            line.label.setFormat(f"≥ {number(self.threshold, '.1f')}")
        self._is_moving = False
        counts = events.at(self.threshold)
        text = tr("At the {threshold:g}th percentile: ").format(threshold=self.threshold)
        if points is not None:
            here = points.at(self.threshold)
            self._place.setData([100 * (1 - here.specificity)], [100 * here.sensitivity])
            text += tr("sensitivity {sensitivity}, specificity {specificity} of points; ").format(
                sensitivity=_percent(here.sensitivity), specificity=_percent(here.specificity))
        events_text = tr("{hits} of {boxes} regions hit, {misses} missed, {false} false alarms ({rate:.1f} per "
                         "minute).")
        text += events_text.format(
            hits=counts.n_hits, boxes=counts.n_hits + counts.n_misses, misses=counts.n_misses, false=counts.n_false,
            rate=counts.n_false / events.minutes)
        self.show_texts(text, self._source(points))
        self._fill_table()
        for plot in (self.points, self.events, self.roc):
            plot.describe(text + " " + tr("Arrow keys move the threshold; with Shift by a whole percentile."))

    def _draw_points(self) -> None:
        look, curves = self.look, self._curves.points
        assert look is not None, "dressed before it draws"
        self.points.begin(look)
        self.points.item.setRange(xRange=_limits(), yRange=(0, 100), padding=0.04)
        self.points.key.show_entries(())
        if curves is None:
            words = (tr("AUROC is not computed for recordings longer than {n:.0f} min.").format(n=MAX_MAPPED_S / 60)
                     if self._tracker.is_too_long else tr("The points of the map are being counted…"))
            self.points.label(words, 95.0, 50.0, look.theme.text, (0.5, 0.5))
            return
        sensitivity, specificity = curves.over(THRESHOLDS)
        pens = (stroke(look.theme.model_colour), stroke(look.theme.text, Qt.PenStyle.DashLine))
        for values, pen in zip((sensitivity, specificity), pens, strict=True):
            if np.isfinite(values).all():
                self.points.curve(THRESHOLDS, 100 * values, pen)
        self.points.key.show_entries((
            KeyEntry(tr("Sensitivity: inside regions"), pens[0]),
            KeyEntry(tr("Specificity: outside regions"), pens[1]),
            KeyEntry(tr("Threshold"), stroke(look.theme.human_colour, width=2.5)),
        ))

    def _draw_events(self) -> None:
        look, curves = self.look, self._curves.events
        assert look is not None, "dressed before it draws"
        assert curves is not None, "drawn only when known"
        self.events.begin(look)
        rates = curves.rates(THRESHOLDS)
        pens = (stroke(look.theme.model_colour), stroke(look.theme.text, Qt.PenStyle.DashLine),
                stroke(look.theme.quiet_text, Qt.PenStyle.DotLine, 2.2))
        for values, pen in zip(rates, pens, strict=True):
            self.events.curve(THRESHOLDS, values, pen)
        highest = max(float(values.max()) for values in rates)
        self.events.item.setRange(xRange=_limits(), yRange=(0, max(1.08 * highest, 1.0)), padding=0.04)
        self.events.key.show_entries(tuple(
            KeyEntry(text, pen)
            for text, pen in zip((tr("Regions hit"), tr("Regions missed"), tr("False alarms")), pens, strict=True)
        ))

    def _draw_roc(self) -> None:
        look, curves = self.look, self._curves.points
        assert look is not None, "dressed before it draws"
        self.roc.begin(look)
        self.roc.item.setRange(xRange=(0, 100), yRange=(0, 100), padding=0.05)
        self.roc.curve(np.array([0.0, 100.0]), np.array([0.0, 100.0]), stroke(look.theme.rule, width=1.0))
        entries = []
        if curves is not None and len(curves.heat_roc):
            pens = (stroke(look.theme.model_colour), stroke(look.theme.text, Qt.PenStyle.DashLine))
            for roc, pen in zip((curves.score_roc, curves.heat_roc), pens, strict=True):
                self.roc.curve(100 * roc[:, 0], 100 * roc[:, 1], pen)
            entries = [KeyEntry(tr("Map, AUROC {auroc:.3f}").format(auroc=curves.score_auroc), pens[0]),
                       KeyEntry(tr("Heat, {auroc:.3f}").format(auroc=curves.heat_auroc), pens[1])]
        pen, brush = stroke(look.theme.human_colour, width=2.0), QBrush(QColor(look.theme.human_colour))
        self._place = self.roc.signs([], [], "d", 12, pen, brush)
        self.roc.key.show_entries((*entries, KeyEntry(tr("Threshold"), pen, "d", brush)))

    def _fill_table(self) -> None:
        points, events = self._curves.points, self._curves.events
        assert events is not None, "shown only when known"
        thresholds = sorted({*TABLE_THRESHOLDS, round(self.threshold, 1)})
        heads = ((tr("From"), tr("Percentile from which the heat is shown and findings count")),
                 (tr("Sens. %"), tr("Points inside regions at or above the threshold")),
                 (tr("Spec. %"), tr("Points outside regions below the threshold")),
                 (tr("Hit"), tr("Regions that a finding hits")), (tr("Missed"), tr("Regions that no finding hits")),
                 (tr("False"), tr("Findings outside every region")))
        rows = []
        for threshold in thresholds:
            here, counts = None if points is None else points.at(threshold), events.at(threshold)
            mark_ = "▸ " if threshold == round(self.threshold, 1) else ""
            rows.append((
                TableCell(f"{mark_}{number(threshold, 'g')}", threshold),
                share_cell(math.nan if here is None else 100 * here.sensitivity),
                share_cell(math.nan if here is None else 100 * here.specificity),
                number_cell(counts.n_hits, 0), number_cell(counts.n_misses, 0), number_cell(counts.n_false, 0),
            ))
        self._rows = thresholds
        self.table.show_rows(heads, rows)
        self.table.select_row(thresholds.index(round(self.threshold, 1)))

    def _source(self, points: PointCurves | None) -> str:
        record, model = self._session.record, self._session.model
        text = tr("Computed from the map and the findings of {record} by {model}. Truth: {truth}").format(
            record="–" if record is None else record.name,
            model="–" if model is None else f"{model.name} {model.version}",
            truth=truth_text(self._tracker.boxes, self._tracker.left_out))
        if points is not None:
            text += " " + tr("{inside} points inside regions, {outside} outside, one for each sample and lead, 0.2 s "
                             "cut "
                             "at both ends. The heat compares each lead with its own normals, so its curve is not the "
                             "map's.").format(
                                 inside=number(points.n_inside, ","), outside=number(points.n_outside, ","))
        return text + " " + tr("Findings begin at the {n:g}th percentile.").format(n=FindConfig().min_percentile)

    def _advice(self) -> str:
        session = self._session
        if session.record is None:
            return tr("Open a recording first.")
        if not self._tracker.boxes:
            return tr("Nothing is known to be abnormal in this recording. Confirm a finding (C), mark one of your own, "
                      "or open a recording with a lesion file, beat annotations or a label array.")
        if session.assessment.phase.is_running:
            return tr("The curves come once the whole recording is assessed.")
        return tr("The recording is not assessed as a whole. Let the model assess it again (Ctrl+R).")

    def _follow_phase(self) -> None:
        if self._curves.events is None:
            self.refresh()

    def _drag(self, line: Any) -> None:
        if not self._is_moving:
            self._session.view.set_heat_threshold(round(float(line.value()), 1))
            self.show_threshold()

    def _press(self, event: QKeyEvent) -> bool:
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Down: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: 1}
        ends = {Qt.Key.Key_Home: LOWEST_THRESHOLD, Qt.Key.Key_End: HIGHEST_THRESHOLD}
        key = Qt.Key(event.key())
        if key in steps:
            size = BIG_STEP if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else STEP
            self._session.view.set_heat_threshold(round(self.threshold + steps[key] * size, 1))
        elif key in ends:
            self._session.view.set_heat_threshold(ends[key])
        return key in steps or key in ends

    def _choose(self, row: int) -> None:
        self._session.view.set_heat_threshold(self._rows[row])


def _limits() -> tuple[float, float]:
    return LOWEST_THRESHOLD - MARGIN, HIGHEST_THRESHOLD + MARGIN


def _percent(value: float) -> str:
    return "–" if math.isnan(value) else f"{share_text(100 * value)} %"

"""The open recording's score among the normal ECGs that the model is calibrated on."""

from __future__ import annotations

import math

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QColor, QKeyEvent

from ecg_viewer.qt.research.plots_common import KeyEntry, Look, Plot, PlotPage, TakeCanvas, new_canvas, stroke
from ecg_viewer.qt.widgets.sortable_table import SmallTable, TableCell, number_cell, share_cell
from ecg_viewer.state.research.operating_point import OperatingPoint
from ecg_viewer.state.research.score_among_normals import ScoreAmongNormals, quantiles, score_among_normals
from ecg_viewer.state.session import Session
from ecg_viewer.state.words.language import tr, translatable
from ecg_viewer.state.words.numbers import number
from ecg_viewer.state.words.record_words import percentile_text, windows_note, windows_sentence

LETTERS = "ABCDEFGH"
"""Of operating points, in the order of their thresholds: a letter fits beside a line where its figures would not."""


class StandingPage(PlotPage):
    """Listens to the session."""

    def __init__(self, session: Session, take: TakeCanvas = new_canvas) -> None:
        """`take` gives a canvas for a plot."""
        super().__init__(SmallTable(translatable("Scores among normal ECGs"), fits=True))
        self._session = session
        along = translatable("Score of a recording")
        self.histogram = Plot(translatable("Scores of normal ECGs"), (along, translatable("Normal ECGs")),
                              self._press, take=take)
        self.curve = Plot(translatable("Percentile over the score"), (along, translatable("Below (%)")),
                          self._press, take=take)
        self.curve.stand_below(self.histogram)
        self.lay_out((self.histogram, self.curve), (self.table,))
        self._seen: tuple[object, ...] = ()
        session.assessment_changed.connect(self._follow)
        session.record_changed.connect(self._follow)

    def refresh(self) -> None:
        """Draw the cohort and the recording anew."""
        session, window = self._session, self._session.assessment.strongest_window
        comparison = score_among_normals(
            session.model, math.nan if window is None else window.score,
            math.nan if window is None else window.percentile, windows=session.assessment.window_counts,
            is_reliable=window is None or window.reliable,
        )
        if self.look is None:
            return
        if comparison is None:
            advice = (tr("The scores of normal ECGs are known once a model is loaded: open a recording first.")
                      if session.model is None else
                      tr("This model does not say what its normal ECGs scored. Choose another one in the menu Model."))
            self.show_texts("", "", advice)
            return
        self.show_texts(self._headline(comparison), tr("Computed from the calibration of {model}: {n} normal ECGs, "
                                                "one 10-s window each ({cohort}).").format(
            model=f"{session.model.name} {session.model.version}" if session.model is not None else "–",
            n=number(len(comparison.normals), ","), cohort=comparison.cohort) + self._card(comparison))
        self._draw_histogram(comparison, self.look)
        self._draw_curve(comparison, self.look)
        self.histogram.item.setXRange(*comparison.limits, padding=0)
        self._fill_table(comparison)
        for plot in (self.histogram, self.curve):
            plot.describe(self.headline.text())

    def _headline(self, comparison: ScoreAmongNormals) -> str:
        if math.isnan(comparison.score):
            if self._session.record is None:
                return tr("No recording is open: only the normal ECGs are shown.")
            return (tr("The open recording is not yet assessed.") if self._session.assessment.phase.is_running
                    else tr("The open recording has no score."))
        text = (tr("This recording's score of {score:.2f} is higher than those of {percentile} % of the normal ECGs.")
                if comparison.windows.n <= 1 else
                tr("The strongest 10-s window's score of {score:.2f} is higher than those of {percentile} % of "
                   "the normal ECGs."))
        said = text.format(score=comparison.score, percentile=percentile_text(comparison.percentile))
        if not comparison.is_reliable:
            said += " " + tr("The signal is too poor for its percentile to count.")
        elif not self._session.assessment.phase.is_running and (several := windows_sentence(comparison.windows)):
            said += f" {several} {windows_note(comparison.windows)}"
        if comparison.place(comparison.score) != comparison.score:
            said += " " + tr("It lies beyond the edge of the plot.")
        return said

    def _card(self, comparison: ScoreAmongNormals) -> str:
        if not comparison.points:
            return " " + tr("The model's card states no operating points.")
        where = comparison.points[0].measured_on
        return " " + (tr("Operating points as the model's card states them, measured on {where}.").format(where=where)
                      if where else tr("Operating points as the model's card states them."))

    def _draw_histogram(self, comparison: ScoreAmongNormals, look: Look) -> None:
        import pyqtgraph as pg

        plot = self.histogram
        plot.begin(look)
        counts, edges = comparison.histogram()
        bars = QColor(look.theme.quiet_text)
        bars.setAlphaF(0.4)
        plot.item.addItem(pg.BarGraphItem(x0=edges[:-1], x1=edges[1:], height=counts,
                                          brush=bars, pen=stroke(look.theme.quiet_text, width=0.5)))
        highest = float(counts.max())
        plot.item.setYRange(0, 1.22 * highest, padding=0)
        self._draw_lines(plot, comparison, look, 1.2 * highest)
        entries = [KeyEntry(tr("Normal ECGs"), brush=QBrush(bars))]
        if not math.isnan(comparison.score):
            entries.append(KeyEntry(tr("This recording"), stroke(look.theme.model_colour, width=2.5)))
        if comparison.points:
            entries.append(KeyEntry(tr("Operating points {letters}").format(letters=_letters(comparison)),
                                 stroke(look.theme.text, Qt.PenStyle.DashLine, 1.2)))
        plot.key.show_entries(entries)

    def _draw_curve(self, comparison: ScoreAmongNormals, look: Look) -> None:
        plot = self.curve
        plot.begin(look)
        x, y = comparison.curve
        low, high = comparison.limits
        plot.curve(np.concatenate(([low], x, [max(high, x[-1])])), np.concatenate(([0.0], y, [100.0])),
                   stroke(look.theme.text))
        plot.item.setYRange(0, 104, padding=0.02)
        self._draw_lines(plot, comparison, look, None)
        if not math.isnan(comparison.score) and not math.isnan(comparison.percentile):
            colour = look.theme.model_colour
            plot.signs([comparison.place(comparison.score)], [comparison.percentile], "d", 12, stroke(colour),
                       QBrush(QColor(colour)))
        plot.key.show_entries((KeyEntry(tr("Share of normal ECGs with a lower score"), stroke(look.theme.text)),))

    def _draw_lines(self, plot: Plot, comparison: ScoreAmongNormals, look: Look, top: float | None) -> None:
        """Vertical lines; named if `top` says where."""
        low, high = comparison.limits
        last = -math.inf
        for letter, point in zip(LETTERS, _points(comparison), strict=False):
            place = comparison.place(point.threshold)
            plot.upright(place, stroke(look.theme.text, Qt.PenStyle.DashLine, 1.2))
            if top is not None:
                apart = place - last > 0.03 * (high - low)
                plot.label(letter, place, top if apart else 0.86 * top, look.theme.text, (0.5, 0.0))
                last = place if apart else last
        if math.isnan(comparison.score):
            return
        place = comparison.place(comparison.score)
        plot.upright(place, stroke(look.theme.model_colour, width=2.5))
        if top is not None:
            is_right = place > (low + high) / 2
            beyond = " →" if comparison.score > high else ""
            plot.label(number(comparison.score, ".2f") + beyond, place, 0.72 * top, look.theme.model_colour,
                       (1.05, 0.0) if is_right else (-0.05, 0.0))

    def _fill_table(self, comparison: ScoreAmongNormals) -> None:
        heads = ((tr("What"), tr("Quantiles of the normal ECGs, operating points, this recording")),
                 (tr("Score"), tr("Of the strongest 10-s window of a recording")),
                 (tr("%ile"), tr("Normal ECGs with a lower score")),
                 (tr("Sens. %"), tr("Sensitivity, stated by the model's card")),
                 (tr("Spec. %"), tr("Specificity, stated by the model's card")))
        unknown = number_cell(math.nan)
        rows = [(score, (TableCell(tr("Normal ECGs, {n:g} %").format(n=level), f"n{level:05.1f}"),
                         number_cell(score, 2), number_cell(level, 1), unknown, unknown))
                for level, score in quantiles(comparison.normals)]
        rows += [(point.threshold, (TableCell(tr("Point {letter}").format(letter=letter), f"p{letter}"),
                                    number_cell(point.threshold, 2), number_cell(point.percentile, 1),
                                    share_cell(100 * point.sensitivity), share_cell(100 * point.specificity)))
                 for letter, point in zip(LETTERS, _points(comparison), strict=False)]
        if not math.isnan(comparison.score):
            rows.append((comparison.score, (
                TableCell("▸ " + tr("This recording"), "r"), number_cell(comparison.score, 2),
                TableCell(percentile_text(comparison.percentile), comparison.percentile), unknown, unknown)))
        rows.sort(key=lambda row: row[0])
        self.table.show_rows(heads, [cells for _, cells in rows])
        self.table.select_row(next((n for n, (_, cells) in enumerate(rows) if cells[0].key == "r"), -1))

    def _follow(self) -> None:
        session = self._session
        assessment = session.assessment
        seen = (session.model, session.record, assessment.strongest_window, assessment.phase.is_running)
        if len(seen) != len(self._seen) or any(a is not b for a, b in zip(seen, self._seen, strict=True)):
            self._seen = seen
            self.refresh()

    def _press(self, event: QKeyEvent) -> bool:
        """Focus is for reading the description; the numbers are in the table."""
        return False


def _points(comparison: ScoreAmongNormals) -> list[OperatingPoint]:
    return sorted(comparison.points, key=lambda point: point.threshold)


def _letters(comparison: ScoreAmongNormals) -> str:
    letters = LETTERS[: len(comparison.points)]
    return letters if len(letters) < 2 else f"{letters[0]}–{letters[-1]}"

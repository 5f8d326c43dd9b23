"""What overlays know of the paper: positions in the widget's coordinates, colours and samples."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QMarginsF, QPointF, QRectF
from PySide6.QtWidgets import QWidget

from ecg_viewer.qt.paper.lead_labels import cell_label_box, cell_places, gutter_label_box, label_font
from ecg_viewer.qt.paper.trace_source import TraceSource
from ecg_viewer.render.geometry import Row
from ecg_viewer.render.layout import LeadArea, PaperLayout
from ecg_viewer.render.theme import PAPER, Theme
from ecg_viewer.state.layouts import lead_text
from ecg_viewer.state.view import ViewState
from mmae_core.record import FloatArray

_NAME_REACH_PX = 4.0
"""A name is hit this far beside its letters."""


class PaperPlaces(QWidget):
    """Converts times, amplitudes and leads to positions and back; `PaperView` sets its layout and reads its traces."""

    def __init__(self, view_state: ViewState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view = view_state
        self._theme = PAPER
        self._layout: PaperLayout
        self._traces: TraceSource

    @property
    def view_state(self) -> ViewState:
        return self._view

    @property
    def theme(self) -> Theme:
        return self._theme

    @property
    def px_per_s(self) -> float:
        """Device-independent pixels a second takes."""
        return self._layout.geometry.px_per_s / self._layout.device_ratio

    @property
    def px_per_mv(self) -> float:
        """Device-independent pixels a millivolt takes."""
        return self._layout.geometry.px_per_mv / self._layout.device_ratio

    @property
    def gutter(self) -> float:
        """Width of the part at the left that stands still, with names and pulses."""
        return self._layout.gutter

    def x_of_time(self, time_s: float) -> float:
        """Where a time is, in the widget's coordinates."""
        return self._layout.x_of_time(time_s, self._view.start_s)

    def time_at(self, x: float) -> float:
        """The time at a position of the widget; may lie outside the record."""
        return self._layout.time_at(x, self._view.start_s)

    def y_of(self, lead: str, amplitude_mv: float) -> float:
        """Where an amplitude of a lead is, in the widget's coordinates. Raises KeyError for a lead not shown."""
        return self._layout.y_of(lead, amplitude_mv)

    def band_of(self, lead: str) -> QRectF:
        """The area that the lead's heat fills, in the widget's coordinates; the first, if the lead is shown twice.

        Raises KeyError for a lead not shown.
        """
        row, ratio, area = self._layout.row_of(lead), self._layout.device_ratio, self.areas_of(lead)[0]
        return QRectF(area.left, row.band_top_px / ratio, area.width, row.band_height_px / ratio)

    def areas(self) -> tuple[LeadArea, ...]:
        """Every visible stretch of every lead."""
        return self._layout.areas(self._view.start_s)

    def areas_of(self, lead: str) -> tuple[LeadArea, ...]:
        """The visible stretches of one lead; none if the layout does not show it."""
        return tuple(area for area in self.areas() if area.lead == lead)

    def area_at(self, position: QPointF) -> LeadArea | None:
        """The area that holds a position of the widget; None beside the traces."""
        return next((area for area in self.areas() if area.contains(position.x(), position.y())), None)

    def lines_at(self, time_s: float) -> tuple[tuple[float, float, float, float, float], ...]:
        """Where a time is on the paper: left, top, right and bottom of each stretch that shows it, and its x there.

        One stretch as high as the paper, unless columns show the same times.
        """
        layout, start_s = self._layout, self._view.start_s
        if layout.is_in_sequence(start_s):
            x = layout.x_of_time(time_s, start_s)
            return ((layout.gutter, 0.0, float(self.width()), float(layout.paper_height), x),)
        return tuple((area.left, area.top, area.right, area.bottom, area.x_of(time_s)) for area in self.areas())

    def name_boxes(self) -> tuple[QRectF, ...]:
        """Where the names of the leads stand among the traces; none where they stand in the gutter."""
        return tuple(box for _, box in self._names()) if not self._layout.has_labels_in_gutter else ()

    def label_at(self, position: QPointF) -> str | None:
        """The lead whose name is at a position of the widget; None where there is no name."""
        reach = QMarginsF(_NAME_REACH_PX, _NAME_REACH_PX, _NAME_REACH_PX, _NAME_REACH_PX)
        return next((row.lead for row, box in self._names() if box.marginsAdded(reach).contains(position)), None)

    def _names(self) -> Iterator[tuple[Row, QRectF]]:
        """Every name on the paper, with its box."""
        layout, record = self._layout, self._view.record
        font = label_font(self.font(), layout.geometry.pitch_px / layout.device_ratio)
        derived = frozenset(() if record is None else record.derived_leads)
        if layout.has_labels_in_gutter:
            for row in layout.geometry.rows:
                yield row, gutter_label_box(layout, row, lead_text(row.lead, row.sign, derived), font)
        else:
            for row, left in cell_places(layout):
                yield row, cell_label_box(layout, row, left, lead_text(row.lead, row.sign, derived), font)

    def samples(self, lead: str, start_s: float, end_s: float) -> tuple[NDArray[np.float64], FloatArray] | None:
        """Times in seconds and recorded millivolts (NaN where invalid) of a stretch, clipped to the record.

        None if the record lacks the lead, or part of the stretch has not been read sample by sample.
        """
        store = self._traces.store
        return None if store is None else store.samples(lead, start_s, end_s)

    def _row_in(self, area: LeadArea) -> Row:
        """The row of an area, in device pixels."""
        middle = area.left + area.width / 2, area.top + area.height / 2
        row = self._layout.row_at(*middle)
        assert row is not None, "an area lies on the paper"
        return row

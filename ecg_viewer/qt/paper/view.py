"""The ECG paper: twelve leads on a millimetre grid, the heat behind them, scrolled at a stated speed and gain."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QColor,
    QContextMenuEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from ecg_viewer.qt import paper_frame
from ecg_viewer.qt.hover import Hover
from ecg_viewer.qt.lead_badges import paint_badges
from ecg_viewer.qt.paper.picture import PaperPicture
from ecg_viewer.qt.paper.tools import PaperOverlay, PaperTool
from ecg_viewer.qt.paper_gestures import PaperGestures
from ecg_viewer.qt.reach import reach
from ecg_viewer.qt.tile_painter import Scene
from ecg_viewer.qt.trace_source import TraceSource
from ecg_viewer.render.decimate import bin_for
from ecg_viewer.render.fit import fit
from ecg_viewer.render.geometry import Extents, Row
from ecg_viewer.render.layout import STRIP_PX, LeadArea, PaperLayout
from ecg_viewer.render.theme import PAPER, Theme
from ecg_viewer.state.calibration import ScreenScale, readout_text
from ecg_viewer.state.heat import NOT_ASSESSED, HeatMap
from ecg_viewer.state.language import tr
from ecg_viewer.state.quality import is_poor_at, poor_reasons
from ecg_viewer.state.view import ViewState
from ecg_viewer.state.wording import poor_lead_text
from mmae_core.record import FloatArray


class PaperView(QWidget):
    """Shows the record of a `ViewState` with the percentiles of a `HeatMap`; whoever opens a record resets the map.

    The paper is painted in tiles that are kept, so that scrolling is copying. Samples are read on a thread of their
    own: call `close_loader` (or close the widget) before the program ends.
    """

    hovered = Signal(object)
    """Hover, or None when the mouse is not over a lead."""
    load_failed = Signal(str)
    """A sentence: a stretch of the record could not be read."""
    trace_shown = Signal()
    """The visible stretch of a newly opened record has been painted completely, for the first time."""
    context_requested = Signal(QPoint, object)
    """A context menu is asked for: global position, LeadArea or None beside the leads."""

    def __init__(self, view_state: ViewState, heat: HeatMap, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view = view_state
        self._heat = heat
        self._theme = PAPER
        self._scale: ScreenScale | None = None
        self._picture = PaperPicture()
        self._extents: Extents | None = None
        self._traces = TraceSource(self, view_state.filter)
        self._traces.arrived.connect(self._take_traces)
        self._traces.replaced.connect(self._repaint_tiles)
        self._traces.failed.connect(self._take_failure)
        self._failure = ""
        self._awaiting_first_trace = False
        self._focus_ring = False
        self._gestures = PaperGestures(self, view_state)
        self._overlays: list[PaperOverlay] = []
        self._tool: PaperTool | None = None
        self._ahead = QTimer(self)
        self._ahead.setSingleShot(True)
        self._ahead.setInterval(0)
        self._ahead.timeout.connect(self._finish_frame)
        self._layout = self._make_layout()
        self.setAccessibleName(tr("ECG paper"))
        self.setAccessibleDescription(
            tr("The leads on a millimetre grid; the findings list says the same in words.")
        )
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(320, 240)
        view_state.record_changed.connect(self._show_record)
        view_state.range_changed.connect(self._show_range)
        view_state.calibration_changed.connect(self._relayout)
        view_state.layout_changed.connect(self._relayout)
        view_state.heat_changed.connect(self._repaint_tiles)
        view_state.selection_changed.connect(self._show_marks)
        view_state.cursor_changed.connect(self._show_marks)
        heat.changed.connect(self._show_heat)
        if view_state.record is not None:
            self._show_record()

    def sizeHint(self) -> QSize:
        return QSize(1100, 760)

    @property
    def view_state(self) -> ViewState:
        return self._view

    @property
    def theme(self) -> Theme:
        return self._theme

    def set_theme(self, theme: Theme) -> None:
        """Change all colours."""
        self._theme = theme
        self._repaint_tiles()

    @property
    def screen_scale(self) -> ScreenScale:
        """The scale in use: what was set, else what the screen reports."""
        if self._scale is not None:
            return self._scale
        size_mm, size_px = self.screen().physicalSize(), self.screen().size()
        return ScreenScale.from_screen(size_mm.width(), size_mm.height(), size_px.width(), size_px.height())

    def set_screen_scale(self, scale: ScreenScale | None) -> None:
        """Use a scale the user measured instead of the screen's report; None goes back to the report."""
        self._scale = scale
        self._relayout()

    @property
    def readout(self) -> str:
        """The speed and gain as they stand on the paper."""
        return readout_text(self._view.calibration, self.screen_scale, self._view.is_auto_fit)

    @property
    def filter_readout(self) -> str:
        """The filter that the traces on the paper went through, by name."""
        return self._traces.chain.readout

    @property
    def is_complete(self) -> bool:
        """Whether the visible stretch is painted with everything that the record has there."""
        return self._picture.is_complete(self._view.start_s)

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

    def hover_at(self, position: QPointF) -> Hover | None:
        """What is at a position of the widget; None beside the leads and outside the record."""
        row = self._layout.row_at(position.x(), position.y())
        time_s = self.time_at(position.x())
        outside = position.x() < self._layout.gutter or not 0 <= time_s < self._view.duration_s
        store = self._traces.store
        if store is None or row is None or outside:
            return None
        return Hover(
            lead=row.lead,
            time_s=time_s,
            amplitude_mv=store.amplitude_mv(row.lead, time_s),
            percentile=self._heat.percentile_at(row.lead, time_s),
            assessed=self._heat.code_at(row.lead, time_s) != NOT_ASSESSED,
            is_unreliable=is_poor_at(self._heat.windows, row.lead, time_s),
        )

    def areas(self) -> tuple[LeadArea, ...]:
        """Every visible stretch of every lead."""
        return self._layout.areas(self._view.start_s)

    def areas_of(self, lead: str) -> tuple[LeadArea, ...]:
        """The visible stretches of one lead; none if the layout does not show it."""
        return tuple(area for area in self.areas() if area.lead == lead)

    def area_at(self, position: QPointF) -> LeadArea | None:
        """The area that holds a position of the widget; None beside the traces."""
        return next((area for area in self.areas() if area.contains(position.x(), position.y())), None)

    def samples(self, lead: str, start_s: float, end_s: float) -> tuple[NDArray[np.float64], FloatArray] | None:
        """Times in seconds and recorded millivolts (NaN where invalid) of a stretch, clipped to the record.

        None if the record lacks the lead, or part of the stretch has not been read sample by sample.
        """
        store = self._traces.store
        return None if store is None else store.samples(lead, start_s, end_s)

    def add_overlay(self, overlay: PaperOverlay) -> None:
        """Paint `overlay` over the traces from now on, above those added before."""
        self._overlays.append(overlay)
        self.update()

    def remove_overlay(self, overlay: PaperOverlay) -> None:
        """Raises ValueError for an overlay that was not added."""
        self._overlays.remove(overlay)
        self.update()

    @property
    def tool(self) -> PaperTool | None:
        """What mouse and keys mean; None for the paper's own gestures."""
        return self._tool

    def set_tool(self, tool: PaperTool | None) -> None:
        """Give mouse and keys to a tool, or back to the paper."""
        self._tool = tool
        self._gestures.let_go()
        self._show_pointer()

    def close_loader(self) -> None:
        """Stop reading and wait for the thread; what is painted stays."""
        self._traces.close()

    # Layout

    def _make_layout(self) -> PaperLayout:
        return PaperLayout.of_size(
            self.width(),
            self.height(),
            self.devicePixelRatioF(),
            self.screen_scale.drawing_px_per_mm,
            self._view.calibration,
            self._view.arrangement,
            self._extents,
        )

    def _relayout(self) -> None:
        """Size, screen, calibration, arrangement or record have changed."""
        self._layout = self._make_layout()
        if self._view.is_auto_fit:
            fitted = fit(self._layout, self._view.arrangement, self._view.duration_s, self._extents)
            if fitted != self._view.calibration:
                self._view.fit(fitted)  # calls this again
                return
        self._view.set_paper_width_mm(self._layout.traces_width_mm)
        self._repaint_tiles()

    def _repaint_tiles(self) -> None:
        scene = Scene(
            layout=self._layout,
            theme=self._theme,
            heat=self._view.heat_look if self._view.heat_visible else None,
            record=self._view.record,
        )
        self._picture.show(scene, self._traces.store, self._heat, self.font())
        self._want_traces()
        self.update()

    def _show_record(self) -> None:
        record = self._view.record
        if record is None:
            return
        self._failure = ""
        self._awaiting_first_trace = True
        self._extents = None
        self._traces.open(record)
        self._relayout()

    def _show_range(self) -> None:
        self._want_traces()
        self.update()

    def _show_marks(self) -> None:
        self.update()

    def _show_heat(self, start_s: float, end_s: float) -> None:
        if self._view.heat_visible:
            self._picture.forget(start_s, end_s)
            self.update()

    # Reading

    def _want_traces(self) -> None:
        record = self._view.record
        if record is not None:
            bin_samples = bin_for(record.sampling_rate_hz / self._layout.geometry.px_per_s)
            self._traces.want(self._view.start_s, self._view.visible_s, bin_samples)

    def _take_traces(self) -> None:
        if self._extents is None:
            self._extents = self._read_extents()
            if self._extents is not None:
                self._relayout()
        self._picture.forget_incomplete()
        self.update()

    def _read_extents(self) -> Extents | None:
        """How far the leads reach in what is visible first, or in all of a short record; None until it is read."""
        record, store = self._view.record, self._traces.store
        if record is None or store is None:
            return None
        return reach(record, store, *self._view.visible_span_s, self._layout.geometry.px_per_s)

    def _take_failure(self, message: str) -> None:
        self._failure = message
        self.load_failed.emit(message)
        self.update()

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        layout, theme = self._layout, self._theme
        traces = QRectF(layout.gutter, 0, self.width() - layout.gutter, layout.paper_height)
        painter = QPainter(self)
        self._picture.paint_traces(painter, self._view.start_s)
        self._paint_marks(painter, traces)
        self._paint_overlays(painter, traces)
        self._picture.paint_standing(painter)
        paint_badges(painter, layout, self._poor_leads(), theme, self.font())
        strip = QRectF(0, layout.paper_height, self.width(), STRIP_PX)
        paper_frame.paint_strip(painter, strip, self._strip_content(), theme, self.font())
        if self._failure:
            paper_frame.paint_message(painter, traces, self._failure, theme, self.font())
        if self._focus_ring:
            paper_frame.paint_focus_ring(painter, QRectF(self.rect()), theme)
        painter.end()
        self._ahead.start()

    def _paint_marks(self, painter: QPainter, traces: QRectF) -> None:
        selection, cursor = self._view.selection, self._view.cursor
        if cursor is not None:
            paper_frame.paint_cursor(painter, traces, self.x_of_time(cursor.time_s), self._theme)
        row = None if selection is None else self._layout.geometry.row_of(selection.lead)
        if selection is None or row is None or not self._view.heat_visible:
            return
        for area in self.areas_of(selection.lead):
            left, right = area.x_of(selection.start_s), area.x_of(selection.end_s)
            place = paper_frame.bracket_area(area, self._row_in(area), self._layout)
            paper_frame.paint_brackets(painter, place, left, right, QColor(self._theme.model_ink))

    def _row_in(self, area: LeadArea) -> Row:
        """The row of an area, in device pixels."""
        middle = area.left + area.width / 2, area.top + area.height / 2
        row = self._layout.row_at(*middle)
        assert row is not None, "an area lies on the paper"
        return row

    def _paint_overlays(self, painter: QPainter, traces: QRectF) -> None:
        for overlay in self._overlays:
            painter.save()
            painter.setClipRect(traces)
            overlay.paint(painter, self)
            painter.restore()

    def _poor_leads(self) -> dict[str, str]:
        """Visible leads whose signal is poor, with the reason; hidden with all that the assessment says."""
        if not self._view.heat_visible:
            return {}
        return poor_reasons(self._heat.windows, *self._view.visible_span_s)

    def _strip_content(self) -> paper_frame.StripContent:
        return paper_frame.StripContent(
            start_s=self.time_at(self._layout.gutter),
            end_s=self.time_at(self.width()),
            duration_s=self._view.duration_s,
            px_per_s=self.px_per_s,
            axis_left=self._layout.gutter,
            readout=f"{self.readout} · {self.filter_readout}",
            note=self._note,
        )

    @property
    def _note(self) -> str:
        """What must be said of the leads."""
        record, selection = self._view.record, self._view.selection
        if selection is not None and self._layout.geometry.row_of(selection.lead) is None:
            return tr("{lead}, which is marked, is not in this layout").format(lead=selection.lead)
        return tr(paper_frame.DERIVED_NOTE) if record is not None and record.derived_leads else ""

    def _finish_frame(self) -> None:
        """Once events are dealt with: say that the first trace is there, paint one tile that may come next."""
        if self._awaiting_first_trace and self.is_complete:
            self._awaiting_first_trace = False
            self.trace_shown.emit()
        if self._traces.store is not None and self._picture.paint_ahead(self._view.start_s, self._view.duration_s):
            self._ahead.start()

    # Events

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._relayout()

    def showEvent(self, event: QShowEvent) -> None:
        self._relayout()
        handle = self.window().windowHandle()
        if handle is not None:
            handle.screenChanged.connect(self._relayout, Qt.ConnectionType.UniqueConnection)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.close_loader()
        super().closeEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.DevicePixelRatioChange, QEvent.Type.FontChange):
            self._relayout()
        elif event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            self._show_tool_tip(event)
            return True
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.setAccepted((self._tool is not None and self._tool.press(event)) or self._gestures.press(event))
        self._show_pointer()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        used = (self._tool is not None and self._tool.move(event)) or self._gestures.move(event)
        if not used or self._tool is not None:
            self._point_at(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        event.setAccepted((self._tool is not None and self._tool.release(event)) or self._gestures.release(event))
        self._show_pointer()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self._tool is not None and self._tool.double_click(event):
            event.accept()
        else:
            self.mousePressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.setAccepted(self._gestures.wheel(event))
        self._point_at(event.position())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not ((self._tool is not None and self._tool.key(event)) or self._gestures.key(event)):
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.context_requested.emit(event.globalPos(), self.area_at(QPointF(event.pos())))

    def leaveEvent(self, event: QEvent) -> None:
        self._view.clear_cursor()
        self.hovered.emit(None)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._focus_ring = event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._focus_ring = False
        self.update()

    def _show_pointer(self) -> None:
        if self._gestures.is_dragging:
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
        else:
            self.setCursor(Qt.CursorShape.CrossCursor if self._tool is None else self._tool.cursor)

    def _point_at(self, position: QPointF) -> None:
        hover = self.hover_at(position)
        if hover is None:
            self._view.clear_cursor()
        else:
            self._view.set_cursor(hover.time_s, hover.lead)
        self.hovered.emit(hover)

    def _show_tool_tip(self, event: QHelpEvent) -> None:
        row, record = self._layout.row_at(event.pos().x(), event.pos().y()), self._view.record
        lines = []
        if event.pos().x() < self._layout.gutter and row is not None and record is not None:
            poor = self._poor_leads()
            lines += [poor_lead_text(row.lead, poor[row.lead])] if row.lead in poor else []
            lines += [tr(paper_frame.DERIVED_TIP).format(lead=row.lead)] if row.lead in record.derived_leads else []
        QToolTip.showText(event.globalPos(), "\n".join(lines), self)

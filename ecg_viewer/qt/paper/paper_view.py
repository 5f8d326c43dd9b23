"""The ECG paper: twelve leads on a millimetre grid, the heat behind them, scrolled at a stated speed and gain."""

from __future__ import annotations

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

from ecg_viewer.paint.heat_painter import HeatPainter
from ecg_viewer.qt.paper import paper_frame
from ecg_viewer.qt.paper.lead_badges import paint_badges
from ecg_viewer.qt.paper.overlays import PaperOverlays
from ecg_viewer.qt.paper.paper_gestures import PaperGestures
from ecg_viewer.qt.paper.paper_notes import column_stretches, poor_leads, strip_content, tints
from ecg_viewer.qt.paper.paper_picture import PaperPicture
from ecg_viewer.qt.paper.paper_protocols import HeatReplacement, PaperFoot, PaperTool
from ecg_viewer.qt.paper.row_reach import RowReach
from ecg_viewer.qt.paper.tile_painter import Scene
from ecg_viewer.qt.paper.trace_source import TraceSource
from ecg_viewer.qt.widgets.plain_text import plain_tip
from ecg_viewer.qt.widgets.translated_texts import set_texts
from ecg_viewer.render.decimate import bin_for
from ecg_viewer.render.fit import fit
from ecg_viewer.render.inks import Inks
from ecg_viewer.render.layout import LEAST_COLUMN_PX, STRIP_PX, PaperLayout
from ecg_viewer.render.theme import Theme
from ecg_viewer.state.calibration import ScreenScale, readout_text
from ecg_viewer.state.display_choices import LeadChoice
from ecg_viewer.state.heat import HeatMap
from ecg_viewer.state.layouts import Arrangement
from ecg_viewer.state.view import ViewState

FIRST_TRACES_MS = 100
"""How long the paper of a new recording stays blank for its samples, which take a few milliseconds: to paint a grid
without traces would cost as much as with them."""


class PaperView(PaperOverlays):
    """Shows the recording of a `ViewState` with the percentiles of a `HeatMap`; the caller resets the map on opening.

    The paper is painted in tiles that are kept, so that scrolling is copying. Samples are read on a thread of their
    own: call `close_loader` (or close the widget) before the program ends.
    """

    hovered = Signal(object)
    """Hover, or None when the mouse is not over a lead."""
    load_failed = Signal(str)
    """A sentence: a stretch of the record could not be read."""
    trace_shown = Signal()
    """The visible stretch of a newly opened record has been painted completely, for the first time."""
    reach_known = Signal()
    """How far the traces of a newly opened record reach is known; `misfit_mm` goes by it."""
    context_requested = Signal(QPoint, object)
    """A context menu is requested: global position, LeadArea or None beside the leads."""

    def __init__(self, view_state: ViewState, heat: HeatMap, parent: QWidget | None = None) -> None:
        super().__init__(view_state, heat, parent)
        self._scale: ScreenScale | None = None
        self._picture = PaperPicture()
        self.reach = RowReach()
        self.reach.rows_changed.connect(self._relayout)
        self._traces = TraceSource(self, view_state.filter)
        self._traces.arrived.connect(self._take_traces)
        self._traces.replaced.connect(self._repaint_tiles)
        self._traces.failed.connect(self._take_failure)
        self._failure = ""
        self._front: str | None = None
        self._awaiting_first_trace = False
        self._first_traces = QTimer(self, singleShot=True, interval=FIRST_TRACES_MS)
        self._first_traces.timeout.connect(self.update)
        self._focus_ring = False
        self._gestures = PaperGestures(self, view_state)
        self._foot: PaperFoot | None = None
        self._ahead = QTimer(self, singleShot=True, interval=0)
        self._ahead.timeout.connect(self._finish_frame)
        self._layout = self._make_layout()
        set_texts(
            self,
            name="ECG paper",
            description="The leads on a millimetre grid; the findings list says the same in words.",
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
        view_state.focus.changed.connect(self._show_front)
        view_state.selection_changed.connect(self._show_marks)
        view_state.cursor_changed.connect(self._show_marks)
        view_state.time_of_day.changed.connect(self._show_marks)
        heat.changed.connect(self.show_heat)
        if view_state.record is not None:
            self._show_record()

    def sizeHint(self) -> QSize:
        return QSize(1100, 760)

    def set_theme(self, theme: Theme) -> None:
        """Change all colours."""
        self._theme = theme
        self._repaint_tiles()

    @property
    def screen_scale(self) -> ScreenScale:
        """The scale set by the user, else the one the screen reports."""
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
        """The speed and gain as written on the paper."""
        return readout_text(self._view.calibration, self.screen_scale, self._view.is_auto_fit)

    @property
    def failure(self) -> str:
        """Why some of the recording's samples cannot be read; empty if they can, as far as is known."""
        return self._failure

    @property
    def is_complete(self) -> bool:
        """Whether the visible stretch is painted with everything that the record has there."""
        return self._picture.is_complete(self._view.start_s)

    def set_foot(self, foot: PaperFoot | None) -> None:
        """Keep room below the time axis for `foot`; call it again when what it says has changed."""
        self._foot = foot
        if self._layout.height != self._height_without_foot():
            self._relayout()
        self.update()

    def set_heat_stand_in(self, heat_replacement: HeatReplacement | None) -> None:
        """Paint something else in the place of the heat map; call it again when all of it has changed."""
        self._heat_replacement = heat_replacement
        self._repaint_tiles()

    @property
    def tool(self) -> PaperTool | None:
        """What mouse and keys mean; None for the paper's own gestures."""
        return self._tool

    def set_tool(self, tool: PaperTool | None) -> None:
        """Give mouse and keys to a tool, or back to the paper."""
        self._tool = tool
        self._gestures.let_go()
        self._show_pointer()
        self.update()

    def close_loader(self) -> None:
        """Stop reading and wait for the thread; what is painted stays."""
        self._traces.close()

    # Layout

    def _height_without_foot(self) -> int:
        return self.height() - (0 if self._foot is None else self._foot.height(self))

    def _make_layout(self, arrangement: Arrangement | None = None) -> PaperLayout:
        """The layout of the present arrangement, or of another one."""
        view, px_per_mm = self._view, self.screen_scale.drawing_px_per_mm
        size = self.width(), self._height_without_foot(), self.devicePixelRatioF()
        arrangement, duration_s = arrangement or view.arrangement, view.duration_s or float("inf")
        return PaperLayout.of_size(*size, px_per_mm, view.calibration, arrangement, self.reach.rows, duration_s)

    def misfit_mm(self, leads: LeadChoice) -> float:
        """How far traces reach into one another, or beyond the paper, if leads are arranged so; 0 while not known."""
        return self.reach.misfit_mm(self._make_layout(self._view.arrangement_of(leads)))

    def _relayout(self) -> None:
        """Size, screen, calibration, arrangement or record have changed."""
        arrangement, px_per_mm = self._view.arrangement, self.screen_scale.drawing_px_per_mm
        self._layout = self._make_layout()
        if self._view.is_auto_fit:
            fitted = fit(self._layout, arrangement, self._view.duration_s, self.reach.rows)
            if fitted != self._view.calibration:
                self._view.fit(fitted)  # calls this again
                return
        self._view.set_paper_width_mm(self._layout.traces_width_mm, LEAST_COLUMN_PX / px_per_mm)
        if self._view.arrangement == arrangement:
            self._repaint_tiles()
        else:  # columns have become too narrow, or wide enough
            self._relayout()

    def _repaint_tiles(self) -> None:
        self._front = self._view.focus.front
        scene = Scene(
            layout=self._layout,
            theme=self._theme,
            heat=self._view.heat_look if self._view.heat_visible else None,
            inks=Inks(self._front, self.reach.second_inks(self._layout)),
            record=self._view.record,
            heat_painter=HeatPainter if self._heat_replacement is None else self._heat_replacement.painter,
        )
        self._picture.show(scene, self._traces.store, self._heat, self.font())
        self._want_traces()
        self.update()

    def _show_front(self) -> None:
        """Another lead is at the front, or none; a zoom arrives as another layout."""
        if self._front != self._view.focus.front:
            self._repaint_tiles()

    def _show_record(self) -> None:
        record = self._view.record
        if record is None:
            return
        self._failure = ""
        self._awaiting_first_trace = True
        self._first_traces.start()
        self._traces.open(record)
        self.reach.set_own(None)

    def _show_marks(self) -> None:
        self.update()

    def _show_range(self) -> None:
        self._want_traces()
        self.update()

    def show_heat(self, start_s: float, end_s: float) -> None:
        """The heat of a stretch has changed."""
        if self._view.heat_visible:
            self._picture.forget(start_s, end_s)
            self.update()

    # Reading

    def _want_traces(self) -> None:
        record = self._view.record
        if record is not None:
            bin_samples = bin_for(record.sampling_rate_hz / self._layout.geometry.px_per_s)
            self._traces.want(self._view.visible_span_s[0], self._view.visible_s, bin_samples)

    def _take_traces(self) -> None:
        self._first_traces.stop()
        if self.reach.take(self._view, self._traces.store, self._layout.geometry.px_per_s):
            self.reach_known.emit()
        self._picture.forget_incomplete()
        self.update()

    def _take_failure(self, message: str) -> None:
        self._failure = message
        self._first_traces.stop()
        self.load_failed.emit(message)
        self.update()

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        layout, theme = self._layout, self._theme
        traces = QRectF(layout.gutter, 0, self.width() - layout.gutter, layout.paper_height)
        with QPainter(self) as painter:  # always ended: Qt crashes if a painter is left open
            if self._first_traces.isActive():
                painter.fillRect(traces, QColor(theme.paper))
            else:
                self._picture.paint_traces(painter, self._view.start_s)
            self._paint_marks(painter, traces)
            self._paint_overlays(painter, traces)
            poor = poor_leads(self._view, self._heat)
            self._picture.paint_standing(painter, tints(self._view, self._heat), poor)
            paint_badges(painter, layout, poor, theme, self.font())
            self._paint_tool(painter, traces)
            if not layout.is_in_sequence(self._view.start_s):
                times = column_stretches(layout, self._view.start_s)
                paper_frame.paint_column_times(painter, times, theme, self.font())
            strip = QRectF(0, layout.paper_height, self.width(), STRIP_PX)
            content = strip_content(self, self._layout, f"{self.readout} · {self.filter_readout}", self.notes)
            paper_frame.paint_strip(painter, strip, content, theme, self.font())
            if self._foot is not None:
                below = QRectF(0, strip.bottom(), self.width(), self.height() - strip.bottom())
                self._foot.paint(painter, below, self)
            if self._failure:
                paper_frame.paint_message(painter, traces, self._failure, theme, self.font())
            if self._focus_ring:
                paper_frame.paint_focus_ring(painter, QRectF(self.rect()), theme)
        self._ahead.start()

    def _finish_frame(self) -> None:
        """Once events are handled: report the first complete trace, and paint one tile ahead."""
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
        if (handle := self.window().windowHandle()) is not None:
            handle.screenChanged.connect(self._relayout, Qt.ConnectionType.UniqueConnection)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.close_loader()
        super().closeEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.DevicePixelRatioChange, QEvent.Type.FontChange):
            self._relayout()
        elif event.type() == QEvent.Type.ShortcutOverride and self._tool is None and self._gestures.wants(event):
            event.accept()
            return True
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
        self._show_hand(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        event.setAccepted((self._tool is not None and self._tool.release(event)) or self._gestures.release(event))
        self._show_pointer()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        used = (self._tool is not None and self._tool.double_click(event)) or self._gestures.double_click(event)
        if used:
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
        free = Qt.CursorShape.CrossCursor if self._tool is None else self._tool.cursor
        self.setCursor(Qt.CursorShape.ClosedHandCursor if self._gestures.is_dragging else free)

    def _show_hand(self, position: QPointF) -> None:
        """The names of the leads can be clicked."""
        shape = Qt.CursorShape.CrossCursor if self.label_at(position) is None else Qt.CursorShape.PointingHandCursor
        if self._tool is None and not self._gestures.is_dragging and self.cursor().shape() != shape:
            self.setCursor(shape)

    def _point_at(self, position: QPointF) -> None:
        hover = self.hover_at(position)
        if hover is None:
            self._view.clear_cursor()
        else:
            self._view.set_cursor(hover.time_s, hover.lead)
        self.hovered.emit(hover)

    def _show_tool_tip(self, event: QHelpEvent) -> None:
        QToolTip.showText(event.globalPos(), plain_tip(self.text_at(QPointF(event.pos()))), self)

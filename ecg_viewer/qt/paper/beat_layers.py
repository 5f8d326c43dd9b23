"""What features add to the window of average beats: marks below and above the beats, a tool for its mouse, controls.

A feature names `beat_layers` (and `intervals`, which has the average beats) in its constructor, and adds what it has:

    beat_layers.add_overlay(NormalBand(...))    # an object with the three methods of `BeatOverlay`
    beat_layers.add_control(a_check_box)        # stands in the line above the beats
    beat_layers.add_panel(a_column_of_text)     # stands beside the beats
    beat_layers.set_tool(a_tool)                # takes mouse and keys until `set_tool(None)`

`beat_layers.update()` asks for another frame. Nothing is painted while the window is closed (`is_shown`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QWidget

from ecg_viewer.render.theme import Theme
from ecg_viewer.state.layouts import Cell
from ecg_viewer.state.signal import Signal


@dataclass(frozen=True)
class BeatArea:
    """The small paper of one lead: from seconds and millivolts to pixels of that paper, and back.

    Times are seconds from the R-peak, as `AverageBeat.times_s`. Millivolts are those of the recorded lead above the PQ
    segment, as `AverageBeat.mv`; the sign of a lead that is drawn inverted is taken care of here.
    """

    cell: Cell
    theme: Theme
    px_per_mm: float
    px_per_s: float
    px_per_mv: float
    first_s: float
    last_s: float
    """Between these times the beat is drawn."""
    zero_x: float
    """Where the R-peak is."""
    zero_y: float
    """Where the PQ level is."""
    width: float
    height: float
    """Of the paper, in device-independent pixels."""

    @property
    def lead(self) -> str:
        """The standard name."""
        return self.cell.lead

    def x_of(self, time_s: float) -> float:
        return self.zero_x + time_s * self.px_per_s

    def y_of(self, millivolts: float) -> float:
        return self.zero_y - self.cell.sign * millivolts * self.px_per_mv

    def time_at(self, x: float) -> float:
        return (x - self.zero_x) / self.px_per_s

    def mv_at(self, y: float) -> float:
        return self.cell.sign * (self.zero_y - y) / self.px_per_mv


class BeatOverlay(Protocol):
    """Marks on every lead's paper, painted anew in each frame; the painter is restored afterwards."""

    def paint_below(self, painter: QPainter, place: BeatArea) -> None:
        """Paint above heat and grid, and below the beats."""

    def paint_above(self, painter: QPainter, place: BeatArea) -> None:
        """Paint above the beats."""

    def range_mv(self, lead: str) -> tuple[float, float] | None:
        """Lowest and highest recorded mV that it paints in a lead, so that the paper has room; None: nothing."""
        ...


class BeatTool(Protocol):
    """What the mouse and keys mean on the papers of the average beat while the tool is chosen.

    Each method returns whether it used the event. A tool that uses a press gets the moves and the release that follow,
    with the place of the paper that was pressed.
    """

    @property
    def cursor(self) -> Qt.CursorShape:
        """The pointer over the papers."""
        ...

    def press(self, event: QMouseEvent, place: BeatArea) -> bool:
        """A button goes down."""
        ...

    def move(self, event: QMouseEvent, place: BeatArea) -> bool:
        """The mouse moves, with or without a button."""
        ...

    def release(self, event: QMouseEvent, place: BeatArea) -> bool:
        """A button goes up."""
        ...

    def key(self, event: QKeyEvent) -> bool:
        """A key goes down while the sheet of papers has the focus, as it has once the tool was chosen."""
        ...


class BeatLayers:
    """Overlays, tool and controls of the window of average beats; it listens to the signals."""

    def __init__(self) -> None:
        self.changed: Signal[()] = Signal()
        """Something is to be painted anew, or more room may be needed."""
        self.tool_changed: Signal[()] = Signal()
        """Another tool, or none."""
        self.open_asked: Signal[()] = Signal()
        """The window is to be opened, or brought to the front."""
        self.shown_changed: Signal[()] = Signal()
        """The window was opened or closed: `is_shown`."""
        self.overlays: list[BeatOverlay] = []
        """In the order in which they are painted."""
        self.controls: list[QWidget] = []
        self.panels: list[QWidget] = []
        self._tool: BeatTool | None = None
        self._is_shown = False

    @property
    def tool(self) -> BeatTool | None:
        """The one that has the mouse."""
        return self._tool

    @property
    def is_shown(self) -> bool:
        """Whether the window is open."""
        return self._is_shown

    def add_overlay(self, overlay: BeatOverlay) -> None:
        """Paint `overlay` from now on, above those added before."""
        self.overlays.append(overlay)
        self.changed.emit()

    def add_control(self, widget: QWidget) -> None:
        """Put a widget into the line above the beats. To be added before the window is first opened."""
        self.controls.append(widget)

    def add_panel(self, widget: QWidget) -> None:
        """Put a widget beside the beats, at the right. To be added before the window is first opened."""
        self.panels.append(widget)

    def set_tool(self, tool: BeatTool | None) -> None:
        """Give mouse and keys to a tool, or back to nobody."""
        if tool is not self._tool:
            self._tool = tool
            self.tool_changed.emit()

    def update(self) -> None:
        """Ask for another frame."""
        self.changed.emit()

    def open(self) -> None:
        """Open the window, or bring it to the front."""
        self.open_asked.emit()

    def set_shown(self, shown: bool) -> None:
        """The window says that it was opened or closed."""
        if shown != self._is_shown:
            self._is_shown = shown
            self.shown_changed.emit()

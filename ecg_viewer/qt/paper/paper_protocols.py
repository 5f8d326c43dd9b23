"""Protocols for overlays of the paper, and for tools that take its mouse and keys."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter

from ecg_viewer.paint.heat_painter import HeatFills, HeatPainter
from ecg_viewer.qt.paper.paper_places import PaperPlaces
from ecg_viewer.render.theme import Theme
from ecg_viewer.state.display_choices import HeatLook


class PaperOverlay(Protocol):
    """Marks painted over the traces, anew in each frame. `PaperPlaces.update` asks for a frame."""

    def paint(self, painter: QPainter, paper: PaperPlaces) -> None:
        """Paint in the paper's coordinates; the painter is clipped to the traces, and restored afterwards."""


class PaperFoot(Protocol):
    """Lines below the time axis."""

    def height(self, paper: PaperPlaces) -> int:
        """How many pixels they take at the paper's width."""
        ...

    def paint(self, painter: QPainter, area: QRectF, paper: PaperPlaces) -> None:
        """Paint in the paper's coordinates, in an area of that height."""


class HeatReplacement(Protocol):
    """Replaces the heat map: what is painted, and the status bar's text."""

    def painter(self, look: HeatLook | None, theme: Theme, fills: HeatFills) -> HeatPainter:
        """Paints it on tiles; without a `look` the model's marks are hidden."""
        ...

    def text_at(self, lead: str, time_s: float) -> str:
        """In the status bar, instead of the percentile."""
        ...


class PaperTool(Protocol):
    """What mouse and keys mean while the tool is chosen.

    Each method returns whether it used the event; what it leaves goes to the paper's own gestures. A tool that uses a
    press gets the moves and the release that follow.
    """

    @property
    def name(self) -> str:
        """As it is called on the screen."""
        ...

    @property
    def cursor(self) -> Qt.CursorShape:
        """The pointer over the paper."""
        ...

    def press(self, event: QMouseEvent) -> bool:
        """A button goes down."""
        ...

    def move(self, event: QMouseEvent) -> bool:
        """The mouse moves, with or without a button."""
        ...

    def release(self, event: QMouseEvent) -> bool:
        """A button goes up."""
        ...

    def double_click(self, event: QMouseEvent) -> bool:
        """The second press of two in quick succession."""
        ...

    def key(self, event: QKeyEvent) -> bool:
        """A key goes down while the paper has the focus."""
        ...

"""The paper: the widget, and what others may lay over it or let the mouse do on it."""

from __future__ import annotations

from ecg_viewer.qt.paper.paper_places import PaperPlaces
from ecg_viewer.qt.paper.paper_protocols import PaperOverlay, PaperTool
from ecg_viewer.qt.paper.paper_view import PaperView

__all__ = ["PaperOverlay", "PaperPlaces", "PaperTool", "PaperView"]

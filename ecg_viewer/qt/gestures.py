"""What the mouse can do; the help lists it beside the actions."""

from __future__ import annotations

from ecg_viewer.state.language import mark

GESTURES: tuple[tuple[str, str], ...] = (
    (mark("Wheel, drag"), mark("Scroll through the recording.")),
    (mark("Ctrl + wheel"), mark("Zoom in time; the point under the mouse stays.")),
    (mark("Move the mouse"), mark("Lead, time, amplitude and percentile stand in the status bar.")),
    (mark("Drop files or a folder"), mark("Opens them.")),
)
"""Gesture and effect, on the paper unless it says otherwise."""

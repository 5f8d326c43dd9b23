"""What the mouse can do; the help lists it beside the actions."""

from __future__ import annotations

from ecg_viewer.state.words.language import mark

GESTURES: tuple[tuple[str, str], ...] = (
    (mark("Wheel, drag"), mark("Scroll through the recording.")),
    (mark("Ctrl + wheel"), mark("Zoom in time; the point under the mouse stays.")),
    (mark("Shift + wheel"), mark("Change the gain of all leads.")),
    (mark("Right click"), mark("What can be done at that place.")),
    (mark("Up, Down"), mark("In the layout of a single lead, go to its neighbours.")),
    (mark("With a caliper"), mark("Drag to measure, drag a handle to move it, double click to march it out.")),
    (mark("Click in the overview"), mark("Go there; dragging the box moves along the recording.")),
    (mark("Click or Enter in a list"), mark("Open the recording, or go to the finding.")),
    (mark("Move the mouse"), mark("Lead, time, amplitude and percentile stand in the status bar.")),
    (mark("Drop files or a folder"), mark("Opens them.")),
)
"""Gesture and effect, on the paper unless it says otherwise."""

"""What the mouse can do; the help lists it beside the actions."""

from __future__ import annotations

from ecg_viewer.state.words.language import translatable

GESTURES: tuple[tuple[str, str], ...] = (
    (translatable("Wheel, drag"), translatable("Scroll through the recording.")),
    (translatable("Ctrl + wheel"), translatable("Zoom in time; the point under the mouse stays.")),
    (translatable("Shift + wheel"), translatable("Change the gain of all leads.")),
    (translatable("Right click"), translatable("What can be done at that place.")),
    (translatable("Up, Down"), translatable("In the layout of a single lead, go to its neighbours.")),
    (translatable("With a caliper"),
     translatable("Drag to measure, drag a handle to move it, double click to march it out.")),
    (translatable("Click in the overview"), translatable("Go there; dragging the box moves along the recording.")),
    (translatable("Click or Enter in a list"), translatable("Open the recording, or go to the finding.")),
    (translatable("Move the mouse"), translatable("Lead, time, amplitude and percentile stand in the status bar.")),
    (translatable("Drop files or a folder"), translatable("Opens them.")),
)
"""Gesture and effect, on the paper unless it says otherwise."""

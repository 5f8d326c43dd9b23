"""The viewer's time and memory budgets on two cores without a GPU."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Budget:
    """One limit."""

    what: str
    path: tuple[str, ...]
    """Where the figure is in the report."""
    at_most: float
    unit: str


BUDGETS = (
    Budget("window visible", ("window_visible_s",), 1.0, "s"),
    Budget("first heat, since the start of the program", ("heat_since_start_s",), 2.0, "s"),
    Budget("first trace of a 10-s recording", ("further_records_model_loaded", "first_trace_s"), 0.1, "s"),
    Budget("first heat with the model loaded", ("further_records_model_loaded", "first_heat_s"), 0.3, "s"),
    Budget("frame while scrolling, median", ("scroll_frame_ms", "median"), 16.0, "ms"),
    Budget("frame while scrolling, 95th percentile", ("scroll_frame_ms", "p95"), 33.0, "ms"),
    Budget("frame in the slowest layout, median", ("scroll_frame_ms_slowest_layout", "median"), 16.0, "ms"),
    Budget("frame in the slowest layout, 95th percentile", ("scroll_frame_ms_slowest_layout", "p95"), 33.0, "ms"),
    Budget("longest stall while the model starts", ("longest_gui_stall_ms", "model_starting"), 100.0, "ms"),
    Budget("longest stall while scoring", ("longest_gui_stall_ms", "scoring"), 100.0, "ms"),
    Budget("first trace of the long recording", ("long_recording", "first_trace_s"), 1.0, "s"),
    Budget("first heat of the long recording", ("long_recording", "first_heat_s"), 0.5, "s"),
    Budget("heat after a jump in the long recording, median", ("long_recording", "jump_heat_s_median"), 0.5, "s"),
    Budget("frame in the long recording, median", ("long_recording", "scroll_frame_ms", "median"), 16.0, "ms"),
    Budget("frame in the long recording, 95th percentile", ("long_recording", "scroll_frame_ms", "p95"), 33.0, "ms"),
    Budget("longest stall in the long recording", ("long_recording", "longest_gui_stall_ms"), 100.0, "ms"),
    Budget("trends of 24 h", ("long_recording", "holter", "analysis_of_24_h_s"), 300.0, "s"),
    Budget("longest stall while trends are made", ("long_recording", "holter", "longest_gui_stall_ms"), 100.0, "ms"),
    Budget("frame of the page of 60 s a line, 95th percentile", ("long_recording", "holter", "page_frame_ms", "p95"),
           33.0, "ms"),
    Budget("jump on the page of 60 s a line, median", ("long_recording", "holter", "page_jump_s_median"), 0.5, "s"),
    Budget("memory with the long recording", ("long_recording", "peak_memory_mb"), 1536.0, "MB"),
    Budget("longest stall with 21,799 recordings listed", ("worklist", "longest_stall_ms"), 100.0, "ms"),
    Budget("memory gained by opening recordings again and again", ("reopening", "gained_mb"), 50.0, "MB"),
)
"""Limits of the product's design; the first heat of a long recording has the limit of any recording."""


def compare_with_budgets(report: dict[str, Any]) -> list[dict[str, Any]]:
    """Each budget with its figure and whether it is met; budgets whose figure was not measured are left out."""
    rows = []
    for budget in BUDGETS:
        value: Any = report
        for key in budget.path:
            value = value.get(key) if isinstance(value, dict) else None
        if value is not None:
            met = value <= budget.at_most
            rows.append({"what": budget.what, "measured": value, "at_most": budget.at_most, "unit": budget.unit,
                         "met": met})
    return rows

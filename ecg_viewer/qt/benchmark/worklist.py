"""How long the window cannot answer while it lists, sorts and searches as many recordings as PTB-XL has."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ecg_viewer.qt.benchmark.clocks import StallClock
from ecg_viewer.qt.screenshot import TIMEOUT_S, wait_until
from ecg_viewer.qt.worklist.worklist_feature import WorklistFeature
from ecg_viewer.state.worklist.filters import WorklistFilter
from ecg_viewer.state.worklist.sorting import Sort

if TYPE_CHECKING:
    from ecg_viewer.qt.program import Program

N_RECORDINGS = 21_799
"""Records of PTB-XL v1.0.3."""
SORTED_BY = ("statements", "age", "percentile", "name")
SEARCHED_FOR = "infarction"


def measure_worklist(program: Program, stalls: StallClock) -> dict[str, Any]:
    """Milliseconds of the longest stall in each step; the list holds copies of what is listed, under invented names."""
    session, feature = program.session, program.window.feature(WorklistFeature)
    listed = [session.records[place] for place in range(len(session.records))]
    copies = [
        replace(
            listed[number % len(listed)],
            path=Path(f"/benchmark/{number:05d}.hea"),
            name=f"{number:05d}",
            title=f"{listed[number % len(listed)].title} {number % 997}",
        )
        for number in range(N_RECORDINGS)
    ]
    for item in copies:
        hash(item.path)  # as reading an index does, on its own thread: a path keeps its hash
    program.window.action("worklist").trigger()
    worklist = feature.worklist
    n_all = len(listed) + N_RECORDINGS
    steps: dict[str, Callable[[], object]] = {"list": lambda: session.records.add(copies)}
    for column in SORTED_BY:
        steps[f"sort by {column}"] = partial(worklist.set_sort, Sort(column))
    steps["search"] = lambda: worklist.set_filter(WorklistFilter(text=SEARCHED_FOR))
    steps["search no more"] = lambda: worklist.set_filter(WorklistFilter())
    figures: dict[str, Any] = {"recordings": n_all}
    for name, step in steps.items():
        program.app.processEvents()
        stalls.take()
        step()
        wait_until(lambda: len(worklist) >= n_all, TIMEOUT_S)
        for _ in range(3):
            program.app.processEvents()
        figures[f"{name}_ms"] = round(stalls.take(), 1)
    figures["longest_stall_ms"] = max(value for name, value in figures.items() if name.endswith("_ms"))
    program.window.action("worklist").trigger()
    return figures

"""A long recording's results as JSON and as tables. Times of day without a date, where the file states one."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterable, Sequence
from dataclasses import asdict, fields
from typing import Any

import numpy as np

from mmae_core.clock import Clock
from mmae_core.files import formula_safe
from mmae_core.holter.results import MINUTE_S, SEGMENT_S, ST_STEP_S, Episode, Holter, Variability
from mmae_core.intervals.results import DEFAULT_FORMULA, FORMULAS

NOTICE = "Research use only, not for diagnosis. Measured facts with their limits; no finding is a diagnosis."
EPISODE_COLUMNS = ("kind", "start_s", "end_s", "length_s", "clock", "day", "lead", "value", "strength", "text")


def holter_json(found: Holter, clock: Clock | None, *, with_beats: bool = False) -> dict[str, Any]:
    """Everything as plain values; `with_beats` adds a row for every beat."""
    trends = found.trends
    return {
        "notice": NOTICE, "duration_s": found.duration_s, "analysed_s": found.analysed_s, "leads": list(found.leads),
        "clock": None if clock is None else {"start": clock.text(0.0)},
        "limits": asdict(found.limits), "limitations": list(map(str, found.limitations)),
        "beats": dict(found.counts),
        "poor_signal_share": _number(np.mean(trends.is_poor)) if len(trends.is_poor) else 0,
        "variability": variability_json(found.variability),
        "shapes": [{
            "name": shape.name, "beats": shape.n_beats, "share": _number(shape.share), "wide": shape.is_wide,
            "usual_beats": shape.n_usual, "first_s": _number(shape.first_s), **_times(shape.first_s, clock)}
            for shape in found.shapes],
        "episodes": [dict(zip(EPISODE_COLUMNS, row, strict=True)) for row in episode_rows(found.episodes, clock)],
        "trends": {
            "rate_bpm": _series(trends.rate_bpm, MINUTE_S), "qt_ms": _series(trends.qt_ms, MINUTE_S),
            f"qtc_{DEFAULT_FORMULA.lower()}_ms": _series(qtc_ms(found), MINUTE_S),
            "departing_beats": _series(trends.departures, MINUTE_S),
            "sdnn_ms": _series(trends.sdnn_ms, SEGMENT_S), "rmssd_ms": _series(trends.rmssd_ms, SEGMENT_S),
            "st_j60_mv": {lead: _series(values, ST_STEP_S)
                          for lead, values in zip(found.leads, trends.st_mv, strict=True)},
        },
        **({"each_beat": _beats(found)} if with_beats else {}),
    }


def variability_json(values: Variability) -> dict[str, Any]:
    """By name, with what was left out; the refusal where there are no values."""
    skipped = ("refusal", "limitations")
    row = {item.name: _number(getattr(values, item.name)) for item in fields(values) if item.name not in skipped}
    return {**row, "nn_share": _number(values.nn_share),
            "refusal": None if values.refusal is None else str(values.refusal),
            "limitations": list(map(str, values.limitations)),
            "definitions": "Task Force of the ESC and NASPE 1996; intervals between normal beats only"}


def episode_rows(episodes: Iterable[Episode], clock: Clock | None) -> list[Sequence[Any]]:
    """A row for each episode, by `EPISODE_COLUMNS`."""
    rows: list[Sequence[Any]] = []
    for item in episodes:
        times = _times(item.start_s, clock)
        rows.append((item.kind, _number(item.start_s), _number(item.end_s), _number(item.duration_s),
                     times["clock"], times["day"], item.lead, _number(item.value), _number(item.strength),
                     str(item.text)))
    return rows


def episodes_csv(found: Holter, clock: Clock | None) -> str:
    """The table of episodes."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(EPISODE_COLUMNS)
    for row in episode_rows(found.episodes, clock):
        writer.writerow(["" if cell is None else formula_safe(cell) if isinstance(cell, str) else cell for cell in row])
    return out.getvalue()


def qtc_ms(found: Holter, formula: str = DEFAULT_FORMULA) -> np.ndarray:
    """(minutes,) QT corrected for the rate; NaN where there is no QT."""
    correct = FORMULAS[formula].correct
    return np.array([correct(float(qt), float(rr)) if math.isfinite(qt) and math.isfinite(rr) else np.nan
                     for qt, rr in zip(found.trends.qt_ms, found.trends.rr_s, strict=True)])


def _times(time_s: float, clock: Clock | None) -> dict[str, Any]:
    return {"clock": None, "day": None} if clock is None else {
        "clock": clock.text(time_s), "day": clock.day(time_s)}


def _series(values: np.ndarray, step_s: float) -> dict[str, Any]:
    return {"step_s": step_s, "values": [_number(value) for value in values]}


def _beats(found: Holter) -> list[dict[str, Any]]:
    beats = found.beats
    names = [shape.name for shape in found.shapes]
    return [
        {"r_s": _number(r_s), "shape": names[shape] if shape >= 0 else None, "usual": bool(usual),
         "premature": bool(early), "poor": bool(poor), "departs": bool(departs), "nn": bool(nn)}
        for r_s, shape, usual, early, poor, departs, nn in zip(
            beats.r_s, beats.shape, beats.is_usual, beats.is_premature, beats.is_poor, beats.departs, beats.is_nn,
            strict=True)]


def _number(value: Any) -> Any:
    """Rounded for reading; None where it was not measured."""
    if value is None or isinstance(value, bool):
        return value
    number = float(value)
    if not math.isfinite(number):
        return None
    return int(number) if number.is_integer() else round(number, 4)

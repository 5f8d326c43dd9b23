"""The tables of an `EcgScore`: pandas frames, and a short one for notebooks."""

from __future__ import annotations

import html
import math
from collections.abc import Iterator
from typing import Any, Literal

import numpy as np

from mmae_core.errors import ConfigError
from mmae_core.library.score_values import ScoreValues
from mmae_core.percentiles import cut_percentile
from mmae_core.record import STANDARD_LEADS
from mmae_core.report.layer_columns import UNITS, values_of

Table = Literal["windows", "leads", "findings", "samples"]
NOTICE = "Research use only, not for diagnosis."


def frame_of(result: ScoreValues, table: str) -> Any:
    """One of the tables of `EcgScore.to_frame`. Raises ConfigError for an unknown name."""
    import pandas as pd

    if table == "samples":
        times_s = result.start_s + np.arange(result.map.shape[1]) / result.sampling_rate_hz
        return pd.DataFrame(result.map.T, index=pd.Index(times_s, name="time_s"), columns=list(STANDARD_LEADS))
    makers = {"windows": _windows, "leads": _leads, "findings": _findings}
    if table not in makers:
        raise ConfigError(f"There is no table '{table}'; choose windows, leads, findings or samples.")
    columns, rows = makers[table](result)
    return pd.DataFrame(list(rows), columns=list(columns))


def html_of(result: ScoreValues) -> str:
    """A short table for notebooks; texts of the recording are shown as they stand there."""
    shown = "not assessed"
    if math.isfinite(result.percentile):
        value, decimals = cut_percentile(result.percentile)
        shown = f"{value:.{decimals}f}" + ("" if result.is_reliable else " (unreliable)")
    rows = [
        ("Recording", f"{result.record.name}, {result.record.sampling_rate_hz:g} Hz, "
                      f"{result.record.duration_s:.6g} s, windows: {len(result.windows)}"),
        ("Score", f"{result.score:.4g} ({result.model.name} {result.model.version})"),
        ("Percentile among normal ECGs", shown),
        ("Findings", "; ".join(str(fact.title) for fact in result.facts) or "none"),
        ("Not assessed", "; ".join(result.not_assessed) or "nothing to say"),
    ]
    cells = "".join(f"<tr><th style='text-align:left'>{html.escape(title)}</th>"
                    f"<td style='text-align:left'>{html.escape(text)}</td></tr>" for title, text in rows)
    return f"<table>{cells}</table><p>{NOTICE}</p>"


def _windows(result: ScoreValues) -> tuple[tuple[str, ...], Iterator[tuple[Any, ...]]]:
    columns = ("record", "start_s", "score", "percentile", "p_value", "quality", "reliable", "n_findings", "strongest",
               *UNITS, "notes")

    def rows() -> Iterator[tuple[Any, ...]]:
        for item in result.windows:
            window, facts = item.window, item.reading.facts
            measured = [math.nan if value.value is None else value.value
                        for value in values_of(item.reading.examination.measurements).values()]
            yield (result.record.name, window.start_s, window.score, window.percentile, window.p_value,
                   math.nan if window.quality is None else window.quality.score, window.reliable, len(facts),
                   str(facts[0].title) if facts else "", *measured,
                   "; ".join(map(str, (*item.doubts, *window.notes))))

    return columns, rows()


def _leads(result: ScoreValues) -> tuple[tuple[str, ...], Iterator[tuple[Any, ...]]]:
    columns = ("record", "start_s", "lead", "percentile", "assessable", "quality", "reasons")

    def rows() -> Iterator[tuple[Any, ...]]:
        for item in result.windows:
            window = item.window
            for row, lead in enumerate(STANDARD_LEADS):
                quality = None if window.quality is None else window.quality.leads[row]
                yield (result.record.name, window.start_s, lead, window.lead_percentiles[row], window.assessable[row],
                       math.nan if quality is None else quality.score,
                       "" if quality is None else "; ".join(map(str, quality.reasons)))

    return columns, rows()


def _findings(result: ScoreValues) -> tuple[tuple[str, ...], Iterator[tuple[Any, ...]]]:
    columns = ("record", "finding", "layer", "kind", "wave", "lead", "start_s", "end_s", "peak_s", "percentile",
               "sentence")

    def rows() -> Iterator[tuple[Any, ...]]:
        for item in result.windows:
            for fact in item.reading.facts:
                for one in fact.findings:
                    yield (result.record.name, str(fact.title), one.layer, one.kind, one.wave, one.lead, one.start_s,
                           one.end_s, one.peak_s, one.percentile, str(one.sentence))

    return columns, rows()

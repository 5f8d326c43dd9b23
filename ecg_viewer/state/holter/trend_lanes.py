"""The lanes of the trends: which curves, in which unit, on which scale."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from ecg_viewer.state.words.language import tr, translatable
from mmae_core.holter.results import MINUTE_S, SEGMENT_S, ST_STEP_S, Holter
from mmae_core.intervals.results import DEFAULT_FORMULA, FORMULAS

Array = NDArray[np.float64]
Style = Literal["main", "second", "model", "faint"]
STEPS = (0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500)
TIDY = 4
"""Rules of a lane at most."""


@dataclass(frozen=True)
class Curve:
    """Values at the middles of equal steps from the start of the recording; NaN where there is none."""

    name: str
    """English, or a name that is the same in every language."""
    step_s: float
    values: Array
    style: Style = "main"
    is_named: bool = True
    """Whether its value is told where the mouse points."""

    @property
    def times_s(self) -> Array:
        return np.asarray((np.arange(len(self.values)) + 0.5) * self.step_s)

    @property
    def width(self) -> float:
        return 1.0 if self.style == "faint" else 1.6

    def at(self, time_s: float) -> float | None:
        """The value of the step that a moment lies in; None where there is none."""
        step = int(time_s // self.step_s)
        if not 0 <= step < len(self.values) or not math.isfinite(self.values[step]):
            return None
        return float(self.values[step])


@dataclass(frozen=True)
class TrendLane:
    """Curves that share a scale."""

    names: tuple[str, ...]
    unit: str
    decimals: int
    curves: tuple[Curve, ...]
    least_range: float
    """The scale spans at least this, so that noise is not drawn as a change."""
    is_bars: bool = False

    def title(self) -> str:
        """The names of its curves."""
        return " / ".join(tr(name) for name in self.names)

    def scale(self) -> tuple[float, float]:
        """Lowest and highest value of the lane: round ones around nearly all that is shown."""
        known = np.concatenate([curve.values[np.isfinite(curve.values)] for curve in self.curves] or [np.empty(0)])
        if not len(known):
            return 0.0, self.least_range
        if self.is_bars:
            return 0.0, max(self.least_range, float(known.max()))
        low, high = np.percentile(known, [0.2, 99.8]).tolist()
        spare = max(0.0, self.least_range - (high - low)) / 2
        low, high = low - spare, high + spare
        step = next((step for step in STEPS if (high - low) / step <= TIDY), STEPS[-1])
        return math.floor(low / step) * step, math.ceil(high / step) * step

    def rules(self, low: float, high: float) -> tuple[float, ...]:
        """Round values between the ends of the scale."""
        step = next((step for step in STEPS if (high - low) / step <= TIDY), STEPS[-1])
        first = math.floor(low / step) + 1
        return tuple(step * index for index in range(first, math.ceil(high / step - 1e-9)))


def lanes_of(found: Holter, lead: str | None, formula: str) -> tuple[TrendLane, ...]:
    """Rate, variability, QT, ST and departures; `lead` is the one whose ST stands out, None: what changes most."""
    trends = found.trends
    chosen = lead if lead in found.leads else strongest_lead(found)
    correct = FORMULAS.get(formula, FORMULAS[DEFAULT_FORMULA])
    qtc_name = f"QTc {correct.name}"
    qtc = np.array([correct.correct(float(qt), float(rr)) if math.isfinite(qt) and math.isfinite(rr) else np.nan
                    for qt, rr in zip(trends.qt_ms, trends.rr_s, strict=True)])
    st = [Curve(name, ST_STEP_S, values, "faint", is_named=False)
          for name, values in zip(found.leads, trends.st_mv, strict=True) if name != chosen]
    if chosen is not None:
        st.append(Curve(f"ST {chosen}", ST_STEP_S, trends.st_mv[found.leads.index(chosen)]))
    return (
        TrendLane((translatable("Rate"),), "/min", 0, (Curve(translatable("Rate"), MINUTE_S, trends.rate_bpm),), 20),
        TrendLane(("SDNN", "RMSSD"), "ms", 0, (Curve("SDNN", SEGMENT_S, trends.sdnn_ms),
                                         Curve("RMSSD", SEGMENT_S, trends.rmssd_ms, "second")), 40),
        TrendLane(("QT", qtc_name), "ms", 0, (Curve("QT", MINUTE_S, trends.qt_ms),
                                              Curve(qtc_name, MINUTE_S, qtc, "second")), 80),
        TrendLane((f"ST {chosen or ''}".strip(),), "mV", 2, tuple(st), 0.3),
        TrendLane((translatable("Departing beats"),), "/min", 0, (Curve(
            translatable("Departing beats"), MINUTE_S, trends.departures, "model"),), 5, is_bars=True),
    )


def strongest_lead(found: Holter) -> str | None:
    """The lead whose ST changes most over the recording; None where none was measured."""
    spread = [float(np.ptp(np.percentile(known, [2, 98]))) if len(known := values[np.isfinite(values)]) else -1.0
              for values in found.trends.st_mv]
    return found.leads[int(np.argmax(spread))] if spread and max(spread) >= 0 else None

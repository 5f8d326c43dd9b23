"""The picture of an `EcgScore`: twelve leads, and behind them how rare what they show is among normal ECGs."""

from __future__ import annotations

import importlib
import math
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import numpy as np

from mmae_core.errors import ConfigError
from mmae_core.library.score_values import ScoreValues
from mmae_core.metrics.detection import MissingDependency
from mmae_core.percentiles import cut_percentile
from mmae_core.record import STANDARD_LEADS

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

COLOURED_FROM = 90.0
"""Percentile from which heat has a colour, as in the viewer."""
HEAT_LABEL = "Heat: share of normal 10-s ECGs\nwithout anything as strong, %"
NOTICE = "Research use only, not for diagnosis. Grey: not assessed. No heat below the 90th percentile."
SIZE_INCHES = (11.0, 11.0)
LEAST_MV = 0.5
"""Half the height of a row at least, so that noise is not drawn as high as a beat."""


def figure_of(result: ScoreValues, start_s: float, duration_s: float) -> Figure:
    """Twelve rows, one a lead, all on one scale. Raises MissingDependency without Matplotlib, ConfigError for a stretch
    that the maps do not hold."""
    try:
        from matplotlib.cm import ScalarMappable
        from matplotlib.colors import Normalize
        from matplotlib.figure import Figure
    except ModuleNotFoundError as error:
        raise MissingDependency(
            "A picture needs Matplotlib, which is not installed: pip install 'mmae-core[plot]'. The numbers of the "
            "picture are in map and to_frame('samples')."
        ) from error
    if "ipykernel" in sys.modules:
        with suppress(ModuleNotFoundError):  # a notebook shows figures once this is loaded
            importlib.import_module("matplotlib_inline.backend_inline")

    rate = result.sampling_rate_hz
    first = round((max(start_s, result.start_s) - result.start_s) * rate)
    last = min(first + round(duration_s * rate), result.map.shape[1])
    if not 0 <= first < last:
        raise ConfigError(f"The maps hold {result.start_s:g} s to {result.anomaly_map.end_s:g} s of the recording; "
                          f"{start_s:g} s to {start_s + duration_s:g} s are asked for.")
    offset = round(result.start_s * rate)
    signal = result.record.read(offset + first, offset + last)
    rows = [result.record.lead_names.index(lead) for lead in STANDARD_LEADS]
    times_s = (offset + first + np.arange(last - first)) / rate
    half_mv = max(LEAST_MV, float(np.nanpercentile(np.abs(signal), 99.99)) * 1.05) if np.isfinite(signal).any() else 1.0
    figure = Figure(figsize=SIZE_INCHES, layout="constrained")
    axes = figure.subplots(len(STANDARD_LEADS), 1, sharex=True, sharey=True)
    for place, (lead, ax) in enumerate(zip(STANDARD_LEADS, axes, strict=True)):
        _draw_lead(ax, lead, times_s, signal[rows[place]], result.map[place, first:last], half_mv)
    axes[-1].set_xlabel("Time in s")
    axes[0].set_title(_title(result), loc="left", fontsize="medium")
    scale = ScalarMappable(Normalize(COLOURED_FROM, 100.0), _colours())
    figure.colorbar(scale, ax=list(axes), shrink=0.6, label=HEAT_LABEL)
    figure.supxlabel(NOTICE, fontsize="small")
    return figure


def _draw_lead(ax: Axes, lead: str, times_s: Any, trace_mv: Any, heat: Any, half_mv: float) -> None:
    period_s = times_s[1] - times_s[0] if len(times_s) > 1 else 1.0
    extent = (times_s[0] - period_s / 2, times_s[-1] + period_s / 2, -half_mv, half_mv)
    unknown = np.where(np.isnan(heat), 1.0, np.nan)[None]
    ax.imshow(unknown, cmap="Greys", vmin=0, vmax=5, extent=extent, aspect="auto", interpolation="nearest", zorder=0)
    shown = np.where(heat >= COLOURED_FROM, heat, np.nan)[None]
    ax.imshow(shown, cmap=_colours(), vmin=COLOURED_FROM, vmax=100.0, extent=extent, aspect="auto",
              interpolation="nearest", zorder=1)
    ax.plot(times_s, trace_mv, color="black", linewidth=0.7, zorder=2)
    ax.set_xlim(extent[0], extent[1])
    ax.set_ylim(-half_mv, half_mv)
    ax.set_ylabel(f"{lead}\nmV", rotation=0, ha="right", va="center", fontsize="small")
    ax.tick_params(labelsize="x-small")


def _colours() -> Any:
    import matplotlib
    from matplotlib.colors import ListedColormap

    return ListedColormap(matplotlib.colormaps["YlOrRd"](np.linspace(0.15, 0.8, 256)), name="heat")


def _title(result: ScoreValues) -> str:
    if not math.isfinite(result.percentile):
        return f"{result.record.name}: no percentile ({result.model.name} {result.model.version})"
    value, decimals = cut_percentile(result.percentile)
    doubt = "" if result.is_reliable else ", unreliable because of signal quality"
    of = "" if len(result.windows) == 1 else f", strongest of {len(result.windows)} windows"
    return (f"{result.record.name}: percentile {value:.{decimals}f} among normal ECGs{of}{doubt} "
            f"({result.model.name} {result.model.version})")

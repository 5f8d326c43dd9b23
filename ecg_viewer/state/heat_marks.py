"""The heat of what was measured and compared beside the model's map."""

from __future__ import annotations

from collections.abc import Sequence

from ecg_viewer.state.heat import HeatMap
from ecg_viewer.state.layers import StretchLayers, departure_spans, own_spans


def mark_layers(heat: HeatMap, stretch_layers: StretchLayers | None, lead_names: Sequence[str]) -> None:
    """Add the heat of named departures and of beats unlike the patient's own; `lead_names` are the recording's."""
    if stretch_layers is None:
        return
    if stretch_layers.departures is not None:
        heat.mark("named", departure_spans(stretch_layers.departures, tuple(lead_names)))
    if stretch_layers.own is not None:
        heat.mark("own", own_spans(stretch_layers.own))

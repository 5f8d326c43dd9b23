"""The heat of a stretch of time in columns: codes, poor signal, and the layers that have an edge."""

from __future__ import annotations

from ecg_viewer.render.heat_bands import EDGED_LAYERS
from ecg_viewer.state.heat import FIRST_PERCENTILE_CODE, NOT_ASSESSED, HeatMap
from ecg_viewer.state.quality import unreliable_columns


class HeatStretch:
    """What is painted of a stretch, all leads: arrays (leads, columns)."""

    def __init__(self, heat: HeatMap, start_s: float, end_s: float, n_columns: int) -> None:
        self.edges = {
            layer: heat.slice(start_s, end_s, n_columns, layer) for layer in EDGED_LAYERS if layer in heat.layers
        }
        """Codes of each layer that has an edge."""
        self.codes = heat.slice(start_s, end_s, n_columns)
        self.poor = unreliable_columns(heat.windows, start_s, end_s, n_columns) & (self.codes >= FIRST_PERCENTILE_CODE)
        self.hatched = (self.codes == NOT_ASSESSED) | self.poor

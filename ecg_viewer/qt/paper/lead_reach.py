"""The usual amplitude range of each lead of the open recording, from the samples read so far."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from ecg_viewer.qt.paper.trace_store import TraceStore, is_whole
from ecg_viewer.render.collisions import TraceReach
from ecg_viewer.render.decimate import bin_for
from ecg_viewer.render.geometry import Extents
from mmae_core.record import EcgRecord

OUTSIDE_PERCENT = 0.02
"""Of the samples, at either end: a spike of a few milliseconds must not push the rows apart."""


@dataclass(frozen=True)
class LeadReach:
    """How far the leads of a recording reach: as a whole, and stretch by stretch."""

    extents: Extents
    stretches: TraceReach


def reach(record: EcgRecord, store: TraceStore, start_s: float, end_s: float, px_per_s: float) -> LeadReach | None:
    """The reach of each lead from `start_s` to `end_s`, or of all of a record that is kept whole.

    None until that has been read. A lead without a valid sample is left out of the extents.
    """
    rate = record.sampling_rate_hz
    if is_whole(record):
        start_s, end_s, bin_samples = 0.0, record.duration_s, 1
    else:
        bin_samples = bin_for(rate / px_per_s)
    gathered = store.gather(math.floor(start_s * rate), math.ceil(end_s * rate), bin_samples)
    if not gathered.complete:
        return None
    found: dict[str, tuple[float, float]] = {}
    for index, lead in enumerate(record.trace_names):
        low, high = gathered.traces.low[index], gathered.traces.high[index]
        low, high = low[np.isfinite(low)], high[np.isfinite(high)]
        if low.size:
            lowest, highest = np.percentile(low, OUTSIDE_PERCENT), np.percentile(high, 100 - OUTSIDE_PERCENT)
            found[lead] = float(lowest), float(highest)
    return LeadReach(found, TraceReach.of_traces(gathered.traces, record.trace_names, found, rate))

"""A lead drawn small: the outline of its first seconds, a lowest and a highest point for every column of pixels."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from mmae_core.record import EcgRecord

LEAD = "II"
SHOWN_S = 10.0
N_COLUMNS = 140
SPREAD_PERCENTILES = (0.5, 99.5)
"""What lies beyond is cut off, so that one spike does not flatten the rest."""

Outline = NDArray[np.float32]


def outline(record: EcgRecord) -> Outline:
    """(2, N_COLUMNS) lowest and highest value of each column, 0 at the bottom to 1 at the top; NaN where invalid.

    Raises UnreadableRecord. Heights are scaled to the lead's own range: for telling recordings apart, not to measure.
    """
    row = record.trace_names.index(LEAD) if LEAD in record.trace_names else 0
    signal = record.read_traces(0, round(SHOWN_S * record.sampling_rate_hz))[row]
    edges = np.linspace(0, round(SHOWN_S * record.sampling_rate_hz), N_COLUMNS + 1).astype(int)
    result = np.full((2, N_COLUMNS), np.nan, np.float32)
    known = signal[np.isfinite(signal)]
    if not len(known):
        return result
    low, high = np.percentile(known, SPREAD_PERCENTILES)
    scale = max(float(high - low), 1e-6)
    for column, (start, end) in enumerate(pairwise(edges)):
        part = signal[start : max(end, start + 1)]
        part = part[np.isfinite(part)]
        if len(part):
            result[:, column] = np.clip(((part.min() - low) / scale, (part.max() - low) / scale), 0.0, 1.0)
    return result

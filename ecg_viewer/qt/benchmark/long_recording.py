"""A recording of many hours for the benchmark, made of a real recording's stretches."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np

from mmae_core.record import EcgRecord

SAMPLING_RATE_HZ = 250.0
"""Usual for ambulatory recorders."""
STRETCH_S = 60.0
"""So much of the source is repeated at most."""


def make_long_recording(source: EcgRecord, folder: Path, hours: float) -> Path:
    """Write `long.hea` into `folder`: up to a minute of `source` at 250 Hz, repeated for `hours`. Returns its path.

    Raises UnsupportedRecord if `source` has not the twelve standard leads, OSError if there is no room on the disk.
    """
    from mmae_core.readers.wfdb_writer import write_repeated
    from mmae_core.scipy_parts import resample_poly

    n_source = min(source.n_samples, round(STRETCH_S * source.sampling_rate_hz))
    signal_mv = np.nan_to_num(np.asarray(source.read(0, n_source), np.float64))
    rate = round(source.sampling_rate_hz)
    common = math.gcd(round(SAMPLING_RATE_HZ), rate)
    stretch = resample_poly(signal_mv, round(SAMPLING_RATE_HZ) // common, rate // common, axis=1).astype(np.float32)
    write_repeated(folder, "long", stretch, SAMPLING_RATE_HZ, round(hours * 3600 * SAMPLING_RATE_HZ))
    return folder / "long.hea"

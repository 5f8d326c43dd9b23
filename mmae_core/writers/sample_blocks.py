"""Samples of a recording, block by block, so that a day of twelve leads is never in memory at once."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from mmae_core.errors import UnsupportedRecord
from mmae_core.messages import Message
from mmae_core.record import EcgRecord, FloatArray

BLOCK_SAMPLES = 1 << 16
MAX_STEPS = 32_767
"""Largest value of 16 bits; the smallest of all marks a missing value."""


def blocks(record: EcgRecord, n_samples: int = BLOCK_SAMPLES) -> Iterator[FloatArray]:
    """Millivolts of `record.trace_names`, float32 (traces, samples), `n_samples` at a time."""
    for start in range(0, record.n_samples, n_samples):
        yield record.read_traces(start, min(start + n_samples, record.n_samples))


def ranges_mv(record: EcgRecord) -> tuple[FloatArray, FloatArray, bool]:
    """Lowest and highest value of each trace in mV, 0 where it has none, and whether any value is missing."""
    n = len(record.trace_names)
    low, high, has_missing = np.full(n, np.inf, np.float32), np.full(n, -np.inf, np.float32), False
    for block in blocks(record):
        valid = np.isfinite(block)
        has_missing = has_missing or not valid.all()
        low = np.minimum(low, np.where(valid, block, np.inf).min(axis=1))
        high = np.maximum(high, np.where(valid, block, -np.inf).max(axis=1))
    return np.where(np.isfinite(low), low, 0), np.where(np.isfinite(high), high, 0), has_missing


def steps_per_mv(low: FloatArray, high: FloatArray) -> FloatArray:
    """Steps for one millivolt of each trace: 1,000 where 16 bits can hold it, else as fine as they can.

    Raises UnsupportedRecord if a trace reaches more millivolts than 16 bits can count.
    """
    highest = np.maximum(np.abs(low), np.abs(high)).astype(np.float64)
    if highest.max() > MAX_STEPS:
        raise UnsupportedRecord(f"The recording reaches {highest.max():,.0f} mV, which no ECG does; its unit is wrong.")
    return np.asarray(np.minimum(1000.0, np.floor(MAX_STEPS / np.maximum(highest, 1e-3))), np.float32)


def require_traces(record: EcgRecord) -> None:
    """Raise UnsupportedRecord if nothing in the recording is in volts."""
    if not record.trace_names or not record.n_samples:
        raise UnsupportedRecord(f"{record.name} holds nothing that is in volts, so it cannot be written.")


def left_out(record: EcgRecord) -> tuple[Message, ...]:
    """What no format here holds: channels that are not in volts."""
    others = [channel.name for channel in record.extra_channels if not channel.is_voltage]
    return (Message("Channels that are not in volts are left out: {names}.", names=", ".join(others)),
            ) if others else ()

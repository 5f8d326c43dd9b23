"""The samples to be measured, read from a recording, so that they can be passed to another process."""

from __future__ import annotations

from dataclasses import dataclass

from mmae_core.record import EcgRecord, FloatArray


@dataclass(frozen=True)
class Stretch:
    """Samples of all leads."""

    mv: FloatArray
    """(leads, samples) in mV, NaN where invalid."""
    rate_hz: float
    lead_names: tuple[str, ...]
    start_s: float
    """Where the first sample is in its recording."""


def read_stretch(record: EcgRecord, start_s: float, duration_s: float) -> Stretch:
    """Read a stretch, cut at the record's ends. Raises UnreadableRecord if the files are damaged."""
    rate = record.sampling_rate_hz
    first = max(0, round(start_s * rate))
    last = min(record.n_samples, first + round(duration_s * rate))
    return Stretch(record.read(first, last), rate, tuple(record.lead_names), first / rate)

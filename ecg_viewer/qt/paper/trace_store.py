"""What has been read of a record: blocks of samples or of their envelopes, the oldest forgotten first."""

from __future__ import annotations

import math
from collections import OrderedDict
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ecg_viewer.render.decimate import Envelope, coarser, envelope
from ecg_viewer.state.filters import FilterChain
from mmae_core.record import EcgRecord, FloatArray

WHOLE_UP_TO_S = 120.0
"""A record up to this long is read once, whole."""
BLOCK_BINS = 8192
MAX_HELD_BYTES = 64 << 20


@dataclass(frozen=True)
class BlockKey:
    """One block: bins of `bin_samples` samples, `block_bins` of them, counted from the record's start."""

    bin_samples: int
    index: int


@dataclass(frozen=True)
class Gathered:
    """Traces of a stretch; `complete` is False while parts of it have not been read and are gaps."""

    traces: Envelope
    complete: bool


def is_whole(record: EcgRecord) -> bool:
    """Whether the record is short enough to be read once and kept."""
    return record.duration_s <= WHOLE_UP_TO_S


def block_span(record: EcgRecord, key: BlockKey) -> tuple[int, int]:
    """First and end sample of a block, clipped to the record."""
    if is_whole(record):
        return 0, record.n_samples
    size = BLOCK_BINS * key.bin_samples
    return key.index * size, min((key.index + 1) * size, record.n_samples)


def read_block(record: EcgRecord, key: BlockKey, chain: FilterChain | None = None) -> Envelope:
    """Read, filter for the display and reduce one block. Raises what the record's reader raises.

    Filtered with a margin on either side, so that neighbouring blocks join without a step.
    """
    start, end = block_span(record, key)
    if not chain:
        samples = record.read_traces(start, end)
    else:
        margin = round(chain.margin_s * record.sampling_rate_hz)
        first = max(0, start - margin)
        samples = chain.apply(record.read_traces(first, end + margin), record.sampling_rate_hz)
        samples = samples[:, start - first : end - first]
    return envelope(np.ascontiguousarray(samples, np.float32), start, key.bin_samples)


class TraceStore:
    """The blocks read so far of one record."""

    def __init__(self, record: EcgRecord) -> None:
        self._record = record
        self._blocks: OrderedDict[BlockKey, Envelope] = OrderedDict()
        self._held_bytes = 0

    def keys(self, start_s: float, end_s: float, bin_samples: int) -> list[BlockKey]:
        """The blocks that hold a stretch at a zoom, in order of time."""
        rate = self._record.sampling_rate_hz
        return self._keys_of(int(start_s * rate), int(end_s * rate) + 1, bin_samples)

    def _keys_of(self, first_sample: int, last_sample: int, bin_samples: int) -> list[BlockKey]:
        if is_whole(self._record):
            return [BlockKey(1, 0)]
        size = BLOCK_BINS * bin_samples
        first = max(0, first_sample) // size
        last = min(last_sample, self._record.n_samples - 1) // size
        return [BlockKey(bin_samples, index) for index in range(first, last + 1)]

    def missing(self, start_s: float, end_s: float, bin_samples: int) -> list[BlockKey]:
        """Those of `keys` that have not been read."""
        return [key for key in self.keys(start_s, end_s, bin_samples) if key not in self._blocks]

    def add(self, key: BlockKey, block: Envelope) -> None:
        """Keep a block; the ones unused for longest go when there are too many."""
        if key in self._blocks:
            return
        self._blocks[key] = block
        self._held_bytes += _n_bytes(block)
        while self._held_bytes > MAX_HELD_BYTES and len(self._blocks) > 1:
            _, oldest = self._blocks.popitem(last=False)
            self._held_bytes -= _n_bytes(oldest)

    def gather(self, start_sample: int, end_sample: int, bin_samples: int) -> Gathered:
        """Traces from `start_sample` to `end_sample` (widened to whole bins, clipped to the record)."""
        stored = 1 if is_whole(self._record) else bin_samples
        start = max(0, start_sample) // bin_samples * bin_samples
        end = min(-(-end_sample // bin_samples) * bin_samples, self._record.n_samples)
        n_bins = max(0, -(-(end - start) // stored))
        low = np.full((len(self._record.trace_names), n_bins), np.nan, np.float32)
        high = low if stored == 1 else low.copy()
        complete = True
        for key in self._keys_of(start, end - 1, stored) if n_bins else []:
            block = self._blocks.get(key)
            if block is None:
                complete = False
                continue
            self._blocks.move_to_end(key)
            left = max(start, block.start_sample)
            right = min(end, block.end_sample)
            if right <= left:
                continue
            into = slice((left - start) // stored, -(-(right - start) // stored))
            out_of = slice((left - block.start_sample) // stored, -(-(right - block.start_sample) // stored))
            low[:, into] = block.low[:, out_of]
            if high is not low:
                high[:, into] = block.high[:, out_of]
        return Gathered(coarser(Envelope(start, stored, low, high), bin_samples), complete)

    def samples(self, lead: str, start_s: float, end_s: float) -> tuple[NDArray[np.float64], FloatArray] | None:
        """Times in seconds and recorded millivolts of a stretch, clipped to the record.

        None if the record lacks the lead, or part of the stretch has not been read sample by sample.
        """
        if lead not in self._record.trace_names:
            return None
        rate = self._record.sampling_rate_hz
        first = max(0, math.ceil(start_s * rate - 1e-6))
        end = min(self._record.n_samples, math.floor(end_s * rate + 1e-6) + 1)
        if end <= first:
            return np.empty(0), np.empty(0, np.float32)
        gathered = self.gather(first, end, 1)
        if not gathered.complete:
            return None
        return np.arange(first, end) / rate, gathered.traces.low[self._record.trace_names.index(lead)]

    def amplitude_mv(self, lead: str, time_s: float) -> float | None:
        """The recorded value nearest in time; None if it is invalid, not read, or read only as part of an envelope."""
        sample = round(time_s * self._record.sampling_rate_hz)
        if lead not in self._record.trace_names or not 0 <= sample < self._record.n_samples:
            return None
        block = self._blocks.get(self._keys_of(sample, sample, 1)[0])
        if block is None:
            return None
        value = float(block.low[self._record.trace_names.index(lead), sample - block.start_sample])
        return None if np.isnan(value) else value


def _n_bytes(block: Envelope) -> int:
    return block.low.nbytes if block.low is block.high else block.low.nbytes + block.high.nbytes

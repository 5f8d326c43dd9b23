"""The samples of the open record around what is visible: what has been read, and what is being read."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from ecg_viewer.qt.paper.trace_loader import TraceLoader
from ecg_viewer.qt.paper.trace_store import BlockKey, TraceStore
from ecg_viewer.render.decimate import Envelope
from ecg_viewer.state.filters import DisplayFilter, FilterChain
from mmae_core.record import EcgRecord


class TraceSource(QObject):
    """A store filled by a loader; drops blocks of the previous recording.

    Samples are filtered for the display. When the reader chooses another filter, the paper stays as it is until the
    visible stretch has been filtered; `chain` is always the filter of the samples in `store`.
    """

    arrived = Signal()
    """More of the record can be drawn."""
    replaced = Signal()
    """`store` is another one, through another filter: whatever was drawn is out of date."""
    failed = Signal(str)
    """A sentence: a stretch could not be read. It is not tried again until the record is opened again."""

    def __init__(self, parent: QObject | None = None, display_filter: DisplayFilter | None = None) -> None:
        super().__init__(parent)
        self._filter = display_filter or DisplayFilter()
        self._filter.changed.connect(self._refilter)
        self._loader = TraceLoader()
        self._loader.block_loaded.connect(self._take_block)
        self._loader.load_failed.connect(self._take_failure)
        self._record: EcgRecord | None = None
        self._store: TraceStore | None = None
        self._chain = FilterChain()
        self._next: TraceStore | None = None
        self._wanted = (0.0, 0.0, 1)
        self._failed_blocks: set[BlockKey] = set()

    @property
    def store(self) -> TraceStore | None:
        """What has been read; None before a record is opened."""
        return self._store

    @property
    def chain(self) -> FilterChain:
        """What was done to the samples in the store."""
        return self._chain

    @property
    def is_refiltering(self) -> bool:
        """Whether samples filtered differently are being read."""
        return self._next is not None

    def open(self, record: EcgRecord) -> None:
        """Forget the previous recording. Nothing is read yet."""
        self._record = record
        self._store, self._next = TraceStore(record), None
        self._chain = self._filter.in_force(record.sampling_rate_hz)
        self._wanted = (0.0, 0.0, 1)
        self._failed_blocks.clear()
        self._loader.open(record, self._chain)

    def want(self, start_s: float, window_s: float, bin_samples: int) -> None:
        """Ask for a window that begins at `start_s`, then for a window on either side of it."""
        self._wanted = start_s, window_s, bin_samples
        store = self._next or self._store
        if self._record is None or store is None:
            return
        wanted: list[BlockKey] = []
        for left_s in (start_s, start_s + window_s, start_s - window_s):
            right_s = min(left_s + window_s, self._record.duration_s)
            if right_s > max(left_s, 0.0):
                wanted += store.missing(max(left_s, 0.0), right_s, bin_samples)
        self._loader.want([key for key in dict.fromkeys(wanted) if key not in self._failed_blocks])

    def close(self) -> None:
        """Stop reading and wait for the thread."""
        self._loader.close()

    def _refilter(self) -> None:
        record = self._record
        if record is None:
            return
        chain = self._filter.in_force(record.sampling_rate_hz)
        if chain == self._chain and self._next is None:
            return
        self._next = TraceStore(record)
        self._failed_blocks.clear()
        self._loader.open(record, chain)
        self.want(*self._wanted)

    def _take_block(self, number: int, key: BlockKey, block: Envelope) -> None:
        store = self._next or self._store
        if number != self._loader.number or store is None:
            return
        store.add(key, block)
        if self._next is not None:
            self._replace_if_ready(self._next)
        else:
            self.arrived.emit()

    def _take_failure(self, number: int, key: BlockKey, message: str) -> None:
        if number != self._loader.number:
            return
        self._failed_blocks.add(key)
        self.failed.emit(message)
        if self._next is not None:
            self._replace_if_ready(self._next)

    def _replace_if_ready(self, prepared: TraceStore) -> None:
        """Show the newly filtered samples once all that is visible is there, as far as it can be read."""
        assert self._record is not None, "a store belongs to a record"
        start_s, window_s, bin_samples = self._wanted
        end_s = min(start_s + window_s, self._record.duration_s)
        if set(prepared.missing(start_s, end_s, bin_samples)) <= self._failed_blocks:
            self._store, self._next = prepared, None
            self._chain = self._filter.in_force(self._record.sampling_rate_hz)
            self.replaced.emit()

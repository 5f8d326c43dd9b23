"""The samples of the open record around what is visible: what has been read, and what is being read."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from ecg_viewer.qt.trace_loader import TraceLoader
from ecg_viewer.qt.trace_store import BlockKey, TraceStore
from ecg_viewer.render.decimate import Envelope
from mmae_core.record import EcgRecord


class TraceSource(QObject):
    """Keeps a store filled by a loader; drops what answers the record before."""

    arrived = Signal()
    """More of the record can be drawn."""
    failed = Signal(str)
    """A sentence: a stretch could not be read. It is not tried again until the record is opened again."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._loader = TraceLoader()
        self._loader.block_loaded.connect(self._take_block)
        self._loader.load_failed.connect(self._take_failure)
        self._record: EcgRecord | None = None
        self._store: TraceStore | None = None
        self._failed_blocks: set[BlockKey] = set()

    @property
    def store(self) -> TraceStore | None:
        """What has been read; None before a record is opened."""
        return self._store

    def open(self, record: EcgRecord) -> None:
        """Forget the record before. Nothing is read yet."""
        self._record = record
        self._store = TraceStore(record)
        self._failed_blocks.clear()
        self._loader.open(record)

    def want(self, start_s: float, window_s: float, bin_samples: int) -> None:
        """Ask for a window that begins at `start_s`, then for a window on either side of it."""
        if self._record is None or self._store is None:
            return
        wanted: list[BlockKey] = []
        for left_s in (start_s, start_s + window_s, start_s - window_s):
            right_s = min(left_s + window_s, self._record.duration_s)
            if right_s > max(left_s, 0.0):
                wanted += self._store.missing(max(left_s, 0.0), right_s, bin_samples)
        self._loader.want([key for key in dict.fromkeys(wanted) if key not in self._failed_blocks])

    def close(self) -> None:
        """Stop reading and wait for the thread."""
        self._loader.close()

    def _take_block(self, number: int, key: BlockKey, block: Envelope) -> None:
        if number == self._loader.number and self._store is not None:
            self._store.add(key, block)
            self.arrived.emit()

    def _take_failure(self, number: int, key: BlockKey, message: str) -> None:
        if number == self._loader.number:
            self._failed_blocks.add(key)
            self.failed.emit(message)

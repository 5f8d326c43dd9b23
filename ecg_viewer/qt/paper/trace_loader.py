"""Reads the stretches the paper wants on a thread of its own, so that a slow disk never stops the window."""

from __future__ import annotations

import atexit
import logging
import threading

from PySide6.QtCore import QThread, Signal, Slot

from ecg_viewer.qt.paper.trace_store import BlockKey, read_block
from ecg_viewer.state.filters import FilterChain
from ecg_viewer.state.words.error_words import sentence_of
from ecg_viewer.state.words.language import tr
from mmae_core.errors import EcgError
from mmae_core.record import EcgRecord

_log = logging.getLogger(__name__)

_running: set[TraceLoader] = set()
"""Loaders whose thread runs: collecting one before it has stopped would crash the program."""


@atexit.register
def _close_running() -> None:
    """Also when the program ends by an error, the threads end before it."""
    for loader in tuple(_running):
        loader.close()


class TraceLoader(QThread):
    """Delivers blocks of one record at a time.

    `open` gives a request number; whatever is delivered carries the number it answers, so that a block of the record
    before is recognised and dropped. `want` replaces the list of wanted blocks, so that what was scrolled past before
    it was read is never read.
    """

    block_loaded = Signal(int, object, object)
    """Request number, BlockKey, Envelope."""
    load_failed = Signal(int, object, str)
    """Request number, BlockKey, a sentence for the user."""

    def __init__(self) -> None:
        super().__init__()
        self._wake = threading.Condition()
        self._record: EcgRecord | None = None
        self._chain = FilterChain()
        self._number = 0
        self._wanted: list[BlockKey] = []
        self._underway: set[tuple[int, BlockKey]] = set()
        self._stopping = False
        # Connected first: other receivers of a block may request the next ones at once.
        self.block_loaded.connect(self._has_arrived)
        self.load_failed.connect(self._has_arrived)

    @property
    def number(self) -> int:
        """The current request number."""
        return self._number

    def open(self, record: EcgRecord, chain: FilterChain | None = None) -> int:
        """Read from `record` from now on, through filters if there are any; nothing is read until wanted."""
        with self._wake:
            self._number += 1
            self._record = record
            self._chain = chain or FilterChain()
            self._wanted = []
            return self._number

    def want(self, keys: list[BlockKey]) -> None:
        """Replace what is to be read, most urgent first. The thread starts at the first call."""
        with self._wake:
            if self._stopping:
                return
            self._wanted = [key for key in keys if (self._number, key) not in self._underway]
            self._wake.notify()
        if keys and not self.isRunning():
            _running.add(self)
            self.start()

    def close(self) -> None:
        """Stop after the block being read and wait for it; safe to call twice."""
        with self._wake:
            self._stopping = True
            self._wanted = []
            self._wake.notify()
        self.wait()
        _running.discard(self)

    def run(self) -> None:
        """The thread: read what is wanted until told to stop."""
        while True:
            with self._wake:
                while not self._wanted and not self._stopping:
                    self._wake.wait()
                if self._stopping:
                    return
                key, record, chain, number = self._wanted.pop(0), self._record, self._chain, self._number
                if record is None:
                    continue
                self._underway.add((number, key))
            self._read(record, chain, key, number)

    @Slot(int, object, object)
    @Slot(int, object, str)
    def _has_arrived(self, number: int, key: BlockKey, _block_or_sentence: object) -> None:
        """Runs on the main thread; until then a block is in transit and is not read again."""
        with self._wake:
            self._underway.discard((number, key))

    def _read(self, record: EcgRecord, chain: FilterChain, key: BlockKey, number: int) -> None:
        try:
            block = read_block(record, key, chain)
        except EcgError as error:
            self.load_failed.emit(number, key, sentence_of(error))
        except Exception as error:  # noqa: BLE001 - any error of a reader is shown to the user, and the thread goes on
            _log.exception("reading a stretch of a record failed")
            message = tr("A stretch of the recording could not be read ({error}).").format(error=error)
            self.load_failed.emit(number, key, message)
        else:
            self.block_loaded.emit(number, key, block)

"""Stops long work on SIGTERM as on Ctrl+C."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def stopping_on_sigterm() -> Iterator[None]:
    """Within the block SIGTERM, which schedulers send, acts like Ctrl+C, so that finished work is kept.

    Does nothing outside the main thread, where signal handlers cannot be set, nor where the signal is handled already.
    """
    if threading.current_thread() is not threading.main_thread() or signal.getsignal(signal.SIGTERM) != signal.SIG_DFL:
        yield
        return

    def stop(_number: int, _frame: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)

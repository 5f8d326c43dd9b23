"""Ends a training when the program that started it is gone, so that its run folder is free again."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import threading
import time

POLL_S = 1.0
GRACE_S = 15.0
"""Time to stop by itself; the last checkpoint is kept either way."""


def end_with_parent(pid: int, poll_s: float = POLL_S, grace_s: float = GRACE_S) -> threading.Thread:
    """Watch the process `pid` from a thread; when it is gone, interrupt this one as Ctrl+C does, then end it."""
    is_child = sys.platform != "win32" and os.getppid() == pid

    def watch() -> None:
        if sys.platform == "win32":
            _wait_on_windows(pid)
        else:
            while os.getppid() == pid if is_child else _is_there(pid):
                time.sleep(poll_s)
        if sys.platform == "win32":
            signal.raise_signal(signal.SIGINT)
        else:
            os.kill(os.getpid(), signal.SIGINT)  # the main thread raises KeyboardInterrupt
        time.sleep(grace_s)
        os._exit(130)

    thread = threading.Thread(target=watch, name="parent", daemon=True)
    thread.start()
    return thread


def _is_there(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:  # somebody else's: another program has taken the number
        return False
    return True


def _wait_on_windows(pid: int) -> None:
    """Return when a process has ended, at once if there is none."""
    if sys.platform == "win32":
        synchronize, for_ever = 0x0010_0000, 0xFFFF_FFFF
        kernel = ctypes.WinDLL("kernel32")
        kernel.OpenProcess.restype = ctypes.c_void_p
        handle = kernel.OpenProcess(synchronize, False, pid)
        if handle:
            kernel.WaitForSingleObject(ctypes.c_void_p(handle), for_ever)
            kernel.CloseHandle(ctypes.c_void_p(handle))

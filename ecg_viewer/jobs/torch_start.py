"""Imports torch without freezing the window."""

from __future__ import annotations

import contextlib
import ctypes
import gc
import importlib.util
import os
import sys
from collections.abc import Iterator
from pathlib import Path

LIBRARIES = ("libc10", "libtorch_cpu")
"""In order of dependence. Most of torch's import time goes into loading the second."""


@contextlib.contextmanager
def without_garbage_collection() -> Iterator[None]:
    """Pause the garbage collector in this block, and exempt the objects made in it from all later collections.

    Collections would traverse the 100,000 objects of freshly imported modules again and again, up to 0.1 s at a time in
    which no thread runs; none of them ever becomes garbage.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if was_enabled:
            gc.enable()


def import_torch() -> None:
    """Import torch, on a worker's thread.

    `import torch` loads some hundred megabytes of libraries while holding the GIL, which freezes the window for about
    0.25 s. Loading them first through ctypes releases the GIL; the import then finds them in memory. If the libraries
    are elsewhere, the import loads them as usual.
    """
    if "torch" not in sys.modules:
        map_libraries()
    import torch  # noqa: F401


def map_libraries() -> None:
    """Load torch's libraries into memory without importing torch or holding the GIL; on Windows do nothing."""
    if os.name != "posix":
        return
    found = importlib.util.find_spec("torch")
    if found is None or found.origin is None:
        return
    folder = Path(found.origin).parent / "lib"
    suffix = ".dylib" if sys.platform == "darwin" else ".so"
    dlopen = ctypes.CDLL(None).dlopen
    dlopen.argtypes, dlopen.restype = (ctypes.c_char_p, ctypes.c_int), ctypes.c_void_p
    for name in LIBRARIES:
        path = folder / f"{name}{suffix}"
        if path.is_file():
            dlopen(os.fsencode(path), os.RTLD_NOW)

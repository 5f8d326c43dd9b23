"""Loads torch, and what is built on it, so that the window goes on answering meanwhile."""

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
"""In the order in which they need each other. The second has most of the code that an import of torch waits for."""


@contextlib.contextmanager
def without_garbage_collection() -> Iterator[None]:
    """Keep the collector from running meanwhile, and from looking through what was made meanwhile ever after.

    The hundred thousand objects of freshly imported modules would be searched again and again, up to 0.1 s at a time in
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

    `import torch` maps some hundred megabytes and binds their symbols inside one call that holds the interpreter's
    lock, for about 0.25 s in which the window cannot answer. A call through ctypes gives the lock up; what is loaded
    then is found in memory by the import. Where the libraries are elsewhere, the import does all as usual.
    """
    if "torch" not in sys.modules and os.name == "posix":
        _map_libraries()
    import torch  # noqa: F401


def _map_libraries() -> None:
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

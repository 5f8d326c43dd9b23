"""PySide6 creates classes lazily, and crashes when two threads do so at once.

Classes used by worker threads are therefore created on the main thread before those start.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterator

USED_BY_WORKERS = ("QtCore", "QtGui", "QtSvg")
"""Modules that exports and readers use on their threads."""
USED_BY_PYQTGRAPH = ("QtWidgets", "QtOpenGL", "QtOpenGLWidgets", "QtTest")
"""Modules of which pyqtgraph copies every name while it is imported; it copies those of `USED_BY_WORKERS` as well."""
NAMES_A_STEP = 12


def make_classes(modules: tuple[str, ...]) -> Iterator[None]:
    """Create every class of these PySide6 modules, a few per step. Call it on the main thread."""
    for name in modules:
        module = importlib.import_module(f"PySide6.{name}")
        yield
        for count, member in enumerate(dir(module), start=1):
            getattr(module, member)
            if count % NAMES_A_STEP == 0:
                yield


def make_all_classes(modules: tuple[str, ...]) -> None:
    """As `make_classes`, in one go."""
    for _ in make_classes(modules):
        pass

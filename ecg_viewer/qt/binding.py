"""PySide6 makes a class when it is first asked for, and crashes when two threads ask at once.

Whatever a worker's thread will use is therefore made on the window's thread before that thread starts.
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
    """Make every class of these modules of PySide6, a few a step. Call it on the window's thread."""
    for name in modules:
        module = importlib.import_module(f"PySide6.{name}")
        yield
        for count, member in enumerate(dir(module), start=1):
            getattr(module, member)
            if count % NAMES_A_STEP == 0:
                yield


def make_all_classes(modules: tuple[str, ...]) -> None:
    """The same at once."""
    for _ in make_classes(modules):
        pass

"""Classes of PySide6 are made on the window's thread before another thread may ask for them.

In a process of its own each: what was made once in a process stays made.
"""

from __future__ import annotations

import subprocess
import sys

import pytest

RACE = """
import random, threading
from PySide6 import QtCore, QtGui, QtWidgets
from ecg_viewer.qt.binding import USED_BY_PYQTGRAPH, USED_BY_WORKERS, make_all_classes
from ecg_viewer.qt.research.plots_dialog import import_job
app = QtWidgets.QApplication([])
make_all_classes(USED_BY_WORKERS + USED_BY_PYQTGRAPH)
thread = threading.Thread(target=import_job, args=(None,))
thread.start()
while thread.is_alive():
    for module in (QtCore, QtGui, QtWidgets):
        for name in random.sample(dir(module), 12):
            getattr(module, name)
"""

LEFT = """
import importlib
from ecg_viewer.qt.binding import {name}, make_all_classes
def left():
    modules = [importlib.import_module("PySide6." + name) for name in {name}]
    return sum(member not in vars(module) for module in modules for member in dir(module))
before = left()
make_all_classes({name})
print(before, left())
"""


def run(program: str) -> str:
    command = [sys.executable, "-X", "faulthandler", "-c", program]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("name", ["USED_BY_WORKERS", "USED_BY_PYQTGRAPH"])
def test_nothing_is_left_to_be_made(name: str) -> None:
    before, after = map(int, run(LEFT.format(name=name)).split())
    assert before > 30, "the binding makes classes when they are asked for"
    assert after == 0


def test_pyqtgraph_is_imported_beside_the_window() -> None:
    for _ in range(3):
        run(RACE)

"""Threads may import parts of the science at the same time: the window measures, scores and compares on three of them."""

from __future__ import annotations

import subprocess
import sys

AT_ONCE = """
import importlib, sys, threading
sys.setswitchinterval(1e-4)
names = ["metrics.detection", "intervals.average", "intervals.detection", "preprocess", "phase_levels",
         "metrics.localization"]
import mmae_core, numpy
failures, start = [], threading.Barrier(len(names))
def load(name):
    try:
        start.wait()
        importlib.import_module("mmae_core." + name)
    except Exception as error:
        failures.append(f"{name}: {error!r}")
threads = [threading.Thread(target=load, args=(name,)) for name in names]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(*failures, sep="\\n")
"""


def test_parts_of_the_science_are_imported_on_many_threads_at_once() -> None:
    for _ in range(3):
        done = subprocess.run([sys.executable, "-c", AT_ONCE], capture_output=True, text=True, timeout=100, check=False)
        assert done.returncode == 0, done.stderr
        assert done.stdout.strip() == ""

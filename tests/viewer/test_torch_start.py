"""Torch's libraries are in memory before the import that would hold the interpreter's lock while it maps them."""

from __future__ import annotations

import gc
import subprocess
import sys

import pytest

from ecg_viewer.jobs.torch_start import without_garbage_collection

SCRIPT = """
import sys
from pathlib import Path
from ecg_viewer.jobs.torch_start import map_libraries, import_torch

def mapped(name):
    return name in Path("/proc/self/maps").read_text()

assert not mapped("libtorch_cpu")
map_libraries()
assert mapped("libtorch_cpu") and "torch" not in sys.modules
import_torch()
import torch
print(float(torch.ones(3).sum()))
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
def test_libraries_are_mapped_before_torch_is_imported_and_torch_works() -> None:
    run = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    assert run.stdout.strip() == "3.0"


def test_what_is_made_without_collection_is_searched_no_more_and_collection_goes_on() -> None:
    before = gc.get_freeze_count()
    with without_garbage_collection():
        assert not gc.isenabled()
        kept = [[number] for number in range(1000)]
    try:
        assert gc.isenabled()
        assert gc.get_freeze_count() >= before + len(kept)
    finally:
        gc.unfreeze()

"""How much memory a calibration takes, by the size of its cohort: a line of Markdown for each.

    python packaging/cohort_memory.py --data PTB-XL 2000 4000 20000

Sixty-four normals are scored with the bundled model; cohorts of any size are made of links to their part, so that no
disk is needed. Each is calibrated by a process of its own, which says the most memory that it held.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from mmae_core.cohort.worker import peak_memory_bytes
from mmae_core.datasets.ptbxl import load_index
from mmae_core.evaluation.chunk_plan import PART_RECORDS, ChunkPlan
from mmae_core.evaluation.cohort_scores import calibration_on, scored_normals
from mmae_core.evaluation.normal_parts import ScoredNormals
from mmae_core.model.device import use_one_thread
from mmae_core.scoring.assessor import Assessor
from mmae_core.scoring.calibration import usable_rows
from mmae_core.scoring.checkpoint import load_model

PLACE = "normals"


def main() -> None:
    """Measure the sizes asked for."""
    parser = argparse.ArgumentParser(description="How much memory a calibration takes, by the size of its cohort.")
    parser.add_argument("--data", type=Path, required=True, help="PTB-XL folder")
    parser.add_argument("--parts", type=Path, help=argparse.SUPPRESS)  # of the process that calibrates
    parser.add_argument("sizes", type=int, nargs="+", metavar="NORMALS", help=f"multiples of {PART_RECORDS} are made")
    options = parser.parse_args()
    use_one_thread()
    if options.parts is not None:
        _calibrate(options.parts, options.sizes[0])
        return
    print("| normals | before | at most | a normal | CPU |\n|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        normals = load_index(options.data).select(label="normal")[:PART_RECORDS]
        plan = ChunkPlan(folder=Path(folder))
        with scored_normals(Assessor(load_model(), "cpu"), [entry.path for entry in normals], plan=plan):
            pass  # the plan keeps the part
        for size in options.sizes:
            command = [sys.executable, __file__, "--data", str(options.data), "--parts", folder, str(size)]
            print(subprocess.run(command, check=True, capture_output=True, text=True).stdout, end="", flush=True)


def _calibrate(folder: Path, size: int) -> None:
    """Calibrate on as many normals as asked for, and print a row of the table."""
    model = load_model()
    with tempfile.TemporaryDirectory(dir=folder) as links:
        for ending in ("npy", "json"):
            for number in range(size // PART_RECORDS):
                os.link(folder / PLACE / f"part-00000.{ending}", Path(links) / f"{number:06d}.{ending}")
        before, started = peak_memory_bytes() or 0, time.process_time()
        found = ScoredNormals.of(sorted(Path(links).glob("*.npy")), sorted(Path(links).glob("*.json")))
        calibration = calibration_on(model, found, "made of links", usable_rows(found.records, found.leads))
        after = peak_memory_bytes() or 0
    print(f"| {calibration.n_records:,} | {before / 1e6:.0f} MB | {after / 1e6:.0f} MB | "
          f"{(after - before) / 1e3 / calibration.n_records:.1f} KB | {time.process_time() - started:.0f} s |")


if __name__ == "__main__":
    main()

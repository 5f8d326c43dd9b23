"""What reading one recording costs: `python -m mmae_core.evaluation.reader_cost FILE`, a process for each.

It imports little, so that what a format needs counts as its cost.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Any

from mmae_core.readers import read_record

MIDDLE_S = 10.0
"""Length of the stretch that is read in the middle."""


def reader_cost(path: Path) -> dict[str, Any]:
    """Seconds and MB for opening `path` and for reading 10 s in its middle, the import of the reader included.

    MB are how far the largest memory of this process lies above what it held before; None where the system does not
    tell.
    """
    before = _memory_mb("VmRSS")
    started, cpu_started = time.perf_counter(), time.process_time()
    record = read_record(path)
    opened, cpu_opened = time.perf_counter(), time.process_time()
    after_opening = _memory_mb("VmHWM")
    half = round(MIDDLE_S / 2 * record.sampling_rate_hz)
    middle = record.n_samples // 2
    record.read(middle - half, middle + half)
    read = time.perf_counter()
    after_reading = _memory_mb("VmHWM")
    return {
        "format": record.source.format, "file": path.name, "leads": len(record.lead_names),
        "rate_hz": record.sampling_rate_hz, "duration_s": round(record.duration_s, 3),
        "file_mb": round(sum(one.stat().st_size for one in record.source.paths) / 1e6, 2),
        "open_s": round(opened - started, 3), "open_cpu_s": round(cpu_opened - cpu_started, 3),
        "read_10_s_s": round(read - opened, 3),
        "open_more_mb": None if before is None or after_opening is None else round(after_opening - before, 1),
        "read_more_mb": None if before is None or after_reading is None else round(after_reading - before, 1),
    }


def _memory_mb(name: str) -> float | None:
    """A line of Linux's account of this process; None elsewhere."""
    try:
        lines = Path("/proc/self/status").read_text(encoding="ascii", errors="replace").splitlines()
    except OSError:
        return None
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith(f"{name}:")), None)


if __name__ == "__main__":
    sys.stdout.write(json.dumps(reader_cost(Path(sys.argv[1]))))

"""Seconds from the start of the viewer to its window and first heat: `start_times.py [--cold] [PROGRAM] [RECORD]`.

Starts the installed `ecg-viewer` several times and prints each start and the medians as JSON. With `--cold` (Linux, as
root) everything read from disk is forgotten before each start, as after the computer was switched on. Standard library
only, so that it measures a frozen program too.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

LIMIT_S = 300
FIGURES = ("window_visible_s", "heat_since_start_s", "processor_s")
CACHES = Path("/proc/sys/vm/drop_caches")


def measure(program: str, record: Path, home: Path, *, cold: bool) -> dict[str, Any]:
    """One start of the viewer. Raises SystemExit with what it printed if it did not end well."""
    if cold:
        os.sync()
        CACHES.write_text("3\n", encoding="ascii")
    environment = os.environ | {"HOME": str(home), "XDG_CONFIG_HOME": str(home), "XDG_DATA_HOME": str(home)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # a user's first start leaves the compiled modules to the second
    began = time.perf_counter()
    done = subprocess.run([program, "--benchmark", str(record), "--benchmark-start"], env=environment,
                          stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=LIMIT_S, check=False)
    if done.returncode:
        raise SystemExit(f"{program} ended with {done.returncode}:\n{done.stderr}")
    figures: dict[str, Any] = json.loads(done.stdout)
    return figures | {"whole_run_s": round(time.perf_counter() - began, 3)}


def main() -> int:
    """Print the figures; 0 when all starts went well."""
    root = Path(__file__).resolve().parents[1]
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("program", nargs="?", default=str(Path(sys.executable).with_name("ecg-viewer")))
    parser.add_argument("record", nargs="?", type=Path, default=root / "resources" / "demo" / "00170_hr")
    parser.add_argument("--starts", type=int, default=5, help="how often (default: 5)")
    parser.add_argument("--cold", action="store_true", help="forget what was read from disk before each start")
    options = parser.parse_args()
    if options.cold and not os.access(CACHES, os.W_OK):
        parser.error("--cold needs Linux and root")
    program = shutil.which(options.program)
    if program is None:
        parser.error(f"there is no program {options.program}")
    with tempfile.TemporaryDirectory(prefix="start-") as home:
        if not options.cold:
            measure(program, options.record, Path(home), cold=False)  # fills the caches; not counted
        starts = [measure(program, options.record, Path(home), cold=options.cold) for _ in range(options.starts)]
    medians = {name: statistics.median([start[name] for start in starts]) for name in FIGURES}
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else None
    print(json.dumps({"cold": options.cold, "load_at_the_end": load, "median": medians, "starts": starts}, indent=2))
    return 0


if __name__ == "__main__":
    sys.exit(main())

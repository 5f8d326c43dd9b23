"""What the ways to an earlier first heat give: `start_alternatives.py [RECORD] [--starts N]`.

Prints, as JSON, medians of several starts each:
- `imports_s`: importing a library alone, in a new process;
- `window_and_heat_s`: seconds from the start of the viewer to its window and to the first heat, with the model in a
  process of its own (as the program does it), with the model in the window's process, and as the program does it but
  with no compiled modules to read (as if Python could not write them). Every start has its own empty settings.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
IMPORTS = ("numpy", "PySide6.QtWidgets", "pyqtgraph", "scipy.signal", "torch", "onnxruntime")
"""A library that is not installed is left out."""
IMPORT = "import time; began = time.perf_counter(); import {name}; print(time.perf_counter() - began)"
VIEWER = "import sys; from ecg_viewer.start import main; sys.exit(main(sys.argv[1:]))"
INSIDE = """import sys
from ecg_viewer import app
from ecg_viewer.jobs.model_process import InThisProcess
app.scorer_of_the_window = lambda device, ahead: InThisProcess(device)
sys.exit(app.main(sys.argv[1:]))
"""


def run(code: str, *arguments: str, environment: dict[str, str] | None = None) -> str | None:
    """What a new Python prints; None if it fails."""
    variables = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    done = subprocess.run([sys.executable, "-c", code, *arguments], env=variables | (environment or {}),
                          stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    return done.stdout if done.returncode == 0 else None


def start(code: str, record: Path, *, compiled: bool) -> dict[str, Any]:
    """One start of the viewer. Raises SystemExit if it fails."""
    with tempfile.TemporaryDirectory(prefix="start-") as home:
        environment = {"HOME": home, "XDG_CONFIG_HOME": home, "XDG_DATA_HOME": home}
        if not compiled:
            environment |= {"PYTHONDONTWRITEBYTECODE": "1", "PYTHONPYCACHEPREFIX": str(Path(home, "none"))}
        printed = run(code, "--benchmark", str(record), "--benchmark-start", environment=environment)
    if printed is None:
        raise SystemExit("the viewer did not start; `ecg-viewer --benchmark` says why")
    figures: dict[str, Any] = json.loads(printed)
    return figures


def main() -> int:
    """Print the figures; 0 when all starts went well."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("record", nargs="?", type=Path, default=ROOT / "resources" / "demo" / "00170_hr")
    parser.add_argument("--starts", type=int, default=5)
    options = parser.parse_args()
    imports = {}
    for name in IMPORTS:
        if run(IMPORT.format(name=name)) is not None:  # this one fills the caches
            imports[name] = round(statistics.median(
                float(run(IMPORT.format(name=name)) or "nan") for _ in range(options.starts)), 3)
    variants = {"model in its own process": (VIEWER, True), "model in the window's process": (INSIDE, True),
                "no compiled modules": (VIEWER, False)}
    found = {}
    for words, (code, compiled) in variants.items():
        start(code, options.record, compiled=compiled)
        starts = [start(code, options.record, compiled=compiled) for _ in range(options.starts)]
        found[words] = {
            "window_s": statistics.median(one["window_visible_s"] for one in starts),
            "heat_s": statistics.median(one["heat_since_start_s"] for one in starts),
            "processor_s": statistics.median(one["processor_s"] for one in starts),
            "longest_stall_ms": statistics.median(one["longest_stall_while_model_starts_ms"] for one in starts),
        }
    print(json.dumps({"imports_s": imports, "window_and_heat_s": found}, indent=2))
    return 0


if __name__ == "__main__":
    sys.exit(main())

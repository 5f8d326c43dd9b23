"""What each reader costs: seconds and memory for a short recording and for a day of twelve leads."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from mmae_core.errors import EcgError
from mmae_core.evaluation.benchmark import Stage, silent
from mmae_core.evaluation.long_recordings import WRITERS, demo_recording, repeated
from mmae_core.resources import resource
from mmae_core.writers import suffix_of, write_recording

MAX_OPEN_S = 1.0
MAX_MORE_MB = 150.0
"""What a day of twelve leads may cost: until it is open, and 10 s in its middle included."""
SHORT_FORMATS = ("aecg", "csv")
"""Formats that are written and not made long."""
_TIMEOUT_S = 600
Cost = dict[str, Any]
"""As `reader_cost` returns it."""


def readers_benchmark(
    recordings: Sequence[Path], *, hours: float, rate_hz: float, stage: Stage = silent
) -> dict[str, Any]:
    """Costs of readers: of 10 s and `hours` of twelve leads in every format that can be written, and of `recordings`.

    Long recordings lie in a temporary folder while they are measured, one at a time. Of one of `recordings` that cannot
    be read the error is reported instead.
    """
    demo = demo_recording(resource("demo"))
    short: list[Cost] = []
    long: list[Cost] = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for written in SHORT_FORMATS:
            path = folder / f"short{suffix_of(written)}"
            write_recording(demo, path, written)
            short.append(cost_of(path))
        for format_name, write in WRITERS.items():
            for duration_s, costs in ((10.0, short), (3600 * hours, long)):
                with stage(f"{format_name}: {duration_s / 3600:.3g} hours at {rate_hz:g} Hz"):
                    path = write(repeated(demo, duration_s, rate_hz), folder)
                    costs.append(cost_of(path))
                for made in folder.glob("long*"):
                    made.unlink()
    named = [_cost_or_error(path) for path in recordings]
    return {
        "budget": {"open_s": MAX_OPEN_S, "more_mb": MAX_MORE_MB},
        "short": short, "long": [{**cost, "within_budget": is_within_budget(cost)} for cost in long], "named": named,
    }


def _cost_or_error(path: Path) -> Cost:
    try:
        return cost_of(path)
    except EcgError as error:
        return {"file": path.name, "error": str(error)}


def cost_of(path: Path) -> Cost:
    """`reader_cost` of a file, measured in a process of its own. Raises EcgError if it cannot be read."""
    command = [sys.executable, "-m", "mmae_core.evaluation.reader_cost", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=_TIMEOUT_S, check=False)
    if done.returncode:
        kind, _, sentence = (done.stderr.strip().splitlines() or ["no reason given"])[-1].partition(": ")
        raise EcgError(f"{path} could not be measured: {sentence or kind}")
    return dict(json.loads(done.stdout))


def is_within_budget(cost: Cost) -> bool:
    """Whether a long recording opens fast and takes little memory; what is not known counts as within."""
    return bool(cost["open_s"] <= MAX_OPEN_S and (cost["read_more_mb"] or 0.0) <= MAX_MORE_MB)

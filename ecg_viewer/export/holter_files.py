"""Writes what was found in a long recording: its episodes as a table, or everything as JSON."""

from __future__ import annotations

import json
from pathlib import Path

from mmae_core.clock import Clock
from mmae_core.files import replacing
from mmae_core.holter.report import episodes_csv, holter_json
from mmae_core.holter.results import Holter


def write_holter(found: Holter, clock: Clock | None, path: Path) -> None:
    """Write to a file whose ending, `.csv` or `.json`, says what. Raises OSError."""
    if path.suffix.lower() == ".csv":
        text = episodes_csv(found, clock)
    else:
        text = json.dumps(holter_json(found, clock), indent=2, allow_nan=False) + "\n"
    with replacing(path) as part:
        part.write_text(text, encoding="utf-8")

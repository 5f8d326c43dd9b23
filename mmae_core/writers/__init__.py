"""Writes recordings in other formats. `FORMATS` names the modules; each has `SUFFIX`, `write` and perhaps `BESIDE`,
the suffixes of the files that `write` puts beside its own.

    write(record: EcgRecord, path: Path, *, with_identity: bool = False) -> tuple[Message, ...]

writes one file, or a file and what belongs beside it, and returns what the format could not hold. Samples come back
within half a step. Name, number and dates of the person are left out unless asked for.
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Callable
from pathlib import Path
from typing import cast

from mmae_core.messages import Message
from mmae_core.record import EcgRecord

FORMATS = {
    "wfdb": "mmae_core.writers.wfdb_record_writer",
    "edf": "mmae_core.writers.edf_writer",
    "dicom": "mmae_core.writers.dicom_writer",
    "aecg": "mmae_core.writers.aecg_writer",
    "csv": "mmae_core.writers.csv_writer",
    "npz": "mmae_core.writers.npz_writer",
}
"""Module that writes each format; imported when it is first needed."""

Write = Callable[..., tuple[Message, ...]]


def suffix_of(name: str) -> str:
    """Suffix of the file that a format writes, such as `.edf`."""
    return cast(str, importlib.import_module(FORMATS[name]).SUFFIX)


def files_of(name: str, path: Path) -> tuple[Path, ...]:
    """Every file that a format writes for `path`, that one first."""
    beside = cast(tuple[str, ...], getattr(importlib.import_module(FORMATS[name]), "BESIDE", ()))
    return (path, *(path.with_suffix(suffix) for suffix in beside))


def plain_name(name: str) -> str:
    """A recording's name as a file name without suffix that every system and format takes."""
    plain = re.sub(r"[^A-Za-z0-9_-]+", "_", name).strip("_")
    return plain[:80] or "recording"


def write_recording(record: EcgRecord, path: Path, name: str, *, with_identity: bool = False) -> tuple[Message, ...]:
    """Write `record` to `path` in the format `name`; returns what the format could not hold.

    Raises UnsupportedRecord if the format cannot hold the recording, UnreadableRecord if it can no longer be read.
    """
    write = cast(Write, importlib.import_module(FORMATS[name]).write)
    return write(record, path, with_identity=with_identity)

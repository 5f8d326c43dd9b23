"""One kind of input that is damaged."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from mmae_core.errors import EcgError

TESTS = Path(__file__).parents[1]
RESOURCES = TESTS.parent / "resources"

Files = Mapping[str, bytes]
"""Names in a folder, and what the files hold. The first is the one that is damaged, most of the time."""


@dataclass(frozen=True)
class Target:
    """One kind of input."""

    name: str
    seeds: tuple[Files, ...]
    open: Callable[[Path, str], None]
    """Reads the files in a folder; the name is that of the first. Raises EcgError for what it refuses."""
    reads: tuple[str, ...] = ()
    """The modules whose reading of a file is tried; `tests/test_fuzz_targets.py` knows every one that there is."""
    refused: int = 0
    """How many of the whole files are refused, too: signals that are none, tables without their recordings."""


def written(name: str, write: Callable[[Path], object]) -> bytes:
    """What a file holds after `write` was given its path."""
    with tempfile.TemporaryDirectory() as folder:
        write(Path(folder) / name)
        return (Path(folder) / name).read_bytes()


def each(*readers: Callable[[], object]) -> None:
    """Read with every one of these, whatever the others refuse; raises the last refusal."""
    refused: EcgError | None = None
    for read in readers:
        try:
            read()
        except EcgError as error:
            refused = error
    if refused is not None:
        raise refused

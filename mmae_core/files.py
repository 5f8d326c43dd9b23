"""Files that are either whole or absent."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A temporary name beside `path`; what was written there takes `path`'s place when the block succeeds.

    On an error the temporary file is removed and `path` stays as it was. Raises OSError before the block begins if a
    file cannot take that name.
    """
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, "this is a folder, and a file is to be written", str(path))
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        temporary.touch()
        yield temporary
        with temporary.open("rb+") as stream:  # Windows flushes only what is open for writing
            os.fsync(stream.fileno())
        os.replace(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)

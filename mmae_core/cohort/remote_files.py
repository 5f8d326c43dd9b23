"""Files behind addresses (`s3://…`, `https://…`), through fsspec. No other module knows it, and it connects only to
addresses that the user named.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from mmae_core.cohort.archives import MOST_BYTES
from mmae_core.errors import DatasetError, UnreadableRecord


def is_address(place: str) -> bool:
    """`protocol://…`, and no member of an archive."""
    return "://" in place and "::" not in place


def files_at(address: str) -> list[str]:
    """The addresses of all files below one, sorted, or of the file itself; `*` stands for any name.

    Raises DatasetError if it cannot be reached.
    """
    system, path = _opened(address)
    try:
        if "*" in path:
            found = [name for name in system.glob(path) if system.isfile(name)]
        elif system.isdir(path):
            found = system.find(path)
        else:
            return [address]
        return [str(system.unstrip_protocol(name)) for name in sorted(map(str, found))]
    except Exception as error:  # each protocol raises its own
        raise DatasetError(f"{address} cannot be listed: {type(error).__name__}: {error}.") from error


def exists(address: str) -> bool:
    """Whether there is such a file. Raises UnreadableRecord if that cannot be asked."""
    try:
        system, path = _opened(address)
        return bool(system.isfile(path))
    except Exception as error:  # each protocol raises its own
        raise UnreadableRecord(f"{address} cannot be reached: {type(error).__name__}: {error}.") from error


def fetch(address: str, target: Path) -> None:
    """Copy a file here. Raises UnreadableRecord, OSError if the target cannot be written."""
    try:
        system, path = _opened(address)
        size = system.size(path)
        if size is not None and size > MOST_BYTES:
            raise UnreadableRecord(f"{address} has {size:,} bytes; recordings have at most {MOST_BYTES:,}.")
        system.get_file(path, str(target))
    except UnreadableRecord:
        raise
    except Exception as error:  # each protocol raises its own
        raise UnreadableRecord(f"{address} cannot be fetched: {type(error).__name__}: {error}.") from error


def _opened(address: str) -> tuple[Any, str]:
    try:
        from fsspec.core import url_to_fs

        found: tuple[Any, str] = url_to_fs(address)
    except ImportError as error:
        raise DatasetError(f"{address} needs a package that is not installed: {error}.") from error
    except ValueError as error:
        raise DatasetError(f"{address} is no address that can be read: {error}.") from error
    return found

"""Files behind addresses (`s3://…`, `https://…`), through fsspec. No other module knows it, and it connects only to
addresses that the user named.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from json import JSONDecodeError
from pathlib import Path
from typing import Any, TypeVar

from mmae_core.cohort.archives import MOST_BYTES
from mmae_core.errors import DatasetError, EcgError, UnreadableRecord
from mmae_core.files import NO_ROOM, naming

PAUSES_S = (1.0, 5.0)
"""After which a server that did not answer is asked again."""
_GONE = (404, 410)
"""What HTTP says of a file that is not there."""
_Answer = TypeVar("_Answer")


def is_address(place: str) -> bool:
    """`protocol://…`, and no member of an archive."""
    return "://" in place and "::" not in place


def require_protocols(addresses: Iterable[str]) -> None:
    """Raise DatasetError, connecting to nothing, if a package for some of many addresses is not installed."""
    for protocol, address in {address.partition("://")[0]: address for address in addresses}.items():
        try:
            from fsspec import get_filesystem_class

            get_filesystem_class(protocol)
        except (ImportError, ValueError) as error:
            raise _unusable(address, error) from error


def files_at(address: str) -> list[str]:
    """The addresses of all files below one, sorted, or of the file itself; `*` stands for any name.

    Raises DatasetError if it cannot be reached.
    """
    try:
        system, path = _opened(address)
        if "*" in path:
            found = [name for name in system.glob(path) if system.isfile(name)]
        elif system.isdir(path):
            found = system.find(path)
        else:
            return [address]
        return [str(system.unstrip_protocol(name)) for name in sorted(map(str, found))]
    except (ImportError, ValueError) as error:
        raise _unusable(address, error) from error
    except Exception as error:  # each protocol raises its own
        raise DatasetError(f"{address} cannot be listed: {type(error).__name__}: {error}.") from error


def exists(address: str) -> bool:
    """Whether there is such a file. Raises as `fetch` if that cannot be told."""

    def ask() -> bool:
        system, path = _opened(address)
        try:
            return bool(system.info(path)["type"] == "file")  # isfile says no to every fault
        except Exception as error:  # each protocol raises its own
            if _is_missing(error):
                return False
            raise

    return _asked(address, ask)


def fetch(address: str, target: Path) -> None:
    """Copy a file here.

    Raises UnreadableRecord if there is none, or none that could be a recording. What may be otherwise another time is
    an OSError: a full disk here, a server that does not answer or refuses; ImportError if a package is missing.
    """

    def copy() -> None:
        system, path = _opened(address)
        size = system.size(path)
        if size is not None and size > MOST_BYTES:
            raise UnreadableRecord(f"{address} has {size:,} bytes; recordings have at most {MOST_BYTES:,}.")
        system.get_file(path, str(target))

    with naming(target):
        _asked(address, copy)


def _asked(address: str, ask: Callable[[], _Answer]) -> _Answer:
    """The answer, with some patience: a fault of a server is none of the recording."""
    for pause_s in (*PAUSES_S, None):
        try:
            return ask()
        except (EcgError, ImportError):
            raise
        except Exception as error:  # each protocol raises its own
            if isinstance(error, OSError) and error.errno in NO_ROOM:
                raise
            if _is_missing(error):
                raise UnreadableRecord(f"There is no file {address}.", code="missing") from error
            words = f"{address} cannot be fetched: {type(error).__name__}: {error}"
            if isinstance(error, ValueError) and not isinstance(error, JSONDecodeError):  # of the address itself
                raise UnreadableRecord(f"{words}.") from error
            if pause_s is None:
                raise OSError(words) from error  # of a type that other processes know
        time.sleep(pause_s)
    raise AssertionError("the last try returns or raises")


def _is_missing(error: BaseException) -> bool:
    """Whether there is no such file; fsspec's HTTP says so of every fault, and the cause tells."""
    if not isinstance(error, FileNotFoundError | IsADirectoryError | NotADirectoryError):
        return getattr(error, "status", None) in _GONE
    cause = error.__cause__
    if cause is None or isinstance(cause, FileNotFoundError | ValueError):  # ValueError: no address
        return True
    if isinstance(cause, OSError | TimeoutError) or type(cause).__module__.partition(".")[0] == "aiohttp":
        return getattr(cause, "status", None) in _GONE
    return True


def _unusable(address: str, error: Exception) -> DatasetError:
    if isinstance(error, ImportError):
        return DatasetError(f"{address} needs a package that is not installed: {error}.")
    return DatasetError(f"{address} is no address that can be read: {error}.")


def _opened(address: str) -> tuple[Any, str]:
    from fsspec.core import url_to_fs

    found: tuple[Any, str] = url_to_fs(address)
    return found

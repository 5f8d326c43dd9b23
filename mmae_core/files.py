"""Writes files completely or not at all, locks them, and checks that places can be written."""

from __future__ import annotations

import contextlib
import errno
import os
import struct
import sys
import tempfile
import tokenize
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from mmae_core.errors import ConfigError

JSON_FAULTS = (OSError, ValueError, KeyError, TypeError, AttributeError, IndexError, OverflowError, RecursionError)
"""What reading a damaged or hostile JSON file, and taking its values out, may raise."""
NUMPY_FAULTS = (
    OSError, ValueError, KeyError, TypeError, EOFError, RuntimeError, OverflowError, MemoryError, SyntaxError,
    RecursionError, tokenize.TokenError, zipfile.BadZipFile, zlib.error, struct.error,
)
"""What NumPy may raise for a damaged or hostile array or archive."""


def require_writable(path: Path, option: str, *, is_folder: bool) -> None:
    """Raises ConfigError if a file, or a folder with files, cannot be created at a path; leaves nothing there.

    At most one missing parent folder is created: a longer missing path is probably a typing error. `option` is the
    option to name in the message.
    """
    try:
        if is_folder and path.exists() and not path.is_dir():
            raise ConfigError(f"{path} is a file; {option} names a folder.")
        if not is_folder and path.is_dir():
            raise ConfigError(f"{option} {path}: this is a folder, and a file is to be written.")
        place = path if is_folder else path.parent
        nearest = next(folder for folder in (place, *place.parents) if folder.exists())
        if not nearest.is_dir():
            raise ConfigError(f"{option} {path} cannot be written: {nearest} is a file, not a folder.")
        if nearest not in (path, path.parent, path.parent.parent):
            raise ConfigError(f"{option} {path} cannot be written: there is no folder {path.parent.parent}. Make it "
                              "first, if that is the place meant.")
        with tempfile.TemporaryFile(dir=nearest):
            pass
    except OSError as error:
        raise ConfigError(
            f"{option} {path} cannot be written: {error.strerror or error}. Name another place, or make room there."
        ) from error


def make_private_folder(folder: Path) -> None:
    """Make a folder that only its owner may enter; one that is there is closed to others. Raises OSError."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    _close_to_others(folder, 0o700)


def private_file(path: Path) -> None:
    """Make a file that only its owner may read; one that is there is closed to others. Raises OSError."""
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    _close_to_others(path, 0o600)


def _close_to_others(path: Path, mode: int) -> None:
    with contextlib.suppress(OSError):  # somebody else's, or a file system without owners
        if sys.platform != "win32" and path.stat().st_mode & 0o077:
            path.chmod(mode)


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A temporary name beside `path`; the file written there replaces `path` when the block succeeds.

    On an error the temporary file is removed and `path` stays as it was. Raises OSError before the block begins if a
    file cannot take that name; whatever cannot be written, the error names `path`.
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
    except OSError as error:
        if error.filename is None or error.errno is None or Path(error.filename) != temporary:
            raise
        raise OSError(error.errno, error.strerror, str(path)) from error
    finally:
        with contextlib.suppress(OSError):  # a name too long was never taken
            temporary.unlink(missing_ok=True)


def try_lock(path: Path) -> Callable[[], None] | None:
    """Lock a file, which is made if need be; the function returned frees it. None if somebody else holds it.

    The system frees the lock of a process that dies, however that happens. Where a file system knows no locks, nothing
    is locked. Raises OSError if the file cannot be made.
    """
    while True:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
        if not _lock(descriptor):
            os.close(descriptor)
            return None
        with contextlib.suppress(FileNotFoundError):
            if os.path.samestat(os.fstat(descriptor), path.stat()):
                return partial(_unlock, descriptor, path)
        os.close(descriptor)  # its holder removed it between these two lines


def _lock(descriptor: int) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        return error.errno not in {errno.EACCES, errno.EAGAIN}
    return True


def _unlock(descriptor: int, path: Path) -> None:
    with contextlib.suppress(OSError):  # Windows does not remove an open file
        path.unlink()
    os.close(descriptor)

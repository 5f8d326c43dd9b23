"""Writes files completely or not at all, locks them, and checks that places can be written."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import math
import os
import platform
import re
import struct
import sys
import tempfile
import tokenize
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import IO, TYPE_CHECKING, Any

from mmae_core.errors import ConfigError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import DTypeLike

JSON_FAULTS = (OSError, ValueError, KeyError, TypeError, AttributeError, IndexError, OverflowError, RecursionError)
"""What reading a damaged or hostile JSON file, and taking its values out, may raise."""
NUMPY_FAULTS = (
    OSError, ValueError, KeyError, TypeError, EOFError, RuntimeError, OverflowError, MemoryError, SyntaxError,
    RecursionError, tokenize.TokenError, zipfile.BadZipFile, zlib.error, struct.error,
)
"""What NumPy may raise for a damaged or hostile array or archive."""


NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
"""What the system says where there is no room for what is written; trying again does not help."""
MOST_NAME_BYTES = 100
"""Of a recording's name in a file's: with a prefix as long, an ending and a temporary name they stay below 255."""
_DEVICE = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?", re.IGNORECASE)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


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


def file_name(name: str, ending: str = "") -> str:
    """A name such as `00170_hr` with an ending such as `.npz`, as every file system takes it.

    Signs that mean something there become `_`; names of Windows' devices (`CON`) begin with `_`; a long name is cut and
    ends in a mark made of the whole, so that two long names stay two.
    """
    safe = re.sub(r'[<>:"/\\|?*\x00-\x1f\x7f]', "_", name).strip(" .") or "record"
    if _DEVICE.fullmatch(safe):
        safe = f"_{safe}"
    data = safe.encode("utf-8", "backslashreplace")
    if len(data) > MOST_NAME_BYTES:
        mark = hashlib.sha256(name.encode("utf-8", "backslashreplace")).hexdigest()[:8]
        safe = f"{data[: MOST_NAME_BYTES - 9].decode('utf-8', 'ignore')}~{mark}"
    return f"{safe}{ending}"


def inside(folder: Path, name: str) -> Path:
    """A file that a table in a folder names. Raises ValueError for a name that leads out of the folder."""
    parts = PureWindowsPath(name)  # understands "/", "\\" and drives
    if not parts.parts or "\0" in name or parts.anchor or PurePosixPath(name).is_absolute() or ".." in parts.parts:
        raise ValueError(f"{name[:80]!r} names no file in this folder")
    return folder / name


def formula_safe(value: str) -> str:
    """Text for a cell of a table, so that no spreadsheet takes it for a formula: `'` before its first sign."""
    if value[:1] not in _FORMULA:
        return value
    try:
        float(value)
    except ValueError:
        return f"'{value}"
    return value


def from_formula_safe(cell: str) -> str:
    """The text that `formula_safe` was given."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] and cell[1:2] in _FORMULA else cell


def make_private_folder(folder: Path) -> None:
    """Make a folder that only its owner may enter; one that is there is closed to others. Raises OSError."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    _close_to_others(folder, 0o700)


def make_own_folder(folder: Path) -> None:
    """As `make_private_folder`, in a place where everybody may write. Raises OSError if somebody else made it first."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if hasattr(os, "getuid") and {folder.lstat().st_uid, folder.stat().st_uid} != {os.getuid()}:  # or a link to it
        raise PermissionError(errno.EPERM, "somebody else made this folder", str(folder))
    make_private_folder(folder)


def private_file(path: Path) -> None:
    """Make a file that only its owner may read; one that is there is closed to others. Raises OSError."""
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    _close_to_others(path, 0o600)


def _close_to_others(path: Path, mode: int) -> None:
    with contextlib.suppress(OSError):  # somebody else's, or a file system without owners
        if sys.platform != "win32" and path.stat().st_mode & 0o077:
            path.chmod(mode)


@contextmanager
def naming(path: Path, temporary: Path | None = None) -> Iterator[None]:
    """Errors of writing `path`, of which the system names no file or only its temporary one, name it."""
    try:
        yield
    except OSError as error:
        unnamed = error.filename is None
        is_written = error.errno in {*NO_ROOM, errno.EIO} if unnamed else Path(error.filename) == temporary
        if error.errno is None or not is_written:
            raise
        raise OSError(error.errno, error.strerror, str(path)) from error


def os_words(error: OSError) -> str:
    """What the system says, with the file and without its number: `/a/b: No space left on device`."""
    reason = error.strerror or str(error) or type(error).__name__
    return f"{error.filename}: {reason}" if error.filename else reason


def append_lines(path: Path, lines: Iterable[str]) -> None:
    """Add lines to a file, all or none of them; they are on the disk when this returns. Raises OSError."""
    data = "".join(f"{line}\n" for line in lines).encode("utf-8")
    with naming(path), path.open("ab", buffering=0) as stream:
        end = stream.seek(0, os.SEEK_END)
        left = memoryview(data)
        try:
            while left:
                left = left[stream.write(left):]
            os.fsync(stream.fileno())
        except BaseException:
            stream.truncate(end)
            raise


def mapped_array(path: Path, dtype: DTypeLike, shape: tuple[int, ...]) -> np.memmap[Any, Any]:
    """A new .npy file of zeros, mapped to be written in place.

    Its room on the disk is taken first: writing to a map of a file for which there is none ends the process. Raises
    OSError, and leaves no file.
    """
    import numpy as np

    kind = np.dtype(dtype)
    header = {"descr": np.lib.format.dtype_to_descr(kind), "fortran_order": False, "shape": shape}
    try:
        with naming(path), path.open("wb") as stream:
            np.lib.format.write_array_header_1_0(stream, header)
            stream.flush()
            _take_room(stream, math.prod(shape) * kind.itemsize)
    except OSError:
        path.unlink(missing_ok=True)
        raise
    found: np.memmap[Any, Any] = np.load(path, mmap_mode="r+", allow_pickle=False)
    return found


def _take_room(stream: IO[bytes], size: int) -> None:
    """Append so many zeros."""
    if size and hasattr(os, "posix_fallocate"):
        try:
            os.posix_fallocate(stream.fileno(), stream.tell(), size)
            return
        except OSError as error:
            if error.errno not in (errno.EINVAL, errno.EOPNOTSUPP):  # a file system that cannot
                raise
    block = bytes(min(size, 1 << 20))
    for done in range(0, size, len(block) or 1):
        stream.write(block[: size - done])


def process_name() -> str:
    """For temporary names: of this process, among those of all computers that may share a folder.

    The computer's name is a checksum here: it may be long, and differ from others in any place.
    """
    return f"{zlib.crc32(platform.node().encode(errors='replace')):08x}-{os.getpid()}"


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A temporary name beside `path`; the file written there replaces `path` when the block succeeds.

    Processes, of one computer or of several, that write the same file do so under different names; the last one stays.

    On an error the temporary file is removed and `path` stays as it was. Raises OSError before the block begins if a
    file cannot take that name; whatever cannot be written, the error names `path`.
    """
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, "this is a folder, and a file is to be written", str(path))
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{process_name()}.part")
    try:
        with naming(path, temporary):
            temporary.touch()
            yield temporary
            with temporary.open("rb+") as stream:  # Windows flushes only what is open for writing
                os.fsync(stream.fileno())
            os.replace(temporary, path)
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

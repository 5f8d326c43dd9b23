"""Reading HDF5 files that may be hostile: nothing outside of the file, nothing larger than it may be.

HDF5 lets a file point to others, and h5py follows. Links to other files, storage in other files and virtual datasets
are refused, and sizes are checked before anything is read.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mmae_core.errors import UnreadableRecord, UnsupportedRecord
from mmae_core.readers.limits import MAX_CHANNELS, MAX_UNPACKED_BYTES
from mmae_core.readers.recording_file import RecordingFile

MAGIC = b"\x89HDF\r\n\x1a\n"
FAULTS = (OSError, ValueError, TypeError, KeyError, IndexError, OverflowError, RuntimeError, NotImplementedError,
          MemoryError, AttributeError, UnicodeDecodeError)
"""What h5py raises for damaged files."""


def is_hdf5(file: RecordingFile) -> bool:
    """Whether the signature is at the start, or after the block that MATLAB puts before it."""
    return file.head[:8] == MAGIC or file.head[512:520] == MAGIC


@contextmanager
def opened(file: RecordingFile) -> Iterator[Any]:
    """The open `h5py.File`; faults of the library become UnreadableRecord."""
    import h5py

    file.require_unchanged()
    try:
        source = io.BytesIO(file.read_all(MAX_UNPACKED_BYTES)) if file.path is None else file.path
        options = {} if file.path is None else {"locking": False}
        with h5py.File(source, "r", **options) as content:
            yield content
        file.require_unchanged()
    except FAULTS as error:
        words = str(error).splitlines()[0][:120] if str(error) else type(error).__name__
        raise UnreadableRecord(f"{file.name} is a damaged HDF5 file: {words}.") from error


def dataset(content: Any, key: str) -> Any | None:
    """The dataset `key` at the top level, or None if there is none.

    Raises UnsupportedRecord if it is a link to, or stored in, another file.
    """
    import h5py

    link = content.get(key, getlink=True)
    if link is None:
        return None
    if not isinstance(link, h5py.HardLink):
        raise UnsupportedRecord(f"`{key}` is a link to another place, which is not followed.")
    found = content[key]
    if not isinstance(found, h5py.Dataset):
        return None
    if found.external or found.is_virtual:
        raise UnsupportedRecord(f"`{key}` is stored in other files, which are not read.")
    if found.dtype.kind not in "iuf":
        return None
    return found


def require_size(found: Any, n_values: int) -> None:
    """Refuse to read `n_values` of a dataset, or a chunk of it, beyond the limit."""
    chunk = int(np.prod(found.chunks)) if found.chunks else 0
    if max(n_values, chunk) * found.dtype.itemsize > MAX_UNPACKED_BYTES:
        raise UnreadableRecord(f"`{found.name}` takes more than {MAX_UNPACKED_BYTES >> 20} MB at once.")


def small_arrays(file: RecordingFile) -> dict[str, NDArray[Any]]:
    """All numeric datasets of the top level, read whole."""
    arrays: dict[str, NDArray[Any]] = {}
    with opened(file) as content:
        keys = list(content)[:MAX_CHANNELS]
        for key in keys:
            found = dataset(content, key)
            if found is not None and found.size:
                require_size(found, int(found.size) + sum(array.size for array in arrays.values()))
                arrays[key] = found[()]
    return arrays

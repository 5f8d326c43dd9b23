"""Opens recordings of any supported format. A format is a module with `claims` and `read`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from mmae_core.errors import UnreadableRecord
from mmae_core.readers import array_rows, wfdb_reader
from mmae_core.readers.wfdb_header import reason
from mmae_core.record import EcgRecord

_READERS: tuple[tuple[Callable[[Path], bool], Callable[[Path], EcgRecord]], ...] = (
    (wfdb_reader.claims, wfdb_reader.read),
    (array_rows.claims, array_rows.read),
)


def read_record(path: str | Path) -> EcgRecord:
    """Open the recording at `path`: a file, a WFDB record's name with or without extension, or a folder with just one.

    Raises UnreadableRecord or UnsupportedRecord with a sentence on what was found and what to do.
    """
    path = Path(path)
    try:
        for claims, read in _READERS:
            if claims(path):
                return read(path)
        if path.is_dir():
            return wfdb_reader.read(path)
        exists = path.exists()
    except (OSError, ValueError) as error:
        raise UnreadableRecord(f"{path.name} cannot be opened: {reason(error)}.") from error
    if exists:
        raise UnreadableRecord(
            f"{path.name} is no recording this program reads. It reads WFDB records: a header (.hea) beside its signal "
            "files (.dat), and rows of the published benchmark's arrays (.npy).",
            code="foreign",
        )
    raise UnreadableRecord(
        f"There is no file or record {path.name} in the folder {path.absolute().parent.name}.", code="missing"
    )

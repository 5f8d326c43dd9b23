"""Opens recordings of any supported format; `registry` lists them."""

from __future__ import annotations

from pathlib import Path

from mmae_core.readers.described_folders import description_of
from mmae_core.readers.recording_file import RecordingFile
from mmae_core.readers.recording_paths import locate
from mmae_core.readers.registry import read_file
from mmae_core.readers.signal_description import SignalDescription
from mmae_core.record import EcgRecord


def read_record(
    source: str | Path | bytes, part: str = "", name: str = "", description: SignalDescription | None = None
) -> EcgRecord:
    """Open a recording: a file of any format, known by its content, or the bytes of one.

    A path may also be a WFDB record's name without extension, a folder with just one recording, or lead into a file of
    several (`exams.hdf5/1238362`); `part` names one of several too, by its name or its number from 0 on. `name` is what
    bytes are called. `description` says what the file may leave out (rate, unit, leads); without it, what was said of
    its folder. Raises UnreadableRecord or UnsupportedRecord with a sentence on what was found and what to do.
    """
    if isinstance(source, bytes):
        return read_file(RecordingFile.of(source, name), part, description)
    place = locate(Path(source))
    return read_file(RecordingFile.of(place.file), part or place.part, description or description_of(place.file))

"""The recording itself in another format, as `mmae_core convert` writes it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Literal, get_args

from ecg_viewer.export.export_files import CannotExport, Folder, move, writing_folder
from ecg_viewer.export.page_options import check, nothing_stops
from ecg_viewer.state.words.core_words import translated
from ecg_viewer.state.words.language import tr
from mmae_core.record import EcgRecord, FloatArray, ReadSamples
from mmae_core.writers import files_of, plain_name, suffix_of, write_recording

RecordingFormat = Literal[
    "recording-wfdb", "recording-edf", "recording-dicom", "recording-aecg", "recording-csv", "recording-npz"
]
RECORDING_FORMATS: tuple[RecordingFormat, ...] = get_args(RecordingFormat)


def recording_file_names(name: RecordingFormat, record_name: str, prefix: str = "") -> tuple[str, ...]:
    """Names of the files of a format; letters, digits, `-` and `_` only, as WFDB takes no others."""
    written = _writer(name)
    first = Path(f"{plain_name(prefix + record_name)}{suffix_of(written)}")
    return tuple(path.name for path in files_of(written, first))


def write_record(
    name: RecordingFormat, record: EcgRecord, folder: Folder, *, with_identity: bool = False,
    should_stop: Callable[[], bool] = nothing_stops,
) -> tuple[tuple[Path, ...], tuple[str, ...]]:
    """Write the files of one format; returns them and a sentence for all that the format could not hold.

    Raises AlreadyThere, CannotExport, UnsupportedRecord, UnreadableRecord, Cancelled; no file is left then.
    """
    place = replace(folder, prefix="")
    targets = place.targets(recording_file_names(name, record.name, folder.prefix), number_as="_{number}")
    for target in targets:
        if target.exists() and any(path.exists() and path.samefile(target) for path in record.source.paths):
            text = tr("{name} is the recording itself and is never replaced. Choose another folder.")
            raise CannotExport(text.format(name=target.name))
    with writing_folder(folder.path) as temporary:
        notes = write_recording(
            _stoppable(record, should_stop), temporary / targets[0].name, _writer(name), with_identity=with_identity)
        for target in reversed(targets):  # a header last: what it names is there by then
            move(temporary / target.name, target)
    return targets, tuple(f"{targets[0].name}: {translated(note)}" for note in notes)


def _writer(name: RecordingFormat) -> str:
    return name.removeprefix("recording-")


def _stoppable(record: EcgRecord, should_stop: Callable[[], bool]) -> EcgRecord:
    """The record, whose samples can be read until `should_stop()` is true; then reading raises Cancelled."""
    def checked(read: ReadSamples) -> ReadSamples:
        def read_unless_stopped(start: int, end: int) -> FloatArray:
            check(should_stop)
            return read(start, end)
        return read_unless_stopped

    extra = record.read_extra_channels
    return replace(record, read_leads=checked(record.read_leads),
                   read_extra_channels=None if extra is None else checked(extra))

"""All formats that can be read: which module reads each, by content and not by a file's name.

A format is a module `mmae_core/readers/<format>_reader.py`, or any module that another package names in the entry-point
group `mmae_core.readers`, with:

    FORMAT: str                                       shown to people
    SUFFIXES: tuple[str, ...]                         for file dialogs and folders
    claims(file: RecordingFile) -> bool               by content, cheap, never raises
    read(file: RecordingFile, part: str = "") -> EcgRecord
    recordings(file: RecordingFile) -> tuple[str, ...]        only if a file may hold several: their names
    ASKS = True       only if files may leave out rate, unit or leads: `read` then takes a SignalDescription or None too

`read` raises UnreadableRecord or UnsupportedRecord and nothing else. Modules are imported when they are first needed.
"""

from __future__ import annotations

import importlib
import logging
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Protocol, cast

from mmae_core.errors import EcgError, UnreadableRecord
from mmae_core.plug_ins import FAULTS, READERS, PlugInFailed, plug_ins, shadows
from mmae_core.readers import wfdb_files
from mmae_core.readers.limits import MAX_RECORDINGS
from mmae_core.readers.make_record import FileSource
from mmae_core.readers.recording_file import RecordingFile
from mmae_core.readers.signal_description import SignalDescription
from mmae_core.record import EcgRecord

_log = logging.getLogger(__name__)


class Reader(Protocol):
    """A module that reads one format."""

    FORMAT: str
    SUFFIXES: tuple[str, ...]

    def claims(self, file: RecordingFile) -> bool:
        """Whether the content is of this format."""
        ...

    def read(self, file: RecordingFile, part: str = "") -> EcgRecord:
        """The recording, or one of several."""
        ...


class ReaderThatAsks(Protocol):
    """A module whose files may leave out rate, unit or leads."""

    def read(self, file: RecordingFile, part: str = "", description: SignalDescription | None = None) -> EcgRecord:
        """The recording, as far as the file does not say with what `description` says."""
        ...


class ReaderOfSeveral(Reader, Protocol):
    """A module that reads files of several recordings."""

    def recordings(self, file: RecordingFile) -> tuple[str, ...]:
        """Their names; of a file with one recording, that one's name or nothing."""
        ...


@dataclass(frozen=True)
class Format:
    """One format, before its module is imported."""

    name: str
    module: str
    suffixes: tuple[str, ...]
    """Lower case. Files in folders are looked at if they have one of these."""
    is_general: bool = False
    """Whether it also fits files that are no recordings, so that all others are asked first."""
    holds_several: bool = False
    """Whether a file may hold several recordings: the module has `recordings`."""
    of_several_files: bool = False
    """Whether a recording may be made of several files: the module has `main_file`, `recordings_among`, `files_of`."""
    asks: bool = False
    """Whether a file may leave out rate, unit or leads, so that `read` takes a description of them."""
    is_listed: bool = True
    """Whether folders are searched for it; otherwise such files are opened only when they are named."""

    @property
    def reader(self) -> Reader:
        """The module, or what it names behind a colon, imported on first use."""
        module, _, name = self.module.partition(":")
        found = importlib.import_module(module)
        return cast(Reader, getattr(found, name) if name else found)


FORMATS = (
    Format("WFDB", "mmae_core.readers.wfdb_reader", wfdb_files.SUFFIXES, of_several_files=True),
    Format("DICOM", "mmae_core.readers.dicom_reader", (".dcm",)),
    Format("SCP-ECG", "mmae_core.readers.scp_reader", (".scp",)),
    Format("NumPy array", "mmae_core.readers.array_rows", (".npy",), holds_several=True, is_listed=False),
    Format("EDF", "mmae_core.readers.edf_reader", (".edf", ".bdf", ".rec")),
    Format("ISHNE", "mmae_core.readers.ishne_reader", (".ecg", ".ish")),
    Format("MFER", "mmae_core.readers.mfer_reader", (".mwf", ".mfr")),
    Format("MATLAB", "mmae_core.readers.matlab_reader", (".mat",), asks=True),
    Format("HDF5", "mmae_core.readers.hdf5_reader", (".h5", ".hdf5"), holds_several=True, asks=True),
    Format("HL7 aECG", "mmae_core.readers.aecg_reader", (".xml",), holds_several=True),
    Format("GE MUSE", "mmae_core.readers.muse_reader", (".xml",)),
    Format("Philips Sierra", "mmae_core.readers.sierra_reader", (".xml",)),
    Format("Mortara", "mmae_core.readers.mortara_reader", (".xml",)),
    Format("Schiller", "mmae_core.readers.schiller_reader", (".xml",)),
    Format("CSV", "mmae_core.readers.csv_reader", (".csv", ".txt", ".tsv"), is_general=True, asks=True),
)
"""The formats of this program; those of other packages are asked after them, before the general ones."""


@cache
def formats_of_others() -> tuple[Format, ...]:
    """Formats that other installed packages add. One that cannot be used, or takes the name of a format of this
    program, is left out; `mmae_core info` says why."""
    found = []
    for one in plug_ins(READERS):
        try:
            reader = cast(Reader, one.checked())
        except PlugInFailed:
            continue
        try:
            suffixes = tuple(suffix.lower() for suffix in reader.SUFFIXES)
            name = str(reader.FORMAT)
        except FAULTS as error:
            one.failed(error)
            continue
        if name.casefold() in {known.name.casefold() for known in FORMATS}:
            one.refused(shadows(one, name))
            continue
        found.append(Format(name, one.target, suffixes, holds_several=hasattr(reader, "recordings"),
                            asks=getattr(reader, "ASKS", False)))
    return tuple(found)


def all_formats() -> tuple[Format, ...]:
    """Every format, in the order in which they are asked."""
    general = tuple(one for one in FORMATS if one.is_general)
    return (*(one for one in FORMATS if not one.is_general), *formats_of_others(), *general)


def format_of(file: RecordingFile) -> Format | None:
    """The format whose reader knows the file's content; None if none does.

    Formats whose suffix fits are asked first, since that is nearly always right and saves importing the others.
    """
    suffix = Path(file.name).suffix.lower()
    return next((one for one in _in_order(suffix) if claims(one, file)), None)


def owner_of(suffix: str) -> Format | None:
    """The only format with a suffix (`.dcm`): it can say what is wrong with a file it does not know by its content."""
    owners = [one for one in all_formats() if suffix.lower() in one.suffixes and not one.is_general]
    return owners[0] if len(owners) == 1 else None


def known_suffixes() -> tuple[str, ...]:
    """Suffixes of all formats, sorted."""
    return tuple(sorted({suffix for one in all_formats() for suffix in one.suffixes}))


def claims(one: Format, file: RecordingFile) -> bool:
    """Whether a format's reader knows the content. What goes wrong in it means no, and is logged."""
    try:
        return one.reader.claims(file)
    except EcgError:
        return False
    except FAULTS as error:  # one reader's fault must not keep other files closed
        _log.warning("The reader %s failed to look at a file: %s", one.module, type(error).__name__)
        return False


def recordings_in(one: Format, file: RecordingFile) -> tuple[str, ...]:
    """Names of the recordings of a file that may hold several; empty for a format with one a file."""
    if not one.holds_several:
        return ()
    names = tuple(map(str, cast(ReaderOfSeveral, one.reader).recordings(file)))
    if len(names) > MAX_RECORDINGS:
        raise UnreadableRecord(f"{file.name} holds {len(names):,} recordings; {MAX_RECORDINGS:,} can be listed.")
    return names


def read_file(file: RecordingFile, part: str = "", description: SignalDescription | None = None) -> EcgRecord:
    """Read a recording with the reader that knows its content.

    `description` says what the file may leave out. Raises UnreadableRecord or UnsupportedRecord; DescriptionNeeded if
    rate, unit or leads are not known.
    """
    one = format_of(file) or owner_of(Path(file.name).suffix)
    if one is None:
        known = ", ".join(one.name for one in all_formats())
        raise UnreadableRecord(f"{file.name} is no recording this program reads. It reads {known}.", code="foreign")
    names = recordings_in(one, file)
    chosen = chosen_part(file.name, names, part)
    try:
        if one.asks:
            record = cast(ReaderThatAsks, one.reader).read(file, chosen, description)
        else:
            record = one.reader.read(file, chosen)
        return _as_part(record, chosen) if len(names) > 1 else record
    except EcgError:
        raise
    except (MemoryError, RecursionError) as error:
        raise UnreadableRecord(f"{file.name} asks for more memory than any recording needs. It is damaged.") from error
    except FAULTS as error:
        # One file must not end a run over thousands. The log has no message, which may hold what the file says.
        _log.warning("The reader %s failed on a file: %s", one.module, type(error).__name__)
        raise UnreadableRecord(
            f"{file.name} cannot be read as {one.name} ({type(error).__name__}): it is damaged, or of a kind that was "
            "never seen. Other programs may open it; please report it."
        ) from error


def _as_part(record: EcgRecord, part: str) -> EcgRecord:
    """One recording among several, which has a checksum and a place of its own even if its reader forgot to say so."""
    source = record.source
    if not isinstance(source, FileSource) or source.part:
        return record
    return replace(record, source=replace(source, part=part))


def chosen_part(file_name: str, names: tuple[str, ...], part: str) -> str:
    """The recording meant among those of a file: by name, else by its number from 0 on; empty if there is but one file.

    Raises UnreadableRecord if it is not there, or is not named although there are several.
    """
    if part and not names:
        raise UnreadableRecord(f"{file_name} holds one recording; there is no {part} in it.", code="missing")
    if not part:
        if len(names) > 1:
            raise UnreadableRecord(
                f"{file_name} holds {len(names):,} recordings; name one of them, as in {file_name}/{names[0]}.",
                code="ambiguous",
            )
        return names[0] if names else ""
    if part in names:
        return part
    if part.isdecimal() and int(part) < len(names):
        return names[int(part)]
    few = ", ".join(names[:3]) + (", ..." if len(names) > 3 else "")
    raise UnreadableRecord(f"{file_name} holds {len(names):,} recordings ({few}); there is no {part}.", code="missing")


def _in_order(suffix: str) -> Iterator[Format]:
    fitting = [one for one in FORMATS if suffix in one.suffixes and not one.is_general]
    yield from fitting
    yield from (one for one in all_formats() if one not in fitting)

"""All chosen formats of one recording. One that cannot be written does not stop the others."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Literal, get_args

from ecg_viewer.export.annotations import ANNOTATOR, write_annotations
from ecg_viewer.export.content import RecordContent
from ecg_viewer.export.exchange import fhir_writer, sr_writer
from ecg_viewer.export.export_files import AlreadyThere, Existing, Folder, NothingToExport, already_there, file_name
from ecg_viewer.export.findings_csv import write_csv
from ecg_viewer.export.findings_json import write_json
from ecg_viewer.export.maps_npz import write_npz
from ecg_viewer.export.measurements_csv import write_measurements
from ecg_viewer.export.other_formats import OtherFormat, other_export, other_formats
from ecg_viewer.export.page_options import PageOptions, nothing_stops, require_filters
from ecg_viewer.export.write_recording import (
    RECORDING_FORMATS,
    RecordingFormat,
    recording_file_names,
    write_record,
)
from mmae_core.errors import Cancelled, EcgError
from mmae_core.plug_ins import PlugInFailed
from mmae_core.record import EcgRecord

ResultFormat = Literal["pdf", "html", "png", "svg", "csv", "measurements", "json", "fhir", "dicom-sr", "wfdb", "npz"]
"""What is known of a recording: pages, tables, annotations, maps."""
Format = ResultFormat | RecordingFormat | OtherFormat
RESULT_FORMATS: tuple[ResultFormat, ...] = get_args(ResultFormat)
FORMATS: tuple[ResultFormat | RecordingFormat, ...] = (*RESULT_FORMATS, *RECORDING_FORMATS)
"""Those of this program; `all_formats` has those of other packages too."""
PAGES: frozenset[Format] = frozenset({"pdf", "html", "png", "svg"})


@dataclass(frozen=True)
class Request:
    """What to write for each recording, and where."""

    formats: tuple[Format, ...]
    folder: Folder
    pages: PageOptions = field(default_factory=PageOptions)
    dpi: float = 300.0
    """Of PNG and SVG."""
    expected: bool = False
    """The expected trace in NPZ, beside the percentiles."""


@dataclass(frozen=True)
class Written:
    """The result of a recording's export."""

    paths: tuple[Path, ...] = ()
    notes: tuple[str, ...] = ()
    """Sentences on what a written file lacks."""
    problems: tuple[str, ...] = ()
    """A sentence for each format that was not written."""
    existing: tuple[Format, ...] = ()
    """Formats not written because the file already exists."""
    empty: tuple[str, ...] = ()
    """A sentence for each format that there is nothing to write in."""

    def joined(self, other: Written) -> Written:
        """This and another result of the same recording."""
        return Written(self.paths + other.paths, self.notes + other.notes,
                       tuple(dict.fromkeys(self.problems + other.problems)), self.existing + other.existing,
                       self.empty + other.empty)


def recordings_of(formats: Sequence[Format]) -> tuple[RecordingFormat, ...]:
    """Those of `formats` that hold the recording itself, for which nothing has to be assessed."""
    return tuple(name for name in RECORDING_FORMATS if name in formats)


def results_of(formats: Sequence[Format]) -> tuple[ResultFormat | OtherFormat, ...]:
    """Those of `formats` that hold what is known of the recording."""
    return (*(name for name in RESULT_FORMATS if name in formats), *_others_of(formats))


def all_formats() -> tuple[Format, ...]:
    """Every format; of those of other packages the names, without importing them."""
    return (*FORMATS, *other_formats(FORMATS))


def _others_of(formats: Sequence[Format]) -> tuple[OtherFormat, ...]:
    return tuple(OtherFormat(name) for name in formats if name not in FORMATS)


ENDINGS: dict[ResultFormat, tuple[str, ...]] = {
    "csv": ("_findings.csv", "_leads.csv"), "json": ("_findings.json",),
    "fhir": (fhir_writer.ENDING,), "dicom-sr": (sr_writer.ENDING,),
    "measurements": ("_measurements.csv",), "npz": ("_maps.npz",),
    "wfdb": (f".{ANNOTATOR}",), "pdf": (".pdf",), "html": (".html",),
    "png": (".png", "_p*.png"), "svg": (".svg", "_p*.svg"),
}
"""Of the files of a format; `*` is a page's number."""


def already_written(record_name: str, request: Request) -> Written:
    """Formats that would be refused because a file exists; nothing is read or assessed."""
    if request.folder.existing is not Existing.REFUSE:
        return Written()
    problems: list[str] = []
    existing: list[Format] = []
    for name in request.formats:
        try:
            patterns = _patterns(name, record_name, request.folder)
        except PlugInFailed:  # said when it is to be written
            continue
        found = [path for folder, pattern in patterns for path in folder.matching(pattern)]
        if found:
            existing.append(name)
            problems.append(str(already_there(found[0])))
    return Written((), (), tuple(dict.fromkeys(problems)), tuple(existing))


def write_export(
    content: RecordContent, request: Request, *, progress: Callable[[int, int], None] = lambda done, total: None,
    should_stop: Callable[[], bool] = nothing_stops,
) -> Written:
    """Write every result that was asked for. Raises Cancelled; other errors become `problems`."""
    return _write_all({
        name: partial(_write, name, content, request, should_stop) for name in results_of(request.formats)}, progress)


def write_records(
    record: EcgRecord, request: Request, *, with_identity: bool = False,
    progress: Callable[[int, int], None] = lambda done, total: None, should_stop: Callable[[], bool] = nothing_stops,
) -> Written:
    """Write the recording itself in every format that was asked for. Raises Cancelled; other errors become `problems`.
    """
    return _write_all({
        name: partial(write_record, name, record, request.folder, with_identity=with_identity, should_stop=should_stop)
        for name in recordings_of(request.formats)}, progress)


def _write_all(
    writers: Mapping[Format, Callable[[], tuple[tuple[Path, ...], tuple[str, ...]]]],
    progress: Callable[[int, int], None],
) -> Written:
    paths: list[Path] = []
    notes: list[str] = []
    problems: list[str] = []
    existing: list[Format] = []
    empty: list[str] = []
    for done, (name, write) in enumerate(writers.items()):
        progress(done, len(writers))
        try:
            written, lacks = write()
        except Cancelled:
            raise
        except NothingToExport as error:
            empty.append(str(error))
        except EcgError as error:
            if isinstance(error, AlreadyThere):
                existing.append(name)
            problems.append(str(error))
        else:
            paths += written
            notes += lacks
    progress(len(writers), len(writers))
    return Written(tuple(paths), tuple(dict.fromkeys(notes)), tuple(dict.fromkeys(problems)), tuple(existing),
                   tuple(dict.fromkeys(empty)))


def _patterns(name: Format, record_name: str, folder: Folder) -> list[tuple[Folder, str]]:
    """Names of a format's files in a folder."""
    for recording in recordings_of((name,)):
        names = recording_file_names(recording, record_name, folder.prefix)
        return [(replace(folder, prefix=""), file) for file in names]
    return [(folder, file_name(record_name, ending)) for ending in _endings(name)]


def _endings(name: Format) -> tuple[str, ...]:
    """Of a result's files."""
    for result in RESULT_FORMATS:
        if result == name:
            return ENDINGS[result]
    return (other_export(OtherFormat(name)).ending,)


def _write(
    name: ResultFormat | OtherFormat, content: RecordContent, request: Request, should_stop: Callable[[], bool]
) -> tuple[tuple[Path, ...], tuple[str, ...]]:
    folder = request.folder
    for other in _others_of((name,)):
        return other_export(other).write(content, folder), ()
    if name == "csv":
        return write_csv(content, folder), ()
    if name == "measurements":
        return write_measurements(content, folder), ()
    if name == "json":
        return write_json(content, folder), ()
    if name == "fhir":
        return fhir_writer.write_fhir(content, folder)
    if name == "dicom-sr":
        return sr_writer.write_dicom_sr(content, folder)
    if name == "npz":
        return write_npz(content, folder), ()
    if name == "wfdb":
        annotated = write_annotations(content, folder)
        return annotated.paths, annotated.notes
    from ecg_viewer.export.pages.html import write_html
    from ecg_viewer.export.pages.outputs import write_pdf, write_png, write_svg

    require_filters(content.record, request.pages.filters)
    if name == "html":
        return write_html(content, request.pages, folder, should_stop=should_stop), ()
    if name == "pdf":
        return write_pdf(content, request.pages, folder, should_stop=should_stop), ()
    write = write_png if name == "png" else write_svg
    return write(content, request.pages, folder, request.dpi, should_stop=should_stop), ()

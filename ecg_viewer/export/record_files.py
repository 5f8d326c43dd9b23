"""All chosen formats of one recording. One that cannot be written does not stop the others."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, get_args

from ecg_viewer.export.annotations import ANNOTATOR, write_annotations
from ecg_viewer.export.content import RecordContent
from ecg_viewer.export.export_files import AlreadyThere, Existing, Folder, NothingToExport, already_there, file_name
from ecg_viewer.export.findings_csv import write_csv
from ecg_viewer.export.findings_json import write_json
from ecg_viewer.export.maps_npz import write_npz
from ecg_viewer.export.measurements_csv import write_measurements
from ecg_viewer.export.page_options import PageOptions, nothing_stops, require_filters
from mmae_core.errors import Cancelled, EcgError

Format = Literal["pdf", "png", "svg", "csv", "measurements", "json", "wfdb", "npz"]
FORMATS: tuple[Format, ...] = get_args(Format)
PAGES: frozenset[Format] = frozenset({"pdf", "png", "svg"})


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


ENDINGS: dict[Format, tuple[str, ...]] = {
    "csv": ("_findings.csv", "_leads.csv"), "json": ("_findings.json",),
    "measurements": ("_measurements.csv",), "npz": ("_maps.npz",),
    "wfdb": (f".{ANNOTATOR}",), "pdf": (".pdf",), "png": (".png", "_p*.png"), "svg": (".svg", "_p*.svg"),
}
"""Of the files of a format; `*` is a page's number."""


def already_written(record_name: str, request: Request) -> Written:
    """Formats that would be refused because a file exists; nothing is read or assessed."""
    if request.folder.existing is not Existing.REFUSE:
        return Written()
    problems: list[str] = []
    existing: list[Format] = []
    for name in request.formats:
        patterns = (file_name(record_name, ending) for ending in ENDINGS[name])
        found = [path for pattern in patterns for path in request.folder.matching(pattern)]
        if found:
            existing.append(name)
            problems.append(str(already_there(found[0])))
    return Written((), (), tuple(dict.fromkeys(problems)), tuple(existing))


def write_export(
    content: RecordContent, request: Request, *, progress: Callable[[int, int], None] = lambda done, total: None,
    should_stop: Callable[[], bool] = nothing_stops,
) -> Written:
    """Write every format that was asked for. Raises Cancelled; other errors become `problems`."""
    paths: list[Path] = []
    notes: list[str] = []
    problems: list[str] = []
    existing: list[Format] = []
    for done, name in enumerate(request.formats):
        progress(done, len(request.formats))
        try:
            written, said = _write(name, content, request, should_stop)
        except Cancelled:
            raise
        except NothingToExport as error:
            notes.append(str(error))
        except EcgError as error:
            if isinstance(error, AlreadyThere):
                existing.append(name)
            problems.append(str(error))
        else:
            paths += written
            notes += said
    progress(len(request.formats), len(request.formats))
    return Written(tuple(paths), tuple(notes), tuple(dict.fromkeys(problems)), tuple(existing))


def _write(
    name: Format, content: RecordContent, request: Request, should_stop: Callable[[], bool]
) -> tuple[tuple[Path, ...], tuple[str, ...]]:
    folder = request.folder
    if name == "csv":
        return write_csv(content, folder), ()
    if name == "measurements":
        return write_measurements(content, folder), ()
    if name == "json":
        return write_json(content, folder), ()
    if name == "npz":
        return write_npz(content, folder), ()
    if name == "wfdb":
        annotated = write_annotations(content, folder)
        return annotated.paths, annotated.notes
    from ecg_viewer.export.pages.outputs import write_pdf, write_png, write_svg

    require_filters(content.record, request.pages.filters)
    if name == "pdf":
        return write_pdf(content, request.pages, folder, should_stop=should_stop), ()
    write = write_png if name == "png" else write_svg
    return write(content, request.pages, folder, request.dpi, should_stop=should_stop), ()

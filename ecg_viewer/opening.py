"""From paths to recordings: one way for the command line, dialogs, drag and drop, and recent files."""

from __future__ import annotations

import ast
import csv
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ecg_viewer.state.jobs import Job, Report
from ecg_viewer.state.opened import Hashed, Opened
from ecg_viewer.state.records import Origin, RecordItem
from mmae_core.errors import Cancelled, EcgError, MissingResource, UnreadableRecord
from mmae_core.record import EcgRecord

if TYPE_CHECKING:
    from mmae_core.datasets.ptbxl import PtbxlEntry

DEMO_TABLE = "demo.csv"
"""Names, order and statements of the bundled recordings."""
OLDEST_STATED_AGE = 89
"""PTB-XL hides the age of everyone older, to protect them, and writes 300."""


def opening_job(paths: Sequence[Path], origin: Origin = "file") -> Job:
    """A job that lists what `paths` stand for and reads the first recording among it that can be read.

    Sends `Opened`. Raises UnreadableRecord, UnsupportedRecord or DatasetError if none can be read.
    """

    def run(report: Report) -> None:
        items, errors = _list_all(paths, origin, report)
        for item in items:
            if report.stopped():
                raise Cancelled("Opening was stopped.")
            try:
                record = _read(item)
            except EcgError as error:
                errors.append(error)
                continue
            report.send(Opened(tuple(items), item, record, tuple(str(error) for error in errors)))
            return
        if len(errors) == 1:
            raise errors[0]
        first = errors[0]
        raise UnreadableRecord(f"None of {len(errors)} recordings could be opened. The first: {first}") from first

    return run


def reading_job(item: RecordItem) -> Job:
    """A job that reads a recording of the list. Sends `Opened`."""

    def run(report: Report) -> None:
        report.send(Opened((item,), item, _read(item)))

    return run


def hashing_job(record: EcgRecord) -> Job:
    """A job that sends `Hashed`. Raises UnreadableRecord if a file has vanished."""

    def run(report: Report) -> None:
        report.send(Hashed(record.source.sha256))

    return run


def demo_folder() -> Path | None:
    """The bundled demo recordings, None if this installation has none."""
    from mmae_core.resources import resource

    try:
        return resource("demo")
    except MissingResource:
        return None


def _list_all(
    paths: Sequence[Path], origin: Origin, report: Report
) -> tuple[list[RecordItem], list[EcgError]]:
    items: dict[Path, RecordItem] = {}
    errors: list[EcgError] = []
    for path in paths:
        if report.stopped():
            raise Cancelled("Opening was stopped.")
        try:
            found = _list_folder(path, origin) if path.is_dir() else [RecordItem(path, _file_name(path), origin)]
        except EcgError as error:
            errors.append(error)
        else:
            items.update((item.path, item) for item in found)
    if not items and not errors:
        raise UnreadableRecord("There is nothing to open: no file or folder was named.")
    return list(items.values()), errors


def _list_folder(folder: Path, origin: Origin) -> list[RecordItem]:
    from mmae_core.datasets import ptbxl
    from mmae_core.datasets.folder import find_records

    if (folder / DEMO_TABLE).is_file():
        return _list_demo(folder)
    if ptbxl.is_ptbxl(folder):
        return [_dataset_item(entry, origin) for entry in ptbxl.load_index(folder).entries]
    headers = find_records([folder])
    if not headers:
        raise UnreadableRecord(
            f"The folder {folder.name} holds no recordings: neither WFDB headers (.hea) nor ptbxl_database.csv. "
            "Choose a folder that contains them."
        )
    return [RecordItem(path, path.stem, origin) for path in headers]


def _dataset_item(entry: PtbxlEntry, origin: Origin) -> RecordItem:
    age = "" if entry.age is None else "over 89" if entry.age > OLDEST_STATED_AGE else f"{entry.age:g}"
    return RecordItem(
        entry.path,
        f"{entry.ecg_id:05d}",
        "demo" if origin == "demo" else "dataset",
        statements=tuple(entry.statements.items()),
        report=entry.report,
        person=", ".join(part for part in (age, entry.sex or "") if part),
    )


def _list_demo(folder: Path) -> list[RecordItem]:
    """The bundled recordings in the order of their table, with the statements PTB-XL gives them."""
    try:
        with (folder / DEMO_TABLE).open(encoding="utf-8", newline="") as stream:
            return [
                RecordItem(
                    folder / row["file"],
                    f"{int(row['ecg_id']):05d}",
                    "demo",
                    row["title"],
                    tuple((code, float(likelihood)) for code, likelihood in ast.literal_eval(row["scp_codes"]).items()),
                    " ".join(row["report"].split()),
                )
                for row in csv.DictReader(stream)
            ]
    except (OSError, ValueError, KeyError, SyntaxError, TypeError) as error:
        raise UnreadableRecord(f"{DEMO_TABLE} is damaged: {error}. Install the program again.") from error


def _file_name(path: Path) -> str:
    return path.stem if path.suffix.lower() in (".hea", ".dat") else path.name


def _read(item: RecordItem) -> EcgRecord:
    from mmae_core.readers import read_record

    return read_record(item.path)

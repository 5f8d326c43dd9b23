"""Turns paths into recordings, the same way for the command line, dialogs, drag and drop, and recent files."""

from __future__ import annotations

import ast
import csv
import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from ecg_viewer.state.job_protocols import Job, Report
from ecg_viewer.state.opening_results import Hashed, Opened, Undescribed
from ecg_viewer.state.records import Origin, RecordItem
from ecg_viewer.state.words.error_words import sentence_of
from ecg_viewer.state.words.language import translatable
from ecg_viewer.state.worklist.work_lists import is_work_list, read_work_list
from mmae_core.errors import Cancelled, EcgError, MissingResource, UnreadableRecord
from mmae_core.files import JSON_FAULTS, inside
from mmae_core.readers.signal_description import DescriptionNeeded
from mmae_core.record import EcgRecord

if TYPE_CHECKING:
    from mmae_core.datasets.ptbxl import PtbxlEntry

DEMO_TABLE = "demo.csv"
"""Names, order and statements of the bundled recordings."""
DEMO_TITLES = (
    translatable("A premature ventricular beat at 2.6 s, unspecific ST change"),
    translatable("Normal ECG"),
    translatable("Anterior infarction with aneurysm, ST elevation in V2-V4"),
    translatable("Complete right bundle branch block"),
    translatable("ST depression and T inversion in I, II, aVL, V4-V6"),
)
"""The titles in that table, listed for translation."""
ARRAYS = ("benchmark_data.npy", "test.npy")
"""Recordings of the published benchmark, as its authors distribute them; the other arrays of a folder are labels."""
NORMAL = "NORM"
MAX_TRIES = 50
"""Give up on a list after this many unreadable recordings; trying a whole data set would take minutes."""
OLDEST_STATED_AGE = 89
"""PTB-XL writes 300 for anyone older, to protect their identity."""


def opening_job(paths: Sequence[Path], origin: Origin = "file", first: Path | None = None) -> Job:
    """A job that lists the recordings in `paths` and reads the first readable one.

    `first` is tried before the others if it is listed. Sends `Opened`, or `Undescribed` for a file whose rate, unit or
    leads are not known. Raises UnreadableRecord, UnsupportedRecord or
    DatasetError if none can be read.
    """

    def run(report: Report) -> None:
        works = {path: read_work_list(path) for path in paths if is_work_list(path)}
        paths_in = [one for path in paths for one in (works[path].recordings if path in works else (path,))]
        items, errors = _list_all(paths_in, origin, report)
        for item in sorted(items, key=lambda item: item.path != first)[:MAX_TRIES]:
            if report.stopped():
                raise Cancelled("Opening was stopped.")
            try:
                record = _read(item)
            except DescriptionNeeded as error:
                report.send(Undescribed(item.path, error.missing, error.columns))
                return
            except EcgError as error:
                errors.append(error)
                continue
            is_list = bool(works) or any(path.is_dir() for path in paths)
            work = works[paths[0]] if len(paths) == len(works) == 1 else None
            report.send(Opened(tuple(items), item, record, tuple(map(sentence_of, errors)), is_list, work))
            return
        if len(errors) == 1:
            raise errors[0]
        example = errors[0]
        tried = f"the first {MAX_TRIES}" if len(items) > MAX_TRIES else f"{len(errors)}"
        text = f"None of {tried} recordings could be opened. The first: {example}"
        raise UnreadableRecord(text, code=example.code) from example

    return run


def list_recordings(paths: Sequence[Path]) -> list[RecordItem]:
    """The recordings in files and folders with their labels, as the window lists them; nothing of them is read.

    Raises what listing raises if nothing can be listed.
    """
    items, errors = _list_all(paths, "file", _NoReport())
    if not items:
        raise errors[0]
    return items


class _NoReport:
    """For listing outside a worker: nothing listens and nothing stops."""

    def send(self, event: object) -> None:
        """Nobody listens."""

    def stopped(self) -> bool:
        return False


def reading_job(item: RecordItem) -> Job:
    """A job that reads a recording of the list. Sends `Opened` or `Undescribed`."""

    def run(report: Report) -> None:
        try:
            report.send(Opened((item,), item, _read(item)))
        except DescriptionNeeded as error:
            report.send(Undescribed(item.path, error.missing, error.columns))

    return run


def hashing_job(record: EcgRecord) -> Job:
    """A job that sends `Hashed`. Raises UnreadableRecord if a file has vanished, Cancelled when stopped."""

    def run(report: Report) -> None:
        report.send(Hashed(record.source.read_sha256(report.stopped)))

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
            found = _list_folder(path, origin, errors.append) if path.is_dir() else _list_file(path, origin)
        except EcgError as error:
            errors.append(error)
            continue
        if len(found) == 1:
            try:
                found = [_labelled(found[0])]
            except EcgError as error:  # the recording can be opened all the same
                errors.append(error)
        items.update((item.path, item) for item in found)
    if not items and not errors:
        raise UnreadableRecord("There is nothing to open: no file or folder was named.")
    return list(items.values()), errors


def _list_folder(folder: Path, origin: Origin, skipped: Callable[[EcgError], None]) -> list[RecordItem]:
    """The recordings of a folder; subfolders that cannot be listed are passed to `skipped`."""
    from mmae_core.datasets import ptbxl
    from mmae_core.datasets.folder import find_records
    from mmae_core.readers.recording_paths import display_name

    if (folder / DEMO_TABLE).is_file():
        return _list_demo(folder)
    if ptbxl.is_ptbxl(folder):
        return [_dataset_item(entry, origin) for entry in ptbxl.load_index(folder).entries]
    found = find_records([folder], skipped)
    if not found and (arrays := [folder / name for name in ARRAYS if (folder / name).is_file()]):
        return [row for array in arrays for row in _list_file(array, origin)]
    if not found:
        raise UnreadableRecord(
            f"The folder {folder.name} holds no recordings that this program reads, and no ptbxl_database.csv. Choose "
            "a folder that contains them.",
            code="foreign",
        )
    known = _planted(found)
    return [known.get(path) or RecordItem(path, display_name(path), origin) for path in found]


def _planted(recordings: Sequence[Path]) -> dict[Path, RecordItem]:
    """Records of lesion sets that `mmae_core synthesize` wrote, with what was planted in them; others are left out."""
    from mmae_core.datasets.folder_origin import LESION_SET
    from mmae_core.readers import wfdb_files

    found: dict[Path, RecordItem] = {}
    for file in {path.parent / LESION_SET for path in recordings}:
        if not file.is_file():
            continue
        wfdb_files.require_inside(file, file)
        try:
            for entry in json.loads(file.read_text(encoding="utf-8"))["records"]:
                path = wfdb_files.header_beside(inside(file.parent, str(entry["name"])))
                if path is None:
                    continue
                kinds = dict.fromkeys(str(lesion["kind"]) for lesion in entry["lesions"])
                found[path] = RecordItem(
                    path, path.stem, "dataset", statements=tuple((kind, 0.0) for kind in kinds),
                    superclasses=() if kinds else (NORMAL,),
                )
        except JSON_FAULTS as error:
            raise UnreadableRecord(f"{LESION_SET} is damaged: {error}. Make the lesion set again.") from error
    return found


def _list_file(path: Path, origin: Origin) -> list[RecordItem]:
    """One recording, or each of a file that holds several."""
    from mmae_core.readers.recording_paths import display_name, recordings_at

    return [RecordItem(one, display_name(one), origin) for one in recordings_at(path)]


def _labelled(item: RecordItem) -> RecordItem:
    """A file with its row of the demo's or PTB-XL's table. Raises EcgError if that table is damaged."""
    from mmae_core.datasets import ptbxl

    path = item.path
    if item.statements:
        return item
    if (path.parent / DEMO_TABLE).is_file():
        stem = path.with_suffix("").name
        listed = next((known for known in _list_demo(path.parent) if known.path.stem == stem), None)
        if listed is not None:
            return replace(listed, path=path, origin=item.origin)
    entry = ptbxl.find_entry(path)
    return item if entry is None else replace(_dataset_item(entry, item.origin), path=path)


def _dataset_item(entry: PtbxlEntry, origin: Origin) -> RecordItem:
    age = "" if entry.age is None else "over 89" if entry.age > OLDEST_STATED_AGE else f"{entry.age:g}"
    return RecordItem(
        entry.path,
        f"{entry.ecg_id:05d}",
        "demo" if origin == "demo" else "dataset",
        statements=tuple(entry.statements.items()),
        report=entry.report,
        person=", ".join(part for part in (age, entry.sex or "") if part),
        age=entry.age,
        sex=entry.sex or "",
        patient="" if entry.patient_id is None else f"{entry.path.parents[2]}:{entry.patient_id}",
        recorded_at=entry.recorded_at,
        fold=entry.fold,
        superclasses=tuple(sorted(entry.superclasses, key=lambda name: (name != NORMAL, name))),
    )


def _list_demo(folder: Path) -> list[RecordItem]:
    """The bundled recordings in the order of their table, with the statements PTB-XL gives them."""
    from mmae_core.readers.wfdb_files import require_inside

    require_inside(folder / DEMO_TABLE, folder / DEMO_TABLE)
    try:
        with (folder / DEMO_TABLE).open(encoding="utf-8", newline="") as stream:
            return [
                RecordItem(
                    inside(folder, row["file"]),
                    f"{int(row['ecg_id']):05d}",
                    "demo",
                    row["title"],
                    tuple((code, float(likelihood)) for code, likelihood in ast.literal_eval(row["scp_codes"]).items()),
                    " ".join(row["report"].split()),
                    fold=int(row["fold"]),
                )
                for row in csv.DictReader(stream)
            ]
    except (*JSON_FAULTS, SyntaxError, MemoryError, csv.Error) as error:
        raise UnreadableRecord(f"{DEMO_TABLE} is damaged: {error}. Install the program again.") from error


def _read(item: RecordItem) -> EcgRecord:
    from mmae_core.readers import read_record

    return read_record(item.path)

"""Finds the recordings at the paths given to a command."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from mmae_core.commands.shared.progress import report_missing
from mmae_core.readers.recording_paths import bare_path, may_be_recording


def recordings_of(paths: Sequence[Path]) -> list[Path]:
    """Records at files, folders and PTB-XL folders, each once.

    PTB-XL is read by its table: each recording in one version, at 500 Hz if present. A missing path stays in the list
    so that the report can name it; DatasetError is raised if all are missing.
    """
    from mmae_core.datasets.folder import find_records
    from mmae_core.datasets.ptbxl import is_ptbxl, load_index

    records: dict[Path, None] = {}
    for path in paths:
        if path.is_dir() and is_ptbxl(path):
            index = load_index(path)
            report_missing(index.missing)
            records.update(dict.fromkeys(entry.path for entry in index.entries))
        elif may_be_recording(path):
            records.update(dict.fromkeys(find_records([path])))
        else:
            records[path] = None  # missing: a row of the table says so
    if paths and not any(may_be_recording(path) for path in paths):
        find_records(paths)  # raises, naming the missing one
    once = {bare_path(path).absolute(): path for path in reversed(records)}
    return [path for path in records if once[bare_path(path).absolute()] is path]

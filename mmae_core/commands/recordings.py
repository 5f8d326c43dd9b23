"""Which recordings a command means by the paths that it was given."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from mmae_core.commands.progress import report_missing


def recordings_of(paths: Sequence[Path]) -> list[Path]:
    """Records behind files, folders and PTB-XL folders, each once.

    PTB-XL is read by its table: each recording in one version, at 500 Hz where that is present. A path that is not
    there stays in the list, for a report to say so; DatasetError is raised if none of them is.
    """
    from mmae_core.datasets.folder import bare_name, find_records
    from mmae_core.datasets.ptbxl import is_ptbxl, load_index

    records: dict[Path, None] = {}
    for path in paths:
        if path.is_dir() and is_ptbxl(path):
            index = load_index(path)
            report_missing(index.missing)
            records.update(dict.fromkeys(entry.path for entry in index.entries))
        elif path.exists() or path.with_name(path.name + ".hea").exists():
            records.update(dict.fromkeys(find_records([path])))
        else:
            records[path] = None  # named but not there: a row of the table says so
    if paths and not any(path.exists() or path.with_name(path.name + ".hea").exists() for path in paths):
        find_records(paths)  # says which of them is not there
    once = {bare_name(path).absolute(): path for path in reversed(records)}
    return [path for path in records if once[bare_name(path).absolute()] is path]

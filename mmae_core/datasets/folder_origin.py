"""The origin of the recordings in a folder, from the file written beside them.

`lesions.json` is written by `mmae_core synthesize`, `benchmark.json` by the viewer's export of reviewed recordings. A
folder with neither holds arrays in the published benchmark's form, or annotated records, of unknown origin.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from mmae_core.config_arguments import fold_words
from mmae_core.datasets.reviewed_benchmark import ReviewedSet, reviewed_set
from mmae_core.errors import DatasetError
from mmae_core.files import JSON_FAULTS
from mmae_core.readers.wfdb_files import require_inside

LESION_SET = "lesions.json"


@dataclass(frozen=True)
class FolderOrigin:
    """What is known of a folder's recordings as a whole."""

    words: str
    """For a report, as a noun."""
    folds: tuple[int, ...] = ()
    """Folds of PTB-XL that the recordings come from; empty if unknown."""
    row_kinds: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    """Row of `benchmark_data.npy` -> kinds of its lesions, each once, by time."""
    reviewed: ReviewedSet | None = None
    """Of a benchmark that people reviewed."""


def read_origin(folder: str | Path) -> FolderOrigin | None:
    """The origin of a folder's recordings, or None without a file that says it.

    The folder of a benchmark's records finds the benchmark above it. Raises DatasetError if the file is damaged,
    UnreadableRecord if it is a link out of the folder.
    """
    path = Path(folder, LESION_SET)
    if path.is_file():
        require_inside(path, path)
        try:
            return _planted(json.loads(path.read_text(encoding="utf-8")), path.absolute().parent.name)
        except JSON_FAULTS as error:
            raise DatasetError(f"{path.name} does not describe a lesion set: {error}") from error
    reviewed = reviewed_set(folder)
    return None if reviewed is None else _reviewed(reviewed)


def _planted(values: Any, name: str) -> FolderOrigin:
    folds = tuple(sorted(int(fold) for fold in (values.get("recipe") or {}).get("folds") or ()))
    records = values.get("records") or ()
    kinds = {row: _by_time(record["lesions"], "kind", "lesion") for row, record in enumerate(records)}
    source = f"normals of PTB-XL, {fold_words(folds)}" if folds else "normal records"
    return FolderOrigin(f"lesions planted into {source} ({name}, by mmae_core synthesize)", folds, kinds)


def _reviewed(reviewed: ReviewedSet) -> FolderOrigin:
    count = reviewed.n_reviewers
    by_whom = "" if not count else " by one person" if count == 1 else f" by {count} people"
    kinds = {
        int(window["localization_row"]): _by_time(window["positives"], "label", "finding")
        for window in reviewed.windows if window["localization_row"] is not None
    }
    words = f"recordings reviewed{by_whom} in ECG Viewer ({reviewed.name}, a benchmark it exported)"
    return FolderOrigin(words, (), kinds, reviewed)


def _by_time(lesions: Sequence[Mapping[str, Any]], key: str, unnamed: str) -> tuple[str, ...]:
    ordered = sorted(lesions, key=lambda lesion: float(lesion["start_s"]))
    return tuple(dict.fromkeys(str(lesion.get(key) or unnamed) for lesion in ordered))

"""Records whose abnormal points are known: a folder of WFDB records, each with an annotation file `.lesion`.

The folder may hold records without one: they have no lesion. `lesions.json`, as `mmae_core synthesize` writes it, says
which folds of PTB-XL the records of its folder come from.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from mmae_core.datasets.folder import find_records
from mmae_core.datasets.folder_origin import FolderOrigin, read_origin
from mmae_core.errors import DatasetError
from mmae_core.readers import read_record
from mmae_core.readers.wfdb_spans import read_spans
from mmae_core.record import STANDARD_LEADS

LESION_SUFFIX = ".lesion"


@dataclass(frozen=True)
class AnnotatedRecord:
    """One record and its lesions."""

    path: Path
    """Path of its header."""
    sampling_rate_hz: float
    kinds: tuple[str, ...]
    """Each kind of lesion in it once, by time; an unnamed one is `lesion`; empty for a record without any."""
    mask: NDArray[np.bool_]
    """(12, samples) True in lesions, leads as `STANDARD_LEADS`."""
    folds: tuple[int, ...] = ()
    """Folds of PTB-XL that its set was made from; empty if unknown."""

    @property
    def kind(self) -> str:
        """The group it is counted in: its kind, several joined by ` + `, `none` without a lesion."""
        return " + ".join(self.kinds) or "none"


def is_annotated(folder: str | Path) -> bool:
    """Whether a folder, or one below it, holds an annotation file `.lesion`."""
    return next(Path(folder).rglob(f"*{LESION_SUFFIX}"), None) is not None


def load_annotated(folder: str | Path) -> tuple[AnnotatedRecord, ...]:
    """Every record of a folder with its lesions, sorted by path; opens headers and annotations, reads no signal.

    Raises DatasetError if none of the records has lesions, a lesion lies outside its record, `lesions.json` or
    `benchmark.json` is damaged, UnreadableRecord if another file is.
    """
    folder = Path(folder)
    paths = find_records([folder])
    origins = {parent: read_origin(parent) for parent in {path.parent for path in paths}}
    records = tuple(_annotated(path, origins[path.parent]) for path in paths)
    if not any(record.kinds for record in records):
        raise DatasetError(
            f"{folder.absolute().name} holds {len(records)} records and no lesions. Each record's lesions are expected "
            f"in an annotation file {LESION_SUFFIX} beside it; `mmae_core synthesize` writes such a folder."
        )
    return records


def _annotated(path: Path, origin: FolderOrigin | None) -> AnnotatedRecord:
    record = read_record(path)
    mask = np.zeros((len(STANDARD_LEADS), record.n_samples), bool)
    annotation_file = path.with_suffix(LESION_SUFFIX)
    spans = read_spans(annotation_file) if annotation_file.is_file() else ()
    for span in spans:
        if not 0 <= span.start_sample < span.end_sample <= record.n_samples:
            raise DatasetError(
                f"{annotation_file.name}: a lesion from sample {span.start_sample} to {span.end_sample} does not lie "
                f"in a record of {record.n_samples} samples."
            )
        mask[STANDARD_LEADS.index(span.lead), span.start_sample : span.end_sample] = True
    kinds = tuple(dict.fromkeys(span.label or "lesion" for span in spans))
    return AnnotatedRecord(path, record.sampling_rate_hz, kinds, mask, () if origin is None else origin.folds)

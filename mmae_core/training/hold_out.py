"""Which normals are kept from training to calibrate a model: by patient, so that nobody is on both sides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from mmae_core.datasets.ptbxl import PtbxlEntry, is_ptbxl, load_index
from mmae_core.errors import DatasetError, EcgError
from mmae_core.readers import read_record
from mmae_core.record import EcgRecord

HOLD_OUT_EVERY = 10
"""Every tenth patient is held out, or more if that gives too few recordings."""
PATIENT_TITLES = ("Patient ID", "Subject ID", "MRN")
"""Of `EcgRecord.identity`: what tells one person from another."""


@dataclass(frozen=True)
class Parted:
    """Recordings to train on and recordings held out."""

    chosen: tuple[Path, ...]
    held_out: tuple[Path, ...]
    n_unknown: int
    """Recordings that do not say who they are of; each counts as a patient of its own."""

    @property
    def words(self) -> str:
        """By what they were parted, for the user and for the model's card."""
        return parted_words(self.n_unknown, len(self.chosen) + len(self.held_out))


def parted_words(n_unknown: int, n_records: int) -> str:
    """By what recordings were parted of which `n_unknown` do not say who they are of."""
    if not n_unknown:
        return "by patient"
    if n_unknown == n_records:
        return "by recording: none says who it is of"
    return f"by patient; {n_unknown:,} of {n_records:,} recordings do not say who they are of and count as one each"


def patient_of(record: EcgRecord) -> str | None:
    """What tells a recording's patient from others; None if it does not say."""
    stated = dict(record.identity)
    return next((stated[title] for title in PATIENT_TITLES if stated.get(title)), None)


def patients_of(paths: Sequence[Path]) -> list[str | None]:
    """The patient of each recording, by PTB-XL's table or the recording itself; None where nothing says."""
    entries: dict[Path, PtbxlEntry] = {}
    for folder in {path.parent.parent.parent for path in paths}:
        if is_ptbxl(folder):
            for known in load_index(folder).entries:
                entries |= {path: known for path in (known.path_100hz, known.path_500hz) if path is not None}
    return [_stated(path) if path not in entries else _numbered(entries[path].patient_id) for path in paths]


def hold_out(paths: Sequence[Path], patients: Sequence[str | None], least: int) -> Parted:
    """Part recordings by patient, in the order in which patients appear; at least `least` recordings are held out.

    Raises DatasetError if that leaves nothing to train on.
    """
    of_patient: dict[str, list[int]] = {}
    for row, patient in enumerate(patients):
        of_patient.setdefault(f"recording {row}" if patient is None else f"patient {patient}", []).append(row)
    groups = list(of_patient.values())
    rows: list[int] = []
    for every in range(max(2, min(HOLD_OUT_EVERY, len(groups) // max(1, least))), 1, -1):
        rows = [row for group in groups[every - 1 :: every] for row in group]
        if len(rows) >= least:
            break
    if len(rows) < least or len(rows) == len(paths):
        raise DatasetError(f"{len(paths)} recordings of {len(groups)} patients cannot be parted so that at least "
                           f"{least} are kept from training and nobody is on both sides. Name more patients.")
    held_out = set(rows)
    return Parted(
        tuple(path for row, path in enumerate(paths) if row not in held_out),
        tuple(paths[row] for row in sorted(held_out)), sum(patient is None for patient in patients),
    )


def _stated(path: Path) -> str | None:
    try:
        return patient_of(read_record(path))
    except EcgError:
        return None  # left out of training, too


def _numbered(patient_id: int | None) -> str | None:
    return None if patient_id is None else str(patient_id)

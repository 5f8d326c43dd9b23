"""Annotated recordings that localization is measured on, and normal ones that fix its thresholds."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from mmae_core.datasets.annotated_folder import AnnotatedRecord
from mmae_core.datasets.folder_origin import FolderOrigin
from mmae_core.datasets.reviewed_benchmark import ReviewedSet
from mmae_core.evaluation.detection_cases import prepare_array, prepare_record
from mmae_core.evaluation.evaluate import Protocol
from mmae_core.readers.mcf_arrays import N_SAMPLES, RATE_HZ, DetectionArrays, LocalizationArrays
from mmae_core.scoring.preprocess import PublishedScale
from mmae_core.scoring.window_scorer import Prepare


@dataclass(frozen=True)
class LocalizationCase:
    """One annotated recording, and how to make it a method's input."""

    id: str
    kinds: tuple[str, ...]
    mask: NDArray[np.bool_]
    """(12, samples) of the first `window_s` seconds and more, True in lesions."""
    rate_hz: float
    """Of the mask."""
    prepare: Prepare
    folds: tuple[int, ...] = ()
    """Of PTB-XL that it may come from; empty if that is not known."""
    ignored: NDArray[np.bool_] | None = None
    """Of the shape of the mask, True where reviewers left it undecided: such points are excluded."""

    @property
    def has_lesion(self) -> bool:
        """Whether any of its points is marked."""
        return bool(self.mask.any())


def annotated_cases(records: Sequence[AnnotatedRecord], reviewed: ReviewedSet | None = None) -> list[LocalizationCase]:
    """Records of an annotated folder; of longer ones the first window is taken. `reviewed` says what to ignore.

    The id is the file's name without suffix; of records that share it, the path from the folder they all lie in.
    """
    return [
        LocalizationCase(
            name, record.kinds, record.mask, record.sampling_rate_hz, partial(prepare_record, record.path),
            record.folds,
            None if reviewed is None else
            reviewed.ignored_in_file(record.path.stem, record.sampling_rate_hz, record.mask.shape[1]),
        )
        for name, record in zip(_unique_names([record.path for record in records]), records, strict=True)
    ]


def _unique_names(paths: Sequence[Path]) -> list[str]:
    count = Counter(path.stem for path in paths)
    if len(count) == len(paths):
        return [path.stem for path in paths]
    shared = os.path.commonpath([path.absolute().parent for path in paths])
    return [
        path.stem if count[path.stem] == 1 else path.absolute().relative_to(shared).as_posix() for path in paths
    ]


@dataclass(frozen=True)
class NormalCase:
    """A normal recording whose map fixes thresholds."""

    id: str
    prepare: Prepare


def normal_cases(paths: Sequence[Path]) -> list[NormalCase]:
    """Normal records whose maps fix thresholds."""
    return [NormalCase(name, partial(prepare_record, path))
            for name, path in zip(_unique_names(paths), paths, strict=True)]


def array_cases(
    arrays: LocalizationArrays, protocol: Protocol, origin: FolderOrigin | None = None
) -> list[LocalizationCase]:
    """Recordings of the benchmark's arrays, scaled as the protocol asks (see `Protocol`).

    `origin` names their lesions, where they come from and what to ignore, as far as their maker says so.
    """
    origin = origin or FolderOrigin("")
    reviewed = origin.reviewed
    published: PublishedScale | None = "minmax" if protocol == "published" else None
    return [
        LocalizationCase(
            str(row), origin.row_kinds.get(row, ()), arrays.mask(row), RATE_HZ,
            partial(prepare_array, arrays.data, row, published), origin.folds,
            None if reviewed is None else reviewed.ignored_in_row(row, RATE_HZ, N_SAMPLES),
        )
        for row in range(len(arrays.data))
    ]


def array_normals(arrays: DetectionArrays, protocol: Protocol) -> list[NormalCase]:
    """The normal recordings of the detection arrays, scaled like the localization arrays they fix thresholds for."""
    published: PublishedScale | None = "minmax" if protocol == "published" else None
    return [NormalCase(str(row), partial(prepare_array, arrays.data, row, published))
            for row in np.flatnonzero(~arrays.abnormal).tolist()]

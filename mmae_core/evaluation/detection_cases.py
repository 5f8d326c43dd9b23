"""Labelled recordings that detection is measured on, and how each becomes a method's input."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from mmae_core.config import PreprocessConfig
from mmae_core.config_arguments import fold_words
from mmae_core.datasets.ptbxl import PtbxlEntry, PtbxlIndex
from mmae_core.errors import DatasetError
from mmae_core.readers import read_record
from mmae_core.readers.mcf_arrays import RATE_HZ, SignalArray
from mmae_core.scoring.preprocess import ModelInput, PublishedScale, prepare, prepare_as_published, prepare_filtered
from mmae_core.scoring.window_scorer import Prepare


@dataclass(frozen=True)
class DetectionCase:
    """One labelled recording."""

    id: str
    name: str
    """Path of its file, to name it if left out."""
    abnormal: bool
    prepare: Prepare
    entry: PtbxlEntry | None = None
    """Its entry in PTB-XL."""


def detection_cases(index: PtbxlIndex, folds: Collection[int], every: int = 1) -> list[DetectionCase]:
    """Normal and abnormal records of some folds by id, each `every`th; raises DatasetError if there is none."""
    labelled = sorted(
        (entry for entry in index.select(folds=folds) if entry.label is not None), key=lambda entry: entry.ecg_id
    )
    if not labelled:
        raise DatasetError(f"{index.folder} has no normal or abnormal record in {fold_words(folds)}.")
    return [
        DetectionCase(
            str(entry.ecg_id), entry.path.stem if entry.has_file else str(entry.ecg_id), entry.label == "abnormal",
            partial(prepare_entry, entry), entry,
        )
        for entry in labelled[::every]
    ]


def prepare_entry(entry: PtbxlEntry, config: PreprocessConfig) -> ModelInput:
    """The first window of a record of PTB-XL as an input."""
    return prepare_record(entry.path, config)


def prepare_record(path: Path, config: PreprocessConfig) -> ModelInput:
    """The first window of a recording as an input."""
    return prepare(read_record(path), config)


def prepare_array(
    signals: SignalArray, row: int, published: PublishedScale | None, config: PreprocessConfig
) -> ModelInput:
    """A recording of an array as an input; `published` is None for the method's own scale."""
    if published is None:
        return prepare_filtered(signals.window(row), RATE_HZ, config)
    return prepare_as_published(signals.window(row), RATE_HZ, config, published)

"""Splits normal records into those trained on and those held out."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from mmae_core.commands.shared.progress import report_missing
from mmae_core.config_arguments import fold_words, parse_folds
from mmae_core.errors import ConfigError, DatasetError
from mmae_core.model import training_facts

PTBXL_WORDS = "PTB-XL v1.0.3, records whose only superclass is NORM"


def data_licence(dataset: str) -> str:
    """Licence of the recordings that `dataset` names."""
    return "CC BY 4.0" if dataset == PTBXL_WORDS else training_facts.NO_LICENCE


@dataclass(frozen=True)
class TrainingNormals:
    """Normals to train on and normals held out, with the words for both."""

    chosen: list[Path]
    held_out: list[Path]
    dataset: str
    cohort: str
    """Who the held-out ones are."""
    folds: tuple[int, ...]
    """Of PTB-XL, trained on; empty for a plain folder."""
    parted: str
    """By what they were parted."""


def normals_of(options: argparse.Namespace) -> TrainingNormals:
    """The normals that a training command names, parted by patient."""
    from mmae_core.datasets.ptbxl import is_ptbxl, load_index
    from mmae_core.training.hold_out import hold_out, patients_of

    if is_ptbxl(options.data) and options.names is None:
        folds, held_out_folds = parse_folds(options.folds), parse_folds(options.calibrate_folds)
        if set(folds) & set(held_out_folds):
            raise ConfigError(f"--folds {options.folds} train and --calibrate-folds {options.calibrate_folds} "
                              "calibrate: no fold may do both.")
        index = load_index(options.data)
        report_missing(index.missing)
        chosen = _kept([entry.path for entry in index.select(folds=folds, label="normal")], options)
        if not chosen:
            raise DatasetError(f"{options.data} has no normal record in {fold_words(folds)} "
                               "(NORM as the only superclass); there is nothing to train on.")
        held_out = _kept([entry.path for entry in index.select(folds=held_out_folds, label="normal")], options)
        return TrainingNormals(chosen, held_out, PTBXL_WORDS,
                               f"normal records of PTB-XL v1.0.3, {fold_words(held_out_folds)}", folds,
                               "by PTB-XL's folds, which keep a patient's records together")
    records = _kept(_named(options.data, options.names), options)
    if not records:
        raise DatasetError(f"There is no recording to train on in {options.data}.")
    least = training_facts.MIN_COHORT
    if len(records) < 2 * least:
        raise DatasetError(f"{options.data} holds {len(records)} recordings to train on; at least {2 * least} are "
                           f"needed, of which {least} are kept from training and calibrate the model.")
    parted = hold_out(records, patients_of(records), least)
    print(f"{len(parted.held_out):,} of {len(records):,} recordings are held out, {parted.words}.", file=sys.stderr)
    folder = options.data.resolve().name
    return TrainingNormals(list(parted.chosen), list(parted.held_out), f"recordings of the folder {folder}",
                           f"held-out normal records of {folder}", (), parted.words)


def _named(folder: Path, names: Path | None) -> Sequence[Path]:
    """The recordings of a folder, or those of them that a text file names, and a word on names that mean none.

    Where whole paths are named, the folder is not searched: it may be one that holds much else.
    """
    from mmae_core.datasets.folder import find_records, read_names, select_named
    from mmae_core.readers.recording_paths import may_be_recording

    if names is None:
        return find_records([folder])
    asked = read_names(names)
    paths = [Path(name) for name in asked]
    if asked and all(path.is_absolute() for path in paths):
        there = [path for path in paths if may_be_recording(path)]
        found: Sequence[Path] = find_records(there)
        unknown: Sequence[str] = [str(path) for path in paths if path not in set(there)]
    else:
        found, unknown = select_named(find_records([folder]), asked)
    if unknown:
        print(f"{len(unknown):,} names in {names.name} mean no record: {', '.join(unknown[:5])}", file=sys.stderr)
    return found


def _kept(records: Sequence[Path], options: argparse.Namespace) -> list[Path]:
    """Those that `--without` does not name."""
    from mmae_core.datasets.folder import read_names, select_named

    without: Path | None = getattr(options, "without", None)
    left_out = set() if without is None else set(select_named(records, read_names(without))[0])
    return [record for record in records if record not in left_out]

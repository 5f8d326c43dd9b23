"""Normal recordings, prepared once and kept in the user's cache folder.

Prepared windows are stored as float16 tokens (windows, 40, 1500), so that a training step reads just the rows it
needs from a memory-mapped file: all of PTB-XL's normals take 1.1 GB on disk and little memory.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from platformdirs import user_cache_path

from mmae_core.config import Config
from mmae_core.errors import DatasetError
from mmae_core.files import JSON_FAULTS, NUMPY_FAULTS, try_lock
from mmae_core.readers.recording_paths import files_of
from mmae_core.training.prepared_parts import Progress, prepare_files

CACHE_FORMAT = 2
"""Increased whenever preparation changes, so that old cache files are not reused."""

WAIT_S = 0.5
"""Another process that prepares the same recordings is waited for, asked so often."""


@dataclass(frozen=True)
class TrainingSet:
    """Prepared windows of normal recordings."""

    tokens: NDArray[np.float16]
    """(windows, n_segments, token_size), memory-mapped."""
    names: tuple[str, ...]
    """Record of each window."""
    left_out: tuple[tuple[str, str], ...]
    """(record, reason) of every recording that could not be used."""
    key: str
    """SHA-256 of what the windows were made from."""

    def __len__(self) -> int:
        return len(self.tokens)


def default_cache_folder() -> Path:
    """`prepared` in the user's cache folder for this program."""
    return user_cache_path("ecg-viewer", appauthor=False) / "prepared"


def training_set(
    paths: Sequence[Path],
    config: Config,
    cache_folder: Path | None = None,
    progress: Progress | None = None,
    jobs: int = 1,
) -> TrainingSet:
    """Prepare recordings for training, by so many processes, or find them in the cache.

    Preparing that is killed continues where it stood, in parts of `PART_RECORDS` recordings. Recordings that cannot be
    read, lack a lead, hold invalid samples or a flat lead are left out and named. Raises DatasetError if nothing usable
    remains.
    """
    folder = cache_folder or default_cache_folder()
    key = _cache_key(paths, config)
    tokens_path, index_path = folder / f"{key}.npy", folder / f"{key}.json"
    index = whole_index(tokens_path, index_path)
    if index is None:
        with _alone(folder / f".{key}.lock"):
            index = whole_index(tokens_path, index_path)
            if index is None:
                prepare_files(paths, config, folder / f"{key}.parts", tokens_path, index_path, jobs=jobs,
                              progress=progress)
                index = json.loads(index_path.read_text(encoding="utf-8"))
    left_out = tuple((name, reason) for name, reason in index["left_out"])
    if not index["names"]:
        reasons = "; ".join(f"{name}: {reason}" for name, reason in left_out[:3])
        raise DatasetError(f"None of the {len(paths)} recordings can be used for training. First reasons: {reasons}")
    return TrainingSet(np.load(tokens_path, mmap_mode="r", allow_pickle=False), tuple(index["names"]), left_out, key)


def whole_index(tokens_path: Path, index_path: Path) -> dict[str, Any] | None:
    """The index of cached recordings; None without one, or if they are not as they were written: then made anew.

    Caches of before there was a checksum are taken if every window has a signal.
    """
    try:
        index = json.loads(index_path.read_text(encoding="utf-8"))
        names, pairs = index["names"], [(name, reason) for name, reason in index["left_out"]]
        tokens = np.load(tokens_path, mmap_mode="r", allow_pickle=False)
        is_whole = len(tokens) == len(names) and all(isinstance(text, str) for text in (*names, *sum(pairs, ())))
        if is_whole and "sha256" in index:
            with tokens_path.open("rb") as stream:
                is_whole = hashlib.file_digest(stream, "sha256").hexdigest() == index["sha256"]
        elif is_whole:
            is_whole = all(bool(np.any(row)) and bool(np.isfinite(row).all()) for row in tokens)
    except FileNotFoundError:
        return None
    except (*JSON_FAULTS, *NUMPY_FAULTS):
        is_whole = False
    return index if is_whole else None


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """One process at a time prepares the same recordings; another one waits, and then finds them."""
    path.parent.mkdir(parents=True, exist_ok=True)
    while (free := try_lock(path)) is None:
        time.sleep(WAIT_S)
    try:
        yield
    finally:
        free()


def _cache_key(paths: Sequence[Path], config: Config) -> str:
    """SHA-256 of the files' names, sizes and times and of everything preparation depends on."""
    digest = hashlib.sha256()
    settings = {
        "format": CACHE_FORMAT,
        "preprocess": asdict(config.preprocess),
        "n_segments": config.model.n_segments,
    }
    digest.update(json.dumps(settings, sort_keys=True).encode())
    for path in paths:
        for file in files_of(path):
            try:
                status = file.stat()
            except OSError:
                state = "absent"
            else:
                state = f"{status.st_size}|{status.st_mtime_ns}"
            digest.update(f"{file.resolve()}|{state}\n".encode(errors="surrogateescape"))
    return digest.hexdigest()

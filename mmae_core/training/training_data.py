"""Normal recordings, prepared once and kept in the user's cache folder.

Prepared windows are stored as float16 tokens (windows, 40, 1500), so that a training step reads just the rows it
needs from a memory-mapped file: all of PTB-XL's normals take 1.1 GB on disk and little memory.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any

import numpy as np
from numpy.typing import NDArray
from platformdirs import user_cache_path

from mmae_core.config import Config
from mmae_core.errors import DatasetError, EcgError
from mmae_core.files import JSON_FAULTS, NUMPY_FAULTS, replacing
from mmae_core.readers import read_record
from mmae_core.readers.recording_paths import files_of
from mmae_core.record import EcgRecord
from mmae_core.scoring.preprocess import ModelInput, prepare

CACHE_FORMAT = 2
"""Increased whenever preparation changes, so that old cache files are not reused."""

Progress = Callable[[int, int], None]
"""Called with (done, total)."""


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
) -> TrainingSet:
    """Prepare recordings for training, or find them in the cache.

    Recordings that cannot be read, lack a lead, hold invalid samples or a flat lead are left out and named.
    Raises DatasetError if nothing usable remains.
    """
    folder = cache_folder or default_cache_folder()
    key = _cache_key(paths, config)
    tokens_path, index_path = folder / f"{key}.npy", folder / f"{key}.json"
    index = _whole_index(tokens_path, index_path)
    if index is None:
        _prepare_all(paths, config, tokens_path, index_path, progress)
        index = json.loads(index_path.read_text(encoding="utf-8"))
    left_out = tuple((name, reason) for name, reason in index["left_out"])
    if not index["names"]:
        reasons = "; ".join(f"{name}: {reason}" for name, reason in left_out[:3])
        raise DatasetError(f"None of the {len(paths)} recordings can be used for training. First reasons: {reasons}")
    return TrainingSet(np.load(tokens_path, mmap_mode="r"), tuple(index["names"]), left_out, key)


def _whole_index(tokens_path: Path, index_path: Path) -> dict[str, Any] | None:
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


def training_inputs(record: EcgRecord, config: Config) -> list[ModelInput]:
    """The non-overlapping windows of a recording, every lead assessable throughout.

    Raises EcgError with the reason if any is not.
    """
    window_s = config.preprocess.window_s
    count = max(1, int(record.duration_s / window_s + 1e-9))
    inputs = [prepare(record, config.preprocess, index * window_s) for index in range(count)]
    for item in inputs:
        if not item.assessable.all():
            raise DatasetError(f"{record.name}: {'; '.join(item.notes)}")
    return inputs


def _prepare_all(
    paths: Sequence[Path], config: Config, tokens_path: Path, index_path: Path, progress: Progress | None
) -> None:
    model = config.model
    names: list[str] = []
    left_out: list[tuple[str, str]] = []
    tokens_path.parent.mkdir(parents=True, exist_ok=True)
    with replacing(tokens_path) as part, tempfile.TemporaryFile(dir=tokens_path.parent) as rows:
        for done, path in enumerate(paths, start=1):
            try:
                inputs = training_inputs(read_record(path), config)
            except EcgError as error:
                left_out.append((path.stem, str(error)))
            else:
                for item in inputs:
                    rows.write(_tokens(item, config).tobytes())
                    names.append(path.stem)
            if progress:
                progress(done, len(paths))
        shape = (len(names), model.n_segments, model.token_size)
        _save_rows(rows, shape, part)
    with tokens_path.open("rb") as stream:
        checksum = hashlib.file_digest(stream, "sha256").hexdigest()
    with replacing(index_path) as part:
        part.write_text(json.dumps({"names": names, "left_out": left_out, "sha256": checksum}))


def _save_rows(rows: IO[bytes], shape: tuple[int, int, int], path: Path) -> None:
    """Copy raw float16 rows into a .npy file without holding them."""
    with path.open("wb") as stream:
        header = {"descr": "<f2", "fortran_order": False, "shape": shape}
        np.lib.format.write_array_header_1_0(stream, header)
        rows.seek(0)
        shutil.copyfileobj(rows, stream, 1 << 24)


def _tokens(item: ModelInput, config: Config) -> NDArray[np.float16]:
    """(12, 5000) to (40, 1500), lead-major within a token."""
    model = config.model
    cut = item.signal.reshape(model.n_leads, model.n_segments, model.segment_length).transpose(1, 0, 2)
    return cut.reshape(model.n_segments, model.token_size).astype("<f2")


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

"""Prepared windows in parts on disk, and the one file that they become."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mmae_core.cohort import ChunkTask, WriteChunk, run_chunks
from mmae_core.cohort.part_folder import make_manifest, read_manifest
from mmae_core.config import Config, ModelConfig
from mmae_core.errors import DatasetError, EcgError
from mmae_core.files import replacing
from mmae_core.readers import read_record
from mmae_core.record import EcgRecord
from mmae_core.scoring.preprocess import ModelInput, prepare

PART_RECORDS = 200
"""Recordings of a part: what a kill costs at most, some seconds' work."""
COPY_BYTES = 1 << 24
Progress = Callable[[int, int], None]
"""Called with (done, total)."""


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


def tokens_of(item: ModelInput, model: ModelConfig) -> NDArray[np.float16]:
    """(12, 5000) to (40, 1500), lead-major within a token."""
    cut = item.signal.reshape(model.n_leads, model.n_segments, model.segment_length).transpose(1, 0, 2)
    return cut.reshape(model.n_segments, model.token_size).astype("<f2")


def stacked(tokens: Sequence[NDArray[np.float16]], model: ModelConfig) -> NDArray[np.float16]:
    """(windows, 40, 1500); none of a part is usable sometimes."""
    empty = np.empty((0, model.n_segments, model.token_size), "<f2")
    return np.stack(tokens) if tokens else empty


@dataclass(frozen=True)
class PrepareWindows:
    """Prepares the recordings of a chunk: `npy` holds their windows, `json` names them and those left out."""

    config: dict[str, Any]
    name = "prepare"
    endings = ("npy", "json")

    def options(self) -> dict[str, Any]:
        return self.config

    def open(self) -> WriteChunk:
        config = Config.from_dict(self.config)

        def write(task: ChunkTask) -> None:
            tokens: list[NDArray[np.float16]] = []
            names: list[str] = []
            left_out: list[tuple[str, str]] = []
            for text, reason in task.each_or_reason():
                path = Path(text)
                try:
                    if reason:
                        raise DatasetError(reason)
                    inputs = training_inputs(read_record(path), config)
                except EcgError as error:
                    left_out.append((path.stem, str(error)))
                    continue
                tokens += [tokens_of(item, config.model) for item in inputs]
                names += [path.stem] * len(inputs)
            with task.path("npy").open("wb") as stream:
                np.save(stream, stacked(tokens, config.model), allow_pickle=False)
            task.path("json").write_text(json.dumps({"names": names, "left_out": left_out}), encoding="utf-8")

        return write


def prepare_files(
    paths: Sequence[Path], config: Config, folder: Path, tokens_path: Path, index_path: Path, *, jobs: int,
    progress: Progress | None,
) -> None:
    """Prepare recordings in parts in `folder`, by so many processes, and join them; continues after any kill."""
    sections = config.to_dict()
    work = PrepareWindows({name: sections[name] for name in ("preprocess", "model")})
    items = [str(path.absolute()) for path in paths]
    asked = make_manifest(work.name, work.options(), items, PART_RECORDS)
    done = run_chunks(work, items, folder, jobs=jobs, size=PART_RECORDS, resume=True, progress=progress,
                      force=read_manifest(folder) not in (None, asked))
    names: list[str] = []
    left_out: list[tuple[str, str]] = []
    for path in done.paths("json"):
        part = json.loads(path.read_text(encoding="utf-8"))
        names += part["names"]
        left_out += part["left_out"]
    join(done.paths("npy"), tokens_path, index_path, config.model, {"names": names, "left_out": left_out})
    shutil.rmtree(folder)


def join(
    parts: Iterable[Path], tokens_path: Path, index_path: Path, model: ModelConfig, index: dict[str, Any]
) -> None:
    """One array of all parts' windows, and its index with the checksum, without holding either."""
    shape = (len(index["names"]), model.n_segments, model.token_size)
    with replacing(tokens_path) as temporary, temporary.open("wb") as stream:
        np.lib.format.write_array_header_1_0(stream, {"descr": "<f2", "fortran_order": False, "shape": shape})
        for part in parts:
            with part.open("rb") as source:
                np.lib.format.read_magic(source)
                np.lib.format.read_array_header_1_0(source)
                shutil.copyfileobj(source, stream, COPY_BYTES)
    with tokens_path.open("rb") as stream:
        checksum = hashlib.file_digest(stream, "sha256").hexdigest()
    with replacing(index_path) as temporary:
        temporary.write_text(json.dumps({**index, "sha256": checksum}), encoding="utf-8")

"""Cache of one method's scores and maps on disk, so that a stopped comparison can continue.

A file belongs to one method with its weights, settings and device, and to one set of records; anything else has another
name. Lines are appended as recordings are scored; a line that was cut off by a stop is dropped.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

import mmae_core
from mmae_core.files import JSON_FAULTS, NUMPY_FAULTS, append_lines, mapped_array
from mmae_core.scoring.window_scorer import AutoencoderScorer, WindowScorer, describe_scorer

KEY_DIGITS = 16

MapFile = np.memmap[tuple[int, ...], np.dtype[np.float32]]


@dataclass(frozen=True)
class Result:
    """A method's result for one recording."""

    score: float
    """NaN where there is none."""
    reason: str
    """Why there is no score; empty where there is one."""


def method_key(scorer: WindowScorer, device: str) -> str:
    """Key of a method's scores: weights, settings with seeds, means and spreads of its parts, program version and
    device."""
    facts = {key: value for key, value in describe_scorer(scorer).items() if key != "trained_on"}
    config, fusion = scorer.training.get("config"), None
    if isinstance(scorer, AutoencoderScorer):
        config = scorer.model.config.to_dict()
        fusion = scorer.model.fusion.to_dict() if scorer.model.fusion is not None else None
    return digest({
        "facts": facts, "config": config, "fusion": fusion, "program": mmae_core.__version__, "device": device,
    })


def files_key(paths: Sequence[Path]) -> str:
    """Key of a set of recordings: checksum of their files, signals and annotations included."""
    total = hashlib.sha256()
    for path in paths:
        for file in sorted(path.parent.glob(f"{path.stem}.*")):
            total.update(f"{file.name}\0{file.stat().st_size}\0".encode())
            total.update(file.read_bytes())
    return total.hexdigest()[:KEY_DIGITS]


def digest(values: Mapping[str, Any]) -> str:
    """A short checksum of plain values."""
    text = json.dumps(values, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:KEY_DIGITS]


class ResultLog:
    """Scores of recordings by name, kept in a file of one JSON object a line."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.results: dict[str, Result] = {}
        if path.is_file():
            self._read()

    def add(self, results: Mapping[str, Result]) -> None:
        """Keep some results; they are on disk when this returns."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        rows = ({"record": name, "score": None if math.isnan(result.score) else result.score, "reason": result.reason}
                for name, result in results.items())
        append_lines(self._path, map(json.dumps, rows))
        self.results.update(results)

    def clear(self) -> None:
        """Forget all results, on disk too."""
        self._path.unlink(missing_ok=True)
        self.results = {}

    def _read(self) -> None:
        whole = 0
        with self._path.open("rb") as stream:
            for line in stream:
                try:
                    values = json.loads(line)
                    score = math.nan if values["score"] is None else float(values["score"])
                    name, result = str(values["record"]), Result(score, str(values["reason"]))
                except JSON_FAULTS:
                    break
                if not line.endswith(b"\n"):
                    break
                self.results[name] = result
                whole += len(line)
        if whole < self._path.stat().st_size:
            with self._path.open("rb+") as stream:
                stream.truncate(whole)


def has_maps(path: Path, shape: tuple[int, ...]) -> bool:
    """Whether `open_maps` finds maps of that shape; if not, it makes the file anew and no earlier map is left."""
    return _existing_maps(path, shape) is not None


def open_maps(path: Path, shape: tuple[int, ...]) -> MapFile:
    """A file of maps that is written in place; NaN where nothing was written yet.

    A file of another shape, or one left incomplete, is created anew.
    """
    maps = _existing_maps(path, shape)
    if maps is not None:
        return maps
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    made = mapped_array(part, np.float32, shape)
    made[:] = np.nan
    made.flush()
    del made
    part.replace(path)
    found: MapFile = np.load(path, mmap_mode="r+", allow_pickle=False)
    return found


def _existing_maps(path: Path, shape: tuple[int, ...]) -> MapFile | None:
    if not path.is_file():
        return None
    try:
        maps: MapFile = np.load(path, mmap_mode="r+", allow_pickle=False)
    except NUMPY_FAULTS:
        return None
    return maps if maps.shape == shape and maps.dtype == np.float32 else None

"""Scored normals in files of a few dozen each: what a calibration needs, 52 KB a record, never in memory together."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mmae_core.errors import ConfigError, EcgError
from mmae_core.record import EcgRecord
from mmae_core.scoring.assessor import MAP_STEP, Assessor, window_phases, without_ends
from mmae_core.scoring.normal_windows import WindowBlock
from mmae_core.scoring.preprocess import ModelInput, prepare

BATCH_RECORDS = 8
SEXES = ("", "male", "female")
SMALL = ("place", "record", "leads", "rate_hz", "age_years", "sex", "person", "content")
"""The columns of which all records' values are held in memory: 0.2 KB a record."""

Row = NDArray[Any]
OpenRecord = Callable[[], EcgRecord]


@dataclass(frozen=True)
class ScoredNormals:
    """What n normals left in part files."""

    parts: tuple[Path, ...]
    columns: dict[str, NDArray[Any]]
    """Of `SMALL`, each (n, ...)."""
    left_out: tuple[tuple[int, str], ...]
    """(place among all recordings, reason) of those that could not be read or prepared."""
    sampling_rates_hz: Mapping[float, int]
    """How many recordings could be read at which rate."""

    @classmethod
    def of(cls, parts: Sequence[Path], left_out: Sequence[Path]) -> ScoredNormals:
        """Those of files that `write_normals` wrote, in order."""
        columns: dict[str, list[NDArray[Any]]] = {name: [] for name in SMALL}
        for part in parts:
            rows = _mapped(part)
            for name in SMALL:
                columns[name].append(rows[name].copy())
        joined = {name: np.concatenate(found) for name, found in columns.items()}
        lost = [row for file in left_out for row in json.loads(file.read_text(encoding="utf-8"))]
        rates = list(zip(joined["place"].tolist(), joined["rate_hz"].tolist(), strict=True))
        rates += [(place, rate_hz) for place, _, rate_hz in lost if rate_hz is not None]
        return cls(tuple(parts), joined, tuple((place, reason) for place, reason, _ in lost),
                   Counter(rate_hz for _, rate_hz in sorted(rates)))

    def __len__(self) -> int:
        return len(self.columns["place"])

    @property
    def places(self) -> NDArray[np.int64]:
        """(n,) place of each among all recordings."""
        return self.columns["place"]

    @property
    def records(self) -> NDArray[np.float64]:
        """(n,) scores."""
        return self.columns["record"]

    @property
    def leads(self) -> NDArray[np.float64]:
        """(n, 12) scores of the leads."""
        return self.columns["leads"]

    def blocks(self, chosen: NDArray[np.bool_]) -> Iterator[WindowBlock]:
        """Windows of the chosen of n records, part by part."""
        first = 0
        for part in self.parts:
            rows = _mapped(part)
            mine = chosen[first : first + len(rows)]
            first += len(rows)
            if mine.all():
                yield WindowBlock(rows["points"], rows["segments"], rows["phases"])
            elif mine.any():
                at = np.flatnonzero(mine)
                yield WindowBlock(rows["points"][at], rows["segments"][at], rows["phases"][at])


def write_normals(
    assessor: Assessor, recordings: Iterable[tuple[int, OpenRecord]], rows_file: Path, left_out_file: Path, *,
    with_content: bool = False,
) -> None:
    """Score the first window of each recording (place, function that opens it) and write a part's two files.

    `with_content` keeps a checksum of the recording's first window too, by which one given twice is known.
    """
    config = assessor.model.config.preprocess
    rows: list[Row] = []
    left_out: list[tuple[int, str, float | None]] = []
    pending: list[tuple[int, EcgRecord, ModelInput]] = []

    def flush() -> None:
        if pending:
            rows.append(_scored(assessor, pending, with_content=with_content))
            pending.clear()

    for place, open_record in recordings:
        record = None
        try:
            record = open_record()
            pending.append((place, record, prepare(record, config)))
        except ConfigError:  # what was said of all of them is wrong
            raise
        except EcgError as error:
            left_out.append((place, str(error), None if record is None else record.sampling_rate_hz))
        if len(pending) == BATCH_RECORDS:
            flush()
    flush()
    left_out_file.write_text(json.dumps(left_out), encoding="utf-8")
    with rows_file.open("wb") as stream:
        np.save(stream, np.concatenate(rows) if rows else np.empty(0, _row_type(assessor)), allow_pickle=False)


def _scored(assessor: Assessor, pending: Sequence[tuple[int, EcgRecord, ModelInput]], *, with_content: bool) -> Row:
    inputs = [item for _, _, item in pending]
    rate_hz = assessor.model.config.preprocess.sampling_rate_hz
    scored = assessor.score_windows(inputs, with_segments=True)
    rows = np.zeros(len(inputs), _row_type(assessor))
    rows["record"], rows["leads"], rows["segments"] = scored.scores, scored.lead_scores, scored.segments
    rows["points"] = without_ends(scored.points, inputs, rate_hz)[:, :, ::MAP_STEP]
    for row, (place, record, item) in zip(rows, pending, strict=True):
        row["place"] = place
        row["phases"] = window_phases(item, rate_hz / MAP_STEP, row["phases"].shape[0])
        row["rate_hz"] = record.sampling_rate_hz
        row["age_years"] = np.nan if record.age_years is None else record.age_years
        row["sex"] = SEXES.index(record.sex or "")
        if person := dict(record.identity).get("Patient ID"):
            row["person"] = _checksum(str(person).encode())
        if with_content:
            seconds = round(assessor.model.config.preprocess.window_s)
            row["content"] = _checksum(record.read(0, round(seconds * record.sampling_rate_hz)).tobytes())
    return rows


def _row_type(assessor: Assessor) -> np.dtype[Any]:
    shape = assessor.model.config.model
    n_points = -(-shape.n_samples // MAP_STEP)
    return np.dtype([
        ("place", "<i8"), ("record", "<f8"), ("leads", "<f8", (shape.n_leads,)), ("rate_hz", "<f8"),
        ("age_years", "<f8"), ("sex", "u1"), ("person", "u1", (32,)), ("content", "u1", (32,)),
        ("phases", "i1", (n_points,)), ("segments", "<f4", (shape.n_leads, shape.n_segments)),
        ("points", "<f4", (shape.n_leads, n_points)),
    ])


def _checksum(data: bytes) -> NDArray[np.uint8]:
    return np.frombuffer(hashlib.sha256(data).digest(), np.uint8)


def _mapped(part: Path) -> Row:
    """The rows of a part, read when they are used; a part without rows cannot be mapped."""
    return np.asarray(np.load(part, mmap_mode="r" if part.stat().st_size > 4096 else None, allow_pickle=False))

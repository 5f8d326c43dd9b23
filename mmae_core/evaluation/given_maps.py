"""Maps that somebody else's method gave, from a folder: an archive a recording, or Parquet files of many.

| file | what it holds |
| --- | --- |
| `NAME.npz` | `score` (12, samples), `sampling_rate_hz`; if wanted `lead_names` (12,), `start_s` |
| `maps-*.parquet` | a row a recording and lead: `record`, `lead`, `sampling_rate_hz`, `score` (list), `start_s` |

NAME is the recording's: `00039_hr`, `39`, a row of an array. Two maps of one recording are refused. Higher means less
normal, NaN was not assessed. Leads without names are in the order of `STANDARD_LEADS`. A map begins with its recording
and covers the first 10 s or more. `mmae_core score --maps` writes both forms. For localization all maps of a folder
have one rate.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mmae_core.datasets.ptbxl import PtbxlEntry
from mmae_core.errors import DatasetError
from mmae_core.evaluation.lead_scorer import LayerScores, map_layers
from mmae_core.evaluation.score_files import listed, record_key
from mmae_core.files import NUMPY_FAULTS
from mmae_core.readers.lead_names import lead_of
from mmae_core.record import STANDARD_LEADS, EcgRecord, FloatArray
from mmae_core.report.map_file import map_name
from mmae_core.report.parquet_file import require_pyarrow
from mmae_core.scoring.window_scorer import ScoredCase

WINDOW_S = 10.0
RATES_HZ = (25.0, 4000.0)
"""Rates of maps that are believed."""
PARTS = "maps-*.parquet"
_Rows = tuple[Path, int, str]
"""File, row group and record."""


def is_map_folder(path: str | Path) -> bool:
    """Whether a folder holds maps, and no model."""
    folder = Path(path)
    return folder.is_dir() and (any(folder.glob("*.npz")) or any(folder.glob(PARTS))) and not any(folder.glob("*.json"))


@dataclass
class GivenMaps:
    """The maps of one method; each is read when it is asked for."""

    folder: Path
    allow_missing: bool = False
    """Whether recordings without a map are left out and said, instead of refused."""
    training: dict[str, Any] = field(default_factory=dict)
    """As of a `WindowScorer`; nothing is known."""
    said: list[str] = field(default_factory=list)
    """What a reader of the figures must know."""

    def __post_init__(self) -> None:
        if not self.folder.is_dir():
            raise DatasetError(f"There is no folder {self.folder} of maps.")
        self.name = self.folder.absolute().name
        self._places: dict[str, Path | _Rows] = {path.stem: path for path in sorted(self.folder.glob("*.npz"))}
        _add_parquet(self.folder, self._places)
        if not self._places:
            raise DatasetError(f"{self.folder} holds no maps: neither NAME.npz nor {PARTS}.")
        self._by_key: dict[str, list[str]] = {}
        for name in self._places:
            self._by_key.setdefault(record_key(name), []).append(name)
        self._rate_hz: float | None = None

    @property
    def rate_hz(self) -> float:
        """Sampling rate of the maps, as the first of them states it. Raises DatasetError for a damaged one."""
        if self._rate_hz is None:
            name = next(iter(self._places))
            self._rate_hz = _rate(self._read(self._places[name]), name)
        return self._rate_hz

    @property
    def facts(self) -> dict[str, Any]:
        """What a report says of the method."""
        return {"name": self.name, "n_parameters": None, "macs_per_record": None, "needs_r_peaks": None,
                "trained_on": {}, "sha256": None, "configuration": "", "maps_from": self.name,
                "maps_rate_hz": self.rate_hz}

    def require(self, spellings: Mapping[str, Sequence[str]]) -> None:
        """Raises DatasetError if recordings have no map, unless that is allowed.

        `spellings` are the recordings' names and all other names that their files may have.
        """
        missing = [name for name, others in spellings.items() if self._place([name, *others]) is None]
        if not missing:
            return
        words = (f"{self.name} has no map of {len(missing):,} of {len(spellings):,} recordings "
                 f"({listed(missing)})")
        if not self.allow_missing or len(missing) == len(spellings):
            raise DatasetError(f"{words}. Expected {missing[0]}.npz or rows of {missing[0]} in {PARTS}; or leave these "
                               "recordings out with --allow-missing.")
        self.said.append(f"{words}. They are in no figure.")

    def has_any(self, spellings: Mapping[str, Sequence[str]]) -> bool:
        """Whether any of the recordings has a map; without one, the method does not answer that question."""
        return any(self._place([name, *others]) is not None for name, others in spellings.items())

    def map_of(self, names: Sequence[str], *, any_rate: bool = False) -> FloatArray | None:
        """(12, samples) the first `WINDOW_S` of a recording's map, by any of its names; None if there is none.

        Raises DatasetError, with the recording's name, for a map of another form, or of another rate than the first
        unless `any_rate` will do.
        """
        place = self._place(names)
        if place is None:
            return None
        values = self._read(place)
        rate_hz = _rate(values, names[0])
        if not any_rate and rate_hz != self.rate_hz:
            raise DatasetError(f"The map of {names[0]} is at {rate_hz:g} Hz and others are at {self.rate_hz:g} Hz; one "
                               "rate is needed for all.")
        if (start_s := float(values.get("start_s", 0.0))) != 0:
            raise DatasetError(f"The map of {names[0]} begins at {start_s:g} s; it must begin with its recording.")
        return _checked(values, names[0], round(WINDOW_S * rate_hz))

    def results(self, names: Sequence[str]) -> Iterator[ScoredCase]:
        """The map of each recording in order, as scoring would give it. Raises DatasetError as `map_of`."""
        for name in names:
            found, is_there = self.map_of([name]), self._place([name]) is not None
            yield ScoredCase(float("nan"), {}, found, "" if is_there else "no map was given", is_there)

    def _place(self, names: Sequence[str]) -> Path | _Rows | None:
        """Where a recording's map is. Raises DatasetError if there are two."""
        found = list(dict.fromkeys(written for name in names for written in self._written(name)))
        if len(found) > 1:
            raise DatasetError(f"{self.name} has {len(found)} maps of {names[0]}: {listed(found)}. One is expected; "
                               "move the others elsewhere.")
        return self._places[found[0]] if found else None

    def _written(self, name: str) -> list[str]:
        """As what the folder has a recording's map; a name with a folder is another recording's than one without."""
        for spelling in (name, map_name(name).removesuffix(".npz")):
            if spelling in self._places:
                alike = self._by_key[record_key(spelling)]
                return [one for one in alike if one.rpartition("/")[0] == spelling.rpartition("/")[0]]
        return self._by_key.get(record_key(name), [])

    def _read(self, place: Path | _Rows) -> dict[str, Any]:
        return _read_archive(place) if isinstance(place, Path) else _read_rows(*place)


class MapLeads:
    """Mean and highest point of given maps in each lead, as scores of leads."""

    def __init__(self, maps: GivenMaps, entries: Sequence[PtbxlEntry]) -> None:
        """Reads every map once. Raises DatasetError as `GivenMaps.require` and `GivenMaps.map_of`."""
        maps.require(entry_names(entries))
        self._layers: dict[int, Mapping[str, LayerScores]] = {}
        for entry in entries:
            if (points := maps.map_of([str(entry.ecg_id), *ptbxl_spellings(entry)], any_rate=True)) is not None:
                self._layers[entry.ecg_id] = map_layers(points)

    def score(self, record: EcgRecord, entry: PtbxlEntry | None) -> Mapping[str, LayerScores]:
        """`map, mean` and `map, highest`; empty without a map."""
        return {} if entry is None else self.layers(entry)

    def layers(self, entry: PtbxlEntry) -> Mapping[str, LayerScores]:
        """The same without the recording, which is not looked at."""
        return self._layers.get(entry.ecg_id, {})


def entry_names(entries: Iterable[PtbxlEntry]) -> dict[str, list[str]]:
    """Records of PTB-XL by number, with the names that their files may have."""
    return {str(entry.ecg_id): ptbxl_spellings(entry) for entry in entries}


def ptbxl_spellings(entry: PtbxlEntry) -> list[str]:
    """Names that the file of a record of PTB-XL may have, beside its number."""
    padded = f"{entry.ecg_id:05d}"
    stems = [path.stem for path in (entry.path_500hz, entry.path_100hz) if path is not None]
    return list(dict.fromkeys((padded, f"{padded}_hr", f"{padded}_lr", *stems)))


def _checked(values: Mapping[str, Any], name: str, n_samples: int) -> FloatArray:
    """(12, n_samples) float32 in the order of the standard leads."""
    try:
        points = np.asarray(values["score"])
    except (KeyError, ValueError) as error:
        raise DatasetError(f"The map of {name} has no array score of 12 leads x samples.") from error
    if points.dtype.kind not in "fiu" or points.ndim != 2:
        raise DatasetError(f"The map of {name} has shape {points.shape} and type {points.dtype}; expected numbers, "
                           "(12, samples).")
    rows = _standard_rows(values.get("lead_names"), name, len(points))
    if points.shape[1] < n_samples:
        exchanged = " Leads and samples seem to be exchanged." if points.shape[1] == len(STANDARD_LEADS) else ""
        raise DatasetError(f"The map of {name} has {points.shape[1]:,} samples a lead; its first {WINDOW_S:g} s are "
                           f"{n_samples:,}.{exchanged}")
    found: FloatArray = points[rows, :n_samples].astype(np.float32)
    if np.isinf(found).any():
        raise DatasetError(f"The map of {name} has infinite values; write NaN where nothing was assessed.")
    return found


def _standard_rows(names: Any, name: str, n_rows: int) -> list[int]:
    if names is None:
        if n_rows != len(STANDARD_LEADS):
            raise DatasetError(f"The map of {name} has {n_rows} rows and no lead_names; expected the 12 standard "
                               "leads.")
        return list(range(n_rows))
    leads = [_lead(str(one)) for one in np.asarray(names).ravel().tolist()]
    lacking = [lead for lead in STANDARD_LEADS if lead not in leads]
    if lacking or len(leads) != n_rows or len(set(leads)) < len(leads):
        raise DatasetError(f"The map of {name} has {n_rows} rows called {listed(leads)}; each of the 12 standard leads "
                           f"is expected once{'' if not lacking else f', and {listed(lacking)} is missing'}.")
    return [leads.index(lead) for lead in STANDARD_LEADS]


def _lead(name: str) -> str:
    """The standard name of a lead; an inverted one stays as it is written."""
    lead, is_inverted = lead_of(name)
    return name if lead is None or is_inverted else lead


def _rate(values: Mapping[str, Any], name: str) -> float:
    try:
        rate_hz = float(values["sampling_rate_hz"])
    except (KeyError, ValueError, TypeError) as error:
        raise DatasetError(f"The map of {name} does not say its sampling_rate_hz.") from error
    if not RATES_HZ[0] <= rate_hz <= RATES_HZ[1]:
        raise DatasetError(f"The map of {name} says {rate_hz:g} Hz; expected {RATES_HZ[0]:g} to {RATES_HZ[1]:g}.")
    return rate_hz


def _read_archive(path: Path) -> dict[str, Any]:
    try:
        with path.open("rb") as stream, np.load(stream, allow_pickle=False) as archive:
            return {name: archive[name] for name in ("score", "sampling_rate_hz", "lead_names", "start_s")
                    if name in archive}
    except NUMPY_FAULTS as error:
        raise DatasetError(f"{path.name} cannot be read as an archive of NumPy: {error}") from error


def _add_parquet(folder: Path, places: dict[str, Path | _Rows]) -> None:
    """Add where each recording's rows are. Raises DatasetError if one has a map already."""
    paths = sorted(folder.glob(PARTS))
    if not paths:
        return
    require_pyarrow()
    parquet, arrow = importlib.import_module("pyarrow.parquet"), importlib.import_module("pyarrow")
    for path in paths:
        try:
            with parquet.ParquetFile(path) as file:
                for group in range(file.metadata.num_row_groups):
                    names = file.read_row_group(group, columns=["record"])["record"].to_pylist()
                    for name in dict.fromkeys(map(str, names)):
                        _require_new(name, path, places)
                        places[name] = (path, group, name)
        except (arrow.ArrowException, OSError, KeyError, ValueError) as error:
            raise DatasetError(f"{path.name} cannot be read as maps: {error}") from error


def _require_new(name: str, path: Path, places: Mapping[str, Path | _Rows]) -> None:
    """Raise DatasetError if a folder has a map of that name."""
    if (other := places.get(name)) is None:
        return
    first = other if isinstance(other, Path) else other[0]
    where = f"in two row groups of {path.name}" if first == path else f"in {first.name} and in {path.name}"
    raise DatasetError(f"The map of {name} is {where}. One is expected, with its rows together in one row group.")


def _read_rows(path: Path, group: int, record: str) -> dict[str, Any]:
    parquet, arrow = importlib.import_module("pyarrow.parquet"), importlib.import_module("pyarrow")
    try:
        with parquet.ParquetFile(path) as file:
            table = file.read_row_group(group)
        rows = [row for row, name in enumerate(table["record"].to_pylist()) if str(name) == record]
        table = table.take(rows)
        points: NDArray[Any] = np.stack([np.asarray(row.values, np.float32) for row in table["score"]])
        found = {"score": points, "lead_names": table["lead"].to_pylist(),
                 "sampling_rate_hz": table["sampling_rate_hz"][0].as_py()}
        return found if "start_s" not in table.column_names else {**found, "start_s": table["start_s"][0].as_py()}
    except (arrow.ArrowException, OSError, KeyError, ValueError, AttributeError, TypeError) as error:
        raise DatasetError(f"{path.name} cannot be read as maps of {record}: {error}") from error

"""Maps on disk: one NumPy archive a recording, with the same names whether a command or the viewer wrote it.

| name | what it is |
| --- | --- |
| `lead_names` | (12,) names of the rows below |
| `sampling_rate_hz`, `start_s` | sample i lies at `start_s + i / sampling_rate_hz` |
| `score` | (12, samples) the model's own number |
| `percentile` | (12, samples) each point's among normals' points, 0..100 |
| `peak_percentile` | (12, samples) among normals' highest points: what the viewer shows as heat |
| `named_percentile` | (12, samples) of measurements outside the normals' range, on their waves; 0: nothing departs |
| `own_percentile` | (12, samples) of each beat against the patient's own template |
| `expected_mv` | (12, samples) the model's reconstruction; only where it was asked for |
| `provenance` | JSON: at least `model` with `name`, `version` and `weights_sha256` |

Arrays are float32, NaN where nothing was assessed. Files of earlier versions lack `named_percentile` and
`own_percentile`. `numpy.load` needs no pickle for them.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import numpy as np

from mmae_core.errors import DatasetError
from mmae_core.files import JSON_FAULTS, NUMPY_FAULTS, file_name
from mmae_core.record import FloatArray

MAPS = ("score", "percentile", "peak_percentile")
LAYER_MAPS = ("named_percentile", "own_percentile")
"""Of the two layers beside the model's map; not in files of earlier versions."""
EXPECTED = "expected_mv"


@dataclass(frozen=True, eq=False)
class MapFile:
    """The contents of such an archive."""

    lead_names: tuple[str, ...]
    sampling_rate_hz: float
    start_s: float
    score: FloatArray
    percentile: FloatArray
    peak_percentile: FloatArray
    provenance: Mapping[str, Any]
    expected_mv: FloatArray | None = None
    named_percentile: FloatArray | None = None
    """None if not measured, or in files of earlier versions."""
    own_percentile: FloatArray | None = None
    """As `named_percentile`."""


def map_name(record: str) -> str:
    """The file of a recording's maps in a folder: `a/b` becomes `a__b.npz`; names that would be taken for others, or
    that no file system takes, end in a mark of their own."""
    plain = record.replace("/", "__")
    name = file_name(plain)
    if "__" not in record and name == plain:
        return f"{name}.npz"
    mark = hashlib.sha256(record.encode("utf-8", "backslashreplace")).hexdigest()[:8]
    return f"{name}.npz" if name.endswith(mark) else f"{name}~{mark}.npz"


def write_maps(stream: IO[bytes], maps: MapFile) -> None:
    """Write an archive."""
    arrays: dict[str, Any] = {
        "lead_names": np.array(maps.lead_names), "sampling_rate_hz": np.float64(maps.sampling_rate_hz),
        "start_s": np.float64(maps.start_s), "provenance": np.array(json.dumps(maps.provenance, ensure_ascii=False)),
        **{name: getattr(maps, name) for name in MAPS},
    }
    for name in (EXPECTED, *LAYER_MAPS):
        if getattr(maps, name) is not None:
            arrays[name] = getattr(maps, name)
    np.savez_compressed(stream, **arrays)


def read_maps(path: Path) -> MapFile:
    """Read an archive. Raises DatasetError if the file is not one or is incomplete."""
    try:
        with path.open("rb") as stream, np.load(stream, allow_pickle=False) as archive:
            return MapFile(
                tuple(map(str, archive["lead_names"])), float(archive["sampling_rate_hz"]), float(archive["start_s"]),
                archive["score"], archive["percentile"], archive["peak_percentile"],
                json.loads(str(archive["provenance"])),
                *(archive.get(name) for name in (EXPECTED, *LAYER_MAPS)),
            )
    except (*NUMPY_FAULTS, *JSON_FAULTS) as error:
        raise DatasetError(
            f"{path.name} cannot be read as maps: {error}. They are written by `mmae_core score --maps` and by the "
            "viewer's export as npz."
        ) from error

"""Maps of many recordings in few large files: Parquet, one row for each recording and lead.

Each chunk of records leaves one file, `maps-00012.parquet`, in which each recording is a row group of its own: reading
one recording's maps touches its bytes and the names of the others. The values are those of the
archives of `mmae_core.report.map_file`, float32 and NaN where nothing was assessed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np

from mmae_core.errors import DatasetError
from mmae_core.files import JSON_FAULTS
from mmae_core.record import FloatArray
from mmae_core.report.map_file import LAYER_MAPS, MAPS, MapFile
from mmae_core.report.parquet_file import require_pyarrow

COLUMNS = (*MAPS, *LAYER_MAPS)
"""Of lists of float32, one value a sample."""
_PART = re.compile(r"maps-(\d{5,})\.parquet")


class MapPart:
    """A file of maps that grows by one recording at a time."""

    def __init__(self, writer: Any, schema: Any) -> None:
        self._writer = writer
        self._schema = schema

    def write(self, record: str, maps: MapFile) -> None:
        """Add a recording's maps. Raises OSError."""
        import pyarrow as pa

        n = len(maps.lead_names)
        arrays = [pa.array([record] * n), pa.array(maps.lead_names), pa.array([maps.start_s] * n),
                  pa.array([maps.sampling_rate_hz] * n),
                  pa.array([json.dumps(maps.provenance, ensure_ascii=False)] * n)]
        arrays += [_lists(getattr(maps, name), n) for name in COLUMNS]
        self._writer.write_table(pa.table(arrays, schema=self._schema))


@contextmanager
def map_part(path: Path) -> Iterator[MapPart]:
    """A file of maps, which takes its name at the end of the block. Raises NoParquet, OSError."""
    require_pyarrow()
    import pyarrow as pa
    from pyarrow import parquet

    from mmae_core.files import replacing

    schema = pa.schema([("record", pa.string()), ("lead", pa.string()), ("start_s", pa.float64()),
                        ("sampling_rate_hz", pa.float64()), ("provenance", pa.string()),
                        *((name, pa.list_(pa.float32())) for name in COLUMNS)])
    with replacing(path) as part, parquet.ParquetWriter(
        part, schema, compression="zstd", compression_level=3, use_dictionary=["record", "lead", "provenance"],
        write_statistics=["record"], column_encoding={f"{name}.list.element": "BYTE_STREAM_SPLIT" for name in COLUMNS},
    ) as writer:
        yield MapPart(writer, schema)


def part_name(chunk: int) -> str:
    """The file of a chunk's maps."""
    return f"maps-{chunk:05d}.parquet"


def parts_in(folder: Path) -> dict[int, Path]:
    """The files of chunks' maps that lie in a folder, by the number of the chunk."""
    found = ((_PART.fullmatch(path.name), path) for path in sorted(folder.glob("maps-*.parquet")))
    return {int(match[1]): path for match, path in found if match}


def read_map_of(folder: Path, record: str) -> MapFile:
    """The maps of one recording, by its name in the table, out of a folder that `mmae_core score --maps` filled.

    Reads the names in the folder's files and that recording's rows. Also takes a folder of archives, one a recording.
    Raises DatasetError if the recording is not there, or there in both forms; NoParquet.
    """
    from mmae_core.report.map_file import map_name, read_maps

    archive = folder / map_name(record)
    files = sorted(folder.glob("maps-*.parquet"))
    if files:
        require_pyarrow()
    for path in files:
        if (found := _read(path, record)) is not None:
            if archive.is_file():
                raise DatasetError(f"{record[:100]} has two maps in {folder}: {archive.name} and in {path.name}. Move "
                                   "one of these files elsewhere.")
            return found
    if archive.is_file():
        return read_maps(archive)
    raise DatasetError(f"{folder} has no maps of {record[:100]}: {len(files):,} files maps-*.parquet were looked at.")


def _read(path: Path, record: str) -> MapFile | None:
    import pyarrow as pa
    from pyarrow import parquet

    try:
        with parquet.ParquetFile(path) as file:
            for group in range(file.metadata.num_row_groups):
                # not by the footer's statistics: asking a damaged footer for them ends the process (pyarrow 26)
                if record in file.read_row_group(group, columns=["record"])["record"].to_pylist():
                    return _maps(file.read_row_group(group))
    except (pa.ArrowException, *JSON_FAULTS) as error:
        raise DatasetError(f"{path.name} cannot be read as maps: {error}. They are written by `mmae_core score "
                           "--maps DIR --maps-as parquet`.") from error
    return None


def _maps(table: Any) -> MapFile:
    named: dict[str, Any] = {
        name: np.stack([np.asarray(row.values, np.float32) for row in table[name]]) if table[name][0].is_valid else None
        for name in COLUMNS
    }
    return MapFile(
        tuple(table["lead"].to_pylist()), table["sampling_rate_hz"][0].as_py(), table["start_s"][0].as_py(),
        provenance=json.loads(table["provenance"][0].as_py()), **named,
    )


def _lists(values: FloatArray | None, n: int) -> Any:
    import pyarrow as pa

    if values is None:
        return pa.nulls(n, pa.list_(pa.float32()))
    offsets = np.arange(n + 1, dtype=np.int32) * values.shape[1]
    return pa.ListArray.from_arrays(offsets, np.ascontiguousarray(values, np.float32).ravel())

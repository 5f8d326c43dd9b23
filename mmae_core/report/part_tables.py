"""One table out of parts that many processes wrote: rows as CSV without a header, joined to a CSV or a Parquet file.

Parts hold text, so that a part is complete up to its last whole row however its process ended; types come with joining.
Both forms of a table hold the same numbers.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from mmae_core.errors import ConfigError
from mmae_core.files import from_formula_safe, replacing
from mmae_core.report.growing_table import GrowingTable
from mmae_core.report.parquet_file import TYPES, require_pyarrow

TABLE_SUFFIXES = (".csv", ".parquet")
ROW_GROUP = 20_000
"""Rows held at once; readers take as many at a time."""
MOST_CELL = 1 << 24
"""Characters of a cell. The csv module's own limit, 131,072, is for foreign tables; it writes longer cells itself."""
Row = list[str]
WriteRows = Callable[[Iterable[Row]], None]


def require_table_name(option: str, path: Path) -> None:
    """Raise ConfigError for a file that is neither CSV nor Parquet, or whose package is missing (NoParquet)."""
    if str(path) == "-":
        raise ConfigError(f"{option} - names no file: the table is written to a file, such as scores.csv, because "
                          "it is complete only at the end.")
    if path.suffix.lower() not in TABLE_SUFFIXES:
        raise ConfigError(f"{option} {path} does not end in .csv or .parquet, which are what is written. Name it "
                          f"{path.with_suffix('.csv')}.")
    if path.suffix.lower() == ".parquet":
        require_pyarrow()


def part_rows(path: Path) -> Iterator[Row]:
    """The rows of a part."""
    before = csv.field_size_limit(MOST_CELL)
    try:
        with path.open(encoding="utf-8", newline="") as stream:
            yield from csv.reader(stream)
    finally:
        csv.field_size_limit(before)


def join_parts(
    parts: Iterable[Path], output: Path, columns: Sequence[str], types: Mapping[str, type],
    about: Mapping[str, str], look: Callable[[Row], None] | None = None,
) -> None:
    """Write the rows of all parts, in order, as one table, `.csv` or `.parquet` by its name.

    `types` names columns that hold no text. `about` is kept in the metadata of a Parquet file. `look` is given every
    row. Raises OSError, NoParquet.
    """
    with replacing(output) as unfinished, _table(unfinished, output.suffix.lower(), columns, types, about) as write:
        for part in parts:
            write(_looked_at(part_rows(part), look))


def _looked_at(rows: Iterator[Row], look: Callable[[Row], None] | None) -> Iterator[Row]:
    for row in rows:
        if look is not None:
            look(row)
        yield row


@contextmanager
def _table(
    path: Path, suffix: str, columns: Sequence[str], types: Mapping[str, type], about: Mapping[str, str]
) -> Iterator[WriteRows]:
    if suffix != ".parquet":
        with path.open("r+b", buffering=0) as stream:
            table = GrowingTable(stream)
            table.write([columns])
            yield table.write  # cells that begin a formula are marked already, and marked ones stay as they are
        return
    require_pyarrow()
    import pyarrow as pa
    from pyarrow import parquet

    kinds = [types.get(name, str) for name in columns]
    fields = [pa.field(name, getattr(pa, TYPES[kind])()) for name, kind in zip(columns, kinds, strict=True)]
    schema = pa.schema(fields, metadata=dict(about))
    waiting: list[Row] = []

    def flush() -> None:
        cells = zip(*waiting, strict=True) if waiting else [()] * len(columns)
        arrays = [pa.array([_value(kind, cell) for cell in column], field.type)
                  for kind, column, field in zip(kinds, cells, fields, strict=True)]
        writer.write_table(pa.table(arrays, schema=schema))
        waiting.clear()

    def write(rows: Iterable[Row]) -> None:
        for row in rows:
            waiting.append(row)
            if len(waiting) == ROW_GROUP:
                flush()

    with parquet.ParquetWriter(path, schema, compression="zstd") as writer:
        yield write
        flush()


def _value(kind: type, cell: str) -> Any:
    """A cell as a value; None where it is empty."""
    if not cell:
        return None
    if kind is bool:
        return cell == "yes"
    return kind(cell) if kind is not str else from_formula_safe(cell).encode("utf-8", "backslashreplace").decode()

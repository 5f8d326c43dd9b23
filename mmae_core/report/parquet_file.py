"""Tables as Parquet files; pyarrow, an optional package, is loaded when one is written or read."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from mmae_core.errors import DatasetError, EcgError
from mmae_core.files import replacing

Cell = str | float | int | bool | None
TYPES = {str: "string", float: "float64", int: "int64", bool: "bool_"}
"""Type of a column's values -> pyarrow's function of its type."""


READ_ROWS = 20_000
"""Held at once."""


class NoParquet(EcgError):
    """pyarrow is not installed; the sentence says what to do."""


def require_pyarrow() -> None:
    """Raise NoParquet, before any work is done for a table, if it could not be written."""
    try:
        import pyarrow.parquet  # noqa: F401 - only whether it is there
    except ImportError as error:
        raise NoParquet(
            "Parquet needs the package pyarrow, which is not installed: pip install pyarrow. A table as CSV needs "
            "nothing."
        ) from error


def parquet_columns(path: Path) -> list[str]:
    """The names of a file's columns. Raises NoParquet, and DatasetError if it is no Parquet file."""
    with _opened(path) as file:
        return list(map(str, file.schema_arrow.names))


def parquet_rows(
    path: Path, columns: Collection[str], key: str = "", wanted: Callable[[str], bool] | None = None
) -> Iterator[dict[str, str]]:
    """Rows of a Parquet file as cells of text, those of `columns` that it has, as a CSV file would have them.

    With `wanted`, only rows of which it takes the text in column `key`: a file of millions is never held whole. Raises
    NoParquet, and DatasetError if it is no Parquet file.
    """
    import pyarrow as pa

    with _opened(path) as file:
        named = [name for name in file.schema_arrow.names if name in columns]
        try:
            for batch in file.iter_batches(READ_ROWS, columns=named):
                rows = batch
                if wanted is not None:
                    keys = batch.column(named.index(key)).to_pylist()
                    rows = batch.filter(pa.array([wanted(str(name)) for name in keys], pa.bool_()))
                for row in rows.to_pylist():
                    yield {name: _text(value) for name, value in row.items()}
        except (pa.ArrowException, OSError) as error:
            raise DatasetError(f"{path.name} cannot be read as a Parquet file: {error}.") from error


@contextmanager
def _opened(path: Path) -> Iterator[Any]:
    require_pyarrow()
    import pyarrow as pa
    from pyarrow import parquet

    try:
        file = parquet.ParquetFile(path)
    except (pa.ArrowException, OSError, ValueError) as error:
        raise DatasetError(f"{path.name} cannot be read as a Parquet file: {error}.") from error
    with file:
        yield file


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def write_parquet(
    path: Path, columns: Mapping[str, type], rows: Sequence[Sequence[Cell]], about: Mapping[str, str]
) -> None:
    """Write rows under column names with the types of their values; None is a missing value.

    `about` is kept in the file's own key-value table. Raises NoParquet, OSError.
    """
    require_pyarrow()

    import pyarrow as pa
    from pyarrow import parquet

    fields = [pa.field(name, getattr(pa, TYPES[kind])()) for name, kind in columns.items()]
    schema = pa.schema(fields, metadata=dict(about))
    cells: list[tuple[Cell, ...]] = list(zip(*rows, strict=True)) or [() for _ in columns]
    table = pa.table([pa.array(column, field.type) for column, field in zip(cells, fields, strict=True)], schema=schema)
    with replacing(path) as part:
        parquet.write_table(table, part)

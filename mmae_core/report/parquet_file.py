"""Tables as Parquet files; pyarrow, an optional package, is loaded when one is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from mmae_core.errors import EcgError
from mmae_core.files import replacing

Cell = str | float | int | bool | None
TYPES = {str: "string", float: "float64", int: "int64", bool: "bool_"}
"""Type of a column's values -> pyarrow's function of its type."""


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

"""Evaluation reports on disk: JSON that a person can read, a record on each line."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any, cast

from mmae_core.errors import DatasetError
from mmae_core.files import JSON_FAULTS, replacing
from mmae_core.report_schema import REPORT_FORMAT, Report

LINE = 118
"""Characters up to which a value stays on one line."""


def report_text(report: Report) -> str:
    """A report as JSON; what is no number becomes null."""
    return _text(_finite(report), "") + "\n"


def write_report(report: Report, path: Path) -> None:
    """Write a report; whole or not at all."""
    with replacing(path) as part:
        part.write_text(report_text(report), encoding="utf-8")


def read_report(path: Path) -> Report:
    """Read what `write_report` wrote. Raises DatasetError if the file is no report of this format."""
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
    except JSON_FAULTS as error:
        raise DatasetError(f"{path.name} cannot be read as a report: {error}") from error
    found = values.get("format") if isinstance(values, dict) else None
    if found != REPORT_FORMAT:
        raise DatasetError(
            f"{path.name} is no report of format {REPORT_FORMAT} (found {found!r}); write it with `mmae_core evaluate`."
        )
    return cast(Report, values)


def _text(value: Any, indent: str) -> str:
    """JSON on one line where it fits or is a list of plain numbers, else an item a line."""
    line = json.dumps(value, ensure_ascii=False, allow_nan=False)
    if not isinstance(value, dict | list) or len(indent) + len(line) <= LINE:
        return line
    inner = indent + " "
    if isinstance(value, list):
        flat = not any(isinstance(item, dict | list) for item in value)
        return line if flat else "[\n" + ",\n".join(f"{inner}{_row(item, inner)}" for item in value) + f"\n{indent}]"
    rows = (f"{inner}{json.dumps(key)}: {_text(item, inner)}" for key, item in value.items())
    return "{\n" + ",\n".join(rows) + f"\n{indent}}}"


def _row(item: Any, indent: str) -> str:
    """An item of a list: one line if it holds no table within a table (a record of a report)."""
    if isinstance(item, dict) and not any(isinstance(value, dict) for value in item.values()):
        return json.dumps(item, ensure_ascii=False, allow_nan=False)
    return _text(item, indent)


def _finite(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _finite(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(item) for item in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value

"""Parts of a table are joined whatever their cells hold."""

from __future__ import annotations

import csv
from pathlib import Path

from mmae_core.report.part_tables import join_parts


def test_a_cell_longer_than_the_csv_modules_limit_is_joined(tmp_path: Path) -> None:
    limit = csv.field_size_limit()
    (tmp_path / "part").write_text(f"{'x' * (limit + 1)},1\r\n", encoding="utf-8")
    join_parts([tmp_path / "part"], tmp_path / "all.csv", ("record", "score"), {"score": float}, {})
    assert (tmp_path / "all.csv").read_text(encoding="utf-8").split() == ["record,score", f"{'x' * (limit + 1)},1"]
    assert csv.field_size_limit() == limit, "foreign tables are read with it"

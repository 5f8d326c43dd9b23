"""Times of day in the table of findings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import time

from ecg_viewer.export.content import RecordContent
from ecg_viewer.export.findings_csv import FINDING_COLUMNS, findings_csv_rows


def test_the_table_says_the_time_of_day_where_a_long_recording_states_it(
    make_content: Callable[[], RecordContent]
) -> None:
    content = make_content()
    clock = FINDING_COLUMNS.index("clock")
    assert {row[clock] for row in findings_csv_rows(content)} == {""}
    begun = replace(content.record, start_time=time(23, 59, 59), n_samples=round(90 * content.record.sampling_rate_hz))
    rows = findings_csv_rows(replace(content, record=begun))
    assert rows
    for row in rows:
        start_s = float(str(row[FINDING_COLUMNS.index("start_s")]))
        assert row[clock] == ("23:59:59" if start_s < 0.5 else f"day 2, 00:00:{round(start_s) - 1:02d}")

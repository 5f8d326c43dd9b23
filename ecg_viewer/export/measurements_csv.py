"""Measurements as a table that spreadsheets read: a row a quantity of the recording."""

from __future__ import annotations

from pathlib import Path

from ecg_viewer.export.content import RecordContent
from ecg_viewer.export.files import Folder, NothingToExport, file_name, writing
from ecg_viewer.export.findings_csv import number_cell, table_text, text_cell
from ecg_viewer.state.language import tr

MEASUREMENT_COLUMNS = (
    "record", "start_s", "end_s", "quantity", "lead", "value", "unit", "reason", "percentile", "sign", "n_normals",
    "group", "flagged", "age_years", "sex",
)
OVER_89 = "over 89"


def write_measurements(content: RecordContent, folder: Folder) -> tuple[Path, ...]:
    """Write `NAME_measurements.csv`. Raises CannotExport; NothingToExport if nobody has measured."""
    if content.measurements is None:
        raise NothingToExport(tr("{name} has no measurements to export.").format(name=content.name))
    target = folder.target(file_name(content.name, "_measurements.csv"))
    text = table_text(content, MEASUREMENT_COLUMNS, measurement_rows(content))
    with writing(target) as part:
        part.write_text(text, encoding="utf-8-sig", newline="")
    return (target,)


def measurement_rows(content: RecordContent) -> list[list[object]]:
    """A row a quantity of the recording, with the reason where there is no value; then a row a quantity of a lead.

    The second ones are all values that named departures were looked for in.
    """
    measured, found = content.measurements, content.departures
    person = content.person
    age = OVER_89 if person.is_over_89 else number_cell(person.age_years, 1)
    rows: list[list[object]] = []
    if measured is not None:
        stretch = number_cell(measured.start_s, 4), number_cell(measured.start_s + measured.duration_s, 4)
        for row in content.measured_rows:
            item = row.departure
            departs = ("", "", "", "", "no" if row.value.is_measured else "") if item is None else (
                number_cell(item.percentile, 3), item.sign, item.n_normals, text_cell(str(item.group)),
                "yes" if item.is_flagged else "no")
            rows.append([text_cell(content.name), *stretch, row.quantity, "", number_cell(row.value.value, 1), row.unit,
                         row.value.reason_text, *departs, age, person.sex])
    if found is not None:
        by_value = {(item.quantity, item.lead): item for item in found.departures}
        stretch = number_cell(found.start_s, 4), number_cell(found.end_s, 4)
        for name, value in found.values.items():
            quantity, _, lead = name.partition(":")
            item = by_value.get((quantity, lead or None))
            departs = ("", "", "", text_cell(str(found.group)), "no") if item is None else (
                number_cell(item.percentile, 3), item.sign, item.n_normals, text_cell(str(item.group)),
                "yes" if item.is_flagged else "no")
            rows.append([text_cell(content.name), *stretch, quantity, lead, number_cell(value, 4),
                         "" if item is None else item.unit, "", *departs, age, person.sex])
    return rows

"""Measurements as a table for spreadsheets: one row per quantity."""

from __future__ import annotations

from pathlib import Path

from ecg_viewer.export.content import RecordContent
from ecg_viewer.export.export_files import Folder, NothingToExport, file_name, writing
from ecg_viewer.export.findings_csv import csv_number, table_text, text_cell
from ecg_viewer.export.layers_json import QUANTITY_UNITS
from ecg_viewer.jobs.measured_rows import DEPARTURE_OF
from ecg_viewer.state.words.language import tr
from mmae_core.departures.results import Departure

MEASUREMENT_COLUMNS = (
    "record", "start_s", "end_s", "quantity", "lead", "value", "unit", "reason", "percentile", "sign", "n_normals",
    "group", "flagged", "age_years", "sex",
)
OVER_89 = "over 89"


def write_measurements(content: RecordContent, folder: Folder) -> tuple[Path, ...]:
    """Write `NAME_measurements.csv`. Raises CannotExport; NothingToExport if nothing was measured."""
    if content.measurements is None:
        raise NothingToExport(tr("{name} has no measurements to export.").format(name=content.name))
    target = folder.target(file_name(content.name, "_measurements.csv"))
    text = table_text(content, MEASUREMENT_COLUMNS, measurement_rows(content), semicolons=folder.semicolons)
    with writing(target) as part:
        part.write_text(text, encoding="utf-8-sig", newline="")
    return (target,)


def measurement_rows(content: RecordContent) -> list[list[object]]:
    """A row a quantity of the recording, with the reason where there is no value; then a row for each other value that
    named departures were looked for in, lead by lead.
    """
    measured, found = content.measurements, content.departures
    rows: list[list[object]] = []
    if measured is not None:
        stretch = measured.start_s, measured.start_s + measured.duration_s
        for row in content.measured_rows:
            value = row.value
            departs: list[object] = [""] * 5
            if value.is_measured:
                departs = _departs(row.departure, "")
            rows.append(_row(content, stretch, row.quantity, "", csv_number(value.value, 1), row.unit,
                             value.reason_text, departs))
    if found is not None:
        told = {DEPARTURE_OF[row.quantity] for row in content.measured_rows}
        by_value = {(item.quantity, item.lead): item for item in found.departures}
        for name, number in found.values.items():
            quantity, _, lead = name.partition(":")
            if lead or quantity not in told:
                departs = _departs(by_value.get((quantity, lead or None)), str(found.group))
                rows.append(_row(content, (found.start_s, found.end_s), quantity, lead, csv_number(number, 4),
                                 QUANTITY_UNITS.get(quantity, ""), "", departs))
    return rows


def _departs(item: Departure | None, group: str) -> list[object]:
    """Percentile, sign, count of normals, group and whether it is a finding."""
    if item is None:
        return ["", "", "", text_cell(group), "no"]
    return [csv_number(item.percentile, 3), item.sign, item.n_normals, text_cell(str(item.group)),
            "yes" if item.is_flagged else "no"]


def _row(
    content: RecordContent, stretch: tuple[float, float], quantity: str, lead: str, value: str, unit: str, reason: str,
    departs: list[object],
) -> list[object]:
    person = content.person
    age = OVER_89 if person.is_over_89 else csv_number(person.age_years, 1)
    return [text_cell(content.name), *(csv_number(time_s, 4) for time_s in stretch), quantity, lead, value, unit,
            reason, *departs, age, person.sex]

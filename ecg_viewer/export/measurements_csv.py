"""Measurements as a table for spreadsheets: one row per quantity."""

from __future__ import annotations

from pathlib import Path

from ecg_viewer.export.content import RecordContent
from ecg_viewer.export.export_files import Folder, NothingToExport, file_name, writing
from ecg_viewer.export.findings_csv import csv_number, table_text, text_cell
from ecg_viewer.export.layers_json import QUANTITY_UNITS
from ecg_viewer.jobs.measured_rows import DEPARTURE_OF
from ecg_viewer.state.words.language import tr
from mmae_core.departures.lead_table_results import TABLE_QUANTITIES
from mmae_core.departures.results import Departure
from mmae_core.intervals.device_differences import device_differences
from mmae_core.intervals.qtc_doubt import qtc_by_formula, qtc_doubt
from mmae_core.intervals.results import DEFAULT_FORMULA, Measurements

MEASUREMENT_COLUMNS = (
    "record", "start_s", "end_s", "quantity", "lead", "value", "unit", "reason", "percentile", "sign", "n_normals",
    "group", "flagged", "age_years", "sex", "percent_below", "sd", "sd_beats", "note",
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
    named departures were looked for in, lead by lead, and for each duration of a lead's waves.
    """
    measured, found = content.measurements, content.departures
    rows: list[list[object]] = []
    if measured is not None:
        rows += _recording_rows(content, measured)
    if found is not None:
        told = {DEPARTURE_OF[row.quantity] for row in content.measured_rows}
        by_value = {(item.quantity, item.lead): item for item in found.departures}
        for name, number in found.values.items():
            quantity, _, lead = name.partition(":")
            if lead or quantity not in told:
                departs = _departs(by_value.get((quantity, lead or None)), str(found.group))
                rows.append(_row(content, (found.start_s, found.end_s), quantity, lead, csv_number(number, 4),
                                 QUANTITY_UNITS.get(quantity, ""), "", departs, _below(content, quantity, lead)))
    return rows + _lead_rows(content, set() if found is None else set(found.values))


def _recording_rows(content: RecordContent, measured: Measurements) -> list[list[object]]:
    """Rate, intervals and axis; R-R; QT corrected by each formula that is not the default one."""
    stretch = measured.start_s, measured.start_s + measured.duration_s
    doubt = qtc_doubt(measured)
    doubted = "" if doubt is None else str(doubt)
    device = {item.quantity: item for item in device_differences(content.record.device, measured) if not item.formula}
    rows = []
    for row in content.measured_rows:
        value = row.value
        departs: list[object] = _departs(row.departure, "") if value.is_measured else [""] * 5
        note = doubted if row.quantity == "qtc_ms" and value.is_measured else ""
        if row.quantity in device:
            note = f"the device states {device[row.quantity].device:g} {device[row.quantity].unit}"
        rows.append(_row(content, stretch, row.quantity, "", csv_number(value.value, 1), row.unit, value.reason_text,
                         departs, ["", *_spread(content, row.quantity), text_cell(note)]))
    if measured.rr_s is not None:
        rows.append(_row(content, stretch, "rr_ms", "", csv_number(1000 * measured.rr_s, 1), "ms", "",
                         ["", "", "", "", "no"], ["", *_spread(content, "rr_ms"), ""]))
    for name, value in qtc_by_formula(measured).items():
        if name != DEFAULT_FORMULA:
            rows.append(_row(content, stretch, f"qtc_{name.lower()}_ms", "", csv_number(value.value, 1), "ms",
                             value.reason_text, ["", "", "", "", "no" if value.is_measured else ""],
                             ["", "", "", text_cell(doubted if value.is_measured else "")]))
    return rows


def _lead_rows(content: RecordContent, known: set[str]) -> list[list[object]]:
    """What the table of leads has beside the values above: durations, and the reasons for what is missing."""
    if content.details is None:
        return []
    table = content.details.table
    return [
        _row(content, (table.start_s, table.end_s), name, lead, csv_number(cell.value, 4), TABLE_QUANTITIES[name].unit,
             text_cell(str(cell.reason) if cell.value is None else ""),
             ["", "", "", text_cell(str(table.group)) if cell.percentile is not None else "", "no"],
             _below(content, name, lead))
        for lead, cells in table.leads.items() for name, cell in cells.items() if f"{name}:{lead}" not in known
    ]


def _below(content: RecordContent, quantity: str, lead: str) -> list[object]:
    """Share of the normals below a lead's value; no deviation, no note."""
    cell = None if content.details is None else content.details.table.leads.get(lead, {}).get(quantity)
    return ["" if cell is None or cell.percentile is None else csv_number(cell.percentile, 2), "", "", ""]


def _spread(content: RecordContent, quantity: str) -> list[object]:
    """Standard deviation from beat to beat, and of how many beats."""
    spread = None if content.details is None else content.details.spreads.get(quantity)
    return ["", ""] if spread is None else [csv_number(spread.sd, 2), spread.n_beats]


def _departs(item: Departure | None, group: str) -> list[object]:
    """Percentile, sign, count of normals, group and whether it is a finding."""
    if item is None:
        return ["", "", "", text_cell(group), "no"]
    return [csv_number(item.percentile, 3), item.sign, item.n_normals, text_cell(str(item.group)),
            "yes" if item.is_flagged else "no"]


def _row(
    content: RecordContent, stretch: tuple[float, float], quantity: str, lead: str, value: str, unit: str, reason: str,
    departs: list[object], more: list[object],
) -> list[object]:
    person = content.person
    age = OVER_89 if person.is_over_89 else csv_number(person.age_years, 1)
    return [text_cell(content.name), *(csv_number(time_s, 4) for time_s in stretch), quantity, lead, value, unit,
            reason, *departs, age, person.sex, *more]

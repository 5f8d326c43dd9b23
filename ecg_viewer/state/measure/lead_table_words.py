"""The table of measurements by lead in words: headings, cells with percentile and sign, what each cell says in full."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from ecg_viewer.state.filters import FilterChain
from ecg_viewer.state.words.core_words import translated
from ecg_viewer.state.words.language import tr, translatable
from ecg_viewer.state.words.numbers import MINUS, number
from mmae_core.departures.lead_table_results import MM_PER_MV, TABLE_QUANTITIES, LeadTable, LeadValue
from mmae_core.departures.quantities import Quantity
from mmae_core.files import formula_safe

Unit = Literal["mV", "mm"]
NOT_MEASURED = "—"
ST_MATRIX = ("j_mv", "st_j40_mv", "st_j60_mv", "st_j80_mv", "st_slope_mv_s")
WAVES = tuple(name for name in TABLE_QUANTITIES if name not in ST_MATRIX)
SHORT_HEADS = {
    "j_mv": "J", "st_j40_mv": "J+40", "st_j60_mv": "J+60", "st_j80_mv": "J+80", "p_mv": "P", "p_ms": "P", "q_mv": "Q",
    "q_ms": "Q", "r_mv": "R", "r_ms": "R", "s_mv": "S", "s_ms": "S", "r_second_mv": "R'", "t_mv": "T", "t_ms": "T",
    "qrs_lead_ms": "QRS",
}
"""The same in every language; the unit stands beside them."""
WORDY_HEADS = {"st_slope_mv_s": translatable("slope"), "area_mv_ms": translatable("QRS area")}
TIPS = {
    "j_mv": translatable("ST at the J point, where the QRS ends in all leads together"),
    "st_j40_mv": translatable("ST 40 ms after the J point"),
    "st_j60_mv": translatable("ST 60 ms after the J point"),
    "st_j80_mv": translatable("ST 80 ms after the J point"),
    "st_slope_mv_s": translatable("slope of ST from the J point to 80 ms after it"),
    "p_mv": translatable("height of P above the level before it; negative if it points down"),
    "p_ms": translatable("duration of P in this lead"),
    "q_mv": translatable("depth of Q below the line; 0 where there is none"),
    "q_ms": translatable("duration of Q; 0 where there is none"),
    "r_mv": translatable("highest point of the QRS above the line"),
    "r_ms": translatable("duration of R, where it rises above the line"),
    "s_mv": translatable("depth of S below the line, or of a QS"),
    "s_ms": translatable("duration of S, where it falls below the line"),
    "r_second_mv": translatable("height of a second R"),
    "t_mv": translatable("height of T, negative if it points down; of a biphasic T the larger phase"),
    "t_ms": translatable("duration of T in this lead"),
    "qrs_lead_ms": translatable("duration of the QRS in this lead, at most that of all leads together"),
    "area_mv_ms": translatable("area of the QRS above the line less that below it"),
}
LEAST_PERCENT, MOST_PERCENT = 0.1, 99.9
ABOVE, BELOW, FLAGGED_ABOVE, FLAGGED_BELOW = "↑", "↓", "▲", "▼"


@dataclass(frozen=True)
class CellText:
    """What a cell shows, what it is sorted by (NaN: nothing known), and what it says in full."""

    text: str
    key: float
    sentence: str


def head_of(name: str, unit: Unit = "mV") -> str:
    """`J+60 mV`."""
    title = tr(WORDY_HEADS[name]) if name in WORDY_HEADS else SHORT_HEADS[name]
    return f"{title} {_unit(TABLE_QUANTITIES[name], unit)}"


def tip_of(name: str) -> str:
    """What a column holds."""
    return tr(TIPS[name])


def cell_text(
    lead: str, name: str, cell: LeadValue, table: LeadTable, *, unit: Unit = "mV", compares: bool = True
) -> CellText:
    """A value with its percentile and a sign where it lies outside the limits of normal.

    Without `compares` the normals are not mentioned, as while all that the program marks is hidden.
    """
    quantity = TABLE_QUANTITIES[name]
    what = tr("{lead}, {quantity}").format(lead=lead, quantity=tip_of(name))
    if cell.value is None:
        return CellText(NOT_MEASURED, math.nan, tr("{what}: not measured, {reason}.").format(
            what=what, reason=translated(cell.reason)))
    value = value_text(cell.value, quantity, unit)
    full = tr("{what}: {value} {unit}").format(what=what, value=value, unit=_unit(quantity, unit))
    if unit == "mV" and quantity.unit == "mV" and name in ST_MATRIX:
        full += tr(" ({n} mm at 10 mm/mV)").format(n=_signed(cell.value * MM_PER_MV, 1, signed=True))
    if not compares:
        return CellText(value, cell.value, f"{full}.")
    if cell.percentile is None:
        why = tr("; not compared, {reason}").format(reason=translated(cell.reason)) if cell.reason else ""
        return CellText(value, cell.value, f"{full}{why}.")
    percent = number(_percent(cell.percentile), ".1f")
    full += tr("; above {percent} % of {group}").format(percent=percent, group=translated(table.group))
    if cell.is_flagged:
        full += tr("; a finding")
    sign = sign_of(cell)
    if not sign and not quantity.is_signed and float(f"{cell.value:.{quantity.decimals}f}") == 0:
        return CellText(value, cell.value, f"{full}.")  # a wave that is not there, as in many normals
    rounded = number(_percent(cell.percentile), ".0f" if 1 <= cell.percentile <= 99 else ".1f")
    return CellText(f"{value} ({rounded}) {sign}".rstrip(), cell.value, f"{full}.")


def sign_of(cell: LeadValue) -> str:
    """`↑` or `↓` outside the limits of normal, `▲` or `▼` for a finding; empty within."""
    if cell.is_flagged and cell.percentile is not None:
        return FLAGGED_ABOVE if cell.percentile >= 50 else FLAGGED_BELOW
    return {1: ABOVE, -1: BELOW, 0: ""}[cell.side]


def value_text(value: float, quantity: Quantity, unit: Unit = "mV") -> str:
    """`+0.12`, in millimetres of standard gain where they are asked for."""
    if unit == "mm" and quantity.unit == "mV":
        return _signed(value * MM_PER_MV, 1, signed=quantity.is_signed)
    return _signed(value, quantity.decimals, signed=quantity.is_signed)


def legend_text(table: LeadTable, *, compares: bool) -> str:
    """What the numbers in brackets and the signs mean, and with whom is compared."""
    parts = []
    if not compares:
        parts.append(tr("Normal ECGs are not mentioned while what the program marks is hidden."))
    elif table.group:
        parts.append(tr("In brackets the percentile among {group}. ↑ ↓ outside the 2.5th to the 97.5th percentile, "
                        "▲ ▼ a finding.").format(group=translated(table.group)))
    parts.append(tr("— not measured: choose the cell for the reason. aVR is measured as recorded, never inverted."))
    return " ".join(parts)


def st_note(shown: FilterChain) -> str:
    """That the paper shows ST through a filter that moves it, and the table does not; empty for other filters."""
    if not shown.moves_st:
        return ""
    return tr("The paper is filtered ({name}): do not read ST there. This table is of the recording as it is.").format(
        name=shown.name)


def notes_text(table: LeadTable) -> str:
    """What holds for all leads; empty if nothing does."""
    return " ".join(f"⚠ {_as_sentence(translated(note))}" for note in table.notes)


def table_text(
    record_name: str, table: LeadTable, leads: Sequence[str], *, unit: Unit = "mV", compares: bool = True
) -> str:
    """The whole table with tabs, for a spreadsheet or a report."""
    names = (*ST_MATRIX, *WAVES)
    rows = [[lead, *(cell_text(lead, name, table.leads[lead][name], table, unit=unit, compares=compares).text
                     for name in names)] for lead in leads]
    head = [tr("Lead"), *(head_of(name, unit) for name in names)]
    stretch = tr("{start}–{end} s").format(start=number(table.start_s, ".2f"), end=number(table.end_s, ".2f"))
    lines = [formula_safe(f"{record_name}, {stretch}"), *("\t".join(row) for row in (head, *rows)),
             legend_text(table, compares=compares), notes_text(table),
             tr("Measured automatically. Research use only, not for diagnosis.")]
    return "\n".join(filter(None, lines)) + "\n"


def table_csv(record_name: str, table: LeadTable, leads: Iterable[str], *, compares: bool = True) -> str:
    """A row a lead and quantity, for programs: numbers with a point, mV and ms, reasons in English."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(("record", "lead", "quantity", "value", "unit", "percent_below", "side", "finding", "reason"))
    for lead in leads:
        for name, cell in table.leads[lead].items():
            percent = "" if cell.percentile is None or not compares else f"{cell.percentile:.2f}"
            side = cell.side if compares else 0
            writer.writerow((formula_safe(record_name), lead, name, "" if cell.value is None else f"{cell.value:.4f}",
                             TABLE_QUANTITIES[name].unit, percent, side,
                             "yes" if cell.is_flagged and compares else "no", str(cell.reason)))
    return stream.getvalue()


def _percent(percentile: float) -> float:
    """Never rounded to none or to all of the normals: there are too few to claim that."""
    return min(max(percentile, LEAST_PERCENT), MOST_PERCENT)


def _unit(quantity: Quantity, unit: Unit) -> str:
    return unit if quantity.unit == "mV" else quantity.unit


def _signed(value: float, decimals: int, *, signed: bool) -> str:
    """With a minus sign of the width of a plus, and no sign before what rounds to zero."""
    if float(f"{value:.{decimals}f}") == 0:
        return number(0.0, f".{decimals}f")
    return number(value, f"{'+' if signed else ''}.{decimals}f").replace("-", MINUS)


def _as_sentence(text: str) -> str:
    return text if text.endswith(".") else f"{text[:1].upper()}{text[1:]}."

"""The cells of the table of measurements by lead: value, percentile, sign, and what they say in full."""

from __future__ import annotations

import csv
import math

import pytest

from ecg_viewer.state.measure.lead_table_words import (
    CellText,
    cell_text,
    head_of,
    legend_text,
    notes_text,
    sign_of,
    table_csv,
)
from mmae_core.departures.lead_table_results import TABLE_QUANTITIES, LeadTable, LeadValue
from mmae_core.messages import Message

TABLE = LeadTable(0.0, 10.0, {}, group="men of about 55")


def said(name: str, cell: LeadValue, **how: object) -> CellText:
    return cell_text("V2", name, cell, TABLE, **how)  # type: ignore[arg-type]


@pytest.mark.parametrize(("cell", "text"), [
    (LeadValue(0.124, "", 46.2), "+0.12 (46)"), (LeadValue(0.3, "", 98.4), "+0.30 (98) ↑"),
    (LeadValue(-0.2, "", 1.6), "−0.20 (2) ↓"), (LeadValue(0.5, "", 99.97, is_flagged=True), "+0.50 (99.9) ▲"),
    (LeadValue(-0.5, "", 0.02, is_flagged=True), "−0.50 (0.1) ▼"), (LeadValue(0.2, "why"), "+0.20"),
    (LeadValue(-0.001, "", 40.0), "0.00 (40)"),
])
def test_a_cell_has_value_percentile_and_a_sign_outside_the_limits(cell: LeadValue, text: str) -> None:
    assert said("st_j60_mv", cell).text == text


def test_a_wave_that_is_not_there_has_no_percentile_beside_its_zero() -> None:
    assert said("q_mv", LeadValue(0.0, "", 37.5)).text == "0.00"
    assert "above 37.5 %" in said("q_mv", LeadValue(0.0, "", 37.5)).sentence
    assert said("s_mv", LeadValue(0.0, "", 1.0)).text == "0.00 (1) ↓", "unless that is unusual"


def test_what_a_cell_says_in_full() -> None:
    assert said("st_j60_mv", LeadValue(0.24, "", 99.4, is_flagged=True)).sentence == (
        "V2, ST 60 ms after the J point: +0.24 mV (+2.4 mm at 10 mm/mV); above 99.4 % of men of about 55; a finding.")
    empty = said("j_mv", LeadValue(None, Message("the beat ends before")))
    assert (empty.text, empty.sentence) == (
        "—", "V2, ST at the J point, where the QRS ends in all leads together: not measured, the beat ends before.")
    assert math.isnan(empty.key)
    assert said("t_ms", LeadValue(180.0, "the limits of normals do not have it")).sentence.endswith(
        "180 ms; not compared, the limits of normals do not have it.")


def test_millimetres_are_those_of_the_standard_gain_and_times_stay_as_they_are() -> None:
    assert said("st_j60_mv", LeadValue(0.24, "", 50.0), unit="mm").text == "+2.4 (50)"
    assert head_of("st_j60_mv", "mm") == "J+60 mm"
    assert said("q_ms", LeadValue(24.0, "", 50.0), unit="mm").text == "24 (50)"
    assert head_of("st_slope_mv_s", "mm") == "slope mV/s"


def test_without_comparison_neither_percentile_nor_sign_nor_group_is_told() -> None:
    cell = LeadValue(0.5, "", 99.97, is_flagged=True)
    assert said("st_j60_mv", cell, compares=False).text == "+0.50"
    assert "%" not in said("st_j60_mv", cell, compares=False).sentence
    assert "men of about 55" not in legend_text(TABLE, compares=False)
    assert sign_of(cell) == "▲"


def test_notes_are_sentences() -> None:
    assert notes_text(TABLE) == ""
    noted = LeadTable(0.0, 10.0, {}, notes=("no waves measured: x", "QRS lasts 140 ms."))
    assert notes_text(noted) == "⚠ No waves measured: x. ⚠ QRS lasts 140 ms."


def test_the_csv_has_a_row_a_lead_and_quantity_with_points_and_reasons() -> None:
    cells = {name: LeadValue(0.1234, "", 99.0) for name in TABLE_QUANTITIES} | {"t_ms": LeadValue(None, "why, not")}
    table = LeadTable(0.0, 10.0, {"V1": cells, "V2": cells})
    rows = list(csv.DictReader(table_csv("rec", table, ("V2", "V1")).splitlines()))
    assert len(rows) == 2 * len(TABLE_QUANTITIES)
    assert rows[0] == {"record": "rec", "lead": "V2", "quantity": "j_mv", "value": "0.1234", "unit": "mV",
                       "percent_below": "99.00", "side": "1", "finding": "no", "reason": ""}
    missing = next(row for row in rows if row["quantity"] == "t_ms")
    assert (missing["value"], missing["reason"]) == ("", "why, not")

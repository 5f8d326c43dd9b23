"""The line above the paper: values with units, the percentile of what departs, reasons for what is missing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ecg_viewer.state.measure.header_line import header_parts, header_text
from mmae_core.departures.results import Departure, RecordDepartures
from mmae_core.intervals.results import FORMULAS, Measurements, Reason, Value
from mmae_core.messages import Message

FRIDERICIA = FORMULAS["Fridericia"]


def measured(pr: Value | None = None) -> Measurements:
    return Measurements(
        0.0, 10.0, Value(80.0), pr or Value(240.0), Value(96.0), Value(368.0), Value(-46.0), rr_s=0.75,
    )


def departure(kind: str, sign: int, percentile: float, lead: str | None = None) -> Departure:
    quantity = {"PR": "pr_ms"}.get(kind, kind)
    return Departure(quantity, kind, "P", lead, sign, 240.0, "ms", percentile, 1912, "women of about 65", 4.0, 99.0,
                     -0.2, -0.05, Message("PR 240 ms: above 99.6 % of 1,912 women of about 65"))


def compared(*found: Departure) -> RecordDepartures:
    return RecordDepartures(0.0, 10.0, found, group="women of about 65")


def test_everything_is_said_in_one_line_with_units() -> None:
    parts = header_parts(measured(), FRIDERICIA, None)
    assert header_text(parts) == "80/min · PR 240 ms · QRS 96 ms · QT/QTc 368/405 ms (Fridericia) · axis −46°"
    assert not any(part.departs for part in parts)


@pytest.mark.parametrize(("sign", "said", "short"), [
    (1, "PR 240 ms (above 99.6 % of normal ECGs)", "PR 240↑"),
    (-1, "PR 240 ms (below 99.6 % of normal ECGs)", "PR 240↓"),
])
def test_what_departs_has_its_percentile_and_its_side(sign: int, said: str, short: str) -> None:
    part = header_parts(measured(), FRIDERICIA, compared(departure("PR", sign, 99.6)))[1]
    assert (part.text, part.shortest, part.departs) == (said, short, True)
    assert part.tip == "PR 240 ms: above 99.6 % of 1,912 women of about 65\nCompared with women of about 65."


@pytest.mark.parametrize(("quantity", "kind"), [("irregularity_percent", "rhythm"), ("t_axis_deg", "axis")])
def test_what_departs_beside_a_measurement_is_not_said_of_it(quantity: str, kind: str) -> None:
    found = Departure(quantity, kind, "rhythm", None, 1, 30.0, "%", 99.6, 1912, "women of about 65", 4.0, 99.0, 0.0,
                      0.0, Message("irregular"))
    parts = header_parts(measured(), FRIDERICIA, compared(found))
    assert [part.text.split(" (")[0] for part in parts if part.departs] == ["R-R uneven"] * (kind == "rhythm")


def test_a_departure_of_one_lead_is_none_of_the_whole_recording() -> None:
    assert not header_parts(measured(), FRIDERICIA, compared(departure("PR", 1, 99.6, "V2")))[1].departs


def test_what_could_not_be_measured_says_why() -> None:
    parts = header_parts(measured(Value.none(Reason.NO_P)), FRIDERICIA, None)
    assert parts[1].text.startswith("PR: could not measure (")
    assert parts[1].tip == "PR could not be measured: no P wave that keeps its place before the QRS."


def test_without_a_rate_qt_stands_alone_and_says_why_qtc_is_missing() -> None:
    part = header_parts(
        Measurements(0.0, 10.0, *(Value(80.0),) * 5, rr_s=None), FRIDERICIA, None
    )[3]
    assert (part.text, part.tip) == ("QT 80 ms", "the rate could not be measured")


def test_an_uneven_rhythm_is_said_beside_the_rate_and_not_of_it() -> None:
    rate, rhythm, *_ = header_parts(measured(), FRIDERICIA, compared(departure("rhythm", 1, 99.0)))
    assert (rate.text, rate.departs) == ("80/min", False)
    assert rhythm.text == "R-R uneven (above 99.0 % of normal ECGs)"


def test_nothing_short_of_all_normals_reads_as_all() -> None:
    part = header_parts(measured(), FRIDERICIA, compared(departure("PR", 1, 99.97)))[1]
    assert part.text == "PR 240 ms (above 99.9 % of normal ECGs)"


def test_the_formula_and_the_percentile_of_qt_share_their_brackets() -> None:
    part = header_parts(measured(), FRIDERICIA, compared(replace(departure("QT", 1, 99.6), quantity="qtc_ms")))[3]
    assert part.text == "QT/QTc 368/405 ms (Fridericia, above 99.6 % of normal ECGs)"


def test_a_percentile_stands_beside_the_qtc_it_was_taken_of() -> None:
    found = replace(departure("QT", 1, 99.6), quantity="qtc_ms", value=405.0)
    part = header_parts(measured(), FORMULAS["Bazett"], compared(found))[3]
    assert part.text == "QT/QTc 368/425 ms (Bazett; by Fridericia 405 ms, above 99.6 % of normal ECGs)"
    assert part.forms[1:] == ("QT/QTc 368/425 (Fridericia above 99.6 %)", "QT/QTc 368/425 (Fridericia↑)")
    assert part.departs


@pytest.mark.parametrize("name", [name for name in FORMULAS if name != "Fridericia"])
def test_a_qtc_by_a_formula_that_normals_were_not_measured_by_says_that_it_is_not_compared(name: str) -> None:
    part = header_parts(measured(), FORMULAS[name], compared())[3]
    assert part.text.endswith(f" ({name}, not compared with normal ECGs)")
    assert part.tip.endswith("Compared with women of about 65. Of QTc only that by Fridericia is compared.")
    assert not part.departs


def test_where_nothing_is_compared_no_formula_says_so() -> None:
    part = header_parts(measured(), FORMULAS["Bazett"], None)[3]
    assert part.text == "QT/QTc 368/425 ms (Bazett)"


def test_who_is_compared_with_nobody_learns_why() -> None:
    why = Message("not compared: normal limits are of adults, from {youngest} years on", youngest=16)
    alone = RecordDepartures(0.0, 10.0, limitations=(why,))
    parts = header_parts(measured(), FORMULAS["Bazett"], alone)
    assert parts[1].tip == "not compared: normal limits are of adults, from 16 years on"
    assert not any(part.departs for part in parts)
    assert parts[3].text == "QT/QTc 368/425 ms (Bazett)"


def test_an_interval_that_changes_is_shown_as_its_range() -> None:
    changing = Value.none(Reason.VARIES, low=160.0, high=284.0)
    pr = header_parts(measured(changing), FRIDERICIA, compared())[1]
    assert (pr.text, pr.shortest, pr.departs) == ("PR 160–284 ms", "PR 160–284", False)
    assert pr.tip == "PR could not be measured: it changes from 160 to 284 ms within the stretch."

    qt = header_parts(replace(measured(), qt_ms=changing), FRIDERICIA, compared())[3]
    assert qt.text == "QT 160–284 ms"

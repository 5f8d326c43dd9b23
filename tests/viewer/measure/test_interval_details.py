"""The tab of intervals in words: four QTc, deviations, limits of normal, regularity, and the device's own values."""

from __future__ import annotations

from ecg_viewer.state.measure.details import Details
from ecg_viewer.state.measure.interval_details import (
    DetailedLine,
    detailed_lines,
    detailed_text,
    device_text,
    doubt_text,
    rhythm_text,
)
from mmae_core.departures.lead_table_results import LeadTable
from mmae_core.intervals.beat_results import Spread
from mmae_core.intervals.results import FORMULAS, Fiducials, Measurements, Reason, Value
from mmae_core.record import Device, DeviceMeasurement

DETAILS = Details(
    LeadTable(0.0, 10.0, {}, group="men of about 55", ranges={"pr_ms": (140.6, 222.4), "qrs_axis_deg": (-24.2, 78.6)},
              n_normals={"pr_ms": 1626, "qrs_axis_deg": 1700}),
    {"pr_ms": Spread(4.2, 9), "rate_bpm": Spread(2.6, 10)},
)


def measured(rr_s: float = 0.8, *, is_regular: bool = True, step_s: float = 0.0) -> Measurements:
    beats = tuple(Fiducials(number * rr_s + (number % 2) * step_s, True) for number in range(8))
    return Measurements(0.0, 10.0, Value(60 / rr_s, n_beats=8), Value(168.0, n_beats=8, n_leads=12), Value(92.0),
                        Value(400.0), Value(-12.0, n_beats=8), ("I", "aVF"), rr_s, 8, 8, is_regular, beats=beats)


def lines(found: Measurements, *, compares: bool = True) -> dict[str, DetailedLine]:
    return {line.name: line for line in detailed_lines(found, FORMULAS["Bazett"], DETAILS, compares=compares)}


def test_every_formula_has_its_line_and_the_chosen_one_a_mark() -> None:
    shown = lines(measured())
    assert {name: line.value for name, line in shown.items() if name.startswith("QTc")} == {
        "QTc Fridericia": "431 ms", "QTc Bazett ✓": "447 ms", "QTc Framingham": "431 ms", "QTc Hodges": "426 ms"}
    assert [name for name, line in shown.items() if line.is_chosen] == ["QTc Bazett ✓"]


def test_deviations_stand_behind_the_value_and_limits_beside_it() -> None:
    shown = lines(measured())
    assert (shown["PR"].value, shown["PR"].normal) == ("168 ± 4 ms", "141–222")
    assert "± 4.2: standard deviation from beat to beat, 9 of them" in shown["PR"].tip
    assert "normal: the middle 95 % of 1,626 men of about 55" in shown["PR"].tip
    assert shown["Rate"].value == "75 ± 3/min"
    assert shown["QRS"].value == "92 ms", "no deviation is known"
    assert shown["Axis"].normal == "\N{MINUS SIGN}24 to 79"
    assert lines(measured(), compares=False)["PR"].normal == ""


def test_a_doubtful_qtc_has_a_question_mark_and_the_reason() -> None:
    irregular = measured(is_regular=False)
    assert lines(irregular)["QTc Fridericia"].value == "431 ms ?"
    assert "R-R intervals differ too much" in lines(irregular)["QTc Hodges"].tip
    assert doubt_text(irregular) == "QTc is doubtful: R-R intervals differ too much for one correction."
    assert doubt_text(measured()) == ""
    assert "150/min" in doubt_text(measured(0.4))


def test_regularity_is_one_sentence() -> None:
    assert rhythm_text(measured()) == (
        "The rhythm is regular: R-R 800–800 ms (7 intervals), 0 % from one to the next.")
    uneven = measured(is_regular=False, step_s=0.2)
    assert rhythm_text(uneven) == (
        "The rhythm is irregular: R-R 600–1000 ms (7 intervals), 40 % from one to the next.")
    assert rhythm_text(Measurements(0.0, 2.0, *[Value.none(Reason.NO_LEADS)] * 5)) == ""


def test_what_is_not_measured_says_why_in_the_place_of_both() -> None:
    nothing = Measurements(0.0, 10.0, *[Value.none(Reason.NO_LEADS)] * 5)
    shown = lines(nothing)
    assert not any(line.is_measured for line in shown.values())
    assert all("none of the twelve leads" in line.value and not line.normal for line in shown.values())


def test_the_device_is_named_with_both_numbers() -> None:
    device = Device(measurements=(DeviceMeasurement("QRS duration", "135", "ms"),
                                  DeviceMeasurement("PR interval", "170", "ms")))
    assert device_text(device, measured()) == "The device measured otherwise: QRS 135 ms (here 92 ms)."
    assert device_text(None, measured()) == ""


def test_the_copied_text_has_all_of_it() -> None:
    device = Device(measurements=(DeviceMeasurement("QRS duration", "135", "ms"),))
    text = detailed_text("rec 7", measured(0.4), FORMULAS["Bazett"], DETAILS, device)
    rows = text.splitlines()
    assert rows[0] == "rec 7"
    assert "PR\t168 ± 4 ms\t141–222\t8 beats, 12 leads" in text
    for part in ("QTc Hodges", "The rhythm is regular", "QTc is doubtful at 150/min", "QRS 135 ms (here 92 ms)",
                 "Research use only"):
        assert part in text

"""Two recordings of one patient: what differs by more than measuring and beats vary, and from which reference."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import numpy as np
import pytest

from mmae_core.datasets.ptbxl import load_index
from mmae_core.departures.person import person_of_entry
from mmae_core.departures.results import RecordDepartures
from mmae_core.errors import DatasetError
from mmae_core.readers import read_record
from mmae_core.record import STANDARD_LEADS, Device
from mmae_core.resources import resource
from mmae_core.serial.aligned_beat import grid_times_s
from mmae_core.serial.beat_grid import N_POINTS, PARTS
from mmae_core.serial.compare import SerialComparison, compare
from mmae_core.serial.make_tolerance import normal_pairs, tolerance_card
from mmae_core.serial.quantities import compared_keys, difference
from mmae_core.serial.report import serial_report
from mmae_core.serial.serial_ecg import SerialEcg, in_time_order, patient_of, read_serial_ecg
from mmae_core.serial.tolerance import GROUPS, Tolerance, bundled_tolerance, tolerance_of
from mmae_core.serial.two_references import counts, two_references

FOLDER = Path(__file__).parents[2] / "data" / "serial"
ST_CHANGED, ALIKE, NORMAL = 10780, 588, 16322
"""Patients of `tests/data/serial`."""


def recordings_of(patient: int) -> tuple[SerialEcg, ...]:
    entries = [entry for entry in load_index(FOLDER).entries if entry.patient_id == patient]
    return in_time_order(read_serial_ecg(read_record(entry.path), entry.recorded_at, person_of_entry(entry))
                         for entry in entries)


@pytest.fixture(scope="module")
def changed() -> SerialComparison:
    return compare(*recordings_of(ST_CHANGED))


def test_the_dates_of_the_table_order_the_recordings_and_unknown_ones_come_last() -> None:
    first, second = recordings_of(ST_CHANGED)
    assert (first.name, second.name) == ("19300_lr", "19309_lr")
    assert first.recorded_at == datetime(1998, 6, 9, 16, 9, 52)
    undated = replace(first, name="undated", recorded_at=None)
    assert [ecg.name for ecg in in_time_order((undated, second, first))] == ["19300_lr", "19309_lr", "undated"]


def test_an_infarct_that_evolves_is_marked_where_its_report_says(changed: SerialComparison) -> None:
    """The later report states ST elevation in III and aVF and depression in I, aVL, V2 and V3; in the latter two it was
    there before, and deeper."""
    assert changed.interval_days == pytest.approx(4.65, abs=0.01)
    for lead, sign in (("III", 1), ("aVF", 1), ("I", -1), ("aVL", -1), ("V2", 1)):
        value = changed.of(f"st_j60_mv:{lead}")
        assert value.is_beyond, lead
        assert math.copysign(1, value.difference) == sign, lead
    new = {(row.wave, row.lead) for row in two_references(changed) if row.standing == "both"}
    assert {("ST", "III"), ("ST", "aVL")} <= new


def test_what_an_old_recording_has_as_well_is_known_before() -> None:
    rows = two_references(compare(*recordings_of(ALIKE)))
    assert {row.lead for row in rows if row.standing == "known" and row.wave == "T"} >= {"I", "V5", "V6"}
    assert counts(rows)["both"] == 0
    sentence = str(next(row for row in rows if row.lead == "I").sentence("8 April 1993"))
    assert sentence.endswith("differs from normals, not from the earlier ECG of 8 April 1993")


def test_two_normal_recordings_of_one_person_differ_by_no_more_than_their_tolerance_allows() -> None:
    comparison = compare(*recordings_of(NORMAL))
    assert len(comparison.beyond) <= 0.1 * comparison.n_compared
    assert not [row for row in two_references(comparison) if row.is_new]


def test_a_recording_compared_with_itself_shows_nothing(changed: SerialComparison) -> None:
    same = compare(changed.earlier, changed.earlier)
    assert same.beyond == ()
    assert np.nanmax(np.abs(same.beat_mv)) == 0
    assert {row.standing for row in two_references(same)} == {"known"}


def test_a_departure_that_has_gone_is_told_from_one_that_has_come(changed: SerialComparison) -> None:
    well = replace(changed.earlier, departures=RecordDepartures(0.0, 10.0, group="men"))
    back = compare(changed.later, well)
    gone = {(row.wave, row.lead) for row in two_references(back) if row.standing == "gone"}
    assert ("ST", "aVL") in gone
    assert not [row for row in two_references(back) if row.standing in ("both", "known")]
    for row in two_references(back):
        if row.standing == "gone":
            assert str(row.sentence("x")).endswith("differs from the earlier ECG of x, which departed from normals "
                                                   "there")


def test_what_a_recording_does_not_carry_is_not_compared_with_another() -> None:
    entry = next(entry for entry in load_index(FOLDER).entries if entry.patient_id == ST_CHANGED)
    record = replace(read_record(entry.path), device=Device(filters=("high-pass 0.67 Hz",)))
    filtered = read_serial_ecg(record, entry.recorded_at, person_of_entry(entry))
    assert not [key for key in filtered.values if key.startswith(("j_mv", "st_"))]
    assert "t_mv:V3" in filtered.values
    assert any("the device states a high-pass" in doubt for doubt in filtered.doubts)
    assert not [departure for departure in filtered.departures.departures if departure.quantity.startswith("st_")]


def test_what_the_earlier_recording_could_not_show_is_neither_new_nor_known(changed: SerialComparison) -> None:
    measured = replace(changed.earlier.examination.measurements, leads=())
    flat = replace(changed.earlier, departures=RecordDepartures(0.0, 10.0, group="men"), values={}, beat_mv=None,
                   examination=replace(changed.earlier.examination, measurements=measured))
    rows = two_references(compare(flat, changed.later))
    assert rows
    assert {row.standing for row in rows} == {"one"}
    assert str(rows[0].sentence("x")).endswith("differs from normals; could not be compared with the earlier ECG of x")
    assert not any(row.is_new for row in rows)


def test_a_recording_that_is_not_compared_with_normals_is_not_said_to_be_within_them(changed: SerialComparison) -> None:
    child = replace(changed.later, departures=RecordDepartures(0.0, 10.0))
    rows = two_references(compare(changed.earlier, child))
    assert {row.standing for row in rows} == {"one"}
    assert str(rows[0].sentence("x")).endswith("differs from the earlier ECG of x; not compared with normals")


def test_the_tolerance_is_the_wider_one_of_test_and_retest_and_of_the_beats(changed: SerialComparison) -> None:
    earlier = replace(changed.earlier, beat_spread={"t_mv:V3": 0.3})
    value = compare(earlier, replace(changed.later, beat_spread={"t_mv:V3": 0.4})).of("t_mv:V3")
    assert value.beat_to_beat == pytest.approx(1.96 * 0.5)
    assert value.limit == value.beat_to_beat
    assert changed.of("t_mv:V3").limit == bundled_tolerance().limits["t_mv:V3"]


def test_the_difference_of_average_beats_lies_wave_upon_wave(changed: SerialComparison) -> None:
    assert changed.beat_mv.shape == (12, N_POINTS)
    lead = STANDARD_LEADS.index("V3")
    j_to_st = changed.beat_mv[lead, PARTS["ST"]]
    assert j_to_st.mean() == pytest.approx(changed.of("st_j60_mv:V3").difference, abs=0.1)
    assert np.nanmax(changed.beat_ratio[lead]) > 1 or np.nanmin(changed.beat_ratio[lead]) < -1
    bounds = changed.later.bounds
    assert bounds is not None
    times = grid_times_s(bounds)
    assert times[PARTS["QRS"].start] == pytest.approx(bounds.qrs_on_s)
    assert times[PARTS["ST"].start] == pytest.approx(bounds.qrs_end_s)


def test_an_axis_turns_the_shorter_way_round() -> None:
    assert difference("qrs_axis_deg", 170.0, -170.0) == 20.0
    assert difference("qrs_axis_deg", -170.0, 170.0) == -20.0
    assert difference("t_axis_deg", -90.0, 90.0) == 180.0
    assert difference("rate_bpm", 170.0, -170.0) == -340.0, "only axes turn"


def test_a_qs_is_no_q_that_has_grown_deep() -> None:
    for ecg in (*recordings_of(ALIKE), *recordings_of(ST_CHANGED)):
        lost = [key for key in ecg.departures.values if key.startswith("qs_mv:") and ecg.departures.values[key] > 0]
        assert not {key.replace("qs_mv", "q_mv") for key in lost} & set(ecg.values)


def test_a_missing_lead_is_not_compared(changed: SerialComparison) -> None:
    values = {key: value for key, value in changed.later.values.items() if not key.endswith(":V3")}
    comparison = compare(changed.earlier, replace(changed.later, values=values))
    assert math.isnan(comparison.of("t_mv:V3").difference)
    assert not comparison.of("t_mv:V3").is_beyond


def test_the_bundled_tolerance_says_what_it_was_made_of_and_survives_being_kept(tmp_path: Path) -> None:
    tolerance = bundled_tolerance()
    assert tolerance.n_pairs == 371
    assert tolerance.about["folds"] == "1-8"
    assert set(tolerance.limits) == set(compared_keys())
    assert all(tolerance.factors[group] >= 1 for group in GROUPS)
    tolerance.save(tmp_path / "t.json")
    again = Tolerance.load(tmp_path / "t.json")
    assert again.limits == tolerance.limits
    assert np.array_equal(again.beat_mv, tolerance.beat_mv)
    (tmp_path / "t.json").write_text('{"format": 1}')
    with pytest.raises(DatasetError, match=r"t\.json holds no differences"):
        Tolerance.load(tmp_path / "t.json")


def test_the_card_names_data_limits_and_what_the_pairs_do() -> None:
    card = tolerance_card(bundled_tolerance(), ["371 pairs"])
    assert "371 patients with two recordings" in card
    assert "| QTc (Fridericia) | 28 ms | 363 |" in card
    assert card.endswith("- 371 pairs\n")
    assert card.partition("The same pairs")[0] in resource("serial", "test_retest.md").read_text(encoding="utf-8")


def test_a_tolerance_is_what_95_of_100_pairs_do_not_exceed() -> None:
    keys = compared_keys()
    differences = np.tile(np.arange(1.0, 101.0)[:, None], (1, len(keys)))
    beats = np.full((100, 12, N_POINTS), 0.5)
    tolerance = tolerance_of(differences, beats, {"n_pairs": 100})
    assert tolerance.limits["qtc_ms"] == pytest.approx(95, abs=0.1)
    assert np.all(tolerance.beat_mv == 0.5)
    with pytest.raises(DatasetError, match="3 pairs"):
        tolerance_of(differences[:3], beats[:3], {})


def test_each_patient_counts_once_with_the_two_normal_recordings_that_lie_closest() -> None:
    index = load_index(FOLDER)
    assert [[entry.ecg_id for entry in pair] for pair in normal_pairs(index.entries)] == [[202, 227]]
    first = next(entry for entry in index.entries if entry.ecg_id == 202)
    third = replace(first, ecg_id=999, recorded_at=datetime(1986, 5, 1))
    (pair,) = normal_pairs((*index.entries, third))
    assert third in pair or {entry.ecg_id for entry in pair} == {202, 227}
    assert normal_pairs([replace(first, patient_id=None), third]) == []


def test_the_report_has_every_recording_and_each_compared_with_the_one_before() -> None:
    report = serial_report([*reversed(recordings_of(ST_CHANGED))], bundled_tolerance())
    assert [row["record"] for row in report["recordings"]] == ["19300_lr", "19309_lr"]
    (one,) = report["comparisons"]
    assert (one["earlier"], one["later"]) == ("19300_lr", "19309_lr")
    assert len(one["differences"]) == len(compared_keys())
    assert sum(row["is_beyond"] for row in one["differences"]) == one["n_beyond"]
    assert any("earlier ECG of 1998-06-09" in row["sentence"] for row in one["references"])


def test_whose_a_recording_is_is_told_by_its_number_else_by_name_and_birth_and_never_guessed() -> None:
    record = read_record(FOLDER / "records100" / "00000" / "00202_lr.hea")
    assert patient_of(record) is None, "PTB-XL's headers name nobody"

    def named(*identity: tuple[str, str]) -> str | None:
        return patient_of(replace(record, identity=identity))

    assert named(("Patient ID", "A 17"), ("Last name", "Doe")) == named(("Patient ID", "a  17"), ("Last name", "Roe"))
    assert named(("Patient ID", "1")) != named(("MRN", "1"))
    assert named(("Last name", "Doe"), ("Date of birth", "1950-01-01")) is not None
    assert named(("Last name", "Doe")) is None, "a family name alone is shared by many"
    assert named(("Patient ID", "unknown"), ("Last name", "anonymous")) is None

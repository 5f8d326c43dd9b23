"""The table of measurements by lead: known ST, known durations, percentiles of normals, and reasons for what is not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from mmae_core.departures.carried import EVERYTHING, Carried, carried_by
from mmae_core.departures.compare import departures_of
from mmae_core.departures.lead_table import lead_table, table_document
from mmae_core.departures.lead_table_results import TABLE_QUANTITIES
from mmae_core.departures.limits import bundled_limits
from mmae_core.departures.measurements import quantity_keys
from mmae_core.departures.person import Person
from mmae_core.intervals.measure import examine_signal
from mmae_core.intervals.results import Examination
from mmae_core.intervals.synthetic_ecg import Rhythm, make_ecg
from mmae_core.messages import Message
from mmae_core.readers import read_record
from mmae_core.record import STANDARD_LEADS, Device, EcgRecord, FloatArray, Source
from mmae_core.resources import resource

MAN = Person("male", 55)
RHYTHM = Rhythm(rr_s=0.9, qrs_s=0.09, qt_s=0.42)
ST_END_S = 0.13
"""T begins this long after the end of the QRS at the earliest."""


def with_st(signal: FloatArray, onsets: np.ndarray, lead: str, j_mv: float, slope_mv_s: float) -> FloatArray:
    """Raise ST of a lead by `j_mv` at the end of the QRS and by the slope from there, until T has begun."""
    changed = signal.copy()
    times = np.arange(signal.shape[1]) / 500.0
    for onset in onsets:
        after = times - onset - RHYTHM.qrs_s
        plateau = np.where(after < 0, j_mv, j_mv + slope_mv_s * after)
        edge = np.clip((after + 0.03) / 0.01, 0, 1) * np.clip((0.3 - after) / 0.17, 0, 1)
        changed[STANDARD_LEADS.index(lead)] += (plateau * edge).astype(np.float32)
    return changed


def examined(signal: FloatArray, rate_hz: float = 500.0) -> Examination:
    return examine_signal(signal, rate_hz, STANDARD_LEADS)


@pytest.mark.parametrize(("j_mv", "slope_mv_s"), [(0.2, 0.0), (-0.15, 0.0), (0.1, 1.5), (-0.05, -1.0)])
def test_st_of_a_lead_is_measured_where_it_is_and_its_slope_with_it(j_mv: float, slope_mv_s: float) -> None:
    signal, onsets = make_ecg(RHYTHM, noise_mv=0.003)
    plain, raised = (lead_table(examined(part)).leads["V5"] for part in (
        signal, with_st(signal, onsets, "V5", j_mv, slope_mv_s)))

    def change(name: str) -> float:
        before, after = plain[name].value, raised[name].value
        assert before is not None
        assert after is not None
        return after - before

    for name, after_s in (("st_j40_mv", 0.04), ("st_j60_mv", 0.06), ("st_j80_mv", 0.08)):
        j_late_s = 0.008  # the QRS of these signals is found to last 8 ms too long, shared by both of its ends
        assert change(name) == pytest.approx(j_mv + slope_mv_s * (after_s + j_late_s / 2), abs=0.012), name
    assert change("j_mv") == pytest.approx(j_mv, abs=0.02)
    assert change("st_slope_mv_s") == pytest.approx(slope_mv_s, abs=0.25)


def test_waves_last_as_long_as_they_were_made() -> None:
    signal, _ = make_ecg(RHYTHM, noise_mv=0.003)
    row = lead_table(examined(signal)).leads["II"]
    assert row["qrs_lead_ms"].value == pytest.approx(1000 * RHYTHM.qrs_s, abs=8)
    assert row["p_ms"].value == pytest.approx(1000 * RHYTHM.p_s, abs=20), "smoothed, so a little longer"
    assert row["r_ms"].value == pytest.approx(0.65 * 1000 * RHYTHM.qrs_s, abs=12)
    assert row["t_ms"].value == pytest.approx(0.45 * 1000 * RHYTHM.qt_s, abs=25)


def test_no_leads_qrs_is_longer_than_that_of_all_leads_together() -> None:
    signal, onsets = make_ecg(RHYTHM, noise_mv=0.003)
    for lead in ("V2", "III"):
        signal = with_st(signal, onsets, lead, 0.1, 2.0)
    for mv in (signal, read_record(resource("demo", "00262_hr.hea")).read()):
        examination = examined(mv)
        together = examination.measurements.qrs_ms.value
        assert together is not None
        lengths = [row["qrs_lead_ms"].value for row in lead_table(examination).leads.values()]
        assert max(length for length in lengths if length is not None) <= together + 1e-6


def test_a_wave_that_a_lead_does_not_have_lasts_nothing() -> None:
    signal, _ = make_ecg(RHYTHM, noise_mv=0.003)
    table = lead_table(examined(signal))
    assert table.leads["I"]["s_mv"].value < 0.05
    assert table.leads["I"]["s_ms"].value == 0.0
    assert table.leads["aVR"]["s_ms"].value == pytest.approx(table.leads["II"]["r_ms"].value, abs=6), "upside down"


def test_percentiles_are_those_of_the_limits_and_only_what_they_have_is_compared() -> None:
    signal, _ = make_ecg(RHYTHM, noise_mv=0.003)
    examination = examined(signal)
    table = lead_table(examination, MAN)
    found = departures_of(examination, MAN)
    keys = quantity_keys()
    vector = np.array([found.values.get(key, np.nan) for key in keys])
    expected = bundled_limits().of(MAN).percentiles(vector)
    for lead, name in (("V3", "t_mv"), ("I", "r_mv"), ("aVF", "st_j60_mv")):
        assert table.leads[lead][name].percentile == pytest.approx(expected[keys.index(f"{name}:{lead}")])
    assert table.leads["V3"]["t_ms"].percentile is None
    assert "limits of normals do not have it" in table.leads["V3"]["t_ms"].reason
    assert table.group == MAN.group


def test_the_limits_of_normal_are_the_middle_95_percent() -> None:
    signal, _ = make_ecg(RHYTHM)
    table = lead_table(examined(signal), MAN)
    low, high = table.ranges["pr_ms"]
    of_man = bundled_limits().of(MAN)
    place = bundled_limits().quantities.index("pr_ms")
    for value, percent in ((low, 2.5), (high, 97.5)):
        vector = np.full(len(bundled_limits().quantities), np.nan)
        vector[place] = value
        assert of_man.percentiles(vector)[place] == pytest.approx(percent, abs=0.3)
    assert 130 < low < 150
    assert 200 < high < 240
    assert table.n_normals["pr_ms"] > 1000


def test_a_value_outside_the_limits_is_on_that_side_and_a_finding_is_known_as_one() -> None:
    signal, onsets = make_ecg(RHYTHM, noise_mv=0.003)
    raised = with_st(with_st(signal, onsets, "V5", 0.35, 0.0), onsets, "V6", 0.35, 0.0)
    table = lead_table(examined(raised), MAN)
    cell = table.leads["V5"]["st_j60_mv"]
    assert cell.side == 1
    assert cell.is_flagged
    assert table.leads["V5"]["st_j40_mv"].side == 1
    assert not table.leads["V5"]["st_j40_mv"].is_flagged, "only J+60 is looked for by name"
    lowered = lead_table(examined(with_st(signal, onsets, "V5", -0.3, 0.0)), MAN)
    assert lowered.leads["V5"]["st_j60_mv"].side == -1


def test_a_child_is_compared_with_nobody() -> None:
    signal, _ = make_ecg(RHYTHM)
    table = lead_table(examined(signal), Person("female", 6))
    assert table.ranges == {}
    cell = table.leads["V2"]["r_mv"]
    assert cell.value is not None
    assert cell.percentile is None
    assert "limits are of adults" in cell.reason


def test_nothing_is_empty_without_a_reason(make_flat: Callable[[FloatArray], FloatArray]) -> None:
    signal, _ = make_ecg(RHYTHM, noise_mv=0.003)
    flat = make_flat(signal)
    for table in (lead_table(examined(flat)), lead_table(examined(np.zeros_like(signal))),
                  lead_table(examined(signal[:, :600])), lead_table(examined(signal[:, ::10], 50.0))):
        cells = [cell for row in table.leads.values() for cell in row.values()]
        assert any(cell.value is None for cell in cells)
        for cell in cells:
            assert cell.value is not None or cell.reason
    assert "V3: missing or without a usable signal" in lead_table(examined(flat)).leads["V3"]["j_mv"].reason


@pytest.fixture
def make_flat() -> Callable[[FloatArray], FloatArray]:
    def flat(signal: FloatArray) -> FloatArray:
        changed = signal.copy()
        changed[STANDARD_LEADS.index("V3")] = 0.0
        return changed

    return flat


def record_with(device: Device | None = None, doubts: tuple[Message, ...] = ()) -> EcgRecord:
    return EcgRecord("made", 500.0, 5000, STANDARD_LEADS, Source((), "made"), lambda start, end: np.zeros((12, 1)),
                     device=device, doubts=doubts)


def test_st_is_refused_from_a_high_pass_of_half_a_hertz_on_by_table_and_departures_alike() -> None:
    signal, onsets = make_ecg(RHYTHM, noise_mv=0.003)
    raised = with_st(with_st(signal, onsets, "V5", 0.35, 0.0), onsets, "V6", 0.35, 0.0)
    examination = examined(raised)
    assert carried_by(record_with(Device(filters=("high-pass 0.05 Hz",)))) == EVERYTHING
    carried = carried_by(record_with(Device(filters=("high-pass 0.67 Hz", "low-pass 150 Hz"))))
    table = lead_table(examination, MAN, carried)
    for name in ("j_mv", "st_j40_mv", "st_j60_mv", "st_j80_mv", "st_slope_mv_s"):
        assert table.leads["V5"][name].value is None
        assert "high-pass of 0.67 Hz" in table.leads["V5"][name].reason
    assert table.leads["V5"]["r_mv"].value is not None
    assert any(item.kind == "ST elevation" for item in departures_of(examination, MAN).flagged)
    found = departures_of(examination, MAN, carried=carried)
    assert not any(item.kind.startswith("ST") for item in found.departures)
    assert any("ST is not measured" in text for text in found.limitations)
    assert "st_j60_mv:V5" not in found.values


def test_doubtful_amplitudes_are_measured_and_not_compared() -> None:
    signal, _ = make_ecg(Rhythm(rr_s=0.9, qrs_s=0.09, qt_s=0.42, r_mv=5.0), noise_mv=0.003)
    examination = examined(signal)
    doubt = Message("Amplitudes of CODE-15 % are about twice those of other data sets: do not trust millivolts.")
    carried = carried_by(record_with(doubts=(doubt,)))
    assert carried.amplitudes_doubted is not None
    assert any(item.unit == "mV" for item in departures_of(examination, MAN).departures)
    found = departures_of(examination, MAN, carried=carried)
    assert not any(item.unit.startswith("mV") for item in found.departures)
    table = lead_table(examination, MAN, carried)
    cell = table.leads["V5"]["r_mv"]
    assert cell.value is not None
    assert cell.percentile is None
    assert "amplitudes of the file are doubtful" in cell.reason
    assert table.leads["V5"]["q_ms"].percentile is not None, "times are not in doubt"


def test_a_wide_qrs_is_said_beside_its_st() -> None:
    wide, _ = make_ecg(replace(RHYTHM, qrs_s=0.15, qt_s=0.46), noise_mv=0.003)
    narrow, _ = make_ecg(RHYTHM, noise_mv=0.003)
    assert any("wide QRS" in note for note in lead_table(examined(wide)).notes)
    assert lead_table(examined(wide)).leads["V2"]["st_j60_mv"].value is not None
    assert lead_table(examined(narrow)).notes == ()


def test_the_json_values_name_unit_side_and_reason_of_every_cell() -> None:
    signal, _ = make_ecg(RHYTHM, noise_mv=0.003)
    document = table_document(lead_table(examined(signal), MAN, Carried(st_refused=Message("no ST here"))))
    assert list(document["leads"]) == list(STANDARD_LEADS)
    assert set(document["leads"]["V1"]) == set(TABLE_QUANTITIES) == set(document["units"])
    assert document["leads"]["V1"]["j_mv"] == {
        "value": None, "reason": "no ST here", "percentile": None, "side": 0, "flagged": False}

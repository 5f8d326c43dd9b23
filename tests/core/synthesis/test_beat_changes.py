"""Drawn changes of ST, T and Q: where they are, how large, and in which leads."""

from __future__ import annotations

import numpy as np
import pytest

from mmae_core.departures.beat_values import BeatBounds, lead_values
from mmae_core.departures.measurements import measure
from mmae_core.errors import ConfigError
from mmae_core.intervals.measure import examine_record
from mmae_core.readers import read_record
from mmae_core.record import STANDARD_LEADS, EcgRecord
from mmae_core.resources import resource
from mmae_core.synthesis.beat_changes import (
    CHANGED_WAVES,
    BeatChange,
    ChangedWave,
    beat_change_mv,
    changed_record,
    course,
    lead_weights,
    peak_s,
)

BOUNDS = BeatBounds(qrs_on_s=-0.04, qrs_end_s=0.05, t_end_s=0.36)
TIMES_S = np.arange(-0.4, 0.6, 0.002)


@pytest.fixture(scope="module")
def record() -> EcgRecord:
    return read_record(resource("demo", "00262_hr.hea"))  # PTB-XL: a normal ECG


@pytest.mark.parametrize("wave", CHANGED_WAVES)
def test_a_change_is_whole_at_its_place_and_begins_and_ends_smoothly_at_zero(wave: ChangedWave) -> None:
    drawn = course(wave, BOUNDS, TIMES_S)
    assert course(wave, BOUNDS, np.array([peak_s(wave, BOUNDS)]))[0] == pytest.approx(1.0, abs=0.02)
    assert drawn.max() == pytest.approx(1.0, abs=0.01)
    assert np.abs(np.diff(drawn)).max() < 0.17, "no step of a sample is a seam"
    outside = (BOUNDS.qrs_on_s - 0.005 > TIMES_S) | (BOUNDS.t_end_s + 0.021 < TIMES_S)
    assert (drawn[outside] == 0).all()


def test_the_qrs_is_left_alone_by_st_and_t_and_the_rest_by_q() -> None:
    before_j = BOUNDS.qrs_end_s - 0.021 > TIMES_S
    assert (course("ST", BOUNDS, TIMES_S)[before_j] == 0).all()
    assert (course("T", BOUNDS, TIMES_S)[before_j] == 0).all()
    assert (course("Q", BOUNDS, TIMES_S)[TIMES_S > 0.0] == 0).all()


def test_a_chest_lead_changes_alone_and_a_limb_lead_with_the_others_by_einthovens_law() -> None:
    weights = dict(zip(STANDARD_LEADS, lead_weights(("V3",)), strict=True))
    assert {lead for lead, weight in weights.items() if weight} == {"V3"}
    weights = dict(zip(STANDARD_LEADS, lead_weights(("aVL",)), strict=True))
    assert weights["aVL"] == pytest.approx(1.0)
    assert weights["III"] == pytest.approx(weights["II"] - weights["I"])
    assert weights["aVR"] == pytest.approx(-(weights["I"] + weights["II"]) / 2)
    assert weights["III"] < -0.5, "the reciprocal change"


def test_limb_leads_on_opposite_sides_are_refused() -> None:
    with pytest.raises(ConfigError, match="opposite sides"):
        lead_weights(("II", "aVR"))


@pytest.mark.parametrize(("wave", "quantity", "mv"), [("ST", "st_j60_mv", 0.2), ("ST", "st_j60_mv", -0.15),
                                                      ("T", "t_mv", -0.5)])
def test_every_beat_of_a_real_recording_changes_by_as_much_as_is_drawn(
    record: EcgRecord, wave: ChangedWave, quantity: str, mv: float
) -> None:
    examination = examine_record(record)
    bounds = measure(examination).bounds
    assert bounds is not None
    changes = (BeatChange(wave, mv, ("V3",)),)
    changed = changed_record(record, [beat.r_s for beat in examination.measurements.beats], changes, bounds)
    difference = changed.read() - record.read()
    assert difference[STANDARD_LEADS.index("V3")].min() == pytest.approx(min(mv, 0.0), abs=0.01)
    assert difference[STANDARD_LEADS.index("V3")].max() == pytest.approx(max(mv, 0.0), abs=0.01)
    assert np.abs(np.delete(difference, STANDARD_LEADS.index("V3"), axis=0)).max() == 0
    average = examination.average
    assert average is not None
    drawn = average.mv + beat_change_mv(changes, bounds, average.times_s)
    again = examine_record(changed).average
    assert again is not None
    assert np.abs(again.mv[8] - drawn[8])[50:-50].max() < 0.03, "the average changes by the same"
    before, after = (lead_values(mv_, average.rate_hz, average.r_index, bounds)[quantity][8]
                     for mv_ in (average.mv, drawn))
    assert after - before == pytest.approx(mv, abs=0.03 if wave == "ST" else 0.08), "T need not peak where it is drawn"


def test_a_part_is_changed_as_the_whole_is(record: EcgRecord) -> None:
    changed = changed_record(record, [1.0, 2.0, 3.0], (BeatChange("T", 0.3, ("V2", "II")),), BOUNDS)
    part = changed.read(700, 1300)
    assert part == pytest.approx(changed.read()[:, 700:1300], abs=1e-6)


def test_a_drawn_q_is_measured_as_one(record: EcgRecord) -> None:
    examination = examine_record(record)
    measured, average = measure(examination), examination.average
    assert average is not None
    assert measured.bounds is not None
    drawn = average.mv + beat_change_mv((BeatChange("Q", -0.4, ("V5",)),), measured.bounds, average.times_s)
    values = lead_values(drawn, average.rate_hz, average.r_index, measured.bounds)
    assert values["q_mv"][10] > measured.leads["q_mv"][10] + 0.15

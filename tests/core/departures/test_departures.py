"""Departures with a name: right values from beats that are known, and what normals of that sex and age make of them."""

from __future__ import annotations

import math
import re
from pathlib import Path

import numpy as np
import pytest

from mmae_core.departures.beat_values import BeatBounds, lead_values
from mmae_core.departures.compare import departures_of
from mmae_core.departures.family_percentile import candidate_strengths, fit_family, group_percentile, levels, percentile
from mmae_core.departures.limits import LEVELS, Limits, bundled_limits, quantile_curves, signed_strengths
from mmae_core.departures.make_limits import plausible
from mmae_core.departures.measurements import measure, quantity_keys
from mmae_core.departures.person import UNKNOWN, Person, person_of, person_of_comments
from mmae_core.departures.quantities import CANDIDATES
from mmae_core.departures.results import RecordDepartures
from mmae_core.departures.scores import lead_heat, lead_kind_scores, wave_percentiles
from mmae_core.errors import DatasetError
from mmae_core.facts import facts
from mmae_core.intervals.measure import examine_record, examine_signal
from mmae_core.intervals.synthetic_ecg import Rhythm, bump, make_ecg
from mmae_core.readers import read_record
from mmae_core.record import STANDARD_LEADS, EcgRecord
from mmae_core.resources import resource

RATE_HZ = 500.0
R_INDEX = 175
BOUNDS = BeatBounds(qrs_on_s=-0.04, qrs_end_s=0.05, t_end_s=0.36, p_on_s=-0.2, p_end_s=-0.1)


def beat(*, q_mv: float = 0.0, r_mv: float = 1.0, s_mv: float = 0.0, st_mv: float = 0.0, t_mv: float = 0.3,
         p_mv: float = 0.1) -> np.ndarray:
    """One lead (1, 475) of waves with known heights; R peaks at 0, the level ahead of the QRS is 0.4 mV."""
    times = (np.arange(475) - R_INDEX) / RATE_HZ
    lead = 0.4 + p_mv * bump(times, -0.2, -0.1) - q_mv * bump(times, -0.04, -0.01) + r_mv * bump(times, -0.02, 0.02)
    lead -= s_mv * bump(times, 0.01, 0.05)
    lead += t_mv * bump(times, 0.15, 0.35)
    return (lead + st_mv * np.interp(times, [0.03, 0.04, 0.15, 0.2], [0, 1, 1, 0]))[None]


def values(**waves: float) -> dict[str, float]:
    found = lead_values(beat(**waves), RATE_HZ, R_INDEX, BOUNDS)
    return {name: float(value[0]) for name, value in found.items()}


def demo(name: str) -> EcgRecord:
    return read_record(resource("demo", f"{name}_hr.hea"))


def departures(name: str, person: Person = UNKNOWN) -> RecordDepartures:
    return departures_of(examine_record(demo(name)), person)


@pytest.mark.parametrize("st_mv", [-0.2, 0.0, 0.25])
def test_st_is_read_in_millivolts_above_the_level_ahead_of_the_qrs(st_mv: float) -> None:
    found = values(st_mv=st_mv)

    assert found["st_j60_mv"] == pytest.approx(st_mv, abs=0.02)
    assert found["st_j40_mv"] == pytest.approx(st_mv, abs=0.02)
    assert found["st_slope_mv_s"] == pytest.approx(0.0, abs=0.3)


@pytest.mark.parametrize("t_mv", [-0.4, 0.1, 0.9])
def test_t_has_its_sign_and_height_and_its_share_of_r(t_mv: float) -> None:
    found = values(t_mv=t_mv)

    assert found["t_mv"] == pytest.approx(t_mv, abs=0.02)
    assert found["t_share"] == pytest.approx(found["t_mv"] / found["r_mv"], abs=1e-6)


def test_q_has_depth_and_duration_and_r_and_s_their_heights() -> None:
    found = values(q_mv=0.4, s_mv=0.6)

    assert found["q_mv"] == pytest.approx(0.4, abs=0.08)
    assert 16 <= found["q_ms"] <= 34
    assert found["r_mv"] == pytest.approx(1.0, abs=0.2)
    assert found["s_mv"] == pytest.approx(0.6, abs=0.12)
    assert found["p_mv"] == pytest.approx(0.1, abs=0.01)


def test_a_qrs_without_r_is_a_qs() -> None:
    with_r, without = values(r_mv=0.3, s_mv=1.0), values(r_mv=0.0, s_mv=1.0)

    assert with_r["qs_mv"] == 0.0
    assert without["qs_mv"] == pytest.approx(1.0, abs=0.1)


def test_a_recording_measures_the_same_at_100_hz_and_at_500() -> None:
    fine, _ = make_ecg(Rhythm(), 500.0)
    first = measure(examine_signal(fine, 500.0, STANDARD_LEADS)).leads
    coarse = measure(examine_signal(make_ecg(Rhythm(), 100.0)[0], 100.0, STANDARD_LEADS)).leads

    for name in ("st_j60_mv", "t_mv"):
        assert coarse[name] == pytest.approx(first[name], abs=0.03)


def test_nothing_is_said_of_waves_where_no_beats_are_found() -> None:
    found = departures_of(examine_signal(np.zeros((12, 5000), np.float32), 500.0, STANDARD_LEADS))

    assert found.departures == ()
    assert "no waves measured" in found.limitations[0]
    assert np.isnan(lead_heat(found)).all()


def test_a_missing_lead_is_named_and_the_others_are_compared() -> None:
    signal, _ = make_ecg(Rhythm())

    found = departures_of(examine_signal(signal[:11], 500.0, STANDARD_LEADS[:11]))

    assert any(said.startswith("V6:") for said in found.limitations)
    assert np.isnan(lead_kind_scores(found)["ST elevation"][11])
    assert np.isfinite(lead_kind_scores(found)["ST elevation"][:11]).all()


def test_limits_rise_with_their_level() -> None:
    quantiles = bundled_limits().quantiles

    assert np.nanmin(np.diff(quantiles, axis=-1)) >= 0


def test_men_have_more_st_in_v2_than_women_of_their_age() -> None:
    row, middle = quantity_keys().index("st_j60_mv:V2"), list(LEVELS).index(0.5)
    men, women = (bundled_limits().of(Person(sex, 30.0)).table[row] for sex in ("male", "female"))

    assert men[middle] > women[middle] + 0.03
    assert men[-3] > women[-3] + 0.05


def test_who_is_over_89_or_of_unknown_age_is_compared_with_all_ages_of_the_sex() -> None:
    limits = bundled_limits()

    known, unknown, none = (limits.of(person) for person in (Person("male", 50.0), Person("male"), UNKNOWN))

    row = quantity_keys().index("t_mv:V5")
    assert known.counts[row] < unknown.counts[row] < none.counts[row]
    assert none.counts[row] > 7000
    assert "normal ECGs" in UNKNOWN.group


def test_percentiles_are_those_of_the_normals_the_curves_were_made_of() -> None:
    rng = np.random.default_rng(0)
    sample = rng.standard_normal((4000, 1))
    quantiles, counts = quantile_curves(sample, np.full(4000, np.nan), [None] * 4000)

    table = quantiles[0, 0]
    assert table[0] == pytest.approx(np.quantile(sample, LEVELS), abs=0.02)
    assert counts[0, 0, 0] == pytest.approx(4000)
    assert np.isnan(quantiles[1]).all(), "nobody of known sex"


def test_strength_is_the_normal_deviate_and_grows_without_bound() -> None:
    from scipy.special import ndtri

    table = (10.0 + 2.0 * ndtri(LEVELS))[None]

    for deviate in (-8.0, -1.5, 0.0, 2.0, 12.0):
        assert signed_strengths(np.array([10.0 + 2.0 * deviate]), table)[0] == pytest.approx(deviate, abs=0.05)


def test_an_inverted_t_is_named_with_lead_sign_value_and_share() -> None:
    found = departures("00414")
    strongest = next(one for one in found.flagged if one.kind == "T inversion" and one.unit == "mV")

    assert strongest.sign == -1
    assert strongest.lead in ("V5", "V6")
    assert strongest.value < -0.3
    assert f"{strongest.value:+.2f} mV in {strongest.lead}: below" in strongest.sentence
    assert strongest.start_s < strongest.end_s
    assert len(found.beats_s) >= 5
    assert wave_percentiles(found)["T"][STANDARD_LEADS.index("V6")] >= 95
    assert lead_kind_scores(found)["T inversion"][STANDARD_LEADS.index("V6")] > 0.3


def test_a_normal_record_stays_pale() -> None:
    assert departures("00262").flagged == ()


def with_spikes(name: str) -> np.ndarray:
    """A demo record (12, samples) at 500 Hz with a spike of 2 ms and 1.5 mV ahead of every beat."""
    signal = demo(name).read().copy()
    for beat in examine_record(demo(name)).measurements.beats:
        signal[:, max(round((beat.r_s - 0.12) * RATE_HZ), 0)] += 1.5
    return signal


PACED = "there may be a pacemaker"
NOT_LOOKED_FOR = "pacing spikes cannot be told at"


def test_what_may_be_paced_says_so_in_every_sentence_of_it() -> None:
    found = departures_of(examine_signal(with_spikes("00195"), RATE_HZ, STANDARD_LEADS))

    assert found.limitations[0].startswith(PACED)
    assert {"QRS", "ST", "T"} & {one.wave for one in found.flagged}
    for one in found.departures:
        assert (", maybe paced: " in one.sentence) == one.is_maybe_paced == (one.wave in ("QRS", "ST", "T"))
    titles = [fact.title for fact in facts((), found, None, STANDARD_LEADS) if fact.wave in ("QRS", "ST", "T")]
    assert titles
    assert all("maybe paced" in title for title in titles)


def test_without_spikes_nothing_is_said_of_pacing() -> None:
    found = departures("00195")

    assert not any(text.startswith((PACED, NOT_LOOKED_FOR)) for text in found.limitations)
    assert not any("paced" in one.sentence for one in found.departures)


@pytest.mark.parametrize("step", [2, 5])
def test_where_pacing_cannot_be_seen_it_is_said_that_it_was_not_looked_for(step: int) -> None:
    signal = with_spikes("00195")[:, ::step]
    found = departures_of(examine_signal(signal, RATE_HZ / step, STANDARD_LEADS))

    assert any(text.startswith(f"{NOT_LOOKED_FOR} {RATE_HZ / step:g} Hz") for text in found.limitations)
    assert not any(text.startswith(PACED) for text in found.limitations)
    assert found.departures


OVER = Person(is_over_oldest=True)


@pytest.mark.parametrize(("comment", "person"), [
    ("Age: 60", Person(None, 60.0)), ("<age>: 60 <sex>: F <diagnoses> (none)", Person("female", 60.0)),
    ("Sex: F", Person("female")), ("age: 300", OVER), ("69 M 1085 1629 x1", Person("male", 69.0)),
    ("gender: male", Person("male")), ("percentage: 12, pages 3", UNKNOWN), ("Dx: 426783006", UNKNOWN),
    ("Age: 0", Person(age=0.0)), ("Age: 2.5", Person(age=2.5)), ("Age: 6 months", Person(age=0.5)),
    ("age: 006M", Person(age=0.5)), ("Age: 060Y", Person(age=60.0)), ("Age: 3 years", Person(age=3.0)),
    ("Age: 51 M", Person(age=51.0)), ("Age: 51 male", Person(age=51.0)), ("Age: 51m", UNKNOWN),
    ("Age: 6 moons", UNKNOWN), ("Age: -5", UNKNOWN), ("Age: 5-6", UNKNOWN), ("Age: nan", UNKNOWN),
    ("Age: >89", OVER), ("<age>: 93", OVER), ("Age: 90+", OVER), ("Age: >65", UNKNOWN), ("Age >89", OVER),
    ("infarction at age 40, sex unknown", UNKNOWN), ("Sex: F, age: 40", Person("female", 40.0)),
])
def test_sex_and_age_come_from_comments(comment: str, person: Person) -> None:
    assert person_of_comments([comment]) == person


@pytest.mark.parametrize(("comment", "days"), [("Age: 3 weeks", 21), ("Age: 012W", 84), ("Age: 5 days", 5),
                                               ("Age: 003D", 3), ("Age: 12 h", 0.5)])
def test_an_age_in_days_or_weeks_is_no_age_in_years(comment: str, days: float) -> None:
    age = person_of_comments([comment]).age

    assert age is not None
    assert age * 365.25 == pytest.approx(days, rel=0.01)


@pytest.mark.parametrize("age", [0.0, 0.5, 5.0, 15.9])
def test_a_child_is_compared_with_nobody(age: float) -> None:
    of_a_woman, of_a_child = (departures("00414", Person("female", years)) for years in (20.0, age))

    assert of_a_woman.flagged, "the same recording departs from those of adults"
    assert (of_a_child.departures, of_a_child.group) == ((), "")
    assert of_a_child.limitations[0].startswith("not compared: normal limits are of adults, from 16 years on")
    assert of_a_child.values == of_a_woman.values, "what was measured is told all the same"


@pytest.mark.parametrize(("person", "group"), [
    (Person("female", 16.0), "women of about 20, the youngest of the normal ECGs"),
    (Person("male", 19.0), "men of about 20, the youngest of the normal ECGs"),
    (Person(None, 18.0), "adults of about 20 (sex unknown), the youngest of the normal ECGs"),
    (Person("female", 20.0), "women of about 20"), (Person("female", 89.0), "women of about 89"),
    (Person("female", is_over_oldest=True), "women of any age (age unknown or over 89)"),
])
def test_the_group_is_that_of_the_limits(person: Person, group: str) -> None:
    assert person.group == group
    limits = bundled_limits()
    if person.age is not None and person.age < 20:
        known = limits.of(Person(person.sex, 20.0))
        assert np.array_equal(limits.of(person).table, known.table, equal_nan=True)


def test_no_sentence_names_normals_of_an_age_that_the_cohort_does_not_have() -> None:
    examination = examine_record(demo("00414"))
    for age in range(120):
        found = departures_of(examination, Person("female", float(age)))
        named = [int(word) for text in (found.group, *(one.sentence for one in found.departures))
                 for word in re.findall(r"of about (\d+)", text)]
        assert not named or 20 <= min(named) <= max(named) <= 89


def test_a_record_without_either_is_compared_with_all_normals() -> None:
    assert person_of(demo("00262")) == UNKNOWN


def test_what_is_rare_among_normals_but_short_of_a_readers_limit_is_no_departure() -> None:
    keys = quantity_keys()
    values, z = np.full((1, len(keys)), np.nan), np.full((1, len(keys)), np.nan)
    row = [candidate.key for candidate in CANDIDATES].index("qrs_ms+")
    for qrs_ms, is_one in ((118.0, False), (124.0, True)):
        values[0, keys.index("qrs_ms")], z[0, keys.index("qrs_ms")] = qrs_ms, 4.0
        strengths = candidate_strengths(z, values)
        assert (strengths[0, row, 0] > 1.96) == is_one


def test_as_many_normals_are_flagged_as_the_family_allows() -> None:
    rng = np.random.default_rng(1)
    strengths = rng.standard_normal((8000, len(CANDIDATES), 12))
    family = fit_family(strengths[:4000])

    flagged = (percentile(levels(strengths[4000:], family), family) >= 95).any(axis=(1, 2)).mean()

    assert 0.02 < flagged < 0.04
    st_t = [row for row, candidate in enumerate(CANDIDATES) if candidate.group == "ST-T"]
    heats = np.stack([group_percentile(one, family) for one in levels(strengths[4000:], family)])
    assert 0.02 < (heats[:, st_t] >= 95).any(axis=(1, 2)).mean() < 0.04
    assert (heats >= 95).any(axis=(1, 2)).mean() > 2 * flagged, "more normals have a colour somewhere than a finding"


def test_a_stronger_departure_never_has_a_lower_percentile() -> None:
    family = bundled_limits().family
    strengths = np.linspace(-3, 40, 300)[:, None, None] * np.ones((1, len(CANDIDATES), 12))

    reached = levels(strengths, family)

    assert np.diff(reached, axis=0).min() >= 0
    assert np.diff(percentile(reached, family), axis=0).min() >= 0


@pytest.mark.parametrize("name", ["00195", "00234", "00414"])
def test_the_share_in_a_sentence_is_the_percentile_cut_never_rounded_up(name: str) -> None:
    found = departures(name).departures
    shares = [float(re.search(r"(?:above|below) ([\d.]+) %", one.sentence)[1]) for one in found]

    assert shares == [min(math.floor(one.percentile * 10) / 10, 99.9) for one in found]
    assert shares != [min(round(one.percentile, 1), 99.9) for one in found], "of these records some would differ"


def test_degrees_stand_beside_their_number() -> None:
    axis = next(one for one in departures("00195").departures if one.quantity == "qrs_axis_deg")

    assert axis.sentence.startswith(f"QRS axis {axis.value:.0f}°: below ")


def test_a_wide_qrs_is_named_as_such() -> None:
    kinds = {one.kind for one in departures("00195").flagged}

    assert "QRS wide" in kinds


@pytest.mark.parametrize(("name", "kept", "left_out"), [
    ("pr_ms", (90.0, 240.0), (88.0, 392.0)), ("qrs_ms", (60.0, 140.0), (58.0, 142.0)),
    ("qtc_ms", (300.0, 520.0), (298.0, 623.0)),
])
def test_intervals_that_no_normal_ecg_has_set_no_limit(
    name: str, kept: tuple[float, float], left_out: tuple[float, float]
) -> None:
    column = quantity_keys().index(name)
    normals = np.full((4, len(quantity_keys())), 1.0)
    normals[:, [quantity_keys().index(other) for other in ("pr_ms", "qrs_ms", "qtc_ms")]] = 120.0, 100.0, 400.0
    normals[:, column] = (*kept, *left_out)

    cleaned = plausible(normals)

    assert cleaned[:2, column].tolist() == list(kept)
    assert np.isnan(cleaned[2:, column]).all()
    assert np.isfinite(np.delete(cleaned, column, axis=1)).all(), "the record's other values stay"
    assert normals[2, column] == left_out[0], "what was measured is not changed"


def test_a_long_qtc_is_a_finding_among_the_bundled_normals() -> None:
    keys, limits = quantity_keys(), bundled_limits()
    values = limits.of(Person("female", 60.0)).table[:, list(LEVELS).index(0.5)].copy()
    row = [candidate.key for candidate in CANDIDATES].index("qtc_ms+")

    found = {}
    for qtc_ms in (430.0, 560.0):
        values[keys.index("qtc_ms")] = qtc_ms
        z = limits.of(Person("female", 60.0)).strengths(values)
        reached = levels(candidate_strengths(z[None], values[None]), limits.family)
        found[qtc_ms] = float(percentile(reached, limits.family)[0, row, 0])

    assert found[430.0] < 95 <= found[560.0]


def test_limits_are_read_as_they_were_written(tmp_path: Path) -> None:
    limits = bundled_limits()
    limits.save(tmp_path / "copy.npz")

    again = Limits.load(tmp_path / "copy.npz")

    assert np.array_equal(again.quantiles, limits.quantiles, equal_nan=True)
    assert again.family == limits.family


def test_a_file_that_holds_no_limits_is_refused_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "x.npz").write_bytes(b"PK\x03\x04 and no more")

    with pytest.raises(DatasetError, match="mmae_core limits"):
        Limits.load(tmp_path / "x.npz")


@pytest.mark.parametrize(("name", "person"), [
    ("sierra_1_04.xml", ("male", 60)), ("anonymous_12lead.dcm", ("female", 42)), ("example.scp", ("male", 49)),
    ("syn_ishne_12lead.ecg", (None, 54)), ("syn_mfer_12lead.mwf", (None, None)),
])
def test_recordings_of_every_format_are_compared_by_the_age_and_sex_they_state(
    name: str, person: tuple[str | None, int | None]
) -> None:
    known = person_of(read_record(Path(__file__).parents[2] / "data" / "formats" / name))
    assert (known.sex, None if known.age is None else int(known.age)) == person

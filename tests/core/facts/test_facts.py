"""One fact, one row: what belongs together, what stays apart, and how few rows there are."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from mmae_core.assessment import Finding
from mmae_core.departures.results import Departure, RecordDepartures
from mmae_core.facts import MOST_FACTS, Fact, facts, strongest_first
from mmae_core.facts.fact_words import lead_words
from mmae_core.messages import Message
from mmae_core.own_beats.results import OwnBeat, OwnBeats, Shape
from mmae_core.record import STANDARD_LEADS
from mmae_core.report.layer_columns import strongest_fact

R_S = tuple(0.5 + 0.9 * number for number in range(10))
ST = Departure(
    "st_j60_mv", "ST elevation", "ST", "V2", 1, 0.24, "mV", 99.4, 1912, "women of about 65", 4.0, 99.0, 0.05, 0.13,
    Message("ST +0.24 mV in V2: above 99.4 % of 1,912 women of about 65"),
)
PR = replace(ST, quantity="pr_ms", kind="PR", wave="P", lead=None, value=240.0, unit="ms", start_s=-0.25, end_s=-0.04,
             sentence=Message("PR 240 ms: above 99 % of 1,912 women of about 65"), strength=3.0)


def departures(*found: Departure) -> RecordDepartures:
    return RecordDepartures(0.0, 10.0, found, R_S)


def place(lead: str, at_s: float, percentile: float = 97.0) -> Finding:
    return Finding(lead, at_s - 0.03, at_s + 0.03, at_s, percentile, 2.0)


def own(*departing: int, premature: bool = True, wide: bool = True, wave: str = "QRS") -> OwnBeats:
    """Ten beats, some of which depart in V1 and V2."""
    beats = tuple(
        OwnBeat(r_s, r_s - 0.2, r_s + 0.4, int(number in departing), premature and number in departing,
                3.0 if number in departing else 0.2, 99.5 if number in departing else 40.0,
                np.array([2.0, 4.0, 0.1]), np.array([98.5, 99.5, 30.0]), wave)
        for number, r_s in enumerate(R_S)
    )
    return OwnBeats(0.0, 10.0, ("V1", "V2", "V6"), beats, (Shape("A", 9, False), Shape("B", 1, wide)))


def test_what_every_beat_shows_in_several_leads_is_one_row() -> None:
    found = departures(ST, *(replace(ST, lead=lead, value=value, strength=strength)
                             for lead, value, strength in (("V1", 0.15, 2.0), ("V3", 0.3, 5.0), ("V4", 0.2, 3.0))))
    (fact,) = facts(departures=found)
    assert fact.title == "ST +0.30 mV (+0.15 mV to +0.30 mV), V1-V4, every beat"
    assert fact.leads == ("V3", "V2", "V4", "V1"), "strongest first"
    assert (fact.layer, fact.wave, fact.kind, fact.n_beats, fact.of_beats) == ("named", "ST", "ST elevation", 10, 10)


def test_a_row_opens_to_each_lead_and_beat() -> None:
    (fact,) = facts(departures=departures(ST, replace(ST, lead="V3", strength=3.0)))
    assert [(finding.lead, finding.peak_s) for finding in fact.findings] == [
        (lead, pytest.approx(r_s + 0.09)) for lead in ("V2", "V3") for r_s in R_S]
    first = fact.findings[0]
    assert (first.start_s, first.end_s) == pytest.approx((0.55, 0.63))
    assert (first.layer, first.wave, first.kind, first.fact) == ("named", "ST", "ST elevation", fact.key)
    assert first.sentence == "ST +0.24 mV in V2: above 99.4 % of 1,912 women of about 65"


def test_st_after_40_60_and_80_ms_is_one_thing_and_elevation_is_not_depression() -> None:
    later = replace(ST, quantity="st_j80_mv", value=0.31, strength=3.0)
    depressed = replace(ST, kind="ST depression", lead="III", sign=-1, value=-0.12)
    found = facts(departures=departures(ST, later, depressed))
    assert [fact.title for fact in found] == ["ST +0.24 mV, V2, every beat", "ST -0.12 mV, III, every beat"]
    assert len(found[0].findings) == len(R_S)


def test_an_unflagged_departure_is_no_row() -> None:
    assert facts(departures=departures(replace(ST, family_percentile=94.9))) == ()


def test_what_is_measured_in_all_leads_together_is_one_row_marked_in_one_lead() -> None:
    (fact,) = facts(departures=departures(PR))
    assert (fact.title, fact.leads) == (PR.sentence, ())
    assert {finding.lead for finding in fact.findings} == {"II"}
    (rate,) = facts(departures=departures(replace(PR, quantity="rate_bpm", kind="rate", wave="rhythm")))
    assert [(finding.start_s, finding.end_s) for finding in rate.findings] == [(0.0, 10.0)]


def test_beats_the_average_does_not_stand_for_are_not_claimed() -> None:
    found = replace(departures(ST), beats_s=R_S[:9])
    fact = next(fact for fact in facts(departures=found, own=own(9)) if fact.layer == "named")
    assert fact.title.endswith("9 of 10 beats")
    whole = next(fact for fact in facts(departures=found, own=own()) if fact.layer == "named")
    assert whole.title.endswith("every beat"), "the tenth is only cut off at the end"


def test_a_single_beat_is_a_row_and_opens_to_its_leads() -> None:
    (fact,) = facts(own=own(4))
    assert fact.title == "1 premature wide beat, V1, V2"
    assert [(finding.lead, finding.start_s, finding.end_s, finding.layer) for finding in fact.findings] == [
        ("V2", pytest.approx(R_S[4] - 0.2), pytest.approx(R_S[4] + 0.4), "own"),
        ("V1", pytest.approx(R_S[4] - 0.2), pytest.approx(R_S[4] + 0.4), "own")]
    assert fact.key == "own/premature wide beat"


def test_beats_of_one_kind_are_one_row() -> None:
    (fact,) = facts(own=own(2, 4, 7))
    assert (fact.title, fact.n_beats, fact.of_beats) == ("3 premature wide beats of 10, V1, V2", 3, 10)


def test_a_beat_that_is_only_early_is_marked_in_one_lead() -> None:
    (fact,) = facts(own=own(4, wide=False, wave="rhythm"))
    assert fact.title == "1 premature beat, of the usual shape"
    assert [finding.lead for finding in fact.findings] == ["V1"], "there is no II"


def test_the_model_beneath_a_named_departure_is_no_row_of_its_own() -> None:
    (fact,) = facts([place("V2", r_s + 0.09) for r_s in R_S], departures(ST))
    assert fact.model_agrees
    assert len(fact.findings) == 2 * len(R_S)
    assert {finding.fact for finding in fact.findings} == {fact.key}
    in_another_lead = facts([place("V6", R_S[0] + 0.09)], departures(ST))
    assert [fact.layer for fact in in_another_lead] == ["named", "model"]


def test_the_model_on_an_unlike_beat_is_beneath_it_in_any_lead() -> None:
    (fact,) = facts([place("I", R_S[4]), place("V6", R_S[4] + 0.3)], own=own(4))
    assert (fact.layer, fact.model_agrees, fact.leads) == ("own", True, ("V2", "V1"))


def test_the_model_at_the_same_phase_of_every_beat_is_one_row() -> None:
    found = [place(lead, r_s + 0.3) for r_s in R_S for lead in ("V5", "V6")]
    (fact,) = facts(found, departures())
    assert fact.title == "Model's map: T, V5, V6, every beat"
    assert (fact.layer, fact.wave, len(fact.findings), fact.n_beats) == ("model", "T", 20, 10)


def test_the_model_at_three_beats_of_ten_is_one_row_too() -> None:
    found = facts([place("II", R_S[beat]) for beat in (1, 4, 8)], departures())
    assert [fact.title for fact in found] == ["Model's map: QRS, II, 3 of 10 beats"]


def test_single_moments_of_the_model_are_one_row_each_however_many_leads_show_them() -> None:
    found = facts([place("V5", R_S[2]), place("V6", R_S[2] + 0.01), place("V5", R_S[7])], departures())
    assert [fact.title for fact in found] == [
        "Model's map: QRS at 2.3 s, V5, V6", "Model's map: QRS at 6.8 s, V5"]


def test_without_beats_the_model_has_rows_all_the_same() -> None:
    found = facts([place("V5", 2.0), place("V6", 6.0)])
    assert [(fact.title, fact.wave) for fact in found] == [
        ("Model's map: at 2.0 s, V5", ""), ("Model's map: at 6.0 s, V6", "")]


def test_the_strongest_fact_comes_first_whatever_its_layer() -> None:
    found = facts([place("I", R_S[1], 99.9)], departures(ST), own(4))
    assert [fact.layer for fact in found] == ["model", "own", "named"]


def test_there_are_never_more_rows_than_can_be_read() -> None:
    moments = [place(STANDARD_LEADS[number % 12], 0.2 + 0.45 * number, 95 + 0.2 * number) for number in range(20)]
    found = facts(moments, departures(ST), own(4))
    assert len(found) == 6, "three moments of the model beside what has a name"
    assert found[-1].title == "14 more places of the model's map, weaker"
    assert {fact.layer for fact in found[:-1]} == {"named", "own", "model"}
    assert sum(len(fact.findings) for fact in found) >= len(moments), "none is lost"


def test_two_more_moments_than_shown_share_a_row_and_one_more_has_its_own() -> None:
    def rows(n_moments: int) -> list[str]:
        return [str(fact.title) for fact in facts([place(STANDARD_LEADS[number], 0.3 + 0.9 * number, 99 - number / 10)
                                                   for number in range(n_moments)])]

    assert len(rows(4)) == 4
    assert rows(5)[3:] == ["2 more places of the model's map, weaker"]


def test_a_row_tells_what_a_reader_would_measure_whatever_ratio_departs() -> None:
    ratio = replace(ST, quantity="t_share", kind="T inversion", wave="T", value=-0.34, unit="", strength=9.0)
    measured = replace(departures(ratio, replace(ratio, lead="V3", strength=5.0)),
                       values={"t_mv:V2": -0.21, "t_mv:V3": -0.1})
    (fact,) = facts(departures=measured)
    assert fact.title == "T inversion -0.21 mV (-0.10 mV to -0.21 mV), V2, V3, every beat"
    (bare,) = facts(departures=departures(ratio))
    assert bare.title == "T inversion, V2, every beat", "a ratio means nothing without its name"


def test_the_model_on_the_same_wave_of_a_beat_cut_off_is_no_fact_of_its_own() -> None:
    at_end = replace(place("V2", 9.9), wave="ST")
    (fact,) = facts([at_end], departures(ST))
    assert fact.findings[-1].start_s == at_end.start_s


def test_places_between_the_waves_that_recur_are_one_row() -> None:
    found = facts([place("V4", R_S[beat] + 0.5) for beat in (1, 4, 8)], departures())
    assert [fact.title for fact in found] == ["Model's map: between the waves, V4, 3 of 10 beats"]


def test_more_kinds_of_departure_than_rows_share_the_last() -> None:
    kinds = ("ST elevation", "ST slope", "J point", "T inversion", "T tall", "Q wave", "QS", "R small", "R tall",
             "S deep", "P", "U wave", "T other")
    found = facts(departures=departures(*(replace(ST, kind=kind, strength=20.0 - row)  # type: ignore[arg-type]
                                          for row, kind in enumerate(kinds))))
    assert len(found) == MOST_FACTS
    assert found[-1].title == "2 more findings, weaker"


def test_keys_name_what_is_said_and_no_number() -> None:
    weak, strong = (facts(departures=departures(replace(ST, value=value, strength=strength, family_percentile=family)))
                    for value, strength, family in ((0.2, 2.0, 96.0), (0.4, 9.0, 99.9)))
    assert weak[0].key == strong[0].key == "named/ST elevation/ST/+"


def test_every_finding_belongs_to_its_row() -> None:
    def rows() -> tuple[Fact, ...]:
        return facts([place("V2", R_S[0] + 0.09), place("I", 9.0)], departures(ST, PR), own(4))

    assert all(finding.fact == fact.key and finding.sentence and finding.lead in STANDARD_LEADS
               for fact in rows() for finding in fact.findings)
    assert len({fact.key for fact in rows()}) == len(rows())


def test_leads_are_named_as_a_reader_names_them() -> None:
    assert lead_words(("V4", "V2", "V3", "aVL", "I")) == "I, aVL, V2-V4"
    assert lead_words(("V6", "V1", "V2")) == "V1, V2, V6"
    assert lead_words(STANDARD_LEADS) == "all leads"


def test_facts_that_as_few_normals_show_stand_by_how_much_they_say_everywhere() -> None:
    def fact(layer: str, percentile: float) -> Fact:
        return Fact(layer, layer, Message(layer), ("V1",), "ST", "", percentile, 9, 9, ())

    found = [fact("model", 100.0), fact("own", 99.97), fact("named", 99.96), fact("named", 99.94), fact("model", 99.99)]
    assert [(one.layer, one.percentile) for one in sorted(found, key=strongest_first)] == [
        ("named", 99.96), ("own", 99.97), ("model", 100.0), ("model", 99.99), ("named", 99.94)]
    assert strongest_fact(found) is found[2]


@pytest.mark.parametrize(("percentile", "said"), [
    (97.0, "stronger than anything in that lead of 97.0 % of normal ECGs"),
    (99.999, "stronger than anything in that lead of 99.99 % of normal ECGs"),
    (100.0, "stronger than anything in that lead of every normal ECG it was compared with"),
])
def test_a_place_above_all_normals_is_not_said_to_be_above_100_percent_of_them(percentile: float, said: str) -> None:
    (fact,) = facts([place("V5", 2.0, percentile)])
    (finding,) = fact.findings
    assert str(finding.sentence) == f"The model's map in V5: {said}"
    assert "100" not in str(finding.sentence)

"""Named departures and own beats: where their heat lies, what is said there, and how stretches are joined."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from ecg_viewer.state.finding_order import join_findings
from ecg_viewer.state.heat import NOT_ASSESSED, PENDING, HeatMap, HeatSpan
from ecg_viewer.state.layers import (
    LONG_S,
    FactLine,
    Layers,
    StretchLayers,
    as_part,
    departure_spans,
    findings_of,
    own_spans,
)
from ecg_viewer.state.words.layer_words import limits_of_layer, sentences_at
from ecg_viewer.state.worklist.stored_measurements import strongest_of_facts
from mmae_core.assessment import AnomalyMap, Finding
from mmae_core.departures.results import Departure, RecordDepartures
from mmae_core.facts import Fact
from mmae_core.messages import Message
from mmae_core.own_beats.results import OwnBeat, OwnBeats, Shape
from mmae_core.record import STANDARD_LEADS

BEATS_S = (1.0, 2.0, 3.0)


def departure(lead: str | None, percentile: float = 99.0, wave: str = "ST", kind: str = "ST elevation") -> Departure:
    """ST, 60 to 160 ms after each R."""
    return Departure(
        "st_j60_mv", kind, wave, lead, 1, 0.24, "mV", 99.4, 1912, "women of about 65", 4.0, percentile, 0.06, 0.16,
        Message("ST +0.24 mV in {lead}: above 99.4 % of 1,912 women of about 65", lead=lead or "all leads"), percentile,
    )


def departures(*found: Departure, start_s: float = 0.0) -> RecordDepartures:
    return RecordDepartures(start_s, start_s + 10, found, tuple(start_s + beat for beat in BEATS_S),
                            limitations=(Message("{wave} cannot be told at {rate_hz:g} Hz", wave="U", rate_hz=100.0),))


def own(percentiles: dict[str, float]) -> OwnBeats:
    """Three beats, of which the second departs from the others."""
    usual, odd = np.zeros(12, np.float32), np.array([percentiles.get(lead, 0) for lead in STANDARD_LEADS], np.float32)
    beats = tuple(
        OwnBeat(beat, beat - 0.2, beat + 0.4, int(odd_one), odd_one, 1.0,
                99.0 if odd_one else 50.0, usual, odd if odd_one else usual)
        for beat, odd_one in zip(BEATS_S, (False, True, False), strict=True)
    )
    return OwnBeats(0.0, 10.0, STANDARD_LEADS, beats, (Shape("A", 2, False), Shape("B", 1, True)))


def heat_of(assessed: float | None = 50.0) -> HeatMap:
    heat = HeatMap()
    heat.reset(10)
    if assessed is not None:
        values = np.full((12, 1000), assessed, np.float32)
        heat.add(AnomalyMap(0, 100, values, values, values, (), "m", "cpu"))
    return heat


def test_a_departure_is_hot_on_its_wave_in_every_beat_it_holds_for_and_nowhere_else() -> None:
    heat = heat_of()
    heat.mark("named", departure_spans(departures(departure("V2", 99.0)), STANDARD_LEADS))
    for beat in BEATS_S:
        assert heat.percentile_at("V2", beat + 0.1) == pytest.approx(99.0, abs=0.1)
        assert heat.percentile_at("V2", beat) == pytest.approx(50.0, abs=1)
        assert heat.percentile_at("V3", beat + 0.1) == pytest.approx(50.0, abs=1)


@pytest.mark.parametrize("kind", ["axis", "high voltage", "low voltage", "R progression"])
def test_what_is_put_together_from_several_leads_colours_none(kind: str) -> None:
    found = departures(departure(None, wave="QRS", kind=kind))
    assert list(departure_spans(found, STANDARD_LEADS)) == []
    in_a_lead = departures(departure("V2", wave="QRS", kind=kind))
    assert {span.lead for span in departure_spans(in_a_lead, STANDARD_LEADS)} == {"V2"}


def test_what_all_leads_show_together_is_hot_in_the_rhythm_lead_alone() -> None:
    spans = list(departure_spans(departures(departure(None, wave="P", kind="PR")), STANDARD_LEADS))
    assert {span.lead for span in spans} == {"II"}
    assert {span.lead for span in departure_spans(departures(departure(None)), ("V5", "V1"))} == {"V1"}


def test_a_rhythm_has_no_wave_and_no_heat() -> None:
    assert not list(departure_spans(departures(departure(None, wave="rhythm", kind="rate")), STANDARD_LEADS))


def test_what_chance_explains_has_no_heat() -> None:
    assert not list(departure_spans(departures(departure("V2", 89.9)), STANDARD_LEADS))


def test_an_odd_beat_is_hot_in_the_leads_it_is_odd_in() -> None:
    spans = list(own_spans(own({"V1": 99.0, "V2": 80.0})))
    assert spans == [HeatSpan("V1", pytest.approx(1.8), pytest.approx(2.4), 99.0)]


def test_a_beat_that_is_no_finding_is_not_hot_however_odd_one_of_its_leads_is() -> None:
    found = own({"V1": 99.0})
    usual = tuple(dataclasses.replace(beat, percentile=90.0) for beat in found.beats)
    assert list(own_spans(dataclasses.replace(found, beats=usual))) == []


def test_of_the_layers_that_are_on_the_strongest_counts() -> None:
    heat = heat_of(95.0)
    heat.mark("named", [HeatSpan("V1", 2, 4, 99.0)])
    heat.mark("own", [HeatSpan("V1", 3, 5, 97.0)])
    at = (1.0, 2.5, 3.5, 4.5)

    def seen() -> list[float]:
        return [round(heat.percentile_at("V1", time) or 0.0) for time in at]

    assert seen() == [95, 99, 99, 97]
    heat.show_layers({"own", "model"})
    assert seen() == [95, 95, 97, 97]
    heat.show_layers({"own"})
    assert seen() == [0, 0, 97, 97]
    heat.show_layers(())
    assert seen() == [0, 0, 0, 0]


def test_without_the_models_layer_what_was_not_assessed_still_is_not() -> None:
    heat = heat_of(None)
    heat.show_layers({"named"})
    assert heat.code_at("V1", 1.0) == PENDING
    values = np.full((12, 1000), np.nan, np.float32)
    heat.add(AnomalyMap(0, 100, values, values, values, (), "m", "cpu"))
    assert heat.code_at("V1", 1.0) == NOT_ASSESSED


def test_a_switched_layer_is_told_and_marks_go_with_their_recording() -> None:
    heat, told = heat_of(), []
    heat.mark("named", [HeatSpan("V1", 2, 4, 99.0)])
    heat.layers_changed.connect(lambda: told.append(heat.layers))
    heat.show_layers({"model"})
    heat.show_layers({"model"})
    assert told == [frozenset({"model"})]
    heat.show_layers({"named", "model"})
    snapshot = heat.snapshot()
    heat.reset(10)
    assert heat.code_at("V1", 3.0) == PENDING
    assert snapshot.percentile_at("V1", 3.0) == pytest.approx(99, abs=0.1)


def test_an_unknown_layer_is_refused() -> None:
    with pytest.raises(ValueError, match="named, model, own"):
        heat_of().show_layers({"rhythm"})  # type: ignore[arg-type]


def test_a_place_says_what_the_shown_layers_mark_there_strongest_first() -> None:
    layers = Layers().with_stretch(StretchLayers(departures(departure("V2", 98.0)), own({"V2": 99.0})))
    everything = {"named", "model", "own"}
    in_odd_beat = sentences_at(layers, "V2", 2.1, everything)
    assert [text.split()[0] for text in in_odd_beat] == ["Premature", "ST"]
    assert sentences_at(layers, "V2", 2.1, {"named"}) == (
        "ST +0.24 mV in V2: above 99.4 % of 1,912 women of about 65",)
    assert sentences_at(layers, "V2", 1.3, everything) == ()
    assert sentences_at(layers, "V3", 2.1, everything) == ()


def test_what_a_layer_cannot_see_begins_with_this_recording_and_ends_with_what_it_never_sees() -> None:
    layers = Layers().with_stretch(StretchLayers(departures(departure("V2"))))
    assert limits_of_layer(layers, "named")[0] == "U cannot be told at 100 Hz"
    assert len(limits_of_layer(Layers(), "own")) == 1
    seen, smallest, q_waves = limits_of_layer(Layers(), "named")
    assert seen.startswith("Not seen")
    assert smallest == ("Smallest change in one lead that is named in half of normal ECGs: ST raised by 0.12 mV (aVR) "
                        "to 0.58 mV (V2); ST lowered by 0.09 mV (aVR) to 0.23 mV (V2); T lowered by 0.22 mV (aVR) to "
                        "0.69 mV (V2).")
    assert q_waves == "A Q of 40 ms in one lead is named in hardly any, up to 0.6 mV."


def fact(percentile: float, findings: tuple[Finding, ...], layer: str = "named") -> Fact:
    return Fact("st", layer, f"ST, {percentile:g}", ("V2",), "ST", "ST elevation", percentile, 3, 3, findings)


def on_beats(lead: str, start_s: float, n: int, layer: str = "named") -> tuple[Finding, ...]:
    return tuple(
        Finding(lead, start_s + k + 0.06, start_s + k + 0.16, start_s + k + 0.1, 99.0 - k / 100, 4.0, layer, "ST",
                "ST elevation", "st") for k in range(n)
    )


def test_a_fact_of_two_stretches_is_one_with_all_its_beats_in_the_words_of_the_stronger() -> None:
    first, second = (StretchLayers(facts=(fact(percentile, ()),)) for percentile in (97.0, 99.0))
    layers = Layers().with_stretch(first).with_stretch(second)
    line = layers.facts["st"]
    assert (line.title, line.percentile, line.n_beats, line.of_beats) == ("ST, 99", 99.0, 6, 6)


def test_in_a_short_recording_every_beat_is_a_finding_of_its_fact() -> None:
    found = findings_of(StretchLayers(facts=(fact(99.0, on_beats("V2", 0, 9)),)), (0.0, 10.0), 10.0)
    assert len(found) == 9


def test_in_a_long_recording_what_every_beat_shows_is_one_interval_that_stretches_join() -> None:
    parts = [
        findings_of(StretchLayers(facts=(fact(99.0, on_beats("V2", start, 59)),)), (start, start + 60), 2 * LONG_S)
        for start in (0.0, 60.0)
    ]
    assert [(item.start_s, item.end_s) for item in parts[0]] == [(0.0, 60.0)]
    joined = join_findings((*parts[0], *parts[1]), (60.0,))
    assert [(item.lead, item.start_s, item.end_s) for item in joined] == [("V2", 0.0, 120.0)]


def test_findings_of_other_layers_or_kinds_are_never_made_one() -> None:
    first = on_beats("V2", 0, 1)[0]
    other = Finding("V2", first.start_s, first.end_s, first.peak_s, 99.0, 4.0)
    assert len(join_findings((first, other), (0.0, 10.0))) == 2


def test_in_a_long_recording_all_single_moments_of_a_wave_are_one_fact() -> None:
    moment = Finding("V1", 3.0, 3.1, 3.05, 99.0, 4.0, wave="QRS", fact="model/QRS/3.0 s")
    found = Fact("model/QRS/3.0 s", "model", "QRS at 3.0 s", ("V1",), "QRS", "", 99.0, 1, 9, (moment,))
    stretch_layers = StretchLayers(facts=(found,))
    assert as_part(stretch_layers, 10.0) is stretch_layers
    part = as_part(stretch_layers, 2 * LONG_S)
    assert [item.fact for item in findings_of(part, (0.0, 60.0), 2 * LONG_S)] == ["model/QRS/moments"]
    layers = Layers().with_stretch(part).with_stretch(part)
    assert [(line.title, line.n_stretches) for line in layers.facts.values()] == [
        ("Model's map: QRS, single moments", 2)]


def test_the_worklist_has_the_fact_that_stands_first_in_the_list() -> None:
    lines = [FactLine.of(fact(percentile, (), layer)) for percentile, layer in ((100.0, "model"), (99.96, "named"))]
    assert strongest_of_facts(lines).layer == "named"

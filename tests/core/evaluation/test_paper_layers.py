from __future__ import annotations

import numpy as np
import pytest

from mmae_core.departures.results import Departure, RecordDepartures
from mmae_core.evaluation.lead_scorer import KINDS
from mmae_core.evaluation.viewer_layers import DEPARTURE_KINDS, named_st_t, own_heat, own_st_t
from mmae_core.messages import Message
from mmae_core.own_beats.results import OwnBeat, OwnBeats, Shape
from mmae_core.record import STANDARD_LEADS


def departure(lead: str | None, wave: str, heat: float) -> Departure:
    return Departure("st_j60_mv", "ST elevation", wave, lead, 1, 0.3, "mV", 99.0, 1900, "all normals", 3.0,  # type: ignore[arg-type]
                     90.0, 0.05, 0.12, Message("ST"), heat)


def test_every_kind_of_a_report_has_its_departure() -> None:
    assert set(DEPARTURE_KINDS) == set(KINDS)


def test_the_heat_of_a_named_departure_counts_in_st_t_where_it_lies_on_st_or_t() -> None:
    found = RecordDepartures(0.0, 10.0, (
        departure("V2", "ST", 97.0), departure("V3", "QRS", 99.0), departure(None, "ST", 99.0),
    ))
    assert list(named_st_t(found)) == [("V2", 97.0)]


def test_only_beats_that_are_findings_colour_the_paper() -> None:
    leads = ("I", "V1")
    beats = tuple(
        OwnBeat(second, second - 0.2, second + 0.4, 0, False, strength, percentile,
                np.array([0.1, strength], np.float32), np.array([10.0, 99.5], np.float32))
        for second, strength, percentile in ((1.0, 0.8, 90.0), (2.0, 2.5, 99.0))
    )
    own = OwnBeats(0.0, 10.0, leads, beats, (Shape("A", 2, False),))
    assert list(own_st_t(own)) == [("I", 10.0), ("V1", 99.5)]
    heat = own_heat(own)
    assert heat[STANDARD_LEADS.index("V1")] == pytest.approx(2.5)
    assert np.isnan(heat[STANDARD_LEADS.index("II")])

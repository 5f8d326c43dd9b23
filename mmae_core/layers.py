"""Runs all three layers on a stretch of a recording and gathers their facts.

Named departures, the model's map and the patient's own beats are independent of each other; a reading combines them.
Without a model there are two layers, without beats only the model's.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from mmae_core.assessment import AnomalyMap, Finding
from mmae_core.departures.carried import carried_by
from mmae_core.departures.compare import departures_of
from mmae_core.departures.person import UNKNOWN, Person
from mmae_core.departures.results import RecordDepartures
from mmae_core.facts import Fact, facts
from mmae_core.intervals.measure import examine_record
from mmae_core.intervals.results import Examination
from mmae_core.own_beats.find_own_beats import own_beats_of
from mmae_core.own_beats.results import OwnBeats
from mmae_core.record import EcgRecord

ShouldStop = Callable[[], bool]


@dataclass(frozen=True)
class Reading:
    """The results of all layers for a stretch."""

    start_s: float
    end_s: float
    examination: Examination
    departures: RecordDepartures
    own_beats: OwnBeats
    anomaly_map: AnomalyMap | None
    """None if no model was used."""
    facts: tuple[Fact, ...]
    """Strongest first, at most `mmae_core.facts.MOST_FACTS`."""

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Every place of every fact."""
        return tuple(finding for fact in self.facts for finding in fact.findings)


def read_layers(
    record: EcgRecord, start_s: float = 0.0, duration_s: float = 10.0, *, person: Person = UNKNOWN,
    anomaly_map: AnomalyMap | None = None, model: Sequence[Finding] = (), should_stop: ShouldStop | None = None,
) -> Reading:
    """Read a stretch, cut at the record's ends; `model` are the findings of its `anomaly_map`.

    Raises UnreadableRecord if the files are damaged, MissingResource if the limits of normals are not there, Cancelled
    if `should_stop` says so.
    """
    examination = examine_record(record, start_s, duration_s, should_stop)
    own = own_beats_of(examination)
    departures = departures_of(examination, person, carried=carried_by(record))
    found = examination.measurements
    return Reading(found.start_s, found.start_s + found.duration_s, examination, departures, own, anomaly_map,
                   facts(model, departures, own, record.lead_names))

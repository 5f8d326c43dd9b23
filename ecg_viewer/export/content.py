"""Everything an export can say about one recording, gathered once and passed to the writing thread."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from ecg_viewer.export.provenance import Provenance
from ecg_viewer.jobs.lead_details import measured_details
from ecg_viewer.jobs.measured_rows import MeasuredRow, measured_rows
from ecg_viewer.state.assessment import Assessment, LeadResult, Phase
from ecg_viewer.state.heat import HeatMap
from ecg_viewer.state.layers import FactLine
from ecg_viewer.state.measure.details import Details
from ecg_viewer.state.person import ShownPerson
from ecg_viewer.state.review.review import Conclusion, RecordState, State
from ecg_viewer.state.words.language import tr
from ecg_viewer.state.words.layer_words import limitation_sentences
from mmae_core.assessment import AnomalyMap, Layer, WindowAssessment
from mmae_core.departures.results import Departure, RecordDepartures
from mmae_core.facts import strongest_first
from mmae_core.intervals.results import Measurements
from mmae_core.record import STANDARD_LEADS, EcgRecord

Author = Literal["model", "reviewer"]
PERCENTILE_CAVEATS = ("percentile likely too high", "percentile unreliable")
"""Beginnings of the model's notes about a percentile that was given."""


@dataclass(frozen=True)
class ReviewedFinding:
    """A stretch of a lead that the program found or a person marked, with the decision on it."""

    lead: str
    start_s: float
    end_s: float
    found_by: Author = "model"
    peak_s: float | None = None
    percentile: float | None = None
    """Share of normal records, 0..100, whose strongest point in this lead is weaker; None without a model's answer."""
    decision: State = "unreviewed"
    label: str = ""
    """The reviewer's word for it."""
    note: str = ""
    reviewer: str = ""
    decided: str = ""
    """ISO 8601; empty if undecided."""
    unreliable: str = ""
    """What is wrong with the signal there; empty if nothing."""
    model_sha256: str = ""
    """SHA-256 of the weights of the model that set the borders; empty for what a person marked."""
    layer: Layer = "model"
    """Layer of what the program found; meaningless for what a person marked."""
    wave: str = ""
    kind: str = ""
    fact: str = ""
    """Findings with the same text belong to one fact; empty: to none."""
    sentence: str = ""
    departure: Departure | None = None
    """The measurement it is about; None for the other layers and for earlier decisions."""

    @property
    def is_positive(self) -> bool:
        """Whether a person confirmed it or marked it by hand."""
        return self.decision == "confirmed" or self.found_by == "reviewer"


@dataclass(frozen=True)
class Identity:
    """Identifying lines of the files; exported only on request."""

    lines: tuple[str, ...]
    """`Name: value`, as the files have them."""


@dataclass(frozen=True)
class RecordContent:
    """One recording with everything known about it."""

    record: EcgRecord
    provenance: Provenance
    findings: tuple[ReviewedFinding, ...] = ()
    """Strongest first, the reviewer's own after the model's."""
    assessment: Assessment = field(default_factory=Assessment)
    heat: HeatMap | None = None
    """A copy, as the map on the screen goes on growing. None if nothing that the model says is to be drawn."""
    maps: tuple[AnomalyMap, ...] = ()
    """Stretches with full numbers, by time; empty unless maps are exported."""
    identity: Identity | None = None
    statements: str = ""
    """The data set's own labels."""
    review_state: RecordState = "unreviewed"
    measurements: Measurements | None = None
    """None: not measured."""
    person: ShownPerson = field(default_factory=ShownPerson)
    """Age and sex alone: what measurements are compared by."""
    conclusion: Conclusion | None = None
    """What a reviewer wrote about the recording as a whole."""

    @property
    def name(self) -> str:
        return self.record.name

    @property
    def window(self) -> WindowAssessment | None:
        """The strongest 10 s, which the record's percentile is about."""
        return self.assessment.strongest_window

    @property
    def is_assessed(self) -> bool:
        return self.window is not None

    @property
    def lead_scores(self) -> tuple[LeadResult, ...]:
        """In the order of `STANDARD_LEADS`; empty if nothing was assessed."""
        return tuple(sorted(self.assessment.lead_ranking, key=lambda item: STANDARD_LEADS.index(item.lead)))

    @property
    def departures(self) -> RecordDepartures | None:
        """Of the stretch that `measurements` are of, or of all."""
        measured, layers = self.measurements, self.assessment.layers
        if measured is None:
            return layers.departures[0] if layers.departures else None
        return layers.departures_around(measured.start_s, measured.start_s + measured.duration_s)

    @property
    def measured_rows(self) -> tuple[MeasuredRow, ...]:
        """A row a quantity; none without measurements."""
        return measured_rows(self.measurements, self.departures)

    @cached_property
    def details(self) -> Details | None:
        """Every lead's measurements of the stretch that `measurements` are of; None without. Measures on first use.

        Raises UnreadableRecord, MissingResource.
        """
        measured = self.measurements
        return None if measured is None else measured_details(self.record, measured)

    @property
    def facts(self) -> tuple[FactLine, ...]:
        """Strongest first."""
        return tuple(sorted(self.assessment.layers.facts.values(), key=strongest_first))

    @property
    def not_said(self) -> tuple[str, ...]:
        """What the other two layers could not measure or compare, with reasons: sentences that begin with the layer's
        name.
        """
        return limitation_sentences(self.assessment.layers)

    @property
    def positives(self) -> tuple[ReviewedFinding, ...]:
        return tuple(finding for finding in self.findings if finding.is_positive)

    @property
    def not_assessed(self) -> tuple[str, ...]:
        """Every sentence on what the model did not assess, and why."""
        assessment = self.assessment
        elsewhere = {*self.cautions, *assessment.suspicions}
        notes = [note for note in assessment.notes if note not in elsewhere]
        if assessment.message:
            notes.insert(0, assessment.message)
        if assessment.phase in (Phase.WAITING, Phase.SCORING, Phase.CANCELLED) and assessment.total_s:
            notes.append(
                tr("Only {done} s of {total} s had been assessed at the time of export.").format(
                    done=f"{assessment.done_s:.6g}", total=f"{assessment.total_s:.6g}"
                )
            )
        return tuple(dict.fromkeys(notes))

    @property
    def cautions(self) -> tuple[str, ...]:
        """Sentences on results to be read with caution; none of them is in `not_assessed`."""
        suspicions = self.assessment.first_suspicions
        return tuple(
            note for note in dict.fromkeys(self.assessment.notes)
            if note.startswith(PERCENTILE_CAVEATS) or note in suspicions
        )

"""The findings of a recording with the decisions on them: the model's, what was decided earlier, the reviewer's own."""

from __future__ import annotations

from collections.abc import Iterable

from ecg_viewer.export.content import ReviewedFinding
from ecg_viewer.state.assessment import Assessment
from ecg_viewer.state.finding_order import lead_place
from ecg_viewer.state.heat import LAYERS
from ecg_viewer.state.review.events import FindingId
from ecg_viewer.state.review.review import Judgement, OwnFinding, RecordReview
from ecg_viewer.state.words.language import tr
from mmae_core.assessment import Finding, Layer
from mmae_core.departures.results import Departure
from mmae_core.record import STANDARD_LEADS


def reviewed_findings(
    assessment: Assessment, model_sha256: str, review: RecordReview | None
) -> tuple[ReviewedFinding, ...]:
    """The model's findings in their order, then decided ones that this model does not have, then the reviewer's own.

    `review` None: not reviewed.
    """
    review = review or RecordReview()
    found: list[ReviewedFinding] = []
    used: set[FindingId] = set()
    for finding in assessment.findings:
        name = FindingId.of(finding, model_sha256)
        judgement = review.judgement_of(name)
        used |= {judgement.finding} | {known for known in review.judgements if known.overlap(name) >= 0.5}
        found.append(_judged(finding, assessment, judgement, model_sha256))
    earlier = sorted(
        (judgement for name, judgement in review.judgements.items() if name not in used and _says_something(judgement)),
        key=lambda judgement: (judgement.finding.start_s, lead_place(judgement.finding.lead)),
    )
    found += [_earlier(judgement) for judgement in earlier]
    for own in sorted(review.own.values(), key=lambda item: (item.start_s, item.id)):
        found += own_findings(own)
    return tuple(found)


def decided_findings(review: RecordReview) -> tuple[ReviewedFinding, ...]:
    """Everything decided or marked in a recording, by time, whichever model found it; needs no model."""
    found = [_earlier(judgement) for judgement in review.judgements.values() if judgement.state != "unreviewed"]
    for own in review.own.values():
        found += own_findings(own)
    return tuple(sorted(found, key=lambda item: (item.start_s, lead_place(item.lead), item.end_s)))


def undecided_findings(findings: Iterable[ReviewedFinding]) -> tuple[ReviewedFinding, ...]:
    """The model's findings that are neither confirmed nor dismissed."""
    return tuple(item for item in findings if item.found_by == "model" and item.decision == "unreviewed")


def own_findings(own: OwnFinding) -> list[ReviewedFinding]:
    """A stretch a person marked, once for each of its leads; all twelve if it names none."""
    return [
        ReviewedFinding(
            lead, own.start_s, own.end_s, "reviewer", decision="confirmed", label=own.label, reviewer=own.reviewer,
            decided=own.time,
        )
        for lead in (own.leads or STANDARD_LEADS)
    ]


def _judged(
    finding: Finding, assessment: Assessment, judgement: Judgement, model_sha256: str
) -> ReviewedFinding:
    problem = (assessment.reason_of(finding) or tr("poor signal")) if assessment.is_unreliable(finding) else ""
    return ReviewedFinding(
        finding.lead, finding.start_s, finding.end_s, "model", finding.peak_s, finding.percentile,
        decision=judgement.state, note=judgement.note, reviewer=judgement.reviewer, decided=judgement.time,
        unreliable=problem, model_sha256=model_sha256, layer=finding.layer, wave=finding.wave, kind=finding.kind,
        fact=finding.fact, sentence=finding.sentence, departure=_departure(finding, assessment),
    )


def _departure(finding: Finding, assessment: Assessment) -> Departure | None:
    """The measurement a finding is about: the strongest of its kind in its lead, around its place."""
    if finding.layer != "named":
        return None
    found = assessment.layers.departures_around(finding.start_s, finding.end_s)
    of_kind = [item for item in (() if found is None else found.departures)
               if item.kind == finding.kind and item.lead in (finding.lead or None, None)]
    exact = [item for item in of_kind if str(item.sentence) == str(finding.sentence)]
    own = [item for item in of_kind if item.lead == finding.lead]
    return next(iter(exact or own or of_kind), None)


def _earlier(judgement: Judgement) -> ReviewedFinding:
    name = judgement.finding
    return ReviewedFinding(
        name.lead, name.start_s, name.end_s, "model", None, judgement.percentile, judgement.state, "", judgement.note,
        judgement.reviewer, judgement.time, model_sha256=name.model, layer=_layer(name.layer), kind=name.kind,
    )


def _layer(name: str) -> Layer:
    """The layer named in a journal; unknown names are possible."""
    return next((layer for layer in LAYERS if layer == name), "model")


def _says_something(judgement: Judgement) -> bool:
    return judgement.state != "unreviewed" or bool(judgement.note)

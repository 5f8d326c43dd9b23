"""Findings as pages list them: one row for a fact, whatever number of beats and leads it holds for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from ecg_viewer.export.content import RecordContent, ReviewedFinding
from ecg_viewer.state.layers import FactLine
from ecg_viewer.state.review.review import State
from mmae_core.facts import strongest_first

SLIVER, SLIVER_S = 0.25, 0.1
"""A finding of which less than this share, and less than this long (s), is visible gets its bracket where the rest
is.
"""


@dataclass(frozen=True)
class FindingRow:
    """One row of the exported list: a fact with its findings, or a finding that belongs to none."""

    number: int
    """Its place in the list, from 1; stands beside its brackets on the paper."""
    findings: tuple[ReviewedFinding, ...]
    """As `RecordContent.findings` has them in order."""
    fact: FactLine | None = None
    """None for a finding that belongs to no fact."""

    @property
    def first(self) -> ReviewedFinding:
        """The first finding; for a fact, the first from the layer that found it."""
        own = (item for item in self.findings if self.fact is None or item.layer == self.fact.layer)
        return next(own, self.findings[0])

    @property
    def percentile(self) -> float | None:
        """Of the strongest finding; None for what a person marked."""
        if self.fact is not None:
            return self.fact.percentile
        return max((item.percentile for item in self.findings if item.percentile is not None), default=None)

    @property
    def leads(self) -> tuple[str, ...]:
        """Strongest first."""
        found = self.fact.leads if self.fact is not None else (item.lead for item in self.findings)
        return tuple(dict.fromkeys(lead for lead in found if lead))

    @property
    def decision(self) -> State | Literal["some"]:
        """The decision on all of its findings; `some` if they were decided differently."""
        states = {item.decision for item in self.findings}
        return next(iter(states)) if len(states) == 1 else "some"

    @property
    def is_touched(self) -> bool:
        """Whether it has any decision or note."""
        return any(item.decision != "unreviewed" or item.note for item in self.findings)

    @property
    def is_positive(self) -> bool:
        """Whether a person confirmed or marked any of it."""
        return any(item.is_positive for item in self.findings)

    @property
    def unreliable(self) -> str:
        """What is wrong with the signal of all of it; empty unless all of it is unreliable."""
        return self.first.unreliable if all(item.unreliable for item in self.findings) else ""

    def reaches(self, start_s: float, end_s: float) -> bool:
        """Whether any of it lies in a stretch."""
        return any(item.start_s < end_s and item.end_s > start_s for item in self.findings)


def finding_rows(content: RecordContent) -> tuple[FindingRow, ...]:
    """A row for each fact, in the order of the list on the screen: the strongest first, poor signals last. Then one for
    each finding without a fact.
    """
    facts = content.assessment.layers.facts
    groups: dict[object, list[ReviewedFinding]] = {}
    for place, finding in enumerate(content.findings):
        is_of_fact = finding.found_by == "model" and finding.fact in facts
        groups.setdefault(finding.fact if is_of_fact else place, []).append(finding)
    rows = [FindingRow(0, tuple(findings), facts.get(key) if isinstance(key, str) else None)
            for key, findings in groups.items()]
    rows.sort(key=_standing)
    return tuple(replace(row, number=number) for number, row in enumerate(rows, 1))


def _standing(row: FindingRow) -> tuple[float, ...]:
    return (2,) if row.fact is None else (bool(row.unreliable), *strongest_first(row.fact))


def bracketed(
    rows: Sequence[FindingRow], lead: str, start_s: float, end_s: float
) -> list[tuple[FindingRow, ReviewedFinding]]:
    """The findings that get a bracket in a stretch of a lead; of one that recurs in many beats only the first.

    If a fact of another layer also has findings of the model, only its own layer's are bracketed.
    """
    found: list[tuple[FindingRow, ReviewedFinding]] = []
    for row in rows:
        here = [item for item in row.findings if item.lead == lead and _is_seen(item, start_s, end_s)]
        if row.fact is not None:
            here = [item for item in here if item.layer == row.fact.layer] or here
            if row.fact.layer != "own" and row.fact.n_beats > 1:
                whole = [item for item in here if item.start_s >= start_s] or here
                here = sorted(whole, key=lambda item: item.start_s)[:1]
        found += ((row, item) for item in here)
    return found


def _is_seen(finding: ReviewedFinding, start_s: float, end_s: float) -> bool:
    """Whether more than a sliver of it lies in a stretch."""
    seen_s = min(finding.end_s, end_s) - max(finding.start_s, start_s)
    return seen_s > 0 and (seen_s >= SLIVER_S or seen_s >= SLIVER * (finding.end_s - finding.start_s))

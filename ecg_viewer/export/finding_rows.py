"""Findings as pages list them: one row for a fact, whatever number of beats and leads it holds for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from ecg_viewer.export.content import RecordContent, ReviewedFinding
from ecg_viewer.state.layers import FactLine
from ecg_viewer.state.review.review import State


@dataclass(frozen=True)
class FindingRow:
    """One row, and what it is made of."""

    number: int
    """Its place in the list, from 1; stands beside its brackets on the paper."""
    findings: tuple[ReviewedFinding, ...]
    """As `RecordContent.findings` has them in order."""
    fact: FactLine | None = None
    """None for a finding that nobody has joined to others."""

    @property
    def first(self) -> ReviewedFinding:
        return self.findings[0]

    @property
    def percentile(self) -> float | None:
        """Of the strongest finding; None for what a person marked."""
        return max((item.percentile for item in self.findings if item.percentile is not None), default=None)

    @property
    def leads(self) -> tuple[str, ...]:
        """Strongest first."""
        found = self.fact.leads if self.fact is not None else (item.lead for item in self.findings)
        return tuple(dict.fromkeys(lead for lead in found if lead))

    @property
    def decision(self) -> State | Literal["some"]:
        """Of all of it; `some` where its findings were decided differently."""
        states = {item.decision for item in self.findings}
        return next(iter(states)) if len(states) == 1 else "some"

    @property
    def is_touched(self) -> bool:
        """Whether anybody has decided or written anything about it."""
        return any(item.decision != "unreviewed" or item.note for item in self.findings)

    @property
    def is_positive(self) -> bool:
        """Whether a person stands behind any of it."""
        return any(item.is_positive for item in self.findings)

    @property
    def unreliable(self) -> str:
        """What is wrong with the signal of all of it; empty unless all of it is unreliable."""
        return self.first.unreliable if all(item.unreliable for item in self.findings) else ""

    def reaches(self, start_s: float, end_s: float) -> bool:
        """Whether any of it lies in a stretch."""
        return any(item.start_s < end_s and item.end_s > start_s for item in self.findings)


def finding_rows(content: RecordContent) -> tuple[FindingRow, ...]:
    """A row for each fact and for each finding without one, in the order of their first findings."""
    facts = content.assessment.layers.facts
    groups: dict[object, list[ReviewedFinding]] = {}
    for place, finding in enumerate(content.findings):
        is_of_fact = finding.found_by == "model" and finding.fact in facts
        groups.setdefault(finding.fact if is_of_fact else place, []).append(finding)
    return tuple(
        FindingRow(number, tuple(findings), facts.get(key) if isinstance(key, str) else None)
        for number, (key, findings) in enumerate(groups.items(), 1)
    )


def bracketed(rows: Sequence[FindingRow]) -> tuple[tuple[FindingRow, ReviewedFinding], ...]:
    """What gets a bracket on the paper: every finding, but of what every beat shows the first one of each lead."""
    found = []
    for row in rows:
        seen: set[str] = set()
        for finding in sorted(row.findings, key=lambda item: item.start_s):
            if finding.layer == "named" and row.fact is not None and finding.lead in seen:
                continue
            seen.add(finding.lead)
            found.append((row, finding))
    return tuple(found)

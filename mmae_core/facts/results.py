"""The parts of one row of the list of findings."""

from __future__ import annotations

from dataclasses import dataclass

from mmae_core.assessment import Finding, Layer


@dataclass(frozen=True)
class FactSummary:
    """The content of one row of the list of findings, without its places."""

    key: str
    """`Finding.fact` of all its findings."""
    layer: Layer
    title: str
    """The row's text (`Message`): what, where, how often."""
    leads: tuple[str, ...]
    """Strongest first."""
    wave: str
    """As `Finding.wave`."""
    kind: str
    """As `Finding.kind`."""
    percentile: float
    """Of its strongest finding."""
    n_beats: int
    """Number of beats it holds for; 0 if it does not refer to beats."""
    of_beats: int
    """Number of beats in the stretch."""


ORDER: dict[Layer, int] = {"named": 0, "own": 1, "model": 2}
"""Rank among facts that are equally rare in normals: the more specific comes first."""


def strongest_first(fact: FactSummary) -> tuple[float, int]:
    """Sort key of facts, the strongest first: percentile to a tenth, then how specific they are."""
    return -round(fact.percentile, 1), ORDER[fact.layer]


@dataclass(frozen=True)
class Fact(FactSummary):
    """One row of the list of findings, with its places."""

    findings: tuple[Finding, ...]
    """Every place, lead by lead and beat by beat, strongest lead first, then in time; those of the model's map that lie
    on another layer's fact last."""

    @property
    def model_agrees(self) -> bool:
        """Whether the model's map departs at places of a fact that another layer found."""
        return self.layer != "model" and any(finding.layer == "model" for finding in self.findings)

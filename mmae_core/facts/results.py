"""What one row of the list of findings is made of."""

from __future__ import annotations

from dataclasses import dataclass

from mmae_core.assessment import Finding, Layer


@dataclass(frozen=True)
class Stated:
    """What one row of the list of findings says, without the places where it does."""

    key: str
    """`Finding.fact` of all its findings."""
    layer: Layer
    title: str
    """In plain words (`Said`): what, where, how often."""
    leads: tuple[str, ...]
    """Strongest first."""
    wave: str
    """As `Finding.wave`."""
    kind: str
    """As `Finding.kind`."""
    percentile: float
    """Of its strongest finding."""
    n_beats: int
    """Beats it holds for; 0 where it is not a matter of beats."""
    of_beats: int
    """Beats of the stretch."""


ORDER: dict[Layer, int] = {"named": 0, "own": 1, "model": 2}
"""Of two facts that as few normals show, the one that says more comes first."""


def standing(fact: Stated) -> tuple[float, int]:
    """What facts are sorted by, the strongest first: tenths of a percentile, then how much they say."""
    return -round(fact.percentile, 1), ORDER[fact.layer]


@dataclass(frozen=True)
class Fact(Stated):
    """One row of the list of findings, with its places."""

    findings: tuple[Finding, ...]
    """Every place, lead by lead and beat by beat, strongest lead first, then in time; those of the model's map that lie
    on a fact of another layer last."""

    @property
    def model_agrees(self) -> bool:
        """Whether the model's map departs at places of a fact that another layer found."""
        return self.layer != "model" and any(finding.layer == "model" for finding in self.findings)

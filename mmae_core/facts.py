"""One fact, one row: findings of the three layers that say the same thing, put together.

What every beat shows is one fact (`ST +0.24 mV, V1-V4, every beat`), an episode is one, and so is a single beat.
"""

from __future__ import annotations

from dataclasses import dataclass

from mmae_core.assessment import Finding, Layer


@dataclass(frozen=True)
class Fact:
    """What one row of the list of findings says."""

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
    findings: tuple[Finding, ...]
    """Every place, lead by lead and beat by beat, strongest lead first, then in time."""

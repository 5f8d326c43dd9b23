"""What a model's card states about its score as a detector."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class OperatingPoint:
    """One threshold on the score of a recording."""

    threshold: float
    """In the unit of the score."""
    percentile: float
    """Of the threshold among the normals that the model is calibrated on."""
    sensitivity: float
    specificity: float
    measured_on: str
    """`PTB-XL fold 9`; empty if the card does not say."""

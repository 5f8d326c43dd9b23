"""The twelve leads as directions: how a change in some leads appears in the others.

Six limb leads are two: I and II. In the frontal plane a lead sees the part of the heart's vector along its own axis, so
a change intended for some limb leads is a vector whose projections appear in the others.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from mmae_core.errors import ConfigError
from mmae_core.readers.make_record import DERIVED
from mmae_core.record import STANDARD_LEADS

Array = NDArray[np.float64]

INDEPENDENT = (0, 1, 6, 7, 8, 9, 10, 11)
"""Rows of the leads I, II, V1..V6 among the twelve."""
TERRITORIES: Mapping[str, tuple[str, ...]] = {
    "anterior": ("V1", "V2", "V3", "V4"),
    "inferior": ("II", "III", "aVF"),
    "lateral": ("I", "aVL", "V5", "V6"),
}
AXES = {"I": 0.0, "II": 60.0, "III": 120.0, "aVR": -150.0, "aVL": -30.0, "aVF": 90.0}
"""Degrees in the frontal plane, clockwise from the patient's left."""


def twelve_leads(independent: Array) -> Array:
    """(12, samples) from (8, samples) of I, II, V1..V6."""
    leads = np.empty((len(STANDARD_LEADS), independent.shape[1]))
    leads[list(INDEPENDENT)] = independent
    for lead, (of_1, of_2) in DERIVED.items():
        leads[STANDARD_LEADS.index(lead)] = of_1 * independent[0] + of_2 * independent[1]
    return leads


def frontal_direction(leads: Sequence[str]) -> float | None:
    """Degrees of the common direction of the limb leads among `leads`; None without any.

    Raises ConfigError if they point against each other (II and aVR).
    """
    angles = [math.radians(AXES[lead]) for lead in leads if lead in AXES]
    if not angles:
        return None
    x, y = sum(map(math.cos, angles)), sum(map(math.sin, angles))
    if math.hypot(x, y) < 0.5 * len(angles):
        limb = ", ".join(lead for lead in leads if lead in AXES)
        raise ConfigError(f"The leads {limb} look at the heart from opposite sides; no single change fits them all.")
    return math.degrees(math.atan2(y, x))


def to_plane(limb: Array) -> Array:
    """Frontal vector (2, samples), x to the left and y down, of leads I and II."""
    return np.stack([limb[0], (2 * limb[1] - limb[0]) / math.sqrt(3)])


def from_plane(vector: Array) -> Array:
    """Leads I and II (2, samples) of a frontal vector (2, samples)."""
    return np.stack([vector[0], 0.5 * vector[0] + 0.5 * math.sqrt(3) * vector[1]])


def unit(degrees: float) -> Array:
    """The frontal vector (2,) of length 1 in a direction."""
    return np.array([math.cos(math.radians(degrees)), math.sin(math.radians(degrees))])


def chest(leads: Sequence[str]) -> list[int]:
    """Rows of the chest leads among the eight."""
    return [2 + int(lead[1]) - 1 for lead in leads if lead.startswith("V")]

"""The measurements that are compared between two recordings of one patient, and the difference of two values."""

from __future__ import annotations

from mmae_core.departures.quantities import LEAD_QUANTITIES, RECORD_QUANTITIES, Quantity
from mmae_core.departures.results import Wave
from mmae_core.record import STANDARD_LEADS

COMPARED_OF_LEAD: dict[str, Wave] = {
    "p_mv": "P", "q_mv": "QRS", "r_mv": "QRS", "down_mv": "QRS", "j_mv": "ST", "st_j60_mv": "ST", "t_mv": "T",
}
"""Of each lead, with the wave each belongs to (see `mmae_core.departures.quantities`). Depth is that of S or QS,
whichever is deepest: a tiny R that comes and goes turns one into the other, and nothing else has changed."""
COMPARED_OF_RECORD: dict[str, Wave] = {
    "rate_bpm": "rhythm", "pr_ms": "P", "qrs_ms": "QRS", "qt_ms": "T", "qtc_ms": "T", "qrs_axis_deg": "QRS",
    "t_axis_deg": "T", "qrs_t_angle_deg": "T",
}
"""Of the recording."""
TURN_DEG = 360.0


def compared_keys() -> tuple[str, ...]:
    """`quantity` of the recording, then `quantity:lead` of every lead."""
    return (*COMPARED_OF_RECORD, *(f"{name}:{lead}" for name in COMPARED_OF_LEAD for lead in STANDARD_LEADS))


def quantity_of(key: str) -> Quantity:
    """Name, unit and format of a key's measurement. Raises KeyError."""
    name = key.partition(":")[0]
    return LEAD_QUANTITIES[name] if name in COMPARED_OF_LEAD else RECORD_QUANTITIES[name]


def wave_of(key: str) -> Wave:
    """The wave a key's measurement belongs to. Raises KeyError."""
    name = key.partition(":")[0]
    return COMPARED_OF_LEAD[name] if name in COMPARED_OF_LEAD else COMPARED_OF_RECORD[name]


def lead_of_key(key: str) -> str | None:
    """The lead of `quantity:lead`; None for a measurement of the recording."""
    return key.partition(":")[2] or None


def difference(key: str, earlier: float, later: float) -> float:
    """Later less earlier, in the measurement's unit; of an axis the shorter way round, -180 < degrees <= 180."""
    plain = later - earlier
    if not key.endswith("axis_deg"):
        return plain
    return TURN_DEG / 2 - (TURN_DEG / 2 - plain) % TURN_DEG

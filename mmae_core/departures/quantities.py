"""The measurements by name, and which of them are held against the normals' limits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from mmae_core.departures.results import Kind, Wave
from mmae_core.said import Said


@dataclass(frozen=True)
class Quantity:
    """How a measurement is written."""

    label: Said
    unit: str
    decimals: int
    is_signed: bool = False
    """Whether a plus is written before what lies above zero."""


def _mv(label: str, *, is_signed: bool = False) -> Quantity:
    return Quantity(Said(label), "mV", 2, is_signed)


def _ms(label: str) -> Quantity:
    return Quantity(Said(label), "ms", 0)


def _ratio(label: str) -> Quantity:
    return Quantity(Said(label), "", 2)


LEAD_QUANTITIES: dict[str, Quantity] = {
    "p_mv": _mv("P", is_signed=True),
    "q_mv": _mv("Q depth"),
    "q_ms": _ms("Q duration"),
    "q_share": _ratio("Q/R"),
    "qs_mv": _mv("QS depth"),
    "r_first_mv": _mv("R ahead of S"),
    "r_mv": _mv("R"),
    "r_second_mv": _mv("R'"),
    "s_mv": _mv("S"),
    "down_mv": _mv("deepest of the QRS"),
    "swing_mv": _mv("QRS height"),
    "net_mv": _mv("QRS net", is_signed=True),
    "r_share": _ratio("R/(R+S)"),
    "r_time_ms": _ms("time to the peak of R"),
    "area_mv_ms": Quantity(Said("QRS area"), "mV ms", 0, is_signed=True),
    "path_mv": _mv("way of the QRS up and down"),
    "notching": _ratio("way of the QRS to its height"),
    "j_mv": _mv("J", is_signed=True),
    "st_j40_mv": _mv("ST at J+40 ms", is_signed=True),
    "st_j60_mv": _mv("ST", is_signed=True),
    "st_j80_mv": _mv("ST at J+80 ms", is_signed=True),
    "st_slope_mv_s": Quantity(Said("ST slope"), "mV/s", 1, is_signed=True),
    "t_mv": _mv("T", is_signed=True),
    "t_up_mv": _mv("T above zero", is_signed=True),
    "t_down_mv": _mv("T below zero", is_signed=True),
    "t_mean_mv": _mv("mean of T", is_signed=True),
    "t_share": _ratio("T/R"),
    "u_mv": _mv("U", is_signed=True),
}
"""Of each lead."""

RECORD_QUANTITIES: dict[str, Quantity] = {
    "rate_bpm": Quantity(Said("Rate"), "/min", 0),
    "pr_ms": _ms("PR"),
    "qrs_ms": _ms("QRS"),
    "qt_ms": _ms("QT"),
    "qtc_ms": _ms("QTc (Fridericia)"),
    "p_axis_deg": Quantity(Said("P axis"), "°", 0),
    "qrs_axis_deg": Quantity(Said("QRS axis"), "°", 0),
    "t_axis_deg": Quantity(Said("T axis"), "°", 0),
    "qrs_t_angle_deg": Quantity(Said("QRS-T angle"), "°", 0),
    "irregularity_percent": Quantity(Said("Change of RR from beat to beat"), "%", 0),
    "longest_rr_share": _ratio("Longest RR to median RR"),
    "shortest_rr_share": _ratio("Shortest RR to median RR"),
    "longest_rr_s": Quantity(Said("Longest RR"), "s", 2),
    "missing_p": _ratio("No steady P wave"),
    "r_v3_mv": _mv("R in V3"),
    "r_gain_mv": _mv("R in V4 less R in V1", is_signed=True),
    "sokolow_mv": _mv("Sokolow voltage"),
    "cornell_mv": _mv("Cornell voltage"),
    "limb_swing_mv": _mv("Highest QRS of the limb leads"),
    "chest_swing_mv": _mv("Highest QRS of the chest leads"),
}
"""Of the record."""

Group = Literal["ST-T", "other"]


@dataclass(frozen=True)
class Candidate:
    """One side of a measurement that may depart."""

    quantity: str
    sign: Literal[-1, 1]
    kind: Kind
    wave: Wave
    group: Group = "other"

    @property
    def key(self) -> str:
        return f"{self.quantity}{'+' if self.sign > 0 else '-'}"

    @property
    def is_of_lead(self) -> bool:
        return self.quantity in LEAD_QUANTITIES


CANDIDATES: tuple[Candidate, ...] = (
    Candidate("st_j60_mv", 1, "ST elevation", "ST", "ST-T"),
    Candidate("st_j60_mv", -1, "ST depression", "ST", "ST-T"),
    Candidate("t_mv", 1, "T tall", "T", "ST-T"),
    Candidate("t_mv", -1, "T inversion", "T", "ST-T"),
    Candidate("t_share", -1, "T flat or low", "T", "ST-T"),
    Candidate("q_mv", 1, "Q wave", "QRS"),
    Candidate("q_share", 1, "Q wave", "QRS"),
    Candidate("r_first_mv", -1, "R small", "QRS"),
    Candidate("r_mv", 1, "R tall", "QRS"),
    Candidate("s_mv", 1, "S deep", "QRS"),
    Candidate("p_mv", 1, "P", "P"),
    Candidate("p_mv", -1, "P", "P"),
    Candidate("u_mv", 1, "U wave", "U"),
    Candidate("rate_bpm", 1, "rate", "rhythm"),
    Candidate("rate_bpm", -1, "rate", "rhythm"),
    Candidate("pr_ms", 1, "PR", "P"),
    Candidate("pr_ms", -1, "PR", "P"),
    Candidate("qrs_ms", 1, "QRS wide", "QRS"),
    Candidate("qtc_ms", 1, "QT", "T"),
    Candidate("qtc_ms", -1, "QT", "T"),
    Candidate("qrs_axis_deg", 1, "axis", "QRS"),
    Candidate("qrs_axis_deg", -1, "axis", "QRS"),
    Candidate("qrs_t_angle_deg", 1, "axis", "T"),
    Candidate("irregularity_percent", 1, "rhythm", "rhythm"),
    Candidate("longest_rr_share", 1, "rhythm", "rhythm"),
    Candidate("shortest_rr_share", -1, "rhythm", "rhythm"),
    Candidate("missing_p", 1, "rhythm", "rhythm"),
    Candidate("r_v3_mv", -1, "R progression", "QRS"),
    Candidate("sokolow_mv", 1, "high voltage", "QRS"),
    Candidate("cornell_mv", 1, "high voltage", "QRS"),
    Candidate("limb_swing_mv", -1, "low voltage", "QRS"),
    Candidate("chest_swing_mv", -1, "low voltage", "QRS"),
)
"""What is looked at. J, the other instants of ST, its slope and the parts of T follow these too closely to be asked
twice: they are measured and kept in `RecordDepartures.values`."""

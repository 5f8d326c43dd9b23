"""The measurements by name, and which of them are compared with the normals' limits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from mmae_core.departures.results import Kind, Wave
from mmae_core.messages import Message

QTC_FORMULA = "Fridericia"
"""The only QT correction compared with normals (a key of `mmae_core.intervals.results.FORMULAS`)."""
RESOLUTION = {"mV": 0.01, "ms": 4.0, "": 0.02, "°": 3.0, "%": 1.0, "/min": 1.0, "s": 0.05, "mV ms": 1.0, "mV/s": 0.1}
"""By unit."""


@dataclass(frozen=True)
class Quantity:
    """Name, unit and format of a measurement."""

    label: Message
    unit: str
    decimals: int
    is_signed: bool = False
    """Whether positive values are written with a plus sign."""

    @property
    def resolution(self) -> float:
        """Smallest meaningful difference: no step beyond the normals' limits is shorter."""
        return RESOLUTION[self.unit]


def _mv(label: Message, *, is_signed: bool = False) -> Quantity:
    return Quantity(label, "mV", 2, is_signed)


def _ms(label: Message) -> Quantity:
    return Quantity(label, "ms", 0)


def _ratio(label: Message) -> Quantity:
    return Quantity(label, "", 2)


LEAD_QUANTITIES: dict[str, Quantity] = {
    "p_mv": _mv(Message("P"), is_signed=True),
    "q_mv": _mv(Message("Q depth")),
    "q_ms": _ms(Message("Q duration")),
    "q_share": _ratio(Message("Q/R")),
    "qs_mv": _mv(Message("QS depth")),
    "r_first_mv": _mv(Message("R ahead of S")),
    "r_mv": _mv(Message("R")),
    "r_second_mv": _mv(Message("R'")),
    "s_mv": _mv(Message("S")),
    "down_mv": _mv(Message("deepest of the QRS")),
    "swing_mv": _mv(Message("QRS height")),
    "net_mv": _mv(Message("QRS net"), is_signed=True),
    "r_share": _ratio(Message("R/(R+S)")),
    "r_time_ms": _ms(Message("time to the peak of R")),
    "area_mv_ms": Quantity(Message("QRS area"), "mV ms", 0, is_signed=True),
    "path_mv": _mv(Message("way of the QRS up and down")),
    "notching": _ratio(Message("way of the QRS to its height")),
    "j_mv": _mv(Message("J"), is_signed=True),
    "st_j40_mv": _mv(Message("ST at J+40 ms"), is_signed=True),
    "st_j60_mv": _mv(Message("ST"), is_signed=True),
    "st_j80_mv": _mv(Message("ST at J+80 ms"), is_signed=True),
    "st_slope_mv_s": Quantity(Message("ST slope"), "mV/s", 1, is_signed=True),
    "t_mv": _mv(Message("T"), is_signed=True),
    "t_up_mv": _mv(Message("T above zero"), is_signed=True),
    "t_down_mv": _mv(Message("T below zero"), is_signed=True),
    "t_mean_mv": _mv(Message("mean of T"), is_signed=True),
    "t_share": _ratio(Message("T/R")),
    "u_mv": _mv(Message("U"), is_signed=True),
}
"""Of each lead."""

RECORD_QUANTITIES: dict[str, Quantity] = {
    "rate_bpm": Quantity(Message("Rate"), "/min", 0),
    "pr_ms": _ms(Message("PR")),
    "qrs_ms": _ms(Message("QRS")),
    "qt_ms": _ms(Message("QT")),
    "qtc_ms": _ms(Message("QTc (Fridericia)")),
    "p_axis_deg": Quantity(Message("P axis"), "°", 0),
    "qrs_axis_deg": Quantity(Message("QRS axis"), "°", 0),
    "t_axis_deg": Quantity(Message("T axis"), "°", 0),
    "qrs_t_angle_deg": Quantity(Message("QRS-T angle"), "°", 0),
    "irregularity_percent": Quantity(Message("R-R irregularity"), "%", 0),
    "irregular_without_p_percent": Quantity(Message("R-R irregularity without steady P waves"), "%", 0),
    "longest_rr_share": _ratio(Message("Longest R-R to median R-R")),
    "shortest_rr_share": _ratio(Message("Shortest R-R to median R-R")),
    "longest_rr_s": Quantity(Message("Longest R-R"), "s", 2),
    "missing_p": _ratio(Message("No steady P wave")),
    "r_v3_mv": _mv(Message("R in V3")),
    "r_gain_mv": _mv(Message("R in V4 minus R in V1"), is_signed=True),
    "sokolow_mv": _mv(Message("Sokolow voltage")),
    "cornell_mv": _mv(Message("Cornell voltage")),
    "limb_swing_mv": _mv(Message("Highest QRS of the limb leads")),
    "chest_swing_mv": _mv(Message("Highest QRS of the chest leads")),
}
"""Of the record."""

Group = Literal["ST-T", "rhythm", "rate", "interval", "other"]
"""Groups with their own share of the family's false alarms (see `mmae_core.departures.family_percentile`)."""


@dataclass(frozen=True)
class Candidate:
    """One side of a measurement that may depart."""

    quantity: str
    sign: Literal[-1, 1]
    kind: Kind
    wave: Wave
    group: Group = "other"
    beyond: float | None = None
    """A limit that readers use: a value within it is no departure, however rare among these normals."""
    rarity_margin: float = 0.0
    """Powers of ten by which fewer normals may be flagged by it than by others of its group: a less informative
    measurement must be rarer, so that it does not use up the group's share."""

    @property
    def key(self) -> str:
        return f"{self.quantity}{'+' if self.sign > 0 else '-'}"

    @property
    def is_of_lead(self) -> bool:
        return self.quantity in LEAD_QUANTITIES


CANDIDATES: tuple[Candidate, ...] = (
    Candidate("st_j60_mv", 1, "ST elevation", "ST", "ST-T", rarity_margin=0.6),
    Candidate("st_j60_mv", -1, "ST depression", "ST", "ST-T", rarity_margin=0.1),
    Candidate("t_mv", 1, "T tall", "T", "ST-T", rarity_margin=1.0),
    Candidate("t_mv", -1, "T inversion", "T", "ST-T"),
    Candidate("t_share", -1, "T flat or low", "T", "ST-T"),
    Candidate("q_mv", 1, "Q wave", "QRS", rarity_margin=0.3),
    Candidate("q_share", 1, "Q wave", "QRS"),
    Candidate("r_first_mv", -1, "R small", "QRS", rarity_margin=1.0),
    Candidate("r_mv", 1, "R tall", "QRS", rarity_margin=0.7),
    Candidate("s_mv", 1, "S deep", "QRS", rarity_margin=0.7),
    Candidate("p_mv", 1, "P", "P", beyond=0.25, rarity_margin=1.0),
    Candidate("p_mv", -1, "P", "P", beyond=-0.1, rarity_margin=1.0),
    Candidate("u_mv", 1, "U wave", "U", beyond=0.1, rarity_margin=1.0),
    Candidate("rate_bpm", 1, "rate", "rhythm", "rate", 100.0),
    Candidate("rate_bpm", -1, "rate", "rhythm", "rate", 50.0, rarity_margin=-0.1),
    Candidate("pr_ms", 1, "PR", "P", "interval", 200.0),
    Candidate("pr_ms", -1, "PR", "P", "interval", 120.0, rarity_margin=1.3),
    Candidate("qrs_ms", 1, "QRS wide", "QRS", "interval", 120.0, rarity_margin=0.8),
    Candidate("qtc_ms", 1, "QT", "T", "interval", 450.0, rarity_margin=0.45),
    Candidate("qtc_ms", -1, "QT", "T", "interval", 350.0, rarity_margin=1.3),
    Candidate("qrs_axis_deg", 1, "axis", "QRS", beyond=90.0, rarity_margin=0.4),
    Candidate("qrs_axis_deg", -1, "axis", "QRS", beyond=-30.0),
    Candidate("qrs_t_angle_deg", 1, "axis", "T", beyond=90.0, rarity_margin=0.4),
    Candidate("irregular_without_p_percent", 1, "rhythm", "rhythm", "rhythm", 5.0),
    Candidate("longest_rr_share", 1, "rhythm", "rhythm", beyond=1.6, rarity_margin=0.7),
    Candidate("r_v3_mv", -1, "R progression", "QRS", beyond=0.3, rarity_margin=1.0),
    Candidate("sokolow_mv", 1, "high voltage", "QRS", beyond=3.5, rarity_margin=0.2),
    Candidate("cornell_mv", 1, "high voltage", "QRS", beyond=2.0, rarity_margin=0.5),
    Candidate("limb_swing_mv", -1, "low voltage", "QRS", beyond=0.5, rarity_margin=0.4),
    Candidate("chest_swing_mv", -1, "low voltage", "QRS", beyond=1.0, rarity_margin=0.7),
)
"""Candidates that are compared. J, the other instants of ST, its slope and the parts of T correlate too closely with
these to be tested again: they are only measured and kept in `RecordDepartures.values`. The limits of the record's
measurements are those of textbooks (AHA/ACCF/HRS 2009): they keep common healthy values (52/min, PR 195 ms) from being
named."""

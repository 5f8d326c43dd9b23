"""Normal ECGs whose report names an abnormal measurement: they do not set its limits.

PTB-XL's normals are those without any other diagnostic statement; a statement of rhythm or form may stand beside it. Of
7,243 such records of folds 1-8 178 are called sinus tachycardia, 276 bradycardia, 59 long PR and 28 atrial
fibrillation, and 130 have a remark on ST or T. They still count as normals for false alarms.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from mmae_core.departures.quantities import LEAD_QUANTITIES, RECORD_QUANTITIES

_ST_T = frozenset({"NT_", "NDT", "NST_", "STD_", "STE_", "INVT", "LOWT", "TAB_", "DIG"})
_VOLTAGE = frozenset({"VCLVH", "HVOLT"})
_RHYTHM = frozenset({"AFIB", "AFLT", "PAC", "PVC", "BIGU", "TRIGU", "SVARR", "SVTAC", "PSVT", "PRC(S)"})
_SIZES = ("r_mv", "s_mv", "down_mv", "swing_mv", "net_mv", "area_mv_ms", "path_mv", "sokolow_mv", "cornell_mv")

_NAMED_BY: Mapping[str, frozenset[str]] = {
    **{name: _ST_T for name in (*LEAD_QUANTITIES, *RECORD_QUANTITIES)
       if name.startswith(("j_", "st_", "t_", "u_", "qrs_t_"))},
    **dict.fromkeys(("q_mv", "q_ms", "q_share", "qs_mv", "r_first_mv", "r_v3_mv"), frozenset({"QWAVE"})),
    **dict.fromkeys(_SIZES, _VOLTAGE),
    **dict.fromkeys(("limb_swing_mv", "chest_swing_mv"), _VOLTAGE | {"LVOLT"}),
    "notching": frozenset({"ABQRS"}),
    "qrs_ms": frozenset({"ABQRS", "WPW"}),
    "pr_ms": frozenset({"LPR", "1AVB", "2AVB", "3AVB", "WPW"}),
    "qtc_ms": frozenset({"LNGQT", "DIG"}),
    "qt_ms": frozenset({"LNGQT", "DIG"}),
    "rate_bpm": _RHYTHM | {"STACH", "SBRAD"},
    **dict.fromkeys(("irregularity_percent", "irregular_without_p_percent", "missing_p", "longest_rr_share",
                     "longest_rr_s", "shortest_rr_share"), _RHYTHM),
}
"""Codes of PTB-XL's statements by the quantity they name."""


def names(statements: Collection[str], quantity: str) -> bool:
    """Whether one of a record's statement codes names `quantity` (see `mmae_core.departures.quantities`)."""
    return not _NAMED_BY.get(quantity, frozenset()).isdisjoint(statements)

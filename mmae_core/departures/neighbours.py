"""Which leads view the same wall of the heart."""

from __future__ import annotations

from collections.abc import Mapping

NEIGHBOURS: Mapping[str, tuple[str, ...]] = {
    "I": ("aVL", "V5", "V6"), "II": ("III", "aVF"), "III": ("II", "aVF"), "aVL": ("I", "V5", "V6"),
    "aVF": ("II", "III"), "V1": ("V2",), "V2": ("V1", "V3"), "V3": ("V2", "V4"), "V4": ("V3", "V5"),
    "V5": ("V4", "V6"), "V6": ("V5", "I"),
}
"""aVR has no neighbours."""

"""The table of detection limits, as cards and pages show it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from mmae_core.config_arguments import fold_words
from mmae_core.errors import DatasetError
from mmae_core.files import JSON_FAULTS
from mmae_core.record import STANDARD_LEADS
from mmae_core.resources import resource

KIND_WORDS = {"ST up": "ST raised", "ST down": "ST lowered", "T down": "T lowered (raised in aVR)",
              "Q": "Q of 40 ms deepened"}
CRITERION_WORDS = {"finding": "a finding", "heat": "heat from the 95th percentile"}


def detection_limits_table(document: Mapping[str, Any]) -> list[str]:
    """Lines of Markdown: a sentence, then one table for each criterion."""
    about = document["about"]
    lines = [
        f"The smallest change in mV, drawn into one lead of normal ECGs, that named departures find in that lead: in "
        f"half / in nine in ten of {about['normals']:,} normals of {fold_words(about['folds'])}, with the 95-% "
        "interval by patient. A change in a limb lead appears in the others as its projection. –: not found at the "
        "largest drawn (" + ", ".join(f"{KIND_WORDS[kind]} {most:g} mV" for kind, most in about["most_mv"].items())
        + "). Drawn changes say how small a change can be found; they rank no methods and say nothing of abnormal "
        f"ECGs. The model's map and score are not part of it. `{about['command']}`",
    ]
    for criterion, kinds in document["limits"].items():
        lines += ["", f"Smallest change that has {CRITERION_WORDS[criterion]}:", "",
                  "| lead | " + " | ".join(KIND_WORDS[kind] for kind in kinds) + " |", "|---" * (len(kinds) + 1) + "|"]
        lines += [f"| {lead} | " + " | ".join(" / ".join(_cell(kinds[kind][lead][share]) for share in ("0.5", "0.9"))
                                              for kind in kinds) + " |" for lead in STANDARD_LEADS]
    return lines


@lru_cache(maxsize=1)
def bundled_detection_limits() -> dict[str, Any]:
    """The limits that come with the program, read once. Raises MissingResource, DatasetError."""
    path = resource("departures", "detection_limits.json")
    try:
        document: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        detection_limits_table(document)
    except JSON_FAULTS as error:
        raise DatasetError(f"{path.name} holds no detection limits: {error}. Make it with `mmae_core detection-limits`."
                           ) from error
    return document


def reach(document: Mapping[str, Any], kind: str, share: str = "0.5") -> tuple[float, str, float, str] | None:
    """The smallest limit of a kind with a finding and its lead, and the largest; None if a lead has none."""
    limits = {lead: document["limits"]["finding"][kind][lead][share][0] for lead in STANDARD_LEADS}
    if any(value is None for value in limits.values()):
        return None
    low, high = min(limits, key=lambda lead: limits[lead]), max(limits, key=lambda lead: limits[lead])
    return limits[low], low, limits[high], high


def detection_limits_section() -> str:
    """The section of a model's card, of the bundled limits."""
    return "\n".join(["## How small a change named departures find", "",
                      *detection_limits_table(bundled_detection_limits()), "", ""])


def _cell(values: Sequence[float | None]) -> str:
    """`0.12 (0.11-0.14)`."""
    value, low, high = ("–" if one is None else f"{one:.2f}" for one in values)
    return value if value == "–" and low == "–" else f"{value} ({low}-{high})"

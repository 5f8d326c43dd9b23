"""The table of detection limits, as cards and pages show it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from mmae_core.config_arguments import fold_words
from mmae_core.record import STANDARD_LEADS

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


def _cell(values: Sequence[float | None]) -> str:
    """`0.12 (0.11-0.14)`."""
    value, low, high = ("–" if one is None else f"{one:.2f}" for one in values)
    return value if value == "–" and low == "–" else f"{value} ({low}-{high})"

"""Reports of a dataset as they were meant to be read."""

from __future__ import annotations

import re

_INSIDE_A_WORD = re.compile(r"(?<=[a-zß])[À-ÖØ-Þ]")


def readable_report(report: str) -> str:
    """`ventrikulÄre` as `ventrikuläre`.

    PTB-XL's reports were put in lower case letter by letter for A to Z only: the file itself, valid UTF-8, holds
    capital umlauts inside words. A text that has other capitals is changed inside words only.
    """
    if not re.search(r"[A-Z]", report):
        return report.lower()
    return _INSIDE_A_WORD.sub(lambda match: match[0].lower(), report)

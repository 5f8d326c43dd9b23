"""Repairs the spelling of data set reports for display."""

from __future__ import annotations

import re

LONGEST_WORD = 20
"""Characters; longer words may be broken, or they would widen a narrow column."""
ZERO_WIDTH_SPACE = "\N{ZERO WIDTH SPACE}"
_INSIDE_A_WORD = re.compile(r"(?<=[a-zß])[À-ÖØ-Þ]")


def readable_report(report: str) -> str:
    """`ventrikulÄre` as `ventrikuläre`.

    PTB-XL's reports were put in lower case letter by letter for A to Z only: the file itself, valid UTF-8, holds
    capital umlauts inside words. A text that has other capitals is changed inside words only.
    """
    if not re.search(r"[A-Z]", report):
        return report.lower()
    return _INSIDE_A_WORD.sub(lambda match: match[0].lower(), report)


def breakable(text: str) -> str:
    """The text with break points in its long words: after punctuation, else anywhere."""
    return re.sub(rf"\S{{{LONGEST_WORD + 1},}}", lambda match: _broken(match[0]), text)


def _broken(word: str) -> str:
    parts = re.findall(rf"[^,;:/()_+-]{{0,{LONGEST_WORD}}}[,;:/()_+-]+|[^,;:/()_+-]{{1,{LONGEST_WORD}}}", word)
    return ZERO_WIDTH_SPACE.join(parts)

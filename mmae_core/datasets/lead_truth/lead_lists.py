"""Lists of leads as reports write them: `v4,5,6`, `v1 - v3`, `i-iii`, `ii,iii,f`, `avf + iii`, `QII,III`."""

from __future__ import annotations

import re

from mmae_core.record import STANDARD_LEADS

LIMB = STANDARD_LEADS[:6]
CHEST = STANDARD_LEADS[6:]
_BY_NAME = {lead.lower(): lead for lead in STANDARD_LEADS}
_SHORT = {"l": "aVL", "r": "aVR", "f": "aVF"}
"""German reports shorten the augmented leads within a list: `iii,f`."""

_LEAD = re.compile(r"(?:v\s?[1-6]|av[rlf]|lll|iii|ii|i)(?![a-z0-9])")
_SHORT_LEAD = re.compile(r"[lf](?=\s*(?:[,.;)+]|$)|\s+[a-z(])|"
                         r"r(?=\s*(?:[,;)]|\.?$)|\s+(?:st|t|q|p|ekg|normal|vorhof|schlecht|path|period|periph)(?!\w*progr))")
_DIGIT = re.compile(r"[1-6](?![a-z0-9%:]|[.,]\d\d)")
_RANGE = re.compile(r"\s*(?:-|–|\bbis\b|\bto\b|\bthrough\b|\btill\b)\s*")
_SEPARATOR = re.compile(
    r"\s*(?:,|/|\+|&|\.(?=v|av)|\bund\b|\bu\.(?=\s)|\band\b|\bas well as\b|\boch\b|\bsowie\b|\bsamt\b)\s*"
    r"(?:\b(?:in|and|und|leads?)\b\s*)*\(?\s*"
)
_SPACE = re.compile(r"\s+(?=v\s?[1-6]|av[rlf]|iii?\b)")

REGIONS: dict[str, tuple[str, ...]] = {
    "all": STANDARD_LEADS,
    "limb": LIMB,
    "chest": CHEST,
    "left chest": ("V4", "V5", "V6"),
    "right chest": ("V1", "V2", "V3"),
    "inferior": ("II", "III", "aVF"),
    "lateral": ("I", "aVL", "V5", "V6"),
    "high lateral": ("I", "aVL"),
    "inferolateral": ("II", "III", "aVF", "V5", "V6"),
    "septal": ("V1", "V2"),
    "anterior": ("V1", "V2", "V3", "V4"),
    "anteroseptal": ("V1", "V2", "V3", "V4"),
    "anterolateral": ("I", "aVL", "V3", "V4", "V5", "V6"),
}
"""Leads of each region word; readers differ, so such rows are marked."""


def scan_leads(text: str, start: int, *, short: bool = False) -> tuple[tuple[str, ...], int]:
    """The leads of a list that begins at `start`, and where it ends; no lead: `((), start)`.

    `text` is lower case. `short` allows the list to begin with `l`, `r` or `f`.
    """
    found: list[str] = []
    lead, position = _one(text, start, short)
    while lead:
        span, position = _range(text, position, lead)
        found += span
        lead, after = _next(text, position, span[-1])
        if not lead:
            break
        position = after
    return tuple(dict.fromkeys(found)), position if found else start


def _one(text: str, start: int, short: bool) -> tuple[str, int]:
    """A lead right at `start`, and where it ends."""
    if match := _LEAD.match(text, start):
        word = match.group().replace(" ", "").replace("lll", "iii")
        return _BY_NAME[word], match.end()
    if short and (match := _SHORT_LEAD.match(text, start)):
        return _SHORT[match.group()], match.end()
    return "", start


def _next(text: str, start: int, before: str) -> tuple[str, int]:
    """The next lead of a list that goes on after `before`."""
    if match := _SEPARATOR.match(text, start):
        lead, end = _one(text, match.end(), short=True)
        if lead:
            return lead, end
        digit = _DIGIT.match(text, match.end())
        if digit and before in CHEST and int(digit.group()) > int(before[1]):
            return f"V{digit.group()}", digit.end()
    if match := _SPACE.match(text, start):
        return _one(text, match.end(), short=False)
    return "", start


def _range(text: str, start: int, first: str) -> tuple[list[str], int]:
    """`first` and what a dash adds to it: `v1-3`, `v3-4-5-6`, `i - iii`."""
    span, position = [first], start
    while match := _RANGE.match(text, position):
        last, end = _one(text, match.end(), short=False)
        digit = _DIGIT.match(text, match.end())
        if not last and digit and span[-1] in CHEST:
            last, end = f"V{digit.group()}", digit.end()
        group = next((group for group in (CHEST, ("I", "II", "III")) if span[-1] in group and last in group), None)
        if group is None or group.index(last) <= group.index(span[-1]):
            if last and group is None:  # a dash between leads that have no order
                span.append(last)
                position = end
                continue
            break
        span += group[group.index(span[-1]) + 1 : group.index(last) + 1]
        position = end
    return span, position

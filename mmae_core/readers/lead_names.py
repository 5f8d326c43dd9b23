"""What lead a channel is, by its standard code or by its name as devices, programs and people write it.

Codes: SCP-ECG (EN 1064, lead numbers), ISO/IEEE 11073-10101 (`MDC_ECG_LEAD_…`, `2:n`) and DICOM CID 3001, whose
numbers are those of SCP-ECG.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from mmae_core.record import STANDARD_LEADS

MORE_LEADS = (
    "V2R", "V3R", "V4R", "V5R", "V6R", "V7R", "V8R", "V9R", "V7", "V8", "V9", "X", "Y", "Z", "ES", "AS", "AI",
)
"""Leads that are no part of the twelve: right and posterior chest leads, Frank's, and those of EASI."""

SCP_LEADS = {
    1: "I", 2: "II", 3: "V1", 4: "V2", 5: "V3", 6: "V4", 7: "V5", 8: "V6", 9: "V7", 10: "V2R", 11: "V3R", 12: "V4R",
    13: "V5R", 14: "V6R", 15: "V7R", 16: "X", 17: "Y", 18: "Z", 61: "III", 62: "aVR", 63: "aVL", 64: "aVF", 66: "V8",
    67: "V9", 68: "V8R", 69: "V9R", 131: "ES", 132: "AS", 133: "AI",
}
"""Lead numbers of SCP-ECG."""
SCP_INVERTED_AVR = 65

MAX_NAME = 200
"""Longer names are no lead's."""

_KNOWN = {lead.lower(): lead for lead in (*STANDARD_LEADS, *MORE_LEADS)}
_OTHER_SPELLINGS = {
    "di": "I", "dii": "II", "diii": "III", "d1": "I", "d2": "II", "d3": "III", "mli": "I", "mlii": "II",
    "mliii": "III", "vx": "X", "vy": "Y", "vz": "Z",
    **{f"c{number}": f"V{number}" for number in range(1, 10)},
    **{f"c{number}r": f"V{number}R" for number in range(2, 10)},
    **{f"rv{number}": f"V{number}R" for number in range(3, 7)},
}
_MINUS = "-\N{MINUS SIGN}\N{EN DASH}\N{EM DASH}\N{NON-BREAKING HYPHEN}\N{HYPHEN}\N{FIGURE DASH}"
_CODE = re.compile(r"(?:(?:5\.6\.3-9-|2:|SCP[: ]?)(?P<scp>\d{1,3})|(?P<mdc>13\d{4})|(?P<bare>\d{1,3}))", re.IGNORECASE)
_MDC_FIRST = 131_328
"""Term code of `MDC_ECG_LEAD_CONFIG`; a lead's is as much higher as its number."""
_PREFIX = re.compile(r"^(?:mdc[_ ]ecg[_ ]lead|ecg|ekg|lead|channel|einthoven|goldberger|wilson|frank)(?![a-z0-9])"
                     rf"(?:[{_MINUS}](?=[a-z])|[_: ]*)", re.IGNORECASE)
_GLUED_PREFIX = re.compile(r"^(?:ecg|ekg|lead)(?=(?:i{1,3}|av[rlf]|v\d)$)", re.IGNORECASE)
_SUFFIX = re.compile(r"[_ ]*(?<![a-z0-9])(?:lead|ecg|ekg)$", re.IGNORECASE)
_INVERTED_WORD = re.compile(r"^(?:inverted|minus|neg(?:ative)?)[_ ]+|[_ ]+(?:inverted|neg(?:ative)?)$|(?<=av[rlf])neg$",
                            re.IGNORECASE)
_TRAILING_MINUS = re.compile(rf"[{_MINUS}]$|\((?:[{_MINUS}])\)$")
_REMARK = re.compile(r"\s*[(\[]([^)\]]*)[)\]]\s*|\s*[,;](.*)$")
_INVERTED_REMARK = re.compile(r"\b(?:inv(?:erted)?|neg(?:ative)?|minus|reversed|upside down|invertiert)\b",
                              re.IGNORECASE)
_ELSEWHERE_REMARK = re.compile(r"\b(?:right|posterior|dorsal|rechts|hinten)", re.IGNORECASE)
"""Of a chest lead: its electrode lies in another place than the name says."""


def lead_of(name: str, code: str = "") -> tuple[str | None, bool]:
    """The lead a channel is, and whether it is recorded inverted.

    `code` is a standard code and counts before the name: `MDC_ECG_LEAD_AVR`, `5.6.3-9-62`, `2:62`, or an SCP-ECG lead
    number. The lead is one of `STANDARD_LEADS` or `MORE_LEADS`; None if it is no lead known here (`ECG1`, `V1-V2`,
    `Resp`).
    """
    if len(name) > MAX_NAME or len(code) > MAX_NAME:
        return None, False
    if code and (found := _of_code(code.strip())) is not None:
        return found
    return _of_name(name)


def is_electrode_name(name: str) -> bool:
    """Whether a chest lead is named by its electrode, C1 to C9, as electrodes of an EEG are too."""
    return re.fullmatch(r"c\d", re.sub(r"\W", "", name).lower()) is not None


def standard_lead(name: str, code: str = "") -> str | None:
    """The lead, if it is one of the twelve and not inverted; else None."""
    lead, is_inverted = lead_of(name, code)
    return lead if lead in STANDARD_LEADS and not is_inverted else None


def _of_code(code: str) -> tuple[str, bool] | None:
    match = _CODE.fullmatch(code)
    if match is None:
        lead, is_inverted = _of_name(code) if code.upper().startswith("MDC") else (None, False)
        return None if lead is None else (lead, is_inverted)
    number = int(match["mdc"]) - _MDC_FIRST if match["mdc"] else int(match["scp"] or match["bare"])
    if number == SCP_INVERTED_AVR:
        return "aVR", True
    return None if number not in SCP_LEADS else (SCP_LEADS[number], False)


@lru_cache(maxsize=4096)
def _of_name(name: str) -> tuple[str | None, bool]:
    text = unicodedata.normalize("NFKC", name).strip()
    is_inverted = False
    if _TRAILING_MINUS.search(text):
        text, is_inverted = _TRAILING_MINUS.sub("", text).strip(), True
    remarks = [first or second or "" for first, second in _REMARK.findall(text)]
    text = _REMARK.sub(" ", text).strip()
    is_remarked = any(map(_INVERTED_REMARK.search, remarks))
    text = _SUFFIX.sub("", _PREFIX.sub("", _PREFIX.sub("", text))).strip()
    text = _GLUED_PREFIX.sub("", text)
    if _INVERTED_WORD.search(text):
        text, is_inverted = _INVERTED_WORD.sub("", text), not is_inverted
    if text[:1] and text[0] in _MINUS:
        text, is_inverted = text[1:], not is_inverted
    key = re.sub(r"[\s_.+]+", "", text).lower()
    lead = _KNOWN.get(key) or _OTHER_SPELLINGS.get(key)
    if lead is None or (is_remarked and is_inverted) or any(_names_another(remark, lead) for remark in remarks):
        return None, False  # twice inverted may be said for once
    return lead, is_inverted or is_remarked


def _names_another(remark: str, lead: str) -> bool:
    """Whether a remark says that a channel is no such lead: `V3 (V3R)`, `V4 (right)`, `V5 (V8)`."""
    other, _ = _of_name(remark) if remark.strip() else (None, False)
    is_elsewhere = re.fullmatch(r"V[1-6]", lead) is not None and _ELSEWHERE_REMARK.search(remark) is not None
    return is_elsewhere or other not in {None, lead}

"""Whose ECG it is, as far as normal limits ask: sex and age."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from mmae_core.said import Said

if TYPE_CHECKING:
    from mmae_core.datasets.ptbxl import PtbxlEntry
    from mmae_core.record import EcgRecord

Sex = Literal["male", "female"]

OLDEST = 89
"""PTB-XL writes 300 for everyone above it, and so it does where the age is missing."""
YOUNGEST = 18
"""The normals are adults; below it limits of this cohort say nothing about a child."""

_AGE = re.compile(r"(?:^|[#<\s;,])age\s*>?\s*[:=]?\s*(\d{1,3})(?:\s*(?:y|years?|yrs?|a))?(?=$|[\s;,<.])", re.IGNORECASE)
_SEX = re.compile(r"(?:^|[#<\s;,])(?:sex|gender)\s*>?\s*[:=]?\s*(female|male|f|m|w|woman|man)(?=$|[\s;,<.])",
                  re.IGNORECASE)
_MITDB = re.compile(r"^\s*(\d{1,3})\s+([MF])\b")


@dataclass(frozen=True)
class Person:
    """Sex and age of a person, None where not known."""

    sex: Sex | None = None
    age: float | None = None
    """In years; None too if only `over 89` is known."""

    @property
    def group(self) -> Said:
        """Who a value is compared with: `women of about 65`, `normal ECGs (sex and age unknown)`."""
        age = None if self.age is None else round(self.age)
        if self.sex == "female":
            return Said("women of about {age}", age=age) if age is not None else (
                Said("women of any age (age unknown or over 89)"))
        if self.sex == "male":
            return Said("men of about {age}", age=age) if age is not None else (
                Said("men of any age (age unknown or over 89)"))
        if age is None:
            return Said("normal ECGs (sex and age unknown)")
        return Said("adults of about {age} (sex unknown)", age=age)

    @property
    def is_child(self) -> bool:
        return self.age is not None and self.age < YOUNGEST


UNKNOWN = Person()


def person_of_entry(entry: PtbxlEntry) -> Person:
    """From a row of PTB-XL."""
    age = entry.age
    return Person(entry.sex, None if age is None or age > OLDEST or age < 0 else float(age))


def person_of_comments(comments: Iterable[str]) -> Person:
    """From the comment lines of a WFDB header, such as `Age: 60`, `<age>: 60`, `Sex: F`, or MIT-BIH's `69 M ...`."""
    age: float | None = None
    sex: Sex | None = None
    for comment in comments:
        if age is None and (found := _AGE.search(comment)):
            years = int(found.group(1))
            age = float(years) if 0 < years <= OLDEST else None
        if sex is None and (found := _SEX.search(comment)):
            sex = "female" if found.group(1).lower() in ("f", "female", "w", "woman") else "male"
        if age is None and sex is None and (found := _MITDB.match(comment)):
            years = int(found.group(1))
            age = float(years) if 0 < years <= OLDEST else None
            sex = "female" if found.group(2) == "F" else "male"
    return Person(sex, age)


def person_of(record: EcgRecord) -> Person:
    """Of an opened recording: from PTB-XL's table where it lies in that data set, else from its header's comments.

    Comments may identify a patient: nothing of them but sex and age is kept. Raises DatasetError if the table is
    damaged.
    """
    from mmae_core.datasets.ptbxl import find_entry

    if record.source.paths:
        entry = find_entry(record.source.paths[0])
        if entry is not None:
            return person_of_entry(entry)
    return person_of_comments(record.comments)

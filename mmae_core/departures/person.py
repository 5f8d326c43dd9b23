"""Sex and age of the person, which normal limits depend on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from mmae_core.messages import Message

if TYPE_CHECKING:
    from mmae_core.datasets.ptbxl import PtbxlEntry
    from mmae_core.record import EcgRecord

Sex = Literal["male", "female"]

OLDEST = 89
"""PTB-XL writes 300 for everyone older, and also where the age is missing."""
YOUNGEST = 16
"""Adults' normal limits begin here; children's change from year to year (Rijnbeek et al. 2014,
J Electrocardiol 47:914; 2001, Eur Heart J 22:702). Of the 7,243 normals 47 are younger: too few to be compared with."""
YOUNGEST_GROUP = 20
"""Adults below this age are compared with normals of about this age, the first point of the limits' curves."""

_KEY = r"(?:<\s*{words}\s*>\s*[:=]?|(?:^|[#;,])\s*{words}\s*[:=]?|\s{words}\s*[:=])\s*"
"""A label such as `Age`: at the beginning of a comment or of a part of it, elsewhere only with a colon."""
_END = r"(?=$|[\s;,<.)/])"
_AGE = re.compile(_KEY.format(words="age") + r"(?P<over>>=?|over\s)?\s*(?P<number>\d{1,3}(?:\.\d+)?)(?P<plus>\+)?"
                  r"(?P<space>\s*)(?P<word>[a-z]*)" + _END, re.IGNORECASE)
_SEX = re.compile(_KEY.format(words="(?:sex|gender)") + "(female|male|f|m|w|woman|man)" + _END, re.IGNORECASE)
_MITDB = re.compile(r"^\s*(\d{1,3})\s+([MF])\b")
_YEARS: Mapping[str, float] = (
    dict.fromkeys(("y", "yr", "yrs", "yo", "year", "years", "a"), 1.0)
    | dict.fromkeys(("mo", "mos", "mth", "mths", "month", "months"), 1 / 12)
    | dict.fromkeys(("wk", "wks", "week", "weeks"), 7 / 365.25)
    | dict.fromkeys(("d", "day", "days"), 1 / 365.25)
    | dict.fromkeys(("h", "hr", "hrs", "hour", "hours"), 1 / 8766)
)
"""Length of each unit in years."""
_DICOM_YEARS: Mapping[str, float] = {"m": 1 / 12, "w": 7 / 365.25}
"""Units of DICOM ages (`006M`), only after three digits; otherwise the letter may be the sex."""
_AFTER_YEARS = ("", "sex", "gender", "male", "female", "man", "woman", "m", "f", "w", "and")
"""Words that may follow a number of years. With any other word the unit is unknown."""


@dataclass(frozen=True)
class Person:
    """Sex and age of a person; None where unknown."""

    sex: Sex | None = None
    age: float | None = None
    """In years; None also if only `over 89` is known."""
    is_over_oldest: bool = False
    """Whether an age above `OLDEST` is stated."""

    @property
    def group(self) -> str:
        """The normals that a value is compared with: `women of about 65`, `normal ECGs (sex and age unknown)`.

        Empty for a child, who is compared with nobody.
        """
        if self.is_child:
            return ""
        if self.age is None or self.age > OLDEST:
            return self._of_any_age
        age = max(round(self.age), YOUNGEST_GROUP)
        if self.sex == "female":
            who = Message("women of about {age}", age=age)
        elif self.sex == "male":
            who = Message("men of about {age}", age=age)
        else:
            who = Message("adults of about {age} (sex unknown)", age=age)
        return Message("{who}, the youngest of the normal ECGs", who=who) if self.age < YOUNGEST_GROUP else who

    @property
    def _of_any_age(self) -> Message:
        if self.sex == "female":
            return Message("women of any age (age unknown or over 89)")
        if self.sex == "male":
            return Message("men of any age (age unknown or over 89)")
        return Message("normal ECGs (sex and age unknown)")

    @property
    def is_child(self) -> bool:
        """Whether adults' limits would mislead."""
        return self.age is not None and self.age < YOUNGEST


UNKNOWN = Person()


def person_of_entry(entry: PtbxlEntry) -> Person:
    """From a row of PTB-XL."""
    return person_of_values(entry.sex, entry.age)


def person_of_values(sex: Sex | None, age: float | None) -> Person:
    """From a table's values; an age above `OLDEST` means only "older", a negative one is unknown."""
    if age is None or not 0 <= age <= OLDEST:
        return Person(sex, None, age is not None and age > OLDEST)
    return Person(sex, float(age))


def person_of_comments(comments: Iterable[str]) -> Person:
    """From the comment lines of a WFDB header, such as `Age: 60`, `<age>: 60`, `Sex: F`, or MIT-BIH's `69 M ...`.

    The first that states a value counts. An age in months, weeks or days (`Age: 6 months`) becomes a fraction of a
    year; one in an unknown unit is unknown.
    """
    age: float | None = None
    sex: Sex | None = None
    for comment in comments:
        if age is None and (found := _AGE.search(comment)):
            age = _years(found)
        if sex is None and (found := _SEX.search(comment)):
            sex = "female" if found.group(1).lower() in ("f", "female", "w", "woman") else "male"
        if age is None and sex is None and (found := _MITDB.match(comment)):
            age, sex = float(found.group(1)), "female" if found.group(2) == "F" else "male"
    return person_of_values(sex, age)


def person_of(record: EcgRecord) -> Person:
    """Of an opened recording: from PTB-XL's table if it belongs to that data set, the rest from its file.

    Comments may identify a patient: only sex and age are kept. Raises DatasetError if the table is damaged.
    """
    from mmae_core.datasets.ptbxl import find_entry

    entry = find_entry(record.source.paths[0]) if record.source.paths else None
    stated = stated_person(record)
    return stated if entry is None else filled(person_of_entry(entry), stated)


def stated_person(record: EcgRecord) -> Person:
    """What the recording's own file states: its fields of age and sex, the rest from its comments."""
    return filled(person_of_values(record.sex, record.age_years), person_of_comments(record.comments))


def filled(person: Person, other: Person) -> Person:
    """The person, with unknown fields filled from another source."""
    with_age = person if person.age is not None or person.is_over_oldest else other
    return Person(person.sex or other.sex, with_age.age, with_age.is_over_oldest)


def _years(found: re.Match[str]) -> float | None:
    """The age in years that a comment states; None if its unit is unclear."""
    number, word = float(found["number"]), found["word"].lower()
    if found["over"] or found["plus"]:
        return number + 1 if number >= OLDEST else None
    if word in _YEARS:
        return number * _YEARS[word]
    if word in _DICOM_YEARS and not found["space"]:
        return number * _DICOM_YEARS[word] if len(found["number"]) == 3 else None
    return number if word in _AFTER_YEARS else None

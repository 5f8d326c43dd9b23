"""Age and sex of whoever was recorded, which a measurement cannot be judged without; nothing else of the person.

What is shown and exported is whom `mmae_core.departures` compares with: one reading of table and comments serves both.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from ecg_viewer.state.records import RecordItem
from ecg_viewer.state.words.language import tr
from ecg_viewer.state.words.numbers import number
from mmae_core.errors import DatasetError
from mmae_core.record import EcgRecord

if TYPE_CHECKING:
    from mmae_core.departures.person import Person as Known

_DECIMALS = 2


@dataclass(frozen=True)
class Person:
    """What is known, and may be shown without being asked for."""

    age_years: float | None = None
    """None: unknown, or over 89."""
    is_over_89: bool = False
    sex: Literal["", "female", "male"] = ""

    @classmethod
    def of(cls, known: Known) -> Person:
        """The one whom measurements are compared by."""
        age = None if known.age is None else round(known.age, _DECIMALS)
        return cls(age, known.is_over_oldest, known.sex or "")

    @property
    def age_text(self) -> str:
        """`56 years`, `over 89 years`; empty if it is not known."""
        if self.is_over_89:
            return tr("over 89 years")
        return "" if self.age_years is None else tr("{years} years").format(years=number(self.age_years, "g"))

    @property
    def text(self) -> str:
        """`56 years, male`; empty if nothing is known."""
        return ", ".join(part for part in (self.age_text, tr(self.sex) if self.sex else "") if part)


def person_of(record: EcgRecord, item: RecordItem | None = None) -> Person:
    """Age and sex as the list has them, else as PTB-XL's table does where the recording lies in it, else as the
    comments of the files do. A table that cannot be read says nothing here: whoever reads limits by it tells.
    """
    from mmae_core.departures.person import filled, person_of, person_of_comments, person_of_values

    if item is not None and (item.age is not None or item.sex):
        return Person.of(filled(person_of_values(item.sex or None, item.age), person_of_comments(record.comments)))
    with suppress(DatasetError):
        return Person.of(person_of(record))
    return stated_in(record.comments)


def stated_in(comments: Iterable[str]) -> Person:
    """Age and sex that the comments of a file state."""
    from mmae_core.departures.person import person_of_comments

    return Person.of(person_of_comments(comments))

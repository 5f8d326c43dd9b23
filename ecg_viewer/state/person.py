"""Age and sex of the person recorded, needed to judge measurements; nothing else about them.

`mmae_core.departures` compares with the same age and sex that are shown and exported.
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
WHOLE_YEARS_FROM = 3
"""Age in years from which completed years are told; before that months matter."""


@dataclass(frozen=True)
class ShownPerson:
    """Age and sex; may always be shown."""

    age_years: float | None = None
    """None: unknown, or over 89."""
    is_over_89: bool = False
    sex: Literal["", "female", "male"] = ""

    @classmethod
    def of(cls, known: Known) -> ShownPerson:
        """From the person that measurements are compared by."""
        age = None if known.age is None else round(known.age, _DECIMALS)
        return cls(age, known.is_over_oldest, known.sex or "")

    @property
    def age_text(self) -> str:
        """`56 years`, `0.5 years`, `over 89 years`; empty if it is not known."""
        if self.is_over_89:
            return tr("over 89 years")
        if self.age_years is None:
            return ""
        return tr("{years} years").format(years=number(self.told_years or 0, "g"))

    @property
    def told_years(self) -> float | None:
        """The age in completed years, or more exactly before it is 3; None if it is not known."""
        years = self.age_years
        return years if years is None or years < WHOLE_YEARS_FROM else int(years)

    @property
    def text(self) -> str:
        """`56 years, male`; empty if nothing is known."""
        return ", ".join(part for part in (self.age_text, tr(self.sex) if self.sex else "") if part)


def shown_person_of(record: EcgRecord, item: RecordItem | None = None) -> ShownPerson:
    """Age and sex from the list, else from PTB-XL's table if the recording lies in it, else from its own file.

    An unreadable table is ignored here; it is reported where limits are read.
    """
    from mmae_core.departures.person import person_of

    if item is None or (item.age is None and not item.sex):
        with suppress(DatasetError):
            return ShownPerson.of(person_of(record))
    return listed_or_stated(record, item)


def listed_or_stated(record: EcgRecord, item: RecordItem | None) -> ShownPerson:
    """Age and sex from the list, what is missing there from the recording's own file; reads nothing."""
    from mmae_core.departures.person import filled, person_of_values, stated_person

    if item is None:
        return stated_by(record)
    return ShownPerson.of(filled(person_of_values(item.sex or None, item.age), stated_person(record)))


def stated_by(record: EcgRecord) -> ShownPerson:
    """Age and sex that the recording's own file states."""
    from mmae_core.departures.person import stated_person

    return ShownPerson.of(stated_person(record))


def stated_in(comments: Iterable[str]) -> ShownPerson:
    """Age and sex that the comments of a file state."""
    from mmae_core.departures.person import person_of_comments

    return ShownPerson.of(person_of_comments(comments))

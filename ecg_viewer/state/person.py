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
        """`56 years`, `over 89 years`; empty if it is not known."""
        if self.is_over_89:
            return tr("over 89 years")
        return "" if self.age_years is None else tr("{years} years").format(years=number(self.age_years, "g"))

    @property
    def text(self) -> str:
        """`56 years, male`; empty if nothing is known."""
        return ", ".join(part for part in (self.age_text, tr(self.sex) if self.sex else "") if part)


def shown_person_of(record: EcgRecord, item: RecordItem | None = None) -> ShownPerson:
    """Age and sex from the list, else from PTB-XL's table if the recording lies in it, else from its own file.

    An unreadable table is ignored here; it is reported where limits are read.
    """
    from mmae_core.departures.person import filled, person_of, person_of_values, stated_person

    if item is not None and (item.age is not None or item.sex):
        return ShownPerson.of(filled(person_of_values(item.sex or None, item.age), stated_person(record)))
    with suppress(DatasetError):
        return ShownPerson.of(person_of(record))
    return stated_by(record)


def stated_by(record: EcgRecord) -> ShownPerson:
    """Age and sex that the recording's own file states."""
    from mmae_core.departures.person import stated_person

    return ShownPerson.of(stated_person(record))


def stated_in(comments: Iterable[str]) -> ShownPerson:
    """Age and sex that the comments of a file state."""
    from mmae_core.departures.person import person_of_comments

    return ShownPerson.of(person_of_comments(comments))

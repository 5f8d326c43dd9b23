"""Age and sex of whoever was recorded, which a measurement cannot be judged without; nothing else of the person."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from typing import Literal

from ecg_viewer.state.header import OLDEST_STATED_AGE
from ecg_viewer.state.language import tr
from ecg_viewer.state.numbers import number
from ecg_viewer.state.records import RecordItem
from mmae_core.errors import DatasetError
from mmae_core.record import EcgRecord

_SEX: dict[str, Literal["female", "male"]] = {"male": "male", "m": "male", "female": "female", "f": "female"}
_YEARS = re.compile(r"(\d{1,3}(?:\.\d+)?)( ?y(ears)?)?")


@dataclass(frozen=True)
class Person:
    """What is known, and may be shown without being asked for."""

    age_years: float | None = None
    """None: unknown, or over 89."""
    is_over_89: bool = False
    sex: Literal["", "female", "male"] = ""

    @property
    def text(self) -> str:
        """`56 years, male`; empty if nothing is known."""
        age = tr("over 89 years") if self.is_over_89 else ""
        if self.age_years is not None:
            age = tr("{years} years").format(years=number(self.age_years, "g"))
        return ", ".join(part for part in (age, tr(self.sex) if self.sex else "") if part)


def person_of(record: EcgRecord, item: RecordItem | None = None) -> Person:
    """Age and sex as the list has them, else as PTB-XL's table does where the recording lies in it, else as the
    comments of the files.
    """
    age, sex = (item.age, item.sex) if item is not None else _in_dataset(record)
    for comment in record.comments:
        key, _, value = (part.strip().lower() for part in comment.partition(":"))
        if age is None and key == "age" and (years := _YEARS.fullmatch(value)):
            age = float(years[1])
        if not sex and key in ("sex", "gender"):
            sex = _SEX.get(value, "")
    if age is None:
        return Person(sex=sex)
    return Person(sex=sex, is_over_89=True) if age > OLDEST_STATED_AGE else Person(age, sex=sex)


def _in_dataset(record: EcgRecord) -> tuple[float | None, Literal["", "female", "male"]]:
    """A table that cannot be read says nothing here: whoever reads limits by it tells."""
    from mmae_core.datasets.ptbxl import find_entry

    with suppress(DatasetError):
        entry = find_entry(record.source.paths[0]) if record.source.paths else None
        if entry is not None:
            return entry.age, entry.sex or ""
    return None, ""

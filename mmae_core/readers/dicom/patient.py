"""Times, age, sex and identity in a DICOM data set."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from typing import Literal

from mmae_core.messages import Message
from mmae_core.readers.dicom import tags
from mmae_core.readers.dicom.elements import DataSet

_AGE = re.compile(r"(\d{1,3})([YMWD])")
_YEARS = {"Y": 1.0, "M": 1 / 12, "W": 7 / 365.25, "D": 1 / 365.25}
_DATE = re.compile(r"(\d{4})[.\-]?(\d\d)[.\-]?(\d\d)")
_TIME = re.compile(r"(\d\d):?(?:(\d\d):?(?:(\d\d)(?:\.(\d{1,6}))?)?)?")
_ZONE = re.compile(r"([+-])(\d\d)(\d\d)$")
_IDENTITY = (
    ("Name", tags.PATIENT_NAME), ("Patient ID", tags.PATIENT_ID), ("Date of birth", tags.BIRTH_DATE),
    ("Accession number", tags.ACCESSION_NUMBER), ("Institution", tags.INSTITUTION_NAME),
    ("Referring physician", tags.REFERRING_PHYSICIAN), ("Operator", tags.OPERATORS_NAME),
    ("Station", tags.STATION_NAME), ("Serial number", tags.SERIAL_NUMBER),
)


MAX_AGE = 130.0
UNKNOWN_DAY = date(1900, 1, 1)
"""Written where the day is not known, because the format demands one."""


def acquisition_time(data_set: DataSet) -> tuple[datetime | time | None, Message | None]:
    """When the recording began, in local time as stated, and what is uncertain about it."""
    found, note = _stated_time(data_set)
    if found is not None and found.date() == UNKNOWN_DAY:
        return found.time() if found.time() != time() else None, Message(
            "The file states 1 January 1900, which stands for an unknown day."
        )
    return found, note


def _stated_time(data_set: DataSet) -> tuple[datetime | None, Message | None]:
    stated = data_set.text(tags.ACQUISITION_DATE_TIME)
    zone = _ZONE.search(stated)
    found = _date_time(stated[:8], stated[8:])
    if found is not None:
        offset = zone.group() if zone else data_set.text(tags.TIME_ZONE_OFFSET)
        if len(stated) < 14:
            return found, Message("The file states the acquisition time to the hour or day only.")
        if _ZONE.fullmatch(offset):
            return found, Message("The time is local time, UTC{offset}.", offset=f"{offset[:3]}:{offset[3:]}")
        return found, None
    found = _date_time(data_set.text(tags.ACQUISITION_DATE), data_set.text(tags.ACQUISITION_TIME))
    if found is not None:
        return found, None
    found = _date_time(data_set.text(tags.CONTENT_DATE), data_set.text(tags.CONTENT_TIME))
    if found is not None:
        return found, Message("The file states when the data were made, not when they were acquired.")
    found = _date_time(data_set.text(tags.STUDY_DATE), data_set.text(tags.STUDY_TIME))
    if found is not None:
        return found, Message("The file states when the study began, not when the ECG was acquired.")
    return None, None


def age_years(data_set: DataSet, acquired: datetime | time | None) -> float | None:
    """As stated, else from the dates of birth and acquisition. `000Y` and `999Y` stand for an unknown age."""
    stated = _AGE.fullmatch(data_set.text(tags.PATIENT_AGE).upper())
    if stated and stated[0] != "000Y" and int(stated[1]) * _YEARS[stated[2]] <= MAX_AGE:
        return int(stated[1]) * _YEARS[stated[2]]
    born = _day(data_set.text(tags.BIRTH_DATE))
    if born is None or not isinstance(acquired, datetime):
        return None
    days = (acquired.date() - born).days
    return days / 365.25 if 0 <= days < 130 * 366 else None


def sex(data_set: DataSet) -> Literal["male", "female"] | None:
    """None when it is other or not stated."""
    stated = data_set.text(tags.PATIENT_SEX).upper()
    return "male" if stated == "M" else "female" if stated == "F" else None


def identity(data_set: DataSet) -> tuple[tuple[str, str], ...]:
    """What identifies the person, the place or the device."""
    found = ((title, data_set.text(tag)[:200]) for title, tag in _IDENTITY)
    return tuple((title, value) for title, value in found if value)


def _day(text: str) -> date | None:
    match = _DATE.match(text)
    if match is None:
        return None
    try:
        return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None


def _date_time(day_text: str, time_text: str) -> datetime | None:
    """A day with the time of it, as far as it is stated."""
    day = _day(day_text)
    if day is None:
        return None
    match = _TIME.match(time_text.strip())
    hour, minute, second, fraction = match.groups() if match else (None, None, None, None)
    try:
        start = datetime(day.year, day.month, day.day, int(hour or 0), int(minute or 0), min(int(second or 0), 59))
    except ValueError:
        return None
    return start + timedelta(microseconds=int((fraction or "").ljust(6, "0")))

"""When a WFDB record began: `time date` as header(5) has it, and the other ways in which headers write it."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

from mmae_core.messages import Message

_CLOCK = re.compile(r"(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:\.(\d{1,12}))?)?", re.ASCII)
_DAY_FIRST = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4}|\d{2})", re.ASCII)
_YEAR_FIRST = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})", re.ASCII)
_MONTH_NAMED = re.compile(r"(\d{1,2})-([A-Za-z]{3})-(\d{4})", re.ASCII)
_ISO_SEPARATOR = re.compile(r"(\d{4}-\d{2}-\d{2})T", re.ASCII)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_CENTURY_BEGINS = 69
"""Two-digit years from here on are of the 20th century, as POSIX has it."""

Start = tuple[datetime | time | None, Message | None]
"""The start, a time of day alone where no date is stated, and what is uncertain about it."""


def start_of(text: str) -> Start:
    """From what follows the number of samples in a header's first line; (None, None) if that is nothing."""
    words = _ISO_SEPARATOR.sub(r"\1 ", text).strip(" []").split()
    clock = day = None
    note: Message | None = None
    for word in words[:3]:
        if clock is None and (found := _clock(word)) is not None:
            clock = found
        elif day is None and (dated := _day(word)) is not None:
            day, note = dated
    if clock is None:
        if not words:
            return None, None
        return None, Message("The file states something in place of a start time, but no time of day.")
    if day is None:
        if len(words) > 1:
            return _time_of(clock), Message("The date that the file states is none.")
        return _time_of(clock), Message("The file states a time of day and no date.")
    try:
        return datetime.combine(day, time()) + clock, note
    except OverflowError:
        return None, Message("The date that the file states is none.")


def _clock(word: str) -> timedelta | None:
    """Time since midnight; 24:00:00 is the next one."""
    match = _CLOCK.fullmatch(word)
    if match is None:
        return None
    hours, minutes, seconds = (int(part or 0) for part in match.groups()[:3])
    if match[3] is None:  # header(5): of two numbers the first are minutes
        hours, minutes, seconds = 0, hours, minutes
    microseconds = int((match[4] or "").ljust(6, "0")[:6])
    is_end_of_day = (hours, minutes, seconds, microseconds) == (24, 0, 0, 0)
    if minutes > 59 or seconds > 59 or (hours > 23 and not is_end_of_day):
        return None
    return timedelta(hours=hours, minutes=minutes, seconds=seconds, microseconds=microseconds)


def _time_of(since_midnight: timedelta) -> time:
    return (datetime.min + since_midnight % timedelta(days=1)).time()


def _day(word: str) -> tuple[date, Message | None] | None:
    if (match := _DAY_FIRST.fullmatch(word)) is not None:
        first, second, year = (int(part) for part in match.groups())
        note = None
        if len(match[3]) == 2:
            year += 1900 if year >= _CENTURY_BEGINS else 2000
            note = Message("The file states the year with two digits.")
        if second > 12 >= first:
            first, second = second, first
            note = Message("The file writes the date with the month first.")
        return _date(year, second, first, note)
    if (match := _YEAR_FIRST.fullmatch(word)) is not None:
        year, month, day = (int(part) for part in match.groups())
        return _date(year, month, day)
    if (match := _MONTH_NAMED.fullmatch(word)) is not None and match[2].lower() in _MONTHS:
        return _date(int(match[3]), _MONTHS.index(match[2].lower()) + 1, int(match[1]))
    return None


def _date(year: int, month: int, day: int, note: Message | None = None) -> tuple[date, Message | None] | None:
    try:
        return date(year, month, day), note
    except ValueError:
        return None

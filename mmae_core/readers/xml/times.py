"""Times, ages and sexes as XML recordings state them."""

from __future__ import annotations

import re
from datetime import datetime, time
from typing import Literal

Sex = Literal["male", "female"]

_HL7_TIME = re.compile(r"(\d{8})(\d{2})?(\d{2})?(\d{2})?(\.\d{1,9})?([+-]\d{4})?")
_SEXES: dict[str, Sex] = {"m": "male", "male": "male", "f": "female", "female": "female", "w": "female"}
_YEARS = {"": 1.0, "a": 1.0, "y": 1.0, "yr": 1.0, "year": 1.0, "years": 1.0, "mo": 1 / 12, "m": 1 / 12,
          "month": 1 / 12, "months": 1 / 12, "wk": 7 / 365.25, "w": 7 / 365.25, "week": 7 / 365.25,
          "weeks": 7 / 365.25, "d": 1 / 365.25, "day": 1 / 365.25, "days": 1 / 365.25}


def hl7_time(text: str) -> tuple[datetime | None, str]:
    """A time such as `20240309103005.000+0100` on the clock of its place, and the offset to UTC if stated.

    A date alone is no start time: (None, "").
    """
    match = _HL7_TIME.fullmatch(text.strip())
    if match is None or match[2] is None:
        return None, ""
    date, hour, minute, second, fraction, offset = match.groups()
    microseconds = round(float(fraction or 0) * 1e6)
    try:
        time = datetime.strptime(f"{date}{hour}{minute or '00'}{second or '00'}", "%Y%m%d%H%M%S")
    except ValueError:
        return None, ""
    return time.replace(microsecond=min(microseconds, 999_999)), f"UTC{offset[:3]}:{offset[3:]}" if offset else ""


def date_and_time(date: str, clock: str, date_format: str) -> datetime | time | None:
    """Start from a date in `date_format` and a time `10:30:05` or `103005…`; the time alone if there is no date."""
    digits = re.sub(r"\D", "", clock)
    if len(digits) < 4:
        return None
    try:
        at = datetime.strptime(digits[:6].ljust(6, "0"), "%H%M%S").time()
    except ValueError:
        return None
    day = day_of(date, date_format)
    return at if day is None else datetime.combine(day, at)


def day_of(date: str, date_format: str) -> datetime | None:
    """Midnight of a date; None if `date` is none in that format (`XX-XX-XXXX` of anonymous files)."""
    try:
        return datetime.strptime(date.strip(), date_format)
    except ValueError:
        return None


def sex_of(text: str) -> Sex | None:
    """Male or female if that is what `text` states."""
    return _SEXES.get(text.strip().lower())


def age_in_years(value: float | None, unit: str) -> float | None:
    """An age in years; None if there is none, the unit is not known, or nobody is that old."""
    factor = _YEARS.get(unit.strip().lower())
    if value is None or factor is None:
        return None
    years = value * factor
    return years if 0 <= years <= 130 else None


def age_at(birth: datetime | None, recording: datetime | time | None) -> float | None:
    """Years from birth to the recording; None if either day is not known or birth comes later."""
    if birth is None or not isinstance(recording, datetime):
        return None
    return age_in_years((recording - birth).days / 365.25, "a")

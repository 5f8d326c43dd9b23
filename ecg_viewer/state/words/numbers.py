"""How numbers are written in the language in use, in what is read by people.

Tables and documents for programs (CSV, JSON, checksums) are written with a point whatever the language is.
"""

from __future__ import annotations

import string
from numbers import Real

STYLES = {"en": (",", "."), "de": (".", ",")}
"""Language -> the sign between thousands, and that before decimals, as Qt's QLocale has them."""
MINUS = "\N{MINUS SIGN}"
"""In a sentence; as wide as a plus sign, where a hyphen is easily overlooked."""
_swap: list[dict[int, str]] = []
"""What is written for a comma and a point; empty: as Python writes."""
_language = ["en"]


def set_number_style(language: str) -> None:
    """Write numbers as a language does from now on, as English does if it is not among `STYLES`."""
    _language[:] = [language if language in STYLES else "en"]
    thousands, decimals = STYLES[_language[-1]]
    _swap[:] = [] if (thousands, decimals) == STYLES["en"] else [{ord(","): thousands, ord("."): decimals}]


def style_language() -> str:
    """The language whose numbers are written now: one of `STYLES`."""
    return _language[-1]


def localised(text: str) -> str:
    """A number that Python has written, as the language in use writes it."""
    return text.translate(_swap[0]) if _swap else text


def number(value: float, form: str = "") -> str:
    """A number in a format of Python's (`,`, `.1f`, `g`), as the language in use writes it."""
    return localised(format(value, form))


def whole(value: float) -> str:
    """A number without decimals for people to read: with a minus sign below zero, and no sign before 0."""
    text = number(value, ".0f").replace("-", MINUS)
    return "0" if text == f"{MINUS}0" else text


class Sentence(str):
    """A text whose numbers, filled in by `format`, are written as the language in use does."""

    __slots__ = ()

    def format(self, *args: object, **values: object) -> str:
        """As `str.format`; what is a text already stays as it is."""
        if not _swap and not any(map(_is_below_zero, (*args, *values.values()))):
            return super().format(*args, **values)  # ten times as fast
        return _FORMATTER.vformat(self, args, values)


def _is_below_zero(value: object) -> bool:
    return not isinstance(value, str) and isinstance(value, Real) and float(value) < 0


class _Formatter(string.Formatter):
    def format_field(self, value: object, format_spec: str) -> str:
        text = str(super().format_field(value, format_spec))
        if isinstance(value, bool) or not isinstance(value, Real):
            return text
        return localised(text).replace("-", MINUS)


_FORMATTER = _Formatter()

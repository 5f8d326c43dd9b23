"""Numbers written for people, in the style of the current language.

Files for programs (CSV, JSON, checksums) always use a decimal point.
"""

from __future__ import annotations

import string
from numbers import Real

STYLES = {"en": (",", "."), "de": (".", ",")}
"""Language -> thousands separator and decimal separator, as in Qt's QLocale."""
MINUS = "\N{MINUS SIGN}"
"""Used in sentences; a hyphen is easily overlooked."""
_swap: list[dict[int, str]] = []
"""Replacements for comma and point; empty: as Python writes them."""
_language = ["en"]


def set_number_style(language: str) -> None:
    """Write numbers in the style of `language` from now on; as in English if it is not in `STYLES`."""
    _language[:] = [language if language in STYLES else "en"]
    thousands, decimals = STYLES[_language[-1]]
    _swap[:] = [] if (thousands, decimals) == STYLES["en"] else [{ord(","): thousands, ord("."): decimals}]


def style_language() -> str:
    """The language of the current number style: one of `STYLES`."""
    return _language[-1]


def localised(text: str) -> str:
    """A number formatted by Python, in the current style."""
    return text.translate(_swap[0]) if _swap else text


def number(value: float, form: str = "") -> str:
    """A number in a Python format (`,`, `.1f`, `g`), in the current style."""
    return localised(format(value, form))


def whole(value: float) -> str:
    """A number without decimals for people to read: with a minus sign below zero, and no sign before 0."""
    text = number(value, ".0f").replace("-", MINUS)
    return "0" if text == f"{MINUS}0" else text


class Sentence(str):
    """A text whose `format` writes numbers in the current style."""

    __slots__ = ()

    def format(self, *args: object, **values: object) -> str:
        """As `str.format`; strings are filled in unchanged."""
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

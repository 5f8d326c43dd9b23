"""Sentences that can be said again in another language: the English text, and what it was made of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping


class Said(str):
    """An English sentence, a `str` like any other, that keeps its template and what was filled in.

    Whoever shows it in another language translates `template` and fills `values` in again; a value that is a text may
    be `Said` itself. What keeps only the text (JSON, CSV) keeps the English.
    """

    template: str
    values: dict[str, str | float]

    def __new__(cls, template: str, /, **values: str | float) -> Said:
        """`template` as for `str.format`, its fields named."""
        self = super().__new__(cls, template.format(**values))
        self.template, self.values = template, values
        return self

    def __reduce__(self) -> tuple[object, ...]:
        return _said, (self.template, self.values)


class Joined(str):
    """Texts in a row, of which some may be `Said`."""

    separator: str
    parts: tuple[str, ...]

    def __new__(cls, separator: str, parts: Iterable[str], /) -> Joined:
        """As `separator.join(parts)`."""
        parts = tuple(parts)
        self = super().__new__(cls, separator.join(parts))
        self.separator, self.parts = separator, parts
        return self

    def __reduce__(self) -> tuple[object, ...]:
        return Joined, (self.separator, self.parts)


def said_as(template: str, values: Mapping[str, str | float]) -> Said:
    """A sentence whose template stands in a table, where translators find it."""
    return Said(template, **values)


def _said(template: str, values: dict[str, str | float]) -> Said:
    """For pickling and copying."""
    return Said(template, **values)

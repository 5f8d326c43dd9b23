"""English sentences that can be translated later: the text, its template and its values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping


class Said(str):
    """An English sentence, a `str`, that keeps its template and the values filled in.

    To show it in another language, translate `template` and fill in `values` again; a text among the values may be
    `Said` itself. JSON and CSV keep only the English text.
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
    """Joined texts, some of which may be `Said`."""

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
    """A sentence whose template is taken from a table, where the translation tool finds it."""
    return Said(template, **values)


def _said(template: str, values: dict[str, str | float]) -> Said:
    """For pickling and copying."""
    return Said(template, **values)

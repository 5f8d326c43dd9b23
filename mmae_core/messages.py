"""English sentences that can be translated later: the text, its template and its values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping


class Message(str):
    """An English sentence, a `str`, that keeps its template and the values filled in.

    To show it in another language, translate `template` and fill in `values` again; a text among the values may be
    `Message` itself. JSON and CSV keep only the English text.
    """

    template: str
    values: dict[str, str | float]

    def __new__(cls, template: str, /, **values: str | float) -> Message:
        """`template` as for `str.format`, its fields named."""
        self = super().__new__(cls, template.format(**values))
        self.template, self.values = template, values
        return self

    def __reduce__(self) -> tuple[object, ...]:
        return _said, (self.template, self.values)


class JoinedMessage(str):
    """Joined texts, some of which may be `Message`."""

    separator: str
    parts: tuple[str, ...]

    def __new__(cls, separator: str, parts: Iterable[str], /) -> JoinedMessage:
        """As `separator.join(parts)`."""
        parts = tuple(parts)
        self = super().__new__(cls, separator.join(parts))
        self.separator, self.parts = separator, parts
        return self

    def __reduce__(self) -> tuple[object, ...]:
        return JoinedMessage, (self.separator, self.parts)


def message_of(template: str, values: Mapping[str, str | float]) -> Message:
    """A sentence whose template is taken from a table, where the translation tool finds it."""
    return Message(template, **values)


def _said(template: str, values: dict[str, str | float]) -> Message:
    """For pickling and copying."""
    return Message(template, **values)

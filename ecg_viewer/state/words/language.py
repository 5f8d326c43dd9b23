"""Translation without Qt: texts are English in the source and translated when shown."""

from __future__ import annotations

from collections.abc import Callable

from ecg_viewer.state.words.numbers import Sentence, set_number_style

Translator = Callable[[str], str]


def translatable(text: str) -> str:
    """Return `text` unchanged and list it for translation.

    For tables made at import, whose texts go through `tr` when they are shown.
    """
    return text


_translators: list[Translator] = []


def tr(text: str) -> str:
    """`text` in the current language, English where there is no translation.

    `text` is a literal, or was one inside `translatable`; fill in what varies afterwards:
    `tr("{n} leads").format(n=3)`. Numbers filled in are written as the language does (`state.words.numbers`).
    """
    return Sentence(_translators[-1](text) if _translators else text)


def set_translator(translator: Translator | None, language: str = "en") -> None:
    """Translate with `translator` from now on, and write numbers as `language` does; None goes back to English."""
    _translators[:] = [] if translator is None else [translator]
    set_number_style("en" if translator is None else language)

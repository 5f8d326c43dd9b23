"""A reviewer's own texts for conclusions: short name, text with placeholders for what was measured, and a key.

A text is inserted when its key is pressed, never unasked. Nobody's texts yet: examples stand in their place.
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import platformdirs

from ecg_viewer.state.settings import APP_NAME
from ecg_viewer.state.signal import Signal
from ecg_viewer.state.unreadable_files import set_aside
from ecg_viewer.state.words.language import tr, translatable
from mmae_core.errors import EcgError
from mmae_core.files import JSON_FAULTS, make_private_folder, private_file, replacing

FORMAT, VERSION = "ecg-viewer conclusion texts", 1
FILE_NAME = "conclusion_texts.json"
N_KEYS = 8
"""Keys 1 to 8; 0 is none."""
MOST, LONGEST_NAME, LONGEST_TEXT = 200, 60, 10_000
PLACEHOLDERS = ("rate", "pr", "qrs", "qtc", "axis", "age", "sex")
_PLACE = re.compile(r"\{(\w+)\}")
_log = logging.getLogger("ecg_viewer.review")


class TemplatesError(EcgError):
    """A file of texts cannot be used; the sentence says why and what to do."""


@dataclass(frozen=True)
class Template:
    """One text."""

    name: str
    text: str
    key: int = 0
    """1 to `N_KEYS`, or 0 for none."""


def examples() -> tuple[Template, ...]:
    """Neutral texts in the language in use: to begin with, and to see what placeholders do."""
    return tuple(Template(tr(name), tr(text), key) for name, text, key in _EXAMPLES)


_EXAMPLES = (
    (translatable("Measurements"),
     translatable("Rate {rate}, PR {pr}, QRS {qrs}, QTc {qtc}, axis {axis}."), 1),
    (translatable("Person and rate"), translatable("{age}, {sex}; rate {rate}."), 2),
    (translatable("Nothing to add"), translatable("Seen; nothing to add to the measurements."), 3),
    (translatable("Compare"), translatable("To be compared with an earlier recording."), 4),
    (translatable("Record again"), translatable("The signal is too poor to judge; to be recorded again."), 5),
    (translatable("Second reader"), translatable("To be seen by a second reader."), 6),
)


def fill(text: str, values: Mapping[str, str]) -> str:
    """The text with its placeholders filled; an empty value becomes a mark that stands out. What is no placeholder
    stays as it is.
    """

    def value(found: re.Match[str]) -> str:
        name = found[1].casefold()
        if name not in PLACEHOLDERS:
            return found[0]
        return values.get(name, "") or (not_stated_mark() if name in ("age", "sex") else not_measured_mark())

    return _PLACE.sub(value, text)


def unknown_places(text: str) -> tuple[str, ...]:
    """What looks like a placeholder and is none."""
    names = (found[1] for found in _PLACE.finditer(text))
    return tuple(dict.fromkeys(name for name in names if name.casefold() not in PLACEHOLDERS))


def not_measured_mark() -> str:
    """Stands where a value was wanted and could not be measured."""
    return f"[{tr('not measured')}]"


def not_stated_mark() -> str:
    """Stands for an age or a sex that the recording does not state."""
    return f"[{tr('not stated')}]"


class Templates:
    """The texts in their order, kept in the user's folder of settings."""

    def __init__(self, path: Path | None = None) -> None:
        self.path = path if path is not None else Path(platformdirs.user_config_dir(APP_NAME)) / FILE_NAME
        self.changed: Signal[()] = Signal()
        self._own: tuple[Template, ...] | None = self._read()

    @property
    def items(self) -> tuple[Template, ...]:
        """The reviewer's own, or the examples as long as there are none."""
        return examples() if self._own is None else self._own

    def of_key(self, key: int) -> Template | None:
        """The text of a key from 1 on."""
        return next((item for item in self.items if item.key == key), None)

    def replace(self, items: Sequence[Template]) -> None:
        """Keep these in place of all. Raises TemplatesError if they cannot be written; they hold until the end."""
        self._own = checked(items)
        self.changed.emit()
        try:
            make_private_folder(self.path.parent)
            write_templates(self.path, self._own, is_private=True)
        except OSError as error:
            raise TemplatesError(tr("The texts cannot be kept: {reason}. They hold until the program ends.").format(
                reason=error.strerror or type(error).__name__)) from error

    def _read(self) -> tuple[Template, ...] | None:
        if not self.path.exists():
            return None
        try:
            return read_templates(self.path)
        except TemplatesError:
            try:
                aside = set_aside(self.path)
                _log.warning("the texts for conclusions could not be read and are kept as %s", aside.name)
            except OSError as error:
                _log.warning("the texts for conclusions could not be read: %s", error.strerror)
            return None


def checked(items: Sequence[Template]) -> tuple[Template, ...]:
    """Without empty ones; a key stays with the first that has it."""
    taken: set[int] = set()
    found = []
    for item in items:
        if not item.text.strip():
            continue
        key = item.key if 0 < item.key <= N_KEYS and item.key not in taken else 0
        taken.add(key)
        name = " ".join(item.name.split())[:LONGEST_NAME] or item.text.split("\n")[0].strip()[:LONGEST_NAME]
        found.append(replace(item, name=name, text=item.text[:LONGEST_TEXT], key=key))
    return tuple(found[:MOST])


def write_templates(path: Path, items: Sequence[Template], *, is_private: bool = False) -> None:
    """Write a file that `read_templates` reads, here or on another machine. Raises OSError."""
    document = {"format": FORMAT, "format_version": VERSION,
                "texts": [{"name": item.name, "text": item.text, "key": item.key or None} for item in items]}
    with replacing(path) as part:
        if is_private:
            private_file(part)
        part.write_text(json.dumps(document, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def read_templates(path: Path) -> tuple[Template, ...]:
    """The texts of a file of `write_templates`. Raises TemplatesError for anything else."""
    try:
        document: Any = json.loads(path.read_text(encoding="utf-8"))
        if document["format"] != FORMAT or document["format_version"] > VERSION:
            raise ValueError(document["format"])
        return checked([_template(item) for item in document["texts"]])
    except JSON_FAULTS as error:
        raise TemplatesError(tr("{name} holds no texts for conclusions that this version can read. Choose a file that "
                                "was exported here.").format(name=path.name)) from error


def _template(item: Any) -> Template:
    name, text, key = item["name"], item["text"], item.get("key") or 0
    if not isinstance(name, str) or not isinstance(text, str) or not isinstance(key, int):
        raise TypeError("a text has a name, a text and a number")
    return Template(name, text, key)

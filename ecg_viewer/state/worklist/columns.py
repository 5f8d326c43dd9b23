"""Metadata of recordings as columns, so that 20,000 rows sort in milliseconds."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ecg_viewer.state.records import RecordItem
from ecg_viewer.state.words.record_words import statements_text, title_text
from ecg_viewer.state.words.statement_words import STATEMENTS, SUPERCLASSES, meaning

Rows = NDArray[np.int64]
Ranks = NDArray[np.int64]

SEXES = ("", "female", "male")
"""A sex is stored as an index into these."""
_PLACES = {name: place for place, name in enumerate(SUPERCLASSES)}
NO_SUPERCLASS = "–"
"""Selects recordings without a superclass."""


@dataclass(frozen=True)
class Columns:
    """Recordings 0..n-1 in the order of the list; every array is (n,)."""

    items: tuple[RecordItem, ...]
    names: tuple[str, ...]
    name_rank: Ranks
    """Ranks by name, numbers in names counted as numbers: `a2` before `a10`."""
    statements: tuple[str, ...]
    """The data set's labels as shown, or the recording's title."""
    statements_rank: Ranks
    superclass: tuple[str, ...]
    superclass_rank: Ranks
    age: NDArray[np.float32]
    """NaN: unknown."""
    sex: NDArray[np.int8]
    fold: NDArray[np.int8]
    """0: unknown."""
    search: tuple[str, ...]
    """Lower-case text that a search looks through: name, file, title, statements with their meaning, report."""
    by_statement: Mapping[str, Rows]
    """Statement -> recordings, the most frequent one first."""
    by_superclass: Mapping[str, Rows]
    row_of: Mapping[Path, int]

    def __len__(self) -> int:
        return len(self.items)

    @property
    def folds(self) -> tuple[int, ...]:
        """Those that occur."""
        return tuple(int(fold) for fold in np.unique(self.fold) if fold)


def make_columns(items: Sequence[RecordItem], stopped: Callable[[], bool] = lambda: False) -> Columns:
    """Columns of a list; takes 0.3 s for PTB-XL, so not for the window's thread. Empty once `stopped()` is true."""
    items = tuple(items)
    names = tuple(item.name for item in items)
    statements = tuple(title_text(item) or (statements_text(item) if item.statements else "") for item in items)
    superclass = tuple(" ".join(item.superclasses) for item in items)
    if stopped():
        return make_columns(())
    return Columns(
        items=items,
        names=names,
        name_rank=ranks(names, natural_key),
        statements=statements,
        statements_rank=ranks(statements, str.casefold),
        superclass=superclass,
        superclass_rank=ranks(superclass, _superclass_key),
        age=np.array([np.nan if item.age is None else item.age for item in items], np.float32),
        sex=np.array([SEXES.index(item.sex) for item in items], np.int8),
        fold=np.array([item.fold or 0 for item in items], np.int8),
        search=tuple(map(_search_text, items)),
        by_statement=_members((code for code, _ in item.statements) for item in items),
        by_superclass=_by_superclass(items),
        row_of={item.path: row for row, item in enumerate(items)},
    )


def ranks(texts: Sequence[str], key: Callable[[str], object]) -> Ranks:
    """(n,) the rank of each text among the distinct ones; -1 for an empty text, which sorts last in either
    direction.
    """
    different = sorted(set(texts) - {""}, key=key)  # type: ignore[arg-type]  # keys of one function compare
    place = {text: number for number, text in enumerate(different)}
    return np.array([place.get(text, -1) for text in texts], np.int64)


def natural_key(text: str) -> tuple[tuple[int, int, str], ...]:
    """Sorts numbers in texts by their value."""
    parts = re.findall(r"(\d+)|(\D+)", text.casefold())
    return tuple((0, int(digits), "") if digits else (1, 0, letters) for digits, letters in parts)


def _superclass_key(text: str) -> tuple[tuple[int, str], ...]:
    return tuple((_PLACES.get(name, len(_PLACES)), name) for name in text.split())


def _search_text(item: RecordItem) -> str:
    codes = " ".join(f"{code} {STATEMENTS.get(code, '')} {meaning(code)}" for code, _ in item.statements)
    return f"{item.name} {item.path.name} {title_text(item)} {codes} {item.report}".casefold()


def _members(groups: Iterable[Iterable[str]]) -> dict[str, Rows]:
    members: dict[str, list[int]] = {}
    for row, group in enumerate(groups):
        for name in group:
            members.setdefault(name, []).append(row)
    ordered = sorted(members.items(), key=lambda item: (-len(item[1]), item[0]))
    return {name: np.array(rows, np.int64) for name, rows in ordered}


def _by_superclass(items: Sequence[RecordItem]) -> dict[str, Rows]:
    members = _members(item.superclasses or (NO_SUPERCLASS,) for item in items)
    if set(members) == {NO_SUPERCLASS}:
        return {}
    order = (*SUPERCLASSES, *sorted(set(members) - {*SUPERCLASSES, NO_SUPERCLASS}), NO_SUPERCLASS)
    return {name: members[name] for name in order if name in members}

"""Which four recordings are seen at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Sized
from datetime import datetime
from pathlib import Path
from typing import Literal, get_args

from ecg_viewer.state.records import RecordItem, RecordList
from ecg_viewer.state.words.language import translatable

Choice = Literal["marked", "patient", "next"]
CHOICES: tuple[Choice, ...] = get_args(Choice)
CHOICE_WORDS: dict[Choice, str] = {
    "marked": translatable("The first four marked ones"),
    "patient": translatable("This patient's last four"), "next": translatable("This recording and the next ones"),
}
N = 4


def four_of(
    choice: Choice, item: RecordItem, records: RecordList, order: Sequence[int], marked: Iterable[Path] = ()
) -> tuple[Path, ...]:
    """Paths of four recordings at most, `item`'s among them where it can be; `order` are the rows that are shown."""
    if choice == "marked":
        chosen, in_order = set(marked), (records[row].path for row in range(len(records)))
        return tuple(path for path in in_order if path in chosen)[:N]
    if choice == "patient":
        mine = [records[row] for row in range(len(records)) if item.patient and records[row].patient == item.patient]
        mine.sort(key=lambda one: (one.recorded_at is None, one.recorded_at or datetime.min))
        return tuple(one.path for one in mine[-N:])
    shown = [records[row].path for row in order]
    start = shown.index(item.path) if item.path in shown else 0
    start = max(0, min(start, len(shown) - N))
    return tuple(shown[start : start + N])


def first_choice(item: RecordItem, records: RecordList, marked: Sized = ()) -> Choice:
    """The marked recordings or the patient's, where the list has two or more of them."""
    if len(marked) > 1:
        return "marked"
    of_patient = sum(bool(item.patient) and records[row].patient == item.patient for row in range(len(records)))
    return "patient" if of_patient > 1 else "next"

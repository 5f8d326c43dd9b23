"""Annotation files beside a WFDB record (`100.atr`), read when they are first looked at."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import overload

from mmae_core.errors import UnreadableRecord
from mmae_core.readers.wfdb_files import ANNOTATORS, header_of_file, require_inside
from mmae_core.readers.wfdb_header import read_header
from mmae_core.readers.wfdb_marks import read_marks
from mmae_core.record import Annotation


def annotation_files(header_path: Path) -> tuple[Path, ...]:
    """The annotation files that lie beside a header, by name."""
    candidates = (header_path.with_suffix(f".{annotator}") for annotator in sorted(ANNOTATORS))
    return tuple(path for path in candidates if path.is_file())


class WfdbAnnotations(Sequence[Annotation]):
    """The marks of all annotation files of a record, by time.

    A day of beats takes half a second to decode, so it does not happen on opening.
    The first access raises UnreadableRecord if a file is damaged; the traces stay readable.
    """

    def __init__(self, paths: tuple[Path, ...], frame_rate_hz: float) -> None:
        self._paths = paths
        self._frame_rate_hz = frame_rate_hz

    @cached_property
    def _marks(self) -> tuple[Annotation, ...]:
        marks = [mark for path in self._paths for mark in _read(path, self._frame_rate_hz)]
        return tuple(sorted(marks, key=lambda mark: mark.start_s))

    @overload
    def __getitem__(self, index: int) -> Annotation: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Annotation]: ...
    def __getitem__(self, index: int | slice) -> Annotation | Sequence[Annotation]:
        return self._marks[index]

    def __len__(self) -> int:
        return len(self._marks)

    def __iter__(self) -> Iterator[Annotation]:
        return iter(self._marks)


def marks_of(path: Path) -> list[tuple[float, str]]:
    """Time in seconds and label of every mark of one annotation file beside its record, in order.

    Raises UnreadableRecord if the file is damaged or missing.
    """
    header = header_of_file(path)
    if header is None:
        raise UnreadableRecord(f"{path.name} has no header beside it.", code="missing")
    rate_hz = read_header(header).frame_rate_hz
    return [(mark.start_s, mark.label) for mark in _read(path, rate_hz)]


def _read(path: Path, frame_rate_hz: float) -> list[Annotation]:
    require_inside(path, path)
    found = read_marks(path)
    rate_hz = found.rate_hz or frame_rate_hz
    annotator = path.suffix[1:]
    return [
        Annotation(mark.sample / rate_hz, None, _label(mark.symbol, mark.note), annotator=annotator)
        for mark in found.marks
    ]


def _label(symbol: str, note: str) -> str:
    """The note where it carries the meaning (a rhythm change `+`, a comment `"`), else the beat's symbol."""
    return note if note and symbol in {"+", '"'} else symbol

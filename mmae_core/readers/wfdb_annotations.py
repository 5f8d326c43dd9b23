"""Annotation files beside a WFDB record (`100.atr`), read when they are first looked at."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import overload

from mmae_core.errors import UnreadableRecord
from mmae_core.readers.wfdb_header import read_header, reason
from mmae_core.record import Annotation

ANNOTATORS = frozenset(
    (
        "16a", "aha", "alh", "ann", "apn", "ari", "atr", "aux", "ecg", "ecgatr", "flt", "gqrs", "hypn", "man", "marker",
        "mrk", "ngqrs", "nst", "oct", "pu", "pu0", "pu1", "pwave", "q1c", "q2c", "qrs", "qrsc", "qt1", "qt2", "rhy",
        "rr", "sqrs", "st", "sta", "stb", "stc", "stf", "wabp", "wqrs", "xws",
    )
)
"""Extensions PhysioNet's databases and programs give to annotation files; other files beside a record are ignored."""


def annotation_files(header_path: Path) -> tuple[Path, ...]:
    """The annotation files that lie beside a header, by name."""
    candidates = (header_path.with_suffix(f".{annotator}") for annotator in sorted(ANNOTATORS))
    return tuple(path for path in candidates if path.is_file())


class WfdbAnnotations(Sequence[Annotation]):
    """The marks of all annotation files of a record, by time.

    A day of beats takes a second to decode and importing wfdb nearly another, so neither happens on opening.
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
    rate_hz = read_header(path.with_suffix(".hea")).frame_rate_hz
    return [(mark.start_s, mark.label) for mark in _read(path, rate_hz)]


def _read(path: Path, frame_rate_hz: float) -> list[Annotation]:
    import wfdb

    try:
        marks = wfdb.rdann(str(path.absolute().with_suffix("")), path.suffix[1:])
        rate_hz = float(marks.fs or frame_rate_hz)
        times = [float(sample) / rate_hz for sample in marks.sample]
        labels = [_label(symbol, note) for symbol, note in zip(marks.symbol, marks.aux_note, strict=True)]
    except Exception as error:  # a damaged file may raise anything inside the decoder; it is reported
        raise UnreadableRecord(f"The annotation file {path.name} cannot be read: {reason(error)}.") from error
    annotator = path.suffix[1:]
    return [Annotation(time, None, label, annotator=annotator) for time, label in zip(times, labels, strict=True)]


def _label(symbol: str | None, note: str | None) -> str:
    """The note where it carries the meaning (a rhythm change `+`, a comment `"`), else the beat's symbol."""
    text = (note or "").strip("\0 \n")
    return text if text and (symbol or "") in {"", "+", '"'} else (symbol or text)

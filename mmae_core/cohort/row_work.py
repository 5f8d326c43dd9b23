"""Rows of measurements as work on chunks of records: what a function says of each, as JSON."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from mmae_core.cohort.chunk_work import ChunkTask, WriteChunk
from mmae_core.errors import EcgError
from mmae_core.readers import read_record
from mmae_core.readers.described_folders import describe_everything
from mmae_core.readers.signal_description import SignalDescription
from mmae_core.record import EcgRecord

Row = dict[str, Any]
Measure = Callable[[str, EcgRecord], Sequence[Row]]
"""(name, recording) -> rows that JSON knows; raises EcgError."""
ROWS = "jsonl"


@dataclass(frozen=True)
class RowWork:
    """What is done with each record: (its name, its path)."""

    measure: Measure
    """A function of a module, which other processes find by its name."""
    description: SignalDescription | None = None
    """What was said of files that leave out rate, unit or leads."""
    name = "rows"
    endings = (ROWS,)

    def options(self) -> Mapping[str, Any]:
        """The function's name."""
        said = None if self.description is None else asdict(self.description)
        return {"measure": f"{self.measure.__module__}.{self.measure.__qualname__}", "described": said}

    def open(self) -> WriteChunk:
        """Nothing has to be loaded."""
        describe_everything(self.description)
        return self._write

    def _write(self, task: ChunkTask) -> None:
        with task.path(ROWS).open("w", encoding="utf-8") as stream:
            for (name, path), reason in task.each_or_reason():
                for row in [{"record": name, "error": reason}] if reason else self._rows(name, Path(path)):
                    stream.write(json.dumps(row, allow_nan=False) + "\n")

    def _rows(self, name: str, path: Path) -> list[Row]:
        try:
            record = read_record(path)
            doubts = {"doubts": list(map(str, record.doubts))} if record.doubts else {}
            return [{**row, **doubts} for row in self.measure(name, record)]
        except EcgError as error:
            return [{"record": name, "error": str(error)}]


def rows_in(parts: Sequence[Path]) -> Iterator[Row]:
    """The rows of all parts, in order."""
    for part in parts:
        with part.open(encoding="utf-8") as stream:
            yield from map(json.loads, stream)

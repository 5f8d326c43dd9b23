"""How the work on many records is shared and kept: by how many processes, where, and whether it continues."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mmae_core.cohort import ChunkWork, RunSummary, run_chunks

Progress = Callable[[int, int], None]

PART_RECORDS = 64
"""Records of a part: two to four seconds' work of a process, and 3 MB where maps are kept. A multiple of all batch
sizes, so that no result depends on it."""


@dataclass(frozen=True)
class ChunkPlan:
    """How the chunks of a run are done."""

    jobs: int = 1
    """Processes, of one thread each."""
    scheduler: str = ""
    """Address of a Dask scheduler instead of own processes."""
    resume: bool = False
    """Whether what an earlier run has left in `folder` is used."""
    folder: Path | None = None
    """Where parts are kept until the run is done, for `resume`; None: in a temporary folder."""

    @contextmanager
    def place(self, name: str) -> Iterator[Path]:
        """A folder for one step of a run; a temporary one is removed when the block ends, others by `finish`."""
        if self.folder is not None:
            yield self.folder.absolute() / name
            return
        with tempfile.TemporaryDirectory(prefix="mmae_core-") as folder:
            yield Path(folder) / name

    def finish(self) -> None:
        """Remove what was kept: the run is done."""
        if self.folder is not None:
            shutil.rmtree(self.folder, ignore_errors=True)

    def run(
        self, work: ChunkWork, items: Sequence[Any], place: Path, progress: Progress | None = None,
        size: int = PART_RECORDS,
    ) -> RunSummary:
        """Do `work` for all items in chunks; see `run_chunks`."""
        return run_chunks(work, items, place, jobs=self.jobs, scheduler=self.scheduler, resume=self.resume,
                          force=not self.resume, progress=progress, size=size)

    @property
    def is_shared(self) -> bool:
        """Whether other processes than this one work."""
        return self.jobs > 1 or bool(self.scheduler)


def parts_beside(output: Path) -> Path:
    """Where the parts of a run lie that makes `output`."""
    return output.with_name(f"{output.name}.parts")


HERE = ChunkPlan()
"""This process, nothing kept."""

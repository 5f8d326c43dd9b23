"""Work for chunks that is done at once: squares of numbers, and items at which a process ends."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mmae_core.cohort import ChunkTask, WriteChunk


@dataclass(frozen=True)
class Squares:
    """A line for each item: its square, or why there is none."""

    factor: int = 1
    name = "squares"
    endings = ("txt", "more")

    def options(self) -> Mapping[str, Any]:
        return {"factor": self.factor}

    def open(self) -> WriteChunk:
        return self._write

    def _write(self, task: ChunkTask) -> None:
        with task.path("txt").open("w") as stream:
            for item, reason in task.each_or_reason():
                stream.write(f"{reason or self._answer(item)}\n")
                stream.flush()
        task.path("more").write_text(str(len(task.chunk.items)))

    def _answer(self, item: Any) -> str:
        if isinstance(item, int):
            return str(self.factor * item * item)
        kind, path = item
        if kind == "ends once" and Path(path).exists():
            return "ended once"
        if kind == "takes time":
            time.sleep(0.02)
            return "taken"
        if kind == "waits":
            Path(path).touch()
            time.sleep(60)
        if kind == "raises once" and not Path(path).exists():
            Path(path).touch()
            raise OSError("of a network")
        if kind == "raises":
            raise RuntimeError("of this item")
        if kind == "interrupted" and not Path(path).exists():
            Path(path).touch()
            raise KeyboardInterrupt
        if kind.startswith("ends"):
            Path(path).touch()
            os.kill(os.getpid(), signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)
        return "went on"

"""The jobs that a session asks for, handed to it by the program."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from ecg_viewer.state.job_protocols import Job
from ecg_viewer.state.records import Origin, RecordItem
from mmae_core.record import EcgRecord


@dataclass(frozen=True)
class Work:
    """The jobs that a session submits to its lanes."""

    open_paths: Callable[[Sequence[Path], Origin, Path | None], Job]
    """Arguments: files and folders, their origin, and the recording among them to show."""
    read_item: Callable[[RecordItem], Job]
    score: Callable[[str | None, EcgRecord, Callable[[], tuple[float, float]]], Job]
    """Arguments: the model's key, the recording, and a function that returns the stretch on the screen."""
    hash: Callable[[EcgRecord], Job]

"""The jobs that a session asks for, handed to it by the program."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from ecg_viewer.state.job_protocols import Job
from ecg_viewer.state.records import Origin, RecordItem
from mmae_core.record import EcgRecord

if TYPE_CHECKING:
    from ecg_viewer.state.measure.details import Details
    from mmae_core.intervals.results import Examination


class Measurer(Protocol):
    """Measures stretches, on any thread."""

    def examine(
        self, record: EcgRecord, start_s: float, duration_s: float, should_stop: Callable[[], bool]
    ) -> Examination:
        """Measure a stretch. Raises UnreadableRecord, Cancelled."""

    def details(self, record: EcgRecord, examination: Examination) -> Details:
        """Measurements by lead and deviations from beat to beat. Raises MissingResource, DatasetError."""


@dataclass(frozen=True)
class Work:
    """The jobs that a session submits to its lanes."""

    open_paths: Callable[[Sequence[Path], Origin, Path | None], Job]
    """Arguments: files and folders, their origin, and the recording among them to show."""
    read_item: Callable[[RecordItem], Job]
    score: Callable[[str | None, EcgRecord, Callable[[], tuple[float, float]]], Job]
    """Arguments: the model's key, the recording, and a function that returns the stretch on the screen."""
    hash: Callable[[EcgRecord], Job]
    measurer: Measurer | None = None
    """Measures elsewhere; None: where it is asked for."""

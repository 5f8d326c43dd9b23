"""What the window's process and the model's process say to each other over a pair of sockets.

From the window: `Ask`, `Stop`, `SamplesRead`. From the model: `SamplesWanted`, `Preview`, `Logged`, then `Done` or
`Raised`.
"""

from __future__ import annotations

import copy
import dataclasses
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from ecg_viewer.diagnostics import fault_summary
from mmae_core.assessment import AnomalyMap
from mmae_core.record import EcgRecord, FloatArray, Source

Method = Literal["load", "assess", "layers", "describe", "examine", "details"]
"""Of `Scorer`, and of `Measurer`."""
Rows = Literal["leads", "extra"]
"""`EcgRecord.read_leads` or `EcgRecord.read_extra_channels`."""


@dataclass(frozen=True)
class Ask:
    """Call a method of the model's process."""

    number: int
    device: str
    """Where the model runs, as for `ModelScorer`; the same in all calls."""
    method: Method
    arguments: tuple[Any, ...]
    record: EcgRecord | None = None
    """The first argument of all but `load` and `describe`, without its samples (see `without_samples`)."""
    wants_preview: bool = False


@dataclass(frozen=True)
class Stop:
    """Give up the call of that number, if it still runs."""

    number: int


@dataclass(frozen=True)
class SamplesWanted:
    """Send these samples of the record asked about."""

    rows: Rows
    first: int
    end: int


@dataclass(frozen=True)
class SamplesRead:
    """The answer to `SamplesWanted`."""

    values: FloatArray | None
    error: Exception | None = None
    """Why they could not be read."""


@dataclass(frozen=True)
class Preview:
    """A first map, of fewer windows."""

    anomaly_map: AnomalyMap


@dataclass(frozen=True)
class Logged:
    """A line for the window's log."""

    logger: str
    level: int
    text: str


@dataclass(frozen=True)
class Done:
    """The call returned this."""

    value: Any


@dataclass(frozen=True)
class Raised:
    """The call raised this."""

    error: Exception


def without_samples(record: EcgRecord) -> EcgRecord:
    """A copy that can be pickled: without what reads samples, and without annotations, average beats and identity.

    Comments stay, and the paths too: age and sex are taken from them and from the index of PTB-XL.
    """
    return dataclasses.replace(
        record, source=Source(record.source.paths, record.source.format), read_leads=_nothing,
        read_extra_channels=None if record.read_extra_channels is None else _nothing, annotations=(),
        average_beats=None, identity=(),
    )


def with_samples(record: EcgRecord, read: Callable[[Rows, int, int], FloatArray]) -> EcgRecord:
    """The copy again with samples, which `read` gives."""
    has_extra = record.read_extra_channels is not None
    return dataclasses.replace(
        record, read_leads=lambda first, end: read("leads", first, end),
        read_extra_channels=(lambda first, end: read("extra", first, end)) if has_extra else None,
    )


def picklable(error: Exception) -> Exception:
    """The error itself, or a RuntimeError that names it if it cannot be made again from its parts."""
    try:
        copy.deepcopy(error)  # as unpickling makes it
    except Exception:  # noqa: BLE001 - whatever an exception's own methods raise
        return RuntimeError(type(error).__name__)
    return error


def told_elsewhere(error: Exception) -> Exception:
    """An error of the model's process for the window's: where it was raised, and from what, is a note for the details
    that are shown on request; its `happened_in` is for the log (see `diagnostics.fault_summary`).
    """
    told = picklable(error)
    told.happened_in = fault_summary(error)  # type: ignore[attr-defined]
    told.add_note("In the model's process:\n" + "".join(traceback.format_exception(error)))
    return told


def _nothing(first: int, end: int) -> FloatArray:
    raise AssertionError(f"samples {first} to {end} are read by the window's process")

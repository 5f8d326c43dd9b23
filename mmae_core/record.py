"""One ECG recording as used everywhere: millivolts, canonical lead names, source files."""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from functools import cached_property
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from mmae_core.errors import Cancelled, UnreadableRecord, UnsupportedRecord
from mmae_core.messages import Message

STANDARD_LEADS = ("I", "II", "III", "aVR", "aVL", "aVF", "V1", "V2", "V3", "V4", "V5", "V6")
"""The twelve leads in the order the model and every array of this project use."""

AMPLITUDE_DOUBTS = frozenset({
    "Amplitudes of CODE-15 % are about twice those of other data sets: do not trust millivolts.",
    "{channel} is stated to have {bits} bits and holds larger values: its amplitude may be wrong.",
})
"""Templates of `EcgRecord.doubts` after which voltages are not compared with those of other recordings."""

FloatArray = NDArray[np.float32]
ReadSamples = Callable[[int, int], FloatArray]
"""(first sample, end sample) -> float32 array (channels, samples) in the channel's own unit, NaN where invalid."""


@dataclass(frozen=True)
class Annotation:
    """A mark that came with the recording."""

    start_s: float
    end_s: float | None
    """None for a mark at one instant."""
    label: str
    lead: str | None = None
    """None when the mark concerns all leads."""
    annotator: str = ""
    """Extension of the annotation file, which tells one annotator's marks from another's; empty if not known."""


@dataclass(frozen=True)
class Source:
    """Which files a record came from."""

    paths: tuple[Path, ...]
    """Header first, then signal files."""
    format: str
    """Name of the recording format, such as `WFDB`."""

    @property
    def own_paths(self) -> tuple[Path, ...]:
        """Paths that stand for this recording and no other: those of its files; of one of several in a file, the path
        that leads to it (`exams.hdf5/1238362`).
        """
        return self.paths

    @property
    def stamps(self) -> tuple[tuple[int, int], ...]:
        """Size in bytes and time of change in ns of each of `own_paths` when it was opened; empty if not known."""
        return ()

    @cached_property
    def sha256(self) -> str:
        """SHA-256 over the bytes of all files in order; read on first use because recordings may be large.

        Raises UnreadableRecord if a file has vanished.
        """
        return self._digest(lambda: False)

    def read_sha256(self, should_stop: Callable[[], bool]) -> str:
        """Compute `sha256`, which is then known. Raises UnreadableRecord, Cancelled once `should_stop()` is true."""
        known = self.__dict__
        if "sha256" not in known:
            known["sha256"] = self._digest(should_stop)
        return self.sha256

    def _digest(self, should_stop: Callable[[], bool]) -> str:
        digest = hashlib.sha256()
        for path in self.paths:
            try:
                with path.open("rb") as stream:
                    while block := stream.read(1 << 20):
                        if should_stop():
                            raise Cancelled(f"The checksum of {self.paths[0].name} was cancelled.")
                        digest.update(block)
            except OSError as error:
                raise UnreadableRecord(f"{path.name} can no longer be read: {error.strerror}.") from error
        return digest.hexdigest()


@dataclass(frozen=True)
class Channel:
    """A recorded channel that is not one of the twelve leads (V3R, Frank lead, respiration, pressure)."""

    name: str
    unit: str
    """`mV` for every channel that is recorded in volts."""

    @property
    def is_voltage(self) -> bool:
        """Whether it is in mV, so that it can be drawn on ECG paper."""
        return self.unit == "mV"


@dataclass(frozen=True)
class StoredSignal:
    """How a channel is stored in its file."""

    name: str
    """Name in the file."""
    unit: str
    steps_per_unit: float
    """The converter's steps for one `unit`; 0 when the file does not say."""
    sampling_rate_hz: float
    encoding: str
    """Such as `16 bit`."""


@dataclass(frozen=True)
class DeviceMeasurement:
    """A value that the recording device measured, as the file states it."""

    name: str
    value: str
    unit: str = ""


@dataclass(frozen=True)
class Device:
    """What the recording device says of itself and of the ECG: its words, never this program's."""

    manufacturer: str = ""
    model: str = ""
    statements: tuple[str, ...] = ()
    """Its interpretation, a line each."""
    measurements: tuple[DeviceMeasurement, ...] = ()
    filters: tuple[str, ...] = ()
    """Filters it applied, such as `high-pass 0.05 Hz`."""


@dataclass(frozen=True)
class AverageBeats:
    """The representative beats that a device computed: no part of the recording itself."""

    lead_names: tuple[str, ...]
    rate_hz: float
    signal_mv: FloatArray
    """(leads, samples)."""
    note: str = ""
    """What the file says of them, such as `median`."""


@dataclass(frozen=True)
class EcgRecord:
    """One recording. Samples are read on demand, so that a day of twelve leads opens at once."""

    name: str
    sampling_rate_hz: float
    n_samples: int
    lead_names: tuple[str, ...]
    """The leads present or derived, in the order of `STANDARD_LEADS`."""
    source: Source
    read_leads: ReadSamples = dataclasses.field(repr=False)
    """Reads `lead_names` in mV."""
    derived_leads: frozenset[str] = frozenset()
    """Limb leads that were computed from I and II: by the program because the file has none, or as the file says."""
    extra_channels: tuple[Channel, ...] = ()
    read_extra_channels: ReadSamples | None = dataclasses.field(default=None, repr=False)
    """Reads `extra_channels` in their own units."""
    start_time: datetime | time | None = None
    """As the file states it: a time of day alone where it states no date."""
    start_time_note: Message | None = None
    """What is uncertain about it."""
    annotations: Sequence[Annotation] = ()
    """Marks that came with the recording; may be read on first use, then raises UnreadableRecord if damaged."""
    comments: tuple[str, ...] = dataclasses.field(default=(), repr=False)
    """Header comments. They may identify a patient: never logged, never exported."""
    stored_signals: tuple[StoredSignal, ...] = ()
    """Every channel in the order of the file, as far as the format states it."""
    is_filtered: bool = False
    """Whether it is already filtered for the model, like the published benchmark's arrays."""
    doubts: tuple[Message, ...] = ()
    """What may be wrong with the recording, as far as its file shows: to stay visible wherever it is shown."""
    device: Device | None = None
    average_beats: AverageBeats | None = None
    age_years: float | None = None
    sex: Literal["male", "female"] | None = None
    identity: tuple[tuple[str, str], ...] = dataclasses.field(default=(), repr=False)
    """(title, value) of what identifies the person or the place. Never logged; exported only when asked for."""

    @property
    def trace_names(self) -> tuple[str, ...]:
        """Everything that can be drawn in mV: `lead_names`, then the other channels that are in volts."""
        return self.lead_names + tuple(channel.name for channel in self.extra_channels if channel.is_voltage)

    @property
    def duration_s(self) -> float:
        return self.n_samples / self.sampling_rate_hz

    def read(self, start_sample: int = 0, end_sample: int | None = None) -> FloatArray:
        """Millivolts of `lead_names`, float32 (leads, samples), NaN where the file marks samples invalid.

        The range is clipped to the record. Raises UnreadableRecord if the file has changed or vanished.
        """
        end = self.n_samples if end_sample is None else min(end_sample, self.n_samples)
        start = max(0, start_sample)
        if end <= start:
            return np.empty((len(self.lead_names), 0), np.float32)
        return self.read_leads(start, end)

    def read_extra(self, start_sample: int = 0, end_sample: int | None = None) -> FloatArray:
        """Samples of `extra_channels` in their own units, float32 (channels, samples)."""
        end = self.n_samples if end_sample is None else min(end_sample, self.n_samples)
        start = max(0, start_sample)
        if self.read_extra_channels is None or end <= start:
            return np.empty((len(self.extra_channels), 0), np.float32)
        return self.read_extra_channels(start, end)

    def read_traces(self, start_sample: int = 0, end_sample: int | None = None) -> FloatArray:
        """Millivolts of `trace_names`, float32 (traces, samples)."""
        leads = self.read(start_sample, end_sample)
        voltages = [row for row, channel in enumerate(self.extra_channels) if channel.is_voltage]
        if not voltages:
            return leads
        return np.concatenate([leads, self.read_extra(start_sample, end_sample)[voltages]])


def require_model_leads(record: EcgRecord) -> None:
    """Raise UnsupportedRecord, naming the leads that are missing, unless all of `STANDARD_LEADS` are there."""
    missing = [lead for lead in STANDARD_LEADS if lead not in record.lead_names]
    if missing:
        raise UnsupportedRecord(
            f"{record.name} lacks {'lead' if len(missing) == 1 else 'leads'} {', '.join(missing)}; the model needs all "
            "twelve. Its traces can be viewed, but it cannot be assessed.",
            code="leads",
        )


def window_samples(window_s: float, rate_hz: float) -> int:
    """Samples of one window of the model, to the nearest: 9996 of 10 s at 999.56 Hz, 3333 at 333.333 Hz."""
    return round(window_s * rate_hz)


def require_model_length(record: EcgRecord, window_s: float) -> None:
    """Raise UnsupportedRecord unless the record has the samples of at least one window of the model."""
    if record.n_samples < window_samples(window_s, record.sampling_rate_hz):
        raise UnsupportedRecord(
            f"{record.name} is too short for the model: it lasts {record.duration_s:.9g} s and {window_s:g} s are "
            "needed. Its traces can be viewed, but it cannot be assessed.",
            code="short",
        )

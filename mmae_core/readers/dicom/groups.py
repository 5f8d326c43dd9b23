"""Multiplex groups of a DICOM waveform: channels sampled together, scaled and read in stretches (PS3.3, C.10.9)."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Any

import numpy as np

from mmae_core.errors import UnreadableRecord, UnsupportedRecord
from mmae_core.messages import Message
from mmae_core.readers.dicom import tags
from mmae_core.readers.dicom.elements import DataSet, Element
from mmae_core.readers.lead_names import lead_of
from mmae_core.readers.limits import MAX_CHANNELS, MAX_DURATION_S, MAX_RATE_HZ
from mmae_core.readers.make_record import COMPUTED
from mmae_core.readers.voltage_units import voltage_factor
from mmae_core.record import FloatArray, StoredSignal

MAX_GROUPS = 256
MAX_AVERAGE_BEAT_S = 2.0
"""A derived group longer than this is no average beat."""

_BLOCK_SAMPLES = 1 << 14
_SAMPLE_TYPES = {"SB": "i1", "UB": "u1", "SS": "i2", "US": "u2", "SL": "i4", "UL": "u4"}
_LOGARITHMIC = {"MB": "µ-law", "AB": "A-law"}
_AVERAGE_LABEL = re.compile(r"median|averag|\bavg|representative|template|reference beat", re.IGNORECASE)
_LEAD_CODES = frozenset({"", "SCPECG", "MDC", "SCP-ECG"})
"""Coding schemes whose lead codes are known; a private scheme may give the same code to another lead."""
_DOUBTFUL_STATUS = frozenset({
    "DISCONNECTED", "TEST DATA", "QUESTIONABLE DATA", "INVALID DATA", "UNCALIBRATED", "UNZEROED",
})


@dataclass(frozen=True)
class CodedConcept:
    """An item of a code sequence."""

    scheme: str = ""
    value: str = ""
    meaning: str = ""

    @classmethod
    def of(cls, parent: DataSet, tag: int) -> CodedConcept:
        """The first item of a code sequence; empty when there is none."""
        for item in parent.items(tag):
            value = item.text(tags.CODE_VALUE) or item.text(tags.LONG_CODE_VALUE)
            return cls(item.text(tags.CODING_SCHEME), value, item.text(tags.CODE_MEANING))
        return cls()


@dataclass(frozen=True)
class WaveformChannel:
    """One channel of a group."""

    name: str
    source: CodedConcept
    unit: str
    """`mV` when it is in volts."""
    scale: float
    """`unit` a step."""
    baseline: float
    """In `unit`: added after scaling."""
    skew_s: float
    """How much later its samples were taken than those of the group."""
    filters: tuple[str, ...]
    status: str
    bits_stored: int
    """Significant bits of a sample, as stated."""
    stored: StoredSignal
    is_computed: bool = False
    """Whether its derivation is described as from leads I and II."""

    @property
    def lead_code(self) -> str:
        """The standard code of its lead; empty when the file gives none."""
        return self.source.value if self.source.scheme.upper() in _LEAD_CODES else ""

    @property
    def key(self) -> str:
        """What it is, so that channels of groups that follow each other can be joined."""
        lead, is_inverted = lead_of(self.name, self.lead_code)
        return f"{lead} {is_inverted}" if lead else f"{self.source.scheme} {self.source.value} {self.name}"


@dataclass(frozen=True)
class MultiplexGroup:
    """Channels sampled together."""

    number: int
    """Place in the file, from 1 on."""
    data_set: DataSet
    data: Element
    label: str
    is_derived: bool
    rate_hz: float
    n_samples: int
    offset_s: float | None
    """Begin after the acquisition time; None when the file does not say."""
    dtype: np.dtype[Any]
    padding: int | None
    """Stored value that marks a sample as invalid."""
    channels: tuple[WaveformChannel, ...]
    doubts: tuple[Message, ...]

    @property
    def duration_s(self) -> float:
        return self.n_samples / self.rate_hz

    @property
    def is_ecg(self) -> bool:
        """Whether any channel is a lead known here."""
        return any(lead_of(channel.name, channel.lead_code)[0] for channel in self.channels)

    def read(self, start: int, end: int) -> FloatArray:
        """Samples in the channels' units, float32 (channels, samples), NaN where the file marks them invalid."""
        n_channels = len(self.channels)
        offset = self.data.offset + start * n_channels * self.dtype.itemsize
        stored = self.data_set.content.file.array(self.dtype, offset, (end - start) * n_channels)
        stored = stored.reshape(end - start, n_channels)
        values = np.empty((n_channels, end - start), np.float32)
        for first in range(0, end - start, _BLOCK_SAMPLES):  # a block fits the processor's cache
            block = np.ascontiguousarray(stored[first : first + _BLOCK_SAMPLES].T)
            for row, channel in enumerate(self.channels):
                scaled = block[row] * channel.scale + channel.baseline
                if self.padding is not None:
                    scaled[block[row] == self.padding] = np.nan
                values[row, first : first + _BLOCK_SAMPLES] = scaled
        return values


def read_groups(data_set: DataSet) -> tuple[tuple[MultiplexGroup, ...], tuple[Message, ...]]:
    """The groups of a file, and a doubt for each that is of a kind that is not read.

    Raises UnreadableRecord when one is damaged, UnsupportedRecord when none can be read.
    """
    items = data_set.items(tags.WAVEFORM_SEQUENCE)
    if len(items) > MAX_GROUPS:
        raise UnreadableRecord(f"{data_set.content.name} has {len(items)} waveform groups; {MAX_GROUPS} are read.")
    if sum(len(item.items(tags.CHANNEL_DEFINITIONS)) for item in items) > MAX_CHANNELS:
        raise UnreadableRecord(f"{data_set.content.name} describes more than {MAX_CHANNELS} channels.")
    groups: list[MultiplexGroup] = []
    refusals: list[UnsupportedRecord] = []
    for number, item in enumerate(items, 1):
        try:
            groups.append(_read_group(item, number))
        except UnsupportedRecord as error:
            refusals.append(error)
    if not groups:
        raise refusals[0]
    return tuple(groups), tuple(Message("{reason} It is left out.", reason=str(error)) for error in refusals)


def has_average_label(group: MultiplexGroup) -> bool:
    """Whether a group is called a median or average beat."""
    return _AVERAGE_LABEL.search(group.label) is not None


def average_beat_groups(groups: tuple[MultiplexGroup, ...]) -> tuple[MultiplexGroup, ...]:
    """The groups that hold beats averaged by the device, by label or because they are short and derived from others.

    A file that holds nothing else has none: its beats are then the recording.
    """
    longest_s = max(group.duration_s for group in groups)
    averages = tuple(
        group for group in groups
        if has_average_label(group)
        or (group.is_derived and group.duration_s <= MAX_AVERAGE_BEAT_S and longest_s > 2 * group.duration_s)
    )
    return () if len(averages) == len(groups) else averages


def _read_group(item: DataSet, number: int) -> MultiplexGroup:
    file_name = item.content.name
    where = f"Waveform group {number} of {file_name}"
    data = item.elements.get(tags.WAVEFORM_DATA)
    rate_hz = item.number(tags.SAMPLING_FREQUENCY)
    n_samples = item.integer(tags.NUMBER_OF_SAMPLES, 4)
    definitions = item.items(tags.CHANNEL_DEFINITIONS)
    n_channels = item.integer(tags.NUMBER_OF_CHANNELS, 2) or len(definitions)
    if data is None or data.items is not None or not n_samples:
        raise UnreadableRecord(f"{where} holds no samples. Export the recording again.")
    if rate_hz is None or not 0 < rate_hz <= MAX_RATE_HZ:
        raise UnreadableRecord(
            f"{where} states a sampling frequency of '{item.text(tags.SAMPLING_FREQUENCY)[:20]}' Hz; a number up to "
            f"{MAX_RATE_HZ:g} is expected."
        )
    if n_samples / rate_hz > MAX_DURATION_S:
        raise UnreadableRecord(f"{where} states {n_samples} samples at {rate_hz:g} Hz, more than a year.")
    if not n_channels or n_channels != len(definitions):
        raise UnreadableRecord(
            f"{where} states {n_channels} channels and describes {len(definitions)}. Export the recording again."
        )
    dtype = _sample_type(item, where)
    doubts = []
    present = data.length // (n_channels * dtype.itemsize)
    if present < n_samples:
        if not present:
            raise UnreadableRecord(f"{where} holds no samples; {n_samples} are stated. Export the recording again.")
        doubts.append(Message(
            "Waveform group {number} holds {present} samples; {stated} are stated.",
            number=number, present=present, stated=n_samples,
        ))
        n_samples = present
    offset_ms = item.number(tags.MULTIPLEX_GROUP_TIME_OFFSET)
    if abs(offset_ms or 0.0) > MAX_DURATION_S * 1000:
        raise UnreadableRecord(f"{where} begins {offset_ms:g} ms after the acquisition, which is impossible.")
    channels = tuple(_read_channel(definition, rate_hz, dtype, row) for row, definition in enumerate(definitions))
    for channel in channels:
        doubts += _channel_doubts(channel)
    doubts += _bit_doubts(item, data, channels, dtype, n_samples)
    return MultiplexGroup(
        number=number, data_set=item, data=data, label=item.text(tags.MULTIPLEX_GROUP_LABEL),
        is_derived=item.text(tags.WAVEFORM_ORIGINALITY).upper() == "DERIVED", rate_hz=rate_hz, n_samples=n_samples,
        offset_s=None if offset_ms is None else offset_ms / 1000, dtype=dtype, padding=_padding(item, dtype),
        channels=channels, doubts=tuple(doubts),
    )


def _sample_type(item: DataSet, where: str) -> np.dtype[Any]:
    """How samples are stored: by interpretation, checked against the bits allocated."""
    interpretation = item.text(tags.SAMPLE_INTERPRETATION).upper()
    bits = item.integer(tags.WAVEFORM_BITS_ALLOCATED, 2)
    if interpretation in _LOGARITHMIC:
        raise UnsupportedRecord(
            f"{where} is stored as {_LOGARITHMIC[interpretation]}, a coding for voice; ECGs are whole numbers of 8, 16 "
            "or 32 bits. Export it as such."
        )
    if interpretation not in _SAMPLE_TYPES:
        raise UnsupportedRecord(
            f"{where} stores samples as '{interpretation[:16]}'; expected one of {', '.join(_SAMPLE_TYPES)}."
        )
    dtype = np.dtype(item.content.order + _SAMPLE_TYPES[interpretation])
    if bits is not None and bits != dtype.itemsize * 8:
        raise UnreadableRecord(
            f"{where} states {bits} bits a sample and samples of {dtype.itemsize * 8} bits ({interpretation}). It is "
            "not known which is right."
        )
    return dtype


def _padding(item: DataSet, dtype: np.dtype[Any]) -> int | None:
    """The stored value of invalid samples.

    0 is none: devices that state it (ELI 250 among them) record zeros as ordinary samples too.
    """
    raw = item.raw(tags.PADDING_VALUE)
    if len(raw) < dtype.itemsize:
        return None
    value = int(np.frombuffer(raw, dtype, 1)[0])
    return value or None


def _read_channel(definition: DataSet, rate_hz: float, dtype: np.dtype[Any], row: int) -> WaveformChannel:
    source = CodedConcept.of(definition, tags.CHANNEL_SOURCE)
    units = CodedConcept.of(definition, tags.CHANNEL_SENSITIVITY_UNITS)
    for tag, what in ((tags.CHANNEL_SENSITIVITY, "sensitivity"), (tags.CHANNEL_CORRECTION, "correction factor"),
                      (tags.CHANNEL_BASELINE, "baseline")):
        if definition.text(tag) and definition.number(tag) is None:
            raise UnreadableRecord(
                f"Channel {row + 1} of {definition.content.name} states a {what} of '{definition.text(tag)[:20]}', "
                "which is no number: its values are unknown. Export the recording again."
            )
    sensitivity = definition.number(tags.CHANNEL_SENSITIVITY)
    correction = definition.number(tags.CHANNEL_CORRECTION)
    baseline = definition.number(tags.CHANNEL_BASELINE) or 0.0
    scale = (1.0 if sensitivity is None else sensitivity) * (1.0 if correction is None else correction)
    # Without a sensitivity the samples are in an arbitrary unit, whatever else is said.
    unit = "" if sensitivity is None or scale == 0 else units.value or units.meaning
    millivolts = voltage_factor(unit)
    name = source.meaning or definition.text(tags.CHANNEL_LABEL) or source.value or f"channel {row + 1}"
    stored = StoredSignal(
        name=name, unit=unit, steps_per_unit=abs(1 / scale) if unit else 0.0, sampling_rate_hz=rate_hz,
        encoding=f"{dtype.itemsize * 8} bit",
    )
    skew_s = definition.number(tags.CHANNEL_TIME_SKEW)
    if skew_s is None:
        skew_s = (definition.number(tags.CHANNEL_SAMPLE_SKEW) or 0.0) / rate_hz
    return WaveformChannel(
        name=name, source=source, unit="mV" if millivolts else unit, scale=scale * (millivolts or 1.0),
        baseline=baseline * (millivolts or 1.0), skew_s=skew_s if abs(skew_s) < MAX_DURATION_S else 0.0,
        filters=_filters(definition), status=definition.text(tags.CHANNEL_STATUS).upper(),
        bits_stored=definition.integer(tags.WAVEFORM_BITS_STORED, 2) or dtype.itemsize * 8, stored=stored,
        is_computed=definition.text(tags.CHANNEL_DERIVATION).casefold().startswith(COMPUTED.casefold()),
    )


def _filters(definition: DataSet) -> tuple[str, ...]:
    """The filters a channel went through, in words; 0 stands for none."""
    found = (
        ("high-pass", definition.number(tags.FILTER_LOW_FREQUENCY)),
        ("low-pass", definition.number(tags.FILTER_HIGH_FREQUENCY)),
        ("notch", definition.number(tags.NOTCH_FILTER_FREQUENCY)),
    )
    return tuple(f"{kind} {frequency_hz:g} Hz" for kind, frequency_hz in found if frequency_hz)


def _bit_doubts(
    item: DataSet, data: Element, channels: tuple[WaveformChannel, ...], dtype: np.dtype[Any], n_samples: int
) -> list[Message]:
    """Channels whose first samples need more bits than are stated: their sign bit may not fill the rest."""
    if all(channel.bits_stored >= dtype.itemsize * 8 for channel in channels):
        return []
    count = min(n_samples, _BLOCK_SAMPLES) * len(channels)
    stored = item.content.file.array(dtype, data.offset, count).reshape(-1, len(channels)).astype(np.int64)
    padding = _padding(item, dtype)
    doubts = []
    for row, channel in enumerate(channels):
        values = stored[:, row] if padding is None else stored[stored[:, row] != padding, row]
        bits = channel.bits_stored - (dtype.kind == "i")
        if bits < 32 and values.size and (values.max() >= 1 << bits or values.min() < -(1 << bits)):
            doubts.append(Message(
                "{channel} is stated to have {bits} bits and holds larger values: its amplitude may be wrong.",
                channel=channel.name, bits=channel.bits_stored,
            ))
    return doubts


def _channel_doubts(channel: WaveformChannel) -> list[Message]:
    doubts = []
    if channel.status in _DOUBTFUL_STATUS:
        doubts.append(Message(
            "The device marks {channel} as {status}.", channel=channel.name, status=channel.status.lower()
        ))
    by_code, by_name = lead_of("", channel.lead_code), lead_of(channel.name)
    if by_code[0] and by_name[0] and by_code != by_name:
        doubts.append(Message(
            "A channel has the code of lead {lead} and the name {name}; it is taken for {lead}.",
            lead=by_code[0], name=channel.name,
        ))
    if not math.isfinite(channel.scale):
        raise UnreadableRecord(f"Channel {channel.name[:40]} has an impossible sensitivity.")
    return doubts

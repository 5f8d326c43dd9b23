"""One series of an HL7 aECG: its sequence sets laid on one line of time, gaps as NaN."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from xml.etree.ElementTree import Element

import numpy as np

from mmae_core.errors import UnreadableRecord, UnsupportedRecord
from mmae_core.messages import Message
from mmae_core.readers.aecg.sequences import TIME_CODES, SequenceTimes, channel, code_of, time_axis
from mmae_core.readers.xml.elements import attribute, child, children
from mmae_core.readers.xml.samples import MAX_SAMPLES_IN_MEMORY, DecodedChannel, require_few
from mmae_core.readers.xml.times import hl7_time
from mmae_core.record import FloatArray

MAX_SEQUENCES = 20_000
"""Of all sequence sets of a series together: a thousand stretches of 20 channels."""


@dataclass(frozen=True)
class SeriesSignal:
    """A series, decoded."""

    channels: tuple[DecodedChannel, ...]
    """Each over the whole line of time."""
    rate_hz: float
    start: datetime | None
    """Of the first sample."""
    utc_offset: str
    relative_zero_s: float
    """Time of the relative zero, to which annotations may refer, from the first sample on."""
    doubts: tuple[Message, ...] = ()


@dataclass(frozen=True)
class _Set:
    """A sequence set: channels that were recorded together."""

    axis: SequenceTimes
    channels: list[DecodedChannel]


def read_series(series: Element, where: str) -> SeriesSignal:
    """All channels of a series. Sets that follow one another are one recording with gaps.

    Raises UnreadableRecord if a set is damaged or there is none, UnsupportedRecord if it is too long.
    """
    elements = [found for component in children(series, "component") for found in children(component, "sequenceSet")]
    if sum(map(len, elements)) > MAX_SEQUENCES:
        raise UnsupportedRecord(
            f"{where} holds {len(elements):,} stretches of {sum(map(len, elements)):,} sequences; at most "
            f"{MAX_SEQUENCES:,} sequences are read. Convert the recording to EDF or WFDB first."
        )
    sets = [_read_set(element, where) for element in elements]
    if not sets:
        raise UnreadableRecord(f"{where} holds no samples (sequenceSet), so there is nothing to show.")
    rate = sets[0].axis.rate_hz
    same = [one for one in sets if abs(one.axis.rate_hz - rate) <= 1e-6 * rate]
    doubts = []
    if len(same) < len(sets):
        doubts.append(
            Message("{count} stretches have another sampling rate and are left out.", count=len(sets) - len(same))
        )
    low, low_offset = series_start(series)
    starts_s, first_s, start = _starts(same, low)
    channels, overlap = _on_one_line(same, starts_s, rate, where)
    if overlap:
        doubts.append(
            Message("Stretches of lead {lead} overlap in time: the first of them is shown.", lead=", ".join(overlap))
        )
    return SeriesSignal(
        channels, rate, start, same[0].axis.utc_offset or low_offset,
        _relative_zero(same[0].axis, first_s, low, start), tuple(doubts),
    )


def series_start(series: Element | None) -> tuple[datetime | None, str]:
    """Start as `effectiveTime` states it, and its offset to UTC."""
    for bound in ("low", "center"):
        start, offset = hl7_time(attribute(series, f"effectiveTime/{bound}", "value"))
        if start is not None:
            return start, offset
    return hl7_time(attribute(series, "effectiveTime", "value"))


def _read_set(element: Element, where: str) -> _Set:
    sequences = [sequence for component in children(element, "component")
                 if (sequence := child(component, "sequence")) is not None]
    times = [sequence for sequence in sequences if code_of(sequence) in TIME_CODES]
    if not times:
        raise UnreadableRecord(f"{where} does not state the times of its samples. Export the recording again.")
    axis = time_axis(times[0], where)
    others = [sequence for sequence in sequences if code_of(sequence) not in TIME_CODES]
    require_few(others, where)
    listed = [sequence for sequence in others if child(sequence, "value/digits") is not None]
    decoded = {id(sequence): channel(sequence, 0, where) for sequence in listed}
    length = max((len(one.signal) for one in decoded.values()), default=0)
    channels = [decoded.get(id(sequence)) or channel(sequence, length, where) for sequence in others]
    return _Set(axis, channels)


def _starts(sets: Sequence[_Set], low: datetime | None) -> tuple[list[float], float, datetime | None]:
    """Start of each set in s from the first one on, the first one's own offset, and when it began."""
    zero = next((one.axis.start for one in sets if one.axis.start is not None), low)
    offsets = []
    for one in sets:
        own = one.axis.start if one.axis.start is not None else low
        since_zero = (own - zero).total_seconds() if own is not None and zero is not None else 0.0
        offsets.append(since_zero + one.axis.offset_s)
    first = min(offsets)
    start = None if zero is None else _later(zero, first)
    return [offset - first for offset in offsets], first, start


def _later(time: datetime, seconds: float) -> datetime | None:
    try:
        return time + timedelta(seconds=seconds)
    except OverflowError:
        return None


def _relative_zero(axis: SequenceTimes, first_s: float, low: datetime | None, start: datetime | None) -> float:
    """Relative times count from the zero of a relative axis, otherwise from the start of the series."""
    if axis.start is None:
        return -first_s
    return (low - start).total_seconds() if low is not None and start is not None else 0.0


def _on_one_line(
    sets: Sequence[_Set], starts_s: Sequence[float], rate: float, where: str
) -> tuple[tuple[DecodedChannel, ...], list[str]]:
    """Channels of all sets, joined by code, and the names of those that overlap."""
    if len(sets) == 1:
        return tuple(sets[0].channels), []
    ends = [start * rate + max((len(one.signal) for one in part.channels), default=0)
            for part, start in zip(sets, starts_s, strict=True)]
    keys = list(dict.fromkeys(one.code or one.name for part in sets for one in part.channels))
    if not max(ends) * len(keys) <= MAX_SAMPLES_IN_MEMORY:
        raise UnsupportedRecord(
            f"The stretches of {where} lie {max(starts_s) / 3600:.6g} h apart; together they would fill more than "
            f"{MAX_SAMPLES_IN_MEMORY:,} samples. Split the recording first."
        )
    length = round(max(ends))
    lines: dict[str, tuple[DecodedChannel, FloatArray]] = {}
    overlapping: dict[str, None] = {}
    for part, start_s in zip(sets, starts_s, strict=True):
        first = round(start_s * rate)
        for one in part.channels:
            key = one.code or one.name
            known, line = lines.setdefault(key, (one, np.full(length, np.nan, np.float32)))
            target = line[first : first + len(one.signal)]
            if known.unit != one.unit or not np.isnan(target).all():
                overlapping[key] = None
                continue
            target[:] = one.signal[: len(target)]
    channels = tuple(
        DecodedChannel(one.name, line, one.unit, one.code, one.step, one.encoding) for one, line in lines.values()
    )
    return channels, list(overlapping)

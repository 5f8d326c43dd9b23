"""Samples of XML recordings: base64 or numbers in a text, scaled to mV and laid side by side."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element

import numpy as np
from numpy.typing import NDArray

from mmae_core.errors import UnreadableRecord, UnsupportedRecord
from mmae_core.messages import Message
from mmae_core.readers.limits import MAX_CHANNELS
from mmae_core.readers.make_record import shortened
from mmae_core.readers.voltage_units import voltage_factor
from mmae_core.readers.xml.elements import MAX_NUMBER
from mmae_core.record import FloatArray, StoredSignal

MAX_SAMPLES_IN_MEMORY = 100_000_000
"""Samples of all channels together: 400 MB. XML files are decoded whole; the largest seen holds 12 x 10 s."""

_BLOCK = 1 << 20
"""Characters of a list of numbers that are split at a time, so that their words never fill the memory."""


@dataclass(frozen=True)
class DecodedChannel:
    """One channel as a file states it."""

    name: str
    signal: FloatArray
    """(samples,) in `unit`, NaN where invalid."""
    unit: str = "mV"
    code: str = ""
    """Standard code of the lead, if the file states one."""
    step: float = 0.0
    """One step of the converter in `unit`; 0 if not known."""
    encoding: str = "text"
    """How the samples are stored, such as `16 bit`."""

    def stored(self, rate_hz: float) -> StoredSignal:
        """What the file says on this channel."""
        return StoredSignal(self.name, self.unit, 1 / self.step if self.step else 0.0, rate_hz, self.encoding)


def millivolts_per(unit: str, where: str) -> float:
    """Millivolts of one `unit`. Raises UnsupportedRecord for anything but a voltage: units are never guessed."""
    factor = voltage_factor(unit)
    if factor is None:
        found = f"in '{shortened(unit, 20)}'" if unit else "without a unit"
        raise UnsupportedRecord(
            f"The samples of {where} are {found}; expected V, mV, µV or nV. Export the recording again with its unit.",
            code="unit",
        )
    return factor


def base64_bytes(text: str | None, where: str) -> bytes:
    """The bytes behind base64 text, blanks and line ends ignored. Raises UnreadableRecord if it is none."""
    try:
        return base64.b64decode("".join((text or "").split()), validate=True)
    except (binascii.Error, ValueError) as error:
        raise UnreadableRecord(
            f"The samples of {where} are damaged: they are no base64 text. Export the recording again."
        ) from error


def samples_of_bytes(data: bytes, bytes_per_sample: int, where: str) -> NDArray[np.int32]:
    """Little-endian signed samples of 1, 2 or 4 bytes; a last incomplete one is dropped."""
    if bytes_per_sample not in (1, 2, 4):
        raise UnsupportedRecord(
            f"The samples of {where} have {bytes_per_sample} bytes each; expected 1, 2 or 4. Export the recording "
            "again with 16-bit samples."
        )
    usable = len(data) - len(data) % bytes_per_sample
    return np.frombuffer(data[:usable], f"<i{bytes_per_sample}").astype(np.int32)


def listed_numbers(text: str | None, where: str, separator: str = " ") -> NDArray[np.float64]:
    """Numbers in a text, set apart by blanks or by `separator`; NaN where one is impossibly large.

    Raises UnreadableRecord if one is no number.
    """
    text = (text or "") if separator == " " else (text or "").replace(separator, " ")
    blocks = []
    start = 0
    while start < len(text):
        end = min(start + _BLOCK, len(text))
        while end < len(text) and not text[end].isspace():
            end += 1
        blocks.append(_numbers(text[start:end], where))
        start = end
    return np.concatenate(blocks) if blocks else np.empty(0)


def _numbers(text: str, where: str) -> NDArray[np.float64]:
    integers = _integers(text)
    if integers is not None:
        return integers
    try:
        numbers = np.array(text.split(), np.float64)
    except ValueError as error:
        raise UnreadableRecord(
            f"The samples of {where} are damaged: one of them is no number. Export the recording again."
        ) from error
    numbers[~(np.abs(numbers) <= MAX_NUMBER)] = np.nan
    return numbers


def _integers(text: str) -> NDArray[np.float64] | None:
    """Integers of up to nine digits, ten times as fast as `float`; None if there is anything else in the text."""
    if not text.isascii():
        return None
    data = np.frombuffer(text.encode("ascii"), np.uint8)
    is_blank = (data == ord(" ")) | ((data >= ord("\t")) & (data <= ord("\r")))
    edges = np.flatnonzero(np.diff(is_blank, prepend=True, append=True))
    starts, ends = edges[::2], edges[1::2]
    if not len(starts):
        return np.empty(0)
    is_negative = data[starts] == ord("-")
    first = starts + is_negative
    lengths = ends - first
    if lengths.min() < 1 or lengths.max() > 9:
        return None
    values = np.zeros(len(starts))
    for place in range(int(lengths.max())):
        is_inside = place < lengths
        digits = data[np.minimum(first + place, ends - 1)] - np.uint8(ord("0"))  # below 0 it wraps to above 9
        if (digits[is_inside] > 9).any():
            return None
        values = np.where(is_inside, 10 * values + digits, values)
    return np.where(is_negative, -values, values)


def scaled(numbers: NDArray[np.generic], step: float, offset: float = 0.0) -> FloatArray:
    """`offset + step * numbers` as float32, NaN where that is no finite number."""
    with np.errstate(over="ignore", invalid="ignore"):
        values = (offset + step * numbers.astype(np.float64)).astype(np.float32)
    values[~np.isfinite(values)] = np.nan
    return values


def side_by_side(channels: Sequence[DecodedChannel], where: str) -> tuple[FloatArray, tuple[Message, ...]]:
    """(channels, samples) of one time line, and a doubt for each channel that ends early: NaN stands for the rest.

    Raises UnreadableRecord if there is no sample, UnsupportedRecord if there are too many.
    """
    longest = max((len(channel.signal) for channel in channels), default=0)
    if not longest:
        raise UnreadableRecord(f"{where} holds no samples of an ECG, so there is nothing to show.")
    if longest * len(channels) > MAX_SAMPLES_IN_MEMORY:
        raise UnsupportedRecord(
            f"{where} holds {len(channels)} channels of {longest} samples; at most {MAX_SAMPLES_IN_MEMORY} samples are "
            "read from XML. Convert the recording to EDF or WFDB first."
        )
    signal = np.full((len(channels), longest), np.nan, np.float32)
    doubts = []
    for row, channel in zip(signal, channels, strict=True):
        row[: len(channel.signal)] = channel.signal
        if len(channel.signal) < longest:
            doubts.append(
                Message(
                    "Channel {channel} has {found:,} samples where others have {most:,}: its end is left empty.",
                    channel=channel.name, found=len(channel.signal), most=longest,
                )
            )
    return signal, tuple(doubts)


def require_few(channels: Sequence[Element], where: str) -> None:
    """Raise UnsupportedRecord if there are more channels than any recording has, before one of them is decoded."""
    if len(channels) > MAX_CHANNELS:
        raise UnsupportedRecord(f"{where} holds {len(channels):,} channels; at most {MAX_CHANNELS:,} can be read.")


class SignalInMemory:
    """Reads stretches of a signal that was decoded whole."""

    def __init__(self, signal: FloatArray) -> None:
        self._signal = signal

    def __call__(self, start: int, end: int) -> FloatArray:
        """Samples `start` to `end`, float32 (channels, samples), a copy."""
        return self._signal[:, start:end].copy()

"""Multiplex groups on one time axis: side by side, one after another, at rates of their own."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mmae_core.readers.dicom.groups import MultiplexGroup, WaveformChannel
from mmae_core.record import FloatArray


@dataclass(frozen=True)
class GroupChannel:
    """One channel of one group as a part of a channel of the recording."""

    group: int
    row: int
    """Channel in the group."""


class TimeAxis:
    """Groups laid on the samples of the recording."""

    def __init__(self, groups: Sequence[MultiplexGroup]) -> None:
        self.groups = tuple(groups)
        ecg = [group for group in groups if group.is_ecg] or list(groups)
        self.rate_hz = max(group.rate_hz for group in ecg)
        """That of the fastest group with a lead; others are brought to it."""
        self.start_s = min(group.offset_s or 0.0 for group in groups)
        """Begin of the recording after the acquisition time."""
        self.n_samples = max(
            round(((group.offset_s or 0.0) - self.start_s + group.duration_s) * self.rate_hz) for group in groups
        )
        self.channels = self._join()
        """The stretches of each channel, in the order of the file."""

    @property
    def lacks_offsets(self) -> bool:
        """Whether there are several groups, and the file does not say how they lie in time."""
        return len(self.groups) > 1 and any(group.offset_s is None for group in self.groups)

    def described(self) -> list[WaveformChannel]:
        """The first stretch of each channel."""
        return [self.groups[parts[0].group].channels[parts[0].row] for parts in self.channels]

    def read(self, start: int, end: int) -> FloatArray:
        """Samples `start` to `end` of every channel, NaN where it has none: float32 (channels, samples)."""
        result = np.full((len(self.channels), end - start), np.nan, np.float32)
        for number, group in enumerate(self.groups):
            rows = [
                (channel, part.row)
                for channel, parts in enumerate(self.channels) for part in parts if part.group == number
            ]
            self._place(group, rows, start, end, result)
        return result

    def _place(
        self, group: MultiplexGroup, rows: Sequence[tuple[int, int]], start: int, end: int, result: FloatArray
    ) -> None:
        begin_s = (group.offset_s or 0.0) - self.start_s
        skews = [group.channels[row].skew_s for _, row in rows]
        first = max(0, math.floor((start / self.rate_hz - begin_s - max(skews)) * group.rate_hz) - 1)
        last = min(group.n_samples, math.ceil((end / self.rate_hz - begin_s - min(skews)) * group.rate_hz) + 2)
        if last <= first:
            return
        values = group.read(first, last)
        for (channel, row), skew_s in zip(rows, skews, strict=True):
            target = result[channel]
            if group.rate_hz == self.rate_hz:
                shift = round((begin_s + skew_s) * self.rate_hz)
                low, high = max(start, first + shift), min(end, last + shift)
                if high > low:
                    target[low - start : high - start] = values[row, low - shift - first : high - shift - first]
            else:
                positions = (np.arange(start, end) / self.rate_hz - begin_s - skew_s) * group.rate_hz
                inside = (positions > -1e-6) & (positions < group.n_samples - 1e-6)
                if inside.any():
                    target[inside] = _between(values[row], positions[inside] - first)

    def _join(self) -> list[list[GroupChannel]]:
        """Channels of groups that follow each other are one channel; those at the same time stay apart."""
        channels: list[list[GroupChannel]] = []
        by_key: dict[str, list[GroupChannel]] = {}
        for number, group in enumerate(self.groups):
            for row, channel in enumerate(group.channels):
                earlier = by_key.get(channel.key)
                if earlier is not None and self._can_follow(earlier, group, channel):
                    earlier.append(GroupChannel(number, row))
                    continue
                channels.append([GroupChannel(number, row)])
                by_key.setdefault(channel.key, channels[-1])
        return channels

    def _can_follow(self, earlier: Sequence[GroupChannel], group: MultiplexGroup, channel: WaveformChannel) -> bool:
        if group.offset_s is None:
            return False
        for part in earlier:
            other = self.groups[part.group]
            if other is group or other.offset_s is None or other.channels[part.row].unit != channel.unit:
                return False
            overlap_s = min(group.offset_s + group.duration_s, other.offset_s + other.duration_s) - max(
                group.offset_s, other.offset_s
            )
            if overlap_s > 0.5 / self.rate_hz:
                return False
        return True


def _between(values: FloatArray, positions: NDArray[np.float64]) -> NDArray[np.float64]:
    """Values between samples, on a straight line; after the last sample it is held."""
    positions = np.clip(positions, 0, len(values) - 1)
    below = np.floor(positions + 1e-6).astype(np.int64)
    share = np.clip(positions - below, 0, 1)
    share[share < 1e-6] = 0
    above = np.minimum(below + 1, len(values) - 1)
    line = values[below] * (1 - share) + values[above] * share
    return np.where(share == 0, values[below], line)

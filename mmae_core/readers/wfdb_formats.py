"""The sample formats of signal(5): digital values out of bytes, a stretch at a time.

Formula by formula as the WFDB Applications Guide has them (physionet.org/physiotools/wag/signal-5.htm). FLAC is decoded
by libsndfile.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from mmae_core.errors import UnreadableRecord
from mmae_core.readers.recording_file import RecordingFile

INVALID_VALUE = {
    8: None, 16: -(1 << 15), 24: -(1 << 23), 32: -(1 << 31), 61: -(1 << 15), 80: -(1 << 7), 160: -(1 << 15),
    212: -(1 << 11), 310: -(1 << 9), 311: -(1 << 9), 508: -(1 << 7), 516: -(1 << 15), 524: -(1 << 23),
}
"""Digital value that marks an invalid sample, per format; format 8 has none."""
DIFFERENCES = 8
"""The format whose samples are differences, so that reading any needs all before it."""
FLAC_BITS = {508: 8, 516: 16, 524: 24}

_GROUPS = {8: (1, 1), 80: (1, 1), 16: (2, 1), 61: (2, 1), 160: (2, 1), 24: (3, 1), 32: (4, 1),
           212: (3, 2), 310: (4, 3), 311: (4, 3)}
"""Bytes, and the samples that share them."""
_PLAIN = {16: ("<i2", 0), 61: (">i2", 0), 32: ("<i4", 0), 8: ("i1", 0), 80: ("u1", 1 << 7), 160: ("<u2", 1 << 15)}
"""Type of one sample, and the value of zero."""
_MAX_FLAC_RATIO = 65536
"""Most samples one byte of FLAC can encode (a constant block); a longer stated length is false."""

Digital = NDArray[Any]
"""Integers of any width; they are made floating before anything is computed."""


def samples_in(fmt: int, n_bytes: int) -> int:
    """Samples that a number of bytes holds. The last group may be incomplete."""
    size, shared = _GROUPS[fmt]
    whole, rest = divmod(max(0, n_bytes), size)
    if fmt == 212:
        return whole * shared + (rest == 2)
    if fmt in (310, 311):
        return whole * shared + {2: 1, 3: 2 if fmt == 311 else 1}.get(rest, 0)
    return whole * shared


def flac_frames(file: RecordingFile, n_channels: int) -> int:
    """Frames of a FLAC file, by its own header. Raises UnreadableRecord if it is none, or holds other channels."""
    import soundfile  # type: ignore[import-untyped]  # published without type information

    try:
        info = soundfile.info(str(file.path))
    except (RuntimeError, OSError) as error:  # soundfile reports a damaged file as a RuntimeError
        raise UnreadableRecord(f"{file.name} is no readable FLAC file. Fetch the record again.") from error
    if info.channels != n_channels or info.frames > file.size * _MAX_FLAC_RATIO:
        raise UnreadableRecord(
            f"{file.name} holds {info.channels} signals of {info.frames} samples, not what its header says."
        )
    return int(info.frames)


def read_digital(file: RecordingFile, fmt: int, byte_offset: int, first: int, count: int) -> Digital:
    """`count` samples from sample `first` on, all signals of the file interleaved; of format 8 the differences.

    Raises UnreadableRecord if the file is shorter, changed or gone.
    """
    size, shared = _GROUPS[fmt]
    leading = first % shared
    groups = -(-(leading + count) // shared)
    start = byte_offset + (first - leading) // shared * size
    is_there = first + count <= samples_in(fmt, file.size - byte_offset)  # the last group may be incomplete
    data = file.read_at(start, min(groups * size, file.size - start) if is_there else groups * size)
    if fmt in _PLAIN:
        kind, zero = _PLAIN[fmt]
        plain = np.frombuffer(data, kind)
        return plain.astype(np.int32) - zero if zero else plain
    packed = np.zeros(groups * size, np.uint8)
    packed[: len(data)] = np.frombuffer(data, np.uint8)
    return _unpacked(fmt, packed.reshape(groups, size).astype(np.int32))[leading : leading + count]


def read_flac(file: RecordingFile, fmt: int, first: int, count: int) -> NDArray[Any]:
    """(frames, signals) from frame `first` on; fewer than `count` at the end of the file."""
    import soundfile

    file.require_unchanged()
    try:
        with soundfile.SoundFile(str(file.path)) as stream:
            stream.seek(first)
            values: NDArray[np.int32] = stream.read(count, dtype="int32", always_2d=True)
    except (RuntimeError, OSError) as error:
        cause = str(error).rstrip(".")
        raise UnreadableRecord(f"{file.name} cannot be decoded ({fmt}): {cause}. Fetch the record again.") from error
    if len(values) < count:
        raise UnreadableRecord(
            f"{file.name} cannot be decoded ({fmt}): its samples end early. Fetch the record again."
        )
    return values >> (32 - FLAC_BITS[fmt])


def _unpacked(fmt: int, groups: NDArray[np.int32]) -> Digital:
    """Samples of groups of bytes: one of 24 bits, two of 12, or three of 10."""
    if fmt == 24:
        return _signed(groups[:, 0] | groups[:, 1] << 8 | groups[:, 2] << 16, 24)
    if fmt == 212:
        low = groups[:, 0] | (groups[:, 1] & 0x0F) << 8
        return _signed(np.stack([low, groups[:, 2] | (groups[:, 1] & 0xF0) << 4], axis=1).reshape(-1), 12)
    if fmt == 310:  # two 16-bit words; bits 1-11 of both hold a sample, the five highest of both the third
        one, two = groups[:, 0] | groups[:, 1] << 8, groups[:, 2] | groups[:, 3] << 8
        third = one >> 11 & 0x1F | (two >> 11 & 0x1F) << 5
        return _signed(np.stack([one >> 1 & 0x3FF, two >> 1 & 0x3FF, third], axis=1).reshape(-1), 10)
    word = groups[:, 0] | groups[:, 1] << 8 | groups[:, 2] << 16 | (groups[:, 3] & 0x3F) << 24  # 311
    return _signed(np.stack([word & 0x3FF, word >> 10 & 0x3FF, word >> 20 & 0x3FF], axis=1).reshape(-1), 10)


def _signed(values: NDArray[np.int32], bits: int) -> Digital:
    """Two's complement of a width."""
    return np.where(values >= 1 << (bits - 1), values - (1 << bits), values).astype(np.int32)

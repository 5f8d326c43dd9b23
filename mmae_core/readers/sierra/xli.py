"""XLI, the compression of Philips Sierra ECGs: LZW, then bytes set apart by significance, then second differences.

The format is known from the files and from the public descriptions of the sierra-ecg-tools project. A lead is a block:
its compressed size (4 bytes), a word that is 1 in every file known, the start of the differences (2 bytes), then
10-bit codes, most significant bit first. Codes below 256 are bytes, others strings met before; 1023 ends the block.
The bytes are the high bytes of all samples, then their low bytes. The limb leads III, aVR, aVL and aVF are stored as
what remains when they are computed from the others.
"""

from __future__ import annotations

import struct

import numpy as np
from numpy.typing import NDArray

from mmae_core.errors import UnreadableRecord, UnsupportedRecord

CODE_BITS = 10
END_CODE = (1 << CODE_BITS) - 1
HEADER = struct.Struct("<iHh")
DIFFERENCE_BIAS = 64
"""Differences are stored 64 too high."""
MAX_SAMPLES = 300_000
"""Of one lead: 10 minutes at 500 Hz. A resting ECG has 5500."""
MAX_SAMPLES_TOGETHER = 2_000_000
"""Of all leads: what unpacks within a few seconds."""

Samples = NDArray[np.int32]


def decompress(data: bytes, n_leads: int, where: str) -> list[Samples]:
    """Samples of the first `n_leads` blocks, each of its own length, in steps of the converter.

    Raises UnreadableRecord if a block is damaged or missing, UnsupportedRecord if it unpacks to more than ECGs hold.
    """
    leads: list[Samples] = []
    position = together = 0
    for lead in range(n_leads):
        if position + HEADER.size > len(data):
            raise UnreadableRecord(
                f"{where} is truncated: it holds the samples of {lead} leads and {n_leads} are expected. Export the "
                "ECG again."
            )
        size, _, start = HEADER.unpack_from(data, position)
        position += HEADER.size
        if not 0 < size <= len(data) - position:
            raise UnreadableRecord(
                f"{where} is damaged: the block of lead {lead + 1} has {max(0, len(data) - position):,} bytes and "
                f"states {size:,}. Export the ECG again."
            )
        unpacked = unpack_lzw(data[position : position + size], 2 * MAX_SAMPLES, where)
        leads.append(undo_differences(joined_bytes(unpacked), start))
        together += len(leads[-1])
        if together > MAX_SAMPLES_TOGETHER:
            raise _too_long(where)
        position += size
    return leads


def unpack_lzw(data: bytes, most: int, where: str) -> bytes:
    """Bytes behind 10-bit codes, read until code 1023 or the last whole code. Refused beyond `most` bytes."""
    strings = [bytes([value]) for value in range(256)]
    unpacked = bytearray()
    previous = b""
    bits = n_bits = 0
    for byte in data:
        bits, n_bits = bits << 8 | byte, n_bits + 8
        if n_bits < CODE_BITS:
            continue
        n_bits -= CODE_BITS
        code, bits = bits >> n_bits, bits & (1 << n_bits) - 1
        if code == END_CODE:
            break
        if code > len(strings) or (code == len(strings) and not previous):
            raise UnreadableRecord(
                f"{where} is damaged: its compressed samples cannot be unpacked. Export the ECG again."
            )
        string = strings[code] if code < len(strings) else previous + previous[:1]
        if previous and len(strings) < END_CODE:
            strings.append(previous + string[:1])
        unpacked += string
        previous = string
        if len(unpacked) > most:
            raise _too_long(where)
    return bytes(unpacked)


def joined_bytes(data: bytes) -> Samples:
    """16-bit samples from their high bytes, which come first, and their low bytes."""
    half = len(data) // 2
    pairs = np.frombuffer(data[: 2 * half], np.uint8).reshape(2, half).T
    return np.ascontiguousarray(pairs).view(">i2").reshape(half).astype(np.int32)


def undo_differences(stored: Samples, start: int) -> Samples:
    """Samples from second differences; the first two are stored as they are, and `start` is the first difference.

    Arithmetic wraps at 16 bits as in the device.
    """
    if len(stored) < 3:
        return stored
    differences = np.concatenate([[start], stored[2:-1] - DIFFERENCE_BIAS])
    slope = (int(stored[1]) - int(stored[0])) - np.cumsum(differences, dtype=np.int64)
    samples = np.concatenate([stored[:2], int(stored[1]) + np.cumsum(slope, dtype=np.int64)])
    return samples.astype(np.int16).astype(np.int32)


def restore_limb_leads(leads: dict[str, Samples]) -> dict[str, Samples]:
    """Limb leads from what XLI stores of them. Halves are truncated towards zero, as the device does it.

    Leads of different lengths and files without I and II are left as they are.
    """
    names = ("I", "II", "III", "aVR", "aVL", "aVF")
    if any(name not in leads or len(leads[name]) != len(leads["I"]) for name in names):
        return leads
    lead_1, lead_2 = leads["I"], leads["II"]
    lead_3 = lead_2 - lead_1 - leads["III"]
    return leads | {
        "III": lead_3,
        "aVR": -_half(lead_1 + lead_2) - leads["aVR"],
        "aVL": _half(lead_1 - lead_3) - leads["aVL"],
        "aVF": _half(lead_2 + lead_3) - leads["aVF"],
    }


def _half(samples: Samples) -> Samples:
    return np.trunc(samples / 2).astype(np.int32)


def _too_long(where: str) -> UnsupportedRecord:
    return UnsupportedRecord(
        f"{where} unpacks to more than {MAX_SAMPLES:,} samples a lead or {MAX_SAMPLES_TOGETHER:,} in all, which no "
        "resting ECG holds. It was not read further."
    )

"""Damages files: bytes, numbers, lengths, and the words of text files."""

from __future__ import annotations

import random
import re

NUMBERS = (b"0", b"-1", b"1e308", b"-1e308", b"1e-300", b"nan", b"inf", b"99999999999999999999", b"2147483648",
           b"-2147483649",           b"65536", b"0.001", b"1e9", b"")
WORDS = (b"../../../../etc/passwd", b"/dev/zero", b"/dev/stdin", b"\\\\server\\share", b"file:///etc/passwd", b"&xxe;",
         b"null", b"[[[[[[[[", b"{}", b"\xff\xfe", b"\x00" * 64, b"%s%n", b"'", b'"', b",", b"\n", b"\r", b"A" * 5000,
         "\N{MINUS SIGN}1".encode())
BYTES = (0, 1, 0x7F, 0x80, 0xFE, 0xFF)


def damaged(data: bytes, other: bytes, rng: random.Random) -> bytes:
    """`data` with one to six changes; `other` is a file to take pieces from."""
    for _ in range(rng.choice((1, 1, 1, 2, 3, 6))):
        data = rng.choice(_CHANGES)(data, other, rng)
    return data


def _place(data: bytes, rng: random.Random) -> int:
    """Headers are where most meaning is."""
    return rng.randrange(min(len(data), rng.choice((64, 512, 4096, 1 << 30)))) if data else 0


def _flip(data: bytes, _other: bytes, rng: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(rng.choice((1, 2, 8, 64))):
        if changed:
            changed[_place(data, rng)] = rng.choice(BYTES) if rng.random() < 0.5 else rng.randrange(256)
    return bytes(changed)


def _cut(data: bytes, _other: bytes, rng: random.Random) -> bytes:
    return data[:_place(data, rng)]


def _drop(data: bytes, _other: bytes, rng: random.Random) -> bytes:
    at = _place(data, rng)
    return data[:at] + data[at + rng.choice((1, 2, 4, 100)):]


def _repeat(data: bytes, _other: bytes, rng: random.Random) -> bytes:
    at = _place(data, rng)
    piece = data[at:at + rng.choice((1, 8, 200))]
    return data[:at] + piece * rng.choice((2, 50, 1000)) + data[at:]


def _integer(data: bytes, _other: bytes, rng: random.Random) -> bytes:
    at, size = _place(data, rng), rng.choice((1, 2, 4, 8))
    value = rng.choice((0, 1, -1, 2 ** (8 * size - 1) - 1, -(2 ** (8 * size - 1)), rng.randrange(1 << 7)))
    written = (value % (1 << 8 * size)).to_bytes(size, rng.choice(("little", "big")))
    return data[:at] + written + data[at + size:]


def _number(data: bytes, _other: bytes, rng: random.Random) -> bytes:
    """Another number in place of one written in digits."""
    found = list(re.finditer(rb"-?\d+(?:\.\d+)?", data[:1 << 16]))
    if not found:
        return _flip(data, b"", rng)
    one = rng.choice(found)
    return data[:one.start()] + rng.choice(NUMBERS) + data[one.end():]


def _word(data: bytes, _other: bytes, rng: random.Random) -> bytes:
    """Something hostile in place of a word."""
    found = list(re.finditer(rb"[A-Za-z_.]{2,}", data[:1 << 16]))
    if not found:
        return _flip(data, b"", rng)
    one = rng.choice(found)
    return data[:one.start()] + rng.choice(WORDS) + data[one.end():]


def _splice(data: bytes, other: bytes, rng: random.Random) -> bytes:
    return data[:_place(data, rng)] + other[_place(other, rng):]


_CHANGES = (_flip, _flip, _cut, _drop, _repeat, _integer, _integer, _number, _word, _splice)

"""Exact percentiles of numbers that are never in memory together.

Float32 numbers keep their order as unsigned integers once the sign is turned. The numbers at the wanted ranks are found
digit by digit, from the highest: three counts over all numbers, of 11, 11 and 10 bits (radix selection). Memory depends
on the number of percentiles alone, and the result is NumPy's to the last digit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mmae_core.record import FloatArray

DIGIT_BITS = (11, 11, 10)
Ranks = NDArray[np.int64]
Keys = NDArray[np.uint32]
Blocks = Callable[[], Iterable[FloatArray]]
"""Gives the same arrays (rows, any number) again each time it is called; NaN does not count."""


def streamed_percentiles(blocks: Blocks, levels: Sequence[float] | NDArray[np.float64]) -> NDArray[np.float64]:
    """(rows, levels) percentiles of each row over all blocks, equal to `numpy.nanpercentile`'s; NaN for an empty row.

    `blocks` is gone through four times.
    """
    shares = np.asarray(levels, np.float64) / 100
    counts = _counts(blocks)
    wanted = [_neighbours(int(count), shares) for count in counts]
    searches = [_Search(np.unique(np.concatenate(pair[:2])) if count else np.empty(0, np.int64))
                for pair, count in zip(wanted, counts, strict=True)]
    for bits in DIGIT_BITS:
        for search in searches:
            search.begin(bits)
        for block in blocks():
            for row, search in zip(block, searches, strict=True):
                search.count(ordered_keys(row[~np.isnan(row)]))
        for search in searches:
            search.narrow()
    found = np.full((len(counts), len(shares)), np.nan)
    for row, (count, (before, after, place), search) in enumerate(zip(counts, wanted, searches, strict=True)):
        if count:
            found[row] = _between(search.value_at(before), search.value_at(after), place)
    return found


def ordered_keys(values: FloatArray) -> Keys:
    """Unsigned integers in the order of float32 numbers without NaN."""
    bits = np.ascontiguousarray(values, np.float32).view(np.uint32)
    turned: Keys = np.where(bits >> 31, ~bits, bits | np.uint32(1 << 31))
    return turned


def _values(keys: Keys) -> FloatArray:
    bits = np.where(keys >> 31, keys & np.uint32((1 << 31) - 1), ~keys).astype(np.uint32)
    return bits.view(np.float32)


def _counts(blocks: Blocks) -> Ranks:
    """(rows,) how many numbers each row has over all blocks."""
    counts: Ranks | None = None
    for block in blocks():
        known = (~np.isnan(block)).sum(axis=1)
        counts = known if counts is None else counts + known
    if counts is None:
        raise ValueError("there is no block of numbers")
    return counts


def _neighbours(count: int, shares: NDArray[np.float64]) -> tuple[Ranks, Ranks, NDArray[np.float64]]:
    """Ranks on both sides of each share of `count` sorted numbers, and how far between them it lies."""
    at = (count - 1) * shares
    before = np.floor(at).astype(np.int64)
    is_last = at >= count - 1
    before[is_last] = max(count - 1, 0)
    return before, np.where(is_last, before, before + 1), np.where(is_last, 0.0, at - before)


def _between(before: FloatArray, after: FloatArray, place: NDArray[np.float64]) -> NDArray[np.float64]:
    """Linear interpolation in the order of operations of NumPy, which is exact at both ends."""
    step = after - before
    return np.where(place >= 0.5, after - step * (1 - place), before + step * place)


@dataclass
class _Search:
    """Finds the numbers at some ranks of one row."""

    ranks: Ranks
    """Ascending, from 0."""

    def __post_init__(self) -> None:
        self._within = self.ranks.copy()  # rank among the numbers that share the digits known so far
        self._prefixes = np.zeros(len(self.ranks), np.int64)
        self._tables: list[tuple[int, NDArray[np.int64]]] = []  # for each digit: its bits, and the slot each leads to
        self._bits = 0

    def begin(self, bits: int) -> None:
        """Count the next `bits` of numbers from now on."""
        self._bits = bits
        self._slots, self._slot_of = np.unique(self._prefixes, return_inverse=True)
        self._histogram = np.zeros((len(self._slots), 1 << bits), np.int64)

    def count(self, keys: Keys) -> None:
        """Count a block of numbers."""
        shift, slot = 32, np.zeros(len(keys), np.int64)
        for bits, table in self._tables:
            shift -= bits
            slot = table[slot, (keys >> np.uint32(shift)) & np.uint32((1 << bits) - 1)]
            keys, slot = keys[slot >= 0], slot[slot >= 0]
        shift -= self._bits
        digit = (keys >> np.uint32(shift)) & np.uint32((1 << self._bits) - 1)
        cells = np.bincount(slot << self._bits | digit, minlength=self._histogram.size)
        self._histogram += cells.reshape(self._histogram.shape)

    def narrow(self) -> None:
        """Choose the digit of each wanted number from the counts."""
        below = np.cumsum(self._histogram, axis=1)
        digits = np.array([np.searchsorted(below[slot], rank, side="right")
                           for slot, rank in zip(self._slot_of, self._within, strict=True)], np.int64)
        ahead = np.where(digits > 0, below[self._slot_of, np.maximum(digits - 1, 0)], 0)
        self._within = self._within - ahead
        self._prefixes = self._prefixes << self._bits | digits
        table = np.full(self._histogram.shape, -1, np.int64)
        table[self._slot_of, digits] = np.unique(self._prefixes, return_inverse=True)[1]
        self._tables.append((self._bits, table))

    def value_at(self, ranks: Ranks) -> FloatArray:
        """The numbers at ranks that are among those wanted."""
        return _values(self._prefixes[np.searchsorted(self.ranks, ranks)].astype(np.uint32))

"""Huffman coding of SCP-ECG samples (EN 1064, 5.5 and annex C): the default table and tables of the file's own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mmae_core.errors import UnreadableRecord
from mmae_core.readers.scp.sections import SectionBody

DEFAULT_TABLE_MARK = 19_999
"""Number of tables that stands for the default table."""
MAX_TABLES = 16
MAX_CODES = 1_024
MAX_LONG_CODES = 32
"""Of a table: codes whose prefix has more than 16 bits, which are looked for one by one."""
MAX_WORK_BITS = 24_000_000
"""Bits of all leads, times tables. Twelve full leads of 65,535 bytes with the default table have 6 million."""
MAX_CODE_BITS = 32
MAX_VALUE_BITS = 16

_STRUCTURE_BYTES = 9
_LOOKUP_BITS = 16


@dataclass(frozen=True)
class HuffmanCode:
    """One code: its first bits, and what they stand for."""

    prefix_bits: int
    total_bits: int
    """More than `prefix_bits` if the value itself follows, in two's complement."""
    value: int
    """Sample value, or the number of the table to go on with."""
    bits: int
    """The prefix, first bit lowest."""
    is_switch: bool = False

    @property
    def prefix(self) -> int:
        """The prefix, first bit highest."""
        return int(f"{self.bits:0{self.prefix_bits}b}"[::-1], 2)


Table = Sequence[HuffmanCode]


def default_table() -> Table:
    """Annex C: n ones, a zero and the sign for ±n up to 8; ten bits announce a value of 8 or 16 bits."""
    codes = [HuffmanCode(1, 1, 0, 0)]
    for size in range(1, 9):
        bits = size + 2
        ones = (1 << size) - 1
        codes += [HuffmanCode(bits, bits, size, ones), HuffmanCode(bits, bits, -size, ones | 1 << (size + 1))]
    return (*codes, HuffmanCode(10, 18, 0, 0b01_1111_1111), HuffmanCode(10, 26, 0, 0b11_1111_1111))


def read_tables(section: SectionBody) -> tuple[Table, ...]:
    """The tables of section 2. Raises UnreadableRecord if one is impossible."""
    (n_tables,) = section.unpack("H", 0)
    if n_tables == DEFAULT_TABLE_MARK:
        return (default_table(),)
    if not 0 < n_tables <= MAX_TABLES:
        raise UnreadableRecord(
            f"{section.file_name} states {n_tables} Huffman tables; 1 to {MAX_TABLES} are expected, or "
            f"{DEFAULT_TABLE_MARK} for the default one."
        )
    tables = []
    offset = 2
    for number in range(1, n_tables + 1):
        (n_codes,) = section.unpack("H", offset)
        offset += 2
        if not 0 < n_codes <= MAX_CODES:
            raise UnreadableRecord(f"Huffman table {number} of {section.file_name} states {n_codes} codes.")
        codes = []
        for _ in range(n_codes):
            prefix_bits, total_bits, mode, value, bits = section.unpack("BBBhI", offset)
            offset += _STRUCTURE_BYTES
            codes.append(_checked(
                HuffmanCode(prefix_bits, total_bits, value, bits & ((1 << min(prefix_bits, 32)) - 1), mode == 0),
                number, n_tables, section.file_name,
            ))
        if sum(code.prefix_bits > _LOOKUP_BITS for code in codes) > MAX_LONG_CODES:
            raise UnreadableRecord(
                f"Huffman table {number} of {section.file_name} has more than {MAX_LONG_CODES} codes of over "
                f"{_LOOKUP_BITS} bits."
            )
        tables.append(tuple(codes))
    return tuple(tables)


class HuffmanDecoder:
    """Decodes the samples of one lead after another with the same tables."""

    def __init__(self, tables: Sequence[Table], file_name: str) -> None:
        self._tables = [_Lookup(table) for table in tables]
        self._file_name = file_name
        self._work_bits = 0

    def decode(self, packed: bytes, n_samples: int) -> tuple[NDArray[np.int64], int]:
        """At most `n_samples` values and the bits that are left; fewer values when the bits end.

        Raises UnreadableRecord at bits that are no code.
        """
        n_bits = len(packed) * 8
        self._work_bits += n_bits * len(self._tables)
        if self._work_bits > MAX_WORK_BITS:
            raise UnreadableRecord(
                f"{self._file_name} holds more packed samples than any recording of its format. It is damaged."
            )
        padded = np.frombuffer(packed + bytes(8), np.uint8).astype(np.uint64)
        words = np.zeros(len(packed), np.uint64)
        for place in range(8):
            words |= padded[place : place + len(packed)] << np.uint64(56 - 8 * place)
        windows = (words[:, None] << np.arange(8, dtype=np.uint64)).ravel()  # 57 bits from each bit on are right
        found = {0: self._tables[0].codes_at(windows)}
        current, position = 0, 0
        positions: list[int] = []
        owners: list[int] = []
        steps, switches = self._tables[0].steps(found[0])
        known = {0: (steps, switches)}
        while len(positions) < n_samples and position < n_bits:
            step = steps[position]
            if not step:
                self._refuse_unless_padding(windows, position, n_bits)
                break
            if position + step > n_bits:
                break
            table = switches[position]
            if table:
                if not 0 < table <= len(self._tables):
                    raise UnreadableRecord(f"{self._file_name} goes on with Huffman table {table}, which it lacks.")
                current = table - 1
                if current not in known:
                    found[current] = self._tables[current].codes_at(windows)
                    known[current] = self._tables[current].steps(found[current])
                steps, switches = known[current]
            else:
                positions.append(position)
                owners.append(current)
            position += step
        at, tables = np.array(positions, np.int64), np.array(owners, np.int64)
        values = np.zeros(len(at), np.int64)
        for number, codes in found.items():
            chosen = tables == number
            values[chosen] = self._tables[number].values(windows[at[chosen]], codes[at[chosen]])
        return values, n_bits - position

    def _refuse_unless_padding(self, windows: NDArray[np.uint64], position: int, n_bits: int) -> None:
        if n_bits - position >= _LOOKUP_BITS:
            raise UnreadableRecord(
                f"{self._file_name} holds bits that are no Huffman code. The file is damaged: fetch it again."
            )


class _Lookup:
    """The codes of one table as arrays."""

    def __init__(self, table: Table) -> None:
        self._prefix_bits = np.array([0, *(code.prefix_bits for code in table)], np.int64)
        self._total_bits = np.array([0, *(code.total_bits for code in table)], np.int64)
        self._values = np.array([0, *(code.value for code in table)], np.int64)
        self._switch_to = np.array([0, *(code.value if code.is_switch else 0 for code in table)], np.int64)
        self._short = np.zeros(1 << _LOOKUP_BITS, np.int16)  # code by the first 16 bits; 0 is none
        self._long: list[tuple[int, int, int]] = []
        for number, code in enumerate(table, 1):
            if code.prefix_bits <= _LOOKUP_BITS:
                first = code.prefix << (_LOOKUP_BITS - code.prefix_bits)
                stretch = self._short[first : first + (1 << (_LOOKUP_BITS - code.prefix_bits))]
                stretch[stretch == 0] = number
            else:
                self._long.append((number, code.prefix_bits, code.prefix))

    def codes_at(self, windows: NDArray[np.uint64]) -> NDArray[np.int16]:
        """Which code begins at each bit; 0 for none."""
        codes: NDArray[np.int16] = self._short[windows >> np.uint64(64 - _LOOKUP_BITS)]
        for number, bits, prefix in self._long:
            codes[(codes == 0) & (windows >> np.uint64(64 - bits) == np.uint64(prefix))] = number
        return codes

    def steps(self, codes: NDArray[np.int16]) -> tuple[list[int], list[int]]:
        """Bits to the next code and table to go on with (0: the same), for each bit."""
        return self._total_bits[codes].tolist(), self._switch_to[codes].tolist()

    def values(self, windows: NDArray[np.uint64], codes: NDArray[np.int16]) -> NDArray[np.int64]:
        """The samples that codes stand for."""
        values = self._values[codes]
        prefix, extra = self._prefix_bits[codes], self._total_bits[codes] - self._prefix_bits[codes]
        follows = extra > 0
        shifted = windows[follows] << prefix[follows].astype(np.uint64)
        values[follows] = shifted.view(np.int64) >> (64 - extra[follows])  # keeps the sign
        return values


def _checked(code: HuffmanCode, number: int, n_tables: int, file_name: str) -> HuffmanCode:
    if (
        not 0 < code.prefix_bits <= code.total_bits <= MAX_CODE_BITS + MAX_VALUE_BITS
        or code.prefix_bits > MAX_CODE_BITS or code.total_bits - code.prefix_bits > MAX_VALUE_BITS
        or (code.is_switch and not 0 < code.value <= n_tables)
    ):
        raise UnreadableRecord(
            f"Huffman table {number} of {file_name} has an impossible code: {code.prefix_bits} of {code.total_bits} "
            f"bits, value {code.value}."
        )
    return code

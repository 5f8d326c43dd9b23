"""Writes a recording as a table: times in seconds, then one column of millivolts for each lead."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from mmae_core.files import formula_safe, replacing
from mmae_core.messages import Message
from mmae_core.record import EcgRecord
from mmae_core.writers.sample_blocks import blocks, left_out, require_traces
from mmae_core.writers.wfdb_record_writer import comments

SUFFIX = ".csv"
DECIMALS = 6
"""Of millivolts: a thousandth of a microvolt."""


def write(record: EcgRecord, path: Path, *, with_identity: bool = False) -> tuple[Message, ...]:
    """Write a table with comments above its heading; missing values are empty cells."""
    require_traces(record)
    with replacing(path) as temporary, temporary.open("w", encoding="utf-8", newline="\n") as stream:
        stream.writelines(f"# {line}\n" for line in comments(record, with_identity=with_identity))
        stream.write(f"# Sampling rate: {record.sampling_rate_hz:.10g} Hz\n")
        heads = [formula_safe(f"{_plain(name)} [mV]") for name in record.trace_names]
        stream.write(",".join(["time [s]", *heads]) + "\n")
        first = 0
        for block in blocks(record):
            times = (first + np.arange(block.shape[1])) / record.sampling_rate_hz
            for time_s, row in zip(times, block.T.astype(np.float64), strict=True):
                cells = ("" if np.isnan(value) else f"{value:.{DECIMALS}f}" for value in row)
                stream.write(f"{time_s:.9g},{','.join(cells)}\n")
            first += block.shape[1]
    return left_out(record)


def _plain(name: str) -> str:
    return "".join(" " if character in ",;\"\n[]()" else character for character in name)

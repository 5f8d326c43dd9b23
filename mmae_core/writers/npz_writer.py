"""Writes a recording as a NumPy archive that loads without unpickling."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from mmae_core.errors import UnsupportedRecord
from mmae_core.files import replacing
from mmae_core.messages import Message
from mmae_core.readers.limits import MAX_WHOLE_FILE_BYTES
from mmae_core.record import EcgRecord
from mmae_core.writers.sample_blocks import left_out, require_traces

SUFFIX = ".npz"


def write(record: EcgRecord, path: Path, *, with_identity: bool = False) -> tuple[Message, ...]:
    """Write `signal_mv` (leads, samples) float32, NaN where missing, `lead_names`, `sampling_rate_hz` and `doubts`.

    Raises UnsupportedRecord if it takes more memory than a file read whole may.
    """
    require_traces(record)
    n_bytes = 4 * len(record.trace_names) * record.n_samples
    if n_bytes > MAX_WHOLE_FILE_BYTES:
        raise UnsupportedRecord(
            f"{record.name} would take {n_bytes >> 20:,} MB as an array; at most {MAX_WHOLE_FILE_BYTES >> 20} MB are "
            "written. Write it as WFDB or EDF.")
    with replacing(path) as temporary, temporary.open("wb") as stream:
        np.savez_compressed(
            stream, signal_mv=record.read_traces(), lead_names=np.array(record.trace_names),
            sampling_rate_hz=np.array(record.sampling_rate_hz),
            doubts=np.array([str(doubt) for doubt in record.doubts] or [""])[:len(record.doubts)],
            identity=np.array([f"{title}: {value}" for title, value in record.identity] if with_identity else [], "U"),
        )
    return left_out(record)

"""Makes a record of an array of numbers and what is known about it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from mmae_core.errors import UnreadableRecord
from mmae_core.messages import Message
from mmae_core.readers.limits import MAX_CHANNELS
from mmae_core.readers.make_record import ReadChannel, make_record
from mmae_core.readers.recording_file import RecordingFile
from mmae_core.readers.signal_description import DescriptionNeeded, SignalDescription
from mmae_core.record import EcgRecord, StoredSignal


def record_of_array(
    file: RecordingFile, samples: NDArray[Any], *, format_name: str, known: SignalDescription,
    described: SignalDescription | None, columns: Sequence[str] = (), mv_per_step: Sequence[float | None] = (),
    doubts: Sequence[Message] = (), name: str = "", age_years: float | None = None,
    sex: Literal["male", "female"] | None = None, comments: Sequence[str] = (),
) -> EcgRecord:
    """A record of `samples` (channels, samples). What the file states (`known`) goes before what people say.

    `columns` are the file's own names of the channels and `mv_per_step` their units, None where not stated. Raises
    DescriptionNeeded if rate, unit or leads are known from neither.
    """
    if samples.ndim != 2 or not 0 < len(samples) <= MAX_CHANNELS or not samples.shape[1]:
        raise UnreadableRecord(f"{file.name} holds an array of shape {samples.shape}; channels x samples are expected.")
    said = described or SignalDescription()
    rate_hz = known.rate_hz or said.rate_hz
    names = known.lead_names or said.lead_names or tuple(columns)
    steps = [stated or known.mv_per_step or said.mv_per_step for stated in mv_per_step or [None] * len(samples)]
    missing = [what for what, is_missing in (
        ("rate", not rate_hz), ("unit", not all(steps)), ("leads", len(names) != len(samples))) if is_missing]
    if missing or rate_hz is None:
        raise DescriptionNeeded(file.name, missing, columns or [""] * len(samples))
    kept = [place for place, lead in enumerate(names) if lead]
    with np.errstate(over="ignore", invalid="ignore"):
        signal = samples[kept].astype(np.float32) * np.array([steps[place] for place in kept], np.float32)[:, None]
    signal[~np.isfinite(signal)] = np.nan
    kind = str(samples.dtype)
    channels = [
        ReadChannel(names[place], "mV", stored=StoredSignal(names[place], "mV", 1 / float(steps[place] or 1), rate_hz,
                                                            kind))
        for place in kept
    ]
    has_units = all(mv_per_step) if mv_per_step else bool(known.mv_per_step)
    told = [what for what, is_told in (
        ("rate", not known.rate_hz), ("unit", not has_units), ("leads", not (known.lead_names or columns))) if is_told]
    said_by = Message("Not stated in the file but by the person who opened it: {what}.", what=", ".join(told))
    return make_record(
        file, format_name=format_name, rate_hz=rate_hz, n_samples=signal.shape[1], channels=channels,
        read=lambda start, end: signal[:, start:end].copy(), name=name, doubts=(*doubts, *([said_by] if told else [])),
        age_years=age_years, sex=sex, comments=tuple(comments),
    )

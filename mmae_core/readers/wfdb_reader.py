"""WFDB records: a header `.hea` and the signal files it names."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from mmae_core.errors import UnreadableRecord, UnsupportedRecord
from mmae_core.readers.wfdb_annotations import ANNOTATORS, WfdbAnnotations, annotation_files
from mmae_core.readers.wfdb_header import MAX_HEADER_BYTES, NO_FILE, Signal, first_bytes, read_header, shortened
from mmae_core.readers.wfdb_signals import Samples, open_samples, voltage_factor
from mmae_core.record import (
    STANDARD_LEADS,
    Channel,
    EcgRecord,
    FloatArray,
    Source,
    StoredSignal,
    canonical_lead,
)

SUFFIX = ".hea"
UNCALIBRATED = "adu"
"""Unit of a channel whose header states no gain: the converter's own steps."""

ENCODINGS = {
    8: "8 bit differences", 16: "16 bit", 24: "24 bit", 32: "32 bit", 61: "16 bit, high byte first", 80: "8 bit",
    160: "16 bit", 212: "12 bit", 310: "10 bit", 311: "10 bit", 508: "8 bit FLAC", 516: "16 bit FLAC",
    524: "24 bit FLAC",
}
"""Sample formats of signal(5) in words."""

DERIVED = {"III": (-1.0, 1.0), "aVR": (-0.5, -0.5), "aVL": (1.0, -0.5), "aVF": (-0.5, 1.0)}
"""Einthoven's and Goldberger's leads as multiples of I and II."""


def claims(path: Path) -> bool:
    """Whether `path` names a WFDB record: its header, a signal or annotation file of it, or its bare name."""
    if path.suffix.lower() in {SUFFIX, ".dat"} or _beside(path).is_file():
        return True
    header = path.with_suffix(SUFFIX) if path.suffix else None
    if header is None or not header.is_file():
        return False
    return path.suffix[1:].lower() in ANNOTATORS or path.name in named_files(header)


def read(path: Path) -> EcgRecord:
    """Open a record; samples stay on disk until they are asked for.

    Raises UnreadableRecord if files are missing, damaged or not what the header says, and UnsupportedRecord if the
    record is intact but has no ECG lead in volts.
    """
    header_path = _header_of(path)
    header = read_header(header_path)
    if not header.n_signals:
        raise UnsupportedRecord(f"{header_path.name} describes no signals, so there is no ECG in it.")
    samples = open_samples(header)
    if not samples.n_frames:
        raise UnreadableRecord(f"{header_path.name} describes a record without samples.")
    leads = _leads(samples, header_path)
    others = [channel for channel in range(len(samples.signals)) if channel not in leads.values()]
    rate = max(signal.samples_per_frame for channel in leads.values() for signal in samples.written_as(channel))
    derived = [lead for lead in DERIVED if lead not in leads and {"I", "II"} <= leads.keys()]
    names = tuple(lead for lead in STANDARD_LEADS if lead in leads or lead in derived)
    return EcgRecord(
        name=header_path.stem,
        sampling_rate_hz=header.frame_rate_hz * rate,
        n_samples=samples.n_frames * rate,
        lead_names=names,
        source=Source(samples.paths, "WFDB"),
        read_leads=_LeadReader(samples, names, leads, rate),
        derived_leads=frozenset(derived),
        extra_channels=tuple(_extra_channel(samples, channel) for channel in others),
        read_extra_channels=_ChannelReader(samples, others, [None] * len(others), rate),
        start_time=header.start_time,
        annotations=WfdbAnnotations(annotation_files(header_path), header.frame_rate_hz),
        comments=header.comments,
        stored_signals=tuple(_stored(signal, header.frame_rate_hz) for signal in samples.signals),
    )


def record_headers(folder: Path) -> list[Path]:
    """Headers of the records directly in a folder, sorted; segments are left to the record they are part of."""
    headers = sorted(
        Path(entry.path) for entry in os.scandir(folder) if entry.name.lower().endswith(SUFFIX) and entry.is_file()
    )
    pieces = {name for header in headers for name in _segments(header)}
    return [header for header in headers if header.stem not in pieces]


class _ChannelReader:
    """Reads some channels at the record's rate, float32 (channels, samples)."""

    def __init__(self, samples: Samples, channels: Sequence[int], units: Sequence[str | None], rate: int) -> None:
        self._samples, self._channels, self._units, self._rate = samples, channels, units, rate

    def __call__(self, start: int, end: int) -> FloatArray:
        first, last = start // self._rate, -(-end // self._rate)
        stretch = self._samples.read(self._channels, self._units, first, last, self._rate)
        return stretch[:, start - first * self._rate : end - first * self._rate]


class _LeadReader:
    """Reads the standard leads in mV and derives the limb leads the file lacks."""

    def __init__(self, samples: Samples, names: tuple[str, ...], leads: dict[str, int], rate: int) -> None:
        recorded = [lead for lead in names if lead in leads]
        self._channels = _ChannelReader(samples, [leads[lead] for lead in recorded], ["mV"] * len(recorded), rate)
        self._names, self._recorded = names, recorded

    def __call__(self, start: int, end: int) -> FloatArray:
        recorded = self._channels(start, end)
        if len(recorded) == len(self._names):
            return recorded
        result = np.empty((len(self._names), end - start), np.float32)
        result[[self._names.index(lead) for lead in self._recorded]] = recorded
        lead_1, lead_2 = recorded[self._recorded.index("I")], recorded[self._recorded.index("II")]
        for row, lead in enumerate(self._names):
            if lead not in self._recorded:
                of_1, of_2 = DERIVED[lead]
                result[row] = of_1 * lead_1 + of_2 * lead_2
        return result


def _leads(samples: Samples, header_path: Path) -> dict[str, int]:
    """Channel of each standard lead, checked to be one and in volts."""
    leads: dict[str, int] = {}
    for channel, signal in enumerate(samples.signals):
        lead = canonical_lead(signal.description)
        if lead is None:
            continue
        if lead in leads:
            raise UnsupportedRecord(
                f"{header_path.name} describes lead {lead} more than once, so it is not known which one to show. "
                "Give the signals different names in the header."
            )
        leads[lead] = channel
        for written in samples.written_as(channel):
            _require_calibrated(written, lead, header_path)
    if not leads:
        found = ", ".join(shortened(signal.description or "unnamed", 20) for signal in samples.signals[:16])
        raise UnsupportedRecord(
            f"{header_path.name} holds no ECG lead. Found: {found}; expected any of {', '.join(STANDARD_LEADS)}.",
            code="leads",
        )
    return leads


def _require_calibrated(signal: Signal, lead: str, header_path: Path) -> None:
    if voltage_factor(signal.unit) is None:
        raise UnsupportedRecord(
            f"Lead {lead} of {header_path.name} is in '{shortened(signal.unit)}'; expected V, mV, µV or nV.",
            code="unit",
        )
    if not signal.gain:
        raise UnsupportedRecord(
            f"Lead {lead} of {header_path.name} has zero gain: it is not calibrated, so its millivolts are unknown. "
            "Write its gain (ADC units per mV) into the header.",
            code="unit",
        )


def _stored(signal: Signal, frame_rate_hz: float) -> StoredSignal:
    return StoredSignal(
        signal.description,
        signal.unit,
        signal.gain,
        frame_rate_hz * signal.samples_per_frame,
        ENCODINGS.get(signal.format, f"WFDB format {signal.format}"),
    )


def _extra_channel(samples: Samples, channel: int) -> Channel:
    signal = samples.signals[channel]
    return Channel(signal.description or f"signal {channel + 1}", signal.unit if signal.gain else UNCALIBRATED)


def _header_of(path: Path) -> Path:
    """The header a path stands for: itself, its folder's only one, or the one beside it."""
    if path.is_dir():
        return _only_record(path)
    if path.suffix.lower() == SUFFIX and path.exists():
        return path
    if _beside(path).is_file():
        return _beside(path)
    header = path.with_suffix(SUFFIX)
    if header.is_file():
        return header
    if not path.exists():
        raise UnreadableRecord(
            f"There is no record {path.name} in the folder {path.absolute().parent.name}.", code="missing"
        )
    naming = [header for header in record_headers(path.parent) if path.name in named_files(header)]
    if len(naming) == 1:
        return naming[0]
    if naming:
        raise UnreadableRecord(
            f"{path.name} belongs to two records or more ({_listed(naming)}), so it is not clear which to open. "
            "Open the header (.hea) instead.",
            code="ambiguous",
        )
    raise UnreadableRecord(
        f"{path.name} has no header: {header.name} is missing. Copy it into the same folder.", code="missing"
    )


def _only_record(folder: Path) -> Path:
    headers = record_headers(folder)
    name = folder.absolute().name
    if _beside(folder).is_file():
        if not headers:
            return _beside(folder)
        raise UnreadableRecord(
            f"{name} is the name of a record and of a folder with records ({_listed(headers)}). Open "
            f"{name}.hea or one of those.",
            code="ambiguous",
        )
    if not headers:
        raise UnreadableRecord(
            f"The folder {name} holds no WFDB record: there is no header (.hea) in it.", code="foreign"
        )
    if len(headers) > 1:
        raise UnreadableRecord(
            f"The folder {name} holds {len(headers)} records ({_listed(headers)}); one is expected. Open one of "
            "them.",
            code="ambiguous",
        )
    return headers[0]


def _beside(path: Path) -> Path:
    """`path` with the header's extension added; a record's name may contain dots."""
    return path.with_name(path.name + SUFFIX) if path.name else path


def _listed(headers: Sequence[Path]) -> str:
    names = [header.stem for header in headers[:3]]
    return ", ".join(names + ["..."] * (len(headers) > 3))


def named_files(header: Path) -> set[str]:
    """First words of a header's lines: the files it names. Says nothing about whether the header is sound."""
    return {words[0] for words in _words(header)[1:]}


def _segments(header: Path) -> set[str]:
    """Names of the records a multi-segment header is made of."""
    words = _words(header, 256)
    if not words or not re.fullmatch(r"[^\s/]+/\d+", words[0][0]):
        return set()
    return named_files(header) - {NO_FILE}


def _words(header: Path, most: int = MAX_HEADER_BYTES) -> list[list[str]]:
    """Words of a header's lines; none of a file that cannot be read, which says so when it is opened as a record."""
    try:
        lines = first_bytes(header, most).decode("latin-1").splitlines()
    except OSError:
        return []
    return [line.split() for line in lines if line.strip() and not line.lstrip().startswith("#")]

"""WFDB records: a header `.hea` and the signal files it names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from mmae_core.errors import UnreadableRecord, UnsupportedRecord
from mmae_core.messages import Message
from mmae_core.readers import wfdb_files
from mmae_core.readers.lead_names import lead_of
from mmae_core.readers.make_record import ReadChannel, make_record, shortened
from mmae_core.readers.recording_file import RecordingFile
from mmae_core.readers.voltage_units import voltage_factor
from mmae_core.readers.wfdb_annotations import WfdbAnnotations, annotation_files
from mmae_core.readers.wfdb_header import SignalLine, read_header
from mmae_core.readers.wfdb_signals import Samples, open_samples
from mmae_core.record import STANDARD_LEADS, EcgRecord, FloatArray, StoredSignal

FORMAT = "WFDB"
SUFFIXES = wfdb_files.SUFFIXES
UNCALIBRATED = "adu"
"""Unit of a channel whose header states no gain: the converter's own steps."""

ENCODINGS = {
    8: "8 bit differences", 16: "16 bit", 24: "24 bit", 32: "32 bit", 61: "16 bit, high byte first", 80: "8 bit",
    160: "16 bit", 212: "12 bit", 310: "10 bit", 311: "10 bit", 508: "8 bit FLAC", 516: "16 bit FLAC",
    524: "24 bit FLAC",
}
"""Sample formats of signal(5) in words."""
_RECORD_LINE = re.compile(rb"(?:\xef\xbb\xbf)?\s*+(?:#[^\r\n]*+[\r\n]++\s*+)*+[^\r\n#]{1,300}?\s\d{1,6}(?:\s|$)")


def claims(file: RecordingFile) -> bool:
    """Whether it is a header: text that begins with a record line, under a header's name."""
    if file.path is None or not wfdb_files.is_header(file.path):
        return False
    head = file.head
    return b"\0" not in head and _RECORD_LINE.match(head) is not None


def read(file: RecordingFile, part: str = "") -> EcgRecord:
    """Open a record by its header; samples stay on disk until they are asked for.

    Raises UnreadableRecord if files are missing, damaged or not what the header says, and UnsupportedRecord if the
    record is intact but has no channel in volts.
    """
    header_path = _header_of(file)
    wfdb_files.require_inside(header_path, header_path)
    header = read_header(header_path)
    if not header.n_signals:
        raise UnsupportedRecord(f"{header_path.name} describes no signals, so there is no ECG in it.")
    samples = open_samples(header)
    if not samples.n_frames:
        raise UnreadableRecord(f"{header_path.name} describes a record without samples.")
    _require_calibrated_leads(samples, header_path)
    rate = _samples_a_frame(samples)
    read_channels = partial(_read_channels, samples, rate)
    return make_record(
        RecordingFile.of(header_path),
        format_name=FORMAT,
        name=header_path.stem,
        rate_hz=header.frame_rate_hz * rate,
        n_samples=samples.n_frames * rate,
        channels=[_channel(samples, number, header.frame_rate_hz) for number in range(len(samples.signals))],
        read=partial(read_channels, range(len(samples.signals))),
        read_channels=read_channels,
        paths=samples.paths,
        start_time=header.start_time,
        start_time_note=header.start_time_note,
        doubts=(*samples.doubts, *_rate_doubts(samples, rate, header.frame_rate_hz)),
        annotations=WfdbAnnotations(annotation_files(header_path), header.frame_rate_hz),
        comments=header.comments,
    )


def _read_channels(samples: Samples, rate: int, channels: Sequence[int], start: int, end: int) -> FloatArray:
    """Some channels at `rate` samples a frame, those in volts in mV."""
    first, last = start // rate, -(-end // rate)
    units = ["mV" if _is_voltage(samples.signals[channel]) else None for channel in channels]
    stretch = samples.read(channels, units, first, last, rate)
    return stretch[:, start - first * rate : end - first * rate]


def _is_voltage(signal: SignalLine) -> bool:
    return bool(signal.gain) and voltage_factor(signal.unit) is not None


def _samples_a_frame(samples: Samples) -> int:
    """The finest among the leads; among all in volts if there is no lead."""
    voltages = [number for number, signal in enumerate(samples.signals) if _is_voltage(signal)]
    leads = [number for number in voltages if lead_of(samples.signals[number].description)[0] in STANDARD_LEADS]
    finest = (signal for number in leads or voltages for signal in samples.written_as(number))
    return max((signal.samples_per_frame for signal in finest), default=1)


def _rate_doubts(samples: Samples, rate: int, frame_rate_hz: float) -> tuple[Message, ...]:
    """That channels in volts were sampled at another rate than they are shown at."""
    others = [signal.description or f"signal {number + 1}" for number, signal in enumerate(samples.signals)
              if _is_voltage(signal) and any(one.samples_per_frame != rate for one in samples.written_as(number))]
    return (Message(
        "Sampled at other rates and shown at {rate_hz:.6g} Hz, values repeated or averaged: {channels}.",
        rate_hz=frame_rate_hz * rate, channels=", ".join(dict.fromkeys(others[:16]))),) if others else ()


def _channel(samples: Samples, number: int, frame_rate_hz: float) -> ReadChannel:
    signal = samples.signals[number]
    unit = "mV" if _is_voltage(signal) else signal.unit if signal.gain else UNCALIBRATED
    return ReadChannel(
        signal.description or f"signal {number + 1}", unit, stored=_stored(signal, frame_rate_hz)
    )


def _require_calibrated_leads(samples: Samples, header_path: Path) -> None:
    for number, signal in enumerate(samples.signals):
        lead, _ = lead_of(signal.description)
        if lead in STANDARD_LEADS:
            for written in samples.written_as(number):
                _require_calibrated(written, lead, header_path)


def _require_calibrated(signal: SignalLine, lead: str, header_path: Path) -> None:
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


def _stored(signal: SignalLine, frame_rate_hz: float) -> StoredSignal:
    return StoredSignal(
        signal.description,
        signal.unit,
        signal.gain,
        frame_rate_hz * signal.samples_per_frame,
        ENCODINGS.get(signal.format, f"WFDB format {signal.format}"),
    )


def _header_of(file: RecordingFile) -> Path:
    """The header: the file itself, or the one of a signal file."""
    if file.path is None:
        raise UnreadableRecord(f"{file.name} is part of a WFDB record, which is made of files: open its header there.")
    if wfdb_files.is_header(file.path):
        return file.path
    header = wfdb_files.main_file(file.path)
    if header is None:
        missing = wfdb_files.bare_path(file.path).name + wfdb_files.SUFFIX
        raise UnreadableRecord(
            f"{file.name} has no header: {missing} is missing. Copy it into the same folder.", code="missing"
        )
    return header

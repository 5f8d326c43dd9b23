"""Long recordings made of a short one by repetition, written piece by piece, to measure readers with."""

from __future__ import annotations

import binascii
import struct
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np

from mmae_core.files import replacing
from mmae_core.readers import read_record
from mmae_core.readers.ishne_reader import LEADS, MAGIC
from mmae_core.record import EcgRecord, FloatArray
from mmae_core.writers import suffix_of, write_recording

NV_PER_STEP = 1000
"""Resolution of the ISHNE files, in nanovolts."""
AMBULATORY_STORAGE = "1.2.840.10008.5.1.4.1.1.9.1.3"
"""DICOM's class of ambulatory ECGs."""


def repeated(record: EcgRecord, duration_s: float, rate_hz: float) -> EcgRecord:
    """`record` over and over for `duration_s`, its samples taken as if they had been recorded at `rate_hz`."""
    signal = np.nan_to_num(record.read())

    def read(start: int, end: int) -> FloatArray:
        return signal[:, np.arange(start, end) % signal.shape[1]]

    return replace(
        record, sampling_rate_hz=rate_hz, n_samples=round(duration_s * rate_hz), read_leads=read, extra_channels=(),
        read_extra_channels=None, annotations=(), doubts=())


def write_wfdb(record: EcgRecord, folder: Path) -> Path:
    """Write `record` as WFDB; returns the header."""
    return _write(record, folder, "wfdb")


def write_edf(record: EcgRecord, folder: Path) -> Path:
    """Write `record` as EDF+."""
    return _write(record, folder, "edf")


def write_ishne(record: EcgRecord, folder: Path) -> Path:
    """Write `record` as an ISHNE Holter recording of 1 µV a step."""
    n_leads = len(record.lead_names)
    codes = [LEADS.index(lead) for lead in record.lead_names] + [-9] * (12 - n_leads)
    fields = b"".join((
        struct.pack("<4i h", 0, record.n_samples, 522, 522, 1), bytes(100), struct.pack("<2h", 0, 0),
        struct.pack("<12h", 1, 1, 1950, 1, 1, 2020, 1, 1, 2020, 8, 0, 0), struct.pack("<h", n_leads),
        struct.pack("<12h", *codes), struct.pack("<12h", *[1] * 12), struct.pack("<12h", *[NV_PER_STEP] * 12),
        struct.pack("<h", 0), bytes(40), struct.pack("<h", round(record.sampling_rate_hz)), bytes(248),
    ))
    path = folder / "long.ecg"
    with replacing(path) as temporary, temporary.open("wb") as stream:
        stream.write(MAGIC + struct.pack("<H", binascii.crc_hqx(fields, 0xFFFF)) + fields)
        _write_steps(record, stream.write)
    return path


def write_dicom(record: EcgRecord, folder: Path) -> Path:
    """Write `record` as an ambulatory ECG in DICOM: a short one, in which samples and their number are replaced."""
    import pydicom
    from pydicom.uid import UID

    short = replace(record, n_samples=min(record.n_samples, round(10 * record.sampling_rate_hz)))
    path = folder / "long.dcm"
    write_recording(short, path, "dicom")
    data_set = pydicom.dcmread(path)
    data_set.SOPClassUID = data_set.file_meta.MediaStorageSOPClassUID = UID(AMBULATORY_STORAGE)
    sequence = data_set["WaveformSequence"]
    sequence.is_undefined_length = True  # so that no length but the samples' own depends on them
    group = data_set.WaveformSequence[0]
    group.is_undefined_length_sequence_item = True
    group.NumberOfWaveformSamples = record.n_samples
    for channel in group.ChannelDefinitionSequence:
        channel.ChannelSensitivity, channel.ChannelSensitivityCorrectionFactor, channel.ChannelBaseline = 1, 1, 0
    data_set.save_as(path)
    head, tail = _around_samples(path.read_bytes())
    n_bytes = 2 * len(record.lead_names) * record.n_samples
    with replacing(path) as temporary, temporary.open("wb") as stream:
        stream.write(head + struct.pack("<I", n_bytes))
        _write_steps(record, stream.write)
        stream.write(tail)
    return path


WRITERS: dict[str, Callable[[EcgRecord, Path], Path]] = {
    "WFDB": write_wfdb, "EDF": write_edf, "ISHNE": write_ishne, "DICOM": write_dicom,
}
"""Formats of which long recordings are made, by name of the reader."""


def demo_recording(folder: Path) -> EcgRecord:
    """The first of the recordings that come with the program."""
    return read_record(sorted(folder.glob("*.hea"))[0])


def _write(record: EcgRecord, folder: Path, name: str) -> Path:
    path = folder / f"long{suffix_of(name)}"
    write_recording(record, path, name)
    return path


def _write_steps(record: EcgRecord, write: Callable[[bytes], object]) -> None:
    """Write the samples in steps of 1 µV, sample after sample."""
    block = 1 << 16
    for start in range(0, record.n_samples, block):
        steps = np.round(record.read(start, start + block) * 1e3).astype("<i2")
        write(np.ascontiguousarray(steps.T).tobytes())


def _around_samples(content: bytes) -> tuple[bytes, bytes]:
    """What stands before the length of the first waveform's samples, and after the samples."""
    start = content.index(b"\x00\x54\x10\x10OW\0\0") + 8
    length, = struct.unpack_from("<I", content, start)
    return content[:start], content[start + 4 + length:]

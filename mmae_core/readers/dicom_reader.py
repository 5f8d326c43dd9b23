"""Reads DICOM waveforms: 12-lead, general and ambulatory ECG, and the ECG channels of hemodynamic recordings."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

import numpy as np

from mmae_core.errors import UnreadableRecord, UnsupportedRecord
from mmae_core.messages import Message
from mmae_core.readers.dicom import patient, tags
from mmae_core.readers.dicom.annotations import DeviceAnnotations, read_annotations
from mmae_core.readers.dicom.elements import PREAMBLE_BYTES, DataSet, ElementFile
from mmae_core.readers.dicom.groups import MultiplexGroup, average_beat_groups, has_average_label, read_groups
from mmae_core.readers.dicom.time_axis import TimeAxis
from mmae_core.readers.lead_names import lead_of
from mmae_core.readers.make_record import ReadChannel, make_record
from mmae_core.readers.recording_file import RecordingFile
from mmae_core.record import STANDARD_LEADS, AverageBeats, Device, EcgRecord

FORMAT = "DICOM"
SUFFIXES = (".dcm",)

MAX_AVERAGE_BEAT_SAMPLES = 100_000

_DIRECTORY = "1.2.840.10008.1.3.10"
_KINDS = {
    "1.2.840.10008.5.1.4.1.1.104.1": "a PDF document",
    "1.2.840.10008.5.1.4.1.1.7": "a picture",
    "1.2.840.10008.5.1.4.1.1.88.": "a structured report",
    _DIRECTORY: "the index of a medium; open one of the files it lists",
}
"""What a file holds, by the beginning of its SOP class, where it may be taken for an ECG."""
_FIRST_GROUP_2 = b"\x02\x00\x00\x00UL\x04\x00"
_FIRST_ELEMENTS = (0x0000, 0x0001, 0x0005, 0x0008, 0x0012, 0x0016)
"""Elements of group 8 with which a data set without file header may begin."""


_STORAGE_CLASS = re.compile(rb"1\.2\.840\.10008\.5\.1\.4\.1\.1\.([0-9.]+)")
_WAVEFORMS = b"9."
"""The branch of the storage classes that holds waveforms."""
_CLASS_WITHIN = 1024


def claims(file: RecordingFile) -> bool:
    """Whether it begins as DICOM does, with the file header of PS3.10 or without, and is stored as a waveform.

    Images and reports, such as those this program exports, are no recordings.
    """
    head = file.head
    stored_as = _STORAGE_CLASS.search(head[:_CLASS_WITHIN])
    if stored_as is not None and not stored_as[1].startswith(_WAVEFORMS):
        return False
    return _begins_as_dicom(head)


def _begins_as_dicom(head: bytes) -> bool:
    if head[PREAMBLE_BYTES : PREAMBLE_BYTES + 4] == b"DICM" or head.startswith(_FIRST_GROUP_2):
        return True
    if len(head) < PREAMBLE_BYTES or head[:2] != b"\x08\x00" or head[3] or head[2] not in _FIRST_ELEMENTS:
        return False
    return head[4:6] in (b"UL", b"CS", b"DA", b"UI") or (head[5:8] == b"\0\0\0" and head[4] <= 64)


def read(file: RecordingFile, part: str = "") -> EcgRecord:
    """Open a DICOM file; `part` is not used, for it holds one recording.

    Raises UnreadableRecord if it is damaged, UnsupportedRecord if it holds no ECG or one that cannot be scaled.
    """
    del part
    if not _begins_as_dicom(file.head):
        raise UnreadableRecord(f"{file.name} does not begin as a DICOM file does: it is damaged or something else.")
    data_set = ElementFile(file, tags.SEQUENCES, tags.DATA_SET, tags.WAVEFORM_ANNOTATIONS).data_set
    groups, doubts = _groups_of(data_set)
    averages = average_beat_groups(groups)
    axis = TimeAxis([group for group in groups if group not in averages])
    annotations = read_annotations(data_set, groups, axis)
    acquired, note = patient.acquisition_time(data_set)
    if isinstance(acquired, datetime):
        acquired += timedelta(seconds=axis.start_s)
    channels = axis.described()
    return make_record(
        file,
        format_name=FORMAT,
        name=re.sub(r"\.[A-Za-z]\w*$", "", file.name),  # files named by their UID have no suffix: 1.2.840.10008.5
        rate_hz=axis.rate_hz,
        n_samples=axis.n_samples,
        channels=[
            ReadChannel(channel.name, channel.unit, channel.lead_code, stored=channel.stored,
                        is_computed=channel.is_computed) for channel in channels
        ],
        read=axis.read,
        start_time=acquired,
        start_time_note=note,
        annotations=annotations.marks,
        doubts=[*doubts, *annotations.doubts, *_doubts(groups, averages, axis)],
        device=_device(data_set, annotations, axis),
        average_beats=_average_beats(averages),
        age_years=patient.age_years(data_set, acquired),
        sex=patient.sex(data_set),
        identity=patient.identity(data_set),
    )


def _groups_of(data_set: DataSet) -> tuple[tuple[MultiplexGroup, ...], tuple[Message, ...]]:
    if data_set.items(tags.WAVEFORM_SEQUENCE):
        return read_groups(data_set)
    name, sop_class = data_set.content.name, data_set.text(tags.SOP_CLASS_UID)
    kind = next((words for beginning, words in _KINDS.items() if sop_class.startswith(beginning)), "")
    if not kind and not data_set.elements:
        raise UnreadableRecord(f"{name} holds no DICOM data set. The file is damaged or incomplete: fetch it again.")
    kind = kind or f"modality {data_set.text(tags.MODALITY)[:16] or 'not stated'}"
    raise UnsupportedRecord(
        f"{name} is DICOM without a waveform ({kind}). An ECG with samples is expected: export it as 12-Lead ECG "
        "Waveform.",
        code="foreign",
    )


def _doubts(
    groups: tuple[MultiplexGroup, ...], averages: tuple[MultiplexGroup, ...], axis: TimeAxis
) -> list[Message]:
    doubts = [doubt for group in groups if group not in averages for doubt in group.doubts]
    if axis.lacks_offsets:
        doubts.append(Message(
            "The file does not say how its {n} groups of channels lie in time; they are shown as simultaneous.",
            n=len(axis.groups),
        ))
    if not averages and len(groups) == 1 and has_average_label(groups[0]):
        doubts.append(Message("The file holds average beats only, no continuous recording."))
    skews_s = [channel.skew_s for channel in axis.described() if channel.skew_s]
    if skews_s:
        doubts.append(Message(
            "Channels were sampled up to {skew_ms:.3g} ms apart; they are shifted by whole samples.",
            skew_ms=1000 * max(abs(skew) for skew in skews_s),
        ))
    return list(dict.fromkeys(doubts))


def _device(data_set: DataSet, annotations: DeviceAnnotations, axis: TimeAxis) -> Device:
    filters = dict.fromkeys(text for channel in axis.described() for text in channel.filters)
    return Device(
        manufacturer=data_set.text(tags.MANUFACTURER)[:200], model=data_set.text(tags.MODEL_NAME)[:200],
        statements=annotations.statements, measurements=annotations.measurements, filters=tuple(filters),
    )


def _average_beats(averages: tuple[MultiplexGroup, ...]) -> AverageBeats | None:
    """The leads of the first group of average beats, and of others that are sampled alike."""
    if not averages or averages[0].n_samples > MAX_AVERAGE_BEAT_SAMPLES:
        return None
    first = averages[0]
    found = {}
    for group in averages:
        if group.n_samples != first.n_samples or group.rate_hz != first.rate_hz:
            continue
        values = group.read(0, group.n_samples)
        for row, channel in enumerate(group.channels):
            lead, is_inverted = lead_of(channel.name, channel.lead_code)
            if lead is not None and channel.unit == "mV" and lead not in found:
                found[lead] = -values[row] if is_inverted else values[row]
    if not found:
        return None
    order = [lead for lead in STANDARD_LEADS if lead in found]
    order += [lead for lead in found if lead not in STANDARD_LEADS]
    return AverageBeats(
        tuple(order), first.rate_hz, np.array([found[lead] for lead in order], np.float32), first.label.lower()
    )

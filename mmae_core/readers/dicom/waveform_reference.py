"""Where the leads of a DICOM recording stand in its file, so that another file can point at them (PS3.3, C.18.5)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from mmae_core.readers.dicom import tags
from mmae_core.readers.dicom.elements import ElementFile
from mmae_core.readers.dicom.groups import average_beat_groups, read_groups
from mmae_core.readers.dicom.time_axis import TimeAxis
from mmae_core.readers.lead_names import lead_of
from mmae_core.readers.recording_file import RecordingFile

_UID = re.compile(r"(0|[1-9]\d*)(\.(0|[1-9]\d*))+", re.ASCII)
_UID_LENGTH = 64
_SOP_INSTANCE, _STUDY, _SERIES = 0x00080018, 0x0020000D, 0x0020000E


@dataclass(frozen=True)
class ChannelPlace:
    """A channel of the file that holds a stretch of a lead."""

    group: int
    """Multiplex group, from 1."""
    channel: int
    """Within the group, from 1."""
    rate_hz: float
    n_samples: int
    start_s: float
    """Time of its first sample in the recording."""

    def positions(self, start_s: float, end_s: float) -> tuple[int, int] | None:
        """The first and last of its samples between two times, counted from 1; None if it has none."""
        first = round((start_s - self.start_s) * self.rate_hz) + 1
        last = max(first, round((end_s - self.start_s) * self.rate_hz))
        if last < 1 or first > self.n_samples:
            return None
        return max(1, first), min(self.n_samples, last)


@dataclass(frozen=True)
class WaveformReference:
    """Identifies a waveform object and its channels."""

    sop_class_uid: str
    sop_instance_uid: str
    study_uid: str
    series_uid: str
    places: Mapping[str, tuple[ChannelPlace, ...]]
    """Lead -> its channels, more than one where groups follow each other; computed leads are absent."""

    def place(self, lead: str, start_s: float, end_s: float) -> ChannelPlace | None:
        """The channel that holds most of a stretch of a lead; None if no channel holds any of it."""
        def held(place: ChannelPlace) -> int:
            found = place.positions(start_s, end_s)
            return 0 if found is None else found[1] - found[0] + 1

        best = max(self.places.get(lead, ()), key=held, default=None)
        return best if best is not None and held(best) else None


def waveform_reference(path: Path) -> WaveformReference | None:
    """Of a DICOM file; None if one of its identifiers is missing or no UID (PS3.5, 9.1), as others could not find it.

    Raises UnreadableRecord, UnsupportedRecord.
    """
    wanted = tags.DATA_SET | {_SOP_INSTANCE, _STUDY, _SERIES}
    data_set = ElementFile(RecordingFile.of(path), tags.SEQUENCES, wanted, tags.WAVEFORM_ANNOTATIONS).data_set
    sop_class, instance, study, series = (
        data_set.text(tag) for tag in (tags.SOP_CLASS_UID, _SOP_INSTANCE, _STUDY, _SERIES)
    )
    if not all(len(uid) <= _UID_LENGTH and _UID.fullmatch(uid) for uid in (sop_class, instance, study, series)):
        return None
    groups, _ = read_groups(data_set)
    averages = average_beat_groups(groups)
    axis = TimeAxis([group for group in groups if group not in averages])
    places: dict[str, tuple[ChannelPlace, ...]] = {}
    for stretches in axis.channels:
        first = axis.groups[stretches[0].group].channels[stretches[0].row]
        lead, _ = lead_of(first.name, first.lead_code)
        if lead is None or lead in places:
            continue
        places[lead] = tuple(
            ChannelPlace(
                group.number, part.row + 1, group.rate_hz, group.n_samples,
                (group.offset_s or 0.0) - axis.start_s + group.channels[part.row].skew_s,
            )
            for part in stretches for group in (axis.groups[part.group],)
        )
    return WaveformReference(sop_class, instance, study, series, places)

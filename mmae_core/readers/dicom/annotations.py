"""What the device says about a DICOM waveform: statements, measurements and marks (PS3.3, C.10.10)."""

from __future__ import annotations

from dataclasses import dataclass

from mmae_core.messages import Message
from mmae_core.readers.dicom import tags
from mmae_core.readers.dicom.elements import DataSet
from mmae_core.readers.dicom.groups import Code, MultiplexGroup
from mmae_core.readers.dicom.time_axis import TimeAxis
from mmae_core.readers.lead_names import lead_of
from mmae_core.record import Annotation, DeviceMeasurement

MAX_STATEMENTS = 1_000
MAX_MEASUREMENTS = 5_000
MAX_MARKS = 400_000
MAX_TEXT = 2_000

DOUBT_PREFIX = "Doubt: "
"""Begin of a statement that tells of a doubt about the recording, as this program writes it."""

_STRETCHES = frozenset({"SEGMENT", "MULTISEGMENT"})
_ANNOTATOR = "device"


@dataclass(frozen=True)
class DeviceAnnotations:
    """The annotations of a file by kind."""

    statements: tuple[str, ...]
    measurements: tuple[DeviceMeasurement, ...]
    marks: tuple[Annotation, ...]
    doubts: tuple[Message, ...]


def read_annotations(data_set: DataSet, groups: tuple[MultiplexGroup, ...], axis: TimeAxis) -> DeviceAnnotations:
    """Sort the annotations: values without a place are measurements, texts statements, anything with a time a mark.

    Marks in the average beats are left out, because they have no place in the recording.
    """
    statements: list[str] = []
    measurements: list[DeviceMeasurement] = []
    marks: list[Annotation] = []
    for item in data_set.items(tags.WAVEFORM_ANNOTATIONS):
        place = _Place.of(item, groups, axis)
        label = _label(item)
        if place.is_in_average_beat:
            continue
        if place.times_s:
            if label and len(marks) < MAX_MARKS:
                marks += [Annotation(start, end, label, place.lead, _ANNOTATOR) for start, end in place.times_s]
        elif item.text(tags.NUMERIC_VALUE):
            if len(measurements) < MAX_MEASUREMENTS:
                measurements.append(_measurement(item, place.channel_name))
        elif label and label not in statements and len(statements) < MAX_STATEMENTS:
            statements.append(label)
    doubts = [text.removeprefix(DOUBT_PREFIX) for text in statements if text.startswith(DOUBT_PREFIX)]
    return DeviceAnnotations(
        tuple(text for text in statements if not text.startswith(DOUBT_PREFIX)), tuple(measurements), tuple(marks),
        tuple(Message("The file says: {text}", text=text) for text in doubts),
    )


@dataclass(frozen=True)
class _Place:
    """Where an annotation lies."""

    times_s: tuple[tuple[float, float | None], ...]
    channel_name: str
    lead: str | None
    is_in_average_beat: bool

    @classmethod
    def of(cls, item: DataSet, groups: tuple[MultiplexGroup, ...], axis: TimeAxis) -> _Place:
        referenced = item.integers(tags.REFERENCED_CHANNELS, 2)
        group = next((group for group in groups if referenced and group.number == referenced[0]), None)
        row = referenced[1] - 1 if len(referenced) > 1 else -1
        # One pair names one channel; with more the annotation concerns several.
        has_channel = group is not None and len(referenced) == 2 and 0 <= row < len(group.channels)
        name, lead = "", None
        if has_channel and group is not None:
            channel = group.channels[row]
            lead = lead_of(channel.name, channel.lead_code)[0]
            name = lead or channel.name
        samples = item.integers(tags.REFERENCED_SAMPLES, 4)
        offsets_s = _numbers(item, tags.REFERENCED_TIME_OFFSETS) if tags.REFERENCED_TIME_OFFSETS in item else ()
        if group is not None and group not in axis.groups:
            return cls((), name, lead, bool(samples))
        points: tuple[float, ...] = ()
        if samples and (group is not None or len(axis.groups) == 1):
            home = group or axis.groups[0]
            begin_s = (home.offset_s or 0.0) - axis.start_s
            points = tuple(begin_s + (sample - 1) / home.rate_hz for sample in samples)  # the first sample is 1
        elif offsets_s:
            points = tuple(offset - axis.start_s for offset in offsets_s)
        kind = item.text(tags.TEMPORAL_RANGE_TYPE).upper()
        return cls(_ranges(points, kind, axis.n_samples / axis.rate_hz), name, lead, False)


def _ranges(points: tuple[float, ...], kind: str, duration_s: float) -> tuple[tuple[float, float | None], ...]:
    """Begin and end of each stretch; an end of None for an instant. What lies outside the recording is left out."""
    if kind in _STRETCHES:
        pairs: list[tuple[float, float | None]] = list(zip(points[::2], points[1::2], strict=False))
    elif kind == "BEGIN":
        pairs = [(point, duration_s) for point in points]
    elif kind == "END":
        pairs = [(0.0, point) for point in points]
    else:
        pairs = [(point, None) for point in points]
    return tuple(
        (start, end) for start, end in pairs if 0 <= start <= duration_s and (end is None or start <= end <= duration_s)
    )


def _numbers(item: DataSet, tag: int) -> tuple[float, ...]:
    try:
        return tuple(float(text) for text in item.texts(tag))
    except ValueError:
        return ()


def _label(item: DataSet) -> str:
    """The words of an annotation."""
    text = " ".join(item.text(tags.UNFORMATTED_TEXT).split())
    if text:
        return text[:MAX_TEXT]
    concept, value = Code.of(item, tags.CONCEPT_NAME), Code.of(item, tags.CONCEPT_CODE)
    words = [code.meaning or code.value for code in (concept, value)]
    number = item.text(tags.NUMERIC_VALUE)
    if number:
        words.append(f"{number} {_unit(item)}".strip())
    return ": ".join(word for word in words if word)[:MAX_TEXT]


def _measurement(item: DataSet, channel_name: str) -> DeviceMeasurement:
    concept = Code.of(item, tags.CONCEPT_NAME)
    name = concept.meaning or concept.value
    return DeviceMeasurement(
        f"{name} ({channel_name})" if channel_name else name, item.text(tags.NUMERIC_VALUE)[:MAX_TEXT], _unit(item)
    )


def _unit(item: DataSet) -> str:
    """The unit as people write it; UCUM writes no unit as 1 and annotations in braces."""
    unit = Code.of(item, tags.MEASUREMENT_UNITS).value
    return "" if unit in ("1", "{unitless}") else unit

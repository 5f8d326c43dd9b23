"""What the device says about a DICOM waveform: statements, measurements and marks (PS3.3, C.10.10)."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from mmae_core.messages import Message
from mmae_core.readers.dicom import tags
from mmae_core.readers.dicom.elements import DataSet
from mmae_core.readers.dicom.groups import CodedConcept, MultiplexGroup
from mmae_core.readers.dicom.time_axis import TimeAxis
from mmae_core.readers.lead_names import lead_of
from mmae_core.record import Annotation, DeviceMeasurement

MAX_STATEMENTS = 1_000
MAX_MEASUREMENTS = 5_000
MAX_MARKS = 400_000
MAX_TEXT = 2_000
MAX_FORMS = 10_000

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
    statements: dict[str, None] = {}
    measurements: list[DeviceMeasurement] = []
    marks: list[Annotation] = []
    for form, samples in _forms(data_set, groups, axis):
        if form.is_in_average_beat:
            continue
        times_s = form.times_s(samples, axis)
        if times_s:
            if form.label and len(marks) < MAX_MARKS:
                marks += [Annotation(start, end, form.label, form.lead, _ANNOTATOR) for start, end in times_s]
        elif form.measurement is not None:
            if len(measurements) < MAX_MEASUREMENTS:
                measurements.append(form.measurement)
        elif form.label and len(statements) < MAX_STATEMENTS:
            statements[form.label] = None
    doubts = [text.removeprefix(DOUBT_PREFIX) for text in statements if text.startswith(DOUBT_PREFIX)]
    return DeviceAnnotations(
        tuple(text for text in statements if not text.startswith(DOUBT_PREFIX)), tuple(measurements), tuple(marks),
        tuple(Message("The file says: {text}", text=text) for text in doubts),
    )


@dataclass(frozen=True)
class _Form:
    """An annotation without its sample positions. Those of a day of beats differ in nothing else."""

    label: str
    measurement: DeviceMeasurement | None
    """None if it has no value."""
    lead: str | None
    home: MultiplexGroup | None
    """The group whose samples are counted; None when it is not known."""
    offsets_s: tuple[float, ...]
    """Times after the acquisition, for annotations placed by time."""
    range_type: str
    is_in_average_beat: bool

    @classmethod
    def of(cls, item: DataSet, groups: tuple[MultiplexGroup, ...], axis: TimeAxis) -> _Form:
        referenced = item.integers(tags.REFERENCED_CHANNELS, 2)
        group = next((group for group in groups if referenced and group.number == referenced[0]), None)
        row = referenced[1] - 1 if len(referenced) > 1 else -1
        name, lead = "", None
        # One pair names one channel; with more the annotation concerns several.
        if group is not None and len(referenced) == 2 and 0 <= row < len(group.channels):
            channel = group.channels[row]
            lead = lead_of(channel.name, channel.lead_code)[0]
            name = lead or channel.name
        is_apart = group is not None and group not in axis.groups
        offsets_s = _numbers(item, tags.REFERENCED_TIME_OFFSETS) if tags.REFERENCED_TIME_OFFSETS in item else ()
        return cls(
            label=_label(item), measurement=_measurement(item, name) if item.text(tags.NUMERIC_VALUE) else None,
            lead=lead, home=group or (axis.groups[0] if len(axis.groups) == 1 else None),
            offsets_s=() if is_apart else offsets_s, range_type=item.text(tags.TEMPORAL_RANGE_TYPE).upper(),
            is_in_average_beat=is_apart and tags.REFERENCED_SAMPLES in item,
        )

    def times_s(self, samples: tuple[int, ...], axis: TimeAxis) -> tuple[tuple[float, float | None], ...]:
        """Begin and end of each stretch it concerns, on the axis of the recording."""
        points: tuple[float, ...] = ()
        if samples and self.home is not None:
            begin_s = (self.home.offset_s or 0.0) - axis.start_s
            points = tuple(begin_s + (sample - 1) / self.home.rate_hz for sample in samples)  # the first sample is 1
        elif self.offsets_s:
            points = tuple(offset - axis.start_s for offset in self.offsets_s)
        return _ranges(points, self.range_type, axis.n_samples / axis.rate_hz)


def _forms(
    data_set: DataSet, groups: tuple[MultiplexGroup, ...], axis: TimeAxis
) -> Iterator[tuple[_Form, tuple[int, ...]]]:
    """Each annotation and its sample positions. Items that differ in their positions alone are read once."""
    content = data_set.content
    needle = struct.pack(f"{content.order}HH", tags.REFERENCED_SAMPLES >> 16, tags.REFERENCED_SAMPLES & 0xFFFF)
    known: dict[tuple[bytes, bytes], _Form] = {}
    for item in content.stored_items(data_set):
        begin = item.content.find(needle) + 8  # tag, value representation and length, or a longer length
        length_at = begin - (4 if content.is_implicit else 2)
        size = int.from_bytes(item.content[length_at:begin], "little" if content.order == "<" else "big")
        key = (item.content[:begin], item.content[begin + size :])
        form = known.get(key) if begin >= 8 else None
        if form is not None:
            yield form, struct.unpack(f"{content.order}{size // 4}I", item.content[begin : begin + size // 4 * 4])
            continue
        parsed = content.parsed(item)
        form = _Form.of(parsed, groups, axis)
        place = parsed.elements.get(tags.REFERENCED_SAMPLES)
        if place is not None and (place.offset, place.length) == (item.offset + begin, size) and len(known) < MAX_FORMS:
            known[key] = form
        yield form, parsed.integers(tags.REFERENCED_SAMPLES, 4)


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
    concept, value = CodedConcept.of(item, tags.CONCEPT_NAME), CodedConcept.of(item, tags.CONCEPT_CODE)
    words = [code.meaning or code.value for code in (concept, value)]
    number = item.text(tags.NUMERIC_VALUE)
    if number:
        words.append(f"{number} {_unit(item)}".strip())
    return ": ".join(word for word in words if word)[:MAX_TEXT]


def _measurement(item: DataSet, channel_name: str) -> DeviceMeasurement:
    concept = CodedConcept.of(item, tags.CONCEPT_NAME)
    name = concept.meaning or concept.value
    return DeviceMeasurement(
        f"{name} ({channel_name})" if channel_name else name, item.text(tags.NUMERIC_VALUE)[:MAX_TEXT], _unit(item)
    )


def _unit(item: DataSet) -> str:
    """The unit as people write it; UCUM writes no unit as 1 and annotations in braces."""
    unit = CodedConcept.of(item, tags.MEASUREMENT_UNITS).value
    return "" if unit in ("1", "{unitless}") else unit

"""Mortara's ELI XML (root `ECG`): base64 channels with attributes, and the typical cycle."""

from __future__ import annotations

from datetime import datetime
from xml.etree.ElementTree import Element

from mmae_core.errors import UnreadableRecord, UnsupportedRecord
from mmae_core.messages import Message
from mmae_core.readers.make_record import ReadChannel, make_record, shortened
from mmae_core.readers.recording_file import RecordingFile
from mmae_core.readers.xml.averages import average_beats
from mmae_core.readers.xml.device_fields import MAX_STATEMENTS, filters, measurements
from mmae_core.readers.xml.elements import attribute, child, children, one_line, to_number
from mmae_core.readers.xml.samples import (
    DecodedChannel,
    SignalInMemory,
    base64_bytes,
    require_few,
    samples_of_bytes,
    scaled,
    side_by_side,
)
from mmae_core.readers.xml.times import age_at, age_in_years, day_of, hl7_time, sex_of
from mmae_core.record import Device, EcgRecord

FORMAT = "Mortara"
SUFFIXES = (".xml",)

_MEASUREMENTS = (
    ("P_DURATION", "P duration", "ms"), ("PR_DURATION", "PR interval", "ms"), ("QRS_DURATION", "QRS duration", "ms"),
    ("QT", "QT interval", "ms"), ("QTC", "QTc interval", "ms"), ("QTB", "QTc interval (Bazett)", "ms"),
    ("QTF", "QTc interval (Fridericia)", "ms"), ("P_AXIS", "P axis", "°"), ("QRS_AXIS", "QRS axis", "°"),
    ("T_AXIS", "T axis", "°"),
)
"""Attributes of the typical cycle."""
_IDENTITY = (("ID", "Patient ID"), ("LAST_NAME", "Last name"), ("FIRST_NAME", "First name"), ("DOB", "Date of birth"))


def claims(file: RecordingFile) -> bool:
    """Whether the root element is `ECG` with Mortara's attributes or elements in the first 64 KiB."""
    marks = (b"ACQUISITION_TIME", b"<TYPICAL_CYCLE", b"UNITS_PER_MV")
    return file.is_xml_of({"ECG"}) and any(mark in file.head.replace(b"\0", b"") for mark in marks)


def read(file: RecordingFile, part: str = "") -> EcgRecord:  # one recording a file
    """The rhythm channels; the typical cycle is kept apart.

    Raises UnreadableRecord if the file is damaged, UnsupportedRecord if it holds no rhythm or states no scale.
    """
    root = file.parse_xml()
    elements = children(root, "CHANNEL")
    if not elements:
        raise UnsupportedRecord(
            f"{file.name} holds no rhythm (CHANNEL), so there is no trace to show. Export the ECG again with it."
        )
    require_few(elements, file.name)
    rate = _rate_hz(elements[0], file.name)
    doubts: list[Message] = []
    channels = []
    for element in elements:
        name = attribute(element, "", "NAME") or "unnamed"
        if _rate_hz(element, file.name, rate) != rate:
            doubts.append(Message("Channel {channel} has another sampling rate and is left out.", channel=name))
        else:
            channels.append(_channel(element, element, name, file.name, doubts))
    signal, short = side_by_side(channels, file.name)
    start, offset = hl7_time(attribute(root, "", "ACQUISITION_TIME"))
    subject = child(root, "SUBJECT")
    return make_record(
        file,
        format_name=FORMAT,
        rate_hz=rate,
        n_samples=signal.shape[1],
        channels=[ReadChannel(channel.name, channel.unit, stored=channel.stored(rate)) for channel in channels],
        read=SignalInMemory(signal),
        start_time=start,
        start_time_note=Message("Local time, {offset}.", offset=offset) if offset else None,
        comments=tuple(filter(None, [attribute(root, "", "COMMENT")])),
        doubts=[*doubts, *short],
        device=_device(root),
        average_beats=average_beats(lambda: _typical_cycle(root, file.name), "typical cycle"),
        age_years=_age(root, subject, start),
        sex=sex_of(attribute(subject, "", "GENDER")),
        identity=[(name, value) for field, name in _IDENTITY if (value := attribute(subject, "", field))],
    )


def _rate_hz(element: Element, file_name: str, default: float | None = None) -> float:
    rate = to_number(attribute(element, "", "SAMPLE_FREQ"))
    if rate is None and default is not None:
        return default
    if rate is None or rate <= 0:
        raise UnreadableRecord(f"{file_name} states no usable sampling rate (SAMPLE_FREQ). Export the ECG again.")
    return rate


def _channel(
    element: Element, scale: Element, name: str, file_name: str, doubts: list[Message]
) -> DecodedChannel:
    """Samples of one element; `scale` carries the attributes on how they are stored."""
    where = f"lead {shortened(name, 20)} of {file_name}"
    per_mv = to_number(attribute(scale, "", "UNITS_PER_MV"))
    if not per_mv:
        raise UnsupportedRecord(
            f"The header of {where} does not state its steps per millivolt (UNITS_PER_MV), so its millivolts are "
            "unknown. Export the ECG again.",
            code="unit",
        )
    stored = [attribute(scale, "", field).upper() for field in ("ENCODING", "FORMAT", "BITS")]
    if stored[0] not in ("", "BASE64") or stored[1] not in ("", "SIGNED") or stored[2] not in ("", "8", "16", "32"):
        raise UnsupportedRecord(
            f"The samples of {where} are stored as '{shortened(' '.join(stored), 30)}'; expected signed numbers of 8, "
            "16 or 32 bits in base64. Export the ECG in another format."
        )
    bits = int(stored[2] or 16)
    samples = samples_of_bytes(base64_bytes(element.get("DATA"), where), bits // 8, where)
    if element is scale:
        doubts.extend(_channel_doubts(element, name, len(samples)))
    return DecodedChannel(name, scaled(samples, 1 / per_mv), step=1 / per_mv, encoding=f"{bits} bit")


def _channel_doubts(element: Element, name: str, n_samples: int) -> list[Message]:
    """DURATION counts samples in some files and milliseconds in others; OFFSET was only ever seen as 0."""
    doubts = []
    stated = to_number(attribute(element, "", "DURATION"))
    rate = to_number(attribute(element, "", "SAMPLE_FREQ")) or 0.0
    if stated is not None and n_samples not in (stated, round(stated * rate / 1000)):
        doubts.append(
            Message(
                "The header states {stated:,.0f} samples for lead {lead}; {found:,} are stored.",
                stated=stated, lead=name, found=n_samples,
            )
        )
    if to_number(attribute(element, "", "OFFSET")):
        doubts.append(Message("The header states an offset for lead {lead}, which is not applied.", lead=name))
    return doubts


def _typical_cycle(root: Element, file_name: str) -> tuple[list[DecodedChannel], float]:
    """Channels and rate of the typical cycle; no channels if there is none."""
    cycle = child(root, "TYPICAL_CYCLE")
    if cycle is None:
        return [], 1.0
    elements = children(cycle, "TYPICAL_CYCLE_CHANNEL")
    require_few(elements, file_name)
    channels = [_channel(element, cycle, attribute(element, "", "NAME"), file_name, []) for element in elements]
    return channels, _rate_hz(cycle, file_name)


def _age(root: Element, subject: Element | None, start: datetime | None) -> float | None:
    for element in (root, subject):
        age = to_number(attribute(element, "", "AGE"))
        if age is not None:
            return age_in_years(age, attribute(element, "", "AGE_UNITS"))
    return age_at(day_of(attribute(subject, "", "DOB"), "%Y%m%d"), start)


def _device(root: Element) -> Device:
    source, cycle = child(root, "SOURCE"), child(root, "TYPICAL_CYCLE")
    statements = children(child(root, "AUTOMATIC_INTERPRETATION"), "STATEMENT")[:MAX_STATEMENTS]
    lines = [one_line(f"{item.get('TEXT', '')} {_in_brackets(item.get('REASON', ''))}") for item in statements]
    return Device(
        manufacturer=attribute(source, "", "MANUFACTURER") or "Mortara",
        model=attribute(source, "", "MODEL"),
        statements=tuple(line for line in lines if line),
        measurements=measurements(
            [("Ventricular rate", attribute(root, "", "VENT_RATE"), "/min"),
             ("Mean RR interval", attribute(root, "", "AVERAGE_RR"), "ms"),
             ("QRS complexes", attribute(root, "", "NUM_QRS"), "")]
            + [(name, attribute(cycle, "", field), unit) for field, name, unit in _MEASUREMENTS]
        ),
        filters=filters(
            to_number(attribute(source, "", "HIGH_PASS_FILTER")), to_number(attribute(source, "", "LOW_PASS_FILTER")),
            to_number(attribute(source, "", "NOTCH_FILTER")),
        ),
    )


def _in_brackets(reason: str) -> str:
    return f"[{reason.strip()}]" if reason.strip() else ""

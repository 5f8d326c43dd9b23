"""Schiller's XML export (`com.xiriuz.sema.xml.schillerEDI.SchillerEDI`): rhythm and average beats in numbers."""

from __future__ import annotations

from itertools import islice
from xml.etree.ElementTree import Element

from mmae_core.errors import UnreadableRecord, UnsupportedRecord
from mmae_core.messages import Message
from mmae_core.readers.make_record import ReadChannel, make_record, shortened
from mmae_core.readers.recording_file import RecordingFile
from mmae_core.readers.xml.averages import average_beats
from mmae_core.readers.xml.device_fields import MAX_STATEMENTS, filters, measurements
from mmae_core.readers.xml.elements import child, children, descendants, text_at, to_number
from mmae_core.readers.xml.samples import (
    DecodedChannel,
    SignalInMemory,
    listed_numbers,
    millivolts_per,
    require_few,
    scaled,
    side_by_side,
)
from mmae_core.readers.xml.times import age_at, age_in_years, date_and_time, day_of, sex_of
from mmae_core.record import Device, EcgRecord

FORMAT = "Schiller"
SUFFIXES = (".xml",)
ROOT = "com.xiriuz.sema.xml.schillerEDI.SchillerEDI"

_IDENTITY = (
    ("id", "Patient ID"), ("lastname", "Last name"), ("firstname", "First name"), ("birthdate", "Date of birth"),
)
_UNITS = {"HR": "/min", "PAXIS": "°", "QRSAXIS": "°", "TAXIS": "°"}
"""Units of global annotations that are no times in ms."""


def claims(file: RecordingFile) -> bool:
    """Whether the root element is Schiller's."""
    return file.is_xml_of({ROOT, "SchillerEDI"})


def read(file: RecordingFile, part: str = "") -> EcgRecord:  # one recording a file
    """The rhythm; the average beats are kept apart.

    Raises UnreadableRecord if the file is damaged, UnsupportedRecord if it holds no rhythm or states no unit.
    """
    root = file.parse_xml()
    waveforms = list(descendants(root, "wavedata"))
    rhythms = [waveform for waveform in waveforms if _type(waveform).startswith("ECG_RHYTHM")]
    if not rhythms:
        found = ", ".join(sorted({shortened(_type(waveform), 20) for waveform in waveforms}))
        raise UnsupportedRecord(
            f"{file.name} holds no rhythm (found: {found or 'no waveform'}), so there is no trace to show. Export the "
            "ECG again with its rhythm."
        )
    doubts: list[Message] = []
    if len(rhythms) > 1:
        doubts.append(
            Message("The file holds {count} rhythm waveforms; the first of them is shown.", count=len(rhythms))
        )
    rate = _rate_hz(rhythms[0], file.name)
    channels = _channels(rhythms[0], file.name, doubts)
    signal, short = side_by_side(channels, file.name)
    patient = child(root, "patdata")
    start = date_and_time(
        text_at(root, "examdescript/startdatetime/date"), text_at(root, "examdescript/startdatetime/time"), "%Y%m%d"
    )
    return make_record(
        file,
        format_name=FORMAT,
        rate_hz=rate,
        n_samples=signal.shape[1],
        channels=[ReadChannel(channel.name, channel.unit, stored=channel.stored(rate)) for channel in channels],
        read=SignalInMemory(signal),
        start_time=start,
        doubts=[*doubts, *short],
        device=_device(root, rhythms[0]),
        average_beats=average_beats(lambda: _averages(waveforms, file.name), "average"),
        age_years=age_in_years(to_number(text_at(patient, "age")), "a")
        or age_at(day_of(text_at(patient, "birthdate"), "%Y%m%d"), start),
        sex=sex_of(text_at(patient, "gender")),
        identity=[(name, text_at(patient, field)) for field, name in _IDENTITY if text_at(patient, field)],
    )


def _type(waveform: Element) -> str:
    return text_at(waveform, "type").upper()


def _rate_hz(waveform: Element, name: str) -> float:
    """Samples a second. An exponent of 1 is in every file known; what another would mean is not."""
    rate = to_number(text_at(waveform, "resolution/samplerate/value"))
    exponent = to_number(text_at(waveform, "resolution/samplerate/exponent"))
    if rate is None or rate <= 0:
        raise UnreadableRecord(f"{name} states no usable sampling rate (samplerate). Export the ECG again.")
    if exponent not in (None, 0.0, 1.0):
        raise UnsupportedRecord(
            f"{name} states its sampling rate with the exponent {exponent:g}; 1 is expected. Export the ECG in another "
            "format.",
            code="rate",
        )
    return rate


def _channels(waveform: Element, file_name: str, doubts: list[Message]) -> list[DecodedChannel]:
    where = f"the {shortened(_type(waveform), 20)} of {file_name}"
    per_bit = to_number(text_at(waveform, "resolution/yres/unitperbit"))
    if not per_bit:
        raise UnsupportedRecord(
            f"The header of {where} does not state the voltage of one step (unitperbit), so its millivolts are "
            "unknown. Export the ECG again.",
            code="unit",
        )
    step_mv = per_bit * millivolts_per(text_at(waveform, "resolution/yres/units"), where)
    channels = children(waveform, "channel")
    require_few(channels, file_name)
    return [_channel(channel, step_mv, file_name, doubts) for channel in channels]


def _channel(channel: Element, step_mv: float, file_name: str, doubts: list[Message]) -> DecodedChannel:
    name = text_at(channel, "name") or "unnamed"
    where = f"lead {shortened(name, 20)} of {file_name}"
    kind = text_at(channel, "datastype").upper()
    if kind not in ("", "COMMASEPARATE"):
        raise UnsupportedRecord(
            f"The samples of {where} are stored as '{shortened(kind, 20)}'; expected COMMASEPARATE. Export the ECG "
            "again with numbers set apart by commas."
        )
    data = child(channel, "data")
    numbers = listed_numbers(None if data is None else data.text, where, ",")
    stated = to_number(text_at(channel, "samplecount"))
    if stated is not None and stated != len(numbers):
        doubts.append(
            Message(
                "The header states {stated:,.0f} samples for lead {lead}; {found:,} are stored.",
                stated=stated, lead=name, found=len(numbers),
            )
        )
    return DecodedChannel(name, scaled(numbers, step_mv), step=step_mv)


def _averages(waveforms: list[Element], file_name: str) -> tuple[list[DecodedChannel], float]:
    """Channels and rate of the average beats; no channels if there are none."""
    average = next((waveform for waveform in waveforms if _type(waveform).startswith("ECG_AVERAGE")), None)
    if average is None:
        return [], 1.0
    return _channels(average, file_name, []), _rate_hz(average, file_name)


def _device(root: Element, rhythm: Element) -> Device:
    device = next(descendants(root, "aquiringdevice"), None)  # the format's own spelling
    stated = []
    for annotation in descendants(root, "annotation_global"):
        names, values = children(annotation, "name"), children(annotation, "value")
        stated += [(text_at(name), text_at(value)) for name, value in zip(names, values, strict=False)]
    return Device(
        manufacturer=text_at(device, "hardware/vendor") or "Schiller",
        model=text_at(device, "hardware/model"),
        statements=tuple(
            text for found in islice(descendants(root, "interpretation"), MAX_STATEMENTS) if (text := text_at(found))
        ),
        measurements=measurements((name, value, _UNITS.get(name.upper(), "")) for name, value in stated),
        filters=filters(
            to_number(text_at(rhythm, "filter/highpass")), to_number(text_at(rhythm, "filter/lowpass")),
            to_number(text_at(rhythm, "filter/notch")),
        ),
    )

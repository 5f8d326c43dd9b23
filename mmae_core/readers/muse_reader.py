"""GE MUSE XML (`RestingECG`): eight recorded leads of a resting ECG, the median beat, the device's measurements.

Every file has a DOCTYPE. The median waveform often comes first. Headers identify patient and device
(`PharmaUniqueECGID` holds serial number and time), so nothing of them is ever logged. The high-pass filter is stated in
hundredths of a hertz: 16 is 0.16 Hz.
"""

from __future__ import annotations

import zlib
from xml.etree.ElementTree import Element

from mmae_core.errors import UnreadableRecord, UnsupportedRecord
from mmae_core.messages import Message
from mmae_core.readers.make_record import ReadChannel, make_record, shortened
from mmae_core.readers.recording_file import RecordingFile
from mmae_core.readers.xml.averages import average_beats
from mmae_core.readers.xml.device_fields import MAX_STATEMENTS, filters, measurements
from mmae_core.readers.xml.elements import child, children, text_at, to_number
from mmae_core.readers.xml.samples import (
    DecodedChannel,
    SignalInMemory,
    base64_bytes,
    millivolts_per,
    require_few,
    samples_of_bytes,
    scaled,
    side_by_side,
)
from mmae_core.readers.xml.times import age_in_years, date_and_time, sex_of
from mmae_core.record import AverageBeats, Device, EcgRecord

FORMAT = "GE MUSE"
SUFFIXES = (".xml",)

MEASUREMENTS = (
    ("VentricularRate", "Ventricular rate", "/min"), ("AtrialRate", "Atrial rate", "/min"),
    ("PRInterval", "PR interval", "ms"), ("QRSDuration", "QRS duration", "ms"), ("QTInterval", "QT interval", "ms"),
    ("QTCorrected", "QTc interval", "ms"), ("QTcFrederica", "QTc interval (Fridericia)", "ms"),
    ("PAxis", "P axis", "°"), ("RAxis", "QRS axis", "°"), ("TAxis", "T axis", "°"), ("QRSCount", "QRS complexes", ""),
)
"""Element, name and unit of the measurements of the whole recording."""

_IDENTITY = (
    ("PatientID", "Patient ID"), ("PatientLastName", "Last name"), ("PatientFirstName", "First name"),
    ("DateofBirth", "Date of birth"), ("Race", "Race"),
)


def claims(file: RecordingFile) -> bool:
    """Whether the root element is MUSE's."""
    return file.is_xml_of({"RestingECG"})


def read(file: RecordingFile, part: str = "") -> EcgRecord:  # one recording a file
    """The rhythm waveform; limb leads that are not stored are derived, the median waveform is kept apart.

    Raises UnreadableRecord if the file is damaged, UnsupportedRecord if it holds no rhythm or states no unit.
    """
    root = file.parse_xml()
    rhythms = [waveform for waveform in children(root, "Waveform") if _type(waveform) == "rhythm"]
    if not rhythms:
        found = ", ".join(sorted({shortened(_type(waveform), 20) for waveform in children(root, "Waveform")}))
        raise UnsupportedRecord(
            f"{file.name} holds no rhythm waveform (found: {found or 'no waveform'}), so there is no trace to show. "
            "Export the ECG again with its rhythm."
        )
    rhythm, doubts = rhythms[0], []
    if len(rhythms) > 1:
        doubts.append(
            Message("The file holds {count} rhythm waveforms; the first of them is shown.", count=len(rhythms))
        )
    rate = _rate_hz(rhythm, root, file.name)
    channels = _channels(rhythm, file.name, doubts)
    signal, short = side_by_side(channels, file.name)
    patient, test = child(root, "PatientDemographics"), child(root, "TestDemographics")
    return make_record(
        file,
        format_name=FORMAT,
        rate_hz=rate,
        n_samples=signal.shape[1],
        channels=[ReadChannel(channel.name, channel.unit, stored=channel.stored(rate)) for channel in channels],
        read=SignalInMemory(signal),
        start_time=date_and_time(text_at(test, "AcquisitionDate"), text_at(test, "AcquisitionTime"), "%m-%d-%Y"),
        doubts=[*doubts, *short],
        device=_device(root, rhythm),
        average_beats=_median(root, file.name),
        age_years=age_in_years(to_number(text_at(patient, "PatientAge")), text_at(patient, "AgeUnits")),
        sex=sex_of(text_at(patient, "Gender")),
        identity=[(name, text_at(patient, field)) for field, name in _IDENTITY if text_at(patient, field)],
    )


def _type(waveform: Element) -> str:
    return text_at(waveform, "WaveformType").lower()


def _rate_hz(waveform: Element, root: Element, name: str) -> float:
    """SampleBase times ten to the SampleExponent."""
    base = to_number(text_at(waveform, "SampleBase"))
    exponent = to_number(text_at(waveform, "SampleExponent")) or 0.0
    if base is None:
        base = to_number(text_at(root, "RestingECGMeasurements/ECGSampleBase"))
        exponent = to_number(text_at(root, "RestingECGMeasurements/ECGSampleExponent")) or 0.0
    if base is None or base <= 0 or abs(exponent) > 9:
        raise UnreadableRecord(f"{name} states no usable sampling rate (SampleBase). Export the ECG again.")
    return float(base * 10.0**exponent)


def _channels(waveform: Element, name: str, doubts: list[Message]) -> list[DecodedChannel]:
    leads = children(waveform, "LeadData")
    require_few(leads, name)
    return [_channel(lead, name, doubts) for lead in leads]


def _channel(lead: Element, file_name: str, doubts: list[Message]) -> DecodedChannel:
    lead_name = text_at(lead, "LeadID") or "unnamed"
    where = f"lead {shortened(lead_name, 20)} of {file_name}"
    per_bit = to_number(text_at(lead, "LeadAmplitudeUnitsPerBit"))
    if not per_bit:
        raise UnsupportedRecord(
            f"The header of {where} does not state the voltage of one step (LeadAmplitudeUnitsPerBit), so "
            "its millivolts are unknown. Export the ECG again.",
            code="unit",
        )
    step_mv = per_bit * millivolts_per(text_at(lead, "LeadAmplitudeUnits"), where)
    data_element = child(lead, "WaveFormData")
    data = base64_bytes(None if data_element is None else data_element.text, where)
    size = int(to_number(text_at(lead, "LeadSampleSize")) or 2)
    samples = samples_of_bytes(data, size, where)
    doubts.extend(_lead_doubts(lead, lead_name, data, len(samples)))
    return DecodedChannel(lead_name, scaled(samples, step_mv), step=step_mv, encoding=f"{8 * size} bit")


def _lead_doubts(lead: Element, name: str, data: bytes, n_samples: int) -> list[Message]:
    """What the header of a lead says against its samples."""
    doubts = []
    stated = to_number(text_at(lead, "LeadSampleCountTotal"))
    if stated is not None and stated != n_samples:
        doubts.append(
            Message(
                "The header states {stated:,.0f} samples for lead {lead}; {found:,} are stored.",
                stated=stated, lead=name, found=n_samples,
            )
        )
    checksum = to_number(text_at(lead, "LeadDataCRC32"))
    if checksum and checksum != zlib.crc32(data):
        doubts.append(Message("The checksum of lead {lead} does not fit its samples.", lead=name))
    if to_number(text_at(lead, "FirstSampleBaseline")) or to_number(text_at(lead, "LeadOffsetFirstSample")):
        doubts.append(Message("The header states an offset for lead {lead}, which is not applied.", lead=name))
    if text_at(lead, "LeadOff").lower() == "true":
        doubts.append(Message("The device reported the electrode of lead {lead} as off.", lead=name))
    return doubts


def _median(root: Element, file_name: str) -> AverageBeats | None:
    waveform = next((found for found in children(root, "Waveform") if _type(found) == "median"), None)
    if waveform is None:
        return None
    return average_beats(lambda: (_channels(waveform, file_name, []), _rate_hz(waveform, root, file_name)), "median")


def _device(root: Element, rhythm: Element) -> Device:
    stated = child(root, "RestingECGMeasurements")
    high_pass_hundredths = to_number(text_at(rhythm, "HighPassFilter"))
    return Device(
        manufacturer="GE",
        model=text_at(root, "TestDemographics/AcquisitionDevice"),
        statements=_statements(child(root, "Diagnosis")),
        measurements=measurements((name, text_at(stated, field), unit) for field, name, unit in MEASUREMENTS),
        filters=filters(
            high_pass_hundredths / 100 if high_pass_hundredths else None,
            to_number(text_at(rhythm, "LowPassFilter")),
            to_number(text_at(rhythm, "ACFilter")),
        ),
    )


def _statements(diagnosis: Element | None) -> tuple[str, ...]:
    """Lines of the diagnosis: texts up to one with the flag ENDSLINE."""
    lines: list[list[str]] = [[]]
    for statement in children(diagnosis, "DiagnosisStatement")[:MAX_STATEMENTS]:
        lines[-1].append(text_at(statement, "StmtText"))
        if any(text_at(flag).upper() == "ENDSLINE" for flag in children(statement, "StmtFlag")):
            lines.append([])
    return tuple(text for line in lines if (text := " ".join(filter(None, line))))


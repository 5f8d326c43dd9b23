"""Philips Sierra XML 1.03 and 1.04 (`restingecgdata`): XLI-compressed or plain leads, averages, measurements."""

from __future__ import annotations

import re
from collections.abc import Sequence
from xml.etree.ElementTree import Element

import numpy as np

from mmae_core.errors import UnreadableRecord, UnsupportedRecord
from mmae_core.messages import Message
from mmae_core.readers.lead_names import standard_lead
from mmae_core.readers.make_record import ReadChannel, make_record, shortened
from mmae_core.readers.recording_file import RecordingFile
from mmae_core.readers.sierra.calibration import calibration_start
from mmae_core.readers.sierra.xli import Samples, decompress, restore_limb_leads
from mmae_core.readers.xml.averages import average_beats
from mmae_core.readers.xml.device_fields import MAX_STATEMENTS, filters, measurements
from mmae_core.readers.xml.elements import attribute, child, children, descendants, text_at, to_number
from mmae_core.readers.xml.samples import (
    DecodedChannel,
    SignalInMemory,
    base64_bytes,
    listed_numbers,
    samples_of_bytes,
    scaled,
    side_by_side,
)
from mmae_core.readers.xml.times import age_at, age_in_years, date_and_time, day_of, sex_of
from mmae_core.record import STANDARD_LEADS, Device, EcgRecord

FORMAT = "Philips Sierra"
SUFFIXES = (".xml",)
VERSIONS = ("1.03", "1.04")
"""Versions read; further parts of a version (1.04.01) are ignored."""
MAX_LEADS = 32

_MEASUREMENTS = (
    ("heartrate", "Heart rate", "/min"), ("atrialrate", "Atrial rate", "/min"), ("rrint", "RR interval", "ms"),
    ("pdur", "P duration", "ms"), ("print", "PR interval", "ms"), ("meanprint", "PR interval", "ms"),
    ("qrsdur", "QRS duration", "ms"), ("meanqrsdur", "QRS duration", "ms"), ("qtint", "QT interval", "ms"),
    ("meanqtint", "QT interval", "ms"), ("meanqtc", "QTc interval", "ms"), ("qtcb", "QTc interval (Bazett)", "ms"),
    ("qtcf", "QTc interval (Fridericia)", "ms"), ("pfrontaxis", "P axis", "°"), ("qrsfrontaxis", "QRS axis", "°"),
    ("tfrontaxis", "T axis", "°"),
)


def claims(file: RecordingFile) -> bool:
    """Whether the root element is `restingecgdata`."""
    return file.is_xml_of({"restingecgdata"})


def read(file: RecordingFile, part: str = "") -> EcgRecord:  # one recording a file
    """All leads without the appended calibration pulse; the averages are kept apart.

    Raises UnreadableRecord if the file is damaged, UnsupportedRecord for other versions and unknown encodings.
    """
    root = file.parse_xml()
    _require_version(root, file.name)
    waveform = child(root, "waveforms/parsedwaveforms")
    if waveform is None:
        raise UnsupportedRecord(f"{file.name} holds no waveforms (parsedwaveforms), so there is no trace to show.")
    signal_fields = child(root, "dataacquisition/signalcharacteristics")
    rate = _rate_hz(waveform, signal_fields, file.name)
    step_mv = _step_mv(waveform, signal_fields, file.name)
    labels = _labels(root, waveform, signal_fields, file.name)
    leads = _samples(waveform, labels, file.name)
    channels = [
        DecodedChannel(name, scaled(samples, step_mv), step=step_mv, encoding="16 bit")
        for name, samples in leads.items()
    ]
    signal, short = side_by_side(channels, file.name)
    doubts = [*short, *_length_doubts(waveform, signal.shape[1], rate)]
    pulse = calibration_start(signal, rate)
    if pulse:
        doubts.append(
            Message(
                "The device appended a calibration pulse of 1 mV from {start_s:.3f} s on; it is left out.",
                start_s=pulse / rate,
            )
        )
        signal = signal[:, :pulse]
    start = date_and_time(
        attribute(root, "dataacquisition", "date"), attribute(root, "dataacquisition", "time"), "%Y-%m-%d"
    )
    patient = child(root, "patient/generalpatientdata")
    return make_record(
        file,
        format_name=FORMAT,
        rate_hz=rate,
        n_samples=signal.shape[1],
        channels=[ReadChannel(channel.name, channel.unit, stored=channel.stored(rate)) for channel in channels],
        read=SignalInMemory(signal),
        start_time=start,
        doubts=doubts,
        device=_device(root, waveform, signal_fields),
        average_beats=average_beats(lambda: _averages(root, file.name), "average"),
        age_years=age_in_years(to_number(text_at(patient, "age/years")), "a")
        or age_at(day_of(text_at(patient, "age/dateofbirth"), "%Y-%m-%d"), start),
        sex=sex_of(text_at(patient, "sex")),
        identity=_identity(patient),
    )


def _require_version(root: Element, name: str) -> None:
    version = text_at(root, "documentinfo/documentversion")
    if not version.startswith(VERSIONS):
        raise UnsupportedRecord(
            f"{name} is of version {shortened(version, 20) or 'unknown'}; {' and '.join(VERSIONS)} are read. Export "
            "the ECG as version 1.04."
        )


def _first_number(*texts: str) -> float | None:
    return next((value for text in texts if (value := to_number(text)) is not None), None)


def _rate_hz(waveform: Element, signal_fields: Element | None, name: str) -> float:
    rate = _first_number(attribute(waveform, "", "samplespersecond"), text_at(signal_fields, "samplingrate"))
    if rate is None or rate <= 0:
        raise UnreadableRecord(f"{name} states no usable sampling rate (samplingrate). Export the ECG again.")
    return rate


def _step_mv(waveform: Element, signal_fields: Element | None, name: str) -> float:
    """Millivolts of one step: the resolution is in microvolts."""
    resolution = _first_number(
        attribute(waveform, "", "resolution"), text_at(signal_fields, "resolution"),
        text_at(signal_fields, "signalresolution"),
    )
    if not resolution:
        raise UnsupportedRecord(
            f"{name} does not state the voltage of one step (resolution), so its millivolts are unknown. Export the "
            "ECG again.",
            code="unit",
        )
    offset = _first_number(attribute(waveform, "", "signaloffset"), text_at(signal_fields, "signaloffset"))
    bits = _first_number(
        attribute(waveform, "", "bitspersample"), attribute(waveform, "", "nbitspersample"),
        text_at(signal_fields, "bitspersample"),
    )
    if offset or bits not in (None, 16.0):
        raise UnsupportedRecord(
            f"{name} stores samples of {bits or 16:g} bits with the offset {offset or 0:g}; 16 bits without offset are "
            "expected. Export the ECG in another format."
        )
    return resolution / 1000


def _labels(root: Element, waveform: Element, signal_fields: Element | None, name: str) -> list[str]:
    """Lead names in the order stored; files of version 1.03 state the number only, and twelve are the standard ones."""
    labels = attribute(waveform, "", "leadlabels").split()
    count = int(
        _first_number(attribute(waveform, "", "numberofleads"), text_at(signal_fields, "numberchannelsvalid")) or 12
    )
    if not labels:
        on_page = text_at(root, "reportinfo/reportformat/waveformformat/mainwaveformformat").split()
        labels = list(STANDARD_LEADS) if count == len(STANDARD_LEADS) else on_page
    if not 0 < len(labels) <= MAX_LEADS or len(labels) < count or len(set(labels)) < len(labels):
        raise UnsupportedRecord(
            f"{name} states {count} leads and names {len(labels)}; a name for each is expected, {MAX_LEADS} at most. "
            "Export the ECG as version 1.04."
        )
    return [standard_lead(label) or label for label in labels[:count]]


def _samples(waveform: Element, labels: Sequence[str], name: str) -> dict[str, Samples]:
    """Samples by lead, in steps."""
    method = (attribute(waveform, "", "compression") or attribute(waveform, "", "compressmethod")).upper()
    if attribute(waveform, "", "compressflag").lower() == "false":
        method = ""
    encoding = attribute(waveform, "", "dataencoding").upper()
    if encoding == "BASE64":
        data = base64_bytes(waveform.text, name)
        if method == "XLI":
            return restore_limb_leads(dict(zip(labels, decompress(data, len(labels), name), strict=True)))
        values: np.ndarray = samples_of_bytes(data, 2, name)
    elif encoding == "PLAIN" and method in ("", "UNCOMPRESSED", "NONE"):
        values = listed_numbers((waveform.text or "").replace(",", " "), name)
    else:
        values = np.empty(0)
    if method not in ("", "UNCOMPRESSED", "NONE") or encoding not in ("BASE64", "PLAIN"):
        raise UnsupportedRecord(
            f"{name} stores its samples as '{shortened(f'{encoding} {method}'.strip(), 30)}'; expected Base64 with XLI "
            "or without compression, or plain numbers. Export the ECG in another format."
        )
    if len(values) % len(labels):
        raise UnreadableRecord(
            f"{name} is damaged: {len(values)} samples cannot belong to {len(labels)} leads. Export the ECG again."
        )
    return dict(zip(labels, values.reshape(len(labels), -1), strict=True))


def _length_doubts(waveform: Element, n_samples: int, rate: float) -> list[Message]:
    duration_ms = to_number(attribute(waveform, "", "durationperchannel"))
    if duration_ms is None or round(duration_ms * rate / 1000) == n_samples:
        return []
    return [
        Message(
            "The header states {stated_s:.3f} s a lead; {found_s:.3f} s are stored.",
            stated_s=duration_ms / 1000, found_s=n_samples / rate,
        )
    ]


def _averages(root: Element, name: str) -> tuple[list[DecodedChannel], float]:
    """Channels and rate of the representative beats (version 1.04); no channels if there are none."""
    beats = next(descendants(root, "repbeats"), None)
    resolution, rate = to_number(attribute(beats, "", "resolution")), to_number(attribute(beats, "", "samplespersec"))
    if not resolution or not rate or attribute(beats, "", "dataencoding").upper() != "BASE64":
        return [], 1.0
    channels = []
    for beat in children(beats, "repbeat")[:MAX_LEADS]:
        stored = child(beat, "waveform")
        samples = samples_of_bytes(base64_bytes(None if stored is None else stored.text, name), 2, name)
        channels.append(DecodedChannel(attribute(beat, "", "leadname"), scaled(samples, resolution / 1000)))
    return channels, rate


def _device(root: Element, waveform: Element, signal_fields: Element | None) -> Device:
    found = child(root, "interpretations/interpretation")
    stated = child(found, "globalmeasurements") if found is not None else None
    if stated is None:
        stated = child(found, "interpretationmeasurements") if found is not None else None
    bandwidth = re.fullmatch(r"([\d.]+)-([\d.]+)", text_at(signal_fields, "signalbandwidth"))
    notched = attribute(waveform, "", "notchfiltered") or text_at(signal_fields, "notchfiltered")
    notch = _first_number(attribute(waveform, "", "notchfilterfreqs"), text_at(signal_fields, "acsetting"))
    return Device(
        manufacturer="Philips",
        model=text_at(root, "dataacquisition/machine"),
        statements=_statements(found),
        measurements=measurements((name, text_at(stated, field), unit) for field, name, unit in _MEASUREMENTS),
        filters=filters(
            _first_number(attribute(waveform, "", "hipass"), text_at(signal_fields, "hipass"),
                          bandwidth[1] if bandwidth else ""),
            _first_number(attribute(waveform, "", "lowpass"), text_at(signal_fields, "lowpass"),
                          bandwidth[2] if bandwidth else ""),
            notch if notched.lower() == "true" else None,
        ),
    )


def _statements(interpretation: Element | None) -> tuple[str, ...]:
    lines = []
    for statement in children(interpretation, "statement")[:MAX_STATEMENTS]:
        left, right = text_at(statement, "leftstatement"), text_at(statement, "rightstatement")
        lines.append(f"{left} [{right}]" if left and right else left or right)
    return tuple(line for line in [*lines, text_at(interpretation, "severity")] if line)


def _identity(patient: Element | None) -> list[tuple[str, str]]:
    fields = (("patientid", "Patient ID"), ("MRN", "MRN"), ("name/lastname", "Last name"),
              ("name/firstname", "First name"), ("age/dateofbirth", "Date of birth"))
    return [(name, value) for field, name in fields if (value := text_at(patient, field))]

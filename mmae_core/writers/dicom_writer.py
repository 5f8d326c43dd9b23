"""Writes a recording as a DICOM waveform: 12-Lead, General or Ambulatory ECG, explicit little endian (PS3.3, A.34)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, time
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from mmae_core.errors import UnsupportedRecord
from mmae_core.files import replacing
from mmae_core.messages import Message
from mmae_core.readers.dicom.annotations import DOUBT_PREFIX
from mmae_core.readers.lead_names import SCP_LEADS
from mmae_core.readers.voltage_units import voltage_factor
from mmae_core.record import STANDARD_LEADS, DeviceMeasurement, EcgRecord, FloatArray

if TYPE_CHECKING:
    from pydicom.dataset import Dataset

SUFFIX = ".dcm"
UNKNOWN_DATE = "19000101"
"""Stands for an unknown day, because DICOM demands one; the reader takes it for none."""
MAX_BYTES = 256 << 20
"""Largest recording that is written; longer ones belong in EDF+ or WFDB."""

MAX_MARKS = 20_000
"""Further marks are left out, and reported."""

_TWELVE_LEAD = "1.2.840.10008.5.1.4.1.1.9.1.1"
_GENERAL = "1.2.840.10008.5.1.4.1.1.9.1.2"
_AMBULATORY = "1.2.840.10008.5.1.4.1.1.9.1.3"
_MAX_TWELVE_LEAD_SAMPLES = 16_384
_MAX_CHANNELS = 24
_OLDEST_AGE = 90
"""Stands for everyone of 90 and more: older ages tell who it is."""
_MAX_RATE_HZ = 1000.0
_MIN_RATE_HZ = {_TWELVE_LEAD: 200.0, _GENERAL: 200.0, _AMBULATORY: 50.0}
_LARGEST = 32_767
_INVALID = -32_768
_STRETCH_SAMPLES = 1 << 18
_STEPS_UV = (1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 1000.0)
_WHOLE_STEP = 0.02
"""Of a step: what single precision leaves of a whole number."""
_SHORT_TEXT, _LONG_TEXT = 16, 64
"""Characters of the value representations SH and LO."""
_NUMBER = re.compile(r"[+-]?\d{1,9}(\.\d{1,5})?")
_MEASUREMENT_CODES = {
    "rr interval": "2:16000", "pp interval": "2:16140", "pr interval": "2:15872", "p duration": "2:16184",
    "qrs duration": "2:16156", "qt interval": "2:16160", "qtc interval": "2:15876",
}
"""Codes of ISO/IEEE 11073-10101 that DICOM takes for global measurements (CID 3689 and 3227), by name."""
_OWN_SCHEME = "99ECGVIEWER"
"""Coding scheme of measurements without a standard code, which are known by their name alone."""
_UCUM = {"°": "deg", "µV": "uV", "bpm": "/min"}
_SCP_NUMBERS = {lead: number for number, lead in SCP_LEADS.items()}
_IDENTITY_KEYWORDS = {
    "PatientName": ("Name", "Patient"), "PatientID": ("Patient ID", "MRN", "Subject ID"),
    "AccessionNumber": ("Accession number",), "InstitutionName": ("Institution", "Acquiring institution", "Site"),
}
"""DICOM's keywords, and the titles under which readers of all formats give what belongs there."""


def write(record: EcgRecord, path: Path, *, with_identity: bool = False) -> tuple[Message, ...]:
    """Write the leads of `record` and its average beats, in its own steps or those of 1 µV; returns what is left out.

    Who was recorded, where and when is left out unless `with_identity`; age and sex are kept.

    Raises UnsupportedRecord for what the format does not take, OSError if the file cannot be written,
    UnreadableRecord if the recording cannot be read.
    """
    rows = [row for row, name in enumerate(record.trace_names) if name in _SCP_NUMBERS][:_MAX_CHANNELS]
    leads = tuple(record.trace_names[row] for row in rows)
    storage = _storage_class(record, leads)
    if record.n_samples * len(leads) * 2 > MAX_BYTES:
        raise UnsupportedRecord(
            f"{record.name} has {record.n_samples:,} samples of {len(leads)} leads, more than the "
            f"{MAX_BYTES >> 20} MB that are written as DICOM. Write it as EDF or WFDB."
        )
    data_set = _data_set(record, storage, rows, with_identity)
    with replacing(path) as temporary:
        data_set.save_as(temporary, enforce_file_format=True)
    left_out = [name for name in (*record.trace_names, *(channel.name for channel in record.extra_channels))
                if name not in leads]
    notes = []
    if left_out:
        notes.append(Message("channels that are no leads with a code in DICOM are left out: {names}",
                             names=", ".join(dict.fromkeys(left_out))))
    if len(record.annotations) > MAX_MARKS:
        notes.append(Message("marks are left out but for the first {n}", n=MAX_MARKS))
    return tuple(notes)


def _storage_class(record: EcgRecord, leads: tuple[str, ...]) -> str:
    """The narrowest of the three that takes the recording."""
    rate_hz = record.sampling_rate_hz
    if not leads or not record.n_samples:
        raise UnsupportedRecord(f"{record.name} has no lead with a code in DICOM, so it cannot be written as that.")
    is_twelve_lead = leads == STANDARD_LEADS and record.n_samples <= _MAX_TWELVE_LEAD_SAMPLES
    storage = _TWELVE_LEAD if is_twelve_lead else _GENERAL
    if rate_hz < _MIN_RATE_HZ[storage]:
        storage = _AMBULATORY
    if not _MIN_RATE_HZ[storage] <= rate_hz <= _MAX_RATE_HZ:
        raise UnsupportedRecord(
            f"{record.name} has {rate_hz:g} samples a second; DICOM takes {_MIN_RATE_HZ[_AMBULATORY]:g} to "
            f"{_MAX_RATE_HZ:g}. Write it as EDF or WFDB.",
            code="rate",
        )
    return storage


def _data_set(record: EcgRecord, storage: str, rows: Sequence[int], with_identity: bool) -> Dataset:
    from pydicom.dataset import Dataset, FileMetaDataset
    from pydicom.uid import UID, ExplicitVRLittleEndian, generate_uid

    data_set = Dataset()
    data_set.file_meta = FileMetaDataset()
    data_set.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
    data_set.SpecificCharacterSet = "ISO_IR 192"
    data_set.SOPClassUID = storage
    data_set.SOPInstanceUID = generate_uid(prefix=None)
    data_set.file_meta.MediaStorageSOPClassUID = UID(storage)
    data_set.file_meta.MediaStorageSOPInstanceUID = data_set.SOPInstanceUID
    data_set.StudyInstanceUID, data_set.SeriesInstanceUID = generate_uid(prefix=None), generate_uid(prefix=None)
    data_set.Modality = "ECG"
    data_set.StudyID, data_set.SeriesNumber, data_set.InstanceNumber = "1", 1, 1
    _add_times(data_set, record.start_time if with_identity else None)
    add_person(data_set, record, with_identity)
    _add_equipment(data_set, record)
    data_set.AcquisitionContextSequence = []
    annotations = _annotations(record)
    if annotations:
        data_set.WaveformAnnotationSequence = annotations
    leads = tuple(record.trace_names[row] for row in rows)
    groups = [_group(leads, record.sampling_rate_hz, _stored(record, rows), record.derived_leads)]
    groups[0].MultiplexGroupLabel, groups[0].WaveformOriginality = "RHYTHM", "ORIGINAL"
    beats = _beats_group(record) if storage != _AMBULATORY else None
    if beats is not None:
        groups.append(beats)
    data_set.WaveformSequence = groups
    return data_set


def _add_times(data_set: Dataset, start: datetime | time | None) -> None:
    if isinstance(start, datetime):
        day, time_of_day = start.strftime("%Y%m%d"), start.strftime("%H%M%S.%f")
    else:
        day, time_of_day = UNKNOWN_DATE, "000000" if start is None else start.strftime("%H%M%S.%f")
    data_set.AcquisitionDateTime = day + time_of_day
    data_set.StudyDate = data_set.ContentDate = day
    data_set.StudyTime = data_set.ContentTime = time_of_day


def add_person(data_set: Dataset, record: EcgRecord, with_identity: bool) -> None:
    """The Patient module: sex and age; who it is only if `with_identity`."""
    data_set.PatientName = data_set.PatientID = data_set.PatientBirthDate = ""
    data_set.AccessionNumber = data_set.ReferringPhysicianName = ""
    data_set.PatientSex = {"male": "M", "female": "F", None: ""}[record.sex]
    if record.age_years is not None:
        data_set.PatientAge = _age(record.age_years if with_identity else min(record.age_years, _OLDEST_AGE))
    if not with_identity:
        data_set.PatientIdentityRemoved = "YES"
        data_set.DeidentificationMethod = "names, numbers, dates, institution and remarks left out"
        return
    known = dict(record.identity)
    for keyword, titles in _IDENTITY_KEYWORDS.items():
        value = next((known[title] for title in titles if title in known), "")
        if value:
            setattr(data_set, keyword, value[: _SHORT_TEXT if keyword == "AccessionNumber" else _LONG_TEXT])
    if "Last name" in known:
        data_set.PatientName = f"{known['Last name']}^{known.get('First name', '')}".rstrip("^")[:_LONG_TEXT]
    born = re.fullmatch(r"(\d{4})[-/.]?(\d\d)[-/.]?(\d\d)", known.get("Date of birth", ""))
    if born is not None:
        data_set.PatientBirthDate = "".join(born.groups())


def _age(years: float) -> str:
    """An age string: days, weeks or months for the youngest, as it takes whole numbers only."""
    for letter, times in (("D", 365.25), ("W", 365.25 / 7), ("M", 12.0)):
        if years < 2 and round(years * times) <= 99:
            return f"{round(years * times):03d}{letter}"
    return f"{min(int(years), 999):03d}Y"


def _add_equipment(data_set: Dataset, record: EcgRecord) -> None:
    device = record.device
    data_set.Manufacturer = "" if device is None else device.manufacturer[:_LONG_TEXT]
    data_set.ManufacturerModelName = "" if device is None else device.model[:_LONG_TEXT]
    try:
        data_set.SoftwareVersions = f"ECG Viewer {version('ecg-viewer')}"
    except PackageNotFoundError:
        data_set.SoftwareVersions = "ECG Viewer"


def _annotations(record: EcgRecord) -> list[Dataset]:
    """Doubts and the device's statements, which concern the whole recording, and marks at their samples."""
    texts = [f"{DOUBT_PREFIX}{doubt}" for doubt in record.doubts]
    texts += [] if record.device is None else record.device.statements
    items = [_annotation(text) for text in texts]
    if record.device is not None:
        items += [_measured(number, one) for number, one in enumerate(record.device.measurements[:MAX_MARKS], 1)]
    for mark in record.annotations[:MAX_MARKS]:
        times_s = [mark.start_s] if mark.end_s is None else [mark.start_s, mark.end_s]
        item = _annotation(mark.label)
        item.TemporalRangeType = "POINT" if mark.end_s is None else "SEGMENT"
        # Samples are counted from 1; a mark may end with the recording, behind its last sample.
        item.ReferencedSamplePositions = [
            min(max(1, round(time_s * record.sampling_rate_hz) + 1), record.n_samples) for time_s in times_s
        ]
        items.append(item)
    return items


def _annotation(text: str) -> Dataset:
    """A text about all channels of the first group."""
    from pydicom.dataset import Dataset

    item = Dataset()
    item.UnformattedTextValue = text[:1024]
    item.ReferencedWaveformChannels = [1, 0]
    return item


def _measured(number: int, measurement: DeviceMeasurement) -> Dataset:
    """A measurement of the device, by a standard code where its name has one; as text if its value is no number."""
    from pydicom.dataset import Dataset

    name, value = measurement.name, measurement.value.strip()
    if not _NUMBER.fullmatch(value):
        return _annotation(f"{name}: {value} {measurement.unit}".strip())
    item = Dataset()
    code = _MEASUREMENT_CODES.get(name.lower())
    item.ConceptNameCodeSequence = [_code(*(("MDC", code) if code else (_OWN_SCHEME, f"M{number}")), name[:_LONG_TEXT])]
    item.NumericValue = value
    unit = _UCUM.get(measurement.unit, measurement.unit) or "1"
    meaning = measurement.unit or "no unit"
    item.MeasurementUnitsCodeSequence = [_code("UCUM", unit[:_SHORT_TEXT], meaning[:_LONG_TEXT])]
    item.ReferencedWaveformChannels = [1, 0]
    return item


def _beats_group(record: EcgRecord) -> Dataset | None:
    """The average beats in a group of their own, as devices write them."""
    beats = record.average_beats
    if beats is None or not _MIN_RATE_HZ[_TWELVE_LEAD] <= beats.rate_hz <= _MAX_RATE_HZ:
        return None
    rows = [row for row, lead in enumerate(beats.lead_names) if lead in _SCP_NUMBERS]
    if not rows or not beats.signal_mv.shape[1]:
        return None
    signal = beats.signal_mv[rows]
    step_uv = _step_uv(_peak_uv(signal), None)
    leads = tuple(beats.lead_names[row] for row in rows)
    group = _group(leads, beats.rate_hz, (_quantised(signal, step_uv), step_uv), frozenset())
    group.MultiplexGroupLabel, group.WaveformOriginality = "MEDIAN BEAT", "DERIVED"
    return group


def _group(
    leads: tuple[str, ...], rate_hz: float, stored: tuple[NDArray[np.int16], float], derived: frozenset[str]
) -> Dataset:
    """A multiplex group of samples (leads, samples) in steps of so many µV."""
    from pydicom.dataset import Dataset

    samples, step_uv = stored
    group = Dataset()
    group.NumberOfWaveformChannels = len(leads)
    group.NumberOfWaveformSamples = samples.shape[1]
    group.SamplingFrequency = _decimal(rate_hz)
    group.ChannelDefinitionSequence = [_channel(lead, step_uv, lead in derived) for lead in leads]
    group.WaveformBitsAllocated, group.WaveformSampleInterpretation = 16, "SS"
    group.add_new(0x5400100A, "OW", np.array([_INVALID], "<i2").tobytes())
    group.add_new(0x54001010, "OW", np.ascontiguousarray(samples.T, "<i2").tobytes())
    return group


def _channel(lead: str, step_uv: float, is_derived: bool) -> Dataset:
    from pydicom.dataset import Dataset

    channel = Dataset()
    channel.ChannelSourceSequence = [_code("MDC", f"2:{_SCP_NUMBERS[lead]}", f"Lead {lead}")]
    channel.ChannelSensitivity = _decimal(step_uv)
    channel.ChannelSensitivityUnitsSequence = [_code("UCUM", "uV", "microvolt")]
    channel.ChannelSensitivityCorrectionFactor = "1"
    channel.ChannelBaseline = channel.ChannelSampleSkew = "0"
    channel.WaveformBitsStored = 16
    if is_derived:
        channel.ChannelDerivationDescription = "computed from leads I and II"
    return channel


def _code(scheme: str, value: str, meaning: str) -> Dataset:
    from pydicom.dataset import Dataset

    code = Dataset()
    code.CodeValue, code.CodingSchemeDesignator, code.CodeMeaning = value, scheme, meaning
    if scheme == "UCUM":
        code.CodingSchemeVersion = "1.4"
    return code


def _decimal(value: float) -> str:
    """A number in the 16 characters of a decimal string."""
    return f"{value:.10g}"


def _stored(record: EcgRecord, rows: Sequence[int]) -> tuple[NDArray[np.int16], float]:
    """All samples in steps, and the µV of one step."""
    stretches = [
        (start, min(start + _STRETCH_SAMPLES, record.n_samples))
        for start in range(0, record.n_samples, _STRETCH_SAMPLES)
    ]
    peak_uv = max(_peak_uv(record.read_traces(start, end)[rows]) for start, end in stretches)
    recorded_step_uv = _recorded_step_uv(record)
    if recorded_step_uv is not None and not _is_made_of(record.read_traces(*stretches[0])[rows], recorded_step_uv):
        recorded_step_uv = None
    step_uv = _step_uv(peak_uv, recorded_step_uv)
    samples = np.empty((len(rows), record.n_samples), np.int16)
    for start, end in stretches:
        samples[:, start:end] = _quantised(record.read_traces(start, end)[rows], step_uv)
    return samples, step_uv


def _peak_uv(signal_mv: FloatArray) -> float:
    valid = signal_mv[np.isfinite(signal_mv)]
    return float(np.abs(valid).max() * 1000) if valid.size else 0.0


def _recorded_step_uv(record: EcgRecord) -> float | None:
    """The step of the file when all its channels in volts share one; computed limb leads have halves of it."""
    steps = {
        1000 * factor / signal.steps_per_unit
        for signal in record.stored_signals
        if signal.steps_per_unit and (factor := voltage_factor(signal.unit)) is not None
    }
    if len(steps) != 1:
        return None
    (step_uv,) = steps
    return float(_decimal(step_uv / 2 if record.derived_leads else step_uv))


def _is_made_of(signal_mv: FloatArray, step_uv: float) -> bool:
    """Whether all samples are whole steps: not so with a baseline between steps, or with several steps in one lead."""
    steps = signal_mv[np.isfinite(signal_mv)].astype(np.float64) * 1000 / step_uv
    return bool(np.all(np.abs(steps - np.round(steps)) < _WHOLE_STEP))


def _step_uv(peak_uv: float, recorded_step_uv: float | None) -> float:
    """The recording's own step where it is no finer than needed; else the finest round one that reaches the peak."""
    own: tuple[float, ...] = () if recorded_step_uv is None else (recorded_step_uv,)
    for step_uv in (*own, *_STEPS_UV):
        if step_uv >= 0.01 and peak_uv <= step_uv * _LARGEST:
            return step_uv
    raise UnsupportedRecord(f"The recording reaches {peak_uv / 1000:,.0f} mV, which no ECG does; its unit is wrong.")


def _quantised(signal_mv: FloatArray, step_uv: float) -> NDArray[np.int16]:
    """Steps, with the padding value where a sample is invalid."""
    steps = np.round(signal_mv.astype(np.float64) * 1000 / step_uv)
    return np.where(np.isfinite(steps), steps, _INVALID).astype(np.int16)

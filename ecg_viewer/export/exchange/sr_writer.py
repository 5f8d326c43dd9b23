"""Measurements and confirmed findings as a DICOM structured report.

Of a recording that came from DICOM it is a Waveform Annotation SR (PS3.3, A.35.23; root template TID 3750): each
finding is inferred from temporal coordinates on the waveform's channels. That class must point at a waveform, so a
report of any other recording is a Comprehensive SR, with the same content and seconds from the start instead.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import NAMESPACE_URL, uuid5

from ecg_viewer.export.content import RecordContent
from ecg_viewer.export.exchange.codes import OWN_SCHEME, QUANTITIES, UNITS, Code, found_by_code, own
from ecg_viewer.export.exchange.reported import (
    ExchangedReport,
    ReportedFinding,
    ReportedMeasurement,
    remarks,
    report_of,
    require_content,
)
from ecg_viewer.export.export_files import Folder, file_name, writing
from ecg_viewer.state.review.review import Conclusion
from ecg_viewer.state.words.language import tr
from ecg_viewer.state.words.record_words import RESEARCH_USE_BADGE
from mmae_core.readers.dicom.waveform_reference import WaveformReference, waveform_reference
from mmae_core.readers.lead_names import SCP_LEADS
from mmae_core.writers.dicom_writer import add_person

if TYPE_CHECKING:
    from pydicom.dataset import Dataset

ENDING = "_sr.dcm"
WAVEFORM_ANNOTATION_SR = "1.2.840.10008.5.1.4.1.1.88.77"
COMPREHENSIVE_SR = "1.2.840.10008.5.1.4.1.1.88.33"

PERCENTILE = Code("121415", "DCM", "Percentile Ranking of measurement")
LEAD = Code("122148", "DCM", "Lead ID")
FINDING = Code("121071", "DCM", "Finding")
FINDINGS = Code("121070", "DCM", "Findings")
MEASUREMENTS = Code("122158", "DCM", "ECG Global Measurements")
PERSON_NAME = Code("121008", "DCM", "Person Observer Name")
CONCLUSIONS = Code("121076", "DCM", "Conclusions")
CONCLUSION = Code("121077", "DCM", "Conclusion")
COMMENT = Code("121106", "DCM", "Comment")
_OBSERVER_TYPE = Code("121005", "DCM", "Observer Type")
_PERSON, _DEVICE = Code("121006", "DCM", "Person"), Code("121007", "DCM", "Device")
_DEVICE_UID, _DEVICE_NAME = Code("121012", "DCM", "Device Observer UID"), Code("121013", "DCM", "Device Observer Name")
_LANGUAGE = Code("121049", "DCM", "Language of Content Item and Descendants")
_ENGLISH = Code("en-US", "RFC5646", "English (United States)")
_FAILED = Code("114006", "DCM", "Measurement failure")
_SCP_NUMBERS = {lead: number for number, lead in SCP_LEADS.items()}
_COMPUTED_FROM = ("I", "II")
_NAME_LENGTH = 63


def write_dicom_sr(content: RecordContent, folder: Folder) -> tuple[tuple[Path, ...], tuple[str, ...]]:
    """Write `NAME_sr.dcm`; returns its path and what it lacks.

    Raises CannotExport, NothingToExport, UnreadableRecord if the waveform it points at cannot be read again.
    """
    notes = require_content(content)
    reference = _reference(content)
    if reference is None:
        text = tr("{name} is no DICOM file that can be pointed at: its report is a Comprehensive SR with times in "
                  "seconds from the start.")
        notes = (*notes, text.format(name=content.name))
    target = folder.target(file_name(content.name, ENDING))
    data_set = sr_data_set(content, reference)
    with writing(target) as part:
        data_set.save_as(part, enforce_file_format=True)
    return (target,), notes


def _reference(content: RecordContent) -> WaveformReference | None:
    source = content.record.source
    return waveform_reference(source.paths[0]) if source.format == "DICOM" else None


def sr_data_set(content: RecordContent, reference: WaveformReference | None) -> Dataset:
    """The report; `reference` is the waveform it points at, if there is one."""
    from pydicom.dataset import Dataset, FileMetaDataset
    from pydicom.uid import UID, ExplicitVRLittleEndian

    report, provenance = report_of(content), content.provenance
    created = datetime.fromisoformat(provenance.created)
    data_set = Dataset()
    data_set.file_meta = FileMetaDataset()
    data_set.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
    data_set.SpecificCharacterSet = "ISO_IR 192"
    data_set.SOPClassUID = COMPREHENSIVE_SR if reference is None else WAVEFORM_ANNOTATION_SR
    data_set.SOPInstanceUID = _uid(report.record_sha256, provenance.created, "instance")
    data_set.file_meta.MediaStorageSOPClassUID = UID(data_set.SOPClassUID)
    data_set.file_meta.MediaStorageSOPInstanceUID = data_set.SOPInstanceUID
    add_person(data_set, content.record, content.identity is not None)
    data_set.StudyInstanceUID = _uid(report.record_sha256, "study") if reference is None else reference.study_uid
    data_set.SeriesInstanceUID = _uid(report.record_sha256, provenance.created, "series")
    data_set.StudyID, data_set.SeriesNumber, data_set.InstanceNumber = "", 1, 1
    start = content.record.start_time if content.identity is not None else None
    data_set.StudyDate = start.strftime("%Y%m%d") if isinstance(start, datetime) else ""
    data_set.StudyTime = start.strftime("%H%M%S") if isinstance(start, datetime) else ""
    data_set.Modality = "SR"
    data_set.ReferencedPerformedProcedureStepSequence = []
    data_set.Manufacturer = data_set.ManufacturerModelName = provenance.program
    data_set.DeviceSerialNumber = "none"
    data_set.SoftwareVersions = provenance.program_version[:_NAME_LENGTH]
    data_set.ContentDate, data_set.ContentTime = created.strftime("%Y%m%d"), created.strftime("%H%M%S")
    data_set.CompletionFlag, data_set.CompletionFlagDescription = "PARTIAL", RESEARCH_USE_BADGE
    data_set.VerificationFlag, data_set.PreliminaryFlag = "UNVERIFIED", "PRELIMINARY"
    data_set.PerformedProcedureCodeSequence = []
    if reference is not None:
        data_set.CurrentRequestedProcedureEvidenceSequence = [_evidence(reference)]
        template = Dataset()
        template.MappingResource, template.TemplateIdentifier = "DCMR", "3750"
        data_set.ContentTemplateSequence = [template]
    scheme = Dataset()
    scheme.CodingSchemeDesignator, scheme.CodingSchemeName = OWN_SCHEME, f"Codes of {provenance.program}"
    data_set.CodingSchemeIdentificationSequence = [scheme]
    data_set.ValueType, data_set.ContinuityOfContent = "CONTAINER", "SEPARATE"
    data_set.ConceptNameCodeSequence = [_coded(own("annotations"))]
    data_set.ContentSequence = _content(report, content, reference)
    return data_set


def _content(report: ExchangedReport, content: RecordContent, reference: WaveformReference | None) -> list[Dataset]:
    program = content.provenance.program, content.provenance.program_version
    items = [
        _code("HAS CONCEPT MOD", _LANGUAGE, _ENGLISH),
        _code("HAS OBS CONTEXT", _OBSERVER_TYPE, _DEVICE),
        _item("HAS OBS CONTEXT", "UIDREF", _DEVICE_UID, UID=_uid(*program)),
        _text("HAS OBS CONTEXT", _DEVICE_NAME, program[0]),
        *(_text("CONTAINS", COMMENT, line) for line in (RESEARCH_USE_BADGE, *remarks(content))),
        _text("CONTAINS", own("record-name"), report.record_name),
        _text("CONTAINS", own("record-sha256"), report.record_sha256),
    ]
    if content.identity is not None:
        items += [_text("CONTAINS", COMMENT, line) for line in content.identity.lines]
    if report.measurements:
        measured = [_measurement(item, reference) for item in report.measurements]
        items.append(_container(MEASUREMENTS, measured))
    if report.findings:
        items.append(_container(FINDINGS, [_finding(item, reference) for item in report.findings]))
    if report.conclusion is not None:
        items.append(_container(CONCLUSIONS, _conclusion(report.conclusion)))
    return items


def _conclusion(conclusion: Conclusion) -> list[Dataset]:
    """The reviewer's words, who wrote them and when."""
    when = [_text("CONTAINS", own("concluded"), conclusion.at)] if conclusion.at else []
    return [*_observer(conclusion.reviewer), _text("CONTAINS", CONCLUSION, conclusion.text), *when]


def _measurement(item: ReportedMeasurement, reference: WaveformReference | None) -> Dataset:
    number = _number("CONTAINS", QUANTITIES[item.quantity].dicom, item.value, item.unit)
    properties = _properties({
        own("start"): (item.start_s, "s"), own("end"): (item.end_s, "s"), PERCENTILE: (item.percentile, "%"),
        own("normals"): item.group, own("reason"): item.reason,
    })
    number.ContentSequence = [*properties, *_whole(reference)]
    return number


def _finding(item: ReportedFinding, reference: WaveformReference | None) -> Dataset:
    finding = _code("CONTAINS", FINDING, own("marked" if item.found_by == "reviewer" else "finding"))
    finding.ContentSequence = [
        *_observer(item.reviewer),
        _code("HAS PROPERTIES", own("decision"), own("confirmed")),
        _code("HAS PROPERTIES", LEAD, _lead(item.lead)),
        _code("HAS PROPERTIES", own("found-by"), own(found_by_code(item.found_by))),
        *_properties({
            own("start"): (item.start_s, "s"), own("end"): (item.end_s, "s"), own("peak"): (item.peak_s, "s"),
            own("wave"): item.wave, own("kind"): item.kind, PERCENTILE: (item.percentile, "%"),
            own("value"): (item.value, item.unit), own("sentence"): item.sentence, own("label"): item.label,
            own("note"): item.note, own("decided"): item.decided, own("signal-problem"): item.signal_problem,
            own("model-sha256"): item.model_sha256,
        }),
        *_coordinates(item, reference),
    ]
    return finding


def _observer(reviewer: str) -> list[Dataset]:
    """Who decided or wrote; nothing if nobody is known."""
    if not reviewer:
        return []
    name = reviewer.translate(str.maketrans("=\\", "  "))[:_NAME_LENGTH]
    name += "" if "^" in name else "^"
    return [_code("HAS OBS CONTEXT", _OBSERVER_TYPE, _PERSON),
            _item("HAS OBS CONTEXT", "PNAME", PERSON_NAME, PersonName=name)]


def _coordinates(item: ReportedFinding, reference: WaveformReference | None) -> list[Dataset]:
    """The stretch on its channel; of a computed lead, on the channels of I and II."""
    if reference is None:
        return []
    leads = [item.lead] if item.lead in reference.places else list(_COMPUTED_FROM)
    found = []
    for lead in leads:
        place = reference.place(lead, item.start_s, item.end_s)
        positions = None if place is None else place.positions(item.start_s, item.end_s)
        if place is None or positions is None:
            continue
        stretch = _item("INFERRED FROM", "TCOORD", None, TemporalRangeType="SEGMENT",
                        ReferencedSamplePositions=list(positions))
        stretch.ContentSequence = [_waveform("SELECTED FROM", reference, [place.group, place.channel])]
        found.append(stretch)
    return found


def _whole(reference: WaveformReference | None) -> list[Dataset]:
    """All channels with a lead, as what measurements were taken from."""
    if reference is None:
        return []
    places = dict.fromkeys((place.group, place.channel) for places in reference.places.values() for place in places)
    channels = [number for place in places for number in place]
    return [_waveform("INFERRED FROM", reference, channels)] if channels else []


def _waveform(relation: str, reference: WaveformReference, channels: Sequence[int]) -> Dataset:
    target = _sop_reference(reference)
    target.ReferencedWaveformChannels = list(channels)
    return _item(relation, "WAVEFORM", None, ReferencedSOPSequence=[target])


def _evidence(reference: WaveformReference) -> Dataset:
    from pydicom.dataset import Dataset

    series, study = Dataset(), Dataset()
    series.ReferencedSOPSequence, series.SeriesInstanceUID = [_sop_reference(reference)], reference.series_uid
    study.ReferencedSeriesSequence, study.StudyInstanceUID = [series], reference.study_uid
    return study


def _sop_reference(reference: WaveformReference) -> Dataset:
    from pydicom.dataset import Dataset

    target = Dataset()
    target.ReferencedSOPClassUID = reference.sop_class_uid
    target.ReferencedSOPInstanceUID = reference.sop_instance_uid
    return target


def _properties(values: dict[Code, str | tuple[float | None, str]]) -> list[Dataset]:
    """A property for each value that is known."""
    found = []
    for concept, value in values.items():
        if isinstance(value, str):
            found += [_text("HAS PROPERTIES", concept, value)] if value else []
        elif value[0] is not None:
            found.append(_number("HAS PROPERTIES", concept, *value))
    return found


def _number(relation: str, concept: Code, value: float | None, unit: str) -> Dataset:
    """A numeric item; without a value it says that measuring failed."""
    from pydicom.dataset import Dataset

    item = _item(relation, "NUM", concept, MeasuredValueSequence=[])
    if value is None:
        item.NumericValueQualifierCodeSequence = [_coded(_FAILED)]
        return item
    measured = Dataset()
    measured.NumericValue = f"{value:.10g}"
    known = Code(UNITS[unit], "UCUM", unit or "no units") if unit in UNITS else Code("unit", OWN_SCHEME, unit)
    measured.MeasurementUnitsCodeSequence = [_coded(known)]
    item.MeasuredValueSequence = [measured]
    return item


def _container(concept: Code, items: list[Dataset]) -> Dataset:
    return _item("CONTAINS", "CONTAINER", concept, ContinuityOfContent="SEPARATE", ContentSequence=items)


def _code(relation: str, concept: Code, value: Code) -> Dataset:
    return _item(relation, "CODE", concept, ConceptCodeSequence=[_coded(value)])


def _text(relation: str, concept: Code, text: str) -> Dataset:
    return _item(relation, "TEXT", concept, TextValue=text)


def _item(relation: str, value_type: str, concept: Code | None, **values: object) -> Dataset:
    from pydicom.dataset import Dataset

    item = Dataset()
    item.RelationshipType, item.ValueType = relation, value_type
    if concept is not None:
        item.ConceptNameCodeSequence = [_coded(concept)]
    for keyword, value in values.items():
        setattr(item, keyword, value)
    return item


def _coded(code: Code) -> Dataset:
    from pydicom.dataset import Dataset

    item = Dataset()
    item.CodeValue, item.CodingSchemeDesignator, item.CodeMeaning = code.value, code.scheme, code.meaning
    if code.scheme == "UCUM":
        item.CodingSchemeVersion = "1.4"
    return item


def _lead(lead: str) -> Code:
    number = _SCP_NUMBERS.get(lead)
    if number is None:
        return Code("lead", OWN_SCHEME, lead[:_NAME_LENGTH])
    return Code(f"2:{number}", "MDC", f"Lead {lead}")


def _uid(*names: str) -> str:
    """Below 2.25 (PS3.5, B.2); the same for the same names."""
    return f"2.25.{uuid5(NAMESPACE_URL, ' '.join(names)).int}"

"""Reports for other systems, FHIR resources and DICOM structured reports: as published, and read back."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pydicom
import pytest
from pydicom.dataset import Dataset

from ecg_viewer.export.content import Identity, RecordContent
from ecg_viewer.export.exchange import fhir_reader, fhir_writer, sr_reader, sr_writer
from ecg_viewer.export.exchange.codes import LOINC, OWN, QUANTITIES, UNITS
from ecg_viewer.export.exchange.reported import NOTHING_CONFIRMED, report_of
from ecg_viewer.export.export_files import Folder, NothingToExport
from ecg_viewer.state.person import ShownPerson
from ecg_viewer.state.words.record_words import RESEARCH_USE_BADGE
from mmae_core.departures.quantities import LEAD_QUANTITIES, RECORD_QUANTITIES
from mmae_core.errors import EcgError, UnreadableRecord, UnsupportedRecord
from mmae_core.intervals.results import DEFAULT_FORMULA
from mmae_core.readers import read_record
from mmae_core.record import EcgRecord
from mmae_core.report.layer_columns import UNITS as MEASURED_UNITS
from mmae_core.writers import dicom_writer

MakeContent = Callable[..., RecordContent]
SCHEMA = Path(__file__).parents[2] / "data" / "schemas" / "fhir-r4-excerpt.schema.json"
READERS = {"fhir": fhir_reader.read_fhir, "dicom-sr": sr_reader.read_dicom_sr}
WRITERS = {"fhir": fhir_writer.write_fhir, "dicom-sr": sr_writer.write_dicom_sr}
RELATIONS = {
    "CONTAINS": ({"CONTAINER"}, {"TEXT", "CODE", "NUM", "TCOORD", "WAVEFORM", "CONTAINER"}),
    "HAS OBS CONTEXT": ({"CONTAINER", "CODE", "NUM", "TEXT"},
                        {"CODE", "PNAME", "TEXT", "UIDREF", "DATE", "NUM", "CONTAINER"}),
    "HAS CONCEPT MOD": ({"CONTAINER", "CODE", "NUM", "TEXT"}, {"TEXT", "CODE"}),
    "HAS PROPERTIES": ({"CODE", "NUM", "TEXT"}, {"CODE", "TEXT", "NUM"}),
    "INFERRED FROM": ({"CODE", "NUM", "TEXT"}, {"WAVEFORM", "TCOORD"}),
    "SELECTED FROM": ({"TCOORD"}, {"WAVEFORM"}),
}
"""Of a Waveform Annotation SR (PS3.3, table A.35.23-2): relationship -> types of its source and its target."""


@pytest.fixture
def full(make_content: MakeContent, examples: Any) -> RecordContent:
    """A confirmed finding of the model and of a measurement, one marked by hand, and all measurements."""
    elevation = examples.layers.facts[0].findings[1]
    review = (
        examples.decided(elevation, "confirmed", "looks real \N{EN DASH} Überprüft"),
        examples.decided(examples.found[1], "dismissed"),
        examples.decided(examples.found[2], "confirmed"),
        examples.own("aVR", 8.0, 8.5, "U wave"),
        examples.event("concluded", text="Compare with another –\n\nold  infarct?\x00"),
    )
    person = ShownPerson(56.0, sex="male")
    return make_content(review, layers=examples.layers, measured=examples.measured, person=person)


@pytest.fixture
def from_dicom(full: RecordContent, tmp_path: Path) -> RecordContent:
    """The same of a recording that came from DICOM."""
    path = tmp_path / "source" / "recording.dcm"
    path.parent.mkdir()
    dicom_writer.write(full.record, path)
    return replace(full, record=read_record(path))


def resources(bundle: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    return [entry["resource"] for entry in bundle["entry"] if entry["resource"]["resourceType"] == kind]


def own_code(concept: dict[str, Any]) -> str:
    return next(coding["code"] for coding in concept["coding"] if coding["system"] == "urn:ecg-viewer:codes")


def measurements_of(bundle: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {own_code(item["code"]): item for item in resources(bundle, "Observation")
            if own_code(item["code"]) in QUANTITIES}


def findings_of(bundle: dict[str, Any]) -> list[dict[str, Any]]:
    return [item for item in resources(bundle, "Observation") if own_code(item["code"]) in ("finding", "marked")]


def check_fhir(bundle: dict[str, Any]) -> None:
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    jsonschema.Draft6Validator.check_schema(schema)
    jsonschema.Draft6Validator(schema).validate(bundle)


def walk(item: Dataset, depth: int = 0) -> Iterator[tuple[Dataset, Dataset]]:
    """Every item of a structured report with its parent."""
    for child in item.get("ContentSequence", []):
        yield item, child
        yield from walk(child, depth + 1)


def named(item: Dataset, meaning: str) -> list[Dataset]:
    return [child for _, child in walk(item)
            if "ConceptNameCodeSequence" in child and child.ConceptNameCodeSequence[0].CodeMeaning == meaning]


def validator_errors(path: Path) -> list[str]:
    found = subprocess.run(["dciodvfy", str(path)], capture_output=True, text=True, check=False).stderr
    assert "ComprehensiveSR" in found
    return [line for line in found.splitlines() if line.startswith("Error")]


@pytest.mark.parametrize("name", ["fhir", "dicom-sr"])
def test_a_report_that_is_read_back_holds_the_same_findings_leads_times_and_values(
    full: RecordContent, from_dicom: RecordContent, tmp_path: Path, name: str
) -> None:
    for number, content in enumerate((full, from_dicom)):
        (path,), _ = WRITERS[name](content, Folder(tmp_path / str(number)))
        report = READERS[name](path)
        assert report == report_of(content)
        assert [(item.lead, item.start_s, item.found_by) for item in report.findings] == [
            ("V2", 1.44, "measurement"), ("aVF", 7.0, "model"), ("aVR", 8.0, "reviewer")]
        assert [(item.value, item.unit) for item in report.findings] == [(0.24, "mV"), (None, ""), (None, "")]
        assert {item.quantity: item.value for item in report.measurements} == {
            "rate_bpm": 75.0, "pr_ms": 240.0, "qrs_ms": 96.0, "qt_ms": None, "qtc_ms": None, "axis_deg": -35.0}


def test_the_bundle_follows_the_published_schema_of_fhir_r4(full: RecordContent, make_content: MakeContent) -> None:
    asked = replace(full, identity=Identity(("Name: <Erika> & Co",)))
    for content in (full, asked, make_content()):
        check_fhir(json.loads(json.dumps(fhir_writer.fhir_bundle(content))))


def test_the_schema_refuses_an_observation_without_its_code(full: RecordContent) -> None:
    bundle = fhir_writer.fhir_bundle(full)
    del measurements_of(bundle)["pr_ms"]["code"]
    with pytest.raises(jsonschema.ValidationError):
        check_fhir(bundle)


def test_measurements_are_coded_in_loinc_with_units_of_ucum(full: RecordContent) -> None:
    found = measurements_of(fhir_writer.fhir_bundle(full))
    codes = {name: [coding["code"] for coding in item["code"]["coding"] if coding["system"] == LOINC]
             for name, item in found.items()}
    assert codes == {"rate_bpm": ["8867-4"], "pr_ms": ["8625-6"], "qrs_ms": ["8633-0"], "qt_ms": ["8634-8"],
                     "qtc_ms": ["76634-5"], "axis_deg": ["8632-2"]}
    assert found["axis_deg"]["valueQuantity"] == {
        "value": -35.0, "unit": "°", "system": "http://unitsofmeasure.org", "code": "deg"}
    assert found["qtc_ms"]["method"] == {"text": "Fridericia"}
    assert DEFAULT_FORMULA == "Fridericia", "LOINC 76634-5 and MDC 2:15892 are of this formula"
    assert set(QUANTITIES) == set(MEASURED_UNITS)
    assert {item.unit for item in {**LEAD_QUANTITIES, **RECORD_QUANTITIES}.values()} <= set(UNITS)


def test_what_was_not_measured_has_a_reason_and_no_value(full: RecordContent) -> None:
    found = measurements_of(fhir_writer.fhir_bundle(full))["qt_ms"]
    assert "valueQuantity" not in found
    assert found["dataAbsentReason"]["text"] == "no T wave was found in enough leads"
    (item,) = named(sr_writer.sr_data_set(full, None), "QT interval global")
    assert len(item.MeasuredValueSequence) == 0
    assert item.NumericValueQualifierCodeSequence[0].CodeMeaning == "Measurement failure"
    assert named(item, OWN["reason"])[0].TextValue == "no T wave was found in enough leads"


def test_nothing_is_final_or_interpreted(full: RecordContent) -> None:
    bundle = fhir_writer.fhir_bundle(full)
    texts = json.dumps(bundle)
    for word in ("interpretation", "conclusionCode", "referenceRange"):
        assert f'"{word}' not in texts
    (report,) = resources(bundle, "DiagnosticReport")
    assert {item["status"] for item in (report, *resources(bundle, "Observation"))} == {"preliminary"}
    assert RESEARCH_USE_BADGE in report["text"]["div"]
    assert {item["resource"]["meta"]["tag"][0]["display"] for item in bundle["entry"]} == {RESEARCH_USE_BADGE}
    data_set = sr_writer.sr_data_set(full, None)
    assert (data_set.CompletionFlag, data_set.VerificationFlag, data_set.PreliminaryFlag) == (
        "PARTIAL", "UNVERIFIED", "PRELIMINARY")
    assert named(data_set, "Comment")[0].TextValue == RESEARCH_USE_BADGE


def test_a_conclusion_is_the_reviewers_and_stands_only_where_one_was_written(
    full: RecordContent, make_content: MakeContent, examples: Any, tmp_path: Path
) -> None:
    (report,) = resources(fhir_writer.fhir_bundle(full), "DiagnosticReport")
    assert report["conclusion"] == "Compare with another –\nold infarct?"
    assert report["resultsInterpreter"] == [{"display": "anna"}]
    assert named(sr_writer.sr_data_set(full, None), "Conclusion")[0].TextValue == report["conclusion"]
    without = make_content((examples.decided(examples.found[2], "confirmed"),), measured=examples.measured)
    assert '"conclusion' not in json.dumps(fhir_writer.fhir_bundle(without))
    assert named(sr_writer.sr_data_set(without, None), "Conclusion") == []
    alone = make_content((examples.event("concluded", text="Only words."),))
    for name, write in WRITERS.items():
        (path,), _ = write(alone, Folder(tmp_path))
        read = READERS[name](path)
        assert read == report_of(alone)
        assert read.conclusion is not None
        assert (read.conclusion.text, read.conclusion.reviewer, read.conclusion.at) == (
            "Only words.", "anna", "2026-11-20T08:00:00.000+00:00")


def test_the_report_refers_to_every_observation_and_each_to_the_program(full: RecordContent) -> None:
    bundle = fhir_writer.fhir_bundle(full)
    urls = {entry["fullUrl"]: entry["resource"]["resourceType"] for entry in bundle["entry"]}
    assert len(urls) == len(bundle["entry"])
    (report,) = resources(bundle, "DiagnosticReport")
    assert [urls[item["reference"]] for item in report["result"]] == ["Observation"] * 9
    assert {urls[item["device"]["reference"]] for item in resources(bundle, "Observation")} == {"Device"}
    (device,) = resources(bundle, "Device")
    assert full.provenance.model is not None
    assert full.provenance.model.weights_sha256 in {item["value"] for item in device["version"]}


def test_unreviewed_and_dismissed_findings_are_in_no_report(make_content: MakeContent, examples: Any) -> None:
    content = make_content((examples.decided(examples.found[1], "dismissed"),), layers=examples.layers,
                           measured=examples.measured)
    assert {item.decision for item in content.findings} == {"unreviewed", "dismissed"}
    bundle, data_set = fhir_writer.fhir_bundle(content), sr_writer.sr_data_set(content, None)
    assert findings_of(bundle) == []
    assert named(data_set, "Finding") == []
    assert NOTHING_CONFIRMED in resources(bundle, "DiagnosticReport")[0]["text"]["div"]
    assert NOTHING_CONFIRMED in [item.TextValue for item in named(data_set, "Comment")]


@pytest.mark.parametrize("name", ["fhir", "dicom-sr"])
def test_without_decisions_the_export_says_that_it_holds_measurements_only(
    make_content: MakeContent, examples: Any, tmp_path: Path, name: str
) -> None:
    _, notes = WRITERS[name](make_content((), measured=examples.measured), Folder(tmp_path))
    assert notes[0] == "00170_hr has no confirmed findings: its report holds measurements only."
    with pytest.raises(NothingToExport, match="neither measurements nor confirmed findings"):
        WRITERS[name](make_content(()), Folder(tmp_path / "none"))


def test_who_was_recorded_and_when_is_written_only_if_asked_for(full: RecordContent, demo_record: EcgRecord) -> None:
    from datetime import datetime

    record = replace(demo_record, identity=(("Name", "Mustermann^Erika"), ("Patient ID", "K-4711"),
                                            ("Date of birth", "19500203")), start_time=datetime(2019, 5, 6, 7, 8))
    plain = replace(full, record=record)
    asked = replace(plain, identity=Identity(("Name: Mustermann^Erika",)))
    for content in (plain, asked):
        bundle, data_set = json.dumps(fhir_writer.fhir_bundle(content)), str(sr_writer.sr_data_set(content, None))
        for secret in ("Mustermann", "K-4711", "1950", "2019"):
            assert (secret in bundle) == (secret in data_set) == (content is asked)
    (patient,) = resources(fhir_writer.fhir_bundle(asked), "Patient")
    assert (patient["birthDate"], patient["gender"]) == ("1950-02-03", "male")


def test_a_finding_points_at_the_samples_of_its_channel(from_dicom: RecordContent, tmp_path: Path) -> None:
    (path,), notes = sr_writer.write_dicom_sr(from_dicom, Folder(tmp_path))
    assert notes == ()
    data_set, source = pydicom.dcmread(path), pydicom.dcmread(from_dicom.record.source.paths[0])
    assert data_set.SOPClassUID == sr_writer.WAVEFORM_ANNOTATION_SR
    assert data_set.ContentTemplateSequence[0].TemplateIdentifier == "3750"
    assert data_set.StudyInstanceUID == source.StudyInstanceUID
    channels = source.WaveformSequence[0].ChannelDefinitionSequence
    found = []
    for finding in named(data_set, "Finding"):
        (stretch,) = [item for _, item in walk(finding) if item.ValueType == "TCOORD"]
        (target,) = stretch.ContentSequence[0].ReferencedSOPSequence
        assert target.ReferencedSOPInstanceUID == source.SOPInstanceUID
        group, channel = target.ReferencedWaveformChannels
        assert group == 1
        found.append((channels[channel - 1].ChannelSourceSequence[0].CodeMeaning, *stretch.ReferencedSamplePositions))
    # 500 Hz; samples are counted from 1, and the last one lies before the end of the stretch.
    assert found == [("Lead V2", 721, 760), ("Lead aVF", 3501, 3700), ("Lead aVR", 4001, 4250)]


def test_a_finding_in_a_computed_lead_points_at_the_leads_it_was_computed_from(from_dicom: RecordContent) -> None:
    reference = sr_writer._reference(from_dicom)
    assert reference is not None
    recorded = {lead: places for lead, places in reference.places.items() if lead in ("I", "II", "V1")}
    data_set = sr_writer.sr_data_set(from_dicom, replace(reference, places=recorded))
    channels = [
        [item.ContentSequence[0].ReferencedSOPSequence[0].ReferencedWaveformChannels for _, item in walk(finding)
         if item.ValueType == "TCOORD"] for finding in named(data_set, "Finding")
    ]
    assert channels == [[[1, 1], [1, 2]]] * 3


def test_every_relationship_is_one_that_a_waveform_annotation_sr_allows(from_dicom: RecordContent) -> None:
    data_set = sr_writer.sr_data_set(from_dicom, sr_writer._reference(from_dicom))
    pairs = {(parent.ValueType, item.RelationshipType, item.ValueType) for parent, item in walk(data_set)}
    assert ("TCOORD", "SELECTED FROM", "WAVEFORM") in pairs
    for source, relation, target in pairs:
        sources, targets = RELATIONS[relation]
        assert source in sources, (source, relation, target)
        assert target in targets, (source, relation, target)


def test_codes_and_meanings_fit_their_value_representations(from_dicom: RecordContent) -> None:
    data_set = sr_writer.sr_data_set(from_dicom, sr_writer._reference(from_dicom))
    codes = [item for item in data_set.iterall() if item.keyword in ("CodeValue", "CodeMeaning")]
    assert len(codes) > 100
    assert all(len(str(item.value)) <= (16 if item.keyword == "CodeValue" else 64) for item in codes)


@pytest.mark.parametrize("reviewer", ["a" * 80, "Müller^Anna=B\\C", "^^^^^^^^", "-"])
def test_no_name_or_label_keeps_a_report_from_being_written(
    make_content: MakeContent, examples: Any, tmp_path: Path, reviewer: str
) -> None:
    label = "\\ ^ = \n\x00\u2028 " + "Ü" * 3000
    content = make_content((replace(examples.own("V1", 1.0, 2.0, label), reviewer=reviewer),))
    for name, write in WRITERS.items():
        (path,), _ = write(content, Folder(tmp_path))
        (finding,) = READERS[name](path).findings
        assert finding.label == "\\ ^ = " + "Ü" * 3000
        assert finding.reviewer[:1] in (reviewer[:1], "")


@pytest.mark.skipif(shutil.which("dciodvfy") is None, reason="dciodvfy of dicom3tools is not installed")
def test_the_validator_of_dicom3tools_finds_no_error_in_a_report(
    full: RecordContent, from_dicom: RecordContent, tmp_path: Path
) -> None:
    (path,), notes = sr_writer.write_dicom_sr(full, Folder(tmp_path))
    assert "Comprehensive SR" in notes[0]
    assert pydicom.dcmread(path).SOPClassUID == sr_writer.COMPREHENSIVE_SR
    assert validator_errors(path) == []
    # The class of 2024 is younger than the validator: the same content is checked as the class that it knows.
    data_set = sr_writer.sr_data_set(from_dicom, sr_writer._reference(from_dicom))
    data_set.SOPClassUID = data_set.file_meta.MediaStorageSOPClassUID = pydicom.uid.UID(sr_writer.COMPREHENSIVE_SR)
    data_set.save_as(tmp_path / "as_comprehensive.dcm", enforce_file_format=True)
    assert validator_errors(tmp_path / "as_comprehensive.dcm") == []


@pytest.mark.parametrize("name", ["fhir", "dicom-sr"])
def test_a_damaged_or_foreign_report_is_refused(full: RecordContent, tmp_path: Path, name: str) -> None:
    (path,), _ = WRITERS[name](full, Folder(tmp_path))
    whole = path.read_bytes()
    for size in range(0, len(whole) - 1, max(1, len(whole) // 40)):
        path.write_bytes(whole[:size])
        with pytest.raises(EcgError):
            READERS[name](path)
    path.write_bytes(whole.replace(b"record-sha256", b"record-sha255").replace(b"annotations", b"annotationz"))
    with pytest.raises(UnsupportedRecord, match="of this program"):
        READERS[name](path)


@pytest.mark.parametrize(
    "text", ["[" * 100_000, '{"resourceType": "Bundle", "entry": NaN}', "\udcff", "", "9" * 10_000])
def test_hostile_json_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "report_fhir.json"
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises((UnreadableRecord, UnsupportedRecord)):
        fhir_reader.read_fhir(path)


def test_no_value_of_a_wrong_type_in_a_bundle_is_a_crash(full: RecordContent, tmp_path: Path) -> None:
    path = tmp_path / "report_fhir.json"
    bundle = json.loads(json.dumps(fhir_writer.fhir_bundle(full)))
    n_read = n_refused = 0
    places = dict(kinds_of_places(bundle, ()))
    assert len(places) > 40
    for place in places.values():
        for wrong in (None, 7, True, "x", [], [None], {}, {"system": {}}):
            changed = json.loads(json.dumps(bundle))
            within = changed
            for key in place[:-1]:
                within = within[key]
            within[place[-1]] = wrong
            path.write_text(json.dumps(changed), encoding="utf-8")
            try:
                fhir_reader.read_fhir(path)
                n_read += 1
            except (UnreadableRecord, UnsupportedRecord):
                n_refused += 1
    assert n_read > n_refused > 0


def kinds_of_places(value: Any, path: tuple[Any, ...]) -> Iterator[tuple[tuple[str, ...], tuple[Any, ...]]]:
    """Names on the way to a value, without numbers, and the way itself."""
    if path:
        yield tuple(key for key in path if isinstance(key, str)), path
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, child in items:
        yield from kinds_of_places(child, (*path, key))

"""Measurements, named departures, own beats and facts in tables and JSON."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import numpy as np
import pytest

from ecg_viewer.export.content import RecordContent
from ecg_viewer.export.export_files import CannotExport, Folder
from ecg_viewer.export.findings_csv import FINDING_COLUMNS, findings_csv_rows, write_csv
from ecg_viewer.export.findings_json import SCHEMA, findings_document, write_json
from ecg_viewer.export.measurements_csv import MEASUREMENT_COLUMNS, measurement_rows, write_measurements
from ecg_viewer.export.provenance import Provenance
from ecg_viewer.jobs.measured_rows import measured_stretch
from ecg_viewer.state.assessment import Assessment
from ecg_viewer.state.file_information import header_lines
from ecg_viewer.state.person import ShownPerson, shown_person_of
from ecg_viewer.state.records import RecordItem
from ecg_viewer.state.review.events import Event, FindingId
from ecg_viewer.state.words.language import set_translator
from mmae_core.departures import person as core_person
from mmae_core.departures.carried import carried_by
from mmae_core.departures.lead_table import lead_table
from mmae_core.departures.person import person_of
from mmae_core.intervals.measure import examine_record, measure_record
from mmae_core.intervals.qtc_doubt import qtc_by_formula
from mmae_core.record import Device, DeviceMeasurement, EcgRecord
from mmae_core.resources import resource

MakeContent = Callable[..., RecordContent]


@pytest.fixture
def content(make_content: MakeContent, examples: Any) -> RecordContent:
    return make_content((), layers=examples.layers, measured=examples.measured, person=ShownPerson(56.0, sex="male"))


def check(document: object, name: str = SCHEMA) -> None:
    described = json.loads(resource("schemas", name).read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(described)
    jsonschema.Draft202012Validator(described, format_checker=jsonschema.FormatChecker()).validate(document)


def test_the_json_has_measurements_departures_own_beats_and_facts(content: RecordContent, tmp_path: Path) -> None:
    (path,) = write_json(content, Folder(tmp_path))
    document = json.loads(path.read_text(encoding="utf-8"))
    check(document)
    assert document["format_version"] == 2
    assert document["person"] == {"age_years": 56.0, "over_89": False, "sex": "male"}
    values = {row["quantity"]: row for row in document["measurements"]["values"]}
    assert list(values) == ["rate_bpm", "pr_ms", "qrs_ms", "qt_ms", "qtc_ms", "axis_deg"]
    assert values["pr_ms"] == {"quantity": "pr_ms", "value": 240.0, "unit": "ms", "reason": "", "percentile": 98.8,
                               "sign": 1, "n_normals": 1912, "group": "men of about 55"}
    assert values["qtc_ms"]["value"] is None
    assert values["qtc_ms"]["reason"] == "no T wave was found in enough leads"
    assert values["axis_deg"]["value"] == -35.0
    (departures,) = document["departures"]
    first = departures["departures"][0]
    assert (first["lead"], first["wave"], first["kind"], first["sign"], first["value"], first["unit"]) == (
        "V2", "ST", "ST elevation", 1, 0.24, "mV")
    assert (first["start_s"], first["end_s"], first["flagged"]) == (0.04, 0.12, True)
    assert first["sentence"] == "ST +0.24 mV in V2: above 99.4 % of 1,912 men of about 55"
    assert departures["limitations"] == ["U wave not measured at 100 Hz"]
    assert departures["values"] == {"pr_ms": 240.0, "st_j60_mv:V2": 0.24, "t_mv:V4": 1.1}
    (own,) = document["own_beats"]
    assert own["shapes"] == [{"name": "A", "beats": 3, "wide": False}, {"name": "B", "beats": 1, "wide": True}]
    (beat,) = own["departing_beats"]
    assert (beat["r_s"], beat["shape"], beat["premature"]) == (2.2, "B", True)
    assert beat["lead_percentiles"]["V1"] is None, "it could not be compared"
    assert own["beats"] == 2
    assert own["limitations"] == ["the last beat is cut off"]


def test_a_fact_is_one_row_and_names_its_findings_by_number(content: RecordContent) -> None:
    document = findings_document(content)
    model, own, elevation = document["facts"]
    assert [fact["percentile"] for fact in document["facts"]] == [99.8, 99.1, 99.0], "strongest first"
    assert elevation["title"] == "ST +0.24 mV, V2, every beat"
    assert (elevation["beats"], elevation["of_beats"], elevation["leads"]) == (4, 4, ["V2"])
    found = [document["findings"][number - 1] for number in elevation["findings"]]
    assert [item["found_by"] for item in found] == ["measurement"] * 4
    assert {(item["lead"], item["kind"], item["value"], item["unit"]) for item in found} == {
        ("V2", "ST elevation", 0.24, "mV")}
    assert [document["findings"][number - 1]["found_by"] for number in own["findings"]] == ["own beats"]
    assert [document["findings"][number - 1]["lead"] for number in model["findings"]] == ["V3"]


def test_files_of_the_version_before_are_still_described(content: RecordContent) -> None:
    document = findings_document(content)
    for name in ("person", "measurements", "departures", "own_beats", "facts", "conclusion"):
        del document[name]
    del document["provenance"]["normals"], document["provenance"]["record"]["doubts"]
    document["format_version"] = 1
    document["findings"] = [
        {name: value for name, value in finding.items()
         if name not in ("wave", "kind", "value", "unit", "sentence", "fact")}
        for finding in document["findings"] if finding["found_by"] == "model"
    ]
    check(document, "findings.schema.json")
    with pytest.raises(jsonschema.ValidationError):
        check(document)


def test_the_schema_refuses_a_departure_it_does_not_describe(content: RecordContent) -> None:
    document = findings_document(content)
    document["departures"][0]["departures"][0]["diagnosis"] = "infarction"
    with pytest.raises(jsonschema.ValidationError, match="diagnosis"):
        check(document)


def test_a_table_of_findings_says_layer_wave_kind_value_and_sentence(content: RecordContent, tmp_path: Path) -> None:
    path = write_csv(content, Folder(tmp_path))[0]
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    head = [line for line in lines if line.startswith("# ")]
    rows = list(csv.DictReader(lines[len(head):]))
    assert tuple(rows[0]) == FINDING_COLUMNS
    elevation = next(row for row in rows if row["kind"] == "ST elevation")
    assert [elevation[name] for name in ("layer", "wave", "value", "unit", "found_by")] == [
        "named", "ST", "0.24", "mV", "measurement"]
    assert elevation["sentence"] == "ST +0.24 mV in V2: above 99.4 % of 1,912 men of about 55"
    assert {row["fact"] for row in rows if row["lead"] == "V2"} == {"named|ST elevation"}
    model = next(row for row in rows if row["lead"] == "aVF")
    assert [model[name] for name in ("layer", "wave", "kind", "value", "sentence")] == ["model", "", "", "", ""]
    assert "# Named departures: U wave not measured at 100 Hz" in head
    assert "# Own beats: the last beat is cut off" in head


def test_a_table_of_measurements_has_a_row_a_quantity_with_its_reason(content: RecordContent, tmp_path: Path) -> None:
    (path,) = write_measurements(content, Folder(tmp_path))
    assert path.name == "00170_hr_measurements.csv"
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    rows = list(csv.DictReader(line for line in lines if not line.startswith("# ")))
    assert tuple(rows[0]) == MEASUREMENT_COLUMNS
    by_name = {(row["quantity"], row["lead"]): row for row in rows}
    pr = by_name["pr_ms", ""]
    assert (pr["value"], pr["unit"], pr["percentile"], pr["sign"], pr["n_normals"], pr["flagged"]) == (
        "240", "ms", "98.8", "1", "1912", "yes")
    assert (pr["age_years"], pr["sex"]) == ("56", "male")
    qtc = by_name["qtc_ms", ""]
    assert (qtc["value"], qtc["reason"], qtc["flagged"]) == ("", "no T wave was found in enough leads", "")
    assert by_name["rate_bpm", ""]["flagged"] == "no"
    st = by_name["st_j60_mv", "V2"]
    assert (st["value"], st["unit"], st["flagged"]) == ("0.24", "mV", "yes")
    assert by_name["t_mv", "V4"]["flagged"] == "no", "chance explains it"


def measured_content(content: RecordContent) -> RecordContent:
    """The same recording with what is really measured in it."""
    return replace(content, measurements=measure_record(content.record))


def test_every_lead_stands_in_the_documents_with_its_percentile_and_reason(content: RecordContent) -> None:
    content = measured_content(content)
    truth = lead_table(examine_record(content.record), person_of(content.record), carried_by(content.record))
    document = findings_document(content)
    check(document)
    by_lead = document["measurements"]["by_lead"]
    cell = truth.leads["V2"]["st_j60_mv"]
    assert by_lead["leads"]["V2"]["st_j60_mv"]["value"] == pytest.approx(cell.value, abs=1e-4)
    assert by_lead["leads"]["V2"]["st_j60_mv"]["percentile"] == pytest.approx(cell.percentile, abs=0.01)
    assert by_lead["units"]["st_slope_mv_s"] == "mV/s"
    rows = {(row[3], row[4]): dict(zip(MEASUREMENT_COLUMNS, row, strict=True)) for row in measurement_rows(content)}
    assert float(rows["r_ms", "V5"]["value"]) == pytest.approx(truth.leads["V5"]["r_ms"].value, abs=0.01)
    empty = next((lead, name) for lead, row in truth.leads.items() for name, cell in row.items() if cell.value is None)
    assert rows[empty[1], empty[0]]["value"] == ""
    assert rows[empty[1], empty[0]]["reason"] == str(truth.leads[empty[0]][empty[1]].reason)


def test_all_four_qtc_and_the_deviations_from_beat_to_beat_are_exported(content: RecordContent) -> None:
    content = measured_content(content)
    measured = content.measurements
    assert measured is not None
    document = findings_document(content)["measurements"]
    expected = {name: round(value.value or 0, 1) for name, value in qtc_by_formula(measured).items()}
    assert document["qtc_ms_by_formula"] == expected
    assert document["rhythm"]["regular"] is measured.is_regular
    rows = {row[3]: dict(zip(MEASUREMENT_COLUMNS, row, strict=True)) for row in measurement_rows(content)
            if not row[4]}
    for name in ("Bazett", "Framingham", "Hodges"):
        assert float(rows[f"qtc_{name.lower()}_ms"]["value"]) == expected[name]
    for name in ("rate_bpm", "rr_ms", "pr_ms", "qrs_ms", "qt_ms"):
        spread = document["beat_to_beat"][name]
        assert float(rows[name]["sd"]) == pytest.approx(spread["sd"], abs=0.005)
        assert rows[name]["sd_beats"] == spread["beats"] >= 4
    assert float(rows["rr_ms"]["sd"]) == pytest.approx(1000 * np.std(measured.intervals_s, ddof=1), abs=0.01)


def test_a_device_that_measured_otherwise_is_named_beside_the_value(content: RecordContent) -> None:
    device = Device(measurements=(DeviceMeasurement("QRS duration", "201", "ms"),))
    content = measured_content(replace(content, record=replace(content.record, device=device)))
    document = findings_document(content)
    check(document)
    (item,) = document["measurements"]["device_differences"]
    assert (item["quantity"], item["device"]) == ("qrs_ms", 201.0)
    notes = {row[3]: row[-1] for row in measurement_rows(content) if not row[4]}
    assert notes["qrs_ms"] == "the device states 201 ms"
    assert notes["pr_ms"] == ""


def test_without_measurements_the_table_is_not_written(make_content: MakeContent, tmp_path: Path) -> None:
    with pytest.raises(CannotExport, match="00170_hr has no measurements"):
        write_measurements(make_content(), Folder(tmp_path))
    assert list(tmp_path.iterdir()) == []


def test_layers_have_a_point_and_english_words_in_every_language(content: RecordContent) -> None:
    before = findings_csv_rows(content), measurement_rows(content), findings_document(content)
    set_translator(lambda text: text, "de")
    try:
        assert (findings_csv_rows(content), measurement_rows(content), findings_document(content)) == before
    finally:
        set_translator(None)


def test_a_decided_departure_keeps_its_kind_after_the_program_finds_it_no_more(
    make_content: MakeContent, examples: Any
) -> None:
    found = examples.layers.facts[0].findings[0]
    name = FindingId.of(found, examples.model.sha256).to_payload()
    decided = Event("decided", "sha", "anna", {"finding": name, "state": "confirmed", "percentile": 99.0, "note": ""},
                    time="2026-11-20T08:00:00.000+00:00")
    document = findings_document(make_content((decided,)))
    check(document)
    kept = next(item for item in document["findings"] if item["kind"])
    assert (kept["found_by"], kept["kind"], kept["decision"], kept["value"]) == (
        "measurement", "ST elevation", "confirmed", None)


@pytest.mark.parametrize(
    ("comments", "item", "expected"),
    [
        (("Age: 56", "Sex: M"), None, ShownPerson(56.0, sex="male")),
        (("age: 300", "gender: female"), None, ShownPerson(is_over_89=True, sex="female")),
        (("Name: Erika", "Age: unknown"), None, ShownPerson()),
        (("<age>: 51  <sex>: F  <diagnoses> (none)",), None, ShownPerson(51.0, sex="female")),
        (("69 M 1085 1629 x1",), None, ShownPerson(69.0, sex="male")),
        (("Age: 6 months",), None, ShownPerson(0.5)),
        (("Age: 20", "Sex: F"), RecordItem(Path("a"), "a", origin="file"), ShownPerson(20.0, sex="female")),
        (("Age: 20", "Sex: F"), RecordItem(Path("a"), "a", age=61.0), ShownPerson(61.0, sex="female")),
        (("Age: 20",), RecordItem(Path("a"), "a", age=61.0, sex="female"), ShownPerson(61.0, sex="female")),
    ],
)
def test_age_and_sex_are_known_from_the_list_or_the_files(
    demo_record: EcgRecord, comments: tuple[str, ...], item: RecordItem | None, expected: ShownPerson
) -> None:
    assert shown_person_of(replace(demo_record, comments=comments), item) == expected


@pytest.mark.parametrize("comment", [
    "Age: 56", "<age>: 51  <sex>: F  <diagnoses> (none)", "69 M 1085 1629 x1", "age: 300", "Age: 0", "Age: 6 months",
    "Sex: W", "Age: unknown", "Age: 6 moons", "gender: female",
])
def test_who_is_shown_and_exported_is_who_is_compared(demo_record: EcgRecord, comment: str) -> None:
    record = replace(demo_record, comments=(comment,))
    compared, shown = core_person.person_of(record), shown_person_of(record)
    assert (shown.age_years, shown.is_over_89, shown.sex) == (
        compared.age, compared.is_over_oldest, compared.sex or "")
    lines = [line for line in header_lines(record) if line.title in ("Age", "Sex")]
    assert bool(lines) == (shown != ShownPerson())


def test_a_long_recording_is_measured_around_its_strongest_window(make_content: MakeContent) -> None:
    strongest = make_content().window
    assert strongest is not None

    def stretch(start_s: float, duration_s: float) -> tuple[float, float]:
        assessment = Assessment(strongest_window=replace(strongest, start_s=start_s))
        return measured_stretch(assessment, duration_s)

    assert stretch(5.0, 30.0) == (0.0, 30.0)
    assert stretch(500.0, 3600.0) == (490.0, 30.0)
    assert stretch(3590.0, 3600.0) == (3570.0, 30.0)
    assert stretch(2.0, 3600.0) == (0.0, 30.0)
    assert measured_stretch(Assessment(), 3600.0) == (0.0, 30.0)


MODELS = "# Percentiles of the model's map and score compare with "
MEASURED = ("# Percentiles of measurements compare with those of 7,243 normal ECGs (PTB-XL's layout: records whose "
            "only diagnostic superclass is NORM, folds 1-8) that are of the same sex and age, where these are known")
OWN_BEATS = "# Percentiles of own beats compare with 6,802 normal ECGs (PTB-XL v1.0.3: NORM the only"


def head_of(path: Path) -> list[str]:
    return [line for line in path.read_text(encoding="utf-8-sig").splitlines() if line.startswith("# ")]


def test_every_table_names_the_normals_of_each_layer(content: RecordContent, tmp_path: Path) -> None:
    for path in (*write_csv(content, Folder(tmp_path)), *write_measurements(content, Folder(tmp_path))):
        head = head_of(path)
        assert [sum(line.startswith(text) for line in head) for text in (MODELS, MEASURED, OWN_BEATS)] == [1, 1, 1]
    document = findings_document(content)
    check(document)
    normals = document["provenance"]["normals"]
    assert (normals["named"]["n_normals"], normals["own"]["n_normals"]) == (7243, 6802)


def test_a_layer_that_compared_nothing_names_no_normals(make_content: MakeContent, tmp_path: Path) -> None:
    content = make_content(())
    assert findings_document(content)["provenance"]["normals"] == {"named": None, "own": None}
    head = head_of(write_csv(content, Folder(tmp_path))[0])
    assert [sum(line.startswith(text) for line in head) for text in (MODELS, MEASURED, OWN_BEATS)] == [1, 0, 0]


def test_a_model_that_assessed_nothing_is_no_origin(content: RecordContent, examples: Any, tmp_path: Path) -> None:
    refused = replace(content.assessment, windows=(), strongest_window=None)
    origin = Provenance.of(content.record, examples.model, refused, clock=examples.moment)
    assert origin.model is None
    head = head_of(write_measurements(replace(content, assessment=refused, provenance=origin), Folder(tmp_path))[0])
    assert not any("model" in line for line in head if line.startswith("# Percentiles"))
    assert MEASURED in head


def test_what_was_not_measured_is_said_once_with_its_layer(content: RecordContent, tmp_path: Path) -> None:
    head = head_of(write_measurements(content, Folder(tmp_path))[0])
    said = [line for line in head if "not measured" in line.lower()]
    assert said == ["# Named departures: U wave not measured at 100 Hz"]

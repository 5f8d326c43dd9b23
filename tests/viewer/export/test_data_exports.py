"""Tables, JSON, maps and annotations: what they hold, where it comes from, and that nothing is overwritten."""

from __future__ import annotations

import csv
import errno
import json
import math
import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import numpy as np
import pytest
import wfdb

from ecg_viewer.export.annotations import ANNOTATOR, write_annotations
from ecg_viewer.export.content import Identity, RecordContent
from ecg_viewer.export.exchange.fhir_writer import write_fhir
from ecg_viewer.export.exchange.sr_writer import write_dicom_sr
from ecg_viewer.export.export_files import CannotExport, Existing, Folder
from ecg_viewer.export.findings_csv import FINDING_COLUMNS, LEAD_COLUMNS, findings_csv_rows, lead_rows, write_csv
from ecg_viewer.export.findings_json import SCHEMA, findings_document, write_json
from ecg_viewer.export.maps_npz import write_npz
from ecg_viewer.export.page_options import PageOptions
from ecg_viewer.export.pages import frame
from ecg_viewer.export.pages.findings_part import blocks
from ecg_viewer.export.report_sections import report_sections
from ecg_viewer.state.words.language import set_translator
from ecg_viewer.state.words.record_words import RESEARCH_USE_BADGE
from mmae_core import __version__
from mmae_core.assessment import AnomalyMap
from mmae_core.readers import read_record
from mmae_core.readers.wfdb_files import ANNOTATORS
from mmae_core.readers.wfdb_spans import read_spans
from mmae_core.record import STANDARD_LEADS
from mmae_core.report.map_file import read_maps
from mmae_core.resources import resource

MakeContent = Callable[..., RecordContent]


def read_table(path: Path) -> tuple[list[str], list[dict[str, str]]]:
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    head = [line for line in lines if line.startswith("# ")]
    return head, list(csv.DictReader(lines[len(head) :]))


def schema(name: str) -> dict[str, object]:
    return json.loads(resource("schemas", name).read_text(encoding="utf-8"))


def check(document: object, name: str) -> None:
    described = schema(name)
    jsonschema.Draft202012Validator.check_schema(described)
    jsonschema.Draft202012Validator(described, format_checker=jsonschema.FormatChecker()).validate(document)


def test_the_findings_table_has_a_row_a_finding_with_the_decision(make_content: MakeContent, tmp_path: Path) -> None:
    findings, _ = write_csv(make_content(), Folder(tmp_path))
    _, rows = read_table(findings)
    assert [(row["lead"], row["start_s"], row["end_s"], row["found_by"], row["decision"]) for row in rows] == [
        ("V3", "2", "2.2", "model", "confirmed"),
        ("aVF", "7", "7.4", "model", "unreviewed"),
        ("II", "5", "5.1", "model", "dismissed"),  # a poor signal comes after all others
        ("V6", "8", "8.5", "reviewer", "confirmed"),
    ]
    assert tuple(rows[0]) == FINDING_COLUMNS
    assert [row["duration_ms"] for row in rows] == ["200", "400", "100", "500"]
    assert rows[0]["peak_percentile"] == "99.8"
    assert rows[2]["signal_problem"] == "noisy"
    assert rows[3]["label"] == "U wave"
    assert rows[0]["reviewer"] == "anna"


def test_a_note_is_no_formula_in_a_spreadsheet(make_content: MakeContent, tmp_path: Path) -> None:
    _, rows = read_table(write_csv(make_content(), Folder(tmp_path))[0])
    assert rows[0]["note"] == "'=1+1 \u2013 \u201cnotch\u201d, really"


def test_the_leads_table_says_what_was_not_assessed(make_content: MakeContent, tmp_path: Path) -> None:
    head, rows = read_table(write_csv(make_content(), Folder(tmp_path))[1])
    assert [row["lead"] for row in rows] == list(STANDARD_LEADS)
    by_lead = {row["lead"]: row for row in rows}
    assert tuple(rows[0]) == LEAD_COLUMNS
    assert (by_lead["aVL"]["percentile_of_strongest_10s"], by_lead["aVL"]["assessed"]) == ("", "no")
    assert (by_lead["II"]["reliable"], by_lead["II"]["signal_problem"]) == ("no", "noisy")
    assert by_lead["V3"]["n_confirmed"] == "1"
    assert by_lead["V6"]["percentile_of_strongest_10s"] == "94"
    assert {row["windows"] for row in rows} == {"1"}
    assert "# Not assessed: aVL is flat." in head


def test_every_table_says_where_it_comes_from(make_content: MakeContent, examples: Any, tmp_path: Path) -> None:
    content = make_content()
    for path in write_csv(content, Folder(tmp_path)):
        head = "\n".join(read_table(path)[0])
        for part in (RESEARCH_USE_BADGE, content.record.source.sha256, examples.model.sha256, "normals of somewhere",
                     "500 Hz, 1-25 Hz", __version__, "2026-11-21T10:30:00"):
            assert part in head


def test_a_conclusion_is_in_the_json_the_tables_and_on_the_pages(
    make_content: MakeContent, examples: Any, tmp_path: Path, qapp: object
) -> None:
    content = make_content((examples.event("concluded", text="Old infarct?\nCompare with 2019."),))
    document = findings_document(content)
    check(document, SCHEMA)
    assert document["conclusion"] == {
        "text": "Old infarct?\nCompare with 2019.", "reviewer": "anna", "written": "2026-11-20T08:00:00.000+00:00"}
    for path in write_csv(content, Folder(tmp_path)):
        head, _ = read_table(path)
        assert "# Conclusion (anna, 2026-11-20 08:00 UTC): Old infarct? Compare with 2019." in head
    said = [" ".join(line for _, lines in block.cells for line in lines) for block in blocks(
        report_sections(content, (0.0, 10.0)), PageOptions())]
    assert said[:4] == [
        "Conclusion", "Old infarct?", "Compare with 2019.", "Written by anna, 2026-11-20 08:00 UTC"]
    without = make_content()
    assert findings_document(without)["conclusion"] is None
    check(findings_document(without), SCHEMA)


def test_the_json_follows_its_published_schema(make_content: MakeContent, examples: Any, tmp_path: Path) -> None:
    (path,) = write_json(make_content(), Folder(tmp_path))
    document = json.loads(path.read_text(encoding="utf-8"))
    check(document, SCHEMA)
    assert [item["decision"] for item in document["findings"]] == ["confirmed", "unreviewed", "dismissed", "confirmed"]
    assert document["assessment"]["windows"][0]["lead_percentiles"]["aVL"] is None
    assert document["assessment"]["not_assessed"] == ["aVL is flat."]
    assert document["provenance"]["model"]["weights_sha256"] == examples.model.sha256
    assert document["provenance"]["use"] == RESEARCH_USE_BADGE


def test_branches_that_were_not_computed_are_null_and_not_0(make_content: MakeContent) -> None:
    content = make_content()
    (window,) = content.assessment.windows
    plain = replace(window, global_score=math.nan, local_score=math.nan)
    document = findings_document(replace(content, assessment=replace(content.assessment, windows=(plain,))))
    check(document, SCHEMA)
    (written,) = document["assessment"]["windows"]
    assert (written["global_score"], written["local_score"], written["score"]) == (None, None, 2.0)


def test_the_schema_refuses_what_is_not_described(make_content: MakeContent) -> None:
    document = findings_document(make_content())
    document["findings"][0]["severity"] = "high"
    with pytest.raises(jsonschema.ValidationError, match="severity"):
        check(document, SCHEMA)


def test_a_recording_nobody_assessed_still_follows_the_schema(make_content: MakeContent) -> None:
    from ecg_viewer.state.assessment import Assessment, Phase

    content = make_content(())
    bare = replace(content, assessment=Assessment(Phase.UNSUPPORTED, "It is too short."), findings=(), heat=None)
    document = findings_document(bare)
    check(document, SCHEMA)
    assert document["assessment"] == {
        "state": "unsupported", "assessed_s": 0.0, "not_assessed": ["It is too short."], "cautions": [],
        "strongest_window": None, "windows": [],
    }


def test_of_several_windows_every_export_says_how_many_and_gives_no_p_value(
    make_content: MakeContent, qapp: object
) -> None:
    content = make_content()
    strongest = content.window
    assert strongest is not None
    assert findings_document(content)["assessment"]["strongest_window"]["p_value"] == pytest.approx(0.0274)
    usual = replace(strongest, start_s=10.0, score=1.0, percentile=40.0)
    several = replace(content, assessment=replace(content.assessment, windows=(strongest, usual), order=None))
    document = findings_document(several)
    check(document, SCHEMA)
    assert document["assessment"]["strongest_window"] == {
        "start_s": 0.0, "percentile": 97.37, "p_value": None, "windows": 2, "windows_that_stand_out": 1}
    assert {row[LEAD_COLUMNS.index("windows")] for row in lead_rows(several)} == {2}
    for found, said in ((content, "More unusual than"), (several, "Strongest of 2 10-s windows: more unusual than")):
        assert said in frame._sentences(found, "", "")[0][0], "the heading of every page of PDF, PNG and SVG"
    for found, said in ((content, "p = 0.027"), (several, "1 of 2 10-s windows (50.0 %)")):
        cells = [cell for block in blocks(report_sections(found, (0.0, 10.0)), PageOptions()) for cell in block.cells]
        lines = [line for _, text in cells for line in text]
        assert any(line.startswith(said) for line in lines)
        assert any("p = " in line for line in lines) == (found is content)


def test_tables_and_documents_have_a_point_in_every_language(make_content: MakeContent) -> None:
    content = make_content()
    before = findings_csv_rows(content), lead_rows(content), findings_document(content)
    set_translator(lambda text: text, "de")
    try:
        assert (findings_csv_rows(content), lead_rows(content), findings_document(content)) == before
    finally:
        set_translator(None)


def test_identity_is_exported_only_if_it_was_asked_for(make_content: MakeContent, tmp_path: Path) -> None:
    content = make_content()
    asked = replace(content, identity=Identity(("Name: Erika Mustermann",)))
    for where, what in (("without", content), ("with", asked)):
        folder = Folder(tmp_path / where)
        written = [*write_csv(what, folder), *write_json(what, folder)]
        texts = [path.read_text(encoding="utf-8-sig") for path in written]
        assert [("Mustermann" in text) for text in texts] == [where == "with"] * 3


def test_maps_load_without_unpickling_and_keep_their_gaps(make_content: MakeContent, tmp_path: Path) -> None:
    content = make_content(maps=True)
    (path,) = write_npz(content, Folder(tmp_path))
    with np.load(path, allow_pickle=False) as archive:
        assert tuple(archive["lead_names"]) == STANDARD_LEADS
        assert float(archive["sampling_rate_hz"]) == 500.0
        assert float(archive["start_s"]) == 0.0
        assert archive["percentile"].shape == (12, 5000)
        assert archive["percentile"][STANDARD_LEADS.index("V3"), 1050] == np.float32(99.8)
        assert np.isnan(archive["percentile"][STANDARD_LEADS.index("aVL")]).all()
        assert "expected_mv" not in archive
    read = read_maps(path)  # the reader of what `mmae_core score --maps` writes
    np.testing.assert_array_equal(read.percentile, content.maps[0].percentile)
    provenance = read.provenance
    assert provenance["model"]["weights_sha256"]
    assert provenance["record"]["sha256"] == content.record.source.sha256


def test_maps_of_two_stretches_join_and_hold_the_expected_trace(make_content: MakeContent, tmp_path: Path) -> None:
    content = make_content(maps=True)
    whole = content.maps[0]

    def part(first: int, last: int) -> AnomalyMap:
        cut = {name: getattr(whole, name)[:, first:last] for name in ("score", "percentile", "peak_percentile")}
        return replace(whole, start_s=first / 500, expected_mv=cut["score"] + 1, **cut)

    (path,) = write_npz(replace(content, maps=(part(0, 2000), part(2000, 5000))), Folder(tmp_path))
    with np.load(path, allow_pickle=False) as archive:
        np.testing.assert_array_equal(archive["percentile"], whole.percentile)
        np.testing.assert_array_equal(archive["expected_mv"], whole.score + 1)


def test_without_maps_the_reason_is_said(make_content: MakeContent, tmp_path: Path) -> None:
    with pytest.raises(CannotExport, match="00170_hr has no maps"):
        write_npz(make_content(), Folder(tmp_path))
    assert list(tmp_path.iterdir()) == []


def test_confirmed_findings_are_annotations_that_wfdb_reads(make_content: MakeContent, tmp_path: Path) -> None:
    content = make_content()
    (path,) = write_annotations(content, Folder(tmp_path)).paths
    assert path == tmp_path / f"00170_hr.{ANNOTATOR}"
    marks = wfdb.rdann(str(path.with_suffix("")), ANNOTATOR)
    opened = [i for i, symbol in enumerate(marks.symbol) if symbol == "("]
    closed = [i for i, symbol in enumerate(marks.symbol) if symbol == ")"]
    assert marks.fs == 500
    assert [(int(marks.sample[i]), int(marks.chan[i])) for i in opened] == [(1000, 8), (4000, 11)]  # V3 and V6
    assert [int(marks.sample[i]) for i in closed] == [1100, 4250]
    assert [marks.aux_note[i] for i in opened] == ["finding, percentile 99.80", "U wave"]
    notes = [note for note, symbol in zip(marks.aux_note, marks.symbol, strict=True) if symbol == '"']
    assert notes[0] == RESEARCH_USE_BADGE
    assert any(content.record.source.sha256 in note for note in notes)


def test_annotations_find_their_leads_beside_the_recording(make_content: MakeContent, tmp_path: Path) -> None:
    for source in resource("demo").glob("00170_hr.*"):
        (tmp_path / source.name).write_bytes(source.read_bytes())
    (path,) = write_annotations(make_content(), Folder(tmp_path)).paths
    spans = [(span.lead, span.start_sample, span.end_sample) for span in read_spans(path)]
    assert spans == [("V3", 1000, 1100), ("V6", 4000, 4250)]


def test_annotations_of_others_are_never_touched(make_content: MakeContent, tmp_path: Path) -> None:
    assert ANNOTATOR not in ANNOTATORS
    (tmp_path / "00170_hr.atr").write_bytes(b"somebody's beats")
    (tmp_path / f"00170_hr.{ANNOTATOR}").write_bytes(b"somebody's review")
    for existing in (Existing.REFUSE, Existing.KEEP_BOTH):
        with pytest.raises(CannotExport, match="left as it is"):
            write_annotations(make_content(), Folder(tmp_path, existing))
    assert (tmp_path / "00170_hr.atr").read_bytes() == b"somebody's beats"
    assert (tmp_path / f"00170_hr.{ANNOTATOR}").read_bytes() == b"somebody's review"
    assert len(list(tmp_path.iterdir())) == 2


def test_without_confirmed_findings_there_is_nothing_to_annotate(
    make_content: MakeContent, examples: Any, tmp_path: Path
) -> None:
    content = make_content((examples.decided(examples.found[0], "dismissed"),))
    with pytest.raises(CannotExport, match="no confirmed findings"):
        write_annotations(content, Folder(tmp_path))


def test_a_file_is_left_numbered_or_replaced_as_asked(make_content: MakeContent, tmp_path: Path) -> None:
    content = make_content()
    (first,) = write_json(content, Folder(tmp_path))
    first.write_text("mine", encoding="utf-8")
    with pytest.raises(CannotExport, match="exists already"):
        write_json(content, Folder(tmp_path))
    (second,) = write_json(content, Folder(tmp_path, Existing.KEEP_BOTH))
    assert (first.read_text(encoding="utf-8"), second.name) == ("mine", "00170_hr_findings (2).json")
    (third,) = write_json(content, Folder(tmp_path, Existing.REPLACE))
    assert third == first
    assert first.read_text(encoding="utf-8") != "mine"


def test_tables_of_one_export_get_the_same_number(make_content: MakeContent, tmp_path: Path) -> None:
    (tmp_path / "00170_hr_leads.csv").write_text("mine", encoding="utf-8")
    written = write_csv(make_content(), Folder(tmp_path, Existing.KEEP_BOTH))
    assert [path.name for path in written] == ["00170_hr_findings (2).csv", "00170_hr_leads (2).csv"]


@pytest.mark.parametrize(
    ("number", "words"), [(errno.ENOSPC, "no room left"), (errno.EROFS, "cannot be written to")]
)
def test_a_disk_that_fails_half_way_leaves_nothing(
    make_content: MakeContent, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, words: str
) -> None:
    def fail(*_: object) -> None:
        raise OSError(number, "as the system says it")

    content = make_content(maps=True)
    folder = Folder(tmp_path / "out")
    for write in (write_json, write_csv, write_npz, write_annotations, write_fhir, write_dicom_sr):
        with monkeypatch.context() as patch:
            patch.setattr(os, "fsync", fail)
            with pytest.raises(CannotExport, match=words):
                write(content, folder)
    assert list((tmp_path / "out").iterdir()) == []


def test_a_file_in_the_place_of_the_folder_is_said(make_content: MakeContent, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("", encoding="utf-8")
    with pytest.raises(CannotExport, match="taken"):
        write_json(make_content(), Folder(tmp_path / "taken"))


def test_what_weakens_a_percentile_is_a_caution_and_not_said_to_be_not_assessed(
    make_content: MakeContent, tmp_path: Path
) -> None:
    content = make_content()
    too_high = "percentile likely too high: the normal cohort is of complete recordings"
    unreliable = "percentile unreliable because of signal quality: all leads noisy"
    assessment = replace(content.assessment, notes=("aVL is flat.", too_high, unreliable))
    cautious = replace(content, assessment=assessment)
    head, _ = read_table(write_csv(cautious, Folder(tmp_path))[0])
    assert [line for line in head if "Not assessed" in line] == ["# Not assessed: aVL is flat."]
    assert [line for line in head if "Caution" in line] == [f"# Caution: {too_high}", f"# Caution: {unreliable}"]
    document = findings_document(cautious)
    check(document, SCHEMA)
    assert document["assessment"]["not_assessed"] == ["aVL is flat."]
    assert document["assessment"]["cautions"] == [too_high, unreliable]


def test_annotations_of_a_recording_in_several_segments_are_written(make_content: MakeContent, tmp_path: Path) -> None:
    source = resource("demo") / "00170_hr.hea"
    shutil.copy(source, tmp_path / "part.hea")
    shutil.copy(source.with_suffix(".dat"), tmp_path / "00170_hr.dat")
    (tmp_path / "00170_hr.hea").write_text("00170_hr/2 12 500 10000\npart 5000\npart 5000\n")
    record = read_record(tmp_path / "00170_hr.hea")
    annotated = write_annotations(replace(make_content(), record=record), Folder(tmp_path))
    assert annotated.notes == ()
    marks = wfdb.rdann(str(annotated.paths[0].with_suffix("")), ANNOTATOR)
    assert sorted({int(marks.chan[i]) for i, symbol in enumerate(marks.symbol) if symbol == "("}) == [8, 11]


def test_tables_for_spreadsheets_in_german_hold_the_same(make_content: MakeContent, tmp_path: Path) -> None:
    plain, _ = write_csv(make_content(), Folder(tmp_path / "plain"))
    german, _ = write_csv(make_content(), Folder(tmp_path / "german", semicolons=True))
    lines = german.read_text(encoding="utf-8-sig").splitlines()
    head, rows = read_table(plain)
    found = list(csv.DictReader(lines[len(head):], delimiter=";"))
    assert found
    assert [row["start_s"].replace(",", ".") for row in found] == [row["start_s"] for row in rows]
    assert any("," in row["peak_percentile"] for row in found)
    assert not any("." in row["peak_percentile"] for row in found)
    assert [row["sentence"] for row in found] == [row["sentence"] for row in rows]

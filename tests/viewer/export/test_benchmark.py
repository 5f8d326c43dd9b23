"""Reviewed recordings become a benchmark that `mmae_core evaluate` measures on."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import jsonschema
import numpy as np
import pytest

from ecg_viewer.export.benchmark import IGNORED, ReviewedRecord, window_starts, write_benchmark
from ecg_viewer.export.benchmark_manifest import MANIFEST, SCHEMA, LeftOut
from ecg_viewer.export.benchmark_words import caveats, counted, omissions
from ecg_viewer.export.content import ReviewedFinding
from ecg_viewer.export.decisions import Decisions
from ecg_viewer.export.export_files import CannotExport, Existing, Folder
from ecg_viewer.state.review.events import Event
from ecg_viewer.state.review.journal import Journal
from mmae_core.datasets.annotated_folder import load_annotated
from mmae_core.readers import read_record
from mmae_core.readers.mcf_arrays import load_detection, load_localization
from mmae_core.record import STANDARD_LEADS
from mmae_core.resources import resource

V3, II, V6 = (STANDARD_LEADS.index(lead) for lead in ("V3", "II", "V6"))


def demo(name: str) -> Path:
    return resource("demo") / f"{name}_hr.hea"


def confirmed(lead: str, start_s: float, end_s: float) -> ReviewedFinding:
    return ReviewedFinding(
        lead, start_s, end_s, decision="confirmed", percentile=99.0, reviewer="anna", model_sha256="ab" * 32
    )


def undecided(lead: str, start_s: float, end_s: float) -> ReviewedFinding:
    return ReviewedFinding(lead, start_s, end_s, percentile=98.0, model_sha256="ab" * 32)


RECORDS = (
    ReviewedRecord(
        demo("00170"), "00170_hr", "reviewed",
        (
            confirmed("V3", 2.0, 2.2),
            ReviewedFinding("II", 5.0, 5.1, decision="dismissed", percentile=97.5, reviewer="anna"),
            ReviewedFinding("V6", 8.0, 8.5, "reviewer", decision="confirmed", label="U wave", reviewer="ben"),
        ),
        (undecided("V6", 8.4, 9.0), undecided("II", 5.05, 5.2)),
    ),
    ReviewedRecord(demo("00195"), "00195_hr", "reviewed"),
    ReviewedRecord(demo("00234"), "00234_hr", "unreviewed"),
    ReviewedRecord(demo("00262"), "00262_hr", "in progress", (confirmed("I", 1.0, 1.5),)),
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("benchmark")
    write_benchmark(RECORDS, Folder(folder))
    return folder


def test_positives_are_labelled_and_dismissed_ones_are_not(folder: Path) -> None:
    arrays = load_localization(folder)
    assert arrays.labels.shape == (1, 5000, 12)
    mask = arrays.mask(0)
    expected = np.zeros((12, 5000), bool)
    expected[V3, 1000:1100] = True
    expected[V6, 4000:4250] = True
    np.testing.assert_array_equal(mask, expected)


def test_a_reviewed_recording_without_findings_is_normal(folder: Path) -> None:
    arrays = load_detection(folder)
    assert arrays.abnormal.tolist() == [True, False]


def test_undecided_stretches_beside_positive_ones_are_ignored_where_nothing_was_decided(folder: Path) -> None:
    expected = np.zeros((1, 5000, 12), np.uint8)
    expected[0, 4250:4500, V6] = 1
    expected[0, 2550:2600, II] = 1
    np.testing.assert_array_equal(np.load(folder / IGNORED), expected)


def test_a_recording_with_undecided_findings_is_never_normal(tmp_path: Path) -> None:
    dismissed = ReviewedFinding("II", 5.0, 5.1, decision="dismissed", reviewer="anna")
    four = tuple(undecided("V1", start_s, start_s + 0.2) for start_s in (1.0, 2.0, 3.0, 4.0))
    reviewed = ReviewedRecord(demo("00234"), "00234_hr", "reviewed", (), four)
    in_progress = ReviewedRecord(demo("00262"), "00262_hr", "in progress", (dismissed,), four)
    made = write_benchmark([reviewed, in_progress, RECORDS[1]], Folder(tmp_path), unfinished=True)
    assert (made.n_windows, made.n_normal, made.n_positive) == (1, 1, 0)
    assert [(name, "findings not decided: 4" in reason) for name, reason in made.left_out] == [
        ("00234_hr", True), ("00262_hr", True)
    ]
    assert not (tmp_path / IGNORED).exists()
    assert sorted(path.name for path in (tmp_path / "records").iterdir()) == ["00195_hr.dat", "00195_hr.hea"]


def test_the_arrays_hold_the_signals_filtered_as_the_published_ones_are(folder: Path) -> None:
    from mmae_core.config import PreprocessConfig
    from mmae_core.scoring.preprocess import bandpass

    config = PreprocessConfig()
    for row, name in enumerate(("00170", "00195")):
        expected = bandpass(read_record(demo(name)).read().astype(np.float64), config)
        np.testing.assert_allclose(load_detection(folder).data.window(row), expected, atol=2e-3)


def test_the_wfdb_records_are_as_recorded_with_the_boxes_beside_them(folder: Path) -> None:
    found = {item.path.stem: item for item in load_annotated(folder)}
    assert set(found) == {"00170_hr", "00195_hr"}
    np.testing.assert_array_equal(found["00170_hr"].mask, load_localization(folder).mask(0))
    assert found["00170_hr"].kinds == ("finding", "U wave")
    assert not found["00195_hr"].mask.any()
    np.testing.assert_allclose(read_record(found["00170_hr"].path).read(), read_record(demo("00170")).read(), atol=6e-4)


def test_the_manifest_follows_its_published_schema_and_counts_what_was_left_out(folder: Path) -> None:
    document = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    schema = json.loads(resource("schemas", SCHEMA).read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker()).validate(document)
    assert (document["n_windows"], document["n_positive"], document["n_normal"]) == (2, 1, 1)
    assert [(item["record"], item["reason"].split(":")[0]) for item in document["left_out"]] == [
        ("00234_hr", "nobody has reviewed it"), ("00262_hr", "its review is not finished")
    ]
    first, second = document["windows"]
    assert [box["lead"] for box in first["positives"]] == ["V3", "V6"]
    assert [box["lead"] for box in first["negatives"]] == ["II"]
    assert (first["localization_row"], second["localization_row"]) == (0, None)
    assert first["sha256"] == read_record(demo("00170")).source.sha256
    assert document["reviewers"] == ["anna", "ben"]
    assert document["truth"] == {"found_by_model": 1, "by_hand": 1, "models": {"ab" * 32: 1}}
    assert ([box["lead"] for box in first["undecided"]], document["n_undecided"]) == (["V6", "II"], 2)
    assert document["left_out_windows"] == []


def test_evaluate_measures_on_arrays_and_on_records(folder: Path, tmp_path: Path) -> None:
    from mmae_core.cli import main

    arguments = ["evaluate", "--task", "localization", "--device", "cpu"]
    published = ["--protocol", "published"]  # takes the arrays, which are of windows with a positive stretch alone
    cases = ((folder, published, 1), (folder, [], 2), (folder / "records", [], 2))
    for number, (data, form, count) in enumerate(cases):
        report = tmp_path / f"{number}.json"
        assert main([*arguments, *form, "--data", str(data), "--output", str(report)]) == 0
        measured = json.loads(report.read_text(encoding="utf-8"))
        assert (measured["localization"]["n_records"], measured["localization"]["n_with_lesion"]) == (count, 1)
        assert 0 <= measured["localization"]["record_auroc"] <= 1


def test_unfinished_reviews_are_taken_if_that_is_asked_for(tmp_path: Path) -> None:
    made = write_benchmark(RECORDS, Folder(tmp_path), unfinished=True)
    assert (made.n_windows, made.n_positive, len(made.left_out)) == (3, 2, 1)
    assert load_localization(tmp_path).mask(1)[0, 500:750].all()


def test_without_a_reviewed_recording_nothing_is_written(tmp_path: Path) -> None:
    with pytest.raises(CannotExport, match=r"None of 2 recordings .* nobody has reviewed it.*confirm \(C\)"):
        write_benchmark([RECORDS[2], RECORDS[3]], Folder(tmp_path / "out"))
    assert not (tmp_path / "out").exists(), "a folder that was made for nothing is gone"
    (tmp_path / "mine").mkdir()
    with pytest.raises(CannotExport):
        write_benchmark([RECORDS[2]], Folder(tmp_path / "mine" / "a" / "b"))
    assert list((tmp_path / "mine").iterdir()) == []


def test_only_normals_make_a_set_for_detection_alone(tmp_path: Path) -> None:
    made = write_benchmark([RECORDS[1]], Folder(tmp_path))
    assert made.n_normal == 1
    assert not (tmp_path / "benchmark_data.npy").exists()
    assert load_detection(tmp_path).abnormal.tolist() == [False]


def test_a_benchmark_is_not_overwritten_unless_asked(tmp_path: Path) -> None:
    write_benchmark(RECORDS, Folder(tmp_path))
    before = (tmp_path / MANIFEST).read_bytes()
    with pytest.raises(CannotExport, match="holds a benchmark already"):
        write_benchmark([RECORDS[1]], Folder(tmp_path, Existing.KEEP_BOTH))
    assert (tmp_path / MANIFEST).read_bytes() == before
    (tmp_path / "records" / "mine.txt").write_text("mine", encoding="utf-8")
    write_benchmark([RECORDS[1]], Folder(tmp_path, Existing.REPLACE))
    names = sorted(path.name for path in (tmp_path / "records").iterdir())
    assert names == ["00195_hr.dat", "00195_hr.hea", "mine.txt"]
    assert not (tmp_path / "benchmark_label.npy").exists()


def test_files_that_are_no_benchmark_are_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / "test.npy").write_bytes(b"somebody's array")
    (tmp_path / "records").mkdir()
    (tmp_path / "records" / "patient.hea").write_text("somebody's record", encoding="utf-8")
    for existing in Existing:
        with pytest.raises(CannotExport, match=r"test.npy|records"):
            write_benchmark(RECORDS, Folder(tmp_path, existing))
    assert (tmp_path / "test.npy").read_bytes() == b"somebody's array"
    assert (tmp_path / "records" / "patient.hea").read_text(encoding="utf-8") == "somebody's record"


@pytest.mark.parametrize(
    ("duration_s", "stretches", "starts"),
    [
        (10.0, [], (0.0,)),
        (10.0, [(9.5, 10.0)], (0.0,)),
        (600.0, [], (0.0,)),
        (600.0, [(31.0, 32.0), (33.0, 34.0), (499.0, 501.0)], (30.0, 490.0, 500.0)),
        (12.0, [(1.0, 2.0), (11.0, 11.5)], (0.0, 2.0)),
    ],
)
def test_windows_hold_every_finding(
    duration_s: float, stretches: list[tuple[float, float]], starts: tuple[float, ...]
) -> None:
    assert window_starts(duration_s, [confirmed("I", *stretch) for stretch in stretches]) == starts


def test_a_longer_recording_gives_the_windows_with_findings(tmp_path: Path) -> None:
    from mmae_core.readers.wfdb_writer import write_record

    rate, times = 250.0, np.arange(60 * 250) / 250
    signal = np.sin(2 * np.pi * (2 + np.arange(12))[:, None] * times).astype(np.float32)
    write_record(tmp_path, "minute", signal, rate)
    dismissed = ReviewedFinding("I", 12.0, 12.5, decision="dismissed")
    reviewed = ReviewedRecord(
        tmp_path / "minute.hea", "minute", "reviewed", (confirmed("V3", 39.8, 40.4), dismissed),
        (undecided("V1", 15.0, 15.5),),
    )
    made = write_benchmark([reviewed], Folder(tmp_path / "out"))
    assert made.left_windows == (LeftOut("minute", 10.0, 1),)
    assert counted(made) == "Benchmark windows: 2 (2 positive, 0 normal); recordings left out: 0"
    assert caveats(made)[0].startswith("Windows left out: 1. Nothing in them is positive")
    assert omissions(made) == ["minute, 10 to 20 s: left out: nothing positive; findings not decided: 1"]
    assert any("2 found by a model" in line and "flatter" in line for line in caveats(made))
    arrays = load_localization(tmp_path / "out")
    assert [int(arrays.mask(row)[V3].sum()) for row in (0, 1)] == [100, 200]
    assert arrays.mask(0)[V3, 4900:].all()
    assert arrays.mask(1)[V3, :200].all()
    annotated = {item.path.stem: item for item in load_annotated(tmp_path / "out")}
    assert {name: int(item.mask[V3].sum()) for name, item in annotated.items()} == {"minute_30s": 50, "minute_40s": 100}


def test_decisions_come_from_the_journal_by_checksum_and_reviewer(
    tmp_path: Path, examples: SimpleNamespace
) -> None:
    record = read_record(demo("00170"))
    path = tmp_path / "review.sqlite3"
    journal = Journal(path)
    add: Callable[..., Event] = examples.own

    def by(reviewer: str, event: Event) -> Event:
        return Event(event.kind, record.source.sha256, reviewer, event.payload)

    journal.append([by("anna", add("V3", 1.0, 2.0, "a")), by("ben", add("V4", 3.0, 4.0, "b"))])
    journal.close()
    for reviewer, leads in ((None, {"V3", "V4"}), ("anna", {"V3"}), ("ben", {"V4"})):
        decisions = Decisions(reviewer, path)
        review = decisions.review(record, record.source.sha256)
        assert {lead for item in review.own.values() for lead in item.leads} == leads
        assert decisions.reviewers == ("anna", "ben")
        decisions.close()


def test_asking_for_decisions_makes_no_journal(tmp_path: Path) -> None:
    record = read_record(demo("00170"))
    decisions = Decisions(None, tmp_path / "none.sqlite3")
    assert decisions.review(record, record.source.sha256).state == "unreviewed"
    decisions.close()
    assert list(tmp_path.iterdir()) == []

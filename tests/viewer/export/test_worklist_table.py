"""The worklist as one table: every value in its column, the same in CSV and Parquet, safe for spreadsheets."""

from __future__ import annotations

import builtins
import csv
import math
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pyarrow import parquet

from ecg_viewer.export.command import main
from ecg_viewer.export.export_files import AlreadyThere
from ecg_viewer.export.worklist_command import write_table
from ecg_viewer.export.worklist_table import ListOrigin, worklist_columns, worklist_rows
from ecg_viewer.state.assessment import ModelInfo
from ecg_viewer.state.records import RecordItem
from ecg_viewer.state.review.events import Event
from ecg_viewer.state.review.journal import Journal
from ecg_viewer.state.review.review import Summary
from ecg_viewer.state.worklist.columns import make_columns
from ecg_viewer.state.worklist.results import RecordScore, ScoreSource, tally
from ecg_viewer.state.worklist.stored_measurements import RowMeasurements, StrongestFinding
from ecg_viewer.state.worklist.worklist import Worklist
from mmae_core.report.parquet_file import NoParquet
from tests.gui.conftest import FakeScorer

MODEL = ModelInfo("mmae", "3", "cpu", 912, "ab" * 32, cohort="normals of somewhere")
ORIGIN = ListOrigin(MODEL, "2026-11-30T15:00:00+00:00")
MEASURED = RowMeasurements({"rate_bpm": 71.0, "pr_ms": math.nan, "qrs_ms": 96.0, "qtc_ms": 406.5, "axis_deg": -35.0},
                           {"pr_ms": "no P wave"})
SCORED = RecordScore(
    2.5, 99.996, 0.9, "good", tally([99.9, 97.0]), strongest=StrongestFinding(
        99.9, ("V3", "V4"), "ST elevation", "named", "ST +0.2 mV, V3-V4"), measured=MEASURED)


@pytest.fixture
def worklist() -> Worklist:
    items = (
        RecordItem(Path("/data/a/one.hea"), "=one", statements=(("NORM", 100.0), ("SR", 0.0)), superclasses=("NORM",),
                   age=56.0, sex="male", fold=3),
        RecordItem(Path("/data/b/two.hea"), "two", age=300.0, sex="female"),
        RecordItem(Path("/data/b/three.hea"), "three"),
    )
    listed = Worklist()
    listed.set_columns(make_columns(items))
    listed.set_source(ScoreSource("mmae 3", MODEL.results_key), {
        0: SCORED, 1: RecordScore(problem="lacks lead V2"),
    })
    listed.put_review({
        0: Summary("reviewed", 2, 1, 1, "Ann", "2026-11-30T14:00:00+00:00", "+old; infarct,\nnew \"x\"")})
    return listed


def rows_of(worklist: Worklist, **values: object) -> list[dict[str, object]]:
    names = worklist_columns(with_conclusions=True)
    return [dict(zip(names, row, strict=True))
            for row in worklist_rows(worklist.table, range(3), ORIGIN, with_conclusions=True)]


def test_every_value_stands_in_its_column(worklist: Worklist) -> None:
    first = rows_of(worklist)[0]
    assert {name: first[name] for name in ("record", "file", "folder", "age_years", "over_89", "sex", "fold")} == {
        "record": "=one", "file": "one.hea", "folder": "a", "age_years": 56.0, "over_89": False, "sex": "male",
        "fold": 3}
    assert (first["statements"], first["superclasses"]) == ("NORM 100; SR 0", "NORM")
    assert (first["percentile"], first["score"], first["percentile_counts"], first["windows"]) == (99.99, 2.5, True, 1)
    assert [first[name] for name in ("strongest_finding", "strongest_finding_percentile", "strongest_lead",
                                     "strongest_leads", "strongest_kind", "strongest_layer")] == [
        "ST +0.2 mV, V3-V4", 99.9, "V3", "V3 V4", "ST elevation", "named"]
    assert [first[name] for name in ("rate_bpm", "pr_ms", "qrs_ms", "qtc_ms", "axis_deg", "not_measured")] == [
        71.0, None, 96.0, 406.5, -35.0, "pr_ms: no P wave"]
    assert (first["quality"], first["quality_verdict"], first["findings"]) == (0.9, "good", 2)
    assert [first[name] for name in ("review_state", "confirmed", "dismissed", "own_findings", "reviewer")] == [
        "reviewed", 2, 1, 1, "Ann"]
    assert [first[name] for name in ("model", "model_version", "model_sha256", "cohort", "n_normals", "exported")] == [
        "mmae", "3", "ab" * 32, "normals of somewhere", 912, "2026-11-30T15:00:00+00:00"]


def test_what_is_not_known_is_empty_and_says_why(worklist: Worklist) -> None:
    _, second, third = rows_of(worklist)
    assert (second["age_years"], second["over_89"]) == (None, True), "ages beyond 89 name nobody"
    assert (second["no_score"], second["percentile"], second["percentile_counts"]) == ("lacks lead V2", None, False)
    assert (third["no_score"], third["age_years"], third["over_89"], third["sex"]) == ("not scored", None, None, None)
    assert (third["review_state"], third["conclusion"]) == ("unreviewed", None)


def test_a_model_that_did_not_make_the_scores_is_not_named_as_theirs(worklist: Worklist) -> None:
    other = ListOrigin(replace(MODEL, sha256="cd" * 32), "now")
    names = list(worklist_columns(with_conclusions=False))
    row = worklist_rows(worklist.table, [0], other, with_conclusions=False)[0]
    found = dict(zip(names, row, strict=True))
    assert (found["model"], found["model_version"], found["cohort"]) == ("mmae 3", None, None)
    assert found["model_sha256"] == "ab" * 32


def test_a_spreadsheet_takes_no_text_for_a_formula(worklist: Worklist, tmp_path: Path) -> None:
    for semicolons in (False, True):
        path = tmp_path / f"list{semicolons}.csv"
        write_table(worklist, range(3), path, ORIGIN, semicolons=semicolons, with_conclusions=True)
        lines = path.read_bytes().decode("utf-8-sig").split("\r\n", 1)
        assert lines[0] == "# RESEARCH USE ONLY - not for diagnosis"
        first = next(csv.DictReader(lines[1].splitlines(keepends=True), delimiter=";" if semicolons else ","))
        assert first["record"] == "'=one"
        assert first["conclusion"] == "'+old; infarct,\nnew \"x\""
        assert first["axis_deg"] == "-35"
        assert first["qtc_ms"] == ("406,5" if semicolons else "406.5")
        assert first["percentile_counts"] == "yes"


def test_conclusions_are_left_out_on_request(worklist: Worklist, tmp_path: Path) -> None:
    write_table(worklist, [0], tmp_path / "l.csv", ORIGIN, semicolons=False, with_conclusions=False)
    assert "infarct" not in (tmp_path / "l.csv").read_text(encoding="utf-8-sig")


def test_parquet_holds_the_same_values_with_types_and_units_in_names(worklist: Worklist, tmp_path: Path) -> None:
    write_table(worklist, [2, 0], tmp_path / "l.parquet", ORIGIN, semicolons=False, with_conclusions=True)
    table = parquet.read_table(tmp_path / "l.parquet")
    assert table.column_names == list(worklist_columns(with_conclusions=True))
    third, first = table.to_pylist()
    assert first == rows_of(worklist)[0]
    assert third == rows_of(worklist)[2]
    assert str(table.schema.field("pr_ms").type) == "double"
    assert str(table.schema.field("confirmed").type) == "int64"
    assert table.schema.metadata[b"use"] == b"RESEARCH USE ONLY - not for diagnosis"
    write_table(worklist, [], tmp_path / "none.parquet", ORIGIN, semicolons=False, with_conclusions=True)
    assert parquet.read_table(tmp_path / "none.parquet").num_rows == 0


def test_without_pyarrow_a_sentence_says_what_to_install_and_nothing_is_left(
    worklist: Worklist, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = builtins.__import__

    def refuse(name: str, *values: object, **named: object) -> object:
        if name.startswith("pyarrow"):
            raise ImportError(name)
        return real(name, *values, **named)  # type: ignore[arg-type]  # handed on as it came

    monkeypatch.setattr(builtins, "__import__", refuse)
    with pytest.raises(NoParquet, match="pip install pyarrow"):
        write_table(worklist, range(3), tmp_path / "l.parquet", ORIGIN, semicolons=False, with_conclusions=True)
    assert list(tmp_path.iterdir()) == []


def test_the_command_writes_the_table_with_measurements_and_decisions(
    mini: Path, tmp_path: Path, user_folders: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = mini / "records500" / "00000"
    path = sorted(folder.glob("*.hea"))[0]
    journal = Journal()
    journal.append([Event("linked", "a" * 64, "Ann", {"key": "file:x", "path": str(path.with_suffix(""))}),
                    Event("concluded", "a" * 64, "Ann", {"text": "seen"})])
    journal.close()
    target = tmp_path / "list.parquet"
    assert main([str(path), "--worklist", str(target)], FakeScorer()) == 0
    (row,) = parquet.read_table(target).to_pylist()
    assert (row["record"], row["conclusion"], row["review_state"]) == ("00035", "seen", "in progress")
    assert (row["percentile"], row["model"], row["cohort"]) == (97.37, "fake", "cohort of None")
    assert row["rate_bpm"] > 30
    assert (row["sex"], row["age_years"]) != (None, None)
    assert main([str(path), "--worklist", str(target)], FakeScorer()) == 1
    assert "--force replaces it" in capsys.readouterr().err
    assert main([str(path), "--worklist", str(target), "--force", "--no-conclusions"], FakeScorer()) == 0
    assert "conclusion" not in parquet.read_table(target).column_names


def test_the_command_asks_for_something_to_write(mini: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for arguments, words in (([], "--format, --worklist, or both"), (["--format", "json"], "--output DIR")):
        with pytest.raises(SystemExit) as stopped:
            main([str(mini), *arguments], FakeScorer())
        assert stopped.value.code == 2
        assert words in capsys.readouterr().err


def test_existing_files_stay_unless_asked(worklist: Worklist, tmp_path: Path) -> None:
    from ecg_viewer.export.worklist_command import export_worklist

    target = tmp_path / "l.csv"
    target.write_text("mine", encoding="utf-8")
    with pytest.raises(AlreadyThere):
        export_worklist([tmp_path], None, target)  # type: ignore[arg-type]  # refused before anything is asked
    assert target.read_text(encoding="utf-8") == "mine"
    assert ListOrigin.of(None, lambda: datetime(2026, 1, 1, tzinfo=UTC)).exported == "2026-01-01T00:00:00+00:00"

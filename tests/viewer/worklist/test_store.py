"""Kept scores: what belongs to which files, model and program version, and what survives."""

from __future__ import annotations

import csv
import math
import os
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from ecg_viewer.state.records import RecordItem
from ecg_viewer.state.worklist import store as store_module
from ecg_viewer.state.worklist.queue import ScoringQueue
from ecg_viewer.state.worklist.results import RecordScore, ScoreSource, TruthFigures, tally
from ecg_viewer.state.worklist.score_files import FileScores, ScoreFileError, match_names, read_score_file
from ecg_viewer.state.worklist.store import ScoreStore, ScoreStoreError
from ecg_viewer.state.worklist.stored_measurements import RowMeasurements, StrongestFinding

SHA, OTHER = "a" * 64, "b" * 64
SCORE = RecordScore(
    -0.25, 97.5, 0.93, "fair", tally([99.0, 96.5]), n_windows=180, n_high=12,
    truth=TruthFigures(math.nan, tally([99.0, -1.0]), tally([96.5])),
    strongest=StrongestFinding(99.4, ("V2", "V3"), "ST elevation", "named", "ST +0.24 mV in V2, V3"),
    measured=RowMeasurements({"rate_bpm": 72.0, "pr_ms": math.nan, "qrs_ms": 96.0, "qtc_ms": 440.0, "axis_deg": -30.0},
                      {"pr_ms": "no P wave that keeps its place before the QRS"}),
)


@pytest.fixture
def record(tmp_path: Path) -> Path:
    for suffix in (".hea", ".dat"):
        (tmp_path / f"r{suffix}").write_bytes(b"12345")
    return tmp_path / "r.hea"


def test_a_score_comes_back_as_it_was_kept(record: Path, tmp_path: Path) -> None:
    failed = record.with_name("bad.hea")
    failed.write_text("bad")
    with ScoreStore(tmp_path / "s.sqlite3") as store:
        store.save(SHA, {record: SCORE, failed: RecordScore(problem="lacks lead V2")})
    with ScoreStore(tmp_path / "s.sqlite3") as store:
        found = store.load(SHA, [record, failed, tmp_path / "unknown.hea"])
    assert set(found) == {record, failed}
    assert repr(found[record]) == repr(SCORE), "compared as text: NaN does not equal itself"
    assert found[failed].problem == "lacks lead V2"
    assert math.isnan(found[failed].score)


@pytest.mark.parametrize("suffix", [".hea", ".dat", ".lesion"])
def test_a_recording_that_changed_has_no_score(record: Path, tmp_path: Path, suffix: str) -> None:
    with ScoreStore(tmp_path / "s.sqlite3") as store:
        store.save(SHA, {record: SCORE})
        record.with_suffix(suffix).write_bytes(b"another")
        assert store.load(SHA, [record]) == {}


def test_a_recording_of_the_same_size_but_another_time_has_no_score(record: Path, tmp_path: Path) -> None:
    with ScoreStore(tmp_path / "s.sqlite3") as store:
        store.save(SHA, {record: SCORE})
        os.utime(record.with_suffix(".dat"), ns=(1, 1))
        assert store.load(SHA, [record]) == {}


def test_another_model_and_another_version_have_scores_of_their_own(
    record: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with ScoreStore(tmp_path / "s.sqlite3") as store:
        store.save(SHA, {record: SCORE})
        store.save(OTHER, {record: replace(SCORE, score=7.0)})
        assert store.load(SHA, [record])[record].score == -0.25
        assert store.load(OTHER, [record])[record].score == 7.0
        monkeypatch.setattr(store_module, "SCORING_VERSION", store_module.SCORING_VERSION + 1)
        assert store.load(SHA, [record]) == {}


def test_scores_that_an_earlier_version_has_kept_are_shown_until_they_are_made_anew(
    record: Path, tmp_path: Path
) -> None:
    text = ('{"score":-0.25,"percentile":97.5,"quality":0.93,"verdict":"fair","finding_percentiles":[[99.0,1]],'
            '"problem":"","truth":null,"is_outdated":false,"n_windows":1,"n_high":0}')
    with ScoreStore(tmp_path / "s.sqlite3") as store:
        with store._connection as connection:
            connection.execute("INSERT INTO scores VALUES (?, ?, 3, ?, ?)",
                               (str(record), SHA, store_module.file_stamp(record), text))
        earlier = store.load(SHA, [record])[record]
        assert (earlier.percentile, earlier.is_earlier, earlier.waits, earlier.measured) == (97.5, True, True, None)
        store.save(SHA, {record: earlier})
        assert store.load(SHA, [record])[record].is_earlier, "shown again, it is no score of this version"
        store.save(SHA, {record: SCORE})
        assert repr(store.load(SHA, [record])[record]) == repr(SCORE)


def test_a_damaged_file_is_set_aside_and_scores_are_made_anew(record: Path, tmp_path: Path) -> None:
    path = tmp_path / "s.sqlite3"
    path.write_bytes(b"this is no database" * 100)
    with ScoreStore(path) as store:
        store.save(SHA, {record: SCORE})
        assert record in store.load(SHA, [record])
    assert (tmp_path / "s.sqlite3.broken").read_bytes().startswith(b"this is no database")


def test_a_folder_that_cannot_be_written_is_said_plainly(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ScoreStoreError, match="Scores cannot be kept"):
        ScoreStore(tmp_path / "file" / "s.sqlite3")


def test_the_queue_gives_each_recording_once_however_the_order_changes() -> None:
    items = [RecordItem(Path(f"{number}.hea"), str(number)) for number in range(4)]
    queue = ScoringQueue()
    queue.set_order(items, np.array([2, 0, 1, 3]))
    assert queue.take() is items[2]
    queue.set_order(items, np.array([3, 2, 1, 0]))
    queue.mark_done([items[1].path])
    assert queue.take() is items[3]
    queue.put_back(items[3].path)
    assert queue.take() is items[3]
    assert queue.take() is items[0]
    assert queue.take() is None


HEAD = "record,start_s,score,percentile,p_value,quality,reliable,assessable_leads,quality_notes,error"


def test_of_several_windows_the_strongest_reliable_one_stands_for_the_record(tmp_path: Path) -> None:
    file = tmp_path / "t.csv"
    file.write_text(
        f"{HEAD}\nlong,0,1.5,80,0.2,1.00,yes,,,\nlong,5,9,99,0.01,0.10,no,,,\nlong,10,2.5,90,0.1,0.80,yes,,,\n"
        "gone,,,,,,,,,There is no record gone.\n"
    )
    scores = read_score_file(file)
    assert scores.source == ScoreSource("", "", "t.csv"), "an older table does not name its model"
    long = scores.by_name["long"]
    assert (long.score, long.percentile, long.verdict) == (2.5, 90.0, "fair")
    assert (long.n_windows, long.n_high) == (2, 0), "of those whose signal lets them count"
    assert scores.by_name["gone"].problem == "There is no record gone."


def test_a_table_of_all_layers_brings_strongest_finding_and_measurements(tmp_path: Path) -> None:
    file = tmp_path / "t.csv"
    file.write_text(
        f"{HEAD},n_findings,strongest_finding,strongest_lead,strongest_kind,strongest_layer,"
        "strongest_finding_percentile,rate_bpm,pr_ms,qrs_ms,qt_ms,qtc_ms,axis_deg,not_measured\n"
        'long,0,1.5,80,0.2,1.00,yes,,,,1,"ST +0.24 mV, V2",V2,ST elevation,named,99.2,70,,96,400,420,-30,'
        '"pr_ms: no P wave; it may be hidden"\n'
        "long,5,2.5,90,0.1,1.00,yes,,,,1,weaker,II,premature beat,own,98.1,72,160,96,400,420,-30,\n"
        "calm,0,0.5,20,0.9,1.00,yes,,,,0,,,,,,60,160,90,380,380,40,\n"
    )
    scores = read_score_file(file).by_name
    long = scores["long"]
    assert (long.score, long.measured.values["rate_bpm"]) == (2.5, 72.0), "of the window that stands for the record"
    assert long.strongest == StrongestFinding(99.2, ("V2",), "ST elevation", "named", "ST +0.24 mV, V2")
    assert (scores["calm"].strongest, scores["calm"].finding_percentiles) == (None, ())


def test_a_parquet_table_is_read_as_its_csv_is_and_only_what_the_list_has(tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    from mmae_core.report.part_tables import join_parts
    from mmae_core.report.score_columns import COLUMNS, TABLE_TYPES

    given = {"start_s": "0.000", "score": "1.5", "percentile": "80.25", "quality": "1.00", "reliable": "yes",
             "n_findings": "1", "strongest_finding": "ST +0.24 mV, V2", "strongest_lead": "V2",
             "strongest_kind": "ST elevation", "strongest_layer": "named", "strongest_finding_percentile": "99.20",
             "rate_bpm": "70", "not_measured": "pr_ms: no P wave; it may be hidden",
             "model": "m 1", "model_sha256": "5"}
    named = [{**given, "record": "ward1/7"}, {**given, "record": "ward2/7", "reliable": "no", "n_findings": "0"},
             {"record": "'=8", "error": "It is damaged."}]
    part = tmp_path / "part"
    with part.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([row.get(name, "") for name in COLUMNS] for row in named)
    tables = [tmp_path / "t.csv", tmp_path / "t.parquet"]
    for table in tables:
        join_parts([part], table, COLUMNS, TABLE_TYPES, {})
    first, second = map(read_score_file, tables)
    assert repr(first.by_name) == repr(second.by_name)
    assert list(second.by_name) == ["ward1/7", "ward2/7", "=8"]
    assert second.source == ScoreSource("m 1", "5", "t.parquet")
    for table in tables:
        few = read_score_file(table, [RecordItem(Path("/p/=8.hea"), "=8")])
        assert list(few.by_name) == ["=8"]
    (tmp_path / "t.parquet").write_bytes(b"PAR1 no more")
    with pytest.raises(ScoreFileError, match=r"t\.parquet cannot be read as a Parquet file"):
        read_score_file(tmp_path / "t.parquet")


def test_names_fit_files_numbers_and_as_much_of_the_path_as_tells_two_apart() -> None:
    items = [
        RecordItem(Path("/p/records500/00000/00001_hr.hea"), "00001"),
        RecordItem(Path("/p/ward1/7.hea"), "7"), RecordItem(Path("/p/ward2/7.hea"), "7"),
    ]
    one = RecordScore(1.0)

    def rows(*names: str) -> list[int]:
        return sorted(match_names(FileScores(ScoreSource(""), dict.fromkeys(names, one)), items))

    assert rows("00001_hr") == rows("00001") == rows("1") == [0]
    assert rows("ward2/7") == [2]
    assert rows("7") == [], "it fits two"
    assert rows("nobody") == []


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"kind": "uniformity", "records": [], "model": {}}', "{"])
def test_other_json_files_are_refused(tmp_path: Path, text: str) -> None:
    file = tmp_path / "r.json"
    file.write_text(text)
    with pytest.raises(ScoreFileError, match=r"r\.json (is no|cannot be read as a) report"):
        read_score_file(file)


def test_what_mmae_core_score_wrote_is_read_with_its_model(tmp_path: Path) -> None:
    from mmae_core.cli import main
    from mmae_core.resources import resource

    demo = resource("demo")
    output = tmp_path / "scores.csv"
    arguments = ["score", str(demo / "00170_hr.hea"), "--output", str(output), "--device", "cpu"]
    assert main(arguments) == 0
    scores = read_score_file(output)
    assert scores.source.model == "mmae-ecg-plus 2"
    assert len(scores.source.sha256) == 64
    found = match_names(scores, [RecordItem(demo / "00170_hr.hea", "00170")])[0]
    assert 0 <= found.percentile <= 100
    assert math.isfinite(found.score)

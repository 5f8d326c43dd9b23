"""The results of a long recording as JSON, as a table, and on the command line; times of day."""

from __future__ import annotations

import csv
import dataclasses
import json
from datetime import datetime, time
from pathlib import Path

import pytest

from mmae_core.cli import main
from mmae_core.clock import Clock
from mmae_core.holter.analyse import analyse_record
from mmae_core.holter.limits import HolterLimits
from mmae_core.holter.report import holter_json
from mmae_core.readers import read_record

RECORD = Path(__file__).resolve().parents[2] / "data" / "holter" / "mitdb106_2min.hea"


def test_a_clock_counts_days_and_says_no_date() -> None:
    record = dataclasses.replace(read_record(RECORD), start_time=datetime(2020, 5, 1, 23, 59, 0))
    clock = Clock.of(record)
    assert clock is not None
    assert (clock.text(0), clock.day(0)) == ("23:59:00", 1)
    assert (clock.text(65.25, 2), clock.day(65.25)) == ("00:00:05.25", 2)
    assert (clock.text(59.9), clock.day(59.9)) == ("00:00:00", 2)
    assert (clock.text(86400 * 2), clock.day(86400 * 2)) == ("23:59:00", 3)


def test_a_clock_needs_a_stated_time_and_no_date() -> None:
    record = read_record(RECORD)
    assert Clock.of(record) is None
    assert Clock.of(dataclasses.replace(record, start_time=time(2, 14, 5))) == Clock(8045.0)


def test_json_has_limits_times_and_no_date() -> None:
    record = dataclasses.replace(read_record(RECORD), start_time=datetime(2020, 5, 1, 23, 59, 0))
    limits = dataclasses.replace(HolterLimits(), run_beats=2)
    plain = json.dumps(holter_json(analyse_record(record, limits), Clock.of(record)), allow_nan=False)
    report = json.loads(plain)
    assert "2020" not in plain
    assert report["limits"]["run_beats"] == 2
    assert report["clock"] == {"start": "23:59:00"}
    runs = [item for item in report["episodes"] if item["kind"] == "run"]
    assert runs
    assert all(item["day"] in (1, 2) and item["value"] >= 2 for item in runs)
    assert report["variability"]["sdnn_ms"] is None
    assert len(report["trends"]["st_j60_mv"]["II"]["values"]) == 6


def test_the_command_prints_json_and_writes_the_table(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table = tmp_path / "episodes.csv"
    assert main(["holter", str(RECORD), "--json", "--limit", "run_beats=2", "--episodes", str(table)]) == 0
    report = json.loads(capsys.readouterr().out)
    with table.open(encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))
    assert [row["text"] for row in rows] == [item["text"] for item in report["episodes"]]
    assert rows
    assert rows[0]["clock"] == ""


def test_the_command_sums_up_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["holter", str(RECORD)]) == 0
    said = capsys.readouterr()
    assert "beats in II, V1" in said.out
    assert "Shape A: " in said.out
    assert "Variability: " in said.out
    assert "are needed" in said.out
    assert "Research use only" in said.err


def test_a_wrong_limit_is_refused_with_all_names(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["holter", str(RECORD), "--limit", "pause=3"]) == 2
    assert "There is no limit pause; there are fast_bpm" in capsys.readouterr().err
    assert main(["holter", str(RECORD), "--limit", "pause_s=long"]) == 2
    assert main(["holter"]) == 2


def test_reference_beats_are_compared(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["holter", "--annotated", str(RECORD.parent), "--json"]) == 0
    row = json.loads(capsys.readouterr().out)["records"]["mitdb106_2min"]
    assert row["reference_beats"] == 145
    assert row["missed"] <= 1
    assert row["extra"] <= 1
    assert row["pauses"] == {"ours": 0, "reference": 0}

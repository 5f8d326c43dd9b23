"""The command that measures recordings and checks itself."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from mmae_core.cli import main
from mmae_core.evaluation import interval_validation
from mmae_core.intervals.synthetic_ecg import Rhythm

PTBXL = Path(__file__).parents[2] / "data" / "ptbxl-mini"
RECORD = PTBXL / "records500/00000/00035_hr.hea"


def test_recordings_are_measured_into_a_report_and_compared_with_a_table(tmp_path: Path) -> None:
    table = tmp_path / "published.csv"
    table.write_text("record,pr_ms,axis_deg,qrs_ms\n00035_hr,160,50,\nunknown,1,1,1\n", encoding="utf-8")
    output = tmp_path / "report.json"
    assert main(["intervals", "--data", str(RECORD), "--references", str(table), "--output", str(output)]) == 0
    report = json.loads(output.read_text(encoding="utf-8"))
    (row,) = report["records"]
    assert row["record"] == "00035_hr"
    assert row["qtc_formula"] == "Fridericia"
    assert row["reasons"] == {}
    (compared,) = report["references"]["records"]
    assert compared["pr_ms"] == {"published": 160.0, "measured": row["pr_ms"]}
    assert "qrs_ms" not in compared
    assert report["references"]["differences"]["pr_ms"]["mean"] == pytest.approx(row["pr_ms"] - 160, abs=0.02)


def test_validation_tells_the_half_where_limits_were_chosen_from_the_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    few = interval_validation.synthetic_figures
    rhythms = (Rhythm(), Rhythm(pr_s=0.2))
    monkeypatch.setattr(interval_validation, "synthetic_figures", lambda progress: few((0.02,), rhythms, progress))
    output = tmp_path / "report.json"
    command = ["intervals", "--validate", str(PTBXL), "--folds", "1-9", "--every", "3", "--output", str(output)]
    assert main(command) == 0
    said = capsys.readouterr().err
    for part in ("1 of 3, measuring: 100%", "2 of 3, known boundaries: 100%", "3 of 3, statements: 100%"):
        assert part in said, "every part has its progress"
    report = json.loads(output.read_text(encoding="utf-8"))
    halves = report["ptbxl"]
    assert set(halves) == {"even (limits chosen here)", "odd"}
    rows = {row["record"]: row for row in report["records"]}
    assert sum(part["n"] for part in halves.values()) == len(rows)
    odd = [row for name, row in rows.items() if int(name) % 2]
    assert halves["odd"]["n"] == len(odd)
    normal = [row["qrs_ms"] for row in odd if row["is_normal"] and row["qrs_ms"] is not None]
    assert halves["odd"]["normal"]["qrs_ms"]["n"] == len(normal)
    errors = report["synthetic"]["noise 0.02 mV"]
    assert errors["qrs_ms"]["n"] == 2
    assert errors["qrs_ms"]["largest"] < 14


def test_a_table_that_is_none_is_said_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table = tmp_path / "bad.csv"
    table.write_text("name,value\n1,2\n", encoding="utf-8")
    output = tmp_path / "r.json"
    assert main(["intervals", "--data", str(RECORD), "--references", str(table), "--output", str(output)]) == 2
    assert "no column record" in capsys.readouterr().err
    assert not output.exists()


def test_a_statement_is_compared_with_the_number_it_speaks_of() -> None:
    rows = [
        {"record": str(number), "statements": ["1AVB"] if number > 6 else ["NORM"], "is_normal": number <= 6,
         **dict.fromkeys(interval_validation.QUANTITIES, 80.0), "pr_ms": 150.0 + 10 * number}
        for number in range(1, 11)
    ]
    found = interval_validation._against_statement(rows, "1AVB", "pr_ms", 1, 200.0)
    assert found is not None
    assert found["auroc"] == 1.0
    assert (found["n_stated"], found["n_without"]) == (4, 6)
    assert found["beyond_limit_of_stated"]["share"] == 1.0
    assert found["beyond_limit_of_others"]["count"] == 1

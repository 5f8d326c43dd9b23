"""The same ECG at 100 and at 500 Hz."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from mmae_core.cli import main
from mmae_core.evaluation.evaluate_rates import spread_of


def test_the_command_compares_the_records_that_are_there_at_both_rates(
    ptbxl_mini: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    output = tmp_path / "rates.json"
    assert main(["evaluate", "--task", "rates", "--data", str(ptbxl_mini), "--model", "mmae-ecg-plus",
                 "--output", str(output)]) == 0
    report = json.loads(output.read_text())
    both = sum((ptbxl_mini / "records100" / "00000" / path.name.replace("_hr", "_lr")).is_file()
               for path in (ptbxl_mini / "records500").rglob("*_hr.hea"))
    assert report["kind"] == "rates"
    assert report["data"]["n_pairs"] + len(report["data"]["left_out"]) == both >= 4
    for row in report["pairs"]:
        assert abs(row["percentile_100hz"] - row["percentile_500hz"]) <= 10
    assert report["records"]["most"] <= 10, "7.4 on all 322 pairs, 19 before their ends were left out"
    assert "differ by" in capsys.readouterr().err


def test_the_spread_of_differences_is_of_their_sizes() -> None:
    assert spread_of([-4.0, 0.0, 1.0, -1.0, 2.0]) == {"median": 1.0, "p90": 3.2, "most": 4.0}


def test_what_this_task_cannot_do_is_said(ptbxl_mini: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    command = ["evaluate", "--task", "rates", "--data", str(ptbxl_mini), "--output", str(tmp_path / "x.json")]
    assert main([*command, "--against", "mmae-ecg-plus"]) != 0
    assert "--task rates measures one --model" in capsys.readouterr().err
    assert not (tmp_path / "x.json").exists()


def test_a_folder_without_both_rates_is_refused(tmp_path: Path, ptbxl_mini: Path,
                                                capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("ptbxl_database.csv", "scp_statements.csv"):
        (tmp_path / name).write_bytes((ptbxl_mini / name).read_bytes())
    shutil.copytree(ptbxl_mini / "records100", tmp_path / "records100")
    assert main(["evaluate", "--task", "rates", "--data", str(tmp_path), "--output", str(tmp_path / "x.json")]) != 0
    assert "no record that can be scored both at 100 and at 500 Hz" in capsys.readouterr().err

"""`mmae_core serial`: one patient's recordings in time order, and the tolerances behind the marks."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from mmae_core.cli import main

FOLDER = Path(__file__).parents[2] / "data" / "serial"
FIRST, SECOND = (FOLDER / "records100" / "19000" / f"{name}_lr.hea" for name in ("19300", "19309"))


def test_two_recordings_in_any_order_are_compared_in_that_of_their_dates(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["serial", str(SECOND), str(FIRST), "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert [row["record"] for row in report["recordings"]] == ["19300_lr", "19309_lr"]
    (one,) = report["comparisons"]
    assert one["days"] == pytest.approx(4.65, abs=0.01)
    assert report["tolerance"]["n_pairs"] == 371
    changed = {(row["quantity"], row["lead"]) for row in one["differences"] if row["is_beyond"]}
    assert ("st_j60_mv", "III") in changed


def test_all_recordings_of_a_patient_are_found_and_told_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["serial", "--data", str(FOLDER), "--patient", "588"]) == 0
    said = capsys.readouterr().out
    assert said.startswith("09987_lr: 1993-04-08 17:39:56\n10074_lr: 1993-04-23")
    assert "differs from normals, not from the earlier ECG of 1993-04-08" in said
    assert "371 patients of PTB-XL 1.0.3, folds 1-8" in said


def test_dates_that_files_state_stand_on_request_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    named = []
    for source, date in ((FIRST, "02/05/2019"), (SECOND, "09/05/2019")):
        lines = source.read_text(encoding="ascii").splitlines()
        lines[0] = " ".join([*lines[0].split()[:4], "10:00:00", date])
        (tmp_path / source.name).write_text("\n".join(lines) + "\n", encoding="ascii")
        (tmp_path / f"{source.stem}.dat").write_bytes(source.with_suffix(".dat").read_bytes())
        named.append(str(tmp_path / source.name))
    for options in ([], ["--json"]):
        assert main(["serial", *named, *options]) == 0
        said = capsys.readouterr().out
        assert "2019" not in said
        assert "7 days later" in said or '"days": 7.0' in said
    assert main(["serial", *named, "--identity"]) == 0
    said = capsys.readouterr().out
    assert said.startswith("19300_lr: 2019-05-02 10:00:00")
    assert "the earlier ECG of 2019-05-02" in said


def test_arguments_that_do_not_fit_are_refused_with_what_to_do(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for arguments, said in (
        ([str(FIRST)], "1 recordings were named"),
        (["--patient", "588"], "--patient needs --data"),
        (["--data", str(FOLDER), "--patient", "1"], "No recording of patient 1"),
        (["--check", str(FIRST)], "need --data"),
        (["--test-retest", "--data", str(FOLDER)], "needs --output"),
        ([str(FIRST), str(SECOND), "--output", str(tmp_path / "x.json")], "belongs to --test-retest"),
        (["--test-retest", "--data", str(FOLDER), "--output", str(tmp_path / "x.json")], "20 are needed"),
    ):
        assert main(["serial", *arguments]) == 2, arguments
        assert said in capsys.readouterr().err
    assert not (tmp_path / "x.json").exists()


def test_the_tolerances_can_be_checked_on_other_pairs(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["serial", "--check", "--data", str(FOLDER), "--folds", "1-10"]) == 0
    said = capsys.readouterr().out
    assert said.startswith("1 pairs of normal recordings: 0.0% of")
    assert "ST-T: 0.0% of the pairs" in said

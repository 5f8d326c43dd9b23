"""What `mmae_core score` leaves when it is ended from outside, and names it refuses."""

from __future__ import annotations

import csv
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import mmae_core.report.score_table
from mmae_core.cli import main
from mmae_core.readers import read_record
from mmae_core.record import EcgRecord
from mmae_core.report.growing_table import growing_table, remains
from mmae_core.scoring.checkpoint import TrainedModel, save_model

resource = pytest.importorskip("resource", reason="limits the size of files, as a full disk does")


@pytest.fixture(scope="module")
def model(tiny_model: Callable[..., TrainedModel], tmp_path_factory: pytest.TempPathFactory) -> str:
    tiny = tiny_model()
    folder = tmp_path_factory.mktemp("models") / "tiny"
    save_model(folder, "tiny", "1", tiny.config, tiny.network, tiny.calibration, {"licence": "none"})
    return str(folder)


def score(model: str, output: Path | str, *arguments: str | Path) -> int:
    return main(["score", *map(str, arguments), "--output", str(output), "--model", model, "--device", "cpu"])


def names(path: Path) -> list[str]:
    with path.open(newline="", encoding="utf-8") as stream:
        return [row["record"] for row in csv.DictReader(stream)]


def test_sigterm_keeps_the_rows_so_far(
    model: str, demo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def terminated(path: Path) -> EcgRecord:
        if path.stem == "00234_hr":
            os.kill(os.getpid(), signal.SIGTERM)
        return read_record(path)

    monkeypatch.setattr(mmae_core.report.score_table, "read_record", terminated)
    before = signal.getsignal(signal.SIGTERM)
    assert score(model, tmp_path / "s.csv", demo, "--summary", tmp_path / "r.csv") == 130
    assert names(tmp_path / "s.csv") == names(tmp_path / "r.csv") == ["00170_hr", "00195_hr"]
    assert signal.getsignal(signal.SIGTERM) == before


def test_a_full_disk_keeps_the_rows_that_fit_and_says_how_many(
    model: str, demo: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert score(model, tmp_path / "whole.csv", demo) == 0
    room = (tmp_path / "whole.csv").stat().st_size - 40
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, hard))
    try:
        assert score(model, tmp_path / "s.csv", demo) == 2
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert names(tmp_path / "s.csv") == names(tmp_path / "whole.csv")[:-1]
    assert f"the rows of 4 of 5 records are in {tmp_path / 's.csv'}" in capsys.readouterr().err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["s.csv", "whole.csv"]


def test_a_run_that_is_killed_leaves_whole_rows_which_the_next_one_names(
    model: str, demo: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = ("import os, sys; from pathlib import Path; from mmae_core.report.growing_table import growing_table\n"
            "with growing_table(Path(sys.argv[1]), ['record', 'score']) as table:\n"
            "    table.write([['a', 1], ['b', 2]])\n    os.kill(os.getpid(), 9)")
    output = tmp_path / "s.csv"
    subprocess.run([sys.executable, "-c", code, str(output)], check=False)
    assert not output.exists()
    (part,) = remains(output)
    assert part.read_text(encoding="utf-8").split() == ["record,score", "a,1", "b,2"]
    assert score(model, output, demo / "00262_hr") == 0
    assert f"{part} has the rows of an earlier run" in capsys.readouterr().err
    assert names(output) == ["00262_hr"]
    assert names(part) == ["a", "b"]


def test_a_row_that_does_not_fit_leaves_no_half_of_itself(tmp_path: Path) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    with growing_table(tmp_path / "t.csv", ["name"]) as table:
        table.write([["first"]])
        resource.setrlimit(resource.RLIMIT_FSIZE, (20, hard))
        try:
            with pytest.raises(OSError, match="too large"):
                table.write([["x" * 100]])
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        table.write([["last"]])
    assert (tmp_path / "t.csv").read_text(encoding="utf-8").split() == ["name", "first", "last"]


@pytest.mark.parametrize("option", ["--output", "--summary"])
@pytest.mark.parametrize(
    ("name", "said"), [("x.parquet", "does not end in .csv"), ("-", "names no file"), ("scores", "Name it")]
)
def test_a_name_that_is_no_csv_file_is_refused_before_any_work(
    model: str, demo: Path, tmp_path: Path, option: str, name: str, said: str,
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    given = ["--output", name] if option == "--output" else ["--output", "s.csv", "--summary", name]
    assert main(["score", str(demo), *given, "--model", model, "--device", "cpu"]) == 2
    error = capsys.readouterr().err
    assert f"{option} {name}" in error
    assert said in error
    assert list(tmp_path.iterdir()) == []


def test_a_fault_at_one_record_leaves_the_others_their_rows(
    model: str, demo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def faulty(path: Path) -> EcgRecord:
        if path.stem == "00195_hr":
            raise ZeroDivisionError("of a reader")
        return read_record(path)

    monkeypatch.setattr(mmae_core.report.score_table, "read_record", faulty)
    assert score(model, tmp_path / "s.csv", demo) == 0
    with (tmp_path / "s.csv").open(newline="", encoding="utf-8") as stream:
        errors = {row["record"]: row["error"] for row in csv.DictReader(stream)}
    assert len(errors) == 5
    assert errors.pop("00195_hr") == "a fault in this program (ZeroDivisionError: of a reader); please report it"
    assert not any(errors.values())


def test_a_damaged_array_is_a_row_of_the_table(model: str, demo: Path, tmp_path: Path) -> None:
    for number, data in enumerate((b"", b"\x93NUMPY", b"\x93NUMPY\x01\x00v\x00{'descr'", b"x" * 300)):
        (tmp_path / f"bad{number}.npy").write_bytes(data)
    arrays = sorted(tmp_path.glob("*.npy"))
    assert score(model, tmp_path / "s.csv", *arrays, demo / "00170_hr.hea") == 0
    assert len(names(tmp_path / "s.csv")) == 5

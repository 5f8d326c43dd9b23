"""What `mmae_core score` leaves when it is ended from outside, and names it refuses."""

from __future__ import annotations

import csv
import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

import mmae_core.report.score_table
from mmae_core.cli import main
from mmae_core.readers import read_record
from mmae_core.record import EcgRecord
from mmae_core.report.growing_table import GrowingTable
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


@contextmanager
def room_for(n_bytes: int) -> Iterator[None]:
    """No file may grow beyond this."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (n_bytes, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_full_disk_keeps_the_rows_that_fit_and_says_how_many_and_the_rest_follows(
    model: str, demo: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert score(model, tmp_path / "whole.csv", demo) == 0
    whole = (tmp_path / "whole.csv").read_bytes()
    head = whole.index(b"\n") + 1
    for arguments, room, done in (((), len(whole) - head - 40, 4), (("--resume",), len(whole) - 40, 5)):
        with room_for(room):
            assert score(model, tmp_path / "s.csv", demo, *arguments) == 2
        kept = f"the rows of {done} of 5 records are kept in {tmp_path / 's.csv.parts'}"
        assert kept in capsys.readouterr().err
        assert sorted(path.name for path in tmp_path.iterdir()) == ["s.csv.parts", "whole.csv"]
    assert score(model, tmp_path / "s.csv", demo, "--resume") == 0
    assert (tmp_path / "s.csv").read_bytes() == whole
    assert not (tmp_path / "s.csv.parts").exists()


def test_a_row_that_does_not_fit_leaves_no_half_of_itself(tmp_path: Path) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    with (tmp_path / "t.csv").open("w+b", buffering=0) as stream:
        table = GrowingTable(stream)
        table.write([["name"], ["first"]])
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
    ("name", "said"), [("x.xlsx", "does not end in .csv or .parquet"), ("-", "names no file"), ("scores", "Name it")]
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

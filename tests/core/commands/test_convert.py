"""`mmae_core convert`: many recordings, one after another."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from mmae_core.cli import main
from mmae_core.readers import read_record

FORMATS = Path(__file__).parents[2] / "data" / "formats"


def test_a_recording_is_written_and_reads_the_same(tmp_path: Path) -> None:
    source = FORMATS / "syn_ishne_12lead.ecg"
    assert main(["convert", str(source), "--to", "edf", "--output", str(tmp_path)]) == 0
    again = read_record(tmp_path / "syn_ishne_12lead.edf")
    assert np.abs(again.read() - read_record(source).read()).max() <= 0.501e-3


def test_one_that_fails_does_not_stop_the_others(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    broken = tmp_path / "broken.edf"
    broken.write_bytes((FORMATS / "syn_edf_12lead.edf").read_bytes()[:300])
    gap, whole = FORMATS / "syn_edfplus_gap.edf", FORMATS / "syn_edf_12lead.edf"
    output = tmp_path / "out"
    status = main(["convert", str(broken), str(gap), str(whole), "--to", "edf", "--output", str(output)])
    told = capsys.readouterr().err
    assert status == 2
    assert sorted(path.name for path in output.iterdir()) == ["syn_edf_12lead.edf"]
    assert "broken.edf" in told
    assert "cannot mark" in told
    assert "1 of 3 recordings written" in told


def test_files_that_are_there_are_not_replaced(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    command = ["convert", str(FORMATS / "syn_mfer_12lead.mwf"), "--to", "csv", "--output", str(tmp_path)]
    assert main(command) == 0
    before = (tmp_path / "syn_mfer_12lead.csv").stat().st_mtime_ns
    assert main(command) == 2
    assert "is there already" in capsys.readouterr().err
    assert (tmp_path / "syn_mfer_12lead.csv").stat().st_mtime_ns == before
    assert main([*command, "--force"]) == 0


def test_a_signal_file_of_another_recording_and_the_recording_itself_are_not_replaced(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "syn_edf_12lead.dat").write_bytes(b"another's")
    assert main(["convert", str(FORMATS / "syn_edf_12lead.edf"), "--to", "wfdb", "--output", str(tmp_path)]) == 2
    assert [path.name for path in tmp_path.iterdir()] == ["syn_edf_12lead.dat"]
    source = tmp_path / "own.edf"
    source.write_bytes((FORMATS / "syn_edf_12lead.edf").read_bytes())
    before = source.read_bytes()
    assert main(["convert", str(source), "--to", "edf", "--output", str(tmp_path), "--force"]) == 2
    assert source.read_bytes() == before
    assert "is the recording itself" in capsys.readouterr().err


def test_bare_numbers_are_read_once_rate_unit_and_columns_are_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = tmp_path / "numbers.txt"
    table.write_text("".join(f"{row},{row % 7}\n" for row in range(1, 601)))
    command = ["convert", str(table), "--to", "npz", "--output", str(tmp_path / "out")]
    assert main(command) == 2
    assert "does not state its sampling rate, the unit of its values and the leads" in capsys.readouterr().err
    assert main([*command, "--rate-hz", "250", "--unit", "5 uV", "--columns", "V2"]) == 0
    with np.load(tmp_path / "out" / "numbers.npz") as arrays:
        assert arrays["lead_names"].tolist() == ["V2"]
        assert float(arrays["sampling_rate_hz"]) == 250
        assert np.allclose(arrays["signal_mv"][0, :3], [0.005, 0.01, 0.015])
    capsys.readouterr()
    assert main([*command, "--unit", "mmHg"]) == 2
    assert "is no voltage" in capsys.readouterr().err
    assert main(command) == 2, "what one command was told does not hold for the next"

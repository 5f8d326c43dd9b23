"""`mmae_core info`, and what every command says of itself."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

import mmae_core
from mmae_core.cli import main
from mmae_core.scoring.checkpoint import TrainedModel, load_model, save_model

FORMATS = Path(__file__).parents[2] / "data" / "formats"


@pytest.fixture(scope="module")
def model(tiny_model: Callable[..., TrainedModel], tmp_path_factory: pytest.TempPathFactory) -> str:
    tiny = tiny_model()
    folder = tmp_path_factory.mktemp("models") / "tiny"
    save_model(folder, "tiny", "1", tiny.config, tiny.network, tiny.calibration, {"licence": "none"})
    return str(folder)


def test_info_tells_what_a_model_is_made_of(model: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["info", "--json", "--model", model]) == 0
    (facts,) = json.loads(capsys.readouterr().out)
    assert facts["name"] == "tiny"
    assert facts["sha256"] == load_model(model).sha256
    assert facts["gmacs"]["passes"] == 16
    assert facts["config"]["model"]["n_segments"] == 20


def test_info_in_words_needs_no_torch_and_notices_exchanged_weights(
    model: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = "import sys; from mmae_core.cli import main; main(['info']); sys.exit('torch' in sys.modules)"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert found.returncode == 0, "torch takes seconds"
    first, *lines = found.stdout.splitlines()
    assert first == "mmae-ecg-plus, version 2 (default)"
    assert "  Weights       595,720 numbers" in lines
    assert any(line.startswith("  Detection     AUROC 0.917") for line in lines)
    assert any(line.startswith("  Measured with PyTorch 2.13.0") for line in lines)
    assert max(map(len, lines)) <= 100 or "mmae_core evaluate" in max(lines, key=len)
    copied = tmp_path / "copied"
    shutil.copytree(model, copied)
    with (copied / "model.safetensors").open("ab") as stream:
        stream.write(b"x")
    assert main(["info", "--model", str(copied)]) == 2
    assert "not those its description names" in capsys.readouterr().err
    assert main(["info", "--model", "nothing"]) == 2
    assert "Bundled are: mmae-ecg-plus" in capsys.readouterr().err


def test_info_takes_a_model_however_it_is_named_and_says_what_else_it_was_given(
    model: str, demo: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for arguments in ([model], ["--model", model], [str(Path(model) / "model.safetensors")]):
        assert main(["info", *arguments]) == 0
        assert capsys.readouterr().out.startswith("tiny, version 1")
    assert main(["info", model, "--model", model]) == 2
    assert "Two models are named" in capsys.readouterr().err
    (tmp_path / "run").mkdir()
    (tmp_path / "run" / "metrics.jsonl").write_text("{}", encoding="ascii")
    (tmp_path / "peer").mkdir()
    (tmp_path / "peer" / "peer.json").write_text("{}", encoding="ascii")
    np.savez(tmp_path / "a.npz", score=np.zeros((12, 10)))
    (tmp_path / "b.npz").write_bytes(b"PK")
    for path, what in (
        (tmp_path / "a.npz", "a file of maps"), (tmp_path / "b.npz", "an NPZ file that cannot be read"),
        (tmp_path / "a.safetensors", "a file of weights without"), (tmp_path / "run", "the folder of a training run"),
        (tmp_path / "peer", "the run folder of a compared method"),
    ):
        assert main(["info", str(path)]) == 2
        said = capsys.readouterr().err
        assert what in said
        assert "info takes a bundled model (mmae-ecg-plus" in said


def test_info_of_a_recording_says_what_it_holds_and_every_doubt(
    demo: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    header = next(demo.glob("*.hea"))
    for path in (header, header.with_suffix("")):
        assert main(["info", str(path)]) == 0
        said = capsys.readouterr().out
        assert f"WFDB: {header.name}" in said
        assert "10 s: 5,000 samples at 500 Hz" in said
        assert "DOUBT" not in said
    for file in (header, header.with_suffix(".dat")):
        shutil.copy(file, tmp_path)
    data = tmp_path / header.with_suffix(".dat").name
    data.write_bytes(data.read_bytes()[:-24])
    assert main(["info", str(data), "--json"]) == 0
    (document,) = json.loads(capsys.readouterr().out)
    assert document["n_samples"] == 4999
    assert document["doubts"] == ["The signal file ends early: the last 0.002 s of 10 s are missing."]
    assert main(["info", str(demo)]) == 2
    assert "holds 5 records" in capsys.readouterr().err


def test_info_of_a_recording_names_nobody_unless_asked(capsys: pytest.CaptureFixture[str]) -> None:
    scp = FORMATS / "example.scp"
    assert main(["info", str(scp)]) == 0
    said = capsys.readouterr().out
    assert "Clark" not in said
    assert "2002-11-22" not in said
    assert "hidden; --identity shows them" in said
    assert "QT interval 420 ms" in said, "what the device measured, as its own"
    assert main(["info", str(scp), "--json"]) == 0
    assert "Clark" not in capsys.readouterr().out
    assert main(["info", str(scp), "--identity"]) == 0
    said = capsys.readouterr().out
    assert "Clark" in said
    assert "2002-11-22 09:10:00" in said


def test_info_of_a_file_of_several_recordings_tells_of_each(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = np.random.default_rng(0).normal(0, 0.3, (3, 5000, 12)).astype(np.float32)
    np.save(tmp_path / "rows.npy", rows)
    assert main(["info", str(tmp_path / "rows.npy"), "--json"]) == 0
    assert [document["name"] for document in json.loads(capsys.readouterr().out)] == ["rows 0", "rows 1", "rows 2"]
    assert main(["info", str(tmp_path / "rows.npy" / "1")]) == 0
    assert capsys.readouterr().out.startswith("rows 1")
    np.save(tmp_path / "rows.npy", np.tile(rows, (4, 1, 1)))
    assert main(["info", str(tmp_path / "rows.npy")]) == 0
    assert capsys.readouterr().out == "rows.npy holds 12 recordings; name one of them, as in rows.npy/0.\n"


def test_info_takes_what_a_table_does_not_state(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table = tmp_path / "numbers.csv"
    np.savetxt(table, np.random.default_rng(0).normal(0, 0.3, (1000, 2)), delimiter=",")
    assert main(["info", str(table)]) == 2
    assert "with --rate-hz, --unit and --columns" in capsys.readouterr().err
    assert main(["info", str(table), "--rate-hz", "250", "--unit", "uV", "--columns", "I,II"]) == 0
    said = capsys.readouterr().out
    assert "4 s: 1,000 samples at 250 Hz" in said
    assert "by the person who opened it: rate, unit, leads." in said


def test_info_says_how_long_a_recording_has_no_values(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    samples = np.random.default_rng(0).normal(0, 0.3, (1000, 2))
    samples[100:350], samples[350:400, 1] = np.nan, np.nan
    rows = "\n".join(",".join("" if np.isnan(value) else f"{value:.3f}" for value in row) for row in samples)
    table = tmp_path / "gaps.csv"
    table.write_text(f"# Sampling rate: 500 Hz\nI [mV],II [mV]\n{rows}\n", encoding="utf-8")
    assert main(["info", str(table)]) == 0
    said = capsys.readouterr().out
    assert "  No values     0.6 s of 2 s: II, III, aVR, aVL, aVF\n" in said
    assert "  No values     0.5 s of 2 s: I\n" in said
    assert "float64, in mV" in said
    assert "contradicts" not in said, "computed leads cannot"


def test_info_tells_a_converted_recording_from_maps(
    demo: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    header = next(demo.glob("*.hea"))
    assert main(["convert", str(header), "--to", "npz", "--output", str(tmp_path / "out")]) == 0
    capsys.readouterr()
    assert main(["info", str(next((tmp_path / "out").glob("*.npz")))]) == 2
    said = capsys.readouterr().err
    assert "a recording as `mmae_core convert --to npz` writes it" in said
    assert "maps" not in said


def test_help_says_what_the_exit_status_means(capsys: pytest.CaptureFixture[str]) -> None:
    for arguments in (["--help"], ["score", "--help"], ["info", "--help"]):
        with pytest.raises(SystemExit):
            main(arguments)
        assert "Exit status: 0 when it is done, 2 after an error" in " ".join(capsys.readouterr().out.split())


def test_info_of_the_bundled_models_says_where_they_came_from(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["info", "--json"]) == 0
    plus, faithful = json.loads(capsys.readouterr().out)
    assert [plus["name"], faithful["name"]] == ["mmae-ecg-plus", "mmae-ecg-faithful"], "the default comes first"
    paper = {"modules": 397_916, "all": 403_740}
    assert faithful["parameters"] == {**paper, "cross_lead": 0, "total": 403_740}
    assert plus["parameters"] == {**paper, "cross_lead": 191_980, "total": 595_720}
    for facts in (plus, faithful):
        assert round(facts["gmacs"]["pass"], 3) == 0.016
        assert facts["training"]["folds"] == list(range(1, 9))
        assert facts["training"]["n_windows"] > 7000
        assert facts["calibration"]["n_records"] > 800
        assert len(facts["sha256"]) == 64
        assert facts["licence"]
    assert plus["metrics"]["detection"]["auroc"] > faithful["metrics"]["detection"]["auroc"] > 0.8


def test_the_version_is_the_packages_beside_its_name(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main(["--version"])
    assert end.value.code == 0
    assert capsys.readouterr().out == f"mmae_core {mmae_core.__version__}\n"


@pytest.mark.parametrize("arguments", [[], ["scores"], ["score"], ["train", "--data", "x"]])
def test_an_incomplete_command_shows_its_usage(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main(arguments)
    assert end.value.code == 2
    assert "usage: mmae_core" in capsys.readouterr().err

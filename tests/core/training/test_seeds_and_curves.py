"""Several seeds in one command, and curves for TensorBoard."""

from __future__ import annotations

import csv
import json
import statistics
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from mmae_core.cli import main
from mmae_core.commands.train_seeds import COLUMNS, TABLE, _print, summary
from mmae_core.config import Config
from mmae_core.errors import ConfigError
from mmae_core.training.train import EpochMetrics, train
from mmae_core.training.training_data import TrainingSet

TinyConfig = Callable[..., Config]


@pytest.fixture
def seeds_in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each seed's training is called, not started as a process: the same arguments in a second less."""

    def run(command: list[str], **options: Any) -> Any:
        assert command[1:3] == ["-m", "mmae_core"]

        class Done:
            returncode = main(command[3:])

        return Done()

    monkeypatch.setattr("mmae_core.commands.train_seeds.subprocess.run", run)


def seeds(data: Path, settings: Path, tmp_path: Path, *more: str) -> list[str]:
    return ["train", "--data", str(data), "--output", str(tmp_path / "runs"), "--config", str(settings), "--no-compile",
            "--cache", str(tmp_path / "cache"), "--device", "cpu", "--epochs", "2", *more]


@pytest.mark.usefixtures("small_cohorts", "seeds_in_this_process")
def test_each_seed_has_its_run_and_a_row_of_the_table(
    ptbxl_mini: Path, tiny_settings: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("mmae_core.commands.train.release_run", lambda *values: None)
    assert main(seeds(ptbxl_mini, tiny_settings, tmp_path, "--seeds", "3,4")) == 0
    with (tmp_path / "runs" / TABLE).open(newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [row["seed"] for row in rows] == ["3", "4"]
    for row in rows:
        run = tmp_path / "runs" / f"seed-{row['seed']}"
        last = json.loads((run / "metrics.jsonl").read_text().splitlines()[-1])
        assert float(row["loss"]) == last["loss"]
        assert float(row["held_out_loss"]) == last["held_out_loss"]
        assert json.loads((run / "config.json").read_text())["config"]["train"]["seed"] == int(row["seed"])
    losses = [float(row["loss"]) for row in rows]
    assert losses[0] != losses[1]
    assert f"loss {statistics.mean(losses):.4f} ± {statistics.stdev(losses):.4f}" in capsys.readouterr().out


@pytest.mark.usefixtures("small_cohorts", "seeds_in_this_process")
def test_a_finished_seed_is_kept_only_if_the_same_is_asked_for(
    ptbxl_mini: Path, tiny_settings: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made: list[str] = []

    def release(run: Path, model: Path, held_out: list[Path], cohort: str, config: Config, *rest: object) -> None:
        made.append(cohort)
        model.mkdir(exist_ok=True)
        (model / "model.json").write_text(
            json.dumps({"config": config.to_dict(), "card": {"calibration": {"cohort": cohort}}}))

    monkeypatch.setattr("mmae_core.commands.train.release_run", release)
    command = seeds(ptbxl_mini, tiny_settings, tmp_path, "--seeds", "3", "--cohort")
    assert main([*command, "ward 3"]) == 0
    assert main([*command, "ward 3", "--resume"]) == 0
    assert made == ["ward 3"], "kept"
    assert main([*command, "ward 4", "--resume"]) == 0
    assert made == ["ward 3", "ward 4"], "calibrated anew"
    capsys.readouterr()
    for other in (("--epochs", "3"), ("--folds", "1-7")):
        assert main([*command, "ward 4", "--resume", *other]) == 2
        assert "was started with other settings or other data" in capsys.readouterr().err
    assert len(made) == 2


@pytest.mark.usefixtures("small_cohorts")
def test_a_seed_that_fails_is_named_and_does_not_end_the_others(
    ptbxl_mini: Path, tiny_settings: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[str] = []

    def run(command: list[str], stdout: Any, **options: Any) -> Any:
        asked.append(command[command.index("--seed") + 1])
        stdout.write("mmae_core: The disk is full.\n")

        class Done:
            returncode = 2

        return Done()

    monkeypatch.setattr("mmae_core.commands.train_seeds.subprocess.run", run)
    assert main(seeds(ptbxl_mini, tiny_settings, tmp_path, "--seeds", "1,2", "--at-once", "2")) == 2
    assert sorted(asked) == ["1", "2"]
    assert "2 of 2 seeds ended with an error, seed 1: The disk is full." in capsys.readouterr().err


def test_a_seed_without_a_held_out_loss_has_a_line_and_does_not_count_in_its_mean(
    capsys: pytest.CaptureFixture[str]
) -> None:
    empty = dict.fromkeys(COLUMNS, "")
    _print([empty | {"seed": 1, "loss": 1.0, "held_out_loss": 2.0}, empty | {"seed": 2, "loss": 3.0},
            empty | {"seed": 3, "loss": 5.0, "held_out_loss": 0.0}])
    assert capsys.readouterr().out.splitlines() == [
        "seed 1: loss 1.0000, held out loss 2.0000", "seed 2: loss 3.0000", "seed 3: loss 5.0000, held out loss 0.0000",
        "mean ± SD: loss 3.0000 ± 2.0000, held out loss 1.0000 ± 1.4142 (of 2 seeds)"]


@pytest.mark.parametrize(("line", "expected"), [({"held_out_loss": 0.0}, 0.0), ({"held_out_loss": None}, ""), ({}, "")])
def test_a_loss_of_zero_is_a_loss(tmp_path: Path, line: dict[str, Any], expected: object) -> None:
    (tmp_path / "seed-1").mkdir()
    (tmp_path / "seed-1" / "metrics.jsonl").write_text(
        json.dumps({"step": 1, "loss": 0.0, "seconds": 1.0} | line) + "\n")
    row = summary(tmp_path, 1)
    assert (row["loss"], row["held_out_loss"]) == (0.0, expected)


def test_seeds_are_not_for_torchrun(
    ptbxl_mini: Path, tiny_settings: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    for name, value in (("RANK", "0"), ("WORLD_SIZE", "2"), ("MASTER_ADDR", "localhost"), ("MASTER_PORT", "29400")):
        monkeypatch.setenv(name, value)
    assert main(seeds(ptbxl_mini, tiny_settings, tmp_path, "--seeds", "1,2")) == 2
    assert "call it without torchrun" in capsys.readouterr().err


@pytest.mark.parametrize("text", ["1,x", "1,1"])
def test_seeds_that_make_no_sense_are_refused(
    ptbxl_mini: Path, tiny_settings: Path, tmp_path: Path, text: str
) -> None:
    with pytest.raises(SystemExit):
        main(seeds(ptbxl_mini, tiny_settings, tmp_path, "--seeds", text))


def drawn(run: Path) -> dict[str, dict[int, float]]:
    """The points of each curve."""
    from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

    board = EventAccumulator(str(run / "tensorboard"))
    board.Reload()
    return {name: {point.step: point.value for point in board.Scalars(name)} for name in board.Tags()["scalars"]}


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of TensorBoard's own modules
def test_curves_are_the_lines_of_the_metrics_also_of_a_resumed_run(
    data: TrainingSet, tiny_config: TinyConfig, tmp_path: Path
) -> None:
    pytest.importorskip("tensorboard")
    config, run = tiny_config(), tmp_path / "run"

    class Killed(BaseException):
        pass

    def die(metrics: EpochMetrics) -> None:
        if metrics.epoch == 2:
            raise Killed

    def go(**options: Any) -> None:
        train(data, config, run, held_out=data, device="cpu", compile_network=False, tensorboard=True, **options)

    with pytest.raises(Killed):
        go(on_epoch=die)
    go(resume=True)
    lines = [json.loads(line) for line in (run / "metrics.jsonl").read_text().splitlines()]
    curves = drawn(run)
    for name in ("loss", "held_out_loss", "learning_rate"):
        assert curves[name] == pytest.approx({line["step"]: line[name] for line in lines})


def test_without_tensorboard_the_command_says_so(
    data: TrainingSet, tiny_config: TinyConfig, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(ConfigError, match="--tensorboard needs the package tensorboard, which is not installed"):
        train(data, tiny_config(), tmp_path / "run", device="cpu", compile_network=False, tensorboard=True)

"""One process at a time trains in a run folder; what is missing of a run is said."""

from __future__ import annotations

import platform
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from mmae_core.cli import main
from mmae_core.config import Config
from mmae_core.errors import ConfigError, ModelMismatch
from mmae_core.training.run_folder import RunFolder, read_metrics
from mmae_core.training.train import train
from mmae_core.training.training_data import TrainingSet

TRAIN_UNTIL_TOLD = """
import sys
from pathlib import Path
from mmae_core.training.run_folder import RunFolder

with RunFolder(Path(sys.argv[1]), "config.json").opened({"epochs": 3}, resume=False):
    print("training", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def run(tmp_path: Path) -> RunFolder:
    return RunFolder(tmp_path / "run", "config.json")


def other_process(run: RunFolder) -> subprocess.Popen[str]:
    """Another process, which trains in the folder until its standard input ends."""
    process = subprocess.Popen([sys.executable, "-c", TRAIN_UNTIL_TOLD, str(run.path)], cwd=Path(__file__).parents[3],
                               stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "training\n"
    return process


def resume(run: RunFolder) -> None:
    with run.opened({"epochs": 3}, resume=True):
        pass


def test_a_second_process_is_refused_until_the_first_is_done(run: RunFolder) -> None:
    with other_process(run) as process:
        with pytest.raises(ConfigError, match=r"Another process \(\d+ on .*\) is training in"):
            run.require_free()
        with pytest.raises(ConfigError, match=r"Another process \(\d+ on .*\) is training in"):
            resume(run)
        process.communicate()
    run.require_free()
    resume(run)
    assert [path.name for path in run.path.iterdir()] == ["config.json"], "the lock is gone"


def test_the_lock_of_a_killed_process_does_not_block(run: RunFolder) -> None:
    with other_process(run) as process:
        process.kill()
        assert process.wait() == -signal.SIGKILL
    assert (run.path / ".lock").exists(), "it could not tidy up"
    run.require_free()
    resume(run)


@pytest.mark.parametrize("model", ["mmae", "mcf"])
def test_train_refuses_a_folder_in_use_before_it_prepares(
    run: RunFolder, tmp_path: Path, model: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with other_process(run) as process:
        arguments = ["train", "--model", model, "--data", str(tmp_path / "nowhere"), "--output", str(run.path)]
        assert main([*arguments, "--device", "cpu", "--resume"]) == 2
        process.communicate()
    assert capsys.readouterr().err == (
        f"mmae_core: Another process ({process.pid} on {platform.node()}) is training in {run.path}. Wait until it is "
        "done, or name another folder.\n"
    )


def test_two_trainings_at_once_end_in_one_error(
    data: TrainingSet, tiny_config: Callable[..., Config], tmp_path: Path
) -> None:
    config, refused = tiny_config(train={"epochs": 1}), []

    def start_another(*_: float) -> None:
        with pytest.raises(ConfigError, match=r"Another process \(\d+ on .*\) is training") as error:
            train(data, config, tmp_path / "run", device="cpu", compile_network=False, resume=True)
        refused.append(error)

    train(data, config, tmp_path / "run", device="cpu", compile_network=False, on_step=start_another)
    assert refused
    assert len(read_metrics(tmp_path / "run")) == 1


def test_metrics_are_kept_until_the_step_of_the_state(run: RunFolder) -> None:
    run.path.mkdir()
    run.keep_metrics_until(0)
    for step in (2, 4, 6):
        run.append_metrics({"step": step, "loss": 1 / step})
    run.keep_metrics_until(4)
    assert read_metrics(run.path) == [{"step": 2, "loss": 0.5}, {"step": 4, "loss": 0.25}]
    with pytest.raises(ModelMismatch, match=r"metrics\.jsonl .* is missing or incomplete: .* has done step 1,006\."):
        run.keep_metrics_until(1006)


@pytest.mark.parametrize(("text", "reason"), [
    ('{"step": 2}\nnonsense\n{"step": 4}\n', "is damaged"),
    ('{"loss": 2}\n', "a line does not say its step"),
    ('{"step": 2', "is missing or empty"),
    ("", "is missing or empty"),
])
def test_damaged_metrics_are_an_error_that_says_so(run: RunFolder, text: str, reason: str) -> None:
    run.path.mkdir()
    (run.path / "metrics.jsonl").write_text(text)
    with pytest.raises(ModelMismatch, match=reason):
        read_metrics(run.path)

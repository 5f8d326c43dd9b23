"""Own normals from arrays and generators make the model that the command makes of the same recordings in files."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import mmae_core
from mmae_core import STANDARD_LEADS, ConfigError
from mmae_core.cli import main
from mmae_core.errors import DatasetError
from mmae_core.evaluation import own_cohort
from mmae_core.record import FloatArray
from mmae_core.scoring.checkpoint import TrainedModel, load_model, save_model

RATE_HZ = 100.0
STATED: dict[str, Any] = {"sampling_rate_hz": RATE_HZ, "leads": STANDARD_LEADS}


@pytest.fixture
def few_are_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    """Four own normals, instead of fifty, so that the tests are short."""
    monkeypatch.setattr(own_cohort, "MIN_OWN_NORMALS", 4)


@pytest.fixture(scope="module")
def folder(ptbxl_mini: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Six records of PTB-XL at 100 Hz, in a folder of their own."""
    folder = tmp_path_factory.mktemp("ward")
    for header in sorted(ptbxl_mini.glob("records100/*/*.hea"))[:6]:
        for file in (header, header.with_suffix(".dat")):
            (folder / file.name).write_bytes(file.read_bytes())
    return folder


@pytest.fixture
def model_folder(tiny_model: Callable[..., TrainedModel], tmp_path: Path) -> Path:
    tiny = tiny_model()
    return save_model(tmp_path / "tiny", "tiny", "1", tiny.config, tiny.network, tiny.calibration, {})


def _signals(folder: Path) -> Iterator[FloatArray]:
    return (mmae_core.read_record(path).read() for path in sorted(folder.glob("*.hea")))


@pytest.mark.usefixtures("few_are_enough")
def test_a_generator_of_arrays_gives_the_commands_model(folder: Path, model_folder: Path, tmp_path: Path) -> None:
    assert main(["recalibrate", "--data", str(folder), "--model", str(model_folder), "--cohort", "ward 3",
                 "--report", str(tmp_path / "found.json"), "--output", str(tmp_path / "by-command")]) == 0
    counts: list[int] = []
    made = mmae_core.calibrate(_signals(folder), model_folder, **STATED, cohort="ward 3",
                               output=tmp_path / "by-arrays", progress=counts.append)
    found = json.loads((tmp_path / "found.json").read_text())
    assert made.model.calibration.to_dict() == load_model(tmp_path / "by-command").calibration.to_dict()
    assert json.loads(json.dumps(made.cohort.drift.to_dict())) == found["drift"]
    assert counts[-1] == 6
    assert "ward 3, 6 normals" in (tmp_path / "by-arrays" / "MODEL_CARD.md").read_text()
    record = mmae_core.read_record(folder / next(folder.glob("*.hea")).name)
    assert mmae_core.score(record, model=made.model).percentile == mmae_core.score(
        record, model=tmp_path / "by-command").percentile


@pytest.mark.usefixtures("few_are_enough")
def test_ages_and_sexes_are_of_the_recordings_in_their_order(
    folder: Path, model_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: dict[str, list[str]] = {}

    def noted(scores: object, people: object, groups: dict[str, list[str]]) -> dict[str, object]:
        seen.update(groups)
        return {"groups": {}}

    monkeypatch.setattr(own_cohort, "check_uniformity", noted)
    mmae_core.calibrate(_signals(folder), model_folder, **STATED, ages_years=iter([30, 50, None, 65, float("nan"), 80]),
                        sexes=["female", "male", "male", None, "female", "female"])
    assert seen == {"age": ["<40", "40-59", "", "60-74", "", ">=75"],
                    "sex": ["female", "male", "male", "", "female", "female"]}


@pytest.mark.usefixtures("few_are_enough")
@pytest.mark.parametrize(("facts", "words"), [
    ({"ages_years": [30, 50]}, "ages_years has 2 values, and there are more recordings"),
    ({"sexes": ["male"] * 9}, "sexes has more values than there are recordings"),
    ({"ages_years": [-3] * 6}, "no age in years"),
    ({"sexes": ["F"] * 6}, "it is 'male', 'female' or None"),
    ({"sampling_rate_hz": None}, "state sampling_rate_hz"),
    ({"leads": None}, "state leads"),
])
def test_what_makes_no_sense_is_refused(
    folder: Path, model_folder: Path, facts: dict[str, Any], words: str
) -> None:
    with pytest.raises(ConfigError, match=words):
        mmae_core.calibrate(_signals(folder), model_folder, **{**STATED, **facts})


@pytest.mark.usefixtures("few_are_enough")
def test_a_recording_that_is_none_is_named_and_left_out(folder: Path, model_folder: Path) -> None:
    steps = np.full((12, 1000), 3e6, np.float32)
    steps[:, ::2] = 0
    made = mmae_core.calibrate([*_signals(folder), steps, *_signals(folder)], model_folder, **STATED)
    reasons = dict(made.cohort.left_out)
    assert "µV or in converter steps" in reasons["recording 6"]
    assert reasons["recording 7"] == "the same recording as another one"
    assert made.cohort.n_normals == 6
    assert made.model.calibration.cohort == "own normals"


def test_fewer_than_fifty_are_refused(folder: Path, model_folder: Path) -> None:
    with pytest.raises(DatasetError, match="6 own normals can be used; at least 50"):
        mmae_core.calibrate(_signals(folder), model_folder, **STATED)

"""Own normals from arrays and generators make the model that the command makes of the same recordings in files."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import mmae_core
from mmae_core import STANDARD_LEADS, ConfigError
from mmae_core.cli import main
from mmae_core.datasets.ptbxl import PtbxlEntry, load_index
from mmae_core.errors import DatasetError
from mmae_core.evaluation import own_cohort
from mmae_core.record import EcgRecord, FloatArray
from mmae_core.scoring.checkpoint import TrainedModel, load_model, save_model
from mmae_core.scoring.window_scorer import AutoencoderScorer

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


@pytest.mark.usefixtures("small_cohorts")
def test_a_release_from_arrays_is_the_commands(
    plus_model: TrainedModel, ptbxl_mini: Path, tmp_path: Path
) -> None:
    """Calibrated, its parts fitted, and evaluated on the same recordings."""
    training: dict[str, Any] = {"dataset": "PTB-XL", "folds": [1, 2, 3, 4, 5, 6, 7, 8], "n_windows": 8, "epochs": 1,
                "steps": 1, "loss_first": 1.0, "loss_last": 1.0, "command": "train", "seconds": 1}
    training["cross_lead"] = {**training, "windows": 8}
    run = save_model(tmp_path / "run", "small", "1", plus_model.config, plus_model.network, plus_model.calibration,
                     {"training": training}, cross_lead=plus_model.cross_lead, fusion=plus_model.fusion)
    index = load_index(ptbxl_mini)
    seen = index.select(folds=range(1, 9), label="normal")
    judged = [entry for entry in index.select(folds=[9]) if entry.label is not None]
    normals = [entry for entry in judged if entry.label == "normal"]
    assert main(["release", "--run", str(run), "--data", str(ptbxl_mini), "--output", str(tmp_path / "by-command"),
                 "--device", "cpu"]) == 0

    def arrays(entries: Sequence[PtbxlEntry]) -> Iterator[EcgRecord]:
        """Of different rates, so that each says its own."""
        for record in (mmae_core.read_record(entry.path) for entry in entries):
            yield mmae_core.array_record(record.read(), record.sampling_rate_hz, record.lead_names)

    made = mmae_core.release(
        run, tmp_path / "by-arrays", arrays(normals), seen=arrays(seen), evaluated=arrays(judged),
        abnormal=np.array([entry.label == "abnormal" for entry in judged], np.int64), dataset="two wards", device="cpu")
    by_command = load_model(tmp_path / "by-command")
    assert {**made.calibration.to_dict(), "cohort": ""} == {**by_command.calibration.to_dict(), "cohort": ""}
    assert made.fusion is not None
    assert by_command.fusion is not None
    assert made.fusion.to_dict() == by_command.fusion.to_dict()
    metrics = made.card["metrics"]
    assert metrics["detection"]["auroc"] == by_command.card["metrics"]["detection"]["auroc"]
    card = (tmp_path / "by-arrays" / "MODEL_CARD.md").read_text()
    assert "Labelled by whoever gave them: two wards, 8 normal and 8 abnormal records" in card
    assert "PTB-XL: Schiller" not in card
    assert not list(tmp_path.glob("*.parts")), "what was kept for --resume is gone"


def test_labels_that_are_none_are_refused_before_anything_is_scored(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="belong together"):
        mmae_core.release(tmp_path, tmp_path / "model", [], evaluated=[])
    scorer = mmae_core.load_scorer()
    with pytest.raises(DatasetError, match="Labels are True or 1"):
        mmae_core.evaluate_recordings(scorer, iter(()), [0, 1, 2])


def test_recordings_that_come_one_by_one_need_as_many_labels(
    folder: Path, tiny_model: Callable[..., TrainedModel]
) -> None:
    scorer = AutoencoderScorer(tiny_model())
    with pytest.raises(DatasetError, match=r"there are 6 recordings, and the labels have the shape \(4,\)"):
        mmae_core.evaluate_recordings(scorer, _signals(folder), [0, 1, 0, 1], **STATED)
    with pytest.raises(DatasetError, match=r"there are 6 recordings, and the labels have the shape \(7,\)"):
        mmae_core.evaluate_recordings(scorer, _signals(folder), [0, 1, 0, 1, 0, 1, 1], **STATED)

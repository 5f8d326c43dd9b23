"""Own normals as the cohort of a model."""

from __future__ import annotations

import dataclasses
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from mmae_core.cli import main
from mmae_core.errors import Cancelled, DatasetError
from mmae_core.evaluation.own_cohort import (
    MIN_OWN_NORMALS,
    OwnCohort,
    apart_from_others,
    cohort_drift,
    examine_own_normals,
    recalibrate,
)
from mmae_core.model.training_facts import record_key
from mmae_core.scoring.assessor import Assessor
from mmae_core.scoring.checkpoint import TrainedModel, load_model, save_model

N_NORMALS = 54


@pytest.fixture
def own_folder(write_noise: Callable[..., Path], tmp_path: Path) -> Path:
    """54 different recordings, one of them twice and one that cannot be read."""
    folder = tmp_path / "ward"
    folder.mkdir()
    for number in range(N_NORMALS):
        write_noise(f"n{number:02d}", seed=number, folder=folder)
    for suffix in (".hea", ".dat"):
        shutil.copy(folder / f"n00{suffix}", folder / f"twice{suffix}")
    header = folder / "twice.hea"
    header.write_text(header.read_text().replace("n00", "twice"))
    (folder / "broken.hea").write_text("broken 12 100 1000\n")
    return folder


@pytest.fixture
def model(tiny_model: Callable[..., TrainedModel]) -> TrainedModel:
    return tiny_model()


@pytest.fixture
def own(model: TrainedModel, own_folder: Path) -> OwnCohort:
    return examine_own_normals(Assessor(model, "cpu"), sorted(own_folder.glob("*.hea")), "normals of ward 3")


def test_normals_of_the_cohort_itself_are_rarely_said_to_have_left_it() -> None:
    scores = load_model().calibration.record_scores
    draws = np.random.default_rng(0)
    left = 0
    for _ in range(100):
        mixed = draws.permutation(scores)
        left += cohort_drift(mixed[60:], mixed[:60]).has_left
    assert left <= 4, "by chance one of a hundred"


def test_normals_whose_scores_lie_higher_are_said_to_have_left_it() -> None:
    scores = load_model().calibration.record_scores
    draws = np.random.default_rng(0)
    left = 0
    for _ in range(50):
        mixed = draws.permutation(scores)
        left += cohort_drift(mixed[120:], mixed[:120] + 0.6 * scores.std()).has_left
    assert left >= 48


def test_a_drift_is_counted_exactly() -> None:
    drift = cohort_drift(np.arange(199.0), [*np.arange(45.0) * 4, 300.0, 301.0, 302.0, 303.0, 304.0, np.nan])
    assert (drift.n_normals, drift.n_cohort, drift.n_strong) == (50, 199, 5)
    assert drift.strong_share == 0.1
    assert drift.strong_ci95 == pytest.approx((0.0333, 0.2181), abs=1e-4), "Clopper-Pearson of 5 in 50"
    assert not drift.has_left, "5 of 50 where 2.5 are expected is within chance"


def test_recordings_that_cannot_calibrate_are_left_out_with_the_reason(own: OwnCohort) -> None:
    reasons = dict(own.left_out)
    assert own.n_normals == N_NORMALS
    assert set(reasons) == {"twice", "broken"}
    assert reasons["twice"] == "the same recording as another one"
    assert own.sampling_rates_hz == {100.0: N_NORMALS}


def test_recordings_the_model_was_trained_on_are_left_out(model: TrainedModel, own_folder: Path) -> None:
    paths = sorted(own_folder.glob("n*.hea"))
    known = dataclasses.replace(model, card={"training": {"records": "".join(sorted(map(record_key, paths[:3])))}})
    own = examine_own_normals(Assessor(known, "cpu"), paths, "ward 3")
    assert {name for name, _ in own.left_out} == {"n00", "n01", "n02"}
    assert own.n_normals == N_NORMALS - 3


def test_too_few_normals_are_refused_with_number_and_reason(model: TrainedModel, own_folder: Path) -> None:
    few = [own_folder / "n00.hea", own_folder / "twice.hea"]
    with pytest.raises(DatasetError, match=rf"1 own normals .* at least {MIN_OWN_NORMALS} .*the same recording as"):
        examine_own_normals(Assessor(model, "cpu"), few, "ward 3")


def test_looking_can_be_stopped(model: TrainedModel, own_folder: Path) -> None:
    with pytest.raises(Cancelled):
        examine_own_normals(Assessor(model, "cpu"), sorted(own_folder.glob("*.hea")), "ward 3", stopped=lambda: True)


def test_the_recalibrated_model_has_the_same_networks_and_the_own_cohort(
    model: TrainedModel, own: OwnCohort, tmp_path: Path
) -> None:
    save_model(tmp_path / "before", model.name, "1", model.config, model.network, model.calibration, model.card)
    before = load_model(tmp_path / "before")
    after = load_model(recalibrate(before, own, tmp_path / "after", name="ward-3"))
    for name, tensor in before.network.state_dict().items():
        assert (tensor == after.network.state_dict()[name]).all()
    assert (after.name, after.calibration.cohort, after.calibration.n_records) == (
        "ward-3", "normals of ward 3", N_NORMALS)
    scores = np.sort(own.scores)
    assert after.calibration.record_percentile(float(scores[27])) == pytest.approx(100 * 27 / N_NORMALS)
    assert "metrics" not in after.card, "they were measured with other percentiles"
    card = (tmp_path / "after" / "MODEL_CARD.md").read_text()
    assert "normals of ward 3" in card
    assert "Only 54 normals" in card


def test_results_of_a_recalibrated_model_are_never_taken_for_those_of_the_former_one(
    model: TrainedModel, own: OwnCohort, tmp_path: Path
) -> None:
    after = load_model(recalibrate(model, own, tmp_path / "after", name="ward-3"))
    before = load_model(save_model(tmp_path / "b", "tiny", "1", model.config, model.network, model.calibration, {}))
    assert before.sha256 == after.sha256
    assert before.key == before.sha256
    assert after.key != before.key


def test_one_recording_far_beyond_all_others_stands_apart() -> None:
    scores = np.random.default_rng(1).normal(0, 1, 60)
    paths = [Path(f"n{number}") for number in range(60)]
    assert apart_from_others(paths, scores) == ()
    scores[7] = 9.0
    assert [path.name for path, _ in apart_from_others(paths, scores)] == ["n7"]


def test_the_command_examines_reports_and_writes(
    model: TrainedModel, own_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = save_model(tmp_path / "m", "tiny", "1", model.config, model.network, model.calibration, {})
    report, output = tmp_path / "found.json", tmp_path / "ward-3"
    assert main(["recalibrate", "--data", str(own_folder), "--model", str(folder), "--cohort", "ward 3, 2026",
                 "--report", str(report), "--output", str(output)]) == 0
    found = json.loads(report.read_text())
    assert found["n_records"] == N_NORMALS
    assert found["cohort"] == "ward 3, 2026"
    assert load_model(output).calibration.cohort == "ward 3, 2026"
    assert "54 own normals can be used; 2 are left out." in capsys.readouterr().out


def test_too_few_own_normals_leave_parts_that_the_sentence_names(
    model: TrainedModel, write_noise: Callable[..., Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = save_model(tmp_path / "m", "tiny", "1", model.config, model.network, model.calibration, {})
    data = tmp_path / "few"
    data.mkdir()
    for number in range(3):
        write_noise(f"n{number}", seed=number, folder=data)
    command = ["recalibrate", "--data", str(data), "--model", str(folder)]
    assert main([*command, "--output", str(tmp_path / "ours")]) == 2
    assert (tmp_path / "ours.parts").is_dir()
    assert f"What was scored is kept in {tmp_path / 'ours.parts'}, for --resume" in capsys.readouterr().err
    assert main(command) == 2
    assert "is kept in" not in capsys.readouterr().err, "without --output nothing is"

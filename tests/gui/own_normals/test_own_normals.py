"""Own normals, from the window: examined, made a cohort, trained on; the notice when they leave the cohort."""

from __future__ import annotations

import threading
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from ecg_viewer.jobs import own_normals as jobs
from ecg_viewer.jobs.scoring import ModelScorer
from ecg_viewer.qt.own_normals.own_normals_dialog import EPOCHS, FOLDER, NORMALS, SHOWN, OwnNormalsDialog
from ecg_viewer.qt.own_normals.own_normals_feature import OwnNormalsFeature
from ecg_viewer.qt.own_normals.training_run import TrainingPlan
from ecg_viewer.state.assessment import Phase
from ecg_viewer.state.own_normals import Drift, ExaminedNormals, drift_sentence, model_folder
from ecg_viewer.state.worklist.results import RecordScore, ScoreSource
from mmae_core.config import PRESETS
from mmae_core.record import STANDARD_LEADS
from mmae_core.scoring.checkpoint import load_model

N_NORMALS = 52
TINY = """
[preprocess]
sampling_rate_hz = 50.0
lowpass_hz = 20.0
[model]
n_samples = 500
n_segments = 20
region_length = 4
region_starts = [1, 5, 9, 13]
encoder_layers = 1
encoder_heads = 2
encoder_width = 16
decoder_heads = 2
decoder_width = 8
mlp_ratio = 2
"""


@pytest.fixture
def ward(tmp_path: Path) -> Path:
    """52 recordings of noise and one that cannot be read."""
    folder = tmp_path / "ward"
    folder.mkdir()
    for number in range(N_NORMALS):
        samples = np.random.default_rng(number).normal(0, 300, (1000, 12)).astype("<i2")
        samples.tofile(folder / f"n{number:02d}.dat")
        lines = [f"n{number:02d} 12 100 1000"]
        lines += [f"n{number:02d}.dat 16 1000(0)/mV 16 0 0 0 0 {lead}" for lead in STANDARD_LEADS]
        (folder / f"n{number:02d}.hea").write_text("\n".join(lines) + "\n")
    (folder / "broken.hea").write_text("broken 12 100 1000\n")
    return folder


def opened(program) -> tuple[OwnNormalsFeature, OwnNormalsDialog]:
    program.window.action("own_normals").trigger()
    feature = program.window.feature(OwnNormalsFeature)
    assert feature.dialog is not None
    return feature, feature.dialog


def choose(monkeypatch: pytest.MonkeyPatch, dialog: OwnNormalsDialog, folder: Path) -> None:
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(folder))
    dialog.choose.click()
    assert dialog.source.currentData() == FOLDER


def test_nothing_is_examined_without_recordings_and_a_name(make_program, ward: Path, monkeypatch) -> None:
    _, dialog = opened(make_program())
    assert not dialog.examine.isEnabled()
    choose(monkeypatch, dialog, ward)
    assert not dialog.examine.isEnabled(), "percentiles against nobody in particular"
    dialog.cohort.setText("ward 3")
    assert dialog.examine.isEnabled()
    assert not dialog.recalibrate.isEnabled()


def test_a_folder_is_examined_and_becomes_the_cohort_of_the_model_in_use(
    qtbot: QtBot, make_program, ward: Path, monkeypatch
) -> None:
    program = make_program(ModelScorer("cpu"))
    _, dialog = opened(program)
    choose(monkeypatch, dialog, ward)
    dialog.cohort.setText("normals of ward 3")
    qtbot.mouseClick(dialog.examine, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(dialog.recalibrate.isEnabled)
    text = dialog.found_text.text()
    assert "Normals that can be used: 52; left out: 1. broken:" in text
    assert "They have left this cohort" in text, "noise is not like PTB-XL's normals"
    assert "Coverage" in text
    qtbot.mouseClick(dialog.recalibrate, Qt.MouseButton.LeftButton)
    models = program.session.models
    qtbot.waitUntil(lambda: models.current is not None and not models.current.is_bundled)
    made = load_model(Path(models.current.key))
    assert (made.calibration.cohort, made.calibration.n_records) == ("normals of ward 3", N_NORMALS)
    info = models.info(models.current)
    assert info is not None
    assert info.cohort == "normals of ward 3"
    assert info.results_key == made.key != made.sha256


def test_too_few_are_refused_with_the_reason_in_the_dialog(
    qtbot: QtBot, make_program, ward: Path, monkeypatch
) -> None:
    for path in list(ward.glob("n*.hea"))[:10]:
        path.unlink()
    _, dialog = opened(make_program())
    choose(monkeypatch, dialog, ward)
    dialog.cohort.setText("ward 3")
    dialog.examine.click()
    qtbot.waitUntil(lambda: "at least 50 are needed" in dialog.found_text.text())
    assert "42 own normals can be used" in dialog.found_text.text()
    assert not dialog.recalibrate.isEnabled()
    assert dialog.examine.isVisible()


def test_examining_can_be_stopped(qtbot: QtBot, make_program, ward: Path, monkeypatch) -> None:
    monkeypatch.setattr("ecg_viewer.qt.own_normals.own_normals_feature.examine_job", _waiting_job)
    _, dialog = opened(make_program())
    choose(monkeypatch, dialog, ward)
    dialog.cohort.setText("ward 3")
    dialog.examine.click()
    qtbot.waitUntil(lambda: dialog.bar.isVisible() and dialog.bar.value() == 3)
    dialog.stop.click()
    qtbot.waitUntil(dialog.examine.isVisible)
    assert not dialog.recalibrate.isEnabled()


def _waiting_job(*_args: object):
    def run(report) -> None:
        report.send(jobs.Examining(3, 52))
        while not report.stopped():
            threading.Event().wait(0.005)

    return run


def found_normals(*apart: Path) -> ExaminedNormals:
    drift = Drift(60, 12, (0.11, 0.32), 71.0, 0.0004, True)
    coverage = ((0.05, 0.04, 0.0, 0.1),)
    return ExaminedNormals("ward 3", 60, (), "normals of PTB-XL", drift, coverage, ("sex female",), apart, None)


def test_recordings_that_stand_apart_are_opened_and_left_out(
    qtbot: QtBot, make_program, ward: Path, monkeypatch
) -> None:
    program = make_program()
    _, dialog = opened(program)
    choose(monkeypatch, dialog, ward)
    dialog.cohort.setText("ward 3")
    odd = ward / "n07.hea"
    dialog.show_found(found_normals(odd))
    assert "stand apart from the others: 1" in dialog.found_text.text()
    assert "do not hold alike for: sex female" in dialog.found_text.text()
    item = dialog.apart.item(0)
    dialog.apart.itemActivated.emit(item)
    qtbot.waitUntil(lambda: program.session.item is not None and program.session.item.path == odd)
    item.setCheckState(Qt.CheckState.Unchecked)
    assert dialog.left_out == {odd}
    assert not dialog.recalibrate.isEnabled(), "the model would hold what was unticked"
    item.setCheckState(Qt.CheckState.Checked)
    assert dialog.recalibrate.isEnabled()
    item.setCheckState(Qt.CheckState.Unchecked)
    asked: list[object] = []
    monkeypatch.setattr("ecg_viewer.qt.own_normals.own_normals_feature.examine_job",
                        lambda *values: asked.append(values) or (lambda _report: None))
    dialog.examine.click()
    assert asked[0][4] == {odd}


def test_what_is_unticked_is_not_trained_on_either(make_program, ward: Path, tmp_path: Path, monkeypatch) -> None:
    feature, dialog = opened(make_program())
    choose(monkeypatch, dialog, ward)
    dialog.cohort.setText("-ward 3")
    dialog.show_found(found_normals(ward / "n07.hea"))
    dialog.apart.item(0).setCheckState(Qt.CheckState.Unchecked)
    plans: list[TrainingPlan] = []
    monkeypatch.setattr(feature.training, "start", plans.append)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path / "run"))
    dialog.train.click()
    assert plans[0].without == (ward / "n07.hea",)
    assert plans[0].arguments()[-3:] == ["--without", str(tmp_path / "run" / "without.txt"), "--cohort=-ward 3"]


def test_another_choice_stops_examining_the_one_before(qtbot: QtBot, make_program, ward: Path, monkeypatch) -> None:
    monkeypatch.setattr("ecg_viewer.qt.own_normals.own_normals_feature.examine_job", _waiting_job)
    _, dialog = opened(make_program())
    choose(monkeypatch, dialog, ward)
    dialog.cohort.setText("ward 3")
    dialog.examine.click()
    qtbot.waitUntil(lambda: dialog.bar.isVisible() and dialog.bar.value() == 3)
    dialog.cohort.setText("ward 4")
    qtbot.waitUntil(dialog.examine.isVisible)


def test_what_was_found_does_not_outlive_another_choice(make_program, ward: Path, monkeypatch) -> None:
    _, dialog = opened(make_program())
    choose(monkeypatch, dialog, ward)
    dialog.cohort.setText("ward 3")
    dialog.show_found(found_normals())
    assert dialog.recalibrate.isEnabled()
    dialog.cohort.setText("ward 4")
    assert not dialog.recalibrate.isEnabled(), "the model would name another cohort than was examined"
    dialog.show_found(found_normals())
    dialog.source.setCurrentIndex(dialog.source.findData(SHOWN))
    assert not dialog.recalibrate.isEnabled()


def test_the_normals_of_the_list_can_be_chosen(qtbot: QtBot, make_program, ptbxl_list: Path) -> None:
    program = make_program()
    program.session.open([ptbxl_list])
    _, dialog = opened(program)
    qtbot.waitUntil(lambda: len(dialog._listed().shown) > 1)
    dialog.source.setCurrentIndex(dialog.source.findData(NORMALS))
    recordings = dialog.recordings
    assert isinstance(recordings, tuple)
    assert 0 < len(recordings) < len(dialog._listed().shown)


@pytest.fixture
def ptbxl_list() -> Path:
    return Path(__file__).parents[2] / "data" / "ptbxl-mini"


def test_epochs_offered_are_those_of_the_presets() -> None:
    assert {name: PRESETS[name]().train.epochs for name in EPOCHS} == EPOCHS


def test_a_model_is_trained_stopped_gone_on_with_and_used(
    qtbot: QtBot, make_program, ward: Path, tmp_path: Path, monkeypatch
) -> None:
    """With a network of a few thousand parameters, in a program of its own."""
    settings = tmp_path / "tiny.toml"
    settings.write_text(TINY)
    plain = TrainingPlan.arguments
    more = ["--config", str(settings), "--no-compile", "--device", "cpu", "--cache", str(tmp_path / "cache")]
    monkeypatch.setattr(TrainingPlan, "arguments", lambda plan: [*plain(plan), *more])
    program = make_program()
    feature, dialog = opened(program)
    choose(monkeypatch, dialog, ward)
    dialog.cohort.setText("ward 3")
    dialog.epochs.setValue(150)
    output = tmp_path / "run"
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(output))
    dialog.train.click()
    qtbot.waitUntil(lambda: feature.training.epoch >= 1)
    assert "epoch" in dialog.training_text.text()
    dialog.stop_training.click()
    qtbot.waitUntil(lambda: not feature.training.is_running)
    assert "Stopped" in dialog.training_text.text()
    done = len((output / "metrics.jsonl").read_text().splitlines())
    assert 1 <= done < 150
    feature.training.start(feature.training.plan)
    qtbot.waitUntil(lambda: not feature.training.is_running)
    assert len((output / "metrics.jsonl").read_text().splitlines()) == 150, feature.training.log
    models = program.session.models
    assert load_model(output / "model").calibration.cohort == "ward 3", "the name that the dialog asked for"
    qtbot.waitUntil(lambda: models.looked_at is None)


def test_a_training_that_fails_says_why(qtbot: QtBot, make_program, tmp_path: Path, ward: Path, monkeypatch) -> None:
    for path in list(ward.glob("n*.hea"))[5:]:
        path.unlink()
    program = make_program()
    _, dialog = opened(program)
    choose(monkeypatch, dialog, ward)
    dialog.cohort.setText("ward 3")
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path / "run"))
    dialog.train.click()
    qtbot.waitUntil(lambda: "ended with an error" in dialog.training_text.text())
    assert "recordings to train on; at least 40 are needed" in dialog.training_text.text()
    assert "ended with an error" in program.window.error_bar.text


def test_normals_that_have_left_the_cohort_are_said_below_the_paper_with_the_way_out(
    qtbot: QtBot, make_program, ward: Path, monkeypatch
) -> None:
    (ward / "broken.hea").unlink()
    program = make_program()
    program.session.open([ward])
    feature = program.window.feature(OwnNormalsFeature)
    qtbot.waitUntil(lambda: len(feature._worklist) == N_NORMALS)
    qtbot.waitUntil(lambda: program.session.assessment.phase is Phase.DONE)
    _score_as_normals(feature, 1.5)
    qtbot.waitUntil(feature.drift.isVisible)
    assert "They have left this cohort" in feature.drift.text.text()
    feature.drift.button.click()
    assert feature.dialog is not None
    assert feature.dialog.isVisible()
    feature.drift.close_button.click()
    assert not feature.drift.isVisible()


def test_scores_of_another_model_are_not_held_against_this_ones_cohort(
    qtbot: QtBot, make_program, ward: Path
) -> None:
    (ward / "broken.hea").unlink()
    program = make_program()
    program.session.open([ward])
    feature = program.window.feature(OwnNormalsFeature)
    qtbot.waitUntil(lambda: len(feature._worklist) == N_NORMALS)
    qtbot.waitUntil(lambda: program.session.assessment.phase is Phase.DONE)
    feature._worklist.set_source(ScoreSource("former 1", "f" * 64), {})
    _score_as_normals(feature, 1.5)
    asked: list[object] = []
    feature.drift._lane.submit = lambda *values: asked.append(values)
    feature.drift.look()
    assert asked == []


def test_an_answer_about_the_list_before_is_not_shown_for_this_one(
    qtbot: QtBot, make_program, ward: Path
) -> None:
    (ward / "broken.hea").unlink()
    program = make_program()
    program.session.open([ward])
    feature = program.window.feature(OwnNormalsFeature)
    qtbot.waitUntil(lambda: len(feature._worklist) == N_NORMALS)
    qtbot.waitUntil(lambda: program.session.assessment.phase is Phase.DONE)
    receivers: list = []
    feature.drift._lane.submit = lambda _job, receive: receivers.append(receive)
    _score_as_normals(feature, 1.5)
    feature.drift.look()
    feature.drift.forget()
    receivers[0](jobs.DriftFound(found_normals().drift, "normals of PTB-XL"))
    assert not feature.drift.isVisible()


def test_normals_that_belong_to_the_cohort_are_not_remarked_upon(qtbot: QtBot, make_program, ward: Path) -> None:
    (ward / "broken.hea").unlink()
    program = make_program()
    program.session.open([ward])
    feature = program.window.feature(OwnNormalsFeature)
    qtbot.waitUntil(lambda: len(feature._worklist) == N_NORMALS)
    qtbot.waitUntil(lambda: program.session.assessment.phase is Phase.DONE)
    _score_as_normals(feature, 0.0)
    feature.drift.look()
    qtbot.waitUntil(lambda: feature.drift._found is not None)
    assert not feature.drift.isVisible()


def _score_as_normals(feature: OwnNormalsFeature, shift: float) -> None:
    """The list's recordings are normal and scored: as the model's normals, `shift` spreads higher."""
    worklist = feature._worklist
    for item in worklist.columns.items:
        object.__setattr__(item, "superclasses", ("NORM",))
    cohort = load_model().calibration.record_scores
    scores = np.random.default_rng(3).choice(cohort, len(worklist), replace=False) + shift * cohort.std()
    worklist.put_scores({row: RecordScore(score=float(score), percentile=50.0, verdict="good")
                         for row, score in enumerate(scores)})


def test_a_folder_for_a_model_is_new_and_named_after_the_cohort(user_folders: Path) -> None:
    first = model_folder("normals of ward 3, 2026 / ü")
    assert first.name == "normals-of-ward-3-2026-ü"
    first.mkdir(parents=True)
    assert model_folder("normals of ward 3, 2026 / ü").name == "normals-of-ward-3-2026-ü-2"


def test_a_drift_is_said_with_its_interval() -> None:
    text = drift_sentence(found_normals().drift, "normals of PTB-XL")
    assert "12 of 60 normals (20.0 %, 95 % CI 11.0–32.0) are among its strongest 5 %" in text
    assert "its percentiles do not hold for them (p = 0.0004)" in text

"""The menu Model: any bundled model or folder can be asked, and what the one before said goes at once."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

import mmae_core.resources
from ecg_viewer.app import Program
from ecg_viewer.jobs.scoring import ModelScorer
from ecg_viewer.qt.summary.summary_feature import SummaryFeature
from ecg_viewer.state.assessment import ModelInfo, Phase
from ecg_viewer.state.settings import SettingsFile
from mmae_core.resources import bundled_models, resource
from mmae_core.scoring.checkpoint import BUNDLED_DIGESTS, description_digest, read_json

OTHER = "another-model"


def copy_model(source: Path, target: Path, name: str) -> Path:
    """A model folder under another name, with another version and cohort in its description."""
    shutil.copytree(source, target)
    description = target / "model.json"
    text = description.read_text(encoding="utf-8").replace(f'"name": "{source.name}"', f'"name": "{name}"', 1)
    text = text.replace('"version": "2"', '"version": "2.5"', 1)
    text = text.replace('"cohort": "normal', '"cohort": "other normal')
    description.write_text(text, encoding="utf-8")
    return target


@pytest.fixture
def default() -> str:
    return bundled_models()[0]


@pytest.fixture
def two_models(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """An installation with a further bundled model, whose name it gives."""
    root = tmp_path / "installed"
    shutil.copytree(resource(), root, ignore=shutil.ignore_patterns("screenshots"))
    copy_model(root / "models" / bundled_models()[0], root / "models" / OTHER, OTHER)
    other = mmae_core.resources._root
    monkeypatch.setattr(mmae_core.resources, "_root",
                        lambda package: root if package == "mmae_core" else other(package))
    digest = description_digest(read_json(root / "models" / OTHER / "model.json"))
    monkeypatch.setitem(BUNDLED_DIGESTS, OTHER, digest)
    return OTHER


def done(qtbot: QtBot, program: Program) -> None:
    session = program.session
    qtbot.waitUntil(lambda: session.assessment.phase in (Phase.DONE, Phase.FAILED))
    assert session.assessment.phase is Phase.DONE, session.assessment.message


def line(program: Program, key: str):
    return next(action for action in program.window.menus.models.actions if action.data() == key)


def test_the_menu_offers_every_bundled_model_and_ticks_one(make_program, two_models: str, default: str) -> None:
    program = make_program()
    actions = program.window.menus.models.actions
    assert [action.data() for action in actions] == list(bundled_models())
    assert two_models in [action.text() for action in actions]
    assert actions[0].text() == f"{default} (default)"
    assert [action.isChecked() for action in actions] == [action.data() == default for action in actions]


def test_switching_asks_the_other_model_about_the_open_record_and_keeps_its_place(
    qtbot: QtBot, make_program, write_record, fake_scorer, two_models: str, default: str
) -> None:
    program = make_program(fake_scorer)
    session, window = program.session, program.window
    session.open([write_record("long", 60.0)])
    done(qtbot, program)
    session.go_to_finding(0)
    session.view.scroll_to(20.0)
    fake_scorer.gate.clear()
    asked = len(fake_scorer.asked)
    line(program, two_models).trigger()
    assert session.heat.computed_fraction == 0, "stale heat goes before the other model has even started"
    assert session.assessment.findings == ()
    assert session.view.selection is None
    assert two_models in window.feature(SummaryFeature).panel.headline.text()
    assert two_models in window.status.state_label.text()
    assert (session.record.name, session.view.start_s) == ("long", 20.0)
    qtbot.waitUntil(lambda: len(fake_scorer.asked) > asked)
    qtbot.waitUntil(lambda: window.feature(SummaryFeature).panel.headline.text() == f"Assessing with {two_models}…")
    assert fake_scorer.models == [default, two_models]
    fake_scorer.gate.set()
    done(qtbot, program)
    assert line(program, two_models).isChecked()
    assert not line(program, default).isChecked()
    assert f"cohort of {two_models}" in window.feature(SummaryFeature).panel.provenance.text()


def test_switching_stops_what_runs(
    qtbot: QtBot, make_program, write_record, fake_scorer, two_models: str, default: str
) -> None:
    fake_scorer.gate.clear()
    program = make_program(fake_scorer)
    program.session.open([write_record("long", 400.0)])
    qtbot.waitUntil(lambda: len(fake_scorer.asked) == 1)
    line(program, two_models).trigger()
    qtbot.waitUntil(lambda: fake_scorer.cancelled == ["long"])
    fake_scorer.gate.set()
    done(qtbot, program)
    assert fake_scorer.models == [default, two_models]
    assert len(fake_scorer.threads) == 1


def test_the_choice_is_asked_at_the_next_start(
    qtbot: QtBot, make_program, demo: Path, two_models: str, fake_scorer
) -> None:
    line(make_program(settings=SettingsFile()), two_models).trigger()
    assert SettingsFile().settings.model == two_models
    program = make_program(fake_scorer, settings=SettingsFile())
    assert line(program, two_models).isChecked()
    program.session.open([demo / "00170_hr.hea"])
    done(qtbot, program)
    assert fake_scorer.models == [two_models]


def test_a_remembered_model_that_is_gone_gives_way_to_the_default_with_a_message(
    qtbot: QtBot, make_program, demo: Path, tmp_path: Path, default: str
) -> None:
    settings = SettingsFile()
    gone = tmp_path / "run-3" / "model"
    settings.change(model=str(gone))
    program = make_program(ModelScorer("cpu"), settings=settings)
    program.session.open([demo / "00170_hr.hea"])
    done(qtbot, program)
    bar = program.window.error_bar
    assert bar.isVisible()
    assert bar.text.startswith("model (run-3) cannot be used: There is no model")
    assert bar.text.endswith(f"{default} is used instead.")
    assert program.session.model.name == default
    assert program.session.heat.assessed_fraction > 0.9
    assert SettingsFile().settings.model is None, "told once, not at every start"
    assert [action.data() for action in program.window.menus.models.actions] == list(bundled_models())


def test_the_real_models_tell_their_name_version_and_cohort(
    qtbot: QtBot, make_program, demo: Path, two_models: str, default: str
) -> None:
    program = make_program(ModelScorer("cpu"))
    summary, status = program.window.feature(SummaryFeature).panel, program.window.status
    program.session.open([demo / "00170_hr.hea"])
    done(qtbot, program)
    assert f"Model {default}, version 2, on cpu" in summary.provenance.text()
    line(program, two_models).trigger()
    assert program.session.heat.computed_fraction == 0
    done(qtbot, program)
    n_normals = program.session.model.n_normals
    assert f"Model {two_models}, version 2.5, on cpu" in summary.provenance.text()
    assert f"Compared with {n_normals} normal ECGs: other normal records" in summary.provenance.text()
    assert status.state_label.text() == f"{two_models} 2.5 · cpu"
    for tip in (summary.provenance.toolTip(), status.state_label.toolTip(), line(program, two_models).toolTip()):
        assert program.session.model.sha256 in tip
        assert "Learned from PTB-XL" in tip
    assert program.session.heat.assessed_fraction > 0.9


def test_a_model_folder_is_opened_from_the_menu_also_when_the_run_around_it_is_named(
    qtbot: QtBot, make_program, demo: Path, tmp_path: Path, default: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = tmp_path / "run-7"
    model = copy_model(resource("models", default), run / "model", "mine")
    program = make_program(ModelScorer("cpu"), settings=SettingsFile())
    program.session.open([demo / "00170_hr.hea"])
    done(qtbot, program)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(run))
    program.window.action("open_model").trigger()
    assert "run-7" in program.window.status.state_label.text()
    assert program.session.assessment.phase is Phase.DONE, "nothing is given up before the folder was looked at"
    qtbot.waitUntil(lambda: program.session.model is not None and program.session.model.name == "mine")
    done(qtbot, program)
    assert line(program, str(model)).isChecked()
    assert line(program, str(model)).text() == "model (run-7)"
    assert SettingsFile().settings.model == str(model)


def test_a_folder_without_a_model_is_explained_and_costs_nothing(
    qtbot: QtBot, make_program, demo: Path, tmp_path: Path, default: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = make_program()
    program.session.open([demo / "00170_hr.hea"])
    done(qtbot, program)
    before = program.session.assessment
    (tmp_path / "photos").mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path / "photos"))
    program.window.action("open_model").trigger()
    bar = program.window.error_bar
    qtbot.waitUntil(bar.isVisible)
    assert bar.text.startswith("The folder photos holds no model: there is no model.json in it.")
    assert bar.text.endswith(f"{default} stays in use.")
    assert program.session.assessment is before
    assert line(program, default).isChecked()


def test_a_damaged_model_folder_is_explained(
    qtbot: QtBot, make_program, tmp_path: Path, default: str
) -> None:
    folder = copy_model(resource("models", default), tmp_path / "broken", "broken")
    with (folder / "model.safetensors").open("ab") as stream:
        stream.write(b"more")
    program = make_program(ModelScorer("cpu"))
    program.session.models.choose_folder(folder)
    bar = program.window.error_bar
    qtbot.waitUntil(bar.isVisible)
    assert "The file is damaged or was exchanged" in bar.text
    assert program.session.models.current.key == default


def test_a_model_written_anew_into_the_same_folder_is_read_again(
    qtbot: QtBot, tmp_path: Path, default: str
) -> None:
    folder = copy_model(resource("models", default), tmp_path / "model", "first")
    scorer = ModelScorer("cpu")
    assert scorer.load(str(folder)).name == "first"
    description = folder / "model.json"
    text = description.read_text(encoding="utf-8")
    description.write_text(text.replace('"name": "first"', '"name": "the second"', 1), encoding="utf-8")
    assert scorer.load(str(folder)).name == "the second"


def test_the_command_line_names_a_model_for_this_start_only(
    qtbot: QtBot, make_program, demo: Path, two_models: str, default: str, fake_scorer
) -> None:
    settings = SettingsFile()
    settings.change(model=default)
    program = make_program(fake_scorer, settings=settings, model=two_models)
    assert line(program, two_models).isChecked()
    program.session.open([demo / "00170_hr.hea"])
    done(qtbot, program)
    assert fake_scorer.models == [two_models]
    assert SettingsFile().settings.model == default


def test_a_folder_named_on_the_command_line_is_listed_with_its_place(
    make_program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "run" / "model").mkdir(parents=True)
    monkeypatch.chdir(tmp_path)
    program = make_program(model="run/model")
    action = line(program, str(tmp_path / "run" / "model"))
    assert action.isChecked()
    assert action.text() == "model (run)"
    assert action.toolTip() == str(tmp_path / "run" / "model")


def test_a_model_named_on_the_command_line_is_not_replaced_by_another(
    qtbot: QtBot, make_program, demo: Path, fake_scorer
) -> None:
    fake_scorer.unusable["mine"] = "There is no model 'mine'."
    program = make_program(fake_scorer, model="mine")
    program.session.open([demo / "00170_hr.hea"])
    qtbot.waitUntil(lambda: program.session.assessment.phase is Phase.FAILED)
    assert program.window.error_bar.text == "There is no model 'mine'."
    assert program.session.heat.assessed_fraction == 0
    assert fake_scorer.models == ["mine"]


def test_a_model_chosen_without_a_record_is_the_one_asked_later(
    qtbot: QtBot, make_program, demo: Path, two_models: str, fake_scorer
) -> None:
    program = make_program(fake_scorer)
    line(program, two_models).trigger()
    assert fake_scorer.models == []
    program.session.open([demo / "00170_hr.hea"])
    done(qtbot, program)
    assert fake_scorer.models == [two_models]


def test_a_long_name_of_a_folder_leaves_the_badge_its_place(make_program, tmp_path: Path, fake_scorer) -> None:
    folder = tmp_path / ("a-very-long-name-of-a-model-folder" * 4)
    fake_scorer.descriptions[str(folder)] = ModelInfo("long", "1", "", 1)
    program = make_program(fake_scorer, model=str(folder))
    program.window.resize(program.window.minimumSize())
    program.session.models.choose_folder(folder)
    program.app.processEvents()
    badge = program.window.status.badge
    assert badge.width() >= badge.sizeHint().width()
    assert badge.geometry().right() <= program.window.status.width()

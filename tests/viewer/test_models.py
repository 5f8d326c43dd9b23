"""Which model is asked: the default, the one remembered, named or chosen, and what gives way to what."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from ecg_viewer.state.assessment import ModelInfo
from ecg_viewer.state.job_protocols import Failed, Finished, Job
from ecg_viewer.state.models import ModelChecked, ModelChoice, Models
from ecg_viewer.state.problem import Problem

BUNDLED = ("plus", "faithful")
RUN = "/runs/three/model"


class HandLane:
    """Keeps what was asked; the test answers."""

    def __init__(self) -> None:
        self.answers: list[Callable[[object], None]] = []

    def submit(self, job: Job, receive: Callable[[object], None]) -> HandLane:
        del job
        self.answers.append(receive)
        return self

    def cancel(self) -> None:
        """Tickets of a check are not used."""


class Shelf:
    """Models with their lane, and what they told."""

    def __init__(self, **options: str) -> None:
        self.lane = HandLane()
        self.models = Models(BUNDLED, self.lane, lambda _folder: lambda _report: None, **options)
        self.asked: list[str] = []
        self.problems: list[Problem] = []
        self.models.chosen.connect(lambda: self.asked.append(self.models.current.key))
        self.models.failed.connect(self.problems.append)


def info(name: str) -> ModelInfo:
    return ModelInfo(name, "1", "cpu", cohort="some")


def test_the_default_is_asked_and_not_remembered_so_that_a_better_default_reaches_the_user() -> None:
    shelf = Shelf()
    assert [choice.key for choice in shelf.models.choices] == ["plus", "faithful"]
    assert shelf.models.current == ModelChoice("plus")
    assert shelf.models.to_remember is None
    assert not shelf.models.is_for_this_start_only


def test_a_choice_is_asked_at_once_and_remembered() -> None:
    shelf = Shelf()
    shelf.models.choose("faithful")
    shelf.models.choose("faithful")
    assert shelf.asked == ["faithful"], "choosing what is chosen changes nothing"
    assert shelf.models.to_remember == "faithful"


def test_the_remembered_model_is_asked_and_one_that_is_gone_gives_way_to_the_default() -> None:
    shelf = Shelf(remembered=RUN)
    assert shelf.models.current == ModelChoice(RUN, is_bundled=False)
    assert shelf.models.title == "model (three)"
    assert shelf.models.to_remember == RUN
    assert shelf.models.fall_back()
    assert shelf.asked == ["plus"]
    assert shelf.models.to_remember is None
    assert [choice.key for choice in shelf.models.choices] == ["plus", "faithful"], "the gone one is not offered"


def test_the_command_line_goes_before_what_is_remembered_and_gives_way_to_nothing() -> None:
    shelf = Shelf(remembered="faithful", named=RUN)
    assert shelf.models.current.key == RUN
    assert shelf.models.is_for_this_start_only
    assert not shelf.models.fall_back()
    assert shelf.models.current.key == RUN
    assert shelf.asked == []


def test_a_choice_that_fails_gives_way_to_the_model_that_worked_before() -> None:
    shelf = Shelf(remembered="faithful")
    shelf.models.confirm(info("faithful"))
    shelf.models.choose("plus")
    assert shelf.models.fall_back()
    assert shelf.asked == ["plus", "faithful"]
    assert shelf.models.to_remember == "faithful"


def test_models_that_all_fail_end_the_search() -> None:
    shelf = Shelf()
    shelf.models.confirm(info("plus"))
    shelf.models.choose(RUN)
    shelf.models.confirm(info("run"))
    shelf.models.choose("faithful")
    ways = []
    while shelf.models.fall_back():
        ways.append(shelf.models.current.key)
        assert len(ways) < 5
    assert ways == [RUN, "plus"]


def test_a_folder_is_looked_at_before_anything_is_given_up_for_it() -> None:
    shelf = Shelf()
    shelf.models.choose_folder(Path("/runs/three"))
    assert shelf.models.looked_at == Path("/runs/three")
    assert shelf.models.current.key == "plus"
    assert shelf.asked == []
    shelf.lane.answers[0](ModelChecked(RUN, info("run")))
    shelf.lane.answers[0](Finished())
    assert shelf.models.looked_at is None
    assert shelf.asked == [RUN]
    assert shelf.models.to_remember == RUN
    assert shelf.models.info(shelf.models.current) == info("run")


def test_a_folder_without_a_model_changes_nothing_and_the_reason_is_told() -> None:
    shelf = Shelf()
    shelf.models.choose_folder(Path("/photos"))
    shelf.lane.answers[0](Failed("The folder photos holds no model.", "details", True))
    assert shelf.problems == [Problem("The folder photos holds no model. plus stays in use.", "details")]
    assert shelf.asked == []
    assert shelf.models.looked_at is None
    assert len(shelf.models.choices) == 2


def test_a_choice_made_while_a_folder_is_looked_at_wins() -> None:
    shelf = Shelf()
    shelf.models.choose_folder(Path("/runs/three"))
    shelf.models.choose("faithful")
    shelf.lane.answers[0](ModelChecked(RUN, info("run")))
    assert shelf.asked == ["faithful"]


def test_a_folder_that_is_chosen_again_is_read_again() -> None:
    shelf = Shelf(remembered=RUN)
    shelf.models.choose_folder(Path(RUN))
    shelf.lane.answers[0](ModelChecked(RUN, info("retrained")))
    assert shelf.asked == [RUN]
    assert len(shelf.models.choices) == 3


@pytest.mark.parametrize(
    ("key", "is_bundled", "title"),
    [("plus", True, "plus"), ("/runs/three/model", False, "model (three)"), ("gone", False, "gone")],
)
def test_titles_tell_folders_apart(key: str, is_bundled: bool, title: str) -> None:
    assert ModelChoice(key, is_bundled).title == title


def test_an_installation_without_models_still_has_a_menu() -> None:
    models = Models((), HandLane(), lambda _folder: lambda _report: None)
    assert models.current is None
    assert models.title == "the model"
    models.confirm(info("x"))
    assert not models.fall_back()

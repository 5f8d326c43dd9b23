from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from ecg_viewer.state.job_protocols import Failed, Finished
from ecg_viewer.state.research.model_view import KEPT, Explained, ModelView


@dataclass
class Reasons:
    """As much of an explanation as the view looks at."""

    start_s: float
    n_passes: int = 36

    @property
    def end_s(self) -> float:
        return self.start_s + 10.0

    def masked_pass(self, index: int) -> tuple[float, int]:
        return self.start_s, index


@pytest.fixture
def asked() -> list[tuple[str | None, str, float]]:
    return []


@pytest.fixture
def view(bench: object, lane: object, asked: list[object]) -> ModelView:
    def ask(model: str | None, record: object, start_s: float) -> Callable[[object], None]:
        asked.append((model, record.name, start_s))
        return lambda report: None

    return ModelView(bench.session, lane, ask)


def test_nothing_is_asked_before_somebody_looks(view: ModelView, bench: object, asked: list[object]) -> None:
    bench.open()
    assert asked == []
    view.toggle("expected")
    assert asked == [("plus", "rec", 0.0)]
    assert view.is_working


def test_one_answer_serves_everything_that_is_looked_at(
    view: ModelView, bench: object, lane: object, asked: list[object]
) -> None:
    bench.open()
    view.toggle("expected")
    lane.answer(Explained(Reasons(0.0)), Finished())
    view.toggle("residual")
    view.toggle("passes")
    assert len(asked) == 1
    assert view.explanation.start_s == 0.0
    assert not view.is_working


def test_scrolling_away_asks_for_the_window_in_view_and_back_asks_no_more(
    view: ModelView, bench: object, lane: object, asked: list[object], record: Callable[..., object]
) -> None:
    bench.open(record("long", 120.0))
    view.toggle("parts")
    lane.answer(Explained(Reasons(0.0)), Finished())
    bench.session.view.scroll_to(2.0)
    assert len(asked) == 1
    bench.session.view.scroll_to(60.0)
    assert asked[1:] == [("plus", "long", 60.0)]
    assert view.explanation is None
    lane.answer(Explained(Reasons(60.0)), Finished())
    bench.session.view.scroll_to(0.0)
    assert view.explanation.start_s == 0.0
    assert len(asked) == 2


def test_scrolling_on_while_one_is_computed_asks_for_the_latest(
    view: ModelView, bench: object, lane: object, asked: list[object], record: Callable[..., object]
) -> None:
    bench.open(record("long", 120.0))
    view.toggle("parts")
    bench.session.view.scroll_to(60.0)
    assert [start for *_, start in asked] == [0.0, 60.0]
    first = lane.receivers[0]
    first(Explained(Reasons(0.0)))
    assert view.explanation is None
    lane.answer(Explained(Reasons(60.0)), Finished())
    assert view.explanation.start_s == 60.0


def test_another_model_or_recording_is_asked_anew(
    view: ModelView, bench: object, lane: object, asked: list[object], record: Callable[..., object]
) -> None:
    bench.open()
    view.toggle("table")
    lane.answer(Explained(Reasons(0.0)), Finished())
    bench.session.models.choose("faithful")
    assert view.explanation is None
    assert asked[-1][0] == "faithful"
    bench.open(record("other"))
    assert asked[-1][1] == "other"


def test_passes_are_stepped_through_and_round(view: ModelView, bench: object, lane: object) -> None:
    bench.open()
    view.step_pass(1)  # also what makes somebody look
    assert view.shows("passes")
    lane.answer(Explained(Reasons(0.0)), Finished())
    assert view.masked_pass == (0.0, 1)
    view.step_pass(-2)
    assert view.pass_index == 35
    view.step_pass(1)
    assert view.masked_pass == (0.0, 0)


def test_a_recording_that_cannot_be_explained_says_why_and_is_not_asked_again(
    view: ModelView, bench: object, lane: object, asked: list[object]
) -> None:
    problems: list[object] = []
    view.failed.connect(problems.append)
    bench.open()
    view.toggle("expected")
    lane.answer(Failed("rec is too short for the model.", "", True, True))
    assert view.message == "rec is too short for the model."
    assert problems == []
    bench.session.view.scroll_to(5.0)
    assert len(asked) == 1
    bench.session.models.choose("faithful")
    lane.answer(Failed("The model is damaged.", "", True))
    assert [problem.message for problem in problems] == ["The model is damaged."]


def test_only_the_latest_windows_are_kept(
    view: ModelView, bench: object, lane: object, record: Callable[..., object]
) -> None:
    bench.open(record("long", 600.0))
    view.toggle("expected")
    for index in range(KEPT + 2):
        bench.session.view.scroll_to(20.0 * index)
        lane.answer(Explained(Reasons(20.0 * index)), Finished())
    bench.session.view.scroll_to(0.0)
    assert view.explanation is None
    bench.session.view.scroll_to(20.0 * KEPT)
    assert view.explanation.start_s == 20.0 * KEPT

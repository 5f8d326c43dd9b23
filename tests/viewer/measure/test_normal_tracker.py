"""When the average beat is laid among the normals, and how it is said."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from ecg_viewer.state.job_protocols import Failed, Finished, Job
from ecg_viewer.state.measure.normal_tracker import AmongNormals, NormalTracker
from ecg_viewer.state.measure.normal_words import nearest_text, outside_texts, status_text
from ecg_viewer.state.signal import Signal
from mmae_core.messages import Message
from mmae_core.normal_beats import NearNormal


class Desk:
    """A session and the intervals as far as the tracker asks, and a lane that the test answers for."""

    def __init__(self) -> None:
        self.session = SimpleNamespace(
            record="a recording", record_changed=Signal(),
            view=SimpleNamespace(heat_visible=True, heat_changed=Signal()))
        self.intervals = SimpleNamespace(examination=None, changed=Signal())
        self.asked: list[object] = []
        self.receivers: list[Callable[[object], None]] = []
        self.cancelled = 0
        fakes: Any = (self.session, self.intervals, self)
        self.tracker = NormalTracker(*fakes, self.make_job)

    def make_job(self, _record: object, examination: object) -> Job:
        self.asked.append(examination)
        return lambda _report: None

    def submit(self, _job: Job, receive: Callable[[object], None]) -> Desk:
        self.receivers.append(receive)
        return self

    def cancel(self) -> None:
        self.cancelled += 1

    def examine(self, name: str) -> None:
        self.intervals.examination = name
        self.intervals.changed.emit()


def among() -> AmongNormals:
    return AmongNormals(None, None, Message("no band of normal beats: there is none"), (), (), np.zeros(1))


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_nothing_is_compared_while_nobody_looks(desk: Desk) -> None:
    desk.examine("first")
    assert desk.asked == []
    desk.tracker.set_wanted(True)
    assert desk.asked == ["first"]
    desk.tracker.set_wanted(False)
    desk.examine("second")
    assert desk.asked == ["first"]


def test_nothing_is_compared_while_band_and_nearest_are_off(desk: Desk) -> None:
    desk.tracker.set_shows_band(False)
    desk.tracker.set_wanted(True)
    desk.examine("first")
    assert desk.asked == []
    desk.tracker.set_shows_nearest(True)
    assert desk.asked == ["first"]


def test_normals_are_not_drawn_while_the_programs_marks_are_hidden(desk: Desk) -> None:
    desk.tracker.set_shows_nearest(True)
    assert desk.tracker.draws_band
    assert desk.tracker.draws_nearest
    heard: list[bool] = []
    desk.tracker.changed.connect(lambda: heard.append(desk.tracker.draws_band))
    desk.session.view.heat_visible = False
    desk.session.view.heat_changed.emit()
    assert heard == [False]
    assert not desk.tracker.draws_nearest


def test_nothing_is_compared_twice(desk: Desk) -> None:
    desk.tracker.set_wanted(True)
    desk.examine("first")
    desk.intervals.changed.emit()
    assert desk.asked == ["first"]


def test_only_the_latest_beat_s_result_is_shown(desk: Desk) -> None:
    desk.tracker.set_wanted(True)
    desk.examine("first")
    desk.examine("second")
    first, second = desk.receivers
    late, right = among(), among()
    first(late)
    assert desk.tracker.found is None
    second(right)
    assert desk.tracker.found is right
    second(Finished())
    assert not desk.tracker.is_running
    desk.intervals.examination = "third"
    assert desk.tracker.found is None, "it is of another beat"


def test_another_recording_ends_it(desk: Desk) -> None:
    desk.tracker.set_wanted(True)
    desk.examine("first")
    desk.receivers[0](among())
    desk.session.record_changed.emit()
    assert desk.cancelled == 1
    assert desk.tracker.found is None


def test_a_failure_is_said(desk: Desk) -> None:
    desk.tracker.set_wanted(True)
    desk.examine("first")
    assert status_text(desk.tracker) == "Comparing with normal ECGs…"
    desk.receivers[0](Failed("normal_beats.npz is missing.", "", is_expected=True))
    assert status_text(desk.tracker) == "The comparison failed: normal_beats.npz is missing."


def test_a_refusal_is_said_as_a_sentence(desk: Desk) -> None:
    desk.tracker.set_wanted(True)
    desk.examine("first")
    desk.receivers[0](among())
    assert status_text(desk.tracker) == "No band of normal beats: there is none."


def test_a_nearest_normal_is_told_by_public_facts_alone() -> None:
    near = NearNormal(1234, 63.0, "female", 70.4, 0.0412, np.zeros((12, 1)))
    assert nearest_text(1, near) == "1: 0.041 mV away – female, 63 years, 70/min – PTB-XL 1234"
    unknown = NearNormal(1234, None, None, 70.4, 0.0412, np.zeros((12, 1)))
    assert nearest_text(2, unknown) == "2: 0.041 mV away – sex unknown, age unknown, 70/min – PTB-XL 1234"


def test_nothing_outside_is_said_too() -> None:
    assert outside_texts(among()) == ["No value of P, Q, R, S, ST or T lies beyond 97.5 % of these normals."]

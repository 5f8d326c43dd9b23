"""The session without Qt: lanes that the test runs by hand."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from ecg_viewer.state.assessment import ModelInfo, Phase, Scored
from ecg_viewer.state.heat import HeatMap
from ecg_viewer.state.jobs import Failed, Finished, Job
from ecg_viewer.state.models import Models
from ecg_viewer.state.opened import Hashed, Opened
from ecg_viewer.state.problem import Problem
from ecg_viewer.state.records import RecordItem, RecordList
from ecg_viewer.state.session import Session, Work
from ecg_viewer.state.view import ViewState
from mmae_core.assessment import AnomalyMap, Finding
from mmae_core.record import STANDARD_LEADS, EcgRecord, Source


class HandLane:
    """Keeps every request; the test answers."""

    def __init__(self) -> None:
        self.requests: list[Callable[[object], None]] = []
        self.cancelled: list[int] = []

    def submit(self, job: Job, receive: Callable[[object], None]) -> HandTicket:
        del job
        self.requests.append(receive)
        return HandTicket(self, len(self.requests) - 1)


class HandTicket:
    def __init__(self, lane: HandLane, index: int) -> None:
        self._lane, self._index = lane, index

    def cancel(self) -> None:
        self._lane.cancelled.append(self._index)


def record(name: str, duration_s: float = 20.0) -> EcgRecord:
    n = round(duration_s * 100)
    return EcgRecord(
        name, 100.0, n, STANDARD_LEADS, Source((), "test"), lambda a, b: np.zeros((12, b - a), np.float32)
    )


def item(name: str) -> RecordItem:
    return RecordItem(Path(name), name)


def scored(start_s: float, end_s: float, *findings: Finding) -> Scored:
    values = np.full((12, round((end_s - start_s) * 100)), 95.0, np.float32)
    return Scored(AnomalyMap(start_s, 100.0, values, values, values, (), "m", "cpu"), findings, end_s)


STRONG = Finding("V1", 2.0, 3.0, 2.5, 99.5, 9.0)
WEAK = Finding("V2", 4.0, 5.0, 4.5, 95.0, 3.0)


class Desk:
    """A session with its three lanes."""

    def __init__(self) -> None:
        self.reading, self.modelling, self.hashing = HandLane(), HandLane(), HandLane()
        nothing: Callable[..., Job] = lambda *_: lambda _report: None  # noqa: E731
        work = Work(nothing, nothing, nothing, nothing)
        self.models = Models(("default", "other"), HandLane(), nothing)
        lanes = self.reading, self.modelling, self.hashing
        self.session = Session(ViewState(), HeatMap(), self.models, work, *lanes)
        self.problems: list[Problem] = []
        self.session.failed.connect(self.problems.append)

    def open(self, name: str) -> None:
        self.session.open([Path(name)])
        self.reading.requests[-1](Opened((item(name),), item(name), record(name)))
        self.reading.requests[-1](Finished())


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_a_record_is_shown_before_the_model_is_asked(desk: Desk) -> None:
    desk.open("a")
    assert desk.session.view.record is desk.session.record
    assert desk.session.assessment.phase is Phase.WAITING
    assert desk.modelling.requests == []
    desk.session.assess()
    assert len(desk.modelling.requests) == 1


def test_a_failure_leaves_everything_as_it_was(desk: Desk) -> None:
    desk.open("a")
    desk.session.assess()
    desk.modelling.requests[0](scored(0, 20, STRONG))
    before = (desk.session.record, desk.session.assessment, len(desk.session.records))
    desk.session.open([Path("bad")])
    assert desk.session.is_opening
    desk.reading.requests[-1](Failed("bad is broken", "details", True))
    assert not desk.session.is_opening
    assert (desk.session.record, desk.session.assessment, len(desk.session.records)) == before
    assert desk.problems == [Problem("bad is broken a is still shown.", "details")], "not taken for the bad one"


def test_what_the_model_says_of_an_older_record_is_dropped(desk: Desk) -> None:
    desk.open("a")
    desk.session.assess()
    late = desk.modelling.requests[0]
    desk.open("b")
    late(scored(0, 20, STRONG))
    late(Finished())
    assert desk.modelling.cancelled == [0]
    assert desk.session.assessment.phase is Phase.WAITING
    assert desk.session.assessment.findings == ()
    assert desk.session.heat.assessed_fraction == 0


def test_findings_keep_their_place_when_a_stronger_one_arrives(desk: Desk) -> None:
    desk.open("a")
    desk.session.assess()
    answer = desk.modelling.requests[0]
    answer(ModelInfo("m", "1", "cpu"))
    answer(scored(0, 10, WEAK))
    desk.session.go_to_finding(0)
    assert desk.session.finding_index == 0
    answer(scored(10, 20, STRONG))
    assert desk.session.assessment.findings == (STRONG, WEAK)
    assert (desk.session.finding, desk.session.finding_index) == (WEAK, 1)
    desk.session.go_to_finding(0)
    assert desk.session.view.selection.lead == "V1"


def test_the_checksum_comes_after_the_first_heat_and_only_for_the_open_record(desk: Desk) -> None:
    desk.open("a")
    desk.session.assess()
    desk.modelling.requests[0](ModelInfo("m", "1", "cpu"))
    assert desk.hashing.requests == []
    desk.modelling.requests[0](scored(0, 10))
    desk.modelling.requests[0](scored(10, 20))
    assert len(desk.hashing.requests) == 1
    desk.open("b")
    desk.hashing.requests[0](Hashed("abc"))
    assert desk.session.sha256 == ""
    desk.session.assess()
    desk.modelling.requests[1](Finished())
    desk.hashing.requests[1](Hashed("def"))
    assert desk.session.sha256 == "def"


def test_the_ends_of_the_list_and_of_the_queue_are_ends(desk: Desk) -> None:
    desk.session.step_record(1)
    desk.session.assess()
    desk.session.cancel()
    assert desk.reading.requests == []
    assert desk.modelling.requests == []
    desk.open("a")
    desk.session.step_record(1)
    assert len(desk.reading.requests) == 1


def test_paths_enter_the_list_once_and_take_over_new_labels() -> None:
    records, emitted = RecordList(), []
    records.changed.connect(lambda: emitted.append(len(records)))
    records.add([item("a"), item("b"), item("a")])
    records.add([item("b")])
    assert len(records) == 2
    assert emitted == [2]
    records.add([RecordItem(Path("b"), "b", statements=(("NORM", 100.0),))])
    assert records[1].statements == (("NORM", 100.0),)
    assert records.position(Path("b")) == 1


def test_another_model_takes_the_place_of_the_one_before_at_once(desk: Desk) -> None:
    desk.open("a")
    desk.session.assess()
    desk.modelling.requests[0](ModelInfo("m", "1", "cpu"))
    desk.modelling.requests[0](scored(0, 20, STRONG))
    desk.session.go_to_finding(0)
    desk.session.view.set_speed(100)
    desk.session.view.scroll_to(7.0)
    desk.models.choose("other")
    assert desk.modelling.cancelled == [0]
    assert len(desk.modelling.requests) == 2
    assert desk.session.assessment.phase is Phase.WAITING
    assert desk.session.assessment.findings == ()
    assert desk.session.heat.computed_fraction == 0, "no heat of the other model is left"
    assert desk.session.view.selection is None, "nor a mark round a finding of it"
    assert desk.session.model is None
    assert desk.session.view.start_s == 7.0
    assert desk.session.record.name == "a"
    desk.modelling.requests[0](scored(0, 20, WEAK))
    assert desk.session.assessment.findings == (), "what the former model still says is dropped"


def test_a_model_that_cannot_be_loaded_gives_way_to_the_one_before_with_a_sentence(desk: Desk) -> None:
    desk.open("a")
    desk.session.assess()
    desk.modelling.requests[0](ModelInfo("m", "1", "cpu"))
    desk.modelling.requests[0](scored(0, 20, STRONG))
    desk.models.choose("other")
    desk.modelling.requests[1](Failed("Its weights are damaged.", "details", True))
    message = "other cannot be used: Its weights are damaged. default is used instead."
    assert desk.problems == [Problem(message, "details")]
    assert desk.models.current.key == "default"
    assert desk.session.assessment.phase is Phase.WAITING
    desk.modelling.requests[2](ModelInfo("m", "1", "cpu"))
    desk.modelling.requests[2](scored(0, 20, STRONG))
    assert desk.session.assessment.findings == (STRONG,)


def test_a_failure_while_scoring_is_no_reason_to_change_the_model(desk: Desk) -> None:
    desk.open("a")
    desk.session.assess()
    desk.modelling.requests[0](ModelInfo("m", "1", "cpu"))
    desk.models.choose("other")
    desk.modelling.requests[1](ModelInfo("n", "1", "cpu"))
    desk.modelling.requests[1](Failed("Not enough memory.", "", True))
    assert desk.session.assessment.phase is Phase.FAILED
    assert desk.models.current.key == "other"
    assert len(desk.modelling.requests) == 2

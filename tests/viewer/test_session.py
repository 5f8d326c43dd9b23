"""The session without Qt: lanes that the test runs by hand."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from ecg_viewer.state.assessment import ModelInfo, Phase, Scored
from ecg_viewer.state.heat import HeatMap
from ecg_viewer.state.job_protocols import Failed, Finished, Job
from ecg_viewer.state.models import Models
from ecg_viewer.state.opening_results import Hashed, Opened
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
def controller() -> Desk:
    return Desk()


def test_a_record_is_shown_before_the_model_is_asked(controller: Desk) -> None:
    controller.open("a")
    assert controller.session.view.record is controller.session.record
    assert controller.session.assessment.phase is Phase.WAITING
    assert controller.modelling.requests == []
    controller.session.assess()
    assert len(controller.modelling.requests) == 1


def test_a_failure_leaves_everything_as_it_was(controller: Desk) -> None:
    controller.open("a")
    controller.session.assess()
    controller.modelling.requests[0](scored(0, 20, STRONG))
    before = (controller.session.record, controller.session.assessment, len(controller.session.records))
    controller.session.open([Path("bad")])
    assert controller.session.is_opening
    controller.reading.requests[-1](Failed("bad is broken", "details", True))
    assert not controller.session.is_opening
    assert (controller.session.record, controller.session.assessment, len(controller.session.records)) == before
    assert controller.problems == [Problem("bad is broken a is still shown.", "details")], "not taken for the bad one"


def test_what_the_model_says_of_an_older_record_is_dropped(controller: Desk) -> None:
    controller.open("a")
    controller.session.assess()
    late = controller.modelling.requests[0]
    controller.open("b")
    late(scored(0, 20, STRONG))
    late(Finished())
    assert controller.modelling.cancelled == [0]
    assert controller.session.assessment.phase is Phase.WAITING
    assert controller.session.assessment.findings == ()
    assert controller.session.heat.assessed_fraction == 0


def test_findings_keep_their_place_when_a_stronger_one_arrives(controller: Desk) -> None:
    controller.open("a")
    controller.session.assess()
    answer = controller.modelling.requests[0]
    answer(ModelInfo("m", "1", "cpu"))
    answer(scored(0, 10, WEAK))
    controller.session.go_to_finding(0)
    assert controller.session.finding_index == 0
    answer(scored(10, 20, STRONG))
    assert controller.session.assessment.findings == (STRONG, WEAK)
    assert (controller.session.finding, controller.session.finding_index) == (WEAK, 1)
    controller.session.go_to_finding(0)
    assert controller.session.view.selection.lead == "V1"


def test_the_checksum_comes_after_the_first_heat_and_only_for_the_open_record(controller: Desk) -> None:
    controller.open("a")
    controller.session.assess()
    controller.modelling.requests[0](ModelInfo("m", "1", "cpu"))
    assert controller.hashing.requests == []
    controller.modelling.requests[0](scored(0, 10))
    controller.modelling.requests[0](scored(10, 20))
    assert len(controller.hashing.requests) == 1
    controller.open("b")
    controller.hashing.requests[0](Hashed("abc"))
    assert controller.session.sha256 == ""
    controller.session.assess()
    controller.modelling.requests[1](Finished())
    controller.hashing.requests[1](Hashed("def"))
    assert controller.session.sha256 == "def"


def test_the_ends_of_the_list_and_of_the_queue_are_ends(controller: Desk) -> None:
    controller.session.step_record(1)
    controller.session.assess()
    controller.session.cancel()
    assert controller.reading.requests == []
    assert controller.modelling.requests == []
    controller.open("a")
    controller.session.step_record(1)
    assert len(controller.reading.requests) == 1


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


def test_another_model_takes_the_place_of_the_one_before_at_once(controller: Desk) -> None:
    controller.open("a")
    controller.session.assess()
    controller.modelling.requests[0](ModelInfo("m", "1", "cpu"))
    controller.modelling.requests[0](scored(0, 20, STRONG))
    controller.session.go_to_finding(0)
    controller.session.view.set_speed(100)
    controller.session.view.scroll_to(7.0)
    controller.models.choose("other")
    assert controller.modelling.cancelled == [0]
    assert len(controller.modelling.requests) == 2
    assert controller.session.assessment.phase is Phase.WAITING
    assert controller.session.assessment.findings == ()
    assert controller.session.heat.computed_fraction == 0, "no heat of the other model is left"
    assert controller.session.view.selection is None, "nor a mark round a finding of it"
    assert controller.session.model is None
    assert controller.session.view.start_s == 7.0
    assert controller.session.record.name == "a"
    controller.modelling.requests[0](scored(0, 20, WEAK))
    assert controller.session.assessment.findings == (), "what the former model still says is dropped"


def test_a_model_that_cannot_be_loaded_gives_way_to_the_one_before_with_a_sentence(controller: Desk) -> None:
    controller.open("a")
    controller.session.assess()
    controller.modelling.requests[0](ModelInfo("m", "1", "cpu"))
    controller.modelling.requests[0](scored(0, 20, STRONG))
    controller.models.choose("other")
    controller.modelling.requests[1](Failed("Its weights are damaged.", "details", True))
    message = "other cannot be used: Its weights are damaged. default is used instead."
    assert controller.problems == [Problem(message, "details")]
    assert controller.models.current.key == "default"
    assert controller.session.assessment.phase is Phase.WAITING
    controller.modelling.requests[2](ModelInfo("m", "1", "cpu"))
    controller.modelling.requests[2](scored(0, 20, STRONG))
    assert controller.session.assessment.findings == (STRONG,)


def test_a_failure_while_scoring_is_no_reason_to_change_the_model(controller: Desk) -> None:
    controller.open("a")
    controller.session.assess()
    controller.modelling.requests[0](ModelInfo("m", "1", "cpu"))
    controller.models.choose("other")
    controller.modelling.requests[1](ModelInfo("n", "1", "cpu"))
    controller.modelling.requests[1](Failed("Not enough memory.", "", True))
    assert controller.session.assessment.phase is Phase.FAILED
    assert controller.models.current.key == "other"
    assert len(controller.modelling.requests) == 2

"""Markers are named instants that belong to a recording."""

from __future__ import annotations

from pathlib import Path

import pytest

from ecg_viewer.state.measure.markers import Markers
from ecg_viewer.state.review.events import Event
from ecg_viewer.state.review.journal_writer import Loaded, RecordFiles
from ecg_viewer.state.review.open_review import OpenReview
from ecg_viewer.state.signal import Signal
from mmae_core.record import STANDARD_LEADS, EcgRecord, Source


class FakeSession:
    """As much of a session as a review needs."""

    def __init__(self) -> None:
        self.record_changed: Signal[()] = Signal()
        self.assessment_changed: Signal[()] = Signal()
        self.record: EcgRecord | None = None
        self.sha256 = ""
        self.model = None

    def open(self, name: str) -> None:
        def nothing(_first: int, _last: int) -> object:
            raise AssertionError("no samples are read")

        source = Source((Path(f"{name}.hea"),), "test")
        self.record = EcgRecord(name, 500.0, 5000, STANDARD_LEADS, source, nothing)  # type: ignore[arg-type]
        self.sha256 = name
        self.record_changed.emit()


class FakeJournal:
    """Keeps events by recording and answers at once."""

    def __init__(self) -> None:
        self.events: dict[tuple[Path, ...], list[Event]] = {}
        self.asked: tuple[int, RecordFiles] | None = None

    def load(self, request: int, files: RecordFiles) -> None:
        self.asked = request, files

    def append(self, files: RecordFiles, event: Event) -> None:
        self.events.setdefault(files.paths, []).append(event)

    def answer(self, open_review: OpenReview) -> None:
        assert self.asked is not None
        request, files = self.asked
        open_review.receive(Loaded(request, tuple(self.events.get(files.paths, ()))))


class Desk:
    """A review and the markers in it."""

    def __init__(self) -> None:
        self.session, self.journal = FakeSession(), FakeJournal()
        self.open_review = OpenReview(self.session, self.journal, "A. Reader")  # type: ignore[arg-type]
        self.markers = Markers(self.open_review)
        self.open("a")

    def open(self, name: str) -> None:
        self.session.open(name)
        self.journal.answer(self.open_review)


@pytest.fixture
def controller() -> Desk:
    return Desk()


def test_markers_are_listed_by_time_under_names_that_are_free(controller: Desk) -> None:
    markers = controller.markers
    markers.add(5.0)
    early = markers.add(2.0, "  pause \n begins ")
    markers.add(3.0)
    assert [(marker.time_s, marker.name) for marker in markers.all] == [
        (2.0, "pause begins"), (3.0, "Marker 2"), (5.0, "Marker 1")
    ]
    markers.remove(markers.all[2].id)
    assert markers.add(9.0).name == "Marker 1"
    markers.rename(early.id, "  ")
    assert markers.all[0].name == "pause begins"


def test_each_recording_has_its_own_and_finds_them_again_in_the_journal(controller: Desk) -> None:
    heard: list[int] = []
    controller.markers.changed.connect(lambda: heard.append(len(controller.markers.all)))
    kept = controller.markers.add(1.5, "here")
    controller.open("b")
    assert controller.markers.all == ()
    controller.markers.add(7.0)
    controller.open("a")
    assert controller.markers.all == (kept,)
    assert heard[0] == 1
    assert heard[-1] == 1


def test_every_change_can_be_undone_and_done_again(controller: Desk) -> None:
    marker = controller.markers.add(1.0, "one")
    controller.markers.rename(marker.id, "two")
    controller.markers.remove(marker.id)
    names = [[marker.name for marker in controller.markers.all]]
    for _ in range(3):
        controller.open_review.undo()
        names.append([marker.name for marker in controller.markers.all])
    assert names == [[], ["two"], ["one"], []]
    controller.open_review.redo()
    assert [marker.name for marker in controller.markers.all] == ["one"]


def test_jumping_goes_to_the_next_one_and_stops_at_the_ends(controller: Desk) -> None:
    for time_s in (1.0, 4.0, 8.0):
        controller.markers.add(time_s)
    at = controller.markers.beside(4.0, 1)
    assert at is not None
    assert at.time_s == 8.0
    assert controller.markers.beside(8.0, 1) is None
    before = controller.markers.beside(4.0, -1)
    assert before is not None
    assert before.time_s == 1.0


def test_what_somebody_else_keeps_is_left_alone(controller: Desk) -> None:
    controller.open_review.set_marker("x", {"kind": "distance", "start_s": 1}, "set a distance")
    controller.open_review.set_marker("y", {"kind": "instant", "time_s": "soon", "name": "n"}, "set something odd")
    assert controller.markers.all == ()
    assert {marker.id for marker in controller.open_review.markers} == {"x", "y"}

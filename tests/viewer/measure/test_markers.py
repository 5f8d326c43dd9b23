"""Markers are named instants that belong to a recording."""

from __future__ import annotations

import pytest

from ecg_viewer.state.measure.markers import Marker, Markers, MemoryStore


@pytest.fixture
def store() -> MemoryStore:
    store = MemoryStore()
    store.use_record("a")
    return store


def test_markers_are_listed_by_time_under_names_that_are_free(store: MemoryStore) -> None:
    markers = Markers(store)
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


def test_each_recording_has_its_own_and_finds_them_again(store: MemoryStore) -> None:
    markers = Markers(store)
    kept = markers.add(1.5, "here")
    store.use_record("b")
    markers.reload()
    assert markers.all == ()
    markers.add(7.0)
    store.use_record("a")
    markers.reload()
    assert markers.all == (kept,)


def test_a_change_carries_what_undo_needs(store: MemoryStore) -> None:
    markers = Markers(store)
    edits: list[tuple[Marker | None, Marker | None]] = []
    markers.edited.connect(lambda before, after: edits.append((before, after)))
    marker = markers.add(1.0, "one")
    markers.rename(marker.id, "two")
    markers.remove(marker.id)
    assert [(b and b.name, a and a.name) for b, a in edits] == [(None, "one"), ("one", "two"), ("two", None)]
    for before, after in reversed(edits):
        markers.restore(after, before)
    assert markers.all == ()
    assert store.marker_values() == {}
    assert len(edits) == 3


def test_jumping_goes_to_the_next_one_and_stops_at_the_ends(store: MemoryStore) -> None:
    markers = Markers(store)
    for time_s in (1.0, 4.0, 8.0):
        markers.add(time_s)
    at = markers.beside(4.0, 1)
    assert at is not None
    assert at.time_s == 8.0
    assert markers.beside(8.0, 1) is None
    before = markers.beside(4.0, -1)
    assert before is not None
    assert before.time_s == 1.0


def test_what_somebody_else_keeps_is_left_alone(store: MemoryStore) -> None:
    store.set_marker("x", {"kind": "distance", "start_s": 1})
    store.set_marker("y", {"kind": "instant", "time_s": float("nan"), "name": "n"})
    markers = Markers(store)
    markers.reload()
    assert markers.all == ()
    assert "x" in store.marker_values()

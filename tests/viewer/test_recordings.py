"""The list of recordings: each path once, in the order added."""

from __future__ import annotations

from pathlib import Path

from ecg_viewer.state.records import RecordItem, RecordList

A, B, C = (RecordItem(Path(f"/x/{name}.hea"), name) for name in "abc")


def listed(records: RecordList) -> list[str]:
    return [item.name for item in records.items]


def test_new_recordings_are_appended_and_told_of_once() -> None:
    records, heard = RecordList(), []
    records.changed.connect(lambda: heard.append(len(records)))
    records.add([A, B])
    records.add([C])
    assert listed(records) == ["a", "b", "c"]
    assert [records.position(item.path) for item in (A, B, C)] == [0, 1, 2]
    assert heard == [2, 3]


def test_a_recording_named_twice_or_listed_already_is_there_once() -> None:
    records, heard = RecordList(), []
    records.changed.connect(lambda: heard.append(len(records)))
    records.add([A, B, A])
    records.add([B, C])
    records.add([A])
    records.add([])
    assert listed(records) == ["a", "b", "c"]
    assert records.position(C.path) == 2
    assert heard == [2, 3]

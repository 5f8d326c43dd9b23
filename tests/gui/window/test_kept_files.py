"""The window starts whatever lies in the user's folders, and says what it set aside."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from ecg_viewer.qt.window.restore_feature import RestoreFeature
from ecg_viewer.state.last_session import LastSession, last_session_path, write_last_session
from ecg_viewer.state.review.journal import journal_path
from ecg_viewer.state.settings import SettingsFile
from ecg_viewer.state.worklist.store import store_path


@pytest.mark.parametrize("is_folder", [False, True])
def test_the_window_starts_with_every_file_damaged_and_says_what_it_set_aside(
    qtbot: QtBot, make_program, write_record, is_folder: bool
) -> None:
    settings = SettingsFile()
    settings.change(reviewer="Ann", notice_seen=True, tour_seen=True)
    paths = (last_session_path(), journal_path(), store_path())
    for path in paths:
        path.parent.mkdir(parents=True, exist_ok=True)
        if is_folder:
            (path / "inside").mkdir(parents=True)
        else:
            path.write_bytes(b"\x00nothing that was written here \xff" * 100)
    program = make_program(settings=settings)
    keeper, bar = program.window.feature(RestoreFeature), program.window.error_bar
    keeper.restore_window()
    assert not keeper.restore()
    program.session.open([write_record("a", 12.0)])
    qtbot.waitUntil(lambda: bool(program.session.assessment.findings))
    qtbot.waitUntil(lambda: len(bar.text.splitlines()) == 3)
    for sentence in ("What was open last could not be read", "The review journal was damaged",
                     "The kept scores could not be read"):
        assert sentence in bar.text, "a recording that was opened since does not take it away"
    assert bar.isVisible()
    for path in paths:
        (aside,) = (found for found in path.parent.iterdir() if "broken" in found.name or "damaged" in found.name
                    if found.name.startswith(path.stem) and not found.name.endswith(("-wal", "-shm")))
        assert aside.is_dir() == is_folder
        assert aside.name in bar.text
        assert is_folder or aside.read_bytes() == b"\x00nothing that was written here \xff" * 100
    program.session.go_to_finding(0)
    program.window.action("confirm").trigger()
    program.window.close()
    assert journal_path().is_file()
    assert last_session_path().is_file()


def test_a_damaged_order_of_the_list_is_left_out_and_the_recordings_are_opened(
    qtbot: QtBot, make_program, write_record, tmp_path: Path
) -> None:
    write_record("a", 12.0)
    header = write_record("b", 12.0)
    write_last_session(LastSession((str(header.parent),), record=str(header.with_suffix(".hea")), start_s=1e6,
                                   geometry="\N{SNOWMAN}" * 9, splitters={"columns": "x"},
                                   worklist={"sort": [["age"], True], "fold": 10**30, "text": []}))
    program = make_program()
    keeper = program.window.feature(RestoreFeature)
    keeper.restore_window()
    assert keeper.restore()
    qtbot.waitUntil(lambda: program.session.item is not None and program.session.item.name == "b")
    assert len(program.session.records) == 2

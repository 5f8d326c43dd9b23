"""What the viewer keeps for a user is made for that user alone, whatever the umask and whoever was there before."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from ecg_viewer import diagnostics
from ecg_viewer.state.last_session import LastSession, write_last_session
from ecg_viewer.state.review import journal_writer
from ecg_viewer.state.review.events import Event
from ecg_viewer.state.review.journal import Journal, journal_path
from ecg_viewer.state.review.journal_merge import merge_journals
from ecg_viewer.state.review.journal_writer import RecordFiles
from ecg_viewer.state.review.templates import Template, Templates
from ecg_viewer.state.review.typed_text import TypedText
from ecg_viewer.state.settings import SettingsFile
from ecg_viewer.state.worklist.results import RecordScore
from ecg_viewer.state.worklist.store import ScoreStore

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no such permissions")
EVENT = Event("concluded", "0" * 64, "Ann", {"text": "sinus rhythm"})


@pytest.fixture(autouse=True)
def wide_umask() -> Iterator[None]:
    before = os.umask(0o022)
    yield
    os.umask(before)


def open_to_others(folder: Path) -> list[str]:
    return [f"{path.relative_to(folder)} {stat.filemode(path.stat().st_mode)}"
            for path in sorted(folder.rglob("*")) if path.is_file() and path.stat().st_mode & 0o077]


def test_nobody_else_may_read_anything_that_is_kept(user_folders: Path, tmp_path: Path) -> None:
    journal = Journal()
    journal.append([EVENT])
    journal.back_up()
    SettingsFile().change(theme="dark")
    write_last_session(LastSession(("/a",)))
    typed = TypedText()
    typed.keep(RecordFiles((tmp_path / "a",), "0" * 64), "Ann", "sinus")
    Templates().replace([Template("a", "sinus rhythm")])
    journal_writer._write_whole(journal_path().with_name("unsaved-a.jsonl"), "{}\n")
    with ScoreStore() as store:
        recording = tmp_path / "r.hea"
        recording.write_bytes(b"")
        store.save("0" * 64, {recording: RecordScore(score=1.0)})
        diagnostics.start_logging()
        found = {path.suffix for path in user_folders.rglob("*") if path.is_file()}
        assert {".sqlite3", ".json", ".jsonl", ".log", ".head"} <= found
        assert open_to_others(user_folders) == []
    typed.close()
    journal.close()
    diagnostics.stop_logging()


def test_a_merged_journal_is_private_and_the_folder_it_is_put_into_stays_as_it_is(tmp_path: Path) -> None:
    own, shared = tmp_path / "own" / "a.sqlite3", tmp_path / "shared"
    journal = Journal(own)
    journal.append([EVENT])
    journal.close()
    shared.mkdir()
    shared.chmod(0o755)
    merge_journals([own], shared / "all.sqlite3")
    assert stat.S_IMODE(shared.stat().st_mode) == 0o755, "others use this folder, too"
    assert open_to_others(shared) == []
    assert sorted(path.name for path in shared.iterdir()) == ["all.sqlite3", "all.sqlite3.head"]


def test_a_folder_that_somebody_else_made_for_us_is_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the folder for temporary files anyone may make `ecg-viewer-1000` and wait for what is put there."""
    monkeypatch.setattr(os, "getuid", lambda: 54_321)
    foreign = tmp_path / "ecg-viewer-54321"
    foreign.mkdir()
    with pytest.raises(PermissionError, match="somebody else"):
        journal_writer._write_whole(foreign / "unsaved-a.jsonl", "decisions\n")
    assert list(foreign.iterdir()) == []


def test_a_link_of_somebody_else_is_not_followed_and_ones_own_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "ours").symlink_to(tmp_path / "elsewhere")
    journal_writer._write_whole(tmp_path / "ours" / "unsaved-b.jsonl", "decisions\n")
    monkeypatch.setattr(os, "getuid", lambda: 54_321)
    with pytest.raises(PermissionError, match="somebody else"):
        journal_writer._write_whole(tmp_path / "ours" / "unsaved-a.jsonl", "decisions\n")
    assert [path.name for path in (tmp_path / "elsewhere").iterdir()] == ["unsaved-b.jsonl"]

"""Folders of recordings, one of which may be locked."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from mmae_core.datasets.folder import find_records
from mmae_core.errors import DatasetError


@pytest.fixture
def ward(tmp_path: Path, write_record: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a recording, and beside it a folder that nobody may look into."""
    folder = tmp_path / "ward"
    (folder / "open").mkdir(parents=True)
    (folder / "locked").mkdir()
    write_record("a", folder=folder / "open")
    list_folder = os.scandir

    def scandir(path: str = ".") -> object:
        if Path(path).name == "locked":
            raise PermissionError(13, "Permission denied", str(path))
        return list_folder(path)

    monkeypatch.setattr(os, "scandir", scandir)
    return folder


def test_a_locked_folder_inside_is_named_and_the_rest_is_found(ward: Path) -> None:
    problems: list[DatasetError] = []
    assert [path.stem for path in find_records([ward], problems.append)] == ["a"]
    assert [str(problem) for problem in problems] == [
        f"The folder {ward / 'locked'} cannot be listed: Permission denied."
    ]


def test_a_locked_folder_is_an_error_where_nothing_may_be_left_out(ward: Path) -> None:
    with pytest.raises(DatasetError, match="locked cannot be listed"):
        find_records([ward])
    with pytest.raises(DatasetError, match="locked cannot be listed"):
        find_records([ward / "locked"], lambda _: None)


def test_a_row_of_an_array_is_a_recording_for_the_commands(tmp_path: Path) -> None:
    rows = tmp_path / "rows.npy"
    rows.write_bytes(b"")
    assert find_records([rows / "0", rows]) == (rows / "0", rows)
    with pytest.raises(DatasetError, match="There is no file, record or folder"):
        find_records([tmp_path / "other.npy" / "0"])

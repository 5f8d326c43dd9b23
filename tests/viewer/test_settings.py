"""Settings survive whatever happens to their file."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from ecg_viewer.state.settings import MAX_RECENT, Settings, SettingsFile


def test_choices_are_written_at_once_and_read_at_the_next_start(user_folders: Path) -> None:
    first = SettingsFile()
    first.change(theme="dark", heat_opacity=0.4, notice_seen=True)
    first.remember_file(Path("/records/one.hea"))
    assert user_folders in first.path.parents
    assert SettingsFile().settings == Settings((str(Path("/records/one.hea")),), True, "dark", heat_opacity=0.4)
    assert [path.name for path in first.path.parent.iterdir()] == ["settings.json"], "no temporary file is left"


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "\x00\x01", '{"heat_opacity": NaN}'],
)
def test_a_broken_file_gives_defaults_and_is_kept_aside(tmp_path: Path, text: str) -> None:
    path = tmp_path / "settings.json"
    path.write_text(text, encoding="utf-8")
    settings = SettingsFile(path)
    assert settings.settings == Settings()
    assert settings.set_aside is not None
    assert settings.set_aside.read_text(encoding="utf-8") == text
    settings.change(theme="light")
    assert SettingsFile(path).settings.theme == "light"


@pytest.mark.parametrize(("name", "value"), [
    ("theme", "pink"), ("heat_opacity", "much"), ("heat_opacity", 7), ("notice_seen", "yes"), ("recent_files", "one"),
    ("recent_files", [1]), ("layout", "of a newer version"), ("heat_layers", [{}]), ("px_per_mm", {"a": "b"}),
])
def test_a_value_that_is_not_understood_costs_that_value_alone(tmp_path: Path, name: str, value: object) -> None:
    path = tmp_path / "settings.json"
    path.write_text(json.dumps({"reviewer": "Ann", name: value, "gain_mm_per_mv": 20.0}), encoding="utf-8")
    settings = SettingsFile(path)
    assert settings.settings == Settings(reviewer="Ann", gain_mm_per_mv=20.0)
    assert settings.set_aside is None
    settings.change(language="de")
    assert json.loads(path.read_text(encoding="utf-8"))[name] == value, "a newer version may know it"


def test_what_two_windows_change_is_merged(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    SettingsFile(path).change(px_per_mm={"old": 3.0}, recent_files=("/a", "/b"))
    one, two = SettingsFile(path), SettingsFile(path)
    one.change(reviewer="Ann", px_per_mm={"old": 3.0, "left": 4.0})
    one.remember_file(Path("/one"))
    two.change(theme="dark", px_per_mm={"old": 3.5, "right": 5.0})
    two.remember_file(Path("/two"))
    two.forget_files(["/b"])
    found = SettingsFile(path).settings
    assert (found.reviewer, found.theme) == ("Ann", "dark")
    assert found.px_per_mm == {"old": 3.5, "left": 4.0, "right": 5.0}
    assert found.recent_files == (str(Path("/two")), "/a", str(Path("/one")))


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such permissions")
def test_nobody_else_may_read_the_settings(tmp_path: Path) -> None:
    path = tmp_path / "configuration" / "settings.json"
    path.parent.mkdir(mode=0o755)
    SettingsFile(path).change(reviewer="Ann")
    assert path.stat().st_mode & 0o077 == path.parent.stat().st_mode & 0o077 == 0


def test_fields_of_a_newer_program_are_left_out(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text(json.dumps({"theme": "dark", "of_a_newer_version": 1}), encoding="utf-8")
    settings = SettingsFile(path)
    assert settings.settings == Settings(theme="dark")
    assert settings.set_aside is None


def test_recent_files_are_unique_latest_first_and_limited(tmp_path: Path) -> None:
    settings = SettingsFile(tmp_path / "settings.json")
    for number in range(MAX_RECENT + 3):
        settings.remember_file(Path(f"{number}.hea"))
    settings.remember_file(Path("10.hea"))
    recent = settings.settings.recent_files
    assert recent[:2] == ("10.hea", f"{MAX_RECENT + 2}.hea")
    assert len(recent) == len(set(recent)) == MAX_RECENT
    settings.forget_files(recent[:2])
    assert len(settings.settings.recent_files) == MAX_RECENT - 2


def test_a_folder_that_cannot_be_written_costs_nothing_but_memory(tmp_path: Path) -> None:
    blocked = tmp_path / "a file, not a folder"
    blocked.write_text("")
    settings = SettingsFile(blocked / "settings.json")
    settings.change(theme="dark")
    assert settings.settings.theme == "dark"

"""Names and cells that come from strangers are made harmless, and stay apart."""

from __future__ import annotations

import csv
import sys
from pathlib import Path

import pytest

from mmae_core.files import (
    file_name,
    formula_safe,
    from_formula_safe,
    inside,
    make_private_folder,
    private_file,
    replacing,
)
from mmae_core.report.growing_table import GrowingTable
from mmae_core.report.map_file import map_name

NAMES = ["CON", "con.txt", "NUL", "COM1", "lpt9", "a/b", "a__b", "a\\b", "a:b", "x" * 484, "x" * 485, "é" * 300, "..",
         ".", "", " ", "../../etc/passwd", "a\x00b", "a\nb", "name.", "🫀" * 100]


@pytest.mark.parametrize("name", NAMES)
def test_every_file_system_takes_the_name_of_a_file(tmp_path: Path, name: str) -> None:
    for made in (file_name(name, "_findings.csv"), map_name(name)):
        assert len(f".{made}.01234567-1234567.part".encode()) <= 255
        assert not set('<>:"/\\|?*\0\n') & set(made)
        assert made.partition(".")[0].upper() not in {"CON", "NUL", "COM1", "LPT9", ""}
        assert (tmp_path / made).parent == tmp_path
        (tmp_path / made).touch()


def test_maps_of_two_recordings_have_two_names() -> None:
    assert map_name("00170_hr") == "00170_hr.npz"
    assert map_name("a/b") == "a__b.npz"
    assert len({map_name(name).casefold() for name in NAMES}) == len(NAMES)


@pytest.mark.parametrize("name", ["../x", "a/../../x", "/etc/passwd", "..", "", "C:\\x", "C:x", "\\\\server\\share\\x",
                                  "a\0b"])
def test_a_table_names_files_of_its_own_folder_alone(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="names no file in this folder"):
        inside(tmp_path, name)
    assert inside(tmp_path, "records/x.hea") == tmp_path / "records" / "x.hea"


@pytest.mark.parametrize("text", ["=1+1", "+cmd", "-cmd", "@SUM(A1)", "\t=1", "\r=1", "=HYPERLINK(\"http://x\")"])
def test_no_cell_is_a_formula_and_the_text_comes_back(tmp_path: Path, text: str) -> None:
    with (tmp_path / "t.csv").open("wb", buffering=0) as stream:
        GrowingTable(stream).write([["record"], [text]])
    with (tmp_path / "t.csv").open(encoding="utf-8", newline="") as stream:
        (cell,) = list(csv.reader(stream))[1]
    assert cell == formula_safe(text) == f"'{text}"
    assert from_formula_safe(cell) == text


@pytest.mark.parametrize("text", ["-1.5", "+2", "00170_hr", "", "it's", "'quoted'"])
def test_numbers_and_other_texts_stay_as_they_are(text: str) -> None:
    assert formula_safe(text) == from_formula_safe(text) == text


def test_two_computers_write_one_file_under_two_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mmae_core.files.os.getpid", lambda: 7)
    computers = iter([f"{'n' * 60}-1", f"{'n' * 60}-2"])
    monkeypatch.setattr("mmae_core.files.platform.node", lambda: next(computers))
    with replacing(tmp_path / "m.json") as first:
        first.write_text("first")
        with replacing(tmp_path / "m.json") as second:
            second.write_text("second")
    assert [path.read_text() for path in tmp_path.iterdir()] == ["first"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such permissions")
def test_private_means_the_owner_alone(tmp_path: Path) -> None:
    folder, file = tmp_path / "f", tmp_path / "f" / "x"
    folder.mkdir(mode=0o755)
    folder.chmod(0o755)
    file.touch()
    file.chmod(0o644)
    make_private_folder(folder)
    private_file(file)
    assert (folder.stat().st_mode & 0o777, file.stat().st_mode & 0o777) == (0o700, 0o600)

"""Exports of other packages, beside those of the program."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ecg_viewer.export.content import RecordContent
from ecg_viewer.export.export_files import Existing, Folder
from ecg_viewer.export.other_formats import OtherFormat
from ecg_viewer.export.record_files import FORMATS, Request, all_formats, already_written, write_export
from mmae_core.plug_ins import look_again

MakeContent = Callable[..., RecordContent]
BEATS = OtherFormat("beat-list")


def request(folder: Path, *formats: str, existing: Existing = Existing.REFUSE) -> Request:
    return Request(tuple(OtherFormat(name) for name in formats), Folder(folder, existing))


@pytest.mark.usefixtures("example_package")
def test_a_format_of_another_package_is_written_like_others(make_content: MakeContent, tmp_path: Path) -> None:
    assert all_formats() == (*FORMATS, "beat-list")
    content = make_content()
    written = write_export(content, request(tmp_path, "csv", "beat-list"))
    assert written.problems == ()
    path = tmp_path / f"{content.name}_findings.txt"
    assert path in written.paths
    text = path.read_text(encoding="utf-8")
    assert "V3 2.000 s to 2.200 s" in text
    assert "Research use only" in text
    there = already_written(content.name, request(tmp_path, "beat-list"))
    assert there.existing == ("beat-list",)
    again = write_export(content, request(tmp_path, "beat-list"))
    assert again.existing == ("beat-list",)
    assert write_export(content, request(tmp_path, "beat-list", existing=Existing.KEEP_BOTH)).paths != ()


FAULTS = {
    "raises": "def write(content, path):\n    path.write_text('half')\n    raise ValueError('half done')\n",
    "writes_nothing": "def write(content, path): pass\n",
    "wordless": "def write(content, path): path.write_text('x')\ndel TITLE\n",
    "elsewhere": "ENDING = '/../../evil'\ndef write(content, path): path.write_text('x')\n",
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_faulty_one_is_named_leaves_no_file_and_does_not_stop_the_others(
    fault: str, install_plug_ins: Any, make_content: MakeContent, tmp_path: Path
) -> None:
    words = "TITLE, TIP, ENDING = 'Mine', 'Writes mine.', '_mine.txt'\n"
    module = f"acme_{fault}"
    install_plug_ins("acme", {"ecg_viewer.exports": {"mine": module}}, {module: words + FAULTS[fault]})
    written = write_export(make_content(), request(tmp_path, "mine", "csv"))
    (problem,) = written.problems
    assert "export “mine” of the package acme: it cannot be used" in problem
    assert {path.suffix for path in written.paths} == {".csv"}
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(path.name for path in written.paths)


def test_a_name_of_the_programs_own_is_not_taken(install_plug_ins: Any) -> None:
    install_plug_ins("acme", {"ecg_viewer.exports": {"pdf": "acme_pdf", "benchmark": "acme_pdf"}}, {"acme_pdf": ""})
    assert all_formats() == FORMATS


@pytest.mark.usefixtures("example_package")
def test_none_is_offered_when_plug_ins_are_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ECG_VIEWER_NO_PLUGINS", "1")
    look_again()
    assert all_formats() == FORMATS

"""Bundled files are found the same way wherever the program runs from."""

from __future__ import annotations

import importlib.resources
import re
import sys
from pathlib import Path

import pytest

import mmae_core.resources
from mmae_core.errors import EcgError, MissingResource
from mmae_core.resources import documentation, resource

REPOSITORY = Path(__file__).resolve().parents[1]


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An importable-looking `mmae_core` folder and an empty `ecg_viewer`; `resource` takes them for the real ones."""
    folder = tmp_path / "site-packages" / "mmae_core"
    viewer = folder.parent / "ecg_viewer"
    for path in (folder, viewer):
        path.mkdir(parents=True)
    monkeypatch.setattr(importlib.resources, "files", {"mmae_core": folder, "ecg_viewer": viewer}.__getitem__)
    return folder


def put(folder: Path, content: str) -> Path:
    file = folder / "demo" / "one.hea"
    file.parent.mkdir(parents=True)
    file.write_text(content)
    return file


def test_the_source_tree_uses_the_folder_at_its_root() -> None:
    found = resource("demo")
    assert found == REPOSITORY / "resources" / "demo"
    assert found.is_dir()


def test_a_wheel_uses_the_folder_inside_the_package(package: Path) -> None:
    file = put(package / "resources", "wheel")
    assert resource("demo", "one.hea") == file


def test_a_wheel_is_not_misled_by_a_folder_beside_the_package(package: Path) -> None:
    put(package.parent / "resources", "some other project's")
    file = put(package / "resources", "wheel")
    assert resource("demo", "one.hea") == file


def test_a_source_tree_is_not_misled_by_a_leftover_copy_inside_the_package(package: Path) -> None:
    (package.parent / "pyproject.toml").touch()
    put(package / "resources", "stale")
    file = put(package.parent / "resources", "tree")
    assert resource("demo", "one.hea") == file


def test_a_frozen_program_uses_the_wheels_layout_below_its_own_folder(
    package: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(package / "resources", "not this one")
    unpacked = tmp_path / "unpacked"
    file = put(unpacked / "mmae_core" / "resources", "frozen")
    monkeypatch.setattr(sys, "_MEIPASS", str(unpacked), raising=False)
    assert resource("demo", "one.hea") == file


@pytest.mark.parametrize("is_frozen", [False, True])
def test_each_package_finds_the_files_of_its_own_distribution(
    package: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_frozen: bool
) -> None:
    if is_frozen:
        monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path / "site-packages"), raising=False)
    of_the_core = put(package / "resources", "the science's")
    of_the_viewer = put(package.parent / "ecg_viewer" / "resources", "the viewer's")
    assert resource("demo", "one.hea") == of_the_core
    assert resource("demo", "one.hea", package="ecg_viewer") == of_the_viewer


def test_the_viewer_asks_for_its_files_as_its_own_and_the_science_never_does() -> None:
    """In a source tree both are found either way; in an installation only where they were put."""
    asked = re.compile(r"\b(?:resource|documentation)\((\"(?:icons|translations|ecg_viewer)\"?[^\n]*)")
    found = {path.name: asked.findall(path.read_text(encoding="utf-8"))
             for package in ("mmae_core", "ecg_viewer") for path in (REPOSITORY / package).rglob("*.py")}
    calls = {name: lines for name, lines in found.items() if lines}
    assert set(calls) == {"app.py", "theme.py", "language.py", "about.py"}
    assert all("ecg_viewer\")" in line for lines in calls.values() for line in lines), calls


def test_what_is_missing_is_named() -> None:
    with pytest.raises(MissingResource, match=r"models/no-such-model/model\.json"):
        resource("models", "no-such-model", "model.json")


def test_an_installation_without_the_folder_says_where_it_looked(package: Path) -> None:
    with pytest.raises(MissingResource) as caught:
        resource("demo")
    assert str(package / "resources") in str(caught.value)
    assert "Install the program again" in str(caught.value)


@pytest.mark.parametrize(
    "part",
    ["..", "../pyproject.toml", "demo/../../pyproject.toml", "demo\\..\\..\\x", "/etc/hostname", "C:\\x", "C:x", "\\x",
     "\\\\host\\share\\x", "", "a\0b"],
)
def test_a_name_cannot_lead_out_of_the_folder(part: str) -> None:
    with pytest.raises(MissingResource, match="does not name a file"):
        resource("demo", part)


def test_the_error_is_one_the_user_is_shown() -> None:
    assert issubclass(mmae_core.resources.MissingResource, EcgError)


def test_the_documentation_of_a_wheel_is_its_pages_or_nothing(package: Path) -> None:
    (package / "resources").mkdir()
    assert documentation("mmae_core") is None
    page = package / "resources" / "pages" / "index.html"
    page.parent.mkdir()
    page.touch()
    assert documentation("mmae_core") == page


def test_the_documentation_of_a_tree_is_what_mkdocs_built_or_its_source(package: Path) -> None:
    (package.parent / "pyproject.toml").touch()
    for name in ("docs/index.md", "site/index.html"):
        page = package.parent / name
        page.parent.mkdir()
        page.touch()
        assert documentation("mmae_core") == page

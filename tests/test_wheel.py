"""A wheel built from this tree works alone, in an environment that has never seen the tree."""

from __future__ import annotations

import os
import posixpath
import re
import subprocess
import sys
import sysconfig
import venv
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path, PurePosixPath

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtGui import QImage

REPOSITORY = Path(__file__).resolve().parents[1]
RESOURCES = REPOSITORY / "resources"
NOT_SHIPPED = {"screenshots"}
PAPER = np.s_[100:900, 300:1100]
"""Rows and columns of the pictures that show traces, and no list, legend or badge."""

pytestmark = pytest.mark.timeout(600)


@dataclass(frozen=True)
class Installed:
    """An environment that holds the wheel and nothing of the source tree."""

    folder: Path
    elsewhere: Path
    """A folder that has nothing to do with either."""

    @property
    def commands(self) -> Path:
        return self.folder / ("Scripts" if os.name == "nt" else "bin")

    def python(self, *arguments: str) -> str:
        return run([str(self.commands / "python"), "-I", *arguments], self.elsewhere)


def run(command: Sequence[str], folder: Path) -> str:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    done = subprocess.run(
        command, cwd=folder, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True,
        check=False,
    )
    assert done.returncode == 0, f"{command} ended with {done.returncode}:\n{done.stdout}{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    run([sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(REPOSITORY)], folder)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Installed:
    folder = tmp_path_factory.mktemp("installed") / "env"
    venv.create(folder, with_pip=False)
    environment = Installed(folder, tmp_path_factory.mktemp("elsewhere"))
    python = str(environment.commands / "python")
    pip = [sys.executable, "-m", "pip", "--python", python]
    run([*pip, "install", "--quiet", "--no-compile", "--no-deps", "--no-index", str(wheel)], environment.elsewhere)
    # The wheel's dependencies, gigabytes of them, are borrowed from the environment that runs the tests. A line in a
    # .pth file only lengthens the path: .pth files there, such as an editable install's, are not followed, and a copy
    # of the project there comes after the wheel's.
    own = Path(environment.python("-c", "import sysconfig; print(sysconfig.get_path('purelib'))").strip())
    borrowed = dict.fromkeys(sysconfig.get_path(name) for name in ("purelib", "platlib"))
    (own / "borrowed.pth").write_text("\n".join(borrowed) + "\n", encoding="utf-8")
    return environment


def shipped_files() -> set[str]:
    """Bundled files as paths below `resources`; hidden ones are some system's or editor's."""
    inside = [path.relative_to(RESOURCES) for path in RESOURCES.rglob("*") if path.is_file()]
    return {
        path.as_posix()
        for path in inside
        if path.parts[0] not in NOT_SHIPPED and not any(part.startswith(".") for part in path.parts)
    }


def test_the_wheel_holds_both_packages_and_every_bundled_file(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    expected = shipped_files()
    assert {PurePosixPath(name).parts[0] for name in expected} >= {"demo", "models"}
    assert {f"mmae_core/resources/{name}" for name in expected} <= names
    sources = {path.relative_to(REPOSITORY).as_posix() for name in ("mmae_core", "ecg_viewer")
               for path in (REPOSITORY / name).rglob("*.py")}
    assert sources <= names
    assert {"mmae_core/py.typed", "ecg_viewer/py.typed"} <= names


def test_the_wheel_holds_nothing_else(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        tops = {PurePosixPath(name).parts[0] for name in archive.namelist()}
        pictures = [name for name in archive.namelist() if name.startswith("mmae_core/resources/screenshots")]
    assert {top for top in tops if not top.endswith(".dist-info")} == {"mmae_core", "ecg_viewer"}
    assert pictures == []


@pytest.fixture(scope="module")
def pages(wheel: Path) -> dict[str, bytes]:
    """Contents of the built pages of documentation in the wheel, by path below the start page."""
    folder = "mmae_core/resources/pages/"
    with zipfile.ZipFile(wheel) as archive:
        return {name.removeprefix(folder): archive.read(name) for name in archive.namelist() if name.startswith(folder)}


def test_the_wheel_holds_a_built_page_for_every_page_of_docs(pages: dict[str, bytes]) -> None:
    written = {path.relative_to(REPOSITORY / "docs").with_suffix(".html").as_posix()
               for path in (REPOSITORY / "docs").rglob("*.md")}
    assert written | {"reference/commands.html", "reference/api.html"} <= set(pages)
    assert "usage: mmae_core score" in pages["reference/commands.html"].decode()
    assert sum(map(len, pages.values())) < 4_000_000, "bytes; the README states the size of the download"


class Loaded(HTMLParser):
    """Collects what a page loads, and where its links lead."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.loaded: list[str] = []
        self.links: list[str] = []
        self.feed(page.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if value and name in ("src", "href", "srcset", "data", "poster"):
                (self.links if tag == "a" else self.loaded).append(value)


def test_the_pages_load_nothing_from_the_network_and_all_they_load_is_there(pages: dict[str, bytes]) -> None:
    n_loaded = 0
    for name, page in pages.items():
        if not name.endswith(".html"):
            continue
        found = Loaded(page)
        inside = [link for link in found.links if not re.match(r"https?://|mailto:|#", link)]
        for target in (*found.loaded, *inside):
            path = posixpath.normpath(posixpath.join(posixpath.dirname(name), target.split("#")[0]))
            assert path in pages, f"{name}: {target}"
        n_loaded += len(found.loaded)
    assert n_loaded > 50, "style sheets, scripts and pictures are seen"
    styles = b"".join(page for name, page in pages.items() if name.endswith(".css")).decode()
    assert re.findall(r"url\(['\"]?(?:https?:)?//|@import", styles) == []


def test_the_installed_viewer_finds_the_pages(installed: Installed) -> None:
    code = "from mmae_core.resources import documentation; print(documentation())"
    page = Path(installed.python("-c", code).strip())
    assert page.is_relative_to(installed.folder)
    assert page.name == "index.html"
    assert page.is_file()


def test_what_runs_is_the_wheel_and_not_the_tree(installed: Installed) -> None:
    code = "import mmae_core, ecg_viewer, sys; print(mmae_core.__file__, ecg_viewer.__file__, *sys.path, sep='\\n')"
    science, viewer, *path = installed.python("-c", code).splitlines()
    assert Path(science).is_relative_to(installed.folder)
    assert Path(viewer).is_relative_to(installed.folder)
    assert str(REPOSITORY) not in path


def test_bundled_files_are_found_inside_the_installed_package(installed: Installed) -> None:
    code = "import sys; from mmae_core.resources import resource; print(*map(resource, sys.argv[1:]), sep='\\n')"
    names = sorted(shipped_files())
    found = [Path(line) for line in installed.python("-c", code, *names).splitlines()]
    for name, path in zip(names, found, strict=True):
        assert path.is_relative_to(installed.folder)
        assert path.read_bytes() == (RESOURCES / name).read_bytes()


@pytest.fixture(scope="module")
def pictures(installed: Installed, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Windows of the installed viewer, taken from outside: `demo.png` and `unusual.png`."""
    folder = tmp_path_factory.mktemp("pictures")
    smoke_test = REPOSITORY / "packaging" / "smoke_test.py"
    run([sys.executable, "-I", str(smoke_test), str(installed.commands), str(folder)], installed.elsewhere)
    return folder


def test_the_installed_viewer_opens_the_demo(pictures: Path) -> None:
    pixels = rgb(pictures / "demo.png")
    assert pixels.shape == (1000, 1600, 3)
    assert len(np.unique(pixels.reshape(-1, 3), axis=0)) > 500, "traces, grid, text and lists have many colours"
    assert is_heat(pixels[:, 1250:]).sum() > 1000, "the legend of the heat is there"
    dark = pixels[PAPER].max(axis=-1) < 120
    assert dark.any(axis=0).mean() > 0.95, "a trace runs through the paper from left to right"
    assert dark.any(axis=1).sum() > 300, "at many heights: leads below each other"


def test_the_installed_viewer_shows_heat_on_an_infarction(pictures: Path) -> None:
    heat = is_heat(rgb(pictures / "unusual.png")[PAPER])
    assert heat.sum() > 500
    assert heat.any(axis=1).sum() > 60, "over the height of more than one lead"
    assert heat.any(axis=0).sum() > 8, "for longer than a moment"


def rgb(picture: Path) -> NDArray[np.int16]:
    image = QImage(str(picture)).convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    pixels: NDArray[np.int16] = rows[:, : image.width() * 3].reshape(image.height(), image.width(), 3).astype(np.int16)
    return pixels


def is_heat(pixels: NDArray[np.int16]) -> NDArray[np.bool_]:
    """Where a colour is yellow to orange: (rows, columns). Paper, grid (a thin red), trace and labels are not."""
    red, green, blue = pixels[..., 0], pixels[..., 1], pixels[..., 2]
    return (red > 180) & (red >= green) & (green - blue > 30)

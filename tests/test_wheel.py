"""The wheels built from this tree work alone, in an environment that has never seen the tree."""

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
from email import message_from_bytes
from email.message import Message
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtGui import QImage

REPOSITORY = Path(__file__).resolve().parents[1]
RESOURCES = REPOSITORY / "resources"
NOT_SHIPPED = {"screenshots"}
OF_THE_VIEWER = {"icons", "translations"}
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


@dataclass(frozen=True)
class Wheels:
    """The two distributions."""

    core: Path
    viewer: Path


def ask_backend(backend: str, question: str, target: Path, root: Path) -> None:
    code = ("import importlib, sys; backend, question, target = sys.argv[1:]; sys.path.insert(0, 'packaging'); "
            "getattr(importlib.import_module(backend), question)(target)")
    run([sys.executable, "-c", code, backend, question, str(target)], root)


@pytest.fixture(scope="module")
def wheels(tmp_path_factory: pytest.TempPathFactory) -> Wheels:
    folder = tmp_path_factory.mktemp("wheels")
    # `python -m build --no-isolation` asks the backends for the same, from a process of its own each.
    ask_backend("hatchling.build", "build_wheel", folder, REPOSITORY / "mmae_core")
    ask_backend("build_backend", "build_wheel", folder, REPOSITORY)
    (core,), (viewer,) = folder.glob("mmae_core-*.whl"), folder.glob("ecg_viewer-*.whl")
    return Wheels(core, viewer)


@pytest.fixture(scope="module")
def installed(wheels: Wheels, tmp_path_factory: pytest.TempPathFactory) -> Installed:
    folder = tmp_path_factory.mktemp("installed") / "env"
    venv.create(folder, with_pip=False)
    environment = Installed(folder, tmp_path_factory.mktemp("elsewhere"))
    python = str(environment.commands / "python")
    pip = [sys.executable, "-m", "pip", "--python", python]
    run([*pip, "install", "--quiet", "--no-compile", "--no-deps", "--no-index", str(wheels.core), str(wheels.viewer)],
        environment.elsewhere)
    # The wheels' dependencies, gigabytes of them, are borrowed from the environment that runs the tests. A line in a
    # .pth file only lengthens the path: .pth files there, such as an editable install's, are not followed, and a copy
    # of the project there comes after the wheels'.
    own = Path(environment.python("-c", "import sysconfig; print(sysconfig.get_path('purelib'))").strip())
    borrowed = dict.fromkeys(sysconfig.get_path(name) for name in ("purelib", "platlib"))
    (own / "borrowed.pth").write_text("\n".join(borrowed) + "\n", encoding="utf-8")
    return environment


def shipped_files(package: str) -> set[str]:
    """Bundled files that the package brings, as paths below `resources`; hidden ones are some system's or editor's."""
    inside = [path.relative_to(RESOURCES) for path in RESOURCES.rglob("*") if path.is_file()]
    return {
        path.as_posix()
        for path in inside
        if path.parts[0] not in NOT_SHIPPED and not any(part.startswith(".") for part in path.parts)
        and (path.parts[0] in OF_THE_VIEWER) == (package == "ecg_viewer")
    }


def names_in(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return {name for name in archive.namelist() if ".dist-info/" not in name}


def metadata_of(wheel: Path) -> Message:
    with zipfile.ZipFile(wheel) as archive:
        (name,) = [name for name in archive.namelist() if name.endswith(".dist-info/METADATA")]
        return message_from_bytes(archive.read(name))


def sources_of(package: str) -> set[str]:
    files = (path.relative_to(REPOSITORY).as_posix() for path in (REPOSITORY / package).rglob("*.py*")
             if path.suffix in (".py", ".pyi"))
    return {name for name in files if name != "mmae_core/hatch_build.py"} | {f"{package}/py.typed"}


def test_the_science_has_its_sources_and_its_bundled_files_and_nothing_else(wheels: Wheels) -> None:
    bundled = shipped_files("mmae_core")
    assert {name.split("/")[0] for name in bundled} >= {"demo", "models", "departures"}
    assert names_in(wheels.core) == sources_of("mmae_core") | {f"mmae_core/resources/{name}" for name in bundled}


def test_the_viewer_has_its_own_and_nothing_of_the_science(wheels: Wheels) -> None:
    names = {name for name in names_in(wheels.viewer) if not name.startswith("ecg_viewer/resources/pages/")}
    expected = sources_of("ecg_viewer") | {f"ecg_viewer/resources/{name}" for name in shipped_files("ecg_viewer")}
    assert names == expected | {"ecg_viewer/INTERACTIONS.md"}


def test_the_science_needs_no_qt_and_the_viewer_needs_the_science_of_its_version(wheels: Wheels) -> None:
    core, viewer = metadata_of(wheels.core), metadata_of(wheels.viewer)
    qt = re.compile(r"pyside|shiboken|pyqt|mmae-core|ecg-viewer", re.IGNORECASE)
    assert [line for line in core.get_all("Requires-Dist", []) if qt.match(line)] == []
    needed = viewer.get_all("Requires-Dist", [])
    assert core["Name"] == "mmae-core"
    assert f"mmae-core=={core['Version']}" in needed
    assert viewer["Version"] == core["Version"]
    assert [line for line in needed if "file:" in line] == [], "a wheel to give away names no folder of its builder"
    extras = set(core.get_all("Provides-Extra", []))
    assert set(viewer.get_all("Provides-Extra", [])) == extras | {"dev"}
    for extra in extras:
        assert f"mmae-core[{extra}]=={core['Version']}; extra == '{extra}'" in needed


def test_an_installation_from_the_checkout_takes_both_halves_from_it(tmp_path: Path) -> None:
    """What pip is told before it follows the requirements: no registry is asked for `mmae-core`."""
    told = []
    for kind in ("wheel", "editable"):
        (tmp_path / kind).mkdir()
        ask_backend("build_backend", f"prepare_metadata_for_build_{kind}", tmp_path / kind, REPOSITORY)
        (file,) = (tmp_path / kind).glob("ecg_viewer-*.dist-info/METADATA")
        told += [line for line in message_from_bytes(file.read_bytes()).get_all("Requires-Dist", [])
                 if re.match(r"mmae-core(?! *\[)", line)]
    folders = [REPOSITORY / "mmae_core", REPOSITORY / "packaging" / "editable_core"]
    assert told == [f"mmae-core @ {folder.as_uri()}" for folder in folders]


@pytest.fixture(scope="module")
def pages(wheels: Wheels) -> dict[str, bytes]:
    """Contents of the built pages of documentation in the wheel, by path below the start page."""
    folder = "ecg_viewer/resources/pages/"
    with zipfile.ZipFile(wheels.viewer) as archive:
        return {name.removeprefix(folder): archive.read(name) for name in archive.namelist() if name.startswith(folder)}


def test_the_wheel_holds_a_built_page_for_every_page_of_docs(pages: dict[str, bytes]) -> None:
    written = {path.relative_to(REPOSITORY / "docs").with_suffix(".html").as_posix().replace("README", "index")
               for path in (REPOSITORY / "docs").rglob("*.*") if path.suffix in (".md", ".ipynb")}
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
        written_out = [target for target in found.loaded if target.startswith("data:image/png;base64,")]
        for target in (*(set(found.loaded) - set(written_out)), *inside):
            path = posixpath.normpath(posixpath.join(posixpath.dirname(name), target.split("#")[0]))
            assert path in pages, f"{name}: {target}"
        n_loaded += len(found.loaded)
    assert n_loaded > 50, "style sheets, scripts and pictures are seen"
    styles = b"".join(page for name, page in pages.items() if name.endswith(".css")).decode()
    assert re.findall(r"url\(['\"]?(?:https?:)?//|@import", styles) == []


def test_the_installed_viewer_finds_the_pages(installed: Installed) -> None:
    code = "from mmae_core.resources import documentation; print(documentation('ecg_viewer'))"
    page = Path(installed.python("-c", code).strip())
    assert page.is_relative_to(installed.folder)
    assert page.name == "index.html"
    assert page.is_file()


def test_what_runs_are_the_wheels_and_not_the_tree(installed: Installed) -> None:
    code = "import mmae_core, ecg_viewer, sys; print(mmae_core.__file__, ecg_viewer.__file__, *sys.path, sep='\\n')"
    science, viewer, *path = installed.python("-c", code).splitlines()
    assert Path(science).is_relative_to(installed.folder)
    assert Path(viewer).is_relative_to(installed.folder)
    assert str(REPOSITORY) not in path


@pytest.mark.parametrize("package", ["mmae_core", "ecg_viewer"])
def test_bundled_files_are_found_inside_the_installed_package(installed: Installed, package: str) -> None:
    code = ("import sys; from mmae_core.resources import resource; "
            "print(*(resource(name, package=sys.argv[1]) for name in sys.argv[2:]), sep='\\n')")
    names = sorted(shipped_files(package))
    found = [Path(line) for line in installed.python("-c", code, package, *names).splitlines()]
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

"""What the packages say and hold agrees with the project; nothing is frozen here."""

from __future__ import annotations

import configparser
import importlib.metadata
import io
import re
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import xml.etree.ElementTree as ET
from pathlib import Path
from types import ModuleType

import pytest

import mmae_core
from mmae_core.commands import PURPOSES
from mmae_core.training import train

REPOSITORY = Path(__file__).resolve().parents[1]
PACKAGING = REPOSITORY / "packaging"
LINUX = PACKAGING / "linux"
RECIPES = PACKAGING / "recipes"
MIME = "{http://www.freedesktop.org/standards/shared-mime-info}"
KNOWN_TO_EVERY_DESKTOP = {"application/dicom"}


@pytest.fixture(scope="module", autouse=True)
def _scripts_find_each_other() -> None:
    if str(PACKAGING) not in sys.path:
        sys.path.append(str(PACKAGING))


@pytest.fixture
def components() -> ModuleType:
    from installers import components

    return components


@pytest.fixture
def linux() -> ModuleType:
    from installers import linux

    return linux


def desktop_entry() -> configparser.SectionProxy:
    parser = configparser.ConfigParser(interpolation=None, delimiters=("=",))
    parser.optionxform = str  # type: ignore[assignment,method-assign]  # keys keep their case
    parser.read(LINUX / "ecg-viewer.desktop", encoding="utf-8")
    return parser["Desktop Entry"]


def mime_types() -> dict[str, list[str]]:
    """Endings of each type that the package adds."""
    types = ET.parse(LINUX / "ecg-viewer.mime.xml").getroot().findall(f"{MIME}mime-type")
    return {kind.attrib["type"]: [glob.attrib["pattern"].removeprefix("*") for glob in kind.findall(f"{MIME}glob")]
            for kind in types}


def test_the_menu_entry_opens_files_and_says_what_it_is_in_both_languages() -> None:
    entry = desktop_entry()
    assert entry["Exec"] == "ecg-viewer %F"
    assert "Research use only" in entry["Comment"]
    assert "Nur für die Forschung" in entry["Comment[de]"]
    if validate := shutil.which("desktop-file-validate"):
        command = [validate, str(LINUX / "ecg-viewer.desktop")]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert (done.returncode, done.stdout) == (0, "")


def test_every_file_type_of_the_menu_entry_is_known_and_one_the_program_reads() -> None:
    named = set(desktop_entry()["MimeType"].strip(";").split(";"))
    assert named == set(mime_types()) | KNOWN_TO_EVERY_DESKTOP
    formats = (REPOSITORY / "docs" / "formats.md").read_text(encoding="utf-8")
    endings = [ending for found in mime_types().values() for ending in found]
    assert [ending for ending in endings if f"`{ending}`" not in formats and ending != ".mfr"] == []


def test_software_centres_learn_of_both_commands_and_no_version_of_their_own() -> None:
    root = ET.parse(LINUX / "org.ecg_viewer.Viewer.metainfo.xml").getroot()
    assert {node.text for node in root.iter("binary")} == {"ecg-viewer", "mmae_core"}
    assert [node.attrib["version"] for node in root.iter("release")] == ["@VERSION@"]


def test_the_packages_have_the_projects_version() -> None:
    from installers.project import version

    assert version() == mmae_core.__version__


def test_no_recipe_states_a_version_of_the_project() -> None:
    files = [*(path for path in RECIPES.rglob("*") if path.is_file()), REPOSITORY / ".github/workflows/release.yml"]
    assert {"ecg-viewer.nsi", "make_dmg.sh", "org.ecg_viewer.Viewer.yml"} <= {file.name for file in files}
    texts = {file.name: file.read_text(encoding="utf-8") for file in files}
    assert [name for name, text in texts.items() if re.search(rf"\b{re.escape(mmae_core.__version__)}\b", text)] == []


def test_every_recipe_says_that_nobody_has_run_it() -> None:
    said = (RECIPES / "README.md").read_text(encoding="utf-8")
    for path in RECIPES.rglob("*"):
        if path.suffix in (".nsi", ".ps1", ".sh", ".yml"):
            assert "NEVER RUN" in path.read_text(encoding="utf-8"), path
            assert path.name in said


def test_manual_pages_are_made_from_the_parsers() -> None:
    import man_pages

    parsers = man_pages.parsers()
    pages = {name: man_pages.page(name, parser) for name, parser in parsers.items()}
    assert set(pages) == set(man_pages.SHORT) == set(man_pages.SEE_ALSO)
    commands = pages["mmae_core"].replace("\\-", "-")
    assert [name for name in PURPOSES if f".SS \\fBmmae_core {name}\\fR" not in commands] == []
    assert "\\-\\-screenshot" in pages["ecg-viewer"]
    assert "\\-\\-maps" in pages["mmae_core"]
    assert all(page.startswith(".TH ") and ".SH SEE ALSO" in page for page in pages.values())


def distributions_needed() -> dict[str, importlib.metadata.Distribution]:
    """Those that the program's requirements bring, by name, whatever installed them."""
    from installers.project import run_time_requirements
    from packaging.requirements import Requirement

    todo, found = [Requirement(line) for line in run_time_requirements()], {}
    while todo:
        one = todo.pop()
        name = re.sub(r"[-_.]+", "-", one.name).lower()
        if name in found or (one.marker and not one.marker.evaluate({"extra": ""})):
            continue
        try:
            found[name] = importlib.metadata.distribution(one.name)
        except importlib.metadata.PackageNotFoundError:
            continue  # the science package, installed as a part of the viewer
        todo += [Requirement(line) for line in found[name].requires or ()]
    return found


def test_the_notices_name_every_distribution_with_the_text_of_its_licence(components: ModuleType) -> None:
    from installers.notices import notices

    needed = distributions_needed()
    assert {"torch", "pyside6-essentials", "wfdb", "numpy", "pandas"} <= set(needed)
    listed = [components._of_distribution(one) for one in needed.values()]
    assert [one.name for one in listed if not one.texts] == []
    text = notices(listed, "1.2.3")
    for one in listed:
        assert f"  {one.name} {one.version}: " in text
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in text
    assert "https://download.qt.io/official_releases/qt/" in text
    assert "can be replaced" in text


def test_every_frozen_file_has_an_origin(components: ModuleType, tmp_path: Path) -> None:
    from installers.project import BuildFailed

    site = tmp_path / "site"
    for name in ("thing", "pyinstaller"):
        info, listed = site / f"{name}-1.0.dist-info", f"{name}.py,,\n{name}-1.0.dist-info/LICENSE,,\n"
        info.mkdir(parents=True)
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\nLicense: MIT\n")
        (info / "LICENSE").write_text(f"Licence of {name}")
        (site / f"{name}.py").touch()
        (info / "RECORD").write_text(listed)
    library = Path(sysconfig.get_path("stdlib"))
    rows = [["pure", "thing", str(site / "thing.py")], ["pure", "os", str(library / "os.py")]]
    found = {one.name: one for one in components.components(site, rows)}
    assert {name: one.kind for name, one in found.items()} == {
        "thing": "python", "pyinstaller": "python", "Python": "runtime"}
    assert dict(found["thing"].texts) == {"thing-1.0.dist-info/LICENSE": "Licence of thing"}
    (tmp_path / "stray.so").touch()
    with pytest.raises(BuildFailed, match=r"stray\.so"):
        components.components(site, [*rows, ["binaries", "stray.so", str(tmp_path / "stray.so")]])


def test_the_frozen_program_runs_its_own_modules_as_python_would() -> None:
    sys.path.append(str(PACKAGING / "frozen"))
    try:
        from entry import named_module
    finally:
        sys.path.remove(str(PACKAGING / "frozen"))
    assert named_module(["-P", "-m", "mmae_core", "train"]) == "mmae_core"
    assert named_module(["-m", "mmae_core.evaluation.reader_cost", "x.hea"]) == "mmae_core.evaluation.reader_cost"
    assert named_module(["-m", "http.server"]) is None
    assert named_module(["score", "-m", "mmae_core"]) is None
    assert named_module(["-m"]) is None


def test_a_frozen_program_does_not_try_to_compile(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(train.shutil, "which", lambda _name: "/usr/bin/g++")
    assert train.can_compile()
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert not train.can_compile()


def test_the_stand_ins_of_the_compiler_have_what_torch_asks_of_it_in_training() -> None:
    torch = Path(importlib.metadata.distribution("torch").locate_file("torch").__fspath__())
    asking = "".join((torch / name).read_text(encoding="utf-8") for name in ("_compile.py", "optim/optimizer.py"))
    asked = set(re.findall(r"torch\._dynamo\.(\w+)\(", asking))
    stand_in = (PACKAGING / "frozen/no_compiler/_dynamo/__init__.py").read_text(encoding="utf-8")
    assert {"disable", "graph_break"} <= asked
    assert asked <= set(re.findall(r"^def (\w+)", stand_in, flags=re.MULTILINE))


needs_tools = pytest.mark.skipif(
    not sys.platform.startswith("linux") or not shutil.which("xz"), reason="the archive is for Linux, and needs xz")


@needs_tools
class TestSelfExtractingArchive:
    @pytest.fixture
    def archive(self, linux: ModuleType, tmp_path: Path) -> Path:
        """The self-extracting file of a tree with one program."""
        packed = io.BytesIO()
        contents = {
            "usr/lib/ecg-viewer/ecg-viewer": b"#!/bin/sh\necho started\n",
            "usr/share/applications/ecg-viewer.desktop": (LINUX / "ecg-viewer.desktop").read_bytes(),
            "usr/share/mime/packages/ecg-viewer.xml": (LINUX / "ecg-viewer.mime.xml").read_bytes(),
        }
        with tarfile.open(fileobj=packed, mode="w:xz") as tar:
            for name in ("usr", "usr/bin", "usr/lib", "usr/lib/ecg-viewer", "usr/share", "usr/share/applications",
                         "usr/share/mime", "usr/share/mime/packages"):
                folder = tarfile.TarInfo(f"./{name}")
                folder.type, folder.mode = tarfile.DIRTYPE, 0o755
                tar.addfile(folder)
            for name, content in contents.items():
                file = tarfile.TarInfo(f"./{name}")
                file.size, file.mode = len(content), 0o755
                tar.addfile(file, io.BytesIO(content))
            command = tarfile.TarInfo("./usr/bin/ecg-viewer")
            command.type, command.linkname = tarfile.SYMTYPE, "../lib/ecg-viewer/ecg-viewer"
            tar.addfile(command)
        path = tmp_path / "ecg viewer.run"
        path.write_bytes(linux.self_extracting(packed.getvalue()))
        return path

    def run(self, path: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(["sh", str(path), *arguments], capture_output=True, text=True, check=False)

    def test_installs_below_a_folder_and_leaves_nothing(self, archive: Path, tmp_path: Path) -> None:
        prefix = tmp_path / "some folder"
        done = self.run(archive, "--prefix", str(prefix))
        assert done.returncode == 0, done.stderr
        started = subprocess.run([str(prefix / "bin/ecg-viewer")], capture_output=True, text=True, check=True)
        assert started.stdout == "started\n"
        entry = (prefix / "share/applications/ecg-viewer.desktop").read_text(encoding="utf-8")
        assert f'Exec="{prefix}/bin/ecg-viewer" %F' in entry
        (prefix / "share/mine").write_text("of the user")
        assert self.run(archive, "--prefix", str(prefix)).returncode == 0, "an update replaces it"
        assert self.run(archive, "--uninstall", "--prefix", str(prefix)).returncode == 0
        left = sorted(path.relative_to(prefix).as_posix() for path in prefix.rglob("*") if path.is_file())
        assert left == ["share/mine"]

    def test_refuses_a_damaged_file(self, archive: Path, tmp_path: Path) -> None:
        content = bytearray(archive.read_bytes())
        content[-20] ^= 1
        archive.write_bytes(bytes(content))
        done = self.run(archive, "--prefix", str(tmp_path / "there"))
        assert done.returncode == 1
        assert "download it again" in done.stderr
        assert not (tmp_path / "there").exists()

    def test_does_not_touch_a_program_that_came_otherwise(self, archive: Path, tmp_path: Path) -> None:
        other = tmp_path / "lib/ecg-viewer/mine"
        other.parent.mkdir(parents=True)
        other.write_text("somebody's")
        done = self.run(archive, "--prefix", str(tmp_path))
        assert done.returncode == 1
        assert "was not installed by this file" in done.stderr
        assert other.read_text() == "somebody's"

    @pytest.mark.parametrize("name", ["bin/ecg-viewer", "share/applications/ecg-viewer.desktop"])
    def test_does_not_overwrite_a_command_that_came_otherwise(self, archive: Path, tmp_path: Path, name: str) -> None:
        other = tmp_path / "some folder" / name
        other.parent.mkdir(parents=True)
        other.symlink_to("nowhere")
        done = self.run(archive, "--prefix", str(tmp_path / "some folder"))
        assert done.returncode == 1
        assert f"{other} is there and was not installed by this file" in done.stderr
        assert other.is_symlink()
        assert [path for path in (tmp_path / "some folder").rglob("*") if not path.is_dir()] == [other]

    @pytest.mark.parametrize(
        ("folder", "entry"),
        [("a&b c", "a&b c"), ("a|b", "a|b"), ("a$b%c", r"a\\$b%%c"), ('a"`b', r'a\\"\\`b'), ("a\\b", r"a\\\\b")],
    )
    def test_the_menu_entry_names_any_folder(self, archive: Path, tmp_path: Path, folder: str, entry: str) -> None:
        done = self.run(archive, "--prefix", str(tmp_path / folder))
        assert done.returncode == 0, done.stderr
        written = (tmp_path / folder / "share/applications/ecg-viewer.desktop").read_text(encoding="utf-8")
        assert f'Exec="{tmp_path}/{entry}/bin/ecg-viewer" %F' in written.splitlines()

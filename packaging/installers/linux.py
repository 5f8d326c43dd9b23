"""The tree that a Linux package installs below `/usr`, and the packages made from it."""

from __future__ import annotations

import gzip
import hashlib
import os
import re
import shutil
import stat
import subprocess
import time
from collections.abc import Iterable
from pathlib import Path

from installers.project import (
    CHECKOUT,
    COMMANDS,
    MAINTAINER,
    PROGRAM,
    SUMMARY,
    BuildFailed,
    megabytes,
    run,
    source_date,
    version,
)

SHARE = CHECKOUT / "packaging" / "linux"
ICONS = CHECKOUT / "resources" / "icons"
LIBRARY = Path("usr/lib") / PROGRAM
DOCUMENTS = Path("usr/share/doc") / PROGRAM
LICENCE_START = "Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/"
ALSO_NEEDED = ("xkb-data",)
"""Read by bundled libraries at fixed places, so that no link says so."""


def make_tree(program: Path, documents: Path, manual: Path, root: Path) -> None:
    """Lay out the frozen `program` below `root/usr`, with its `documents`, manual pages, menu entry, icon and types."""
    library = root / LIBRARY
    shutil.copytree(program, library, symlinks=True)
    for name in COMMANDS:
        link(root / "usr/bin" / name, f"../lib/{PROGRAM}/{name}")
    share = root / "usr/share"
    copy(SHARE / f"{PROGRAM}.desktop", share / "applications")
    (share / "mime/packages").mkdir(parents=True)
    shutil.copyfile(SHARE / f"{PROGRAM}.mime.xml", share / "mime/packages" / f"{PROGRAM}.xml")
    copy(ICONS / f"{PROGRAM}.svg", share / "icons/hicolor/scalable/apps")
    copy(ICONS / f"{PROGRAM}.png", share / "icons/hicolor/256x256/apps")
    filled = (SHARE / "org.ecg_viewer.Viewer.metainfo.xml").read_text(encoding="utf-8")
    date = time.strftime("%Y-%m-%d", time.gmtime(source_date()))
    (share / "metainfo").mkdir()
    (share / "metainfo/org.ecg_viewer.Viewer.metainfo.xml").write_text(
        filled.replace("@VERSION@", version()).replace("@DATE@", date), encoding="utf-8")
    for page in sorted(manual.glob("*.1")):
        write_gzip(share / "man/man1" / f"{page.name}.gz", page.read_bytes())
    for file in sorted(documents.iterdir()):
        copy(file, root / DOCUMENTS)
    set_rights(root)


def build_deb(root: Path, output: Path, level: int) -> Path:
    """A Debian package of the tree. `level` is that of xz, 0 to 9."""
    stated, when = version(), source_date()
    date = time.strftime("%a, %d %b %Y %H:%M:%S +0000", time.gmtime(when))
    changes = (f"{PROGRAM} ({stated}) unstable; urgency=medium\n\n  * Version {stated}; CHANGELOG.md of the source "
               f"says what changed.\n\n -- {MAINTAINER}  {date}\n")
    write_gzip(root / DOCUMENTS / "changelog.gz", changes.encode())
    (root / DOCUMENTS / "copyright").write_text(copyright_file(), encoding="utf-8")
    overrides = root / "usr/share/lintian/overrides" / PROGRAM
    overrides.parent.mkdir(parents=True, exist_ok=True)
    overrides.write_text((SHARE / "lintian-overrides").read_text(encoding="utf-8"), encoding="utf-8")
    set_rights(root)
    control = root / "DEBIAN"
    control.mkdir(exist_ok=True)
    needed = sorted({*shared_libraries(root), *ALSO_NEEDED})
    architecture = run(["dpkg", "--print-architecture"]).strip()
    size = sum(-(-file.stat().st_size // 1024) for file in files(root) if not file.is_symlink())
    (control / "control").write_text(
        f"Package: {PROGRAM}\nVersion: {stated}\nArchitecture: {architecture}\nMaintainer: {MAINTAINER}\n"
        f"Installed-Size: {size}\nDepends: {', '.join(needed)}\nSection: science\nPriority: optional\n"
        f"Description: {SUMMARY[0].lower()}{SUMMARY[1:]}\n{description()}", encoding="utf-8")
    sums = [f"{hashlib.md5(file.read_bytes(), usedforsecurity=False).hexdigest()}  {file.relative_to(root)}\n"
            for file in files(root) if not file.is_symlink() and control not in file.parents]
    (control / "md5sums").write_text("".join(sums), encoding="utf-8")
    set_rights(root)
    target = output / f"{PROGRAM}_{stated}_{architecture}.deb"
    run(["dpkg-deb", "--root-owner-group", "-Zxz", f"-z{level}", "--build", root, target], SOURCE_DATE_EPOCH=str(when))
    shutil.rmtree(control)
    return target


def description() -> str:
    """The long description, from the metadata for software centres, in Debian's form."""
    text = (SHARE / "org.ecg_viewer.Viewer.metainfo.xml").read_text(encoding="utf-8")
    paragraphs = re.findall(r"<p>(.*?)</p>", text, flags=re.DOTALL)
    return "\n .\n".join(_folded(" ".join(paragraph.split())) for paragraph in paragraphs) + "\n"


def _folded(text: str, width: int = 78) -> str:
    lines = [""]
    for word in text.split():
        if len(lines[-1]) + len(word) + 1 > width:
            lines.append("")
        lines[-1] += " " + word
    return "\n".join(lines)


def copyright_file() -> str:
    """Debian's machine-readable form; the notices hold all texts of what is bundled."""
    licence = (CHECKOUT / "LICENSE").read_text(encoding="utf-8").strip()
    holder = next((line for line in licence.splitlines() if line.startswith("Copyright")), "The ECG viewer authors")
    holder = holder.removeprefix("Copyright").replace("(c)", "").strip()
    body = "\n".join(" " + (line or ".") for line in licence.splitlines())
    return (f"{LICENCE_START}\nUpstream-Name: {PROGRAM}\nComment: Libraries of others are bundled; "
            f"THIRD-PARTY-NOTICES.txt beside this file\n names each, with the texts of their licences.\n\n"
            f"Files: *\nCopyright: {holder}\nLicense: Expat\n{body}\n")


def shared_libraries(root: Path) -> list[str]:
    """Packages of this system that hold the libraries the tree needs and lacks, with the versions needed."""
    binaries = [file for file in files(root) if not file.is_symlink() and is_elf(file)]
    work = root.parent / "shlibs"
    (work / "debian").mkdir(parents=True, exist_ok=True)
    (work / "debian/control").write_text(f"Source: {PROGRAM}\n\nPackage: {PROGRAM}\nArchitecture: any\n")
    own = sorted({file.parent for file in binaries})
    said = run(["dpkg-shlibdeps", "-O", "--ignore-missing-info", "--warnings=0", *(f"-l{folder}" for folder in own),
                *binaries], work)
    found = re.search(r"^shlibs:Depends=(.*)$", said, flags=re.MULTILINE)
    if found is None:
        raise BuildFailed(f"dpkg-shlibdeps named no packages:\n{said[-2000:]}")
    return [one.strip() for one in found[1].split(",")]


def build_self_extracting(deb: Path, output: Path) -> Path:
    """The same tree for a home folder, without root: a shell script that the Debian package's archive follows.

    The archive is taken as it is, so that both packages hold the same files.
    """
    (member,) = [name for name in run(["ar", "t", deb]).split() if name.startswith("data.tar.")]
    archive = subprocess.run(["ar", "p", str(deb), member], capture_output=True, check=True).stdout
    target = output / f"{PROGRAM}-{version()}-linux-{os.uname().machine}.run"
    target.write_bytes(self_extracting(archive))
    target.chmod(0o755)
    return target


def self_extracting(archive: bytes) -> bytes:
    """A shell script that installs the `archive` behind it: a tar with xz of a tree below `./usr`."""
    head = (SHARE / "self-extracting.sh").read_text(encoding="utf-8")
    for name, value in {"@VERSION@": version(), "@MACHINE@": os.uname().machine, "@SIZE@": str(len(archive)),
                        "@SHA256@": hashlib.sha256(archive).hexdigest()}.items():
        head = head.replace(name, value)
    return head.encode() + archive


def build_appimage(root: Path, runtime: Path, output: Path) -> Path:
    """An AppImage: the `runtime` of AppImage's authors, then the tree as a squashfs. Never tried with a runtime."""
    folder = root.parent / "AppDir"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(root, folder, symlinks=True)
    for name in (f"usr/share/applications/{PROGRAM}.desktop", f"usr/share/icons/hicolor/256x256/apps/{PROGRAM}.png"):
        shutil.copyfile(folder / name, folder / Path(name).name)
    link(folder / ".DirIcon", f"{PROGRAM}.png")
    shutil.copyfile(SHARE / "AppRun", folder / "AppRun")
    set_rights(folder)
    image = root.parent / "appimage.squashfs"
    run(["mksquashfs", folder, image, "-root-owned", "-noappend", "-comp", "zstd", "-quiet", "-no-progress"],
        SOURCE_DATE_EPOCH=str(source_date()))
    target = output / f"{PROGRAM}-{version()}-{os.uname().machine}.AppImage"
    target.write_bytes(runtime.read_bytes() + image.read_bytes())
    target.chmod(0o755)
    return target


def files(root: Path) -> list[Path]:
    """All files and links below a folder, in order."""
    return sorted(path for path in root.rglob("*") if path.is_symlink() or path.is_file())


def is_elf(path: Path) -> bool:
    """Whether a file is a program or shared library of Linux."""
    with path.open("rb") as file:
        return file.read(4) == b"\x7fELF"


def copy(source: Path, folder: Path) -> None:
    """Copy a file into a folder, which is made."""
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, folder / source.name)


def link(path: Path, target: str) -> None:
    """Make a link, and the folder it is in."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.symlink_to(target)


def write_gzip(path: Path, content: bytes) -> None:
    """Compress without a name and date, so that the same content gives the same file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(gzip.compress(content, 9, mtime=0))


def set_rights(root: Path) -> None:
    """Everybody may read, programs may be run, and every file has the time of the source."""
    when = source_date()
    paths: Iterable[Path] = [*root.rglob("*"), root]
    for path in paths:
        if path.is_symlink():
            os.utime(path, (when, when), follow_symlinks=False)
            continue
        runs = path.is_dir() or is_program(path)
        path.chmod(0o755 if runs else 0o644)
        os.utime(path, (when, when))


def is_program(path: Path) -> bool:
    """Whether a file is started by its name; shared libraries are not."""
    if path.suffix == ".py" or ".so" in path.name:
        return False
    may_run = bool(path.stat().st_mode & stat.S_IXUSR)
    return path.name == "AppRun" or (may_run and (is_elf(path) or path.read_bytes()[:2] == b"#!"))


def sizes(packages: Iterable[Path], root: Path) -> dict[str, float]:
    """Megabytes (10^6 bytes) of each package, and installed."""
    return {**{path.name: megabytes(path) for path in packages}, "installed": megabytes(root)}

"""What a frozen program is made of: every file that went into it belongs to a component with a name and a licence."""

from __future__ import annotations

import importlib.metadata
import json
import os
import platform
import re
import subprocess
import sysconfig
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from installers.project import BuildFailed

LICENCES = Path(__file__).resolve().parents[1] / "licences"
"""Texts of licences that the wheels themselves lack."""
_LICENCE_FILE = re.compile(r"licen[cs]e|copying|notice|authors|copyright", re.IGNORECASE)
_SYSTEM = ("/lib/", "/lib64/", "/usr/lib/")
LOADER = "pyinstaller"
"""The loader of a frozen program is part of it, though no file of it is collected as such."""
OWN_TEXTS = {
    "pyside6-essentials": ("LGPL-3.0.txt", "GPL-3.0.txt"),
    "shiboken6": ("LGPL-3.0.txt", "GPL-3.0.txt"),
    "soundfile": ("LGPL-2.1.txt",),  # of libsndfile, which its wheel holds
}


@dataclass(frozen=True)
class Component:
    """One thing that somebody else made and that is part of the frozen program."""

    name: str
    version: str
    licence: str
    """As its own metadata states it."""
    kind: str
    """`python`: a distribution of PyPI; `system`: a library of the building computer; `runtime`: Python itself."""
    homepage: str = ""
    texts: tuple[tuple[str, str], ...] = ()
    """Name and content of each licence file."""


def components(site: Path, collected: Sequence[Sequence[str]]) -> list[Component]:
    """Whose files were collected: rows of kind, name in the program, path of the source. `site` holds the environment.

    Raises BuildFailed for a file of unknown origin, and for a component without a licence's text.
    """
    owners = _owners(site)
    standard_library = os.path.realpath(sysconfig.get_path("stdlib"))
    used: dict[str, importlib.metadata.Distribution] = {}
    found: dict[tuple[str, str], Component] = {}
    unknown = []
    for source in sorted({row[2] for row in collected if os.path.isabs(row[2])}):
        path = os.path.realpath(source)
        if owner := owners.get(path):
            used[_key(owner)] = owner
        elif path.startswith((standard_library, os.path.realpath(sysconfig.get_config_var("LIBDIR")) + "/libpython")):
            if ("runtime", "python") not in found:
                found["runtime", "python"] = _of_python(standard_library)
        elif source.startswith(_SYSTEM):
            component = _of_system(source)
            found.setdefault(("system", component.name), component)
        elif not _is_made_here(path):
            unknown.append(source)
    used[LOADER] = next(one for one in importlib.metadata.distributions(path=[str(site)]) if _key(one) == LOADER)
    found |= {("python", key): _of_distribution(owner) for key, owner in used.items()}
    if unknown:
        raise BuildFailed("Nobody is known to have made " + ", ".join(unknown[:10]))
    listed = sorted(found.values(), key=lambda one: (one.kind, one.name.lower()))
    if bare := [one.name for one in listed if not one.texts]:
        raise BuildFailed(f"No licence text was found of {', '.join(bare)}; put it into packaging/licences.")
    return listed


def save(listed: Iterable[Component], path: Path) -> None:
    """Write components as JSON."""
    path.write_text(json.dumps([asdict(one) for one in listed], indent=1), encoding="utf-8")


def load(path: Path) -> list[Component]:
    """Read what `save` wrote."""
    rows = json.loads(path.read_text(encoding="utf-8"))
    return [Component(**{**row, "texts": tuple((name, text) for name, text in row["texts"])}) for row in rows]


def _key(distribution: importlib.metadata.Distribution) -> str:
    return re.sub(r"[-_.]+", "-", distribution.name).lower()


def _owners(site: Path) -> dict[str, importlib.metadata.Distribution]:
    return {
        os.path.realpath(str(one.locate_file(file))): one
        for one in importlib.metadata.distributions(path=[str(site)]) for file in one.files or ()
    }


def _of_distribution(one: importlib.metadata.Distribution) -> Component:
    metadata = one.metadata
    classifiers = [line.rsplit(" :: ", 1)[-1] for line in metadata.get_all("Classifier") or ()
                   if line.startswith("License ::") and not line.endswith(":: OSI Approved")]
    stated = _first(metadata, "License-Expression") or _first(metadata, "License")
    licence = stated if stated and "\n" not in stated and len(stated) < 100 else " / ".join(classifiers)
    links = dict(line.split(", ", 1) for line in metadata.get_all("Project-URL") or () if ", " in line)
    homes = [link for label, link in links.items() if re.search(r"home|repo|source|code|github", label, re.IGNORECASE)]
    texts = [(str(file), _text(Path(str(one.locate_file(file))))) for file in sorted(one.files or (), key=str)
             if _is_licence(str(file))]
    texts += [(name, _text(LICENCES / name)) for name in OWN_TEXTS.get(_key(one), ())]
    if not texts and stated:
        texts = [("METADATA", stated)]
    return Component(one.name, one.version, licence or "see its text", "python",
                     _first(metadata, "Home-page") or next(iter([*homes, *links.values()]), ""), tuple(texts))


def _first(metadata: importlib.metadata.PackageMetadata, field: str) -> str:
    return next(iter(metadata.get_all(field) or ()), "").strip()


def _is_licence(file: str) -> bool:
    is_text = not file.endswith((".py", ".pyc", ".pyi", ".so", ".h", ".html", ".js", ".json"))
    in_metadata = ".dist-info/" in file and bool(_LICENCE_FILE.search(file.split(".dist-info/", 1)[1]))
    return is_text and (in_metadata or bool(re.search(r"(^|/)(LICEN[CS]E|COPYING)[^/]*$", file)))


def _of_python(standard_library: str) -> Component:
    text = _text(Path(standard_library) / "LICENSE.txt")
    return Component("Python", platform.python_version(), "PSF-2.0", "runtime", "https://www.python.org/",
                     (("LICENSE.txt", text),))


def _of_system(source: str) -> Component:
    for path in dict.fromkeys((source, os.path.realpath(source), "/usr" + source, source.removeprefix("/usr"))):
        done = subprocess.run(["dpkg-query", "--search", path], capture_output=True, text=True, check=False)
        if done.returncode == 0:
            package = done.stdout.split(": ", 1)[0].split(",")[0]
            break
    else:
        raise BuildFailed(f"No package of this system holds {source}.")
    fields = subprocess.run(["dpkg-query", "--show", "--showformat", "${Package}\t${Version}\t${Homepage}", package],
                            capture_output=True, text=True, check=True).stdout.split("\t")
    copyright_file = Path("/usr/share/doc") / fields[0] / "copyright"
    text = _text(copyright_file) if copyright_file.is_file() else ""
    names = dict.fromkeys(re.findall(r"^License: *(\S.*)$", text, flags=re.MULTILINE))
    return Component(fields[0], fields[1], " / ".join(names) or "see its text", "system", fields[2],
                     ((str(copyright_file), text),) if text else ())


def _is_made_here(path: str) -> bool:
    """What PyInstaller writes while it works, and the project's own start and stand-ins."""
    return "/PyInstaller/" in path or "/frozen-work/" in path or path.startswith(f"{LICENCES.parent / 'frozen'}/")


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace").replace("\r\n", "\n")

"""What every package says of the project, read from the project's own files."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
import tomllib
from collections.abc import Sequence
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
RECIPES = CHECKOUT / "packaging" / "recipes"
PROGRAM = "ecg-viewer"
COMMANDS = ("ecg-viewer", "mmae_core")
TITLE = "ECG Viewer"
SUMMARY = "Shows where a 12-lead ECG departs from normal; for research only"
MAINTAINER = "The ECG viewer authors <ecg-viewer@localhost>"
"""Debian wants an address in that form; the project has none that is public."""


class BuildFailed(Exception):
    """A package cannot be built; the message says why and what to do."""


def version() -> str:
    """The version that the science package states, which is the project's."""
    text = (CHECKOUT / "mmae_core" / "__init__.py").read_text(encoding="utf-8")
    found = re.search(r'^__version__ = "([^"]+)"', text, flags=re.MULTILINE)
    if found is None:
        raise BuildFailed("mmae_core/__init__.py states no __version__.")
    return found[1]


def run_time_requirements() -> list[str]:
    """What the program's distributions need while they run, as written in the project's files."""
    viewer, core = (tomllib.loads((folder / "pyproject.toml").read_text(encoding="utf-8"))
                    for folder in (CHECKOUT, CHECKOUT / "mmae_core"))
    own = viewer["tool"]["hatch"]["metadata"]["hooks"]["custom"]["dependencies"]
    return [str(requirement) for requirement in [*own, *core["project"]["dependencies"]]]


def source_date() -> int:
    """Seconds since 1970 that every file of a package gets: SOURCE_DATE_EPOCH, or the time of the last commit."""
    if stated := os.environ.get("SOURCE_DATE_EPOCH"):
        return int(stated)
    done = subprocess.run(["git", "-C", str(CHECKOUT), "log", "-1", "--format=%ct"], capture_output=True, text=True,
                          check=False)
    return int(done.stdout) if done.returncode == 0 and done.stdout.strip() else int(time.time())


def run(command: Sequence[str | Path], folder: Path | None = None, **environment: str) -> str:
    """Standard output of a command. Raises BuildFailed with what it said."""
    done = subprocess.run([str(part) for part in command], cwd=folder, env=os.environ | environment,
                          stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    if done.returncode:
        said = (done.stdout + done.stderr)[-4000:]
        raise BuildFailed(f"{' '.join(map(str, command))[:300]} ended with {done.returncode}:\n{said}")
    return done.stdout


def say(line: str) -> None:
    """What is being done, on standard error."""
    print(line, file=sys.stderr, flush=True)


def megabytes(path: Path) -> float:
    """Size of a file, or of all files of a folder, in units of a million bytes."""
    files = [path] if path.is_file() else [file for file in path.rglob("*") if file.is_file() and not file.is_symlink()]
    return round(sum(file.stat().st_size for file in files) / 1e6, 1)

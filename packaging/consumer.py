"""Proves that a project with nothing but mmae-core runs the notebooks and is type-checked: `python
packaging/consumer.py`.

Builds the wheel of mmae-core, and a virtual environment that holds it, what it requires with the extras `evaluate` and
`plot`, and what runs notebooks (nbclient, ipykernel) and checks types (mypy). These are links to what is installed
here, so that nothing is downloaded; `--install` asks pip instead. Takes about a minute of CPU.
"""

from __future__ import annotations

import argparse
import importlib.metadata
import os
import subprocess
import sys
import tempfile
import time
import venv
import zipfile
from collections.abc import Iterator
from pathlib import Path

from packaging.requirements import Requirement

REPOSITORY = Path(__file__).resolve().parents[1]
EXTRAS = ("evaluate", "plot")
TOOLS = ("nbclient", "ipykernel", "mypy")
ABSENT = ("PySide6", "shiboken6", "pyqtgraph", "ecg_viewer")
RUN_NOTEBOOK = """
import sys
from pathlib import Path
import nbformat
from nbclient import NotebookClient
NotebookClient(nbformat.read(sys.argv[1], as_version=4), kernel_name="python3").execute()
"""


def main() -> int:
    """Build, run, and print what took how long. Returns the exit status."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("--install", action="store_true", help="let pip install what mmae-core requires")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        wheel = built_wheel(folder / "wheel")
        python = environment(folder / "env", wheel, with_pip=options.install)
        for module in ABSENT:
            if not run([str(python), "-c", f"import {module}"], folder, fails=True):
                print(f"{module} can be imported: this is no project with mmae-core alone")
                return 1
        for notebook in sorted((REPOSITORY / "docs" / "notebooks").glob("*.ipynb")):
            timed(notebook.name, [str(python), "-c", RUN_NOTEBOOK, str(notebook)], folder)
        typed = folder / "typed.py"
        typed.write_bytes((REPOSITORY / "packaging" / "consumer_project" / "typed.py").read_bytes())
        timed("mypy --strict typed.py", [str(python), "-m", "mypy", "--strict", str(typed)], folder)
    print("A project with nothing but mmae-core runs the notebooks and is type-checked.")
    return 0


def built_wheel(folder: Path) -> Path:
    """The wheel of mmae-core, made from this tree without a network."""
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "--wheel-dir",
               str(folder), str(REPOSITORY / "mmae_core")]
    run(command, REPOSITORY)
    (wheel,) = folder.glob("mmae_core-*.whl")
    return wheel


def environment(folder: Path, wheel: Path, *, with_pip: bool) -> Path:
    """A virtual environment with the wheel and what it requires; its Python."""
    venv.create(folder, with_pip=with_pip, symlinks=True)
    python = folder / "bin" / "python"
    if with_pip:
        run([str(python), "-m", "pip", "install", "--quiet", f"{wheel}[{','.join(EXTRAS)}]", *TOOLS], folder)
        return python
    site = next((folder / "lib").glob("python*/site-packages"))
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(site)
    for distribution in required(requirements_of(site)):
        for path in top_level(distribution):
            target = site / path.name
            if not target.exists():
                target.symlink_to(path)
    return python


def requirements_of(site: Path) -> list[str]:
    """What the wheel in a folder requires, with the extras."""
    (found,) = [one for one in importlib.metadata.distributions(path=[str(site)]) if one.name == "mmae-core"]
    return [*wanted(found, EXTRAS), *TOOLS]


def required(names: list[str]) -> list[importlib.metadata.Distribution]:
    """Distributions that are installed here, with all they require, each once."""
    found: dict[str, importlib.metadata.Distribution] = {}
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name.lower() in found:
            continue
        distribution = importlib.metadata.distribution(name)
        found[name.lower()] = distribution
        waiting += wanted(distribution, ())
    return list(found.values())


def wanted(distribution: importlib.metadata.Distribution, extras: tuple[str, ...]) -> Iterator[str]:
    """Names of what a distribution requires on this system, with some extras, as far as it is installed."""
    for text in distribution.requires or ():
        requirement = Requirement(text)
        marker = requirement.marker
        if marker is None or any(marker.evaluate({"extra": extra}) for extra in ("", *extras)):
            try:
                importlib.metadata.distribution(requirement.name)
            except importlib.metadata.PackageNotFoundError:
                continue
            yield requirement.name


def top_level(distribution: importlib.metadata.Distribution) -> set[Path]:
    """The folders and files of a distribution in the folder of packages."""
    root = Path(str(distribution.locate_file("")))
    names = {file.parts[0] for file in distribution.files or () if not file.parts[0].startswith("..")}
    return {root / name for name in names if name != "__pycache__" and (root / name).exists()}


def timed(what: str, command: list[str], folder: Path) -> None:
    """Run a command and say how long it took."""
    before, cpu = time.monotonic(), sum(os.times()[2:4])
    run(command, folder)
    print(f"{what}: {time.monotonic() - before:.0f} s, {sum(os.times()[2:4]) - cpu:.0f} s of CPU", flush=True)


def run(command: list[str], folder: Path, *, fails: bool = False) -> bool:
    """Whether a command ended as expected; what it wrote is shown where it must not fail."""
    environ = {key: value for key, value in os.environ.items() if key not in ("PYTHONPATH", "PYTHONHOME")}
    done = subprocess.run(command, cwd=folder, env={**environ, "OMP_NUM_THREADS": "1"}, capture_output=True, text=True,
                          check=False)
    if fails:
        return done.returncode != 0
    if done.returncode != 0:
        raise SystemExit(f"{' '.join(command[:3])} failed:\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}")
    return True


if __name__ == "__main__":
    sys.exit(main())

"""The environment that is frozen, and the frozen program made from it with PyInstaller."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import venv
from collections.abc import Sequence
from pathlib import Path

from installers.project import CHECKOUT, PROGRAM, BuildFailed, run, say, source_date

LOCKED = CHECKOUT / "packaging" / "locked"
TOOLS = CHECKOUT / "packaging" / "frozen" / "tools.txt"
SPECIFICATION = CHECKOUT / "packaging" / "frozen" / "viewer.spec"
STRIPPED = ("torch/lib/libtorch_cpu.so", "torch/lib/libtorch_python.so", "libpython3*.so*")
"""Their debugging symbols are 60 MB. Nothing else: libraries that auditwheel has patched (numpy.libs, scipy.libs) no
longer load when stripped.
"""


def make_environments(work: Path, pip_arguments: Sequence[str], *, reuse: bool) -> tuple[Path, Path]:
    """Pythons of the environment with the program and PyInstaller alone, and of one with the other tools.

    What is frozen is the locked set, with its hashes (packaging/README.md). Raises BuildFailed for a torch with CUDA.
    """
    program, tools = work / "environment", work / "tools"
    if reuse and (program / "ready").is_file():
        _install(python_of(program), ["--no-deps", "--force-reinstall", CHECKOUT / "mmae_core", CHECKOUT])
        return python_of(program), python_of(tools)
    for folder in (program, tools):
        shutil.rmtree(folder, ignore_errors=True)
        venv.create(folder, with_pip=True)
    say("installing the locked set, the project and PyInstaller")
    _install(python_of(program), [*pip_arguments, "--no-deps", "--require-hashes", "-r", LOCKED / "torch-cpu.txt"])
    _install(python_of(program), [*pip_arguments, "--require-hashes", "-r", LOCKED / "run.txt"])
    _install(python_of(program), ["--no-deps", CHECKOUT / "mmae_core", CHECKOUT])
    _install(python_of(program), _tools("pyinstaller"))
    _install(python_of(tools), [one for one in _tools() if one not in _tools("pyinstaller")])
    if run([python_of(program), "-c", "import torch; print(torch.version.cuda)"]).strip() != "None":
        raise BuildFailed("pip chose a torch with CUDA, which is several gigabytes; name the index of the CPU builds: "
                          "--pip-argument=--index-url=https://download.pytorch.org/whl/cpu")
    (program / "ready").touch()
    return python_of(program), python_of(tools)


def build_pages(python: Path, tools: Path) -> None:
    """Build the pages of documentation into the environment, with the options of every command."""
    place = site_of(python) / "ecg_viewer" / "resources" / "pages"
    shutil.rmtree(place, ignore_errors=True)
    run([python, "-m", "mkdocs", "build", "--quiet", "--config-file", CHECKOUT / "mkdocs.yml", "--site-dir", place],
        PYTHONPATH=str(site_of(tools)), SOURCE_DATE_EPOCH=str(source_date()))


def build_manual(python: Path, tools: Path, folder: Path) -> None:
    """Write the manual pages, from the parsers of what is in the environment."""
    run([python, CHECKOUT / "packaging" / "man_pages.py", folder], PYTHONPATH=str(site_of(tools)),
        SOURCE_DATE_EPOCH=str(source_date()), COLUMNS="100")


def freeze(python: Path, work: Path) -> tuple[Path, list[list[str]]]:
    """Run PyInstaller. Returns the folder of the program, and what was collected: kind, name, source of each file."""
    output = work / "frozen"
    shutil.rmtree(output, ignore_errors=True)
    # Its own caches would carry files of an older build over.
    command = [python, "-m", "PyInstaller", "--noconfirm", "--clean", "--log-level", "WARN", "--distpath", output,
               "--workpath", work / "frozen-work", SPECIFICATION]
    environment = os.environ | {"SOURCE_DATE_EPOCH": str(source_date()), "PYTHONHASHSEED": "0", "PYTHONSAFEPATH": "1"}
    # Elsewhere than in the checkout, so that the installed program is frozen and not the one that lies around.
    done = subprocess.run([str(part) for part in command], cwd=work, env=environment, stdin=subprocess.DEVNULL,
                          check=False)
    if done.returncode:
        raise BuildFailed(f"PyInstaller ended with {done.returncode}; what it said is above.")
    folder = output / PROGRAM
    if not (folder / "_internal" / "mmae_core" / "resources" / "models").is_dir():
        raise BuildFailed(f"{folder} lacks the bundled models: PyInstaller did not freeze the installed program.")
    if sys.platform == "linux":
        (folder / "mmae_core").symlink_to(PROGRAM)
        for pattern in STRIPPED:
            for path in (folder / "_internal").glob(pattern):
                run(["strip", "--strip-unneeded", path])
    rows: list[list[str]] = json.loads((output / "collected.json").read_text(encoding="utf-8"))
    return folder, rows


def python_of(environment: Path) -> Path:
    """The interpreter of an environment."""
    return environment / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def site_of(python: Path) -> Path:
    """Where an environment's distributions are."""
    return Path(run([python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"]).strip())


def _install(python: Path, arguments: Sequence[str | Path]) -> None:
    run([python, "-m", "pip", "install", "--quiet", "--no-input", *arguments])


def _tools(name: str = "") -> list[str]:
    lines = TOOLS.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#") and line.startswith(name)]

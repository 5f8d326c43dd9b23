"""Build both distributions to give away: `distributions.py [--output DIR] [--prove]`.

Writes a source distribution and a wheel made from it for `mmae-core` and `ecg-viewer`, with checksums, and refuses what
names a folder of this machine. It needs the environment of `.[dev]`, whose libraries the reference of commands is made
with. `--prove` installs `mmae-core` alone in an empty environment and checks that it works there without Qt.
"""

from __future__ import annotations

import argparse
import hashlib
import subprocess
import sys
import tarfile
import tempfile
import tomllib
import venv
import zipfile
from collections.abc import Sequence
from email import message_from_bytes
from email.message import Message
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[1]
PROJECTS = (REPOSITORY / "mmae_core", REPOSITORY)
OF_THE_WINDOW = ("pyside6", "shiboken6", "pyqtgraph")


class WrongDistribution(Exception):
    """What was built is not to be given away; the message says why."""


def build(project: Path, output: Path) -> None:
    """A source distribution of the project, and a wheel of that. Raises CalledProcessError."""
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(output), str(project)]
    subprocess.run(command, check=True, cwd=output)


def metadata_of(file: Path) -> Message:
    """What a wheel or a source distribution says of itself."""
    if file.suffix == ".whl":
        with zipfile.ZipFile(file) as wheel:
            name = next(name for name in wheel.namelist() if name.endswith(".dist-info/METADATA"))
            return message_from_bytes(wheel.read(name))
    with tarfile.open(file) as archive:
        name = next(name for name in archive.getnames() if name.count("/") == 1 and name.endswith("/PKG-INFO"))
        content = archive.extractfile(name)
        assert content is not None, "a file"
        return message_from_bytes(content.read())


def check(files: Sequence[Path]) -> None:
    """Raises WrongDistribution unless all are of one version and require each other by name alone."""
    facts = {file.name: metadata_of(file) for file in files}
    versions = {str(found["Version"]) for found in facts.values()}
    if len(files) != 4 or len(versions) != 1:
        raise WrongDistribution(f"Expected four files of one version; found {sorted(facts)}.")
    for name, found in facts.items():
        required = [str(line) for line in found.get_all("Requires-Dist", [])]
        if any(" @ " in line for line in required):
            raise WrongDistribution(f"{name} requires a folder or an address.")
        if str(found["Name"]) == "ecg-viewer" and f"mmae-core=={versions.copy().pop()}" not in required:
            raise WrongDistribution(f"{name} does not require mmae-core of its own version.")


def prove(wheel: Path) -> None:
    """Install the wheel of `mmae-core` in an empty environment and use it. Raises WrongDistribution."""
    with tempfile.TemporaryDirectory(prefix="mmae-core-") as name:
        folder = Path(name)
        venv.create(folder / "env", with_pip=True)
        commands = folder / "env" / ("Scripts" if sys.platform == "win32" else "bin")
        python = str(commands / "python")
        run([python, "-m", "pip", "install", "--quiet", "--no-compile", str(wheel), torch_of_the_viewer()], folder)
        listed = run([python, "-m", "pip", "list", "--format", "freeze"], folder)
        packages = [line.partition("==")[0].lower() for line in listed.splitlines()]
        window = [package for package in packages if package.startswith(OF_THE_WINDOW) or package == "ecg-viewer"]
        if window:
            raise WrongDistribution(f"mmae-core brings parts of a window: {', '.join(window)}.")
        mmae_core = str(commands / "mmae_core")
        for needed, arguments in (("SHA-256", ["info"]), ("--preset", ["train", "--help"])):
            if needed not in run([mmae_core, *arguments], folder):
                raise WrongDistribution(f"`mmae_core {' '.join(arguments)}` does not speak of {needed}.")
        question = "from mmae_core.resources import resource; print(resource('demo'))"
        demo = run([python, "-I", "-c", question], folder).strip()
        run([mmae_core, "score", demo, "--output", "scores.csv"], folder)
        rows = (folder / "scores.csv").read_text(encoding="utf-8").splitlines()[1:]
        if len(rows) != 5:
            raise WrongDistribution(f"`mmae_core score` wrote {len(rows)} rows for the five demo records.")
        run([python, "-m", "pip", "check"], folder)
        print(f"mmae-core alone: {len(packages)} packages, none of Qt; info, train --help and score of {len(rows)} "
              "records work.")


def torch_of_the_viewer() -> str:
    """The requirement of the one release that was tested most; a newer one may bring gigabytes."""
    tool = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))["tool"]
    requirements: list[str] = tool["hatch"]["metadata"]["hooks"]["custom"]["dependencies"]
    return next(line for line in requirements if line.startswith("torch=="))


def run(command: Sequence[str], folder: Path) -> str:
    """Standard output of a command. Raises WrongDistribution when it fails."""
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL)
    if done.returncode:
        raise WrongDistribution(f"{' '.join(command)} ended with {done.returncode}:\n{done.stdout}{done.stderr}")
    return done.stdout


def main(arguments: Sequence[str] | None = None) -> int:
    """Build, check and perhaps prove; 0 when all is fit to be given away."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--output", type=Path, default=REPOSITORY / "dist", metavar="DIR", help="default: dist")
    parser.add_argument("--prove", action="store_true", help="install mmae-core alone and use it (minutes)")
    options = parser.parse_args(arguments)
    output: Path = options.output.resolve()
    output.mkdir(parents=True, exist_ok=True)
    if any(output.iterdir()):
        parser.error(f"{output} is not empty")
    try:
        for project in PROJECTS:
            build(project, output)
        files = sorted(output.iterdir())
        check(files)
        sums = [f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file.name}" for file in files]
        (output / "SHA256SUMS").write_text("\n".join(sums) + "\n", encoding="utf-8")
        print(*sums, sep="\n")
        if options.prove:
            prove(next(file for file in files if file.name.startswith("mmae_core-") and file.suffix == ".whl"))
    except (WrongDistribution, subprocess.CalledProcessError) as error:
        print(f"FAILED: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Lock the tested set: `lock.py --renew` writes `packaging/locked/`, `lock.py --check` says whether it still fits.

Four files of pinned, hashed requirements, as pip's `--require-hashes` takes them: what runs the program (`run.txt`),
what its tests need too (`dev.txt`), and PyTorch in its two kinds (`torch-cpu.txt`, `torch-pypi.txt`), because on Linux
the release of the registry brings gigabytes of CUDA. They hold names, versions, conditions and hashes, and no address.

Renewing needs the tool uv and the registry. It pins the versions that are installed where it runs: what was tested.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.metadata
import re
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

REPOSITORY = Path(__file__).resolve().parents[1]
FOLDER = REPOSITORY / "packaging" / "locked"
OLDEST_PYTHON = "3.11"
BESIDE_TORCH = re.compile(r"^(nvidia-|cuda-|triton$)")
"""What only PyTorch's build with CUDA requires."""
HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")


@dataclass(frozen=True)
class Pin:
    """One locked package."""

    name: str
    version: str
    condition: str
    """Environment marker; empty where it is needed everywhere."""
    hashes: tuple[str, ...]

    def text(self) -> str:
        """As pip reads it."""
        head = f"{self.name}=={self.version}" + (f" ; {self.condition}" if self.condition else "")
        return " \\\n".join((head, *(f"    --hash=sha256:{value}" for value in self.hashes)))


def requirements() -> tuple[list[str], list[str]]:
    """What both distributions require: to run with all that has no development in it, and for development."""
    core = tomllib.loads((REPOSITORY / "mmae_core" / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    table = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))
    viewer = table["tool"]["hatch"]["metadata"]["hooks"]["custom"]
    extras = [line for lines in core["optional-dependencies"].values() for line in lines]
    own = [line for line in viewer["optional-dependencies"]["dev"] if not line.startswith("ecg-viewer")]
    run = [*core["dependencies"], *viewer["dependencies"]]
    return run, [*run, *extras, *own, *table["build-system"]["requires"]]


def read_pins(text: str) -> list[Pin]:
    """The pins of a file of requirements. Raises ValueError for a line that is none."""
    joined = re.sub(r"\s*\\\n\s*", " ", text)
    pins = []
    for line in joined.splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        found = re.fullmatch(r"([\w.-]+)==([\w.!+-]+)(?:\s*;\s*(.+?))?((?: --hash=sha256:[0-9a-f]{64})+)", line)
        if found is None:
            raise ValueError(f"not one pinned and hashed package: {line[:100]}")
        pins.append(Pin(canonicalize_name(found[1]), found[2], found[3] or "", tuple(HASH.findall(found[4]))))
    return pins


def locked(*names: str) -> list[Pin]:
    """The pins of files in `packaging/locked/`."""
    return [pin for name in names for pin in read_pins((FOLDER / f"{name}.txt").read_text(encoding="utf-8"))]


def check() -> list[str]:
    """What is wrong with the locked files, by a sentence each: requirements that they miss or contradict."""
    faults = []
    for name, lines in zip(("run", "dev"), requirements(), strict=True):
        for kind in ("torch-cpu", "torch-pypi"):
            faults += [f"{name}.txt with {kind}.txt: {fault}" for fault in unmet(lines, locked(name, kind))]
    run, dev = ({(pin.name, pin.version) for pin in locked(name)} for name in ("run", "dev"))
    faults += [f"run.txt has {name} {version}, dev.txt has not" for name, version in sorted(run - dev)]
    return list(dict.fromkeys(faults))


def unmet(lines: Sequence[str], pins: Sequence[Pin]) -> Iterator[str]:
    """Requirements that the pins do not fulfil, and those of packages that are installed here as pinned."""
    by_name: dict[str, list[Pin]] = {}
    for pin in pins:
        by_name.setdefault(pin.name, []).append(pin)
    waiting, seen = [Requirement(line) for line in lines], set()
    while waiting:
        wanted = waiting.pop()
        name = canonicalize_name(wanted.name)
        if str(wanted) in seen:
            continue
        seen.add(str(wanted))
        versions = [pin.version.split("+")[0] for pin in by_name.get(name, [])]
        if not versions:
            yield f"{wanted} is not there"
        elif not all(wanted.specifier.contains(version, prereleases=True) for version in versions):
            yield f"{wanted} is pinned to {', '.join(versions)}"
        if installed(name) in versions:
            waiting += required_by(name, wanted.extras)


def required_by(name: str, extras: Iterable[str]) -> Iterator[Requirement]:
    """What an installed package requires on this system."""
    for line in importlib.metadata.requires(name) or []:
        found = Requirement(line)
        applies = found.marker is None or any(found.marker.evaluate({"extra": extra}) for extra in ("", *extras))
        if applies and not BESIDE_TORCH.match(canonicalize_name(found.name)):
            yield found


def installed(name: str) -> str | None:
    """The version of a package that is installed here, without what only this machine's build is called."""
    try:
        return importlib.metadata.version(name).split("+")[0]
    except importlib.metadata.PackageNotFoundError:
        return None


def drift() -> list[str]:
    """Packages that are installed here in another version than the locked one."""
    found = []
    for pin in locked("dev", "torch-pypi"):
        here = installed(pin.name)
        if here not in (None, pin.version) and not pin.condition:
            found.append(f"{pin.name} {here} (locked: {pin.version})")
    return found


def renew(uv: str, cpu_wheel: Path | None) -> None:
    """Write all four files. Raises CalledProcessError when uv finds no set of versions."""
    run, dev = requirements()
    tested = [f"{name}=={version}" for name, version in installed_versions()]
    resolved = {name: resolve(uv, lines, tested) for name, lines in (("run", run), ("dev", dev))}
    for name, purpose in (("run", "what runs the program, without PyTorch"),
                          ("dev", "what runs the program and its tests, without PyTorch")):
        pins = [pin for pin in resolved[name] if pin.name != "torch" and not BESIDE_TORCH.match(pin.name)]
        write(name, purpose, pins)
    registry = [pin for pin in resolved["run"] if pin.name == "torch" or BESIDE_TORCH.match(pin.name)]
    write("torch-pypi", "PyTorch as the registry has it: on Linux with CUDA. Resolved, and never installed as a whole",
          registry)
    (torch,) = [pin for pin in registry if pin.name == "torch"]
    before = [pin for pin in locked("torch-cpu") if pin.name == "torch"] if (FOLDER / "torch-cpu.txt").exists() else []
    linux = [value for pin in before for value in pin.hashes if pin.version == f"{torch.version}+cpu"]
    if cpu_wheel is not None:
        linux = [hashlib.sha256(cpu_wheel.read_bytes()).hexdigest()]
    write("torch-cpu", CPU_PURPOSE, [
        Pin("torch", f"{torch.version}+cpu", "sys_platform == 'linux'", tuple(linux)),
        Pin("torch", torch.version, "sys_platform != 'linux'", torch.hashes),
    ])


CPU_PURPOSE = """\
PyTorch without CUDA. On Linux it comes from PyTorch's own index of CPU builds; the one hash is of
# the wheel that the tests ran with (CPython 3.11, x86-64). Other Pythons and processors have other wheels: their hashes
# stand in the links of that index, and are to be added before use. Elsewhere the registry's wheels are without CUDA"""


def installed_versions() -> Iterator[tuple[str, str]]:
    """Name and version of every package that is installed here, but for this project's own."""
    for found in importlib.metadata.distributions():
        name = canonicalize_name(found.metadata["Name"])
        if name not in ("mmae-core", "ecg-viewer"):
            yield name, found.version.split("+")[0]


def resolve(uv: str, lines: Sequence[str], constraints: Sequence[str]) -> list[Pin]:
    """A set of versions for every system and Python from the oldest on."""
    with tempfile.TemporaryDirectory() as name:
        wanted, limits = Path(name, "wanted.in"), Path(name, "limits.txt")
        wanted.write_text("\n".join(lines) + "\n", encoding="utf-8")
        limits.write_text("\n".join(sorted(constraints)) + "\n", encoding="utf-8")
        command = [uv, "pip", "compile", "--quiet", "--universal", "--python-version", OLDEST_PYTHON,
                   "--generate-hashes", "--no-header", "--no-annotate", "--no-emit-index-url",
                   "--constraint", str(limits), str(wanted)]
        done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=name)
    if done.returncode:
        raise SystemExit(f"uv found no set of versions:\n{done.stderr}")
    return read_pins(done.stdout)


def write(name: str, purpose: str, pins: Sequence[Pin]) -> None:
    """Write one file of pins."""
    head = (f"# The tested set: {purpose}.\n"
            "# Made by packaging/lock.py --renew; packaging/README.md says how to install from it.\n")
    FOLDER.mkdir(exist_ok=True)
    (FOLDER / f"{name}.txt").write_text(head + "".join(f"{pin.text()}\n" for pin in pins), encoding="utf-8")


def main(arguments: Sequence[str] | None = None) -> int:
    """Renew or check; 0 when the locked files fit the requirements."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    action = parser.add_mutually_exclusive_group(required=True)
    action.add_argument("--check", action="store_true", help="say whether the files fit what the project requires")
    action.add_argument("--renew", action="store_true", help="write them anew, with the versions installed here")
    parser.add_argument("--uv", default="uv", help="the tool uv (default: found on the path)")
    parser.add_argument("--cpu-wheel", type=Path, help="the wheel of PyTorch for Linux that was tested, for its hash")
    options = parser.parse_args(arguments)
    if options.renew:
        renew(options.uv, options.cpu_wheel)
    faults = check()
    for fault in faults:
        print(f"lock: {fault}", file=sys.stderr)
    moved = drift()
    if moved:
        print("Installed here in other versions than the locked ones:", *moved, sep="\n  ")
    pins = {name: len(locked(name)) for name in ("run", "dev")}
    print(f"{pins['run']} packages to run, {pins['dev']} for development: "
          f"{'they fit the requirements' if not faults else f'{len(faults)} faults'}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())

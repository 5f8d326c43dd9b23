"""Look the locked packages up in a stored file of advisories: `audit.py [--advisories FILE]`. No network is used.

The file is OSV's export for PyPI, `all.zip` as published by https://osv.dev (or one advisory or a list as JSON, or a
folder of them). This repository holds none: an old one would only look like an audit. Without a file the audit does not
run, and says so. Ends with 1 when a locked version is affected, with 2 when the file cannot be read.
"""

from __future__ import annotations

import argparse
import json
import sys
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from packaging.utils import canonicalize_name
from packaging.version import InvalidVersion, Version

sys.path.insert(0, str(Path(__file__).parent))
from lock import REPOSITORY, Pin, locked

STORED = REPOSITORY / "advisories.zip"
"""Where a file is looked for if none is named; git does not keep it."""
FILES = ("run", "dev", "torch-pypi")
ECOSYSTEM = "PyPI"


class UnreadableAdvisories(Exception):
    """The file is no export of advisories; the message says what was found."""


@dataclass(frozen=True)
class Hit:
    """A locked version that an advisory names."""

    pin: Pin
    advisory: str
    aliases: tuple[str, ...]
    summary: str
    fixed: tuple[str, ...]
    """Versions without the fault, as far as the advisory names any."""

    def text(self) -> str:
        """One line for a person."""
        ids = ", ".join((self.advisory, *self.aliases))
        remedy = f"fixed in {', '.join(self.fixed)}" if self.fixed else "no version without it is named"
        return f"{self.pin.name} {self.pin.version}: {ids}: {self.summary or 'no summary'}; {remedy}"


def read_advisories(path: Path) -> Iterator[Mapping[str, Any]]:
    """Every advisory of a ZIP, a folder or a JSON file. Raises UnreadableAdvisories."""
    try:
        if path.is_dir():
            for file in sorted(path.rglob("*.json")):
                yield from _in_text(file.read_bytes())
        elif zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                for name in archive.namelist():
                    if name.endswith(".json"):
                        yield from _in_text(archive.read(name))
        else:
            yield from _in_text(path.read_bytes())
    except (OSError, ValueError, RecursionError, zipfile.BadZipFile) as error:
        raise UnreadableAdvisories(f"{path.name} cannot be read as advisories in OSV's form: {error}") from error


def _in_text(data: bytes) -> Iterator[Mapping[str, Any]]:
    found = json.loads(data)
    for advisory in found if isinstance(found, list) else [found]:
        if not isinstance(advisory, dict) or "id" not in advisory or "modified" not in advisory:
            raise ValueError("an advisory has an id and a date of its last change")
        yield advisory


def hits(advisories: Sequence[Mapping[str, Any]], pins: Sequence[Pin]) -> list[Hit]:
    """Locked versions that are affected, by package."""
    by_name: dict[str, list[Pin]] = {}
    for pin in pins:
        by_name.setdefault(pin.name, []).append(pin)
    found = {}
    for advisory in advisories:
        if advisory.get("withdrawn"):
            continue
        for affected in advisory.get("affected", []):
            package = affected.get("package", {})
            if package.get("ecosystem") != ECOSYSTEM:
                continue
            for pin in by_name.get(canonicalize_name(str(package.get("name", ""))), []):
                if is_affected(pin.version, affected):
                    found[pin.name, pin.version, advisory["id"]] = Hit(
                        pin, str(advisory["id"]), tuple(map(str, advisory.get("aliases", []))),
                        str(advisory.get("summary", "")), tuple(sorted(set(_fixed(affected)))),
                    )
    return [found[key] for key in sorted(found)]


def is_affected(version: str, affected: Mapping[str, Any]) -> bool:
    """Whether the version is one of those listed, or lies in a range: after `introduced`, before `fixed`."""
    if version in affected.get("versions", []):
        return True
    return any(_in_range(Version(version), span.get("events", []))
               for span in affected.get("ranges", []) if span.get("type") == "ECOSYSTEM")


def _in_range(version: Version, events: Sequence[Mapping[str, str]]) -> bool:
    inside = False
    for kind, at in sorted(((kind, _version(at)) for event in events for kind, at in event.items()),
                           key=lambda event: (event[1], event[0] != "introduced")):
        if kind == "introduced" and at <= version:
            inside = True
        elif (kind == "fixed" and at <= version) or (kind == "last_affected" and at < version):
            inside = False
    return inside


def _version(text: str) -> Version:
    """A version of an advisory; one that is none, e.g. of a package's prehistory, counts as the first of all."""
    try:
        return Version(text)
    except InvalidVersion:
        return Version("0")


def _fixed(affected: Mapping[str, Any]) -> Iterator[str]:
    for span in affected.get("ranges", []):
        if span.get("type") == "ECOSYSTEM":
            yield from (event["fixed"] for event in span.get("events", []) if "fixed" in event)


def main(arguments: Sequence[str] | None = None) -> int:
    """Say what is affected; 0 when nothing is, or when the audit did not run."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--advisories", type=Path, metavar="FILE", help=f"default: {STORED.name} in the checkout")
    options = parser.parse_args(arguments)
    path = options.advisories or STORED
    if options.advisories is None and not path.exists():
        print(f"The audit did NOT run: there is no file of advisories ({STORED.name}) in the checkout. "
              "packaging/README.md says where to get one.")
        return 0
    try:
        advisories = list(read_advisories(path))
        pins = locked(*FILES)
        found = hits(advisories, pins)
    except UnreadableAdvisories as error:
        print(f"The audit did NOT run: {error}", file=sys.stderr)
        return 2
    if not advisories:
        print(f"The audit did NOT run: {path.name} holds no advisory.", file=sys.stderr)
        return 2
    for hit in found:
        print(hit.text())
    newest = max(str(advisory["modified"]) for advisory in advisories)
    packages = {pin.name for pin in pins}
    print(f"The audit ran: {len(advisories):,} advisories, the newest of {newest[:10]}; of {len(packages)} locked "
          f"packages {len({hit.pin.name for hit in found}) or 'none'} affected.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())

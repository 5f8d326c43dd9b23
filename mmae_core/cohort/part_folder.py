"""The folder of a run over many records: its parts, its manifest, its lock."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import platform
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import mmae_core
from mmae_core.cohort.cohort_errors import CohortError
from mmae_core.files import JSON_FAULTS, process_name, replacing, try_lock

MANIFEST = "manifest.json"
LAYOUT = 1
"""Raised when parts or manifest change their form."""
PACKAGES = ("numpy", "scipy", "torch", "wfdb")
"""Whose versions numbers may depend on."""
_PART = re.compile(r"part-(\d{5,})\.(.+)")


@dataclass(frozen=True)
class Shard:
    """One of several runs, on as many machines, that share the chunks of one list."""

    number: int = 1
    """From 1 on."""
    count: int = 1

    @classmethod
    def parse(cls, text: str) -> Shard:
        """`3/8`. Raises CohortError."""
        found = re.fullmatch(r"(\d{1,6})/(\d{1,6})", text.strip())
        if found is None or not 1 <= int(found[1]) <= int(found[2]):
            raise CohortError(f"--shard {text[:40]} is no share; write --shard 3/8 for the third of eight.")
        return cls(int(found[1]), int(found[2]))

    def has(self, chunk: int) -> bool:
        """Whether a chunk is this run's to do."""
        return chunk % self.count == self.number - 1


class PartFolder:
    """A folder with `part-NNNNN.ENDING` for every chunk that is done, and other names for those that are not."""

    def __init__(self, path: Path, endings: Sequence[str]) -> None:
        self.path = path
        self.endings = tuple(endings)

    def part(self, chunk: int, ending: str) -> Path:
        """A file of a chunk that is done."""
        return self.path / f"part-{chunk:05d}.{ending}"

    def unfinished(self, chunk: int, ending: str) -> Path:
        """The same file while this process writes it; two processes never have one name."""
        return self.path / f"part-{chunk:05d}.{ending}.{process_name()}.tmp"

    def trail(self, chunk: int) -> Path:
        """Where a process notes at which item it is."""
        return self.path / f"part-{chunk:05d}.tries"

    def finish(self, chunk: int, written: Mapping[str, Path]) -> None:
        """Give a chunk's files their names; the first ending is the last to appear."""
        for ending in reversed(self.endings):
            with written[ending].open("rb+") as stream:
                os.fsync(stream.fileno())
            os.replace(written[ending], self.part(chunk, ending))
        self.trail(chunk).unlink(missing_ok=True)

    def is_done(self, chunk: int) -> bool:
        """Whether all files of a chunk are there."""
        return all(self.part(chunk, ending).is_file() for ending in self.endings)

    def done(self) -> frozenset[int]:
        """The chunks whose files are all there."""
        found: dict[str, set[int]] = {ending: set() for ending in self.endings}
        with os.scandir(self.path) as entries:
            for entry in entries:
                if (match := _PART.fullmatch(entry.name)) and match[2] in found:
                    found[match[2]].add(int(match[1]))
        return frozenset.intersection(*map(frozenset, found.values()))

    def clean(self, mine: Shard) -> None:
        """Remove what killed processes left of this shard's chunks."""
        for path in self.path.glob("part-*.tmp"):
            if (match := _PART.fullmatch(path.name)) and mine.has(int(match[1])):
                path.unlink(missing_ok=True)

    def forget_tries(self, mine: Shard) -> None:
        """Remove the notes of where processes ended at this shard's chunks."""
        for path in self.path.glob("part-*.tries"):
            if (match := _PART.fullmatch(path.name)) and mine.has(int(match[1])):
                with contextlib.suppress(OSError):  # on Windows while a worker of an earlier run still has it open
                    path.unlink(missing_ok=True)

    def forget(self, mine: Shard) -> None:
        """Remove this shard's parts, and the manifest if there is no other shard."""
        if mine.count == 1:
            (self.path / MANIFEST).unlink(missing_ok=True)
        for path in self.path.glob("part-*"):
            if (match := _PART.fullmatch(path.name)) and mine.has(int(match[1])):
                path.unlink(missing_ok=True)

    @contextmanager
    def locked(self, mine: Shard) -> Iterator[None]:
        """Keep other runs of the same shard out. Raises CohortError if there is one."""
        self.path.mkdir(parents=True, exist_ok=True)
        release = try_lock(self.path / f".lock-{mine.number}-of-{mine.count}")
        if release is None:
            raise CohortError(f"Another run is writing into {self.path}. Wait for it, or name another place.")
        try:
            yield
        finally:
            release()


def make_manifest(
    work: str, options: Mapping[str, Any], items: Sequence[Any], size: int
) -> dict[str, Any]:
    """What the parts of a run depend on, as JSON."""
    digest = hashlib.sha256()
    for item in items:
        digest.update(json.dumps(item, ensure_ascii=True).encode() + b"\n")
    return {
        "layout": LAYOUT, "work": work, "options": json.loads(json.dumps(options)), "records": len(items),
        "records_sha256": digest.hexdigest(), "chunk": size, "versions": dict(package_versions()),
    }


@cache
def package_versions() -> tuple[tuple[str, str], ...]:
    """Program, Python and packages of this process."""
    found = {"mmae_core": mmae_core.__version__, "python": ".".join(platform.python_version_tuple()[:2])}
    for name in PACKAGES:
        with contextlib.suppress(PackageNotFoundError):
            found[name] = version(name)
    return tuple(found.items())


def read_manifest(folder: Path) -> dict[str, Any] | None:
    """The manifest of a folder; None if it has none. Raises CohortError for one that cannot be read."""
    path = folder / MANIFEST
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        if (found["layout"] != LAYOUT or not isinstance(found["versions"], dict) or int(found["chunk"]) < 1
                or int(found["records"]) < 0 or not isinstance(found["work"], str)):
            raise ValueError(f"layout {found['layout']}")
    except FileNotFoundError:
        return None
    except JSON_FAULTS as error:
        raise CohortError(f"{path} cannot be read ({error}). Remove {folder} and begin anew.") from error
    assert isinstance(found, dict)
    return found


def n_chunks(manifest: Mapping[str, Any]) -> int:
    """How many chunks all records make."""
    return -(-int(manifest["records"]) // int(manifest["chunk"]))


def write_manifest(folder: Path, manifest: Mapping[str, Any]) -> None:
    """Raises OSError."""
    with replacing(folder / MANIFEST) as part:
        part.write_text(json.dumps(manifest, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def manifest_digest(manifest: Mapping[str, Any]) -> str:
    """By which two manifests are compared."""
    return hashlib.sha256(json.dumps(manifest, sort_keys=True).encode()).hexdigest()


def require_same(found: Mapping[str, Any], wanted: Mapping[str, Any], folder: Path, shard: Shard) -> None:
    """Raise CohortError, naming what differs, unless a folder's parts are of the run that is to be continued."""
    if found == wanted:
        return
    differing = "; ".join(_differences(found, wanted))
    anew = "begin anew with --force" if shard.count == 1 else "remove that folder, which holds all shares' parts"
    raise CohortError(f"{folder} was begun with something else: {differing}. Continue it with the same, name another "
                      f"output, or {anew}.")


def _differences(found: Mapping[str, Any], wanted: Mapping[str, Any]) -> Iterator[str]:
    if found.get("records") != wanted["records"]:
        yield f"{found.get('records'):,} records, now {wanted['records']:,}"
    elif found.get("records_sha256") != wanted["records_sha256"]:
        yield "other records, or in another order"
    if found.get("work") != wanted["work"]:
        yield f"made by {found.get('work')}, now {wanted['work']}"
    if found.get("chunk") != wanted["chunk"]:
        yield f"chunks of {found.get('chunk')}, now of {wanted['chunk']}"
    for part in ("options", "versions"):
        old, new = found.get(part) or {}, wanted[part]
        for key in sorted({*old, *new}):
            if old.get(key) != new.get(key):
                yield f"{key} {_short(old.get(key))}, now {_short(new.get(key))}"


def _short(value: Any) -> str:
    text = str(value)
    return text if len(text) <= 60 else f"{text[:57]}..."

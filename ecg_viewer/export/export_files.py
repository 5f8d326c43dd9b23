"""Files of an export: never overwritten without consent, and either complete or absent."""

from __future__ import annotations

import errno
import os
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from tempfile import TemporaryDirectory

from ecg_viewer.state.words.language import tr
from mmae_core.errors import EcgError
from mmae_core.files import file_name as file_name  # noqa: PLC0414 - offered beside `Folder`
from mmae_core.files import replacing

FULL = (errno.ENOSPC, errno.EDQUOT)
READ_ONLY = (errno.EACCES, errno.EPERM, errno.EROFS)


class CannotExport(EcgError):
    """An export could not be written; the sentence says why. Nothing half-written is left."""


class AlreadyThere(CannotExport):
    """A file of that name exists and was left as it is."""


class NothingToExport(CannotExport):
    """There is nothing to write; not an error. The sentence says so."""


class Existing(Enum):
    """What to do if the file already exists."""

    REFUSE = "refuse"
    KEEP_BOTH = "keep both"
    """The new one gets a number."""
    REPLACE = "replace"


@dataclass(frozen=True)
class Folder:
    """Where the files of an export go."""

    path: Path
    existing: Existing = Existing.REFUSE
    prefix: str = ""
    """Begins every name: tells recordings of the same name apart (see `prefixes`)."""
    semicolons: bool = False
    """Tables with `;` between columns and a decimal comma, as spreadsheets in German expect."""

    def target(self, name: str) -> Path:
        """The path for a new file `name`. Raises AlreadyThere if it exists and must be kept."""
        return self.targets((name,))[0]

    def targets(self, names: Sequence[str], number_as: str = " ({number})") -> tuple[Path, ...]:
        """Paths of files that belong together: with `KEEP_BOTH` all of them get the same number, written as
        `number_as`.
        """
        paths = tuple(self.path / f"{self.prefix}{name}" for name in names)
        there = [path for path in paths if path.exists()]
        if not there or self.existing is Existing.REPLACE:
            return paths
        if self.existing is Existing.REFUSE:
            raise already_there(there[0])
        number = 2
        while True:
            ending = number_as.format(number=number)
            numbered = tuple(path.with_name(f"{path.stem}{ending}{path.suffix}") for path in paths)
            if not any(path.exists() for path in numbered):
                return numbered
            number += 1


    def matching(self, name: str) -> list[Path]:
        """Files that are there under a name in which `*` is a number."""
        before, star, after = f"{self.prefix}{name}".partition("*")
        if not star:
            path = self.path / before
            return [path] if path.exists() else []
        pattern = re.compile(f"{re.escape(before)}\\d+{re.escape(after)}")
        return sorted(path for path in self.path.glob("*") if pattern.fullmatch(path.name))


def already_there(path: Path) -> AlreadyThere:
    """That a file exists and was left as it is."""
    return AlreadyThere(
        tr("{name} exists already in {folder} and was left as it is.").format(
            name=path.name, folder=_shown(path.parent)
        )
    )


def prefixes(paths: Sequence[Path]) -> list[str]:
    """Prefixes that tell the exported files of these recordings apart: the folder's name, else a number.

    Empty for a name that only one of them has.
    """
    stems = Counter(path.stem.casefold() for path in paths)
    places = [path.absolute().parent.name for path in paths]
    both = Counter((path.stem.casefold(), place.casefold()) for path, place in zip(paths, places, strict=True))
    found = []
    for number, (path, place) in enumerate(zip(paths, places, strict=True), 1):
        is_told = place and both[path.stem.casefold(), place.casefold()] == 1
        distinct = file_name(place, "") if is_told else str(number)
        found.append(f"{distinct}_" if stems[path.stem.casefold()] > 1 else "")
    return found


@contextmanager
def writing(path: Path) -> Iterator[Path]:
    """A temporary name that becomes `path` when the block succeeds. Raises CannotExport in plain words."""
    try:
        with replacing(path) as part:
            yield part
    except OSError as error:
        raise CannotExport(sentence(error, path)) from error


@contextmanager
def writing_folder(path: Path) -> Iterator[Path]:
    """A temporary folder on the same disk, for files that a library names itself; gone afterwards.

    `path` is the folder the files are moved to by `move`; if that was made here and stays empty, it is gone as well.
    Raises CannotExport in plain words.
    """
    made = [folder for folder in (path, *path.parents) if not folder.exists()]
    try:
        path.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(prefix=".export-", dir=path) as temporary:
            yield Path(temporary)
    except OSError as error:
        raise CannotExport(sentence(error, path / "export")) from error
    finally:
        for folder in made:
            if not folder.is_dir() or any(folder.iterdir()):
                break
            folder.rmdir()


def move(part: Path, target: Path) -> None:
    """Move a finished file into place."""
    with part.open("rb+") as stream:
        os.fsync(stream.fileno())
    os.replace(part, target)


def sentence(error: OSError, path: Path) -> str:
    """What went wrong and what to do, without the system's jargon."""
    folder = _shown(path.parent)
    if error.errno in FULL:
        text = tr("There is no room left on the disk of {folder}. {name} was not written; free some space or choose "
                  "another folder.")
    elif error.errno in READ_ONLY:
        text = tr("The folder {folder} cannot be written to. {name} was not written; choose another folder.")
    elif error.errno in (errno.ENOTDIR, errno.EEXIST, errno.EISDIR):
        text = tr("{folder} cannot take a file {name}: something else has that name. Choose another folder.")
    else:
        text = tr("{name} could not be written to {folder}: {reason}.")
    return text.format(folder=folder, name=path.name, reason=error.strerror or type(error).__name__)


def _shown(folder: Path) -> str:
    return folder.absolute().name or str(folder)

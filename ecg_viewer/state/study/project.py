"""A reader study's project file: recordings, readers and arms.

`resources/schemas/study.schema.json` says what is in it.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath
from typing import Any, Literal, get_args

from mmae_core import __version__
from mmae_core.errors import EcgError
from mmae_core.files import JSON_FAULTS, replacing

FORMAT, FORMAT_VERSION = "ecg-viewer study", 1
Heat = Literal["none", "own", "other recording", "mirrored leads", "permuted leads"]
HEATS: tuple[Heat, ...] = get_args(Heat)
"""What an arm shows: no heat, the recording's, or wrong heat of a declared kind."""
WRONG: tuple[Heat, ...] = ("other recording", "mirrored leads", "permuted leads")
Design = Literal["crossover", "split"]
DESIGNS: tuple[Design, ...] = get_args(Design)
MOST_CASES = 100_000
WASHOUT_DAYS = 14
"""Proposed between two periods of a crossover, in which the same recordings are read again."""
_SHA256 = re.compile(r"[0-9a-f]{64}")


class StudyError(EcgError):
    """A study cannot be used; the message says why and what to do."""


@dataclass(frozen=True)
class Case:
    """A recording of the study."""

    path: str
    """Relative to the project file, with slashes."""
    sha256: str
    """Of the recording's files, as `Source.sha256`."""
    departs: bool | None = None
    """Whether it departs from normal, as far as that is known."""


@dataclass(frozen=True)
class Arm:
    """A way of reading."""

    name: str
    """For the report; readers never see it."""
    heat: Heat

    @property
    def is_wrong(self) -> bool:
        """Whether the heat shown is not that of the recording."""
        return self.heat in WRONG


@dataclass(frozen=True)
class Study:
    """What the project file holds."""

    study_id: str
    name: str
    seed: int
    design: Design
    arms: tuple[Arm, ...]
    readers: tuple[str, ...]
    cases: tuple[Case, ...]
    before_and_after: bool = True
    """In arms with heat, a first decision is asked before the heat appears, and a second one with it."""
    washout_days: int = 0
    """Days that readers are asked to leave between two periods; 0 without periods."""
    created: str = ""
    """UTC, ISO 8601."""
    truth: str = ""
    """Where the truth comes from, in words; empty if none is known."""

    def require_reader(self, name: str) -> None:
        """Raise StudyError, naming those it has, if the study has no reader of this name."""
        if name not in self.readers:
            raise StudyError(f"{name} is no reader of the study {self.name}; its readers are "
                             f"{', '.join(self.readers)}.")

    def __post_init__(self) -> None:
        names = [arm.name for arm in self.arms]
        checks = (
            (bool(self.study_id) and bool(self.name.strip()), "a study needs an id and a name"),
            (self.design in DESIGNS, f"the design is one of {', '.join(DESIGNS)}, found {self.design!r}"),
            (0 < len(names) == len(set(names)) and all(names), "arms need names, each another one"),
            (all(arm.heat in HEATS for arm in self.arms), f"an arm's heat is one of {', '.join(HEATS)}"),
            (0 < len(self.readers) == len(set(self.readers)) and all(name.strip() for name in self.readers),
             "readers need names, each another one"),
            (0 < len(self.cases) <= MOST_CASES,
             f"a study has 1 to {MOST_CASES:,} recordings, found {len(self.cases):,}"),
            (len({case.sha256 for case in self.cases}) == len(self.cases), "each recording may be in a study once"),
            (all(_SHA256.fullmatch(case.sha256) for case in self.cases), "a recording's SHA-256 has 64 hex digits"),
            (all(_is_inside(case.path) for case in self.cases), "paths are relative to the project file"),
            (len(self.cases) > 1 or all(arm.heat != "other recording" for arm in self.arms),
             "the heat of another recording needs at least two recordings"),
        )
        for is_right, problem in checks:
            if not is_right:
                raise ValueError(problem)

    def document(self) -> dict[str, Any]:
        """As JSON values."""
        return {
            "format": FORMAT, "format_version": FORMAT_VERSION, "program_version": __version__,
            "use": "Research use only - not for diagnosis", "id": self.study_id, "name": self.name,
            "created": self.created, "seed": self.seed, "design": self.design,
            "before_and_after": self.before_and_after, "washout_days": self.washout_days, "truth": self.truth,
            "arms": [asdict(arm) for arm in self.arms], "readers": list(self.readers),
            "cases": [asdict(case) for case in self.cases],
        }


@dataclass(frozen=True)
class OpenStudy:
    """A study and where its file lies."""

    study: Study
    path: Path

    def case_path(self, case: Case) -> Path:
        """Where a recording lies."""
        return Path(os.path.normpath(self.path.parent / Path(PurePosixPath(case.path))))

    @property
    def results(self) -> Path:
        """The folder with the readers' journals."""
        return self.path.with_name(f"{self.path.stem}-results")

    def journal_of(self, reader: str) -> Path:
        """The reader's journal, whether or not it is there yet. Raises ValueError for a reader of another study."""
        place = self.study.readers.index(reader)
        plain = re.sub(r"[^A-Za-z0-9]+", "-", reader).strip("-").lower() or "reader"
        return self.results / f"{place + 1:02d}-{plain[:40]}.sqlite3"


def write_study(study: Study, path: Path) -> None:
    """Write the project file; one that is there is never replaced. Raises StudyError, OSError."""
    if path.exists():
        raise StudyError(f"{path.name} is there already. A study's file is never changed: decisions refer to it. "
                         "Choose another name.")
    with replacing(path) as part:
        part.write_text(json.dumps(study.document(), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def read_study(path: Path) -> OpenStudy:
    """Read a project file. Raises StudyError for a file that cannot be read or is none."""
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
        if values.get("format") != FORMAT:
            raise StudyError(f"{path.name} is no study of this program (its format is {values.get('format')!r}).")
        if values["format_version"] > FORMAT_VERSION:
            raise StudyError(f"{path.name} is of a newer version of this program; update it to read the study.")
        study = Study(
            str(values["id"]), str(values["name"]), int(values["seed"]), values["design"],
            tuple(Arm(str(arm["name"]), arm["heat"]) for arm in values["arms"]),
            tuple(str(reader) for reader in values["readers"]),
            tuple(Case(str(case["path"]), str(case["sha256"]), _truth(case["departs"])) for case in values["cases"]),
            bool(values["before_and_after"]), int(values["washout_days"]), str(values["created"]),
            str(values["truth"]),
        )
    except StudyError:
        raise
    except JSON_FAULTS as error:
        raise StudyError(f"The study {path.name} cannot be read: {error}. Make it again, or take a copy.") from error
    return OpenStudy(study, path.absolute())


def relative_paths(recordings: Sequence[Path], project: Path) -> list[str]:
    """How a project file at `project` names recordings. Raises StudyError for recordings on another drive."""
    try:
        return [Path(os.path.relpath(path.absolute(), project.absolute().parent)).as_posix() for path in recordings]
    except ValueError as error:
        raise StudyError("Recordings and project file must lie on one drive, as the file names them by relative paths."
                         ) from error


def _is_inside(path: str) -> bool:
    return bool(path) and not PurePosixPath(path).is_absolute() and ":" not in path[:3] and "\0" not in path


def _truth(value: object) -> bool | None:
    if value is not None and not isinstance(value, bool):
        raise ValueError(f"`departs` is true, false or null, found {value!r}")
    return value

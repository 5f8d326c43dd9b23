"""What was open when the program was closed: a file of its own, written at every exit."""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Callable
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

import platformdirs

from ecg_viewer.state.problem import Problem, Weight
from ecg_viewer.state.settings import APP_NAME
from ecg_viewer.state.unreadable_files import set_aside
from ecg_viewer.state.words.language import tr
from mmae_core.files import make_private_folder, private_file, process_name

MAX_SOURCES = 20
"""Number of files and folders kept; the oldest are left out."""

LATEST_S = 1e7
"""Four months: later than any recording lasts."""

_log = logging.getLogger("ecg_viewer.restore")


@dataclass(frozen=True)
class LastSession:
    """What was open at the last exit."""

    sources: tuple[str, ...] = ()
    """Files and folders in the order in which they were opened; they make up the list of recordings."""
    is_demo: bool = False
    """Whether the bundled recordings were open."""
    record: str = ""
    """The recording that was open; empty for none."""
    start_s: float = 0.0
    """Time at the left edge of the paper."""
    geometry: str = ""
    """Of the window, as Qt writes it, in base 64."""
    splitters: dict[str, str] = field(default_factory=dict)
    """Sizes of panels by name, as Qt writes them, in base 64."""
    hidden: tuple[str, ...] = ()
    """Panels that were hidden, by name."""
    worklist: dict[str, Any] = field(default_factory=dict)
    """Search, filters and order of the list (see `ecg_viewer.state.worklist.stored_view`)."""

    @property
    def has_records(self) -> bool:
        return bool(self.sources) or self.is_demo


def last_session_path() -> Path:
    """Path of the file."""
    return Path(platformdirs.user_state_dir(APP_NAME)) / "last-session.json"


def read_last_session(
    path: Path | None = None, tell: Callable[[Problem], object] | None = None
) -> LastSession | None:
    """What was written last; None if there is no file or it cannot be understood.

    A damaged file is set aside, logged and reported.
    """
    path = path or last_session_path()
    try:
        return _from_json(json.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, TypeError, RecursionError) as error:
        _log.warning("the last session could not be read: %s", type(error).__name__)
    try:
        aside = set_aside(path)
    except OSError as error:
        _log.warning("the last session could not be set aside: %s", error.strerror)
    else:
        if tell is not None:
            text = tr("What was open last could not be read; the old file is kept as {name}.")
            tell(Problem(text.format(name=aside.name), weight=Weight.LASTING))
    return None


def write_last_session(session: LastSession, path: Path | None = None) -> None:
    """Write under a temporary name that is then renamed. A file that cannot be written is logged."""
    target = path or last_session_path()
    temporary = target.with_name(f"{target.name}.{process_name()}.tmp")
    try:
        make_private_folder(target.parent)
        private_file(temporary)
        temporary.write_text(json.dumps(asdict(session), ensure_ascii=False, indent=1), encoding="utf-8")
        os.replace(temporary, target)
    except OSError as error:
        _log.warning("the session could not be remembered: %s", error.strerror)


def forget_last_session(path: Path | None = None) -> None:
    """Remove the file, for users who do not restore sessions."""
    try:
        (path or last_session_path()).unlink(missing_ok=True)
    except OSError as error:
        _log.warning("the last session could not be forgotten: %s", error.strerror)


def _from_json(values: Any) -> LastSession:
    """Raises ValueError or TypeError for anything not written by this module."""
    if not isinstance(values, dict):
        raise TypeError("the last session is not a table")
    json.dumps(values, ensure_ascii=False, allow_nan=False).encode("utf-8")  # it could not be written again
    known = {item.name for item in fields(LastSession)}
    kept = {name: value for name, value in values.items() if name in known}
    for name in ("sources", "hidden"):
        if not isinstance(kept.setdefault(name, []), list):
            raise TypeError(f"{name} of the last session are no list")
        kept[name] = tuple(kept[name])
    if not isinstance(kept.get("splitters", {}), dict) or not isinstance(kept.get("is_demo", False), bool):
        raise TypeError("the last session holds something else than sizes of panels, or than yes or no")
    session = LastSession(**kept)
    texts = (*session.sources, *session.hidden, *session.splitters, *session.splitters.values())
    if not all(isinstance(text, str) for text in (*texts, session.record, session.geometry)):
        raise TypeError("the last session holds something else than text")
    if not all(Path(source).name for source in session.sources):
        raise ValueError("the last session names a file without a name")
    if not isinstance(session.worklist, dict):
        raise TypeError("what was asked of the list is no table")
    if isinstance(session.start_s, bool) or not isinstance(session.start_s, int | float):
        raise TypeError("the place in the recording is no number")
    if not 0 <= session.start_s < LATEST_S:  # NaN also fails this test
        raise ValueError("there is no such place in a recording")
    return session

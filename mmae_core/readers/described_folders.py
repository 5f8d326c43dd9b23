"""What people said of the recordings in a folder, for files that do not state rate, unit or leads.

Set once when a program starts or a person answers; `read_record` looks it up by the file's folder.
"""

from __future__ import annotations

from pathlib import Path
from threading import Lock

from mmae_core.readers.signal_description import SignalDescription

_lock = Lock()
_by_folder: dict[Path, SignalDescription] = {}
_everywhere: list[SignalDescription] = []


def describe_folder(folder: Path, description: SignalDescription) -> None:
    """Files in `folder` and below are as `description` says, where they do not say themselves."""
    with _lock:
        _by_folder[folder.absolute()] = description


def describe_everything(description: SignalDescription | None) -> None:
    """Files of folders that were not described are as `description` says; None takes that back."""
    with _lock:
        _everywhere[:] = [] if description is None else [description]


def description_of(path: Path) -> SignalDescription | None:
    """The user's description of the nearest folder that holds `path`, else that of all files; None without any."""
    place = path.absolute()
    with _lock:
        for folder in (place, *place.parents):
            if folder in _by_folder:
                return _by_folder[folder]
        return _everywhere[0] if _everywhere else None


def forget_descriptions() -> None:
    """Drop all descriptions."""
    with _lock:
        _by_folder.clear()
        _everywhere.clear()

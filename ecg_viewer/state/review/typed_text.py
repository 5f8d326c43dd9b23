"""What is being typed as a conclusion lies in a file until the journal has it: a program that dies takes no word along.

The file holds the entries that the journal would be given. The next start takes them in (`JournalWriter`), unless the
program that wrote them still runs, which holds a lock as long as it does.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path

from ecg_viewer.state.review.events import FILE_KEY, Event, file_key, new_id
from ecg_viewer.state.review.journal import journal_path
from ecg_viewer.state.review.journal_writer import TYPING_PREFIX, RecordFiles, lock_of_typing
from mmae_core.files import make_private_folder, private_file, replacing, try_lock

_log = logging.getLogger("ecg_viewer.review")


class TypedText:
    """The file of one window; there while something typed is not in the journal."""

    def __init__(self, folder: Path | None = None) -> None:
        """`folder`: that of the journal, unless another is given."""
        self._folder = journal_path().parent if folder is None else folder
        self.path = self._folder / f"{TYPING_PREFIX}{new_id()}.jsonl"
        self._free: Callable[[], None] | None = None

    def keep(self, files: RecordFiles, reviewer: str, text: str) -> None:
        """Put the whole text in place of what was kept before. What cannot be written is logged."""
        try:
            if self._free is None:
                make_private_folder(self._folder)
                private_file(lock_of_typing(self.path))
                self._free = try_lock(lock_of_typing(self.path))
            lines = [json.dumps({**asdict(event), "payload": dict(event.payload)}, ensure_ascii=False)
                     for event in _events(files, reviewer, text)]
            with replacing(self.path) as part:
                private_file(part)
                part.write_text("\n".join(lines) + "\n", encoding="utf-8")
        except OSError as error:
            _log.warning("what is being typed could not be kept: %s", error.strerror)

    def forget(self) -> None:
        """The journal has it."""
        with suppress(OSError):
            self.path.unlink(missing_ok=True)

    def close(self) -> None:
        """The window closes; a text that the journal has not got stays for the next start."""
        if self._free is not None:
            self._free()
            self._free = None


def _events(files: RecordFiles, reviewer: str, text: str) -> tuple[Event, Event]:
    """Where the recording lies, and its conclusion."""
    try:
        key = file_key(files.paths, files.stamps)
    except OSError:  # deleted since it was opened
        key = FILE_KEY + files.place
    concluded = Event("concluded", files.sha256 or key, reviewer, {"text": text.strip()})
    if files.sha256:
        return Event("linked", files.sha256, reviewer, {"key": key, "path": files.place}), concluded
    return Event("seen", key, reviewer, {"path": files.place}), concluded

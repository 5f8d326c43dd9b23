"""Writes the journal on its own thread, so that the window never waits for the disk; reports what is saved."""

from __future__ import annotations

import contextlib
import json
import logging
import os
import queue
import tempfile
import threading
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

import platformdirs

from ecg_viewer.state.problem import Problem, Weight
from ecg_viewer.state.review.events import FILE_KEY, KINDS, Event, file_key, path_text
from ecg_viewer.state.review.journal import Journal, Recovery, journal_path
from ecg_viewer.state.review.journal_schema import DamagedJournal, JournalError, NewerJournal
from ecg_viewer.state.settings import APP_NAME
from ecg_viewer.state.unreadable_files import set_aside
from ecg_viewer.state.words.language import tr
from mmae_core.files import make_own_folder, naming, private_file, try_lock

POLL_S = 1.0
"""How often to look whether another window has written, and to try again what could not be written."""
UNSAVED_PATTERN = "unsaved-*.jsonl"
"""Events that could not be written until the program ended; the next start takes them in."""
TYPING_PREFIX = "unsaved-typing-"
"""Begins the name of such a file of what is being typed (`typed_text`), with a lock while its program runs."""


def spare_folders() -> tuple[Path, ...]:
    """Fallback folders for such a file if the data folder cannot be written; the last is the temporary folder."""
    found = [Path(platformdirs.user_state_dir(APP_NAME))]
    with contextlib.suppress(OSError):  # no folder for temporary files can be written either
        found.append(Path(tempfile.gettempdir()) / f"{APP_NAME}-{_owner()}")
    return tuple(found)


_log = logging.getLogger("ecg_viewer.review")


@dataclass(frozen=True)
class RecordFiles:
    """A recording's files and checksum, for the journal."""

    paths: tuple[Path, ...]
    """Header first."""
    sha256: str = ""
    """Empty while it is not known."""
    stamps: tuple[tuple[int, int], ...] = ()
    """As `Source.stamps`: what was opened, whatever lies there now."""

    @property
    def place(self) -> str:
        """Its path as written in the journal; empty for a recording without files."""
        return path_text(self.paths[0]) if self.paths else ""


@dataclass(frozen=True)
class Loaded:
    """What the journal holds on a recording."""

    request: int
    events: tuple[Event, ...]


@dataclass(frozen=True)
class Arrived:
    """New events on the recording loaded with `request`, from any window; some may be known already."""

    request: int
    events: tuple[Event, ...]


@dataclass(frozen=True)
class Saved:
    """These events are on the disk."""

    events: tuple[Event, ...]


@dataclass(frozen=True)
class _Load:
    request: int
    files: RecordFiles


@dataclass(frozen=True)
class _Append:
    files: RecordFiles
    event: Event


@dataclass
class _Settle:
    """A request to tell whether everything waiting has been stored."""

    done: threading.Event = field(default_factory=threading.Event)
    n_lost: int = 0


class JournalWriter:
    """Owns the journal. Calls `deliver` with `Loaded`, `Arrived`, `Saved` or `Problem`, on its own thread.

    Events that cannot be written are kept and tried again; those still unwritten at the end go to a file of their own
    beside the journal, or in one of `spare_folders`.
    """

    def __init__(self, deliver: Callable[[object], None], path: Path | None = None) -> None:
        self._deliver = deliver
        self._path = path if path is not None else journal_path()
        self._requests: queue.SimpleQueue[_Load | _Append | _Settle | None] = queue.SimpleQueue()
        self._journal: Journal | None = None
        self._waiting: list[_Append] = []
        self._settling: list[_Settle] = []
        self._n_replaced = 0
        self._wanted: _Load | None = None
        """The recording to watch, not yet loaded."""
        self._request = 0
        self._names: frozenset[str] = frozenset()
        self._seen = 0
        """The highest number of an event that was delivered."""
        self._keys: dict[tuple[tuple[Path, ...], tuple[tuple[int, int], ...]], str] = {}
        self._named: set[tuple[str, str]] = set()
        self._last_trouble = ""
        self._thread = threading.Thread(target=self._run, name="review journal", daemon=True)
        self._thread.start()

    def load(self, request: int, files: RecordFiles) -> None:
        """Ask for a recording's events, and for those that arrive later. `Loaded` carries `request`."""
        self._requests.put(_Load(request, files))

    def append(self, files: RecordFiles, event: Event) -> None:
        """Write an event on a recording; its `record` is filled in here. `Saved` follows once it is on the disk."""
        self._requests.put(_Append(files, event))

    def n_to_be_lost(self) -> int:
        """Try once more to write what is waiting. Returns how many events the next start would not find."""
        asked = _Settle()
        self._requests.put(asked)
        while self._thread.is_alive() and not asked.done.wait(POLL_S):
            pass
        return asked.n_lost

    def close(self) -> None:
        """Write what is waiting, then end. Waits until that is done."""
        if self._thread.is_alive():
            self._requests.put(None)
            self._thread.join()

    # On the thread

    def _run(self) -> None:
        is_open = True
        while is_open:
            is_open = self._take_requests()
            try:
                self._work()
            except DamagedJournal as error:
                self._tell_trouble(error)
                self._open_again()
            except JournalError as error:
                self._tell_trouble(error)
            except Exception as error:  # noqa: BLE001  # whatever happens, later decisions must still be stored
                _log.exception("the review journal failed")
                self._tell_trouble(error)
            self._settle()
        self._keep_unsaved((self._path.parent, *spare_folders()))
        if self._journal is not None:
            self._journal.close()

    def _take_requests(self) -> bool:
        """Wait for something to do. Returns False for the end."""
        with contextlib.suppress(queue.Empty):
            request = self._requests.get(timeout=POLL_S)
            while True:
                if request is None:
                    return False
                if isinstance(request, _Load):
                    self._wanted = request
                elif isinstance(request, _Settle):
                    self._settling.append(request)
                else:
                    self._waiting.append(request)
                request = self._requests.get_nowait()
        return True

    def _settle(self) -> None:
        """Answer a `_Settle`; a temporary file counts as lost, as the system may delete it."""
        for asked in self._settling:
            is_kept = self._keep_unsaved((self._path.parent, *spare_folders()[:1]))
            asked.n_lost = 0 if is_kept else len(self._waiting)
            asked.done.set()
        self._settling.clear()

    def _work(self) -> None:
        journal = self._journal if self._journal is not None else self._open()
        self._write(journal)
        if self._wanted is not None:
            self._answer(journal, self._wanted)
            self._wanted = None
        elif self._names and journal.has_changed_elsewhere():
            self._forget_numbers(journal)
            events = journal.events_of(self._names, self._seen)
            if events:
                self._seen = max(self._seen, *(event.number or 0 for event in events))
                self._deliver(Arrived(self._request, events))
        self._last_trouble = ""

    def _open(self) -> Journal:
        journal = Journal(self._path)
        if journal.recovery is not None:
            self._deliver(recovery_problem(journal.recovery))
        self._journal = journal
        journal.back_up()
        for folder in (self._path.parent, *spare_folders()):
            for path in sorted(folder.glob(UNSAVED_PATTERN)):
                if _is_own(path):
                    self._take_in_left(journal, path)
        return journal

    def _open_again(self) -> None:
        """The next attempt opens the file anew, which sets a damaged one aside."""
        if self._journal is not None:
            self._journal.close()
        self._journal = None
        self._seen = 0

    def _forget_numbers(self, journal: Journal) -> None:
        if journal.n_replaced != self._n_replaced:
            self._n_replaced = journal.n_replaced
            self._seen = 0

    def _take_in_left(self, journal: Journal, path: Path) -> None:
        """Take a file in unless somebody is typing what it holds."""
        if not path.name.startswith(TYPING_PREFIX):
            self._take_in(journal, path)
            return
        free = try_lock(lock_of_typing(path))
        if free is not None:
            self._take_in(journal, path)
            free()

    def _take_in(self, journal: Journal, path: Path) -> None:
        """Write events left over from an earlier run. Those that cannot be understood stay in the file, renamed."""
        try:
            lines = path.read_bytes().split(b"\n")
        except FileNotFoundError:  # another window was faster
            return
        except OSError:
            lines = [b"?"]
        events = [_unsaved_event(line) for line in lines if line.strip()]
        journal.append([event for event in events if event is not None])
        if None not in events:
            path.unlink(missing_ok=True)
            return
        aside = set_aside(path)
        text = tr("Decisions of an earlier start could not all be read; the file is kept as {name}.")
        self._deliver(Problem(text.format(name=aside.name), weight=Weight.LASTING))

    def _write(self, journal: Journal) -> None:
        """Write all waiting events in one transaction, with those that identify the files."""
        if not self._waiting:
            return
        events: list[Event] = []
        named = set(self._named)
        for item in self._waiting:
            event = self._placed(item)
            events += [*self._naming(item.files, event, named), event]
        saved = journal.append(events)
        self._forget_numbers(journal)
        journal.back_up()
        self._waiting.clear()
        self._named = named
        self._deliver(Saved(saved))

    def _placed(self, item: _Append) -> Event:
        return replace(item.event, record=item.files.sha256 or self._key(item.files))

    def _naming(self, files: RecordFiles, event: Event, named: set[tuple[str, str]]) -> list[Event]:
        """Before the first event under a name: where that recording lies and, with a SHA-256, its provisional name."""
        key, path = self._key(files), files.place
        if (event.record, path) in named:
            return []
        named.add((event.record, path))
        if event.record.startswith(FILE_KEY):
            return [Event("seen", event.record, event.reviewer, {"path": path})]
        return [Event("linked", event.record, event.reviewer, {"key": key, "path": path})]

    def _answer(self, journal: Journal, load: _Load) -> None:
        key = self._key(load.files)
        names = journal.names_of(load.files.sha256 or key) | {key}
        events = journal.events_of(names)
        path = load.files.place
        if events and load.files.sha256 and (load.files.sha256, path) not in self._named:
            is_linked = any(
                event.kind == "linked" and event.record == load.files.sha256
                and (event.payload.get("key"), event.payload.get("path")) == (key, path)
                for event in events
            )
            if not is_linked:
                values = {"key": key, "path": path}
                journal.append([Event("linked", load.files.sha256, events[-1].reviewer, values)])
            self._named.add((load.files.sha256, path))
        self._request = load.request
        self._names = names | ({load.files.sha256} if load.files.sha256 else set())
        self._seen = max((event.number or 0 for event in events), default=0)
        self._deliver(Loaded(load.request, events))

    def _key(self, files: RecordFiles) -> str:
        """The provisional name, the same as long as the program runs."""
        known = files.paths, files.stamps
        if known not in self._keys:
            try:
                self._keys[known] = file_key(files.paths, files.stamps)
            except OSError:  # deleted since it was opened; the path still identifies it
                self._keys[known] = FILE_KEY + files.place
        return self._keys[known]

    def _tell_trouble(self, error: Exception) -> None:
        """Report each problem once, as writing is retried every second."""
        if str(error) != self._last_trouble:
            self._last_trouble = str(error)
            self._deliver(Problem(_plain(error), str(error), weight=Weight.GRAVE))

    def _keep_unsaved(self, folders: Sequence[Path]) -> bool:
        """Write waiting events to a file in the first writable folder. Returns whether they are safe."""
        if not self._waiting:
            return True
        events = [self._placed(item) for item in self._waiting]
        lines = [json.dumps({**asdict(event), "payload": dict(event.payload)}, ensure_ascii=False) for event in events]
        for folder in folders:
            try:
                _write_whole(folder / f"unsaved-{events[0].event_id}.jsonl", "\n".join(lines) + "\n")
            except OSError:
                _log.exception("%d review decisions could not be kept in %s", len(events), folder.name)
            else:
                return True
        return False


def lock_of_typing(path: Path) -> Path:
    """The lock beside a file of what is being typed."""
    return path.with_suffix(".lock")


def recovery_problem(recovery: Recovery) -> Problem:
    """The message on a damaged journal."""
    if recovery.n_lost is None:
        text = tr("The review journal was damaged. {n} of its entries are kept; the old file is beside it: {name}.")
    elif recovery.n_lost == 0:
        text = tr("The review journal was damaged. All {n} entries are kept; the old file is beside it: {name}.")
    else:
        text = tr("The review journal was damaged. {n} of its entries are kept, {lost} were altered or are gone; the "
                  "old file is beside it: {name}.")
    words = text.format(n=recovery.n_recovered, lost=recovery.n_lost, name=recovery.set_aside.name)
    return Problem(words, weight=Weight.LASTING)


def _unsaved_event(line: bytes) -> Event | None:
    """None for what `_keep_unsaved` would not have written."""
    try:
        event = Event(**json.loads(line.decode("utf-8")))
        texts = (event.event_id, event.time, event.reviewer, event.record)
        "".join((*texts, event.payload_text())).encode("utf-8")
    except (ValueError, TypeError, AttributeError, RecursionError):
        return None
    return event if event.kind in KINDS and isinstance(event.payload, dict) else None


def _plain(error: Exception) -> str:
    """What the problem means for the reviewer, and what to do."""
    if isinstance(error, NewerJournal):
        return tr("Decisions cannot be saved: the review journal was written by a newer version of this program. It is "
                  "left as it is; update the program to go on reviewing.")
    if isinstance(error, DamagedJournal):
        return tr("The review journal was damaged while it was open. Decisions are kept in this window; the file is "
                  "set aside and what can be read of it is taken over.")
    return tr("Decisions cannot be saved at the moment. They are kept in this window, and saving is tried again every "
              "second. Is the disk full, or the user's data folder read-only?")


def _write_whole(target: Path, text: str) -> None:
    """Under a temporary name first, of which nothing is left if it fails. Raises OSError."""
    temporary = target.with_suffix(".tmp")
    make_own_folder(target.parent)
    try:
        private_file(temporary)
        with naming(target), temporary.open("w", encoding="utf-8") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(temporary, target)
    except OSError:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise


def _owner() -> str:
    return str(os.getuid()) if hasattr(os, "getuid") else "user"


def _is_own(path: Path) -> bool:
    """Whether the file belongs to this user, as anyone may write to the temporary folder."""
    try:
        return not hasattr(os, "getuid") or path.stat().st_uid == os.getuid()
    except FileNotFoundError:  # another window was faster
        return False

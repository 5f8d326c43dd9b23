"""Restores the last session: list, recording, position, window and panels."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QTimer
from PySide6.QtWidgets import QSplitter

from ecg_viewer.qt.feature import Feature
from ecg_viewer.state.job_protocols import Failed, Job, Report
from ecg_viewer.state.last_session import (
    MAX_SOURCES,
    LastSession,
    forget_last_session,
    read_last_session,
    write_last_session,
)
from ecg_viewer.state.problem import Problem
from ecg_viewer.state.words.language import tr
from ecg_viewer.state.worklist.stored_view import as_kept, from_kept

if TYPE_CHECKING:
    from ecg_viewer.qt.host import Host
    from ecg_viewer.state.worklist.worklist import Worklist

_PANELS = {"show_records": "records", "show_findings": "findings"}
"""Actions that show and hide panels, and the panels' names in the file."""


class RestoreFeature(Feature):
    """Remembers at the end, if the program was started by hand: `restore_window` says that it was."""

    menu_place = 30

    def __init__(self, window: Host, worklist: Worklist) -> None:
        super().__init__(window)
        self._worklist = worklist
        self._is_kept = False
        self._last: LastSession | None = None
        self._sources: list[str] = []
        self._is_demo = False
        self._wanted: LastSession | None = None
        """The session being restored, until it is open."""
        self._gone: list[Path] = []
        """Missing files, reported once a recording is shown, as opening one clears messages."""
        self._lane = window.worker("last session")
        window.session.list_left.connect(self._forget_sources)
        window.session.opened.connect(self._note_source)
        window.session.record_changed.connect(self._take_record)

    def restore_window(self, *, size_is_given: bool = False) -> bool:
        """Place the window and its panels as they were; from now on the end is remembered.

        Returns False if there is nothing to go by. A size the user has named is kept.
        """
        self._is_kept = True
        if not self.window.settings.settings.restore_session:
            return False
        self._last = read_last_session(tell=self.window.show_problem)
        if self._last is None:
            return False
        is_placed = size_is_given or self.window.restoreGeometry(_bytes(self._last.geometry))
        for name, splitter in self._splitters().items():
            if name in self._last.splitters:
                splitter.restoreState(_bytes(self._last.splitters[name]))
        for action_id, name in _PANELS.items():
            action = self.window.action(action_id)
            if action.isChecked() == (name in self._last.hidden):
                action.trigger()
        return is_placed

    def restore(self) -> bool:
        """Open what was open. Returns False if that is not wanted, or nothing was; the work goes on elsewhere."""
        last = self._last
        if last is None or not last.has_records or not self.window.settings.settings.restore_session:
            return False
        self._wanted = last
        if last.is_demo:
            self._open([], [])
        else:
            self._lane.submit(_checking_job(last), self._receive)
        return True

    def close(self) -> None:
        """Write down what is open."""
        if not self._is_kept:
            return
        if not self.window.settings.settings.restore_session:
            forget_last_session()
            return
        write_last_session(self._now())

    def _now(self) -> LastSession:
        window, session = self.window, self.window.session
        if session.item is None and self._wanted is not None:
            here = self._wanted  # closed before it was open again
        else:
            here = LastSession(
                tuple(self._sources[-MAX_SOURCES:]), self._is_demo,
                "" if session.item is None else str(session.item.path.absolute()), session.view.visible_span_s[0],
                worklist=as_kept(self._worklist.filter, self._worklist.sort),
            )
        return replace(
            here,
            geometry=_text(window.saveGeometry()),
            splitters={name: _text(splitter.saveState()) for name, splitter in self._splitters().items()},
            hidden=tuple(
                name for action_id, name in _PANELS.items() if not window.action(action_id).isChecked()
            ),
        )

    def _splitters(self) -> dict[str, QSplitter]:
        return {"columns": self.window.frame, "side": self.window.frame.side}

    def _forget_sources(self) -> None:
        self._sources.clear()
        self._is_demo = False

    def _note_source(self, path: Path) -> None:
        text = str(path.absolute())
        if text not in self._sources:
            self._sources.append(text)
        self._is_demo = False

    def _receive(self, event: object) -> None:
        if isinstance(event, _Checked):
            self._open(event.there, event.gone)
        elif isinstance(event, Failed):
            self._wanted = None
            self.window.show_problem(Problem(event.message, event.details))
            self.window.show_empty_state()

    def _open(self, there: list[Path], gone: list[Path]) -> None:
        """Open what still exists; report what is missing."""
        last = self._wanted
        if last is None or self.window.session.record is not None:
            self._wanted = None  # the user was faster
            return
        if last.is_demo or there:
            chosen, sort = from_kept(last.worklist)
            self._worklist.set_filter(chosen)
            self._worklist.set_sort(sort)
        if last.is_demo:
            self.window.open_demo()
            return
        self._gone = gone
        if there:
            self.window.session.open(there, first=Path(last.record) if last.record else None)
        else:
            self._wanted = None
            self._tell_what_is_gone()
            self.window.show_empty_state()

    def _take_record(self) -> None:
        """Go to the position in the recording, or report that the recording is missing."""
        item, last = self.window.session.item, self._wanted
        self._is_demo = item is not None and item.origin == "demo"
        if item is None or last is None:
            return
        path = str(item.path.absolute())
        position = self.window.session.records.position(Path(last.record)) if last.record else None
        if path == last.record:
            self._wanted = None
            self.window.session.view.scroll_to(last.start_s)
        elif last.is_demo and position is not None:
            self.window.session.open_item(position)  # the list is the bundled one; this is its first recording
        else:
            self._wanted = None
            if last.record and not last.is_demo and not self._gone:
                self._gone = [Path(last.record)]
        if self._gone:
            QTimer.singleShot(0, self._tell_what_is_gone)

    def _tell_what_is_gone(self) -> None:
        gone, self._gone = self._gone, []
        if len(gone) == 1:
            text = tr("{name}, which was open last, can no longer be found.").format(name=gone[0].name)
        else:
            text = tr("{n} files or folders that were open last can no longer be found.").format(n=len(gone))
        self.window.show_problem(Problem(text, "\n".join(str(path) for path in gone)))


class _Checked:
    """Which files and folders are still there."""

    def __init__(self, there: list[Path], gone: list[Path]) -> None:
        self.there, self.gone = there, gone


def _checking_job(last: LastSession) -> Job:
    """A job that looks for the sources, which may lie on a slow or missing drive. Sends `_Checked`."""

    def run(report: Report) -> None:
        from mmae_core.readers.recording_paths import may_be_recording

        there: list[Path] = []
        gone: list[Path] = []
        for path in map(Path, last.sources):
            (there if may_be_recording(path) else gone).append(path)
        report.send(_Checked(there, gone))

    return run


def _bytes(text: str) -> QByteArray:
    return QByteArray.fromBase64(text.encode("ascii", "replace"))


def _text(data: QByteArray) -> str:
    return bytes(data.toBase64().data()).decode("ascii")

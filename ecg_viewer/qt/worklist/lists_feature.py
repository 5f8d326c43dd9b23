"""Lists of work in the window: opened, saved, switched between, with each reader's progress."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QFileDialog, QMenu

from ecg_viewer.jobs.worklist_listing import readers_progress
from ecg_viewer.qt.actions import ActionSpec
from ecg_viewer.qt.feature import Feature
from ecg_viewer.qt.worklist.list_dialog import ListDialog
from ecg_viewer.qt.worklist.table_dialog import SCOPES
from ecg_viewer.state.job_protocols import Failed, Finished, Report
from ecg_viewer.state.problem import Problem
from ecg_viewer.state.words.language import tr, translatable
from ecg_viewer.state.worklist.marks import Scope
from ecg_viewer.state.worklist.work_lists import (
    SUFFIXES,
    WorkList,
    described,
    is_read,
    readers_text,
    write_work_list,
)
from ecg_viewer.state.worklist.worklist import Worklist

if TYPE_CHECKING:
    from ecg_viewer.qt.host import Host

MENU = "File/" + translatable("Lists of work")
MOST_KNOWN = 20
LIST_FILE = "list.json"
_JSON, _CSV, _BOTH = "(*.json)", "(*.csv)", "(*.json *.csv)"


def _has_recordings(feature: ListsFeature) -> bool:
    return len(feature.worklist) > 0


class ListsFeature(Feature):
    """A list is a file; what was read of it is in the journal."""

    menu_place = 42
    actions = (
        ActionSpec("open_list", MENU, translatable("Open a list of work…"), (),
                   translatable("List the recordings that a file names, for a reader and a day, in place of those "
                                "listed."),
                   do=lambda self: self.ask_list()),
        ActionSpec("save_list", MENU, translatable("Save a list of work…"), (),
                   translatable("Put marked, shown or all recordings into a file with a name, a reader, a day and a "
                                "note."),
                   do=lambda self: self.ask_save(), enabled=_has_recordings),
        ActionSpec("switch_list", MENU, translatable("Switch to another list…"), (),
                   translatable("Choose among the lists that were opened or saved here."),
                   do=lambda self: self.offer(), enabled=lambda self: bool(self.known)),
    )

    def __init__(self, window: Host, worklist: Worklist) -> None:
        super().__init__(window)
        self.worklist = worklist
        self._lane = window.worker("work lists")
        self._readers = ""
        """What each reader has read, in lines."""
        session = window.session
        session.opened.connect(self._remember)
        session.records.changed.connect(self._count_all)
        worklist.rows_changed.connect(self._show)
        worklist.order_changed.connect(self._show)

    @property
    def known(self) -> tuple[str, ...]:
        """Files of lists, the latest first."""
        return self.window.settings.settings.work_lists

    def ask_list(self) -> None:
        """Ask for a list's file and open it."""
        name, _ = QFileDialog.getOpenFileName(
            self.window, tr("Open a list of work"), "", f"{tr('Lists of work')} {_BOTH}")
        if name:
            self.window.session.open([Path(name)])

    def ask_save(self) -> ListDialog:
        """Ask what goes into a list."""
        counts: dict[Scope, int] = {scope: len(self.worklist.rows_of(scope)) for scope in SCOPES}
        dialog = ListDialog(counts, self.window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.wanted.connect(self._ask_file)
        dialog.open()
        return dialog

    def offer(self) -> QMenu:
        """The known lists as a menu."""
        menu = QMenu(self.window)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for name in self.known:
            menu.addAction(Path(name).stem.replace("&", "&&")).triggered.connect(partial(self._switch, name))
        menu.popup(self.window.records_panel.mapToGlobal(QPoint(0, 0)))
        return menu

    def save(self, path: Path, work: WorkList) -> None:
        """Write a list and keep it among the known ones."""

        def run(_report: Report) -> None:
            write_work_list(path, work)

        def receive(event: object) -> None:
            if isinstance(event, Failed):
                self.window.show_problem(Problem(
                    tr("{name} could not be written. Choose another folder, or make room there.").format(
                        name=path.name), event.details))
            elif isinstance(event, Finished):
                self._keep(path)
                text = tr("The list {name} was saved: {n} recordings.").format(name=work.name, n=len(work.recordings))
                self.window.status.showMessage(text, 10_000)

        self._lane.submit(run, receive)

    def retranslate(self) -> None:
        self._show()

    def _ask_file(self, scope: Scope, name: str, reader: str, due: str, note: str) -> None:
        chosen, kind = QFileDialog.getSaveFileName(
            self.window, tr("Save a list of work"), LIST_FILE,
            ";;".join((f"{tr('List of work')} {_JSON}", f"{tr('Table (CSV)')} {_CSV}")))
        if chosen:
            path = Path(chosen)
            if path.suffix.lower() not in SUFFIXES:
                path = path.with_name(path.name + (".csv" if _CSV in kind else ".json"))
            items = self.worklist.columns.items
            paths = tuple(items[row].path for row in self.worklist.rows_of(scope).tolist())
            self.save(path, WorkList(name, paths, reader, due, note))

    def _switch(self, name: str, _checked: bool = False) -> None:
        self.window.session.open([Path(name)])

    def _remember(self, path: Path) -> None:
        if self.window.session.records.work is not None and path.suffix.lower() in SUFFIXES:
            self._keep(path)

    def _keep(self, path: Path) -> None:
        text = str(path.absolute())
        others = [known for known in self.known if known != text]
        self.window.settings.change(work_lists=tuple([text, *others][:MOST_KNOWN]))
        self.changed.emit()

    def _count_all(self) -> None:
        """Ask the journal what each reader has read of the list."""
        work = self.window.session.records.work
        self._readers = ""
        self._show()
        if work is None:
            return

        def run(report: Report) -> None:
            report.send(readers_progress(work.recordings))

        def receive(event: object) -> None:
            if isinstance(event, dict) and self.window.session.records.work is work:
                self._readers = readers_text(event, len(work.recordings))
                self._show()

        self._lane.submit(run, receive)

    def _show(self, _rows: object = None) -> None:
        """The list in a line, with what the reader in front of the screen has read."""
        work = self.window.session.records.work
        if work is None:
            self.worklist.say("", "")
            return
        n_read = sum(is_read(summary) for summary in self.worklist.table.decisions.values())
        self.worklist.say(described(work, n_read), "\n".join(filter(None, (work.note, self._readers))))

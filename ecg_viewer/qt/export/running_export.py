"""A running export: progress, written files, and the question about existing ones."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QProgressDialog, QWidget

from ecg_viewer.export.benchmark import Made
from ecg_viewer.export.export_jobs import BenchmarkDone, ExportProgress, RecordDone
from ecg_viewer.qt.widgets.plain_text import PlainLabel
from ecg_viewer.qt.worker import WorkerLane
from ecg_viewer.state.job_protocols import Failed, Finished, Job, Stopped, Ticket
from ecg_viewer.state.problem import Problem
from ecg_viewer.state.words.language import tr

SHOW_AFTER_MS = 300
"""Delay of the progress dialog, so that it does not flash up for short work."""


class RunningExport(QObject):
    """Runs one job on a lane and keeps what it reports."""

    ended = Signal()

    def __init__(self, lane: WorkerLane, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.done: list[RecordDone] = []
        self.made: Made | None = None
        self.problem: Problem | None = None
        self.was_stopped = False
        self._lane = lane
        self._ticket: Ticket | None = None
        self.dialog = QProgressDialog("", tr("Stop"), 0, 0, parent)
        self.dialog.setLabel(PlainLabel(title))
        self.dialog.setWindowTitle(title)
        self.dialog.setAccessibleName(title)
        self.dialog.setWindowModality(Qt.WindowModality.NonModal)
        self.dialog.setMinimumDuration(SHOW_AFTER_MS)
        self.dialog.setMinimumWidth(380)
        self.dialog.setAutoReset(False)
        self.dialog.canceled.connect(self.stop)

    @property
    def paths(self) -> list[Path]:
        """The files written so far."""
        return [path for item in self.done for path in item.written.paths]

    def start(self, job: Job) -> None:
        """Run the job."""
        self._ticket = self._lane.submit(job, self._receive)

    def stop(self) -> None:
        """Ask it to stop; what is written stays."""
        if self._ticket is not None:
            self._ticket.cancel()

    def _receive(self, event: object) -> None:
        if isinstance(event, ExportProgress):
            self.dialog.setMaximum(max(1, event.total))
            self.dialog.setLabelText(event.name)
            self.dialog.setValue(min(event.done, max(1, event.total) - 1))
        elif isinstance(event, RecordDone):
            self.done.append(event)
        elif isinstance(event, BenchmarkDone):
            self.made = event.made
        elif isinstance(event, Failed):
            self.problem = Problem(event.message, event.details)
        elif isinstance(event, Stopped):
            self.was_stopped = True
        if isinstance(event, Failed | Finished | Stopped):
            self.dialog.canceled.disconnect(self.stop)
            self.dialog.close()
            self.dialog.deleteLater()
            self.ended.emit()

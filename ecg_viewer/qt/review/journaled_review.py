"""The review of a session's open recording, with the journal it is read from and written to."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal

from ecg_viewer.state.review.journal_writer import JournalWriter
from ecg_viewer.state.review.open_review import OpenReview
from ecg_viewer.state.session import Session


class JournaledReview(QObject):
    """The review of the open recording, and the thread that writes its journal.

    What that thread reports reaches the review on the window's thread.
    """

    reported = Signal(object)
    """A message of the journal's thread, or one to be handled like it."""

    def __init__(self, session: Session, reviewer: str, parent: QObject) -> None:
        super().__init__(parent)
        self.writer = JournalWriter(self.reported.emit)
        self.open_review = OpenReview(session, self.writer, reviewer)
        self.reported.connect(self._receive, Qt.ConnectionType.QueuedConnection)

    def close(self) -> None:
        """Write what is waiting, end the thread and wait for it."""
        self.writer.close()

    def _receive(self, message: object) -> None:
        self.open_review.receive(message)

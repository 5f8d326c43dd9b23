"""Shows the review of side B's recording, read-only: own findings and decisions on the second paper."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal

from ecg_viewer.qt.paper import PaperView
from ecg_viewer.qt.review.findings_overlay import FindingsOverlay
from ecg_viewer.state.review.journal_writer import JournalWriter
from ecg_viewer.state.review.open_review import OpenReview
from ecg_viewer.state.review.review_controller import ReviewController
from ecg_viewer.state.session import Session


class _NothingDrawn:
    """No draft: findings cannot be added on side B."""

    draft = None
    is_in_use = False


class SecondReview(QObject):
    """Reads the journal on a thread of its own, and hears of what any window writes while it is open.

    Nothing is decided here. Close it to end the thread.
    """

    said = Signal(object)
    """Carries messages from the journal's thread to the main thread."""

    def __init__(self, session: Session, paper: PaperView, reviewer: str, parent: QObject) -> None:
        super().__init__(parent)
        self._paper = paper
        self._recorder = JournalWriter(self.said.emit)
        self.open_review = OpenReview(session, self._recorder, reviewer)
        self.said.connect(self._hear, Qt.ConnectionType.QueuedConnection)
        self.open_review.changed.connect(self._show)
        paper.add_overlay(FindingsOverlay(ReviewController(session, self.open_review), _NothingDrawn()))

    def follow(self, reviewer: str) -> None:
        """Show a reviewer's findings and decisions; none while the reviewer is unknown."""
        if reviewer.strip():
            self.open_review.set_reviewer(reviewer)

    def close(self) -> None:
        """End the thread, and wait for it."""
        self._recorder.close()

    def _hear(self, message: object) -> None:
        self.open_review.receive(message)

    def _show(self) -> None:
        self._paper.update()

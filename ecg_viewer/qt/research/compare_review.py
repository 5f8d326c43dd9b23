"""Shows the review of side B's recording, read-only: own findings and decisions on the second paper."""

from __future__ import annotations

from PySide6.QtCore import QObject

from ecg_viewer.qt.paper import PaperView
from ecg_viewer.qt.review.findings_overlay import FindingsOverlay
from ecg_viewer.qt.review.journaled_review import JournaledReview
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

    def __init__(self, session: Session, paper: PaperView, reviewer: str, parent: QObject) -> None:
        super().__init__(parent)
        self._paper = paper
        self._journal = JournaledReview(session, reviewer, self)
        self.open_review = self._journal.open_review
        self.open_review.changed.connect(self._show)
        paper.add_overlay(FindingsOverlay(ReviewController(session, self.open_review), _NothingDrawn()))

    def follow(self, reviewer: str) -> None:
        """Show a reviewer's findings and decisions; none while the reviewer is unknown."""
        if reviewer.strip():
            self.open_review.set_reviewer(reviewer)

    def close(self) -> None:
        """End the thread, and wait for it."""
        self._journal.close()

    def _show(self) -> None:
        self._paper.update()

"""The conclusion of the open recording: its tab and its key. The program writes none by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ecg_viewer.qt.actions import ActionSpec
from ecg_viewer.qt.feature import Feature, has_record
from ecg_viewer.qt.review.conclusion_panel import ConclusionPanel
from ecg_viewer.qt.review.journaled_review import JournaledReview
from ecg_viewer.qt.review.reviewer_name import ReviewerName
from ecg_viewer.state.review.journal_writer import RecordFiles
from ecg_viewer.state.review.typed_text import TypedText
from ecg_viewer.state.words.language import translatable

if TYPE_CHECKING:
    from ecg_viewer.qt.host import Host


class ConclusionFeature(Feature):
    """The tab; its text is kept by the review, and in a file while it is being typed."""

    menu_place = 12
    actions = (
        ActionSpec("conclusion", "Findings", translatable("Conclusion"), ("Ctrl+K",),
                   translatable("Write what the recording comes to, in the tab Conclusion."),
                   do=lambda self: self.edit(), enabled=has_record, separate=True),
    )

    def __init__(self, window: Host, journal: JournaledReview, reviewer_name: ReviewerName) -> None:
        super().__init__(window)
        self._journal = journal
        self.open_review = open_review = journal.open_review
        self._reviewer_name = reviewer_name
        self._typed = TypedText()
        self.panel = ConclusionPanel(open_review)
        window.add_side_tab(self.panel, translatable("Conclusion"))
        self.panel.finished.connect(self._keep)
        self.panel.typed.connect(self._keep_typed)
        self.panel.wanted.connect(self.edit)
        self.panel.left.connect(window.paper.setFocus)
        reviewer_name.about_to_change.connect(self.panel.keep)
        open_review.saved_changed.connect(self._forget_typed)

    def may_close(self) -> bool:
        """What is being typed is kept, and stays in its file unless the journal can be written."""
        self.panel.keep()
        if self._journal.writer.n_to_be_lost() == 0:
            self._typed.forget()
        return True

    def close(self) -> None:
        self.panel.stop()
        self._typed.close()

    def edit(self) -> None:
        """Bring the tab up with the cursor in it, once the reviewer's name is known."""
        tabs = self.window.frame.side_tabs
        if not tabs.isVisible():
            self.window.action("show_findings").trigger()
        tabs.setCurrentWidget(self.panel)
        self._reviewer_name.as_reviewer(self._edit)

    def _edit(self) -> None:
        self.panel.show_review()
        self.panel.edit()

    def _keep(self, files: RecordFiles, text: str) -> None:
        self._keep_typed(files, text)  # until the journal has it
        self.open_review.write_conclusion(files, text)

    def _keep_typed(self, files: RecordFiles, text: str) -> None:
        self._typed.keep(files, self.open_review.reviewer, text)

    def _forget_typed(self) -> None:
        if self.open_review.is_saved and not self.panel.is_typing:
            self._typed.forget()

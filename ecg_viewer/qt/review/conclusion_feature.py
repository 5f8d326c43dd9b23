"""The conclusion of the open recording: its tab and its key. The program writes none by itself."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QToolButton

from ecg_viewer.qt.actions import ActionSpec
from ecg_viewer.qt.feature import Feature, has_record
from ecg_viewer.qt.review.conclusion_panel import ConclusionPanel
from ecg_viewer.qt.review.journaled_review import JournaledReview
from ecg_viewer.qt.review.reviewer_name import ReviewerName
from ecg_viewer.qt.review.templates_dialog import TemplatesDialog, key_name
from ecg_viewer.qt.widgets.translated_texts import set_texts
from ecg_viewer.state.measure.interval_tracker import IntervalTracker
from ecg_viewer.state.person import listed_or_stated
from ecg_viewer.state.problem import Problem
from ecg_viewer.state.review.journal_writer import RecordFiles
from ecg_viewer.state.review.measured_words import placeholder_values
from ecg_viewer.state.review.templates import Template, Templates, TemplatesError, fill
from ecg_viewer.state.review.typed_text import TypedText
from ecg_viewer.state.words.language import tr, translatable

if TYPE_CHECKING:
    from ecg_viewer.qt.host import Host


TEXTS_MENU = "Findings/" + translatable("Insert into the conclusion")
TEXT_NAMES = (
    translatable("Own text 1"), translatable("Own text 2"), translatable("Own text 3"), translatable("Own text 4"),
    translatable("Own text 5"), translatable("Own text 6"), translatable("Own text 7"), translatable("Own text 8"),
)


def _text_action(key: int, name: str) -> ActionSpec:
    """Inserts the text of a key."""

    def insert(feature: ConclusionFeature) -> None:
        feature.insert(key)

    def can_insert(feature: ConclusionFeature) -> bool:
        return has_record(feature) and feature.templates.of_key(key) is not None

    return ActionSpec(f"conclusion_text_{key}", TEXTS_MENU, name, (f"Ctrl+{key}",),
                      translatable("Insert one of your own texts into the conclusion, with what was measured."),
                      do=insert, enabled=can_insert)


class ConclusionFeature(Feature):
    """The tab; its text is kept by the review, and in a file while it is being typed."""

    menu_place = 12
    actions = (
        ActionSpec("conclusion", "Findings", translatable("Conclusion"), ("Ctrl+K",),
                   translatable("Write what the recording comes to, in the tab Conclusion."),
                   do=lambda self: self.edit(), enabled=has_record, separate=True),
        *(_text_action(key, name) for key, name in enumerate(TEXT_NAMES, 1)),
        ActionSpec("conclusion_texts", "Findings", translatable("Texts for conclusions…"), (),
                   translatable("Write your own texts, give them keys, take them from a file or put them into one."),
                   do=lambda self: self.edit_templates()),
    )

    def __init__(
        self, window: Host, journal: JournaledReview, reviewer_name: ReviewerName, intervals: IntervalTracker
    ) -> None:
        super().__init__(window)
        self._intervals = intervals
        self.templates = Templates()
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

    def ready(self) -> None:
        """The buttons above the field; the actions are named after the texts."""
        self._inserting = QToolButton()
        set_texts(self._inserting, text="Insert", name="Insert a text of your own",
                  tip="Your own texts; what was measured is filled in.")
        self._inserting.setStyleSheet("QToolButton { padding-right: 16px; }")  # room for its arrow
        self._inserting.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._menu = QMenu(self._inserting)
        self._menu.aboutToShow.connect(self._offer)
        self._inserting.setMenu(self._menu)
        editing = QToolButton()
        set_texts(editing, text="Texts…", name="Texts for conclusions",
                  tip="Write your own texts and give them keys.")
        editing.clicked.connect(self.window.actions_by_id["conclusion_texts"].trigger)
        for button in (self._inserting, editing):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            self.panel.row.add_group(button)
        self.templates.changed.connect(self._name_actions)
        self._name_actions()

    def retranslate(self) -> None:
        self._name_actions()

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
        self._bring_up()
        self._reviewer_name.as_reviewer(self._edit)

    def _bring_up(self) -> None:
        tabs = self.window.frame.side_tabs
        if not tabs.isVisible():
            self.window.action("show_findings").trigger()
        tabs.setCurrentWidget(self.panel)

    def insert(self, key: int) -> None:
        """Insert the text of a key."""
        template = self.templates.of_key(key)
        if template is not None:
            self._insert(template)

    def edit_templates(self) -> TemplatesDialog:
        """Show the reviewer's own texts."""
        dialog = TemplatesDialog(self.templates.items, self.window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.given.connect(self._take_templates)
        dialog.open()
        return dialog

    def _take_templates(self, items: object) -> None:
        assert isinstance(items, tuple), "what the dialog gives"
        if items == self.templates.items:
            return
        try:
            self.templates.replace(items)
        except TemplatesError as error:
            self.window.show_problem(Problem(str(error)))
        self.changed.emit()

    def _insert(self, template: Template) -> None:
        if self.window.session.record is None:
            return
        self._bring_up()

        def act() -> None:
            self.panel.show_review()
            self.panel.edit(to_end=not self.panel.text.hasFocus())
            self.panel.insert(fill(template.text, self._values()))

        self._reviewer_name.as_reviewer(act)

    def _values(self) -> dict[str, str]:
        session = self.window.session
        assert session.record is not None, "a text is inserted for a recording"
        person = listed_or_stated(session.record, session.item)
        return placeholder_values(self._intervals.measurements, self._intervals.formula, person)

    def _offer(self) -> None:
        self._menu.clear()
        for template in self.templates.items:
            shown = f"{template.name}\t{key_name(template.key)}" if template.key else template.name
            self._menu.addAction(shown.replace("&", "&&")).triggered.connect(partial(self._insert, template))

    def _name_actions(self) -> None:
        for key, name in enumerate(TEXT_NAMES, 1):
            template = self.templates.of_key(key)
            text = tr(name) if template is None else template.name
            self.window.actions_by_id[f"conclusion_text_{key}"].setText(text.replace("&", "&&"))
        self.changed.emit()

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

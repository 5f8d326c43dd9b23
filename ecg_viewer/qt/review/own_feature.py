"""Findings of one's own in the window: the tool, the form for those without a mouse, marks and menu on the paper."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint

from ecg_viewer.qt.actions import ActionSpec
from ecg_viewer.qt.feature import AsReviewer, Feature, has_record
from ecg_viewer.qt.review.finding_tool import FindingTool
from ecg_viewer.qt.review.findings_overlay import FindingsOverlay
from ecg_viewer.qt.review.paper_menu import DECISIONS, OWN, PaperMenu
from ecg_viewer.qt.review.review_dialogs import FindingDialog
from ecg_viewer.render.areas import LeadArea
from ecg_viewer.state.review.open_review import OpenReview
from ecg_viewer.state.review.queue_parts import own_entry
from ecg_viewer.state.review.review import OwnFinding
from ecg_viewer.state.review.review_controller import ReviewController
from ecg_viewer.state.words.language import translatable

if TYPE_CHECKING:
    from ecg_viewer.qt.host import Host

PROPOSED_S = 0.4
"""Length of the interval that the form proposes around a place: about a QRS complex with its T wave."""


def _own_is_chosen(feature: OwnFindingsFeature) -> bool:
    return feature.controller.current_own is not None


class OwnFindingsFeature(Feature):
    """Adds, changes and deletes them; all of it is kept by the review."""

    menu_place = 20
    actions = (
        ActionSpec("add_finding", "Findings", translatable("Mark a finding"), ("L",),
                   translatable("Drag over a lead, down over several; pull an edge to move it; again, or Esc, ends "
                                "it."),
                   do=lambda self: self._toggle_tool(), enabled=has_record, checked=lambda self: self.tool.is_in_use,
                   separate=True),
        ActionSpec("add_finding_form", "Findings", translatable("Add a finding…"), ("Shift+L",),
                   translatable("Give leads, start, end and label of a finding of your own."),
                   do=lambda self: self.as_reviewer(self.add_by_form), enabled=has_record),
        ActionSpec("edit_own", "Findings", translatable("Edit your finding…"), ("F2",),
                   translatable("Change leads, start, end and label of the chosen finding of your own."),
                   do=lambda self: self.edit(), enabled=_own_is_chosen),
        ActionSpec("delete_own", "Findings", translatable("Delete your finding"), ("Delete",),
                   translatable("Delete the chosen finding of your own; undo brings it back."),
                   do=lambda self: self.controller.remove_own(), enabled=_own_is_chosen),
    )

    def __init__(
        self, window: Host, open_review: OpenReview, controller: ReviewController, as_reviewer: AsReviewer
    ) -> None:
        super().__init__(window)
        self.open_review = open_review
        self.controller = controller
        self.as_reviewer = as_reviewer
        self.tool = FindingTool(window.paper, self.controller)
        self.tool.ended.connect(self._end_tool)
        self.overlay = FindingsOverlay(self.controller, self.tool)
        window.paper.add_overlay(self.overlay)
        window.paper.context_requested.connect(self._show_menu)
        for signal in (self.open_review.changed, self.controller.current_changed):
            signal.connect(self._repaint)

    def close(self) -> None:
        """Keep a label that is still being typed."""
        if self.tool.editor is not None:
            self.tool.editor.returnPressed.emit()

    def add_by_form(self, lead: str | None = None, time_s: float | None = None) -> None:
        """Ask for a new finding; around a place, the finding under review, or what is in the middle of the paper."""
        view, finding = self.window.session.view, self.window.session.finding
        if view.record is None:
            return
        if time_s is not None:
            interval = max(time_s - PROPOSED_S / 2, 0.0), min(time_s + PROPOSED_S / 2, view.duration_s)
        elif finding is not None:
            lead, interval = finding.lead, (finding.start_s, finding.end_s)
        else:
            start_s, end_s = view.visible_span_s
            middle_s = view.cursor.time_s if view.cursor is not None else (start_s + end_s) / 2
            interval = max(middle_s - PROPOSED_S / 2, 0.0), min(middle_s + PROPOSED_S / 2, view.duration_s)
        self._ask((lead,) if lead else (), interval, "", self._add)

    def edit(self) -> None:
        """Ask what to change of the chosen finding of one's own."""
        own = self.controller.current_own
        if own is not None:
            self._ask(own.leads, (own.start_s, own.end_s), own.label, self._changer(own))

    def _ask(
        self, leads: tuple[str, ...], interval_s: tuple[float, float], label: str,
        take: Callable[[tuple[str, ...], float, float, str], None],
    ) -> None:
        view = self.window.session.view
        assert view.record is not None, "a finding lies in a recording"
        leads = tuple(lead for lead in leads if lead in view.record.lead_names)
        used = [item.label for item in reversed(self.open_review.own)]
        dialog = FindingDialog(
            view.record.lead_names, leads, interval_s, view.duration_s, label, used, self.window
        )
        dialog.given.connect(take)
        dialog.open()

    def _add(self, leads: tuple[str, ...], start_s: float, end_s: float, label: str) -> None:
        own_id = self.open_review.add_own(leads, start_s, end_s, label)
        self.controller.go_to(next(own_entry(item) for item in self.open_review.own if item.id == own_id))

    def _changer(self, own: OwnFinding) -> Callable[[tuple[str, ...], float, float, str], None]:
        def change(leads: tuple[str, ...], start_s: float, end_s: float, label: str) -> None:
            self.open_review.change_own(own.id, leads=leads, start_s=start_s, end_s=end_s, label=label)

        return change

    def _toggle_tool(self) -> None:
        if self.tool.is_in_use:
            self._end_tool()
        else:
            self.as_reviewer(lambda: self.window.paper.set_tool(self.tool))
        self._repaint()

    def _end_tool(self) -> None:
        self.tool.give_up()
        self.window.paper.set_tool(None)
        self._repaint()

    def _repaint(self) -> None:
        self.window.paper.update()
        self.changed.emit()

    def _show_menu(self, place: QPoint, area: LeadArea | None) -> None:
        """What can be done with what lies there, with its lead, and with the paper."""
        window = self.window
        if window.session.record is None:
            return
        menu = PaperMenu(window)
        if area is None:
            menu.add_tools(None)
        else:
            lead, time_s = area.lead, area.time_at(window.paper.mapFromGlobal(place).x())
            here = self.controller.at(lead, time_s)
            if here:
                self.controller.go_to(here[0])
                said = window.paper.sentences_at(lead, time_s) if window.session.view.heat_visible else ()
                menu.add_facts(said, OWN if here[0].own_id else DECISIONS)
            menu.add_lead(lead)
            menu.add_tools(lambda: self.as_reviewer(lambda: self.add_by_form(lead, max(time_s, 0.0))))
        menu.add_paper()
        menu.popup(place)

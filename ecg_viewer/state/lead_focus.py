"""One lead before the others: brought to the front of the page, or zoomed to the whole paper for a while."""

from __future__ import annotations

from dataclasses import replace
from typing import Protocol

from ecg_viewer.state.display_choices import LeadChoice
from ecg_viewer.state.layouts import Arrangement
from ecg_viewer.state.signal import Signal
from ecg_viewer.state.view_marks import Cursor, Interval
from mmae_core.record import STANDARD_LEADS, EcgRecord

USUAL_LEAD = "II"
"""Meant where nothing points at a lead."""


class LeadsView(Protocol):
    """The view whose leads these are."""

    record_changed: Signal[()]
    layout_changed: Signal[()]

    @property
    def record(self) -> EcgRecord | None: ...

    @property
    def lead_choice(self) -> LeadChoice: ...

    @property
    def arrangement(self) -> Arrangement: ...

    @property
    def cursor(self) -> Cursor | None: ...

    @property
    def selection(self) -> Interval | None: ...

    def arrangement_of(self, choice: LeadChoice) -> Arrangement: ...

    def restore_leads(self, choice: LeadChoice) -> None: ...

    def show_single(self, lead: str) -> None: ...


class LeadFocus:
    """Belongs to a view. The layout before a zoom comes back; another recording is shown with all its leads."""

    def __init__(self, view: LeadsView) -> None:
        self.changed: Signal[()] = Signal()
        """`front` or `is_zoomed` may have changed."""
        self._view = view
        self._front: str | None = None
        self._before: LeadChoice | None = None
        view.record_changed.connect(self.give_back)
        view.layout_changed.connect(self._follow_layout)

    @property
    def front(self) -> str | None:
        """The lead before the dimmed others; None: all are alike."""
        return self._front

    @property
    def is_zoomed(self) -> bool:
        """Whether a lead has the whole paper until the layout before comes back."""
        return self._before is not None

    @property
    def lasting_choice(self) -> LeadChoice:
        """The reader's arrangement of leads, whatever is zoomed."""
        return self._view.lead_choice if self._before is None else self._before

    @property
    def lead(self) -> str:
        """The lead that is meant: alone on the paper, at the front, under the mouse, or of the marked finding."""
        view, shown = self._view, self._view.arrangement.leads
        if len(shown) == 1:
            return shown[0]
        pointed = None if view.cursor is None else view.cursor.lead
        marked = None if view.selection is None else view.selection.lead
        found = next((lead for lead in (self._front, pointed, marked, USUAL_LEAD) if lead in shown), None)
        return found or (shown[0] if shown else USUAL_LEAD)

    def go_to(self, lead: str) -> None:
        """Bring a lead before the reader: to the front of the page, or alone on the paper if single leads are shown.

        A lead that the layout leaves out is zoomed.
        """
        if self._view.lead_choice.layout == "single" or lead not in self._view.arrangement.leads:
            self.zoom(lead)
        else:
            self.bring_to_front(lead)

    def bring_to_front(self, lead: str | None) -> None:
        """Draw one lead over the dimmed others; None: all alike."""
        if lead != self._front:
            self._front = lead
            self.changed.emit()

    def toggle_front(self, lead: str) -> None:
        """Bring a lead to the front; back among the others if it is there."""
        self.bring_to_front(None if lead == self._front else lead)

    def zoom(self, lead: str) -> None:
        """Give a lead the whole paper. Nothing happens for one that is none of the twelve, or not in the recording."""
        view = self._view
        if lead not in STANDARD_LEADS or (view.record is not None and lead not in view.record.trace_names):
            return
        if self._before is None and view.lead_choice.layout != "single":
            self._before = view.lead_choice
        self._front = None
        view.show_single(lead)
        self.changed.emit()

    def toggle_zoom(self, lead: str | None = None) -> None:
        """Zoom a lead (None: the one that is meant), or give the paper back to the layout before."""
        if self._before is not None:
            self.give_back()
        else:
            self.zoom(lead or self.lead)

    def step(self, steps: int) -> None:
        """In the layout of a single lead, go to its neighbour in the order in use; nothing in other layouts."""
        view = self._view
        if view.lead_choice.layout != "single":
            return
        leads = view.arrangement_of(replace(view.lead_choice, layout="12x1")).leads
        shown = view.arrangement.leads
        if shown:
            neighbour = leads[min(max(leads.index(shown[0]) + steps, 0), len(leads) - 1)]
            if neighbour in STANDARD_LEADS:
                view.show_single(neighbour)

    def give_back(self) -> None:
        """All leads again: the layout before a zoom, none at the front."""
        before, self._before, self._front = self._before, None, None
        if before is not None:
            self._view.restore_leads(before)
        self.changed.emit()

    def step_back(self) -> bool:
        """Undo the zoom, else the lead at the front. Returns whether there was either."""
        is_there = self._before is not None or self._front is not None
        if is_there:
            self.give_back()
        return is_there

    def copy_from(self, other: LeadFocus) -> None:
        """Show the same leads as another view, zoomed if they are there."""
        self._before, self._front = other._before, other._front
        self._view.restore_leads(other._view.lead_choice)
        self.changed.emit()

    def _follow_layout(self) -> None:
        """Another layout ends the zoom; a lead that it leaves out cannot be at the front."""
        if self._view.lead_choice.layout != "single":
            self._before = None
        if self._front is not None and self._front not in self._view.arrangement.leads:
            self._front = None
        self.changed.emit()

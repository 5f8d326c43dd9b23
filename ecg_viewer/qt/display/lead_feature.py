"""One lead before the others: by keys to the front of the page, or alone on the paper until the layout comes back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ecg_viewer.qt.actions import ActionSpec
from ecg_viewer.qt.feature import Feature, has_record
from ecg_viewer.state.words.language import tr, translatable
from mmae_core.record import STANDARD_LEADS

if TYPE_CHECKING:
    from ecg_viewer.qt.host import Host

MENU = "View/Lead"
KEYS = {
    "I": ("G, 1",), "II": ("G, 2",), "III": ("G, 3",),
    "aVR": ("G, 4", "G, R"), "aVL": ("G, 5", "G, L"), "aVF": ("G, 6", "G, F"),
    **{f"V{number}": (f"G, V, {number}",) for number in range(1, 7)},
}
"""G for go, then the lead as it is written or its place among the limb leads: letters and digits that stand alike on
every Latin keyboard."""


def lead_action(lead: str) -> str:
    """The id of the action that goes to a lead."""
    return f"lead_{lead}"


def _go_spec(lead: str) -> ActionSpec:
    return ActionSpec(lead_action(lead), MENU, lead, KEYS[lead],
                      translatable("Bring the lead to the front, or show it if single leads are shown."),
                      do=lambda self: self.go_to(lead), enabled=lambda self: self.has_lead(lead),
                      checked=lambda self: self.focus.front == lead, separate=lead in ("I", "V1"))


class LeadFeature(Feature):
    """Chooses the lead that is at the front, or alone on the paper for a while."""

    menu_place = 52
    actions = (
        ActionSpec("zoom_lead", MENU, translatable("Zoom the lead"), ("Z",),
                   translatable("The lead at the front, under the mouse or of the finding gets the whole paper; again, "
                                "or Esc, brings the layout back."),
                   do=lambda self: self.zoom(), enabled=has_record, checked=lambda self: self.focus.is_zoomed),
        ActionSpec("lead_to_front", MENU, translatable("Lead to the front"), ("Ctrl+G",),
                   translatable("Draw the lead under the mouse, or of the finding, over the others, which are dimmed; "
                                "again, or Esc, shows all alike."),
                   do=lambda self: self.toggle_front(), enabled=has_record,
                   checked=lambda self: self.focus.front is not None),
        *(_go_spec(lead) for lead in STANDARD_LEADS),
    )

    def __init__(self, window: Host) -> None:
        super().__init__(window)
        self.view = window.session.view
        self.focus = self.view.focus
        self.focus.changed.connect(self.changed.emit)
        window.paper.add_note(self._note)

    def has_lead(self, lead: str) -> bool:
        """Whether the open recording has this lead."""
        record = self.view.record
        return record is not None and lead in record.trace_names

    def go_to(self, lead: str) -> None:
        """Bring a lead before the reader; the paper takes the keys, so that Esc gives all leads back."""
        self.focus.go_to(lead)
        self.window.paper.setFocus()

    def zoom(self) -> None:
        """Give the lead that is meant the whole paper, or the paper back to all."""
        self.focus.toggle_zoom()
        self.window.paper.setFocus()

    def toggle_front(self) -> None:
        """Bring the lead that is meant to the front, or show all alike."""
        self.focus.bring_to_front(None if self.focus.front is not None else self.focus.lead)
        self.window.paper.setFocus()

    def _note(self) -> str:
        """How all leads come back; how to tell traces apart that run into one another."""
        if self.focus.is_zoomed:
            return tr("{lead} alone; Esc: all leads").format(lead=self.focus.lead)
        if self.focus.front is not None:
            return tr("{lead} at the front; Esc: all alike").format(lead=self.focus.front)
        if self.window.paper.reach.collides:
            return tr("traces meet: click on a lead's name")
        return ""

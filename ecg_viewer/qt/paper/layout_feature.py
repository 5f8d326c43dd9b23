"""Layouts in the menu, on the tool bar and on the number keys; remembered from one start to the next."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QDialog, QDialogButtonBox, QGridLayout, QLabel, QVBoxLayout, QWidget

from ecg_viewer.qt.actions import ActionSpec, Needs
from ecg_viewer.qt.feature import Feature
from ecg_viewer.qt.widgets.translated_texts import set_texts
from ecg_viewer.render.layouts import LAYOUTS
from ecg_viewer.state.words.language import translatable
from ecg_viewer.state.words.record_words import lead_text
from mmae_core.record import STANDARD_LEADS

if TYPE_CHECKING:
    from ecg_viewer.qt.host import Host

MENU = "View/Layout"
_KEYS = {"12x1": "1", "6x2": "2", "3x4": "3", "3x4+II": "4", "3x4+V1/II/V5": "5", "single": "7", "chosen": "8"}


def layout_action(layout: str) -> str:
    """The id of the action that chooses a layout."""
    return f"layout_{layout}"


class LayoutFeature(Feature):
    """Chooses which leads the paper shows, and how they are arranged."""

    menu_place = 50
    actions = (
        *(ActionSpec(layout_action(spec.id), MENU, spec.title, (_KEYS[spec.id],), spec.tip, checkable=True,
                     separate=spec.id == "single", group="layout") for spec in LAYOUTS),
        ActionSpec("choose_leads", MENU, translatable("Choose leads…"), ("Ctrl+L",),
                   translatable("Tick the leads to be shown.")),
        ActionSpec("lead_before", MENU, translatable("Lead before"), (),
                   translatable("In the layout of a single lead, the one before; on the paper the Up key does the "
                                "same."),
                   Needs.SINGLE_LEAD),
        ActionSpec("lead_after", MENU, translatable("Lead after"), (),
                   translatable("In the layout of a single lead, the one after; on the paper the Down key does the "
                                "same."),
                   Needs.SINGLE_LEAD),
        ActionSpec("cabrera", MENU, translatable("Cabrera order"), ("6",),
                   translatable("Limb leads in the order of the frontal plane, aVL to III, with aVR inverted; in any "
                                "layout."),
                   checkable=True, separate=True),
    )

    def __init__(self, window: Host) -> None:
        super().__init__(window)
        self._view = window.session.view
        self._view.restore_leads(window.settings.settings.lead_choice)
        self._view.layout_changed.connect(self._remember)

    def handlers(self) -> dict[str, Callable[[], object]]:
        view = self._view
        chosen = {layout_action(spec.id): partial(view.set_layout, spec.id) for spec in LAYOUTS}
        return chosen | {
            "choose_leads": self.choose_leads,
            "lead_before": partial(view.step_single, -1),
            "lead_after": partial(view.step_single, 1),
            "cabrera": self._toggle_cabrera,
        }

    def available(self) -> frozenset[Needs]:
        return frozenset({Needs.SINGLE_LEAD} if self._view.lead_choice.layout == "single" else ())

    def checked(self) -> dict[str, bool]:
        choice = self._view.lead_choice
        layouts = {layout_action(spec.id): spec.id == choice.layout for spec in LAYOUTS}
        return layouts | {"cabrera": choice.cabrera}

    def choose_leads(self) -> None:
        """Ask which leads to show."""
        dialog = LeadsDialog(self._view.lead_choice.chosen, self.window)
        dialog.chosen.connect(self._view.show_leads)
        dialog.open()

    def _toggle_cabrera(self) -> None:
        self._view.set_cabrera(not self._view.lead_choice.cabrera)

    def _remember(self) -> None:
        choice = self._view.lead_choice
        self.window.settings.change(
            layout=choice.layout, cabrera=choice.cabrera, single_lead=choice.single, chosen_leads=choice.chosen
        )
        self.changed.emit()


class LeadsDialog(QDialog):
    """A box to tick for each lead; at least one is."""

    chosen = Signal(object)
    """The ticked leads, when the dialog is accepted."""

    def __init__(self, leads: tuple[str, ...], parent: QWidget) -> None:
        super().__init__(parent)
        set_texts(self, window_title="Choose leads")
        layout = QVBoxLayout(self)
        layout.addWidget(set_texts(QLabel(), text="Leads to be shown under each other:"))
        grid = QGridLayout()
        self.boxes = {lead: QCheckBox(lead) for lead in STANDARD_LEADS}
        for index, (lead, box) in enumerate(self.boxes.items()):
            box.setChecked(lead in leads)
            set_texts(box, name=partial(lead_text, lead))
            box.toggled.connect(self._check)
            grid.addWidget(box, index % 6, index // 6)
        layout.addLayout(grid)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self.accepted.connect(self._tell)
        layout.addWidget(self.buttons)
        self._check()

    @property
    def leads(self) -> tuple[str, ...]:
        """What is ticked."""
        return tuple(lead for lead, box in self.boxes.items() if box.isChecked())

    def _check(self) -> None:
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(bool(self.leads))

    def _tell(self) -> None:
        self.chosen.emit(self.leads)

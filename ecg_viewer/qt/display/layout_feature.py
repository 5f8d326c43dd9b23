"""Layouts in the menu, on the tool bar and on the number keys; remembered from one start to the next."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QDialog, QDialogButtonBox, QGridLayout, QVBoxLayout, QWidget

from ecg_viewer.qt.actions import ActionSpec
from ecg_viewer.qt.feature import Feature
from ecg_viewer.qt.widgets.plain_text import PlainLabel
from ecg_viewer.qt.widgets.translated_texts import set_texts
from ecg_viewer.state.fitting_layout import FittingLayout
from ecg_viewer.state.layouts import FIRST_THAT_FITS, LAYOUTS, LAYOUTS_BY_ID, LayoutSpec
from ecg_viewer.state.words.language import tr, translatable
from ecg_viewer.state.words.record_words import lead_title
from mmae_core.record import STANDARD_LEADS

if TYPE_CHECKING:
    from ecg_viewer.qt.host import Host

MENU = "View/Layout"
_KEYS = {"12x1": "1", "6x2": "2", "3x4": "3", "3x4+II": "4", "3x4+V1/II/V5": "5", "single": "7", "chosen": "8",
         "all": "9"}


def layout_action(layout: str) -> str:
    """The id of the action that chooses a layout."""
    return f"layout_{layout}"


def _shows_single_lead(feature: LayoutFeature) -> bool:
    return feature.view.lead_choice.layout == "single"


def _layout_action_spec(layout: LayoutSpec) -> ActionSpec:
    return ActionSpec(layout_action(layout.id), MENU, layout.title, (_KEYS[layout.id],), layout.tip,
                      do=lambda self: self.fitting.choose(layout.id),
                      checked=lambda self: self.view.lead_choice.layout == layout.id,
                      separate=layout.id in ("12x1", "single"), group="layout")


class LayoutFeature(Feature):
    """Chooses which leads the paper shows, and how they are arranged."""

    menu_place = 50
    actions = (
        ActionSpec("layout_first_fit", MENU, FIRST_THAT_FITS, ("W",),
                   translatable("Show each recording in 3 × 4 + II, or in the first layout in which its traces do not "
                                "run into one another; a layout of your choice stays."),
                   do=lambda self: self.fitting.choose_first_that_fits(self.misfit_mm),
                   checked=lambda self: self.fitting.is_automatic),
        *(_layout_action_spec(layout) for layout in LAYOUTS),
        ActionSpec("choose_leads", MENU, translatable("Choose leads…"), ("Ctrl+L",),
                   translatable("Tick the leads to be shown."),
                   do=lambda self: self.choose_leads()),
        ActionSpec("lead_before", MENU, translatable("Previous lead"), (),
                   translatable("In the layout of a single lead, the one before; on the paper the Up key does the "
                                "same."),
                   do=lambda self: self.view.focus.step(-1), enabled=_shows_single_lead),
        ActionSpec("lead_after", MENU, translatable("Next lead"), (),
                   translatable("In the layout of a single lead, the one after; on the paper the Down key does the "
                                "same."),
                   do=lambda self: self.view.focus.step(1), enabled=_shows_single_lead),
        ActionSpec("cabrera", MENU, translatable("Cabrera order"), ("6",),
                   translatable("Limb leads in the order of the frontal plane, aVL to III, with aVR inverted; in any "
                                "layout."),
                   do=lambda self: self.view.set_cabrera(not self.view.lead_choice.cabrera),
                   checked=lambda self: self.view.lead_choice.cabrera, separate=True),
    )

    def __init__(self, window: Host) -> None:
        super().__init__(window)
        self.view = window.session.view
        settings = window.settings.settings
        self.view.restore_leads(settings.lead_choice)
        self.fitting = FittingLayout(self.view, is_automatic=settings.layout is None)
        self.fitting.changed.connect(self._remember)
        self.view.layout_changed.connect(self._remember)
        window.paper.reach_known.connect(self._settle)
        window.paper.add_note(self._note)
        window.settings.changed.connect(self._follow_settings)

    def misfit_mm(self, layout: str) -> float:
        """How far traces would run into one another in a layout, at the gain and on the paper of now."""
        return self.window.paper.misfit_mm(replace(self.view.lead_choice, layout=layout))

    def choose_leads(self) -> None:
        """Ask which leads to show."""
        dialog = LeadsDialog(self.view.lead_choice.chosen, self.window)
        dialog.chosen.connect(self.view.show_leads)
        dialog.open()

    def _settle(self) -> None:
        self.fitting.settle(self.misfit_mm)

    def _note(self) -> str:
        """Why a recording is not shown in the usual layout."""
        avoided = self.fitting.avoided
        if not avoided or self.view.focus.is_zoomed or self.view.focus.front is not None:
            return ""
        here, usual = (tr(LAYOUTS_BY_ID[layout].title) for layout in (self.view.lead_choice.layout, avoided))
        return tr("{layout}: traces would collide in {usual}").format(layout=here, usual=usual)

    def _follow_settings(self) -> None:
        """The layout was chosen in the preferences."""
        layout = self.window.settings.settings.layout
        if layout is None and not self.fitting.is_automatic:
            self.fitting.choose_first_that_fits(self.misfit_mm)
        elif layout is not None and (self.fitting.is_automatic or self.view.focus.lasting_choice.layout != layout):
            self.fitting.choose(layout)

    def _remember(self) -> None:
        """Keep the reader's choice; what a zoom shows for a while is none."""
        choice = self.view.focus.lasting_choice
        self.window.settings.change(
            layout=None if self.fitting.is_automatic else choice.layout,
            cabrera=choice.cabrera, single_lead=choice.single, chosen_leads=choice.chosen,
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
        layout.addWidget(set_texts(PlainLabel(), text="Leads to be shown under each other:"))
        grid = QGridLayout()
        self.boxes = {lead: QCheckBox(lead) for lead in STANDARD_LEADS}
        for index, (lead, box) in enumerate(self.boxes.items()):
            box.setChecked(lead in leads)
            set_texts(box, name=partial(lead_title, lead))
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
